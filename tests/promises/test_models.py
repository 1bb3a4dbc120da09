"""What the database holds: every field is classified, what identifies is encrypted, and no secret stands in clear."""

import re

import pytest
from django.db import connection, models
from tests.promises.fields import FIELDS, KINDS
from tests.promises.models import list_models
from tests.promises.whole_story import CANARIES

from alongside.audit.fields import BlindIndexField, EncryptedField

TELLING = re.compile(
    r"(?:^|_)(?:words|notes?|story|body|phone|email|legal|birth|address|street|payload|answers|content|link|why|place"
    r"|recipient|file|step)(?:_|$)"
)
"""Names of columns that hold what people wrote, or how to reach them."""

IN_CLEAR = {
    "audit.IndexToBe.place": "the name of a model and of its field",
    "privacy.Consent.recipient_is_covered": "yes or no",
    "privacy.Disclosure.recipient_class": "a code of four",
    "privacy.Disclosure.content_digest": "a digest of what left; what left is not kept twice",
    "legal.Paper.answers": "yes or no to each question of a section; the order itself is kept on paper",
    "legal.Release.content_digest": "a digest of what left",
    "legal.Posting.place": "a code: the front page or media",
    "privacy.ProgramLaw.note": "which law a program works under, and who advised",
    "privacy.Notice.contact_phone": "whom people can ask, as the public notice says",
    "privacy.Notice.contact_email": "whom people can ask, as the public notice says",
    "privacy.Complaint.words_digest": "a digest of the words, which stand encrypted beside it",
    "privacy.NoticeOffer.why_not": "a code",
    "partners.LinkMail.link": "a reference",
    "partners.LinkWord.link": "a reference",
    "referrals.ReferralPage.link": "a reference",
    "referrals.Incoming.link": "a reference",
    "council.Policy.note": "why a policy was adopted: every account may read it",
    "people.Program.phone": "the program's own number, on its public page",
    "people.User.own_phone": "yes or no: this is my own phone",
    "people.SignIn.own_phone": "yes or no: this is my own phone",
    "workforce.PeerProfile.story_language": "a code",
    "intake.Roster.content_hash": "a digest of the file",
    "people.SafeContact.may_email": "yes or no",
    "checkins.Rhythm.answers_by_text": "yes or no",
    "mentoring.WrittenAs.note_mode": "one of four codes: how much the program writes down",
    "mentoring.WrittenAs.place": "a code such as office or phone; never an address",
    "skills.Unit.words": "a page to read that a program writes for everybody",
    "calls.Agreement.why": "a code of rules.phone_support",
    "calls.Call.why": "a code of rules.phone_support",
    "stories.Recording.story": "a reference",
    "stories.StoryTurn.story": "a reference",
    "stories.Comment.story": "a reference",
    "meetings.Meeting.place": "where a public meeting is, as its public list says",
    "meetings.Meeting.address": "where a public meeting is, as its public list says",
    "meetings.Meeting.online_phone": "the number of a public meeting, as its public list says",
    "meetings.Meeting.notes": "published words about a public meeting",
    "meetings.Meeting.online_notes": "published words about a public meeting",
    "meetings.Meeting.place_notes": "published words about a public meeting",
    "groups.GroupSession.note_key": "a random key, by which the same submit is one",
    "groups.GroupPlace.left_why": "one of four codes",
    "community.Post.hidden_why": "one of five codes",
    "community.Post.answers_to": "a reference",
    "occasions.Occasion.words_en": "what an event is, for all who may see it",
    "occasions.Occasion.words_es": "what an event is, for all who may see it",
    "occasions.OccasionPlace.left_why": "one of three codes",
    "referrals.ReferralStep.words": "a step as the program's policy names it, for all alike",
    "running.Job.place": "its number in the list of jobs",
    "interop.ExportRequest.file_format": "csv or xlsx; no file is kept",
}
"""Fields named as if they held something private, each with what they hold instead."""

NOT_ENCRYPTED = ("name",)
"""Kinds in which a canary may stand in clear: the name a person goes by is searchable."""


def classified() -> dict[str, str]:
    """`app.Model.field` to its kind."""
    return {
        f"{model}.{field}": kind
        for model, kinds in FIELDS.items()
        for kind, names in kinds.items()
        for field in names.split()
    }


def fields_of_the_house() -> dict[str, models.Field]:
    """`app.Model.field` of every column of ours."""
    return {
        f"{model._meta.label}.{field.name}": field for model in list_models() for field in model._meta.concrete_fields
    }


