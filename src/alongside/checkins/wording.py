"""The sentences of a check-in: what each question asks, and what the two ends of its scale mean."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Text = str | Promise

# fmt: off
QUESTIONS: dict[str, tuple[Text, Text, Text, Text]] = {
    "mood": (_("Mood"), _("How do you feel?"), _("very low"), _("good")),
    "craving": (_("Free of the pull to use"), _("How free are you of the pull to use?"),
                _("strong pull"), _("no pull")),
    "connection": (_("Feeling connected"), _("How connected do you feel with others?"), _("alone"), _("close")),
    "health": (_("Health"), _("How is it going with body, mind and sleep?"), _("very hard"), _("well")),
    "home": (_("Home"), _("How is it going where you live?"), _("very hard"), _("well")),
    "purpose": (_("Purpose"), _("How is it going with work, school, or what gives your days a sense?"),
                _("very hard"), _("well")),
    "community": (_("Community"), _("How is it going with friends, family and groups?"), _("very hard"), _("well")),
}
"""Question -> its name, what it asks, and what 1 and the top of the scale mean. More is always better, also where
the name stands alone beside a number."""
# fmt: on
