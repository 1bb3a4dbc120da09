"""A return to use, told by the person or to their peer: help at once, closer contact, and nothing closed or reset."""

from datetime import timedelta
from html import unescape
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from django.apps import apps
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils import timezone
from tests.calls.conftest import make_caller
from tests.promises.whole_story import tell
from tests.story import day_there

from alongside.audit.models import Entry
from alongside.calls.actions import agree, record_call, take_call
from alongside.calls.actions import pause as pause_calls
from alongside.calls.models import Agreement
from alongside.calls.queries import list_queue
from alongside.checkins.models import Rhythm
from alongside.mentoring.actions import Note, begin_walking, pause_mentorship, record_contact
from alongside.mentoring.queries import list_who_needs_me
from alongside.people.actions import move_episode
from alongside.people.models import Episode, OutgoingMessage, SafeContact
from alongside.returns.actions import tell_return
from alongside.returns.models import Telling
from alongside.returns.queries import list_tellings
from alongside.rules.availability import to_hex

pytestmark = pytest.mark.django_db


@pytest.fixture
def english(rosa):
    """Rosa, in English."""
    rosa.user.language = "en"
    rosa.user.save(update_fields=["language"])
    return rosa


@pytest.fixture
def text_of(signed_in):
    """The page as this person gets it."""

    def read(persona, name, *ids):
        answer = signed_in(persona).get(reverse(name, args=ids))
        assert answer.status_code == 200, (name, answer.status_code)
        return unescape(answer.content.decode())

    return read


def told(who, **values):
    """What `tell_return` takes, told by this person of themself today."""
    return {"person": who.person, "on_day": day_there(), "words": "", "submit_key": uuid4(),
            "by": who.actor} | values  # fmt: skip


# --- nothing is closed, nothing is reset ----------------------------------------------------------------------------
MAY_BE_ADDED = {"returns.Telling", "audit.Entry", "people.OutgoingMessage", "impact.Mark"}
MAY_CHANGE = {
    "people.Episode": {"returned_to_use_on", "return_told_at"},
    "calls.Agreement": {"due_at", "why", "round_on", "tries"},
}


def everything() -> dict[tuple[str, str], dict]:
    """Every row of every table of ours: (model, key) to its columns."""
    found = {}
    for model in apps.get_models():
        if model.__module__.startswith("alongside"):
            for row in model._base_manager.values():
                found[model._meta.label, str(row[model._meta.pk.attname])] = row
    return found


@pytest.mark.parametrize("teller", ["rosa", "dante"])
def test_over_all_packages_nothing_was_closed_reset_or_taken_away(program, carmen, lien, dolores, ada, teller):
    story = tell(program, carmen, lien, dolores, ada)
    Episode.objects.filter(pk=story.rosa.episode.pk).update(returned_to_use_on=None)
    before = everything()
    # Ten days later: her calls are due another day, and the telling brings them near.
    later = timezone.now() + timedelta(days=10)
    Agreement.objects.update(due_at=later + timedelta(days=6))
    before |= {key: row for key, row in everything().items() if key[0] == "calls.Agreement"}
    by = story.people[teller].actor
    tell_return(person=story.rosa.person, on_day=later.date(), words="A bad week", submit_key=uuid4(), by=by, now=later)
    after = everything()
    assert before.keys() <= after.keys(), "a row was taken away"
    assert {model for model, _pk in after.keys() - before.keys()} <= MAY_BE_ADDED
    changed = {
        (key[0], name) for key, row in before.items() for name, value in row.items() if after[key][name] != value
    }
    assert {(model, name) for model, name in changed if name not in MAY_CHANGE.get(model, set())} == set()
    assert ("people.Episode", "returned_to_use_on") in changed and ("calls.Agreement", "due_at") in changed
    assert len(before) > 200, "there was much that could have been closed"


# --- what it brings closer ----------------------------------------------------------------------------------------
def test_the_peer_sees_it_first_thing_and_gets_a_notice_that_says_nothing(english, dante, mentorship, program):
    may_be_mailed(dante)
    tell_return(**told(english, words="scarlet words"))
    reasons = [reason.code for need, _row in list_who_needs_me(dante.actor, program) for reason in need.reasons]
    assert "returned_to_use" in reasons
    notice = OutgoingMessage.objects.get(person=dante.person)
    assert notice.template == "something_new"


def listed(dante, program, now=None):
    return [reason.code for need, _row in list_who_needs_me(dante.actor, program, now) for reason in need.reasons]


@pytest.mark.parametrize("days_later", [0, 1, 3, 10, 45])
@pytest.mark.parametrize("days_ago", [0, 40])
def test_somebody_who_rests_and_tells_it_stands_on_today(english, dante, mentorship, program, days_ago, days_later):
    walking = begin_walking(mentorship=mentorship, by=dante.actor)
    pause_mentorship(mentorship=walking, by=english.actor)
    assert listed(dante, program) == []
    tell_return(**told(english, on_day=day_there() - timedelta(days=days_ago)))
    assert listed(dante, program, timezone.now() + timedelta(days=days_later)) == ["returned_to_use"]


