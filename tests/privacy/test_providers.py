"""A provider is used only with a recorded written agreement; help and signing in never wait for one (C7, I4)."""

from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.db import DatabaseError, IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from django_scopes import scope
from tests.story import ZONE, day_there

from alongside.audit.models import Entry
from alongside.people import carriers
from alongside.people.actions import change_person, set_safe_contact
from alongside.people.models import OutgoingMessage
from alongside.people.outbox import queue_account_notice, queue_notice, queue_reset, send_due
from alongside.privacy import actions, provider_queries
from alongside.privacy.models import ServiceProvider
from alongside.rules.consent import Posture

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 4, 12, tzinfo=ZONE)


class Company(EmailBackend):
    """Somebody outside who carries mail: here a list."""


class Texts:
    """Somebody outside who carries texts."""

    sent: list = []

    def send(self, to: str, words: str) -> None:
        self.sent.append((to, words))


@pytest.fixture
def outside(settings):
    """Mail and texts really leave."""
    settings.OUTBOX_EMAIL_BACKEND = f"{__name__}.Company"
    settings.OUTBOX_TEXT_BACKEND = f"{__name__}.Texts"
    settings.ALONGSIDE_HOLD_WITHOUT_AGREEMENT = True
    Texts.sent.clear()


@pytest.fixture
def reachable(rosa, carmen):
    change_person(person=rosa.person, by=carmen.actor, email="rosa@example.org", phone="+13105550100")
    set_safe_contact(person=rosa.person, by=carmen.actor, channel="email", may_email=True, may_text=True)
    rosa.person.refresh_from_db()
    return rosa


def enter(program, by, service: str = "mail", **values) -> ServiceProvider:
    whole = {"name": "Post & Co", "agreement": "both", "agreed_on": day_there() - timedelta(days=9),
             "may_see": "An address and that there is a message", "kept_where": "Safe, folder 3",
             "review_on": day_there() + timedelta(days=300), **values}  # fmt: skip
    return actions.enter_provider(program=program, service=service, by=by, **whole)


def body(answer) -> str:
    assert answer.status_code == 200
    return answer.content.decode()


# --- what waits, and what does not ---------------------------------------------------------------------------------
def test_a_notice_waits_until_there_is_a_paper(outside, program, reachable, dolores):
    row = queue_notice(reachable.person, "you_have_a_message", now=NOON)
    for hours in range(3):
        assert send_due(NOON + timedelta(hours=hours, minutes=1))["later"] == 1
    assert mail.outbox == []
    row.refresh_from_db()
    assert (row.status, row.attempts) == ("queued", 0), "waiting is no try"
    enter(program, dolores.actor)
    assert send_due(NOON + timedelta(hours=5))["sent"] == 1
    assert [one.to for one in mail.outbox] == [["rosa@example.org"]]


@pytest.mark.parametrize(
    ("agreement", "posture", "leaves"),
    [("qsoa", Posture(), False), ("baa", Posture(), False), ("both", Posture(), True), ("own", Posture(), True),
     ("qsoa", Posture(hipaa=False), True), ("contract", Posture(part2="neither", hipaa=False), True)],
)  # fmt: skip
def test_which_paper_is_enough_follows_from_the_law(outside, program, reachable, dolores, agreement, posture, leaves):
    actions.set_law(program=program, posture=posture, note="Counsel", by=dolores.actor)
    enter(program, dolores.actor, agreement=agreement)
    queue_notice(reachable.person, "you_have_a_message", now=NOON)
    assert send_due(NOON + timedelta(minutes=1))["sent"] == leaves


def test_texts_and_mail_have_each_their_own(outside, program, reachable, carmen, dolores):
    enter(program, dolores.actor)
    set_safe_contact(person=reachable.person, by=carmen.actor, channel="text", may_text=True, may_email=True)
    queue_notice(reachable.person, "you_have_a_message", now=NOON)
    assert send_due(NOON + timedelta(minutes=1))["later"] == 1 and Texts.sent == []
    enter(program, dolores.actor, "text")
    assert send_due(NOON + timedelta(hours=2))["sent"] == 1 and len(Texts.sent) == 1


