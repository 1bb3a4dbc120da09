"""Told to medical staff in an emergency: by the gate, with its facts, reviewed by another, read by the person."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from tests.story import day_there, make_persona

from alongside.audit.models import Entry
from alongside.people.models import Membership
from alongside.people.outbox import send_due
from alongside.privacy import actions
from alongside.privacy.models import Emergency
from alongside.rules.emergency import Facts
from alongside.rules.neutral import reveals

pytestmark = pytest.mark.django_db


@pytest.fixture
def english(rosa, mentorship):
    rosa.user.language = "en"
    rosa.user.save(update_fields=["language"])
    return rosa


def facts(**values) -> Facts:
    whole = Facts(
        "Nurse Ada Lund", "River hospital", "Dante Reyes", timezone.now() - timedelta(minutes=5), "Did not wake up",
        "cannot_answer", "Name, age, and whom to call",
    )  # fmt: skip
    return replace(whole, **values)


def tell(person, by, **values) -> Emergency:
    return actions.tell_in_emergency(person=person, facts=facts(**values), submit_key=uuid4(), by=by)


def filled(**values) -> dict:
    here = timezone.localtime(timezone.now(), ZoneInfo("America/Los_Angeles"))
    return {
        "recipient": "Nurse Ada Lund", "facility": "River hospital", "on_day": here.date().isoformat(),
        "at_time": here.strftime("%H:%M"), "nature": "Did not wake up", "told": "Name and age",
        "no_consent": "cannot_answer", "submit_key": str(uuid4()), **values,
    }  # fmt: skip


def body(answer) -> str:
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_peer_writes_it_down_and_she_reads_every_fact(signed_in, english, dante):
    client, url = signed_in(dante), reverse("emergency_new", args=[english.person.pk])
    assert url in body(client.get(reverse("record", args=[english.person.pk])))
    assert "42 CFR 2.51" in body(client.get(url))
    sent = filled()
    for _twice in range(2):
        assert client.post(url, sent).url == reverse("record", args=[english.person.pk])
    one = Emergency.objects.get()
    assert one.disclosed_by_id == dante.user.pk and one.disclosed_by_name and actions.is_as_written(one)
    entry = Entry.objects.get(act="disclosure.emergency")
    assert (entry.subject_id, entry.reason) == (english.person.pk, "cannot_answer")
    hers = signed_in(english)
    assert "River hospital" in body(hers.get(reverse("me_privacy")))
    text = body(hers.get(reverse("me_sent")))
    for words in ("Nurse Ada Lund", "River hospital", one.disclosed_by_name, "Did not wake up", "Name and age",
                  "They could not answer", "Not yet. Somebody who was not part of it will.",
                  "42 CFR 2.51"):  # fmt: skip
        assert words in text


@pytest.mark.parametrize("left_out", ["recipient", "facility", "on_day", "at_time", "nature", "told", "no_consent"])
def test_without_one_fact_nothing_is_written(signed_in, english, dante, left_out):
    answer = signed_in(dante).post(reverse("emergency_new", args=[english.person.pk]), filled(**{left_out: ""}))
    assert answer.status_code == 200 and not Emergency.objects.exists()


def test_what_has_not_happened_is_not_written(signed_in, english, dante):
    tomorrow = (day_there() + timedelta(days=1)).isoformat()
    answer = signed_in(dante).post(reverse("emergency_new", args=[english.person.pk]), filled(on_day=tomorrow))
    assert "That moment has not come yet." in body(answer) and not Emergency.objects.exists()


@pytest.mark.parametrize("left_out", ["recipient", "facility", "disclosed_by", "nature", "told", "no_consent"])
def test_the_action_and_the_gate_refuse_and_the_try_is_in_the_log(english, dante, left_out):
    with pytest.raises(actions.NotAnEmergency):
        tell(english.person, dante.actor, **{left_out: " "})
    assert not Emergency.objects.exists()
    entry = Entry.objects.get(act="disclosure.refused")
    assert (entry.reason, entry.outcome) == ("no_facts", "refused")


def test_who_has_no_such_work_does_not_tell(english, ada):
    with pytest.raises(actions.NotAnEmergency):
        tell(english.person, ada.actor)
    assert Entry.objects.get(act="disclosure.refused").reason == "not_by_them"


def test_a_record_that_is_closed_to_them_has_no_such_page(signed_in, english, dolores):
    url = reverse("emergency_new", args=[english.person.pk])
    assert signed_in(dolores).get(url).status_code == 404
    assert signed_in(dolores).post(url, filled()).status_code == 404


def test_a_supervisor_looks_at_it_once_and_she_reads_what_they_found(signed_in, english, dante, lien):
    one = tell(english.person, dante.actor)
    client, url = signed_in(lien), reverse("emergency_one", args=[one.pk])
    assert url in body(client.get(reverse("emergencies")))
    assert "Did not wake up" in body(client.get(url))
    found = {"finding": "too_much", "words": "The address was not needed. We talk about it."}
    assert client.post(url, found).url == reverse("emergencies")
    assert client.post(url, {**found, "finding": "right"}).status_code == 404, "it is written once"
    one.refresh_from_db()
    assert (one.finding, one.reviewed_by_id) == ("too_much", lien.user.pk)
    assert Entry.objects.get(act="emergency.reviewed").reason == "too_much"
    text = body(signed_in(english).get(reverse("me_sent")))
    assert "More was told than was needed" in text and "The address was not needed." in text


def test_nobody_looks_at_their_own(signed_in, english, lien):
    one = tell(english.person, lien.actor)
    text = body(signed_in(lien).get(reverse("emergency_one", args=[one.pk])))
    assert "somebody else looks at it" in text and 'name="finding"' not in text
    found = {"finding": "right", "words": "All was well here."}
    assert signed_in(lien).post(reverse("emergency_one", args=[one.pk]), found).status_code == 404
    with pytest.raises(IntegrityError), transaction.atomic():
        Emergency.objects.update(reviewed_by=lien.user, reviewed_at=timezone.now(), finding="right")


def test_a_director_sees_that_there_is_one_and_gives_a_reason_first(signed_in, english, lien, dolores):
    one = tell(english.person, lien.actor)
    client, url = signed_in(dolores), reverse("emergency_one", args=[one.pk])
    text = body(client.get(reverse("emergencies")))
    assert "Somebody whose record is closed to you" in text and english.person.goes_by not in text
    assert reverse("open_with_reason", args=[english.person.pk]) in text
    assert client.get(url).status_code == 404
    client.post(reverse("open_with_reason", args=[english.person.pk]), {"words": "I look at what was told for you."})
    assert "Did not wake up" in body(client.get(url))


def test_the_database_keeps_it(english, dante, lien):
    one = tell(english.person, dante.actor)
    same = Emergency.objects.filter(pk=one.pk)
    changes = [{"disclosed_at": one.disclosed_at - timedelta(days=1)}, {"facts_digest": "0" * 64},
               {"no_consent": "closed"}]  # fmt: skip
    for change in changes:
        with pytest.raises(DatabaseError), transaction.atomic():
            same.update(**change)
    with pytest.raises(DatabaseError), transaction.atomic():
        same.delete()
    actions.review_emergency(emergency=one, finding="right", words="It was needed.", by=lien.actor)
    for change in ({"finding": "too_much"}, {"finding": "", "reviewed_at": None}):
        with pytest.raises(DatabaseError), transaction.atomic():
            same.update(**change)
    same.update(nature="Something else")
    one.refresh_from_db()
    assert not actions.is_as_written(one), "what is kept encrypted is held by the digest"


@pytest.mark.parametrize("field", ["recipient", "facility", "disclosed_by_name", "nature", "told"])
def test_the_database_wants_every_fact(english, dante, field):
    one = tell(english.person, dante.actor)
    with pytest.raises(IntegrityError), transaction.atomic():
        Emergency.objects.filter(pk=one.pk).update(**{field: ""})


def test_what_was_told_stands_between_what_was_sent_by_date(english, carmen, dante):
    from tests.privacy.consents import signed

    from alongside.privacy.accounting import list_sent

    consent = signed(english.person, english.actor)
    for _each in range(2):
        actions.disclose(consent=consent, way="printed", submit_key=uuid4(), by=carmen.actor)
    tell(english.person, dante.actor)
    rows = list_sent(english.person.pk).rows
    assert [bool(row.get("emergency")) for row in rows] == [False, False, True]
    assert [row["at"] for row in rows] == sorted((row["at"] for row in rows), reverse=True)


# --- who is told that one waits for them ---------------------------------------------------------------------------
def give_mail(*people) -> None:
    for one in people:
        one.user.email = f"{one.user.username}@example.org"
        one.user.save()


def told(mailoutbox) -> list[str]:
    mailoutbox.clear()
    send_due(timezone.now())
    assert all(reveals(one.subject) == [] and "Rosa" not in one.body for one in mailoutbox)
    return sorted(one.to[0].partition("@")[0] for one in mailoutbox)


def test_who_finds_it_on_their_page_gets_a_neutral_mail_once(
    program, english, dante, lien, carmen, ada, dolores, mailoutbox
):
    """Her peer's supervisor and the director; not a supervisor of others, the coordinator or the administrator (C6)."""
    other = make_persona(program, "laszlo", "supervisor")
    give_mail(english, dante, lien, carmen, ada, dolores, other)
    key = uuid4()
    for _twice in range(2):
        actions.tell_in_emergency(person=english.person, facts=facts(), submit_key=key, by=dante.actor)
    assert told(mailoutbox) == ["dolores", "lien"]
    assert all(reverse("emergencies") in one.body for one in mailoutbox)


def test_who_told_it_and_whom_it_is_about_get_none(program, english, dante, lien, dolores, mailoutbox):
    Membership.objects.create(user=english.user, program=program, role="director")
    give_mail(english, dante, lien, dolores)
    tell(english.person, lien.actor)
    assert told(mailoutbox) == ["dolores"]


def test_a_refused_one_tells_nobody(english, dante, lien, dolores, mailoutbox):
    give_mail(dante, lien, dolores)
    with pytest.raises(actions.NotAnEmergency):
        tell(english.person, dante.actor, nature="")
    assert told(mailoutbox) == []
