"""Every public page is light: what a first visit on an old phone asks for, as our own server sends it, is below 100 kB.

The page is read as a browser does: its HTML, the styles, scripts, fonts and pictures that it and they name. Printing
styles and what only a press loads are not asked for. `REPORT_WEIGHT=1 pytest -s` writes the table.
"""

import gzip
import json
import os
import random
import re
from datetime import timedelta
from functools import cache
from urllib.parse import urljoin
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from tests.occasions.conftest import VALUES
from tests.promises.every_url import list_pages
from tests.resources.lists import as_list, service
from tests.resources.test_pages import WEEK
from tests.rules.sound import files
from tests.stories.conftest import words_of
from tests.story import day_there

from alongside.audit.bulk import insert_rows
from alongside.meetings.actions import add_feed, take_in
from alongside.meetings.models import Meeting
from alongside.occasions.actions import make_occasion
from alongside.occasions.actions import publish as publish_event
from alongside.occasions.models import Occasion
from alongside.occasions.queries import MOST as MOST_EVENTS
from alongside.occasions.views.listing import ON_PAGE as EVENTS_ON_PAGE
from alongside.resources.actions import import_list
from alongside.resources.asking import seal
from alongside.resources.models import Resource
from alongside.rules.access import may
from alongside.rules.site_pages import LONGEST as LONGEST_OF_PAGE
from alongside.rules.stories import COMMENT_LONGEST, LONGEST, PARTS, SPOKEN
from alongside.stories import actions as stories
from alongside.stories.beneath import ON_PAGE
from alongside.web.routing import FOR_EVERYBODY
from alongside.website import actions
from alongside.website.catalog import BUILT_IN

pytestmark = pytest.mark.django_db

MOST = 100_000
"""Bytes of a first visit as they are sent, headers not counted."""

ASKED = re.compile(r'<(?:link|script|img|use|audio|source|image)\b[^>]*?\s(?:href|src)="([^"]+)"[^>]*>')
IMPORT = re.compile(r'^import .*?"(\./[^"]+)"', re.MULTILINE)
URL = re.compile(r'url\(["\']?([^"\')]+)')

TYPES = ["O", "X", "ST", "BE", "D", "S", "SP", "TR", "W"]

OTHERS = {
    "quick_exit": "leads away at once", "set_language": "no page", "demo_door": "in the demo only",
    "choose_program": "leads to the front page", "meetings_json": "a file", "meeting_calendar": "a file",
    "event_time": "a file", "events_calendar": "a file",
    "story_sound": "a recording, asked for by a press",
    "text_in": "for a machine", "calendar_feed": "a file", "account_logout": "leads to the front page",
    "mfa_authenticate": "in the middle of signing in", "mfa_login_webauthn": "for a script",
    "account_reset_password_from_key": "behind a key of one's own", "partner_answer": "a press",
    "signer_answer": "a press",
    "partner_later": "behind a code", "join": "behind an invitation of one's own", "join_done": "behind an invitation",
    "design": "for those who build it",
    "place_report": "a form behind a place, tried with the place", "page_words": "seen with a mistake in its form",
}  # fmt: skip
"""Pages of these acts that are not tried by themselves, each with its reason."""


UNPACKED = ("/account/", "/refer/", "/page/")
"""Not compressed, because their length may tell something: signing in, and pages behind a link of one's own."""


@cache
def asset(path: str) -> tuple[bytes, int]:
    """(content, bytes as sent) of a file of ours."""
    answer = Client().get(path, headers={"accept-encoding": "gzip, br"})
    assert answer.status_code == 200, path
    sent = b"".join(answer)
    return gzip.decompress(sent) if answer.get("Content-Encoding") == "gzip" else sent, len(sent)


def files_of(page: str) -> set[str]:
    """What a browser asks for to show this HTML: files named in it, and fonts named in their styles."""
    found = set()
    for tag in re.finditer(ASKED, page):
        if 'media="print"' not in tag.group() and "/static/" in tag[1]:
            found.add(tag[1].partition("#")[0])
    for sheet in [one for one in found if one.endswith(".css")]:
        found |= {urljoin(sheet, name) for name in URL.findall(asset(sheet)[0].decode()) if "data:" not in name}
    for script in [one for one in found if one.endswith(".js")]:
        found |= {urljoin(script, name) for name in IMPORT.findall(asset(script)[0].decode())}
    return found


