"""Help from outside only by a director's grant: for a while, with everything written down, and nothing of anybody (D3).

Sol helps with installs and has an account with a second step and no role. Dolores directs, Ada keeps it running.
"""

from datetime import timedelta
from types import SimpleNamespace
from urllib.parse import urlencode
from uuid import uuid4

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_scopes import scope, scopes_disabled

from alongside.audit.fields import blind_index
from alongside.audit.models import Entry
from alongside.people import second_factor, sessions
from alongside.people.actions import (
    HelpsAlready,
    NobodyFits,
    accept_invitation,
    create_invitation,
    disable_account,
    end_support,
    give_support,
    set_roles,
)
from alongside.people.actor import get_actor, get_programs_of
from alongside.people.forms import MINUTES_SAID, SupportForm
from alongside.people.models import Membership, OutgoingMessage, SupportGrant, User
from alongside.people.outbox import send_due
from alongside.people.support_queries import find_helper, list_asked, show_asked
from alongside.rules import access
from alongside.rules.neutral import reveals
from alongside.rules.support import LONGEST, MINUTES, TimeNotOffered
from tests.outside import words_of
from tests.promises.every_url import list_pages
from tests.promises.test_every_url import no_scope, sign_in
from tests.races.test_choosing import run_together
from tests.story import PASSWORD, actor_of, make_account, make_persona

pytestmark = pytest.mark.django_db
MAIL = "sol@helpers.example"
WHY = "Mail does not go out since Friday."
THEIR_PAGES = ("support_home", "install", "jobs")


def make_helper(program, name: str = "sol", email: str = MAIL):
    """An account of nobody, with an e-mail and a second step."""
    user = make_account(name, program)
    user.email = email
    user.save(update_fields=["email", "email_index"])
    TOTP.activate(user, generate_totp_secret())
    return SimpleNamespace(user=user, person=None, program=program)


@pytest.fixture
def sol(program):
    return make_helper(program)


def let_in(by, *, email: str = MAIL, minutes: int = 30, program=None, **more) -> SupportGrant:
    return give_support(
        email=email, minutes=minutes, words=WHY, submit_key=uuid4(), program=program or by.program, by=by.actor, **more
    )


@pytest.fixture
def wait():
    """`wait(minutes=6)` lets that much time pass."""
    with time_machine.travel(timezone.now(), tick=False) as traveller:
        yield lambda **step: traveller.shift(timedelta(**step))


def browser_of(director) -> Client:
    """The browser of somebody who signed in just now, so that nobody asks who it is."""
    return sign_in(SimpleNamespace(people={"somebody": director}), "somebody")


@pytest.fixture
def helping(sol, signed_in):
    """Sol's browser."""
    return signed_in(sol)


def statuses(client, names=THEIR_PAGES) -> set[int]:
    return {client.get(reverse(name)).status_code for name in names}


def asked(grant) -> list[tuple[str, str, bool]]:
    """What the log says of a grant, in the order in which it was asked for."""
    found = [show_asked(entry) for entry in list_asked(grant)]
    return [(one.page, one.method, one.is_refused) for one in reversed(found)]


# --- open and shut ------------------------------------------------------------------------------------------------
def test_without_a_grant_every_page_is_shut(helping, sol):
    assert statuses(helping) == {404}
    assert actor_of(sol.user).roles == frozenset() and get_programs_of(sol.user) == []
    assert helping.get(reverse("home")).url == reverse("account_settings")


def test_with_one_they_see_what_runs_and_how_it_is_set_and_change_nothing(helping, sol, dolores):
    grant = let_in(dolores)
    assert statuses(helping) == {200}
    assert helping.get(reverse("home")).url == reverse("support_home")
    actor = actor_of(sol.user)
    assert (actor.role, actor.moves_as, actor.person_id, actor.support_id) == ("support", "visitor", None, grant.pk)
    unsent = OutgoingMessage.objects.create(program=dolores.program, template="something_new", status="failed",
                                            not_before=timezone.now())  # fmt: skip
    again = reverse("job_again", args=[unsent.pk])
    assert again not in helping.get(reverse("jobs")).content.decode()
    assert helping.post(again).status_code == 404
    unsent.refresh_from_db()
    assert unsent.status == "failed"


def test_the_page_of_jobs_lets_a_director_try_again_as_before(signed_in, dolores):
    unsent = OutgoingMessage.objects.create(program=dolores.program, template="something_new", status="failed",
                                            not_before=timezone.now())  # fmt: skip
    again = reverse("job_again", args=[unsent.pk])
    assert again in signed_in(dolores).get(reverse("jobs")).content.decode()


