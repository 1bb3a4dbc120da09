"""The product's own settings over a home of the run's own; only what would cost time or reach outside is changed."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

if "ALONGSIDE_TEST_HOME" not in os.environ:
    # One home for the run: the processes of xdist inherit it, and who made it removes it.
    os.environ["ALONGSIDE_TEST_HOME"] = tempfile.mkdtemp(prefix="alongside-")
    atexit.register(shutil.rmtree, os.environ["ALONGSIDE_TEST_HOME"], ignore_errors=True)
HOME = Path(os.environ["ALONGSIDE_TEST_HOME"])

for name in [name for name in os.environ if name.startswith("ALONGSIDE_") and name != "ALONGSIDE_TEST_HOME"]:
    del os.environ[name]  # an operator's settings never reach a test
os.environ.update(ALONGSIDE_HOME=str(HOME), ALONGSIDE_HTTPS="0", ALONGSIDE_LOG_LEVEL="WARNING")

from alongside.settings import *  # noqa: E402, F403
from alongside.settings import DATABASES  # noqa: E402

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]", "testserver"]
OUTBOX_EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"

if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A file, as in production: several connections, real locks and WAL. A memory database has none of these.
    DATABASES["default"]["TEST"] = {"NAME": str(HOME / "test.sqlite3")}
else:
    # The threads of the live server leave their connections open otherwise, and the database cannot be dropped.
    DATABASES["default"]["CONN_MAX_AGE"] = 0
