"""The chain of middleware is made once for a process, as a server does, and not once for each test client.

Thousands of clients are made, and each chain costs as much as a small page and leaves a receiver of a signal behind
that never goes. A test that changes settings gets a chain of its own, made with what it changed.
"""

import pytest
from django.conf import settings
from django.core.handlers.base import BaseHandler

load_middleware = BaseHandler.load_middleware
PARTS = ("_view_middleware", "_template_response_middleware", "_exception_middleware", "_middleware_chain")
made: dict = {}


def load_once(handler: BaseHandler, is_async: bool = False) -> None:
    """What `load_middleware` does, or what it did before with the same settings."""
    now = settings._wrapped
    if now is not made.get("for") or is_async:
        load_middleware(handler, is_async)
        return
    if "first" not in made:
        made["first"] = BaseHandler()
        load_middleware(made["first"])
    for part in PARTS:
        setattr(handler, part, getattr(made["first"], part))


@pytest.fixture(autouse=True, scope="session")
def one_chain(django_test_environment):
    """For all tests of this process."""
    made["for"] = settings._wrapped
    BaseHandler.load_middleware = load_once
    yield
    BaseHandler.load_middleware = load_middleware
