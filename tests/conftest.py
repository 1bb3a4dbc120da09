"""What every test has: no network, no real mail, a key ring, a database that can be emptied, one story."""

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
