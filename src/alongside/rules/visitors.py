"""What tells people who visit from machines that fill in forms, without asking who anybody is and without others' help.

Codes: `trap` a field that nobody sees was filled in · `old` the page was opened too long ago, or nobody can tell when ·
`fast` nobody reads and writes in less · `link` it leads somewhere. What only machines do ("trap") a page answers as if
it had gone well.
"""

import re
from functools import cache

LEAST_SECONDS, MOST_SECONDS = 4, 24 * 3600
"""Nobody reads a page and writes in less; after a day the page is opened anew."""


def judge_sending(words: str, *, seconds: float | None, trap: str) -> str:
    """Why a form of a visitor is not taken; "" when it is. `seconds` since the page was opened, None: nobody knows.

    >>> judge_sending("Heron 12", seconds=30, trap=""), judge_sending("see www.example.com", seconds=30, trap="")
    ('', 'link')
    """
    if trap:
        return "trap"
    if seconds is None or seconds > MOST_SECONDS:
        return "old"
    if seconds < LEAST_SECONDS:
        return "fast"
    return "link" if _link().search(words) else ""


@cache
def _link() -> re.Pattern[str]:
    return re.compile(
        r"https?:|ftp:|www\.|\[/?url|<\s*/?a\b|href\s*=|[\w.+-]+@[\w-]+\.\w|\b[\w-]+(?:\.|\s?[(\[]dot[)\]]\s?)"
        r"(?:com|net|org|info|biz|ru|cn|xyz|top|shop|online|site|click|link|io|co|me|ly|es|mx)\b",
        re.IGNORECASE,
    )
