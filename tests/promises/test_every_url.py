"""Every URL × every role × GET and POST against the map of rights. A new page is tried by itself (D1, A2, E3).

Nothing here names a page, except to explain: pages are found in the router, ids come from `every_url.registry`, and
what may be seen follows from `rules.access`.
"""

import gzip
import io
import logging
import re
import time
import zipfile
from collections.abc import Iterable
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from html import unescape
from types import SimpleNamespace
from urllib.parse import urlsplit

import pytest
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import Resolver404, get_resolver, resolve, reverse
from django_scopes import state as scopes
from tests.promises.archives import unpacked
from tests.promises.every_url import Page, act_of, list_pages
from tests.promises.logs import TYPED, found_in, written  # noqa: F401
from tests.promises.whole_story import CANARIES
from tests.story import make_persona
from tests.web.page_forms import forms_of

from alongside.audit.models import Entry
from alongside.privacy import refused
from alongside.rules import access
from alongside.rules.neutral import reveals

pytestmark = pytest.mark.once

WHO = ("visitor", "rosa", "sam", "dante", "pat", "lien", "carmen", "dolores", "cleo", "ada", "sol", "marcus")
"""Visitor; two participants, two peers; supervisor, coordinator, director, council, administrator; somebody outside who
helps by a grant that lives; another program."""

STRANGERS = frozenset({"visitor", "sam", "pat", "cleo", "ada", "sol", "marcus"})
"""They have no relation to Rosa, Olu or Nia: no page whatever shows them a canary (D3)."""

NEVER_THEIRS = frozenset({"sam", "pat", "sol", "marcus"})
"""No id in a path of the story is theirs: each answers 404, as an id that never was (A2, D2)."""

FOREIGN = frozenset({"marcus", "naomi"})
"""Of another program: staff, and somebody whom it serves."""

FOR_EVERYBODY = frozenset({
    "place", "place_report", "place_thanks", "meeting", "meeting_calendar", "me_group",
    "me_saved_keep", "event", "event_time", "me_event", "me_event_time", "own_page", "page_words",
})  # fmt: skip
"""What a program shows to all the world, or to all whom it serves, is also for those of it who have no relation to
anybody. Not for another's."""

FOR_ONE_ALONE = {
    "saffron canary of the reflection": ("dante", {"reflections"}),
    "hazel canary of how it felt": ("rosa", {"me_saved_day", "me_copy_file"}),
}
"""A canary to the only one who is shown it, and the only pages on which: its own, and what they take with them (C4)."""

FOR_HER_ALONE = ("cerise canary of the draft", "cerise canary of what she took back", "cerise canary of what stays out")
"""Of Rosa's stories, what nobody but she ever sees: a draft, one that she withdrew, words that shall not be in one."""

UNTOLD = frozenset({404, 405})
"""405 is said before anything is looked up, so it tells nothing about an id."""

HOUSEKEEPING = (
    "audit_", "django_session", "alongside_cache", "people_signin", "people_heldform",
    "impact_counted", "impact_contacttally", "impact_episodetally", "impact_mark", "impact_standing",
    "impact_publicfigures",
)  # fmt: skip
"""What a GET may write: the log, the session and its device, the rate limits; a form held back is given back once.

And sums beside the rows, which whoever reads first counts to the end: they hold nothing that anybody said.
"""

READ = re.compile(r'^\s*UPDATE "\w+" SET "(?:read_at|seen_at)" = [^,]+ WHERE', re.IGNORECASE)
"""Opening some pages is the act of reading, which the other side may know: only this moment is written."""

FORMS = {"set_language": {"language": "es"}, "me_hide": {"kind": "well", "action": "show"},
         "complaint_move": {"action": "give_on"}}  # fmt: skip
"""What is posted where an empty form would be no such page."""

WRITE = re.compile(r'^\s*(?:INSERT(?: OR \w+)? INTO|UPDATE|DELETE FROM|REPLACE INTO)\s+"?(\w+)"?', re.IGNORECASE)
TITLE = re.compile(r"<title>(.*?)</title>", re.DOTALL | re.IGNORECASE)
FILE_NAME = re.compile(r'filename="?([^";]+)')


