"""Yes or no, and numbers, as people write them in English and Spanish."""

import re

from alongside.rules.roster.text import fold_words, word_set

_YES = word_set(
    "y|yes|yeah|yep|ye|true|t|1|x|ok|okay|sure|si|s|verdadero|v|claro|correcto|please|allowed|permitted|fine|"
    "yess|checked|afirmativo|✓|✔|☑|✅|yes please|yes ok|si por favor|de acuerdo|esta bien|yes anytime|any time|"
    "ok to text|ok to leave message|si puede|se puede|text ok|all good|texts ok|yes text ok|with consent|"
    "por supuesto"
)
_NO = word_set(
    "n|no|nope|never|false|f|0|nunca|falso|not|none|ninguno|negativo|prohibido|✗|✘|☐|❌|×|do not|no gracias|"
    "no thanks|no thank you|not ok|do not text|do not call|don t|dont|no text|no texts|no textos|"
    "do not leave message|do not leave voicemail|no por favor|please don t|not allowed|no dejar mensaje|"
    "no please call|no please call me|no call me|no call instead|no por favor llame|no mejor llame|no solo llamadas|"
    "no voicemail|not safe|no es seguro|no email|do not email|no enviar|no messages|no mensajes"
)
_NUMBERS = {
    word: number
    for number, words in enumerate(
        (
            "zero none cero ninguno",
            "one un uno una",
            "two dos",
            "three tres",
            "four cuatro",
            "five cinco",
            "six seis",
            "seven siete",
            "eight ocho",
            "nine nueve",
            "ten diez",
            "eleven once",
            "twelve doce",
        )
    )
    for word in words.split()
}


def read_yes_no(text: str) -> bool | None:
    """True, False, or None where neither is plainly said ("ask first").

    >>> read_yes_no("Sí"), read_yes_no("No, gracias"), read_yes_no("ask first")
    (True, False, None)
    """
    words = fold_words(text) or text.strip()
    if words in _YES or words in _NO:
        return words in _YES
    return None


def read_count(text: str) -> tuple[int, bool] | None:
    """(a number of people from 0 to 99, whether it was the smaller one of a range), or None.

    >>> read_count("up to 3"), read_count("2-3 personas"), read_count("muchos")
    ((3, False), (2, True), None)
    """
    words = re.sub(r"[^\W\d_]+", lambda word: str(_NUMBERS.get(fold_words(word.group()), word.group())), text)
    words = words.replace(".0", "")
    numbers = [int(number) for number in re.findall(r"(?<![\d.,-])[0-9]{1,2}(?![0-9])", words)]
    numbers += [int(number) for number in re.findall(r"(?<=[0-9])-([0-9]{1,2})(?![0-9])", words)]
    if not 1 <= len(numbers) <= 2 or re.search(r"[0-9]{3}|[0-9]\.[0-9]|%", words):
        return None
    return min(numbers), len(set(numbers)) > 1
