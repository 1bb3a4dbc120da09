"""A policy in plain words: one line for each thing it decides, with why it counts. No line is assembled from halves."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from alongside.rules.cadence import CadencePolicy
from alongside.rules.check_in import CheckInPolicy
from alongside.rules.escalation import SafetyPolicy
from alongside.rules.handover import HandoverPolicy
from alongside.rules.instruments import MeasuresPolicy
from alongside.rules.matching import DEFAULT_WEIGHTS
from alongside.rules.matching.daily import DailyPolicy
from alongside.rules.note_modes import NotePolicy
from alongside.rules.offers import OfferPolicy
from alongside.rules.phone_script import PARTS
from alongside.rules.phone_support import PhoneSupportPolicy
from alongside.rules.report_lists import ReportPolicy

from .checks import read_matching


@dataclass(frozen=True)
class Line:
    """What is decided (`title`), how (`value`), and why it is there (`why`)."""

    title: str
    value: str
    why: str = ""


KIND_TITLES = {
    "matching": gettext_lazy("Who is proposed to whom"),
    "runs": gettext_lazy("When peers are proposed"),
    "cadence": gettext_lazy("How often we reach out"),
    "offers": gettext_lazy("How long people have to decide"),
    "check_in": gettext_lazy("What a check-in asks"),
    "measures": gettext_lazy("Which questionnaires are offered"),
    "safety": gettext_lazy("When somebody is worried"),
    "notes": gettext_lazy("What is written down about a talk"),
    "phone_support": gettext_lazy("How we call people"),
    "reports": gettext_lazy("What a report that the law demands may say"),
    "handover": gettext_lazy("How we go along to another place"),
}
KIND_INTROS = {
    "matching": gettext_lazy(
        "Some things always hold: what somebody says has to be, a shared language, times and a way to meet, "
        "free places, and who must not meet. Beyond that, these things count, and this much."
    ),
    "runs": gettext_lazy("Proposals wait for a coordinator. Nothing is sent without a person who looks at it."),
    "cadence": gettext_lazy("When a peer is reminded to be in touch. It is closest in the first days."),
    "offers": gettext_lazy("Nobody is hurried, and nobody is left waiting."),
    "measures": gettext_lazy(
        "Somebody may fill in a questionnaire alone or with their peer, or leave it. It shows them what grew. It is "
        "never a label, and it decides nothing."
    ),
    "check_in": gettext_lazy(
        "A check-in takes less than a minute, whenever somebody wants to. Each question may be left out. It is never a "
        "test: it helps the peer to be there at the right time. A program chooses which of our questions it asks, and "
        "in which order; questions in its own words are not offered."
    ),
    "safety": gettext_lazy(
        "Peers do not judge risk. They say what they noticed, and somebody on duty takes it from there. "
        "It ends only when somebody has spoken with the person, or with somebody who is with them."
    ),
    "notes": gettext_lazy(
        "Notes are power. Whoever a note is about reads all of it and can answer. What was written before stays as it "
        "is, whatever is decided here."
    ),
    "reports": gettext_lazy(
        "Some things have to be reported by law. Then a short list says what may be told, and nothing else is. Our "
        "state may want something of its own: each question stands here with the law that asks it."
    ),
    "handover": gettext_lazy(
        "When somebody wants help from another place, nobody is just handed a number. These steps stand beside the way "
        "there. Each may be left out; a way that began keeps the steps it began with."
    ),
}
HANDOVER_STEPS = {
    "called_together": gettext_lazy("Call the place together"),
    "introduced": gettext_lazy("Say who is who: a name to ask for"),
    "date_set": gettext_lazy("A day and a time are set"),
    "ride": gettext_lazy("A way to get there"),
    "papers": gettext_lazy("Papers to bring are ready"),
    "followed_up": gettext_lazy("Asked how it went, within 7 days"),
}
"""The steps that we have words for, by their codes (`rules.referrals.STEPS`)."""
REPORTS = {
    "child_abuse": gettext_lazy("A child may be hurt or neglected"),
    "crime": gettext_lazy("A crime here or against somebody who works here, or a threat of one"),
    "elder_abuse": gettext_lazy("An older or dependent adult may be hurt or neglected"),
    "threat": gettext_lazy("Somebody is in danger from another person"),
    "other": gettext_lazy("Something else that our state wants reported"),
}
NOTE_MODES = {
    "none": (
        gettext_lazy("That you were in touch"),
        gettext_lazy("How and when. No words are asked, and none are kept."),
    ),
    "count": (
        gettext_lazy("How long, and what kind of support"),
        gettext_lazy("No words are asked, and none are kept."),
    ),
    "together": (
        gettext_lazy("Words that you read together"),
        gettext_lazy("A note is kept when both have read it. The person may add a line of their own."),
    ),
    "billable": (
        gettext_lazy("What a payer asks"),
        gettext_lazy("Start, end, service, place and the goal worked on, with a few words that the person reads."),
    ),
}
KIND_INTROS["phone_support"] = gettext_lazy(
    "Nobody is called who did not agree, and only in the hours they chose. No answer never ends the calls; the person "
    "ends them in one step."
)
RUNGS = {
    "on_duty": gettext_lazy("Whoever is on duty"),
    "deputy": gettext_lazy("Their deputy"),
    "rota": gettext_lazy("Everybody on the rota, and the supervisor of whoever is worried"),
    "director": gettext_lazy("The director"),
}
FEATURES = {
    "life_stage": (
        gettext_lazy("Stage of life"),
        gettext_lazy("Being in a similar place in life now, such as raising children or looking for work."),
    ),
    "pathway": (
        gettext_lazy("Path of recovery"),
        gettext_lazy("Walking a similar path. Somebody who is still exploring fits with any."),
    ),
    "language": (gettext_lazy("Language"), gettext_lazy("Talking in the language one likes best.")),
    "availability": (gettext_lazy("Time"), gettext_lazy("Having time in the same hours of the week.")),
    "wishes": (gettext_lazy("Wishes"), gettext_lazy("What somebody would like in a peer, beyond what has to be.")),
    "age": (gettext_lazy("Age"), gettext_lazy("Being close in age.")),
    "continuity": (
        gettext_lazy("Knowing each other"),
        gettext_lazy("A peer from before, so that nobody has to tell their story again."),
    ),
    "need": (
        gettext_lazy("Knowing the need"),
        gettext_lazy("The peer knows from their own life what help is asked for."),
    ),
    "interests": (gettext_lazy("Interests"), gettext_lazy("Liking the same things.")),
    "distance": (gettext_lazy("Distance"), gettext_lazy("A short way, where people meet in person.")),
    "experience": (
        gettext_lazy("Same experience"),
        gettext_lazy("Having lived through the same. It counts little: a study suggests that life now matters more."),
    ),
}


def describe(kind: str, values: Mapping) -> list[Line]:
    """The lines of one version, in the reader's language."""
    return DESCRIBERS[kind](values)


