"""A sign-in from a device that is not known is told in neutral words, once, and no more than the limit (F4)."""

from datetime import timedelta

import pytest
import time_machine
from django.conf import settings
from django.core import mail
from django.db import connection
from django.test import Client
from django.utils import timezone

from alongside.people import outbox
from alongside.people.actions import set_safe_contact
from alongside.people.known_devices import NOTICES_A_DAY, forget_old_devices
from alongside.people.models import KnownDevice, OutgoingMessage, SignIn
from alongside.rules.neutral import reveals
from tests.story import PASSWORD, make_persona

pytestmark = pytest.mark.django_db
COOKIE = settings.DEVICE_COOKIE_NAME


@pytest.fixture
def wait():
    """`wait(days=16)` lets that much time pass."""
    with time_machine.travel(timezone.now(), tick=False) as traveller:
        yield lambda **step: traveller.shift(timedelta(**step))


@pytest.fixture
def rosa(rosa):
    rosa.user.email = "rosa@example.org"
    rosa.user.save()
    return rosa


def enter(client: Client, who, *, own: bool = True, agent: str = "Android Chrome") -> Client:
    """Sign in by the page; `own` says that this is their own phone."""
    form = {"login": who.user.username, "password": PASSWORD} | ({"own_phone": "on"} if own else {})
    assert client.post("/account/sign-in/", form, headers={"user-agent": agent}).status_code == 302
    return client


def notices() -> int:
    return OutgoingMessage.objects.filter(template="new_sign_in").count()


def test_the_first_device_is_known_without_a_word(rosa):
    phone = enter(Client(), rosa)
    assert notices() == 0 and KnownDevice.objects.get().is_remembered
    cookie = phone.cookies[COOKIE]
    assert cookie["httponly"] and cookie["samesite"] == "Lax" and cookie["path"] == "/"
    assert cookie["max-age"] == settings.KNOWN_DEVICE_DAYS * 86_400


def test_a_known_one_is_silent_also_after_signing_out(rosa):
    phone = enter(Client(), rosa)
    phone.post("/account/sign-out/")
    assert not SignIn.objects.exists() and COOKIE in phone.cookies and phone.cookies[COOKIE].value
    enter(phone, rosa)
    assert notices() == 0 and KnownDevice.objects.count() == 1


def test_a_new_one_is_told_once_and_shown_with_its_time(rosa, wait):
    phone = enter(Client(), rosa)
    wait(hours=2)
    other = enter(Client(), rosa, agent="Windows Firefox")
    assert notices() == 1
    other.post("/account/sign-out/")
    enter(other, rosa, agent="Windows Firefox")
    assert notices() == 1, "it is known now"
    rosa.user.language = "en"
    rosa.user.save()
    text = enter(phone, rosa).get("/account/").content.decode()
    assert "New sign-ins" in text and text.count("Firefox, Windows") == 2  # there, and where she is signed in
    assert KnownDevice.objects.get(device="Firefox, Windows").new_at == timezone.now()


def test_the_words_are_neutral_and_say_nothing_of_where(rosa):
    enter(Client(), rosa)
    enter(Client(), rosa, agent="Windows Firefox")
    set_safe_contact(person=rosa.person, by=rosa.actor, channel="email", may_email=True)
    outbox.send_due(timezone.now() + timedelta(minutes=1))
    (message,) = mail.outbox
    assert reveals(f"{message.subject} {message.body}".replace("/account/new-password/", "")) == []
    for telling in ("Firefox", "Windows", "rosa", "127.0.0.1"):
        assert telling not in message.body.replace("rosa@example.org", "")


def test_who_asked_for_no_email_gets_none(rosa):
    enter(Client(), rosa)
    set_safe_contact(person=rosa.person, by=rosa.actor, channel="phone", may_email=False)
    enter(Client(), rosa, agent="Windows Firefox")
    outbox.send_due(timezone.now() + timedelta(minutes=1))
    assert mail.outbox == [] and notices() == 1, "her page shows it all the same"


