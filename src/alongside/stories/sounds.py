"""The bytes of a recording: written in encrypted parts, and read from any place without reading the rest."""

import base64

from .models import Recording, RecordingPart

PART_BYTES = 192 * 1024
"""A part is 256 kB as base 64, and is read whole: small enough for a seek, large enough for few rows."""

MOST_AT_ONCE = 1024 * 1024
"""Bytes of one answer to a `Range`: a browser asks again for what follows."""


def write(recording: Recording, content: bytes) -> None:
    """Store the bytes, in rows of the recording's program."""
    RecordingPart.objects.bulk_create(
        RecordingPart(
            program_id=recording.program_id, recording=recording, number=number,
            content=base64.b64encode(content[at : at + PART_BYTES]).decode(),
        )
        for number, at in enumerate(range(0, len(content), PART_BYTES))
    )  # fmt: skip


def read(recording: Recording, first: int, last: int) -> bytes:
    """The bytes from `first` to `last`, both included. One query."""
    numbers = (first // PART_BYTES, last // PART_BYTES)
    rows = RecordingPart.objects.filter(recording=recording, number__range=numbers).order_by("number")
    content = b"".join(base64.b64decode(row.content) for row in rows)
    skipped = numbers[0] * PART_BYTES
    return content[first - skipped : last - skipped + 1]
