"""The shipped bill of materials is what the lock says, in a form that other tools read (K3, ASVS 15.1.2)."""

import json
import re
import uuid

import bill_of_materials as bill
import pytest
from tests.promises.test_lock_files import ROOT, read


@pytest.fixture(scope="module")
def shipped() -> dict:
    return json.loads(bill.BILL.read_text())


def test_it_is_what_the_lock_says():
    assert bill.BILL.read_text() == bill.write_bill(), "run: python3 dev.py bill"


def test_every_locked_package_is_in_it_with_its_hashes(shipped):
    packages = {(one["name"], one["version"]): one for one in shipped["components"] if one["type"] == "library"}
    assert packages.keys() == {
        (name, version) for name, versions in read("requirements.txt").items() for version in versions
    }
    hashes = re.findall(r"--hash=sha256:([0-9a-f]{64})", (ROOT / "requirements.txt").read_text())
    listed = [each["content"] for one in packages.values() for each in one["hashes"]]
    assert listed == hashes
    assert all(one["purl"] == f"pkg:pypi/{name}@{version}" for (name, version), one in packages.items())


def test_what_was_taken_into_the_repository_is_in_it(shipped):
    files = {one["properties"][0]["value"]: one for one in shipped["components"] if one["type"] == "file"}
    vendored = json.loads(bill.VENDORED.read_text())
    assert {one["file"]: one["sha256"] for one in vendored} == {
        name: one["hashes"][0]["content"] for name, one in files.items()
    }


def test_it_has_the_form_that_other_tools_expect(shipped):
    assert (shipped["bomFormat"], shipped["specVersion"], shipped["version"]) == ("CycloneDX", "1.6", 1)
    assert uuid.UUID(shipped["serialNumber"].removeprefix("urn:uuid:"))
    refs = [one["bom-ref"] for one in shipped["components"]]
    assert len(refs) == len(set(refs))
    for one in shipped["components"]:
        assert one["type"] in {"library", "file"} and one["name"] and one["version"]
        assert all(re.fullmatch(r"[0-9a-f]{64}", each["content"]) for each in one["hashes"])


def test_a_line_that_is_not_understood_is_said():
    with pytest.raises(ValueError, match="neither a version nor a hash"):
        bill.read_lock("argon2-cffi==25.1.0 \\\n    --hash=md5:00\n")


def test_another_lock_gives_another_bill(shipped):
    project = {"name": "alongside", "version": "0.1.0", "license": "AGPL-3.0-or-later"}
    lock = 'argon2-cffi==25.1.0 ; python_version < "3.13" \\\n    --hash=sha256:' + "a" * 64
    made = bill.make_bill(lock, [], project)
    assert made["serialNumber"] != shipped["serialNumber"]
    assert made["components"][0]["properties"][0]["value"] == 'python_version < "3.13"'