def test_an_ended_one_is_none(outside, program, reachable, dolores):
    one = enter(program, dolores.actor)
    for _twice in range(2):
        actions.end_provider(provider=one, by=dolores.actor)
    queue_notice(reachable.person, "you_have_a_message", now=NOON)
    assert send_due(NOON + timedelta(minutes=1))["later"] == 1
    assert Entry.objects.filter(act="provider.ended").count() == 1


def test_that_of_another_program_is_none_here(outside, other_program, reachable, marcus):
    with scope(program=other_program):
        enter(other_program, marcus.actor)
    queue_notice(reachable.person, "you_have_a_message", now=NOON)
    assert send_due(NOON + timedelta(minutes=1))["later"] == 1


def test_signing_in_and_help_never_wait(outside, program, reachable, lien):
    from alongside.people.outbox import queue_duty_notice

    for user in (reachable.user, lien.user):
        user.email = f"{user.username}@example.org"
        user.save()
    queue_reset("rosa@example.org", language="en", now=NOON)
    queue_account_notice(reachable.user, "account_changed", now=NOON)
    queue_duty_notice(lien.person, "https://example.org/worry", "worry:1", now=NOON)
    for template in sorted(carriers.NEVER_HELD & {"invitation", "nobody_reads"}):
        queue_notice(reachable.person, template, now=NOON)
    assert send_due(NOON + timedelta(minutes=1))["sent"] == 5 == len(mail.outbox)


def test_what_waited_a_week_tells_nothing_new_and_is_dropped(outside, program, reachable):
    row = queue_notice(reachable.person, "you_have_a_message", now=NOON)
    OutgoingMessage.objects.update(created_at=NOON)
    assert send_due(NOON + timedelta(days=6))["later"] == 1
    assert send_due(NOON + timedelta(days=8))["dropped"] == 1
    row.refresh_from_db()
    assert row.recipient == ""


def test_whoever_runs_the_system_may_choose_not_to_wait(outside, program, reachable, settings):
    settings.ALONGSIDE_HOLD_WITHOUT_AGREEMENT = False
    queue_notice(reachable.person, "you_have_a_message", now=NOON)
    assert send_due(NOON + timedelta(minutes=1))["sent"] == 1


def test_what_stays_on_this_machine_needs_no_paper(program, reachable):
    assert carriers.list_in_use() == []
    queue_notice(reachable.person, "you_have_a_message", now=NOON)
    assert send_due(NOON + timedelta(minutes=1))["sent"] == 1


# --- the check -----------------------------------------------------------------------------------------------------
def test_the_check_says_what_is_missing_loudly(outside, program, dolores, capsys):
    from alongside.commands import check

    assert check.CHECKS["agreements"] is check.check_agreements
    assert check.check_agreements(None) == [
        f"riverbend: no written agreement that suits for {one}; a director enters it" for one in ("mail", "text")
    ]
    enter(program, dolores.actor)
    enter(program, dolores.actor, "text")
    assert check.check_agreements(None) == []
    (problem,) = provider_queries.list_problems(program, day_there() + timedelta(days=400))[:1]
    assert problem.startswith("riverbend: the agreement for mail was to be looked at by")


def test_other_machines_are_recognized_by_the_settings(settings):
    assert carriers.list_outside() == []
    settings.DATABASES = {"default": {"HOST": "db.example.org"}}
    settings.CACHES = {"default": {"LOCATION": "rediss://:x@cache.example.org:6380/0"}}
    settings.OUTBOX_EMAIL_BACKEND, settings.EMAIL_HOST = (
        "django.core.mail.backends.smtp.EmailBackend",
        "relay.example.org",
    )
    settings.OUTBOX_TEXT_BACKEND = "alongside.people.texts.ByGateway"
    settings.TEXT_URL = "https://gateway.example.org/send?key=x"
    assert carriers.list_outside() == [
        ("host", "db.example.org"), ("host", "cache.example.org"), ("mail", "relay.example.org"),
        ("text", "gateway.example.org"),
    ]  # fmt: skip
    settings.OUTBOX_TEXT_BACKEND, settings.TEXT_MAIL = "alongside.people.texts.ByMail", "{to}@texts.example.org"
    assert carriers.list_outside()[-1] == ("text", "texts.example.org")
    settings.DATABASES = {"default": {"HOST": "/var/run/postgresql"}}
    settings.CACHES, settings.EMAIL_HOST = {"default": {"LOCATION": "redis://127.0.0.1:6379"}}, "localhost"
    assert carriers.list_outside() == [("text", "texts.example.org")]


