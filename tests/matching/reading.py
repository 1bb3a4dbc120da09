"""A page as it is read."""

import re

REVEALING = re.compile(
    r"recover|treat|substance|health|sober|12-step|peer|program|recupera|trata|sustancia|salud", re.I
)
"""What a title, a path or a sheet of paper of a person must not tell."""


def words_of(response) -> str:
    """What a reader reads of a page, without what changes with each request."""
    body = response.content.decode()
    body = re.sub(r"<(script|style|head).*?</\1>", " ", body, flags=re.S)
    return " ".join(re.sub(r"<[^>]+>", " ", body).split())
