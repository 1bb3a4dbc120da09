"""A page that nobody answered: asked about half way, seen by staff when it is over, and told to Rosa as it is."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from tests.referrals.conftest import ADDRESS
from tests.story import day_there

from alongside.audit.models import Entry
from alongside.partners import actions as partners
from alongside.people.acting import as_participant
from alongside.people.actions import set_safe_contact
from alongside.people.models import OutgoingMessage
from alongside.people.waiting import list_waiting
from alongside.referrals import actions, queries
from alongside.referrals.holding import local_day
from alongside.referrals.showing import show_row
from alongside.resources.actions import report
from alongside.resources.models import Feed
from alongside.stories.models import Comment

pytestmark = pytest.mark.django_db


def end_page(told):
    """The worker comes by when its time is over."""
    now = told.link.expires_at
    assert partners.lapse_due(now) == 1
    return now


def seen_by(rosa, told):
    return queries.get_own(rosa.person.pk, told.referral.pk)


def test_half_way_before_a_short_page_ends_somebody_is_asked(settings, permission, begin, tell):
    settings.REFERRAL_ANSWER_DAYS = 5
    told = tell(begin(), days=4)
    assert told.now().look_on == day_there() + timedelta(days=2), "by the setting it would be a day after its end"


def test_a_page_that_lapses_unanswered_is_seen_today_and_said_as_it_is(told, rosa, carmen, signed_in):
    now = end_page(told)
    way = told.now()
    assert (way.status, way.look_on) == ("requested", local_day(way.program_id, now))
    assert Entry.objects.filter(act="referral.page_over", reason="lapsed").count() == 1
    row = show_row(seen_by(rosa, told), way.look_on)
    assert row["is_due"] and row["next"].startswith("The place was told and has not answered. Their page is over")
    due = queries.list_due_visible_to(carmen.actor, way.look_on)
    assert list(due.values_list("pk", flat=True)) == [way.pk]
    page = signed_in(rosa).get(reverse("me_referrals")).content.decode()
    assert "Se avisó al lugar y no ha respondido. Su página ya terminó" in page  # Rosa reads Spanish
    assert partners.lapse_due(now) == 0 and Entry.objects.filter(act="referral.page_over").count() == 1


def test_rosa_and_who_told_the_place_are_reminded_of_it_once(told, rosa, carmen):
    for who in (rosa, carmen):
        who.user.email = f"{who.person.goes_by.lower()}@example.org"
        who.user.save(update_fields=["email"])
        set_safe_contact(person=who.person, by=who.actor, channel="email", may_email=True)
    now = end_page(told)
    for _ in range(2):
        actions.remind_due(now)
    notices = OutgoingMessage.objects.filter(once_key__startswith=f"referral:{told.referral.pk}")
    assert {one.person_id for one in notices} == {rosa.person.pk, carmen.person.pk} and notices.count() == 2


def test_a_page_with_an_answer_or_a_newer_one_disturbs_nobody(told, tell, rosa):
    again = tell(told.referral, days=2)
    first_end = told.link.expires_at
    day = again.now().look_on
    opened = partners.open_link(token=again.token, code=again.code)
    partners.answer_link(token=again.token, link_id=opened.link.pk, accepts=True)
    partners.lapse_due(first_end + timedelta(days=1))
    assert again.now().status == "accepted" and again.now().look_on != day
    assert not Entry.objects.filter(act="referral.page_over").exists()


def test_a_mail_that_never_arrived_is_said_so_and_nobody_is_told_that_the_place_was(permission, begin, carmen, rosa):
    def broken(*_args, **_more):
        raise OSError("no mail here")

    way, now = begin(), timezone.now()
    actions.tell_partner(referral=way, address=ADDRESS, submit_key=uuid4(), by=carmen.actor)
    for hours in range(0, 100, 13):
        partners.send_due(now + timedelta(hours=hours), deliver=broken)
    found = queries.get_own(rosa.person.pk, way.pk)
    assert found.page_status == "failed"
    assert show_row(found, day_there())["next"].startswith("The mail to the place did not arrive")


# --- counts on first pages ------------------------------------------------------------------------------------------
def counts(who) -> dict[str, int]:
    return {one["code"]: one["n"] for one in list_waiting(who.actor)}


def test_what_waits_is_counted_for_whoever_may_look_after_it_in_one_question(
    program, carmen, rosa, dante, incoming, shelter, told, signed_in
):  # fmt: skip
    assert counts(carmen) == {"referred_in": 1}
    report(resource=shelter, kind="number", words="", submit_key=uuid4())
    Feed.objects.create(program=program, name="2-1-1", made_at=timezone.now(), url="https://a.example.org/",
                        problem="gone")  # fmt: skip
    told.referral.__class__.objects.update(look_on=day_there())
    with CaptureQueriesContext(connection) as asked:
        found = counts(carmen)
    counted = [one["sql"] for one in asked if "COUNT(" in one["sql"]]
    assert found == {"referred_in": 1, "wrong_places": 1, "lists_of_places": 1, "referrals_due": 1}
    assert len(counted) == 1 and len(asked) <= 3, "one for all counts; the others ask whom she may see"
    page = signed_in(carmen).get(reverse("board")).content.decode()
    assert "1 new person is referred to us" in page and "1 report that a place or its number is wrong" in page
    assert "1 list of places could not be read" in page and reverse("incoming_list") in page
    assert counts(dante) == {} and counts(rosa) == {}, "he does not walk with her, and she keeps nothing here"


def test_comments_that_wait_are_counted(program, carmen):
    assert counts(carmen) == {}
    Comment.objects.create(program=program, page="site", beneath=program.pk, words="Thanks",
                           sent_at=timezone.now(), submit_key=uuid4())  # fmt: skip
    assert counts(carmen) == {"words_of_visitors": 1}


def test_rosa_ends_it_and_nothing_of_it_waits(told, rosa, carmen):
    end_page(told)
    actions.withdraw(referral=told.now(), by=as_participant(rosa.actor))
    assert "referrals_due" not in counts(carmen)
