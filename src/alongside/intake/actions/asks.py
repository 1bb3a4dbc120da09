"""The public "Ask for someone": received without telling anything, taken up or set aside by a coordinator."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django_scopes import scope

from alongside.audit.actions import record
from alongside.intake.models import Inquiry
from alongside.people.actions import EpisodeAlreadyOpen, change_person
from alongside.people.models import Episode, Person, Program
from alongside.rules.lifecycles import INQUIRY

from .wishes import save_wishes, start_intake


def receive_ask(
    *, program: Program, submit_key: UUID, goes_by: str, kind: str, language: str, answers: dict, safe_contact: dict,
    phone: str = "", email: str = "", now: datetime | None = None,
) -> Inquiry:  # fmt: skip
    """Keep a public ask. The same key twice is one ask; nothing tells whether the person was known (A1)."""
    with scope(program=program), transaction.atomic():
        inquiry, made = Inquiry.objects.get_or_create(
            submit_key=submit_key,
            defaults={
                "program": program,
                "goes_by": goes_by,
                "kind": kind,
                "language": language,
                "answers": answers,
                "safe_contact": safe_contact,
                "phone": phone,
                "email": email,
                "received_at": now or timezone.now(),
            },
        )
        if made:
            record(
                act="inquiry.received",
                by=None,
                program_id=program.pk,
                object_kind="inquiry",
                object_id=inquiry.pk,
            )
        return inquiry


def list_who_it_may_be(inquiry: Inquiry) -> list[Person]:
    """Known people with the same phone or e-mail, for the coordinator to decide; never shown to the one who asked."""
    same = Q(pk__in=[])
    if inquiry.phone_index:
        same |= Q(phone_index=inquiry.phone_index)
    if inquiry.email_index:
        same |= Q(email_index=inquiry.email_index)
    return list(Person.objects.filter(same).order_by("goes_by_search")[:10])


@transaction.atomic
def take_up(*, inquiry: Inquiry, by, person: Person | None = None, now: datetime | None = None) -> Episode:
    """Turn an ask into an episode of a new person, or of the known person the coordinator named.

    Somebody with an open episode keeps it; the ask is linked and nothing is opened twice.
    """
    now = now or timezone.now()
    inquiry = Inquiry.objects.select_for_update().get(pk=inquiry.pk)
    if inquiry.status == "taken_up":
        return Episode.objects.filter(person=inquiry.person).order_by("-opened_at")[0]
    INQUIRY.check_move(inquiry.status, "taken_up", by=by.moves_as)
    values = {
        name: value
        for name, value in (
            ("goes_by", inquiry.goes_by),
            ("phone", inquiry.phone),
            ("email", inquiry.email),
            ("language", inquiry.language),
        )
        if value
    }
    if person is not None:
        # What was known stays known: an ask only fills what was empty.
        change_person(person=person, by=by, **{n: v for n, v in values.items() if not getattr(person, n)})
    try:
        with transaction.atomic():
            episode = start_intake(
                program=inquiry.program,
                by=by,
                person=person,
                person_values=values,
                kind=inquiry.kind,
                source="self",
                safe_contact=inquiry.safe_contact,
                now=inquiry.received_at,
            )
    except EpisodeAlreadyOpen:
        episode = Episode.objects.exclude(status="closed").get(person=person)
    else:
        save_wishes(
            episode=episode,
            by=by,
            needs=inquiry.answers.get("needs", []),
            own_words=inquiry.answers.get("own_words", ""),
            languages=[inquiry.language],
        )
    inquiry.status, inquiry.person = "taken_up", episode.person
    inquiry.save(update_fields=["status", "person"])
    record(act="inquiry.taken", by=by, subject=episode.person_id, object_kind="inquiry", object_id=inquiry.pk)
    return episode


@transaction.atomic
def set_aside(*, inquiry: Inquiry, by, reason: str = "") -> Inquiry:
    """Not taken up now (reached nobody, asked elsewhere, not a real ask). It can be taken up later."""
    inquiry = Inquiry.objects.select_for_update().get(pk=inquiry.pk)
    if inquiry.status == "set_aside":
        return inquiry
    INQUIRY.check_move(inquiry.status, "set_aside", by=by.moves_as)
    inquiry.status = "set_aside"
    inquiry.save(update_fields=["status"])
    record(act="inquiry.closed", by=by, object_kind="inquiry", object_id=inquiry.pk, reason=reason)
    return inquiry
