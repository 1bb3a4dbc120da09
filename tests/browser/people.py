"""Those who take part in a journey: each has a browser of their own, and signs in as people do."""

import base64
import hashlib
import hmac
import struct
import time

from playwright.sync_api import expect

WORDS = "green horses by the river"
"""The password that everybody in the journeys chooses."""


PERIOD, ENOUGH = 30, 8
"""Seconds for which a code holds (RFC 6238), and seconds in which it is surely typed and sent on a busy machine."""


def code_of(secret: str, moment: float | None = None) -> str:
    """The six digits that a code app shows for this key (RFC 6238)."""
    key = base64.b32decode(secret + "=" * (-len(secret) % 8))
    counter = struct.pack(">Q", int((time.time() if moment is None else moment) // PERIOD))
    digest = hmac.new(key, counter, hashlib.sha1).digest()
    start = digest[-1] & 15
    return f"{(int.from_bytes(digest[start : start + 4], 'big') & 0x7FFFFFFF) % 1_000_000:06d}"


class Somebody:
    """A browser at a phone's width, and what went wrong in it (`trouble`)."""

    def __init__(self, browser, url: str, language: str = "en", **options):
        self.context = browser.new_context(
            base_url=url, viewport={"width": 360, "height": 740}, locale=f"{language}-US", reduced_motion="reduce",
            **options,
        )  # fmt: skip
        self.trouble: list[str] = []
        self.context.on("request", lambda request: self._ask(url, request.url))
        self.context.on("weberror", lambda error: self.trouble.append(str(error.error)))
        self.context.on(
            "console", lambda message: "Security Policy" in message.text and self.trouble.append(message.text)
        )
        self.page = self.context.new_page()
        self.username = ""

    def _ask(self, ours: str, asked: str) -> None:
        if not asked.startswith((ours, "data:", "blob:")):
            self.trouble.append(f"asks {asked}")

    def _hear(self, message) -> None:
        if "Security Policy" in message.text:
            self.trouble.append(message.text)

    # --- what people do -------------------------------------------------------------------------------------------
    def goto(self, path: str):
        """Open an address."""
        answer = self.page.goto(path)
        assert answer.status < 400, f"{path}: {answer.status}"

    def press(self, name: str, nth: int = 0) -> None:
        """Press a button of this name, in the page itself."""
        self.page.get_by_role("main").get_by_role("button", name=name).nth(nth).click()

    def follow(self, name: str, nth: int = 0) -> None:
        """Follow a link of this name, in the page itself."""
        self.page.get_by_role("main").get_by_role("link", name=name).nth(nth).click()

    def choose(self, label: str) -> None:
        """Choose a card: a radio button or a checkbox, by its words."""
        self.page.get_by_role("main").get_by_label(label, exact=True).first.check()

    def write(self, label: str, words: str) -> None:
        """Write into the field of this label."""
        self.page.get_by_role("main").get_by_label(label).first.fill(words)

    def sees(self, words: str) -> None:
        """These words stand in the page."""
        expect(self.page.get_by_role("main").get_by_text(words).first).to_be_visible()

    def is_told(self, words: str) -> None:
        """A message says so after what was done."""
        expect(self.page.get_by_role("status").get_by_text(words).first).to_be_visible()

    # --- accounts ---------------------------------------------------------------------------------------------------
    def join(self, link: str, name: str) -> None:
        """Make an account with a link; the user name is noted."""
        self.goto(link)
        self.page.locator("#id_name").fill(name)
        self.page.locator("#id_password").fill(WORDS)
        self.page.get_by_role("main").locator("form button[type=submit]").last.click()
        self.username = self.page.locator("[data-username]").inner_text()

    def sign_in(self, password: str = WORDS) -> None:
        """With the user name and the password."""
        self.goto("/account/sign-in/")
        self.page.locator("#id_login").fill(self.username)
        self.page.locator("#id_password").fill(password)
        self.page.get_by_role("main").locator("button[type=submit]", has_not_text="passkey").first.click()

    def set_up_code_app(self) -> str:
        """Set up the second step with a code app, as a member of staff must; gives its key."""
        self.page.locator("a[href='/account/app/']").click()
        secret = self.page.locator("#authenticator_secret").input_value()
        left = PERIOD - time.time() % PERIOD
        if left < ENOUGH:  # as a person does who sees that the code is about to change
            self.page.wait_for_timeout(1000 * (left + 0.5))
        self.page.locator("#id_code").fill(code_of(secret))
        self.page.get_by_role("main").locator("button[type=submit]").last.click()
        self.page.locator("main code").first.wait_for()
        return secret

    def has_passkeys(self) -> None:
        """The phone keeps passkeys and knows its user by a finger."""
        session = self.context.new_cdp_session(self.page)
        session.send("WebAuthn.enable")
        options = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
                   "isUserVerified": True, "automaticPresenceSimulation": True}  # fmt: skip
        session.send("WebAuthn.addVirtualAuthenticator", {"options": options})

    def close(self) -> None:
        """Close the browser; nothing may have gone wrong in it."""
        self.context.close()
        assert self.trouble == []
