"""The bytes of a request, as a browser behind the operator's proxy would send them."""

from urllib.parse import urlencode
from uuid import uuid4

from .pages import REAL_PATH, Page
from .stage import TOKEN

KINDS = ("page", "constants", "empty")


def path_of(page: Page, who: dict[str, str]) -> str:
    """The real address of the page for one account."""
    return page.path.format(**who)


def target_of(page: Page, kind: str, who: dict[str, str]) -> str:
    """The address of the page or of one of its floors."""
    real = path_of(page, who)
    if kind == "page":
        return real
    query = real.partition("?")[2]
    return f"/floor/{kind}/{page.name}/{'?' + query if query else ''}"


def form_of(page: Page, who: dict[str, str]) -> list[tuple[str, str]]:
    """What is posted; a submit key of its own each time."""
    fields = [(name, value.format(**who)) for name, value in page.form]
    return [("csrfmiddlewaretoken", TOKEN), *fields, *([("submit_key", str(uuid4()))] if page.name == "note" else [])]


def request_bytes(page: Page, kind: str, who: dict[str, str]) -> bytes:
    """One whole HTTP/1.1 request that keeps the connection."""
    cookies = f"__Host-c={TOKEN}" + (f"; __Host-s={who['session']}" if "session" in who else "")
    lines = [
        f"{'POST' if page.form else 'GET'} {target_of(page, kind, who)} HTTP/1.1",
        "Host: localhost",
        "X-Forwarded-Proto: https",
        "Accept-Language: en",
        f"Cookie: {cookies}",
        f"{REAL_PATH}: {path_of(page, who)}",
    ]
    body = b""
    if page.form:
        body = urlencode(form_of(page, who)).encode()
        lines += [
            "Origin: null", "Sec-Fetch-Site: same-origin", "Content-Type: application/x-www-form-urlencoded",
            f"Content-Length: {len(body)}",
        ]  # fmt: skip
    return "\r\n".join([*lines, "", ""]).encode() + body
