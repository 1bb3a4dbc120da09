"""A page of a parent answered twice, or signed while it is taken back; one code typed twice: one of them wins."""

import threading
from datetime import timedelta

import pytest
from django.db import DatabaseError
from django.db.models import QuerySet
from django.utils import timezone

from alongside.partners import actions
from alongside.partners.models import SignerLink
from alongside.people import actions as people
from alongside.people import codes
from alongside.people.actions import change_person
from alongside.people.models import CodeAsk, PaperCode
from alongside.people.short_codes import hash_code
from alongside.privacy import actions as privacy
from alongside.privacy.models import Consent
from alongside.rules.lifecycles import MoveNotAllowed
from alongside.rules.sign_in_codes import read
from tests.privacy.consents import drafted, look
from tests.races.test_choosing import run_together, two_writers
from tests.story import day_there

pytestmark = [pytest.mark.races, pytest.mark.django_db(transaction=True)]
ROUNDS = 4


@pytest.fixture
def asked(rosa, carmen):
    """`asked()`: a permission of a minor, its page, opened: (consent, answers with yes or no)."""
    born_on = day_there() - timedelta(days=16 * 366)
    change_person(person=rosa.person, by=rosa.actor, language="en", birth_date=born_on)
    rosa.person.refresh_from_db()

    def make():
        consent = drafted(rosa.person, rosa.actor)
        link, token = actions.ask_signer(
            consent=consent, by=rosa.actor, language="en", reach="213-555-0199", own_name="Rosa Cenzontle",
            seen={consent.pk: look(consent).digest},
        )  # fmt: skip
        page = actions.open_signer(token=token, code=actions.make_code(link=link, by=carmen.actor))

        def answer(*, signs):
            return actions.answer_signer(
                token=token, link_id=link.pk, signs=signs, name="Lucia Cenzontle", relation="parent",
                shown=page.digests,
            )  # fmt: skip

        return consent, link, answer

    return make


ONE_WINS = ["NoneType", "SignerLink"]
"""One is the answer; the other hears, kindly, that it was answered, and nothing breaks."""


def answers_of(results) -> list[str]:
    return sorted(type(one).__name__ for one in results)


def state(consent) -> str:
    return Consent.objects.values_list("status", flat=True).get(pk=consent.pk)


def test_two_answers_on_one_page(program, asked):
    for number in range(ROUNDS):
        consent, link, answer = asked()
        second = number % 2 == 0
        results = run_together(program, lambda a=answer: a(signs=True), lambda a=answer, s=second: a(signs=s))
        assert answers_of(results) == ONE_WINS, results
        link.refresh_from_db()
        assert (link.status == "signed") == (state(consent) == "active")
        if state(consent) == "active":
            privacy.stop_sharing(consent=consent, by=program_actor(consent))


def program_actor(consent):
    from alongside.people.actor import get_actor

    return get_actor(consent.person.user)[0]


@pytest.mark.parametrize("how", ["stop", "throw"])
def test_taken_back_while_the_parent_signs(program, asked, rosa, how):
    """Either it was in force first, and is stopped by the next press; or nothing was ever in force."""
    by = rosa.actor
    for _ in range(ROUNDS):
        consent, link, answer = asked()
        undo = {
            "stop": lambda link=link: actions.stop_signer(link=link, by=by),
            "throw": lambda consent=consent: privacy.withdraw_draft(consent=consent, by=by),
        }[how]
        results = run_together(program, lambda a=answer: a(signs=True), undo)
        link.refresh_from_db()
        signed = isinstance(results[0], SignerLink)
        assert signed == (link.status == "signed") == (state(consent) == "active"), results
        assert not any(isinstance(one, DatabaseError) for one in results), results
        if signed:
            assert results[1] is False or isinstance(results[1], MoveNotAllowed)
            privacy.stop_sharing(consent=consent, by=by)
            assert state(consent) == "revoked"
        elif how == "throw":
            assert state(consent) == "withdrawn"