def _describe_matching(values: Mapping) -> list[Line]:
    policy = read_matching(values)
    total = sum(policy.weights.values())
    shares = {name: 100 * policy.weights.get(name, 0) / total if total else 0 for name in DEFAULT_WEIGHTS}
    lines = [
        Line(str(FEATURES[name][0]), _("%(share)d of 100") % {"share": round(share)}, str(FEATURES[name][1]))
        for name, share in sorted(shares.items(), key=lambda item: -item[1])
    ]
    hours, days, years = policy.session_hours, policy.urgency_days, policy.similar_age_years
    return [
        *lines,
        Line(_("Time in a row"), ngettext("%(count)d hour", "%(count)d hours", hours) % {"count": hours},
             _("So much time in a row both must have in a usual week.")),
        Line(_("“About my age”"), ngettext("%(count)d year", "%(count)d years", years) % {"count": years},
             _("Up to so many years older or younger.")),
        Line(_("Urgency"), ngettext("%(count)d day", "%(count)d days", days) % {"count": days},
             _("One step of urgency counts like so many days of waiting.")),
    ]  # fmt: skip


def _describe_runs(values: Mapping) -> list[Line]:
    policy = DailyPolicy.from_values(values)
    found = [
        Line(_("By itself"), _("Every day from %(hour)d:00 on") % {"hour": policy.at_hour} if policy.daily else _("No"),
             _("Beside it, a coordinator can propose at any time.")),
        Line(_("Waiting for a better place"), _("Yes") if policy.keep_back else _("No"),
             _("Whether a daily run may leave a place free where a better one is likely and near.")),
    ]  # fmt: skip
    if policy.keep_back:
        found += [
            Line(_("How far it looks ahead"), _days(policy.look_days)),
            Line(_("Longest wait for it"), _days(policy.longest_wait_days),
                 _("Nobody urgent, and nobody who has few possible peers, is kept waiting for it.")),
        ]  # fmt: skip
    return found


