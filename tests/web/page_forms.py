"""The forms of a page as a browser without JavaScript would send them."""

from html.parser import HTMLParser


class _Forms(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[dict[str, list[str]]] = []
        self._name = self._kind = None
        self._words: list[str] = []
        self._inside = False

    def handle_starttag(self, tag, attrs):
        found = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.forms.append({})
            self._inside = True
        if not self._inside:
            return
        if tag in ("textarea", "select"):
            self._name, self._kind, self._words = found.get("name"), tag, []
        elif tag == "option" and "selected" in found:
            self._add(self._name, found["value"])
        elif tag == "input" and found.get("type") != "submit":
            is_choice = found.get("type") in ("checkbox", "radio")
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
            self.forms[-1].setdefault(name, []).append(value)


def form_with(html: str, *names: str) -> dict[str, list[str]]:
    """What would be sent from the one form of the page that has these fields. No button is pressed."""
    parser = _Forms()
    parser.feed(html)
    (found,) = [form for form in parser.forms if all(name in form for name in names)]
    return found
