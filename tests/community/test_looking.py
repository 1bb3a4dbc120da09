"""Flags, hiding with a kind word, a pause, who is this, a worry; who is told, and when nobody is."""

from datetime import datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from alongside.audit.models import Entry
from alongside.community import actions, queries
from alongside.community.merged_rows import settle
from alongside.community.models import Community, Flag, PenName, Post
from alongside.groups import actions as groups
from alongside.legal.actions import open_hold
from alongside.people.actions import set_safe_contact
from alongside.people.joining import Joining
from alongside.people.models import OutgoingMessage
from alongside.retention.actions import erase_due
from alongside.rules.lifecycles import MoveNotAllowed
from alongside.safety.actions import set_turn
from alongside.safety.models import Escalation
from tests.community.conftest import NOON
from tests.story import ZONE

pytestmark = pytest.mark.django_db


@pytest.fixture
def flags(page, writes):
    def flag(who, post, reason="unkind", now=NOON):
        name = queries.get_name(page, who.person.pk) or actions.choose_name(
            community=page, name=f"Lark {who.person.pk.hex[:5]}", by=who.actor, now=now
        )
        return actions.flag(post=post, name=name, reason=reason, by=who.actor, now=now)

    return flag


@pytest.fixture
def reachable(carmen):
    def reach(*people):
        for one in people:
            one.user.email = f"{one.user.username}@example.org"
            one.user.save()
            set_safe_contact(person=one.person, by=carmen.actor, channel="email", may_email=True)

    return reach


def told(who):
    return list(
        OutgoingMessage.objects.filter(person=who.person, once_key__startswith="page-").values_list("template", "link")
    )


def test_a_flag_is_once_for_each_person_and_post_and_worries_stand_first(page, rosa, sam, dante, writes, flags):
    first, second = writes(rosa, "One"), writes(rosa, "Two", now=NOON + timedelta(minutes=1))
    assert flags(sam, first) == flags(sam, first, "selling")
    flags(dante, second, "worried")
    assert [one.pk for one in queries.list_flagged(page, dante.person.pk)] == [second.pk, first.pk]
    assert queries.count_flags([first])[first.pk] == [("unkind", 1)] and Flag.objects.count() == 2
    actions.keep(post=first, by=dante.actor)
    assert [one.pk for one in queries.list_flagged(page, dante.person.pk)] == [second.pk]


def test_hidden_only_the_writer_and_who_looks_after_it_see_it_and_why(page, rosa, sam, dante, writes):
    post = writes(rosa, "It was Ann on Elm Street")
    answer = writes(sam, "I know her", to=post)
    actions.hide(
        post=post, reason="names_somebody", words="Please leave names out. You are welcome here.", by=dante.actor
    )
    assert queries.list_posts(page, sam.person.pk).get() == answer, "one's own words are never lost"
    mine = queries.list_posts(page, rosa.person.pk).get(pk=post.pk)
    assert mine.hidden_words.startswith("Please leave")
    assert queries.list_posts(page, dante.person.pk, hidden_too=True).count() == 2
    actions.show_again(post=post, by=dante.actor)
    assert queries.list_posts(page, sam.person.pk).count() == 2
    assert [one.reason for one in Entry.objects.filter(act="page.hidden")] == ["names_somebody"]


def test_nobody_but_who_looks_after_it_may_hide(page, rosa, sam, writes):
    post = writes(rosa, "One")
    with pytest.raises(MoveNotAllowed):
        actions.hide(post=post, reason="unkind", words="x", by=sam.actor)


def test_whoever_is_paused_reads_and_does_not_write(page, rosa, dante, writes):
    post = writes(rosa, "One")
    actions.pause(name=post.name, days=3, by=dante.actor, now=NOON)
    with pytest.raises(actions.IsPaused):
        writes(rosa, "Two", now=NOON + timedelta(days=2))
    assert writes(rosa, "Three", now=NOON + timedelta(days=3, seconds=1))
    actions.pause(name=post.name, days=3, by=dante.actor, now=NOON + timedelta(days=4))
    actions.pause(name=post.name, days=0, by=dante.actor)
    assert writes(rosa, "Four", now=NOON + timedelta(days=4, hours=1))


def test_who_it_is_stands_in_the_log_with_the_reason(page, rosa, dante, writes):
    post = writes(rosa, "One")
    assert not Entry.objects.filter(object_id=post.pk, subject_id=rosa.person.pk).exists()
    assert actions.ask_who(post=post, reason="in_danger", by=dante.actor).pk == rosa.person.pk
    entry = Entry.objects.get(act="page.who_asked")
    assert (entry.subject_id, entry.reason) == (rosa.person.pk, "in_danger")


def test_a_worry_is_one_press_once_with_the_words(page, rosa, dante, writes, flags, sam):
    post = writes(rosa, "I cannot go on")
    flags(sam, post, "worried")
    worry = actions.raise_worry(post=post, by=dante.actor)
    assert actions.raise_worry(post=post, by=dante.actor) == worry
    found = Escalation.objects.get()
    assert found.person_id == rosa.person.pk and "I cannot go on" in found.words and found.source == "message"
    assert not queries.list_flagged(page, dante.person.pk).exists()


