"""Translations without gettext installed: collect sentences, merge them into each package's Spanish, compile.

`python -m alongside.web.messages update|compile|check` works on every package of the product. `update` adds new
sentences with an empty translation, keeps what is translated and drops what nobody says any more; it never guesses
(no fuzzy entry).
"""

import io
import re
import sys
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract as babel_extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
LANGUAGE = "es"
PO = Path("locale") / LANGUAGE / "LC_MESSAGES" / "django.po"
# fmt: off
KEYWORDS = {
    "_": None, "gettext": None, "gettext_lazy": None, "gettext_noop": None,
    "ngettext": (1, 2), "ngettext_lazy": (1, 2), "ngettext_": (1, 2), "_n": (1, 2),
    "pgettext": ((1, "c"), 2), "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3), "npgettext_lazy": ((1, "c"), 2, 3),
}
# fmt: on
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]")


def packages(root: Path = ROOT) -> list[Path]:
    """Package folders that say something to people: with a catalogue, or with a translatable sentence."""
    found = [path.parent for path in sorted(root.glob("*/__init__.py"))]
    return [package for package in found if (package / PO).exists() or len(extract(package))]


def extract(package_dir: Path) -> Catalog:
    """Every translatable sentence of a package, from its Python files and its templates."""
    catalog = Catalog(locale=LANGUAGE, domain="django", charset="utf-8", fuzzy=False)
    for path in sorted(package_dir.rglob("*.py")):
        if "migrations" not in path.parts:
            _add(catalog, package_dir, path, path.read_text(encoding="utf-8"))
    for path in sorted((package_dir / "templates").rglob("*")):
        if path.suffix in {".html", ".txt"}:
            _add(catalog, package_dir, path, _as_python(path))
        elif path.suffix == ".jinja":
            _add(catalog, package_dir, path, path.read_text(encoding="utf-8"), "jinja2.ext:babel_extract")
    return catalog


def _as_python(template: Path) -> str:
    """A template as the Python text in which Django itself looks for sentences."""
    from django.utils.translation.template import templatize

    # Comment blocks describe slots in prose, which templatize would take for notes to the translator.
    source = re.sub(r"{% comment %}.*?{% endcomment %}", "", template.read_text(encoding="utf-8"), flags=re.DOTALL)
    return templatize(source, origin=str(template))


def _add(catalog: Catalog, package_dir: Path, path: Path, source: str, method: str = "python") -> None:
    file = io.BytesIO(source.encode("utf-8"))
    for line, ids, comments, context in babel_extract(method, file, keywords=KEYWORDS, comment_tags=("Translators:",)):
        catalog.add(
            ids, locations=[(path.relative_to(package_dir).as_posix(), line)], auto_comments=comments, context=context
        )


def read(package_dir: Path) -> Catalog:
    """The Spanish catalogue of a package; an empty one when it has none yet."""
    path = package_dir / PO
    if not path.exists():
        return Catalog(locale=LANGUAGE, domain="django", charset="utf-8", fuzzy=False)
    with path.open("rb") as file:
        return read_po(file, locale=LANGUAGE, domain="django")


def update(package_dir: Path) -> int:
    """Merges the sentences of a package into its catalogue; how many still wait for a translation."""
    said, known = extract(package_dir), read(package_dir)
    merged = Catalog(locale=LANGUAGE, domain="django", charset="utf-8", fuzzy=False)
    for message in said:
        if not message.id:
            continue
        old = known.get(_key(message), context=message.context)
        string = old.string if old and isinstance(old.string, type(_empty(message))) else _empty(message)
        merged.add(
            message.id,
            string,
            locations=[(name, None) for name in sorted({name for name, _line in message.locations})],
            auto_comments=message.auto_comments,
            user_comments=old.user_comments if old else (),
            context=message.context,
        )
    path = package_dir / PO
    path.parent.mkdir(parents=True, exist_ok=True)
    text = io.BytesIO()
    write_po(text, merged, width=120, sort_output=True, omit_header=True, include_lineno=False)
    path.write_bytes(HEADER.encode() + text.getvalue())
    return len(_untranslated(merged))


HEADER = """# Spanish (United States). Warm, plain, "usted"; gender-neutral where it can be.
msgid ""
msgstr ""
"Language: es\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

"""


def _key(message: Message):
    return message.id[0] if isinstance(message.id, (tuple, list)) else message.id


def _empty(message: Message):
    return ("", "") if isinstance(message.id, (tuple, list)) else ""


def missing(package_dir: Path) -> list[str]:
    """What is wrong with the Spanish of a package, in words: not in the catalogue, empty, fuzzy, a lost placeholder."""
    said, known = extract(package_dir), read(package_dir)
    complaints = []
    for message in said:
        if not message.id:
            continue
        translated = known.get(_key(message), context=message.context)
        if translated is None:
            complaints.append(f"not in the catalogue: {_key(message)!r}")
    for message in known:
        if not message.id:
            continue
        if message.fuzzy:
            complaints.append(f"fuzzy: {_key(message)!r}")
        if said.get(_key(message), context=message.context) is None:
            complaints.append(f"nobody says it any more: {_key(message)!r}")
    complaints += [f"empty: {text!r}" for text in _untranslated(known)]
    complaints += [f"placeholders differ: {text!r}" for text in _broken(known)]
    return complaints


def _strings(value) -> list[str]:
    return list(value) if isinstance(value, (tuple, list)) else [value]


def _untranslated(catalog: Catalog) -> list[str]:
    return [_key(message) for message in catalog if message.id and not all(_strings(message.string))]


def _broken(catalog: Catalog) -> list[str]:
    broken = []
    for message in catalog:
        wanted = {name for text in _strings(message.id) for name in PLACEHOLDER.findall(text)}
        for text in _strings(message.string):
            # A singular may leave the number out ("one person"), so that a translation may have fewer, never others.
            found = set(PLACEHOLDER.findall(text))
            if message.id and text and (found - wanted or (wanted - found and isinstance(message.id, str))):
                broken.append(_key(message))
    return broken


def compile_all(root: Path = ROOT) -> int:
    """Writes the `.mo` beside each `.po` that changed since; how many were written."""
    written = 0
    for path in sorted(root.glob("*/locale/*/LC_MESSAGES/django.po")):
        target = path.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime_ns > path.stat().st_mtime_ns:
            continue
        with path.open("rb") as file:
            catalog = read_po(file, locale=path.parts[-3])
        text = io.BytesIO()
        write_mo(text, catalog)
        partial = target.with_suffix(".mo.part")
        partial.write_bytes(text.getvalue())
        partial.replace(target)
        written += 1
    return written


def main(arguments: list[str]) -> int:
    """The command line. Exit code 0 when well, 1 when Spanish is incomplete, 2 for a wrong command."""
    only = [ROOT / name for name in arguments[1:]] or None
    match arguments[:1]:
        case ["compile"]:
            print(f"{compile_all()} compiled")
        case ["update"]:
            for package in only or packages():
                print(f"{package.name}: {update(package)} to translate")
        case ["check"]:
            complaints = [f"{package.name}: {text}" for package in only or packages() for text in missing(package)]
            print("\n".join(complaints) or "Spanish is complete")
            return 1 if complaints else 0
        case _:
            print("usage: python -m alongside.web.messages update|compile|check [package …]", file=sys.stderr)
            return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
