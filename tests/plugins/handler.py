"""The chain of middleware is made once for a process, as a server does, and not once for each test client.

Thousands of clients are made, and each chain costs as much as a small page and leaves a receiver of a signal behind
that never goes. A test that changes settings or a middleware gets a chain of its own, made with what it changed.
"""

import pytest
from django.conf import settings
from django.core.handlers.base import BaseHandler
from django.utils.module_loading import import_string

load_middleware = BaseHandler.load_middleware
PARTS = ("_view_middleware", "_template_response_middleware", "_exception_middleware", "_middleware_chain")
KEPT = ("__init__", "process_view", "process_template_response", "process_exception")
"""What a chain holds of each middleware from the moment it is made, so that a change of it comes too late."""
made: dict = {}


def look() -> tuple:
    """The settings as they are, and what a chain made now would hold: another one, where a test changed them."""
    kinds = [import_string(path) for path in settings.MIDDLEWARE]
    return settings._wrapped, kinds, [getattr(kind, name, None) for kind in kinds for name in KEPT]


def load_once(handler: BaseHandler, is_async: bool = False) -> None:
    """What `load_middleware` does, or what it did before with the same settings and middleware."""
    if is_async or look() != made["for"]:
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
    made["for"] = look()
    BaseHandler.load_middleware = load_once
    yield
    BaseHandler.load_middleware = load_middleware
