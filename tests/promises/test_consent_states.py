"""Every URL that a permission can change × who comes × each of its states, kinds and signers: what leaves is covered.

Which pages those are is found by reading the code: whatever comes to a permission, or to what hangs on one.
Which ways out there are says `rules.disclosure.WAYS`. To strangers every state is the same state, byte for byte:
"no consent" and "no such person" answer alike (A1, C1, C2). Usually each page is tried by whoever is nearest to Rosa
and by strangers who may come there; with `TEST_EVERY_KIND=1` by everybody, also by Naomi, whom another program serves.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from io import BytesIO
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core import mail, signing
from django.core.cache import cache
from django.db.models import Model
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from tests.promises import consent_states as states
from tests.promises.consent_kinds import EVERY, LEAVES_BY, STATES_OF_KINDS
from tests.promises.consent_signers import BY_OTHERS, STATES_OF_SIGNERS
from tests.promises.consent_states import STATES, Standing, canaries_of_items
from tests.promises.every_url import Page, list_pages, registry
from tests.promises.reaching import reached_from
from tests.promises.test_audit_of_reads_and_changes import patch_everywhere
from tests.promises.test_every_url import (  # noqa: F401
    STRANGERS,
    WHO,
    Answer,
    everybody,
    find_problems,
    no_scope,
    quiet,
    sign_in,
    undone,
    written_tables,
)
from tests.promises.whole_story import CANARIES
from tests.story import make_persona
from tests.web.same_words import OF_THIS_REQUEST

from alongside.partners.actions import send_due
from alongside.partners.views.outside import SALT
from alongside.privacy.files import FORMATS, can_write_pdf
from alongside.privacy.items import gather
from alongside.privacy.models import Consent
from alongside.rules import access, disclosure
from alongside.rules.consent import ITEMS, KINDS
from alongside.rules.consent.signing import SELF, SIGNERS

pytestmark = [pytest.mark.django_db, pytest.mark.once]

BY_CONSENT = frozenset(name for name, way in disclosure.WAYS.items() if way.ground == "consent")
OPEN_HERE = BY_CONSENT if can_write_pdf() else BY_CONSENT - {"file_pdf"}
"""A machine without Pango makes no PDF."""

FOUND = frozenset({
    "partner_page", "partner_answer", "partner_links", "partner_link_new", "sharing_give", "sharing_one",
    "sharing_paper", "sharing_sent", "sharing_file", "sharing_spoken", "me_share", "me_privacy", "me_sent", "me_pages",
    "me_copy_file", "jobs",
})  # fmt: skip
"""Some of the pages that have to be found by themselves, or the look is blind."""

PUBLIC_IN_IT = frozenset({"Rosalinda Cenzontle", "crimson canary of the recipient", states.SIGNED_BY})
"""Whose permission it is, for whom, and who signed: they stand on what leaves under it (§2.31)."""

FEWER, FEWEST = ("none", "active", "revoked"), ("none", "active")
"""States in which also those pages are tried whose path names neither the permission nor a page for a partner: by
whoever is near to Rosa, and by strangers."""

ALL_STATES = STATES | STATES_OF_KINDS | STATES_OF_SIGNERS
EVERYBODY = (*WHO, "naomi") if EVERY else WHO
OUTSIDE = STRANGERS | {"naomi"}
BY_NEARNESS = ("carmen", "rosa", "dante", "lien", "dolores", *sorted(STRANGERS))
"""Those first who may see the most of Rosa's."""

WAITING = re.compile(r"\d+ waits? now")
"""How many of a job's things wait in the whole program stands on the page of jobs: a number of nobody in particular."""

KEY = "0b0f6f3e-8a36-4b54-9d0b-1f4f6f7b1c11"


def models_of_consent() -> frozenset[type[Model]]:
    """Permissions, and each model that points at them, or at one that does."""
    found, new = set(), {Consent}
    while new:
        found |= new
        new = {one.related_model for model in new for one in model._meta.related_objects} - found
    return frozenset(found)


def find_pages() -> list[Page]:
    """Every page whose view can come to one of these models."""
    models = models_of_consent()
    return [page for page in list_pages() if any(one in models for one in reached_from(page.view))]


