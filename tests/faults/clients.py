"""Threads that write over HTTP as browsers do, and remember what the server said was saved."""

import http.client
import itertools
import threading
import time
from dataclasses import dataclass, field
from urllib.parse import urlencode
from uuid import uuid4

TOKEN = "a" * 32
"""A CSRF token: in the cookie and in the form the same. That it must be so is tested elsewhere."""


@dataclass
class Acknowledged:
    """What the server said was saved."""

    notes: list[str] = field(default_factory=list)
    messages: list[str] = field(default_factory=list)
    offers: list[str] = field(default_factory=list)
    words: dict[str, int] = field(default_factory=dict)
    lists: dict[str, bool] = field(default_factory=dict)
    strange: list[str] = field(default_factory=list)


class Clients:
    """Threads that write without pause until told to stop."""

    def __init__(self, port: int, stage: dict):
        self.port, self.done, self.stopping = port, Acknowledged(), threading.Event()
        self.tries = itertools.count()
        self.choosing = iter(stage["choosing"])
        self.threads = [threading.Thread(target=self.walk, args=(pair,)) for pair in stage["walking"]]
        self.threads.append(threading.Thread(target=self.choose))
        self.threads.append(threading.Thread(target=self.change, args=(stage["walking"][0],)))
        for thread in self.threads:
            thread.start()

    def stop(self) -> None:
        """Let each finish what it tries."""
        self.stopping.set()
        for thread in self.threads:
            thread.join(120)
        assert not any(thread.is_alive() for thread in self.threads)

    def post(self, session: str, path: str, kept: list[str], key: str, **fields) -> None:
        """Post until there is an acknowledgement; with the same key, however often."""
        body = urlencode({"csrfmiddlewaretoken": TOKEN, **fields}, doseq=True)
        headers = {"Content-Type": "application/x-www-form-urlencoded", "Cookie": f"s={session}; c={TOKEN}"}
        for _ in range(2000):
            next(self.tries)
            try:
                connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
                connection.request("POST", path, body, headers)
                answer = connection.getresponse()
                location = answer.headers.get("Location", "")
                connection.close()
            except (OSError, http.client.HTTPException):
                time.sleep(0.05)
                continue
            if answer.status == 302 and "sign-in" not in location:
                kept.append(key)
            else:
                self.done.strange.append(f"{answer.status} {path} {location}")
            return

    def walk(self, pair: dict) -> None:
        """A peer writes notes and a participant writes messages, in turn."""
        while not self.stopping.is_set():
            key = str(uuid4())
            self.post(
                pair["peer_session"], f"/people/{pair['person']}/note/", self.done.notes, key, submit_key=key,
                outcome="reached", mode="phone", minutes="15", note="We talked about the week.", happened="now",
                read_together="yes",
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
