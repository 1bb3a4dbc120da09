"""What came instead of a list: a web page, or the door of a BMLT server. Only told to whoever added it, never asked."""

import html
import re
from dataclasses import dataclass

from .text import web_address

LOOKED_AT = 300_000
"""Bytes of a page: its head names its feeds."""

PAGE = re.compile(rb"<(?:!doctype\s+html|html|head|title|meta|link|body|script|div|p|h1)\b", re.IGNORECASE)
LINK = re.compile(r"<link\b([^<>]{1,2000})>", re.IGNORECASE)
VALUE = re.compile(r"""([a-z]{2,20})\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE)
SERVER = re.compile(r"https?://[\w.-]{3,200}(?:/[\w.~-]{1,60}){0,6}?/main_server\b", re.IGNORECASE)
ADDRESS = re.compile(r"(https?):(//[^/?#]+)([^?#]*)", re.IGNORECASE)
TITLE = re.compile(r"<title[^<>]{0,200}>([^<]{0,500})", re.IGNORECASE)
BMLT_NAMES = re.compile(r"\bbmlt\b|basic meeting list", re.IGNORECASE)

BMLT_LIST = "client_interface/json/?switcher=GetSearchResults"
"""What follows the root address of a BMLT server where its list is."""

TITLED = "meetings feed"
"""The title by which the specification of Meeting Guide lets a page name its feed."""

WEB_PAGE, BMLT_ROOT = "web_page", "bmlt_root"
NO_LIST = frozenset({"empty", "web_page", "not_json", "not_a_list", "no_meetings_in_it", "no_name_column",
                     "all_refused", "other_kind", "not_there", "closed"})  # fmt: skip
"""Reasons for which the root of a server may be the explanation. Others say all there is to say."""


@dataclass(frozen=True)
class Instead:
    """Why there is no list (`WEB_PAGE`, `BMLT_ROOT` or the reason it had), and the address where one may be, or ""."""

    reason: str
    address: str = ""


def is_web_page(content: bytes) -> bool:
    """Whether a text is a page for people.

    >>> is_web_page(b"\\n<!DOCTYPE html><p>"), is_web_page(b"<feed><entry>"), is_web_page(b"[]")
    (True, False, False)
    """
    start = content[:2000].lstrip(b"\xef\xbb\xbf \t\r\n")
    return start.startswith(b"<") and bool(PAGE.search(start))


def explain(reason: str, content: bytes, url: str) -> Instead:
    """What can be said about an answer that is no list. `url`: where it came from, "" for a file without a site."""
    if reason not in NO_LIST:
        return Instead(reason)
    page = content[:LOOKED_AT].decode("utf-8", "replace") if is_web_page(content) else ""
    if page and (named := find_feed(page, url)):
        return Instead(WEB_PAGE, named)
    if server := list_of_server(url) or (find_server(page, url) if page else ""):
        return Instead(BMLT_ROOT, server)
    return Instead(reason)


def find_feed(page: str, url: str) -> str:
    """The address that a page names as its feed of meetings, whole, or "".

    >>> find_feed('<link rel="alternate" title="Meetings Feed" href="/f?a=1&amp;b=2">', "https://x.org/m")
    'https://x.org/f?a=1&b=2'
    """
    for found in LINK.finditer(page):
        told = {one[1].lower(): html.unescape(one[2] or one[3] or one[4] or "") for one in VALUE.finditer(found[1])}
        if "alternate" in told.get("rel", "").lower().split() and told.get("title", "").strip().lower() == TITLED:
            return _whole(told.get("href", ""), url)
    return ""


def list_of_server(url: str) -> str:
    """The address of the list of a BMLT server, where `url` leads to the server and not to its list; else "".

    >>> list_of_server("https://na.example.org/main_server/index.php")
    'https://na.example.org/main_server/client_interface/json/?switcher=GetSearchResults'
    """
    parts = ADDRESS.match(url)
    if not parts or "switcher=getsearchresults" in url.lower():
        return ""
    root = re.match(r"(.*?/main_server)(?:/|$)|(.*?)/client_interface(?:/|$)", parts[3], re.IGNORECASE)
    if not root:
        return ""
    return f"{parts[1]}:{parts[2]}{root[1] or root[2]}/{BMLT_LIST}"


def find_server(page: str, url: str) -> str:
    """The address of the list of the BMLT server that a page is the door of, or that it shows meetings from; or ""."""
    title = TITLE.search(page)
    if title and BMLT_NAMES.search(title[1]) and "switcher=" not in url:
        return _whole(BMLT_LIST, url)
    named = SERVER.search(page.replace("\\/", "/"))
    return _whole(BMLT_LIST, f"{named[0]}/") if named else ""


def _whole(href: str, url: str) -> str:
    """An address as it stands in a page of another address."""
    href, base = href.strip(), ADDRESS.match(url)
    if ADDRESS.match(href):
        return web_address(href)
    if not base or not href or re.match(r"[a-z][a-z0-9+.-]*:", href, re.IGNORECASE):
        return ""
    if href.startswith("//"):
        return web_address(f"{base[1]}:{href}")
    folder = "" if href.startswith("/") else base[3].rpartition("/")[0] + "/"
    return web_address(f"{base[1]}:{base[2]}{folder}{href}")
