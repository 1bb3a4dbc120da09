"""Told to medical staff of the FDA about a product (§2.51(b)): its own facts, the same review, the person reads it."""

from dataclasses import replace
from datetime import timedelta
from html import unescape
from uuid import uuid4

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from tests.privacy.test_emergency import english, facts, filled  # noqa: F401

from alongside.audit.models import Entry
from alongside.privacy import actions
from alongside.privacy.models import Emergency
from alongside.rules.emergency import Facts

pytestmark = pytest.mark.django_db

SAID = {"recipient": "Dr. Imani Wells", "facility": "FDA district office", "product": "Naloxone spray, lot 7714",
        "nature": "The label names half the dose", "told": "Her name and number", "only_to_notify": "yes"}  # fmt: skip


def whole(**values) -> Facts:
    return replace(
        facts(), kind="fda", product="Naloxone spray, lot 7714", no_consent="", only_to_notify=True, **values
    )


def tell(person, by) -> Emergency:
    return actions.tell_in_emergency(person=person, facts=whole(), submit_key=uuid4(), by=by)


def sent(**values) -> dict:
    one = filled(**SAID)
    del one["no_consent"]
    return one | values


def text(answer) -> str:
    assert answer.status_code == 200
    return unescape(answer.content.decode())


def test_it_is_written_down_looked_at_and_she_reads_every_fact(signed_in, english, lien, dolores, mentorship):  # noqa: F811
    client, url = signed_in(lien), reverse("emergency_fda", args=[english.person.pk])
    assert url in text(client.get(reverse("emergency_new", args=[english.person.pk])))
    assert "42 CFR 2.51(b)" in text(client.get(url))
    form = sent()
    for _twice in range(2):
        assert client.post(url, form).url == reverse("record", args=[english.person.pk])
    one = Emergency.objects.get()
    assert (one.kind, one.no_consent, one.only_to_notify) == ("fda", "", True) and actions.is_as_written(one)
    assert Entry.objects.get(act="disclosure.emergency").reason == "fda"
    own = signed_in(lien).post(reverse("emergency_one", args=[one.pk]), {"finding": "right", "words": "x"})
    assert own.status_code == 404
    director = signed_in(dolores)
    director.post(reverse("open_with_reason", args=[english.person.pk]), {"words": "I look at what was told for you."})
    page = text(director.get(reverse("emergency_one", args=[one.pk])))
    assert "Naloxone spray, lot 7714" in page
    director.post(reverse("emergency_one", args=[one.pk]), {"finding": "right", "words": "You could be reached by it."})
    hers = signed_in(english)
    assert "told to the FDA, which warns of a product" in text(hers.get(reverse("me_privacy")))
    page = text(hers.get(reverse("me_sent")))
    for words in (*SAID.values(), "The FDA warns of a product", "42 CFR 2.51(b)", "You could be reached by it."):
        assert words == "yes" or words in page, words


@pytest.mark.parametrize(
    "left_out", ["recipient", "facility", "on_day", "at_time", "product", "nature", "told", "only_to_notify"]
)
def test_without_one_fact_nothing_is_written_and_nothing_typed_is_lost(signed_in, english, lien, left_out):  # noqa: F811
    answer = signed_in(lien).post(reverse("emergency_fda", args=[english.person.pk]), sent(**{left_out: ""}))
    page = text(answer)
    assert not Emergency.objects.exists()
    assert all(words in page for name, words in SAID.items() if name not in (left_out, "only_to_notify"))


def test_where_they_want_it_for_something_else_nothing_is_told(signed_in, english, lien):  # noqa: F811
    answer = signed_in(lien).post(reverse("emergency_fda", args=[english.person.pk]), sent(only_to_notify="no"))
    assert "Then nothing may be told" in text(answer) and not Emergency.objects.exists()


def test_a_peer_leaves_it_to_others(signed_in, english, dante):  # noqa: F811
    url = reverse("emergency_fda", args=[english.person.pk])
    assert signed_in(dante).get(url).status_code == signed_in(dante).post(url, sent()).status_code == 404
    assert url not in text(signed_in(dante).get(reverse("emergency_new", args=[english.person.pk])))
    with pytest.raises(actions.NotAnEmergency):
        tell(english.person, dante.actor)
    assert Entry.objects.get(act="disclosure.refused").reason == "not_by_them"


@pytest.mark.parametrize(
    "wrong", [{"product": " "}, {"only_to_notify": False}, {"no_consent": "cannot_reach"}, {"kind": "other"}]
)
def test_the_action_refuses_what_is_not_whole_or_mixed(english, lien, wrong):  # noqa: F811
    with pytest.raises(actions.NotAnEmergency):
        actions.tell_in_emergency(
            person=english.person, facts=replace(whole(), **wrong), submit_key=uuid4(), by=lien.actor
        )
    with pytest.raises(actions.NotAnEmergency):
        actions.tell_in_emergency(
            person=english.person, facts=facts(product="A spray"), submit_key=uuid4(), by=lien.actor
        )
    assert not Emergency.objects.exists()


def test_the_database_keeps_its_kind_and_its_facts(english, lien):  # noqa: F811
    one = tell(english.person, lien.actor)
    same = Emergency.objects.filter(pk=one.pk)
    for change in ({"kind": "medical"}, {"only_to_notify": False}, {"product": ""}, {"no_consent": "closed"},
                   {"kind": "medical", "no_consent": "closed", "product": "", "only_to_notify": False}):  # fmt: skip
        with pytest.raises(DatabaseError), transaction.atomic():
            same.update(**change)
    with pytest.raises(DatabaseError), transaction.atomic():
        same.delete()
    same.update(product="Another")
    one.refresh_from_db()
    assert not actions.is_as_written(one), "what is kept encrypted is held by the digest"


@pytest.mark.parametrize(
    "wrong",
    [{"kind": "x"}, {"kind": "medical"}, {"no_consent": "closed"}, {"only_to_notify": False}, {"product": ""}],
)
def test_the_database_takes_no_half_of_both(english, lien, wrong):  # noqa: F811
    whole_one = {"kind": "fda", "no_consent": "", "only_to_notify": True, "product": "A spray"}
    with pytest.raises(IntegrityError), transaction.atomic():
        Emergency.objects.create(
            program=english.person.program, person=english.person, recipient="a", facility="b", nature="c", told="d",
            disclosed_by_name="e", facts_digest="f", submit_key=uuid4(), entered_at=timezone.now(),
            disclosed_at=timezone.now() - timedelta(hours=1), **whole_one | wrong,
        )  # fmt: skip
