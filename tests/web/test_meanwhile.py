"""Two people hold the same page open: whoever saves second loses nothing and undoes nothing, on each such page."""

from datetime import time, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from tests.story import PASSWORD, day_there, make_persona
from tests.web.page_forms import form_with

from alongside.intake.actions import Wish, save_wishes
from alongside.mentoring.actions import plan_appointment
from alongside.people.actions import change_person, create_person, set_safe_contact
from alongside.people.models import Membership, Person
from alongside.workforce.actions import change_peer, create_peer

CLASH = "Somebody changed this meanwhile"


@pytest.fixture
def open_page():
    """`open_page(who, path, *fields)`: the form that has these fields, as the page of this person shows it."""
    from alongside.people import second_factor

    def sign_in(persona):
        own = Client()
        own.post("/account/sign-in/", {"login": persona.user.username, "password": PASSWORD})
        own.cookies["django_language"] = "en"
        session = own.session
        second_factor.mark_passed(session)
        session.save()
        return own

    class Page:
        def __init__(self, who, path, *fields, to=None):
            self.client, self.path, self.to, self.fields = sign_in(who), path, to or path, ("seen", *fields)
            self.values = form_with(self.client.get(path).content.decode(), *self.fields)

        def save(self, **typed):
            """Send it, with what was typed over it. Gives the answer; after a clash the page now holds its form."""
            answer = self.client.post(self.to, self.values | typed)
            if answer.status_code == 200:
                self.values = form_with(answer.content.decode(), *self.fields)
            return answer

    return Page


def assert_clash(answer, *words: str) -> None:
    html = answer.content.decode()
    assert answer.status_code == 200 and CLASH in html
    for one in words:
        assert one in html, one


def test_what_a_participant_and_the_office_write_about_help(open_page, rosa, carmen):
    save_wishes(episode=rosa.episode, by=carmen.actor, needs=["housing"], languages=["en"])
    mine = open_page(rosa, "/me/about/?part=help", "own_words")
    theirs = open_page(carmen, f"/intake/{rosa.episode.pk}/?part=help", "own_words")
    assert theirs.save(needs=["housing", "family"]).status_code == 302

    answer = mine.save(own_words="My son comes first.")
    assert_clash(answer, "My son comes first.", "What would help?", "Family")
    rosa.episode.wishes.refresh_from_db()
    assert (rosa.episode.wishes.needs, rosa.episode.wishes.own_words) == (["housing", "family"], "")

    # The page now holds what both wrote; saved again, both are there.
    assert mine.save().status_code == 302
    rosa.episode.wishes.refresh_from_db()
    assert (rosa.episode.wishes.needs, rosa.episode.wishes.own_words) == (["housing", "family"], "My son comes first.")


def test_in_spanish_too(open_page, rosa, carmen):
    mine = open_page(rosa, "/me/about/?part=help", "own_words")
    mine.client.cookies["django_language"] = "es"
    save_wishes(episode=rosa.episode, by=carmen.actor, own_words="Por teléfono.")
    answer = mine.save(own_words="Mi familia.")
    html = answer.content.decode()
    assert "Otra persona cambió esto mientras tanto" in html and "Por teléfono." in html and "Mi familia." in html


def test_the_same_change_by_both_is_no_clash(open_page, rosa, carmen):
    mine = open_page(rosa, "/me/about/?part=times", "zip")
    save_wishes(episode=rosa.episode, by=carmen.actor, zip="90012")
    assert mine.save(zip="90012").status_code == 302


def test_another_part_of_the_same_record_is_no_clash(open_page, rosa, carmen):
    mine = open_page(rosa, "/me/about/?part=times", "zip")
    save_wishes(episode=rosa.episode, by=carmen.actor, own_words="By phone.")
    assert mine.save(zip="90012", hours=["sat_morning"]).status_code == 302
    rosa.episode.wishes.refresh_from_db()
    assert (rosa.episode.wishes.zip, rosa.episode.wishes.own_words) == ("90012", "By phone.")


def test_times_are_told_in_words(open_page, rosa, carmen):
    mine = open_page(rosa, "/me/about/?part=times", "zip")
    hours = make_hours("tue_evening")
    save_wishes(episode=rosa.episode, by=carmen.actor, hours=hours)
    assert_clash(mine.save(hours=["sat_morning"]), "Tuesday (Evening)")
    assert mine.values["hours"] == ["sat_morning"]


def make_hours(*parts: str) -> str:
    from alongside.rules.availability import hours_from_parts

    return hours_from_parts(parts)


def test_how_to_reach_somebody(open_page, rosa, carmen):
    change_person(person=rosa.person, by=carmen.actor, phone="+12135550123")
    mine = open_page(rosa, "/me/about/?part=person", "goes_by")
    set_safe_contact(person=rosa.person, by=carmen.actor, may_call=False, may_text=True, channel="text")
    answer = mine.save(goes_by="Rosita")
    assert_clash(answer, "Rosita", "Text me")
    assert mine.values["reach"] == ["text"]  # not touched here: as it is now
    assert mine.save().status_code == 302
    person = Person.objects.select_related("safe_contact").get(pk=rosa.person.pk)
    assert (person.goes_by, person.safe_contact.may_text, person.safe_contact.may_call) == ("Rosita", True, False)


