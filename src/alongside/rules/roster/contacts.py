"""Phones, e-mail addresses and ZIP codes."""

import re
from dataclasses import dataclass

import phonenumbers

_EMAIL = re.compile(r"[^\s@<>,;:\"'()\[\]]{1,64}@(?:[^\W_](?:[\w-]{0,61}[^\W_])?\.)+[^\W\d_]{2,24}")
_BETWEEN_PHONES = re.compile(
    r"\s*(?:[;,|\n]|/|\b(?:or|o|and|y|cell|home|work|mobile|casa|trabajo|celular|cel)\b[:.]?)\s*", re.I
)
_LABEL = re.compile(r"^(?:tel|ph|phone|cell|home|work|mobile|cel|celular|casa|trabajo|[chmw])\b\s*[.:]?\s*", re.I)


@dataclass(frozen=True)
class Phone:
    """A number in E.164 form; `code` says what is odd about it or why there is none, `rest` what else stood there."""

    number: str = ""
    code: str = ""
    rest: str = ""


def read_phone(text: str, region: str) -> Phone:
    """The first phone number of a cell; `region` is the country (ISO 3166) of numbers without one. Never raises."""
    pieces = [
        piece
        for piece in (
            p.strip(" .:()") if p.count("(") != p.count(")") else p.strip(" .:")
            for p in _BETWEEN_PHONES.split(text.removesuffix(".0"))
        )
        if piece
    ]
    worst = "phone_unreadable"
    for place, piece in enumerate(pieces):
        # phonenumbers also reads letters as keys; a cell with words is no number.
        bare = _LABEL.sub("", piece)
        if len(bare) > 40 or not re.search(r"\d{3}", bare) or re.search(r"\d[eE]\+?\d", bare):
            continue
        try:
            parsed = phonenumbers.parse(bare, region)
        except phonenumbers.NumberParseException:
            continue
        possible = phonenumbers.is_possible_number_with_reason(parsed)
        if possible == phonenumbers.ValidationResult.IS_POSSIBLE_LOCAL_ONLY:
            worst = "phone_without_area_code"
        if possible != phonenumbers.ValidationResult.IS_POSSIBLE:
            continue
        others = [
            other for index, other in enumerate(pieces) if index != place and re.search(r"\d{3}|[^\W\d]{3}", other)
        ]
        if parsed.extension:
            others.insert(0, f"ext. {parsed.extension}")
        number = phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)
        code = "phone_extra" if others else "" if phonenumbers.is_valid_number(parsed) else "phone_unlikely"
        return Phone(number, code, " / ".join(others))
    return Phone(code=worst)


def read_email(text: str) -> tuple[str, str]:
    """(first address in lower case or "", the other addresses of the cell). Never raises."""
    found = _EMAIL.findall(text.replace("mailto:", " ").casefold())
    addresses = [address for address in dict.fromkeys(found) if ".." not in address and not address.startswith(".")]
    return (addresses[0], " ".join(addresses[1:])) if addresses else ("", "")


def read_zip(text: str) -> tuple[str, bool]:
    """(five digits or "", whether leading zeros were put back). ZIP+4 is cut: five digits place a person well enough.

    >>> read_zip("77002-1234"), read_zip("7302")
    (('77002', False), ('07302', True))
    """
    match = re.fullmatch(r"([0-9]{3,5})(?:\.0)?(?:[- ]?([0-9]{4}))?", text.strip())
    if not match or int(match.group(1)) < 501:
        return "", False
    digits = match.group(1)
    # Nine digits in one run lose their zero too, but then nobody can tell where; four or fewer with +4 are still plain.
    return digits.zfill(5), len(digits) < 5
