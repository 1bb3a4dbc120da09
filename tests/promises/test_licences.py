"""What the house is built from may be given on under its own licence, AGPL-3.0-or-later."""

import hashlib
import importlib.metadata
import json
import re
import tomllib
from pathlib import Path

import pytest
from tests.promises.test_lock_files import ROOT, read

STATIC = ROOT / "src" / "alongside" / "web" / "static" / "web"
THIRD_PARTY = (".woff2", ".min.js", ".min.css")
"""Endings of files that somebody else made; each is named with its licence in vendor.json."""

FREE = re.compile(r"\b(MIT|MIT-0|BSD|0BSD|Apache|MPL|ISC|PSF|Python|LGPL|Zlib|CC0|OFL|Unlicense|HPND)", re.IGNORECASE)
NOT_COMPATIBLE = re.compile(r"SSPL|BUSL|Commons Clause|proprietary|non-?commercial|GPL-2\.0-only", re.IGNORECASE)
NAMED_BY_HAND = {"qrcode": "BSD-3-Clause"}
"""Where the package's own labels contradict each other: the licence as its LICENSE file says."""


def licence_of(name: str) -> str:
    """The licence that an installed distribution states."""
    if name in NAMED_BY_HAND:
        return NAMED_BY_HAND[name]
    about = importlib.metadata.metadata(name)
    classifiers = [line for line in about.get_all("Classifier") or [] if line.startswith("License ::")]
    return " ".join(filter(None, [about.get("License-Expression"), about.get("License"), *classifiers]))


def test_the_house_carries_its_licence_whole():
    text = (ROOT / "LICENSE").read_text()
    assert "GNU AFFERO GENERAL PUBLIC LICENSE\n                       Version 3, 19 November 2007" in text
    assert "END OF TERMS AND CONDITIONS" in text
    assert len(text.splitlines()) == 661
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    assert project["license"] == "AGPL-3.0-or-later"


@pytest.mark.parametrize("name", read("requirements.txt"))
def test_each_dependency_is_free_software(name):
    try:
        licence = licence_of(name)
    except importlib.metadata.PackageNotFoundError:
        pytest.skip("belongs to another system or Python version")
    assert FREE.search(licence), f"{name}: {licence[:200]}"
    assert not NOT_COMPATIBLE.search(licence), f"{name}: {licence[:200]}"


def list_third_party() -> list[Path]:
    """Files in our static folders that somebody else made."""
    packages = (ROOT / "src" / "alongside").glob("*/static")
    return [path for folder in packages for path in folder.rglob("*") if path.name.endswith(THIRD_PARTY)]


def list_vendored() -> list[dict]:
    """What vendor.json names."""
    return json.loads((STATIC / "vendor.json").read_text())


def test_each_vendored_file_is_named_with_its_licence():
    named = {STATIC / each["file"] for each in list_vendored()}
    assert set(list_third_party()) <= named


@pytest.mark.parametrize("each", list_vendored(), ids=lambda each: each["file"])
def test_each_vendored_file_is_the_one_that_was_looked_at(each):
    content = (STATIC / each["file"]).read_bytes()
    assert hashlib.sha256(content).hexdigest() == each["sha256"]
    assert (STATIC / each["licence_file"]).stat().st_size > 100
    assert FREE.search(each["licence"])