def test_the_kind_of_peer(open_page, rosa, carmen):
    mine = open_page(rosa, "/me/about/?part=peer", "gender_strength")
    save_wishes(episode=rosa.episode, by=carmen.actor, preferences=[Wish("pathway", "secular", "must")])
    answer = mine.save(gender_strength="must", gender_values=["woman"])
    assert_clash(answer, "Must")
    assert mine.save().status_code == 302
    rosa.episode.refresh_from_db()
    assert {(one.feature, one.strength) for one in rosa.episode.wishes.preferences.all()} == {
        ("pathway", "must"), ("gender", "must"),
    }  # fmt: skip


def test_notes_of_the_office(open_page, program, rosa, carmen):
    second = make_persona(program, "cal", "coordinator")
    mine = open_page(second, f"/intake/{rosa.episode.pk}/?part=finish", "staff_notes")
    save_wishes(episode=rosa.episode, by=carmen.actor, staff_notes="Call after five.")
    answer = mine.save(staff_notes="Bring the form.", action="save")
    assert_clash(answer, "Call after five.", "Bring the form.")
    rosa.episode.wishes.refresh_from_db()
    assert rosa.episode.wishes.staff_notes == "Call after five."


def test_what_a_peer_offers(open_page, dante, carmen):
    mine = open_page(dante, "/profile/", "story")
    theirs = open_page(carmen, f"/peers/{dante.person.pk}/", "story")
    change = {"languages": ["en"], "serves": ["own_recovery"]}
    assert theirs.save(capacity="3", **change).status_code == 302
    answer = mine.save(story="I know the first month.", **change)
    assert_clash(answer, "How many people at most", "I know the first month.")
    assert mine.values["capacity"] == ["3"]
    assert mine.save().status_code == 302
    dante.profile.refresh_from_db()
    assert (dante.profile.capacity, dante.profile.story) == (3, "I know the first month.")


def test_limits_of_a_peer(open_page, dante, carmen):
    mine = open_page(dante, "/profile/", "story")
    change_peer(peer=dante.profile, by=carmen.actor, limits=[{"feature": "age", "value": "under_18"}])
    assert_clash(mine.save(limit_gender=["man"], languages=["en"], serves=["own_recovery"]), "Age")


def test_who_supports_a_peer(open_page, program, dante, carmen, lien, house):
    other = make_persona(program, "sam", "supervisor")
    peer = create_peer(person=create_person(program=program, by=house, goes_by="Zoe"), by=house)
    path = f"/peers/{peer.pk}/"
    first, second = (open_page(carmen, path, "supervisor") for _ in range(2))
    assert first.save(supervisor=str(lien.person.pk), action="support").status_code == 302
    answer = second.save(supervisor=str(other.person.pk), action="support")
    assert_clash(answer, lien.person.goes_by)
    assert Person.objects.get(pk=peer.pk).supervisor_id == lien.person.pk
    assert second.values["supervisor"] == [str(other.person.pk)]
    assert second.save(action="support").status_code == 302
    assert Person.objects.get(pk=peer.pk).supervisor_id == other.person.pk


def test_two_move_a_time(open_page, rosa, dante, mentorship):
    day = day_there() + timedelta(days=9)
    planned = plan_appointment(
        mentorship=mentorship, on_day=day, at_time=time(15), time_zone="America/Los_Angeles", mode="phone",
        submit_key=mentorship.pk, by=dante.actor,
    )  # fmt: skip
    mine = open_page(rosa, f"/me/times/{planned.pk}/", "on_day")
    theirs = open_page(dante, f"/times/{planned.pk}/", "on_day")
    assert theirs.save(at_time="17:00").status_code == 302
    answer = mine.save(on_day=(day + timedelta(days=1)).isoformat())
    assert_clash(answer, "5 p.m.")
    planned.refresh_from_db()
    assert (planned.on_day, planned.at_time) == (day, time(17))
    assert mine.save().status_code == 302
    planned.refresh_from_db()
    assert (planned.on_day, planned.at_time) == (day + timedelta(days=1), time(17))


def test_two_administrators_and_the_roles_of_one(open_page, program, lien, unscoped):
    one, two = make_persona(program, "ada", "administrator"), make_persona(program, "abe", "administrator")
    path = reverse("edit_user", args=[lien.user.pk])
    first, second = open_page(one, path, "roles"), open_page(two, path, "roles")
    assert first.save(roles=["supervisor", "director"]).status_code == 302
    assert_clash(second.save(roles=["supervisor", "coordinator"]), "Director")
    held = Membership.objects.filter(user=lien.user).values_list("role", flat=True)
    assert set(held) == {"supervisor", "director"}


def test_a_page_from_before_this_was_there_still_saves(open_page, rosa, carmen):
    mine = open_page(rosa, "/me/about/?part=help", "own_words")
    save_wishes(episode=rosa.episode, by=carmen.actor, own_words="By phone.")
    assert mine.save(seen="", own_words="Mine.").status_code == 302


def test_what_the_page_carries_tells_nothing(open_page, rosa, carmen):
    save_wishes(episode=rosa.episode, by=carmen.actor, own_words="canary", zip="90012")
    (line,) = open_page(rosa, "/me/about/?part=help", "own_words").values["seen"]
    assert "canary" not in line and len(line) < 200
