"""For each model of the house: whose a row is, whether its person gets it, what an erasing does, how long it stays.

Each is said here once, in the order in which an erasing goes: what hangs from another row stands before it. A new model
without a line fails `tests/retention/test_lines.py`.

One has none, and nothing here may name it (C4, `tests/promises/test_reflections_stay.py`): what somebody writes for
themself alone. Its writer reads it on their own page; it is in no copy, ends on the day they chose, and goes with
their account.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

ROW, WORDS, SEALED, PERSON, STAYS = "row", "words", "sealed", "person", "stays"
"""What an erasing does: the row goes · its words go, what is counted stays · a little of it is sealed, the row goes ·
the person's own row is emptied · nothing, as it says nothing of anybody or must not go."""

WORK = "how we work, about nobody who is supported"
COUNTED = "sums and counts, which name nobody"
KEYS = "made from what is in it already, or to find it; nothing of it was ever said"
BY_ITSELF = "goes by itself within hours or days (`housekeeping`)"
WITH_RECORD = "stays as long as the record, and goes with it"
OF_KEYS = "which key is used, about nobody"
LOG = (
    "the log proves that nothing was changed: a line taken out would break it. It holds ids and codes, and words of why"
)
PLACES = "places that help, from public lists, about nobody"
PUBLIC_WORDS = "what a program says about itself to everybody"
OF_WORK = "of those who work here: kept as long as they do"


@dataclass(frozen=True)
class Line:
    """What becomes of the rows of one model. `whose`: lookups to the id of the person it is about; none: about nobody.

    `take` is the section of the person's copy, else `no_take` says why it is in none. `kind` is the kind of record
    whose period it follows, else `no_kind` says why it has no period. `words` are the columns an erasing empties.
    """

    whose: tuple[str, ...] = ()
    take: str = ""
    no_take: str = ""
    erase: str = STAYS
    words: Mapping[str, Any] = field(default_factory=dict)
    kind: str = ""
    no_kind: str = ""


def _about(whose: str, take: str, erase: str, kind: str = "", **more: Any) -> Line:
    return Line(tuple(whose.split()), take, erase=erase, kind=kind, **({} if kind else {"no_kind": WITH_RECORD}) | more)


def _untold(whose: str, why: str, erase: str, kind: str = "", **more: Any) -> Line:
    return Line(
        tuple(whose.split()), no_take=why, erase=erase, kind=kind, **({} if kind else {"no_kind": WITH_RECORD}) | more
    )


def _nobody(why: str, no_take: str = "") -> Line:
    return Line(no_take=no_take or why, no_kind=why)


_PAGE, _WALK, _EPISODE = "sheet__person", "mentorship__participant", "episode__person"
_LAW = "what the law asks of the program, sometimes before the person may know"
_BY_LAW = "the program may have to answer for it, without an end; its words go with the record"
_STORY = "theirs as long as the record; goes by itself half a year after they withdrew it (`stories.actions`)"
_EVENT = "goes by itself thirty days after the event (`occasions.actions`)"
_WORRY = "a worry is read by those who answer it, never by whom it is about (J2)"

