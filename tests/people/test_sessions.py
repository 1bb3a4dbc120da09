"""Sessions end when they should, nothing typed is lost, and each device is in the person's list."""

import json
from datetime import timedelta

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.http import HttpResponse
from django.test import override_settings
from django.utils import timezone

from alongside.people import second_factor
from alongside.people.held_forms import erase_old_held_forms, page_of, take_held_form
from alongside.people.models import HeldForm, SignIn
from alongside.people.sessions import LOCKED_PAGES
from alongside.people.tasks import forget_old
from alongside.urls import urlpatterns as house
from alongside.web.routing import route
from tests.story import PASSWORD


def note(request):
    """A page with a form, as others write them: it fills in what was held."""
    held = take_held_form(request)
    return HttpResponse(f"{request.user.username} {held.get('words') if held else 'nothing held'}")


urlpatterns = [
    route("try/note/", note, name="try_note", act="manage_own_account"),
    route("try/private/", note, name=min(LOCKED_PAGES), act="manage_own_account"),
    *house,
]

PAGE = "/try/note/"
pytestmark = pytest.mark.urls(__name__)


@pytest.fixture
def wait():
    """`wait(minutes=16)` lets that much time pass."""
    with time_machine.travel(timezone.now(), tick=False) as traveller:
        yield lambda **step: traveller.shift(timedelta(**step))


def enter(client, who, **more):
    response = client.post("/account/sign-in/", {"login": who.user.username, "password": PASSWORD, **more})
    assert response.status_code == 302
    session = client.session
    second_factor.mark_passed(session)
    session.save()
    return client


def is_in(client) -> bool:
    return client.get(PAGE).status_code == 200


@pytest.mark.parametrize("who", ["rosa", "dante", "carmen"])
def test_an_idle_session_ends_after_fifteen_minutes(client, wait, request, who):
    enter(client, request.getfixturevalue(who))
    for _ in range(3):
        wait(minutes=14)
        assert is_in(client)
    wait(minutes=16)
    response = client.get(PAGE)
    assert response["Location"] == f"/account/sign-in/?next={PAGE}"
    assert b"quiet for a while" in client.get(response["Location"]).content


def test_staff_sign_in_again_after_twelve_hours_even_when_busy(client, wait, carmen):
    enter(client, carmen, own_phone="on")
    assert client.session.get_expire_at_browser_close()
    for _ in range(12 * 6):
        wait(minutes=10)
        assert is_in(client)
    wait(minutes=1)
    assert not is_in(client)


def test_an_own_phone_stays_signed_in_for_thirty_days(client, wait, rosa):
    enter(client, rosa, own_phone="on")
    assert client.session.get_expiry_age() == 30 * 86_400
    wait(days=29)
    assert is_in(client)
    wait(days=2)
    assert not is_in(client)


def test_a_shared_phone_forgets_with_the_browser(client, rosa):
    assert enter(client, rosa).session.get_expire_at_browser_close()


def test_an_own_phone_that_lay_idle_asks_again_before_private_pages(client, wait, rosa):
    enter(client, rosa, own_phone="on")
    assert client.get("/try/private/").status_code == 200
    wait(minutes=16)
    assert is_in(client)
    response = client.get("/try/private/")
    assert response["Location"] == "/account/again/?next=%2Ftry%2Fprivate%2F"
    assert client.get("/try/private/").status_code == 302
    wait(seconds=5)
    assert (
        client.post("/account/again/", {"password": PASSWORD, "next": "/try/private/"})["Location"] == "/try/private/"
    )
    assert client.get("/try/private/").status_code == 200


def test_words_typed_when_the_session_ended_come_back_once(client, wait, dante):
    enter(client, dante)
    wait(minutes=20)
    response = client.post(
        PAGE, {"words": "We walked to the river.", "password": "never this", "csrfmiddlewaretoken": "x"}
    )
    assert response["Location"] == f"/account/sign-in/?next={PAGE}"
    held = HeldForm.objects.get()
    assert "river" in held.payload
    assert "never this" not in held.payload
    assert "csrf" not in held.payload
    response = client.post("/account/sign-in/", {"login": "dante", "password": PASSWORD, "next": PAGE})
    assert response["Location"] == PAGE
    session = client.session
    second_factor.mark_passed(session)
    session.save()
    assert b"We walked to the river." in client.get(PAGE).content
    assert b"nothing held" in client.get(PAGE).content
    assert not HeldForm.objects.exists()


def test_words_are_held_encrypted(client, wait, dante):
    from django.db import connection

    enter(client, dante)
    wait(minutes=20)
    client.post(PAGE, {"words": "We walked to the river."})
    with connection.cursor() as cursor:
        cursor.execute("SELECT payload FROM people_heldform")
        assert "river" not in cursor.fetchone()[0]


def test_only_whole_names_of_secrets_are_left_out(client, wait, dante):
    enter(client, dante)
    wait(minutes=20)
    secrets = dict.fromkeys(("password1", "Password2", "oldpassword", "code", "otp", "credential"), "never this")
    client.post(PAGE, {"postcode": "12345", "code_of_conduct": "read", **secrets})
    assert json.loads(HeldForm.objects.get().payload) == {"postcode": ["12345"], "code_of_conduct": ["read"]}


def test_words_held_again_are_kept_for_another_week(client, wait, dante):
    old = HeldForm.objects.create(user=dante.user, path=PAGE, payload="{}")
    HeldForm.objects.filter(pk=old.pk).update(created_at=timezone.now() - timedelta(days=6))
    enter(client, dante)
    wait(minutes=20)
    client.post(PAGE, {"words": "We walked to the river."})
    assert erase_old_held_forms(timezone.now() + timedelta(days=6)) == 0


