"""Requests to export in words."""

from django.utils.translation import gettext_lazy as _

from alongside.people.labels import label
from alongside.rules.exports import KINDS, NOTES, PARTICIPANTS, PEERS

from .models import ExportRequest

TITLES = {
    PARTICIPANTS: _("People who receive support"),
    PEERS: _("Peers"),
    NOTES: _("Contact notes"),
}
ABOUT = {
    PARTICIPANTS: _("Names, how to reach them, what they ask for, and where they are on the way. It can be brought in "
                    "again as it is."),
    PEERS: _("Names, how to reach them, what they offer, hours and places. It can be brought in again as it is."),
    NOTES: _("When you met, for how long, and what was written, with the answers. To read and to count; it cannot be "
             "brought in again."),
}  # fmt: skip
TONES = {"waiting": "sand", "ready": "", "used": "plain", "declined": "plain", "withdrawn": "plain", "lapsed": "plain"}


def show_kinds(counts: dict[str, int]) -> list[dict]:
    """What may be saved: [{kind, title, about, people}]."""
    return [{"kind": kind, "title": TITLES[kind], "about": ABOUT[kind], "people": counts[kind]} for kind in KINDS]


def show_export(export: ExportRequest, names: dict, by) -> dict:
    """One request for a list or a page of its own."""
    return {
        "pk": export.pk,
        "title": TITLES[export.kind],
        "status": export.status,
        "status_words": label("export", export.status),
        "tone": TONES[export.status],
        "asked_by": names.get(export.asked_by_id, ""),
        "decided_by": names.get(export.decided_by_id, ""),
        "is_own": export.asked_by_id == by.user_id,
        "asked_at": export.asked_at,
        "opens_at": export.opens_at,
        "expires_at": export.expires_at,
        "used_at": export.used_at,
        "people": export.people,
        "format": export.file_format.upper(),
        "language": {"en": "English", "es": "Español"}[export.language],
        "scope": export.scope,
        "words": export.reason_words,
    }
