"""A link makes one account, once, for fourteen days; any dead link looks the same."""

import threading
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.utils import timezone
from django_scopes import scope

from alongside.people import actions
from alongside.people.actor import SystemActor, get_actor
from alongside.people.models import Invitation, Membership, OutgoingMessage, Person, User
from alongside.people.queries import hash_token
from alongside.privacy.queries import get_participant_visible_to
from alongside.workforce.models import PeerProfile
from tests.outside import without_ids
from tests.story import PASSWORD, actor_of, make_account, make_persona
from tests.web.same_words import words_of

LONG = "green horses by the river"


def new_person(program, name="Ines"):
    return actions.create_person(program=program, by=SystemActor(program_id=program.pk), goes_by=name)


@pytest.fixture
def link(program, carmen):
    """(path, person) of a fresh link for somebody without an account."""
    person = new_person(program)
    _invitation, token = actions.create_invitation(
        program=program, person=person, roles=["participant"], by=carmen.actor
    )
    return f"/join/{token}/", person


def just_signed_in(client, username):
    """The client signed in a moment ago with the password, past the second step."""
    client.post("/account/sign-in/", {"login": username, "password": PASSWORD})
    session = client.session
    session["second_factor"] = True
    session.save()
    return client


def join(client, path, name="Ines", password=LONG, language="es"):
    return client.post(path, {"name": name, "password": password, "language": language})


def test_the_token_is_not_stored(link):
    token = link[0].split("/")[2]
    kept = Invitation.objects.values().get()
    assert token not in str(kept)
    assert kept["token_hash"] == hash_token(token)


def test_opening_a_link_changes_nothing(client, link):
    for _ in range(2):
        assert client.get(link[0]).status_code == 200
    assert Invitation.objects.get().used_at is None


def test_a_link_makes_the_account_of_its_person(client, link):
    path, person = link
    assert join(client, path)["Location"] == "/join/done/"
    person.refresh_from_db()
    user = person.user
    assert user.username.startswith("ines-")
    assert user.language == "es"
    assert set(user.memberships.values_list("role", flat=True)) == {"participant"}
    page = client.get("/join/done/").content.decode()
    assert user.username in page
    assert "_auth_user_id" not in client.session
    assert client.post("/account/sign-in/", {"login": user.username, "password": LONG})["Location"] == "/home/"


def test_a_name_that_somebody_has_is_never_refused(client, program, carmen, rosa):
    answers = set()
    for name in ("rosa", "carmen", "somebodynew"):
        _i, token = actions.create_invitation(program=program, person=new_person(program), roles=["participant"],
                                              by=carmen.actor)  # fmt: skip
        response = join(client, f"/join/{token}/", name)
        answers.add((response.status_code, response["Location"]))
    assert answers == {(302, "/join/done/")}


def test_dead_links_all_look_the_same(client, program, carmen, link):
    used, _person = link
    join(client, used)
    _i, taken_back = actions.create_invitation(program=program, roles=["peer"], by=carmen.actor)
    actions.revoke_invitation(invitation=_i, by=carmen.actor)
    _i, old = actions.create_invitation(program=program, roles=["peer"], by=carmen.actor,
                                        now=timezone.now() - timedelta(days=14, seconds=1))  # fmt: skip
    bodies = set()
    for path in (used, f"/join/{taken_back}/", f"/join/{old}/", "/join/never-existed/"):
        for send in (client.get, lambda path: join(client, path)):
            response = send(path)
            bodies.add((response.status_code, words_of(response, path)))
    assert len(bodies) == 1


def test_a_link_lives_fourteen_days(client, link):
    with time_machine.travel(timezone.now() + timedelta(days=13, hours=23)):
        assert b"password" in client.get(link[0]).content
    with time_machine.travel(timezone.now() + timedelta(days=14, minutes=1)):
        assert b'name="password"' not in client.get(link[0]).content


def test_a_new_link_ends_the_earlier_one(program, carmen, link):
    path, person = link
    actions.create_invitation(program=program, person=person, roles=["participant"], by=carmen.actor)
    with pytest.raises(actions.InvitationNotUsable):
        actions.accept_invitation(token=path.split("/")[2], wanted_name="ines", password=LONG, language="en")


def test_participants_need_fifteen_characters_and_staff_twelve(client, program, carmen, link):
    assert join(client, link[0], password="river horses").status_code == 200
    _i, token = actions.create_invitation(program=program, roles=["peer"], by=carmen.actor)
    assert join(client, f"/join/{token}/", password="river horses").status_code == 302


def test_a_link_for_somebody_with_an_account_sets_a_new_password(client, program, carmen, rosa):
    _i, token = actions.create_invitation(program=program, person=rosa.person, roles=[], by=carmen.actor)
    client.force_login(rosa.user)
    assert client.post(f"/join/{token}/", {"password": LONG})["Location"] == "/join/done/"
    assert client.get("/account/").status_code == 302
    assert client.post("/account/sign-in/", {"login": "rosa", "password": PASSWORD}).status_code == 200
    assert client.post("/account/sign-in/", {"login": "rosa", "password": LONG}).status_code == 302
    assert Membership.objects.filter(user=rosa.user).count() == 1


