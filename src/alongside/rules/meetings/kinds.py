"""Which fellowships there are and what kind each is; what the codes of types say about people, language and access."""

from collections.abc import Mapping

KINDS = ("twelve_step", "secular", "faith", "family", "program", "other")

FELLOWSHIPS: Mapping[str, tuple[str, str]] = {
    "aa": ("Alcoholics Anonymous (AA)", "twelve_step"),
    "na": ("Narcotics Anonymous (NA)", "twelve_step"),
    "ca": ("Cocaine Anonymous (CA)", "twelve_step"),
    "cma": ("Crystal Meth Anonymous (CMA)", "twelve_step"),
    "ha": ("Heroin Anonymous (HA)", "twelve_step"),
    "ma": ("Marijuana Anonymous (MA)", "twelve_step"),
    "ga": ("Gamblers Anonymous (GA)", "twelve_step"),
    "oa": ("Overeaters Anonymous (OA)", "twelve_step"),
    "dra": ("Dual Recovery Anonymous (DRA)", "twelve_step"),
    "al_anon": ("Al-Anon", "family"),
    "nar_anon": ("Nar-Anon", "family"),
    "gam_anon": ("Gam-Anon", "family"),
    "aca": ("Adult Children of Alcoholics (ACA)", "family"),
    "smart": ("SMART Recovery", "secular"),
    "lifering": ("LifeRing", "secular"),
    "wfs": ("Women for Sobriety", "secular"),
    "secular_aa": ("Secular AA", "secular"),
    "dharma": ("Recovery Dharma", "faith"),
    "celebrate": ("Celebrate Recovery", "faith"),
    "own": ("", "program"),
    "other": ("", "other"),
}
"""Code -> (its own name, kind)."""

SPANISH: Mapping[str, str] = {
    "aa": "Alcohólicos Anónimos (AA)", "na": "Narcóticos Anónimos (NA)", "ga": "Jugadores Anónimos (GA)",
    "oa": "Comedores Compulsivos Anónimos (OA)", "aca": "Hijos Adultos de Alcohólicos (ACA)",
}  # fmt: skip
"""How those call themselves in Spanish that do; the others have one name."""

NAMED: Mapping[str, str] = {
    words: code
    for code, (name, _kind) in FELLOWSHIPS.items()
    if name
    for words in (
        " ".join(name.lower().replace("-", " ").replace("(", "").replace(")", "").split()),
        name.split(" (")[0].lower().replace("-", " "),
    )
}
"""Their own names with and without the short one, as `places.key_of` writes them."""

SPOKEN: Mapping[str, str] = {
    "alcoholics anonymous": "aa", "alcoholicos anonimos": "aa", "narcotics anonymous": "na",
    "narcoticos anonimos": "na", "cocaine anonymous": "ca", "crystal meth anonymous": "cma", "heroin anonymous": "ha",
    "marijuana anonymous": "ma", "gamblers anonymous": "ga", "jugadores anonimos": "ga",
    "overeaters anonymous": "oa", "comedores compulsivos anonimos": "oa", "dual recovery anonymous": "dra",
    "al anon family groups": "al_anon", "alateen": "al_anon", "al anon alateen": "al_anon",
    "adult children of alcoholics": "aca", "hijos adultos de alcoholicos": "aca", "acoa": "aca", "smart": "smart",
    "life ring": "lifering",
    "lifering secular recovery": "lifering", "women for sobriety": "wfs", "secular aa": "secular_aa",
    "refuge recovery": "dharma", "cr": "celebrate",
}  # fmt: skip
"""Further names of fellowships, in small letters without accents and signs."""

SECULAR_TYPE = "A"
"""A meeting of a fellowship of twelve steps that is held without prayer: it is found among the secular ones too."""


def fellowship_of(words: str) -> str:
    """The code of a fellowship by its name or code, or "". `words` as `places.key_of` gives them.

    Never "own": what others hold is not held by the program.

    >>> fellowship_of("al anon"), fellowship_of("narcotics anonymous na"), fellowship_of("the elks")
    ('al_anon', 'na', '')
    """
    code = words.replace(" ", "_")
    if code in FELLOWSHIPS and code != "own":
        return code
    return SPOKEN.get(words) or NAMED.get(words, "")


LANGUAGE_TYPES: Mapping[str, str] = {
    "AF": "af", "AM": "am", "AR": "ar", "ASL": "ase", "BG": "bg", "DA": "da", "DE": "de", "EL": "el", "EN": "en",
    "FA": "fa", "FI": "fi", "FR": "fr", "HE": "he", "HI": "hi", "HR": "hr", "HU": "hu", "IS": "is", "ITA": "it",
    "JA": "ja", "KA": "ka", "KOR": "ko", "LT": "lt", "ML": "ml", "MT": "mt", "NE": "ne", "NL": "nl", "NO": "no",
    "POL": "pl", "POR": "pt", "PUN": "pa", "RUS": "ru", "S": "es", "SK": "sk", "SL": "sl", "SV": "sv", "TH": "th",
    "TL": "tl", "TUR": "tr", "UK": "uk",
}  # fmt: skip
"""Codes of types that say which language is spoken."""

ROOM_ONLY = frozenset({"BA", "CAN", "CF", "FF", "OUT", "SM", "X", "XB", "BRK"})
"""Types that only fit a room: not said of a meeting that is online only (as tsml-ui does)."""

SEARCHED = ("O", "C", "BE", "SP", "D", "ST", "MED", "W", "M", "LGBTQ", "Y", "SEN", "POC", "NDG", "A", "DD", "POA")
"""Types that people look for, in the order of the form. Languages and access have their own fields."""

ACCESS = ("X", "XB", "ASL", "BA", "CF", "FF")
"""Types about who can get in and stay: wheelchair, bathroom, sign language, children, scents."""

PROVIDERS = (
    "bluejeans.com", "discord.gg", "freeconference.com", "freeconferencecall.com", "goto.com", "gotomeet.me",
    "gotomeeting.com", "meet.google.com", "meet.jit.si", "meetings.dialpad.com", "signal.group", "skype.com",
    "teams.live.com", "teams.microsoft.com", "webex.com", "zoho.com", "zoom.us", "horizon.meta.com",
    "maps.secondlife.com", "slurl.com", "vrchat.com",
)  # fmt: skip
"""Where online meetings are held, as tsml-ui@fef58db lists them."""


def is_known_provider(host: str) -> bool:
    """Whether a host is one of them or below one: on the boundary of a dot, so that `evilzoom.us` is none.

    >>> is_known_provider("us02web.zoom.us"), is_known_provider("evilzoom.us")
    (True, False)
    """
    host = host.lower().rstrip(".")
    return any(host == known or host.endswith(f".{known}") for known in PROVIDERS)
