"""What every test has: no network, no real mail, a key ring, a database that can be emptied, one story."""

from hypothesis import settings

if settings().deadline is not None:  # by hand; where CI is set it is off already
    # Properties are about answers, never about the time of a machine that does other things as well.
    settings.register_profile("any_machine", deadline=None)
    settings.load_profile("any_machine")

pytest_plugins = [
    "tests.plugins.network",
    "tests.plugins.garbage",
    "tests.plugins.template",
    "tests.plugins.database",
    "tests.plugins.handler",
    "tests.plugins.chromium",
    "tests.plugins.leaving",
    "tests.plugins.clock",
    "tests.plugins.static_files",
    "tests.plugins.language",
    "tests.plugins.kept_story",
    "tests.story",
    "tests.crowd",
]