def _describe_cadence(values: Mapping) -> list[Line]:
    policy = CadencePolicy.from_values(values)
    lines, first = [], 1
    for phase in policy.phases:
        days = {"first": first, "until": phase.until_day}
        lines.append(Line(_("Day %(first)d to %(until)d") % days, _every(phase.every_days)))
        first = phase.until_day + 1
    return [
        *lines,
        Line(_("After that"), _every(policy.after_every_days)),
        Line(_("After a return to use"), _every(policy.boost_every_days),
             ngettext("For %(count)d day. It never ends the support.", "For %(count)d days. It never ends the support.",
                      policy.boost_days) % {"count": policy.boost_days}),
        Line(_("A first hello"), _within(policy.introduce_within_days), _("After somebody was chosen.")),
        Line(_("Nobody reached"), _days(policy.silent_after_days),
             _("Then the supervisor looks at it together with the peer.")),
        Line(_("Trying again"), _within(policy.retry_attempt_days),
             ngettext("After no answer, up to %(count)d more time.", "After no answer, up to %(count)d more times.",
                      policy.retry_attempts) % {"count": policy.retry_attempts}),
        Line(_("A call somebody asked for"),
             ngettext("Within %(count)d hour", "Within %(count)d hours", policy.call_wish_hours)
             % {"count": policy.call_wish_hours},
             _("Then whoever supports the peer is told, if nobody reached the person.")),
    ]  # fmt: skip


def _describe_offers(values: Mapping) -> list[Line]:
    policy = OfferPolicy.from_values(values)
    hours = policy.answer_hours
    return [
        Line(_("Peers to choose from"), _("Up to %(count)d") % {"count": policy.max_offers},
             _("Enough to choose, few enough to get to know.")),
        Line(_("Time to choose"), _days(policy.choose_days),
             _("Time that a peer takes to answer does not count against it.")),
        Line(_("Time for a peer to answer"), ngettext("%(count)d hour", "%(count)d hours", hours) % {"count": hours},
             _("Somebody is waiting for the answer.")),
    ]  # fmt: skip


QUESTIONS = {
    "mood": gettext_lazy("Mood"),
    "craving": gettext_lazy("Free of the pull to use"),
    "connection": gettext_lazy("Feeling connected"),
    "health": gettext_lazy("Health"),
    "home": gettext_lazy("Home"),
    "purpose": gettext_lazy("Purpose"),
    "community": gettext_lazy("Community"),
}


def _describe_check_in(values: Mapping) -> list[Line]:
    policy = CheckInPolicy.from_values(values)
    percent = _("%(share)d of 100") % {"share": policy.drop_percent}
    enough = ngettext("%(count)d check-in", "%(count)d check-ins", policy.enough) % {"count": policy.enough}
    times = ngettext("%(count)d time", "%(count)d times", policy.silence_times) % {"count": policy.silence_times}
    return [
        *(Line(str(QUESTIONS[one]), _("Asked"), str(QUESTION_NOTES.get(one, ""))) for one in policy.questions),
        Line(_("Answers"), _("From 1 to %(count)d") % {"count": policy.scale}, _("More is always better.")),
        Line(_("Reminders"), _every(policy.every_days), _("Only for those who wish to be reminded.")),
        Line(_("Noticed after"), enough, _("Before that, too little is known about what is usual for somebody.")),
        Line(_("A silence"), times,
             _("So many times the longest pause that is usual for this person.")),
        Line(_("A silence at the earliest"), _days(policy.silence_days)),
        Line(_("Lower than usual"), percent,
             _("Two check-ins in a row this far below what is usual for this person. Now and then it is chance.")),
        Line(_("How sure that is"), _("%(count)d times the usual ups and downs") % {"count": policy.drop_surety}),
    ]  # fmt: skip


