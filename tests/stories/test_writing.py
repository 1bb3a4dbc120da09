"""A story from the first words to everybody, and back: by whom, in which order, and at once."""

from uuid import uuid4

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.utils import timezone
from tests.stories.conftest import words_of
from tests.story import make_account, make_persona

from alongside.audit.models import Entry
from alongside.people.models import OutgoingMessage
from alongside.stories import actions, queries
from alongside.stories.models import Comment, Story, StoryTurn

pytestmark = pytest.mark.django_db


def acts_of(story) -> list[str]:
    return list(Entry.objects.filter(object_id=story.pk).order_by("id").values_list("act", flat=True))


def test_a_story_goes_from_draft_to_everybody_and_is_withdrawn_at_once(rosa, carmen, share):
    story = share(rosa)
    share_id = story.share
    assert queries.get_shown(share_id, carmen.actor).title == "The bus stop"
    assert actions.withdraw(story=story, by=rosa.actor) and not actions.withdraw(story=story, by=rosa.actor)
    story.refresh_from_db()
    assert (story.status, story.share, story.reviewed_by) == ("withdrawn", None, None)
    assert queries.get_shown(share_id, carmen.actor) is None
    assert [turn.what for turn in queries.list_turns(story)] == ["withdrawn", "published", "sent", "begun"]
    assert acts_of(story) == ["story.saved", "story.sent", "story.published", "story.withdrawn"]
    assert {entry.subject_id for entry in Entry.objects.filter(object_id=story.pk)} == {rosa.person.pk}


def test_each_publishing_has_an_address_of_its_own(rosa, carmen, share):
    story = share(rosa)
    first = story.share
    actions.give_back(story=story, reasons=["words"], words="", edition=story.edition, by=carmen.actor)
    story = actions.send(story=story, by=rosa.actor)
    again = actions.publish(story=story, edition=story.edition, by=carmen.actor)
    assert again.share != first and queries.get_shown(first, carmen.actor) is None


def test_only_a_draft_is_changed_and_nothing_needs_to_be_whole(rosa, write):
    story = write(rosa, title="", alias="", parts={})
    with pytest.raises(actions.NotReady) as missing:
        actions.send(story=story, by=rosa.actor)
    assert missing.value.missing == ("alias", "title", "words")
    story = actions.save(story=story, words=words_of(), by=rosa.actor)
    assert story.edition == 2
    assert actions.save(story=story, words=words_of(), by=rosa.actor).edition == 2, "nothing new, nothing written"
    actions.send(story=story, by=rosa.actor)
    with pytest.raises(actions.NotNow):
        actions.save(story=story, words=words_of(title="Other"), by=rosa.actor)
    actions.take_up(story=story, by=rosa.actor)
    assert actions.save(story=story, words=words_of(title="Other"), by=rosa.actor).title == "Other"


def test_the_same_submit_twice_is_one(rosa):
    key = uuid4()
    first, again = (
        actions.begin(person=rosa.person, words=words_of(), submit_key=key, by=rosa.actor) for _ in range(2)
    )
    assert first == again and Story.objects.count() == StoryTurn.objects.count() == 1


def test_nobody_else_touches_it(rosa, dante, carmen, write):
    story = write(rosa)
    for act in (
        lambda by: actions.save(story=story, words=words_of(), by=by),
        lambda by: actions.send(story=story, by=by),
        lambda by: actions.withdraw(story=story, by=by),
        lambda by: actions.set_comments(story=story, are_open=False, by=by),
        lambda by: actions.put_sound(story=story, content=b"", by=by),
        lambda by: actions.begin(person=rosa.person, words=words_of(), submit_key=uuid4(), by=by),
    ):
        for other in (dante, carmen):
            with pytest.raises(actions.NotYours):
                act(other.actor)


def test_a_reader_publishes_what_they_read(rosa, carmen, write):
    story = actions.send(story=write(rosa), by=rosa.actor)
    read = story.edition
    actions.take_up(story=story, by=rosa.actor)
    actions.save(story=story, words=words_of(title="Not what was read"), by=rosa.actor)
    actions.send(story=story, by=rosa.actor)
    with pytest.raises(actions.AnotherEdition):
        actions.publish(story=story, edition=read, by=carmen.actor)
    assert Story.objects.get().status == "in_review"


def test_only_who_may_review_and_never_their_own(program, rosa, dante, lien, dolores, ada, write):
    from tests.story import actor_of

    from alongside.people.models import Membership

    story = actions.send(story=write(rosa), by=rosa.actor)
    for other in (rosa, dante, lien, dolores, ada):
        with pytest.raises(actions.NotForYou):
            actions.publish(story=story, edition=story.edition, by=other.actor)
        with pytest.raises(actions.NotForYou):
            actions.give_back(story=story, reasons=["words"], words="", edition=story.edition, by=other.actor)
    Membership.objects.create(user=dante.user, program=program, role="council")
    own = actions.send(story=write(dante), by=dante.actor)
    with pytest.raises(actions.NotForYou):
        actions.publish(story=own, edition=own.edition, by=dante.actor)
    assert list(queries.list_in_review(dante.actor)) == [story], "one's own is not in the list"
    assert queries.get_for_review(dante.actor, own.pk) is None
    assert actions.publish(story=story, edition=story.edition, by=dante.actor).reviewed_by == dante.user.pk
    council = actor_of(make_account("cleo", program, "council"), program)
    assert actions.publish(story=own, edition=own.edition, by=council).status == "published"


