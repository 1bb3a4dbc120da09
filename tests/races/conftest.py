"""The processes that run races: started once for all files here, and doubled from one that has done everything once.

Eight that begin each by itself take half a minute of two processors before the first race; doubles take no time.
"""

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
        manager.ask("rehearse")
        manager.ask("use_database", name=house.name)  # closes its connection: the database can be copied, it doubled
        workers = [manager.double() for _ in range(PROCESSES)]  # before the guards are gone, also from its models
        bare = house.copy("bare")
        manager.ask("use_database", name=bare)
        manager.ask("take_away_guards")
        yield {"guarded": house.name, "bare": bare}, manager, workers
        for worker in [*workers, manager]:
            worker.end()
