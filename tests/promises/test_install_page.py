"""docs/run/install.md tells an operator what docs/asvs.md says they keep (ASVS chapters 12, 13 and 16)."""

import re
from pathlib import Path

import pytest

RUN = Path(__file__).resolve().parents[2] / "docs" / "run"
PAGE = (RUN / "install.md").read_text()


def block(of: str) -> str:
    """The fenced block in which a line stands."""
    return next(one for one in re.findall(r"```\w*\n(.*?)```", PAGE, re.DOTALL) if of in one)


def test_the_proxy_speaks_no_old_tls_and_no_weak_cipher():
    proxy = block("listen 443")
    assert re.search(r"ssl_protocols\s+TLSv1\.3 TLSv1\.2;", proxy)
    ciphers = re.search(r"ssl_ciphers\s+(\S+);", proxy)[1].split(":")
    assert all(one.startswith("ECDHE+") for one in ciphers), "only those with forward secrecy"
    assert "access_log off" in proxy and "server_tokens off" in proxy


def test_people_are_led_to_https_and_calendars_are_not():
    plain = block("listen 80").partition("listen 80")[2]
    assert "location /c/ { return 404; }" in plain
    assert "return 301 https://" in plain


def test_the_proxy_says_itself_who_asks():
    proxy = block("listen 443")
    assert "X-Forwarded-For $remote_addr" in proxy and "X-Forwarded-Proto $scheme" in proxy
    assert "$proxy_add_x_forwarded_for" not in proxy, "what a visitor wrote is replaced, not added to"


@pytest.mark.parametrize(
    "line",
    ["User=alongside", "NoNewPrivileges=yes", "ProtectSystem=strict", "ReadWritePaths=/srv/alongside",
     "InaccessiblePaths=-/opt/alongside/.git", "IPAddressDeny=any"],
)  # fmt: skip
def test_the_service_may_do_no_more_than_it_needs(line):
    assert f"\n{line}\n" in block("ExecStart=")


@pytest.mark.parametrize(
    "words",
    ["mode 0640, owned by `root:alongside`", "sslmode=verify-full", "MaxRetentionSec", "systemd-journal-upload",
     "System clock synchronized: yes", "host name of its own", "pip-audit --require-hashes", "no superuser",
     "trust of themselves"],
)  # fmt: skip
def test_what_only_an_operator_can_do_is_told(words):
    assert words in " ".join(PAGE.split())


def test_between_machines_pages_travel_encrypted():
    scale = " ".join((RUN / "scale.md").read_text().split())
    assert "WireGuard between the machines" in scale and "a second proxy with TLS on each node" in scale
    assert "redis://:" not in scale, "only the encrypted form is shown"
