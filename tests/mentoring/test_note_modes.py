"""Notes as shared power: what a program decides is what the page asks, and nothing that was written is lost by it."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from alongside.council.actions import adopt_policy
from alongside.mentoring import actions
from alongside.mentoring.models import Addition, Contact, NoteDraft, WrittenAs
from alongside.recovery.actions import add_goal

OFFERED = {
    "note",
    "next_step",
    "their_line",
    "read_together",
    "minutes",
    "kinds_of_support",
    "started",
    "service",
    "goal",
}


@pytest.fixture
def decide(program, carmen):
    """`decide("count")`: the program's council decides a mode."""

    def adopt(mode: str):
        return adopt_policy(program=program, kind="notes", values={"mode": mode}, by=carmen.actor)

    return adopt


@pytest.fixture
def goal(rosa, mentorship):
    """What Rosa wants."""
    return add_goal(person=rosa.person, area="home", words="A room with a window", submit_key=uuid4(), by=rosa.actor)


def page_of(mentorship) -> str:
    return reverse("contact_new", args=[mentorship.participant_id])


def typed(**values) -> dict:
    return {"submit_key": str(uuid4()), "outcome": "reached", "mode": "phone", "notice": "offered", **values}


def asked(body: str) -> set[str]:
    return {name for name in OFFERED if f'name="{name}"' in body}


@pytest.mark.parametrize(
    ("mode", "names"),
    [
        ("none", set()),
        ("count", {"minutes", "kinds_of_support"}),
        ("together", {"minutes", "kinds_of_support", "note", "next_step", "their_line", "read_together"}),
        ("billable", {"kinds_of_support", "note", "next_step", "started", "service", "goal"}),
    ],
)
def test_the_page_asks_what_the_program_decided(signed_in, mentorship, dante, decide, goal, mode, names):
    decide(mode)
    assert asked(signed_in(dante).get(page_of(mentorship)).content.decode()) == names


def test_only_that_they_were_in_touch(signed_in, mentorship, dante, decide):
    decide("none")
    assert signed_in(dante).post(page_of(mentorship), typed(next_day="7")).status_code == 302
    contact = Contact.objects.get()
    assert (contact.status, contact.minutes, contact.kinds_of_support, contact.note) == ("completed", 0, [], "")
    assert contact.next_step_on is not None
    assert contact.written_as.note_mode == "none"
    mentorship.refresh_from_db()
    assert mentorship.status == "active"


def test_no_words_are_kept_where_none_are_asked_whoever_writes(mentorship, dante, decide):
    decide("count")
    for words in ({"note": "Long words"}, {"next_step": "Call"}, {"their_line": "Hers"}):
        note = actions.Note(
            submit_key=uuid4(), happened_at=timezone.now(), mode="phone", reached=True, minutes=5, **words
        )
        with pytest.raises(actions.NoteNotInMode):
            actions.record_contact(mentorships=[mentorship], note=note, by=dante.actor)
    assert not Contact.objects.exists()


def test_written_together_with_a_line_of_her_own(signed_in, mentorship, dante, rosa):
    client = signed_in(dante)
    page = typed(minutes="15", note="We looked at two rooms.", their_line="Quiero la del patio.", read_together="yes")
    assert client.post(page_of(mentorship), page).status_code == 302
    contact = Contact.objects.get()
    assert (contact.written_as.read_together, contact.written_as.their_line) == (True, "Quiero la del patio.")
    for reader, url in ((dante, reverse("record", args=[rosa.person.pk])), (rosa, reverse("me_notes")),
                        (dante, reverse("contact", args=[rosa.person.pk, contact.pk]))):  # fmt: skip
        body = signed_in(reader).get(url).content.decode()
        assert "Quiero la del patio." in body
        assert "We looked at two rooms." in body
    assert "Written together" in signed_in(dante).get(reverse("record", args=[rosa.person.pk])).content.decode()


def test_words_that_both_have_not_read_wait_and_the_talk_counts(signed_in, mentorship, dante, rosa):
    client = signed_in(dante)
    page = typed(
        minutes="15", note="Hard week, brave words.", next_step="Call Ana", read_together="not_yet", next_day="1"
    )
    assert client.post(page_of(mentorship), page).status_code == 302
    contact = Contact.objects.get()
    assert (contact.status, contact.minutes, contact.note, contact.next_step) == ("completed", 15, "", "")
    assert "brave words" not in signed_in(rosa).get(reverse("me_notes")).content.decode()
    url = reverse("contact", args=[rosa.person.pk, contact.pk])
    client = signed_in(dante)
    assert "Hard week, brave words." in client.get(url).content.decode(), "they wait where they belong"
    refused = client.post(url, {"submit_key": str(uuid4()), "words": "Hard week, and braver words."})
    assert "Read these words together first" in refused.content.decode()
    assert "and braver words" in client.get(url).content.decode(), "what was typed last is kept"
    client.post(url, {"submit_key": str(uuid4()), "words": "Hard week, brave words.", "read_together": "on"})
    assert Addition.objects.get().words == "Hard week, brave words."
    assert not NoteDraft.objects.exists()
    assert "brave words" in signed_in(rosa).get(reverse("me_notes")).content.decode()


