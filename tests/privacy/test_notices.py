"""What people are told: the notice of §2.22, offered once and recorded; the limits at the start (J6, J1)."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.urls import reverse
from django.utils import timezone
from django_scopes import scope
from tests.story import day_there

from alongside.audit.models import Entry
from alongside.people.actor import SystemActor
from alongside.privacy import actions, notice_queries
from alongside.privacy.models import LimitsTold, Notice, NoticeOffer
from alongside.rules.consent import Posture

pytestmark = pytest.mark.django_db
OFFER = "We have a page on what we do with what we know about you"


@pytest.fixture
def english(rosa, mentorship):
    rosa.user.language = "en"
    rosa.user.save(update_fields=["language"])
    return rosa


def publish(program, by, **values) -> Notice:
    whole = {"contact": "Dolores Ruiz", "phone": "(213) 555-0100", "email": "ask@riverbend.example",
             "effective_on": day_there(), **values}  # fmt: skip
    return actions.publish_notice(program=program, by=by, **whole)


def body(answer) -> str:
    assert answer.status_code == 200
    return answer.content.decode()


# --- public --------------------------------------------------------------------------------------------------------
def test_it_is_public_before_anybody_published_one_and_reading_it_writes_nothing(client, program):
    text = body(client.get(reverse("notice")))
    assert "Notice of Privacy Practices of Riverbend" in text and "2.22(b)(1)(i)" in text
    assert "HOW HEALTH INFORMATION ABOUT YOU MAY BE USED AND DISCLOSED" in text
    assert not Notice.objects.exists()
    spanish = body(client.get(reverse("notice"), headers={"accept-language": "es"}))
    assert "Aviso de prácticas de privacidad de Riverbend" in spanish
    assert reverse("notice") in body(client.get(reverse("public_home"))), "every page leads to it"


def test_each_program_has_its_own(client, program, other_program):
    with scope(program=other_program):
        publish(other_program, SystemActor(program_id=other_program.pk), contact="Marcus of Harbor")
    own = body(client.get(reverse("notice_of", args=["riverbend"])))
    assert "Marcus of Harbor" not in own and "Riverbend" in own
    assert "Marcus of Harbor" in body(client.get(reverse("notice_of", args=["harbor"])))
    assert client.get(reverse("notice_of", args=["nowhere"])).status_code == 404


# --- publishing ----------------------------------------------------------------------------------------------------
def test_a_director_publishes_it_and_it_is_written_from_the_law(signed_in, client, program, dolores):
    page = signed_in(dolores)
    assert "The law wants a phone and an e-mail address" in body(page.get(reverse("law_notice")))
    form = {"contact": "Dolores Ruiz", "phone": "(213) 555-0100", "email": "ask@riverbend.example",
            "effective_on": day_there().isoformat()}  # fmt: skip
    for _twice in range(2):
        assert page.post(reverse("law_notice"), form).status_code == 302
    one = Notice.objects.get()
    assert (one.number, one.contact, one.published_by_id) == (1, "Dolores Ruiz", dolores.user.pk)
    assert Entry.objects.filter(act="notice.published").count() == 1
    client.logout()
    text = body(client.get(reverse("notice")))
    assert "Dolores Ruiz" in text and "ask@riverbend.example" in text and "HIPAA" in text


def test_a_change_of_the_law_asks_for_a_new_one_and_the_old_one_stays(signed_in, program, dolores):
    one, page = publish(program, dolores.actor), signed_in(dolores)
    assert "has changed since" not in body(page.get(reverse("law_notice")))
    actions.set_law(program=program, posture=Posture(part2="neither", hipaa=False), note="Counsel", by=dolores.actor)
    text = body(page.get(reverse("law_notice")))
    assert "has changed since" in text and "Our promise" in text
    two = publish(program, dolores.actor)
    assert two.number == 2 and notice_queries.get_current(day_there()) == two
    said = {part["code"] for part in two.documents["en"]}
    assert "law_neither" in said and "header_hipaa" not in said
    one.refresh_from_db()
    assert "law_program" in {part["code"] for part in one.documents["en"]}


def test_a_later_one_waits_for_its_day(program, dolores):
    one = publish(program, dolores.actor)
    publish(program, dolores.actor, effective_on=day_there() + timedelta(days=9))
    assert notice_queries.get_current(day_there()) == one
    assert notice_queries.get_current(day_there() + timedelta(days=9)).number == 2


def test_none_begins_before_people_can_read_it(signed_in, program, dolores):
    yesterday = day_there() - timedelta(days=1)
    with pytest.raises(actions.NoticeNotPublished):
        publish(program, dolores.actor, effective_on=yesterday)
    form = {"contact": "D", "phone": "1", "email": "a@b.example", "effective_on": yesterday.isoformat()}
    assert "cannot begin before people can read it" in body(signed_in(dolores).post(reverse("law_notice"), form))
    with pytest.raises(IntegrityError), transaction.atomic():
        Notice.objects.create(
            program=program, number=9, text_version=1, contact="D", documents={}, digest="0" * 64,
            effective_on=yesterday, published_on=day_there(), published_at=timezone.now(),
        )  # fmt: skip


def test_whom_to_ask_is_part_of_it(program, dolores):
    with pytest.raises(actions.NoticeNotPublished):
        publish(program, dolores.actor, contact=" ")


# --- offered once, kindly ------------------------------------------------------------------------------------------
def test_it_is_offered_on_the_first_page_until_she_answers_and_blocks_nothing(signed_in, program, english):
    hers = signed_in(english)
    assert OFFER in body(hers.get(reverse("me_home")))
    assert body(hers.get(reverse("me_privacy"))), "nothing waits for it"
    assert "I have it" in body(hers.get(reverse("me_notice")))
    assert not NoticeOffer.objects.exists(), "looking writes nothing"
    for _twice in range(2):
        assert hers.post(reverse("me_notice"), {"action": "have_it"}).url == reverse("me_home")
    one = NoticeOffer.objects.get()
    assert (one.outcome, one.how, one.language, one.offered_by_id, one.notice.number) == (
        "acknowledged", "screen", "en", english.user.pk, 1,
    )  # fmt: skip
    entry = Entry.objects.get(act="notice.offered")
    assert (entry.subject_id, entry.reason) == (english.person.pk, "acknowledged.screen")
    assert OFFER not in body(hers.get(reverse("me_home")))
    assert "You said on" in body(hers.get(reverse("me_notice")))


def test_not_now_is_an_answer_too_and_she_can_take_it_up_later(signed_in, english):
    hers = signed_in(english)
    hers.post(reverse("me_notice"), {"action": "not_now"})
    assert OFFER not in body(hers.get(reverse("me_home")))
    assert [(one.outcome, one.why_not) for one in NoticeOffer.objects.all()] == [("not_signed", "not_now")]
    hers.post(reverse("me_notice"), {"action": "have_it"})
    hers.post(reverse("me_notice"), {"action": "not_now"})
    assert sorted(one.outcome for one in NoticeOffer.objects.all()) == ["acknowledged", "not_signed"]


def test_a_new_one_is_offered_once_again_from_its_first_day(signed_in, program, english, dolores):
    hers = signed_in(english)
    hers.post(reverse("me_notice"), {"action": "have_it"})
    publish(program, dolores.actor, effective_on=day_there() + timedelta(days=3))
    assert OFFER not in body(hers.get(reverse("me_home")))
    publish(program, dolores.actor, contact="Lien")
    assert OFFER in body(hers.get(reverse("me_home")))
    hers.post(reverse("me_notice"), {"action": "have_it"})
    assert OFFER not in body(hers.get(reverse("me_home")))
    assert sorted(one.notice.number for one in NoticeOffer.objects.select_related("notice")) == [1, 3]


def test_on_the_screen_nobody_says_it_for_her(english, dante):
    with pytest.raises(actions.NotOffered):
        actions.offer_notice(person=english.person, outcome="acknowledged", language="en", by=dante.actor)


# --- staff ---------------------------------------------------------------------------------------------------------
def test_staff_note_a_signed_paper_or_why_there_is_none(signed_in, english, dante):
    page, url = signed_in(dante), reverse("told", args=[english.person.pk])
    assert url in body(page.get(reverse("record", args=[english.person.pk])))
    assert "was not put before them yet" in body(page.get(url))
    send = reverse("told_notice", args=[english.person.pk])
    unsaid = {"has_it": "no", "why_not": "", "language": "es", "on_day": day_there().isoformat()}
    assert "Please choose." in body(page.post(send, unsaid)) and not NoticeOffer.objects.exists()
    assert page.post(send, {**unsaid, "why_not": "could_not", "why_words": "Very tired"}).url == url
    one = NoticeOffer.objects.get()
    assert (one.outcome, one.how, one.why_not, one.why_words, one.language) == (
        "not_signed", "paper", "could_not", "Very tired", "es",
    )  # fmt: skip
    earlier = (day_there() - timedelta(days=2)).isoformat()
    page.post(send, {"has_it": "yes", "why_not": "", "language": "en", "on_day": earlier})
    one = NoticeOffer.objects.get(outcome="acknowledged")
    assert day_there(one.offered_at).isoformat() == earlier and one.offered_by_id == dante.user.pk
    text = body(page.get(url))
    assert "They have it" in text and "Very tired" in text and 'name="has_it"' not in text


def test_a_day_that_has_not_come_is_none(signed_in, english, dante):
    later = (day_there() + timedelta(days=2)).isoformat()
    send = reverse("told_notice", args=[english.person.pk])
    text = body(signed_in(dante).post(send, {"has_it": "yes", "why_not": "", "language": "en", "on_day": later}))
    assert "That day has not come yet." in text and not NoticeOffer.objects.exists()


def test_others_have_no_such_page(signed_in, english, marcus, ada):
    for somebody in (marcus, ada):
        page = signed_in(somebody)
        assert page.get(reverse("told", args=[english.person.pk])).status_code == 404
        for name in ("told_notice", "told_limits"):
            assert page.post(reverse(name, args=[english.person.pk]), {"action": "now"}).status_code == 404
    assert not NoticeOffer.objects.exists() and not LimitsTold.objects.exists()


def test_who_is_still_owed_something_stands_in_a_list_that_ends(signed_in, english, carmen, dante, monkeypatch):
    from tests.crowd import bring

    page = signed_in(carmen)
    text = body(page.get(reverse("untold")))
    assert english.person.goes_by in text and "The notice, and what stays here" in text
    assert Entry.objects.filter(act="record.listed", subject_id=english.person.pk).exists()
    actions.tell_limits(person=english.person, language="es", by=dante.actor)
    assert "The notice, and what stays here" not in body(page.get(reverse("untold")))
    actions.offer_notice(person=english.person, outcome="acknowledged", language="en", by=english.actor)
    assert reverse("told", args=[english.person.pk]) not in body(page.get(reverse("untold")))
    monkeypatch.setattr(notice_queries, "MOST", 3)
    bring(2, program=english.program, peer=dante, carmen=carmen, lien=carmen)
    assert len(notice_queries.list_untold(carmen.actor, None)) == 3


# --- limits of confidentiality (J1) --------------------------------------------------------------------------------
def test_the_peer_tells_them_in_one_tap_from_the_record_and_she_reads_the_same_words(signed_in, english, dante):
    page, record = signed_in(dante), reverse("record", args=[english.person.pk])
    send = reverse("told_limits", args=[english.person.pk])
    assert send in body(page.get(record)) and "I told them just now" in body(page.get(record))
    for _twice in range(2):
        page.post(send, {"action": "now"})
    one = LimitsTold.objects.get()
    assert (one.language, one.how, one.text_version, one.told_by_id) == ("es", "spoken", 1, dante.user.pk)
    assert Entry.objects.get(act="limits.told").subject_id == english.person.pk
    assert "I told them just now" not in body(page.get(record))
    hers = signed_in(english)
    text = body(hers.get(reverse("me_limits")))
    for words in ("When a life is at risk", "When a child is hurt", "A subpoena alone is not enough", "We told you on"):
        assert words in text
    assert reverse("me_limits") in body(hers.get(reverse("me_privacy")))


def test_she_reads_them_before_anybody_told_her_and_in_her_language(signed_in, rosa):
    text = body(signed_in(rosa).get(reverse("me_limits")))
    assert "Cuando hay una vida en peligro" in text and "Se lo dijimos" not in text


def test_another_day_way_or_language_is_noted_as_it_was(signed_in, english, dante):
    earlier = day_there() - timedelta(days=4)
    send = reverse("told_limits", args=[english.person.pk])
    signed_in(dante).post(send, {"how": "paper", "language": "en", "on_day": earlier.isoformat()})
    one = LimitsTold.objects.get()
    assert (one.how, one.language, day_there(one.told_at)) == ("paper", "en", earlier)


# --- the database --------------------------------------------------------------------------------------------------
def test_the_database_keeps_what_was_told(english, dante):
    actions.offer_notice(person=english.person, outcome="acknowledged", language="en", by=english.actor)
    actions.tell_limits(person=english.person, language="es", by=dante.actor)
    changes = [
        (Notice, {"contact": "Somebody"}), (NoticeOffer, {"language": "es"}), (LimitsTold, {"language": "en"}),
        (NoticeOffer, {"outcome": "not_signed", "why_not": "other"}), (LimitsTold, {"text_version": 2}),
    ]  # fmt: skip
    for model, change in changes:
        with pytest.raises(DatabaseError), transaction.atomic():
            model.objects.update(**change)
    for model in (NoticeOffer, LimitsTold, Notice):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM {model._meta.db_table}")  # noqa: S608  (a table of ours)


def test_the_database_wants_to_know_why_it_was_not_signed(english):
    one = actions.offer_notice(person=english.person, outcome="acknowledged", language="en", by=english.actor)
    values = {"program": english.program, "person": english.person, "notice": one.notice, "how": "paper",
              "language": "en", "offered_at": timezone.now()}  # fmt: skip
    for wrong in ({"outcome": "not_signed"}, {"outcome": "acknowledged", "why_not": "other"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            NoticeOffer.objects.create(**values, **wrong)