LINES: Mapping[str, Line] = {
    # A person's own pages
    "recovery.Change": _about(_PAGE, "changes", ROW),
    "recovery.Step": _about("goal__sheet__person", "goals", ROW),
    "recovery.Goal": _about(_PAGE, "goals", ROW),
    "recovery.Chapter": _about(_PAGE, "days", ROW),
    "recovery.Milestone": _about(_PAGE, "days", ROW),
    "recovery.Sheet": _about("person", "pages", ROW),
    "checkins.CheckIn": _about("person", "check_ins", ROW, "check_ins"),
    "checkins.Rhythm": _about("person", "check_ins", ROW),
    "assessments.Assessment": _about("person", "answers", ROW, "answers"),
    "assessments.Asking": _about("person", "answers", ROW),
    "returns.Telling": _about("person", "returns", ROW, "check_ins"),
    "skills.Practice": _about("person", "skills", ROW),
    "skills.Standing": _about("person", "skills", ROW),
    "connections.TieTurn": _about("tie__person", "connections", ROW),
    "connections.Tie": _about("person", "connections", ROW),
    "stories.RecordingPart": _about("recording__story__person", "stories", ROW, no_kind=_STORY),
    "stories.Recording": _about("story__person", "stories", ROW, no_kind=_STORY),
    "stories.Comment": _untold("story__person", "words of others, who are not asked who they are", ROW, no_kind=_STORY),
    "stories.StoryTurn": _about("story__person", "stories", ROW, no_kind=_STORY),
    "stories.Story": _about("person", "stories", ROW, no_kind=_STORY),
    # Worries
    "safety.Told": _untold("escalation__person", _WORRY, ROW, "worries"),
    "safety.Measure": _untold("escalation__person", _WORRY, ROW, "worries"),
    "safety.Happening": _untold("escalation__person", _WORRY, ROW, "worries"),
    "safety.Escalation": _untold("person", _WORRY, ROW, "worries"),
    # Walking together
    "calls.Claim": _untold("agreement__person", "who is just calling: it ends with the call", ROW, no_kind=BY_ITSELF),
    "calls.Call": _about("person", "calls", WORDS, "notes", words={"note": ""}),
    "calls.Agreement": _about(
        "person", "calls", WORDS,
        words={"hours": "0" * 42, "time_zone": "UTC", "language": "en", "wished_every_days": None,
               "wants_more_at": None},
    ),
    # Before the places: what is written on the page of a group ends with the group's period, or when it is taken back.
    "community.Flag": _untold("by__person post__name__person", "who asked for a look is told to nobody, and a reason "
                              "for it is not the writer's", ROW, "messages"),
    "community.Post": _about("name__person", "page_words", ROW, "messages"),
    "community.PenName": _about("person", "page_words", ROW, "messages"),
    # What somebody saved is theirs as long as the record; an ask follows it, as the person reads it there.
    "outings.Felt": _about("saved__person", "outings", ROW),
    "outings.Outing": _about("saved__person", "outings", ROW),
    "outings.Ask": _about("saved__person", "outings", ROW),
    "outings.Saved": _about("person", "outings", ROW),
    # Who came stays while the record does, so that a group's numbers stay; the chosen name goes when they leave.
    "groups.Came": _about("person", "groups", ROW),
    "groups.GroupPlace": _about("person", "groups", ROW),
    "occasions.OccasionPlace": _about("person", "events", ROW, no_kind=_EVENT),
    "mentoring.WrittenAs": _about("contact__participant", "notes", ROW, "notes"),
    "mentoring.Addition": _about("contact__participant", "notes", ROW, "notes"),
    "mentoring.Contact": _about(
        "participant", "notes", WORDS, "notes",
        words={"note": "", "next_step": "", "next_step_on": None, "seen_words": "", "kinds_of_support": []},
    ),
    "mentoring.Message": _about(_WALK, "messages", ROW, "messages"),
    "mentoring.Appointment": _about(_WALK, "times", ROW, "times"),
    "mentoring.Handover": _about(_WALK, "walks", ROW, "choices"),
    "mentoring.CalendarFeed": _about("person", "me", ROW),
    "mentoring.NoteDraft": _untold("", "what a peer is just typing: it becomes a note, or goes within a week", ROW,
                                   no_kind=BY_ITSELF),
    "matching.Proposal": _untold(_EPISODE, "a proposal nobody offered: it would name people who never knew", ROW),
    "matching.KeptRun": _untold("", "what people of a whole list said: nobody reads it but the replay", ROW,
                                no_kind="goes by itself after two weeks or ninety days (`matching.keeping`)"),
    "matching.Offer": _about(_EPISODE, "offers", WORDS, "choices",
                             words={"decline_words": "", "decline_code": "", "reasons": []}),
    "matching.Round": _about(_EPISODE, "offers", STAYS),
    "mentoring.Mentorship": _about("participant", "walks", WORDS,
                                   words={"next_step_on": None, "asked_for_call_at": None}),
    # What somebody asked for
    "intake.Preference": _about("wishes__episode__person", "wishes", ROW),
    "intake.Wishes": _about(_EPISODE, "wishes", ROW),
    "referrals.Incoming": _about("inquiry__person", "asks", ROW, "asks"),
    "intake.Inquiry": _about("person", "asks", ROW, "asks"),
    "intake.Application": _about("person", "asks", ROW, "applications"),
    "intake.RosterUndo": _untold("", "kept for a day, so that a list can be taken back", ROW, no_kind=BY_ITSELF),
    "intake.RosterLine": _untold("person", "the list of whoever sent them; what it brought stands in the record", WORDS,
                                 "lists", words={"values": {}, "problems": [], "person": None}),
    # Where they went: what happened on the way stands with it
    "referrals.ReferralTurn": _about("referral__person", "ways", ROW),
    "referrals.ReferralStep": _about("referral__person", "ways", ROW),
    "referrals.ReferralPage": _untold("referral__person", "which page belongs to which way", ROW, "accounting"),
    "referrals.Referral": _about("person", "ways", ROW),
    # What was shared
    "partners.SignerLink": _about("person", "signers", ROW, no_kind="goes with the permission that it was for"),
    "partners.LinkWord": _about("link__person", "partner_pages", ROW, "accounting"),
    "partners.LinkMail": _untold("link__person", "how the page was sent; to whom stands with it", ROW, "accounting"),
    "partners.PartnerLink": _about("person", "partner_pages", ROW, "accounting"),
    "privacy.ListedRecipient": _about("request__person", "lists", ROW, "accounting"),
    "privacy.ListRequest": _about("person", "lists", ROW, "accounting"),
    "privacy.Disclosure": _about("person", "sent", SEALED, "accounting"),
    "privacy.Emergency": _about("person", "sent", SEALED, "accounting"),
    "privacy.Consent": _about("person", "consents", SEALED, "consents"),
    "privacy.Grant": _about("participant", "readers", ROW, "readers"),
    # What they were told and asked for about it
    "privacy.NoDonations": _about("person", "restrictions", ROW),
    "privacy.NoticeOffer": _about("person", "notices_told", SEALED, "papers"),
    "privacy.LimitsTold": _about("person", "notices_told", SEALED, "papers"),
    "privacy.KeptFrom": _about("restriction__person", "restrictions", ROW, "papers"),
    "privacy.Restriction": _about("person", "restrictions", SEALED, "papers"),
    "privacy.Complaint": _about("person", "complaints", SEALED, "papers"),
    # What the law asked for: that it was so stays, with days and codes
    "legal.LegalHold": _untold(
        "person", _LAW, WORDS, words={"words": "-", "end_words": "-"},
        no_kind="proves why a record was kept; its words go with the record",
    ),
    "legal.ScanPart": _untold("scan__demand__person", _LAW, ROW, no_kind=_BY_LAW),
    "legal.Scan": _untold("demand__person", _LAW, ROW, no_kind=_BY_LAW),
    "legal.DemandStep": _untold("demand__person", _LAW, WORDS, words={"words": ""}, no_kind=_BY_LAW),
    "legal.Release": _about("person", "sent", WORDS, words={"recipient": "-", "content": []}, no_kind=_BY_LAW),
    "legal.Paper": _untold(
        "demand__person", _LAW, WORDS, no_kind=_BY_LAW,
        words={"court": "-", "number": "-", "recipient": "-", "kept_where": "-", "end_words": "-"},
    ),
    "legal.Demand": _untold(
        "person", _LAW, WORDS, no_kind=_BY_LAW, words={"sender": "-", "asks": "-", "names": "", "counsel": "-"}
    ),
    "legal.MandatedReport": _about(
        "person", "sent", WORDS, no_kind=_BY_LAW,
        words={"told": {}, "agency": "-", "reference": "", "made_by_name": "-"},
    ),
    "legal.Inspected": _about("person", "sent", STAYS, no_kind=_BY_LAW),
    "legal.Affected": _about("person", "letters", WORDS, words={"words": "-", "strike_words": "-"}, no_kind=_BY_LAW),
    # Who they are
    "people.TwinPair": _untold("first second", "a guess about two records, which may be of somebody else", ROW),
    "people.MatchKey": _untold("person", KEYS, ROW),
    "people.ToCompare": _untold("person", KEYS, ROW, no_kind=BY_ITSELF),
    "people.Boundary": _untold("person other", "says something of somebody else, who was promised silence (D7)", ROW),
    "people.Invitation": _untold("person", "a link that was used or is over", ROW),
    "people.OutgoingMessage": _about("person", "notices", ROW, "notices"),
    "people.Merge": _untold("kept", "that two records of theirs were joined; what both held is in it", WORDS,
                            words={"journal": None}, no_kind="ids only, so that the log stays readable"),
    "people.SafeContact": _about("person", "me", ROW),
    "people.HeldForm": _untold("user__persons", "a form given back at the next sign-in", ROW, no_kind=BY_ITSELF),
    "people.SignIn": _about("user__persons", "devices", ROW, no_kind="goes by itself after thirty days"),
    "people.CodeAsk": _untold("user__persons", "a code that was asked for, for ten minutes", ROW, no_kind=BY_ITSELF),
    "people.PaperCode": _untold("user__persons", KEYS, ROW, no_kind=BY_ITSELF),
    "people.KnownDevice": _about("user__persons", "devices", ROW, no_kind="goes by itself when it is not used"),
    "people.Membership": _about("user__persons", "me", ROW),
    "people.User": _about("persons", "me", ROW),
    "people.Episode": _about("person", "times_here", WORDS,
                             words={"returned_to_use_on": None, "return_told_at": None, "urgency": 0}),
    "retention.ErasureRequest": _about("person", "me", WORDS, "files", words={"identity": "", "answer": ""}),
    "people.Person": _about("pk", "me", PERSON, "record"),
    # What stays of whoever was erased
    "retention.Erasure": _untold("", "ids of erased records, which have no page any more", STAYS,
                                 no_kind="without it a backup would bring back who was erased"),
    "retention.Erasing": _nobody("is there only while something is erased"),
    "retention.Sealed": _untold("", "of erased people only", STAYS, no_kind="follows the period of what it was"),
    "audit.Entry": _untold("subject_id", "", STAYS, no_kind=LOG, take="opened"),
    "audit.Seal": _nobody(LOG),
    "audit.HeadsSent": _nobody("days on which the ends of the log went out"),
    "audit.ChainKeys": _nobody(OF_KEYS),
    "audit.IndexKey": _nobody(OF_KEYS),
    "audit.IndexToBe": _nobody("indexes to be, while a key changes: keyed digests, gone when the change is over"),
    "oversight.Unusual": _untold("person", "of whoever opened records; the person reads who opened theirs", STAYS,
                                 no_kind="ids and codes out of the log, which stays"),
    "oversight.Week": _nobody(WORK),
    # About the work, or about nobody
    "retention.Period": _nobody(WORK),
    "intake.Roster": Line(no_take="a list of many people", kind="lists"),
    "intake.RosterPart": Line(no_take="a list of many people", kind="lists"),
    "intake.RosterMapping": _nobody("names of columns"),
    "intake.ProgramWord": _nobody("words of lists and what they mean, about nobody"),
    "interop.ExportRequest": Line(no_take="a file of many people; the log tells each of them", kind="files"),
    "matching.Run": _nobody(COUNTED),
    "legal.Incident": _nobody("what happened and what was done; the letter to each person is with those affected"),
    "legal.Inspection": _nobody("who audited us, for whom, and what they promised: about nobody with us"),
    "legal.LawDelay": _nobody("who asked us to wait, about nobody with us"),
    "legal.Posting": _nobody(PUBLIC_WORDS),
    "legal.LogSearch": _nobody("whose acts were searched: ids and codes of those who work here"),
    "calls.Caller": Line(("person",), no_take=OF_WORK, no_kind=OF_WORK),
    "groups.Leader": Line(("person",), no_take=OF_WORK, no_kind=OF_WORK),
    "groups.Group": _nobody(WORK),
    "community.Community": _nobody(WORK),
    "occasions.Occasion": _nobody(WORK),
    "groups.GroupSession": _nobody("when a group met, and how many more came: about nobody"),
    "workforce.PeerProfile": Line(("person",), no_take=OF_WORK, no_kind=OF_WORK),
    "safety.Turn": Line(("person", "deputy"), no_take=OF_WORK, no_kind=OF_WORK),
    "recovery.OnCallLine": _nobody(WORK),
    "council.Policy": _nobody(WORK),
    "privacy.ProgramLaw": _nobody(WORK),
    "privacy.Notice": _nobody(WORK),
    "privacy.ServiceProvider": _nobody(WORK),
    "skills.Unit": _nobody(WORK),
    "website.SitePage": _nobody(PUBLIC_WORDS),
    "website.SiteVersion": _nobody(PUBLIC_WORDS),
    "meetings.Feed": _nobody(PLACES),
    "meetings.Meeting": _nobody(PLACES),
    "meetings.Slot": _nobody(PLACES),
    "meetings.NamedPlace": _nobody(PLACES),
    "resources.Feed": _nobody(PLACES),
    "resources.Resource": _nobody(PLACES),
    "resources.Record": _nobody(PLACES),
    "resources.Leftover": _nobody(PLACES),
    "resources.ListFile": _nobody(PLACES),
    "resources.Report": _nobody("what is said to be wrong with a place; who said it is not known"),
    "running.Job": _nobody(WORK),
    "running.WeaknessLook": _nobody(WORK, "when somebody looked, and whether there was one"),
    "running.Worker": _nobody(WORK, "which workers run"),
    "running.Failure": _nobody("goes by itself after some days; the kind of an error, never its text"),
    "people.Organization": _nobody(WORK),
    "people.Program": _nobody(WORK),
    "people.Site": _nobody(WORK),
    "people.SupportGrant": _nobody("proves who outside was let in to help, when and why, as the log does"),
    "impact.ContactTally": _nobody(COUNTED),
    "impact.Counted": _nobody(COUNTED),
    "impact.EpisodeTally": _nobody(COUNTED),
    "impact.Mark": _nobody(COUNTED),
    "impact.PublicFigures": _nobody(COUNTED),
    "impact.Standing": _nobody(COUNTED),
}  # fmt: skip