def test_news_once_a_day_to_who_wishes_it_and_never_in_quiet_hours(page, rosa, sam, writes, reachable):
    reachable(rosa, sam)
    actions.choose_name(community=page, name="Heron 12", by=rosa.actor, wants_news=True, now=NOON)
    writes(sam, "Hello", now=NOON + timedelta(minutes=5))
    night = datetime(2026, 6, 2, 23, tzinfo=ZONE)
    actions.look_after_due(night)
    assert told(rosa) == []
    for hours in (9, 10):
        actions.look_after_due(night + timedelta(hours=hours))
    assert [template for template, _link in told(rosa)] == ["something_new"] and told(sam) == []
    assert "page" not in told(rosa)[0][1]
    writes(sam, "More", now=night + timedelta(hours=11))
    actions.look_after_due(night + timedelta(hours=12))
    assert len(told(rosa)) == 1, "the same day"
    writes(sam, "Tomorrow", now=night + timedelta(hours=35))
    actions.look_after_due(night + timedelta(hours=36))
    assert len(told(rosa)) == 2


def test_ones_own_words_and_those_of_who_is_kept_apart_are_no_news(page, rosa, sam, writes, reachable, carmen):
    from alongside.people.actions import record_boundary

    reachable(rosa)
    actions.choose_name(community=page, name="Heron 12", by=rosa.actor, wants_news=True, now=NOON)
    record_boundary(person=sam.person, other=rosa.person, kind="ex", by=carmen.actor)
    later = NOON + timedelta(minutes=5)
    writes(rosa, "Mine", now=later)
    writes(sam, "Theirs", now=later)
    actions.look_after_due(later)
    assert told(rosa) == []


def test_whoever_leads_is_told_of_a_flag_after_the_quiet_hours(page, rosa, sam, dante, writes, flags, reachable):
    reachable(dante)
    night = datetime(2026, 6, 2, 23, tzinfo=ZONE)
    flags(sam, writes(rosa, "One", now=night), now=night)
    actions.look_after_due(night)
    assert told(dante) == []
    for hours in (8, 9):
        actions.look_after_due(night + timedelta(hours=hours))
    assert [template for template, _link in told(dante)] == ["something_new"]


def duty_mails() -> list[tuple[str, str]]:
    rows = OutgoingMessage.objects.filter(once_key__startswith="page-worry-").order_by("pk")
    return [(one.recipient, one.link) for one in rows]


def test_a_worry_in_the_night_reaches_whoever_is_on_duty(
    page, walk, rosa, sam, dante, carmen, lien, writes, flags, reachable
):  # fmt: skip
    reachable(dante, carmen, lien)
    night = datetime(2026, 6, 2, 23, tzinfo=ZONE)
    set_turn(program=walk.program, weekday=night.weekday(), from_hour=20, until_hour=7, person=carmen.person,
             by=carmen.actor)  # fmt: skip
    flags(sam, writes(rosa, "I cannot go on", now=night), "worried", now=night)
    flags(sam, writes(rosa, "Buy this", now=night + timedelta(minutes=1)), "selling", now=night + timedelta(minutes=2))
    for minutes in (5, 10):
        actions.look_after_due(night + timedelta(minutes=minutes))
    ((recipient, link),) = duty_mails()
    assert recipient == str(carmen.user.pk) and link.endswith(reverse("page", args=[walk.pk]))
    assert told(dante) == [], "what can wait waits"
    actions.look_after_due(night + timedelta(hours=9))
    assert len(duty_mails()) == 1 and len(told(dante)) == 1


def test_where_nobody_is_on_duty_a_worry_in_the_night_reaches_all_who_look_after_the_page_but_none_kept_apart(
    page, rosa, sam, dante, carmen, writes, flags, reachable
):  # fmt: skip
    night = datetime(2026, 6, 2, 23, tzinfo=ZONE)
    flags(sam, writes(rosa, "I cannot go on", now=night), "worried", now=night)
    actions.look_after_due(night)
    assert duty_mails() == [] and Flag.objects.get().told_at is None, "no mail reaches anybody: it waits for morning"
    reachable(dante, carmen)
    apart(dante, rosa, carmen)
    actions.look_after_due(night + timedelta(minutes=5))
    assert [recipient for recipient, _link in duty_mails()] == [str(carmen.user.pk)]


def test_where_nobody_leads_coordinators_are_told(page, walk, rosa, sam, dante, carmen, writes, flags, reachable):
    reachable(carmen)
    groups.remove_leader(group=walk, person_id=dante.person.pk, by=carmen.actor)
    flags(sam, writes(rosa, "One"))
    actions.look_after_due(NOON)
    assert len(told(carmen)) == 1


def apart(one, other, by):
    from alongside.people.actions import record_boundary

    record_boundary(person=one.person, other=other.person, kind="ex", by=by.actor)