def test_words_are_for_the_one_who_typed_them(client, wait, dante, rosa):
    enter(client, dante)
    wait(minutes=20)
    client.post(PAGE, {"words": "We walked to the river."})
    enter(client, rosa)
    assert b"nothing held" in client.get(PAGE).content


def test_words_from_a_fragment_go_back_to_its_page(client, wait, dante):
    enter(client, dante)
    wait(minutes=20)
    response = client.post(
        "/home/", {"words": "one"}, headers={"HX-Request": "true", "HX-Current-URL": f"http://x{PAGE}"}
    )
    assert response.status_code == 204
    assert response["HX-Redirect"] == f"/account/sign-in/?next={PAGE}"
    assert HeldForm.objects.get().path == PAGE


@pytest.mark.parametrize("named", ["https://elsewhere.example/", "//elsewhere.example/", "javascript:alert(1)"])
def test_a_form_cannot_name_a_page_elsewhere(rf, named):
    assert page_of(rf.post(PAGE, {"_page": named})) == PAGE


def test_forged_posts_are_not_held(wait, dante):
    from django.test import Client

    client = Client(enforce_csrf_checks=True)
    client.force_login(dante.user)
    session = client.session
    session["seen"] = session["began"] = timezone.now().timestamp()
    session.save()
    wait(minutes=20)
    assert client.post(PAGE, {"words": "not mine"}).status_code == 403
    assert not HeldForm.objects.exists()


def test_words_nobody_came_back_for_are_erased_after_a_week(rosa):
    HeldForm.objects.create(user=rosa.user, path="/x/", payload="{}")
    assert erase_old_held_forms(timezone.now() + timedelta(days=6)) == 0
    assert erase_old_held_forms(timezone.now() + timedelta(days=8)) == 1


def test_a_disabled_account_is_out_on_its_next_request(client, rosa):
    enter(client, rosa)
    assert is_in(client)
    rosa.user.is_active = False
    rosa.user.save()
    assert not is_in(client)


def test_a_role_that_ended_counts_on_the_next_request(client, ada):
    enter(client, ada)
    assert client.get("/settings/people/").status_code == 200
    ada.user.memberships.all().delete()
    assert client.get("/settings/people/").status_code == 404


# --- where I am signed in -----------------------------------------------------------------------------------------


@pytest.fixture
def other_phone(rosa):
    from django.test import Client

    phone = Client(headers={"user-agent": "Mozilla/5.0 (Linux; Android 14) Chrome/130.0 Mobile Safari/537.36"})
    return enter(phone, rosa)


def test_each_device_is_listed_by_a_coarse_name(client, rosa, other_phone):
    enter(client, rosa)
    page = client.get("/account/").content.decode()
    assert "Chrome, Android" in page
    assert "130.0" not in page


def test_one_device_can_be_ended_from_another(client, rosa, other_phone):
    enter(client, rosa)
    row = SignIn.objects.get(device="Chrome, Android")
    client.post("/account/devices/end/", {"device": row.pk})
    assert is_in(client)
    assert not is_in(other_phone)


def test_all_other_devices_can_be_ended_at_once(client, rosa, other_phone):
    enter(client, rosa)
    client.post("/account/devices/end/")
    assert is_in(client)
    assert not is_in(other_phone)


def test_nobody_ends_a_device_of_somebody_else(client, dante, other_phone):
    enter(client, dante)
    assert (
        client.post("/account/devices/end/", {"device": SignIn.objects.get(device="Chrome, Android").pk}).status_code
        == 404
    )
    assert is_in(other_phone)


def test_signing_out_leaves_nothing_behind(client, rosa):
    enter(client, rosa)
    response = client.post("/account/sign-out/")
    assert response.status_code == 302
    assert "cache" in response["Clear-Site-Data"]
    assert not SignIn.objects.exists()
    assert not is_in(client)


def test_quick_exit_ends_the_session_by_post_only(client, rosa):
    from django.urls import reverse

    enter(client, rosa)
    exit_path = reverse("quick_exit")
    assert client.get(exit_path).status_code == 405
    assert is_in(client)
    with override_settings(QUICK_EXIT_URL="https://weather.example/"):
        response = client.post(exit_path)
    assert (response.status_code, response["Location"]) == (303, "https://weather.example/")
    assert "cache" in response["Clear-Site-Data"]
    assert response["Cache-Control"] == "no-store"
    assert not is_in(client)


def test_names_in_messages_stay_out_of_cookies_and_end_with_the_session(signed_in, english_rosa, mentorship):
    client = signed_in(english_rosa)
    client.post("/me/call/")
    assert not {"messages", "sessionid"} & client.cookies.keys()
    client.post("/leave/")
    assert "Dante" not in signed_in(english_rosa).get("/me/about/").content.decode()


@pytest.fixture
def english_rosa(rosa):
    rosa.user.language = "en"
    rosa.user.save(update_fields=["language"])
    return rosa


def test_sessions_that_are_over_are_erased(client, rosa):
    client.force_login(rosa.user)
    forget_old(timezone.now() + timedelta(days=10))
    assert Session.objects.count() == 1
    forget_old(timezone.now() + timedelta(days=40))
    assert Session.objects.count() == 0


def test_a_flood_of_other_names_pushes_no_counter_out(db):
    cache.set("login_failed:rosa", 5, 300)
    for number in range(400):
        cache.set(f"login_failed:z{number}", 1, 300)
    assert cache.get("login_failed:rosa") == 5


@override_settings(LANGUAGE_COOKIE_NAME="__Host-l")
def test_the_language_of_this_phone_wins_whatever_its_cookie_is_called(signed_in, rosa):
    client = signed_in(rosa)
    client.cookies["__Host-l"] = "en"
    assert '<html lang="en"' in client.get("/account/").content.decode()
