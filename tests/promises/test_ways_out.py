"""Nothing leaves except through the gate, `rules.disclosure` (C1): who opens a way out without asking it is found.

Twice: by reading the code for whatever makes something leave, and by refusing everything and looking what comes out.
"""

import ast
import importlib
import inspect
import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from types import FunctionType
from zoneinfo import ZoneInfo

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone
from tests.promises import reaching
from tests.promises.every_url import Page, list_pages
from tests.promises.reaching import reached_from
from tests.promises.test_audit_of_reads_and_changes import patch_everywhere
from tests.promises.test_every_url import everybody, no_scope, pages_for, quiet, sign_in, undone  # noqa: F401

from alongside.people import outbox
from alongside.people.step_up import ask_who_it_is
from alongside.privacy.files import FORMATS, can_write_pdf
from alongside.privacy.models import Consent, Disclosure
from alongside.rules import disclosure
from alongside.rules.access import may
from alongside.rules.disclosure import GROUNDS, WAYS

SOURCE = Path(disclosure.__file__).resolve().parents[1]
LEAVING = frozenset({
    "StreamingHttpResponse", "FileResponse", "EmailMessage", "EmailMultiAlternatives", "send_mail", "send_mass_mail",
    "mail_admins", "urlopen", "HTTPConnection", "HTTPSConnection", "create_connection", "SMTP", "JsonResponse",
})  # fmt: skip
"""Names by which something leaves as other than a page for the one who asked."""

HEADERS = frozenset({"Content-Disposition"})
WITH_IT = frozenset({"ACCOMPANY"})
"""The statement of §2.32 goes with what leaves by consent, and with nothing else."""

PAPER = re.compile(r"block header %}<div data-screen-only|privacy/_left\.html")
"""A template that is made to be printed whole leaves its own header out; `_left` is what goes by consent."""

ASKS = frozenset({"pass_out", "disclose", "release_records", "open_link", "ask_again"})
"""Functions that ask the gate; `partners.actions.open_link` does so at each look, with the consent locked."""

SHOWS_WHAT_LEFT: dict[str, str] = {
    "partners.views.outside._shown": "what `open_link` returned, which asked the gate",
    "privacy.files.sheet_of": "what `disclose` returned, which asked the gate",
}
"""`module.function` that holds what leaves and did not ask itself, each with who asked for it."""

NOT_ABOUT_ANYBODY: dict[str, str] = {
    "audit.heads_away._carry": "numbers and keyed digests of the log, to where the operator says",
    "meetings.views.meeting_calendar": "a public meeting, for whoever looks at it",
    "meetings.views.meetings_json": "public meetings, given on as they were given to us",
    "fetching.connect": "asks for a public list; nothing of anybody is in the question",
    "resources.views.lists._as_file": "the directory of places, and rows of a list of places that were refused",
    "legal.views.inspections._show": "what whoever audits us promised, printed without whose records they saw",
}
"""`module.function` of what leaves and is about nobody, each with its reason."""


def list_printed() -> frozenset[str]:
    """Names of templates that are made for paper and for somebody else than who prints them."""
    found = {path.relative_to(path.parents[1]).as_posix() for path in SOURCE.glob("*/templates/*/*.html")
             if PAPER.search(path.read_text())}  # fmt: skip
    return frozenset(found - DRAFTS_ON_PAPER.keys())


DRAFTS_ON_PAPER = {
    "privacy/sharing_one.html": "the text that the person themself signs on paper; what leaves is `sharing_give.html`",
    "partners/signer_links.html": "the same text, for somebody whose signature comes first on paper",
    "people/sheet.html": "codes by which its holder signs in: it names nobody and nothing",
    "people/join_done.html": "the same, for a new account",
}


def names_in(node: ast.AST) -> set[str]:
    """Names that are called or read, and texts, inside a function."""
    found: set[str] = set()
    for one in ast.walk(node):
        if isinstance(one, ast.Name):
            found.add(one.id)
        elif isinstance(one, ast.Attribute):
            found.add(one.attr)
        elif isinstance(one, ast.Constant) and isinstance(one.value, str):
            found.add(one.value)
    return found


