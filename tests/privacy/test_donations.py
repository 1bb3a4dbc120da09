"""§2.31(a)(5)(iii), §2.22(b)(1)(iii)(B): who wants no messages asking for donations says so, and gets none (B1)."""

import json
import re
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from tests.privacy.consents import drafted
from tests.story import make_persona

from alongside.audit.models import Entry
from alongside.people.actions import change_person, open_episode
from alongside.privacy import actions
from alongside.privacy.donation_queries import get_no
from alongside.privacy.models import Consent, NoDonations
from alongside.rules.consent import Posture, texts_1

pytestmark = pytest.mark.django_db
TITLE = "Messages asking for donations"


@pytest.fixture
def adult(english):
    change_person(person=english.person, by=english.actor, birth_date=date(1984, 5, 17))
    english.person.refresh_from_db()
    return english


@pytest.fixture
def asking(program, dolores):
    """The program writes to people to ask for donations, and says so in its law."""
    actions.set_law(program=program, posture=Posture(fundraises=True), note="The board", by=dolores.actor)


def body(answer) -> str:
    assert answer.status_code == 200
    return answer.content.decode()


def entries() -> list[tuple]:
    found = Entry.objects.filter(act__startswith="donations.").order_by("id")
    return list(found.values_list("act", "subject_id", "reason"))


def test_on_their_own_page_they_say_no_and_take_it_back(signed_in, adult, asking):
    assert "at any time" in repr(texts_1.STATEMENTS["fundraising"]), "what is promised before signing"
    client, url = signed_in(adult), reverse("me_no_donations")
    text = body(client.get(reverse("me_privacy")))
    assert TITLE in text and "I want none" in text and url in text
    for _ in range(2):
        assert "You get no messages asking for donations." in body(client.post(url, {"action": "none"}, follow=True))
    said = NoDonations.objects.get()
    assert (said.person_id, said.said_by_id) == (adult.person.pk, adult.user.pk)
    assert (said.how, said.ended_at) == ("screen", None)
    text = body(client.get(reverse("me_privacy")))
    assert "You want none" not in text and "that you want none. You get none." in text and "I want none" not in text
    body(client.post(url, {"action": "allow"}, follow=True))
    assert get_no(adult.person.pk) is None and NoDonations.objects.get().ended_at is not None
    assert "I want none" in body(client.get(reverse("me_privacy")))
    assert entries() == [
        ("donations.refused", adult.person.pk, "screen"), ("donations.allowed", adult.person.pk, ""),
    ]  # fmt: skip


def test_in_spanish(signed_in, adult, asking):
    adult.user.language = "es"
    adult.user.save(update_fields=["language"])
    text = body(signed_in(adult).get(reverse("me_privacy")))
    assert "Mensajes que piden donaciones" in text and "No quiero ninguno" in text


def test_where_nobody_asks_there_is_nothing_to_refuse_and_a_no_stays(signed_in, adult, program, dolores):
    client = signed_in(adult)
    assert TITLE not in body(client.get(reverse("me_privacy")))
    actions.say_no_donations(person=adult.person, by=adult.actor)
    assert TITLE in body(client.get(reverse("me_privacy"))), "what she said is still shown to her"
    assert signed_in(dolores).get(reverse("no_donations")).status_code == 404


@pytest.mark.parametrize("ticked", [True, False])
def test_beside_the_signature_nothing_is_ticked_and_signing_needs_none(signed_in, adult, asking, ticked):
    consent, client = drafted(adult.person, adult.actor), signed_in(adult)
    url = reverse("me_share", args=[consent.pk])
    text = body(client.get(url))
    assert 'name="no_donations"' in text and "checked" not in text
    values = {
        "seen": re.search(r'name="seen" value="([0-9a-f]{64})"', text)[1],
        "agrees": "on",
        "signed_name": "Rosa Cenzontle",
    }
    client.post(url, values | ({"no_donations": "on"} if ticked else {}))
    assert Consent.objects.get().status == "active"
    assert list(NoDonations.objects.values_list("how", flat=True)) == (["signing"] if ticked else [])
    another = body(client.get(reverse("me_share", args=[drafted(adult.person, adult.actor).pk])))
    assert ('name="no_donations"' in another) == (not ticked), "who has said it is not asked again"


def test_without_donations_the_form_does_not_ask(signed_in, adult):
    consent = drafted(adult.person, adult.actor)
    assert "no_donations" not in body(signed_in(adult).get(reverse("me_share", args=[consent.pk])))


