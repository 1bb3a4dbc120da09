"""How we speak of each instrument, in our own words; the instruments' own words are data."""

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

Text = str | Promise

# fmt: off
NAMES: dict[str, tuple[Text, Text]] = {
    "barc-10": (_("What I can build on"),
                _("Ten sentences about what carries you: people, home, energy, things to do.")),
    "ucla-3": (_("With others"), _("Three questions about being with others or alone.")),
    "readiness-ruler": (_("A change I think about"), _("Three numbers about one change that you have in mind.")),
    "phq-2": (_("Low days"), _("Two questions about the last two weeks.")),
    "phq-9": (_("Low days, in more words"), _("Nine questions about the last two weeks, and one that is not counted.")),
    "gad-7": (_("Worries"), _("Seven questions about the last two weeks.")),
    "k6": (_("The last month"), _("Six questions about the last 30 days.")),
    "audit-c": (_("Drinking"), _("Three questions about the last year.")),
}
_TRAINED = _("At %(cut)d or more its authors advise to talk with somebody trained.")
CUTS: dict[str, tuple[Text, ...]] = {
    "barc-10": (_(
        "In the study of its authors (123 people), many who had been in recovery for longer than a year had %(cut)d or "
        "more."
    ),),
    "ucla-3": (_("Surveys often call %(cut)d or more “lonely”. Most people know such times."),),
    "phq-2": (_TRAINED,),
    "phq-9": (_TRAINED,),
    "gad-7": (_TRAINED,),
    "k6": (_TRAINED,),
    "audit-c": (
        _("At %(cut)d or more its authors advise women, and whoever does not say, to talk with somebody trained."),
        _("They advise men to do so at %(cut)d or more."),
    ),
}
"""A sentence for each published mark of the total, in the order of the data."""
CHANGES: dict[str, Text] = {
    "matters_more": _("The number went up by %(least)d or more, which its authors call a change that matters."),
    "matters_less": _("The number went down by %(least)d or more, which its authors call a change that matters."),
    "matters_little": _(
        "The number changed by less than %(least)d, which is what its authors call a change that matters."
    ),
    "more": _("The number went up by more than chance."),
    "less": _("The number went down by more than chance."),
    "within_chance": _("The number changed no more than it may by chance."),
    "unknown": _("Nobody has published how much change is more than chance here. What do you say yourself?"),
    "too_few": _(
        "Too few people here have filled it in to say how much change is more than chance. What do you say yourself?"
    ),
}
STEPS: dict[str, Text] = {
    "below": _("Its authors set marks at %(all)s. The latest number lies below the first."),
    "between": _("Its authors set marks at %(all)s. The latest number lies from %(low)d to below %(high)d."),
    "above": _("Its authors set marks at %(all)s. The latest number lies at the last mark or above."),
}
"""Where a total lies between published marks: numbers, and no word for anybody."""
SECTIONS: dict[str, tuple[Text, Text]] = {
    "carry": (_("What you carry"), _("It moves first: within one or two months.")),
    "around": (_("Who is around you"), _("It takes longer: four to six months.")),
    "other": (_("Other questions"), ""),
}
"""Personal and social strands on clocks of their own (field notes (d)): heading, and what is known of its time."""
SECTION_OF = {"resources": "carry", "social": "around"}
"""Kind of instrument to its section; every other kind stands under "other"."""
BETTER: dict[str, Text] = {
    "more": _("A higher number stands for more to build on."),
    "less": _("A lower number stands for easier days."),
}
# fmt: on


def say_what_was_answered(name: str) -> str:
    """The words of a worry that an answer raised, in every language: its readers may speak another than the person."""
    said = []
    for language, _language in settings.LANGUAGES:
        with override(language):
            said.append(
                gettext(
                    "In a questionnaire (%(name)s) the question about being better off dead or hurting oneself "
                    "was not answered with “not at all”. Nobody has spoken with them about it yet."
                )
                % {"name": name}
            )
    return "\n\n".join(said)