def test_words_without_saying_whether_both_read_them_are_asked_about_and_stay(signed_in, mentorship, dante):
    answer = signed_in(dante).post(page_of(mentorship), typed(minutes="15", note="Dear words")).content.decode()
    assert "Say whether you have read these words together" in answer
    assert "Dear words" in answer
    assert not Contact.objects.exists()


def test_what_a_payer_asks(signed_in, mentorship, dante, decide, goal):
    decide("billable")
    client = signed_in(dante)
    page = typed(started="10:00", ended="10:45", service="one_person", place="community", goal=str(goal.pk),
                 note="Looked at a room.", happened="yesterday")  # fmt: skip
    missing = client.post(page_of(mentorship), {**page, "goal": ""}).content.decode()
    assert "start, end, service, place and goal" in missing
    assert "Looked at a room." in missing
    assert (
        "The end comes after the start" in client.post(page_of(mentorship), {**page, "ended": "09:00"}).content.decode()
    )
    assert not Contact.objects.exists()
    assert client.post(page_of(mentorship), page).status_code == 302
    contact = Contact.objects.get()
    kept = contact.written_as
    assert (contact.minutes, kept.service, kept.place, kept.goal_id) == (45, "one_person", "community", goal.pk)
    assert kept.ends_at - kept.starts_at == timedelta(minutes=45)
    assert contact.happened_at == kept.starts_at


def test_a_talk_without_a_goal_counts_here_and_not_for_a_payer(signed_in, mentorship, dante, decide):
    decide("billable")
    page = typed(started="10:00", ended="10:30", service="not_billed", happened="yesterday")
    assert signed_in(dante).post(page_of(mentorship), page).status_code == 302
    assert Contact.objects.get().written_as.service == "not_billed"


def test_a_goal_of_somebody_else_is_no_choice(signed_in, mentorship, dante, decide, goal):
    decide("billable")
    page = typed(
        started="10:00", ended="10:30", service="one_person", place="office", goal=str(uuid4()), happened="yesterday"
    )
    assert signed_in(dante).post(page_of(mentorship), page).status_code == 200
    assert not Contact.objects.exists()


@pytest.mark.parametrize("mode", ["none", "count", "billable"])
def test_a_new_mode_loses_nothing_that_was_written_before(signed_in, mentorship, dante, rosa, decide, mode):
    page = typed(minutes="15", note="Old and dear words", their_line="Mine", read_together="yes", next_step="Walk")
    signed_in(dante).post(page_of(mentorship), page)
    contact = Contact.objects.get()
    decide(mode)
    for reader, url in ((dante, reverse("record", args=[rosa.person.pk])), (rosa, reverse("me_notes")),
                        (dante, reverse("contact", args=[rosa.person.pk, contact.pk]))):  # fmt: skip
        body = signed_in(reader).get(url).content.decode()
        assert "Old and dear words" in body
        assert "Mine" in body
    answer = {"submit_key": str(uuid4()), "words": "It was so"}
    assert signed_in(rosa).post(reverse("me_note", args=[contact.pk]), answer).status_code == 302
    assert Addition.objects.get().words == "It was so"


def test_where_no_words_are_kept_the_author_adds_none_and_reads_why(signed_in, mentorship, dante, rosa, decide):
    signed_in(dante).post(page_of(mentorship), typed(minutes="15"))
    contact = Contact.objects.get()
    decide("count")
    url = reverse("contact", args=[rosa.person.pk, contact.pk])
    assert "keeps no words now" in signed_in(dante).get(url).content.decode()
    signed_in(dante).post(url, {"submit_key": str(uuid4()), "words": "more", "read_together": "on"})
    assert not Addition.objects.exists()
    with pytest.raises(actions.NoteNotInMode):
        actions.add_to_note(contact=contact, words="more", submit_key=uuid4(), by=dante.actor, is_answer=False)


@pytest.mark.parametrize("mode", ["none", "count"])
def test_a_draft_of_another_mode_is_shown_again_and_only_its_writer_leaves_it_out(
    signed_in, mentorship, dante, decide, mode
):
    """Written without a connection, sent after the program decided anew."""
    decide(mode)
    client, page = (
        signed_in(dante),
        typed(minutes="15", note="Words from the bus", their_line="Hers", read_together="yes"),
    )
    body = client.post(page_of(mentorship), page).content.decode()
    assert not Contact.objects.exists()
    assert "Words from the bus" in body
    assert "writes down something else" in body
    assert client.post(page_of(mentorship), {**page, "leave_out": "yes"}).status_code == 302
    contact = Contact.objects.get()
    assert (contact.status, contact.note) == ("completed", "")