@dataclass(frozen=True)
class Answer:
    """What somebody got for one page by one method, and which tables were written meanwhile."""

    page: Page
    who: str
    method: str
    path: str
    may: bool
    response: HttpResponse
    tables: frozenset[str]
    error: str = ""
    roles: frozenset[str] = frozenset()
    refusals: tuple = ()
    """What the log says of a try that was refused: actor, page, id, whose record, outcome, fields and words."""

    def __str__(self) -> str:
        return f"{self.method.upper()} {self.page.name or self.page.route} as {self.who}: {self.status}"

    @property
    def status(self) -> int:
        """The status, 500 where the view raised."""
        return self.response.status_code

    @cached_property
    def body(self) -> str:
        """The body as a person reads it, archives unpacked, with its headers: there something may be told, too."""
        content = unpacked(b"".join(self.response)).decode(errors="replace")
        return unescape(content) + "".join(f"\n{name}: {value}" for name, value in self.response.items())

    @property
    def is_page(self) -> bool:
        """Whether this is a whole page of HTML, as opened in a browser; a file to save is none."""
        is_file = self.response.get("Content-Disposition", "").startswith("attachment")
        return self.status == 200 and "<html" in self.body and not is_file

    def canaries(self) -> list[str]:
        """Secrets of the story that stand in the answer."""
        body = self.body.lower()
        return [canary for canary in CANARIES if canary.lower() in body]


# --- somebody visits every page -----------------------------------------------------------------------------------
@pytest.fixture
def everybody(whole_story, marcus):
    """The story with Marcus, who holds every role of staff in another program."""
    from alongside.people.models import Membership

    for role in sorted(access.STAFF | {"council"}):
        Membership.objects.get_or_create(user=marcus.user, program=marcus.program, role=role)
    whole_story.people["marcus"] = marcus
    return whole_story


@pytest.fixture(autouse=True)
def quiet(caplog):
    """Hundreds of rightly refused requests need no line each."""
    caplog.set_level(logging.ERROR, "django.request")


@contextmanager
def undone():
    """Whatever happens inside is as if it had not been."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@contextmanager
def no_scope():
    """The test runs inside Riverbend's scope; a request must not live on that, so it is closed meanwhile."""
    before = scopes.state.set(None)
    try:
        yield
    finally:
        scopes.state.reset(before)


@contextmanager
def written_tables():
    """The set of tables that are written inside."""
    tables: set[str] = set()

    def look(execute, sql, params, many, context):
        if (found := WRITE.match(sql)) and not READ.match(sql):
            tables.add(found[1].lower())
        return execute(sql, params, many, context)

    with connection.execute_wrapper(look):
        yield tables


def sign_in(story, who: str) -> Client:
    """A browser signed in as somebody, past the second factor; for a visitor, one that is not."""
    from allauth.account.internal.flows.login import record_authentication

    from alongside.people import second_factor, sessions

    client = Client()
    if who != "visitor":
        client.force_login(story.people[who].user)
        session = client.session
        second_factor.mark_passed(session)
        # Just signed in: nothing hides behind the page that asks for the password again (D5).
        record_authentication(SimpleNamespace(session=session), story.people[who].user, "password")
        # What each of hundreds of requests would write again, for each is undone: somebody is there.
        session.update({sessions.BEGAN: time.time(), sessions.SEEN: time.time() + 600})
        session.save()
    return client


def roles_of(story, who: str) -> frozenset[str]:
    """The roles somebody holds, or helps as, and that they have an account; a visitor has none."""
    from alongside.people.actor import roles_anywhere

    return frozenset() if who == "visitor" else roles_anywhere(story.people[who].user) | {access.ACCOUNT}


