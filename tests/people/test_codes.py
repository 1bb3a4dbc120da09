"""Signing in without a password: a code by mail or from paper, for participants alone (F1, E2, E5, A1)."""

import re
import uuid
from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.core.cache import cache
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from alongside.audit.models import Entry
from alongside.people import actions, codes, outbox
from alongside.people.actions import set_safe_contact
from alongside.people.models import CodeAsk, KnownDevice, Membership, OutgoingMessage, PaperCode, SignIn, User
from alongside.people.tasks import forget_old
from alongside.rules.neutral import reveals
from alongside.rules.sign_in_codes import MAILS_AN_HOUR, MOST_TRIES, PAPER_CODES
from tests.privacy.conftest import sign_in_now
from tests.story import PASSWORD, ZONE, make_persona

pytestmark = pytest.mark.django_db
ASK, ENTER, PAPER, AGAIN = (
    "/account/sign-in/code/", "/account/sign-in/code/enter/", "/account/sign-in/paper/", "/account/again/by-code/",
)  # fmt: skip
NOON = timezone.datetime(2026, 11, 4, 12, tzinfo=ZONE)


@pytest.fixture(autouse=True)
def noon():
    """A weekday at noon where the program is; `noon.shift` lets time pass."""
    cache.clear()
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture
def rosa(rosa):
    rosa.user.email = rosa.person.email = "rosa@example.org"
    rosa.user.language = "en"
    rosa.user.save()
    rosa.person.save()
    set_safe_contact(person=rosa.person, by=rosa.actor, channel="email", may_email=True, from_hour=9, until_hour=20)
    return rosa


def ask(client: Client, typed: str = "rosa", **more):
    return client.post(ASK, {"login": typed, **more})


def mailed() -> str:
    """Send what is due; the code of the newest mail, or ""."""
    mail.outbox.clear()
    outbox.send_due(timezone.now())
    codes_sent = [one for one in mail.outbox if one.subject == "Your code"]
    found = re.search(r"^(\d{4} \d{4})$", codes_sent[-1].body, re.MULTILINE) if codes_sent else None
    return found.group(1) if found else ""


def enter(client: Client, code: str, **more):
    return client.post(ENTER, {"code": code, **more})


def is_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def sheet_of(who) -> list[str]:
    return actions.make_paper_codes(user=who.user, by=who.actor)


# --- by mail ------------------------------------------------------------------------------------------------------


def test_somebody_signs_in_with_the_code_from_the_mail(client, rosa):
    assert ask(client)["Location"] == ENTER
    code = mailed()
    assert mail.outbox[-1].to == ["rosa@example.org"]
    answer = enter(client, code)
    assert (answer.status_code, answer["Location"]) == (302, "/home/") and is_in(client)
    assert Entry.objects.filter(act="account.signed_in").latest("at").reason == "code_mail"
    assert SignIn.objects.filter(user=rosa.user).count() == 1


@pytest.mark.parametrize("typed", ["ROSA", "Rosa@Example.org", " rosa "])
def test_by_name_or_mail_in_any_case(client, rosa, typed):
    ask(client, typed)
    assert enter(client, mailed()).status_code == 302 and is_in(client)


def test_by_the_safe_mail_of_their_record_where_the_account_has_none(client, rosa):
    rosa.user.email = ""
    rosa.user.save()
    ask(client, "rosa@example.org")
    assert mailed() and mail.outbox[-1].to == ["rosa@example.org"]


def test_a_mail_that_two_people_share_is_nobodys(client, rosa, program):
    rosa.user.email = ""
    rosa.user.save()
    make_persona(program, "nia", "participant", email="rosa@example.org")
    ask(client, "rosa@example.org")
    assert mailed() == ""


def test_only_its_hash_is_kept(client, rosa):
    ask(client)
    code = mailed().replace(" ", "")
    row = CodeAsk.objects.get()
    with connection.cursor() as cursor:
        for table in ("people_codeask", "people_outgoingmessage", "audit_entry", "django_session"):
            cursor.execute(f"SELECT * FROM {table}")  # noqa: S608  (a table of ours)
            assert code not in str(cursor.fetchall()), table
    assert len(row.code_hash) == 64 and row.user == rosa.user
    sent = OutgoingMessage.objects.get(template="sign_in_code")
    assert (sent.recipient, sent.link) == ("", "")