# --- somebody comes to one page ---------------------------------------------------------------------------------------
@dataclass(frozen=True, eq=False)
class Visit:
    """An answer, and what the gate was asked by ways that need consent: [(way, whether it may leave)]."""

    answer: Answer
    asked: tuple[tuple[str, bool], ...]

    @property
    def is_outside(self) -> bool:
        """Whether somebody outside reads this: they came themself, or it goes to them by consent."""
        return self.answer.who in OUTSIDE or bool(self.asked)

    @cached_property
    def text(self) -> str:
        """The body as somebody reads it who opens it: a PDF holds its words packed."""
        if self.answer.response.headers.get("Content-Type") != "application/pdf":
            return self.answer.body
        from pypdf import PdfReader

        pages = PdfReader(BytesIO(b"".join(self.answer.response))).pages
        return self.answer.body + " ".join(" ".join(page.extract_text().split()) for page in pages)

    @cached_property
    def items(self) -> frozenset[str]:
        """Items of which anything stands in it."""
        body = self.text
        return frozenset(item for item, words in states.words_of_items().items() if any(one in body for one in words))

    def bare(self, hidden: tuple[str, ...]) -> tuple[int, str]:
        """Status and body, byte by byte, but for what is this very request's and what it named itself."""
        text = OF_THIS_REQUEST.sub("", b"".join(self.answer.response).decode(errors="replace"))
        text = WAITING.sub("some wait now", text)
        for one in hidden:
            text = text.replace(one, "ID")
        return self.answer.status, text


@pytest.fixture
def gate(monkeypatch) -> list[tuple[str, bool]]:
    """What the gate was asked, and said: it decides as ever."""
    said: list[tuple[str, bool]] = []
    real = disclosure.decide

    def listen(asked, *rest, **more):
        decision = real(asked, *rest, **more)
        if asked.way in BY_CONSENT:
            said.append((asked.way, decision.may_leave))
        return decision

    patch_everywhere(monkeypatch, real, listen)
    return said


class Walk:
    """Somebody who goes through pages, each visit undone."""

    def __init__(self, story, gate):
        self.story, self.gate, self.known = story, gate, registry(story)
        self.cookies: dict = {}
        self.roles = {who: frozenset() if who == "visitor" else frozenset(
            story.people[who].user.memberships.values_list("role", flat=True)) for who in EVERYBODY}  # fmt: skip
        self.requests = 0

    def begin(self, state: str) -> Standing:
        """Bring about a state; whoever comes has just signed in."""
        cache.clear()  # limits count from here
        stands = ALL_STATES[state](self.story)
        self.cookies = {who: sign_in(self.story, who).cookies for who in EVERYBODY}
        return stands

    def path(self, page: Page, stands: Standing) -> str:
        """The path of this page for the permission as it stands; other ids are those of the story."""
        named = {}
        for kwarg, _converter in page.converters:
            known = self.known.get((page.name, kwarg), self.known.get(kwarg))
            is_ours = kwarg in stands.ids and (kwarg != "token" or known == self.story.page_token)
            named[kwarg] = stands.ids[kwarg] if is_ours else known
        return reverse(page.name, kwargs=named)

    def forms(self, page: Page, stands: Standing) -> list[dict]:
        """What makes something leave where it may: each way once."""
        if page.name == "sharing_file":
            return [{"submit_key": KEY, "action": form} for form in FORMATS if f"file_{form}" in OPEN_HERE]
        here = timezone.localtime(timezone.now(), ZoneInfo(self.story.program.time_zone))
        return [{
            "sharing_give": {"submit_key": KEY},
            "sharing_spoken": {
                "submit_key": KEY, "reached_at": "x", "on_day": here.date().isoformat(),
                "at_time": here.strftime("%H:%M"), "items": list(stands.lets_out.get("spoken") or states.SOME),
            },
            "partner_link_new": {"address": states.ADDRESS, "days": "7"},
            "partner_page": {"code": stands.code},
            "partner_answer": {"answer": "yes", "proof": signing.dumps(str(stands.ids["link_id"]), salt=SALT)},
        }.get(page.name, {})]  # fmt: skip

    def come(self, who: str, method: str, page: Page, stands: Standing, values: dict | None = None) -> Visit:
        """One request, as if it had not been."""
        browser, error = Client(), ""
        browser.cookies.load({name: cookie.value for name, cookie in self.cookies[who].items()})
        path = self.path(page, stands)
        if values is None:
            values = self.forms(page, stands)[0] if method == "post" else {}
        self.gate.clear()
        self.requests += 1
        with undone(), no_scope(), written_tables() as written:
            try:
                response = getattr(browser, method)(path, values)
            except Exception as raised:
                response, error = HttpResponse(status=500), f"{type(raised).__name__}: {raised}"
        may = page.act is not None and access.may(page.act, self.roles[who])
        answer = Answer(page, who, method, path, may, response, frozenset(written), error, self.roles[who])
        return Visit(answer, tuple(self.gate))

    def comes(self) -> list[tuple[str, Page]]:
        """(who, page): to each page whoever is nearest to Rosa among those who may, and the strangers who may."""
        if EVERY:
            return [(who, page) for page in find_pages() for who in EVERYBODY]
        found = []
        for page in find_pages():
            may = [who for who in BY_NEARNESS if page.act is not None and access.may(page.act, self.roles[who])]
            strangers = [who for who in may if who in STRANGERS]
            if "visitor" in may:  # a page for everybody, which knows nobody
                strangers = ["visitor", "marcus"]
            found += [(who, page) for who in dict.fromkeys([*may[:1], *strangers])]
        return found

    def is_tried(self, who: str, page: Page, state: str, stands: Standing) -> bool:
        """Whether the path names the permission or a page for a partner; else it is tried in fewer states."""
        if state in STATES_OF_SIGNERS and who in STRANGERS - {"visitor", "marcus"} and not EVERY:
            return False
        if any(str(one) in self.path(page, stands) for one in stands.ids.values()):
            return EVERY or state in STATES or page.name in LEAVES_BY
        return state in (FEWEST if who in OUTSIDE else FEWER)


