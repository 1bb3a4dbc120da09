"""What every stored code is called, for a person to read. Codes live in `rules.vocabulary` and `rules.lifecycles`.

>>> str(label("pathway", "twelve_step"))
'12-step'
"""

from collections.abc import Iterable

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from alongside.web.spoken import language, said_in

Text = str | Promise

# fmt: off
LABELS: dict[str, dict[str, Text]] = {
    # --- rules.vocabulary --------------------------------------------------------------------------------------
    "language": {
        "en": _("English"), "es": _("Spanish"), "vi": _("Vietnamese"), "zh": _("Chinese"), "ko": _("Korean"),
        "tl": _("Tagalog"), "ru": _("Russian"), "ar": _("Arabic"), "hy": _("Armenian"), "fa": _("Farsi"),
        "ht": _("Haitian Creole"), "fr": _("French"), "pt": _("Portuguese"), "ase": _("American Sign Language (ASL)"),
    },
    "pathway": {
        "twelve_step": _("12-step"),
        "secular": _("Secular, such as SMART or LifeRing"),
        "faith": _("Faith"),
        "medication": _("With medication"),
        "harm_reduction": _("Harm reduction"),
        "natural": _("Own way, without a program"),
        "mental_health": _("Mental health recovery"),
        "exploring": _("Still exploring, open to any"),
    },
    "gender": {
        "woman": _("Woman"), "man": _("Man"), "nonbinary": _("Nonbinary"),
        "self_described": _("In my own words"), "not_said": _("Rather not say"),
    },
    "race": {
        "native": _("American Indian or Alaska Native"), "asian": _("Asian"), "black": _("Black or African American"),
        "latino": _("Hispanic or Latino"), "mena": _("Middle Eastern or North African"),
        "pacific": _("Native Hawaiian or Pacific Islander"), "white": _("White"), "another": _("Another"),
        "not_said": _("Rather not say"),
    },
    "age_band": {
        "under_18": _("Under 18"), "18_24": _("18 to 24"), "25_34": _("25 to 34"), "35_44": _("35 to 44"),
        "45_54": _("45 to 54"), "55_64": _("55 to 64"), "65_plus": _("65 or older"),
    },
    "kind": {
        "own_recovery": _("Support for myself"),
        "loved_one": _("Support because of someone I love"),
    },
    "experience": {
        "alcohol": _("Alcohol"),
        "opioids": _("Opioids"),
        "stimulants": _("Stimulants"),
        "cannabis": _("Cannabis"),
        "other_substances": _("Other substances"),
        "gambling": _("Gambling"),
        "depression_anxiety": _("Depression or anxiety"),
        "trauma": _("Trauma"),
        "psychosis_bipolar": _("Hearing or seeing things, or big mood swings"),
        "grief": _("Losing someone"),
        "overdose_survival": _("Living through an overdose"),
        "overdose_loss": _("Losing someone to an overdose"),
        "justice": _("Court, jail or prison"),
        "homelessness": _("Being without a home"),
        "hospital_or_treatment": _("A stay in a hospital or a program"),
        "parenting_in_recovery": _("Raising children in recovery"),
        "child_welfare": _("Having a child in foster care"),
        "veteran": _("Military service"),
        "lgbtq": _("Being LGBTQ+"),
        "loved_one_of_someone": _("Loving someone in or seeking recovery"),
    },
    "life_stage": {
        "student": _("In school"),
        "working": _("Working"),
        "looking_for_work": _("Looking for work"),
        "parent_of_young_children": _("Raising young children"),
        "parent_of_grown_children": _("Parent of grown children"),
        "caregiver": _("Caring for someone"),
        "retired": _("Retired"),
        "rebuilding_after_release": _("Rebuilding after release"),
        "new_in_town": _("New in town"),
    },
    "need": {
        "someone_to_talk_to": _("Someone to talk to"),
        "first_weeks": _("The first weeks"),
        "meetings_and_groups": _("Meetings and groups"),
        "housing": _("Housing"),
        "work_or_school": _("Work or school"),
        "family": _("Family"),
        "health_care": _("Health care"),
        "court_or_probation": _("Court or probation"),
        "money_and_benefits": _("Money and benefits"),
        "cravings_and_triggers": _("Cravings and triggers"),
        "parenting": _("Parenting"),
        "sleep_and_routine": _("Sleep and routine"),
        "new_friends": _("New friends"),
        "transport": _("Getting around"),
        "understanding_a_loved_one": _("Understanding someone I love"),
    },
    "interest": {
        "sports": _("Sports"), "music": _("Music"), "art": _("Art"), "reading": _("Reading"), "cooking": _("Cooking"),
        "outdoors": _("Outdoors"), "games": _("Games"), "faith_community": _("Faith community"),
        "volunteering": _("Volunteering"), "pets": _("Pets"), "crafts": _("Crafts"), "movies": _("Movies"),
    },
    "mode": {
        "in_person": _("In person"), "phone": _("Phone"), "video": _("Video"), "text": _("Text"),
    },
    "contact_mode": {
        "in_person": _("In person"), "phone": _("Phone"), "video": _("Video"), "text": _("Text"),
        "group": _("Group"), "letter": _("Letter"),
    },
    "kind_of_support": {
        "emotional": _("Listening and caring"),
        "informational": _("Sharing what one knows"),
        "instrumental": _("Practical help"),
        "affiliational": _("Connecting with people"),
    },
    "day": {
        "mon": _("Monday"), "tue": _("Tuesday"), "wed": _("Wednesday"), "thu": _("Thursday"), "fri": _("Friday"),
        "sat": _("Saturday"), "sun": _("Sunday"),
    },
    "day_part": {
        "morning": _("Morning"), "afternoon": _("Afternoon"), "evening": _("Evening"), "night": _("Night"),
    },
    "preference": {
        "gender": _("Gender"), "language": _("Language"), "pathway": _("Pathway"), "age": _("Age"),
        "experience": _("Lived experience"), "life_stage": _("Stage of life"), "mode": _("Way of meeting"),
    },
    "preference_age": {
        "younger": _("Younger than I am"), "similar": _("About my age"), "older": _("Older than I am"),
    },
    "strength": {"must": _("Must"), "like": _("Would like")},
    "role": {
        "participant": _("Participant"), "peer": _("Peer"), "supervisor": _("Supervisor"),
        "coordinator": _("Coordinator"), "director": _("Director"), "council": _("Council member"),
        "administrator": _("Administrator"), "support": _("Help from outside"),
    },
    # --- rules.availability: day and part together -------------------------------------------------------------
    "part": {
        "mon_morning": _("Monday morning"), "mon_afternoon": _("Monday afternoon"),
        "mon_evening": _("Monday evening"), "mon_night": _("Monday night"),
        "tue_morning": _("Tuesday morning"), "tue_afternoon": _("Tuesday afternoon"),
        "tue_evening": _("Tuesday evening"), "tue_night": _("Tuesday night"),
        "wed_morning": _("Wednesday morning"), "wed_afternoon": _("Wednesday afternoon"),
        "wed_evening": _("Wednesday evening"), "wed_night": _("Wednesday night"),
        "thu_morning": _("Thursday morning"), "thu_afternoon": _("Thursday afternoon"),
        "thu_evening": _("Thursday evening"), "thu_night": _("Thursday night"),
        "fri_morning": _("Friday morning"), "fri_afternoon": _("Friday afternoon"),
        "fri_evening": _("Friday evening"), "fri_night": _("Friday night"),
        "sat_morning": _("Saturday morning"), "sat_afternoon": _("Saturday afternoon"),
        "sat_evening": _("Saturday evening"), "sat_night": _("Saturday night"),
        "sun_morning": _("Sunday morning"), "sun_afternoon": _("Sunday afternoon"),
        "sun_evening": _("Sunday evening"), "sun_night": _("Sunday night"),
    },
    # --- rules.lifecycles: named after `Lifecycle.kind` --------------------------------------------------------
    "episode": {
        "inquiry": pgettext_lazy("episode", "Asked"),
        "intake": pgettext_lazy("episode", "First talk"),
        "waiting": pgettext_lazy("episode", "Waiting for a peer"),
        "offered": pgettext_lazy("episode", "Choosing a peer"),
        "matched": pgettext_lazy("episode", "Peer found"),
        "active": pgettext_lazy("episode", "Active"),
        "paused": pgettext_lazy("episode", "Paused"),
        "closed": pgettext_lazy("episode", "Closed"),
    },
    "round": {
        "open": pgettext_lazy("round", "Open"),
        "matched": pgettext_lazy("round", "Peer found"),
        "returned": pgettext_lazy("round", "Back with the coordinator"),
    },
    "offer": {
        "drafted": pgettext_lazy("offer", "Draft"),
        "offered": pgettext_lazy("offer", "Shown"),
        "chosen": pgettext_lazy("offer", "Chosen, waiting for the peer"),
        "accepted": pgettext_lazy("offer", "Accepted"),
        "declined": pgettext_lazy("offer", "Not this one"),
        "lapsed": pgettext_lazy("offer", "Time ran out"),
        "withdrawn": pgettext_lazy("offer", "Taken back"),
        "peer_declined": pgettext_lazy("offer", "The peer could not say yes"),
    },
    "mentorship": {
        "introduced": pgettext_lazy("mentorship", "Getting started"),
        "active": pgettext_lazy("mentorship", "Active"),
        "paused": pgettext_lazy("mentorship", "Paused"),
        "handing_over": pgettext_lazy("mentorship", "Handing over"),
        "ended": pgettext_lazy("mentorship", "Ended"),
    },
    "contact": {
        "draft": pgettext_lazy("contact", "Draft"),
        "planned": pgettext_lazy("contact", "Planned"),
        "completed": pgettext_lazy("contact", "Reached"),
        "attempted": pgettext_lazy("contact", "Tried"),
        "missed": pgettext_lazy("contact", "Did not happen"),
        "cancelled": pgettext_lazy("contact", "Called off"),
    },
    "appointment": {
        "planned": pgettext_lazy("appointment", "Planned"),
        "happened": pgettext_lazy("appointment", "Happened"),
        "missed": pgettext_lazy("appointment", "Did not happen"),
        "cancelled": pgettext_lazy("appointment", "Called off"),
    },
    "inquiry": {
        "new": pgettext_lazy("inquiry", "New"),
        "taken_up": pgettext_lazy("inquiry", "Taken up"),
        "set_aside": pgettext_lazy("inquiry", "Set aside"),
    },
    "application": {
        "applied": pgettext_lazy("application", "Applied"),
        "screening": pgettext_lazy("application", "Getting to know"),
        "accepted": pgettext_lazy("application", "Accepted"),
        "declined": pgettext_lazy("application", "Declined"),
        "withdrawn": pgettext_lazy("application", "Withdrawn"),
    },
    "roster": {
        "uploaded": pgettext_lazy("roster", "Uploaded"),
        "planning": pgettext_lazy("roster", "Being read"),
        "previewed": pgettext_lazy("roster", "Ready to check"),
        "writing": pgettext_lazy("roster", "Being brought in"),
        "confirmed": pgettext_lazy("roster", "Brought in"),
        "undoing": pgettext_lazy("roster", "Being taken back"),
        "undone": pgettext_lazy("roster", "Taken back"),
        "cancelled": pgettext_lazy("roster", "Called off"),
    },
    "export": {
        "waiting": pgettext_lazy("export", "Waits for a second person"),
        "ready": pgettext_lazy("export", "Ready to save"),
        "used": pgettext_lazy("export", "Saved"),
        "declined": pgettext_lazy("export", "Declined"),
        "withdrawn": pgettext_lazy("export", "Not needed any more"),
        "lapsed": pgettext_lazy("export", "Time ran out"),
    },
    "escalation": {
        "open": pgettext_lazy("escalation", "Nobody has it yet"),
        "owned": pgettext_lazy("escalation", "Somebody has it"),
        "resolved": pgettext_lazy("escalation", "Resolved; the debrief is open"),
        "debriefed": pgettext_lazy("escalation", "Finished"),
    },
    "complaint": {
        "received": pgettext_lazy("complaint", "Nobody has looked into it yet"),
        "looked_into": pgettext_lazy("complaint", "Being looked into"),
        "answered": pgettext_lazy("complaint", "Answered"),
    },
    "list_request": {
        "asked": pgettext_lazy("list_request", "Asked for"),
        "answered": pgettext_lazy("list_request", "Answered"),
        "withdrawn": pgettext_lazy("list_request", "No longer asked for"),
    },
    "restriction": {
        "asked": pgettext_lazy("restriction", "Waits for our answer"),
        "agreed": pgettext_lazy("restriction", "Kept back"),
        "declined": pgettext_lazy("restriction", "We said no"),
        "withdrawn": pgettext_lazy("restriction", "Taken back before our answer"),
        "ended": pgettext_lazy("restriction", "No longer kept back"),
    },
    "demand": {
        "received": pgettext_lazy("demand", "Not answered yet"),
        "answered": pgettext_lazy("demand", "Answered by the neutral letter"),
        "released": pgettext_lazy("demand", "What a court ordered went out"),
        "closed": pgettext_lazy("demand", "Closed"),
    },
    "release": {
        "waiting": pgettext_lazy("release", "Waits for a second person"),
        "ready": pgettext_lazy("release", "Ready to go out"),
        "released": pgettext_lazy("release", "Went out"),
        "declined": pgettext_lazy("release", "Declined"),
        "withdrawn": pgettext_lazy("release", "Not needed any more"),
        "lapsed": pgettext_lazy("release", "Time ran out"),
    },
    "incident": {
        "open": pgettext_lazy("incident", "Being looked into"),
        "assessed": pgettext_lazy("incident", "Decided, not finished"),
        "closed": pgettext_lazy("incident", "Closed"),
    },
    "phone_support": {
        "agreed": pgettext_lazy("phone_support", "Agreed to calls"),
        "paused": pgettext_lazy("phone_support", "Calls are paused"),
        "ended": pgettext_lazy("phone_support", "No calls"),
    },
    "group": {
        "open": pgettext_lazy("group", "Meets"),
        "resting": pgettext_lazy("group", "Takes a break"),
        "ended": pgettext_lazy("group", "Ended"),
    },
    "group_place": {
        "waiting": pgettext_lazy("group_place", "Waits for a place"),
        "held": pgettext_lazy("group_place", "Has a place"),
        "left": pgettext_lazy("group_place", "Left"),
    },
    "group_session": {
        "planned": pgettext_lazy("group_session", "Planned"),
        "cancelled": pgettext_lazy("group_session", "Called off"),
        "held": pgettext_lazy("group_session", "Took place"),
    },
    "ask_along": {
        "asked": pgettext_lazy("ask_along", "Asked, and waits for an answer"),
        "yes": pgettext_lazy("ask_along", "Comes along"),
        "not_this_time": pgettext_lazy("ask_along", "Not this time"),
        "taken_back": pgettext_lazy("ask_along", "Taken back"),
        "lapsed": pgettext_lazy("ask_along", "The day came before an answer"),
        "ended": pgettext_lazy("ask_along", "Over: the two walk together no longer"),
    },
    "occasion": {
        "draft": pgettext_lazy("occasion", "Not shown yet"),
        "published": pgettext_lazy("occasion", "Planned"),
        "called_off": pgettext_lazy("occasion", "Called off"),
    },
    "occasion_place": {
        "waiting": pgettext_lazy("occasion_place", "Waits for a place"),
        "held": pgettext_lazy("occasion_place", "Comes"),
        "left": pgettext_lazy("occasion_place", "Does not come"),
    },
    "page_post": {
        "shown": pgettext_lazy("page_post", "Shown"),
        "hidden": pgettext_lazy("page_post", "Hidden by who looks after the page"),
        "erased": pgettext_lazy("page_post", "Taken back"),
    },
    "erasure": {
        "asked": pgettext_lazy("erasure", "Asked for"),
        "waiting": pgettext_lazy("erasure", "Waits for a second person"),
        "done": pgettext_lazy("erasure", "Erased"),
        "declined": pgettext_lazy("erasure", "Declined"),
        "withdrawn": pgettext_lazy("erasure", "Taken back"),
    },
    "consent": {
        "draft": pgettext_lazy("consent", "Not signed yet"),
        "active": pgettext_lazy("consent", "In force"),
        "withdrawn": pgettext_lazy("consent", "Thrown away unsigned"),
        "revoked": pgettext_lazy("consent", "Stopped"),
        "expired": pgettext_lazy("consent", "Ended by itself"),
    },
    "signer_link": {
        "open": pgettext_lazy("signer_link", "Waits for their answer"),
        "signed": pgettext_lazy("signer_link", "They signed"),
        "declined": pgettext_lazy("signer_link", "They said no"),
        "stopped": pgettext_lazy("signer_link", "Taken back"),
        "lapsed": pgettext_lazy("signer_link", "Time ran out"),
        "locked": pgettext_lazy("signer_link", "Closed after wrong codes"),
    },
    "partner_link": {
        "waiting": pgettext_lazy("partner_link", "Waits to be sent"),
        "sent": pgettext_lazy("partner_link", "Sent, not opened yet"),
        "opened": pgettext_lazy("partner_link", "Opened, no answer yet"),
        "accepted": pgettext_lazy("partner_link", "They said yes"),
        "declined": pgettext_lazy("partner_link", "They said no"),
        "stopped": pgettext_lazy("partner_link", "Stopped"),
        "lapsed": pgettext_lazy("partner_link", "Time ran out"),
        "locked": pgettext_lazy("partner_link", "Closed after wrong codes"),
        "failed": pgettext_lazy("partner_link", "Could not be sent"),
    },
    "referral": {
        "requested": pgettext_lazy("referral", "On the way"),
        "accepted": pgettext_lazy("referral", "They said yes"),
        "declined": pgettext_lazy("referral", "They said no"),
        "in_progress": pgettext_lazy("referral", "In touch"),
        "completed": pgettext_lazy("referral", "Done"),
        "cancelled": pgettext_lazy("referral", "Ended"),
    },
    "incoming": {
        "received": pgettext_lazy("incoming", "New"),
        "taken_up": pgettext_lazy("incoming", "Taken up"),
        "set_aside": pgettext_lazy("incoming", "Set aside"),
    },
    "story": {
        "draft": pgettext_lazy("story", "You are still writing"),
        "in_review": pgettext_lazy("story", "With a reader"),
        "published": pgettext_lazy("story", "Shared"),
        "withdrawn": pgettext_lazy("story", "Taken back"),
    },
    "comment": {
        "waiting": pgettext_lazy("comment", "Waits for a reader"),
        "shown": pgettext_lazy("comment", "Shown"),
        "refused": pgettext_lazy("comment", "Not shown"),
    },
    "site_page": {
        "draft": pgettext_lazy("site_page", "Not published yet"),
        "published": pgettext_lazy("site_page", "On the site"),
        "away": pgettext_lazy("site_page", "Taken off the site"),
        "removed": pgettext_lazy("site_page", "Removed"),
    },
    "resource_list": {
        "previewed": pgettext_lazy("resource_list", "Ready to check"),
        "written": pgettext_lazy("resource_list", "In the directory"),
        "left": pgettext_lazy("resource_list", "Left"),
    },
    "resource_report": {
        "open": pgettext_lazy("resource_report", "To look at"),
        "done": pgettext_lazy("resource_report", "Mended"),
        "declined": pgettext_lazy("resource_report", "Is right as it is"),
    },
    "handover": {
        "asked": pgettext_lazy("handover", "Asked for"),
        "arranged": pgettext_lazy("handover", "Arranged"),
        "met": pgettext_lazy("handover", "All three met"),
        "finished": pgettext_lazy("handover", "Finished"),
        "withdrawn": pgettext_lazy("handover", "Withdrawn"),
    },
    # --- closed lists of the models ----------------------------------------------------------------------------
    "safe_channel": {
        "phone": _("Phone call"), "text": _("Text message"), "email": _("E-mail"), "app": _("Only when I sign in"),
        "none": _("Please do not contact me"),
    },
    "boundary": {
        "sponsor": _("Sponsor"), "kin": _("Family"), "ex": _("Former partner"), "housemate": _("Lives with them"),
        "supervisor": _("Supervisor"), "safety": _("Safety"),
    },
    "grant": {
        "mentorship": _("Their peer"), "cover": _("Backup peer"), "history": _("Earlier notes, by choice"),
        "reason": _("With a recorded reason"),
    },
    "source": {
        "form": _("Form"), "roster": _("List"), "self": _("Asked on the website"), "return": _("Came back"),
    },
    "service": {
        "one_person": _("Support for one person"), "group": _("Support in a group"),
        "skills_group": _("Learning skills in a group"), "not_billed": _("Not for a payer"),
    },
    "place": {
        "office": _("At our place"), "home": _("At the person's home"), "community": _("Out and about"),
        "shelter": _("In a shelter"), "hospital": _("In a hospital"), "custody": _("In jail or prison"),
        "phone": _("By phone"), "video": _("By video"),
    },
    "end_reason": {
        "completed": _("Goals reached"),
        "changed_peer": _("Changed peer"),
        "moved": _("Moved away"),
        "lost_touch": _("Lost touch"),
        "own_wish": _("Own wish"),
        "peer_unavailable": _("The peer is not available"),
        "safety": _("Safety"),
    },
}
# fmt: on


def label(group: str, code: str) -> Text:
    """The name of a code in the reader's language. An unknown group raises KeyError; an unknown code shows itself."""
    return LABELS[group].get(code, code)


def spoken(group: str, code: str) -> str:
    """The same as text, which for long lists is looked up once for each language."""
    said = said_in(language())
    text = said.get((group, code))
    if text is None:
        text = str(label(group, code))
        if code in LABELS[group]:
            said[group, code] = text
    return text


def choices(group: str, codes: Iterable[str] | None = None) -> list[tuple[str, Text]]:
    """(code, label) pairs for a form field: the whole group, or these codes in this order."""
    return [(code, LABELS[group][code]) for code in (LABELS[group] if codes is None else codes)]
