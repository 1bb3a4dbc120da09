"""What we ship to browsers: small, ours, and exactly what the manifest says."""

import hashlib
import json
import re
from pathlib import Path

from alongside import web

PACKAGE = Path(web.__file__).parent
STATIC = PACKAGE / "static" / "web"
TEMPLATES = PACKAGE / "templates"


def test_vendored_files_are_those_of_the_manifest():
    entries = json.loads((STATIC / "vendor.json").read_text())
    assert {entry["file"] for entry in entries} >= {f"fonts/{path.name}" for path in (STATIC / "fonts").glob("*.woff2")}
    for entry in entries:
        assert hashlib.sha256((STATIC / entry["file"]).read_bytes()).hexdigest() == entry["sha256"], entry["name"]
        assert (STATIC / entry["licence_file"]).exists()


def test_styles_are_small():
    assert sum(path.stat().st_size for path in (STATIC / "css").glob("*.css")) <= 40 * 1024


def test_scripts_are_small():
    assert sum(path.stat().st_size for path in (STATIC / "js").glob("*.js")) <= 40 * 1024


def test_colors_come_only_from_tokens():
    color = re.compile(r"#[0-9a-fA-F]{3,8}\b|\brgba?\(|\bhsl")
    for name in ("base.css", "layout.css", "components.css"):
        found = [line.strip() for line in (STATIC / "css" / name).read_text().splitlines() if color.search(line)]
        assert found == [], name


def test_no_inline_style_or_script():
    for path in [*TEMPLATES.rglob("*.html"), *PACKAGE.parent.glob("*/templates/**/*.jinja")]:
        text = path.read_text()
        assert not re.search(r"\sstyle=|<style|\son[a-z]+=|<script(?![^>]*\ssrc=)", text), path.name


def test_every_icon_named_in_a_template_is_in_the_sprite():
    ids = set(re.findall(r'<symbol id="([^"]+)"', (STATIC / "icons.svg").read_text()))
    for path in [*PACKAGE.parent.glob("*/templates/**/*.html"), *PACKAGE.parent.glob("*/templates/**/*.jinja")]:
        named = re.findall(r'{% icon "([^"]+)" %}|icon\("([^"]+)"\)', path.read_text())
        assert {one or other for one, other in named} <= ids, path.name


def test_no_address_of_others():
    for path in [*TEMPLATES.rglob("*.html"), *(STATIC / "css").glob("*"), *(STATIC / "js").glob("*")]:
        assert not re.search(r"(?:https?:)?//[a-z]+\.[a-z]", path.read_text()), path.name