def weigh(client: Client, url: str, data: dict | None = None) -> tuple[int, int, int]:
    """(bytes of all as sent, bytes of all unpacked, bytes of the HTML as sent) of a first visit; `data`: of a form."""
    headers = {"accept-encoding": "gzip, deflate, br"}
    answer = client.get(url, headers=headers) if data is None else client.post(url, data, headers=headers)
    assert answer.status_code == 200, url
    is_small = answer.get("Content-Encoding") == "gzip"
    assert is_small or (url.startswith(UNPACKED) and url != reverse("refer")), url
    page = gzip.decompress(answer.content) if is_small else answer.content
    files = [asset(path) for path in files_of(page.decode())]
    sent = len(answer.content) + sum(size for _content, size in files)
    return sent, len(page) + sum(len(content) for content, _size in files), len(answer.content)


@pytest.fixture
def addresses(whole_story) -> dict[str, str]:
    """Name and address of every public page that somebody opens by itself, with real rows of the story behind it."""
    row = actions.add_page(
        program=whole_story.program, by=whole_story.carmen.actor, submit_key=uuid4(),
        texts={one: {"name": "Long", "title": "A long page", "words": "# A part\n\nWords of all kinds. " * 120}
               for one in ("en", "es")},
    )  # fmt: skip
    actions.publish(page=row, edition=row.edition, by=whole_story.carmen.actor)
    actions.set_comments(program=whole_story.program, slug="places", are_open=True, by=whole_story.carmen.actor)
    pages = [page for page in list_pages() if page.act and may(page.act, frozenset()) and page.name not in OTHERS]
    found = {page.name: page.path(whole_story) for page in pages}
    assert {page.name for page in pages if page.act in FOR_EVERYBODY} <= found.keys() and len(found) >= 20
    assert {one.url_name for one in BUILT_IN.values()} <= found.keys(), "all that the navigation can lead to"
    return found | {"long page": reverse("own_page", args=[row.slug])}


@pytest.mark.parametrize("language", ["en", "es"])
def test_a_first_visit_to_any_public_page_is_light(addresses, language):
    rows = {}
    for name, url in sorted(addresses.items()):
        client = Client()
        client.cookies.load({"django_language": language})
        rows[name] = weigh(client, url)
    if os.environ.get("REPORT_WEIGHT"):
        print(f"\n{language}: page, sent, unpacked, of it HTML sent")
        for name, (sent, unpacked, html) in rows.items():
            print(f"  {name:20} {sent:7} {unpacked:7} {html:6}")
    assert {name: row[0] for name, row in rows.items() if row[0] >= MOST} == {}
    assert min(row[0] for row in rows.values()) > 50_000, "fonts and styles were counted"


def prose(rng: random.Random, words: int) -> str:
    """Text that does not pack better than text does: each word is another one."""
    return " ".join("".join(rng.choices("aeiouaeionrstlcdmnrst", k=rng.randint(2, 9))) for _word in range(words))


@pytest.fixture
def full(whole_story):
    """Far more than a page holds: meetings of all kinds, places with hours, events; each with texts of its own."""
    rng, story = random.Random(7), whole_story
    by, program, now = story.carmen.actor, story.program, timezone.now()
    feed = add_feed(
        program=program, way="file", name="Intergroup of the whole valley", site="https://valley.example.org", url="",
        fellowship="aa", time_zone="America/Los_Angeles", every_hours=0, language="es", submit_key=uuid4(), by=by,
    )  # fmt: skip
    rows = [
        {"slug": f"w{n}", "name": prose(rng, 6), "day": list(range(7)), "time": f"{n % 24:02}:15",
         "types": TYPES[: n % 9],
         "location": prose(rng, 4), "group": prose(rng, 3), "notes": prose(rng, 40), "latitude": 34 + n / 1000,
         "longitude": -118.2, "formatted_address": f"{n} {prose(rng, 2)}, Riverbend, CA 90033, USA",
         "conference_url": f"https://zoom.us/j/{rng.randrange(10**10)}", "updated": "2026-01-02 03:04:05"}
        for n in range(60)
    ]  # fmt: skip
    take_in(feed=feed, content=json.dumps(rows).encode(), by=by)
    many = [
        service(n, prose(rng, 5), description=prose(rng, 90), eligibility_description=prose(rng, 30),
                application_process=prose(rng, 30), interpretation_services=prose(rng, 8), schedules=WEEK)
        for n in range(60)
    ]  # fmt: skip
    import_list(program=program, feed_name="2-1-1", content=as_list(*many), file_name="a.json", by=by)
    for n in range(24):
        day = timezone.localdate(now) + timedelta(days=n + 1)
        values = VALUES | {"on_day": day, "until_day": day, "place": prose(rng, 5), "capacity": None}
        values |= {f"{name}_{one}": prose(rng, size) for name, size in (("title", 5), ("words", 60), ("bring", 8))
                   for one in ("en", "es")}  # fmt: skip
        publish_event(occasion=make_occasion(program=program, values=values, submit_key=uuid4(), by=by), by=by)
    return story