def test_it_ends_on_the_next_request_when_its_time_is_over(helping, dolores, wait):
    let_in(dolores, minutes=30)
    for minutes in (10, 10, 9):
        wait(minutes=minutes)
        assert statuses(helping) == {200}
    wait(minutes=1)
    assert statuses(helping) == {404}


def test_it_ends_on_the_next_request_when_a_director_ends_it(helping, sol, dolores):
    grant = let_in(dolores)
    assert statuses(helping) == {200}
    assert end_support(grant=grant, by=dolores.actor)
    assert statuses(helping) == {404} and get_programs_of(sol.user) == []
    assert not end_support(grant=grant, by=dolores.actor), "twice is once"


def test_an_account_that_is_turned_off_has_no_session_any_more(helping, sol, dolores, ada):
    let_in(dolores)
    disable_account(user=sol.user, by=ada.actor)
    assert {helping.get(reverse(name)).status_code for name in THEIR_PAGES} == {302}


def test_a_role_here_comes_before_the_grant(sol, dolores, ada):
    let_in(dolores)
    set_roles(user=sol.user, program=sol.program, roles=["council"], by=ada.actor)
    assert actor_of(sol.user).roles == {"council"} and actor_of(sol.user).support_id is None


def test_a_grant_of_another_program_gives_nothing_here(helping, sol, other_program, signed_in):
    director = make_persona(other_program, "harbor-director", "director")
    with scope(program=other_program):
        grant = let_in(director)
    actor, there = get_actor(sol.user, str(sol.program.pk))
    assert (actor.program_id, there) == (other_program.pk, other_program), "never the program that was wanted"
    assert helping.post(reverse("switch_program"), {"program": str(sol.program.pk)}).status_code == 404
    page = helping.get(reverse("support_home"))
    assert page.status_code == 200 and page.wsgi_request.program == other_program
    dolores = make_persona(sol.program, "dolores", "director")
    client = signed_in(dolores)
    assert client.get(reverse("support_one", args=[grant.pk])).status_code == 404
    assert client.post(reverse("support_end", args=[grant.pk])).status_code == 404
    with scope(program=other_program):
        grant.refresh_from_db()
    assert grant.ended_at is None


def test_who_works_elsewhere_goes_there_and_back(marcus, program, dolores, signed_in):
    """Marcus coordinates Harbor. In Riverbend he only helps, and only when he goes there."""
    marcus.user.email = MAIL
    marcus.user.save(update_fields=["email", "email_index"])
    TOTP.activate(marcus.user, generate_totp_secret())
    grant = let_in(dolores)
    client = signed_in(marcus)
    assert statuses(client, ["support_home"]) == {404} and statuses(client, ["board"]) == {200}
    assert client.post(reverse("switch_program"), {"program": str(program.pk)}).url == reverse("home")
    assert statuses(client, ["support_home"]) == {200} and statuses(client, ["board"]) == {404}
    end_support(grant=grant, by=dolores.actor)
    assert statuses(client, ["support_home"]) == {404} and statuses(client, ["board"]) == {200}
    assert {page for page, _method, _refused in asked(grant)} == {"support_home", "board"}


# --- who may be let in --------------------------------------------------------------------------------------------
def test_whoever_does_not_fit_is_an_address_that_nobody_has(program, sol, rosa, dante, marcus, dolores):
    """Nobody, no second step, turned off, staff, a participant here and elsewhere: one no (A1)."""
    elsewhere = make_persona(marcus.program, "naomi", "participant")
    plain, off = make_account("plain", program), make_account("off", program)
    plain.email, off.email, off.is_active = "plain@example.org", "off@example.org", False
    for user, email in ((rosa.user, "rosa@example.org"), (dante.user, "dante@example.org"),
                        (elsewhere.user, "naomi@example.org")):  # fmt: skip
        user.email = email
    for user in (rosa.user, dante.user, elsewhere.user, off, plain):
        user.save()
        if user != plain:
            TOTP.activate(user, generate_totp_secret())
    said = set()
    client = browser_of(dolores)
    for name in ("nobody", "plain", "off", "rosa", "dante", "naomi"):
        email = f"{name}@example.org"
        with pytest.raises(NobodyFits):
            let_in(dolores, email=email)
        with no_scope():
            answer = client.post(reverse("support_new"), {"email": email, "minutes": "30", "words": WHY})
        said.add((answer.status_code, answer.content.decode().replace(email, "…").count("Nobody can be let in")))
        assert WHY in answer.content.decode() and email in answer.content.decode(), "nothing typed is lost"
    assert said == {(200, 2)}, "in the summary and beside the field"
    assert not SupportGrant.objects.exists()
    assert find_helper(MAIL.upper(), program) == sol.user
    refused = Entry.objects.filter(act="support.given", outcome="refused")
    assert set(refused.values_list("reason", "object_id")) == {("nobody_fits", None)}


