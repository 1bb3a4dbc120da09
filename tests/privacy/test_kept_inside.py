"""A record kept from somebody who works here (§2.26, B7): asked, agreed, held by the database, found nowhere."""

from uuid import uuid4

import pytest
from django.apps import apps
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils import timezone
from tests.story import make_persona

from alongside.audit.models import Entry
from alongside.people.actions import open_episode
from alongside.people.actor import get_actor
from alongside.people.kept_out import WORKERS, keeping_out, list_kept_out
from alongside.people.models import Episode, Person
from alongside.privacy import actions, queries
from alongside.privacy.models import Grant, KeptFrom, Restriction

pytestmark = pytest.mark.django_db
WHY = "She lives next door to me"


@pytest.fixture
def english(rosa, mentorship):
    rosa.user.language = "en"
    rosa.user.save(update_fields=["language"])
    return rosa


@pytest.fixture
def nora(program):
    """A second coordinator, who lives next door to Rosa."""
    return make_persona(program, "nora", "coordinator")


def ask(english, *readers, **values) -> Restriction:
    whole = {"person": english.person, "items": [], "toward": "inside", "readers": [one.user.pk for one in readers],
             "submit_key": uuid4(), "by": english.actor, "words": WHY, **values}  # fmt: skip
    return actions.ask_restriction(**whole)


def agree(english, carmen, *readers, **values) -> Restriction:
    wish = ask(english, *readers)
    return actions.decide_restriction(restriction=wish, agree=True, words="Yes.", by=carmen.actor, **values)


def actor_of(persona):
    return get_actor(persona.user)[0]


def body(answer) -> str:
    assert answer.status_code == 200
    return answer.content.decode()


# --- asked for and agreed to ---------------------------------------------------------------------------------------
def test_she_names_whom_a_coordinator_agrees_and_the_neighbor_finds_her_nowhere(signed_in, english, carmen, nora):
    url, record = reverse("me_kept"), reverse("record", args=[english.person.pk])
    assert body(signed_in(nora).get(record))
    sent = {"toward": "inside", "readers": [str(nora.user.pk)], "words": WHY, "submit_key": str(uuid4())}
    assert signed_in(english).post(url, sent).url == url
    wish = Restriction.objects.get()
    assert wish.items == [] and KeptFrom.objects.get().account_id == nora.user.pk

    page = signed_in(nora)
    assert WHY not in body(page.get(reverse("kept_asked"))), "whom it names does not read it"
    assert WHY not in body(page.get(reverse("kept", args=[english.person.pk])))
    assert page.get(reverse("kept_one", args=[wish.pk])).status_code == 404
    assert page.post(reverse("kept_end", args=[wish.pk])).status_code == 404

    page = signed_in(carmen)
    text = body(page.get(reverse("kept_one", args=[wish.pk])))
    assert WHY in text and nora.person.goes_by in text
    answer = {"agree": "yes", "words": "Yes, of course.", "readers": [str(nora.user.pk)]}
    assert page.post(reverse("kept_one", args=[wish.pk]), answer).url == reverse("kept_asked")

    assert signed_in(nora).get(record).status_code == 404
    assert english.person.goes_by not in body(
        signed_in(nora).get(reverse("people_search"), {"q": english.person.goes_by[:3]})
    )
    assert body(signed_in(carmen).get(record)), "everybody else sees her as before"
    text = body(signed_in(english).get(url))
    assert nora.person.goes_by in text and "Kept back" in text and "Yes, of course." in text
    assert nora.person.goes_by not in body(signed_in(english).get(reverse("me_privacy"))).split("<h2")[1]


def test_it_ends_when_she_wishes(signed_in, english, carmen, nora):
    wish, record = agree(english, carmen, nora), reverse("record", args=[english.person.pk])
    assert signed_in(nora).get(record).status_code == 404
    assert signed_in(english).post(reverse("me_kept_end", args=[wish.pk])).status_code == 302
    assert body(signed_in(nora).get(record))


def test_a_no_hides_nothing(signed_in, english, carmen, nora):
    actions.decide_restriction(restriction=ask(english, nora), agree=False, words="Sorry.", by=carmen.actor)
    assert body(signed_in(nora).get(reverse("record", args=[english.person.pk])))


def test_whom_she_did_not_know_by_name_is_chosen_when_it_is_answered(signed_in, english, carmen, nora):
    wish, page = ask(english), signed_in(carmen)
    path = reverse("kept_one", args=[wish.pk])
    assert "Please choose." in body(page.post(path, {"agree": "yes", "words": "Yes."}))
    page.post(path, {"agree": "yes", "words": "Yes.", "readers": [str(nora.user.pk)]})
    wish.refresh_from_db()
    assert wish.status == "agreed" and actor_of(nora).kept_out == {english.person.pk}