def test_the_mail_is_neutral(client, rosa):
    ask(client)
    mailed()
    (message,) = [one for one in mail.outbox if one.subject == "Your code"]
    assert reveals(f"{message.subject} {message.body}") == [] and "rosa" not in message.body
    assert "http" not in message.body, "a code needs no link, and nobody learns to follow one"


def test_it_works_once(client, rosa):
    ask(client)
    code = mailed()
    session = client.session
    asked = session["code_ask"]
    enter(client, code)
    assert actions.use_mailed_code(ask_id=uuid.UUID(asked), typed=code) is None


def test_it_works_for_ten_minutes(client, rosa, noon):
    ask(client)
    code = mailed()
    noon.shift(timedelta(minutes=10))
    assert enter(client, code).status_code == 200 and not is_in(client)


def test_a_mail_that_is_late_does_not_go(client, rosa, noon):
    ask(client)
    noon.shift(timedelta(minutes=11))
    assert mailed() == ""


def test_it_opens_nothing_in_another_browser(client, rosa):
    ask(client)
    code = mailed()
    stranger = Client()
    ask(stranger, "nobody")
    for other in (stranger, Client()):
        assert enter(other, code).status_code == 200 and not is_in(other)
    assert enter(client, code).status_code == 302


def test_five_wrong_ones_end_it(client, rosa):
    ask(client)
    code = mailed()
    wrong = "0000 0000" if code != "0000 0000" else "1111 1111"
    for _ in range(MOST_TRIES):
        assert enter(client, wrong).status_code == 200
    assert enter(client, code).status_code == 200 and not is_in(client)
    assert CodeAsk.objects.get().wrong_tries == MOST_TRIES


def test_no_more_than_some_mails_an_hour_to_one_account(rosa):
    sent = 0
    for _ in range(MAILS_AN_HOUR + 2):
        cache.clear()  # each from another address
        ask(Client())
        sent += bool(mailed())
    assert sent == MAILS_AN_HOUR


def test_asking_is_slowed_for_that_name_only(client, rosa):
    statuses = [ask(client).status_code for _ in range(6)]
    assert statuses == [302] * 5 + [429]
    assert ask(client, "somebody-else").status_code == 302


@pytest.mark.parametrize(
    "rules", [{"may_email": False, "channel": "text"}, {"channel": "none"}, {"channel": "app"},
              {"from_hour": 14}, {"until_hour": 12}],
)  # fmt: skip
def test_no_code_where_or_when_they_do_not_wish_mail(client, rosa, rules):
    allowed = {"channel": "email", "may_email": True, "from_hour": 9, "until_hour": 20}
    set_safe_contact(person=rosa.person, by=rosa.actor, **allowed | rules)
    ask(client)
    assert mailed() == "" and CodeAsk.objects.get().code_hash == ""
    assert OutgoingMessage.objects.get(template="sign_in_code").status == "dropped"


@pytest.mark.parametrize("role", ["peer", "supervisor", "coordinator", "director", "administrator", "council"])
def test_whoever_has_another_role_gets_none(client, rosa, program, role):
    Membership.objects.create(user=rosa.user, program=program, role=role)
    ask(client)
    assert mailed() == ""


def test_a_role_given_meanwhile_shuts_the_code(client, rosa, program):
    ask(client)
    code = mailed()
    Membership.objects.create(user=rosa.user, program=program, role="peer")
    assert enter(client, code).status_code == 200 and not is_in(client)


def test_an_account_that_is_off_gets_none_and_opens_none(client, rosa):
    ask(client)
    code = mailed()
    User.objects.filter(pk=rosa.user.pk).update(is_active=False)
    assert enter(client, code).status_code == 200
    ask(client)
    assert mailed() == ""


def test_their_second_step_is_asked_all_the_same(client, rosa):
    from tests.people.test_signing_in import add_app

    add_app(rosa.user)
    ask(client)
    answer = enter(client, mailed())
    assert answer["Location"].startswith("/account/sign-in/second-step/") and not is_in(client)


def test_the_answers_are_alike_whoever_it_is(rosa, carmen, marcus):
    """Existing, staff, of another program, disabled, unknown: the same words, status and work (A1)."""
    User.objects.create_user("gone", PASSWORD, is_active=False)
    seen, costs = set(), set()
    for typed in ("rosa", "carmen", "marcus", "gone", "nobody", "none@example.org"):
        cache.clear()
        client = Client()
        client.get(ASK)
        with CaptureQueriesContext(connection) as asked:
            first = ask(client, typed)
        mailed()
        with CaptureQueriesContext(connection) as entered:
            second = enter(client, "0000 0001")
        body = re.sub(rb'(name="csrfmiddlewaretoken" value|"X-CSRFToken":) ?=?"\w+"', b"", second.content)
        seen.add((first.status_code, first["Location"], second.status_code, body))
        costs.add((len(asked), len(entered)))
    assert len(seen) == 1
    assert max(a for a, _ in costs) == min(a for a, _ in costs) and len({b for _, b in costs}) == 1


