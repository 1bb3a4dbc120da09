"""Pages of accounts: both languages, neutral titles, the right start page, the right navigation, the demo's door."""

import re

import pytest
from django.core import mail, signing
from django.urls import reverse

from alongside.people import actions
from alongside.people.context import NAV, find_url, list_crisis_lines, list_nav
from alongside.people.models import Membership, Organization, OutgoingMessage, User
from alongside.people.outbox import send_due
from alongside.people.views.account import CONFIRM_SALT
from alongside.people.views.going import DEMO_PREFIX
from alongside.rules.neutral import reveals
from alongside.rules.vocabulary import ROLES
from tests.outside import words_of
from tests.story import PASSWORD, make_account, make_persona

OPEN = ["account_login", "account_reset_password", "account_reset_password_done",
        "account_reset_password_from_key_done"]  # fmt: skip
OWN = ["account_settings", "account_change_password", "mfa_list_webauthn", "mfa_add_webauthn", "mfa_activate_totp",
       "account_logout", "change_email", "account_reauthenticate"]  # fmt: skip


@pytest.fixture
def fresh(client, rosa):
    """The client signed in as Rosa a moment ago."""
    client.post("/account/sign-in/", {"login": "rosa", "password": PASSWORD})
    return client


def title_of(page: str) -> str:
    return re.search(r"<title>(.*?)</title>", page, re.S).group(1)


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("name", OPEN + OWN)
def test_every_page_shows_in_both_languages_with_a_neutral_title(fresh, name, language):
    if name in OPEN:
        fresh.logout()
    fresh.cookies["django_language"] = language
    response = fresh.get(reverse(name))
    page = response.content.decode()
    assert response.status_code == 200
    assert f'lang="{language}"' in page
    assert reveals(title_of(page)) == []
    assert reveals(reverse(name)) == []
    assert "no-store" in response["Cache-Control"]


@pytest.mark.parametrize("name", OPEN + OWN)
def test_no_page_has_an_inline_script_or_style(fresh, name):
    if name in OPEN:
        fresh.logout()
    page = fresh.get(reverse(name)).content.decode()
    for attributes, body in re.findall(r"<script([^>]*)>(.*?)</script>", page, re.S):
        assert "src=" in attributes or "application/json" in attributes, body
    assert " onclick=" not in page
    assert "<style" not in page
    assert ' style="' not in page


def test_only_the_named_pages_of_the_library_are_mounted():
    for name in ("account_signup", "account_email", "account_inactive",
                 "account_confirm_email", "mfa_download_recovery_codes", "mfa_trust"):  # fmt: skip
        assert find_url(name) is None


# --- language, program, start page ------------------------------------------------------------------------------------


def test_language_is_switched_by_post_and_follows_the_account(fresh, rosa):
    assert fresh.get("/language/").status_code == 405
    response = fresh.post("/language/", {"language": "en", "next": "/account/"})
    assert response["Location"] == "/account/"
    assert 'lang="en"' in fresh.get("/account/").content.decode()
    rosa.user.refresh_from_db()
    assert rosa.user.language == "en"


@pytest.mark.parametrize("back", ["https://elsewhere.example/", "//elsewhere.example/"])
def test_language_switch_never_leads_elsewhere(client, db, back):
    response = client.post("/language/", {"language": "es", "next": back})
    assert "elsewhere" not in response["Location"]
    assert client.post("/language/", {"language": "xx"}).status_code == 404


def test_somebody_goes_on_in_another_of_their_programs_only(client, dante, signed_in, other_program):
    signed_in(dante)
    assert client.post("/program/", {"program": other_program.pk}).status_code == 404
    Membership.objects.create(user=dante.user, program=other_program, role="peer")
    assert client.post("/program/", {"program": other_program.pk}).status_code == 302
    assert client.session["program_id"] == str(other_program.pk)


@pytest.mark.parametrize("who", ["carmen", "rosa", "dante", "lien", "dolores", "ada"])
def test_home_is_the_first_page_of_the_role(client, signed_in, request, who):
    persona = request.getfixturevalue(who)
    signed_in(persona)
    role = Membership.objects.get(user=persona.user).role
    expected = find_url(NAV[role][0][0]) or "/account/"
    assert client.get("/home/")["Location"] == expected


@pytest.mark.parametrize("roles", [[], ["peer"]])
def test_an_account_without_a_role_reaches_its_own_page_and_the_way_out_only(client, program, roles):
    """After the latest role ended, and for a peer's account that no person belongs to."""
    make_account("noor", program, *roles)
    client.post("/account/sign-in/", {"login": "noor", "password": PASSWORD})
    session = client.session
    session["second_factor"] = True
    session.save()
    assert client.get("/home/")["Location"] == "/account/"
    for path in ("/account/", "/account/email/", "/account/password/", "/account/sign-out/"):
        assert client.get(path).status_code == 200, path
    for path in ("/today/", "/settings/people/", "/me/"):
        assert client.get(path).status_code == 404, path
    client.post("/account/email/", {"email": ""})
    client.post("/account/sign-out/")
    assert client.get("/account/").status_code == 302


@pytest.mark.parametrize("role", ROLES)
def test_every_role_has_a_navigation(role):
    assert NAV[role]


