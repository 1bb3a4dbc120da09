"""Told to whoever acts for a minor in danger (§2.14(c)): by the director's judgment, reviewed, and the person reads."""

from dataclasses import replace
from datetime import timedelta
from html import unescape
from uuid import uuid4

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from tests.privacy.test_emergency import english, facts, filled  # noqa: F401
from tests.privacy.test_restrictions import kept
from tests.story import day_there

from alongside.audit.models import Entry
from alongside.privacy import actions
from alongside.privacy.models import Emergency
from alongside.retention.sections.sharing import sent as sent_of
from alongside.rules.consent import Posture
from alongside.rules.emergency import Facts

pytestmark = pytest.mark.django_db

JUDGED = {"asks_for_services": True, "judged_no_capacity": True, "judged_threat": True}
MINOR = {"acts_as": "parent", "no_capacity": "condition", "threat_to": "minor", **JUDGED}
SAID = {"recipient": "Marta Ortiz", "nature": "She will not live until Monday, she says", "told": "Where she is now"}


def born(person, years: int) -> None:
    """As of today, in the program's own day, somebody has been this old for half a year."""
    person.birth_date = day_there().replace(day=1) - timedelta(days=365 * years + 190)
    person.save(update_fields=["birth_date"])


@pytest.fixture
def young(english):  # noqa: F811
    born(english.person, 15)
    return english


def whole(**values) -> Facts:
    return replace(facts(), **{"kind": "parent", "facility": "", "no_consent": "", **MINOR, **values})


def tell(person, by, **values) -> Emergency:
    return actions.tell_in_emergency(person=person, facts=whole(**values), submit_key=uuid4(), by=by)


def sent(**values) -> dict:
    one = filled(**SAID, **{**MINOR, **dict.fromkeys(JUDGED, "yes")})
    return {name: value for name, value in one.items() if name not in ("facility", "no_consent")} | values


def text(answer) -> str:
    assert answer.status_code == 200
    return unescape(answer.content.decode())


@pytest.fixture
def director(signed_in, dolores, young):
    client = signed_in(dolores)
    client.post(reverse("open_with_reason", args=[young.person.pk]), {"words": "She is in danger, I look who to call."})
    return client


def test_the_director_writes_it_down_another_looks_and_she_reads_every_fact(director, signed_in, young, lien):
    url = reverse("emergency_parent", args=[young.person.pk])
    assert url in text(director.get(reverse("emergency_new", args=[young.person.pk])))
    page = text(director.get(url))
    assert "42 CFR 2.14(c)" in page and "who asks for help or just came" in page
    form = sent()
    for _twice in range(2):
        assert director.post(url, form).url == reverse("record", args=[young.person.pk])
    one = Emergency.objects.get()
    assert (one.kind, one.facility, one.no_consent) == ("parent", "", "") and actions.is_as_written(one)
    assert {name: getattr(one, name) for name in MINOR} == MINOR
    assert Entry.objects.get(act="disclosure.emergency").reason == "parent"
    own = director.post(reverse("emergency_one", args=[one.pk]), {"finding": "right", "words": "x"})
    assert own.status_code == 404, "nobody looks at their own"
    reader = signed_in(lien)
    assert "There was no such danger, or they could decide" in text(reader.get(reverse("emergency_one", args=[one.pk])))
    reader.post(reverse("emergency_one", args=[one.pk]), {"finding": "right", "words": "She came to you in time."})
    hers = signed_in(young)
    assert "was told to somebody who acts for you: Marta Ortiz" in text(hers.get(reverse("me_privacy")))
    page = text(hers.get(reverse("me_sent")))
    for words in (*SAID.values(), "A parent", one.disclosed_by_name, "The state of their mind or body", "Themself",
                  "42 CFR 2.14(c)", "She came to you in time."):  # fmt: skip
        assert words in page, words
    (row,) = sent_of(young.person)
    assert row["recipient"] == "Marta Ortiz, A parent" and "somebody under age could not decide" in row["reason"]


@pytest.mark.parametrize(
    "left_out",
    ["recipient", "acts_as", "on_day", "at_time", "asks_for_services", "no_capacity", "judged_no_capacity", "nature",
     "threat_to", "judged_threat", "told"],
)  # fmt: skip
def test_without_one_fact_nothing_is_written_and_nothing_typed_is_lost(director, young, left_out):
    answer = director.post(reverse("emergency_parent", args=[young.person.pk]), sent(**{left_out: ""}))
    page = text(answer)
    assert not Emergency.objects.exists()
    assert all(words in page for name, words in SAID.items() if name != left_out)


@pytest.mark.parametrize("question", JUDGED)
def test_where_the_director_judges_no_nobody_is_told(director, young, question):
    answer = director.post(reverse("emergency_parent", args=[young.person.pk]), sent(**{question: "no"}))
    assert "Then nobody may be told without the person." in text(answer) and not Emergency.objects.exists()


