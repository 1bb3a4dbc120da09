"""Whatever an address asks for behind its `?` (filter, order, page, search): ids of another program and junk (D2).

Which names a page reads it tells itself: each is visited with a query that listens. An id of another program's row is
answered like an id that never was, word for word; junk breaks nothing; and nothing is written by either.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode
from uuid import UUID, uuid4

import pytest
import time_machine
from django.apps import apps
from django.core.handlers.wsgi import WSGIRequest
from django.http import HttpResponse, QueryDict
from django.test import Client
from django.utils import timezone
from django.utils.functional import cached_property
from django_scopes import scope, scopes_disabled
from tests.promises.every_url import Page, list_pages
from tests.promises.test_every_url import (
    HOUSEKEEPING,
    WHO,
    everybody,
    no_scope,
    pages_for,
    quiet,
    sign_in,
    undone,
    written_tables,
)
from tests.story import make_persona
from tests.web.same_words import words_of

from alongside.mentoring import place_words

__all__ = ["everybody", "quiet"]  # fixtures

pytestmark = [pytest.mark.django_db, pytest.mark.once]

FOREIGN = "ultramarine canary of elsewhere"
JUNK = ("", "'", '"><script>', "-1", "0", "1e9", "9" * 40, "²", "٣", "%", "\x00", "../../etc/passwd", "x" * 3000,
        "2026-02-31", "2026-13", "null", "[]", "a,b", "\ud7ff")  # fmt: skip
READS = re.compile(r"""\bGET(?:\.get|\.getlist)?[(\[]["'](\w+)["']|["'](\w+)["'] in (?:\w+\.)*GET\b""")

NOT_HEARD = {"seen": "only a script that looks for news asks for it: below"}
"""Names that the source reads and no visit does, each with its reason."""


class Heard(QueryDict):
    """A query that notes which names are read of it."""

    read: set[str] = set()

    def __getitem__(self, key):
        self.read.add(key)
        return super().__getitem__(key)

    def getlist(self, key, default=None):
        self.read.add(key)
        return super().getlist(key, default)

    def __contains__(self, key):
        self.read.add(key)
        return super().__contains__(key)


SEALED = re.compile(r"[\w+/=:-]{40,}")
"""What a page seals anew each time; an id is shorter."""


def same_words(response, *hidden: str) -> str:
    """What an answer says, without what it names itself and what was asked for."""
    return SEALED.sub("SEALED", words_of(response, *hidden))


@pytest.fixture(autouse=True)
def one_moment():
    """Pages that say how late it is say the same."""
    with time_machine.travel(timezone.now(), tick=False):
        yield


@pytest.fixture
def names_read(monkeypatch) -> set[str]:
    """The names that were read since it was last emptied."""
    Heard.read = set()
    listening = cached_property(lambda request: Heard(request.META.get("QUERY_STRING", ""), encoding=request.encoding))
    listening.__set_name__(WSGIRequest, "GET")
    monkeypatch.setattr(WSGIRequest, "GET", listening)
    return Heard.read


@pytest.fixture
def elsewhere(marcus) -> dict[str, UUID]:
    """{model: id} of each kind of row of Marcus’s program: people, a mentorship, a place, and what goes with them."""
    from alongside.mentoring.actions import start_mentorship
    from alongside.people.actions import move_episode, open_episode
    from alongside.resources.actions import write_by_hand
    from alongside.resources.forms import ResourceForm
    from alongside.workforce.actions import create_peer

    program, by = marcus.program, marcus.actor
    tess = make_persona(program, "tess", "participant")
    todd = make_persona(program, "todd", "peer")
    with scope(program=program):
        tess.person.goes_by = FOREIGN
        tess.person.save()
        episode = open_episode(person=tess.person, by=by)
        for state in ("intake", "waiting", "offered"):
            episode = move_episode(episode=episode, to=state, by=by)
        start_mentorship(episode=episode, peer=create_peer(person=todd.person, by=by), by=by)
        full = dict.fromkeys((name for name in ResourceForm().fields if name != "submit_key"), "")
        full |= {"name": FOREIGN, "phone": "", "needs": ["housing"], "groups": [], "languages": ["en"]}
        write_by_hand(program=program, values=full, by=by, resource=None, submit_key=uuid4())
    found = {"people.Program": program.pk, "people.User": tess.user.pk}
    with scopes_disabled():
        for model in apps.get_models():
            if any(one.name == "program" and one.is_relation for one in model._meta.concrete_fields):
                own = model._base_manager.filter(program_id=program.pk).values_list("pk", flat=True).first()
                if isinstance(own, UUID):
                    found[model._meta.label] = own
    found["people.Person"] = tess.person.pk
    return found


def names_in_the_source() -> set[str]:
    """Every name that the code reads out of an address."""
    source = Path(__file__).parents[2] / "src" / "alongside"
    return {one or other for path in source.rglob("*.py") for one, other in READS.findall(path.read_text())}


def come(cookies, path: str, **query: str):
    """Get it, as if it had not been: the answer, and which tables were written."""
    client = Client(raise_request_exception=False)
    client.cookies.load({name: cookie.value for name, cookie in cookies.items()})
    with undone(), no_scope(), written_tables() as tables:
        streamed = client.get("?".join(filter(None, (path, urlencode(query, errors="replace")))))
        response = HttpResponse(b"".join(streamed), status=streamed.status_code)
    return response, {one for one in tables if not one.startswith(HOUSEKEEPING)}


def list_reading(story, names_read: set[str]) -> Iterator[tuple[str, Page, str]]:
    """(who, page, name) of each name that a page reads, for whoever is the first to see it."""
    seen: set[str] = set()
    for who in WHO:
        cookies = sign_in(story, who).cookies
        for page in pages_for(story, who):
            names_read.clear()
            if page.name in seen or come(cookies, page.path(story))[0].status_code != 200:
                continue
            come(cookies, page.path(story), with_something="1")  # some look for more when there is anything
            seen.add(page.name)
            yield from ((who, page, name) for name in sorted(names_read - {"with_something"}))


@pytest.mark.timeout(900)  # every page with every name it reads
def test_an_id_of_another_program_is_answered_like_none_and_junk_breaks_nothing(everybody, elsewhere, names_read):
    """All of it in one story, which takes longer to tell than to try."""
    wrong, tried, heard = [], 0, set()
    assert len(elsewhere) > 8, sorted(elsewhere)
    for who, page, name in list(list_reading(everybody, names_read)):
        cookies, path = sign_in(everybody, who).cookies, page.path(everybody)
        heard.add(name)
        invented = str(uuid4())
        nothing, _tables = come(cookies, path, **{name: invented})
        same = same_words(nothing, invented)
        ids = list(map(str, elsewhere.values()))
        for value in [*(ids if name != "page" else ids[:1]), *JUNK]:
            answer, written = come(cookies, path, **{name: value})
            tried += 1
            what = f"{who} {page.name}?{name}={value[:40]}"
            text = answer.content.decode(errors="replace")
            if answer.status_code >= 500 or written:
                wrong.append(f"{what}: {answer.status_code}, {sorted(written)}")
            elif FOREIGN in text.lower():
                wrong.append(f"{what}: shows it")
            elif value in ids and ((answer.status_code, same_words(answer, value)) != (nothing.status_code, same)):
                wrong.append(f"{what}: not like an id that never was")
    assert wrong == [], "\n".join(wrong)
    assert names_in_the_source() - heard == NOT_HEARD.keys()
    assert tried > 1000, "or the look is blind"


def test_news_of_a_thread_are_asked_for_with_any_id(everybody, elsewhere):
    cookies = sign_in(everybody, "rosa").cookies
    (page,) = [page for page in list_pages() if page.name == "me_thread"]
    client = Client()
    client.cookies.load({name: cookie.value for name, cookie in cookies.items()})
    answers = set()
    for value in [str(uuid4()), *map(str, elsewhere.values()), *JUNK]:
        with undone(), no_scope():
            response = client.get(page.path(everybody), {"seen": value}, headers={"HX-Request": "true"})
            answers.add((response.status_code, same_words(response)))
    assert len(answers) == 1 and FOREIGN not in str(answers).lower()


def test_a_page_that_shows_whatever_id_it_is_given_is_found(everybody, elsewhere, monkeypatch):
    """The comparison is not blind: a search that forgets the program is seen."""
    from alongside.resources.models import Resource

    def careless(pk):
        with scopes_disabled():
            return Resource.objects.filter(pk=pk).first()

    cookies = sign_in(everybody, "dante").cookies
    path = next(page for page in list_pages() if page.name == "thread").path(everybody)
    place, invented = str(elsewhere["resources.Resource"]), str(uuid4())
    for shows in (False, True):
        if shows:
            monkeypatch.setattr(place_words, "get_shown", careless)
        own, none = (come(cookies, path, place=one)[0] for one in (place, invented))
        assert (same_words(own, place) != same_words(none, invented)) is shows
        assert (FOREIGN in own.content.decode()) is shows
