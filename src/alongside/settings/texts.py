"""Text messages: by default they are files, and no answer is taken in (docs/run/texts.md)."""

from django.core.exceptions import ImproperlyConfigured

from alongside.rules.signed_text import LEAST_SECRET, why_not_fields

from .environment import flag, json_text, safe_address, text

NAMED = {"gateway": "ByGateway", "mail": "ByMail", "files": "ToFiles"}

chosen = text("ALONGSIDE_TEXT_BACKEND", "files")
BACKEND = f"alongside.people.texts.{NAMED[chosen]}" if chosen in NAMED else chosen

URL = safe_address("ALONGSIDE_TEXT_URL")
AUTHORIZATION = text("ALONGSIDE_TEXT_AUTHORIZATION")
BODY = json_text("ALONGSIDE_TEXT_BODY", '{"to": "{to}", "text": "{words}"}')
FORM = flag("ALONGSIDE_TEXT_FORM")
MAIL = text("ALONGSIDE_TEXT_MAIL")
SECRET = text("ALONGSIDE_TEXT_SECRET")
FIELDS = json_text("ALONGSIDE_TEXT_FIELDS", '{"from": "from", "words": "words", "message": "message"}')


def _why_not() -> str:
    if chosen == "gateway" and not URL:
        return "ALONGSIDE_TEXT_URL: say where the gateway is"
    if not isinstance(BODY, dict) or not all(f"{{{name}}}" in str(BODY) for name in ("to", "words")):
        return "ALONGSIDE_TEXT_BODY: an object in which {to} and {words} stand"
    if FORM and not all(isinstance(one, str) for one in BODY.values()):
        return "ALONGSIDE_TEXT_BODY: the fields of a form are texts"
    if not AUTHORIZATION.isprintable():
        return "ALONGSIDE_TEXT_AUTHORIZATION: one line"
    if chosen == "mail" and not (MAIL.count("@") == 1 and "{to}" in MAIL.split("@")[0]):
        return "ALONGSIDE_TEXT_MAIL: such as {to}@texts.example.org"
    if SECRET and len(SECRET) < LEAST_SECRET:
        return f"ALONGSIDE_TEXT_SECRET: at least {LEAST_SECRET} characters"
    wrong = why_not_fields(FIELDS)
    return f"ALONGSIDE_TEXT_FIELDS: {wrong}" if wrong else ""


if wrong := _why_not():
    raise ImproperlyConfigured(wrong)
