"""What the page says while not everything is counted, who counts, and what anybody may see for a quarter."""

import threading
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.db.models import F
from django.urls import reverse
from django.utils import timezone
from django_scopes import scope
from tests.impact.walks import NOW, walk
from tests.story import make_program

from alongside.impact import actions, checks, queries, recounting
from alongside.impact.models import ContactTally, Counted, EpisodeTally, Mark, PublicFigures, Standing
from alongside.impact.queries import Ask, StillCounting, list_figures
from alongside.impact.recounting import recount
from alongside.matching.models import Offer, Round
from alongside.mentoring.models import Contact, Mentorship
from alongside.people.models import Episode, Person, Program, Site
from alongside.rules import tallies
from alongside.rules.measures import ALL


def read(program):
    """Contacts tried, as the page would show them now."""
    return list_figures(Ask((program,)), timezone.localtime())[1][ALL].denominator


def test_a_note_leaves_one_mark_and_nothing_else(many, dante):
    actions.count_all([many])
    Contact.objects.exclude(status="attempted").first().save()
    Contact.objects.update(note="other words")
    Episode.objects.update(urgency=2, paused_until=None)
    assert not Mark.objects.exists()
    walk(many, dante, 99, reached=[3])
    assert [mark.happened_at is not None for mark in Mark.objects.order_by("pk")] == [False, True]


def test_a_change_and_its_mark_come_together_or_not_at_all(many):
    actions.count_all([many])
    with transaction.atomic():
        Contact.objects.all().delete()
        transaction.set_rollback(True)
    assert not Mark.objects.exists()
    assert read(many) == 117


def test_to_count_again_changes_nothing(many):
    actions.count_all([many])
    before = list(ContactTally.objects.order_by("span", "starts_on").values_list("span", "starts_on", "tried"))
    Mark.objects.bulk_create(
        Mark(program=many, episode=each.pk, happened_at=each.opened_at) for each in Episode.objects.all()
    )
    actions.count_all([many])
    assert before == list(ContactTally.objects.order_by("span", "starts_on").values_list("span", "starts_on", "tried"))
    assert checks.list_problems([many]) == []


def test_when_much_was_written_the_page_says_that_not_all_is_counted(signed_in, many, dolores, monkeypatch):
    monkeypatch.setattr(actions, "EPISODES_AT_ONCE", 2)
    page = signed_in(dolores).get(reverse("impact")).content.decode()
    assert "not all of it is counted yet" in page
    actions.count_all([many])
    page = signed_in(dolores).get(reverse("impact")).content.decode()
    assert "not all of it is counted yet" not in page


def test_while_all_is_counted_anew_there_are_no_wrong_figures(signed_in, many, dolores, monkeypatch):
    actions.count_all([many])
    monkeypatch.setattr(actions, "EPISODES_AT_ONCE", 2)
    Mark.objects.create(program=many)
    client = signed_in(dolores)
    page = client.get(reverse("impact"))
    assert "are being counted anew" in page.content.decode()
    assert "<table>" not in page.content.decode()
    assert client.get(reverse("impact_csv")).status_code == 302
    with pytest.raises(StillCounting):
        read(many)
    actions.count_all([many])
    assert read(many) == 117


def test_when_a_whole_site_moves_everything_is_counted_anew(many, monkeypatch):
    actions.count_all([many])
    monkeypatch.setattr(actions, "MOVED_AT_ONCE", 20)
    Episode.objects.update(site=Site.objects.create(program=many, name="North"))
    actions.fold(many)
    assert not Counted.objects.exists()
    assert Standing.objects.get().is_renewing
    actions.count_all([many])
    assert not Standing.objects.get().is_renewing
    assert checks.list_problems([many]) == []


def test_public_figures_are_counted_once_and_held_for_a_quarter(client, many, program, dante, clock):
    address = reverse("public_figures")
    page = client.get(address).content.decode().partition("<main")[2]
    Contact.objects.all().delete()  # even a late correction shows only in the next quarter (C8)
    assert client.get(address).content.decode().partition("<main")[2] == page
    clock.forward(days=31)
    actions.hold_quarter(timezone.now())
    assert client.get(address).content.decode().partition("<main")[2] != page
    assert PublicFigures.objects.count() == 1


def test_of_a_large_program_the_worker_counts_the_public_figures(client, many, monkeypatch):
    from alongside.impact import views

    monkeypatch.setattr(views, "COUNTED_IN_A_REQUEST", 5)
    address = reverse("public_figures")
    assert "are being counted" in client.get(address).content.decode()
    actions.hold_quarter(timezone.now())
    assert "<table>" in client.get(address).content.decode()


def first(model, **which):
    """One row of `many`, as a query."""
    return model.objects.filter(pk=model.objects.filter(**which).order_by("pk").first().pk)


def erase(episode):
    """Everything of an episode is gone."""
    Offer.objects.filter(episode=episode).delete()
    Round.objects.filter(episode=episode).delete()
    Contact.objects.filter(mentorship__episode=episode).delete()
    Mentorship.objects.filter(episode=episode).delete()
    Episode.objects.filter(pk=episode.pk).delete()


def sums():
    """All sums of episodes that are not zero."""
    return set(EpisodeTally.objects.exclude(count=0).values_list("month", "site", "kind", "what", "value", "count"))


