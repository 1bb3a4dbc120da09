"""The pages: who it is is told to whoever takes the call, neutral words come first, and the person decides."""

from datetime import timedelta
from html import unescape
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone
from tests.story import day_there

from alongside.audit.models import Entry
from alongside.calls import actions
from alongside.calls.models import Agreement, Call, Caller, Claim
from alongside.people.actions import move_episode, note_return_to_use, record_boundary, set_safe_contact
from alongside.people.models import Person
from alongside.safety.models import Escalation

pytestmark = pytest.mark.django_db
ASKED = {"phone": "(213) 555-0123", "time_zone": "America/Los_Angeles", "language": "es", "may_voicemail": "no"}


@pytest.fixture
def english(nadia):
    """Nadia reads English; she is called in Spanish."""
    nadia.user.language = "en"
    nadia.user.save(update_fields=["language"])
    return nadia


@pytest.fixture
def now(english, agrees, carmen):
    """Nadia agreed, and a call is due at whatever time it is now."""
    set_safe_contact(person=english.person, by=carmen.actor, from_hour=0, until_hour=24)
    agreement = agrees(english, now=timezone.now() - timedelta(minutes=5))
    Agreement.objects.filter(pk=agreement.pk).update(due_at=timezone.now() - timedelta(minutes=5))
    return agreement


@pytest.fixture
def text_of(signed_in):
    """`text_of(vera, "calls")`: the page as this person gets it."""

    def read(persona, name, *ids):
        answer = signed_in(persona).get(reverse(name, args=ids))
        assert answer.status_code == 200, (name, answer.status_code)
        return unescape(answer.content.decode())

    return read


@pytest.fixture
def any_day(monkeypatch):
    """The queue is looked at on whatever day it is, days off too."""
    from alongside.council.actions import adopt_policy
    from alongside.people.actor import SystemActor

    def adopt(program):
        adopt_policy(program=program, kind="phone_support", values={"days_off": []}, by=SystemActor())

    return adopt


# --- callers ------------------------------------------------------------------------------------------------------
def test_the_queue_names_nobody(now, vera, text_of, any_day, program):
    any_day(program)
    text = text_of(vera, "calls")
    assert "The first call" in text and "Spanish" in text
    assert "Nadia" not in text and "555-0123" not in text


def test_whoever_is_not_trained_sees_no_queue_and_takes_nothing(now, dante, text_of, signed_in):
    assert "for those who are trained" in text_of(dante, "calls")
    assert signed_in(dante).post(reverse("call_take"), {"call": now.pk}).status_code == 404
    assert signed_in(dante).get(reverse("call", args=[now.pk])).status_code == 404


def test_today_says_that_calls_wait_to_those_only_who_are_trained(now, vera, dante, text_of, any_day, program):
    any_day(program)
    assert "1 call waits for a caller" in text_of(vera, "today") and "The first call" in text_of(vera, "today")
    assert "waits for a caller" not in text_of(dante, "today")


def test_a_boundary_takes_it_from_today_too(now, vera, carmen, nadia, text_of, any_day, program):
    any_day(program)
    record_boundary(person=nadia.person, other=vera.person, kind="ex", by=carmen.actor)
    assert "waits for a caller" not in text_of(vera, "today")
    assert "Nobody waits for a call now" in text_of(vera, "calls")


def test_a_call_from_the_queue_to_saved_in_two_taps(now, english, vera, signed_in, text_of, any_day, program):
    any_day(program)
    client = signed_in(vera)
    answer = client.post(reverse("call_take"), {"call": now.pk}, follow=True)
    text = unescape(answer.content.decode())
    assert "Ask for Nadia" in text and "(213) 555-0123" in text
    assert 'lang="es"' in text and "¿Puedo hablar con Nadia, por favor?" in text
    assert text.index("Say nothing about why you call") < text.index("Quedamos en que le llamaríamos")
    assert "Leave no message" in text and "No es nada urgente. Llamaré otro día" not in text
    assert "Neutral message left" not in text, "where no message may be left, none can be noted"
    assert Entry.objects.filter(act="record.opened", object_kind="call", subject_id=english.person.pk).exists()
    sent = {"outcome": "well", "note": "", "submit_key": str(uuid4())}
    for _twice in range(2):
        assert client.post(reverse("call", args=[now.pk]), sent).status_code == 302
    assert Call.objects.get().outcome == "well"
    assert client.get(reverse("call", args=[now.pk])).status_code == 404, "it is theirs no more"
    assert "Vera" in text_of(english, "me_calls") and "You talked" in text_of(english, "me_calls")


