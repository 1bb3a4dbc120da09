"""What they were told about privacy, what they asked for, what a partner got, and letters from us."""

from collections.abc import Iterable
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from alongside.legal.models import Affected
from alongside.legal.showing import write_letters
from alongside.partners.models import PartnerLink, SignerLink
from alongside.partners.wording import SAID_LATER
from alongside.partners.wording import row as say_link
from alongside.partners.wording import signer_row as say_signer
from alongside.people.labels import spoken
from alongside.people.models import Person
from alongside.privacy.complaint_words import say_complaint
from alongside.privacy.models import Complaint, KeptFrom, LimitsTold, ListRequest, NoDonations, NoticeOffer, Restriction
from alongside.privacy.passed_on_words import say_request
from alongside.privacy.restriction_queries import name_accounts
from alongside.privacy.restriction_words import say_restriction
from alongside.referrals.models import Referral, ReferralTurn
from alongside.referrals.wording import BY, REASONS, TURNS, WAYS, say_step

from .shape import CHUNK, Row, Section, columns, say_day


def notices_told(person: Person) -> Iterable[Row]:
    """Which notice was offered, and when they were told what stays here and what cannot."""
    found = NoticeOffer.objects.filter(person=person).select_related("notice").defer("notice__documents")
    for one in found.order_by("offered_at").iterator(chunk_size=CHUNK):
        yield {
            "at": one.offered_at, "what": _("Our notice about privacy, number %(n)s") % {"n": one.notice.number},
            "language": spoken("language", one.language),
            "way": HOW[one.how], "reason": WHY_NOT[one.why_not], "words": one.why_words,
            "state": _("You have it") if one.outcome == "acknowledged" else _("You did not say that you have it"),
        }  # fmt: skip
    for told in LimitsTold.objects.filter(person=person).order_by("told_at").iterator(chunk_size=CHUNK):
        yield {"at": told.told_at, "what": _("What stays here and what cannot"), "state": _("Told"),
               "language": spoken("language", told.language), "way": HOW[told.how]}  # fmt: skip


def restrictions(person: Person) -> Iterable[Row]:
    """What they asked us to keep back, and our answer."""
    found = Restriction.objects.filter(person=person).prefetch_related("readers").order_by("asked_at")
    accounts = KeptFrom.objects.filter(restriction__person=person).values_list("account_id", flat=True)
    names = name_accounts(person.program_id, accounts)
    for one in found.iterator(chunk_size=CHUNK):
        said: dict[str, Any] = say_restriction(one, names)
        yield {
            "at": one.asked_at, "until": one.ended_at, "what": str(said["whom"]),
            "items": [*(name for name in said["readers"] if name), *said["items"]],
            "purpose": ", ".join(map(str, said["purposes"])), "state": str(said["state"]), "words": one.words,
            "answer": one.answer,
        }  # fmt: skip
    for no in NoDonations.objects.filter(person=person).order_by("said_at").iterator(chunk_size=CHUNK):
        yield {"at": no.said_at, "until": no.ended_at, "what": _("Messages asking for donations"),
               "state": _("You want none") if no.ended_at is None else _("You took it back")}  # fmt: skip


def complaints(person: Person) -> Iterable[Row]:
    """What was not right, and our answer."""
    for one in Complaint.objects.filter(person=person).order_by("received_at").iterator(chunk_size=CHUNK):
        yield {"at": one.received_at, "until": one.answered_at, "state": str(say_complaint(one)["state"]),
               "words": one.words, "answer": one.answer}  # fmt: skip


def lists(person: Person) -> Iterable[Row]:
    """Lists that others owed them of whom they passed things on to, and what stood in them."""
    found = ListRequest.objects.filter(person=person).select_related("consent").prefetch_related("lines")
    for one in found.order_by("asked_on", "pk").iterator(chunk_size=CHUNK):
        said = say_request(one)
        # All that is kept of them is theirs, also lines of an answer that is still being entered.
        entered = sorted(one.lines.all(), key=lambda line: (line.disclosed_on, line.pk))
        lines = [f"{date_format(line.disclosed_on)}: {line.recipient}. {line.what}" for line in entered]
        yield {"day": one.asked_on, "recipient": one.consent.recipient, "state": str(said["state"]),
               "words": one.answer_words, "answers": lines}  # fmt: skip


def partner_pages(person: Person) -> Iterable[Row]:
    """Pages that partners got, whether they opened them, and what they answered."""
    found = (
        PartnerLink.objects.filter(person=person).select_related("person", "disclosure").prefetch_related("said_later")
    )
    for one in found.order_by("made_at").iterator(chunk_size=CHUNK):
        said = say_link(one)
        later = [f"{say_day(word.said_at)}: {SAID_LATER[word.said]}" for word in _by_time(one.said_later.all())]
        yield {
            "at": one.made_at, "until": one.ended_at, "recipient": said["recipient"], "address": said["address"],
            "items": said["items"], "state": str(said["state"]), "read_at": one.first_opened_at,
            "reason": str(said["reason"]), "words": one.words, "answers": later,
        }  # fmt: skip


