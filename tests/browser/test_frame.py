"""What stands around every page: the way out, the language, signing out, the weight; and the ways without a mouse."""

import pytest
from django.conf import settings
from django_scopes import scope
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
FIRST_PAGE_BYTES = 200_000
ELSEWHERE = settings.QUICK_EXIT_URL


@pytest.fixture
def opened(house):
    """`opened("rosa", "es", ...)` gives a browser context, closed in the end. The way out leads to a stand-in."""
    made = []

    def open_context(who: str = "visitor", language: str = "en", **options):
        context = house.open(who, language, **options)
        context.route(
            f"{ELSEWHERE}**", lambda route: route.fulfill(body="<title>Weather</title>", content_type="text/html")
        )
        made.append(context)
        return context

    yield open_context
    for context in made:
        context.close()


def is_signed_in(house, key: str) -> bool:
    from django.contrib.sessions.models import Session

    with scope(program=house.story.program):
        return Session.objects.filter(session_key=key).exists()


def key_of(context) -> str:
    return next(one["value"] for one in context.cookies() if one["name"] == settings.SESSION_COOKIE_NAME)


# --- the way out (E4) ---------------------------------------------------------------------------------------------
@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_quick_exit_leaves_at_once_and_back_shows_nothing(house, opened, scripts):
    context = opened("rosa", "es", java_script_enabled=scripts)
    key = key_of(context)
    page = context.new_page()
    page.goto("/me/notes/")
    expect(page.get_by_role("main")).to_contain_text("violet canary")
    page.locator("form[data-quick-exit] button").click()
    page.wait_for_url(f"{ELSEWHERE}**")
    page.wait_for_timeout(300)  # the session ends in the background where a script leaves first
    assert not is_signed_in(house, key)
    page.go_back()
    assert "violet canary" not in page.content()


BEFORE = f"{ELSEWHERE}?before"
"""What somebody had open before they came to us."""


def leave_and_go_back(page, leave) -> tuple[int, str]:
    """Come from elsewhere, leave, and press Back: how much longer the history grew by leaving, and where Back leads."""
    page.goto(BEFORE)
    page.goto("/me/notes/")
    long = page.evaluate("history.length")
    leave(page)
    page.wait_for_url(f"{ELSEWHERE}**")
    grew = page.evaluate("history.length") - long
    page.go_back()
    return grew, page.url


def press_the_button(page):
    page.locator("form[data-quick-exit] button").click()


def press_escape_three_times(page):
    for _ in range(3):
        page.keyboard.press("Escape")


LEAVES = pytest.mark.parametrize("leave", [press_the_button, press_escape_three_times])


@LEAVES
def test_quick_exit_takes_our_page_out_of_the_history(opened, leave):
    """With scripts, Back leads to the page before ours: ours was replaced."""
    assert leave_and_go_back(opened("rosa").new_page(), leave) == (0, BEFORE)


@LEAVES
def test_one_that_adds_to_the_history_is_found(opened, leave):
    """The same with a script that goes there instead of replacing: Back leads to us, and the test above sees it."""
    context, changed = opened("rosa"), []

    def go_instead(route):
        text = route.fetch().text()
        changed.append(text.count("location.replace("))
        route.fulfill(body=text.replace("location.replace(", "location.assign("), content_type="text/javascript")

    context.route("**/quick-exit*.js", go_instead)
    grew, back = leave_and_go_back(context.new_page(), leave)
    assert set(changed) == {1}, "one line of the script is another, and nothing else"
    assert grew == 1 and not back.startswith(ELSEWHERE)


def test_quick_exit_is_the_first_thing_the_tab_key_finds(opened):
    page = opened("rosa").new_page()
    page.goto("/me/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('form[data-quick-exit]') !== null")


# --- language and signing out -------------------------------------------------------------------------------------
@pytest.mark.parametrize("who", ["visitor", "rosa", "carmen"])
def test_the_language_is_switched_on_the_page_where_one_stands(house, opened, who):
    path = {"visitor": "/ask/", "rosa": "/me/change/", "carmen": "/asks/"}[who]
    page = opened(who).new_page()
    page.goto(path)
    for language in ("es", "en"):
        page.locator(f"form.language button[value={language}]").click()
        expect(page.locator("html")).to_have_attribute("lang", language)
        assert page.url.endswith(path)


@pytest.mark.parametrize("who", ["olu", "carmen"])
def test_signing_out_is_one_press_and_ends_the_session(house, opened, who):
    context = opened(who)
    key = key_of(context)
    page = context.new_page()
    page.goto("/home/")
    sign_out = page.locator("form[data-sign-out] button").first
    if not sign_out.is_visible():
        page.locator("nav details summary").first.click()
    sign_out.click()
    page.wait_for_load_state()
    assert not is_signed_in(house, key)
    page.go_back()
    expect(page.locator("#id_login")).to_be_visible()


# --- weight -------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("path", ["/", "/ask/", "/account/sign-in/"])
def test_the_first_page_is_light(opened, path):
    context = opened(viewport={"width": 360, "height": 740})
    answers = []
    context.on("response", lambda answer: answers.append(answer))
    page = context.new_page()
    page.goto(path, wait_until="networkidle")
    sizes = [answer.request.sizes() for answer in answers]
    assert sum(one["responseBodySize"] + one["responseHeadersSize"] for one in sizes) < FIRST_PAGE_BYTES


# --- without scripts, without a mouse ------------------------------------------------------------------------------
def fill_ask(page, name: str):
    page.locator("[name=kind][value=own_recovery]").check()
    page.locator("[name=needs][value=housing]").check()
    page.locator("[name=goes_by]").fill(name)
    page.locator("[name=reach][value=come_by]").check()


def test_asking_needs_no_scripts(house, opened):
    from alongside.intake.models import Inquiry

    page = opened(java_script_enabled=False).new_page()
    page.goto("/ask/")
    fill_ask(page, "No Script")
    page.locator("main button[type=submit]").last.click()
    page.wait_for_url("**/ask/thanks/")
    with scope(program=house.story.program):
        assert any(one.goes_by == "No Script" for one in Inquiry.objects.all())


def test_pages_of_every_day_need_no_scripts(house, opened):
    for who, path, name in (("dante", "/today/", "Note"), ("carmen", "/board/", "Look closer")):
        page = opened(who, java_script_enabled=False).new_page()
        page.goto(path)
        page.get_by_role("main").get_by_role("link", name=name).first.click()
        expect(page.get_by_role("heading", level=1)).to_be_visible()


def tab_to(page, target: str, presses: int = 120):
    """Press Tab until this element (a CSS selector) has the focus."""
    for _ in range(presses):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", target):
            return
    raise AssertionError(f"the Tab key never reaches {target}")


def test_asking_works_by_keyboard_alone(house, opened):
    page = opened().new_page()
    page.goto("/ask/")
    tab_to(page, "[name=kind]")
    page.keyboard.press("Space")
    tab_to(page, "[name=needs]")
    page.keyboard.press("Space")
    tab_to(page, "[name=goes_by]")
    page.keyboard.type("Only Keys")
    tab_to(page, "[name=reach][value=come_by]")
    page.keyboard.press("Space")
    tab_to(page, "main button[type=submit]")
    page.keyboard.press("Enter")
    page.wait_for_url("**/ask/thanks/")


def test_choosing_works_by_keyboard_alone(house, opened):
    page = opened("olu").new_page()
    page.goto("/me/people/")
    tab_to(page, "button[value=choose]")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("We asked")
