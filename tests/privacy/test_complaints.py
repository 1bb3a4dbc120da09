"""Complaints: by anybody, looked into by somebody they are not about, answered on the person's page (2.4, J6)."""

from uuid import uuid4

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from tests.outside import words_of
from tests.story import make_account, make_persona

from alongside.audit.models import Entry
from alongside.people.models import Membership, OutgoingMessage
from alongside.people.outbox import send_due
from alongside.privacy import actions, complaint_queries
from alongside.privacy.models import Complaint
from alongside.rules.complaints import may_own
from alongside.rules.lifecycles import MoveNotAllowed
from alongside.rules.neutral import reveals

pytestmark = pytest.mark.django_db
WORDS = "Somebody spoke of me in the hall."


@pytest.fixture
def english(rosa, mentorship):
    rosa.user.language = "en"
    rosa.user.save(update_fields=["language"])
    return rosa


@pytest.fixture
def second_director(program):
    return make_persona(program, "dario", "director")


def receive(program, **values) -> Complaint:
    whole = {"words": WORDS, "via": "public", "submit_key": uuid4(), **values}
    return actions.receive_complaint(program=program, **whole)


def by_rosa(rosa, **values) -> Complaint:
    return receive(rosa.program, person=rosa.person, via="own", by=rosa.actor, **values)


def body(answer) -> str:
    assert answer.status_code == 200
    return answer.content.decode()


# --- who makes it --------------------------------------------------------------------------------------------------
def test_she_tells_it_on_her_own_page_and_reads_the_answer_there(signed_in, english, dolores, dante):
    hers, url = signed_in(english), reverse("me_complaints")
    assert url in body(hers.get(reverse("me_privacy")))
    text = body(hers.get(url))
    assert "1-800-368-1019" in text and "We may not threaten you" in text and dante.person.goes_by in text
    sent = {"words": WORDS, "about": str(dante.user.pk), "submit_key": str(uuid4())}
    for _twice in range(2):
        assert hers.post(url, sent).url == url
    one = Complaint.objects.get()
    assert (one.via, one.status, one.about_id, one.received_by_id) == (
        "own", "received", dante.user.pk, english.user.pk,
    )  # fmt: skip
    assert "Nobody has looked into it yet." in body(hers.get(url))
    page, path = signed_in(dolores), reverse("complaint_one", args=[one.pk])
    assert path in body(page.get(reverse("complaints")))
    assert WORDS in body(page.get(path))
    move = reverse("complaint_move", args=[one.pk])
    assert page.post(path, {"words": "Too early."}).status_code == 404, "first somebody takes it"
    page.post(move, {"action": "take"})
    assert "Somebody is looking into it." in body(signed_in(english).get(url))
    assert signed_in(dolores).post(path, {"words": "You are right. We spoke with the team."}).status_code == 302
    one.refresh_from_db()
    assert (one.status, one.owner_id) == ("answered", dolores.user.pk)
    assert "You are right. We spoke with the team." in body(signed_in(english).get(url))
    acts = Entry.objects.filter(object_kind="complaint", subject_id=english.person.pk).values_list("act", flat=True)
    assert {"complaint.received", "complaint.taken", "complaint.answered"} <= set(acts)


def test_staff_write_it_down_for_her_and_read_it_no_more(signed_in, english, dante, marcus):
    url = reverse("complaint_new", args=[english.person.pk])
    page = signed_in(dante)
    assert url in body(page.get(reverse("record", args=[english.person.pk])))
    assert page.post(url, {"words": WORDS, "about": "", "submit_key": str(uuid4())}).status_code == 302
    one = Complaint.objects.get()
    assert (one.via, one.person_id, one.received_by_id) == ("staff", english.person.pk, dante.user.pk)
    for name, args in (("complaints", []), ("complaint_one", [one.pk])):
        assert page.get(reverse(name, args=args)).status_code == 404
    assert signed_in(marcus).get(url).status_code == 404
    assert WORDS in body(signed_in(english).get(reverse("me_complaints")))


def test_anybody_may_without_an_account_and_no_answer_tells_who_is_known(client, program, english, dolores, signed_in):
    url = reverse("complain")
    assert "1-800-368-1019" in body(client.get(url))
    answers = []
    for words, reach in ((f"I am {english.person.goes_by}: {WORDS}", "rosa@example.org"), ("Nobody you know", "")):
        answer = client.post(url, {"words": words, "reach": reach, "submit_key": str(uuid4())})
        answers.append((answer.status_code, answer.url))
    assert answers[0] == answers[1] == (302, reverse("complain_thanks"))
    assert [one.person_id for one in Complaint.objects.all()] == [None, None], "nobody is looked up"
    text = body(signed_in(dolores).get(reverse("complaints")))
    assert text.count("Somebody without an account") == 2
    named = Complaint.objects.order_by("received_at").first()
    assert "rosa@example.org" in body(signed_in(dolores).get(reverse("complaint_one", args=[named.pk])))


