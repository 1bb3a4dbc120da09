"""What every page shows around its content: names, navigation by role, help lines, the way out (contract of `web`)."""

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from alongside.rules.help_numbers import numbers_for, spoken_number

from .actor import SPOKEN_ROLE_ORDER
from .labels import label
from .models import Organization
from .sessions import public_home

NAV = {
    # Role to its pages, most used first: (URL name, label, icon). A page that is not installed is left out.
    "participant": (
        ("me_home", _("Today"), "house"), ("me_messages", _("Messages"), "message-circle"),
        # Among the first four, which a phone shows: from home it is two taps to "Stop sharing" (B4).
        ("me_plan", _("Plan"), "compass"), ("me_privacy", _("Privacy"), "shield-check"),
        ("me_notes", _("Notes"), "book-open"), ("me_times", _("Times"), "calendar-days"),
        ("me_about", _("About me"), "user"), ("me_stories", _("My stories"), "book-open"),
        ("me_events", _("Events"), "calendar-days"),
    ),
    "peer": (
        ("today", _("Today"), "sunrise"), ("caseload", _("My people"), "users"),
        ("messages", _("Messages"), "message-circle"), ("times", _("Times"), "calendar-days"),
        ("offers", _("Offers"), "hand-heart"), ("peer_profile", _("My profile"), "user"),
        ("worries", _("Worries"), "flag"), ("legal", _("When the law asks"), "scale"),
        ("groups", _("Groups"), "users"), ("referrals", _("On the way to places"), "map-pin"),
        ("calls", _("Calls"), "phone"), ("reflections", _("For me alone"), "lock"),
        ("me_stories", _("My stories"), "book-open"), ("me_events", _("Events"), "calendar-days"),
    ),
    "coordinator": (
        ("board", _("Waiting list"), "list-checks"), ("asks", _("New asks"), "inbox"),
        ("rosters", _("Bring people in"), "upload"), ("people_search", _("Find someone"), "search"),
        ("handovers", _("Changes of peer"), "refresh-cw"), ("peers", _("Peers"), "users"),
        ("applications", _("Applications"), "hand-heart"), ("on_call", _("On call"), "phone"),
        ("units", _("Things to try"), "sprout"), ("directory", _("Places that help"), "map-pin"),
        ("worries", _("Worries"), "flag"), ("rota", _("Rota"), "calendar-days"),
        ("call_list", _("Calls"), "phone"), ("groups", _("Groups"), "users"),
        ("referrals", _("On the way to places"), "send"), ("incoming_list", _("Referred to us"), "inbox"),
        ("event_plan", _("Events"), "calendar-days"), ("sources", _("Meetings"), "calendar-days"),
        ("exports", _("Save as a file"), "download"), ("sharing_to_tell", _("Tell recipients"), "send"),
        ("untold", _("Not told yet"), "info"), ("kept_asked", _("Keep back?"), "lock"),
        ("legal", _("When the law asks"), "scale"),
        ("erasures", _("Erasing"), "trash-2"), ("story_reviews", _("Stories to read"), "book-open"),
        ("site_pages", _("Public site"), "file-text"),
    ),
    "supervisor": (("team", _("Team"), "users"), ("board", _("Waiting list"), "list-checks"),
                   ("people_search", _("Find someone"), "search"), ("peers", _("Peers"), "users"),
                   ("worries", _("Worries"), "flag"), ("rota", _("Rota"), "calendar-days"),
                   ("groups", _("Groups"), "users"), ("referrals", _("On the way to places"), "send"),
                   ("event_plan", _("Events"), "calendar-days"),
                   ("callers", _("Callers"), "phone"), ("directory", _("Places that help"), "map-pin"),
                   ("emergencies", _("Told in an emergency"), "life-buoy"),
                   ("complaints", _("Complaints"), "inbox"), ("legal", _("When the law asks"), "scale"),
                   ("unusual", _("Who opened what"), "eye")),
    "director": (("impact", _("Impact"), "chart-column"), ("board", _("Waiting list"), "list-checks"),
                 ("open_find", _("Open a record"), "key-round"), ("exports", _("Save as a file"), "download"),
                 ("law", _("Our law"), "scale"), ("worries", _("Worries"), "flag"),
                 ("emergencies", _("Told in an emergency"), "life-buoy"), ("complaints", _("Complaints"), "inbox"),
                 ("legal", _("When the law asks"), "scale"), ("providers", _("Who serves us"), "file-text"),
                 ("unusual", _("Who opened what"), "eye"), ("jobs", _("Jobs"), "refresh-cw"),
                 ("keeping", _("How long we keep"), "history"), ("erasures", _("Erasing"), "trash-2"),
                 ("event_plan", _("Events"), "calendar-days"),
                 ("supports", _("Help from outside"), "life-buoy"), ("site_pages", _("Public site"), "file-text")),
    "council": (("policies", _("How we work"), "vote"), ("fairness", _("Served alike?"), "scale"),
                ("story_reviews", _("Stories to read"), "book-open")),
    "administrator": (("users", _("People and roles"), "settings"), ("providers", _("Who serves us"), "file-text"),
                      ("fairness", _("Served alike?"), "scale"), ("sources", _("Meetings"), "calendar-days"),
                      ("jobs", _("Jobs"), "refresh-cw"), ("install", _("State of the install"), "settings"),
                      ("supports", _("Help from outside"), "life-buoy")),
    "support": (("support_home", _("What you may do here"), "life-buoy"),
                ("install", _("State of the install"), "settings"), ("jobs", _("Jobs"), "refresh-cw")),
}  # fmt: skip
HOME = {role: pages[0][0] for role, pages in NAV.items()}
"""The page on which a role starts."""

