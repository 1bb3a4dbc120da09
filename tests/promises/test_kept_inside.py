"""Whom somebody asked not to see them finds them on no page: every URL, as if the person were not there (§2.26, B7).

Nora holds every role of staff in Riverbend. Each participant of the story asked that she does not see their record, and
that was agreed to. Beside her, Nils holds the same roles and sees what she does not: so the test is not blind.
"""

from html import unescape
from types import SimpleNamespace
from uuid import uuid4

import pytest
from tests.promises.test_every_url import UNTOLD, everybody, no_scope, quiet, undone, visit  # noqa: F401
from tests.promises.whole_story import CANARIES
from tests.story import make_persona

from alongside.people.models import Membership, Person
from alongside.privacy.actions import ask_restriction, decide_restriction

pytestmark = pytest.mark.once

STAFF = ("coordinator", "supervisor", "director")
NOT_OF_ANYBODY = {
    "ask_detail", "group", "group_sheet", "incident", "incident_search", "incident_assess", "incident_reopen",
    "incident_words", "incident_tell",
    "incident_authority", "incident_delay", "incident_post",
}  # fmt: skip
"""What is the program's own, an ask, a group or an incident: it is there, and whom it concerns is left out of it."""


@pytest.fixture
def kept(everybody, program, dolores, carmen):  # noqa: F811
    """The story, with Nora from whom everybody's record is kept, and Nils from whom nobody's is."""
    story = everybody
    for name in ("nora", "nils"):
        one = make_persona(program, name, "coordinator")
        for role in STAFF:
            Membership.objects.get_or_create(user=one.user, program=program, role=role)
        story.people[name] = one
    nora = story.people["nora"]
    served = list(Person.objects.filter(episodes__isnull=False).exclude(pk=nora.person.pk).distinct())
    for person in served:
        wish = ask_restriction(person=person, items=[], toward="inside", readers=[nora.user.pk], words="",
                               submit_key=uuid4(), by=SimpleNamespace(user_id=person.user_id, role="participant",
                               person_id=person.pk, program_id=program.pk))  # fmt: skip
        by = dolores.actor if person.pk == carmen.person.pk else carmen.actor
        decide_restriction(restriction=wish, agree=True, words="Yes.", by=by)
    story.objects["served"] = served
    return story


OF_NOBODY_SERVED = frozenset({
    "canary who asked", "canary who applied", "copper canary of the row", "khaki canary of the wrong file",
    "russet canary of the wrong number", "azure canary of the bridge", "topaz canary of the draft page",
    "beryl canary of the link", "linen canary of why they help",
})  # fmt: skip
"""Whoever asks or applies is no participant yet; groups, places, events and pages are the program's own."""


HER_OWN_PHONE = ("ask_detail", "555-0142")
"""Whoever asked has the same number as Rosa: a twin, of whom Nora is told nothing."""


def marks(story) -> list[str]:
    """By what somebody is known on a page: canaries, and the ids of their record."""
    return [one.lower() for one in CANARIES if one.lower() not in OF_NOBODY_SERVED] + [
        str(person.pk) for person in story.served
    ]


@pytest.mark.parametrize("method", ["get", "post"])
def test_whoever_is_kept_out_finds_nobody_anywhere(kept, method):
    known, told, there, shown = marks(kept), [], [], 0
    theirs = {answer.page.name: answer for answer in visit(kept, "nils", method)}
    for answer in visit(kept, "nora", method):
        body = unescape(answer.body).lower().replace(answer.path.lower(), "")
        found = [mark for mark in known if mark in body and (answer.page.name, mark) != HER_OWN_PHONE]
        if found:
            told.append(f"{answer}: {found}")
        if answer.status >= 500:
            told.append(f"{answer}: {answer.error}")
        other = theirs[answer.page.name]
        seen = unescape(other.body).lower()
        # What Nils is shown of somebody at an address that names them is not there for Nora.
        shows = other.status not in UNTOLD and any(mark in seen for mark in known)
        shown += shows
        is_theirs = answer.page.names_an_object and answer.page.name not in NOT_OF_ANYBODY
        if shows and is_theirs and answer.status not in UNTOLD:
            there.append(str(answer))
    assert not told, "\n".join(told)
    assert not there, "\n".join(there)
    assert shown > (60 if method == "get" else 10), "or the test sees nothing"