# --- what must hold ---------------------------------------------------------------------------------------------------
def wrong_in(visit: Visit, stands: Standing) -> Iterator[str]:
    """What is wrong with one answer in this state."""
    answer, yes = visit.answer, {way for way, may in visit.asked if may}
    for problem in find_problems(answer):
        if not (yes and problem.startswith("shows")):  # what is covered is judged below
            yield problem
    if not yes <= stands.lets_out.keys():
        yield f"the gate said yes to {sorted(yes - stands.lets_out.keys())}"
    if visit.is_outside:
        covered = frozenset(item for way in yes for item in stands.lets_out.get(way, ()))
        if more := (visit.items if yes or answer.who == "visitor" else frozenset()) - covered:
            yield f"shows {sorted(more)}"
        of_items = {one for words in states.words_of_items().values() for one in words} | {"5550142"}
        text = visit.text.lower()
        told = {canary for canary in (*CANARIES, states.SIGNED_BY) if canary.lower() in text}
        if never := told - of_items - (PUBLIC_IN_IT if yes else set()):
            yield f"shows {sorted(never)}"


def shown_in(visit: Visit) -> dict[str, frozenset[str]]:
    """{way: items} of what one answer let out."""
    return {way: visit.items for way, may in visit.asked if may and visit.items}


@pytest.fixture
def walk(everybody, gate):  # noqa: F811
    """Time stands still from here: pages that say how long ago something was say the same in every state."""
    states.talk_on_a_quiet_day(everybody)
    if EVERY:
        program = everybody.people["marcus"].program
        everybody.people["naomi"] = make_persona(program, "naomi", "participant")
    with time_machine.travel(timezone.now(), tick=False):
        yield Walk(everybody, gate)


