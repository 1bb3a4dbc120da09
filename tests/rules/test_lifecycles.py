"""Every state machine: only the moves of its table, an actor for each, and a way to an end from everywhere."""

import re

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from alongside.rules.lifecycles import (
    ALL,
    PARTICIPANT,
    PARTNER,
    PEER,
    STAFF,
    SYSTEM,
    VISITOR,
    Lifecycle,
    MoveNotAllowed,
)

ACTORS = (PARTICIPANT, PEER, STAFF, SYSTEM, PARTNER, VISITOR)
each_lifecycle = pytest.mark.parametrize("life", ALL, ids=lambda life: life.kind)


@each_lifecycle
def test_every_move_has_a_known_actor_and_goes_somewhere(life: Lifecycle):
    for (source, target), actors in life.moves.items():
        assert actors and actors <= set(ACTORS), (source, target)
        assert source != target


@each_lifecycle
def test_every_state_can_reach_an_end(life: Lifecycle):
    reaching = set(life.ends())
    assert reaching
    while more := {source for source, target in life.moves if target in reaching} - reaching:
        reaching |= more
    assert reaching == set(life.states)


@each_lifecycle
def test_every_state_can_be_entered(life: Lifecycle):
    entered = {life.first} | {target for _, target in life.moves}
    unentered = set(life.states) - entered
    # A contact may begin as a plan or as a draft; all other things begin in one state.
    assert unentered == ({"planned"} if life.kind == "contact" else set())


@each_lifecycle
def test_states_are_plain_codes_that_fit_their_columns(life: Lifecycle):
    assert all(re.fullmatch(r"[a-z]+(_[a-z]+)*", state) for state in (life.kind, *life.states))
    assert len(set(life.states)) == len(life.states)


def test_kinds_are_named_once():
    assert len({life.kind for life in ALL}) == len(ALL)


def test_a_refused_move_says_what_it_was():
    with pytest.raises(MoveNotAllowed) as refused:
        ALL[0].check_move("closed", "active", by=STAFF)
    assert (refused.value.kind, refused.value.source, refused.value.target, refused.value.by) == (
        "episode",
        "closed",
        "active",
        "staff",
    )


class AnyLife(RuleBasedStateMachine):
    """Somebody tries anything, with any thing: it moves exactly when the table says so, and ends stay ends."""

    @initialize(life=st.sampled_from(ALL))
    def begin(self, life: Lifecycle) -> None:
        self.life, self.state = life, life.first

    @rule(pick=st.integers(0, 30), by=st.sampled_from((*ACTORS, "visitor", "")))
    def try_any_state(self, pick: int, by: str) -> None:
        target = (*self.life.states, "nowhere")[pick % (len(self.life.states) + 1)]
        allowed = by in self.life.moves.get((self.state, target), ())
        assert self.life.may_move(self.state, target, by=by) is allowed
        if allowed:
            self.life.check_move(self.state, target, by=by)
            assert self.state not in self.life.ends()
            self.state = target
        else:
            with pytest.raises(MoveNotAllowed):
                self.life.check_move(self.state, target, by=by)

    @rule(pick=st.integers(0, 30))
    def make_an_allowed_move(self, pick: int) -> None:
        moves = [(target, by) for (source, target), by in self.life.moves.items() if source == self.state]
        if moves:
            target, actors = moves[pick % len(moves)]
            self.life.check_move(self.state, target, by=min(actors))
            self.state = target

    @invariant()
    def the_state_is_known(self) -> None:
        assert self.state in self.life.states


TestAnyLife = AnyLife.TestCase
TestAnyLife.settings = settings(max_examples=60, stateful_step_count=25, deadline=None)
