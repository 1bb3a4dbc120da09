"""The cache that several servers share (`ALONGSIDE_REDIS_URL`): what is kept in it, and what happens when it is gone.

It counts tries (F5) and remembers sessions for a minute. When it is gone, nobody can guess passwords unseen: signing in
waits and says so kindly; whoever is signed in goes on, and help and the public pages stay open (I4).
"""

import json
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

RETRY_SECONDS = 60


class PlainSerializer:
    """JSON instead of Django's pickle: who reaches the cache can change data, but never run code here.

    Whole numbers stay numbers, so that the cache can count them up.
    """

    def dumps(self, value: Any) -> int | bytes:
        """The form in which the cache keeps a value."""
        return value if type(value) is int else json.dumps(value).encode()

    def loads(self, data: bytes) -> Any:
        """The value again."""
        return json.loads(data)


def is_cache_gone(error: BaseException) -> bool:
    """Whether an error says that the shared cache does not answer. Its client is only loaded where one is set."""
    names = {f"{kind.__module__}.{kind.__name__}" for kind in type(error).__mro__}
    return bool(names & {"redis.exceptions.ConnectionError", "redis.exceptions.TimeoutError"})


class CacheGone:
    """A kind page, and no more, where a view could not count because the shared cache is gone."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if not is_cache_gone(error):
            return None
        response = render(request, "503.html", status=503)
        response.headers["Retry-After"] = str(RETRY_SECONDS)
        return response