HOME_ORDER = ("participant", "peer", "coordinator", "supervisor", "director", "council", "administrator", "support")


def site(request: HttpRequest) -> dict:
    """The `site` variable of all templates. Lazy: a page that does not ask for it costs nothing."""
    return {"site": SimpleLazyObject(lambda: _site(request))}


def _site(request) -> dict:
    actor = getattr(request, "actor", None)
    signed_in = bool(getattr(request, "user", None) and request.user.is_authenticated)
    roles = actor.roles if actor and signed_in else frozenset()
    program = getattr(request, "program", None)
    return {
        "public_name": program.public_name if program else "Side by Side",
        "program": program,
        "signed_in": signed_in,
        "role_label": _role_label(roles),
        "nav": list_nav(roles, request.path),
        "home_url": reverse("home") if signed_in else public_home(),
        "quick_exit": not signed_in or not roles or "participant" in roles,
        "crisis": list_crisis_lines(program),
        "help": list_help(program),
        "help_url": find_url("me_help") if roles and "participant" in roles else find_url("help_now"),
        "ended": bool(request.session.get("ended")) if hasattr(request, "session") else False,
        "demo": is_demo_open(),
    }


def _role_label(roles) -> str:
    """The staff role that the page is shown for; nothing on a participant's own pages."""
    if not roles or roles == {"participant"}:
        return ""
    return str(label("role", next(role for role in SPOKEN_ROLE_ORDER if role in roles)))


def list_nav(roles, path: str = "") -> list[dict]:
    """Pages for these roles, each once, first those of the role they start in: [{url, label, icon, current}]."""
    found: dict[str, dict] = {}
    for position in range(max(map(len, NAV.values()))):
        for role in (role for role in HOME_ORDER if role in roles and position < len(NAV[role])):
            name, words, icon = NAV[role][position]
            if (url := find_url(name)) and url not in found:
                found[url] = {"url": url, "label": words, "icon": icon, "current": False}
    # The nearest page above this one: /me/notes/ belongs to the notes, not also to /me/.
    nearest = max((url for url in found if path.startswith(url)), key=len, default="")
    for url, page in found.items():
        page["current"] = url == nearest
    return list(found.values())


def find_url(name: str) -> str | None:
    """The path of a page, or None when this install does not have it."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return None


def home_of(roles) -> str | None:
    """The path on which somebody with these roles starts, or None."""
    return next(filter(None, (find_url(HOME[role]) for role in HOME_ORDER if role in roles)), None)


def list_crisis_lines(program) -> list[dict]:
    """Help lines [{label, href}] in the reader's language: the program's own, then those of its country."""
    spanish = (get_language() or "").startswith("es")
    own = [
        {"label": line.get("label_es" if spanish else "label_en") or line.get("label_en", ""), "href": line["href"]}
        for line in (program.crisis_lines if program else [])
        if line.get("href", "").startswith(("tel:", "sms:"))
    ]
    help = list_help(program)
    if call := help["call"]:
        own.append({"label": _("Call %(number)s") % {"number": call["shown"]}, "href": call["href"]})
    if text := help["text"]:
        own.append({"label": _("Text %(number)s") % {"number": text["shown"]}, "href": text["href"]})
    return own


def list_help(program) -> dict:
    """Whom to call in the country of a program, an install without one being in the US (`rules.help_numbers`).

    `is_us`: what only holds there may be said. `emergency` {shown, href} or None. `call`, `text`, `chat` for any hard
    moment, `home_call` and `home_text` for somebody hurt at home: each {shown, href, word, press} or None, `word` and
    `press` in the reader's language.
    """
    numbers = numbers_for(program.country if program else "US", settings.ALONGSIDE_HELP_NUMBERS)
    spanish = (get_language() or "").startswith("es")

    def spoken(line):
        if line is None:
            return None
        word, press = (line.word_es, line.press_es) if spanish else (line.word, "")
        return {"shown": spoken_number(line.number), "href": line.href, "word": word, "press": press}

    emergency = numbers.emergency
    return {
        "is_us": (program.country if program else "US").upper() == "US",
        "emergency": {"shown": spoken_number(emergency), "href": f"tel:{emergency}"} if emergency else None,
        "call": spoken(numbers.first("crisis", "call")),
        "text": spoken(numbers.first("crisis", "text")),
        "chat": spoken(numbers.first("crisis", "chat")),
        "home_call": spoken(numbers.first("home", "call")),
        "home_text": spoken(numbers.first("home", "text")),
    }


def is_demo_open() -> bool:
    """Whether the demo door is open: by setting, and for a demo organization only."""
    return bool(settings.ALONGSIDE_DEMO and Organization.objects.filter(is_demo=True).exists())
