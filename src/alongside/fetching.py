"""The one way in which this house asks another machine. Whoever answers is hostile until proven otherwise (H2).

Https only, public addresses only: the name is resolved once, every address it has must be public, and the connection
goes to that very address, at the first host and at each of three redirects. Size, unpacked size, ratio, time and kind
of content are bounded while reading. It knows nothing of what it reads.
"""

import http.client
import ipaddress
import re
import socket
import ssl
import threading
import time
import zlib
from collections.abc import Callable, Collection
from contextlib import suppress
from dataclasses import dataclass
from typing import TypeVar
from urllib.parse import quote, urljoin, urlsplit

REASONS = (
    "not_https", "bad_address", "private_address", "not_found_by_name", "no_answer", "too_slow", "certificate",
    "too_many_redirects", "closed", "not_there", "server_error", "other_status", "other_kind", "other_encoding",
    "too_large", "bomb", "cut_off",
)  # fmt: skip
"""Why nothing was fetched. `closed`: it asks for a password. `bomb`: it unpacks to far more than it weighs."""

JSON_KINDS = ("application/json", "text/json", "text/plain", "application/octet-stream")
CSV_KINDS = ("text/csv", "application/csv", "text/plain", "application/octet-stream")
PAGE_KINDS = ("text/html", "application/xhtml+xml")
PIECE = 64 * 1024
REDIRECTS = frozenset({301, 302, 303, 307, 308})
NAT64 = ipaddress.ip_network("64:ff9b::/96")
CLOSED = tuple(map(ipaddress.ip_network, (
    "fec0::/10", "64:ff9b:1::/48", "3fff::/20", "192.0.0.0/24", "192.88.99.0/24",
)))  # fmt: skip
"""Not of the open net, and not known as such to every Python."""
AS_IT_IS = "/%?&=:@!$'()*+,;~-._[]"
"""Signs of a path and a query that stay as they are; others are written by their numbers."""

HOST = re.compile(r"[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?", re.I)
SMALL = 1_000_000
"""Bytes below which a ratio says nothing: a short text of many blanks packs very tight."""

MOST_PARTS = 1000
"""Of one packed answer: each is opened anew."""

AGENT = "feed-reader/1"
TAKEN = frozenset({200, 201, 202, 204})
"""What says that something handed over was taken."""

Resolver = Callable[..., list[tuple]]
Answer = TypeVar("Answer")


@dataclass(frozen=True)
class Limits:
    """Bounds of one answer: bytes as sent, bytes unpacked, unpacked through sent, seconds for everything, redirects."""

    wire_bytes: int = 20_000_000
    unpacked_bytes: int = 50_000_000
    ratio: int = 100
    seconds: float = 20.0
    redirects: int = 3


@dataclass(frozen=True)
class Fetched:
    """What came. `is_unchanged`: the server says it is what the `etag` that was asked with stands for; no content."""

    url: str
    content: bytes
    kind: str
    etag: str = ""
    is_unchanged: bool = False


class NotFetched(Exception):
    """Nothing was fetched; `reason` is one of `REASONS`."""

    def __init__(self, reason: str):
        super().__init__(reason)
        self.reason = reason


def is_public(address: str) -> bool:
    """Whether an IP address is one of the open net, also when it hides an IPv4 address inside an IPv6 one.

    >>> is_public("8.8.8.8"), is_public("::ffff:127.0.0.1"), is_public("169.254.169.254")
    (True, False, False)
    """
    try:
        ip = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(ip, ipaddress.IPv6Address):
        if ip in NAT64:
            # What a network without IPv4 makes of the addresses of those that have nothing else.
            return is_public(str(ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)))
        hidden = [ip.ipv4_mapped, ip.sixtofour, *(ip.teredo or ())]
        if any(one is not None and not is_public(str(one)) for one in hidden):
            return False
    return (
        ip.is_global
        and not any(ip in net for net in CLOSED)
        and not (ip.is_multicast or ip.is_reserved or ip.is_unspecified)
    )


def fetch(
    url: str,
    *,
    kinds: Collection[str],
    etag: str = "",
    limits: Limits | None = None,
    allow_loopback: bool = False,
    resolve: Resolver = socket.getaddrinfo,
) -> Fetched:
    """What is at an address. Raises `NotFetched`.

    `kinds`: media types that are taken; for a JSON type also those that end in `+json`. `allow_loopback` is for tests
    with a server of their own: plain http, any port and this machine's address, nothing else.
    """
    limits = limits or Limits()
    until = time.monotonic() + limits.seconds
    for _hop in range(limits.redirects + 1):
        found = _ask(url, kinds, etag, limits, until, allow_loopback, resolve)
        if isinstance(found, Fetched):
            return found
        url = found
    raise NotFetched("too_many_redirects")