def test_in_a_rest_it_ends_when_somebody_reached_them_and_the_rest_goes_on(english, dante, mentorship, program):
    walking = begin_walking(mentorship=mentorship, by=dante.actor)
    pause_mentorship(mentorship=walking, by=english.actor)
    tell_return(**told(english, now=timezone.now() - timedelta(hours=2)))
    note = Note(
        submit_key=uuid4(), happened_at=timezone.now(), mode="phone", reached=True, minutes=9, read_together=True
    )
    record_contact(mentorships=[walking], note=note, by=dante.actor)
    assert listed(dante, program, timezone.now() + timedelta(days=5)) == []
    walking.refresh_from_db()
    assert walking.status == "paused"


def test_a_low_check_in_in_a_rest_is_seen_and_a_silence_is_left(english, dante, mentorship, program):
    pause_mentorship(mentorship=begin_walking(mentorship=mentorship, by=dante.actor), by=english.actor)
    values = {"program_id": program.pk, "latest_at": timezone.now()}
    quiet_on = day_there() - timedelta(days=1)
    rhythm = Rhythm.objects.create(person=english.person, quiet_from_on=quiet_on, **values)
    assert listed(dante, program) == []
    Rhythm.objects.filter(pk=rhythm.pk).update(dropped_at=timezone.now())
    assert listed(dante, program) == ["check_in_drop"]


def may_be_mailed(one):
    one.person.email = "dante@example.org"
    one.person.save()
    SafeContact.objects.filter(person=one.person).update(may_email=True, channel="email")


def test_the_page_promises_only_what_will_happen(english, dante, carmen, mentorship, program, text_of):
    page = text_of(english, "me_tell")
    assert "Dante sees that you told it the next time they work here" in page and "They are reminded" in page
    assert "short notice" not in page and "We call you sooner" not in page and "You are resting" not in page
    may_be_mailed(dante)
    page = text_of(english, "me_tell")
    assert "Dante gets a short notice" in page and "the next time they work here" not in page
    # Calls: sooner only while they agree, may be called, and an hour is left.
    english.person.phone = "+12135550199"
    english.person.save()
    holding = agree(
        person=english.person, hours=to_hex((1 << 168) - 1), time_zone=program.time_zone, language="en", how="page",
        by=english.actor,
    )  # fmt: skip
    assert "We call you sooner" in text_of(english, "me_tell") and "more often" in text_of(english, "me_told")
    SafeContact.objects.filter(person=english.person).update(may_call=False)
    page = text_of(english, "me_tell")
    assert "We call you sooner" not in page and "We do not call you" in page
    assert "more often" not in text_of(english, "me_told")
    SafeContact.objects.filter(person=english.person).update(may_call=True)
    pause_calls(agreement=holding, by=english.actor)
    page = text_of(english, "me_tell")
    assert "We call you sooner" not in page and "Our calls stay paused" in page
    assert "more often" not in text_of(english, "me_told")
    # A rest, and then nobody beside them.
    pause_mentorship(mentorship=begin_walking(mentorship=mentorship, by=dante.actor), by=english.actor)
    page = text_of(english, "me_tell")
    assert "You are resting" in page and "They are reminded" not in page
    english.episode.refresh_from_db()
    move_episode(episode=english.episode, to="closed", by=carmen.actor, reason="own_wish")
    page = text_of(english, "me_tell")
    assert "Nobody walks with you" in page and "Dante" not in page and "calls stay paused" not in page


def test_who_rests_and_told_it_is_called_once_though_nobody_who_rests_is(english, dante, carmen, mentorship, program):
    english.person.phone = "+12135550199"
    english.person.save()
    agreement = agree(
        person=english.person, hours=to_hex((1 << 168) - 1), time_zone=program.time_zone, language="en", how="page",
        by=english.actor,
    )  # fmt: skip
    vera = make_caller(program, "vera", carmen.actor)
    SafeContact.objects.filter(person=english.person).update(from_hour=0, until_hour=24)
    pause_mentorship(mentorship=begin_walking(mentorship=mentorship, by=dante.actor), by=english.actor)
    now = day_at_noon(program)
    assert list_queue(vera.mark, now) == []
    tell_return(**told(english, now=now))
    assert [one.why for one in list_queue(vera.mark, now)] == ["returned_to_use"]
    take_call(agreement_id=agreement.pk, caller=vera.mark, by=vera.actor, now=now)
    record_call(agreement_id=agreement.pk, outcome="well", submit_key=uuid4(), by=vera.actor, now=now)
    assert list_queue(vera.mark, now + timedelta(days=30)) == []


