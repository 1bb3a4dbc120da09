"""What a person reads of releases and reports in the list of what left about them (§2.25, C5), when they may."""

from uuid import UUID

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from alongside.rules.consent import texts_1
from alongside.rules.inspection import section_of
from alongside.rules.legal_demand import PURPOSES
from alongside.rules.mandated_report import KINDS

from .models import Inspected, MandatedReport, Release
from .showing import name_field
from .wording import CAPACITY_WORDS, HOW_WORDS, PURPOSE_WORDS, REPORT_KINDS


def list_left(person_id: UUID, limit: int) -> list[dict]:
    """The newest of all three, as `privacy.accounting.add_source` wants them."""
    return [*_released(person_id, limit), *_reported(person_id, limit), *_inspected(person_id, limit)]


def _released(person_id: UUID, limit: int) -> list[dict]:
    """Where the order forbids telling, from the moment on that the law allows."""
    may_tell = Q(order__forbids_telling=False) | Q(order__tell_from__lte=timezone.now())
    rows = Release.objects.filter(may_tell, person_id=person_id, status="released").select_related("order")
    language = "es" if (get_language() or "").startswith("es") else "en"
    return [
        {
            "at": row.released_at,
            "recipient": row.recipient,
            "address": "",
            "items": [texts_1.ITEMS[item][language] for item in row.items],
            "purpose": PURPOSE_WORDS[row.order.purpose],
            "why": _("An order of a court, %(court)s, number %(number)s")
            % {"court": row.order.court, "number": row.order.number},
            "section": f"42 CFR 2.61, {PURPOSES[row.order.purpose]}",
            "by": "",
        }
        for row in rows.order_by("-released_at")[:limit]
    ]


def _reported(person_id: UUID, limit: int) -> list[dict]:
    """Without who made it: whom a report came from is not told (state law)."""
    rows = MandatedReport.objects.filter(person_id=person_id, told_from__lte=timezone.now())
    return [
        {
            "at": row.made_at,
            "recipient": row.agency,
            "address": "",
            "items": [name_field(row, field) for field in row.fields],
            "purpose": REPORT_KINDS[row.kind],
            "why": _("A report that the law demands"),
            "section": f"42 CFR {KINDS[row.kind].section}" + (f", {row.source}" if row.source else ""),
            "by": "",
        }
        for row in rows.order_by("-made_at")[:limit]
    ]


def _inspected(person_id: UUID, limit: int) -> list[dict]:
    """Audits in which their record was looked at (§2.53)."""
    language = "es" if (get_language() or "").startswith("es") else "en"
    rows = Inspected.objects.filter(person_id=person_id).select_related("inspection").order_by("-looked_at")
    return [
        {
            "at": row.looked_at,
            "recipient": f"{row.inspection.body}, {row.inspection.behalf}",
            "address": "",
            "items": [texts_1.ITEMS[item][language] for item in row.items],
            "purpose": row.inspection.purpose,
            "why": _("An audit of our work: %(capacity)s. %(how)s")
            % {"capacity": CAPACITY_WORDS[row.inspection.capacity], "how": HOW_WORDS[row.inspection.how]},
            "section": f"42 CFR {section_of(row.inspection.capacity, row.inspection.how)}",
            "by": "",
        }
        for row in rows[:limit]
    ]