def test_what_no_leader_may_see_is_told_to_coordinators(page, rosa, sam, dante, carmen, writes, flags, reachable):
    reachable(dante, carmen)
    post, other = writes(rosa, "I cannot go on"), writes(sam, "Sell you a bike")
    apart(rosa, dante, carmen)
    flags(sam, post, "worried")
    actions.look_after_due(NOON)
    assert told(dante) == [] and len(told(carmen)) == 1
    assert [one.pk for one in queries.list_flagged(page, carmen.person.pk)] == [post.pk]
    flags(rosa, other)
    actions.look_after_due(NOON + timedelta(minutes=5))
    assert len(told(dante)) == 1 and len(told(carmen)) == 1, "the leader looks at what they can see"


def test_nobody_is_asked_to_look_at_their_own_words(page, rosa, dante, carmen, writes, flags, reachable):
    reachable(dante, carmen)
    post = writes(dante, "Only fools take pills")
    flags(rosa, post)
    actions.look_after_due(NOON)
    assert told(dante) == [] and len(told(carmen)) == 1
    assert not queries.list_flagged(page, dante.person.pk).exists()
    for look in (actions.keep, actions.show_again, actions.raise_worry):
        with pytest.raises(actions.OwnWords):
            look(post=post, by=dante.actor)
    assert queries.list_flagged(page, carmen.person.pk).get() == post


@pytest.mark.parametrize("gone", ["role", "account"])
def test_a_leader_who_works_here_no_more_is_none(page, rosa, sam, dante, carmen, writes, flags, reachable, gone):
    from alongside.people.models import Membership

    reachable(dante, carmen)
    if gone == "role":
        Membership.objects.filter(user=dante.user, role="peer").delete()
    else:
        dante.user.is_active = False
        dante.user.save()
    flags(sam, writes(rosa, "One"))
    actions.look_after_due(NOON)
    assert told(dante) == [] and len(told(carmen)) == 1


def test_what_comes_after_the_notice_of_a_day_is_told_the_next_day(page, rosa, sam, writes, reachable):
    reachable(rosa)
    actions.choose_name(community=page, name="Heron 12", by=rosa.actor, wants_news=True, now=NOON)
    for hours in (1, 3):
        writes(sam, "Hello", now=NOON + timedelta(hours=hours))
        actions.look_after_due(NOON + timedelta(hours=hours + 1))
    assert len(told(rosa)) == 1
    for _twice in range(2):
        actions.look_after_due(NOON + timedelta(days=1))
    assert len(told(rosa)) == 2, "nobody wrote since, and the words of the afternoon are still new"
    actions.look_after_due(NOON + timedelta(days=2))
    assert len(told(rosa)) == 2


def test_who_asked_for_a_look_may_still_say_that_they_are_worried(page, rosa, sam, dante, writes, flags, reachable):
    reachable(dante)
    post = writes(rosa, "One")
    flags(sam, post)
    actions.look_after_due(NOON)
    actions.keep(post=post, by=dante.actor, now=NOON)
    assert flags(sam, post, "selling").settled_at, "the rest was answered"
    assert flags(sam, post, "worried", now=NOON + timedelta(hours=1)).settled_at is None
    assert queries.count_flags([post])[post.pk] == [("worried", 1)]
    actions.look_after_due(NOON + timedelta(hours=1))
    assert len(told(dante)) == 2 and Flag.objects.count() == 1


def test_nobody_flags_what_was_taken_back(page, rosa, sam, writes, flags):
    post = writes(rosa, "One")
    actions.take_back(post=Post.objects.get(pk=post.pk), by=rosa.actor)
    with pytest.raises(actions.NotInside):
        flags(sam, post)


def test_words_end_with_the_groups_end_and_the_period_and_not_under_a_hold(
    page, walk, rosa, sam, carmen, dolores, writes, flags
):
    post = writes(rosa, "One")
    flags(sam, post)
    writes(sam, "Two", to=post)
    now = timezone.now()
    assert erase_due(now + timedelta(days=800))["messages"] == 0, "the group goes on"
    groups.move_group(group=walk, to="ended", by=carmen.actor)
    actions.look_after_due(now)
    assert Community.objects.get().ended_at == now and not queries.has_page(walk)
    open_hold(person=rosa.person, kind="litigation", words="a case", by=dolores.actor)
    erase_due(now + timedelta(days=800))
    assert [one.words for one in Post.objects.all()] == ["One"] and Flag.objects.exists()
    assert PenName.objects.filter(person=rosa.person).exists()


def test_two_records_of_one_person_have_one_name(page, rosa, sam, writes, carmen, dante, flags):
    mine, other = writes(rosa, "One"), writes(sam, "Two")
    third = writes(dante, "Three")
    for who in (rosa, sam):
        flags(who, third)
    actions.pause(name=other.name, days=1, by=dante.actor)
    joining = Joining(kept=rosa.person, gone=sam.person, by=carmen.actor, now=timezone.now())
    settle(joining=joining)
    assert {one.name_id for one in Post.objects.exclude(pk=third.pk)} == {mine.name_id}
    assert Flag.objects.get().by_id == mine.name_id and PenName.objects.get(person=rosa.person).paused_until
    assert not PenName.objects.filter(person=sam.person).exists()
