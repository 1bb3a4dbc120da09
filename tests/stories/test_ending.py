"""What goes by itself: withdrawn stories after half a year, refused words after a month, nothing that is on hold."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone
from tests.rules.sound.files import wav

from alongside.audit.models import Entry
from alongside.housekeeping import keep_house
from alongside.stories import actions
from alongside.stories.models import Comment, Recording, RecordingPart, Story, StoryTurn

pytestmark = pytest.mark.django_db

LATER = timedelta(days=184)


def withdrawn(write, rosa) -> Story:
    story = write(rosa)
    actions.put_sound(story=story, content=wav(), by=rosa.actor)
    actions.withdraw(story=story, by=rosa.actor)
    return story


def test_a_withdrawn_story_is_erased_after_half_a_year_with_all_of_it(program, rosa, write, share):
    withdrawn(write, rosa)
    stays = [write(rosa), share(rosa)]
    keep_house(timezone.now() + timedelta(days=182))
    assert Story.objects.count() == 3
    keep_house(timezone.now() + LATER)
    assert set(Story.objects.all()) == set(stays)
    assert (Recording.objects.count(), RecordingPart.objects.count()) == (0, 0)
    assert {turn.story_id for turn in StoryTurn.objects.all()} == {one.pk for one in stays}
    entry = Entry.objects.get(act="retention.erased", reason="stories")
    assert entry.subject_id == rosa.person.pk


def test_under_a_legal_hold_nothing_of_hers_goes(program, rosa, dolores, write):
    from alongside.legal.actions import end_hold, open_hold

    withdrawn(write, rosa)
    hold = open_hold(person=rosa.person, kind="litigation", words="A court asked", by=dolores.actor)
    keep_house(timezone.now() + LATER)
    assert Story.objects.count() == 1
    end_hold(hold=hold, words="It is over", by=dolores.actor)
    keep_house(timezone.now() + LATER)
    assert Story.objects.count() == 0


def test_refused_words_of_visitors_are_erased_after_a_month(rosa, carmen, share):
    story = share(rosa)
    for words, to in (("One", "refused"), ("Two", "shown"), ("Three", "")):
        comment = actions.receive_comment(story=story, alias="", words=words, seconds=60, trap="", submit_key=uuid4())
        if to:
            actions.decide_comment(comment=comment, to=to, by=carmen.actor)
    keep_house(timezone.now() + timedelta(days=29))
    assert Comment.objects.count() == 3
    keep_house(timezone.now() + timedelta(days=31))
    assert {comment.words for comment in Comment.objects.all()} == {"Two", "Three"}