INSTRUMENTS = {
    "barc-10": gettext_lazy("Resources for recovery (BARC-10)"),
    "ucla-3": gettext_lazy("Feeling alone (three-item loneliness scale)"),
    "readiness-ruler": gettext_lazy("Readiness for a change (rulers)"),
    "phq-2": gettext_lazy("Low mood (PHQ-2)"),
    "phq-9": gettext_lazy("Low mood, nine questions (PHQ-9); somebody must be on the rota"),
    "gad-7": gettext_lazy("Worry (GAD-7)"),
    "k6": gettext_lazy("Distress (K6)"),
    "audit-c": gettext_lazy("Drinking (AUDIT-C)"),
}


def _describe_measures(values: Mapping) -> list[Line]:
    policy = MeasuresPolicy.from_values(values)
    found = [Line(str(INSTRUMENTS[code]), _every(days)) for code, days in policy.every_days.items()]
    for code, number in policy.spread.items():
        name = _("Usual spread: %(name)s") % {"name": INSTRUMENTS[code]}
        found.append(Line(name, str(number), _("From it follows how much change is more than chance.")))
    return found


QUESTION_NOTES = {
    "craving": gettext_lazy("Not asked of those who are here because they love somebody."),
    "connection": gettext_lazy("Being alone with it makes most things harder."),
}


def _describe_safety(values: Mapping) -> list[Line]:
    policy = SafetyPolicy.from_values(values)
    path = policy.path_es if (get_language() or "").startswith("es") else policy.path_en
    return [
        Line(_("Time to take it"), _minutes(policy.acknowledge_minutes), _("Until then the next person is not asked.")),
        Line(_("Who is told, in this order"), "; ".join(str(RUNGS[rung]) for rung in policy.ladder),
             _("Where nobody is there, the next are told at once.")),
        Line(_("Between one and the next"), _minutes(policy.next_minutes)),
        Line(_("Reminders after the last"), _minutes(policy.again_minutes),
             _("Again and again, until somebody takes it.")),
        Line(_("Time to resolve it"), _minutes(policy.resolve_minutes), _("Then the next in the order are told too.")),
        Line(_("Time to sit down with whoever raised it"),
             ngettext("%(count)d hour", "%(count)d hours", policy.debrief_hours) % {"count": policy.debrief_hours},
             _("Then the one who had it, and their supervisor, are reminded once.")),
        Line(_("Our own path"), _("Written down") if path else _("In the words of this program"), path),
    ]  # fmt: skip


def _describe_notes(values: Mapping) -> list[Line]:
    value, why = NOTE_MODES[NotePolicy.from_values(values).mode]
    return [Line(_("A note holds"), str(value), str(why))]


SCRIPT_PARTS = {
    "answer": gettext_lazy("When somebody answers"),
    "not_them": gettext_lazy("When it is somebody else"),
    "voicemail": gettext_lazy("On voicemail, where it is allowed"),
    "hello": gettext_lazy("When it is them"),
    "ask": gettext_lazy("To ask"),
    "offer": gettext_lazy("To offer"),
    "go_on": gettext_lazy("After the first weeks"),
    "goodbye": gettext_lazy("To say goodbye"),
}