def signers(person: Person) -> Iterable[Row]:
    """Pages by which a parent or guardian was asked to sign, who answered, and what. Their number is not theirs to give
    away: it is the other's, and not in it."""
    for one in SignerLink.objects.filter(person=person).order_by("made_at").iterator(chunk_size=CHUNK):
        said = say_signer(one)
        yield {"at": one.made_at, "until": one.ended_at, "state": str(said["state"]), "read_at": one.first_opened_at,
               "who": one.other_name or "", "role": str(said["relation"]),
               "signed_name": one.own_name or ""}  # fmt: skip


def ways(person: Person) -> Iterable[Row]:
    """Places they went to, or that were told of them, and what happened on the way."""
    found = Referral.objects.filter(person=person).prefetch_related("turns", "steps").order_by("requested_at")
    for one in found.iterator(chunk_size=CHUNK):
        said = [_say_turn(turn) for turn in _by_time(one.turns.all())]
        done = sorted((step for step in one.steps.all() if step.done_at), key=lambda step: step.number)
        yield {
            "since": one.requested_at, "until": one.ended_at, "what": one.place, "address": one.address,
            "way": str(WAYS[one.way]), "state": spoken("referral", one.status), "day": one.in_touch_on,
            "reason": str(REASONS.get(one.reason, "")),
            "before": [*said, *(f"{say_day(step.done_at)}: {say_step(step)}" for step in done)],
        }  # fmt: skip


def _say_turn(turn: ReferralTurn) -> str:
    words = f"{say_day(turn.at)}: {TURNS[turn.what]}, {BY[turn.by]}"
    return f"{words} ({REASONS[turn.reason]})" if turn.reason else words


def _by_time(turns) -> list:
    return sorted(turns, key=lambda turn: (getattr(turn, "at", None) or turn.said_at, turn.pk))


def letters(person: Person) -> Iterable[Row]:
    """What we had to write to them about their information. Others whom it was about are not in it."""
    language = "es" if (get_language() or "").startswith("es") else "en"
    found = Affected.objects.filter(person=person, told_at__isnull=False).select_related("incident")
    for one in found.order_by("told_at").iterator(chunk_size=CHUNK):
        (letter,) = write_letters(one, (language,))
        parts = [f"{heading}: {text}" for heading, text in letter["parts"]]
        yield {"at": one.told_at, "letter": [letter["opening"], *parts]}


HOW = {"spoken": gettext_lazy("Said to you"), "paper": gettext_lazy("On paper"), "screen": gettext_lazy("On a screen")}
WHY_NOT = {
    "": "", "not_now": gettext_lazy("Not now"), "did_not_want": gettext_lazy("You did not want to"),
    "could_not": gettext_lazy("You could not then"), "emergency": gettext_lazy("It was an emergency"),
    "other": gettext_lazy("Something else"),
}  # fmt: skip
SECTIONS = (
    Section("notices_told", gettext_lazy("What we told you about privacy"), gettext_lazy("Our notice, and the limits."),
            columns("at:moment what language way state reason words"), notices_told),
    Section("restrictions", gettext_lazy("What you asked us to keep back"), gettext_lazy("With our answer."),
            columns("at:moment until:moment what items:list purpose state words answer"), restrictions),
    Section("complaints", gettext_lazy("What was not right"), gettext_lazy("Your complaints, and our answers."),
            columns("at:moment until:moment state words answer"), complaints),
    Section("lists", gettext_lazy("Lists that networks owed you"), gettext_lazy("To whom they passed things on."),
            columns("day:day recipient state words answers:list"), lists),
    Section("partner_pages", gettext_lazy("Pages for partners"), gettext_lazy("What they got, and what they answered."),
            columns("at:moment until:moment recipient address items:list state read_at:moment reason words "
                    "answers:list"),
            partner_pages),
    Section("signers", gettext_lazy("Pages of parents and guardians"), gettext_lazy("Who signed with you, or said no."),
            columns("at:moment until:moment signed_name state read_at:moment who role"), signers),
    Section("ways", gettext_lazy("Places you went to"), gettext_lazy("And what happened on the way."),
            columns("since:moment until:moment what address way state day:day reason before:list"), ways),
    Section("letters", gettext_lazy("Letters from us about your information"), gettext_lazy("When something happened."),
            columns("at:moment letter:list"), letters),
)  # fmt: skip