CHANGES = {
    "nothing, on another day": lambda: None,
    "a day of opening": lambda: first(Episode).update(opened_at=NOW - timedelta(days=400)),
    "a day of waiting": lambda: first(Episode).update(first_waiting_at=NOW - timedelta(days=150)),
    "no day of waiting": lambda: first(Episode, first_waiting_at__isnull=False).update(first_waiting_at=None),
    "a day of the match": lambda: first(Episode).update(matched_at=NOW - timedelta(days=40)),
    "no match": lambda: first(Episode, matched_at__isnull=False).update(matched_at=None, active_since=None),
    "a first talk instead of a match": lambda: first(Episode, matched_at__isnull=False).update(
        matched_at=None, active_since=NOW - timedelta(days=70)
    ),
    "a site": lambda: first(Episode, site__name="South").update(site=Site.objects.get(name="North")),
    "no site": lambda: Site.objects.get(name="South").delete(),
    "the name of a site": lambda: Site.objects.filter(name="South").update(name="Mill Street"),
    "a kind": lambda: first(Episode, kind="own_recovery").update(kind="loved_one"),
    "back to intake": lambda: first(Episode, status="active").update(status="intake"),
    "an episode erased": lambda: erase(first(Episode).get()),
    "a note of another day": lambda: first(Contact, status="completed").update(
        happened_at=F("happened_at") - timedelta(days=35)
    ),
    "a note that was a try": lambda: first(Contact, status="completed").update(status="attempted"),
    "a note that counts nowhere": lambda: first(Contact, status="attempted").update(status="missed"),
    "a note erased": lambda: first(Contact, status="completed").delete(),
    "notes of another walk": lambda: (
        first(Mentorship, status="active").get().contacts.update(mentorship=first(Mentorship, status="ended").get())
    ),
    "walks of another episode": lambda: first(Mentorship, status="ended").update(
        episode=first(Episode, status="active").get()
    ),
    "an offer answered": lambda: first(Offer, status="offered").update(status="accepted"),
    "an offer of another episode": lambda: first(Offer, status="declined").update(
        episode=first(Episode, kind="loved_one").get()
    ),
    "an offer erased": lambda: first(Offer, status="declined").delete(),
    "another clock": lambda: Program.objects.update(time_zone="Asia/Tokyo"),
}


@pytest.mark.parametrize("change", CHANGES)
def test_every_change_reaches_the_figures(many, dante, monkeypatch, change):
    """Hiding is off: what is compared are the counts of every group. Each change but the first shows somewhere."""
    for module in (tallies, recounting):
        monkeypatch.setattr(module, "publish", lambda figures: figures)
        monkeypatch.setattr(module, "merge_small_groups", lambda sizes: {name: name for name in sizes})
    north, south = (Site.objects.create(program=many, name=name) for name in ("North", "South"))
    Episode.objects.filter(person__goes_by__in=["P1", "P2"]).update(site=north, kind="loved_one")
    Episode.objects.exclude(site=north).update(site=south)
    for number, status in enumerate(["offered", "declined"]):
        episode = Episode.objects.filter(site=south).order_by("pk")[number]
        round_ = Round.objects.create(program=many, episode=episode, sent_at=NOW, choose_by=NOW)
        Offer.objects.create(
            program=many, round=round_, episode=episode, peer=dante.profile, rank=1, status=status, offered_at=NOW
        )
    asks = [
        Ask((many,), grouping, since)
        for grouping in queries.GROUPINGS
        for since in (None, NOW.date() - timedelta(days=103), NOW.date() - timedelta(days=365))
    ]
    actions.count_all([many])
    before = sums(), [list_figures(ask, NOW) for ask in asks]
    CHANGES[change]()
    many.refresh_from_db()
    actions.count_all([many])
    now = NOW + timedelta(days=10) if change == "nothing, on another day" else NOW
    after = [list_figures(ask, now) for ask in asks]
    assert after == [recount(ask, now) for ask in asks]
    assert (sums(), after) != before or change in ("nothing, on another day", "another clock")
    assert checks.list_problems([many]) == []


@pytest.mark.django_db(transaction=True)
def test_writers_and_several_workers_at_once_lose_nothing():
    """Four write, two fold, one reads: nobody fails, no sum ever falls, and at the end all is there."""
    program = make_program("Riverbend", "riverbend")
    failures, seen, done = [], [], threading.Event()

    def run(what):
        def it():
            try:
                what()
            except Exception as error:
                failures.append(error)
            finally:
                connection.close()

        thread = threading.Thread(target=it)
        thread.start()
        return thread

    def write(writer):
        with scope(program=program):
            for number in range(15):
                person = Person.objects.create(program=program, goes_by="Nia", goes_by_search="nia")
                at = timezone.now() - timedelta(days=number)
                Episode.objects.create(
                    program=program, person=person, status="waiting", opened_at=at, first_waiting_at=at
                )

    def fold():
        while not done.is_set():
            actions.renew_figures(timezone.now())

    def look():
        while not done.is_set():
            seen.append(list_figures(Ask((program,)), timezone.now())[0][ALL].not_due)

    others = [run(fold), run(fold), run(look)]
    for thread in [run(lambda writer=writer: write(writer)) for writer in range(4)]:
        thread.join()
    done.set()
    for thread in others:
        thread.join()
    assert failures == []
    actions.count_all([program])
    assert list_figures(Ask((program,)), timezone.now())[0][ALL].not_due == 60
    assert [count for count in seen if count is not None] == sorted(count for count in seen if count is not None)
    assert checks.list_problems([program]) == []