def test_every_field_is_classified_once():
    listed = [
        f"{model}.{field}" for model, kinds in FIELDS.items() for names in kinds.values() for field in names.split()
    ]
    assert sorted(listed) == sorted(set(listed))
    assert set(listed) == set(fields_of_the_house()), "say in tests/promises/fields.py what each field is"
    assert {kind for kinds in FIELDS.values() for kind in kinds} <= set(KINDS)


def test_what_is_sensitive_is_encrypted_and_nothing_else_is():
    kinds = classified()
    encrypted = {name for name, field in fields_of_the_house().items() if isinstance(field, EncryptedField)}
    assert encrypted == {name for name, kind in kinds.items() if kind == "sensitive"}


def test_text_of_any_length_is_encrypted():
    """Whoever needs a long text needs it for words; and words are encrypted."""
    long = {
        name
        for name, field in fields_of_the_house().items()
        if isinstance(field, models.TextField) and not isinstance(field, EncryptedField)
    }
    assert long == set()


def test_what_is_named_like_something_private_is_encrypted_or_explained():
    in_clear = {
        name
        for name, field in fields_of_the_house().items()
        if TELLING.search(field.name) and not isinstance(field, (EncryptedField, BlindIndexField, models.DateField))
    }
    assert in_clear == IN_CLEAR.keys()


def test_kinds_and_types_agree():
    types = {
        "date": (models.DateField, models.TimeField),
        "number": (
            models.IntegerField,
            models.DecimalField,
            models.FloatField,
            models.BooleanField,
            models.JSONField,
            models.AutoField,
        ),
        "id": (models.UUIDField, models.ForeignKey, BlindIndexField),
        "code": (models.CharField, models.JSONField),
        "place": (models.CharField,),
    }
    fields = fields_of_the_house()
    odd = {
        name: kind for name, kind in classified().items() if kind in types and not isinstance(fields[name], types[kind])
    }
    assert odd == {}


def test_a_code_is_short():
    """A column for codes has no room for a sentence."""
    fields = fields_of_the_house()
    roomy = {
        name: fields[name].max_length
        for name, kind in classified().items()
        if kind == "code" and isinstance(fields[name], models.CharField) and fields[name].max_length > 64
    }
    assert roomy == {}


def test_no_secret_of_the_story_stands_in_clear(whole_story):
    """Read as a thief of the database would: every column of every table, without the keys."""
    kinds = {(model._meta.db_table, field.column): classified()[f"{model._meta.label}.{field.name}"]
             for model in list_models() for field in model._meta.concrete_fields}  # fmt: skip
    seen = []
    for table in connection.introspection.table_names():
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608  (a table of ours)
            columns = [column.name if hasattr(column, "name") else column[0] for column in cursor.description]
            for row in cursor.fetchall():
                for column, value in zip(columns, row, strict=True):
                    text = bytes(value).decode(errors="replace") if isinstance(value, memoryview) else str(value)
                    hit = [canary for canary in CANARIES if canary.lower() in text.lower()]
                    if hit and kinds.get((table, column)) not in NOT_ENCRYPTED:
                        seen.append(f"{table}.{column}: {hit}")
    assert seen == []


@pytest.mark.parametrize("model", list_models(), ids=lambda model: model._meta.label)
def test_a_row_says_who_it_is_without_saying_it(model):
    """G4: what a log or an error page prints of a row is an id or a code, never what is encrypted in it."""
    row = model(**{field.name: "canary" for field in model._meta.concrete_fields if isinstance(field, EncryptedField)
                   and isinstance(field, models.TextField)})  # fmt: skip
    try:
        words = f"{row} {row!r}"
    except (TypeError, ValueError):  # an empty row has no time to print
        return
    assert "canary" not in words


def codes_of(condition) -> list[tuple[str, list[str]]]:
    """(field, codes) of each `field__in` of a check."""
    found = []
    for part in condition.children:
        if isinstance(part, models.Q):
            found += codes_of(part)
        elif isinstance(part, tuple) and part[0].endswith("__in"):
            found.append((part[0].removesuffix("__in"), [one for one in part[1] if isinstance(one, str)]))
    return found


def test_every_code_fits_its_column():
    """SQLite keeps what is too long; PostgreSQL refuses it, and only when somebody first comes to that state."""
    looked, too_long = 0, []
    for model in list_models():
        for check in model._meta.constraints:
            for name, codes in codes_of(check.condition) if isinstance(check, models.CheckConstraint) else []:
                longest = getattr(model._meta.get_field(name), "max_length", None)
                looked += len(codes)
                too_long += [(model._meta.label, name, one) for one in codes if longest and len(one) > longest]
    assert looked > 300 and too_long == []