def test_a_password_set_with_a_link_is_told_to_the_accounts_own_address(program, carmen, rosa):
    actions.set_own_email(user=rosa.user, email="rosa@example.org", by=rosa.actor)
    _i, token = actions.create_invitation(program=program, person=rosa.person, roles=[], by=carmen.actor)
    actions.accept_new_password(token=token, password=LONG)
    assert OutgoingMessage.objects.get().template == "account_changed"


@pytest.mark.races
@pytest.mark.django_db(transaction=True)
def test_of_many_who_use_a_link_at_once_one_gets_an_account(program, carmen, link):
    path, _person = link
    token, made, refused = path.split("/")[2], [], []
    start = threading.Barrier(6)

    def use(number):
        start.wait()
        try:
            made.append(
                actions.accept_invitation(token=token, wanted_name=f"ines{number}", password=LONG, language="en")
            )
        except actions.InvitationNotUsable:
            refused.append(number)
        finally:
            connection.close()

    threads = [threading.Thread(target=use, args=[n]) for n in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(made), len(refused)) == (1, 5)
    assert User.objects.filter(username__startswith="ines").count() == 1


# --- the coordinator's page ----------------------------------------------------------------------------------------


def test_a_coordinator_prints_a_link(client, signed_in, carmen, program):
    person = new_person(program)
    signed_in(carmen)
    assert client.get(f"/people/{person.pk}/link/").status_code == 200
    page = client.post(f"/people/{person.pk}/link/", {"action": "print"}).content.decode()
    assert "/join/" in page
    assert "Ines" not in page, "a slip of paper names nobody"


def test_a_link_is_sent_only_to_who_may_be_written_to(client, signed_in, carmen, program):
    person = new_person(program)
    actions.change_person(person=person, by=carmen.actor, email="ines@example.org")
    signed_in(carmen)
    assert b"/join/" in client.post(f"/people/{person.pk}/link/", {"action": "send"}).content
    actions.set_safe_contact(person=person, by=carmen.actor, may_email=True)
    assert b"/join/" not in client.post(f"/people/{person.pk}/link/", {"action": "send"}).content


def test_a_person_of_another_program_is_not_found(client, signed_in, marcus, program, carmen):
    person = new_person(program)
    signed_in(marcus)
    assert client.post(f"/people/{person.pk}/link/", {"action": "print"}).status_code == 404


def test_no_coordinator_sets_the_password_of_staff_or_of_another_programs_people(
    client, carmen, lien, dolores, dante, program, other_program
):
    from alongside.people.models import Invitation, Membership

    just_signed_in(client, "carmen")
    for colleague in (lien, dolores, carmen):
        for answer in (client.get, client.post):
            assert answer(f"/people/{colleague.person.pk}/link/").status_code == 302
    assert client.get(f"/people/{dante.person.pk}/link/").status_code == 200
    Membership.objects.create(user=dante.user, program=other_program, role="participant")
    assert client.post(f"/people/{dante.person.pk}/link/", {"action": "print"}).status_code == 302
    assert not Invitation.objects.exists()


def test_a_new_password_for_somebody_asks_who_it_is_after_five_minutes(client, carmen, rosa, program):
    just_signed_in(client, "carmen")
    path, fresh = f"/people/{rosa.person.pk}/link/", f"/people/{new_person(program).pk}/link/"
    assert b"/join/" in client.post(path, {"action": "print"}).content
    before = Invitation.objects.count()
    with time_machine.travel(timezone.now() + timedelta(minutes=6)):
        for answer in (client.get, client.post):
            assert answer(path)["Location"].startswith("/account/again/")
        assert Invitation.objects.count() == before
        assert b"/join/" in client.post(fresh, {"action": "print"}).content, "a first account sets nobody's password"


def test_peers_and_participants_make_no_links(client, signed_in, program, rosa, dante):
    person = new_person(program)
    for who in (rosa, dante):
        assert signed_in(who).post(f"/people/{person.pk}/link/").status_code == 404


# --- the administrator's page --------------------------------------------------------------------------------------


@pytest.fixture
def admin(client, ada):
    """The client signed in as Ada within the latest five minutes, past the second step."""
    return just_signed_in(client, "ada")


def test_the_list_holds_staff_and_no_participant(admin, rosa, dante, carmen):
    Membership.objects.create(user=dante.user, program=dante.program, role="participant")
    page = admin.get("/settings/people/").content.decode()
    assert "carmen" in page
    assert "dante" in page
    assert "rosa" not in without_ids(page).casefold()
    assert "Participant" not in page


def test_roles_are_given_and_ended_and_written_down(admin, dante):
    from alongside.audit.models import Entry

    Membership.objects.create(user=dante.user, program=dante.program, role="participant")
    admin.post(f"/settings/people/{dante.user.pk}/", {"roles": ["supervisor", "council"]})
    assert set(dante.user.memberships.values_list("role", flat=True)) == {"supervisor", "council", "participant"}
    acts = list(Entry.objects.filter(object_id=dante.user.pk, act__startswith="role.").values_list("act", "reason"))
    assert sorted(acts) == [("role.ended", "peer"), ("role.given", "council"), ("role.given", "supervisor")]


