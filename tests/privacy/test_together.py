"""Several recipients in one signature: what each sees is shown, each is a consent of its own (B3, B4)."""

import re
from datetime import date

import pytest
from django.urls import reverse
from tests.privacy.consents import drafted, look
from tests.story import make_persona

from alongside.people.actions import change_person
from alongside.privacy import actions
from alongside.privacy.consent_queries import list_together
from alongside.privacy.models import Consent

pytestmark = pytest.mark.django_db
MORE = {"more-recipient": "Valley Housing", "more-recipient_address": "", "more-recipient_is_covered": "no"}


@pytest.fixture
def adult(rosa):
    rosa.user.language = "en"
    rosa.user.save(update_fields=["language"])
    change_person(
        person=rosa.person, by=rosa.actor, language="en", phone="+1 213-555-0142", birth_date=date(1984, 5, 17)
    )
    rosa.person.refresh_from_db()
    return rosa


@pytest.fixture
def three(adult) -> list[Consent]:
    """A draft for Dr. Ito, and two more recipients of the same."""
    first = drafted(adult.person, adult.actor)
    for name in ("Clinic of the valley", "Nurse Bo"):
        actions.add_recipient(
            consent=first, recipient=name, recipient_address="", recipient_is_covered=True, by=adult.actor
        )
    return list_together(Consent.objects.get(pk=first.pk))


def body(answer) -> str:
    assert answer.status_code == 200
    return answer.content.decode()


def seen(drafts) -> dict:
    return {draft.pk: look(draft).digest for draft in drafts}


def test_each_is_a_consent_of_its_own_under_one_signature(three, adult):
    assert actions.sign_together(consent=three[1], seen=seen(three), signed_name="Rosa", by=adult.actor) == 3
    rows = list(Consent.objects.filter(status="active"))
    assert {row.recipient for row in rows} == {"Dr. Ana Ito", "Clinic of the valley", "Nurse Bo"}
    assert len({row.number for row in rows}) == len({row.shown_digest for row in rows}) == 3
    assert len({(row.together, row.purpose, tuple(row.items), row.signed_name) for row in rows}) == 1
    for row in rows:
        text = " ".join(block["text"] for block in row.shown["document"])
        assert [name for name in ("Dr. Ana Ito", "Clinic of the valley", "Nurse Bo") if name in text] == [row.recipient]


def test_all_or_none(three, adult):
    """One of them would share something else by now: nothing is signed."""
    digests = seen(three)
    actions.strike_item(consent=three[2], item="reach", by=adult.actor)
    with pytest.raises(actions.ShownChanged):
        actions.sign_together(consent=three[0], seen=digests, signed_name="Rosa", by=adult.actor)
    assert not Consent.objects.filter(status="active").exists()


def test_who_was_added_meanwhile_is_not_signed_unseen(three, adult):
    digests = seen(three[:2])
    with pytest.raises(actions.ShownChanged):
        actions.sign_together(consent=three[0], seen=digests, signed_name="Rosa", by=adult.actor)
    assert not Consent.objects.filter(status="active").exists()


def test_what_one_gets_is_struck_for_one(three, adult):
    actions.strike_item(consent=three[2], item="reach", by=adult.actor)
    assert [len(draft.items) for draft in list_together(three[0])] == [3, 3, 2]


def test_purpose_and_end_are_the_same_for_all(three, adult):
    actions.change_together(consent=three[0], by=adult.actor, purpose="payment", items=["being_here"])
    assert {draft.purpose for draft in list_together(three[0])} == {"payment"}
    Consent.objects.filter(pk=three[1].pk).update(purpose="care")
    drafts = list_together(three[0])
    with pytest.raises(actions.ConsentNotActive):
        actions.sign_together(consent=three[0], seen=seen(drafts), signed_name="Rosa", by=adult.actor)


@pytest.mark.parametrize("kind", ["legal", "criminal_justice", "research", "intermediary"])
def test_kinds_that_stand_alone_never_join(adult, kind):
    first = drafted(adult.person, adult.actor, kind)
    with pytest.raises(actions.CannotJoin):
        actions.add_recipient(
            consent=first, recipient="Another", recipient_address="", recipient_is_covered=True, by=adult.actor
        )


