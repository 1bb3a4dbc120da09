"""The web server as `alongside serve` starts it: where one request ends and the next begins is never in doubt."""

import json
import socket
import subprocess
import time
from argparse import Namespace
from pathlib import Path

import pytest

from alongside.commands import serve

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="module")
def port():
    """A real gunicorn with our own options, in front of an application that says what reached it."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        free = probe.getsockname()[1]
    command = serve.web_command(Namespace(host="127.0.0.1", port=free, workers=1, threads=2))
    command[command.index("alongside.wsgi:application")] = "tests.echo_app:application"
    process = subprocess.Popen(command, cwd=ROOT, stderr=subprocess.DEVNULL)
    try:
        for _ in range(100):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", free)) == 0:
                    break
            time.sleep(0.1)
        yield free
    finally:
        process.terminate()
        process.wait(20)


def send(port: int, *lines: str, body: str = "") -> tuple[int, list[dict]]:
    """Send these lines as they are; the first status, and what each request said that reached the application."""
    with socket.create_connection(("127.0.0.1", port), timeout=10) as wire:
        wire.sendall(("\r\n".join(["POST / HTTP/1.1", "Host: side", *lines, "", ""]) + body).encode())
        wire.shutdown(socket.SHUT_WR)
        answer = b""
        while piece := wire.recv(65536):
            answer += piece
    told = [json.loads(line) for line in answer.decode().split("\r\n") if line.startswith("{")]
    return int(answer.split(b" ", 2)[1]), told


def test_a_plain_request_gets_through(port):
    status, told = send(port, "Content-Length: 5", "Connection: close", body="hello")
    assert (status, [one["length"] for one in told]) == (200, [5])


@pytest.mark.parametrize(
    "lines",
    [
        ("Content-Length: 6", "Transfer-Encoding: chunked"),
        ("Content-Length: 5", "Content-Length: 6"),
        ("Transfer-Encoding: chunked, identity",),
        ("Transfer-Encoding: xchunked",),
        ("Transfer-Encoding : chunked",),
        ("Content-Length: +5",),
        ("Content-Length: 5_0",),
    ],
)
def test_a_request_of_doubtful_length_is_refused(port, lines):
    status, told = send(port, *lines, body="0\r\n\r\nGPOST /inside HTTP/1.1\r\nHost: side\r\n\r\n")
    assert status in (400, 501)
    assert told == []


def test_a_header_that_only_looks_like_one_of_the_proxy_is_left_out(port):
    _status, told = send(port, "X_Forwarded_For: 192.0.2.66", "Content-Length: 0", "Connection: close")
    assert "HTTP_X_FORWARDED_FOR" not in told[0]["headers"]
