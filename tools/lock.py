"""Makes the lock, the bill of materials and the list of licences of an installation with all its extras: `make lock`.

pip resolves `pyproject.toml` without installing anything and says which wheel it would take, with its hash and its licence
(`pip install --dry-run --report`). Needs the package index; run it on Linux x86-64 with Python 3.11.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
import tomllib
import uuid
from importlib import metadata
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
LOCK = ROOT / "requirements" / "lock-linux-x86_64-py311.txt"
SBOM = ROOT / "requirements" / "sbom.cdx.json"
LICENSES = ROOT / "docs" / "licenses.md"
NOT_RUN = frozenset(("dev", "model"))
"""Extras that no installation takes."""
OURS = "ionm-notes"
_LONGEST = 60
_TROVE = "License :: OSI Approved :: "


def resolved() -> list[dict[str, Any]]:
    """What pip would install, by name: name, version, hash and licence of each package."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    extras = ",".join(sorted(set(project["optional-dependencies"]) - NOT_RUN))
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.json"
        options = ["--dry-run", "--ignore-installed", "--only-binary", ":all:", "--quiet", "--report", str(report)]
        done = subprocess.run([sys.executable, "-m", "pip", "install", *options, f"{ROOT}[{extras}]"], stderr=subprocess.PIPE)  # noqa: S603
        if done.returncode:
            sys.exit(done.stderr.decode(errors="replace"))
        installed = json.loads(report.read_text())["install"]
    packages = [_package(item) for item in installed if item["metadata"]["name"] != OURS]
    return sorted(packages, key=lambda package: str(package["name"]).lower())


def _package(item: dict[str, Any]) -> dict[str, Any]:
    stated, digest = item["metadata"], item["download_info"]["archive_info"]["hashes"]["sha256"]
    return {"name": stated["name"], "version": stated["version"], "sha256": digest, "license": license_of(stated)}


def license_of(stated: dict[str, Any]) -> str:
    """The licence by its expression, by its classifiers, or by a short text; 'not stated' where there is none."""
    if expression := stated.get("license_expression"):
        return str(expression)
    classified = [one.removeprefix(_TROVE) for one in stated.get("classifier", ()) if one.startswith(_TROVE)]
    text = " ".join(str(stated.get("license") or "").split())
    if expression := _installed(str(stated["name"])):
        return expression
    return "; ".join(classified) or (text if 0 < len(text) <= _LONGEST else "") or ("see the package" if text else "not stated")


def _installed(name: str) -> str:
    """The expression of the package as it is installed here: reports of older pips leave it out."""
    try:
        return metadata.metadata(name)["License-Expression"] or ""
    except (metadata.PackageNotFoundError, KeyError):
        return ""


def lock(packages: list[dict[str, Any]]) -> str:
    """The lock as pip takes it."""
    head = (
        "# Every package of a run time installation with all extras, with the hash of its wheel; made by `make lock`.\n"
        "# pip install --require-hashes -r requirements/lock-linux-x86_64-py311.txt && pip install --no-deps ionm-notes\n"
    )
    return head + "".join(f"{one['name']}=={one['version']} \\\n    --hash=sha256:{one['sha256']}\n" for one in packages)


def sbom(packages: list[dict[str, Any]], version: str) -> str:
    """The bill of materials, CycloneDX 1.6; the same packages give the same bytes."""
    components = [
        {
            "type": "library",
            "bom-ref": purl(one),
            "name": one["name"],
            "version": one["version"],
            "purl": purl(one),
            "hashes": [{"alg": "SHA-256", "content": one["sha256"]}],
            "licenses": [{"license": {"name": one["license"]}}],
        }
        for one in packages
    ]
    own = {
        "type": "application",
        "bom-ref": OURS,
        "name": OURS,
        "version": version,
        "licenses": [{"license": {"id": "Apache-2.0"}}],
    }
    content = {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, lock(packages))}",
        "version": 1,
        "metadata": {"component": own},
        "components": components,
        "dependencies": [{"ref": OURS, "dependsOn": [purl(one) for one in packages]}],
    }
    return json.dumps(content, indent=1) + "\n"


def purl(package: dict[str, Any]) -> str:
    """The package URL: the name as the index writes it."""
    name = re.sub(r"[-_.]+", "-", package["name"]).lower()
    return f"pkg:pypi/{name}@{package['version']}"


def licenses(packages: list[dict[str, Any]]) -> str:
    """The page of licences."""
    rows = "".join(f"| {one['name']} | {one['version']} | {one['license'].replace('|', '/')} |\n" for one in packages)
    return (
        "# Licences of the packages of a run time installation with all extras\n\n"
        "Made by `make lock`, as each package states it. The word lists of `ionm_notes/phi/words` have theirs beside them.\n\n"
        "| package | version | licence |\n|---|---|---|\n" + rows
    )


def main() -> None:
    """Writes all three."""
    packages = resolved()
    version = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"].get("version", "0")
    LOCK.write_text(lock(packages))
    SBOM.write_text(sbom(packages, version))
    LICENSES.write_text(licenses(packages))
    print(f"{len(packages)} packages", file=sys.stderr)


if __name__ == "__main__":
    main()
