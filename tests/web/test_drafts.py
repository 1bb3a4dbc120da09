"""What somebody typed is not lost by a lost connection, a closed tab or a session that ended (E8)."""

import base64

import pytest
from django.urls import reverse
from playwright.sync_api import expect
from tests.web import draft_site

pytestmark = [pytest.mark.browser, pytest.mark.urls("tests.web.draft_site"), pytest.mark.django_db(transaction=True)]
WORDS = "We looked at two rooms on Elm Street."
STORED = "JSON.stringify(localStorage)"
SAVED = "() => Object.keys(localStorage).some(name => name.startsWith('draft:'))"
GONE = "() => !Object.keys(localStorage).some(name => name.startsWith('draft:'))"


@pytest.fixture(autouse=True)
def empty_server(program):
    draft_site.taken.clear()
    draft_site.posts.clear()


@pytest.fixture
def writing(page):
    """The note with words typed and kept on the device."""
    page.goto("/note/")
    page.fill("#id_note", WORDS)
    page.wait_for_function(SAVED)
    return page


def test_kept_words_are_unreadable_on_the_device(writing):
    assert "Elm" not in writing.evaluate(STORED)
    assert "note-1" not in writing.evaluate(STORED)


def test_closed_tab_loses_nothing(writing, context):
    key = writing.input_value("#id_submit_key")
    writing.close()
    page = context.new_page()
    page.goto("/note/")
    expect(page.locator("#id_note")).to_have_value(WORDS)
    expect(page.locator("#id_submit_key")).to_have_value(key)
    page.get_by_role("button", name="Throw it away").click()
    expect(page.locator("#id_note")).to_have_value("")
    assert page.evaluate(GONE)


def test_submit_without_connection_goes_out_by_itself_and_once(writing, context):
    context.set_offline(True)
    writing.get_by_role("button", name="Save").click()
    expect(writing.locator("[data-draft-words]")).to_contain_text("No connection")
    context.set_offline(False)
    writing.wait_for_url("**/kept/")
    assert list(draft_site.taken.values()) == [WORDS]
    writing.wait_for_function(GONE)


def test_lost_answer_is_asked_again_with_the_same_key(writing):
    answers = iter(["abort"])

    def lose_the_first(route):
        if route.request.method == "POST" and next(answers, None):
            route.fetch()
            route.abort()
        else:
            route.continue_()

    writing.route("**/note/", lose_the_first)
    writing.get_by_role("button", name="Save").click()
    expect(writing.locator("[data-draft-words]")).to_contain_text("No connection")
    writing.get_by_role("button", name="Save").click()
    writing.wait_for_url("**/kept/")
    assert len(draft_site.posts) == 2
    assert list(draft_site.taken.values()) == [WORDS]


def test_ended_session_keeps_the_words_and_leads_back(writing, context):
    context.add_cookies([{"name": "ended", "value": "1", "url": writing.url}])
    writing.get_by_role("button", name="Save").click()
    link = writing.locator("[data-draft-actions] a")
    expect(link).to_have_attribute("href", reverse("account_login") + "?next=%2Fnote%2F")
    assert draft_site.taken == {}
    context.clear_cookies(name="ended")
    writing.goto("/note/")
    writing.wait_for_url("**/kept/")
    assert list(draft_site.taken.values()) == [WORDS]


def test_mistake_is_shown_in_place_and_can_be_mended(writing):
    writing.fill("#id_minutes", "1.5")
    writing.get_by_role("button", name="Save").click()
    expect(writing.locator(".error-summary")).to_be_focused()
    expect(writing.locator("#id_note")).to_have_value(WORDS)
    writing.fill("#id_minutes", "20")
    writing.get_by_role("button", name="Save").click()
    writing.wait_for_url("**/kept/")


def test_signing_out_erases_only_what_the_server_has(writing):
    writing.get_by_role("button", name="Out").click()
    writing.wait_for_url("**/out/")
    assert writing.evaluate(SAVED)
    with writing.expect_response("**/autosave/"):
        writing.goto("/note/")
        writing.locator("#id_note").press_sequentially("!")
    writing.wait_for_function("() => Object.values(localStorage).some(text => text.includes('\"server\":true'))")
    writing.get_by_role("button", name="Out").click()
    writing.wait_for_url("**/out/")
    assert writing.evaluate(GONE)


def test_seven_days_later_nothing_is_left(writing):
    writing.evaluate(
        """() => { for (const name of Object.keys(localStorage)) { const kept = JSON.parse(localStorage.getItem(name));
        kept.at -= 7 * 24 * 3600 * 1000 + 1; localStorage.setItem(name, JSON.stringify(kept)); } }"""
    )
    writing.goto("/note/")
    expect(writing.locator("#id_note")).to_have_value("")
    writing.wait_for_function(GONE)


def test_another_persons_key_opens_nothing(writing, monkeypatch):
    monkeypatch.setattr(draft_site, "KEY", draft_site.KEY[::-1].lstrip("=") + "=")
    writing.goto("/note/")
    writing.wait_for_timeout(300)
    expect(writing.locator("#id_note")).to_have_value("")


def test_words_kept_before_keys_changed_are_put_back(writing, context):
    """The page brings the new key first and the old one behind it; what is kept next is under the new one."""
    old = writing.evaluate("document.querySelector('form[data-draft]').dataset.draftKey")
    writing.close()
    new = base64.b64encode(bytes(range(32))).decode()
    page = context.new_page()

    page.route("**/note/", lambda route: put(route, old, f"{new} {old}"))
    page.goto("/note/")
    expect(page.locator("#id_note")).to_have_value(WORDS)
    before = page.evaluate(STORED)
    page.fill("#id_note", WORDS + " And one on Oak.")
    page.wait_for_function("before => JSON.stringify(localStorage) !== before", arg=before)
    page.close()
    # Without the old key: it is read by the new one alone.
    page = context.new_page()
    page.route("**/note/", lambda route: put(route, old, new))
    page.goto("/note/")
    expect(page.locator("#id_note")).to_have_value(WORDS + " And one on Oak.")
    page.close()
    # With another key nothing is put back.
    page = context.new_page()
    page.route("**/note/", lambda route: put(route, old, base64.b64encode(bytes(32)).decode()))
    page.goto("/note/")
    expect(page.locator("#id_note")).to_have_value("")


def put(route, old: str, new: str) -> None:
    """The page with other keys."""
    answer = route.fetch()
    route.fulfill(response=answer, body=answer.text().replace(old, new))