@pytest.mark.parametrize("language", ["en", "es"])
def test_full_pages_are_light_too(full, language):
    """Twenty meetings, with and without a map; twenty places; one of each; a month of events."""
    client = Client()
    client.cookies.load({"django_language": language})
    searches = {
        "week": {"when": "week", "near": ""}, "near": {"when": "week", "near": "Riverbend"},
        "kinds": {"when": "week", "near": "90033", "mode": "online", "fellowship": "aa", "types": ["O"]},
    }  # fmt: skip
    rows = {f"finder, {name}": weigh(client, reverse("meetings"), asked) for name, asked in searches.items()}
    assert len(client.post(reverse("meetings"), searches["near"]).context["rows"]) == 20
    found = f"{reverse('places')}?s={seal({'place': 'Moss'})}"
    assert len(client.get(found).context["rows"]) == 20
    rows |= {
        "places found": weigh(client, found),
        "places open": weigh(client, f"{reverse('places')}?s={seal({'is_open': 'on'})}"),
    }
    rows["place"] = weigh(client, reverse("place", args=[Resource.objects.filter(is_shown=True).last().pk]))
    rows["meeting"] = weigh(client, reverse("meeting", args=[Meeting.objects.get(key="w8").pk]))
    rows |= {name: weigh(client, reverse(name)) for name in ("events", "stories", "public_home", "help_now", "refer")}
    if os.environ.get("REPORT_WEIGHT"):
        print(f"\n{language}, full: page, sent, unpacked, of it HTML sent")
        for name, (sent, unpacked, html) in rows.items():
            print(f"  {name:20} {sent:7} {unpacked:7} {html:6}")
    assert {name: row[0] for name, row in rows.items() if row[0] >= MOST} == {}
    full_ones = [row[2] for name, row in rows.items() if name.startswith(("finder", "places found"))]
    assert min(full_ones) > 6_000, "pages with twenty rows on them"


