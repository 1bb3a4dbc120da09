"""Two answers that have to be the same, without what each request writes for itself alone."""

import re

OF_THIS_REQUEST = re.compile(
    r'name="csrfmiddlewaretoken" value="[^"]*"|nonce="[^"]*"|"X-CSRFToken": "[^"]*"|name="submit_key" value="[^"]*"'
)


def words_of(response, *hidden: str) -> str:
    """Its body but for tokens, and for what was named in this request alone."""
    text = OF_THIS_REQUEST.sub("", response.content.decode())
    for number, one in enumerate(hidden):
        text = text.replace(one, f"HIDDEN {number}")
    return text
