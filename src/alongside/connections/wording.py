"""The sentences of connections. Codes are in `rules.connections`."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Text = str | Promise

KINDS: dict[str, Text] = {"person": _("A person"), "group": _("A group"), "place": _("A place")}
RINGS: dict[str, tuple[Text, Text]] = {
    "close": (_("Very close"), _("Most days, or always there for me.")),
    "around": (_("Part of my life"), _("I see them or go there often.")),
    "far": (_("Now and then"), _("I would like more of it, or less.")),
}
SUPPORTS: dict[str, Text] = {
    "yes": _("Yes"),
    "sometimes": _("Sometimes"),
    "no": _("Not now"),
    "unsure": _("I am not sure"),
}
GOOD: dict[str, Text] = {
    "yes": _("good for recovery"),
    "sometimes": _("sometimes good for recovery"),
    "no": _("not good for recovery now"),
    "unsure": _("not sure"),
}
MARKS: dict[str, Text] = {
    "yes": _("Full: good for recovery"),
    "sometimes": _("Full at the foot: sometimes good for recovery"),
    "no": _("Empty: not good for recovery now"),
    "unsure": _("Dashed: not sure"),
}
"""The key of the picture: how each is drawn. Fill and outline tell them apart, and no colour does."""
STEPS: dict[str, Text] = {
    "begin": _("Begin with one: who, or which place, comes to your mind first?"),
    "somebody": _("Is there one person, group or place that would be glad to see you do well? Write it down."),
    "nearer": _("Somebody good for you is a little far. What could bring them one step nearer this week?"),
    "second": _("It rests on few. Who could be a second one, even for small things?"),
    "group": _("A group holds when one person cannot. Which would you look at, and who comes along?"),
    "place": _("Which place does you good: a library, a park, a hall, a church? Add it, and go once."),
    "beside": _("Somebody close makes it harder now. Who could be beside you when you see them?"),
    "keep": _("You have people, groups and places. Which one would you like to thank this week?"),
}