@pytest.mark.parametrize("who", ["dante", "lien", "carmen", "dolores"])
def test_a_word_to_whoever_works_with_them_is_enough_and_they_see_it(
    signed_in,
    adult,
    asking,
    mentorship,
    dante,
    lien,
    carmen,
    dolores,
    who,
):
    actions.open_with_reason(participant=adult.person, words="A call from her", by=dolores.actor)
    persona = {"dante": dante, "lien": lien, "carmen": carmen, "dolores": dolores}[who]
    client, url = signed_in(persona), reverse("no_donations_heard", args=[adult.person.pk])
    page = reverse("sharing" if who in ("dante", "carmen") else "stop_heard", args=[adult.person.pk])
    record = reverse("record", args=[adult.person.pk])
    assert url in body(client.get(page)) and "Wants no messages" not in body(client.get(record))
    text = body(client.post(url, follow=True))
    assert "that they want none." in text and url not in text
    assert "Wants no messages asking for donations" in body(client.get(record))
    assert entries() == [("donations.refused", adult.person.pk, "told")]
    with pytest.raises(actions.NotTheirs):
        actions.allow_donations(person=adult.person, by=persona.actor)


@pytest.mark.parametrize("role", ["peer", "supervisor", "director", "administrator", "council", "participant"])
def test_nobody_else_says_it_for_them(signed_in, program, adult, asking, mentorship, role):
    client = signed_in(make_persona(program, "somebody", role))
    assert client.post(reverse("no_donations_heard", args=[adult.person.pk])).status_code == 404
    assert not NoDonations.objects.exists()


def test_a_director_reads_who_said_no_and_it_is_written_down(signed_in, program, adult, asking, carmen, dolores):
    olu = make_persona(program, "olu", "participant")
    open_episode(person=olu.person, by=carmen.actor)
    actions.say_no_donations(person=adult.person, by=adult.actor)
    actions.say_no_donations(person=olu.person, by=olu.actor)
    actions.allow_donations(person=olu.person, by=olu.actor)
    client, url = signed_in(dolores), reverse("no_donations")
    assert url in body(client.get(reverse("law")))
    text = body(client.get(url))
    assert adult.person.goes_by in text and olu.person.goes_by not in text
    assert reverse("record", args=[adult.person.pk]) not in text, "names, and no way into a record"
    listed = Entry.objects.filter(act="record.listed", actor_id=dolores.user.pk)
    assert list(listed.values_list("subject_id", flat=True)) == [adult.person.pk]


@pytest.mark.parametrize("role", ["peer", "supervisor", "coordinator", "administrator", "council", "participant"])
def test_the_list_is_a_directors(signed_in, program, asking, role):
    assert signed_in(make_persona(program, "somebody", role)).get(reverse("no_donations")).status_code == 404


def test_nobody_of_another_program_is_in_the_list(signed_in, program, other_program, adult, asking, marcus):
    actions.say_no_donations(person=adult.person, by=adult.actor)
    client = signed_in(marcus)
    assert client.get(reverse("no_donations")).status_code == 404
    assert client.post(reverse("no_donations_heard", args=[adult.person.pk])).status_code == 404


def test_it_is_in_their_copy_and_goes_with_their_record(adult, asking):
    from alongside.retention.lines import LINES, ROW
    from alongside.retention.sections import SECTIONS

    actions.say_no_donations(person=adult.person, by=adult.actor)
    restrictions = next(section for section in SECTIONS if section.code == "restrictions")
    rows = [{name: str(value) for name, value in row.items()} for row in restrictions.rows(adult.person)]
    assert any(row["what"] == TITLE and row["state"] == "You want none" for row in rows), json.dumps(rows)
    assert LINES["privacy.NoDonations"].erase == ROW


def test_the_database_knows_how_it_was_said_and_no_end_before_it(adult):
    said = actions.say_no_donations(person=adult.person, by=adult.actor)
    for wrong in ({"how": "guessed"}, {"ended_at": timezone.now() - timedelta(days=9)}):
        with pytest.raises(IntegrityError), transaction.atomic():
            NoDonations.objects.filter(pk=said.pk).update(**wrong)


def test_after_a_change_of_the_person_it_holds(adult):
    actions.say_no_donations(person=adult.person, by=adult.actor)
    change_person(person=adult.person, by=adult.actor, phone="+1 213-555-0177")
    assert get_no(adult.person.pk) is not None