def test_directors_are_warned_until_each_has_its_paper(settings, signed_in, program, dolores, carmen):
    with scope(program=program):
        assert provider_queries.list_missing() == ["host", "backup"]
        settings.OUTBOX_EMAIL_BACKEND, settings.EMAIL_HOST = (
            "django.core.mail.backends.smtp.EmailBackend",
            "r.example.org",
        )
        assert provider_queries.list_missing() == ["host", "mail", "backup"]
    for name in ("law", "legal"):
        assert "No written agreement is on file for:" in body(signed_in(dolores).get(reverse(name)))
    assert "No written agreement is on file" not in body(signed_in(carmen).get(reverse("legal")))
    assert "r.example.org" in body(signed_in(dolores).get(reverse("providers")))
    for service in ("host", "backup"):
        enter(program, dolores.actor, service, agreement="own")
    enter(program, dolores.actor)
    for name in ("law", "legal"):
        assert "No written agreement is on file for:" not in body(signed_in(dolores).get(reverse(name)))
    with scope(program=program):
        assert provider_queries.list_missing() == []


# --- pages ---------------------------------------------------------------------------------------------------------
def test_a_director_and_an_administrator_enter_who_serves_them(signed_in, outside, program, dolores, ada, carmen):
    page, url = signed_in(ada), reverse("providers")
    text = body(page.get(url))
    assert "In use without a written agreement" in text and "Notices to people wait" in text
    assert "Not entered yet:" in text
    form = {"service": "mail", "name": "Post & Co", "agreement": "qsoa", "agreed_on": day_there().isoformat(),
            "may_see": "An address", "kept_where": "Safe", "review_on": day_there().isoformat()}  # fmt: skip
    assert "Choose a day that is still to come." in body(page.post(url, form))
    form["review_on"] = (day_there() + timedelta(days=99)).isoformat()
    later = {**form, "agreed_on": (day_there() + timedelta(days=1)).isoformat()}
    assert "That day has not come yet." in body(page.post(url, later))
    for _twice in range(2):
        assert page.post(url, form).url == url
    one = ServiceProvider.objects.get()
    assert one.entered_by_id == ada.user.pk and Entry.objects.filter(act="provider.entered").count() == 1
    text = body(signed_in(dolores).get(url))
    assert "This paper is not enough for the law of our program:" in text and "Post &amp; Co" in text
    signed_in(dolores).post(reverse("provider_end", args=[one.pk]))
    assert "Ended on" in body(signed_in(dolores).get(url))
    assert signed_in(dolores).post(reverse("provider_end", args=[uuid4()])).status_code == 404
    assert signed_in(carmen).get(url).status_code == 404


def test_when_it_is_time_to_look_again_the_page_says_so(signed_in, program, dolores):
    enter(program, dolores.actor, agreed_on=day_there() - timedelta(days=20), review_on=day_there())
    assert "It is time to look at it again." in body(signed_in(dolores).get(reverse("providers")))


# --- the database --------------------------------------------------------------------------------------------------
def test_the_database_keeps_a_paper_as_it_was_entered(program, dolores):
    one = enter(program, dolores.actor)
    for change in ({"agreement": "own"}, {"name": "Others"}, {"agreed_on": day_there()}, {"may_see": "Nothing"}):
        with pytest.raises(DatabaseError), transaction.atomic():
            ServiceProvider.objects.update(**change)
    actions.end_provider(provider=one, by=dolores.actor)
    with pytest.raises(DatabaseError), transaction.atomic():
        ServiceProvider.objects.update(ended_at=timezone.now() + timedelta(days=1))
    with pytest.raises(DatabaseError), transaction.atomic():
        ServiceProvider.objects.all().delete()


def test_the_database_wants_a_paper_that_says_something(program, dolores):
    for wrong in ({"name": " "}, {"may_see": ""}, {"kept_where": ""}, {"review_on": day_there() - timedelta(days=30)}):
        with pytest.raises(IntegrityError), transaction.atomic():
            enter(program, dolores.actor, **wrong)
