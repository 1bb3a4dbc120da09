"""A private reflection: its writer's alone, short, and gone by itself."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from django.utils import timezone
from tests.story import make_persona

from alongside.audit.models import Entry
from alongside.housekeeping import keep_house
from alongside.reflections import actions
from alongside.reflections.models import Reflection


def write(by, words="A hard talk, and I was tired.", **values):
    return actions.write_reflection(
        words=words, kept_days=values.pop("kept_days", 7), submit_key=uuid4(), by=by, **values
    )


@pytest.fixture
def pat(program):
    """Another peer."""
    return make_persona(program, "pat", "peer")


def test_a_peer_writes_reads_and_erases_it(signed_in, dante):
    client, url = signed_in(dante), reverse("reflections")
    page = {"submit_key": str(uuid4()), "words": "It was a long <day>.", "kept_days": "1"}
    for _twice in range(2):
        assert client.post(url, page).status_code == 302
    one = Reflection.objects.get()
    body = client.get(url).content.decode()
    assert "It was a long &lt;day&gt;." in body
    assert "a court may order us" in body
    assert client.post(reverse("reflection_erase", args=[one.pk])).status_code == 302
    assert not Reflection.objects.exists()
    assert "It was a long" not in client.get(url).content.decode()


def test_nobody_else_opens_or_erases_it(signed_in, dante, pat, lien, carmen, dolores, ada, rosa, marcus):
    one = write(dante.actor)
    assert "A hard talk" not in signed_in(pat).get(reverse("reflections")).content.decode()
    for somebody in (pat, lien, carmen, dolores, ada, rosa, marcus):
        client = signed_in(somebody)
        assert client.post(reverse("reflection_erase", args=[one.pk])).status_code == 404
        assert client.get(reverse("reflections")).status_code == (200 if somebody is pat else 404)
    assert Reflection.objects.exists()


def test_it_is_erased_after_the_time_its_writer_chose(dante):
    now = timezone.now()
    for days in actions.KEPT_DAYS:
        write(dante.actor, kept_days=days, now=now)
    assert max(one.erase_at for one in Reflection.objects.all()) == now + timedelta(days=30)
    keep_house(now + timedelta(days=7))
    assert Reflection.objects.get().erase_at == now + timedelta(days=30)
    keep_house(now + timedelta(days=30))
    assert not Reflection.objects.exists()


def test_one_whose_time_is_over_is_not_shown_even_before_the_house_was_kept(signed_in, dante):
    write(dante.actor, kept_days=1, now=timezone.now() - timedelta(days=2))
    assert "A hard talk" not in signed_in(dante).get(reverse("reflections")).content.decode()


@pytest.mark.parametrize("days", [0, 2, 31, 365, -1])
def test_none_is_kept_longer_or_without_an_end(dante, days):
    with pytest.raises(actions.KeptTooLong):
        write(dante.actor, kept_days=days)


def test_the_database_wants_an_end(dante):
    one = write(dante.actor)
    with pytest.raises(IntegrityError), transaction.atomic():
        Reflection.objects.filter(pk=one.pk).update(erase_at=one.written_at)


def test_the_log_does_not_even_tell_that_there_is_one(signed_in, dante):
    before = set(Entry.objects.values_list("pk", flat=True))
    client = signed_in(dante)
    client.post(reverse("reflections"), {"submit_key": str(uuid4()), "words": "Tired", "kept_days": "7"})
    client.get(reverse("reflections"))
    client.post(reverse("reflection_erase", args=[Reflection.objects.get().pk]))
    assert list(Entry.objects.exclude(pk__in=before).exclude(act__startswith="account.")) == []


def test_it_is_ciphertext_in_the_database(dante):
    write(dante.actor, words="canary words")
    with connection.cursor() as cursor:
        cursor.execute("SELECT words FROM reflections_reflection")
        assert "canary" not in cursor.fetchone()[0]


def test_it_names_nobody():
    """No relation to a person: no merge, no take-out and no list of a record can come upon it."""
    from alongside.people.joining import list_relations

    assert [one for one in list_relations() if one.startswith("reflections.")] == []
