"""What a caller says, in the language of the person: a policy of the program's council, in versions like each other.

Until the person themself is on the telephone, nothing tells why somebody calls (privacy rules E1, A4): the first three
parts are neutral, also for whoever listens to a message. Own words, short enough to be spoken.
"""

from collections.abc import Mapping
from string import Formatter

from alongside.rules.neutral import is_neutral
from alongside.rules.policy_values import PolicyInvalid

LANGUAGES = ("en", "es")
"""Languages in which there is a script, and so in which somebody can be called."""

PARTS = ("answer", "not_them", "voicemail", "hello", "ask", "offer", "go_on", "goodbye")
"""In the order of a call. `go_on` is asked when the weeks at the beginning are over."""

NEUTRAL_PARTS = ("answer", "not_them", "voicemail")
"""Said before it is sure who listens."""

BLANKS = frozenset({"name", "caller", "number"})
"""What may stand in braces: the name to ask for, the caller's, the telephone number of the program."""

LONGEST = 600

SCRIPT: Mapping[str, Mapping[str, str]] = {
    "en": {
        "answer": "Hello, this is {caller}. May I speak with {name}, please?",
        "not_them": "Thank you, I will try again another time. It is nothing urgent. Goodbye.",
        "voicemail": "Hello, this is {caller}. It is nothing urgent. I will try again another day. Goodbye.",
        "hello": "Hello {name}, it is {caller}. We agreed that we would call you. Is this a good moment, and can you "
        "talk freely?",
        "ask": "How have things been since we last called? What went well, even a little?",
        "offer": "Is there something you would like help with, or somebody you would like to be in touch with? If it "
        "got harder, or you used again: I am glad that you are on the phone. Nothing is lost, and we keep calling.",
        "go_on": "We have called you for a while now. Would you like us to go on? How often would be right for you?",
        "goodbye": "Thank you for talking with me. Shall we call again on the same day of the week? You can change it "
        "or stop it at any time.",
    },
    "es": {
        "answer": "Hola, habla {caller}. ¿Puedo hablar con {name}, por favor?",
        "not_them": "Gracias, llamaré en otro momento. No es nada urgente. Adiós.",
        "voicemail": "Hola, habla {caller}. No es nada urgente. Llamaré otro día. Adiós.",
        "hello": "Hola {name}, soy {caller}. Quedamos en que le llamaríamos. ¿Es un buen momento, y puede hablar con "
        "libertad?",
        "ask": "¿Cómo le ha ido desde la última llamada? ¿Qué salió bien, aunque sea un poco?",
        "offer": "¿Hay algo en lo que le gustaría recibir ayuda, o alguien con quien quisiera estar en contacto? Si se "
        "puso más difícil, o volvió a consumir: me alegra que esté al teléfono. No se perdió nada, y seguimos "
        "llamando.",
        "go_on": "Ya llevamos un tiempo llamándole. ¿Quiere que sigamos? ¿Cada cuánto le vendría bien?",
        "goodbye": "Gracias por hablar conmigo. ¿Llamamos otra vez el mismo día de la semana? Puede cambiarlo o "
        "pararlo cuando quiera.",
    },
}
"""The words that a new program starts with."""


def check_script(script: object) -> None:
    """Raise `PolicyInvalid` unless every language has every part.

    Codes: `not_an_object`, `language_missing`, `part_missing`, `unknown_field`, `not_a_text`, `unknown_blank`, and
    `not_neutral` for words that tell something to whoever else may listen.
    """
    if not isinstance(script, Mapping):
        raise PolicyInvalid("not_an_object", "script")
    _check_names(script, LANGUAGES, "script", "language_missing")
    for language in LANGUAGES:
        parts = script[language]
        if not isinstance(parts, Mapping):
            raise PolicyInvalid("not_an_object", f"script.{language}")
        _check_names(parts, PARTS, f"script.{language}", "part_missing")
        for part in PARTS:
            _check_part(parts[part], part, f"script.{language}.{part}")


def say(text: str, *, name: str, caller: str, number: str) -> str:
    """A part with its blanks filled.

    >>> say("May I speak with {name}?", name="Ana", caller="", number="")
    'May I speak with Ana?'
    """
    return text.format(name=name, caller=caller, number=number)


def _check_names(found: Mapping[str, object], wanted: tuple[str, ...], where: str, code: str) -> None:
    for one in wanted:
        if one not in found:
            raise PolicyInvalid(code, f"{where}.{one}")
    for one in found:
        if one not in wanted:
            raise PolicyInvalid("unknown_field", f"{where}.{one}")


def _check_part(text: object, part: str, where: str) -> None:
    if not isinstance(text, str) or not text.strip() or len(text) > LONGEST:
        raise PolicyInvalid("not_a_text", where)
    try:
        blanks = [(name, spec, turned) for _words, name, spec, turned in Formatter().parse(text) if name is not None]
    except ValueError as error:
        raise PolicyInvalid("unknown_blank", where) from error
    if any(name not in BLANKS or spec or turned for name, spec, turned in blanks):
        raise PolicyInvalid("unknown_blank", where)
    if part in NEUTRAL_PARTS and not is_neutral(text):
        raise PolicyInvalid("not_neutral", where)