def send(
    url: str,
    content: bytes,
    *,
    kind: str,
    limits: Limits | None = None,
    allow_loopback: bool = False,
    resolve: Resolver = socket.getaddrinfo,
) -> None:
    """Hand something to an address, by POST, under the same rules. Raises `NotFetched` unless it says that it took it.

    It follows nowhere: what is handed over goes to the address that an operator named, or to nobody.
    """
    limits = limits or Limits()
    until = time.monotonic() + limits.seconds

    def hand_over(connection: _Pinned, over: threading.Event) -> None:
        headers = {"Content-Type": kind, "User-Agent": AGENT, "Connection": "close"}
        connection.request("POST", _target_of(url), body=content, headers=headers)
        answer = connection.getresponse()
        if over.is_set():
            raise NotFetched("too_slow")
        if answer.status not in TAKEN:
            raise NotFetched(_reason_of(answer.status))

    _connected(url, hand_over, until, allow_loopback, resolve)


def ask(
    url: str,
    question: bytes,
    *,
    kind: str,
    kinds: Collection[str],
    limits: Limits | None = None,
    allow_loopback: bool = False,
    resolve: Resolver = socket.getaddrinfo,
) -> bytes:
    """What an address answers to a question that is put to it by POST, under the same rules. Raises `NotFetched`.

    It follows nowhere, as `send` does.
    """
    limits = limits or Limits()
    until = time.monotonic() + limits.seconds

    def put(connection: _Pinned, over: threading.Event) -> bytes:
        headers = {"Content-Type": kind, "Accept": ", ".join(kinds), "Accept-Encoding": "gzip", "User-Agent": AGENT,
                   "Connection": "close"}  # fmt: skip
        connection.request("POST", _target_of(url), body=question, headers=headers)
        return _body_of(connection.getresponse(), kinds, limits, over)

    return _connected(url, put, until, allow_loopback, resolve)


def check_url(url: str, *, allow_loopback: bool = False) -> tuple[str, int]:
    """Host and port of an address that may be asked. Raises `NotFetched`; no name is resolved yet."""
    try:
        parts = urlsplit(url)
        host, port = (parts.hostname or "").rstrip("."), parts.port
    except ValueError:
        raise NotFetched("bad_address") from None
    if parts.scheme != "https" and not (allow_loopback and parts.scheme == "http"):
        raise NotFetched("not_https")
    if any(ord(sign) <= 32 or ord(sign) == 127 for sign in url) or parts.username or parts.password or len(url) > 2000:
        raise NotFetched("bad_address")
    try:
        host = host if ":" in host else host.encode("idna").decode()
    except UnicodeError:
        raise NotFetched("bad_address") from None
    if not (HOST.fullmatch(host) or ":" in host):
        raise NotFetched("bad_address")
    if port not in (None, 443) and not allow_loopback:
        raise NotFetched("bad_address")
    return host, port or (443 if parts.scheme == "https" else 80)


def _addresses(host: str, port: int, allow_loopback: bool, resolve: Resolver) -> list[str]:
    """The addresses of a host, all of them public. One private one among them, and none is used."""
    try:
        found = [entry[4][0] for entry in resolve(host, port, type=socket.SOCK_STREAM)]
    except (OSError, UnicodeError):
        raise NotFetched("not_found_by_name") from None
    if not found:
        raise NotFetched("not_found_by_name")
    for address in found:
        if not (is_public(address) or (allow_loopback and ipaddress.ip_address(address).is_loopback)):
            raise NotFetched("private_address")
    return list(dict.fromkeys(found))


class _Pinned(http.client.HTTPConnection):
    """A connection to one address, which was looked at; the name only goes into the certificate and the request."""

    def __init__(self, host: str, port: int, addresses: list[str], *, is_tls: bool, until: float):
        super().__init__(host, port)
        self.addresses, self.is_tls, self.until = addresses, is_tls, until
        self.wire: socket.socket | None = None

    def connect(self) -> None:
        error: OSError = OSError("no address")
        for address in self.addresses:
            try:
                self.wire = self.sock = socket.create_connection((address, self.port), timeout=_left(self.until))
                break
            except OSError as failure:
                error = failure
        else:
            raise error
        if self.is_tls:
            context = ssl.create_default_context()
            self.wire = self.sock = context.wrap_socket(
                self.sock, server_hostname=self.host, do_handshake_on_connect=False
            )
            self.sock.do_handshake()

    def cut(self) -> None:
        """Whoever reads from it reads its end. (`sock` is given away to the answer, so it is kept here too.)"""
        if self.wire:
            with suppress(OSError):
                self.wire.shutdown(socket.SHUT_RDWR)


def _left(until: float) -> float:
    left = until - time.monotonic()
    if left <= 0:
        raise NotFetched("too_slow")
    return left


def _ask(
    url: str, kinds: Collection[str], etag: str, limits: Limits, until: float, allow_loopback: bool, resolve: Resolver
) -> Fetched | str:
    """One request: what came, or the address that it leads on to."""

    def read(connection: _Pinned, over: threading.Event) -> Fetched | str:
        return _exchange(connection, url, kinds, etag, limits, over)

    return _connected(url, read, until, allow_loopback, resolve)