def test_she_says_who_or_writes_it(signed_in, english, mentorship):
    page, url = signed_in(english), reverse("me_kept")
    text = body(page.post(url, {"toward": "inside", "words": "", "submit_key": str(uuid4())}))
    assert "Please choose who it is, or write it below." in text and not Restriction.objects.exists()
    assert page.post(url, {"toward": "inside", "words": WHY, "submit_key": str(uuid4())}).url == url


# --- what cannot be ------------------------------------------------------------------------------------------------
def test_nobody_answers_what_is_about_them_and_nobody_shuts_out_themself(english, carmen, nora):
    wish = ask(english, nora)
    for readers in (None, [carmen.user.pk]):
        with pytest.raises(actions.NotAnswered):
            actions.decide_restriction(restriction=wish, agree=True, words="Yes.", by=nora.actor, readers=readers)
    with pytest.raises(actions.NotAnswered):
        actions.decide_restriction(restriction=wish, agree=True, words="Yes.", by=carmen.actor, readers=[])


def test_a_coordinator_is_left_to_answer_a_worry(english, carmen, dolores, nora):
    wish = ask(english, nora, carmen)
    with pytest.raises(actions.NobodyLeft):
        actions.decide_restriction(restriction=wish, agree=True, words="Yes.", by=dolores.actor)
    agree(english, carmen, nora)
    with pytest.raises(actions.NobodyLeft):
        actions.decide_restriction(restriction=ask(english, carmen), agree=True, words="Yes.", by=dolores.actor)


def test_her_own_peer_is_not_shut_out_unasked(signed_in, english, carmen, dante):
    wish = ask(english, dante)
    with pytest.raises(actions.StillWalks):
        actions.decide_restriction(restriction=wish, agree=True, words="Yes.", by=carmen.actor)
    answer = {"agree": "yes", "words": "Yes.", "readers": [str(dante.user.pk)]}
    text = body(signed_in(carmen).post(reverse("kept_one", args=[wish.pk]), answer))
    assert "One of them walks with the person" in text and "Yes." in text


def test_only_those_with_a_role_here_are_named_and_never_herself(english, marcus, carmen, nora, program):
    sam = make_persona(program, "sam", "participant")
    ask(english, marcus, sam, english, nora)
    assert set(KeptFrom.objects.values_list("account_id", flat=True)) == {nora.user.pk}


def test_a_reason_of_a_director_opens_nothing_any_more(signed_in, english, carmen, dolores):
    actions.open_with_reason(participant=english.person, words="A call from her sister", by=dolores.actor)
    record = reverse("record", args=[english.person.pk])
    assert body(signed_in(dolores).get(record))
    agree(english, carmen, dolores)
    page = signed_in(dolores)
    assert page.get(record).status_code == 404
    assert page.get(reverse("open_with_reason", args=[english.person.pk])).status_code == 404
    assert Grant.objects.get(kind="reason").ends_at is not None


# --- everybody else, and the house ---------------------------------------------------------------------------------
def test_only_hers_is_hidden_and_only_from_whom_she_named(english, carmen, nora, program):
    sam = make_persona(program, "sam", "participant")
    open_episode(person=sam.person, by=carmen.actor)
    agree(english, carmen, nora)
    assert actor_of(carmen).kept_out == frozenset()
    with keeping_out(actor_of(nora).kept_out):
        seen = set(queries.list_participants_visible_to(actor_of(nora)).values_list("pk", flat=True))
        assert sam.person.pk in seen and english.person.pk not in seen
        assert not Episode.objects.filter(person=english.person).exists()
        assert Episode.objects.filter(person=sam.person).exists()
        with transaction.atomic():
            assert list_kept_out() == frozenset() and Person.objects.filter(pk=english.person.pk).exists()
        assert not Person.objects.filter(pk=english.person.pk).exists()
    assert Person.objects.filter(pk=english.person.pk).exists()


def test_figures_that_a_reader_counts_are_of_everybody_and_shown_without_her(english, carmen, nora, program):
    """Whoever reads folds sums that all read: they are not short of her. What this reader sees is (0018)."""
    from alongside.impact.actions import catch_up
    from alongside.impact.queries import Ask, list_figures
    from alongside.impact.recounting import recount
    from alongside.impact.views import _list_figures

    agree(english, carmen, nora)
    now = timezone.now()
    with keeping_out(actor_of(nora).kept_out):
        assert catch_up([program])
        shown = _list_figures(Ask((program,)))
    whole = list_figures(Ask((program,)), now)
    assert whole == recount(Ask((program,)), now), "the sums are of everybody"
    assert shown[:-1] != whole
    with keeping_out(actor_of(nora).kept_out):
        assert shown[:-1] == recount(Ask((program,)), now)


