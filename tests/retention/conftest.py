"""What the tests of keeping and erasing share: a story full of canaries."""

import pytest


@pytest.fixture
def free_story(whole_story):
    """The same; the legal hold on Rosa is over."""
    from alongside.legal.actions import end_hold
    from alongside.legal.models import LegalHold

    for hold in LegalHold.objects.filter(person=whole_story.rosa.person, ended_at=None):
        end_hold(hold=hold, words="saffron canary of the hold", by=whole_story.dolores.actor)
    return whole_story
