"""The town of the month: everybody's phone, a clock that moves, nights for the worker, a look at each page."""

import re
from contextlib import contextmanager
from datetime import timedelta
from types import SimpleNamespace
from urllib.parse import urlsplit

from django.conf import settings
from django.core import mail
from django.utils import translation
from django.utils.translation import gettext
from playwright.sync_api import Locator, expect

from alongside.people.models import Person, User
from alongside.rules.neutral import reveals
from tests.browser.axe import find_barriers
from tests.browser.people import Somebody
from tests.outside import words_of
from tests.story import day_there

WIDTH = 360
PATIENCE = 60_000
"""Milliseconds; the first page of a process brings all of the house with it."""
UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}")


class Phone(Somebody):
    """Somebody's browser, 360 px wide. Each page that it shows is looked at; what is wrong goes to `town.wrong`."""

    def __init__(self, town: "MonthTown", name: str):
        super().__init__(town.browser, town.url, town.language)
        self.town, self.name, self.heard = town, name, []
        self.context.set_default_timeout(PATIENCE)

    def look(self) -> None:
        """Not wider than the phone, no barrier, in the right language; every word of it is kept in `heard`."""
        page, town = self.page, self.town
        page.wait_for_load_state()
        where = UUID.sub("*", urlsplit(page.url).path)
        facts = page.evaluate("[document.documentElement.scrollWidth, document.documentElement.lang, document.title]")
        wide, language, title = facts
        if wide > WIDTH:
            town.wrong.append(f"{self.name} {where}: {wide} px wide")
        if language != town.language:
            town.wrong.append(f"{self.name} {where}: in {language}")
        if where.startswith("/me/") and reveals(title):
            town.wrong.append(f"{self.name} {where}: its title says {reveals(title)}")
        if where not in town.seen:
            town.seen.add(where)
            town.wrong += [f"{self.name} {where}: {one}" for one in find_barriers(page)]
        self.heard.append(page.content())

    def goto(self, path: str) -> None:
        super().goto(path)
        self.look()

    def sign_in(self, *given: str) -> None:
        super().sign_in(*given)
        self.page.wait_for_url(lambda url: "/account/sign-in" not in url)

    def tap(self, target: Locator) -> None:
        """Tap on a link or a button, and wait for what comes: another page, or another answer in this one."""
        self.page.evaluate("document.querySelector('main').dataset.old = ''")
        target.click()
        self.page.locator("main:not([data-old])").wait_for(state="attached")
        self.look()

    def follow_to(self, part: str) -> None:
        """Follow the first link in the page itself whose address has this part."""
        self.tap(self.page.locator(f"main a[href*='{part}']").first)

    def follow_name(self, name: str) -> None:
        """Follow the first link in the page itself that is called so."""
        self.tap(self.page.locator("main").get_by_role("link", name=name).first)

    def send(self, into: str | None = None, button: str = "", **values: object) -> None:
        """Fill the form in which the first field (or `into`, a selector of something in it) stands, and send it.

        A list checks several boxes. `button`: the one with this value; else the last one without a name.
        """
        inside = into or f"[name='{next(iter(values))}']"
        form = self.page.locator("main form", has=self.page.locator(inside)).first
        closed = form.locator("xpath=ancestor::details[not(@open)]")
        if closed.count():
            closed.first.locator("summary").first.click()
        for name, value in values.items():
            for one in value if isinstance(value, list) else [value]:
                _fill(form, name, one)
        self.tap(form.locator(f"button[value='{button}']" if button else "button:not([name])").last)

    def push(self, action: str) -> None:
        """Push the one button of the form that goes to an address with this part."""
        self.tap(self.page.locator(f"main form[action*='{action}'] button").first)

    def reads(self, words: str, **values: object) -> None:
        """These English words of ours stand in the page, as they are said in the town's language."""
        said = self.town.say(words, **values)
        expect(self.page.locator("main")).to_contain_text(said, ignore_case=True)

    def finds(self, *words: str) -> None:
        """Words that people wrote stand in the page as they wrote them."""
        for one in words:
            expect(self.page.locator("main")).to_contain_text(one)

    def misses(self, *words: str) -> None:
        """These stand nowhere in the page."""
        for one in words:
            expect(self.page.locator("main")).not_to_contain_text(one)