def test_who_was_served_in_another_program_is_not_found_either(sol, other_program, rosa, dolores):
    from alongside.people.models import Person

    rosa.user.email = "rosa@example.org"
    rosa.user.save()
    TOTP.activate(rosa.user, generate_totp_secret())
    Membership.objects.filter(user=rosa.user).delete()
    assert find_helper("rosa@example.org", other_program) is None, "her role ended, her episode stays"
    Person.objects.filter(pk=rosa.person.pk).update(user=None)
    assert find_helper("rosa@example.org", other_program) == rosa.user, "or this looks at something else"


def test_as_much_is_asked_for_an_address_that_no_account_has(program, sol, django_assert_num_queries):
    for email in (MAIL, "nobody@example.org"):
        with django_assert_num_queries(4):
            find_helper(email, program)


# --- how long -----------------------------------------------------------------------------------------------------
def test_the_form_offers_what_the_rules_do():
    offered = [code for code, _words in SupportForm().fields["minutes"].choices]
    assert offered == list(MINUTES_SAID) == list(MINUTES)
    for minutes in ("241", "0", "-30", "480"):
        form = SupportForm({"email": MAIL, "minutes": minutes, "words": WHY})
        assert not form.is_valid() and set(form.errors) == {"minutes"}


@pytest.mark.parametrize("minutes", [0, 241, 480])
def test_the_action_gives_no_other_time(sol, dolores, minutes):
    with pytest.raises(TimeNotOffered):
        let_in(dolores, minutes=minutes)
    assert not SupportGrant.objects.exists()


def row(sol, dolores, **more) -> SupportGrant:
    now = timezone.now()
    values = {
        "program": sol.program, "account": sol.user, "words": WHY, "given_by": dolores.user, "from_at": now,
        "until_at": now + LONGEST, "submit_key": uuid4(),
    }  # fmt: skip
    return SupportGrant(**values | more)


A_MOMENT = timedelta(microseconds=1)


def test_the_database_takes_four_hours_and_not_a_moment_more(sol, dolores):
    exact = timezone.now().replace(microsecond=0)
    for start in (exact, exact.replace(microsecond=250_000), exact.replace(microsecond=999_999)):
        for span in (LONGEST + A_MOMENT, LONGEST + timedelta(seconds=1), LONGEST + timedelta(days=1), timedelta(0),
                     -A_MOMENT):  # fmt: skip
            with pytest.raises(IntegrityError), transaction.atomic():
                row(sol, dolores, from_at=start, until_at=start + span).save()
        kept = row(sol, dolores, from_at=start, until_at=start + LONGEST)
        kept.save()
        SupportGrant.objects.filter(pk=kept.pk).update(ended_at=start)


def test_the_database_lets_in_nobody_of_the_program(sol, dolores, rosa, lien):
    for user in (rosa.user, lien.user, None):
        with pytest.raises(IntegrityError), transaction.atomic():
            row(sol, dolores, account=user).save()


def test_the_database_changes_nothing_but_the_end_and_that_once(sol, dolores, ada, other_program):
    grant = let_in(dolores, minutes=60)
    other = make_helper(sol.program, "kim", "kim@helpers.example").user
    rows, in_time = SupportGrant.objects.filter(pk=grant.pk), grant.from_at + timedelta(minutes=1)
    for change in (
        {"until_at": grant.until_at + timedelta(hours=1)}, {"until_at": in_time}, {"from_at": in_time},
        {"program": other_program}, {"account": other}, {"given_by": ada.user}, {"submit_key": uuid4()},
        {"ended_at": grant.from_at - A_MOMENT}, {"ended_at": grant.until_at + A_MOMENT},
    ):  # fmt: skip
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(**change)
    rows.update(ended_at=in_time, ended_by=dolores.user)
    for change in ({"ended_at": None}, {"ended_at": grant.until_at}, {"ended_by": ada.user}):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(**change)
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM people_supportgrant")
    assert rows.get().ended_at == in_time


