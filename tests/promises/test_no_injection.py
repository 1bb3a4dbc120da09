"""No SQL with values in its text, nothing marked safe, no form without its token (H5): and the checker finds each.

The checker is ruff with the project's own settings, which `dev.py lint` and every test run call; what it does not know
(`csrf_exempt`, templates) is looked for here. Whoever is sure of an exception says why beside it.
"""

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src"

WRONG = {
    "S608": "def find(cursor, name):\n    cursor.execute(f\"SELECT id FROM people_person WHERE name = '{name}'\")\n",
    "S610": "def find(rows, name):\n    return rows.extra(where=[name])\n",
    "S611": "from django.db.models.expressions import RawSQL\n\n\ndef find(name):\n    return RawSQL(name, ())\n",
    "S308": "from django.utils.safestring import mark_safe\n\n\ndef say(words):\n    return mark_safe(words)\n",
    "S704": "from markupsafe import Markup\n\n\ndef say(words):\n    return Markup(words)\n",
    "S602": 'import subprocess\n\n\ndef do(words):\n    subprocess.run(f"echo {words}", shell=True, check=True)\n',
    "S307": "def read(words):\n    return eval(words)\n",
    "S301": "import pickle\n\n\ndef read(content):\n    return pickle.loads(content)\n",
}
"""By the rule that has to find it: a file that must never pass."""

EXCEPTION = re.compile(r"# noqa: *(S\d+)(.*)$", re.MULTILINE)
UNTOKENED = re.compile(r"csrf_exempt|xframe_options_exempt|SECURE_SSL_REDIRECT_EXEMPT")
UNESCAPED = re.compile(r"\|\s*safe(seq)?\b|{%-?\s*autoescape\s+(off|false)|{%-?\s*csrf_exempt")
SAFE_STRING = re.compile(r"\bSafe(?:String|Text)\((?!\"\"\)|render\(name, values\)\))")
"""A `SafeString` of anything but nothing, and what a lean template with its own escaping made."""


def lint(code: str) -> set[str]:
    """What ruff finds in this code, were it a file of a package."""
    done = subprocess.run(
        [Path(sys.executable).with_name("ruff"), "check", "--output-format=concise", "--stdin-filename",
         str(SOURCE / "alongside" / "people" / "of_a_test.py"), "-"],
        input=code, text=True, capture_output=True, cwd=ROOT, check=False,
    )  # fmt: skip
    return set(re.findall(r"\b(S\d{3})\b", done.stdout))


@pytest.mark.once
@pytest.mark.parametrize("rule", sorted(WRONG))
def test_the_checker_finds(rule):
    assert rule in lint(WRONG[rule])


@pytest.mark.once
def test_the_checker_lets_pass_what_is_right():
    assert lint('def find(cursor, name):\n    cursor.execute("SELECT 1 WHERE 1 = %s", [name])\n') == set()


@pytest.mark.once
def test_every_exception_says_why():
    silent = [
        f"{path.relative_to(ROOT)}: {rule}"
        for path in sorted(SOURCE.rglob("*.py"))
        for rule, why in EXCEPTION.findall(path.read_text())
        if not re.search(r"[a-z]{2,}", why)
    ]
    assert silent == []


def find(pattern: re.Pattern[str], *endings: str) -> list[str]:
    """Where it stands in the source: `file: line`."""
    return [
        f"{path.relative_to(ROOT)}: {line.strip()}"
        for ending in endings
        for path in sorted(SOURCE.rglob(f"*{ending}"))
        for line in path.read_text().splitlines()
        if pattern.search(line)
    ]


@pytest.mark.once
def test_no_form_goes_without_its_token_and_nothing_is_written_unescaped():
    assert find(UNTOKENED, ".py", ".html") == []
    assert find(UNESCAPED, ".html", ".txt", ".jinja") == []
    assert find(SAFE_STRING, ".py") == []


@pytest.mark.once
@pytest.mark.parametrize(
    ("pattern", "line"),
    [
        (UNTOKENED, "@csrf_exempt"),
        (UNESCAPED, "<p>{{ words | safe }}</p>"),
        (UNESCAPED, "{% autoescape off %}"),
        (SAFE_STRING, "return SafeString(words)"),
    ],
)
def test_and_such_a_line_would_be_found(pattern, line):
    assert pattern.search(line)


@pytest.mark.once
def test_every_form_that_changes_something_has_its_token():
    forms = re.compile(r"<form\b[^>]*method=[\"']?post[\"']?[^>]*>(.*?)</form>", re.DOTALL | re.IGNORECASE)
    without = [
        str(path.relative_to(ROOT))
        for path in sorted(SOURCE.rglob("*.html"))
        for inside in forms.findall(path.read_text())
        if "csrf" not in inside
    ]
    assert without == []