def _fill(form: Locator, name: str, value: object) -> None:
    fields = form.locator(f"[name='{name}']")
    kind = fields.first.evaluate("field => field.type || field.tagName.toLowerCase()")
    if kind in ("radio", "checkbox"):
        (fields.and_(form.locator(f"[value='{value}']")) if value is not True else fields).first.check()
    elif kind.startswith("select"):
        fields.first.select_option(str(value))
    else:
        fields.first.fill(str(value))


class MonthTown:
    """Everybody's phone by name; `wrong` is what was found on the way."""

    def __init__(self, browser, url: str, language: str, clock, program):
        self.browser, self.url, self.language, self.clock, self.program = browser, url, language, clock, program
        self.people: dict[str, Phone] = {}
        self.seen: set[str] = set()
        self.wrong: list[str] = []

    def __getattr__(self, name: str) -> Phone:
        try:
            return self.__dict__["people"][name]
        except KeyError:
            raise AttributeError(name) from None

    def arrives(self, name: str) -> Phone:
        """Somebody picks up their phone for the first time."""
        self.people[name] = Phone(self, name)
        return self.people[name]

    def say(self, words: str, **values: object) -> str:
        """Words of ours in the language of this run."""
        with translation.override(self.language):
            return gettext(words) % values if values else gettext(words)

    def person(self, name: str) -> Person:
        """Somebody by the name they go by."""
        return Person.objects.get(goes_by=name.title())

    def of(self, name: str, page: str = "") -> str:
        """The address of somebody's record, or of a page below it."""
        return f"/people/{self.person(name).pk}/{page}"

    def day(self, later: int = 0) -> str:
        """The day it is where the program is, or some days later."""
        return (day_there() + timedelta(days=later)).isoformat()

    def sleep(self, days: int) -> None:
        """Nights pass: the worker does what is due in each of them, and in the morning everybody signs in."""
        from alongside.jobs import begin, run_due
        from alongside.running.actions import Notes

        for _night in range(days):
            self.clock.forward(days=1)
            notes = Notes()
            begin(notes)
            assert run_due({}, notes=notes) == 0
        self.wake()

    def later(self, hours: int) -> None:
        """The same day, or night, some hours later."""
        self.clock.forward(hours=hours)
        self.wake()

    def mails_to(self, address: str) -> list:
        """What reached this address so far."""
        return [one for one in mail.outbox if address in one.to]

    def wake(self) -> None:
        """Everybody signs in again."""
        for name, phone in self.people.items():
            user = User.objects.filter(username=phone.username or name).first()
            if user:
                phone.context.add_cookies(
                    [{"name": settings.SESSION_COOKIE_NAME, "value": session_of(user), "url": self.url}]
                )

    def end(self) -> None:
        """Close every phone; nothing may have gone wrong, and no mail told anything."""
        for phone in self.people.values():
            phone.close()
        assert self.wrong == [], "\n".join(dict.fromkeys(self.wrong))
        names = [*self.people, "Riverbend"]
        for one in mail.outbox:
            words = words_of(one)
            assert reveals(words) == [], words
            assert not [name for name in names if name.lower() in words.lower()], words


def session_of(user: User) -> str:
    """A new session of this account, past the second step."""
    from allauth.account.internal.flows.login import record_authentication
    from django.test import Client

    from alongside.people import second_factor

    client = Client()
    client.force_login(user)
    session = client.session
    second_factor.mark_passed(session)
    record_authentication(SimpleNamespace(session=session), user, "password")
    session.save()
    return session.session_key


@contextmanager
def month_town(browser, url, language, clock, program):
    """The town for one run."""
    town = MonthTown(browser, url.replace("127.0.0.1", "localhost"), language, clock, program)
    try:
        yield town
    finally:
        for phone in town.people.values():
            phone.context.close()