def test_an_account_goes_and_what_it_was_let_in_for_stays(sol, dolores):
    """Erasing somebody is not stopped by what they once helped with."""
    grant = let_in(dolores)
    end_support(grant=grant, by=dolores.actor)
    Authenticator.objects.filter(user=sol.user).delete()
    with scopes_disabled():
        User.objects.get(pk=sol.user.pk).delete()
    grant.refresh_from_db()
    assert (grant.account, grant.words) == (None, WHY)


# --- one at a time ------------------------------------------------------------------------------------------------
def test_one_lives_at_a_time_and_the_next_when_it_is_over(sol, dolores, wait):
    first = let_in(dolores, minutes=30)
    with pytest.raises(HelpsAlready):
        let_in(dolores, minutes=240)
    wait(minutes=30)
    second = let_in(dolores)
    first.refresh_from_db()
    assert first.ended_at == first.until_at and first.ended_by is None
    assert second.ended_at is None and actor_of(sol.user).support_id == second.pk


def test_the_same_form_sent_twice_is_one(sol, dolores):
    key = uuid4()
    grants = {
        give_support(email=MAIL, minutes=30, words=WHY, submit_key=key, program=sol.program, by=dolores.actor).pk
        for _ in range(2)
    }
    assert len(grants) == SupportGrant.objects.count() == 1


@pytest.mark.races
@pytest.mark.django_db(transaction=True)
def test_two_directors_at_once_are_one_grant(sol, dolores):
    other = make_persona(sol.program, "diego", "director")
    by = [dolores.actor, other.actor]
    for round_ in range(1, 6):
        results = run_together(sol.program, *(
            lambda one=one: give_support(email=MAIL, minutes=30, words=WHY, submit_key=uuid4(), program=sol.program,
                                         by=one)
            for one in by
        ))  # fmt: skip
        assert sorted(type(one).__name__ for one in results) == ["HelpsAlready", "SupportGrant"], results
        live = SupportGrant.objects.filter(ended_at=None).get()
        assert SupportGrant.objects.count() == round_
        end_support(grant=live, by=by[0])
    given = Entry.objects.filter(act="support.given", outcome="done")
    assert given.count() == SupportGrant.objects.count(), "no entry without a grant"


@pytest.mark.races
@pytest.mark.django_db(transaction=True)
def test_without_the_database_both_would_have_been_let_in(sol, dolores):
    """Who looks before they leap writes two: the constraint is what holds."""
    import time

    def leap():
        assert not SupportGrant.objects.filter(ended_at=None).exists()
        time.sleep(0.2)
        return row(sol, dolores).save()

    results = run_together(sol.program, leap, leap)
    assert any(isinstance(one, DatabaseError) for one in results), results
    assert SupportGrant.objects.count() == 1


# --- everything is written down -----------------------------------------------------------------------------------
def test_each_request_is_one_entry_refused_ones_too_and_the_director_reads_them(helping, sol, dolores, rosa):
    grant = let_in(dolores)
    helping.get(reverse("support_home"), {"secret": "saffron"})
    helping.get(reverse("record", args=[rosa.person.pk]))
    helping.get("/no/such/page/saffron/")
    helping.post(reverse("support_new"), {"email": "saffron@example.org"})
    helping.head(reverse("jobs"))
    helping.get(reverse("public_home"))
    assert asked(grant) == [
        ("support_home", "get", False), ("record", "get", True), ("no_page", "get", True),
        ("support_new", "post", True), ("jobs", "head", False), ("public_home", "get", False),
    ]  # fmt: skip
    entries = Entry.objects.filter(actor_id=sol.user.pk, act="support.asked")
    assert set(entries.values_list("act", "role", "object_id", "subject_id", "program_id")) == {
        ("support.asked", "support", grant.pk, None, dolores.program.pk)
    }, "never the id of whom they asked about: the list is for directors, who would learn it"
    tries = Entry.objects.filter(actor_id=sol.user.pk).exclude(act="support.asked").order_by("key")
    assert list(tries.values_list("act", "object_kind", "subject_id")) == [
        ("access.refused", "record", rosa.person.pk), ("access.refused", "support_new", None),
    ], "as for anybody, so that whoever looks into an incident finds it"  # fmt: skip
    assert "saffron" not in str([vars(one) for one in [*entries, *tries]])
    page = browser_of(dolores).get(reverse("support_one", args=[grant.pk])).content.decode()
    assert WHY in page and "sol" in page
    assert page.count("refused</span>") == 3 and "<code>record</code>" in page and "sent a form" in page
    assert str(rosa.person.pk) not in page and "Rosa" not in page
    assert entries.count() == 6, "reading the list adds nothing to it"