def _describe_phone_support(values: Mapping) -> list[Line]:
    policy = PhoneSupportPolicy.from_values(values)
    words = policy.script["es" if (get_language() or "").startswith("es") else "en"]
    weeks, tries = policy.weeks, policy.tries
    return [
        Line(_("At the beginning"), _every(policy.every_days),
             ngettext("For %(count)d week; then as the person wishes.",
                      "For %(count)d weeks; then as the person wishes.", weeks) % {"count": weeks}),
        Line(_("After no answer"), ngettext("%(count)d more try", "%(count)d more tries", tries) % {"count": tries},
             ngettext("All within %(count)d day.", "All within %(count)d days.", policy.within_days)
             % {"count": policy.within_days}),
        Line(_("Between tries"), _days(policy.try_again_days)),
        Line(_("Calls after a return to use"), _every(policy.boost_every_days), _("The first one at once.")),
        Line(_("When somebody wants more"), _within(policy.more_after_days)),
        Line(_("A caller has somebody to themself for"), _minutes(policy.claim_minutes)),
        Line(_("Days without calls"), ", ".join(policy.days_off) or _("None"), _("Month and day.")),
        *(Line(str(SCRIPT_PARTS[part]), words[part]) for part in PARTS),
    ]  # fmt: skip


def _describe_reports(values: Mapping) -> list[Line]:
    policy, language = ReportPolicy.from_values(values), "es" if (get_language() or "").startswith("es") else "en"
    lines = []
    for code, title in REPORTS.items():
        own = policy.lists.get(code)
        if own is None:
            lines.append(Line(str(title), _("The list of federal law, and no more")))
            continue
        asked = " · ".join(f"{getattr(one, language)} ({one.section})" for one in own.questions)
        why = _("It also asks: %(questions)s") % {"questions": asked} if asked else ""
        lines.append(Line(str(title), _("The list of %(law)s") % {"law": own.source}, why))
    return lines


def _describe_handover(values: Mapping) -> list[Line]:
    policy, language = HandoverPolicy.from_values(values), "es" if (get_language() or "").startswith("es") else "en"
    steps = [one.words.get(language) or str(HANDOVER_STEPS[one.code]) for one in policy.steps]
    if not steps:
        return [Line(_("Steps"), _("No list: each way is talked about as it is"))]
    return [Line(_("Step %(number)d") % {"number": number}, step) for number, step in enumerate(steps, 1)]


def _minutes(minutes: int) -> str:
    if minutes % 60 == 0:
        return ngettext("%(count)d hour", "%(count)d hours", minutes // 60) % {"count": minutes // 60}
    return ngettext("%(count)d minute", "%(count)d minutes", minutes) % {"count": minutes}


def _every(days: int) -> str:
    return ngettext("Every day", "Every %(count)d days", days) % {"count": days}


def _within(days: int) -> str:
    return ngettext("Within %(count)d day", "Within %(count)d days", days) % {"count": days}


def _days(days: int) -> str:
    return ngettext("%(count)d day", "%(count)d days", days) % {"count": days}


DESCRIBERS: dict[str, Callable[[Mapping], list[Line]]] = {
    "matching": _describe_matching,
    "runs": _describe_runs,
    "cadence": _describe_cadence,
    "offers": _describe_offers,
    "check_in": _describe_check_in,
    "measures": _describe_measures,
    "safety": _describe_safety,
    "notes": _describe_notes,
    "phone_support": _describe_phone_support,
    "reports": _describe_reports,
    "handover": _describe_handover,
}


def list_changes(kind: str, values: Mapping, before: Mapping | None) -> list[str]:
    """What a version changed, line by line; empty for a first version or where only the words of the note differ."""
    if before is None:
        return []
    old = {line.title: line.value for line in describe(kind, before)}
    new = {line.title: line.value for line in describe(kind, values)}
    changed = [
        _("%(what)s: %(new)s (before: %(old)s)") % {"what": title, "new": value, "old": old[title]}
        for title, value in new.items()
        if title in old and old[title] != value
    ]
    added = [
        _("%(what)s: %(new)s (new)") % {"what": title, "new": value} for title, value in new.items() if title not in old
    ]
    gone = [_("%(what)s: no longer") % {"what": title} for title in old if title not in new]
    return changed + added + gone