def _connected(
    url: str, do: Callable[["_Pinned", threading.Event], Answer], until: float, allow_loopback: bool, resolve: Resolver
) -> Answer:
    """What `do` makes of a connection to the one address that was looked at, which is cut when its time is over."""
    host, port = check_url(url, allow_loopback=allow_loopback)
    parts = urlsplit(url)
    addresses = _addresses(host, port, allow_loopback, resolve)
    connection = _Pinned(host, port, addresses, is_tls=parts.scheme == "https", until=until)
    over = threading.Event()

    def cut() -> None:
        # A server that sends a byte now and then never runs into the time limit of a single read.
        over.set()
        connection.cut()

    clock = threading.Timer(_left(until), cut)
    clock.daemon = True
    clock.start()
    try:
        return do(connection, over)
    except NotFetched:
        raise
    except ssl.SSLCertVerificationError:
        raise NotFetched("certificate") from None
    except (OSError, http.client.HTTPException, zlib.error, ValueError) as error:
        if over.is_set() or isinstance(error, TimeoutError):
            raise NotFetched("too_slow") from None
        raise NotFetched("cut_off" if isinstance(error, http.client.IncompleteRead) else "no_answer") from None
    finally:
        clock.cancel()
        connection.close()


def _exchange(
    connection: _Pinned, url: str, kinds: Collection[str], etag: str, limits: Limits, over: threading.Event
) -> Fetched | str:
    headers = {"Accept": ", ".join(kinds), "Accept-Encoding": "gzip", "User-Agent": AGENT,
               "Connection": "close"}  # fmt: skip
    if etag:
        headers["If-None-Match"] = etag
    connection.request("GET", _target_of(url), headers=headers)
    answer = connection.getresponse()
    if over.is_set():
        raise NotFetched("too_slow")
    if answer.status in REDIRECTS:
        return urljoin(url, answer.headers.get("Location", ""))
    kind = answer.headers.get_content_type()
    told_etag = answer.headers.get("ETag", "")
    told_etag = told_etag if len(told_etag) <= 200 and told_etag.isascii() and told_etag.isprintable() else ""
    if answer.status == 304 and etag:
        return Fetched(url, b"", kind, etag, is_unchanged=True)
    return Fetched(url, _body_of(answer, kinds, limits, over), kind, told_etag)


def _body_of(
    answer: http.client.HTTPResponse, kinds: Collection[str], limits: Limits, over: threading.Event
) -> bytes:  # fmt: skip
    """What was answered, of a kind that is taken and whole."""
    if over.is_set():
        raise NotFetched("too_slow")
    if answer.status != 200:
        raise NotFetched(_reason_of(answer.status))
    kind = answer.headers.get_content_type()
    if not (kind in kinds or (kind.endswith("+json") and "application/json" in kinds)):
        raise NotFetched("other_kind")
    content = _read(answer, limits)
    if over.is_set():
        raise NotFetched("too_slow")
    if answer.length:
        raise NotFetched("cut_off")
    return content


def _target_of(url: str) -> str:
    """Path and query as they stand in a request."""
    parts = urlsplit(url)
    return quote((parts.path or "/") + (f"?{parts.query}" if parts.query else ""), safe=AS_IT_IS)


def _reason_of(status: int) -> str:
    """What a status that is not what was hoped for means."""
    known = {401: "closed", 403: "closed", 404: "not_there", 410: "not_there"}.get(status)
    return known or ("server_error" if status >= 500 else "other_status")


def _read(answer: http.client.HTTPResponse, limits: Limits) -> bytes:
    """The body, unpacked piece by piece, so that a bomb never opens further than the limits."""
    encoding = answer.headers.get("Content-Encoding", "identity").strip().lower()
    if encoding not in ("gzip", "x-gzip", "identity", ""):
        raise NotFetched("other_encoding")
    if (answer.length or 0) > limits.wire_bytes:
        raise NotFetched("too_large")
    unpack = zlib.decompressobj(wbits=31) if "gzip" in encoding else None
    content, sent, parts = bytearray(), 0, 1
    while piece := answer.read(PIECE):
        sent += len(piece)
        if sent > limits.wire_bytes:
            raise NotFetched("too_large")
        while piece:
            more = unpack.decompress(piece, limits.unpacked_bytes - len(content) + 1) if unpack else piece
            content += more
            if len(content) > limits.unpacked_bytes:
                raise NotFetched("bomb" if unpack else "too_large")
            if unpack and len(content) > SMALL and len(content) > limits.ratio * sent:
                raise NotFetched("bomb")
            piece = unpack.unconsumed_tail if unpack else b""
            if unpack and unpack.eof and (behind := unpack.unused_data.lstrip(b"\0")):
                unpack, piece, parts = zlib.decompressobj(wbits=31), behind, parts + 1  # packed in several parts
                if parts > MOST_PARTS:
                    raise NotFetched("bomb")
    if unpack and not unpack.eof and answer.length in (None, 0) and sent:
        raise NotFetched("cut_off")
    return bytes(content)
