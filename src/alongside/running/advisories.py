"""The look for known weaknesses that runs by itself (K3, ASVS 15.2.1), where an operator named a list to ask.

`ALONGSIDE_ADVISORIES` is an address that answers as OSV does (https://google.github.io/osv.dev/post-v1-querybatch/).
Each week it is asked about every part made by others that is installed here: its public name and version leave, and
nothing of anybody. What it knows is written down, and administrators are told at once. Without an answer for every part
nothing is called clean: the job fails, the page of jobs says so, and the monthly reminder goes on.
"""

import json
from collections.abc import Iterable
from datetime import datetime, timedelta
from importlib.metadata import distributions

from django.conf import settings
from django.db import transaction

from alongside.audit.actions import record
from alongside.fetching import Limits, ask

from .models import WeaknessLook
from .weaknesses import tell_administrators

EVERY = timedelta(days=7)
AT_ONCE = 500
"""Parts of one question; the list takes a thousand."""
LIMITS = Limits(wire_bytes=5_000_000, unpacked_bytes=20_000_000)


class NoAnswer(Exception):
    """The list did not answer for each part, so nothing is known."""


def is_due(now: datetime) -> bool:
    """Whether a list was set up, and was not asked for a week."""
    lately = WeaknessLook.objects.filter(looked_by=None, looked_at__gt=now - EVERY)
    return bool(settings.ALONGSIDE_ADVISORIES) and not lately.exists()


def look_due(now: datetime, *, allow_loopback: bool = False) -> int:
    """A tick: ask once a week. How many known weaknesses there are. Raises what went wrong."""
    if not is_due(now):
        return 0
    found = find(settings.ALONGSIDE_ADVISORIES, list_parts(), allow_loopback=allow_loopback)
    with transaction.atomic():
        look = WeaknessLook.objects.create(looked_at=now, looked_by=None, found=bool(found), which=found)
        reason = "found" if found else "none"
        record(act="weakness.looked", by=None, object_kind="weakness", object_id=look.pk, reason=reason)
    if found:
        tell_administrators(f"weak:{look.pk.hex}:found", now)
    return len(found)


def list_parts() -> list[tuple[str, str]]:
    """Name and version of everything installed here, each once."""
    return sorted({(one.metadata["Name"].lower(), one.version) for one in distributions() if one.metadata["Name"]})


def find(address: str, parts: Iterable[tuple[str, str]], *, allow_loopback: bool = False) -> list[str]:
    """`name version: id` of every weakness that the list knows in these parts. Raises `NoAnswer`, `NotFetched`."""
    parts, found = list(parts), []
    for at in range(0, len(parts), AT_ONCE):
        asked = parts[at : at + AT_ONCE]
        queries = [{"package": {"name": name, "ecosystem": "PyPI"}, "version": version} for name, version in asked]
        answer = ask(
            address, json.dumps({"queries": queries}).encode(), kind="application/json", kinds=("application/json",),
            limits=LIMITS, allow_loopback=allow_loopback,
        )  # fmt: skip
        for (name, version), known in zip(asked, _read(answer, len(asked)), strict=True):
            found += [f"{name} {version}: {one}" for one in known]
    return found


def _read(answer: bytes, count: int) -> list[list[str]]:
    """For each part the ids that are known. An answer of another form is none."""
    try:
        results = json.loads(answer)["results"]
        if not isinstance(results, list) or len(results) != count:
            raise NoAnswer("not an answer for each part")
        return [[str(one["id"])[:60] for one in result.get("vulns") or ()] for result in results]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise NoAnswer("not in the form of such a list") from error
