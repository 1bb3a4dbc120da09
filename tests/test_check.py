"""The settings of an install as docs/run/install.md describes it: behind a TLS proxy, under a name of its own."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
INSTALL = {
    "ALONGSIDE_HOSTS": "side.example.org",
    "ALONGSIDE_URL": "https://side.example.org",
    "DJANGO_SETTINGS_MODULE": "alongside.settings",
    "PYTHONPATH": str(ROOT / "src"),
}
BEGIN = "import json, django; django.setup()\n"
COMPLAINTS = """
from alongside.commands.check import check_settings
print(json.dumps(check_settings(None)))
"""
ADDRESSES = """
from allauth.account.adapter import get_adapter
from django.test import RequestFactory
def seen(**headers):
    request = RequestFactory(REMOTE_ADDR="127.0.0.1").get("/", headers=headers)
    return get_adapter(request).get_client_ip(request)
print(json.dumps([seen(x_forwarded_for="192.0.2.7"), seen(x_forwarded_for="10.9.9.9, 192.0.2.8"), seen()]))
"""


@pytest.fixture
def ask(tmp_path):
    """Runs Python in a process of its own, since the tests' settings have no HTTPS, and gives what it printed."""

    def run(source: str, **more: str):
        kept = {key: value for key, value in os.environ.items() if not key.startswith(("ALONGSIDE_", "DATABASE_URL"))}
        environment = {**kept, **INSTALL, "ALONGSIDE_HOME": str(tmp_path / "home"), **more}
        command = [sys.executable, "-c", BEGIN + source]
        done = subprocess.run(command, env=environment, cwd=tmp_path, capture_output=True, text=True, check=True)
        return json.loads(done.stdout)

    return run


def test_check_has_nothing_to_say(ask):
    assert ask(COMPLAINTS) == []


def test_visitors_behind_the_proxy_are_told_apart(ask):
    """What a visitor writes into the header before the proxy adds to it is not believed."""
    assert ask(ADDRESSES) == ["192.0.2.7", "192.0.2.8", "127.0.0.1"]


def test_without_a_proxy_nobody_is_believed(ask):
    assert ask(ADDRESSES, ALONGSIDE_BEHIND_PROXY="0") == ["127.0.0.1"] * 3


COOKIES = """
from django.conf import settings
from alongside.web.reading import COOKIE
names = [settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME, settings.LANGUAGE_COOKIE_NAME, COOKIE,
         settings.DEVICE_COOKIE_NAME]
print(json.dumps(names))
"""


def test_every_cookie_belongs_to_this_host_alone(ask):
    """E7: no neighbour under the same domain can set or read one."""
    assert all(name.startswith("__Host-") for name in ask(COOKIES))


MAIL = """
from alongside.commands.check import check_mail
print(json.dumps(check_mail(None)))
"""


def test_mail_that_reaches_nobody_is_complained_about(ask):
    assert len(ask(MAIL)) == 1
    assert ask(MAIL, ALONGSIDE_EMAIL_BACKEND="django.core.mail.backends.smtp.EmailBackend") == []
    assert ask(MAIL, ALONGSIDE_DEMO="1") == []


WIRES = """
from alongside.commands.check import check_wires
print(json.dumps(check_wires(None)))
"""
SMTP = {"ALONGSIDE_EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend"}


@pytest.mark.parametrize(
    ("settings", "problems"),
    [
        ({}, 0),
        ({"DATABASE_URL": "postgres://a@//run/postgresql/alongside", **SMTP}, 0),
        ({**SMTP, "ALONGSIDE_EMAIL_HOST": "mail.example.org", "ALONGSIDE_EMAIL_TLS": "1"}, 0),
        ({**SMTP, "ALONGSIDE_EMAIL_HOST": "mail.example.org"}, 1),
        ({"DATABASE_URL": "postgres://a:b@10.0.0.4/alongside"}, 1),
        ({"DATABASE_URL": "postgres://a:b@10.0.0.4/alongside?sslmode=require"}, 1),
        ({"DATABASE_URL": "postgres://a:b@10.0.0.4/alongside?sslmode=verify-full"}, 0),
        ({"DATABASE_URL": "postgres://a:b@10.0.0.4/alongside?sslmode=verify-full", "ALONGSIDE_DB_POOL": "4"}, 0),
        ({"ALONGSIDE_REDIS_URL": "redis://:x@10.0.0.5:6379/0"}, 1),
        ({"ALONGSIDE_REDIS_URL": "rediss://:x@10.0.0.5:6379/0"}, 0),
        ({"ALONGSIDE_REDIS_URL": "unix:///run/redis/redis.sock"}, 0),
    ],
)
def test_a_wire_to_another_machine_must_be_encrypted(ask, settings, problems):
    assert len(ask(WIRES, **settings)) == problems


TLS = """
import ssl
from django.core.mail.backends.smtp import EmailBackend
from redis.connection import SSLConnection
context = EmailBackend(use_tls=True).ssl_context
print(json.dumps([context.verify_mode == ssl.CERT_REQUIRED, context.check_hostname,
                  SSLConnection().cert_reqs == ssl.CERT_REQUIRED]))
"""


def test_certificates_of_other_machines_are_looked_at(ask):
    assert ask(TLS) == [True, True, True]


PRODUCT = """
from django.conf import settings
from django.contrib.auth.hashers import get_hasher
hasher = get_hasher()
print(json.dumps({
    "cookies": [settings.SESSION_COOKIE_SECURE, settings.CSRF_COOKIE_SECURE, settings.LANGUAGE_COOKIE_SECURE],
    "hsts": [settings.SECURE_HSTS_SECONDS >= 31_536_000, settings.SECURE_HSTS_INCLUDE_SUBDOMAINS],
    "hash": [hasher.algorithm, hasher.memory_cost >= 19 * 1024, hasher.time_cost >= 2],
    "debug": settings.DEBUG,
}))
"""


def test_the_product_is_set_as_the_security_page_says(ask):
    assert ask(PRODUCT) == {
        "cookies": [True] * 3, "hsts": [True, True], "hash": ["argon2", True, True], "debug": False,
    }  # fmt: skip


HTTPS = """
from django.test import Client
def say(address, **more):
    answer = Client(HTTP_HOST="side.example.org").get(address, **more)
    return [answer.status_code, answer.get("Location"), answer.get("Strict-Transport-Security")]
encrypted = {"headers": {"X-Forwarded-Proto": "https"}}
print(json.dumps([say("/static/web/css/base.css", **encrypted), say("/static/web/css/base.css"), say("/c/x.ics"),
                  say("/help/")]))
"""


def test_people_are_led_to_https_and_calendars_are_not(ask):
    """A browser shows where it landed; a calendar would send its secret in clear for ever, and nobody would see."""
    encrypted, file, feed, page = ask(HTTPS)
    assert encrypted == [200, None, "max-age=63072000; includeSubDomains"]
    assert file[:2] == [301, "https://side.example.org/static/web/css/base.css"]
    assert feed[:2] == [404, None]
    assert page[:2] == [301, "https://side.example.org/help/"]