def test_a_draft_kept_here_is_explained_when_the_page_opens(signed_in, mentorship, dante, decide):
    client = signed_in(dante)
    draft = {"about": str(mentorship.participant_id), "note": "Half a sentence", "mode": "phone"}
    assert client.post(reverse("contact_draft"), draft).status_code == 204
    decide("none")
    body = client.get(page_of(mentorship)).content.decode()
    assert "Half a sentence" in body
    assert "writes down something else" in body
    assert NoteDraft.objects.exists()


def test_a_mode_decided_while_the_note_is_on_its_way_is_said(signed_in, mentorship, dante, decide, monkeypatch):
    from alongside.mentoring.views import notes

    real = notes.get_own_walk
    client = signed_in(dante)
    policy = notes.queries.get_note_policy()
    monkeypatch.setattr(notes.queries, "get_note_policy", lambda: policy)
    assert real is notes.get_own_walk
    decide("none")
    body = client.post(
        page_of(mentorship), typed(minutes="15", note="Dear words", read_together="yes")
    ).content.decode()
    assert "keeps no words" in body
    assert "Dear words" in body
    assert not Contact.objects.exists()


def test_the_database_holds_what_a_mode_may_have(mentorship, dante, decide, goal):
    note = actions.Note(submit_key=uuid4(), happened_at=timezone.now(), mode="phone", reached=True, minutes=5)
    (contact,) = actions.record_contact(mentorships=[mentorship], note=note, by=dante.actor)
    now = timezone.now()
    whole = {
        "note_mode": "billable",
        "starts_at": now,
        "ends_at": now + timedelta(hours=1),
        "service": "group",
        "place": "home",
    }
    row = WrittenAs.objects.filter(contact=contact)
    row.update(**whole)
    for wrong in (
        {"note_mode": "secret"}, {"service": "therapy"}, {"place": "moon"}, {"ends_at": now}, {"starts_at": None},
        {"place": ""}, {"note_mode": "count"}, {"read_together": True},
    ):  # fmt: skip
        with pytest.raises(IntegrityError), transaction.atomic():
            row.update(**{**whole, **wrong})


# --- plain words ------------------------------------------------------------------------------------------------
def test_plainer_words_are_offered_once_and_the_note_is_saved_as_it_is(signed_in, mentorship, dante):
    client, page = signed_in(dante), typed(minutes="15", note="Pt had a relapse.", read_together="yes")
    body = client.post(page_of(mentorship), page).content.decode()
    assert "“relapse”, or: return to use" in body
    assert "Nothing is saved yet" in body
    assert "Pt had a relapse." in body
    assert 'value="yes" required' not in body
    assert not Contact.objects.exists()
    assert 'name="words_shown"' in body
    assert client.post(page_of(mentorship), {**page, "words_shown": "yes"}).status_code == 302
    assert Contact.objects.get().note == "Pt had a relapse."


def test_a_note_that_goes_out_by_itself_is_never_held_up_by_its_wording(signed_in, mentorship, dante):
    page = typed(minutes="15", note="Pt had a relapse.", read_together="yes")
    answer = signed_in(dante).post(page_of(mentorship), page, headers={"X-Draft": "1"})
    assert answer.status_code == 204
    assert Contact.objects.get().note == "Pt had a relapse."


def test_words_are_looked_at_before_anything_else_is_filled_in(signed_in, mentorship, dante):
    page = {"submit_key": str(uuid4()), "note": "Denies use", "action": "words"}
    body = signed_in(dante).post(page_of(mentorship), page).content.decode()
    assert "says that it is not so" in body
    assert "Please check this page" not in body
    assert "Denies use" in body
    plain = signed_in(dante).post(page_of(mentorship), {**page, "note": "We walked"}).content.decode()
    assert "Plain words. Nothing is saved yet." in plain


def test_while_typing_the_server_answers_a_part_of_the_page_and_keeps_nothing(
    signed_in, dante, django_assert_num_queries
):
    client = signed_in(dante)
    body = client.post(reverse("contact_words"), {"text": "An addict <b>"}).content.decode()
    assert "person with an addiction" in body
    assert "<b>" not in body
    assert "<html" not in body
    assert "Plain" not in client.post(reverse("contact_words"), {"text": "We walked"}).content.decode()
    assert not NoteDraft.objects.exists()


def test_an_addition_is_looked_at_too(signed_in, mentorship, dante, rosa):
    signed_in(dante).post(page_of(mentorship), typed(minutes="15"))
    url = reverse("contact", args=[rosa.person.pk, Contact.objects.get().pk])
    page = {"submit_key": str(uuid4()), "words": "She is clean", "read_together": "on"}
    body = signed_in(dante).post(url, page).content.decode()
    assert "in recovery" in body
    assert not Addition.objects.exists()
    assert signed_in(dante).post(url, {**page, "words_shown": "yes"}).status_code == 302
    assert Addition.objects.get().words == "She is clean"