def test_a_page_that_cannot_be_written_down_is_not_sent(helping, dolores, monkeypatch):
    let_in(dolores)
    from alongside.people import support_log

    def full(**details):
        raise DatabaseError("the disk is full")

    monkeypatch.setattr(support_log, "record", full)
    helping.raise_request_exception = False
    answer = helping.get(reverse("install"))
    assert answer.status_code == 500 and b"ALONGSIDE_URL" not in answer.content


def test_before_the_grant_and_after_it_nothing_of_this_is_written(helping, dolores):
    helping.get(reverse("home"))
    grant = let_in(dolores)
    end_support(grant=grant, by=dolores.actor)
    helping.get(reverse("home"))
    assert asked(grant) == []


def test_two_grants_have_two_lists(helping, dolores, wait):
    first = let_in(dolores)
    helping.get(reverse("jobs"))
    end_support(grant=first, by=dolores.actor)
    wait(seconds=1)
    second = let_in(dolores)
    helping.get(reverse("install"))
    assert asked(first) == [("jobs", "get", False)]
    assert asked(second) == [("install", "get", False)]


# --- nothing of anybody -------------------------------------------------------------------------------------------
MAY = {"help_from_outside", "see_install", "see_jobs"}


def test_every_other_page_is_not_there(whole_story):
    """All pages, by GET and POST: 404 but for what anybody may see, their own account, and three pages."""
    client, opened, refused = sign_in(whole_story, "sol"), set(), 0
    for page in list_pages():
        if page.act in MAY or access.may(page.act, {access.ACCOUNT}):
            opened.add(page.name)
            continue
        for method in (client.get, client.post):
            with no_scope():
                assert method(page.path(whole_story)).status_code == 404, page.name
            refused += 1
    assert opened >= {"support_home", "install", "jobs", "home", "account_settings"} and refused > 400
    with no_scope():
        log = client.get(reverse("home"))
    assert log.url == reverse("support_home")
    grant = whole_story.support
    assert sum(one[2] for one in asked(grant)) == refused


def test_no_name_of_anybody_stands_on_what_they_see(whole_story):
    from alongside.people.models import Person

    names = {*Person.objects.values_list("goes_by", flat=True), *User.objects.values_list("username", flat=True)}
    client = sign_in(whole_story, "sol")
    for name in THEIR_PAGES:
        with no_scope():
            text = client.get(reverse(name)).content.decode()
        main = text[text.find("<main") : text.find("</main")]
        assert [one for one in names - {"sol"} if len(one) > 2 and one in main] == [], name


# --- the second step ----------------------------------------------------------------------------------------------
def test_they_pass_their_second_step_first_and_work_by_the_clock_of_staff(client, sol, dolores):
    assert sessions.roles_anywhere(sol.user) == frozenset()
    grant = let_in(dolores)
    assert sessions.roles_anywhere(sol.user) == {"support"}
    client.force_login(sol.user)  # the password alone
    for name in THEIR_PAGES:
        assert client.get(reverse(name)).url.startswith(reverse("mfa_reauthenticate"))
    assert [refused for _page, _method, refused in asked(grant)] == [True] * 3
    factor = Authenticator.objects.get(user=sol.user, type="totp")
    assert not second_factor.may_remove(factor)
    end_support(grant=grant, by=dolores.actor)
    assert second_factor.may_remove(factor)


def test_their_session_ends_after_a_quarter_of_an_hour(helping, dolores, wait):
    let_in(dolores, minutes=60)
    assert statuses(helping) == {200}
    wait(minutes=16)
    answer = helping.get(reverse("jobs"))
    assert answer.status_code == 302 and answer.url.startswith(reverse("account_login"))


# --- giving and ending --------------------------------------------------------------------------------------------
def test_a_director_gives_it_by_the_page_and_ends_it(sol, dolores):
    client = browser_of(dolores)
    assert reverse("support_new") in client.get(reverse("supports")).content.decode()
    answer = client.post(reverse("support_new"), {"email": MAIL, "minutes": "120", "words": WHY,
                                                  "submit_key": str(uuid4())})  # fmt: skip
    grant = SupportGrant.objects.get()
    assert answer.url == reverse("support_one", args=[grant.pk])
    assert (grant.account, grant.given_by, grant.words) == (sol.user, dolores.user, WHY)
    assert grant.until_at - grant.from_at == timedelta(hours=2)
    assert client.post(reverse("support_end", args=[grant.pk])).url == answer.url
    grant.refresh_from_db()
    assert grant.ended_by == dolores.user
    acts = Entry.objects.filter(object_kind="support", actor_id=dolores.user.pk).order_by("key")
    assert list(acts.values_list("act", "reason", "object_id")) == [
        ("support.given", "minutes_120", grant.pk), ("support.ended", "", grant.pk),
    ]  # fmt: skip
    assert acts[0].reason_words == WHY


