"""The processes that run races: started once for all files here, for each takes a while to begin."""

import pytest

from tests.races.house import new_house
from tests.races.races import PROCESSES
from tests.races.worker import Worker


@pytest.fixture(scope="package")
def processes():
    """A house with a stage manager and eight processes. Gives (names of the databases, manager, workers)."""
    with new_house() as house:
        manager = Worker(house.env)
        manager.ask("open_house")
        manager.ask("use_database", name=house.name)  # closes its connection, so that the database can be copied
        bare = house.copy("bare")
        manager.ask("use_database", name=bare)
        manager.ask("take_away_guards")
        workers = [Worker(house.env) for _ in range(PROCESSES)]
        yield {"guarded": house.name, "bare": bare}, manager, workers
        for worker in [manager, *workers]:
            worker.end()