def test_given_back_kindly_with_a_reason_and_a_neutral_notice(rosa, carmen, write):
    from alongside.people.actions import set_safe_contact

    rosa.person.email = "rosa@example.org"
    rosa.person.save()
    set_safe_contact(person=rosa.person, by=rosa.actor, channel="email", may_email=True)
    story = actions.send(story=write(rosa), by=rosa.actor)
    with pytest.raises(ValueError):
        actions.give_back(story=story, reasons=[], words=" ", edition=story.edition, by=carmen.actor)
    actions.give_back(
        story=story, reasons=["findable"], words="Su parada es hermosa.", edition=story.edition, by=carmen.actor
    )
    turn = queries.list_turns(story)[0]
    assert (turn.what, turn.reasons, turn.words) == ("given_back", ["findable"], "Su parada es hermosa.")
    assert Story.objects.get().status == "draft"
    assert [row.template for row in OutgoingMessage.objects.all()] == ["something_new"]


def test_what_is_on_the_site_can_be_given_back_and_is_gone(rosa, carmen, share):
    story = share(rosa)
    share_id = story.share
    actions.give_back(story=story, reasons=["somebody_else"], words="", edition=story.edition, by=carmen.actor)
    assert queries.get_shown(share_id, carmen.actor) is None


def test_a_story_for_matches_needs_offers(rosa, dante, write):
    assert (write(rosa, audience="matches").audience, write(rosa, wants_offers=True).with_offers) == ("program", False)
    for_matches = write(dante, audience="matches")
    assert (for_matches.audience, for_matches.with_offers) == ("matches", True)


def test_who_opens_it_by_its_address(program, rosa, dante, lien, marcus, share, other_program):
    from alongside.people.actor import VISITOR
    from alongside.stories.models import Story as Row

    shares = {audience: share(dante, audience=audience).share for audience in ("public", "program", "matches")}
    seen = {
        name: [audience for audience, one in shares.items() if queries.get_shown(one, actor)]
        for name, actor in (("visitor", VISITOR), ("rosa", rosa.actor), ("marcus", marcus.actor), ("lien", lien.actor))
    }
    assert seen == {"visitor": ["public"], "rosa": ["public", "program"], "marcus": ["public"],
                    "lien": ["public", "program"]}  # fmt: skip
    assert Row.objects.count() == 3
    assert {row.audience for row in queries.list_shown(program, VISITOR)} == {"public"}
    assert {row.audience for row in queries.list_shown(program, rosa.actor)} == {"public", "program"}
    assert queries.list_with_offers([dante.person.pk])[dante.person.pk].audience == "matches"


def test_withdrawn_is_the_end_and_a_new_draft_begins_from_it(rosa, share):
    story = share(rosa)
    with pytest.raises(actions.NotNow):
        actions.copy_to_draft(story=story, submit_key=uuid4(), by=rosa.actor)
    actions.withdraw(story=story, by=rosa.actor)
    again = actions.copy_to_draft(story=story, submit_key=uuid4(), by=rosa.actor)
    assert (again.status, again.title, again.parts) == ("draft", story.title, story.parts) and again != story
    for act in (actions.send, actions.take_up):
        with pytest.raises(actions.NotNow):
            act(story=story, by=rosa.actor)


def test_a_new_draft_keeps_its_comments_closed(rosa, share):
    story = share(rosa)
    actions.set_comments(story=story, are_open=False, by=rosa.actor)
    actions.withdraw(story=story, by=rosa.actor)
    assert not actions.copy_to_draft(story=story, submit_key=uuid4(), by=rosa.actor).comments_open


# --- what the database itself holds ---------------------------------------------------------------------------------
def refuse(**values) -> None:
    with pytest.raises((IntegrityError, DatabaseError)), transaction.atomic():
        Story.objects.update(**values)


def test_the_database_refuses_what_must_not_be(rosa, carmen, write):
    now = timezone.now()
    shared = {"status": "published", "share": uuid4(), "published_at": now, "reviewed_by": carmen.user.pk}
    story = write(rosa)
    refuse(**shared)  # nobody read it
    actions.send(story=story, by=rosa.actor)
    refuse(**shared | {"reviewed_by": rosa.user.pk})  # her own
    refuse(status="published")
    refuse(share=uuid4())
    refuse(status="withdrawn")
    actions.withdraw(story=story, by=rosa.actor)
    refuse(**shared | {"ended_at": None})
    refuse(status="draft", ended_at=None)
    refuse(status="in_review", ended_at=None)
    assert Story.objects.get().status == "withdrawn"


def test_no_story_begins_published(rosa, carmen):
    with pytest.raises((IntegrityError, DatabaseError)), transaction.atomic():
        Story.objects.create(
            program_id=rosa.person.program_id, person=rosa.person, status="published", voice="recovery", language="en",
            audience="public", share=uuid4(), published_at=timezone.now(), reviewed_by=carmen.user.pk,
            made_at=timezone.now(), changed_at=timezone.now(), submit_key=uuid4(),
        )  # fmt: skip


def test_the_history_is_only_added_to(rosa, write):
    write(rosa)
    for values in ({"what": "published"}, {"at": timezone.now()}, {"by_account": uuid4()}):
        with pytest.raises((IntegrityError, DatabaseError)), transaction.atomic():
            StoryTurn.objects.update(**values)


def test_merging_keeps_the_stories_of_both(program, rosa, carmen, write):
    from alongside.people.joining import RULES

    assert RULES["stories.Story.person"] == "move"
    other = make_persona(program, "rosita", "participant")
    write(other)
    assert Comment.objects.count() == 0 and queries.list_own(rosa.actor) == []
