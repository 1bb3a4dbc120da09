"""What is sent to somebody on an old phone is sent small: pages for everybody, styles, scripts and icons compressed.

Fonts and sounds are compressed already. Nothing has to be collected or compressed by an operator, and no proxy is
needed; files that an operator collected bring their own compressed twins.
"""

import gzip
from collections.abc import Callable
from functools import cache, wraps
from io import BytesIO
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.middleware.gzip import GZipMiddleware
from whitenoise.middleware import WhiteNoiseMiddleware
from whitenoise.responders import Response, StaticFile

SMALL_ALREADY = (".woff2", ".png", ".jpg", ".webp", ".gz", ".br")
LEAST_BYTES = 400
"""Below this, the wrapping costs what the squeezing saves."""

_squeeze = GZipMiddleware(lambda request: HttpResponse())


def light(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A page for somebody without an account is sent compressed; for accounts it is as it was.

    It has no secret that its length could tell: the token of its forms is masked anew each time, and Django adds a
    random length.
    """

    @wraps(view)
    def look(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        is_page = response.get("Content-Type", "").startswith("text/html")
        if is_page and not response.streaming and not request.user.is_authenticated:
            return _squeeze.process_response(request, response)
        return response

    return look


class Squeezed:
    """A file of ours that is sent compressed to whoever can read that; compressed once for each process."""

    def __init__(self, file: StaticFile, path: str):
        self.file, self.path = file, path

    def get_response(self, method: str, request_headers: Any) -> Response:
        """The file, or its squeezed form where that is smaller and wanted."""
        response = self.file.get_response(method, request_headers)
        if response.status != 200:  # not modified, or a range of its bytes as they are
            return response
        sizes = {name: value for name, value in response.headers if name == "Content-Length"}
        headers = [(name, value) for name, value in response.headers if name not in ("Content-Length", "Vary")]
        headers.append(("Vary", "Accept-Encoding"))
        wanted = "gzip" in request_headers.get("HTTP_ACCEPT_ENCODING", "")
        squeezed = squeeze(self.path, self.file.etag) if wanted else b""
        if not squeezed:
            return Response(response.status, [*headers, *sizes.items()], response.file)
        if response.file is not None:
            response.file.close()
        headers += [("Content-Encoding", "gzip"), ("Content-Length", str(len(squeezed)))]
        return Response(response.status, headers, BytesIO(squeezed) if method != "HEAD" else None)


@cache
def squeeze(path: str, _etag: str) -> bytes:
    """The file compressed; nothing where that saves nothing."""
    with open(path, "rb") as file:
        content = file.read()
    found = gzip.compress(content, 9, mtime=0)
    return found if len(content) >= LEAST_BYTES and len(found) < len(content) else b""


class LightFiles(WhiteNoiseMiddleware):
    """WhiteNoise, whose files are squeezed."""

    def get_static_file(self, path: str, url: str, stat_cache: Any = None) -> Any:
        """The same headers as WhiteNoise gives it. A file with a compressed twin beside it is sent as that."""
        file = super().get_static_file(path, url, stat_cache=stat_cache)
        return file if len(file.alternatives) > 1 or path.endswith(SMALL_ALREADY) else Squeezed(file, path)
