"""Static files are looked for once for each process, not for each of the thousands of clients of the tests."""

import functools

from whitenoise.middleware import WhiteNoiseMiddleware


def pytest_configure():
    """Let the first middleware of the process find the files, and the others know them."""
    found: dict = {}
    look = WhiteNoiseMiddleware.add_files_from_finders

    @functools.wraps(look)
    def look_once(self):
        if not found:
            look(self)
            found.update(self.files)
        self.files.update(found)

    WhiteNoiseMiddleware.add_files_from_finders = look_once