def test_a_sign_in_on_a_new_device_is_told_as_with_a_password(rosa):
    first = Client()
    ask(first)
    enter(first, mailed(), own_phone="on")
    assert KnownDevice.objects.get().is_remembered
    other = Client(headers={"user-agent": "Windows Firefox"})
    ask(other)
    enter(other, mailed())
    assert OutgoingMessage.objects.filter(template="new_sign_in").count() == 1


def test_it_leads_on_to_where_they_wanted_to_go_and_nowhere_else(rosa):
    for wanted, goes in (("/account/", "/account/"), ("https://evil.example/", "/home/")):
        cache.clear()
        client = Client()
        page = ask(client, next=wanted)["Location"]
        answer = client.post(page, {"code": mailed(), "next": wanted})
        assert answer["Location"] == goes


# --- on paper -----------------------------------------------------------------------------------------------------


def test_a_code_from_the_sheet_signs_in_once(client, rosa):
    first, second, *rest = sheet_of(rosa)
    assert len(rest) == PAPER_CODES - 2 and len({first, second, *rest}) == PAPER_CODES
    answer = client.post(PAPER, {"login": "rosa", "code": first.lower().replace(" ", "-")})
    assert answer.status_code == 302 and is_in(client)
    assert Entry.objects.filter(act="account.signed_in").latest("at").reason == "code_paper"
    again = Client()
    assert again.post(PAPER, {"login": "rosa", "code": first}).status_code == 200 and not is_in(again)
    assert again.post(PAPER, {"login": "rosa", "code": second}).status_code == 302


def test_a_code_of_somebody_else_opens_nothing(client, rosa, program):
    nia = make_persona(program, "nia", "participant")
    (code, *_rest) = sheet_of(rosa)
    assert client.post(PAPER, {"login": "nia", "code": code}).status_code == 200 and not is_in(client)
    assert codes.open_paper(rosa.user, timezone.now()).count() == PAPER_CODES and nia


def test_a_new_sheet_ends_the_earlier_one_and_ending_works_at_once(client, rosa):
    (old, *_rest) = sheet_of(rosa)
    (new, *_rest) = sheet_of(rosa)
    assert client.post(PAPER, {"login": "rosa", "code": old}).status_code == 200
    assert actions.end_paper_codes(user=rosa.user, by=rosa.actor) == PAPER_CODES
    assert client.post(PAPER, {"login": "rosa", "code": new}).status_code == 200 and not is_in(client)
    assert actions.end_paper_codes(user=rosa.user, by=rosa.actor) == 0


def test_a_new_password_ends_the_sheet(client, rosa):
    sheet_of(rosa)
    client.post("/account/sign-in/", {"login": "rosa", "password": PASSWORD})
    new = "another long row of words"
    client.post("/account/password/", {"oldpassword": PASSWORD, "password1": new, "password2": new})
    assert User.objects.get(pk=rosa.user.pk).check_password(new)
    assert not codes.open_paper(rosa.user, timezone.now()).exists()


def test_a_sheet_ends_after_a_year(client, rosa, noon):
    (code, *_rest) = sheet_of(rosa)
    noon.shift(timedelta(days=366))
    assert client.post(PAPER, {"login": "rosa", "code": code}).status_code == 200


@pytest.mark.parametrize("role", ["peer", "coordinator", "council"])
def test_staff_have_no_sheet_and_one_they_had_is_shut(client, rosa, program, role):
    (code, *_rest) = sheet_of(rosa)
    Membership.objects.create(user=rosa.user, program=program, role=role)
    assert client.post(PAPER, {"login": "rosa", "code": code}).status_code == 200 and not is_in(client)
    with pytest.raises(actions.NoCodes):
        sheet_of(rosa)


def test_only_hashes_of_a_sheet_are_kept(rosa):
    made = sheet_of(rosa)
    with connection.cursor() as cursor:
        for table in ("people_papercode", "people_outgoingmessage", "audit_entry"):
            cursor.execute(f"SELECT * FROM {table}")  # noqa: S608  (a table of ours)
            kept = str(cursor.fetchall())
            assert not any(code in kept or code.replace(" ", "") in kept for code in made), table