@pytest.mark.timeout(36000 if EVERY else 900)
def test_in_no_state_more_leaves_than_is_covered(walk, record_property):
    """All of it at once: the story is told once, and each state is undone before the next."""
    comes = walk.comes()
    assert {page.name for _who, page in comes} >= FOUND
    wrong, nothing, out = [], {}, {}
    for state in ALL_STATES:
        with undone():
            stands, out[state] = walk.begin(state), {}
            hidden = tuple(map(str, stands.ids.values()))
            for who, page in comes:
                tried = [("post", values) for values in walk.forms(page, stands)]
                if EVERY or state in STATES:
                    tried.insert(0, ("get", {}))
                for method, values in tried if walk.is_tried(who, page, state, stands) else ():
                    visit = walk.come(who, method, page, stands, values)
                    wrong += [f"{state}: {visit.answer}: {one}" for one in wrong_in(visit, stands)]
                    out[state] |= shown_in(visit)
                    if who in OUTSIDE and not any(stands.lets_out.get(way) for way, yes in visit.asked if yes):
                        same = nothing.setdefault((who, page.name, method, values.get("action")), visit.bare(hidden))
                        if (now := visit.bare(hidden)) != same:
                            wrong.append(f"{state}: {visit.answer}: not as for nobody: {differ(same, now)}")
            wrong += [f"{state}: {one}" for one in wrong_mails(stands)]
            expected = {way: frozenset(items) for way, items in stands.lets_out.items() if items and way in OPEN_HERE}
            if out[state] != expected:
                wrong.append(f"{state}: let out {out[state]} instead of {expected}")
    record_property("requests", walk.requests)
    record_property("leaks", len(wrong))
    print(f"{walk.requests} requests, {len(wrong)} leaks")
    assert not wrong, "\n".join(wrong)
    assert {way for ways in out.values() for way in ways} == OPEN_HERE, "every way by consent was open once"
    assert {item for ways in out.values() for items in ways.values() for item in items} == set(ITEMS)
    assert len(nothing) > 50, "or the strangers went nowhere"


def differ(one: tuple[int, str], other: tuple[int, str]) -> str:
    """Where two answers part."""
    if one[0] != other[0]:
        return f"{one[0]}, {other[0]}"
    at = next((at for at, (a, b) in enumerate(zip(one[1], other[1], strict=False)) if a != b), 0)
    return f"{one[1][max(at - 60, 0) : at + 40]!r}, {other[1][max(at - 60, 0) : at + 40]!r}"


def wrong_mails(stands: Standing) -> Iterator[str]:
    """The worker sends what waits: a link in a neutral mail where the permission still lets it out, else nothing."""
    mail.outbox.clear()
    sent = send_due()["sent"]
    if bool(sent) != bool(stands.lets_out.get("partner_link")):
        yield f"{sent} mails with a link were sent"
    for one in mail.outbox:
        if told := [canary for canary in CANARIES if canary in f"{one.subject}\n{one.body}\n{one.from_email}"]:
            yield f"a mail tells {told}"


def test_each_item_has_canaries_that_stand_in_it_and_in_no_other(walk):
    words = canaries_of_items()
    assert tuple(words) == ITEMS and set(states.SOME) | set(states.OTHERS) == set(ITEMS)
    for item in ITEMS:
        text = str(gather(walk.story.rosa.person, [item], "en"))
        assert [other for other in ITEMS if any(one in text for one in words[other])] == [item]
        assert all(one in text for one in words[item])


def test_each_kind_is_tried_and_each_who_may_sign():
    """In force and stopped; with `TEST_EVERY_KIND=1` each kind with each signer."""
    others = set(SIGNERS) - {SELF}
    for state in (False, True):
        tried = {(signer, kind) for signer, kind, stopped in BY_OTHERS if stopped == state}
        assert {signer for signer, _kind in tried} == others and {kind for _signer, kind in tried} == set(KINDS)
        assert not EVERY or len(tried) == (len(others) - 1) * len(KINDS) + 1, "a director signs one kind"


def test_the_walk_is_not_blind(walk, monkeypatch):
    """A gate that overlooks that something ended is found, and so is an answer that tells."""
    page = {page.name: page for page in list_pages()}
    stands = walk.begin("revoked")
    hidden = tuple(map(str, stands.ids.values()))
    there, nobody = (walk.come(who, "get", page["sharing_one"], stands) for who in ("carmen", "marcus"))
    assert there.bare(hidden) != nobody.bare(hidden)
    assert list(wrong_in(walk.come("carmen", "post", page["sharing_give"], stands), stands)) == []

    patch_everywhere(monkeypatch, disclosure.state_at, lambda _status, _expires_at, _now: "active")
    for who, name in (("carmen", "sharing_give"), ("visitor", "partner_page")):
        wrong = list(wrong_in(walk.come(who, "post", page[name], stands), stands))
        assert any("the gate said yes" in one for one in wrong), name
    for state in [one for one in STATES_OF_KINDS | STATES_OF_SIGNERS if one.endswith("stopped")]:
        with undone():
            stands = walk.begin(state)
            wrong = list(wrong_in(walk.come("carmen", "post", page["sharing_give"], stands), stands))
            assert any("the gate said yes" in one for one in wrong), state
