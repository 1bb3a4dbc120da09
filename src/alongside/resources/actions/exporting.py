"""The directory as a file of HSDS 3.0, with everything that came in."""

from collections.abc import Iterator

from django.db import transaction

from alongside.audit.actions import record
from alongside.people.models import Program
from alongside.resources.models import Leftover, Record
from alongside.rules.resources import Document, write_json, write_tables
from alongside.rules.resources.hsds import SERVICE

WRITERS = {"json": write_json, "tables": write_tables}


def list_documents() -> Iterator[Document]:
    """All that is listed, each id once, and what its lists hold beside it."""
    records = Record.objects.filter(resource__is_listed=True, resource__is_copy=False).order_by(
        "resource__sort_name", "resource_id"
    )
    for document in records.values_list("document", flat=True).iterator(500):
        yield Document(SERVICE, document)
    for table, document in Leftover.objects.order_by("table", "pk").values_list("table", "document").iterator(500):
        yield Document(table, document)


@transaction.atomic
def export(*, program: Program, form: str, by) -> bytes:
    """The bytes of the file: `form` json or tables (a zip). About places only; nothing of anybody is in it."""
    content = WRITERS[form](list_documents())
    record(act="resource.exported", by=by, program_id=program.pk, object_kind="resource")
    return content
