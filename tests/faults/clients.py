"""Threads that write over HTTP as browsers do, and remember what the server said was saved."""

import http.client
import itertools
import threading
import time
from dataclasses import dataclass, field
from urllib.parse import urlencode
from uuid import uuid4

from tests.web.page_forms import form_with

TOKEN = "a" * 32
"""A CSRF token: in the cookie and in the form the same. That it must be so is tested elsewhere."""


@dataclass
class Acknowledged:
    """What the server said was saved."""

    notes: list[str] = field(default_factory=list)
    messages: list[str] = field(default_factory=list)
    worries: list[str] = field(default_factory=list)
    offers: list[str] = field(default_factory=list)
    words: dict[str, int] = field(default_factory=dict)
    lists: dict[str, bool] = field(default_factory=dict)
    stops: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)
    answers: list[str] = field(default_factory=list)
    strange: list[str] = field(default_factory=list)

    def so_far(self) -> dict:
        """A copy of it, as the judge of the stage is asked."""
        sharing = {"stops": list(self.stops), "left": list(self.left), "answers": list(self.answers)}
        return {"notes": list(self.notes), "messages": list(self.messages), "worries": list(self.worries),
                "offers": list(self.offers), "words": dict(self.words), "lists": dict(self.lists),
                "sharing": sharing}  # fmt: skip


class Clients:
    """Threads that write without pause until told to stop."""

    def __init__(self, port: int, stage: dict):
        self.port, self.done, self.stopping = port, Acknowledged(), threading.Event()
        self.tries = itertools.count()
        self.choosing = iter(stage["choosing"])
        self.threads = [threading.Thread(target=self.walk, args=(pair,)) for pair in stage["walking"]]
        self.threads.append(threading.Thread(target=self.choose))
        self.threads.append(threading.Thread(target=self.change, args=(stage["walking"][0],)))
        self.office, self.permits = stage["office_session"], stage["permits"]
        self.threads.append(threading.Thread(target=self.permit))
        for thread in self.threads:
            thread.start()

    def stop(self) -> None:
        """Let each finish what it tries."""
        self.stopping.set()
        for thread in self.threads:
            thread.join(120)
        assert not any(thread.is_alive() for thread in self.threads)

    def ask(self, session: str, path: str, **fields) -> tuple[int, str, str]:
        """Post until there is an answer: its status, where it leads, and its page."""
        body = urlencode({"csrfmiddlewaretoken": TOKEN, **fields}, doseq=True)
        headers = {"Content-Type": "application/x-www-form-urlencoded", "Cookie": f"s={session}; c={TOKEN}"}
        for _ in range(2000):
            next(self.tries)
            try:
                connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
                connection.request("POST", path, body, headers)
                answer = connection.getresponse()
                page = answer.read().decode() if answer.status == 200 else ""
                connection.close()
            except (OSError, http.client.HTTPException):
                time.sleep(0.05)
                continue
            return answer.status, answer.headers.get("Location", ""), page
        return 0, "", ""

    def post(self, session: str, path: str, kept: list[str], key: str, **fields) -> None:
        """Post until there is an acknowledgement; with the same key, however often."""
        status, location, _page = self.ask(session, path, **fields)
        if status == 302 and "sign-in" not in location:
            kept.append(key)
        elif status:
            self.done.strange.append(f"{status} {path} {location}")

    def walk(self, pair: dict) -> None:
        """A peer writes notes and a participant writes messages, in turn; now and then the peer is worried."""
        for number in itertools.count():
            if self.stopping.is_set():
                return
            if number % 5 == 0:
                key = str(uuid4())
                self.post(
                    pair["peer_session"], f"/people/{pair['person']}/worry/", self.done.worries, key, submit_key=key,
                    source="call", words="She did not sound like herself.",
                )  # fmt: skip
            key = str(uuid4())
            self.post(
                pair["peer_session"], f"/people/{pair['person']}/note/", self.done.notes, key, submit_key=key,
                outcome="reached", mode="phone", minutes="15", note="We talked about the week.", happened="now",
                read_together="yes", notice="offered",
            )  # fmt: skip
            key = str(uuid4())
            self.post(
                pair["own_session"], f"/me/messages/{pair['mentorship']}/", self.done.messages, key, submit_key=key,
                body="Thank you for today.",
            )  # fmt: skip

    def choose(self) -> None:
        """One person after another chooses the peer they were offered."""
        while not self.stopping.is_set() and (one := next(self.choosing, None)):
            path = f"/me/people/{one['offer']}/"
            self.post(one["own_session"], path, self.done.offers, one["offer"], action="choose")
            time.sleep(0.2)

    def change(self, pair: dict) -> None:
        """Somebody changes what they ask for again and again: a number, so that an older one is recognized."""
        for number in itertools.count(1):
            if self.stopping.is_set():
                return
            kept: list[str] = []
            self.post(pair["own_session"], "/me/about/?part=help", kept, pair["person"], own_words=str(number))
            if kept:
                self.done.words[pair["person"]] = number
            time.sleep(0.1)

    def permit(self) -> None:
        """One permission after another is used until it is stopped, and once more afterwards."""
        for number, one in enumerate(self.permits):
            if self.stopping.is_set():
                return
            over = threading.Event()
            self.share(one, over)
            if number % 3 == 0:  # pages can be opened so often in a minute, and no more
                self.read_page(one, over, answers=number % 2 == 0)
            stops = threading.Thread(target=self.take_back, args=(one, over))
            stops.start()
            while stops.is_alive():
                self.share(one, over, page=number % 3 == 1)
            self.share(one, over)
            if number % 3 == 0:
                self.read_page(one, over)
            time.sleep(0.1)

    def take_back(self, one: dict, over: threading.Event) -> None:
        """The person stops it; `over` is set when they were told so."""
        kept: list[str] = []
        self.post(one["own_session"], f"/me/privacy/share/{one['consent']}/stop/", kept, one["consent"])
        if kept:
            over.set()
            self.done.stops.append(one["consent"])

    def share(self, one: dict, over: threading.Event, *, page: bool = False) -> None:
        """The office hands over what it covers, on paper or as a page. After a confirmed stop nothing may leave."""
        key, late = str(uuid4()), over.is_set()
        path, fields = f"/sharing/{one['consent']}/give/", {}
        if page:
            path, fields = f"/sharing/{one['consent']}/page/", {"address": "a@example.org", "days": "3"}
        status, location, _page = self.ask(self.office, path, submit_key=key, **fields)
        if status == 200 and late:
            self.done.strange.append(f"left after the stop: {path}")
        elif status == 200:
            self.done.left.append(key)
        elif status and (status != 302 or "/sharing/" not in location):
            self.done.strange.append(f"{status} {path} {location}")

    def read_page(self, one: dict, over: threading.Event, *, answers: bool = False) -> None:
        """The partner opens their page, and may answer yes."""
        late = over.is_set()
        _status, _location, page = self.ask("", f"/page/{one['token']}/", code=one["code"])
        if 'name="proof"' not in page:
            return
        if late:
            self.done.strange.append(f"opened after the stop: {one['consent']}")
        if answers:
            proof = form_with(page, "proof")["proof"][0]
            said = self.ask("", f"/page/{one['token']}/answer/", proof=proof, answer="yes")
            if "Your answer is with us" in said[2]:
                self.done.answers.append(one["link"])
