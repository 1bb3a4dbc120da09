"""A page for the pocket opens without us: saved on a phone, the server gone and no network, it still says whom to call.

The codes are read from the pixels that the browser draws 240 wide, not from what the file says that it holds.
"""

import re
from types import SimpleNamespace
from uuid import uuid4

import pytest

from alongside.recovery import actions
from tests.browser.house import PHONE, House
from tests.recovery.qr_reader import BORDER, read_modules

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.timeout(300)]
DRAWN = """async (image) => {
  const size = Number(atob(image.src.split(",")[1]).match(/viewBox="0 0 (\\d+) /)[1]);
  const wide = 240, canvas = new OffscreenCanvas(wide, wide), pen = canvas.getContext("2d");
  pen.drawImage(image, 0, 0, wide, wide);
  const found = [];
  for (let row = 0; row < size; row++)
    for (let column = 0; column < size; column++) {
      const [x, y] = [(column + 0.5) * wide / size, (row + 0.5) * wide / size].map(Math.floor);
      const [red, , , alpha] = pen.getImageData(x, y, 1, 1).data;
      if (alpha > 127 && red < 128) found.push([row, column]);
    }
  return [size, found];
}"""


@pytest.fixture
def rosa_wrote(rosa, mentorship, carmen, program):
    """Rosa wrote a hope, a goal and a page for hard days."""
    actions.write_parts(person=rosa.person, kind="plan", wanted={"hope": "Un cuarto con ventana"}, by=rosa.actor)
    actions.write_parts(
        person=rosa.person, kind="safe", wanted={"signs": "No contesto", "ask": "Ana 213-555-0199"}, by=rosa.actor
    )
    goal = actions.add_goal(person=rosa.person, area="home", words="Una casa", submit_key=uuid4(), by=rosa.actor)
    actions.add_step(goal=goal, words="Llamar al condado", owner="person", submit_key=uuid4(), by=rosa.actor)
    return rosa


def test_it_is_saved_and_opens_where_nothing_is_reached(chromium, live_server, rosa_wrote, tmp_path):
    url = live_server.url.replace("127.0.0.1", "localhost")
    house = House(chromium, url, SimpleNamespace(people={"rosa": rosa_wrote}))
    context = house.open("rosa", "es", PHONE)
    page = context.new_page()
    page.goto("/me/plan/pocket/")
    with page.expect_download() as download:
        page.get_by_role("link", name="Guardarla en este aparato").click()
    saved = tmp_path / download.value.suggested_filename
    download.value.save_as(saved)
    context.close()

    alone = chromium.new_context(viewport=PHONE, locale="es-US", offline=True)
    asked = []
    alone.on("request", lambda request: asked.append(request.url))
    page = alone.new_page()
    page.goto(saved.as_uri())
    words = ("988", "911", "No contesto", "Ana 213-555-0199", "Un cuarto con ventana", "Una casa", "Llamar al condado")
    text = page.locator("main").inner_text()
    assert [one for one in words if one not in text] == []
    assert [one for one in asked if not one.startswith(("file:", "data:"))] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]

    held = []
    for image in page.locator("img").all():
        size, dark = image.evaluate(DRAWN)
        held.append(read_modules({(row - BORDER, column - BORDER) for row, column in dark}, size - 2 * BORDER))
    read = " ".join(re.sub(r"^\d+/\d+\n", "", one) for one in held).split()
    assert [one for one in words if one not in " ".join(read)] == [], "the codes as they are drawn hold the same words"

    printed = page.pdf(format="Letter")
    assert len(re.findall(rb"/Type\s*/Page\b", printed)) <= 2, "a sheet of paper, on both sides"
    alone.close()