def visit(
    story, who: str, method: str, pages: Iterable[Page] | None = None, *, language: str = "en",
    typed: dict[str, str] | None = None,
) -> list[Answer]:  # fmt: skip
    """Every page (or these) as this person by this method, each undone afterwards. `typed` is in each form posted."""
    cookies, roles, answers = sign_in(story, who).cookies, roles_of(story, who), []
    for page in list_pages() if pages is None else pages:
        client, error = Client(headers={"accept-language": language}), ""
        client.cookies.load({name: cookie.value for name, cookie in cookies.items()})
        path, refusals = page.path(story), ()
        refused.tries.forget()
        with undone(), no_scope(), written_tables() as tables:
            try:
                form = (typed or {}) | FORMS.get(page.name, {})
                response = client.post(path, form) if method == "post" else getattr(client, method)(path)
            except Exception as raised:  # what a visitor would see as 500
                response, error = HttpResponse(status=500), f"{type(raised).__name__}: {raised}"
            if who in NEVER_THEIRS and page.ids(story):
                refusals = tuple(Entry.objects.filter(act="access.refused").values_list(*OF_A_REFUSAL))
        may = page.act is not None and access.may(page.act, roles)
        answers.append(Answer(page, who, method, path, may, response, frozenset(tables), error, roles, refusals))
    return answers


OF_A_REFUSAL = ("actor_id", "object_kind", "object_id", "subject_id", "outcome", "fields", "reason_words")


def wrong_refusals(story, answer: Answer):
    """Each try at an id that is not theirs is written down, once, with the page, the id and whose it is (G1)."""
    ids = answer.page.ids(story)
    whose = ids.get("person_id", ids.get("participant_id"))
    user = story.people[answer.who].user.pk
    wanted = ((user, answer.page.name, [*ids.values()][-1], whose, Entry.REFUSED, [], ""),)
    if answer.status != 404 and answer.refusals:
        yield f"{answer} and wrote a refusal"
    if answer.status == 404 and answer.refusals != wanted:
        yield f"{answer}: the log has {answer.refusals}, not {wanted}"


def pages_for(story, who: str) -> list[Page]:
    """The pages whose act somebody may do."""
    roles = roles_of(story, who)
    return [page for page in list_pages() if page.act and access.may(page.act, roles)]


@pytest.fixture(params=WHO)
def who(request) -> str:
    """Everybody in turn."""
    return request.param


# --- promises about the list of pages -----------------------------------------------------------------------------
def test_pages_of_every_package_are_found():
    names = {page.name for page in list_pages()}
    assert {"home", "record", "board", "impact", "account_login", "quick_exit"} <= names


def test_every_page_has_an_act():
    assert [page.route for page in list_pages() if page.act not in access.ACTS] == []


def test_the_walk_forgets_no_name():
    names = {key for key in get_resolver().reverse_dict if isinstance(key, str)}
    assert names - {page.name for page in list_pages()} == {"mfa_index"}  # allauth's name for our account page


def test_every_page_has_a_name_of_its_own():
    names = [page.name for page in list_pages()]
    assert [page.route for page in list_pages() if not page.name or names.count(page.name) > 1] == []


def test_ids_in_paths_cannot_be_counted_up():
    assert [page.route for page in list_pages() if not page.has_random_ids()] == []


def test_an_unknown_kwarg_is_named(everybody):
    from tests.promises.every_url import UnknownKwarg, find_object

    with pytest.raises(UnknownKwarg, match="'somepage' has a kwarg 'walrus_id'"):
        find_object(everybody, "somepage", "walrus_id")


# --- promises about what they answer ------------------------------------------------------------------------------
def test_every_page_answers_everybody_as_the_map_says(everybody, who, written):  # noqa: F811
    """Nor is anything of the story, or of what was typed, written to a log meanwhile (G4); each refusal is (G1)."""
    wrong, alone, refused_at = [], set(), set()
    for method in ("get", "post"):
        for answer in visit(everybody, who, method, typed=TYPED):
            wrong += [f"{answer}: {problem}" for problem in find_problems(answer)]
            if who in NEVER_THEIRS and answer.page.ids(everybody):
                wrong += list(wrong_refusals(everybody, answer))
                refused_at |= {(method, answer.page.name)} if answer.refusals else set()
            alone |= {(canary, answer.page.name) for canary in FOR_ONE_ALONE if canary in answer.body}
            if who != "rosa" and any(canary in answer.body for canary in FOR_HER_ALONE):
                wrong.append(f"{answer}: shows what is hers alone")
    assert not wrong, "\n".join(wrong)
    theirs = [(canary, pages) for canary, (one, pages) in FOR_ONE_ALONE.items() if one == who]
    assert alone == {(canary, page) for canary, pages in theirs for page in pages}
    assert "Not Found" in written.getvalue(), "something was written, or the test is blind"
    assert found_in(written.getvalue()) == []
    assert len(refused_at) > 60 or who not in NEVER_THEIRS, "most pages refused, or the look at the log is blind"


