"""Speaks the engine's reasons: one whole, translatable sentence for each code, to the person and to the coordinator.

Reasons are stored as {"code", "good", "params"} (`Proposal.reasons`); labels of codes come from `people.labels`.
"""

import json
from collections.abc import Callable, Iterable, Mapping

from django.utils.translation import gettext_lazy, ngettext_lazy

from alongside.people.labels import label, spoken
from alongside.web.spoken import gettext as _
from alongside.web.spoken import kept, ngettext

Params = Mapping
YOU, THEY = "you", "they"
"""Voices: to the person who chooses, and to the coordinator about them."""

VALUE_GROUPS = {
    "gender": "gender", "language": "language", "pathway": "pathway", "age": "preference_age",
    "experience": "experience", "life_stage": "life_stage", "mode": "mode",
}  # fmt: skip

ON_PAPER = frozenset({
    "preferred_language", "not_preferred_language", "many_shared_hours", "few_hours", "close_in_age", "far_in_age",
    "shared_interests", "nearby", "far_away", "known_from_before",
})  # fmt: skip
"""Reasons that say nothing about recovery: these alone stand on a sheet that may lie on a kitchen table (E1)."""


def speak(reason: Mapping, voice: str = YOU) -> str:
    """The sentence for one stored reason, such as "You walk a similar path: 12-step." """
    return SENTENCES[reason["code"]](reason["params"], voice == YOU)


def speak_for(reasons: Iterable[Mapping], voice: str = YOU) -> list[str]:
    """What speaks for a pair, the most important first."""
    return [speak(reason, voice) for reason in reasons if reason["good"]]


def speak_against(reasons: Iterable[Mapping], voice: str = YOU) -> list[str]:
    """What may be different, the most important first."""
    return [speak(reason, voice) for reason in reasons if not reason["good"]]


def speak_stored(reasons: str | list, voice: str = YOU) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """For and against. On a long list give the reasons as the text that is stored: then each is spoken once."""
    return _speak_text(reasons if isinstance(reasons, str) else json.dumps(reasons), voice)


