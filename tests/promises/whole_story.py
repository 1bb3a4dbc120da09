"""One program full of life, made through the product's own actions, with canaries where the secrets are.

Rosa walks with Dante: notes, an answer, messages, a planned time, a change of peer that she asked for. Olu has an open
round of offers; Nia chose Dante and waits for his answer. Somebody asked for help, somebody applied, a roster waits for
its answer, links were given out. Sam (participant) and Pat (peer) belong to the program and to nobody in this story.

A page that a role may not see must hold none of `CANARIES`. The parts of the story are told in the files `story_of_…`.
"""

from types import SimpleNamespace

from tests.promises import story_of_arriving as arriving
from tests.promises import story_of_privacy as privacy
from tests.promises import story_of_walking as walking
from tests.promises.story_itself import Story
from tests.story import make_account

CANARIES = (
    "Quetzalrosa",  # the names by which Rosa, Olu and Nia go
    "Zeppolu",
    "Wisterinia",
    "Rosalinda Cenzontle",  # a legal name
    "5550142",  # the end of a telephone number, however it is written
    "555-0142",
    "quetzal.rosa@example.org",
    "violet canary of the note",
    "amber canary of the next step",
    "apricot canary of her own line",
    "green canary of the answer",
    "scarlet canary of the message",
    "cobalt canary of whom they told",
    "mauve canary of what they passed on",
    "silver canary of the reply",
    "canary who asked",
    "indigo canary of the wish",
    "canary who applied",
    "copper canary of the row",
    "canary cafe",
    "teal canary of the change",
    "crimson canary of the recipient",
    "ivory canary of the matter",
    "maroon canary of the emergency",
    "plum canary of the hope",
    "olive canary of the goal",
    "pearl canary of the step",
    "coral canary of the hard day",
    "lilac canary of the good day",
    "ochre canary of the milestone",
    "magenta canary of the worry",
    "saffron canary of the call",
    "amethyst canary of the telling",
    "cobalt canary of the agreement",
    "ebony canary of the practice",
    "sienna canary of the circle",
    "saffron canary of the notice",
    "umber canary of the complaint",
    "bronze canary of the reach",
    "khaki canary of the wish to keep",
    "russet canary of whom she named",
    "saffron canary of the hold",
    "sienna canary of the demand",
    "umber canary of the report",
    "khaki canary of the bag",
    "saffron canary of the reflection",
    "canary.partner@example.org",
    "sienna canary of the partner",
    "juniper canary of who referred",
    "juniper canary of what would help",
    "azure canary of the group",
    "azure canary of the bridge",
    "hazel canary of the breakfast",
    "hazel canary of the ask",
    "hazel canary of how it felt",
    "cerise canary of the draft",
    "cerise canary of what she took back",
    "cerise canary of what stays out",
    "beryl canary of the alias",
    "beryl canary of the event",
    "beryl canary of the link",
    "khaki canary of the wrong file",
    "russet canary of the wrong number",
    "topaz canary of the draft page",
    "linen canary of why they help",
    "jade canary of the mother",
    "jade canary of his name",
)


def tell(program, carmen, lien, dolores, ada) -> Story:
    """The whole story. The program must be in scope."""
    story = Story(program, {"carmen": carmen, "lien": lien, "dolores": dolores, "ada": ada})
    story.people["cleo"] = SimpleNamespace(user=make_account("cleo", program, "council"), person=None, program=program)
    walking.peers(story)
    walking.rosa_and_dante(story)
    walking.her_own_pages(story)
    walking.how_she_is(story)
    walking.places_that_help(story)
    walking.who_is_worried(story)
    privacy.the_law_at_the_door(story)
    walking.for_him_alone(story)
    walking.who_is_called(story)
    walking.who_meets(story)
    walking.who_comes(story)
    walking.what_she_told(story)
    walking.what_they_share(story)
    arriving.what_runs()
    arriving.what_meets(story)
    walking.what_the_group_writes(story)
    walking.where_she_goes(story)
    arriving.what_the_site_says(story)
    arriving.figures_so_far(story)
    arriving.those_who_choose(story)
    arriving.those_who_arrive(story)
    arriving.those_written_twice(story)
    arriving.what_leaves(story)
    privacy.what_was_told(story)
    privacy.what_she_was_told(story)
    privacy.what_was_not_right(story)
    privacy.what_is_shared(story)
    privacy.what_is_kept_back(story)
    privacy.what_she_wants_no_mail_about(story)
    privacy.who_opened_what(story)
    privacy.who_wishes_to_be_erased(story)
    privacy.where_she_goes(story)
    privacy.what_a_partner_gets(story)
    privacy.who_helps_from_outside(story)
    privacy.who_signs_beside_him(story)
    return story