def test_who_it_is_is_asked_again_and_nothing_typed_is_lost(signed_in, sol, dolores, wait):
    client = signed_in(dolores)
    new = reverse("support_new")
    values = {"email": MAIL, "minutes": "60", "words": WHY, "submit_key": str(uuid4())}
    wait(minutes=6)
    assert client.post(new, values).url.startswith(reverse("account_reauthenticate"))
    assert not SupportGrant.objects.exists()
    assert client.post(reverse("account_reauthenticate"), {"password": PASSWORD, "next": new}).url == new
    page = client.get(new).content.decode()
    assert WHY in page and MAIL in page and not SupportGrant.objects.exists(), "nothing is given by itself"
    client.post(new, values)
    grant = SupportGrant.objects.get()
    wait(minutes=6)
    for name, page, args in (("support_end", "support_one", [grant.pk]), ("support_link", "supports", [])):
        page = reverse(page, args=args)
        assert f'name="_page" value="{page}"' in client.get(page).content.decode()
        answer = client.post(reverse(name, args=args), {"_page": page})
        assert answer.url == f"{reverse('account_reauthenticate')}?{urlencode({'next': page})}", "and back to the page"
    grant.refresh_from_db()
    assert grant.ended_at is None


def test_administrators_see_that_the_door_is_open_and_neither_open_nor_close_it(signed_in, sol, dolores, ada):
    grant = let_in(dolores)
    client = signed_in(ada)
    one = reverse("support_one", args=[grant.pk])
    assert statuses(client, ["supports", "install"]) == {200} and client.get(one).status_code == 200
    assert WHY not in client.get(one).content.decode(), "words may name somebody"
    for name, args in (("support_new", []), ("support_link", []), ("support_end", [grant.pk])):
        assert client.post(reverse(name, args=args)).status_code == 404
    assert reverse("support_new") not in client.get(reverse("supports")).content.decode()


def test_others_and_whoever_helps_are_told_in_neutral_words(sol, dolores, ada, rosa, lien, mailoutbox):
    other = make_persona(sol.program, "diego", "director")
    for one in (dolores, ada, rosa, lien, other):
        one.user.email = f"{one.user.username}@example.org"
        one.user.save()
    grant = let_in(dolores)
    send_due(timezone.now())
    told = {"ada@example.org", "diego@example.org", MAIL}
    assert sorted(one.to[0] for one in mailoutbox) == sorted(told), "not who gave it, nor anybody else"
    assert all(reveals(words_of(one)) == [] and "sol" not in one.subject for one in mailoutbox)
    links = {one.to[0]: one.body for one in mailoutbox}
    assert str(grant.pk) in links["ada@example.org"] and str(grant.pk) not in links[MAIL]
    mailoutbox.clear()
    end_support(grant=grant, by=other.actor)
    end_support(grant=grant, by=other.actor)
    send_due(timezone.now())
    assert sorted(one.to[0] for one in mailoutbox) == sorted({"ada@example.org", "dolores@example.org", MAIL})


def test_somebody_new_gets_an_account_without_a_role_by_a_link(signed_in, dolores, program):
    slip = browser_of(dolores).post(reverse("support_link")).content.decode()
    token = slip.partition("/join/")[2].partition("/")[0]
    user = accept_invitation(token=token, wanted_name="kim", password="violet otter reads maps", language="en")
    assert not user.memberships.exists() and actor_of(user).roles == frozenset()
    entry = Entry.objects.get(act="account.created")
    assert (entry.program_id, entry.object_id) == (program.pk, user.pk)
    _invitation, open_token = create_invitation(program=program, roles=[], by=dolores.actor)
    ada = make_persona(program, "ada", "administrator")
    assert "Helps from outside" in signed_in(ada).get(reverse("users")).content.decode()
    assert open_token


def test_the_mail_of_an_account_is_found_by_its_index_only(sol):
    assert sol.user.email_index == blind_index(MAIL, "email")
    assert find_helper("sol@helpers.exampl", sol.program) is None and find_helper("", sol.program) is None