def test_staff_who_are_told_of_her_are_not_those(english, carmen, nora):
    before = set(queries.list_staff_who_may_see(english.person.program_id, english.person.pk))
    agree(english, carmen, nora)
    after = set(queries.list_staff_who_may_see(english.person.program_id, english.person.pk))
    assert before - after == {nora.person}


def test_it_is_written_down_and_holds_no_name(english, carmen, nora):
    agree(english, carmen, nora)
    acts = Entry.objects.filter(object_kind="restriction", subject_id=english.person.pk)
    assert {"restriction.asked", "restriction.agreed"} <= set(acts.values_list("act", flat=True))
    assert not [one for one in acts if WHY in str(one.__dict__) or str(nora.user.pk) in str(one.__dict__)]


def test_what_goes_outside_is_as_it_was(english, carmen, nora):
    from tests.privacy.consents import signed

    agree(english, carmen, nora)
    for kind in ("specific", "intermediary"):
        left = actions.disclose(
            consent=signed(english.person, english.actor, kind), way="printed", submit_key=uuid4(), by=carmen.actor
        )
        assert left


# --- every row that hangs from somebody ----------------------------------------------------------------------------
def test_every_model_that_is_about_somebody_leaves_them_out():
    """By `retention.lines`, which says whose each row is: no way to a person is forgotten here."""
    from alongside.people.kept_out import KeptOutManager, seen
    from alongside.retention.lines import LINES

    forgotten = []
    for label, line in LINES.items():
        model = apps.get_model(label)
        if not line.whose or label in UNSEEN:
            continue
        if not isinstance(model._default_manager, KeptOutManager):
            forgotten.append(f"{label} has another manager")
        elif not seen(model, frozenset({uuid4()})):
            forgotten.append(f"{label} is seen whoever it is about")
    assert not forgotten


UNSEEN = {
    "people.Invitation": "asked before a program is known; the page of those who run accounts asks by itself",
    "people.OutgoingMessage": "the worker sends for every program; the page of what was not sent asks by itself",
    "people.HeldForm": "of an account, given back to it alone",
    "people.SignIn": "of an account, shown to it alone",
    "people.KnownDevice": "of an account, shown to it alone",
    "people.CodeAsk": "of an account, read by the code it asked for",
    "people.PaperCode": "of an account, read by the code that somebody holds",
    "people.Membership": "read before the program of a request is known; an administrator sees accounts, no content",
    "people.User": "an administrator sees accounts, no content",
    "audit.Entry": "hangs from nothing; the pages that read of others ask by themselves",
    "oversight.Unusual": "names somebody by an id alone; its page asks by itself",
    "workforce.PeerProfile": "of somebody who works here, whoever they were before",
}
"""Models about somebody whose manager leaves nobody out, with the reason. What their pages show, the walk looks at
(`promises/test_kept_inside.py`)."""


def test_the_columns_of_workers_are_those_there_are():
    names = {field.name for model in apps.get_models() for field in model._meta.concrete_fields if field.is_relation}
    assert names >= WORKERS


# --- what the database holds ---------------------------------------------------------------------------------------
def refused(change) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        change()


def test_the_database_wants_a_name_before_a_yes(english, carmen, nora):
    wish = ask(english)
    yes = {"status": "agreed", "answer": "Yes.", "decided_at": wish.asked_at}
    refused(lambda: Restriction.objects.filter(pk=wish.pk).update(**yes))
    KeptFrom.objects.create(program_id=wish.program_id, restriction=wish, account=nora.user)
    assert Restriction.objects.filter(pk=wish.pk).update(**yes) == 1


def test_the_database_keeps_who_is_named(english, carmen, nora, dolores):
    wish = agree(english, carmen, nora)
    named = KeptFrom.objects.filter(restriction=wish)
    refused(lambda: named.delete())
    refused(lambda: named.update(account=dolores.user))
    refused(lambda: KeptFrom.objects.create(program_id=wish.program_id, restriction=wish, account=dolores.user))
    assert named.update(account=None) == 1, "an account that is gone leaves nobody"
    assert actor_of(nora).kept_out == frozenset()


def test_the_database_gives_no_grant_to_whom_it_is_kept_from(english, carmen, dolores, nora):
    agree(english, carmen, dolores)
    values = {"participant_id": english.person.pk, "program_id": english.person.program_id, "by": carmen.actor}
    refused(lambda: actions.give_grant(reader_id=dolores.person.pk, kind="reason", reason_words="x", **values))
    assert actions.give_grant(reader_id=nora.person.pk, kind="cover", **values)


@pytest.mark.parametrize("values", [{"toward": "inside", "items": ["times"]}, {"toward": "anyone", "items": []}])
def test_the_database_wants_items_outside_and_none_inside(english, values):
    wish = ask(english)
    copied = {name: getattr(wish, name) for name in ("program_id", "person", "facts_digest", "asked_at")}
    refused(lambda: Restriction.objects.create(submit_key=uuid4(), **copied, **values))
