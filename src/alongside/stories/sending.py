"""Answering with a recording: by its own type only, as an attachment (H3), a part where a part is asked for.

A player on a page takes an attachment like any sound; whoever opens the address itself saves a file and sees no page.
"""

from django.http import Http404, HttpRequest, HttpResponse

from alongside.rules.disclosure import pass_out
from alongside.rules.sound import TYPES, read_range

from .models import Recording, Story
from .sounds import MOST_AT_ONCE, read


def send_sound(request: HttpRequest, story: Story | None) -> HttpResponse:
    """The sound of a story that the caller may open, else 404. `Range` is answered with at most `MOST_AT_ONCE`."""
    recording = getattr(story, "recording", None)
    if recording is None:
        raise Http404
    pass_out("story_sound")
    name = f"recording.{recording.kind}"
    headers = {
        "Accept-Ranges": "bytes", "Cache-Control": "no-store", "Content-Disposition": f'attachment; filename="{name}"',
    }  # fmt: skip
    asked = request.headers.get("Range", "")
    if not asked:
        return _part(request, recording, 0, recording.size - 1, headers, status=200)
    found = read_range(asked, recording.size, MOST_AT_ONCE)
    if found is None:
        return HttpResponse(status=416, headers=headers | {"Content-Range": f"bytes */{recording.size}"})
    first, last = found
    headers["Content-Range"] = f"bytes {first}-{last}/{recording.size}"
    return _part(request, recording, first, last, headers, status=206)


def _part(
    request: HttpRequest, recording: Recording, first: int, last: int, headers: dict, *, status: int
) -> HttpResponse:
    """The bytes; for HEAD their number alone."""
    content = b"" if request.method == "HEAD" else read(recording, first, last)
    headers["Content-Length"] = str(last - first + 1)
    return HttpResponse(content, status=status, content_type=TYPES[recording.kind], headers=headers)
