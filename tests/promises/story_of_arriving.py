"""Those who arrive and choose, records that may be of one person, what runs by itself, figures, files."""

import json
from datetime import date
from uuid import uuid4

from django.utils import timezone
from tests.promises.story_itself import Story
from tests.promises.story_of_walking import offer_dante, somebody_waits


def what_runs() -> None:
    from alongside.jobs import begin
    from alongside.running.actions import Notes

    begin(Notes())


def what_meets(story: Story) -> None:
    from alongside.meetings.actions import add_feed, take_in, write_own
    from alongside.meetings.models import Meeting

    by = story.carmen.actor
    feed = add_feed(
        program=story.program, way="file", name="Intergroup", site="https://example.org", fellowship="aa", url="",
        time_zone="America/Los_Angeles", every_hours=0, language="en", submit_key=uuid4(), by=by,
    )  # fmt: skip
    place = {"formatted_address": "100 Main St, Riverbend, CA 90033, USA", "latitude": 34.05, "longitude": -118.2}
    # All day: at whatever hour the tests run, one is on.
    morning = {"name": "Morning", "time": "00:00", "end_time": "23:59", **place}
    rows = [{"slug": f"m{number}", "day": number % 7, **morning} for number in range(9)]
    feed = take_in(feed=feed, content=json.dumps(rows).encode(), by=by)
    told = {"name": "Coffee", "day": [1], "time": "10:00", "types": ["O", "EN"], **place}
    own = write_own(program=story.program, told=told, submit_key=uuid4(), by=by)
    story.objects |= {"feed": feed, "meeting": Meeting.objects.get(feed=feed, key="m1"), "own_meeting": own}


def what_the_site_says(story: Story) -> None:
    """A page that everybody reads and may write beneath, with an earlier text, and a draft that nobody reads yet."""
    from alongside.stories.actions import Said, decide_comment
    from alongside.website import actions

    program, by = story.program, story.carmen.actor
    texts = {"en": {"name": "The house", "title": "Our house", "words": "# Inside\n\n- Tea"}}
    page = actions.add_page(program=program, texts=texts, submit_key=uuid4(), by=by)
    version = actions.publish(page=page, edition=page.edition, by=by)
    actions.set_comments(program=program, slug=page.slug, are_open=True, by=by)
    said = Said("", "A good house.", 60, "", uuid4())
    decide_comment(comment=actions.receive_words(program=program, slug=page.slug, said=said), to="shown", by=by)
    texts["en"]["words"] = "topaz canary of the draft page"
    page = actions.save_draft(program=program, slug=page.slug, texts=texts, by=by)
    story.objects |= {"site_page": page, "site_version": version}


def figures_so_far(story: Story) -> None:
    """Counted in the middle, so that there are sums and, later, something that is not counted yet."""
    from alongside.impact.actions import catch_up, hold_public_figures

    catch_up([story.program])
    hold_public_figures(story.program, timezone.now())


def those_who_choose(story: Story) -> None:
    from alongside.matching.actions import choose, run_matching

    olu, nia = somebody_waits(story, "olu", "Zeppolu"), somebody_waits(story, "nia", "Wisterinia")
    somebody_waits(story, "sam", "Sam")
    waits = somebody_waits(story, "noor", "Noor")
    story.objects["run"] = run_matching(program=story.program, by=story.carmen.actor)
    story.objects["offer"], chosen = offer_dante(story, olu), offer_dante(story, nia)
    story.objects["chosen_offer"] = choose(offer=chosen, by=nia.actor)
    story.objects["waiting_episode"] = waits.episode


def those_who_arrive(story: Story) -> None:
    from alongside.intake.actions import (
        confirm_roster,
        decide_words,
        map_roster,
        receive_application,
        receive_ask,
        upload_roster,
    )
    from alongside.intake.actions.rosters import columns_of
    from alongside.intake.actions.wishes import start_intake
    from alongside.people.actions import create_invitation

    program, by = story.program, story.carmen.actor
    story.objects["inquiry"] = receive_ask(
        program=program, submit_key=uuid4(), goes_by="canary who asked", kind="own_recovery", language="en",
        answers={"needs": ["housing"], "own_words": ""}, safe_contact={"channel": "phone"}, phone="+1 213-555-0142",
    )  # fmt: skip
    story.objects["application"] = receive_application(
        program=program, submit_key=uuid4(), goes_by="canary who applied", language="en", answers={"languages": ["en"]},
        why="I was there too.",
    )  # fmt: skip
    rows = b"Name,DOB\n,1990-01-02\nPerpetua,1991-03-04\n"
    known = upload_roster(program=program, content=rows, file_name="a.csv", by=by)
    known = map_roster(roster=known, mapping=columns_of(known), options=known.options, by=by)
    confirm_roster(roster=known, by=by)
    rows = "Preferred name,Language,Phone\ncopper canary of the row,Espanyol,213-555-0177\n,,\nJo,Spanish,\n"
    roster = upload_roster(program=program, content=rows.encode(), file_name="list.csv", by=by, kind="participants")
    roster = map_roster(roster=roster, mapping=columns_of(roster), options=roster.options, by=by)
    roster = decide_words(roster=roster, decided={("language", "espanyol"): "es"}, by=by)
    invitation, token = create_invitation(program=program, roles=["participant"], by=by)
    intake = start_intake(program=program, by=by, person_values={"goes_by": "Zeppolu the second"})
    story.objects |= {"roster": roster, "invitation": invitation, "token": token, "intake_episode": intake}


def those_written_twice(story: Story) -> None:
    from alongside.people.actions import create_person, merge_persons
    from alongside.people.models import TwinPair
    from alongside.people.near_matches import compare_waiting

    program, by = story.program, story.carmen.actor
    again = create_person(
        program=program, by=by, goes_by="Rosi", legal_name="Rosalinda Cenzontle", phone="(213) 555-0142",
        birth_date=date(1984, 5, 17),
    )  # fmt: skip
    compare_waiting()
    pair = TwinPair.objects.get(first__in=[again.pk, story.rosa.person.pk], second__in=[again.pk, story.rosa.person.pk])
    first, second = (create_person(program=program, by=by, goes_by=name) for name in ("Ines", "Ines too"))
    merge = merge_persons(first=first, second=second, by=by)
    story.objects |= {"pair": pair, "merge": merge}


def what_leaves(story: Story) -> None:
    from alongside.interop.actions import ask_for_export

    story.objects["export"] = ask_for_export(
        kind="participants", scope="now", file_format="csv", language="en",
        words="For the yearly count of the county.", by=story.carmen.actor,
    )  # fmt: skip
