"""Who they are here, what they asked for, and their times with us."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.intake.models import Application, Inquiry, Wishes
from alongside.mentoring.models import CalendarFeed
from alongside.mentoring.showing import spoken_hours
from alongside.people.labels import label, spoken
from alongside.people.models import Episode, Membership, Person, SafeContact, User
from alongside.referrals.models import Incoming

from ..models import ErasureRequest
from .shape import CHUNK, Row, Section, columns


def me(person: Person) -> Iterable[Row]:
    """Everything about the person and their account, as pairs; what was never said is left out."""
    facts: list[tuple[str, Any]] = [
        (_("Name"), person.goes_by),
        (_("Pronouns"), person.pronouns),
        (_("Name in documents"), person.legal_name),
        (_("Birth date"), person.birth_date),
        (_("Phone"), person.phone),
        (_("E-mail"), person.email),
        (_("Number elsewhere"), person.external_id),
        (_("Language"), str(label("language", person.language))),
        (_("Known here since"), person.created_at),
        (_("Program"), person.program.name),
        *_reach(SafeContact.objects.filter(person=person).first()),
        *_account(person),
    ]
    for feed in CalendarFeed.objects.filter(person=person):
        facts.append((_("Private calendar since"), feed.made_at))
    for wish in ErasureRequest.objects.filter(person=person):
        facts.append((_("Wish to have everything erased"), wish.asked_at))
        facts.append((_("Our answer"), wish.answer))
    return [{"what": what, "words": words} for what, words in facts if words]


def _reach(rules: SafeContact | None) -> list[tuple[str, str]]:
    if rules is None:
        return []
    allowed = {
        _("Call"): rules.may_call, _("Text"): rules.may_text, _("Leave a message"): rules.may_voicemail,
        _("E-mail"): rules.may_email,
    }  # fmt: skip
    return [
        (_("Best way to reach you"), str(label("safe_channel", rules.channel))),
        (_("We may"), ", ".join(name for name, may in allowed.items() if may)),
        (_("You stopped texts"), rules.texts_stopped_at),
        (_("Between"), f"{rules.from_hour}:00 – {rules.until_hour}:00"),
        (_("Name to ask for"), rules.name_to_use),
        (_("To mind when we contact you"), rules.notes),
    ]


def _account(person: Person) -> list[tuple[str, Any]]:
    user = User.objects.filter(pk=person.user_id).first()
    if user is None:
        return []
    roles = Membership.objects.filter(user=user, program_id=person.program_id).order_by("role")
    return [
        (_("User name"), user.username),
        (_("E-mail of the account"), user.email),
        (_("Account since"), user.created_at),
        (_("Roles"), ", ".join(str(label("role", one.role)) for one in roles)),
    ]


def times_here(person: Person) -> Iterable[Row]:
    """Each stretch of support."""
    for one in Episode.objects.filter(person=person).order_by("opened_at").iterator(chunk_size=CHUNK):
        yield {
            "since": one.opened_at, "until": one.closed_at, "for_whom": spoken("kind", one.kind),
            "state": spoken("episode", one.status),
            "reason": spoken("end_reason", one.close_reason) if one.close_reason else "",
        }  # fmt: skip


def wishes(person: Person) -> Iterable[Row]:
    """What was asked for, as pairs, for each time. Notes of staff for staff are not in it."""
    found = Wishes.objects.filter(episode__person=person).select_related("episode").prefetch_related("preferences")
    for one in found.order_by("episode__opened_at").iterator(chunk_size=CHUNK):
        facts = [
            (_("Would like help with"), _spoken("need", one.needs)),
            (_("In your own words"), one.own_words),
            (_("Pathway"), _spoken("pathway", one.pathways)),
            (_("Languages"), _spoken("language", one.languages)),
            (_("Has been through"), _spoken("experience", one.experiences)),
            (_("Life now"), _spoken("life_stage", one.life_stages)),
            (_("Enjoys"), _spoken("interest", one.interests)),
            (_("Ways to meet"), _spoken("mode", one.modes)),
            (_("Gender"), spoken("gender", one.gender) if one.gender else ""),
            (_("Race and ethnicity"), _spoken("race", one.races)),
            (_("Age"), str(one.age or "")),
            (_("Good times"), spoken_hours(one.hours) if one.hours_known else ""),
            (_("ZIP code"), one.zip),
            (_("Farthest, in miles"), str(one.max_miles or "")),
            (_("The limits of silence were told"), one.limits_told_at),
            *(
                (spoken("preference", wish.feature), f"{_value(wish)} ({spoken('strength', wish.strength)})")
                for wish in one.preferences.all()
            ),
        ]
        for what, words in facts:
            if words:
                yield {"since": one.episode.opened_at, "what": what, "words": words}


def _value(wish) -> str:
    group = {"age": "preference_age"}.get(wish.feature, wish.feature)
    return spoken(group, wish.value)


def _spoken(group: str, codes) -> str:
    return ", ".join(spoken(group, code) for code in codes)


def asks(person: Person) -> Iterable[Row]:
    """What they sent through the public pages: an ask for someone, an application."""
    for ask in Inquiry.objects.filter(person=person).order_by("received_at").iterator(chunk_size=CHUNK):
        yield _sent(ask, _("Asked for someone"), {**ask.answers, **ask.safe_contact}, spoken("inquiry", ask.status))
    for one in Application.objects.filter(person=person).order_by("received_at").iterator(chunk_size=CHUNK):
        answers = {**one.answers, "why": one.why}
        yield _sent(one, _("Asked to walk beside others"), answers, spoken("application", one.status))
    for one in Incoming.objects.filter(inquiry__person=person).order_by("received_at").iterator(chunk_size=CHUNK):
        answers = {"own_words": one.words, **one.safe_contact}
        what = _("%(name)s referred you") % {"name": one.from_name}
        yield _sent(one, what, answers, spoken("incoming", one.status))


def _sent(row: Inquiry | Application | Incoming, what: str, answers: dict, state: str) -> Row:
    said = [_said(name, value) for name, value in answers.items() if value not in ("", [], None, False)]
    return {
        "at": row.received_at, "what": what, "goes_by": row.goes_by, "phone": row.phone, "email": row.email,
        "language": spoken("language", row.language), "answers": said, "state": state,
    }  # fmt: skip


def _said(name: str, value) -> str:
    """One answer of a public form, in words where we have them."""
    if name == "safe_contact" or isinstance(value, dict):
        return f"{name}: {value}"
    group = GROUPS.get(name)
    many = value if isinstance(value, list) else [value]
    words = ", ".join(spoken(group, str(one)) if group else str(one) for one in many)
    return f"{ASKED[name]}: {words}" if name in ASKED else f"{name}: {words}"


GROUPS = {
    "needs": "need", "languages": "language", "pathways": "pathway", "experiences": "experience",
    "life_stages": "life_stage", "interests": "interest", "modes": "mode", "channel": "safe_channel",
}  # fmt: skip
"""Question of a public form to the names of its codes."""

ASKED = {
    "needs": gettext_lazy("Would like help with"), "own_words": gettext_lazy("In your own words"),
    "languages": gettext_lazy("Languages"), "pathways": gettext_lazy("Pathway"),
    "experiences": gettext_lazy("Has been through"), "life_stages": gettext_lazy("Life now"),
    "interests": gettext_lazy("Enjoys"), "modes": gettext_lazy("Ways to meet"), "why": gettext_lazy("Why"),
    "channel": gettext_lazy("Best way to reach you"), "name_to_use": gettext_lazy("Name to ask for"),
}  # fmt: skip

SECTIONS = (
    Section("me", gettext_lazy("You"), gettext_lazy("What we know of you and how we may reach you."),
            columns("what words"), me, are_pairs=True),
    Section("times_here", gettext_lazy("Your times with us"), gettext_lazy("When you came, and how each time ended."),
            columns("since:moment until:moment for_whom state reason"), times_here),
    Section("wishes", gettext_lazy("What you asked for"), gettext_lazy("Your wishes, time by time."),
            columns("since:moment what words"), wishes, are_pairs=True),
    Section("asks", gettext_lazy("What you sent us"), gettext_lazy("Through our public pages."),
            columns("at:moment what goes_by phone email language answers:list state"), asks),
)  # fmt: skip