def day_at_noon(program):
    """A noon soon, by the program's clock, that is no day off."""
    zone = ZoneInfo(program.time_zone)
    noon = timezone.now().astimezone(zone).replace(hour=12, minute=0, second=0, microsecond=0) + timedelta(days=1)
    while f"{noon:%m-%d}" in ("12-25", "01-01"):
        noon += timedelta(days=1)
    return noon


def test_told_twice_by_a_bad_network_is_told_once(english):
    values = told(english, words="Once")
    assert tell_return(**values).pk == tell_return(**values).pk
    assert Telling.objects.count() == 1 and Entry.objects.filter(act="return.told").count() == 1


def test_an_earlier_day_told_later_does_not_take_closeness_away(english):
    today = day_there()
    tell_return(**told(english))
    tell_return(**told(english, on_day=today - timedelta(days=40)))
    english.episode.refresh_from_db()
    assert english.episode.returned_to_use_on == today


def test_without_support_running_it_is_kept_all_the_same(english, carmen):
    move_episode(episode=english.episode, to="closed", by=carmen.actor, reason="own_wish")
    assert tell_return(**told(english, words="Still here")).episode is None
    english.episode.refresh_from_db()
    assert english.episode.status == "closed"


# --- whose words --------------------------------------------------------------------------------------------------
def test_words_that_stay_her_own_are_seen_by_nobody_else(english, dante, mentorship, text_of):
    tell_return(**told(english, words="indigo words", keeps_words=True))
    tell_return(**told(english, words="open words"))
    page = text_of(dante, "tellings_of", english.person.pk)
    assert "open words" in page and "indigo words" not in page and "stay their own" in page
    assert "indigo words" in text_of(english, "me_told")
    assert [one.words for one in list_tellings(english.person.pk, is_own=True)] == ["open words", "indigo words"]


def test_only_own_words_can_be_kept_and_what_was_told_stays(english, dante, mentorship):
    with_peer = tell_return(**told(english, words="Told to Dante", by=dante.actor, keeps_words=True))
    assert not with_peer.is_kept and not with_peer.is_own
    for change in ({"is_own": True}, {"told_at": timezone.now()}):
        with pytest.raises(DatabaseError), transaction.atomic():
            Telling.objects.filter(pk=with_peer.pk).update(**change)


# --- pages --------------------------------------------------------------------------------------------------------
def test_the_page_gives_help_before_and_after_and_has_a_neutral_title(english, mentorship, signed_in, text_of):
    text = text_of(english, "me_tell")
    assert "<title>A hard day" in text and "naloxone" in text and "988" in text
    assert "Dante sees that you told it the next time they work here" in text and "nothing starts from zero" in text
    sent = {"on_day": day_there().isoformat(), "words": "A bad week", "who": "beside",
            "submit_key": str(uuid4())}  # fmt: skip
    answer = signed_in(english).post(reverse("me_tell"), sent, follow=True)
    text = unescape(answer.content.decode())
    assert "What is there for you now" in text and "Nothing you built is lost" in text and "A bad week" in text
    assert "Dante walks with you, and that goes on" in text and "Your own page for hard days" in text
    assert Telling.objects.get().is_own


@pytest.mark.parametrize("days", [-1, 400])
def test_a_day_that_cannot_be_is_said_kindly(english, signed_in, days):
    day = day_there() - timedelta(days=days)
    answer = signed_in(english).post(reverse("me_tell"), {"on_day": day.isoformat(), "who": "beside"})
    assert answer.status_code == 200 and "within the last year" in unescape(answer.content.decode())
    assert not Telling.objects.exists()


def test_what_was_built_is_shown_and_still_counted(english, text_of):
    from alongside.recovery.actions import add_milestone, begin_counting

    today = day_there()
    begin_counting(person=english.person, first_on=today - timedelta(days=29), submit_key=uuid4(), by=english.actor,
                   today=today)  # fmt: skip
    add_milestone(person=english.person, words="First week at work", submit_key=uuid4(), by=english.actor)
    tell_return(**told(english))
    text = text_of(english, "me_told")
    assert "You have built 30 days so far" in text and "First week at work" in text


def test_the_peer_writes_it_down_with_their_words(english, dante, mentorship, signed_in, text_of):
    url = reverse("support_raised", args=[english.person.pk])
    sent = {"on_day": day_there().isoformat(), "words": "She said: one evening", "submit_key": str(uuid4())}
    for _twice in range(2):
        signed_in(dante).post(url, sent)
    assert Telling.objects.get().words == "She said: one evening"
    assert "Told to Dante, who wrote it down" in text_of(english, "me_told")
    assert "What they told about hard days" in text_of(dante, "record", english.person.pk)


def test_nobody_without_a_relation_reads_it(english, marcus, signed_in):
    tell_return(**told(english, words="indigo words"))
    assert signed_in(marcus).get(reverse("tellings_of", args=[english.person.pk])).status_code == 404