def test_head_is_taken_wherever_get_is():
    assert [page.name for page in list_pages() if page.takes("GET") and not page.takes("HEAD")] == []


def test_head_is_answered_as_get_and_without_a_body(everybody):
    """Whoever only asks whether a page is there gets its status and headers; nothing is done or written by that."""
    pages = [page for page in pages_for(everybody, "rosa") if page.takes("GET")]
    answers = visit(everybody, "rosa", "head", pages)
    assert [f"{one}: {problem}" for one in answers for problem in find_problems(one)] == []
    assert [str(one) for one in answers if one.status == 405 or b"".join(one.response)] == []
    assert sum(one.status == 200 for one in answers) > 30


def test_somebody_of_another_program_gets_nothing_of_this_one(everybody, marcus):
    """Naomi may see her own pages; with the ids of Riverbend they are not there, and none has a word of it (D2)."""
    everybody.people["naomi"] = make_persona(marcus.program, "naomi", "participant")
    hers = [page for page in pages_for(everybody, "naomi") if not access.may(page.act, frozenset())]
    answers = [answer for method in ("get", "post") for answer in visit(everybody, "naomi", method, hers)]
    assert [f"{answer}: {problem}" for answer in answers for problem in find_problems(answer)] == []
    assert sum(answer.page.names_an_object for answer in answers) > 50 and any(
        answer.status == 200 for answer in answers
    )


def test_a_word_in_an_archive_is_seen():
    canary, inside, outside, packed = CANARIES[7].encode(), io.BytesIO(), io.BytesIO(), zipfile.ZIP_DEFLATED
    with zipfile.ZipFile(inside, "w", packed) as book:
        book.writestr("xl/sharedStrings.xml", b"<t>" + canary + b"</t>")
    with zipfile.ZipFile(outside, "w", packed) as archive:
        archive.writestr("all.xlsx", inside.getvalue())
    page = list_pages()[0]
    for content in (outside.getvalue(), inside.getvalue(), gzip.compress(canary)):
        assert canary not in content, "or there is nothing to look into"
        answer = Answer(page, "sam", "get", "/", True, HttpResponse(content), frozenset())
        assert list(tells(answer)) == [f"shows {[CANARIES[7]]}"]


def find_problems(answer: Answer) -> list[str]:
    """What is wrong with one answer, in words."""
    checks = (breaks, wrong_rights, tells, writes_on_get, bare_headers, telling_names, no_way_out, forms_not_theirs)
    return [problem for check in checks for problem in check(answer)]


def breaks(answer: Answer):
    """No page breaks, whoever comes with whatever method and an empty form."""
    if answer.status >= 500:
        yield f"broke with {answer.error}"


def wrong_rights(answer: Answer):
    """Denied: a visitor is led to the sign-in page, an account gets 404. Allowed: not that, unless it is not theirs."""
    sign_in_page = reverse("account_login")
    if not answer.may:
        if answer.who == "visitor":
            if answer.status != 302 or not answer.response["Location"].startswith(sign_in_page):
                yield "a visitor is not led to the sign-in page"
            elif answer.response["Location"].replace("%3F", "?") != f"{sign_in_page}?next={answer.path}":
                yield f"the way to the sign-in page tells more than the path: {answer.response['Location']}"
            if answer.response.content:
                yield "the answer to a visitor has a body"
        elif answer.status != 404:
            yield "denied, but not 404"
    elif answer.status in (401, 403):
        yield "403 tells that there is something"
    elif answer.who in NEVER_THEIRS | FOREIGN and answer.page.names_an_object and answer.status not in UNTOLD:
        if answer.page.name in FOR_EVERYBODY and answer.who not in FOREIGN:
            return
        yield "the id is not theirs, but not 404"


