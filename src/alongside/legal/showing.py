"""Rows of legal matters for lists and pages, codes turned into words."""

from datetime import date, datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language, override

from alongside.people.labels import label
from alongside.rules.breach import State, delayed_until, list_clocks
from alongside.rules.breach_letter import write_letter, write_posting
from alongside.rules.inspection import PROMISES, section_of
from alongside.rules.legal_demand import PURPOSES, QUESTIONS

from . import wording
from .forms import list_item_words
from .frozen import state_of
from .models import (
    Affected,
    Demand,
    DemandStep,
    Incident,
    Inspection,
    LawDelay,
    MandatedReport,
    Paper,
    Posting,
    Release,
    Scan,
)


def speak() -> str:
    """The language of legal texts for this reader: en or es."""
    return "es" if (get_language() or "").startswith("es") else "en"


def show_demand(demand: Demand) -> dict:
    """One demand for a list."""
    return {"pk": demand.pk, "kind": wording.KIND_WORDS[demand.kind], "sender": demand.sender,
            "received_at": demand.received_at, "state": label("demand", demand.status),
            "waits": demand.status == "received"}  # fmt: skip


def show_inspection(inspection: Inspection) -> dict:
    """An audit with its codes in words: {one, capacity, how, section, items, promises}; a promise has its section."""
    words = list_item_words()
    return {
        "one": inspection,
        "capacity": wording.CAPACITY_WORDS[inspection.capacity],
        "how": wording.HOW_WORDS[inspection.how],
        "section": section_of(inspection.capacity, inspection.how),
        "items": [words[item] for item in inspection.items],
        "promises": [(wording.PROMISE_WORDS[code], PROMISES[code]) for code in inspection.promises],
    }


def show_paper(paper: Paper, now: datetime) -> dict:
    """An order or a mandate with its answers."""
    asked = QUESTIONS.get(paper.purpose, {})
    return {
        "one": paper,
        "title": wording.PURPOSE_WORDS[paper.purpose] if paper.purpose else wording.MANDATE_WORDS[paper.kind],
        "section": PURPOSES.get(paper.purpose, "2.61"),
        "is_order": paper.what == "order",
        "is_live": paper.ended_at is None and (paper.valid_until is None or now < paper.valid_until),
        "items": list(list_item_words(paper.items).values()),
        "confidential": wording.CONFIDENTIAL_WORDS[paper.confidential],
        "answers": [
            {"words": wording.QUESTION_WORDS[code], "section": section, "yes": paper.answers.get(code)}
            for code, section in asked.items()
        ],
    }


def show_scan(scan: Scan, names: dict) -> dict:
    """A paper as a file, without its bytes."""
    return {"one": scan, "kind": wording.SCAN_KINDS[scan.kind], "by": names.get(scan.added_by_id, "")}


def show_release(release: Release, actor, now: datetime, names: dict) -> dict:
    """What goes out or went out, and what this actor may do with it."""
    own, over = release.asked_by_id == actor.user_id, release.expires_at <= now
    return {
        "one": release,
        "state": label("release", release.status),
        "items": list(list_item_words(release.items).values()),
        "asked_by": names.get(release.asked_by_id, ""),
        "decided_by": names.get(release.decided_by_id, ""),
        "may_answer": not own and release.status == "waiting" and not over,
        "may_take": own and release.status in ("ready", "released") and not over,
        "may_withdraw": own and release.status in ("waiting", "ready"),
    }


def show_steps(steps: list[DemandStep], names: dict) -> list[dict]:
    """For the timeline, the latest first."""
    return [
        {"title": wording.STEP_WORDS[one.what], "at": one.at, "text": one.words, "by": names.get(one.by_user, "")}
        for one in reversed(steps)
    ]


def name_field(report: MandatedReport, field: str):
    """What was asked: one of ours, or a question of the state as it was put then."""
    own = report.questions.get(field)
    return own[speak()] if own else wording.FIELDS[field]


