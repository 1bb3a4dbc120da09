"""Threads of messages: opened by the two who walk together, by who covers while the peer is away, and by nobody else.

Supervisors, coordinators, directors and administrators have no query here. When a mentorship ends, the
peer's side closes; the participant keeps what was written.
"""

from uuid import UUID

from django.db.models import Count, F, OuterRef, QuerySet, Subquery

from alongside.mentoring.models import Mentorship, Message

from .mine import list_own_walks
from .today import list_open_mentorships


def list_threads(actor) -> QuerySet[Mentorship]:
    """The acting peer's open threads with `unread_messages` and `latest_message_at`, unread first, then the latest."""
    messages = Message.objects.filter(mentorship=OuterRef("pk")).order_by()
    unread = messages.filter(read_at__isnull=True, author_id=OuterRef("participant_id"))
    latest = messages.order_by("-sent_at").values("sent_at")
    return (
        list_open_mentorships(actor)
        .annotate(
            unread_messages=Subquery(unread.values("mentorship").annotate(n=Count("pk")).values("n")[:1]),
            latest_message_at=Subquery(latest[:1]),
        )
        .order_by(
            F("unread_messages").desc(nulls_last=True),
            F("latest_message_at").desc(nulls_last=True),
            "participant__goes_by_search",
        )
    )


def get_thread_of_peer(actor, mentorship_id: UUID) -> Mentorship | None:
    """One thread that the acting peer may open, or None."""
    return list_open_mentorships(actor).select_related("backup_peer__person").filter(pk=mentorship_id).first()


def get_thread_of_participant(actor, mentorship_id: UUID) -> Mentorship | None:
    """One thread of the acting participant's own, open or closed, or None."""
    return list_own_walks(actor).filter(pk=mentorship_id).first()


def list_messages(mentorship: Mentorship) -> QuerySet[Message]:
    """The words of one thread with their authors, newest first."""
    return Message.objects.filter(mentorship=mentorship).select_related("author").order_by("-sent_at", "-pk")