def find_ways(text: str, module: str, printed: frozenset[str]) -> dict[str, bool]:
    """`module.function` of each function in which something leaves, and whether it asks the gate."""
    ways = {}
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef):
            names = names_in(node)
            if names & (LEAVING | HEADERS | WITH_IT | printed) or ("OUTBOX_TEXT_BACKEND" in names and "send" in names):
                ways[f"{module}.{node.name}"] = bool(names & ASKS)
    return ways


def all_ways() -> dict[str, bool]:
    """The same of the whole house, commands of the operator among it."""
    printed, found = list_printed(), {}
    for path in sorted(SOURCE.rglob("*.py")):
        if "migrations" not in path.parts:
            module = ".".join(path.relative_to(SOURCE).with_suffix("").parts)
            found |= find_ways(path.read_text(), module, printed)
    return found


def test_whatever_leaves_asks_the_gate():
    ways = all_ways()
    assert {
        "interop.files.send_file",
        "people.outbox.deliver",
        "privacy.views.helping.sharing_give",
        "partners.views.outside.partner_page",
    } <= ways.keys()
    known = NOT_ABOUT_ANYBODY.keys() | SHOWS_WHAT_LEFT.keys()
    assert {way for way, asks in ways.items() if not asks} - known == set()
    assert known <= ways.keys()


def test_one_that_does_not_ask_is_found():
    careless = """
def give(request):
    answer = HttpResponse(read_all())
    answer["Content-Disposition"] = "attachment"
    return answer

def tell(address):
    EmailMessage("Rosa", "is here", to=[address]).send()

def paper(request):
    return render(request, "privacy/sharing_give.html", {})

def beside(request):
    return render(request, "any/page.html", {"statement": texts_1.ACCOMPANY["long"]})

def good(request):
    pass_out("figures", roles=request.actor.roles)
    return FileResponse(figures())
"""
    found = find_ways(careless, "careless", list_printed())
    assert found == {
        "careless.give": False, "careless.tell": False, "careless.paper": False, "careless.beside": False,
        "careless.good": True,
    }  # fmt: skip


@pytest.fixture(autouse=True)
def as_it_is_written():
    """What another test put in the place of the gate is not what the code comes to."""
    reaching._next_to.cache_clear()


def comes_to(view, *things) -> bool:
    """Whether a view can come to one of these functions or classes."""
    wanted = set(map(id, things))
    return any(id(one) in wanted for one in reached_from(view))


PUBLIC: dict[str, str] = {
    "partner_page": "partner_link",
    "partner_answer": "partner_link",
    "partner_later": "partner_link",
    "signer_page": "signer_link",
    "signer_answer": "takes the answer to a page that was opened, and shows nothing of it",
    "text_in": "takes a text message in and answers with nothing; that a consent ended, its audience reads",
}
"""Pages for whoever comes that can come to what somebody signed, each with the way it is or why it lets nothing out."""


def public_pages_about_consents() -> set[str]:
    """Found by reading the code: pages for everybody that come to consents or to what left under them."""
    everybody_may = [page for page in list_pages() if page.act is not None and may(page.act, frozenset())]
    return {page.name for page in everybody_may if comes_to(page.view, Consent, Disclosure)}


def test_a_public_page_that_comes_to_a_consent_is_a_way_out():
    assert public_pages_about_consents() == PUBLIC.keys()
    by_name = {page.name: page for page in list_pages()}
    for name, way in PUBLIC.items():
        if way in WAYS:
            assert comes_to(by_name[name].view, disclosure.decide), name


COMMANDS: dict[str, str] = {
    "add_key": "keys, and nothing that they hide",
    "backup": "the whole database, encrypted, for the operator; who has no key ring reads nothing",
    "check": "whether all is well, in numbers and names of settings; ends of chains are hashes",
    "compare": "how many records were looked at",
    "create_admin": "takes in, and says that it did",
    "create_program": "takes in, and says that it did",
    "demo": "made-up people, on no real data",
    "end_account": "turns an account off, and says that it did",
    "erase_again": "how many were erased again",
    "import_": "shows the operator rows of the file that they hold in their hands",
    "import_resources": "places, about nobody",
    "match": "how many were matched, proposals wait inside; of two files of the operator's, nothing of the database",
    "match_replay": "whether a run comes out the same",
    "migrate": "changes the shape",
    "policy": "policies, which everybody reads",
    "read_meetings": "public meetings",
    "recount": "figures are counted, none is shown",
    "reencrypt": "how many rows were encrypted anew",
    "restore": "takes in",
    "serve": "starts the parts",
    "take_text": "takes in; prints how many",
    "warm": "compiles",
    "work": "the worker: what it sends is found where it is sent",
}
"""Commands of the operator, each with what comes out of it. What reads the disk needs no gate; what prints must not."""