def test_what_a_machine_fills_in_is_thanked_and_not_kept(client, program):
    sent = {"words": WORDS, "reach": "", "website": "http://x.example", "submit_key": str(uuid4())}
    assert client.post(reverse("complain"), sent).url == reverse("complain_thanks")
    assert not Complaint.objects.exists()


def test_a_flood_is_slowed_and_the_words_are_still_there(client, program, monkeypatch):
    from alongside.intake.views import complaints as view

    monkeypatch.setattr(view, "may_send", lambda request, form: False)
    answer = client.post(reverse("complain"), {"words": WORDS, "reach": "", "submit_key": str(uuid4())})
    assert answer.status_code == 429 and WORDS in answer.content.decode() and not Complaint.objects.exists()


# --- who looks into it ---------------------------------------------------------------------------------------------
def test_whom_it_is_about_neither_sees_nor_owns_it(signed_in, english, dolores, lien, second_director):
    one = by_rosa(english, about_id=dolores.user.pk)
    page = signed_in(dolores)
    assert "Nobody has complained." in body(page.get(reverse("complaints")))
    assert page.get(reverse("complaint_one", args=[one.pk])).status_code == 404
    for act in (actions.look_into, actions.pass_on):
        with pytest.raises(actions.NotTheirs):
            act(complaint=one, by=dolores.actor)
    with pytest.raises(IntegrityError), transaction.atomic():
        Complaint.objects.update(owner=dolores.user)
    for other in (second_director, lien):  # another director, and, so that it never waits for one, a supervisor
        assert reverse("complaint_one", args=[one.pk]) in body(signed_in(other).get(reverse("complaints")))


def test_a_supervisor_sees_no_other_one(signed_in, english, lien, dante):
    for about in (None, dante.user.pk):
        one = by_rosa(english, about_id=about)
        assert signed_in(lien).get(reverse("complaint_one", args=[one.pk])).status_code == 404
        with pytest.raises(actions.NotTheirs):
            actions.look_into(complaint=one, by=lien.actor)


def test_who_finds_that_it_is_about_them_says_so_and_it_goes_to_another(signed_in, program, dolores, second_director):
    one = receive(program, words="The director told my mother.")
    page, path, move = signed_in(dolores), reverse("complaint_one", args=[one.pk]), ("complaint_move", [one.pk])
    page.post(reverse(move[0], args=move[1]), {"action": "take"})
    assert "It is about me" in body(page.get(path))
    page.post(reverse(move[0], args=move[1]), {"action": "about_me"})
    assert page.get(path).status_code == 404
    one.refresh_from_db()
    assert (one.status, one.owner_id, one.about_id) == ("received", None, dolores.user.pk)
    actions.look_into(complaint=one, by=second_director.actor)
    actions.answer_complaint(complaint=one, words="We spoke with them.", by=second_director.actor)
    one.refresh_from_db()
    assert one.status == "answered" and one.owner_id == second_director.user.pk


def test_a_director_who_complains_does_not_answer_themself(program, dolores, second_director):
    one = receive(program, person=dolores.person, via="own", by=dolores.actor)
    with pytest.raises(actions.NotTheirs):
        actions.look_into(complaint=one, by=dolores.actor)
    assert complaint_queries.list_to_look_into(dolores.actor) == []
    assert complaint_queries.list_to_look_into(second_director.actor) == [one]


def test_only_its_owner_answers_and_only_once(english, dolores, second_director):
    one = by_rosa(english)
    with pytest.raises(MoveNotAllowed):
        actions.answer_complaint(complaint=one, words="At once.", by=dolores.actor)
    for _twice in range(2):
        actions.look_into(complaint=one, by=dolores.actor)
    with pytest.raises(actions.NotTheirs):
        actions.answer_complaint(complaint=one, words="For her.", by=second_director.actor)
    with pytest.raises(actions.NotTheirs):
        actions.answer_complaint(complaint=one, words=" ", by=dolores.actor)
    actions.answer_complaint(complaint=one, words="We changed it.", by=dolores.actor)
    with pytest.raises(MoveNotAllowed):
        actions.answer_complaint(complaint=one, words="Again.", by=dolores.actor)
    with pytest.raises(MoveNotAllowed):
        actions.pass_on(complaint=one, by=dolores.actor)


def test_the_query_and_the_rule_say_the_same(program, english, dolores, second_director, lien, dante, carmen, ada):
    both = make_persona(program, "bo", "director", "supervisor")
    somebody = make_account("nobody", program, "council")
    for about in (None, dolores.user.pk, dante.user.pk, both.user.pk, somebody.pk):
        for person in (None, english, dolores):
            via = {"via": "public"} if person is None else {"via": "own", "person": person.person}
            receive(program, about_id=about, **via)
    directors = set(Membership.objects.filter(program=program, role="director").values_list("user_id", flat=True))
    for who in (dolores, second_director, lien, dante, carmen, ada, both, english):
        actor = who.actor
        seen = {one.pk for one in complaint_queries.list_to_look_into(actor)}
        assert seen == {
            one.pk for one in Complaint.objects.all()
            if may_own(roles=actor.roles, me=actor.user_id, my_person=actor.person_id, about=one.about_id,
                       about_is_director=one.about_id in directors, person=one.person_id)
        }, who.user.username  # fmt: skip


