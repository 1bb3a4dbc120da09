"""A peer's application: received, talked over, accepted (they become a peer) or kindly declined."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django_scopes import scope

from alongside.audit.actions import record
from alongside.intake.models import Application
from alongside.people.actions import create_person
from alongside.people.models import Program
from alongside.rules.lifecycles import APPLICATION
from alongside.workforce.actions import PROFILE_FIELDS, create_peer
from alongside.workforce.models import PeerProfile


def receive_application(
    *, program: Program, submit_key: UUID, goes_by: str, language: str, answers: dict, why: str = "", phone: str = "",
    email: str = "", now: datetime | None = None,
) -> Application:  # fmt: skip
    """Keep an application. `answers` holds fields of a peer profile; the same key twice is one application."""
    with scope(program=program), transaction.atomic():
        application, made = Application.objects.get_or_create(
            submit_key=submit_key,
            defaults={
                "program": program,
                "goes_by": goes_by,
                "language": language,
                "answers": answers,
                "why": why,
                "phone": phone,
                "email": email,
                "received_at": now or timezone.now(),
            },
        )
        if made:
            record(
                act="application.received",
                by=None,
                program_id=program.pk,
                object_kind="application",
                object_id=application.pk,
            )
        return application


@transaction.atomic
def move_application(
    *, application: Application, to: str, by, words: str = "", now: datetime | None = None
) -> Application:
    """Begin screening, decline with kind words, or note that it was withdrawn."""
    application = Application.objects.select_for_update().get(pk=application.pk)
    if application.status == to:
        return application
    APPLICATION.check_move(application.status, to, by=by.moves_as)
    application.status = to
    if to in APPLICATION.ends():
        application.decided_at = now or timezone.now()
        application.decision_words = words
    application.save()
    record(act="application.moved", by=by, object_kind="application", object_id=application.pk, reason=to)
    return application


@transaction.atomic
def accept_application(*, application: Application, by, now: datetime | None = None) -> PeerProfile:
    """Accept: a person and a peer profile are made from what they wrote. Accepting twice makes one peer."""
    application = move_application(application=application, to="accepted", by=by, now=now)
    if application.person_id:
        return PeerProfile.objects.get(pk=application.person_id)
    person = create_person(
        program=application.program,
        by=by,
        goes_by=application.goes_by,
        language=application.language,
        phone=application.phone,
        email=application.email,
    )
    answers = {name: value for name, value in application.answers.items() if name in PROFILE_FIELDS}
    peer = create_peer(person=person, by=by, now=now, **answers)
    application.person = person
    application.save(update_fields=["person"])
    return peer
