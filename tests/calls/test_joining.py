"""Two records become one: agreements and calls come along, and whoever calls somebody is no one person with them."""

from uuid import uuid4

import pytest
from tests.calls.conftest import NOON

from alongside.calls import actions
from alongside.calls.models import Agreement, Call, Caller, Claim
from alongside.people.actions import create_person, merge_persons
from alongside.people.actions.merging import MergeRefused


def test_agreement_and_calls_come_along(agreed, nadia, carmen, vera, calls, program):
    calls(vera, agreed, "well")
    other = create_person(program=program, by=carmen.actor, goes_by="Nadia again")
    merge = merge_persons(first=other, second=nadia.person, by=carmen.actor)
    assert {Agreement.objects.get().person_id, Call.objects.get().person_id} == {merge.kept_id}
    assert Agreement.objects.get().status == "agreed"


def test_somebody_who_is_being_called_can_be_joined_meanwhile(agreed, nadia, carmen, vera, take, program):
    take(vera, agreed)
    other = create_person(program=program, by=carmen.actor, goes_by="Nadia again")
    merge = merge_persons(first=other, second=nadia.person, by=carmen.actor)
    actions.record_call(agreement_id=agreed.pk, outcome="well", submit_key=uuid4(), by=vera.actor, now=NOON)
    assert Call.objects.get().person_id == merge.kept_id


def test_what_a_caller_has_taken_comes_along(agreed, vera, carmen, take, program):
    take(vera, agreed)
    other = create_person(program=program, by=carmen.actor, goes_by="Vera again")
    merge = merge_persons(first=other, second=vera.person, by=carmen.actor)
    assert Claim.objects.get().caller_id == merge.kept_id


def test_a_mark_of_a_caller_comes_along(vera, carmen, program):
    other = create_person(program=program, by=carmen.actor, goes_by="Vera again")
    merge = merge_persons(first=other, second=vera.person, by=carmen.actor)
    assert Caller.objects.get().person_id == merge.kept_id


def test_whoever_called_somebody_is_somebody_else(agreed, nadia, carmen, vera, take):
    take(vera, agreed)
    with pytest.raises(MergeRefused) as refused:
        merge_persons(first=nadia.person, second=vera.person, by=carmen.actor)
    assert "one_supports_other" in refused.value.codes
    actions.record_call(agreement_id=agreed.pk, outcome="well", submit_key=uuid4(), by=vera.actor, now=NOON)
    with pytest.raises(MergeRefused) as refused:
        merge_persons(first=nadia.person, second=vera.person, by=carmen.actor)
    assert "one_supports_other" in refused.value.codes
