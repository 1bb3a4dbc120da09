"""What is asked of a house through processes of its own: Django is set up there, not here."""

import json
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from .houses import House


def stage(house: House) -> dict[str, list[dict]]:
    """Sign everybody in who asks; ends every earlier session."""
    return json.loads(house.run("benchmarks.stage"))


def queries(house: House, pages: Sequence[str]) -> dict[str, int]:
    """For each of these pages the number of its statements."""
    return json.loads(house.run("benchmarks.inside", "queries", *pages, given=json.dumps(stage(house))))


def profile(house: House, page: str) -> str:
    """Where the time of a page goes."""
    return house.run("benchmarks.inside", "profile", page, given=json.dumps(stage(house)))


def bare_notes(house: House, known: dict, seconds: float) -> dict:
    """Notes each second by the driver alone, in each way it was tried; and the rows of one note."""
    return json.loads(house.run("benchmarks.bare_notes", "--seconds", str(seconds), given=json.dumps(known)))


def forget_notes(house: House, since: datetime) -> None:
    """Remove the contacts that the load wrote, so that the next run finds the population as it was."""
    house.run("benchmarks.tidy", since.isoformat())


def count_rows(house: House) -> dict:
    """How long the population took to make, its size on disk in MB, its rows."""
    found = json.loads(house.run("benchmarks.tidy", "count"))
    if house.database == "sqlite":
        found["mb"] = sum(file.stat().st_size for file in Path(house.home).glob("alongside.sqlite3*")) / 1e6
    return found | {"seconds": house.loaded_seconds}
