"""The file as it leaves: made while it is sent, chunk by chunk, and kept nowhere."""

from collections.abc import Iterator

from django.http import StreamingHttpResponse
from django.utils import timezone
from django.utils.translation import override

from alongside.people.models import Program
from alongside.people.streams import inside
from alongside.rules.disclosure import pass_out
from alongside.rules.roster.written_files import write_file

from .actions import note_exported
from .models import ExportRequest
from .queries import iter_people
from .tables import iter_rows, list_columns, list_fields

TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def send_file(export: ExportRequest, program: Program, by) -> StreamingHttpResponse:
    """The answer that is the file. Its name says nothing of what is in it (E3)."""
    pass_out("file_of_people", roles=by.roles, words=export.reason_words)
    answer = StreamingHttpResponse(stream(export, program, by), content_type=TYPES[export.file_format])
    name = f"file-{timezone.localdate().isoformat()}.{export.file_format}"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def stream(export: ExportRequest, program: Program, by) -> Iterator[bytes]:
    """The bytes of the file. Each chunk of people is written to the log before its bytes leave."""
    with override(export.language):
        headers = list_columns(export.kind, export.language)
    return inside(program, export.language, write_file(export.file_format, headers, _rows(export, program, by)))


def _rows(export: ExportRequest, program: Program, by) -> Iterator[list[str]]:
    fields = list_fields(export.kind)
    for people in iter_people(export.kind, export.scope, by):
        note_exported(export=export, people=people, fields=fields, by=by)
        yield from iter_rows(export, people, program, by)