def test_a_shared_phone_keeps_nothing_and_is_new_each_time(rosa, wait):
    enter(Client(), rosa)
    library = enter(Client(), rosa, own=False)
    assert COOKIE not in library.cookies
    assert notices() == 1
    assert KnownDevice.objects.filter(is_remembered=True).count() == 1
    library.post("/account/sign-out/")
    wait(days=2)
    enter(library, rosa, own=False)
    assert notices() == 2 and COOKIE not in library.cookies


def test_who_only_uses_shared_phones_is_never_told(rosa):
    for _ in range(3):
        enter(Client(), rosa, own=False)
    assert notices() == 0 and not KnownDevice.objects.exists()


def test_staff_are_known_where_they_work(carmen):
    carmen.user.email = "carmen@example.org"
    carmen.user.save()
    desk = enter(Client(), carmen, own=False)
    assert desk.cookies[COOKIE].value
    enter(desk, carmen, own=False)
    assert notices() == 0
    enter(Client(), carmen, own=False)
    assert notices() == 1


def test_nobody_fills_a_mailbox_with_it(rosa, wait):
    enter(Client(), rosa)
    for _ in range(NOTICES_A_DAY + 3):
        wait(minutes=2)
        enter(Client(), rosa, own=False)
    assert notices() == NOTICES_A_DAY
    assert KnownDevice.objects.filter(new_at__isnull=False).count() == NOTICES_A_DAY + 3, "the page lists all"
    wait(days=1, minutes=15)
    enter(Client(), rosa, own=False)
    assert notices() == NOTICES_A_DAY + 1


def test_a_wrong_password_tells_and_keeps_nothing(rosa):
    enter(Client(), rosa)
    stranger = Client()
    stranger.post("/account/sign-in/", {"login": "rosa", "password": "not this one at all"})
    assert notices() == 0 and COOKIE not in stranger.cookies and KnownDevice.objects.count() == 1


def test_the_cookie_of_another_is_nobodys(rosa, program):
    """Two people on one device: each is known for themself, and the database does not tell that they share it."""
    olu = make_persona(program, "olu", "participant")
    phone = enter(Client(), rosa)
    token = phone.cookies[COOKIE].value
    phone.post("/account/sign-out/")
    enter(phone, olu)
    assert phone.cookies[COOKIE].value == token
    hashes = list(KnownDevice.objects.values_list("key_hash", flat=True))
    assert len(set(hashes)) == 2
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM people_knowndevice")
        assert not [value for line in cursor.fetchall() for value in line if token in str(value)]
    thief = Client()
    thief.cookies[COOKIE] = "a" * 500
    enter(thief, rosa)
    assert notices() == 1, "a made-up cookie is no known device"


def test_forget_my_devices(rosa, wait):
    phone, other = enter(Client(), rosa), enter(Client(), rosa, agent="Windows Firefox")
    assert 'action="/account/devices/forget/"' in other.get("/account/").content.decode()
    wait(minutes=1)
    answer = other.post("/account/devices/forget/")
    assert answer.url == "/account/" and other.cookies[COOKIE].value == ""
    assert not KnownDevice.objects.filter(is_remembered=True).exists()
    assert KnownDevice.objects.filter(new_at__isnull=False).count() == 1, "who took over an account cannot clean up"
    phone.post("/account/sign-out/")
    other.post("/account/sign-out/")
    enter(phone, rosa)
    assert notices() == 1, "the next one is the first again, without a word"
    enter(other, rosa)
    assert notices() == 2


def test_forgetting_asks_who_it_is_after_five_minutes(rosa, wait):
    phone = enter(Client(), rosa)
    wait(minutes=6)
    assert phone.post("/account/devices/forget/", {"_page": "/account/"}).url.startswith("/account/again/")
    assert KnownDevice.objects.filter(is_remembered=True).exists()


def test_what_is_old_is_forgotten(rosa, wait):
    phone = enter(Client(), rosa)
    enter(Client(), rosa, own=False)
    wait(days=31)
    assert forget_old_devices(timezone.now()) == 1
    wait(days=settings.KNOWN_DEVICE_DAYS)
    enter(phone, rosa)
    assert notices() == 1, "none was known any more"
    assert forget_old_devices(timezone.now()) == 0, "it was used a moment ago"
    wait(days=settings.KNOWN_DEVICE_DAYS + 1)
    assert forget_old_devices(timezone.now()) == 1 and not KnownDevice.objects.exists()
