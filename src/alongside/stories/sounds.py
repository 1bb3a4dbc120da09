"""The bytes of a recording: written in encrypted parts, and read from any place without reading the rest."""

from alongside.audit.parts import PART_BYTES, join, split

from .models import Recording, RecordingPart

MOST_AT_ONCE = 1024 * 1024
"""Bytes of one answer to a `Range`: a browser asks again for what follows."""


def write(recording: Recording, content: bytes) -> None:
    """Store the bytes, in rows of the recording's program."""
    RecordingPart.objects.bulk_create(
        RecordingPart(program_id=recording.program_id, recording=recording, number=number, content=text)
        for number, text in split(content)
    )


def read(recording: Recording, first: int, last: int) -> bytes:
    """The bytes from `first` to `last`, both included. One query."""
    numbers = (first // PART_BYTES, last // PART_BYTES)
    rows = RecordingPart.objects.filter(recording=recording, number__range=numbers).order_by("number")
    content = join(row.content for row in rows)
    skipped = numbers[0] * PART_BYTES
    return content[first - skipped : last - skipped + 1]
