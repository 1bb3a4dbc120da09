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
