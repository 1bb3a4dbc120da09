"""Referrals as pages show them."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alongside.partners.wording import row as page_row
from alongside.people.labels import label
from alongside.resources.wording import NEEDS
from alongside.rules.measures import Figure
from alongside.rules.referrals import OPEN
from alongside.rules.resources.card import Card, make_card

from . import wording
from .holding import permits
from .models import Referral


def show_row(referral: Referral, today: date, *, is_signed: bool | None = None) -> dict[str, Any]:
    """One in a list, without where to. Whether a permission for the place is signed is looked up unless it is given."""
    return {
        "referral": referral,
        "need": NEEDS.get(referral.need, ""),
        "state": label("referral", referral.status),
        "next": say_next(referral, permits(referral) if is_signed is None else is_signed),
        "is_due": bool(referral.look_on and referral.look_on <= today),
        "is_open": referral.status in OPEN,
        "reason": wording.REASONS.get(referral.reason, ""),
    }


def say_next(referral: Referral, is_signed: bool) -> str:
    """What stands between them and the place now, as a sentence; "" where nothing does."""
    if referral.status not in OPEN or referral.way != "told":
        return ""
    if referral.sent_at:
        if not is_signed:
            return _("The place was told. The permission is over by now, so their page is closed.")
        if referral.status == "requested" and (over := wording.PAGE_OVER.get(getattr(referral, "page_status", ""))):
            return str(over)
        return _("The place was told. No answer yet.") if referral.status == "requested" else ""
    if is_signed:
        return _("Signed. Nothing has left yet: a coordinator sends it.")
    if referral.consent is not None and referral.consent.status == "draft":
        return _("Nothing has left. The permission is not signed yet.")
    return _("Nothing has left. First a permission is needed.")


def show_whole(referral: Referral, today: date) -> dict[str, Any]:
    """One with its steps, its history and its pages."""
    pages = referral.pages.select_related("link__disclosure", "link__person").defer("link__content")
    turns, is_signed = referral.turns.order_by("at", "pk"), permits(referral)
    return show_row(referral, today, is_signed=is_signed) | {
        "is_signed": is_signed,
        "place": referral.place,
        "address": referral.address,
        "way": wording.WAYS[referral.way],
        "own_way": wording.OWN_WAYS[referral.way],
        "card": card_of(referral),
        "steps": [
            {"step": step, "words": wording.say_step(step)}
            for step in referral.steps.select_related("done_by").order_by("number")
        ],
        "turns": [
            {"at": turn.at, "what": wording.TURNS[turn.what], "by": wording.BY[turn.by],
             "reason": wording.REASONS.get(turn.reason, "")}
            for turn in turns
        ],
        "pages": [page_row(page.link) for page in pages.order_by("-made_at")],
    }  # fmt: skip


def card_of(referral: Referral) -> Card | None:
    """What the directory knows of the place now, while it is listed."""
    resource = referral.resource
    if resource is None or not resource.is_shown:
        return None
    return make_card(resource.record.document)


def show_measure(figure: Figure) -> dict[str, Any]:
    """The time to first contact in words, with its n, what is missing and who still waits."""
    value = _("hidden, because it would tell of few people") if figure.hidden else _("nobody yet")
    if figure.value is not None:
        days = round(figure.value)
        value = ngettext("%(days)d day", "%(days)d days", days) % {"days": days}
    return {
        "value": value,
        "n": _count(figure.n), "missing": _count(figure.missing), "not_due": _count(figure.not_due),
    }  # fmt: skip


def _count(number: int | None) -> str:
    return "–" if number is None else str(number)
