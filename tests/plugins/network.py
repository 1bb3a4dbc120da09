"""No test talks to another machine, and none sends mail."""

import ipaddress
import smtplib
import socket

import pytest
from django.conf import settings as django_settings

PRODUCT_MAIL_BACKEND = "alongside.people.outbox.QueueBackend"


class ReachedOutside(RuntimeError):
    """Something tried to reach another machine during a test."""


def is_local(address: object, family: int) -> bool:
    """Whether an address, as `socket.connect` takes it, is this machine."""
    if family == getattr(socket, "AF_UNIX", None):
        return True
    host = address[0] if isinstance(address, tuple) else address
    host = host.decode() if isinstance(host, bytes) else host
    if host in (None, "", "localhost"):
        return True
    try:
        return ipaddress.ip_address(str(host)).is_loopback
    except ValueError:
        return False


@pytest.fixture(scope="session", autouse=True)
def no_network():
    """Only this machine can be connected to, and only its own name is looked up."""
    connect, connect_ex, sendto, look_up = (
        socket.socket.connect,
        socket.socket.connect_ex,
        socket.socket.sendto,
        socket.getaddrinfo,
    )

    def check(address, family):
        if not is_local(address, family):
            raise ReachedOutside(f"a test tried to reach {address!r}")

    def guarded_connect(self, address):
        check(address, self.family)
        return connect(self, address)

    def guarded_connect_ex(self, address):
        check(address, self.family)
        return connect_ex(self, address)

    def guarded_sendto(self, content, *rest):
        check(rest[-1], self.family)
        return sendto(self, content, *rest)

    def guarded_look_up(host, *rest, **more):
        check((host,), socket.AF_INET)
        return look_up(host, *rest, **more)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", guarded_connect)
        patch.setattr(socket.socket, "connect_ex", guarded_connect_ex)
        patch.setattr(socket.socket, "sendto", guarded_sendto)
        patch.setattr(socket, "getaddrinfo", guarded_look_up)
        yield


@pytest.fixture(scope="session", autouse=True)
def no_mail(django_test_environment):
    """Mail goes into the outbox table, as in production; what the worker then sends lands in `django.core.mail.outbox`.

    Django swaps the mail back-end for tests; ours is put back, or the tests would go round the outbox (A3).
    """

    def refuse(*_arguments, **_named):
        raise ReachedOutside("a test tried to send real mail")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(smtplib.SMTP, "connect", refuse)
        patch.setattr(django_settings, "EMAIL_BACKEND", PRODUCT_MAIL_BACKEND)
        yield


@pytest.fixture(autouse=True)
def empty_mailbox():
    """Each test starts with no mail sent."""
    from django.core import mail

    mail.outbox = []