HELPERS = {"__init__", "common", "failure", "match_lists"}


def test_every_command_is_known_and_none_comes_to_a_consent():
    found = {path.stem for path in (SOURCE / "commands").glob("*.py")} - HELPERS
    assert found == COMMANDS.keys()
    for name in sorted(found):
        run = importlib.import_module(f"alongside.commands.{name}").run
        prints = {"gather", "list_sent", "disclose"}  # what reads somebody's record for somebody else
        assert not prints & {getattr(one, "__name__", "") for one in reached_from(run)} or name in READS, name


READS: dict[str, str] = {}
"""Commands that come to functions which read a record for somebody else, and why that is none."""


# --- who lets something out is asked who it is (D5) ------------------------------------------------------------------
UNASKED: dict[str, str] = {
    "emergency_new": "in an emergency nobody is kept waiting; it was told before it is written down",
    "emergency_fda": "the same: it was told before it is written down",
    "emergency_parent": "the same: a life is at risk, and it was told before it is written down",
    "report_new": "it was told by phone before it is written down, and the law sets hours for it",
    "me_owed_sent": "the person's own letter once more, where what they wrote beside it does not fit",
    "owed_new": "the same letter, for the person who sits beside",
    "demand_letter": "fixed words that tell nothing about anybody",
    "impact_csv": "figures in which small cells are hidden",
}
"""Pages by whose POST something leaves and that do not ask who it is, each with its reason."""


def around(view) -> Iterator[FunctionType]:
    """A view with each decorator around it, the outermost first."""
    while view is not None:
        if inspect.isfunction(view):
            yield view
        view = getattr(view, "__wrapped__", None)


def takes_post(page: Page) -> bool:
    """Whether a page takes a POST, by its decorator."""
    for one in around(page.view):
        held = dict(zip(one.__code__.co_freevars, one.__closure__ or (), strict=True))
        if "request_method_list" in held:
            return "POST" in held["request_method_list"].cell_contents
    return True


def asks_who(page: Page) -> bool:
    """Whether it asks who it is: within, keeping what was typed, or before anything by allauth's decorator."""
    return any(
        one is ask_who_it_is or two.__code__.co_qualname.startswith("reauthentication_required")
        for one in reached_from(page.view)
        for two in (around(one) if inspect.isfunction(one) else ())
    )


def pages_that_let_out() -> list[Page]:
    """By whose POST something about a person can leave, by somebody who signed in."""
    found = [page for page in list_pages() if page.act is not None and not may(page.act, frozenset())]
    return [page for page in found if takes_post(page) and comes_to(page.view, disclosure.decide)]


def test_who_lets_something_out_is_asked_who_it_is():
    pages = {page.name: asks_who(page) for page in pages_that_let_out()}
    assert {"sharing_give", "partner_link_new", "referral_tell", "incoming_show"} <= pages.keys()
    assert {name for name, asks in pages.items() if not asks} == UNASKED.keys()


def test_every_way_of_the_table_is_used_and_has_a_ground():
    source = "\n".join(path.read_text() for path in SOURCE.rglob("*.py") if path.name != "disclosure.py")
    assert [way for way in WAYS if f'"{way}"' not in source] == []
    assert {way.ground for way in WAYS.values()} == GROUNDS.keys()


ABOUT_NOBODY = frozenset({"meetings_json", "meeting_calendar", "list_refused", "directory_export"})
"""Pages whose files are public meetings and public places: the gate is about people."""


