"""Lists that intermediaries owe (§2.24): asked for, clock, reminders, answer, print; theirs alone."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction
from django.urls import reverse
from django.utils import timezone
from tests.privacy.consents import signed
from tests.story import day_there, make_persona
from tests.waits import waits

from alongside.audit.models import Entry
from alongside.people.actions import set_safe_contact
from alongside.people.actor import SystemActor
from alongside.people.models import OutgoingMessage
from alongside.privacy import actions
from alongside.privacy.models import ListedRecipient, ListRequest
from alongside.rules.lifecycles import MoveNotAllowed

pytestmark = pytest.mark.django_db
WHO, WHAT = "Cobalt clinic of the canary", "Amaranth canary of what they got"


@pytest.fixture
def english(rosa, mentorship):
    rosa.user.language = "en"
    rosa.user.save(update_fields=["language"])
    return rosa


@pytest.fixture
def network(english):
    return signed(english.person, english.actor, "intermediary", recipient="Valley exchange")


def body(answer) -> str:
    assert answer.status_code == 200
    return answer.content.decode()


def ask(consent, by, **values) -> ListRequest:
    whole = {"asked_on": day_there(), "sent_how": "handed", "submit_key": uuid4(), **values}
    return actions.ask_for_list(consent=consent, by=by, **whole)


def line(request, by, **values) -> ListedRecipient:
    whole = {"recipient": WHO, "what": WHAT, "disclosed_on": day_there(), "submit_key": uuid4(), **values}
    return actions.add_line(request=request, by=by, **whole)


def answered(consent, carmen) -> ListRequest:
    request = ask(consent, carmen.actor)
    line(request, carmen.actor)
    return actions.answer_list(request=request, answered_on=day_there(), answered_how="list", by=carmen.actor)


# --- asked for, its clock, its answer ------------------------------------------------------------------------------
def test_she_says_that_it_went_and_reads_the_clock_and_then_their_list(signed_in, english, carmen, network):
    hers, letter = signed_in(english), reverse("me_sent_letter", args=[network.pk])
    went = reverse("me_owed_sent", args=[network.pk])
    assert went in body(hers.get(letter))
    sent = {"asked_on": day_there().isoformat(), "sent_how": "handed", "submit_key": str(uuid4())}
    for _twice in range(2):
        assert hers.post(went, sent).url == reverse("me_sent")
    one = ListRequest.objects.get()
    assert (one.due_on, one.status, one.owner_id) == (day_there() + timedelta(days=30), "asked", None)
    assert "They have to answer by" in body(hers.get(reverse("me_sent")))
    assert went not in body(hers.get(letter)), "one that runs is not begun again"

    page, url = signed_in(carmen), reverse("owed_one", args=[one.pk])
    assert url in body(page.get(reverse("owed_lists"))) and reverse("owed_lists") in body(
        page.get(reverse("sharing_to_tell"))
    )
    typed = {"recipient": WHO, "disclosed_on": day_there().isoformat(), "what": WHAT, "submit_key": str(uuid4())}
    for _twice in range(2):
        assert page.post(url, typed).url == url
    assert ListedRecipient.objects.count() == 1
    assert WHO not in body(signed_in(english).get(reverse("me_sent"))), "what is being entered is no answer yet"
    whole = {"answered_on": day_there().isoformat(), "answered_how": "list", "words": "With kind regards"}
    assert signed_in(carmen).post(reverse("owed_answered", args=[one.pk]), whole).url == url

    text = body(signed_in(english).get(reverse("me_sent")))
    for words in (WHO, WHAT, "Their answer came on", "They sent a list.", "With kind regards"):
        assert words in text
    acts = set(Entry.objects.filter(object_kind="list", subject_id=english.person.pk).values_list("act", flat=True))
    assert {"list.asked", "list.line_added", "list.answered"} <= acts


def test_it_is_printed_for_her_with_their_list_and_without_buttons(signed_in, english, carmen, network):
    answered(network, carmen)
    text = body(signed_in(carmen).get(reverse("sharing_sent", args=[english.person.pk])))
    assert WHO in text and WHAT in text and "Valley exchange" in text
    section = text[text.index("Who may pass it on") :]
    assert "<form" not in section[: section.index("</section>")]


def test_a_stopped_permission_takes_nothing_from_the_right(signed_in, english, carmen, network):
    actions.stop_sharing(consent=network, by=english.actor)
    request = ask(network, english.actor)
    assert request.status == "asked"
    assert reverse("owed_new", args=[network.pk]) in body(
        signed_in(carmen).get(reverse("sharing_one", args=[network.pk]))
    )
    line(request, carmen.actor)
    actions.answer_list(request=request, answered_on=day_there(), answered_how="list", by=carmen.actor)
    assert WHO in body(signed_in(english).get(reverse("me_sent")))


def test_staff_ask_with_her_and_look_after_it(signed_in, carmen, english, network):
    page, url = signed_in(carmen), reverse("owed_new", args=[network.pk])
    assert "42 CFR 2.24" in body(page.get(url))
    answer = page.post(url, {"asked_on": day_there().isoformat(), "sent_how": "post", "submit_key": str(uuid4())})
    one = ListRequest.objects.get()
    assert answer.url == reverse("owed_one", args=[one.pk]) == page.get(url).url
    assert (one.owner_id, one.due_on) == (carmen.user.pk, day_there() + timedelta(days=35))
    page.post(reverse("owed_received", args=[one.pk]), {"received_on": day_there().isoformat()})
    one.refresh_from_db()
    assert one.due_on == day_there() + timedelta(days=30)
    page.post(reverse("owed_move", args=[one.pk]), {"action": "end"})
    one.refresh_from_db()
    assert one.status == "withdrawn" and "No longer asked for" in body(signed_in(english).get(reverse("me_sent")))


def test_she_takes_it_back_and_may_ask_again(signed_in, english, network):
    one = ask(network, english.actor)
    assert signed_in(english).post(reverse("me_owed_end", args=[one.pk])).url == reverse("me_sent")
    one.refresh_from_db()
    assert one.status == "withdrawn"
    assert ask(network, english.actor).pk != one.pk


def test_they_sent_none_and_they_had_none(english, carmen, network):
    with pytest.raises(actions.LinesDiffer):
        actions.answer_list(request=ask(network, carmen.actor), answered_on=day_there(), answered_how="list",
                            by=carmen.actor)  # fmt: skip
    request = ask(network, carmen.actor)
    there = line(request, carmen.actor)
    with pytest.raises(actions.LinesDiffer):
        actions.answer_list(request=request, answered_on=day_there(), answered_how="nothing", by=carmen.actor)
    for _twice in range(2):
        actions.remove_line(request=request, line_id=there.pk, by=carmen.actor)
    actions.answer_list(request=request, answered_on=day_there(), answered_how="nothing", by=carmen.actor)
    with pytest.raises(MoveNotAllowed):
        actions.answer_list(request=request, answered_on=day_there(), answered_how="refused", by=carmen.actor)


def test_what_was_typed_stays_beside_a_kind_word(signed_in, carmen, network):
    one = ask(network, carmen.actor)
    tomorrow = (day_there() + timedelta(days=1)).isoformat()
    page, url = signed_in(carmen), reverse("owed_one", args=[one.pk])
    text = body(page.post(url, {"recipient": WHO, "disclosed_on": tomorrow, "what": WHAT, "submit_key": str(uuid4())}))
    assert WHO in text and WHAT in text and "It cannot lie before the permission was signed" in text
    text = body(page.post(reverse("owed_received", args=[one.pk]), {"received_on": tomorrow}))
    assert "It cannot lie before the letter went" in text
    whole = {"answered_on": day_there().isoformat(), "answered_how": "list", "words": "Kept words"}
    text = body(page.post(reverse("owed_answered", args=[one.pk]), whole))
    assert "Kept words" in text and "enter its lines first" in text
    assert not ListedRecipient.objects.exists()


def test_they_got_it_on_one_day_only(clock, carmen, network):
    one = ask(network, carmen.actor)
    clock.forward(days=3)
    actions.note_received(request=one, received_on=day_there(), by=carmen.actor)
    actions.note_received(request=one, received_on=day_there(), by=carmen.actor)
    with pytest.raises(actions.DayCannotBe):
        actions.note_received(request=one, received_on=day_there() - timedelta(days=1), by=carmen.actor)


# --- reminders -----------------------------------------------------------------------------------------------------
@pytest.fixture(autouse=True)
def reachable(carmen, dante, rosa):
    for one in (carmen, dante, rosa):
        one.user.email = f"{one.user.username}@example.org"
        one.user.save(update_fields=["email"])
        set_safe_contact(person=one.person, by=carmen.actor, channel="email", may_email=True)


def told(person) -> int:
    return OutgoingMessage.objects.filter(person=person, once_key__startswith="list:").count()


def test_whoever_looks_after_it_is_reminded_before_and_after_and_she_once(english, carmen, network):
    one, now = ask(network, carmen.actor), timezone.now()
    # Nobody is reminded twice on one day, and the last of them is six weeks after the day.
    counts = {24: 0, 25: 1, 30: 1, 31: 2, 44: 2, 45: 3, 59: 4, 73: 4, 400: 4}
    for days, many in counts.items():
        for _twice in range(2):
            actions.remind_lists(now + timedelta(days=days))
        assert (days, told(carmen.person)) == (days, many)
    assert told(english.person) == 1, "she reads once that they are late"
    assert Entry.objects.filter(act="list.reminded", object_id=one.pk).count() == 4


def test_one_that_nobody_took_is_told_to_all_who_may_and_an_answered_one_to_nobody(english, carmen, dante, network):
    one, now = ask(network, english.actor), timezone.now()
    later = now + timedelta(days=26)
    assert waits("remind_lists", carmen.program, now) == 0 and waits("remind_lists", carmen.program, later) == 1
    assert actions.remind_lists(later) == 1 and told(carmen.person) == 1
    assert waits("remind_lists", carmen.program, later) == 0
    assert told(dante.person) == 0
    actions.take_list(request=one, by=dante.actor)
    assert actions.remind_lists(now + timedelta(days=31)) == 1 and (told(dante.person), told(carmen.person)) == (1, 1)
    actions.answer_list(request=one, answered_on=day_there(), answered_how="refused", by=carmen.actor)
    assert actions.remind_lists(now + timedelta(days=45)) == 0


# --- theirs alone --------------------------------------------------------------------------------------------------
def test_others_read_nothing_of_it(signed_in, english, carmen, network, program, marcus):
    one = answered(network, carmen)
    sam = make_persona(program, "sam", "participant")
    hers = [reverse("me_owed_sent", args=[network.pk]), reverse("me_owed_end", args=[one.pk])]
    client = signed_in(sam)
    assert [client.post(path, {}).status_code for path in hers] == [404, 404]
    assert WHO not in body(client.get(reverse("me_sent")))
    stranger = make_persona(program, "pat", "peer")
    paths = [reverse("owed_one", args=[one.pk]), reverse("owed_new", args=[network.pk])]
    for persona in (stranger, marcus):
        client = signed_in(persona)
        assert [client.get(path).status_code for path in paths] == [404, 404]
        assert [client.post(path, {}).status_code for path in paths] == [404, 404]
    assert WHO not in body(signed_in(stranger).get(reverse("owed_lists")))


def test_who_may_not_does_not(english, dante, carmen, network, program):
    specific = signed(english.person, english.actor)
    sam = make_persona(program, "sam", "participant")
    for consent, by in ((specific, english.actor), (network, sam.actor)):
        with pytest.raises(actions.NotOwed):
            ask(consent, by)
    one = ask(network, english.actor)
    for act in (lambda by: line(one, by), lambda by: actions.take_list(request=one, by=by)):
        with pytest.raises(actions.NotOwed):
            act(english.actor)
    with pytest.raises(actions.NotOwed):
        actions.withdraw_list(request=one, by=sam.actor)


def test_what_it_says_is_encrypted_and_in_no_entry(english, carmen, network):
    answered(network, carmen)
    with connection.cursor() as cursor:
        cursor.execute("SELECT recipient, what FROM privacy_listedrecipient")
        assert "canary" not in str(cursor.fetchall()).lower()
    assert not [entry for entry in Entry.objects.all() if "canary" in str(entry.__dict__).lower()]


# --- what the database holds ---------------------------------------------------------------------------------------
def refused(change) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        change()


def test_the_database_lets_none_hang_from_another_permission(english, carmen, network):
    one = ask(network, carmen.actor)
    specific = signed(english.person, english.actor)
    values = {"program_id": one.program_id, "person": english.person, "sent_how": "post", "asked_on": one.asked_on,
              "asked_at": one.asked_at, "due_on": one.due_on}  # fmt: skip
    refused(lambda: ListRequest.objects.create(consent=specific, submit_key=uuid4(), **values))
    refused(lambda: ListRequest.objects.create(consent=network, submit_key=uuid4(), **values))
    actions.withdraw_list(request=one, by=carmen.actor)
    refused(
        lambda: ListRequest.objects.create(consent=network, submit_key=uuid4(), **values | {"person": carmen.person})
    )
    ListRequest.objects.create(consent=network, submit_key=uuid4(), **values)


def test_the_database_keeps_what_was_asked_and_answered(english, carmen, network):
    one = ask(network, carmen.actor)
    mine = ListRequest.objects.filter(pk=one.pk)
    refused(lambda: mine.update(asked_on=one.asked_on - timedelta(days=1)))
    refused(lambda: mine.update(due_on=one.due_on + timedelta(days=9)))
    refused(
        lambda: mine.update(status="answered", answered_on=day_there(), answered_how="list", ended_at=timezone.now())
    )
    entered = line(one, carmen.actor)
    refused(
        lambda: mine.update(status="answered", answered_on=day_there(), answered_how="nothing", ended_at=timezone.now())
    )
    actions.answer_list(request=one, answered_on=day_there(), answered_how="list", by=carmen.actor)
    for values in ({"status": "asked"}, {"answered_how": "nothing"}, {"answered_on": day_there() + timedelta(days=1)}):
        refused(lambda values=values: mine.update(**values))
    lines = ListedRecipient.objects.filter(pk=entered.pk)
    refused(lambda: lines.update(disclosed_on=day_there() - timedelta(days=1)))
    refused(lambda: lines.delete())
    refused(lambda: mine.delete())
    refused(lambda: ListedRecipient.objects.create(
        program_id=one.program_id, request=one, recipient="x", what="y", disclosed_on=day_there(), facts_digest="0",
        entered_at=timezone.now(), submit_key=uuid4()))  # fmt: skip


@pytest.mark.parametrize("empty", ["recipient", "what", "facts_digest"])
def test_the_database_wants_each_of_the_three_elements(carmen, network, empty):
    one = ask(network, carmen.actor)
    whole = {"recipient": "x", "what": "y", "disclosed_on": day_there(), "facts_digest": "0"}
    base = {"program_id": one.program_id, "request": one, "entered_at": timezone.now(), "submit_key": uuid4()}
    refused(lambda: ListedRecipient.objects.create(**base, **whole | {empty: ""}))
    ListedRecipient.objects.create(**base, **whole)


def test_when_a_permission_ended_stays(english, network):
    actions.stop_sharing(consent=network, by=english.actor)
    mine = type(network).objects.filter(pk=network.pk)
    ended = mine.get().ended_at
    refused(lambda: mine.update(ended_at=ended + timedelta(hours=6)))
    refused(lambda: mine.update(ended_at=ended - timedelta(hours=6)))
    refused(lambda: mine.update(ended_how="written"))
    mine.update(told_at=timezone.now())


# --- the copy, and how long it stays -------------------------------------------------------------------------------
def test_it_is_in_her_copy(english, carmen, network):
    from alongside.retention.sections.privacy import lists

    assert answered(network, carmen)
    (row,) = lists(english.person)
    assert row["recipient"] == "Valley exchange" and WHO in row["answers"][0] and WHAT in row["answers"][0]


def test_past_its_time_it_goes_with_its_lines(english, carmen, network, program):
    from alongside.retention.actions.schedule import erase_part
    from alongside.retention.due import DUE

    answered(network, carmen)
    before, gone = timezone.now() + timedelta(days=1), []
    for due in DUE["accounting"]:
        if due.label.startswith("privacy.List"):
            gone.append(erase_part(program, "accounting", due, before, SystemActor(program_id=program.pk)))
    assert gone == [1, 1] and not ListRequest.objects.exists()
