"""What reaches a phone, a calendar or a download folder tells nobody anything (E1, E3)."""

import re
from datetime import timedelta

import pytest
from django.conf import settings
from django.core import mail
from django.utils import timezone
from tests.promises.whole_story import CANARIES

from alongside.people import outbox
from alongside.people.models import Program
from alongside.people.notices import NOTICES, words_of
from alongside.rules.neutral import reveals
from alongside.rules.wording import find_words
from alongside.web.messages import ROOT

LINK = "https://example.org/join/x"
LANGUAGES = [code for code, _name in settings.LANGUAGES]
SENDING = re.compile(r"(?<!def )send_mail\(|EmailMessage\(|EmailMultiAlternatives\(|smtplib")
ATTACHMENT = re.compile(r"filename=\\?[\"']?([^\"';\s]+)")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", NOTICES)
class TestEveryNotice:
    def test_it_tells_nothing(self, code, language):
        for text in words_of(code, language, LINK):
            assert reveals(text.replace(LINK, "")) == []
            assert find_words(text, language=language) == []

    def test_only_the_link_is_filled_in(self, code, language):
        """No name, no words of anybody, no date."""
        notice = NOTICES[code]
        for text in (notice.subject, notice.body, notice.text):
            assert set(re.findall(r"%\((\w+)\)", str(text))) <= {"link"}
        assert "%(" not in "".join(words_of(code, language, LINK))

    def test_a_subject_is_one_short_line(self, code, language):
        subject = words_of(code, language, LINK)[0]
        assert "\n" not in subject
        assert len(subject) <= 60

    def test_a_text_message_fits(self, code, language):
        assert len(words_of(code, language, LINK)[2]) <= 160


def test_a_code_of_a_notice_tells_nothing_either():
    """Codes stand in the database in clear."""
    assert [code for code in NOTICES if reveals(code)] == []


def test_nothing_of_the_story_is_in_what_is_sent(whole_story):
    """Everything that the whole story queued, as it leaves."""
    noon = (timezone.now() + timedelta(days=1)).replace(hour=20)  # in California; by night most rules say: wait
    counts = outbox.send_due(now=noon)
    assert counts["sent"] == len(mail.outbox) > 0
    for message in mail.outbox:
        words = f"{message.subject}\n{message.body}\n{message.from_email}"
        assert reveals(re.sub(r"https?://\S+", "", words)) == []
        assert [canary for canary in CANARIES if canary in words] == []
        assert message.attachments == []


def test_what_is_queued_holds_no_words(whole_story):
    """A row of the outbox names a template: there is no column for words."""
    from alongside.people.models import OutgoingMessage

    assert {field.name for field in OutgoingMessage._meta.concrete_fields} == {
        "id", "program", "person", "channel", "recipient", "template", "language", "link", "status", "attempts",
        "not_before", "created_at", "sent_at", "once_key",
    }  # fmt: skip


def test_the_sender_and_the_public_name_tell_nothing():
    assert reveals(settings.DEFAULT_FROM_EMAIL.split("<")[0]) == []
    assert reveals(Program._meta.get_field("public_name").default) == []
    assert reveals(settings.MFA_TOTP_ISSUER) == []
    assert reveals(f"{settings.SESSION_COOKIE_NAME} {settings.CSRF_COOKIE_NAME}") == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_calendar_tells_nothing(whole_story, language):
    from alongside.mentoring.calendar import build_calendar

    text = build_calendar([whole_story.appointment], language=language, now=timezone.now()).decode()
    unfolded = text.replace("\r\n ", "")
    for line in unfolded.splitlines():
        name, _, value = line.partition(":")
        if name.split(";")[0] in {"SUMMARY", "DESCRIPTION", "LOCATION", "CATEGORIES", "PRODID", "X-WR-CALNAME"}:
            assert reveals(value) == []
    assert "LOCATION" not in unfolded
    assert "ATTENDEE" not in unfolded
    assert [canary for canary in CANARIES if canary in unfolded] == []


def test_file_names_in_the_code_tell_nothing():
    """Downloads for staff land in the same folder that their family looks into."""
    names = {
        f"{path.relative_to(ROOT)}: {name}": name
        for path in ROOT.rglob("*.py")
        for name in ATTACHMENT.findall(path.read_text(encoding="utf-8"))
    }
    assert {place: reveals(name) for place, name in names.items() if reveals(name)} == {}


def test_mail_leaves_by_one_door():
    """Only the outbox knows how to send, and the carrier of texts that go as mail, which the outbox calls; the ends
    of the log go to the operator's own address by their tick (`audit.heads_away`)."""
    senders = {
        path.relative_to(ROOT).as_posix()
        for path in ROOT.rglob("*.py")
        if re.search(
            r"(?<!def )send_mail\(|EmailMessage\(|EmailMultiAlternatives\(|smtplib", path.read_text(encoding="utf-8")
        )
    }
    assert senders == {"audit/heads_away.py", "people/outbox.py", "people/texts.py"}
