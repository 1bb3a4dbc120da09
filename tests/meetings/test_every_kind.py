"""Every fellowship and every kind that the form offers is found by it, from a list of its own and in a mixed one."""

import json

import pytest
from tests.meetings.test_feeds import entry, make_feed
from tests.meetings.test_finder import post

from alongside.meetings import actions
from alongside.rules.meetings.kinds import FELLOWSHIPS, KINDS

OTHERS = sorted(FELLOWSHIPS.keys() - {"own"})


def found(client, **values) -> set[str]:
    names: set[str] = set()
    for page in range(1, 4):
        names |= {one["row"].name for one in post(client, when="week", page=str(page), **values).context["rows"]}
    return names


@pytest.mark.parametrize("is_mixed", [False, True])
def test_every_fellowship_and_kind_is_found(program, carmen, client, is_mixed):
    rows = {code: entry(slug=code, name=code) for code in OTHERS}
    if is_mixed:
        told = [row | {"fellowship": FELLOWSHIPS[code][0] or code} for code, row in rows.items()]
        actions.take_in(feed=make_feed(program, carmen.actor, fellowship="other"), content=json.dumps(told).encode(),
                        by=carmen.actor)  # fmt: skip
    else:
        for code, row in rows.items():
            actions.take_in(feed=make_feed(program, carmen.actor, fellowship=code, name=code), by=carmen.actor,
                            content=json.dumps([row]).encode())  # fmt: skip
    actions.write_own(program=program, told=entry(name="own"), by=carmen.actor)
    offered = [code for code, _name in post(client).context["form"].fields["fellowship"].choices if code]
    assert set(offered) == set(FELLOWSHIPS) - {"own", "other"}
    for code in offered:
        assert found(client, fellowship=code) == {code}
    for kind in KINDS:
        assert found(client, kind=kind) == {code for code, (_name, one) in FELLOWSHIPS.items() if one == kind}
