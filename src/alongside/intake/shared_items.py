"""What may be shared of what somebody asked for when they came: their own wishes, never what staff noted."""

from django.utils.translation import gettext as _

from alongside.people.labels import spoken
from alongside.people.models import Person
from alongside.privacy.items import Rows

from .models import Wishes


def tell_wishes(person: Person) -> Rows:
    """Of the latest time with us: what they would like help with, in their own words, and in which languages."""
    wishes = Wishes.objects.filter(episode__person=person).order_by("-episode__opened_at").first()
    if wishes is None:
        return []
    rows = [
        [_("Would like help with"), ", ".join(spoken("need", code) for code in wishes.needs)],
        [_("In their own words"), wishes.own_words],
        [_("Languages"), ", ".join(spoken("language", code) for code in wishes.languages)],
    ]
    return [row for row in rows if row[1]]