def test_voicemail_has_words_where_it_is_allowed(now, english, vera, carmen, signed_in, any_day, program):
    any_day(program)
    set_safe_contact(person=english.person, by=carmen.actor, may_voicemail=True, name_to_use="Ana")
    answer = signed_in(vera).post(reverse("call_take"), {"call": now.pk}, follow=True)
    text = unescape(answer.content.decode())
    assert "Llamaré otro día" in text and "Neutral message left" in text and "Ask for Ana" in text


def test_a_worry_needs_words_and_is_raised(now, vera, signed_in, dolores, any_day, program):
    any_day(program)
    client, url = signed_in(vera), reverse("call", args=[now.pk])
    client.post(reverse("call_take"), {"call": now.pk})
    answer = client.post(url, {"outcome": "worried", "note": " ", "submit_key": str(uuid4())})
    assert answer.status_code == 200 and "Please write what you noticed" in unescape(answer.content.decode())
    answer = client.post(url, {"outcome": "worried", "note": "He wept", "submit_key": str(uuid4())})
    assert answer.url == reverse("worries")
    assert Escalation.objects.get().source == "call"


def test_what_somebody_else_took_is_said_kindly(now, vera, tom, signed_in, text_of, any_day, program):
    any_day(program)
    signed_in(vera).post(reverse("call_take"), {"call": now.pk})
    answer = signed_in(tom).post(reverse("call_take"), {"call": now.pk}, follow=True)
    assert "not free any more" in unescape(answer.content.decode())
    never = signed_in(tom).post(reverse("call_take"), {"call": uuid4()}, follow=True)
    assert "not free any more" in unescape(never.content.decode())
    Claim.objects.update(until=timezone.now() - timedelta(minutes=1), taken_at=timezone.now() - timedelta(minutes=9))
    assert "Perhaps called already, by Vera" in text_of(tom, "calls")
    asked = unescape(signed_in(tom).post(reverse("call_take"), {"call": now.pk}).content.decode())
    assert "Vera took this call" in asked and "I call all the same" in asked and "555-0123" not in asked
    assert Claim.objects.get().caller_id == vera.person.pk
    signed_in(tom).post(reverse("call_take"), {"call": now.pk, "all_the_same": "on"})
    assert Claim.objects.get().caller_id == tom.person.pk


@pytest.fixture
def overtaken(now, vera, tom, signed_in, any_day, program):
    """Vera talked longer than her time, and Tom took the call over."""
    any_day(program)
    signed_in(vera).post(reverse("call_take"), {"call": now.pk})
    Claim.objects.update(until=timezone.now() - timedelta(minutes=1), taken_at=timezone.now() - timedelta(minutes=9))
    signed_in(tom).post(reverse("call_take"), {"call": now.pk, "all_the_same": "on"})
    return reverse("call", args=[now.pk])


def late(**values):
    return {"outcome": "well", "note": "", "submit_key": str(uuid4())} | values


def test_who_wrote_too_late_is_heard_and_the_other_reads_it(overtaken, vera, tom, signed_in, text_of):
    sent = late(note="She found work")
    for _twice in range(2):
        answer = signed_in(vera).post(overtaken, sent, follow=True)
    assert "What you wrote is saved" in unescape(answer.content.decode())
    call = Call.objects.get()
    assert (call.note, call.caller_id) == ("She found work", vera.person.pk)
    assert Claim.objects.get().caller_id == tom.person.pk, "who took it over has it still"
    text = text_of(tom, "call", call.agreement_id)
    assert "Vera had this call before you" in text and "need not call" in text
    assert "She found work" not in text, "what was said is for the record, not for the next caller"
    assert "tel:+12135550123" not in text
    assert signed_in(vera).get(overtaken).status_code == 404, "who it is, is shown to whoever has the call"


