"""The accounting of disclosures: the person's own page, complete, theirs alone, and on paper (C5, §2.24, §2.25)."""

from uuid import uuid4

import pytest
from django.urls import reverse
from tests.privacy.consents import signed
from tests.story import make_persona

from alongside.audit.models import Entry
from alongside.people.actions import open_episode
from alongside.privacy import accounting
from alongside.privacy.actions import disclose, stop_sharing
from alongside.privacy.models import Disclosure
from alongside.rules.disclosure import MayNotLeave, pass_out

pytestmark = pytest.mark.django_db


@pytest.fixture
def english(rosa):
    rosa.user.language = "en"
    rosa.user.save(update_fields=["language"])
    if not rosa.person.episodes.exists():
        open_episode(person=rosa.person, by=rosa.actor)
    return rosa


def give(persona, by, kind="specific", **values):
    consent = signed(persona.person, persona.actor, kind, **values)
    disclose(consent=consent, way="printed", submit_key=uuid4(), by=by)
    return consent


def body(answer) -> str:
    assert answer.status_code == 200
    return answer.content.decode()


def test_she_reads_when_to_whom_what_what_for_and_on_which_ground(signed_in, english, carmen):
    consent = give(english, carmen.actor)
    row = Disclosure.objects.get()
    text = body(signed_in(english).get(reverse("me_sent")))
    for words in ("Dr. Ana Ito", "12 River Street", "That I am with this program, and since when", consent.number,
                  "signed on", carmen.person.goes_by, "42 CFR 2.25", "the last 3 years"):  # fmt: skip
        assert words in text
    assert "notes" not in row.items and "What is written about me" not in text
    listed = accounting.list_sent(english.person.pk).rows[0]
    assert (listed["at"], listed["purpose"]) == (row.disclosed_at, "To work together on my care")
    assert reverse("me_sent") in body(signed_in(english).get(reverse("me_privacy")))


def test_it_stays_after_the_permission_ended(signed_in, english, carmen, clock):
    stop_sharing(consent=give(english, carmen.actor), by=english.actor)
    clock.forward(days=4 * 366)
    assert "Dr. Ana Ito" in body(signed_in(english).get(reverse("me_sent")))


def test_nothing_was_sent(signed_in, english):
    assert "Nothing was ever sent to anybody outside." in body(signed_in(english).get(reverse("me_sent")))


def test_others_read_nothing_of_hers(signed_in, english, carmen, program):
    consent = give(english, carmen.actor, "intermediary")
    sam = make_persona(program, "sam", "participant")
    client = signed_in(sam)
    assert "Dr. Ana Ito" not in body(client.get(reverse("me_sent")))
    assert client.get(reverse("me_sent_letter", args=[consent.pk])).status_code == 404


def test_a_network_owes_its_own_list_and_there_is_a_letter(signed_in, english, carmen):
    give(english, carmen.actor)
    consent = give(english, carmen.actor, "intermediary", recipient="Valley exchange")
    client = signed_in(english)
    text = body(client.get(reverse("me_sent")))
    assert "within 30 days" in text and reverse("me_sent_letter", args=[consent.pk]) in text
    assert text.count("A letter to print") == 1, "only a network owes such a list"
    letter = body(client.get(reverse("me_sent_letter", args=[consent.pk])))
    for words in ("Valley exchange", "42 CFR 2.24", consent.number, consent.person_name):
        assert words in letter
    english.user.language = "es"
    english.user.save(update_fields=["language"])
    letter = body(signed_in(english).get(reverse("me_sent_letter", args=[consent.pk])))
    assert "Under 42 CFR 2.24" in letter and "Según 42 CFR 2.24" in letter


def test_on_paper_for_who_has_no_account_and_she_reads_that_it_was_printed(signed_in, english, carmen, dante):
    give(english, carmen.actor)
    url = reverse("sharing_sent", args=[english.person.pk])
    assert "Dr. Ana Ito" in body(signed_in(carmen).get(url))
    entry = Entry.objects.get(act="record.printed")
    assert (entry.subject_id, entry.object_kind) == (english.person.pk, "accounting")
    assert url in body(signed_in(carmen).get(reverse("sharing", args=[english.person.pk])))
    assert signed_in(dante).get(url).status_code == 404


def test_the_sheet_is_handed_out_by_those_who_may():
    with pytest.raises(MayNotLeave):
        pass_out("own_sheet", roles=frozenset({"peer"}))


def test_a_long_list_comes_in_parts_and_costs_the_same(
    signed_in, english, carmen, monkeypatch, django_assert_num_queries
):
    monkeypatch.setattr(accounting, "PER_PAGE", 3)
    consent = give(english, carmen.actor)
    for _each in range(6):
        disclose(consent=consent, way="printed", submit_key=uuid4(), by=carmen.actor)
    numbers = [len(accounting.list_sent(english.person.pk, number=number).rows) for number in (1, 2, 3, 4)]
    assert numbers == [3, 3, 1, 0]
    with django_assert_num_queries(6):
        accounting.list_sent(english.person.pk)
    text = body(signed_in(english).get(reverse("me_sent"), {"page": "2"}))
    assert "Newer" in text and "Older" in text and "Part 2 of the list" in text
    for strange in ("0", "-1", "x", "99999", "9" * 30):
        body(signed_in(english).get(reverse("me_sent"), {"page": strange}))