def test_trying_codes_from_paper_is_slowed_for_that_name_only(client, rosa):
    statuses = [client.post(PAPER, {"login": "rosa", "code": "AAAA BBBB CCCC"}).status_code for _ in range(6)]
    assert statuses == [200] * 5 + [429]
    assert client.post(PAPER, {"login": "nia", "code": "AAAA BBBB CCCC"}).status_code == 200


def test_paper_answers_alike_whoever_it_is(rosa, carmen, marcus):
    sheet_of(rosa)
    seen, costs = set(), set()
    for typed in ("rosa", "carmen", "marcus", "nobody", "none@example.org"):
        cache.clear()
        client = Client()
        client.get(PAPER)
        with CaptureQueriesContext(connection) as queries:
            answer = client.post(PAPER, {"login": typed, "code": "AAAA BBBB CCCC"})
        body = re.sub(rb'(name="csrfmiddlewaretoken" value|"X-CSRFToken":) ?=?"\w+"', b"", answer.content)
        seen.add((answer.status_code, body.replace(b'value="' + typed.encode() + b'"', b"")))
        costs.add(len(queries))
    assert len(seen) == len(costs) == 1, costs


def test_the_person_prints_their_own_and_it_is_shown_once(client, rosa):
    client.post("/account/sign-in/", {"login": "rosa", "password": PASSWORD})
    page = client.post("/account/paper/", {"action": "make"}).content.decode()
    shown = re.findall(r"<li><strong>([A-Z2-9 ]{14})</strong>", page)
    assert len(shown) == PAPER_CODES
    assert re.search(r"<div data-screen-only>\s*<header", page), "what is printed names no place"
    main = page[page.find("<main") :]
    printed = re.sub("|".join(shown), "", main[: main.find("data-screen-only")])  # chance may write "NA" into a code
    assert reveals(printed) == [] and "<title>Codes" in page
    assert shown[0] not in client.get("/account/paper/").content.decode()
    assert OutgoingMessage.objects.filter(template="account_changed").count() == 1


def test_a_coordinator_prints_one_for_a_person_and_the_record_says_so(client, rosa, carmen):
    staff = sign_in_now(client, carmen)
    page = staff.post(f"/people/{rosa.person.pk}/paper/", {"action": "make"}).content.decode()
    assert len(re.findall(r"<li><strong>", page)) == PAPER_CODES
    entry = Entry.objects.filter(act="account.code_made").latest("at")
    assert (entry.subject_id, entry.actor_id) == (rosa.person.pk, carmen.user.pk)


# --- showing once more who it is ----------------------------------------------------------------------------------


@pytest.fixture
def without_password(rosa):
    rosa.user.set_unusable_password()
    rosa.user.save()
    return rosa


def test_who_has_no_password_is_asked_for_a_code(without_password, noon):
    first, second, *_rest = sheet_of(without_password)
    client = Client()
    client.post(PAPER, {"login": "rosa", "code": first})
    assert client.get("/account/email/").status_code == 200, "within five minutes nobody is asked twice"
    noon.shift(timedelta(minutes=6))
    asked = client.get("/account/email/")
    assert asked["Location"] == f"{AGAIN}?next=%2Faccount%2Femail%2F"
    assert client.post(AGAIN, {"code": "AAAA BBBB CCCC", "next": "/account/email/"}).status_code == 200
    assert client.get("/account/email/").status_code == 302
    assert client.post(AGAIN, {"code": second, "next": "/account/email/"})["Location"] == "/account/email/"
    assert client.get("/account/email/").status_code == 200


def test_the_code_may_come_by_mail(without_password, noon):
    (first, *_rest) = sheet_of(without_password)
    client = Client()
    client.post(PAPER, {"login": "rosa", "code": first})
    noon.shift(timedelta(minutes=6))
    assert client.post(AGAIN, {"action": "send", "next": "/account/email/"})["Location"].startswith(AGAIN)
    code = mailed()
    assert client.post(AGAIN, {"code": code, "next": "/account/email/"})["Location"] == "/account/email/"
    assert client.get("/account/email/").status_code == 200


