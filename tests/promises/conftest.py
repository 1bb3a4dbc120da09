"""What the promises share."""

import pytest
from tests.promises import whole_story as story_of_everybody


@pytest.fixture
def whole_story(program, carmen, lien, dolores, ada):
    """A program full of life, with canaries (`whole_story.Story`)."""
    return story_of_everybody.tell(program, carmen, lien, dolores, ada)