def tells(answer: Answer):
    """Nobody without a relation sees a word of Rosa's, Olu's or Nia's, and no refusal holds any."""
    if (answer.who in STRANGERS | FOREIGN or answer.status >= 400) and answer.canaries():
        yield f"shows {answer.canaries()}"


def writes_on_get(answer: Answer):
    """A GET changes nothing: links that arrive by message, previews and prefetches do no harm (E5)."""
    if answer.method != "post":
        written = {table for table in answer.tables if not table.startswith(HOUSEKEEPING)}
        if written:
            yield f"GET writes {sorted(written)}"


def bare_headers(answer: Answer):
    """Every answer is kept nowhere, indexed nowhere, framed nowhere, and sends no referrer (E3, E7)."""
    wanted = {
        "Content-Security-Policy": "default-src 'none'",
        "Cache-Control": "no-store",
        "Referrer-Policy": "no-referrer",
        "X-Robots-Tag": "noindex",
        "X-Content-Type-Options": "nosniff",
        "Cross-Origin-Opener-Policy": "same-origin",
    }
    if answer.status < 500:
        for name, value in wanted.items():
            if value not in answer.response.get(name, ""):
                yield f"{name} is {answer.response.get(name)!r}"
        if "unsafe" in answer.response.get("Content-Security-Policy", ""):
            yield "the content security policy has a hole"


def telling_names(answer: Answer):
    """What stands in a browser's history, tab or download list tells nothing (E3)."""
    file = FILE_NAME.search(answer.response.get("Content-Disposition", ""))
    if file and reveals(file[1]):
        yield f"the file name tells {reveals(file[1])}"
    if answer.who in ("visitor", "rosa", "sam") and answer.may:
        if reveals(answer.page.words):
            yield f"the path tells {reveals(answer.page.words)}"
        title = TITLE.search(answer.body)
        if title and reveals(title[1]):
            yield f"the title tells {reveals(title[1])}: {title[1].strip()!r}"
        if answer.is_page and not title:
            yield "the page has no title"


def no_way_out(answer: Answer):
    """Every page of a participant, and every public one, has the way out (E4)."""
    way_out = f'action="{reverse("quick_exit")}"'
    if answer.who in ("visitor", "rosa", "sam") and answer.is_page and way_out not in answer.body:
        yield "no quick exit"


def forms_not_theirs(answer: Answer):
    """A form is shown only to whoever may send it: else what they fill in is answered with "not found"."""
    if answer.method != "post" and answer.is_page and answer.who != "visitor":
        for form in forms_of(answer.body):
            path = urlsplit(form.action or answer.path).path
            if form.method != "post" or not path.startswith("/"):
                continue
            try:
                found = resolve(path)
            except Resolver404:
                yield f"a form leads nowhere: {path}"
                continue
            act = act_of(found.func, found.url_name)
            if act is not None and not access.may(act, answer.roles):
                yield f"shows a form that is not theirs to send: {found.url_name}"


def test_a_form_that_is_not_theirs_is_seen():
    form = (
        b'<html><form method="post" action="/board/run/"></form><form method="post" action="/nowhere/"></form></html>'
    )
    page = list_pages()[0]
    for roles, many in ((frozenset({"supervisor"}), 2), (frozenset({"coordinator"}), 1)):
        answer = Answer(page, "lien", "get", "/", True, HttpResponse(form), frozenset(), "", roles)
        assert len(list(forms_not_theirs(answer))) == many


def test_every_page_is_reached_by_somebody(everybody):
    """Else the ids of the registry are wrong, and a 404 above proved nothing."""
    left = [page for page in list_pages() if page.name not in ONLY_BY_OTHERS]
    for person in WHO:
        for method in ("get", "post"):
            left = [answer.page for answer in visit(everybody, person, method, left) if answer.status in UNTOLD]
    assert [page.name for page in left] == []


ONLY_BY_OTHERS = {
    "mfa_edit_webauthn": "nobody in the story has a passkey",
    "mfa_remove_webauthn": "nobody in the story has a passkey",
    "demo_door": "the door is open in the demo only",
    "text_in": "only a signed message of a gateway that the operator named is let in",
}
"""Pages that nobody of the story reaches, each with its reason."""