@kept
def _speak_text(reasons: str, voice: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    stored = json.loads(reasons)
    return tuple(speak_for(stored, voice)), tuple(speak_against(stored, voice))


def speak_nobody_stored(reasons: str | list) -> list[tuple[str, str]]:
    """What binds, each with who would fit without it."""
    stored = json.loads(reasons) if isinstance(reasons, str) else reasons
    return [(speak_nobody(reason), speak_would_fit(reason)) for reason in stored]


def fit_words(score) -> str:
    """A fit of 0 to 100 in words; numbers are for the coordinator."""
    if score is None or score <= 0:
        return _("We do not know enough yet")
    if score >= 75:
        return _("A very good fit")
    return _("A good fit") if score >= 50 else _("Some things fit")


def wish_words(wish: str) -> str:
    """A wish `feature:value` in words: "Woman", "Spanish", "About my age"."""
    feature, _sep, value = wish.partition(":")
    return spoken(VALUE_GROUPS[feature], value)


def _labels(group: str, params: Params) -> str:
    return ", ".join(spoken(group, code) for code in params.get("values", ()))


def _wishes(params: Params) -> str:
    return ", ".join(wish_words(wish) for wish in params["wishes"])


def _life_stage(params: Params, you: bool) -> str:
    things = {"things": _labels("life_stage", params)}
    return (
        _("You are in a similar place in life: %(things)s.") if you else _("Similar place in life: %(things)s.")
    ) % things


def _no_life_stage(params: Params, you: bool) -> str:
    return _("You are in different places in life.") if you else _("They are in different places in life.")


def _pathway(params: Params, you: bool) -> str:
    things = {"things": _labels("pathway", params)}
    return (_("You walk a similar path: %(things)s.") if you else _("They walk a similar path: %(things)s.")) % things


def _no_pathway(params: Params, you: bool) -> str:
    return _("You walk different paths. Every path is welcome here.") if you else _("They walk different paths.")


def _many_hours(params: Params, you: bool) -> str:
    hours = params["hours"]
    if you:
        sentence = ngettext(
            "You both have time %(hours)d hour a week.", "You both have time %(hours)d hours a week.", hours
        )
    else:
        sentence = ngettext("Both have time %(hours)d hour a week.", "Both have time %(hours)d hours a week.", hours)
    return sentence % {"hours": hours}


def _few_hours(params: Params, you: bool) -> str:
    hours = params["hours"]
    if you:
        sentence = ngettext(
            "Your times meet only %(hours)d hour a week.", "Your times meet only %(hours)d hours a week.", hours
        )
    else:
        sentence = ngettext(
            "Their times meet only %(hours)d hour a week.", "Their times meet only %(hours)d hours a week.", hours
        )
    return sentence % {"hours": hours}


def _close_in_age(params: Params, you: bool) -> str:
    return _("You are close in age.") if you else _("They are close in age.")


def _far_in_age(params: Params, you: bool) -> str:
    return _("You are of different ages.") if you else _("They are of different ages.")


def _need(params: Params, you: bool) -> str:
    things = {"things": _labels("need", params)}
    if you:
        return _("Knows from their own life what you want help with: %(things)s.") % things
    return _("The peer knows from their own life what is asked for: %(things)s.") % things


def _need_is_new(params: Params, you: bool) -> str:
    if you:
        return _("Has not told us about living through what you want help with.")
    return _("The peer has not told us about living through what is asked for.")


def _interests(params: Params, you: bool) -> str:
    things = {"things": _labels("interest", params)}
    return (_("You both like: %(things)s.") if you else _("Both like: %(things)s.")) % things


def _no_interests(params: Params, you: bool) -> str:
    return _("You like different things.") if you else _("They like different things.")


def _nearby(params: Params, you: bool) -> str:
    miles = {"miles": params["within_miles"]}
    if you:
        return _("Close enough to meet: within %(miles)d miles of you.") % miles
    return _("Close enough to meet: within %(miles)d miles of each other.") % miles


def _far_away(params: Params, you: bool) -> str:
    miles = {"miles": params["within_miles"]}
    return _("A longer way to meet in person: up to %(miles)d miles.") % miles


def _experience(params: Params, you: bool) -> str:
    things = {"things": _labels("experience", params)}
    return (
        _("Has lived through it too: %(things)s.") if you else _("Both have lived through it: %(things)s.")
    ) % things


def _no_experience(params: Params, you: bool) -> str:
    return _("Has lived through other things than you.") if you else _("They have lived through different things.")


def _language(params: Params, you: bool) -> str:
    language = {"language": label("language", params["language"])}
    return (_("Speaks your language: %(language)s.") if you else _("Speaks their language: %(language)s.")) % language


def _other_language(params: Params, you: bool) -> str:
    preferred = label("language", params["preferred"])
    if not params["language"]:
        return _("Does not speak %(preferred)s.") % {"preferred": preferred}
    words = {"preferred": preferred, "language": label("language", params["language"])}
    if you:
        return _("Does not speak %(preferred)s; you would talk in %(language)s.") % words
    return _("Does not speak %(preferred)s; they would talk in %(language)s.") % words


def _known(params: Params, you: bool) -> str:
    return _("You know each other from before.") if you else _("They know each other from before, and parted well.")


def _wish_met(params: Params, you: bool) -> str:
    return (_("As you wished: %(wish)s.") if you else _("As wished: %(wish)s.")) % {"wish": _wishes(params)}


def _wish_not_met(params: Params, you: bool) -> str:
    wish = {"wish": _wishes(params)}
    return (_("Not as you wished: %(wish)s.") if you else _("Not as wished: %(wish)s.")) % wish


def _must_met(params: Params, you: bool) -> str:
    wish = {"wish": _wishes(params)}
    return (_("As it has to be for you: %(wish)s.") if you else _("As it has to be: %(wish)s.")) % wish


SENTENCES: dict[str, Callable[[Params, bool], str]] = {
    "shared_life_stage": _life_stage, "no_shared_life_stage": _no_life_stage,
    "shared_pathway": _pathway, "no_shared_pathway": _no_pathway,
    "many_shared_hours": _many_hours, "few_hours": _few_hours,
    "close_in_age": _close_in_age, "far_in_age": _far_in_age,
    "knows_this_need": _need, "need_is_new": _need_is_new,
    "shared_interests": _interests, "no_shared_interests": _no_interests,
    "nearby": _nearby, "far_away": _far_away,
    "shared_experience": _experience, "no_shared_experience": _no_experience,
    "preferred_language": _language, "not_preferred_language": _other_language,
    "known_from_before": _known, "wish_met": _wish_met, "wish_not_met": _wish_not_met, "must_met": _must_met,
}  # fmt: skip


# --- nobody fits: what binds, to the coordinator ---------------------------------------------------------------------
def speak_nobody(reason: Mapping) -> str:
    """Why nobody fits: how many peers one thing rules out, without naming anybody or any secret."""
    code = reason["code"].removeprefix("nobody.")
    if code in NOBODY_AT_ALL:
        return str(NOBODY_AT_ALL[code])
    return NOBODY[code] % {"peers": reason["params"]["peers"]}


def speak_would_fit(reason: Mapping) -> str:
    """How many peers would fit if only this were different; empty where none."""
    alone = reason["params"].get("alone", 0)
    return _("Without this, %(count)d would fit.") % {"count": alone} if alone else ""


NOBODY = {
    "not_available": ngettext_lazy(
        "%(peers)d peer is not available for this person now.",
        "%(peers)d peers are not available for this person now.",
        "peers",
    ),
    "kind_not_served": ngettext_lazy(
        "%(peers)d peer does not give the kind of support that is asked for.",
        "%(peers)d peers do not give the kind of support that is asked for.",
        "peers",
    ),
    "no_shared_language": ngettext_lazy(
        "%(peers)d peer speaks none of their languages.", "%(peers)d peers speak none of their languages.", "peers"
    ),
    "must_not_met": ngettext_lazy(
        "%(peers)d peer does not have what has to be, or did not say.",
        "%(peers)d peers do not have what has to be, or did not say.",
        "peers",
    ),
    "too_few_hours": ngettext_lazy(
        "%(peers)d peer is never free at the same time.", "%(peers)d peers are never free at the same time.", "peers"
    ),
    "no_shared_mode": ngettext_lazy(
        "%(peers)d peer meets in other ways (in person, by phone, video or text).",
        "%(peers)d peers meet in other ways (in person, by phone, video or text).",
        "peers",
    ),
    "too_far": ngettext_lazy(
        "%(peers)d peer is too far away to meet in person.",
        "%(peers)d peers are too far away to meet in person.",
        "peers",
    ),
}
NOBODY_AT_ALL = {
    "no_peers": gettext_lazy("There are no peers in the program yet."),
    "no_place_left": gettext_lazy("Somebody would fit, but every place is promised."),
}

DECLINE_LABELS = {
    "times": gettext_lazy("The times do not suit me"),
    "way_of_meeting": gettext_lazy("I would like to meet in another way"),
    "other_experience": gettext_lazy("I would like somebody with other experience"),
    "know_each_other": gettext_lazy("I know this person"),
    "feeling": gettext_lazy("It does not feel right"),
}
PEER_DECLINE_LABELS = {
    "no_time": gettext_lazy("I have no time right now"),
    "times": gettext_lazy("Our times do not meet"),
    "too_close": gettext_lazy("I know this person, or it is too close to me"),
    "not_my_strength": gettext_lazy("Somebody else could help better"),
    "not_said": gettext_lazy("I would rather not say"),
}
VIA_LABELS = {
    "phone": gettext_lazy("By phone"),
    "paper": gettext_lazy("On paper"),
    "in_person": gettext_lazy("In person"),
}
RETURN_SENTENCES = {
    "lapsed": gettext_lazy("The offers came back: time ran out before a choice."),
    "declined": gettext_lazy("The offers came back: none was the right one."),
    "none_left": gettext_lazy("The offers came back: nobody who was offered can be asked any more."),
    "own_wish": gettext_lazy("The offers came back: they would like to meet other people."),
    "taken_back": gettext_lazy("The offers were taken back."),
    "closed": gettext_lazy("The offers ended because the support ended."),
}