def test_a_code_of_somebody_else_shows_nothing(without_password, program, noon):
    nia = make_persona(program, "nia", "participant")
    (hers, *_rest), (first, *_more) = sheet_of(nia), sheet_of(without_password)
    client = Client()
    client.post(PAPER, {"login": "rosa", "code": first})
    noon.shift(timedelta(minutes=6))
    client.post(AGAIN, {"code": hers, "next": "/account/email/"})
    assert client.get("/account/email/").status_code == 302


def test_signing_and_other_steps_ask_them_too(without_password, noon):
    """`ask_who_it_is` keeps what was typed and comes back to the page (D5)."""
    first, second, *_rest = sheet_of(without_password)
    client = Client()
    client.post(PAPER, {"login": "rosa", "code": first, "own_phone": "on"})
    noon.shift(timedelta(minutes=6))
    answer = client.post("/account/devices/forget/", {"_page": "/account/"})
    assert answer["Location"].startswith(AGAIN) and KnownDevice.objects.filter(is_remembered=True).exists()
    client.post(AGAIN, {"code": second, "next": "/account/"})
    client.post("/account/devices/forget/", {"_page": "/account/"})
    assert not KnownDevice.objects.filter(is_remembered=True).exists()


def test_who_has_a_password_may_show_a_code_instead(rosa, noon):
    (code, *_rest) = sheet_of(rosa)
    client = Client()
    client.post("/account/sign-in/", {"login": "rosa", "password": PASSWORD})
    noon.shift(timedelta(minutes=6))
    page = client.get(client.get("/account/email/")["Location"])
    assert AGAIN in page.content.decode()
    client.post(AGAIN, {"code": code, "next": "/account/email/"})
    assert client.get("/account/email/").status_code == 200


def test_who_has_no_password_may_choose_one_and_the_sheet_ends(without_password, noon):
    first, second, *_rest = sheet_of(without_password)
    client = Client()
    client.post(PAPER, {"login": "rosa", "code": first})
    page = client.get("/account/password/")["Location"]
    assert page == "/account/password/first/" and client.get(page).status_code == 200
    noon.shift(timedelta(minutes=6))
    assert client.get(page)["Location"].startswith(AGAIN), "a first password needs a code, as another needs the old one"
    client.post(AGAIN, {"code": second, "next": page})
    new = "another long row of words"
    assert client.post(page, {"password1": new, "password2": new})["Location"] == "/account/"
    assert User.objects.get(pk=without_password.user.pk).check_password(new)
    assert not codes.open_paper(without_password.user, timezone.now()).exists()


def test_there_is_no_such_page_for_staff(client, carmen):
    staff = sign_in_now(client, carmen)
    assert staff.get(AGAIN).status_code == staff.get("/account/paper/").status_code == 404


# --- the rest -----------------------------------------------------------------------------------------------------


def test_old_asks_and_sheets_are_forgotten(client, rosa, noon):
    ask(client)
    sheet_of(rosa)
    noon.shift(timedelta(days=2))
    forget_old(timezone.now())
    assert not CodeAsk.objects.exists() and PaperCode.objects.count() == PAPER_CODES
    noon.shift(timedelta(days=366))
    forget_old(timezone.now())
    assert not PaperCode.objects.exists()


def test_a_used_ask_without_an_account_is_no_row(db):
    from django.db.utils import IntegrityError

    with pytest.raises(IntegrityError), transaction.atomic():
        CodeAsk.objects.create(asked_at=timezone.now(), used_at=timezone.now())


def test_an_account_is_made_without_a_password(client, program, rosa, carmen):
    from alongside.people.models import Invitation

    person = make_persona(program, "sol", "participant").person
    person.user.delete()
    person.refresh_from_db()
    _invitation, token = actions.create_invitation(
        program=program, person=person, roles=["participant"], by=carmen.actor
    )
    page = client.post(f"/join/{token}/", {"name": "sol", "password": "", "language": "en"})
    shown = re.findall(r"<li><strong>([A-Z2-9 ]{14})</strong>", page.content.decode())
    username = re.search(r"data-username>([^<]+)<", page.content.decode()).group(1)
    assert len(shown) == PAPER_CODES and Invitation.objects.get().used_at
    assert not User.objects.get(username=username).has_usable_password()
    assert client.post(PAPER, {"login": username, "code": shown[0]}).status_code == 302 and is_in(client)


def test_staff_are_not_made_without_a_password(client, program, carmen):
    _invitation, token = actions.create_invitation(program=program, roles=["coordinator"], by=carmen.actor)
    client.post(f"/join/{token}/", {"name": "lou", "password": "", "language": "en"})
    assert not User.objects.filter(username__startswith="lou").exists()
