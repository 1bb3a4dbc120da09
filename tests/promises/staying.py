"""What has no way out (C4): the same looks for a canary in files of people, items of consents, messages and the log."""

import io
import zipfile
from datetime import timedelta

from django.core import mail
from django.utils import timezone

from alongside.audit.models import Entry
from alongside.interop.actions import ask_for_export, start_export
from alongside.interop.files import stream
from alongside.people import outbox
from alongside.people.models import Merge, OutgoingMessage
from alongside.privacy.items import gather
from alongside.rules import disclosure
from alongside.rules.consent import ITEMS
from alongside.rules.exports import SCOPES
from alongside.rules.roster.written_files import FORMATS


def unpacked(content: bytes) -> str:
    """The text of all parts of a workbook or an archive; of other files, nothing."""
    if not zipfile.is_zipfile(io.BytesIO(content)):
        return ""
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        return "".join(book.read(name).decode(errors="replace") for name in book.namelist())


def check_files_of_people(whole_story, kind: str, canary: str) -> None:
    """No file of this kind holds it, whoever asks, in no scope and no format."""
    now = timezone.now()
    for days, (scope, form) in enumerate((scope, form) for scope in SCOPES for form in FORMATS):
        for who in ("carmen", "dolores"):
            by, moment = whole_story.people[who].actor, now + timedelta(days=4 * days)
            export = ask_for_export(
                kind=kind, scope=scope, file_format=form, language="en", words="For the county.", by=by, now=moment
            )
            content = b"".join(stream(start_export(export=export, by=by, now=moment), whole_story.program, by))
            assert content and canary not in content.decode(errors="replace") + unpacked(content)


def check_items_of_consents(whole_story, who: str, canary: str) -> None:
    """Whatever somebody signs for, it is in no item."""
    for language in ("en", "es"):
        assert canary not in str(gather(whole_story.people[who].person, ITEMS, language))
    assert len(gather(whole_story.rosa.person, ITEMS, "en")) > 5, "there was something to tell, or the test is blind"


def check_messages_and_entries(canary: str) -> None:
    """Every message of a day is sent; neither they, nor the log, nor a journal of joining holds it."""
    for hour in range(24):
        outbox.send_due(now=timezone.now() + timedelta(days=1, hours=hour))
    assert len(mail.outbox) > 0
    assert canary not in "".join(f"{one.subject}{one.body}{one.to}" for one in mail.outbox)
    for model in (Entry, OutgoingMessage, Merge):
        for row in model._base_manager.all():
            assert canary not in str(vars(row))


def list_ways_for(*words: str) -> list[str]:
    """Ways out and items of consents that name it."""
    return [one for one in (*disclosure.WAYS, *ITEMS) if any(word in one for word in words)]
