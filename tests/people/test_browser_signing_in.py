"""A real browser on a phone's width: from an invitation to a passkey, under the strict content policy."""

import pytest

from alongside.people import actions
from tests.story import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LONG = "green horses by the river"


@pytest.fixture
def passkey(context, page):
    """A virtual authenticator that verifies its user, as a phone does."""
    session = context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
               "isUserVerified": True, "automaticPresenceSimulation": True}  # fmt: skip
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})


@pytest.fixture
def trouble(page):
    """What the browser complained about: refused scripts, errors."""
    found = []
    page.on("console", lambda message: "Security Policy" in message.text and found.append(message.text))
    page.on("pageerror", lambda error: found.append(str(error)))
    return found


def test_a_peer_joins_adds_a_passkey_and_signs_in_with_it(program, carmen, page, context, passkey, trouble):
    _invitation, token = actions.create_invitation(program=program, roles=["peer"], by=carmen.actor)
    page.goto(f"/join/{token}/")
    page.get_by_label("Choose a name to sign in with").fill("river")
    page.get_by_label("Password").fill(LONG)
    page.get_by_role("button", name="Make my account").click()
    username = page.locator("[data-username]").inner_text()
    assert username.startswith("river-")

    page.get_by_role("main").get_by_role("link", name="Sign in").click()
    page.get_by_label("User name or e-mail").fill(username)
    page.get_by_label("Password").fill(LONG)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.get_by_role("heading", name="A second step for signing in").wait_for()

    page.get_by_role("link", name="Add a passkey").click()
    page.get_by_label("Sign in with just this passkey").check()
    page.get_by_role("button", name="Add a passkey").click()
    page.get_by_role("heading", name="Backup codes").wait_for()
    assert page.locator("main code").count() == 10

    context.clear_cookies()
    page.goto("/account/sign-in/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.wait_for_url(lambda url: "/account/sign-in" not in url)
    page.goto("/account/")
    page.get_by_text("1 passkey", exact=True).wait_for()
    assert trouble == []
    assert all(url.startswith(("http://localhost", "data:")) for url in context.requests)


def test_a_passkey_is_the_second_step_after_a_password(program, dante, page, passkey, trouble):
    page.goto("/account/sign-in/?next=/account/passkeys/add/")

    def password():
        page.get_by_label("User name or e-mail").fill("dante")
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Sign in", exact=True).click()

    password()
    page.goto("/account/passkeys/add/")
    page.get_by_role("button", name="Add a passkey").click()
    page.get_by_role("heading", name="Backup codes").wait_for()
    page.goto("/account/sign-out/")
    page.get_by_role("main").get_by_role("button", name="Sign out").click()
    page.goto("/account/sign-in/")
    password()
    page.get_by_role("heading", name="One more step").wait_for()
    page.get_by_role("button", name="Use a passkey").click()
    page.wait_for_url(lambda url: "/account/sign-in" not in url)
    assert trouble == []


def test_signing_in_needs_no_javascript(chromium, live_server, rosa):
    context = chromium.new_context(base_url=live_server.url, java_script_enabled=False, locale="en-US")
    page = context.new_page()
    page.goto("/account/sign-in/")
    assert not page.get_by_role("button", name="Sign in with a passkey").is_visible()
    page.get_by_label("User name or e-mail").fill("rosa")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.goto("/account/")
    assert page.get_by_text("rosa", exact=True).is_visible()
    context.close()