def test_a_naive_signature_is_refused_by_the_database(program, asked):
    """One that does not look whether it still waits: the triggers say no, whatever the page believed."""
    consent, link, answer = asked()
    privacy.withdraw_draft(consent=consent, by=program_actor(consent))
    with pytest.raises(DatabaseError):
        SignerLink.objects.filter(pk=link.pk).update(
            status="signed", answered_at=timezone.now(), ended_at=timezone.now(), other_name="Lucia",
            relation="parent", other_shown=[],
        )  # fmt: skip
    assert answer(signs=True) is None


def type_paper_code_twice(program, rosa) -> int:
    """How many of two who type one code from paper at the same moment are let in."""
    (code, *_rest) = people.make_paper_codes(user=rosa.user, by=rosa.actor)
    results = run_together(
        program, *(lambda code=code: people.use_paper_code(login="rosa", typed=code) for _ in range(2))
    )
    assert not any(isinstance(one, Exception) for one in results), results
    return sum(one == rosa.user for one in results)


def test_one_code_from_paper_typed_twice_at_once(program, rosa):
    for _ in range(ROUNDS):
        assert type_paper_code_twice(program, rosa) == 1
        assert PaperCode.objects.filter(user=rosa.user, used_at__isnull=False, ended_at=None).count() >= 1


def type_mailed_code_twice(program, rosa) -> int:
    """The same of a code from a mail."""
    ask = people.ask_for_code(typed="rosa", language="en")
    CodeAsk.objects.filter(pk=ask).update(user=rosa.user, code_hash=hash_code(codes.MAIL_SALT, ask, "12345678"))
    results = run_together(program, *(lambda: people.use_mailed_code(ask_id=ask, typed="1234 5678") for _ in range(2)))
    assert not any(isinstance(one, Exception) for one in results), results
    return sum(one == rosa.user for one in results)


def test_one_code_from_a_mail_typed_twice_at_once(program, rosa):
    for _ in range(ROUNDS):
        assert type_mailed_code_twice(program, rosa) == 1


# --- the same races must catch a naive variant -----------------------------------------------------------------------
def test_a_paper_code_that_is_looked_for_before_it_is_used_up_lets_two_in(program, rosa, monkeypatch):
    """Check-then-act: both have seen that it counts. The product asks and uses it up in one statement."""
    meet = threading.Barrier(2)

    def look_and_then_write(user, typed, now):
        theirs = hash_code(codes.PAPER_SALT, user.pk, read(typed))
        if not codes.open_paper(user, now).filter(code_hash=theirs).exists():
            return False
        meet.wait(timeout=20)  # both have looked
        return PaperCode.objects.filter(user=user, code_hash=theirs).update(used_at=now) == 1

    monkeypatch.setattr(codes, "use_paper", look_and_then_write)
    assert type_paper_code_twice(program, rosa) == 2


def test_a_code_from_a_mail_that_is_read_without_its_lock_lets_two_in(program, rosa, monkeypatch):
    meet = threading.Barrier(2)

    def look_and_then_write(ask_id, typed, now):
        ask = CodeAsk.objects.get(pk=ask_id)
        if ask.used_at is not None or ask.code_hash != hash_code(codes.MAIL_SALT, ask.pk, read(typed)):
            return None
        meet.wait(timeout=20)  # both have looked
        CodeAsk.objects.filter(pk=ask.pk).update(used_at=now)
        return ask.user

    monkeypatch.setattr(codes, "use_mailed", look_and_then_write)
    assert type_mailed_code_twice(program, rosa) == 2


@two_writers
@pytest.mark.parametrize("second", [True, False], ids=["two yeses", "a yes and a no"])
def test_without_the_locks_two_answers_meet_on_one_page(program, asked, monkeypatch, second):
    """Both have seen that it waits. Then only a trigger of the database stands between them, if anything does."""
    from alongside.partners.actions import signers

    meet, answer_real = threading.Barrier(2), signers._answer

    def answer_together(*args):
        meet.wait(timeout=10)
        return answer_real(*args)

    _consent, _link, answer = asked()
    monkeypatch.setattr(signers, "_answer", answer_together)
    monkeypatch.setattr(QuerySet, "select_for_update", lambda found, **_options: found)
    results = run_together(program, lambda: answer(signs=True), lambda: answer(signs=second))
    assert answers_of(results) != ONE_WINS, results
