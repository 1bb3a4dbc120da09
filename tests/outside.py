"""What an outsider reads in a mail or a page, without the letters that chance put there.

A key or a UUID can spell anybody's name: "ada" is a hexadecimal number, and "…fAa-…" holds the name of a fellowship.
A test that looks for short words in chance letters fails one day in thirty, and proves nothing on the others.
"""

import re

from django.core.mail import EmailMessage

_MIXED = r"(?=[^/\s]*[0-9])(?=[^/\s]*[A-Z])(?=[^/\s]*[a-z])[\w.:-]{20,}"
_KEY = re.compile(rf"(?<=/)(?:[0-9a-f-]{{36}}|[0-9a-z-]*[0-9a-f]{{32}}|{_MIXED})(?=/|\s|$)")
"""A whole part of a link: a UUID, what ends in a digest, or twenty and more small letters, capitals and digits mixed.
Words, also long ones with a capital or a year, are none."""


def words_of(mail: EmailMessage) -> str:
    """The subject and the text of a mail; each key in a link is left out, all other parts of the link stay."""
    return f"{mail.subject}\n{without_keys(mail.body)}"


def without_keys(text: str) -> str:
    """The text, each key in its links replaced by `KEY`.

    >>> without_keys("https://a.example/me/recovery-plan-of-somebody/0c2ad4ad-adae-4a6f-8f5e-2f4adaad0001/ is yours")
    'https://a.example/me/recovery-plan-of-somebody/KEY/ is yours'
    """
    return _KEY.sub("KEY", text)


_CHANCE = re.compile(r"\b(?:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{32}|[A-Za-z0-9]{64})\b")
"""UUIDs in both forms, and what is 64 letters long: CSRF tokens and digests."""


def without_ids(page: str) -> str:
    """A page, or what a database holds, without ids, tokens and digests.

    >>> without_ids('<a href="/people/0c2ad4ad-adae-4a6f-8f5e-2f4adaad0001/">Ada</a>')
    '<a href="/people//">Ada</a>'
    """
    return _CHANCE.sub("", page)
