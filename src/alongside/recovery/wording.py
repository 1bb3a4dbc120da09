"""The sentences of a person's own pages: what each part asks, each stage, each prompt. Codes are in `rules.sheets`."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Text = str | Promise

# fmt: off
PARTS: dict[str, tuple[Text, Text]] = {
    # The plan
    "hope": (_("A hope"), _("What would a good life look like? Big or small, as you would say it to a friend.")),
    "strengths": (_("Strengths"), _("What has carried you so far? What do others come to you for?")),
    "people": (_("People"), _("Who is good for you? One on each line, if you like.")),
    "places": (_("Places"), _("Where do you feel well or safe? Where are people who get it?")),
    # The wellness plan
    "good_day": (_("A good day"), _("How are you when you are doing well? What would others notice?")),
    "each_day": (_("What keeps me well"), _("Small things that help when you do them most days.")),
    "harder": (_("What makes days harder"), _("Times, places, feelings or people that pull you down.")),
    "notice": (_("How I notice"), _("First signs that things are getting harder.")),
    "helps": (_("What I do then"), _("What has helped before, or could help.")),
    "others": (_("What others may do"), _("What may people do for you then? What should they leave?")),
    # The safety plan
    "signs": (_("How I notice that it gets hard"), _("Thoughts, feelings or things you do when it begins.")),
    "own_ways": (
        _("What I can do by myself"),
        _("Things that let it pass, even for a little: a walk, a song, cold water."),
    ),
    "company": (
        _("People and places that take my mind off it"),
        _("One on each line, with a number if you have it. You need not say how you are."),
    ),
    "ask": (_("People I can ask for help"), _("One on each line: name and number.")),
    "trained": (
        _("Trained people and lines"),
        _("Somebody you trust at a program or an office, with a number. Help lines stand on this page anyway."),
    ),
    "safer": (
        _("How I make the space around me safer"),
        _("What could you put out of reach or leave with somebody? Who can help? Is there naloxone at home?"),
    ),
    # Days
    "counting": (_("What I count"), _("In your own words, or leave it empty.")),
}
"""Part -> its name, and what it asks."""

AREAS: dict[str, tuple[Text, Text]] = {
    "health": (_("Health"), _("Body and mind, sleep, medicine, what I use or do not use.")),
    "home": (_("Home"), _("A place to live that is safe and steady.")),
    "purpose": (_("Purpose"), _("Work, school, caring for others, making things, money of my own.")),
    "community": (_("Community"), _("Friends, family, groups, love, places where I belong.")),
}
STAGES: dict[str, tuple[Text, Text]] = {
    "not_now": (_("Fine as it is"), _("Nothing to change here for now.")),
    "thinking": (_("Thinking about it"), _("Some days yes, some days no.")),
    "getting_ready": (_("Getting ready"), _("I want to, and I am looking for a way.")),
    "doing": (_("On it"), _("I am doing something about it.")),
    "keeping": (_("Keeping it up"), _("It has become part of my life.")),
}
PROMPTS: dict[str, Text] = {
    "good_as_it_is": _("What is good about how it is now?"),
    "what_would_tell": _("What would tell you that it is time for a change?"),
    "both_sides": _("What speaks for staying as it is, and what for a change?"),
    "in_a_year": _("How would you like it to be in a year?"),
    "smallest_step": _("What is the smallest step you could take this week?"),
    "who_beside": _("Who could be beside you for it?"),
    "what_helps_now": _("What helps you to go on?"),
    "what_gets_in_the_way": _("What gets in the way, and what could you try then?"),
    "what_holds": _("What holds it in place on a hard day?"),
    "pass_on": _("What have you learned that could help somebody else?"),
}
NUDGES: dict[str, Text] = {
    "no_company": _("Who, or which place, takes your mind off it? Many people leave this out, and it helps a lot."),
    "no_ask": _("Whom could you ask for help? Even one name makes a difference. It can be somebody from here."),
    "no_number": _("Add a telephone number to at least one name, so that you need not look for it then."),
}
OWNERS: dict[str, Text] = {"person": _("The person"), "peer": _("Their peer")}
OWN_OWNERS: dict[str, Text] = {"person": _("I do it"), "peer": _("The person beside me does it")}
DONE_WITH: dict[str, Text] = {
    "goal_added": _("New goal"), "goal_changed": _("Goal in other words"), "goal_area": _("Goal moved to another area"),
    "goal_done": _("Goal reached"), "goal_opened": _("Goal taken up again"), "goal_set_aside": _("Goal set aside"),
    "step_added": _("New step"), "step_changed": _("Step in other words"), "step_owner": _("Who takes the step"),
    "step_due": _("Day of the step"), "step_done": _("Step done"), "step_opened": _("Step taken up again"),
    "step_set_aside": _("Step set aside"),
    "chapter_begun": _("Began to count"), "chapter_ended": _("Stopped counting; what was built is kept"),
    "chapter_changed": _("First day changed"), "milestone_added": _("New milestone"),
    "milestone_set_aside": _("Milestone taken off the list"),
    "hidden": _("Kept to oneself"), "shown": _("Shown again"),
}
"""What was done -> how the history says it."""
# fmt: on


def part_name(part: str) -> Text:
    """The name of a part; for a stage, that of its area of life."""
    return AREAS[part.removeprefix("stage_")][0] if part.startswith("stage_") else PARTS[part][0]