def test_who_sends_twice_in_time_is_not_told_that_another_has_it(now, vera, signed_in, any_day, program):
    any_day(program)
    client, url = signed_in(vera), reverse("call", args=[now.pk])
    client.post(reverse("call_take"), {"call": now.pk})
    sent = late()
    for _twice in range(2):
        answer = client.post(url, sent, follow=True)
    assert "took this call" not in unescape(answer.content.decode()) and Call.objects.count() == 1


def test_a_message_left_in_time_is_not_lost_when_it_is_written_late(overtaken, vera, signed_in):
    signed_in(vera).post(overtaken, late(outcome="message_left", note="Said only my name"))
    assert Call.objects.get().note == "Said only my name"


def test_a_worry_and_a_stop_that_came_late_count_all_the_same(overtaken, now, vera, tom, signed_in, dolores):
    answer = signed_in(vera).post(overtaken, late(outcome="worried", note="He wept"))
    assert answer.url == reverse("worries") and Escalation.objects.get().words == "He wept"
    again = signed_in(vera).post(overtaken, late(outcome="asked_to_stop", note="No more calls"))
    assert again.status_code == 409 and Call.objects.count() == 1, "one call is written down once"


def test_what_came_late_moves_no_call_that_another_wrote_after_but_a_stop_holds(overtaken, now, vera, tom, signed_in):
    signed_in(tom).post(overtaken, late(outcome="well"))
    due = Agreement.objects.get(pk=now.pk).due_at
    signed_in(vera).post(overtaken, late(outcome="asked_to_stop"))
    found = Agreement.objects.get(pk=now.pk)
    assert found.status == "ended" and found.due_at is None and due is not None
    assert Call.objects.count() == 2


def test_a_late_no_answer_moves_no_call_that_another_wrote_after(overtaken, now, vera, tom, signed_in):
    signed_in(tom).post(overtaken, late(outcome="well"))
    before = Agreement.objects.get(pk=now.pk)
    signed_in(vera).post(overtaken, late(outcome="no_answer"))
    after = Agreement.objects.get(pk=now.pk)
    assert (after.due_at, after.tries) == (before.due_at, before.tries) and Call.objects.count() == 2


def test_what_cannot_be_saved_any_more_is_shown_to_be_copied(overtaken, vera, signed_in, monkeypatch):
    monkeypatch.setattr("alongside.calls.actions.late.LATE", timedelta(0))
    answer = signed_in(vera).post(overtaken, late(note="She found work"))
    text = unescape(answer.content.decode())
    assert answer.status_code == 409 and "She found work" in text and "could not be saved" in text
    assert not Call.objects.exists()


def test_once_they_stopped_or_the_time_ran_out_the_number_is_shown_no_more(now, english, vera, signed_in, text_of,
                                                                           any_day, program):  # fmt: skip
    any_day(program)
    signed_in(vera).post(reverse("call_take"), {"call": now.pk})
    assert "tel:" in text_of(vera, "call", now.pk)
    Claim.objects.update(until=timezone.now() - timedelta(minutes=1), taken_at=timezone.now() - timedelta(minutes=9))
    assert "555-0123" not in text_of(vera, "call", now.pk)
    Claim.objects.update(until=timezone.now() + timedelta(minutes=9))
    actions.end(agreement=now, by=english.actor)
    text = text_of(vera, "call", now.pk)
    assert "555-0123" not in text and "Do not call" in text


def test_still_talking_is_one_tap(now, vera, tom, signed_in, text_of, any_day, program):
    any_day(program)
    client = signed_in(vera)
    client.post(reverse("call_take"), {"call": now.pk})
    Claim.objects.update(until=timezone.now() - timedelta(minutes=1), taken_at=timezone.now() - timedelta(minutes=31))
    answer = client.post(reverse("call_keep", args=[now.pk]), follow=True)
    assert "Nobody else calls meanwhile" in unescape(answer.content.decode()) and "tel:" in answer.content.decode()
    assert "Nobody waits for a call now" in text_of(tom, "calls")
    assert signed_in(tom).post(reverse("call_keep", args=[now.pk])).status_code == 404


