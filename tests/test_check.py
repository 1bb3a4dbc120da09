"""`alongside check` finds nothing wrong with an install as docs/run/install.md describes it."""

import json
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
CALL = """
import json, django
django.setup()
from alongside.commands.check import check_settings
print(json.dumps(check_settings(None)))
"""


def test_the_settings_of_a_real_install_are_well(tmp_path):
    """In a process of its own: the tests' settings have no HTTPS, whose checks are the ones that matter here."""
    home = tmp_path / "home"
    install = {
        "ALONGSIDE_HOME": str(home),
        "ALONGSIDE_HOSTS": "side.example.org",
        "ALONGSIDE_URL": "https://side.example.org",
        "DJANGO_SETTINGS_MODULE": "alongside.settings",
        "PYTHONPATH": str(ROOT / "src"),
    }
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("ALONGSIDE_", "DATABASE_URL"))}
    done = subprocess.run(
        [sys.executable, "-c", CALL], env={**kept, **install}, cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert json.loads(done.stdout) == []
