"""What docs/asvs.md says we do not have is really not here: no interpreter, protocol or service that it leaves out."""

import ast
import json
import re
from pathlib import Path

import pytest
from tests.promises.test_security_decisions import ROOT, SOURCE, imports, nodes_of, uses

SCRIPTS = sorted(SOURCE.rglob("static/**/*.js"))
PAGES = sorted([*SOURCE.rglob("*.html"), *SOURCE.rglob("*.jinja")])

ELSEWHERE = (
    "urllib.request", "urllib3", "http.client", "requests", "httpx", "aiohttp", "ftplib", "telnetlib", "socket",
    "smtplib", "imaplib", "poplib", "xmlrpc",
)  # fmt: skip
"""Modules that open a way to another machine."""

MAY_CONNECT = {
    "commands/serve.py": {"socket"},
    "fetching.py": {"http.client", "socket"},
    "people/texts.py": {"http.client", "urllib.request"},
}
"""One tries whether a port of this machine is free; one reads public lists, carefully (decision 0038); one speaks to
the gateway that the operator named, from the worker (decision 0041).

Mail goes through Django, in the worker.
"""

INTERPRETERS = (
    "pickle", "marshal", "shelve", "dill", "yaml", "ldap", "ldap3", "lxml", "xml.etree", "xml.dom", "xml.sax.parse",
    "xml.sax.make_parser", "graphene", "strawberry", "ariadne", "channels", "websockets", "aiortc", "jwt", "jose",
    "authlib", "oauthlib", "saml2", "memcache", "pymemcache", "pylibmc", "markdown", "bleach", "PIL", "reportlab",
    "weasyprint", "ctypes", "cffi", "code", "importlib.machinery",
)  # fmt: skip
"""Modules that run, parse or speak what several chapters of ASVS guard against."""

MAY_PARSE = {"privacy/files.py": {"weasyprint"}}
"""It makes a PDF of a page of ours, escaped as all pages are, and may fetch our font alone (decision 0049)."""

APPS = re.compile(r"socialaccount|oauth|idp|saml|rest_framework|ninja|graphene|channels|debug_toolbar|corsheaders")

IN_SCRIPTS = re.compile(
    r"\beval\(|new Function|document\.write|\.(?:inner|outer)HTML|insertAdjacentHTML|postMessage|onmessage|WebSocket|"
    r"RTCPeerConnection|EventSource|__proto__|setTimeout\(\s*[\"'`]"
)

RUNS = {
    "subprocess": {
        "audit/backup.py", "audit/key_store.py", "commands/serve.py", "commands/work.py", "retention/restoring.py",
    },
}  # fmt: skip
"""Files that start another program: PostgreSQL's own tools, the operator's command of a vault, parts of ourselves."""


def files() -> list[tuple[str, Path]]:
    """Every source file by its path below the package."""
    return [(str(path.relative_to(SOURCE)), path) for path in SOURCE.rglob("*.py")]


def test_nothing_opens_a_way_to_another_machine():
    found = {name: uses(path, ELSEWHERE) for name, path in files()}
    assert {name: modules for name, modules in found.items() if modules} == MAY_CONNECT


def test_no_interpreter_of_foreign_words_is_loaded():
    assert {name: used for name, path in files() if (used := uses(path, INTERPRETERS))} == MAY_PARSE


def test_no_application_of_a_protocol_that_we_do_not_speak():
    from alongside import settings

    assert [name for name in settings.INSTALLED_APPS if APPS.search(name)] == []


def called(path: Path) -> list[ast.expr]:
    """What stands before the brackets of each call in a file."""
    return [node.func for node in nodes_of(path) if isinstance(node, ast.Call)]


def calls(path: Path) -> set[str]:
    """Names of the functions a file calls, by their last part."""
    return {one.attr if isinstance(one, ast.Attribute) else getattr(one, "id", "") for one in called(path)}


def plain_calls(path: Path) -> set[str]:
    """Names of the functions a file calls that stand alone: `eval(…)`, not `x.eval(…)`."""
    return {one.id for one in called(path) if isinstance(one, ast.Name)}


def test_no_text_becomes_code_or_a_template():
    for name, path in files():
        assert plain_calls(path) & {"eval", "exec", "compile", "__import__"} == set(), name
        assert calls(path) & {"from_string", "system", "popen", "execv", "execve", "spawnv"} == set(), name
        assert "Template" not in plain_calls(path), name


def test_other_programs_are_started_by_few_files_without_a_shell():
    assert {name for name, path in files() if "subprocess" in imports(path)} == RUNS["subprocess"]
    for name in RUNS["subprocess"]:
        assert "shell=True" not in (SOURCE / name).read_text()


def test_no_text_is_declared_safe_or_freed_of_its_check():
    allowed = {"web/lean.py"}  # what Jinja2 rendered with escaping on, kept
    for name, path in files():
        words = path.read_text()
        assert "csrf_exempt" not in words and "mark_safe" not in words, name
        assert "Markup(" not in words or name in allowed, name
    for page in PAGES:
        assert not re.search(r"\|\s*safe\b|autoescape\s+(off|false)|javascript:", page.read_text()), page


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
def test_no_script_turns_words_into_a_page_or_into_code(script):
    assert not IN_SCRIPTS.search(script.read_text())