def test_after_the_weeks_the_caller_writes_down_how_often(now, vera, signed_in, text_of, any_day, program):
    any_day(program)
    client, url = signed_in(vera), reverse("call", args=[now.pk])
    client.post(reverse("call_take"), {"call": now.pk})
    assert "How often would they like" not in text_of(vera, "call", now.pk)
    Agreement.objects.update(started_on=day_there() - timedelta(weeks=13))
    assert "How often would they like" in text_of(vera, "call", now.pk)
    sent = {"outcome": "well", "note": "", "every": "14", "submit_key": str(uuid4())}
    for _twice in range(2):
        assert client.post(url, sent).status_code == 302
    now.refresh_from_db()
    assert (now.wished_every_days, now.why) == (14, "wished")


def test_an_outcome_for_a_call_that_never_was_is_refused_like_a_lost_one(now, vera, signed_in):
    sent = {"outcome": "well", "note": "", "submit_key": str(uuid4())}
    texts = [
        unescape(signed_in(vera).post(reverse("call", args=[wanted]), sent, follow=True).content.decode())
        for wanted in (now.pk, uuid4())
    ]
    assert all("This could not be saved" in text for text in texts)


def test_given_back_it_is_there_again(now, vera, tom, signed_in, text_of, any_day, program):
    any_day(program)
    client = signed_in(vera)
    client.post(reverse("call_take"), {"call": now.pk})
    assert "You have a call" in text_of(vera, "calls")
    signed_in(vera).post(reverse("call_give_back", args=[now.pk]))
    assert "The first call" in text_of(tom, "calls")


def test_who_rests_reads_that_nobody_calls_and_may_ask_all_the_same(now, english, carmen, signed_in, text_of, vera,
                                                                    queue, any_day, program):  # fmt: skip
    any_day(program)
    move_episode(episode=english.episode, to="paused", by=carmen.actor)
    text = text_of(english, "me_calls")
    assert "Nobody calls until you go on" in text and "As soon as somebody is free" not in text
    assert "Please call me soon" in text and queue(vera, timezone.now()) == []
    signed_in(english).post(reverse("me_calls_soon"))
    assert "As soon as somebody is free" in text_of(english, "me_calls")
    assert queue(vera, timezone.now()) == [now.pk]


# --- the person's own page ----------------------------------------------------------------------------------------
def test_agreeing_says_what_it_is_and_keeps_number_and_voicemail_in_one_place(english, signed_in, text_of):
    text = text_of(english, "me_calls")
    assert "Would you like a call now and then?" in text and "Yes, call me" in text
    client = signed_in(english)
    answer = client.post(reverse("me_calls"), {**ASKED, "phone": "213 555 0177", "may_voicemail": "yes", **hours()})
    assert answer.status_code == 302, unescape(answer.content.decode())
    made = Agreement.objects.get()
    assert (made.agreed_how, made.language, made.status) == ("page", "es", "agreed")
    person = Person.objects.select_related("safe_contact").get(pk=english.person.pk)
    assert person.phone == "+12135550177" and person.safe_contact.may_voicemail and person.safe_contact.may_call
    text = text_of(english, "me_calls")
    assert "(213) 555-0177" in text and "Stop the calls" in text and "Evening" in text


def hours():
    """Monday and Tuesday evenings, as the table of the form sends them."""
    return {"hours": ["mon_evening", "tue_evening"]}


@pytest.mark.parametrize(
    ("wrong", "words"), [({"phone": "call me"}, "no telephone number"), ({"hours": []}, "at least one time"),
                         ({"may_voicemail": ""}, "Please choose"), ({"colour": "red"}, "did not ask for")]
)  # fmt: skip
def test_nothing_is_agreed_by_half(english, signed_in, wrong, words):
    answer = signed_in(english).post(reverse("me_calls"), {**ASKED, **hours(), **wrong})
    assert answer.status_code == 200 and words in unescape(answer.content.decode())
    assert not Agreement.objects.exists()


