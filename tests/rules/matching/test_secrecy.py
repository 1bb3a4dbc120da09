"""D7: a never-pair, a boundary, a peer's own limit and a full peer look exactly alike from outside."""

import json
from dataclasses import asdict, replace

import pytest
from hypothesis import given, settings
from tests.rules.matching.people import dante, lists, rosa

from alongside.rules.matching import DEFAULT_POLICY, Limit, check_pair, propose, shortlist

EXCLUDED = frozenset({("rosa", "dante")})


def without_digest(result):
    return json.dumps({**asdict(result), "digest": ""}, sort_keys=True)


@pytest.mark.parametrize(
    "hidden",
    [dante(places_free=0), dante(limits=(Limit("gender", "woman"),))],
    ids=["no free place", "own limit"],
)
def test_excluded_pair_is_equal_to_any_other_unavailable_one(hidden):
    assert check_pair(rosa(), dante(), DEFAULT_POLICY, EXCLUDED) == check_pair(
        rosa(), hidden, DEFAULT_POLICY, frozenset()
    )
    one = shortlist(rosa(), [dante(), dante(id="lien")], DEFAULT_POLICY, EXCLUDED)
    other = shortlist(rosa(), [hidden, dante(id="lien")], DEFAULT_POLICY)
    assert one == other
    assert repr(one) == repr(other)


def test_exclusion_with_another_reason_tells_no_more_than_a_full_peer_with_it():
    loved_one = rosa(kind="loved_one")
    assert check_pair(loved_one, dante(places_free=0), DEFAULT_POLICY, EXCLUDED) == check_pair(
        loved_one, dante(places_free=0), DEFAULT_POLICY, frozenset()
    )


def test_whole_result_is_the_same_text_whether_excluded_or_limited():
    limited = dante(limits=(Limit("gender", "woman"),))
    excluded = propose([rosa()], [dante()], DEFAULT_POLICY, EXCLUDED)
    assert without_digest(excluded) == without_digest(propose([rosa()], [limited], DEFAULT_POLICY))
    assert excluded.unmatched[0].code == "not_available"
    assert excluded.unmatched[0].refused == {"not_available": 1}


@settings(max_examples=150, deadline=None)
@given(lists())
def test_any_list_tells_the_same_with_exclusions_as_with_limits_in_their_place(people):
    """Give each person a need of their own and each peer a limit on exactly those they must not meet."""
    waiting, serving, exclusions = people
    marked = [replace(seeker, needs=seeker.needs | {f"only_{seeker.id}"}) for seeker in waiting]
    limited = [
        replace(
            peer,
            limits=(*peer.limits, *(Limit("need", f"only_{s}") for s, p in sorted(exclusions) if p == peer.id)),
        )
        for peer in serving
    ]
    one = propose(marked, serving, DEFAULT_POLICY, exclusions)
    other = propose(marked, limited, DEFAULT_POLICY)
    assert without_digest(one) == without_digest(other)
