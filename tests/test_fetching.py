"""The one way to the net, against real servers on this machine that mean harm."""

import gzip
import http.server
import socket
import threading
import time
from contextlib import contextmanager, suppress

import pytest

from alongside.fetching import JSON_KINDS, Fetched, Limits, NotFetched, check_url, fetch, is_public

QUICK = Limits(wire_bytes=200_000, unpacked_bytes=5_000_000, seconds=3)


@contextmanager
def serving(answer):
    """A server whose every GET is answered by `answer(handler)`; yields its address."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            with suppress(BrokenPipeError, ConnectionResetError):
                answer(self)

        def log_message(self, *_words):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()


def send(handler, content=b"[]", status=200, **headers):
    handler.send_response(status)
    for name, value in ({"Content_Type": "application/json", "Content_Length": str(len(content))} | headers).items():
        if value is not None:
            handler.send_header(name.replace("_", "-"), value)
    handler.end_headers()
    handler.wfile.write(content)


def get(url, **options) -> Fetched:
    return fetch(url, **({"kinds": JSON_KINDS, "limits": QUICK, "allow_loopback": True} | options))


def refusal(url, **options) -> str:
    with pytest.raises(NotFetched) as raised:
        get(url, **options)
    return raised.value.reason


def test_what_is_asked_for_comes_also_packed():
    content = b'[{"name": "Morning"}]' * 1000
    with serving(lambda handler: send(handler, content)) as url:
        assert get(url).content == content
    with serving(lambda handler: send(handler, gzip.compress(content), Content_Encoding="gzip")) as url:
        assert get(url).content == content


def test_what_is_packed_in_several_parts_comes_whole():
    """Else all that is behind the first part would be gone, and nobody would know."""
    packed = gzip.compress(b"name,slug\n") + gzip.compress(b"A,a\n") + b"\0" * 10
    with serving(lambda handler: send(handler, packed, Content_Encoding="gzip")) as url:
        assert get(url).content == b"name,slug\nA,a\n"
    with serving(lambda handler: send(handler, packed[:-25], Content_Encoding="gzip")) as url:
        assert refusal(url) == "cut_off"
    for bombs in (gzip.compress(b"0" * 3_000_000) * 2, gzip.compress(b"0") * 1_001):
        with serving(lambda handler, bombs=bombs: send(handler, bombs, Content_Encoding="gzip")) as url:
            assert refusal(url) == "bomb"


def test_an_address_in_any_script_is_asked_and_a_strange_mark_is_not_kept():
    seen = []

    def answer(handler):
        seen.append(handler.path)
        send(handler, ETag="é")

    with serving(answer) as url:
        assert get(f"{url}/reuniónes?día=1&x=%20y").etag == ""
    assert seen == ["/reuni%C3%B3nes?d%C3%ADa=1&x=%20y"]


def test_an_unchanged_feed_is_not_sent_again():
    def answer(handler):
        if handler.headers.get("If-None-Match") == '"one"':
            return send(handler, b"", 304)
        return send(handler, ETag='"one"')

    with serving(answer) as url:
        first = get(url)
        assert (first.etag, first.is_unchanged) == ('"one"', False)
        assert get(url, etag=first.etag).is_unchanged


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1",  # noqa: S104
        "255.255.255.255", "::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1", "ff02::1", "::ffff:127.0.0.1",
        "::ffff:10.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::1", "2002:a9fe:a9fe::", "fec0::1", "3fff::1",
        "64:ff9b:1::7f00:1", "192.0.0.8", "192.88.99.1", "192.0.2.1", "2001:db8::1", "cat",
    ],
)  # fmt: skip
def test_addresses_that_are_not_of_the_open_net_are_refused(address):
    assert not is_public(address)
    found = [(socket.AF_INET6 if ":" in address else socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, 443))]
    assert refusal("https://feed.example/", allow_loopback=False, resolve=lambda *_a, **_k: found) == "private_address"


def test_addresses_of_the_open_net_are_not():
    assert all(map(is_public, ("8.8.8.8", "93.184.216.34", "2606:2800:220:1::1", "64:ff9b::808:808")))


def test_one_private_address_among_public_ones_refuses_all():
    both = [(2, 1, 6, "", ("93.184.216.34", 443)), (2, 1, 6, "", ("127.0.0.1", 443))]
    assert refusal("https://feed.example/", allow_loopback=False, resolve=lambda *_a, **_k: both) == "private_address"


def test_a_name_is_resolved_once_and_the_connection_goes_to_that_address():
    """DNS rebinding: a second answer, which leads elsewhere, is never asked for."""
    asked = []

    def resolve(host, port, **_kwargs):
        asked.append(host)
        return [(2, 1, 6, "", ("127.0.0.1" if len(asked) == 1 else "10.0.0.1", port))]

    seen = []

    def answer(handler):
        seen.append(handler.headers["Host"])
        send(handler)

    with serving(answer) as url:
        port = url.rsplit(":", 1)[1]
        assert get(f"http://feed.example:{port}/", resolve=resolve).content == b"[]"
    assert (asked, seen) == (["feed.example"], [f"feed.example:{port}"])


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("http://feed.example/", "not_https"), ("ftp://feed.example/", "not_https"),
        ("file:///etc/passwd", "not_https"),
        ("gopher://feed.example/", "not_https"), ("https://", "bad_address"), ("https://user:word@feed.example/",
        "bad_address"), ("https://feed.example:22/", "bad_address"), ("https://feed.example:999999/", "bad_address"),
        ("https://feed.example/\r\nX-Evil: 1", "bad_address"), ("https://[::1", "bad_address"),
        ("https://fe_ed.example/", "bad_address"), ("https://" + "a" * 300 + "/", "bad_address"),
    ],
)  # fmt: skip
def test_addresses_that_may_not_be_asked(url, reason):
    with pytest.raises(NotFetched) as raised:
        check_url(url)
    assert raised.value.reason == reason


@pytest.mark.parametrize("written", ["https://127.0.0.1/", "https://[::1]/", "https://2130706433/", "https://0x7f.1/",
                                     "https://[::ffff:7f00:1]/", "https://localhost/"])  # fmt: skip
def test_this_machine_is_not_asked_however_it_is_written(written):
    assert refusal(written, allow_loopback=False) in ("private_address", "not_found_by_name")


def test_a_redirect_is_looked_at_again():
    for target in (
        "http://10.0.0.1/",
        "https://169.254.169.254/latest/",
        "file:///etc/passwd",
        "http://[::ffff:10.1.1.1]/",
    ):
        with serving(lambda handler, target=target: send(handler, b"", 302, Location=target)) as url:
            assert refusal(url) in ("private_address", "not_https")


def test_three_redirects_are_followed_and_a_circle_is_not():
    def answer(handler):
        step = int(handler.path.strip("/") or 0)
        send(handler) if step == 3 else send(handler, b"", 307, Location=f"/{step + 1}")

    with serving(answer) as url:
        assert get(url).content == b"[]"
    with serving(lambda handler: send(handler, b"", 301, Location="/")) as url:
        assert refusal(url) == "too_many_redirects"


def test_a_large_answer_is_not_read_to_its_end():
    with serving(lambda handler: send(handler, b"x" * 300_000)) as url:
        assert refusal(url) == "too_large"
    with serving(lambda handler: send(handler, b"x" * 300_000, Content_Length=None)) as url:
        assert refusal(url) == "too_large"


def test_a_bomb_does_not_open():
    bomb = gzip.compress(b"0" * 50_000_000)
    assert len(bomb) < 100_000
    with serving(lambda handler: send(handler, bomb, Content_Encoding="gzip")) as url:
        assert refusal(url) == "bomb"


def test_what_was_cut_off_is_not_taken():
    with serving(lambda handler: send(handler, b"[1,2", Content_Length="400")) as url:
        assert refusal(url) == "cut_off"
    packed = gzip.compress(b"[1, 2, 3]" * 100)[:-20]
    with serving(lambda handler: send(handler, packed, Content_Encoding="gzip")) as url:
        assert refusal(url) == "cut_off"


def test_a_server_that_drips_is_left():
    def headers(handler):
        handler.wfile.write(b"HTTP/1.1 200 OK\r\n")
        for number in range(100):
            handler.wfile.write(f"X-{number}: 1\r\n".encode())
            time.sleep(0.1)

    def body(handler):
        handler.send_response(200)
        handler.send_header("Content-Type", "application/json")
        handler.end_headers()
        for _turn in range(100):
            handler.wfile.write(b" ")
            time.sleep(0.1)

    for answer in (headers, body):
        with serving(answer) as url:
            started = time.monotonic()
            assert refusal(url, limits=Limits(seconds=0.5)) == "too_slow"
            assert time.monotonic() - started < 3


@pytest.mark.parametrize(
    ("status", "headers", "reason"),
    [
        (401, {}, "closed"), (403, {}, "closed"), (404, {}, "not_there"), (500, {}, "server_error"),
        (204, {}, "other_status"), (200, {"Content_Type": "text/html"}, "other_kind"),
        (200, {"Content_Encoding": "br"}, "other_encoding"), (302, {}, "too_many_redirects"),
    ],
)  # fmt: skip
def test_other_answers_have_their_reason(status, headers, reason):
    with serving(lambda handler: send(handler, b"", status, **headers)) as url:
        assert refusal(url) == reason


def test_a_certificate_of_nobody_is_refused_and_silence_too():
    with socket.create_server(("127.0.0.1", 0)) as server:
        url = f"127.0.0.1:{server.getsockname()[1]}/"
        assert refusal(f"https://{url}", limits=Limits(seconds=0.5)) == "too_slow"
    assert refusal(f"http://{url}", limits=Limits(seconds=0.5)) == "no_answer"


def test_garbage_is_no_answer():
    with serving(lambda handler: handler.wfile.write(b"\x00\xff" * 40 + b"\r\n\r\n")) as url:
        assert refusal(url) == "no_answer"
    with serving(lambda handler: send(handler, b"\x1f\x8bnot packed", Content_Encoding="gzip")) as url:
        assert refusal(url) == "no_answer"
