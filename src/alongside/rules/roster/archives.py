"""ZIP files, in which workbooks come: guarded before anything is unpacked."""

import io
import zipfile
from collections.abc import Iterator

from alongside.rules.roster.limits import Limits
from alongside.rules.roster.problems import RosterUnreadable

_DIRECTORY_ENTRY = b"PK\x01\x02"
_PLAIN_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)


def open_archive(content: bytes, limits: Limits) -> zipfile.ZipFile:
    """The archive, if unpacking it can do no harm. Raises `RosterUnreadable`."""
    # The directory itself may be the bomb: half a million entries fit into the bytes that may be sent.
    if content.count(_DIRECTORY_ENTRY) > limits.parts * 2:
        raise RosterUnreadable("too_many_parts", limit=limits.parts)
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
    except Exception as error:
        # zipfile raises many kinds on damaged input; each means the same to whoever sent the file.
        raise RosterUnreadable("broken_workbook") from error
    parts = archive.infolist()
    if len(parts) > limits.parts:
        raise RosterUnreadable("too_many_parts", limit=limits.parts)
    if any(part.flag_bits & 1 for part in parts):
        raise RosterUnreadable("is_locked_workbook")
    # Other methods may ask for gigabytes before the first byte comes out; no spreadsheet program uses them.
    if any(part.compress_type not in _PLAIN_METHODS for part in parts):
        raise RosterUnreadable("unsafe_workbook")
    # zipfile never unpacks more of a part than its directory declares, so these sums can be trusted.
    unpacked = sum(part.file_size for part in parts)
    if unpacked > limits.unpacked_bytes:
        raise RosterUnreadable("too_large_unpacked", limit=limits.unpacked_bytes)
    if unpacked > limits.small_bytes and unpacked > len(content) * limits.ratio:
        raise RosterUnreadable("packed_too_tightly", ratio=limits.ratio)
    return archive


def read_pieces(archive: zipfile.ZipFile, part: str, size: int = 1 << 16) -> Iterator[bytes]:
    """A part of the archive, unpacked piece by piece. Raises `RosterUnreadable` where it is damaged or not there."""
    try:
        with archive.open(part) as stream:
            while piece := stream.read(size):
                yield piece
    except GeneratorExit:
        raise
    except Exception as error:
        # As above: damaged parts show themselves in many ways.
        raise RosterUnreadable("broken_workbook") from error
