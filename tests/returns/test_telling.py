"""A return to use, told by the person or to their peer: help at once, closer contact, and nothing closed or reset."""

from datetime import timedelta
from html import unescape
from uuid import uuid4

import pytest
from django.apps import apps
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils import timezone
from tests.promises.whole_story import tell

from alongside.audit.models import Entry
from alongside.calls.models import Agreement
from alongside.mentoring.queries import list_who_needs_me
from alongside.people.models import Episode, OutgoingMessage
from alongside.returns.actions import tell_return
from alongside.returns.models import Telling
from alongside.returns.queries import list_tellings

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
    return {"person": who.person, "on_day": timezone.localdate(), "words": "", "submit_key": uuid4(),
            "by": who.actor} | values  # fmt: skip


# --- nothing is closed, nothing is reset ----------------------------------------------------------------------------
MAY_BE_ADDED = {"returns.Telling", "audit.Entry", "people.OutgoingMessage", "impact.Mark"}
MAY_CHANGE = {
    "people.Episode": {"returned_to_use_on"},
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
    dante.person.email = "dante@example.org"
    dante.person.save()
    from alongside.people.models import SafeContact

    SafeContact.objects.filter(person=dante.person).update(may_email=True, channel="email")
    tell_return(**told(english, words="scarlet words"))
    reasons = [reason.code for need, _row in list_who_needs_me(dante.actor, program) for reason in need.reasons]
    assert "returned_to_use" in reasons
    notice = OutgoingMessage.objects.get(person=dante.person)
    assert notice.template == "something_new"


def test_told_twice_by_a_bad_network_is_told_once(english):
    values = told(english, words="Once")
    assert tell_return(**values).pk == tell_return(**values).pk
    assert Telling.objects.count() == 1 and Entry.objects.filter(act="return.told").count() == 1


def test_an_earlier_day_told_later_does_not_take_closeness_away(english):
    today = timezone.localdate()
    tell_return(**told(english))
    tell_return(**told(english, on_day=today - timedelta(days=40)))
    english.episode.refresh_from_db()
    assert english.episode.returned_to_use_on == today


def test_without_support_running_it_is_kept_all_the_same(english, carmen):
    from alongside.people.actions import move_episode

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
    assert "Dante gets a short notice" in text and "nothing starts from zero" in text
    sent = {"on_day": timezone.localdate().isoformat(), "words": "A bad week", "who": "beside",
            "submit_key": str(uuid4())}  # fmt: skip
    answer = signed_in(english).post(reverse("me_tell"), sent, follow=True)
    text = unescape(answer.content.decode())
    assert "What is there for you now" in text and "Nothing you built is lost" in text and "A bad week" in text
    assert "Dante walks with you, and that goes on" in text and "Your own page for hard days" in text
    assert Telling.objects.get().is_own


@pytest.mark.parametrize("days", [-1, 400])
def test_a_day_that_cannot_be_is_said_kindly(english, signed_in, days):
    day = timezone.localdate() - timedelta(days=days)
    answer = signed_in(english).post(reverse("me_tell"), {"on_day": day.isoformat(), "who": "beside"})
    assert answer.status_code == 200 and "within the last year" in unescape(answer.content.decode())
    assert not Telling.objects.exists()


def test_what_was_built_is_shown_and_still_counted(english, text_of):
    from alongside.recovery.actions import add_milestone, begin_counting

    today = timezone.localdate()
    begin_counting(person=english.person, first_on=today - timedelta(days=29), submit_key=uuid4(), by=english.actor,
                   today=today)  # fmt: skip
    add_milestone(person=english.person, words="First week at work", submit_key=uuid4(), by=english.actor)
    tell_return(**told(english))
    text = text_of(english, "me_told")
    assert "You have built 30 days so far" in text and "First week at work" in text


def test_the_peer_writes_it_down_with_their_words(english, dante, mentorship, signed_in, text_of):
    url = reverse("support_raised", args=[english.person.pk])
    sent = {"on_day": timezone.localdate().isoformat(), "words": "She said: one evening", "submit_key": str(uuid4())}
    for _twice in range(2):
        signed_in(dante).post(url, sent)
    assert Telling.objects.get().words == "She said: one evening"
    assert "Told to Dante, who wrote it down" in text_of(english, "me_told")
    assert "What they told about hard days" in text_of(dante, "record", english.person.pk)


def test_nobody_without_a_relation_reads_it(english, marcus, signed_in):
    tell_return(**told(english, words="indigo words"))
    assert signed_in(marcus).get(reverse("tellings_of", args=[english.person.pk])).status_code == 404
