"""Where somebody is: nothing leaves before they press, then two decimals, and nothing once they say "forget"."""

from urllib.parse import parse_qs

import pytest

from tests.browser.house import PHONE

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

EXACT = {"latitude": 34.052235, "longitude": -118.243683}


@pytest.fixture
def asked(house):
    """A page on a phone that knows where it is, and each request that left it: (address, what was sent)."""
    context = house.open("visitor", "es", viewport=PHONE, permissions=["geolocation"], geolocation=EXACT)
    sent: list[tuple[str, str]] = []
    context.on("request", lambda request: sent.append((request.url, request.post_data or "")))
    yield context.new_page(), sent
    context.close()


def positions(sent: list[tuple[str, str]]) -> list[str]:
    return [value for _url, data in sent for value in parse_qs(data, keep_blank_values=True).get("position", [])]


def test_a_place_leaves_when_it_is_asked_for_and_is_forgotten_when_that_is_asked_for(house, asked):
    page, sent = asked
    page.goto("/meetings/")
    page.select_option("[name=when]", "week")
    page.locator("[data-finder] button[type=submit]").first.click()
    page.wait_for_load_state()
    assert positions(sent) == [""], "nobody asked where they are"
    sent.clear()
    page.locator("[data-near-me]").click()
    page.wait_for_selector("button[name=forget]")
    assert positions(sent) == ["34.05,-118.24"], "half a mile, and not the door"
    origin = page.url.split("/meetings/")[0]
    assert all(url.startswith((origin, "data:")) for url, _data in sent), "no map company, no other host"
    assert not any("34.05" in url for url, _data in sent), "no address holds it"
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    sent.clear()
    page.locator("button[name=forget]").click()
    page.wait_for_selector("button[name=forget]", state="detached")
    sent.clear()
    page.locator("[data-finder] button[type=submit]").first.click()
    page.wait_for_load_state()
    assert positions(sent) == [""] and page.locator("input[name=position]").first.input_value() == ""


def test_a_city_that_is_written_takes_the_place_of_where_somebody_is(house, asked):
    page, _sent = asked
    page.goto("/meetings/")
    page.locator("[data-near-me]").click()
    page.wait_for_selector("button[name=forget]")
    page.fill("[name=near]", "90033")
    page.locator("[data-finder] button[type=submit]").first.click()
    page.wait_for_load_state()
    assert page.locator("input[name=position]").first.input_value() == ""
