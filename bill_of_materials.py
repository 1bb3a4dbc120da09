"""What is served and made by others, as CycloneDX: every package of the lock with version and hashes, fonts and icons.

`python3 dev.py bill` writes docs/bill-of-materials.json. Standard library only, and the same lock gives the same bytes:
the serial number comes from what is listed, and there is no date. Format: CycloneDX 1.6, ECMA-424.
"""

import json
import re
import tomllib
import uuid
from pathlib import Path

ROOT = Path(__file__).resolve().parent
BILL = ROOT / "docs" / "bill-of-materials.json"
VENDORED = ROOT / "src" / "alongside" / "web" / "static" / "web" / "vendor.json"

REQUIREMENT = re.compile(r"^(?P<name>[a-z0-9][a-z0-9.-]*)==(?P<version>[^\s;\\]+)(?: ; (?P<where>[^\\]+?))?\s*\\?$")
HASH = re.compile(r"^\s+--hash=sha256:([0-9a-f]{64})")


def read_lock(text: str) -> list[dict]:
    """Each requirement of a lock: `name`, `version`, `where` (its marker or ""), `hashes` (sha256, one for each file).

    Raises ValueError for a line that is neither a version nor a hash.
    """
    found: list[dict] = []
    for line in text.splitlines():
        if match := REQUIREMENT.match(line):
            found.append({**match.groupdict(default=""), "hashes": []})
        elif match := HASH.match(line):
            found[-1]["hashes"].append(match[1])
        else:
            raise ValueError(f"neither a version nor a hash: {line}")
    return found


def make_bill(lock: str, vendored: list[dict], project: dict) -> dict:
    """The bill as a value of JSON. `vendored` is what vendor.json holds, `project` the table of pyproject.toml."""
    components = [_package(one) for one in read_lock(lock)] + [_file(one) for one in vendored]
    listed = json.dumps(components, sort_keys=True)
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, listed)}",
        "version": 1,
        "metadata": {
            "component": {
                "type": "application",
                "bom-ref": project["name"],
                "name": project["name"],
                "version": project["version"],
                "licenses": [{"license": {"id": project["license"]}}],
            }
        },
        "components": components,
    }


def write_bill() -> str:
    """The bill of this working copy as text."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    bill = make_bill((ROOT / "requirements.txt").read_text(), json.loads(VENDORED.read_text()), project)
    return json.dumps(bill, indent=1, ensure_ascii=False) + "\n"


def _package(one: dict) -> dict:
    address = f"pkg:pypi/{one['name']}@{one['version']}"
    made = {
        "type": "library",
        "bom-ref": address,
        "name": one["name"],
        "version": one["version"],
        "purl": address,
        "hashes": [{"alg": "SHA-256", "content": content} for content in one["hashes"]],
    }
    if one["where"]:
        made["properties"] = [{"name": "alongside:installed-where", "value": one["where"]}]
    return made


def _file(one: dict) -> dict:
    address = f"pkg:npm/{one['name'].replace('@', '%40')}@{one['version']}"
    return {
        "type": "file",
        "bom-ref": f"{address}#{one['file']}",
        "name": one["name"],
        "version": one["version"],
        "purl": address,
        "hashes": [{"alg": "SHA-256", "content": one["sha256"]}],
        "licenses": [{"license": {"id": one["licence"]}}],
        "properties": [{"name": "alongside:file", "value": one["file"]}],
    }


if __name__ == "__main__":
    BILL.write_text(write_bill())
