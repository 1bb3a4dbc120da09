"""What somebody asks for, section by section, in words."""

from django.utils.translation import gettext as _

from alongside.people.labels import label
from alongside.people.models import Episode
from alongside.people.speaking import list_reach_facts

from .forms.parts import OWN_PARTS
from .rosters.words import speak_value


def list_own_sections(episode: Episode) -> list[dict]:
    """[{part, title, facts}] of everything a participant may change themselves."""
    wishes, safe = getattr(episode, "wishes", None), getattr(episode.person, "safe_contact", None)
    facts: dict[str, list] = {part: [] for part in OWN_PARTS}
    if wishes:
        facts["help"] = [
            (_("What would help"), _codes("need", wishes.needs)),
            (_("In my own words"), wishes.own_words),
            (_("My pathway"), _codes("pathway", wishes.pathways)),
            (_("Languages"), _codes("language", wishes.languages)),
        ]
        facts["peer"] = [
            (label("preference", one.feature), speak_value("preferences", [[one.feature, one.value, one.strength]]))
            for one in sorted(wishes.preferences.all(), key=lambda one: (one.feature, one.strength, one.value))
        ]
        facts["times"] = [
            (_("When"), speak_value("availability", wishes.hours)),
            (_("How to meet"), _codes("mode", wishes.modes)),
            (_("ZIP code"), wishes.zip),
        ]
        facts["life"] = [
            (_("Gender"), label("gender", wishes.gender) if wishes.gender else ""),
            (_("Race or ethnicity"), _codes("race", wishes.races)),
            (_("Been through"), _codes("experience", wishes.experiences)),
            (_("Stage of life"), _codes("life_stage", wishes.life_stages)),
            (_("Enjoys"), _codes("interest", wishes.interests)),
        ]
    rules = {name: getattr(safe, name) for name in SAFE} if safe else {}
    person = episode.person
    facts["person"] = [
        (_("Name to use"), person.goes_by),
        *list_reach_facts(rules, phone=person.phone, email=person.email),
    ]
    return [{"part": part, "title": title, "facts": facts[part]} for part, (title, _form) in OWN_PARTS.items()]


SAFE = (
    "channel", "may_call", "may_text", "may_voicemail", "may_email", "from_hour", "until_hour", "name_to_use",
    "texts_stopped_at",
)  # fmt: skip


def _codes(group: str, codes: list[str]) -> str:
    return ", ".join(str(label(group, code)) for code in codes)