def letters(rng: random.Random, count: int) -> str:
    """Text of so many letters, as many as a box takes."""
    return prose(rng, count // 2)[: count - 1].strip() + "."


@pytest.fixture
def longest(whole_story):
    """Stories and a page with as many letters as their boxes take, and beneath each more words than one page holds."""
    rng, story = random.Random(11), whole_story
    carmen, rosa = story.carmen.actor, story.rosa

    def tell(**values):
        told = words_of(title=letters(rng, LONGEST["title"]), alias=letters(rng, LONGEST["alias"]), **values)
        return stories.begin(person=rosa.person, words=told, submit_key=uuid4(), by=rosa.actor)

    def share(draft):
        sent = stories.send(story=draft, by=rosa.actor)
        return stories.publish(story=sent, edition=sent.edition, by=carmen)

    def say(receive):
        for _number in range(ON_PAGE + 3):
            words = letters(rng, COMMENT_LONGEST)
            said = stories.Said(letters(rng, LONGEST["alias"]), words, 60.0, "", uuid4())
            stories.decide_comment(comment=receive(said), to="shown", by=carmen)

    for _number in range(20):
        share(tell(parts={PARTS[0]: letters(rng, LONGEST["part"])}))
    draft = tell(parts={one: letters(rng, LONGEST["part"]) for one in PARTS})
    stories.put_sound(story=draft, content=files.wav(), by=rosa.actor)
    draft.refresh_from_db()
    draft.parts |= {SPOKEN: letters(rng, LONGEST[SPOKEN])}
    draft.save()
    whole = share(draft)
    say(lambda said: stories.receive_comment(story=whole, **vars(said)))
    texts = {one: {"name": letters(rng, LONGEST_OF_PAGE["name"]), "title": letters(rng, LONGEST_OF_PAGE["title"]),
                   "lead": letters(rng, LONGEST_OF_PAGE["lead"]), "words": letters(rng, LONGEST_OF_PAGE["words"])}
             for one in ("en", "es")}  # fmt: skip
    page = actions.add_page(program=story.program, by=carmen, submit_key=uuid4(), texts=texts)
    actions.publish(page=page, edition=page.edition, by=carmen)
    actions.set_comments(program=story.program, slug=page.slug, are_open=True, by=carmen)
    say(lambda said: actions.receive_words(program=story.program, slug=page.slug, said=said))
    return {
        "longest story": reverse("story", args=[whole.share]), "twenty stories": reverse("stories"),
        "longest page": reverse("own_page", args=[page.slug]), "its words": reverse("page_words", args=[page.slug]),
    }  # fmt: skip


@pytest.mark.parametrize("language", ["en", "es"])
def test_pages_with_as_many_letters_as_fit_are_light(longest, language):
    """The longest story with a recording, the longest page, a full list, each with full words of visitors beneath."""
    client = Client()
    client.cookies.load({"django_language": language})
    rows = {name: weigh(client, url) for name, url in longest.items()}
    rows |= {f"{name}, second": weigh(client, f"{url}?said=2") for name, url in longest.items()}
    if os.environ.get("REPORT_WEIGHT"):
        print(f"\n{language}, longest: page, sent, unpacked, of it HTML sent")
        for name, (sent, unpacked, html) in rows.items():
            print(f"  {name:24} {sent:7} {unpacked:7} {html:6}")
    assert {name: row[0] for name, row in rows.items() if row[0] >= MOST} == {}
    told = {name: client.get(url).content.decode() for name, url in longest.items()}
    assert len(client.get(longest["twenty stories"]).context["rows"]) == 20
    assert {name for name, page in told.items() if page.count('<p class="row-meta">') == ON_PAGE and "said=2#words"
            in page} == longest.keys() - {"twenty stories"}  # fmt: skip
    assert rows["longest story"][1] - rows["longest story, second"][1] > 11_000, "twelve comments fewer"
    assert len(told["longest story"]) > 24_000 + ON_PAGE * COMMENT_LONGEST, "all letters of the story are on it"


@pytest.mark.parametrize("language", ["en", "es"])
def test_a_full_list_of_events_is_light(whole_story, language):
    """As many events as are listed at all, one a day, each with the longest words that its list shows."""
    rng, by, program = random.Random(13), whole_story.carmen.actor, whole_story.program
    day = day_there() + timedelta(days=1)
    first = make_occasion(program=program, values=VALUES | {"on_day": day, "until_day": day}, submit_key=uuid4(), by=by)
    publish_event(occasion=first, by=by)
    rows = []
    for number in range(1, MOST_EVENTS + 1):
        one = Occasion.objects.get(pk=first.pk)
        one.pk, one.submit_key = uuid4(), uuid4()
        one.on_day = one.until_day = day + timedelta(days=number)
        one.title_en, one.title_es, one.place = letters(rng, 80), letters(rng, 80), letters(rng, 160)
        rows.append(one)
    insert_rows(rows)
    client = Client()
    client.cookies.load({"django_language": language})
    url = reverse("events")
    page = client.get(url).context["page"]
    assert (len(page), page.paginator.count) == (EVENTS_ON_PAGE, MOST_EVENTS)
    weights = [weigh(client, one)[0] for one in (url, f"{url}?page={page.paginator.num_pages}")]
    assert max(weights) < MOST


def test_a_browser_that_unpacks_nothing_gets_them_as_they_are(program):
    answer = Client().get("/", headers={"accept-encoding": "identity"})
    assert "Content-Encoding" not in answer and b"<html" in answer.content


def test_for_accounts_pages_are_sent_as_they_were(program, carmen, browser):
    """What is on their pages may be told by its length."""
    answer = browser(carmen).get("/what-peers-do/", headers={"accept-encoding": "gzip"})
    assert "Content-Encoding" not in answer