@pytest.mark.django_db
def test_when_the_gate_refuses_nothing_leaves(everybody, monkeypatch):  # noqa: F811
    """Every page of those who may let something out, and the worker: no file, no calendar, no mail, no paper."""
    refused = []

    def refuse(asked, consents, posture, now, restrictions=()):
        refused.append(asked.way)
        return disclosure.Decision("no_consent")

    patch_everywhere(monkeypatch, disclosure.decide, refuse)
    came_out = []
    for who, method in WHO_AND_HOW:
        cookies = sign_in(everybody, who).cookies
        for page in list_pages() if who == "visitor" else pages_for(everybody, who):
            browser = Client(raise_request_exception=False)  # what is refused midway is an answer without content
            browser.cookies.load({name: cookie.value for name, cookie in cookies.items()})
            with undone(), no_scope():
                by_code = [{"code": everybody.signer_code}] if page.name == "signer_page" else ()
                for values in by_code or forms_of(page):
                    answer = getattr(browser, method)(page.path(everybody), values)
                    if has_left(answer) and page.name not in ABOUT_NOBODY:
                        came_out.append(f"{method} {page.name} as {who}")
    for hour in range(24):  # whatever hour it is: one of them is no quiet hour
        outbox.send_due(now=timezone.now() + timedelta(days=1, hours=hour))
    assert came_out == [] and mail.outbox == []
    never = set() if can_write_pdf() else {"file_pdf"}  # a machine without Pango does not even ask
    assert set(WAYS) - never == set(refused), "every way was tried"


def forms_of(page: Page) -> list[dict]:
    """What is posted to a page: to the one of files, each of its forms."""
    if page.name == "sharing_file":
        return [{"submit_key": "0b0f6f3e-8a36-4b54-9d0b-1f4f6f7b1c11", "action": form} for form in FORMATS]
    if page.name == "sharing_spoken":
        here = timezone.localtime(timezone.now(), ZoneInfo("America/Los_Angeles"))
        return [{"items": ["being_here"], "reached_at": "A name", "on_day": here.date().isoformat(),
                 "at_time": here.strftime("%H:%M")}]  # fmt: skip
    return [FORMS.get(page.name, {})]


WHO_AND_HOW = (
    ("carmen", "get"), ("carmen", "post"), ("dolores", "get"), ("dolores", "post"), ("rosa", "get"), ("visitor", "get"),
)  # fmt: skip
FORMS = {
    "copy_for": {"words": "She sat with me and showed an ID."},
    "sharing_give": {"submit_key": "0b0f6f3e-8a36-4b54-9d0b-1f4f6f7b1c11"},
    "partner_link_new": {"address": "canary.partner@example.org", "days": "7"},
    "emergency_new": {
        "recipient": "A medic", "facility": "River hospital", "on_day": "2020-01-02", "at_time": "10:00",
        "nature": "Did not wake up", "told": "A name", "no_consent": "cannot_answer",
    },
    "emergency_fda": {
        "recipient": "A doctor", "facility": "FDA", "on_day": "2020-01-02", "at_time": "10:00", "product": "A spray",
        "nature": "A wrong label", "told": "A name", "only_to_notify": "yes",
    },
    "emergency_parent": {
        "recipient": "A mother", "acts_as": "parent", "on_day": "2020-01-02", "at_time": "10:00", "nature": "A danger",
        "told": "A name", "no_capacity": "youth", "threat_to": "minor", "asks_for_services": "yes",
        "judged_no_capacity": "yes", "judged_threat": "yes",
    },
    "report_new": {
        "kind": "crime", "told_circumstances": "A window", "told_name": "R.", "agency": "Police",
        "on_day": "2020-01-02", "at_time": "10:00", "told_first": "supervisor", "held_back": "no",
    },
}  # fmt: skip


PAPERS = (b"42 CFR part 2 prohibits", b"Notice (42 CFR part 2, subpart E)", b"42 CFR 2.13(c)(2)")
"""What stands on paper for somebody else, and nowhere else."""


def has_left(answer) -> bool:
    """Whether this is a file, a calendar, or a page that goes to somebody else."""
    if answer.streaming or "Content-Disposition" in answer.headers:
        return True
    kind = answer.headers.get("Content-Type", "text/html")
    return not kind.startswith("text/html") or any(words in answer.content for words in PAPERS)