def test_only_a_director_has_this(signed_in, young, lien, dante, carmen):
    url = reverse("emergency_parent", args=[young.person.pk])
    for other in (lien, dante, carmen):
        client = signed_in(other)
        assert client.get(url).status_code == client.post(url, sent()).status_code == 404
        assert url not in text(client.get(reverse("emergency_new", args=[young.person.pk])))
        with pytest.raises(actions.NotAnEmergency):
            tell(young.person, other.actor)
    assert {one.reason for one in Entry.objects.filter(act="disclosure.refused")} == {"not_by_them"}
    assert not Emergency.objects.exists()


@pytest.mark.parametrize(
    ("years", "reason", "words"),
    [(None, "age_not_known", "Ask a coordinator to enter “Date of birth”"), (18, "of_age", "18 years in your state")],
)
def test_of_whom_is_no_minor_nothing_is_told_and_the_page_says_why(director, dolores, young, years, reason, words):
    if years is None:
        young.person.birth_date = None
        young.person.save(update_fields=["birth_date"])
    else:
        born(young.person, years)
    url = reverse("emergency_parent", args=[young.person.pk])
    page = text(director.get(url))
    assert words in page and 'name="told"' not in page
    assert director.post(url, sent()).url == url and not Emergency.objects.exists()
    assert Entry.objects.get(act="disclosure.refused").reason == reason


def test_it_is_the_age_on_the_day_when_it_was_told(dolores, young):
    """Somebody who became an adult since was a minor then, and the other way round there is no going back."""
    today = day_there()
    last_year = today - timedelta(days=366)
    young.person.birth_date = today.replace(year=today.year - 18, day=min(today.day, 28))
    young.person.save(update_fields=["birth_date"])
    then = timezone.now() - (today - last_year)
    with pytest.raises(actions.NotAnEmergency):
        tell(young.person, dolores.actor)
    assert tell(young.person, dolores.actor, disclosed_at=then).kind == "parent"


def test_where_part_2_does_not_hold_it_is_no_ground(director, dolores, young):
    actions.set_law(program=young.person.program, posture=Posture("neither"), note="No program", by=dolores.actor)
    assert "Another law says what a parent may be told" in text(
        director.get(reverse("emergency_parent", args=[young.person.pk]))
    )
    with pytest.raises(actions.NotAnEmergency):
        tell(young.person, dolores.actor)
    assert Entry.objects.get(act="disclosure.refused").reason == "other_law"


def test_what_she_asked_to_keep_back_is_shown(director, young, carmen):
    kept(young, carmen, items=["notes"])
    assert "They asked that this is kept back:" in text(
        director.get(reverse("emergency_parent", args=[young.person.pk]))
    )


@pytest.mark.parametrize(
    "wrong",
    [{"acts_as": "uncle"}, {"no_capacity": ""}, {"threat_to": "nobody"}, {"facility": "A clinic"}, {"recipient": " "},
     {"no_consent": "cannot_reach"}, {"product": "A spray"}, {"kind": "fda"}, *({name: False} for name in JUDGED)],
)  # fmt: skip
def test_the_action_refuses_what_is_not_whole_or_mixed(young, dolores, wrong):
    with pytest.raises(actions.NotAnEmergency):
        tell(young.person, dolores.actor, **wrong)
    assert not Emergency.objects.exists()


def test_the_database_keeps_what_was_judged(young, dolores):
    one = tell(young.person, dolores.actor)
    same = Emergency.objects.filter(pk=one.pk)
    other = {"acts_as": "guardian", "no_capacity": "youth", "threat_to": "other", **dict.fromkeys(JUDGED, False)}
    for name, value in {**other, "kind": "medical", "facility": "A clinic"}.items():
        with pytest.raises(DatabaseError), transaction.atomic():
            same.update(**{name: value})
    with pytest.raises(DatabaseError), transaction.atomic():
        same.delete()
    same.update(recipient="Somebody else")
    one.refresh_from_db()
    assert not actions.is_as_written(one), "what is kept encrypted is held by the digest"


@pytest.mark.parametrize(
    "wrong",
    [{"kind": "medical"}, {"kind": "fda"}, {"acts_as": ""}, {"acts_as": "uncle"}, {"no_capacity": "unwilling"},
     {"threat_to": ""}, {"no_consent": "closed"}, {"only_to_notify": True}, {"product": "A spray"},
     {"facility": "A clinic"}, {"told": ""}, *({name: False} for name in JUDGED)],
)  # fmt: skip
def test_the_database_takes_none_that_is_not_whole(young, wrong):
    row = {
        "kind": "parent", "facility": "", "no_consent": "", "recipient": "a", "nature": "c", "told": "d",
        "disclosed_by_name": "e", "facts_digest": "f", **MINOR,
    }  # fmt: skip
    with pytest.raises(IntegrityError), transaction.atomic():
        Emergency.objects.create(
            program=young.person.program, person=young.person, submit_key=uuid4(), entered_at=timezone.now(),
            disclosed_at=timezone.now() - timedelta(hours=1), **row | wrong,
        )  # fmt: skip
