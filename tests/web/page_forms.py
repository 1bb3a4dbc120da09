"""The forms of a page as a browser without JavaScript would send them."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

KEPT_BY_DJANGO = ("csrfmiddlewaretoken",)


@dataclass
class Form:
    """One form: where it is sent, what would be sent as it stands, and the kind of each field.

    `kinds`: name -> type of the input, "textarea" or "select"; `choices`: the values a choice has; `buttons`: name and
    value of each button that says something, of which a browser sends the one that is pressed (Enter: the first).
    """

    action: str
    method: str
    values: dict[str, list[str]] = field(default_factory=dict)
    kinds: dict[str, str] = field(default_factory=dict)
    choices: dict[str, list[str]] = field(default_factory=dict)
    buttons: list[tuple[str, str]] = field(default_factory=list)

    @property
    def names(self) -> list[str]:
        """Fields that somebody fills in or that go with them, without the token."""
        return [name for name in self.kinds if name not in KEPT_BY_DJANGO]


class _Forms(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self._name = self._kind = None
        self._words: list[str] = []
        self._inside = False

    def handle_starttag(self, tag, attrs):
        found = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.forms.append(Form(found.get("action", ""), found.get("method", "get").lower()))
            self._inside = True
        if not self._inside:
            return
        if tag == "button" and found.get("name") and found.get("type") != "button":
            self.forms[-1].buttons.append((found["name"], found.get("value", "")))
        if tag in ("textarea", "select"):
            self._name, self._kind, self._words = found.get("name"), tag, []
            self._know(found.get("name"), tag)
        elif tag == "option":
            self._know(self._name, "select", found.get("value", ""))
            if "selected" in found:
                self._add(self._name, found["value"])
        elif tag == "input" and found.get("type") != "submit":
            is_choice = found.get("type") in ("checkbox", "radio")
            self._know(found.get("name"), found.get("type", "text"), found.get("value") if is_choice else None)
            if not is_choice or "checked" in found:
                self._add(found.get("name"), found.get("value", "on" if is_choice else ""))

    def handle_data(self, data):
        if self._kind == "textarea":
            self._words.append(data)

    def handle_endtag(self, tag):
        if tag == "textarea":
            self._add(self._name, "".join(self._words).removeprefix("\n").removeprefix("\r\n"))
        if tag in ("textarea", "select"):
            self._kind = None
        if tag == "form":
            self._inside = False

    def _add(self, name, value):
        if name:
            self.forms[-1].values.setdefault(name, []).append(value)

    def _know(self, name, kind, choice=None):
        if name:
            self.forms[-1].kinds.setdefault(name, kind)
            if choice is not None:
                self.forms[-1].choices.setdefault(name, []).append(choice)


def forms_of(html: str) -> list[Form]:
    """All forms of a page."""
    parser = _Forms()
    parser.feed(html)
    return parser.forms


def form_with(html: str, *names: str) -> dict[str, list[str]]:
    """What would be sent from the one form of the page that has these fields. No button is pressed."""
    (found,) = [form.values for form in forms_of(html) if all(name in form.values for name in names)]
    return found
