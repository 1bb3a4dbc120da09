"""A page as it is read."""

import re


def words_of(response) -> str:
    """What a reader reads of a page, without what changes with each request."""
    body = response.content.decode()
    body = re.sub(r"<(script|style|head).*?</\1>", " ", body, flags=re.S)
    return " ".join(re.sub(r"<[^>]+>", " ", body).split())