def test_nobody_becomes_a_participant_by_the_administrator(admin, dante):
    admin.post(f"/settings/people/{dante.user.pk}/", {"roles": ["participant"]})
    assert set(dante.user.memberships.values_list("role", flat=True)) == {"peer"}


def test_an_administrator_cannot_lock_themselves_out(admin, ada):
    admin.post(f"/settings/people/{ada.user.pk}/", {"roles": ["coordinator"]})
    admin.post(f"/settings/people/{ada.user.pk}/switch/", {"action": "disable"})
    ada.user.refresh_from_db()
    assert ada.user.is_active
    assert set(ada.user.memberships.values_list("role", flat=True)) == {"administrator"}


def test_an_administrator_gives_themself_no_role(admin, ada):
    for role in ("coordinator", "supervisor", "director"):
        answer = admin.post(f"/settings/people/{ada.user.pk}/", {"roles": ["administrator", role]})
        assert answer.status_code == 200
        assert "cannot give yourself" in answer.content.decode()
    assert ada.actor.roles == {"administrator"}


def test_an_account_is_turned_off_with_its_sessions_and_on_again(admin, dante):
    from django.test import Client

    phone = Client()
    phone.force_login(dante.user)
    admin.post(f"/settings/people/{dante.user.pk}/switch/", {"action": "disable"})
    assert phone.get("/account/")["Location"].startswith("/account/sign-in/")
    assert b"off" in admin.get("/settings/people/").content
    admin.post(f"/settings/people/{dante.user.pk}/switch/", {"action": "enable"})
    dante.user.refresh_from_db()
    assert dante.user.is_active


def test_accounts_of_another_program_and_participants_are_not_found(admin, marcus, rosa):
    for user in (marcus.user, rosa.user):
        for path in (f"/settings/people/{user.pk}/", f"/settings/people/{user.pk}/switch/"):
            assert admin.post(path, {"roles": ["peer"], "action": "disable"}).status_code == 404


def test_who_serves_another_program_too_is_not_turned_off(admin, program, other_program):
    both = make_persona(program, "both", "peer")
    Membership.objects.create(user=both.user, program=other_program, role="peer")
    admin.post(f"/settings/people/{both.user.pk}/switch/", {"action": "disable"})
    both.user.refresh_from_db()
    assert both.user.is_active


def test_changing_roles_asks_who_it_is_after_five_minutes(admin, dante):
    with time_machine.travel(timezone.now() + timedelta(minutes=6)):
        response = admin.get(f"/settings/people/{dante.user.pk}/")
    assert response["Location"].startswith("/account/again/")


def test_staff_are_invited_with_roles_and_the_link_can_be_taken_back(admin, program):
    page = admin.post("/settings/people/invite/", {"roles": ["supervisor", "council"]}).content.decode()
    path = "/join/" + page.partition("/join/")[2].partition("<")[0].strip()
    assert admin.get(path).status_code == 200
    admin.post(f"/settings/people/links/{Invitation.objects.get().pk}/end/")
    assert b'name="password"' not in admin.get(path).content
    with scope(program=program):
        assert Invitation.objects.get().revoked_at


def test_nobody_is_invited_as_a_peer_without_a_profile(admin):
    page = admin.get("/settings/people/invite/").content.decode()
    assert 'value="peer"' not in page
    assert "come by application" in page
    assert b"/join/" not in admin.post("/settings/people/invite/", {"roles": ["peer"]}).content
    assert not Invitation.objects.exists()


@pytest.mark.parametrize("role", ["coordinator", "director", "peer", "supervisor"])
def test_invited_staff_become_a_person_whom_participants_can_name(client, program, ada, role):
    _i, token = actions.create_invitation(program=program, roles=[role], by=ada.actor)
    join(client, f"/join/{token}/", name="Noor", password=LONG)
    actor = get_actor(User.objects.get(username__startswith="noor-"))[0]
    assert Person.objects.get(pk=actor.person_id).goes_by == "Noor"
    assert actor.roles == {role}


def test_a_role_given_later_makes_a_person_once(program, ada):
    user = make_account("quiet", program, "council")
    for roles in (["council", "supervisor"], ["supervisor", "director"]):
        actions.set_roles(user=user, program=program, roles=roles, by=ada.actor)
    assert Person.objects.get(user=user).goes_by == "quiet"


@pytest.mark.parametrize("role", ["peer", "supervisor"])
def test_an_account_without_a_person_reaches_nobody(client, program, mentorship, dante, rosa, role):
    # Nobody supports Dante and nobody covers for him: "nobody's" must not read as "mine".
    Person.objects.filter(pk=dante.person.pk).update(supervisor=None)
    PeerProfile.objects.filter(pk=dante.person.pk).update(status="unavailable")
    actor = actor_of(make_account("stray", program, role), program)
    assert get_participant_visible_to(actor, rosa.person.pk) is None
    assert actor.roles == frozenset()
