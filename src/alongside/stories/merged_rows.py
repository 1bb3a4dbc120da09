"""What becomes of stories when two records become one: they are still their writer's."""

from alongside.people.joining import MOVE

RULES = {"stories.Story.person": MOVE}