def show_report(report: MandatedReport) -> dict:
    """One report with what was told, field by field."""
    return {
        "one": report,
        "kind": wording.REPORT_KINDS[report.kind],
        "told": [(name_field(report, field), report.told[field]) for field in report.fields],
        "told_first": wording.TOLD_FIRST_WORDS[report.told_first],
        "held_back": wording.HELD_BACK_WORDS[report.held_back],
    }


def show_clocks(state: State, today: date) -> list[dict]:
    """What is still to be done until when, the earliest first; where law enforcement asked to wait, so."""
    return [
        {"words": wording.CLOCK_WORDS[one.code], "due_on": one.due_on, "section": one.section,
         "late": one.due_on < today, "days": abs((one.due_on - today).days), "held": one.held}
        for one in list_clocks(state)
    ]  # fmt: skip


def show_incident(incident: Incident, today: date) -> dict:
    """One incident for a list: it was counted by the query."""
    state = state_of(
        incident, affected=incident.affected_now, untold=incident.untold_now, unreached=incident.unreached_now,
        delays=incident.delays.all(), postings=incident.postings.all(),
    )  # fmt: skip
    clocks = show_clocks(state, today)
    return {"pk": incident.pk, "owner": incident.owner.goes_by, "discovered_on": incident.discovered_on,
            "state": label("incident", incident.status), "affected": incident.affected_now,
            "clocks": [] if incident.status == "closed" else clocks}  # fmt: skip


def write_letters(affected: Affected, languages: tuple[str, ...]) -> list[dict]:
    """The letter to this person, in each of these languages: [{language, opening, parts}]."""
    incident, letters = affected.incident, []
    for language in languages:
        with override(language):
            happened = date_format(incident.happened_on, "DATE_FORMAT") if incident.happened_on else ""
            discovered = date_format(incident.discovered_on, "DATE_FORMAT")
            information = "; ".join(str(wording.INFORMATION_WORDS[one]) for one in incident.information)
            told_on = date_format(timezone.localtime(affected.told_at), "DATE_FORMAT") if affected.told_at else ""
        words = dict(incident.letter[language]) | {"contact": incident.contact}
        more = {"version": affected.letter_version} if affected.letter_version else {}
        opening, parts = write_letter(
            language, happened=happened, discovered=discovered, words=words, information=information, **more
        )
        letters.append({"language": language, "opening": opening, "parts": parts, "told_on": told_on})
    return letters


def show_delay(delay: LawDelay, today: date) -> dict:
    """What law enforcement asked for, and whether it holds today."""
    return {"one": delay, "until": delay.frozen().until, "kind": wording.DELAY_WORDS[delay.kind],
            "reason": wording.DELAY_REASON_WORDS[delay.reason],
            "now": delayed_until([delay.frozen()], today) is not None}  # fmt: skip


def show_posting(posting: Posting, today: date) -> dict:
    """A notice for all to see, for those who look after it."""
    return {"one": posting, "where": wording.WHERE_POSTED_WORDS[posting.place],
            "stands": posting.ended_at is None and today <= posting.until}  # fmt: skip


def write_posted(posting: Posting, languages: tuple[str, ...]) -> list[dict]:
    """The notice on the site, in each of these languages: [{language, title, opening, parts}]. It names nobody."""
    incident, shown = posting.incident, []
    for language in languages:
        with override(language):
            title, opening, parts = write_posting(
                language, words=posting.words[language], number=posting.toll_free, version=posting.text_version,
                happened=date_format(incident.happened_on, "DATE_FORMAT") if incident.happened_on else "",
                discovered=date_format(incident.discovered_on, "DATE_FORMAT"),
                until=date_format(posting.until, "DATE_FORMAT"),
                information="; ".join(str(wording.INFORMATION_WORDS[one]) for one in posting.information),
            )  # fmt: skip
        shown.append({"language": language, "title": title, "opening": opening, "parts": parts})
    return shown


def languages_for(language: str) -> tuple[str, ...]:
    """Spanish first for whoever reads Spanish; both for everybody, as others at home may read the other one better."""
    return ("es", "en") if language.startswith("es") else ("en", "es")