SQL = {"execute", "executemany", "raw", "extra", "RawSQL", "run_sql", "RunSQL"}
PUT_INTO_SQL = {
    "privacy/guards.py": "names of a table of ours and of its triggers, quoted, while a migration alters it",
    "meetings/nearest.py": "days, minutes and cells, which are numbers of ours, and names of columns",
    "audit/backup.py": "names of tables, as the database's own catalog gives them",
    "audit/fields.py": "one of two functions of PostgreSQL, named in the same file",
    "audit/reindexing.py": "names of tables and columns of our models",
    "audit/bulk.py": "names of columns of our models and the signs for parameters",
    "audit/index_changes.py": "the name of an index in a migration",
    "commands/check.py": "names of settings from the list in the same file",
    "retention/due.py": "names of columns in a query, of the code",
    "privacy/models/consents.py": "names of columns in a constraint, of the code",
}
"""Files that put something into the text of a statement, each with what it is. Values go beside it, as parameters."""


def mixes_sql(path: Path) -> bool:
    """Whether a file asks the database by a text that is put together at the call or just before it."""
    made = {
        target.id
        for node in nodes_of(path)
        if isinstance(node, ast.Assign) and is_put_together(node.value)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    for node in nodes_of(path):
        if isinstance(node, ast.Call) and node.args:
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            text = node.args[0]
            if name in SQL and (is_put_together(text) or (isinstance(text, ast.Name) and text.id in made)):
                return True
    return False


def is_put_together(node: ast.AST) -> bool:
    """An f-string with something in it, `%`, `+` or `.format()`."""
    if isinstance(node, ast.JoinedStr):
        return any(isinstance(part, ast.FormattedValue) for part in node.values)
    if isinstance(node, ast.BinOp) and isinstance(node.op, (ast.Mod, ast.Add)):
        return True
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "format"


def test_no_value_is_put_into_sql(tmp_path):
    found = {name for name, path in files() if "/migrations/" not in name and mixes_sql(path)}
    assert found - PUT_INTO_SQL.keys() == set()
    strange = tmp_path / "strange.py"
    strange.write_text("sql = f'SELECT {name}'\ncursor.execute(sql)\n")
    assert mixes_sql(strange), "or the look is blind"


PATTERNS = {"compile", "match", "fullmatch", "search", "sub", "subn", "findall", "finditer", "split"}
PUT_TOGETHER = {
    "rules/breach.py": "the names of those affected, each taken as it is (`re.escape`)",
    "rules/wording.py": "of the lists of words in the same file",
    "rules/mandated_report.py": "of names to look for, each taken as it is (`re.escape`)",
    "rules/linkage/sounds.py": "of tables in the same file",
    "rules/resources/eligible.py": "of tables of words in the same file, in both languages",
    "rules/resources/needs.py": "of tables of words in the same file, each taken as it is (`re.escape`)",
    "rules/roster/clock_times.py": "of other patterns in the same file",
    "rules/roster/hours.py": "of tables of words in the code",
    "rules/roster/terms.py": "of tables of words in the code",
    "rules/stories.py": "of words that a writer keeps out, each taken as it is (`re.escape`)",
}
"""Files that make patterns of variables, each with where these come from."""


def parts_of_patterns(path: Path) -> set[str]:
    """Names of variables in the patterns of a file, without constants (`_TO`), which are written in the code."""
    found = set()
    for node in nodes_of(path):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.args:
            of_re = isinstance(node.func.value, ast.Name) and node.func.value.id == "re"
            if of_re and node.func.attr in PATTERNS:
                found |= {one.id for one in ast.walk(node.args[0]) if isinstance(one, ast.Name)}
    return {name for name in found if not name.strip("_").isupper()}


def test_no_pattern_is_made_of_foreign_words():
    """Regular expressions are written in the code; where one is put together, it is of parts of the code."""
    assert {name: parts for name, path in files() if (parts := parts_of_patterns(path))}.keys() == PUT_TOGETHER.keys()


SECRET = re.compile(
    r"(?i)(?:secret_key|password|passwd|api_?key|token)\s*=\s*[\"'][^\"'{}%]{12,}[\"']|BEGIN [A-Z ]*PRIVATE KEY"
)


def test_no_secret_stands_in_the_source():
    """Keys, tokens and passwords come from the home or the environment."""
    assert [name for name, path in files() if SECRET.search(path.read_text())] == []
    assert not list((ROOT / "src").rglob("*.pem")) and not list((ROOT / "src").rglob(".env*"))
    assert SECRET.search('password = "horse battery staple"'), "or the look is blind"


def test_the_look_is_not_blind(tmp_path):
    strange = tmp_path / "strange.py"
    strange.write_text("import pickle\nfrom urllib import request\neval('1')\n")
    assert uses(strange, INTERPRETERS) == {"pickle"}
    assert uses(strange, ELSEWHERE) == {"urllib.request"}
    assert "eval" in plain_calls(strange)
    assert IN_SCRIPTS.search("box.innerHTML = words") and len(SCRIPTS) >= 4 and len(PAGES) > 100
    assert json.loads((SOURCE / "web/static/web/vendor.json").read_text()), "made elsewhere: fonts and icons only"