def test_stop_is_one_step_pause_and_go_on_too(now, english, signed_in, text_of):
    client = signed_in(english)
    client.post(reverse("me_calls_pause"), {"until": ""})
    assert "Nobody calls until you say so" in text_of(english, "me_calls")
    client.post(reverse("me_calls_go_on"))
    assert Agreement.objects.get().status == "agreed"
    client.post(reverse("me_calls_stop"))
    assert Agreement.objects.get().status == "ended"
    assert "Would you like a call now and then?" in text_of(english, "me_calls")
    for name in ("me_calls_pause", "me_calls_go_on", "me_calls_soon", "me_calls_stop"):
        assert client.post(reverse(name), {"until": ""}).status_code == 404, "there is nothing left to do"


def test_a_wrong_number_is_asked_for_and_another_one_lets_calls_go_on(now, english, vera, signed_in, text_of, any_day,
                                                                      program):  # fmt: skip
    any_day(program)
    actions.take_call(agreement_id=now.pk, caller=vera.mark, by=vera.actor)
    actions.record_call(agreement_id=now.pk, outcome="wrong_number", submit_key=uuid4(), by=vera.actor)
    assert "Somebody else answered at your number" in text_of(english, "me_calls")
    signed_in(english).post(reverse("me_calls"), {**ASKED, "phone": "213 555 0177", **hours()})
    assert Agreement.objects.get().status == "agreed"


def test_please_call_me_soon_moves_it_nearer(now, english, signed_in):
    Agreement.objects.update(due_at=timezone.now() + timedelta(days=6), why="weekly")
    signed_in(english).post(reverse("me_calls_soon"))
    asked = Agreement.objects.get()
    assert asked.why == "asked" and asked.due_at < timezone.now() + timedelta(days=3)


def test_what_was_typed_before_signing_in_again_is_there(english, signed_in):
    from alongside.people.models import HeldForm

    HeldForm.objects.create(user=english.user, path=reverse("me_calls"), created_at=timezone.now(),
                            payload='{"phone": ["213 555 0199"], "hours": ["mon_evening"]}')  # fmt: skip
    text = signed_in(english).get(reverse("me_calls")).content.decode()
    assert "213 555 0199" in text and "checked" in text


# --- staff --------------------------------------------------------------------------------------------------------
def test_a_coordinator_writes_down_what_somebody_said(english, carmen, signed_in, text_of):
    assert "not agreed to calls" in text_of(carmen, "calls_of", english.person.pk)
    url = reverse("calls_of", args=[english.person.pk])
    answer = signed_in(carmen).post(url, {**ASKED, **hours()})
    assert answer.status_code == 200 and "Only the person themself can agree" in unescape(answer.content.decode())
    assert not Agreement.objects.exists()
    signed_in(carmen).post(url, {**ASKED, **hours(), "said": "on"})
    assert Agreement.objects.get().agreed_how == "spoken"
    assert "by word" in text_of(carmen, "calls_of", english.person.pk)
    assert Entry.objects.filter(act="record.opened", object_kind="calls", subject_id=english.person.pk).exists()
    signed_in(carmen).post(url, {"action": "stop"})
    assert Agreement.objects.get().status == "ended"


def test_whoever_walks_with_somebody_may_and_their_supervisor_only_reads(rosa, dante, lien, mentorship, signed_in):
    url = reverse("calls_of", args=[rosa.person.pk])
    assert signed_in(dante).post(url, {**ASKED, **hours(), "said": "on"}).status_code == 302
    assert signed_in(lien).get(url).status_code == 200
    assert signed_in(lien).post(url, {"action": "stop"}).status_code == 404
    assert signed_in(dante).post(url, {"action": "stop"}).status_code == 302


def test_the_list_shows_who_needs_a_hand(now, english, carmen, vera, text_of, any_day, program):
    any_day(program)
    assert "Nadia" in text_of(carmen, "call_list")
    actions.take_call(agreement_id=now.pk, caller=vera.mark, by=vera.actor)
    actions.record_call(agreement_id=now.pk, outcome="wrong_number", submit_key=uuid4(), by=vera.actor)
    assert "The number is wrong" in text_of(carmen, "call_list")