def test_the_same_name_twice_is_once_and_there_is_an_end(three, adult):
    def add(name):
        return actions.add_recipient(
            consent=three[0], recipient=name, recipient_address="", recipient_is_covered=True, by=adult.actor
        )

    assert add(" nurse bo ").pk == three[2].pk
    for number in range(5):
        add(f"Nurse {number}")
    with pytest.raises(actions.CannotJoin):
        add("One too many")


def test_one_stops_alone_and_all_stop_in_one_step(three, adult):
    actions.sign_together(consent=three[0], seen=seen(three), signed_name="Rosa", by=adult.actor)
    actions.stop_sharing(consent=three[1], by=adult.actor)
    assert Consent.objects.filter(status="active").count() == 2
    assert actions.stop_together(consent=three[0], by=adult.actor) == 2
    assert not Consent.objects.filter(status="active").exists()


def test_on_the_page_from_adding_to_stopping_all(adult, signed_in):
    client, first = signed_in(adult), drafted(adult.person, adult.actor)
    sign = reverse("me_share", args=[first.pk])
    assert "Somebody else should get the same" in body(client.get(sign))
    text = body(client.post(reverse("me_share_another", args=[first.pk]), MORE, follow=True))
    for words in ("What Dr. Ana Ito would see", "What Valley Housing would see", "For Valley Housing", "Not Valley"):
        assert words in text
    assert text.count("+1 213-555-0142") == 2, "what each sees is shown for each"
    other = Consent.objects.get(recipient__isnull=False, status="draft", recipient_is_covered=False)
    body(client.post(reverse("me_share_strike", args=[other.pk]), {"item": "reach"}, follow=True))
    text = body(client.get(sign))
    assert text.count("+1 213-555-0142") == 1
    assert body(client.get(reverse("me_privacy"))).count("Not signed yet.") == 1, "one row waits for one signature"
    values = {"seen": re.search(r'name="seen" value="([0-9a-f]{64})"', text)[1], "agrees": "on", "signed_name": "Rosa"}
    assert client.post(sign, values).url == reverse("me_privacy")
    assert Consent.objects.filter(status="active").count() == 2
    text = body(client.get(sign))
    assert "Signed together with this one" in text and "Valley Housing" in text
    client.post(reverse("me_share_stop", args=[first.pk]), {"action": "all"})
    assert not Consent.objects.filter(status="active").exists()


def test_who_should_not_be_in_it_is_taken_out(adult, signed_in):
    client, first = signed_in(adult), drafted(adult.person, adult.actor)
    client.post(reverse("me_share_another", args=[first.pk]), MORE)
    other = Consent.objects.exclude(pk=first.pk).get()
    answer = client.post(reverse("me_share_discard", args=[other.pk]))
    assert answer.url == reverse("me_share", args=[first.pk])
    assert [draft.pk for draft in list_together(Consent.objects.get(pk=first.pk))] == [first.pk]


def test_staff_add_one_and_stop_all(adult, carmen, signed_in):
    client, first = signed_in(carmen), drafted(adult.person, carmen.actor)
    text = body(client.post(reverse("sharing_another", args=[first.pk]), MORE, follow=True))
    assert "Named together with" in text and "Valley Housing" in text
    drafts = list_together(Consent.objects.get(pk=first.pk))
    actions.sign_together(consent=first, seen=seen(drafts), signed_name="Rosa", by=adult.actor)
    client.post(reverse("sharing_stop", args=[first.pk]), {"action": "all"})
    assert set(Consent.objects.values_list("status", "ended_how")) == {("revoked", "spoken")}


def test_nobody_else_adds_or_stops(adult, program, signed_in):
    olu = make_persona(program, "olu", "participant")
    first = drafted(adult.person, adult.actor)
    assert signed_in(olu).post(reverse("me_share_another", args=[first.pk]), MORE).status_code == 404
    assert Consent.objects.count() == 1
