"""Each model of the house says what becomes of its rows: in the person's copy or why not, for how long or for ever."""

from django.apps import apps
from django.db import models
from tests.promises.models import list_models

from alongside.people import joining
from alongside.people.models import Person
from alongside.retention.due import DUE
from alongside.retention.lines import LINES, PERSON, ROW, SEALED, STAYS, WORDS
from alongside.retention.sections import COLUMNS, SECTIONS
from alongside.rules.retention import KINDS

NAMES_SOMEBODY_ELSE = {
    # Relations to whoever works here, or who did something; the row is about somebody else, or about nobody.
    "people.Person.supervisor", "privacy.Grant.reader", "mentoring.Contact.author", "mentoring.Contact.seen_by",
    "mentoring.Addition.author", "mentoring.Appointment.made_by", "mentoring.Message.author",
    "mentoring.NoteDraft.author", "safety.Escalation.raised_by", "safety.Escalation.owner",
    "safety.Escalation.handed_to", "safety.Told.reader", "calls.Call.caller", "calls.Claim.caller",
    "legal.Incident.owner", "returns.Telling.told_by", "groups.GroupPlace.added_by",
    "outings.Ask.answered_by",
    "referrals.ReferralStep.done_by",
}  # fmt: skip

NAMED_NOWHERE = "reflections.Reflection"
"""C4: no other package names it, this one neither (`tests/promises/test_reflections_stay.py`)."""


def test_what_is_named_nowhere_is_of_an_account_and_goes_with_it():
    model = apps.get_model(NAMED_NOWHERE)
    assert model not in (relation.related_model for relation in Person._meta.get_fields() if relation.is_relation)
    assert model._meta.get_field("writer").remote_field.on_delete is models.CASCADE


def test_every_model_has_a_line():
    """A new model: say in retention/lines.py whose it is, if they get it, what an erasing does, how long it stays."""
    assert {model._meta.label for model in list_models()} - {NAMED_NOWHERE} == LINES.keys()


def test_every_relation_to_a_person_is_known():
    """A new table that names people: its line says whose it is, or here stands that it names somebody else."""
    told = set()
    for label, line in LINES.items():
        told |= {f"{label}.{lookup}" for lookup in line.whose if "__" not in lookup and lookup != "pk"}
    relations = set(joining.list_relations())
    assert relations - told == NAMES_SOMEBODY_ELSE
    assert relations >= NAMES_SOMEBODY_ELSE, "nothing stands here that is not there"


def test_a_model_with_a_path_to_a_person_says_whose_it_is():
    """Also where the way leads over other tables: a goal hangs from a page, and that from a person."""
    reaches = {Person}
    grown = True
    while grown:
        grown = False
        for model in list_models():
            hangs = any(
                field.is_relation and field.related_model in reaches and _hangs_from(field)
                for field in model._meta.concrete_fields
            )
            if hangs and model not in reaches:
                reaches.add(model)
                grown = True
    silent = {model._meta.label for model in reaches if not LINES[model._meta.label].whose}
    assert silent == {"mentoring.NoteDraft"}, "it names its author; it is found by the name of the person it is about"


def _hangs_from(field: models.Field) -> bool:
    """Programs, policies, accounts and lists are of many: to hang from one says nothing of a person."""
    return f"{field.model._meta.label}.{field.name}" not in NAMES_SOMEBODY_ELSE - {"mentoring.NoteDraft.author"}


def test_each_line_says_everything_once():
    for label, line in LINES.items():
        assert bool(line.take) != bool(line.no_take), f"{label}: in the copy, or why not"
        assert bool(line.kind) != bool(line.no_kind), f"{label}: a period, or why none"
        assert line.erase in (ROW, WORDS, SEALED, PERSON, STAYS)
        assert (line.erase == WORDS) <= bool(line.words), label
        model = apps.get_model(label)
        for name in line.words:
            model._meta.get_field(name)
        for lookup in line.whose:
            model._base_manager.filter(**{f"{lookup}__isnull": False}).query.__str__()  # a lookup that exists


def test_what_is_in_the_copy_has_a_section_and_every_section_a_model():
    sections = {section.code for section in SECTIONS}
    assert {line.take for line in LINES.values() if line.take} == sections
    keys = {column.key for section in SECTIONS for column in section.columns}
    assert keys == COLUMNS.keys()


def test_each_period_takes_what_the_lines_say():
    told: dict[str, set] = {}
    for label, line in LINES.items():
        if line.kind:
            told.setdefault(line.kind, set()).add(label)
    taken = {kind: {due.label for due in several} - {"retention.Sealed"} for kind, several in DUE.items()}
    # Drafts of consents are rows of the same table as those that were signed.
    assert taken.pop("drafts") == {"privacy.Consent"}
    assert told == taken | {"record": {"people.Person"}}
    assert told.keys() | {"drafts"} == KINDS.keys()