def test_a_supervisor_marks_their_own_peers_as_trained(lien, dante, vera, signed_in, text_of):
    assert "Dante" in text_of(lien, "callers") and "Vera" not in text_of(lien, "callers")
    assert signed_in(lien).get(reverse("caller", args=[vera.person.pk])).status_code == 404
    url = reverse("caller", args=[dante.person.pk])
    signed_in(lien).post(url, {"languages": ["en"], "trained_on": "2026-05-01"})
    assert Caller.objects.get(person=dante.person).languages == ["en"]
    signed_in(lien).post(url, {"action": "end"})
    assert Caller.objects.get(person=dante.person).ended_at is not None


def test_after_a_return_to_use_the_reason_is_there(now, english, vera, text_of, any_day, program):
    any_day(program)
    Agreement.objects.update(due_at=timezone.now() + timedelta(days=6))
    note_return_to_use(episode=english.episode, on_day=day_there(), by=english.actor)
    assert "return to use" in text_of(vera, "calls")


def test_a_mistake_in_a_late_outcome_loses_nothing_that_was_typed(now, vera, tom, signed_in, any_day, program):
    any_day(program)
    client, url = signed_in(vera), reverse("call", args=[now.pk])
    client.post(reverse("call_take"), {"call": now.pk})
    Claim.objects.update(until=timezone.now() - timedelta(minutes=1), taken_at=timezone.now() - timedelta(minutes=9))
    taken = signed_in(tom).post(reverse("call_take"), {"call": now.pk, "all_the_same": "on"})
    assert taken.status_code == 302 and Claim.objects.get().caller_id == tom.person.pk
    client = signed_in(vera)
    sent = {"outcome": "", "note": "She sings again & laughs", "every": "14", "submit_key": str(uuid4())}
    answer = client.post(url, sent)
    page = unescape(answer.content.decode())
    assert answer.status_code == 200 and "She sings again & laughs" in page
    assert "Please check: A call" in page and sent["submit_key"] in page and "Do not call again" in page
    assert 'value="14" ' in page and "checked" in page
    assert "Nadia" not in page and "555-0123" not in page, "whom another calls now is not shown again"
    # A worry without words, late: asked for, and what was chosen stays chosen.
    page = unescape(client.post(url, sent | {"outcome": "worried", "note": " "}).content.decode())
    assert "Please write what you noticed" in page and 'value="worried"' in page
    assert client.post(url, sent | {"outcome": "well"}).status_code == 302
    made = Call.objects.get()
    assert (made.outcome, made.note, made.caller_id) == ("well", "She sings again & laughs", vera.person.pk)
    assert Claim.objects.get().caller_id == tom.person.pk


def test_a_mistake_in_a_call_that_was_never_theirs_gives_the_words_back(now, tom, signed_in, any_day, program):
    any_day(program)
    sent = {"outcome": "", "note": "Words of mine", "submit_key": str(uuid4())}
    for agreement in (now.pk, uuid4()):
        answer = signed_in(tom).post(reverse("call", args=[agreement]), sent)
        assert answer.status_code == 404 and "Words of mine" in unescape(answer.content.decode())
        assert signed_in(tom).post(reverse("call", args=[agreement]), sent | {"note": " "}).status_code == 404
    assert not Call.objects.exists()


@pytest.mark.parametrize("agreed", [False, True])
def test_whoever_is_called_is_told_truly_who_calls(english, agrees, text_of, agreed):
    """Staff read that a caller need not be in recovery; the person called reads no less, before and after a yes."""
    if agreed:
        agrees(english)
    said = {
        "en": "It may be another person each time; they may or may not have lived it themselves.",
        "es": "Puede ser otra persona cada vez; puede que lo haya vivido en carne propia, o no.",
    }
    for language, words in said.items():
        english.user.language = language
        english.user.save(update_fields=["language"])
        assert words in text_of(english, "me_calls")