def test_the_answer_is_told_in_neutral_words_where_she_may_be_written_to(english, dolores):
    from alongside.people.actions import change_person, set_safe_contact

    change_person(person=english.person, by=english.actor, email="rosa@example.org")
    set_safe_contact(person=english.person, by=english.actor, channel="email", may_email=True)
    one = by_rosa(english)
    actions.look_into(complaint=one, by=dolores.actor)
    actions.answer_complaint(complaint=one, words="We changed it.", by=dolores.actor)
    row = OutgoingMessage.objects.get(once_key=f"complaint:{one.pk}")
    assert row.template == "something_new"


# --- the database --------------------------------------------------------------------------------------------------
def test_the_database_keeps_a_complaint(english, dolores, dante, carmen):
    one = by_rosa(english, about_id=dante.user.pk)
    same = Complaint.objects.filter(pk=one.pk)
    for change in ({"words_digest": "0" * 64}, {"via": "staff"}, {"about": carmen.user}, {"status": "answered"},
                   {"status": "looked_into"}, {"person": None}):  # fmt: skip
        with pytest.raises(DatabaseError), transaction.atomic():
            same.update(**change)
    actions.look_into(complaint=one, by=dolores.actor)
    actions.answer_complaint(complaint=one, words="We changed it.", by=dolores.actor)
    for change in ({"answer_digest": "0" * 64}, {"answered_at": None}, {"answer": ""},
                   {"status": "looked_into", "answered_at": None, "answer_digest": None}):  # fmt: skip
        with pytest.raises(DatabaseError), transaction.atomic():
            same.update(**change)
    with pytest.raises(DatabaseError), transaction.atomic():
        same.delete()


def test_a_complaint_without_words_is_none(program):
    with pytest.raises(IntegrityError), transaction.atomic():
        receive(program, words="  ")


def test_its_words_are_encrypted(program):
    from django.db import connection

    receive(program, reach="rosa@example.org")
    with connection.cursor() as cursor:
        cursor.execute("SELECT words, reach FROM privacy_complaint")
        assert not any(secret in str(cursor.fetchall()) for secret in (WORDS, "rosa@example.org"))


# --- who is told of it ---------------------------------------------------------------------------------------------
def give_mail(*people) -> None:
    for one in people:
        one.user.email = f"{one.user.username}@example.org"
        one.user.save()


def told(mailoutbox) -> list[str]:
    """Whom the worker writes to now, each as often as they are written to."""
    mailoutbox.clear()
    send_due(timezone.now())
    assert all(reveals(words_of(one)) == [] for one in mailoutbox)
    return sorted(one.to[0].partition("@")[0] for one in mailoutbox)


def test_who_may_look_into_it_is_told_once_and_nobody_else(
    program, rosa, dante, lien, carmen, ada, dolores, second_director, mailoutbox
):
    give_mail(rosa, dante, lien, carmen, ada, dolores, second_director)
    key = uuid4()
    for _twice in range(2):
        receive(program, submit_key=key)
    assert told(mailoutbox) == ["dario", "dolores"]
    assert all(reverse("complaints") in one.body for one in mailoutbox)
    by_rosa(rosa, about_id=dolores.user.pk)
    assert told(mailoutbox) == ["dario", "lien"], "about a director: a supervisor too, and never herself"
    by_rosa(rosa, about_id=lien.user.pk)
    assert told(mailoutbox) == ["dario", "dolores"]
    receive(program, person=rosa.person, via="staff", by=dolores.actor)
    assert told(mailoutbox) == ["dario"], "who wrote it down knows"


def test_given_back_because_it_is_about_them_tells_whom_it_was_not_for_before(
    program, rosa, lien, dolores, second_director, mailoutbox
):
    give_mail(lien, dolores, second_director)
    complaint = by_rosa(rosa)
    assert told(mailoutbox) == ["dario", "dolores"]
    actions.pass_on(complaint=complaint, by=dolores.actor, about_me=True)
    assert told(mailoutbox) == ["lien"]


def test_a_director_who_is_served_is_not_told_of_their_own(program, rosa, dolores, second_director, mailoutbox):
    give_mail(rosa, dolores, second_director)
    Membership.objects.create(user=rosa.user, program=program, role="director")
    by_rosa(rosa)
    assert told(mailoutbox) == ["dario", "dolores"]
    receive(program, person=rosa.person, via="staff", by=dolores.actor)
    assert told(mailoutbox) == ["dario"], "also when somebody else wrote it down"