def test_pages_of_several_roles_are_listed_once():
    urls = [item["url"] for item in list_nav({"coordinator", "supervisor", "director", "administrator"})]
    assert len(urls) == len(set(urls))
    assert "/settings/people/" in urls


def test_help_lines_of_the_program_come_before_988(program):
    program.crisis_lines = [{"label_en": "County line", "label_es": "Línea", "href": "tel:+18005550100"},
                            {"label_en": "bad", "href": "javascript:alert(1)"}]  # fmt: skip
    assert [line["href"] for line in list_crisis_lines(program)] == ["tel:+18005550100", "tel:988", "sms:988"]


# --- e-mail -----------------------------------------------------------------------------------------------------------


def test_an_address_counts_only_after_its_owner_confirmed_it(fresh, rosa):
    fresh.post("/account/email/", {"email": "rosa@example.org"})
    rosa.user.refresh_from_db()
    assert rosa.user.email == ""
    assert send_due() == {"sent": 1}
    assert reveals(words_of(mail.outbox[0])) == []
    path = re.search(r"http://localhost:8000(\S+)", mail.outbox[0].body).group(1)
    fresh.get(path)
    rosa.user.refresh_from_db()
    assert rosa.user.email == "", "a link changes nothing by being opened"
    fresh.post(path)
    rosa.user.refresh_from_db()
    assert rosa.user.email == "rosa@example.org"


def test_nobody_learns_whose_address_it_is(fresh, carmen):
    carmen.user.email = "carmen@example.org"
    carmen.user.save()
    answers = {fresh.post("/account/email/", {"email": one}).status_code for one in ("carmen@example.org", "a@b.org")}
    assert answers == {302}


def test_a_confirmation_is_for_its_account_only(client, fresh, carmen):
    token = signing.dumps([str(carmen.user.pk), "x@example.org"], salt=CONFIRM_SALT)
    assert fresh.post(reverse("confirm_email", args=[token])).status_code == 404
    assert fresh.get(reverse("confirm_email", args=["forged"])).templates[0].name == "people/dead_link.html"


def test_an_address_can_be_removed(fresh, rosa):
    rosa.user.email = "rosa@example.org"
    rosa.user.save()
    fresh.post("/account/email/", {"email": ""})
    rosa.user.refresh_from_db()
    assert (rosa.user.email, rosa.user.email_index) == ("", None)


def test_the_earlier_address_is_told_when_it_changes(fresh, rosa, carmen):
    actions.set_safe_contact(person=rosa.person, by=carmen.actor, channel="email", may_email=True)
    actions.set_own_email(user=rosa.user, email="old@example.org", by=rosa.actor)
    assert not OutgoingMessage.objects.exists()
    actions.set_own_email(user=rosa.user, email="new@example.org", by=rosa.actor)
    assert send_due() == {"sent": 1}
    assert mail.outbox[0].to == ["old@example.org"]
    assert "new@example.org" not in mail.outbox[0].body
    fresh.post("/account/email/", {"email": ""})
    assert send_due() == {"sent": 1}
    assert mail.outbox[1].to == ["new@example.org"]
    fresh.post("/account/email/", {"email": ""})
    assert send_due() == {}


def test_who_asked_for_no_email_is_told_nothing_at_the_earlier_address(rosa, carmen):
    actions.set_own_email(user=rosa.user, email="old@example.org", by=rosa.actor)
    actions.set_safe_contact(person=rosa.person, by=carmen.actor, may_email=False)
    actions.set_own_email(user=rosa.user, email="", by=rosa.actor)
    assert not OutgoingMessage.objects.filter(template="address_changed").exists()


def test_confirmations_are_not_sent_without_end(fresh):
    statuses = [fresh.post("/account/email/", {"email": f"a{n}@example.org"}).status_code for n in range(6)]
    assert statuses == [302] * 5 + [429]
    assert OutgoingMessage.objects.count() == 5


# --- the demo's door --------------------------------------------------------------------------------------------------


@pytest.fixture
def persona(program):
    return make_persona(program, f"{DEMO_PREFIX}lien", "supervisor").user


def test_there_is_no_door_outside_a_demo(client, persona, settings):
    for is_setting, is_demo in ((False, False), (True, False), (False, True)):
        settings.ALONGSIDE_DEMO = is_setting
        Organization.objects.update(is_demo=is_demo)
        assert client.get("/demo/").status_code == 404
        assert client.post("/demo/", {"persona": persona.pk}).status_code == 404


def test_the_door_signs_in_a_persona_past_the_second_step(client, persona, settings):
    settings.ALONGSIDE_DEMO = True
    Organization.objects.update(is_demo=True)
    page = client.get("/demo/").content.decode()
    assert "Lien" in page
    assert client.post("/demo/", {"persona": persona.pk})["Location"] == "/home/"
    assert client.get("/account/").status_code == 200


def test_the_door_opens_for_personas_only(client, persona, carmen, settings):
    settings.ALONGSIDE_DEMO = True
    Organization.objects.update(is_demo=True)
    for other in (carmen.user.pk, "nonsense", User(username="x").pk):
        assert client.post("/demo/", {"persona": other}).status_code == 404
