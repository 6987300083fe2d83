"""What is installed is pinned, listed and licensed, and a release can be built again byte for byte."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[2]
LOCK = ROOT / "requirements" / "lock-linux-x86_64-py311.txt"
sys.path.insert(0, str(ROOT / "tools"))


def pinned() -> dict[str, tuple[str, str]]:
    """The packages of the lock: version and hash of each."""
    lines = [line for line in LOCK.read_text().splitlines() if not line.startswith("#")]
    found = {}
    for name, digest in zip(lines[::2], lines[1::2], strict=True):
        package = re.fullmatch(r"([\w.-]+)==([\w.]+) \\", name)
        sha = re.fullmatch(r" +--hash=sha256:([0-9a-f]{64})", digest)
        assert package, name
        assert sha, digest
        found[canonicalize_name(package[1])] = (package[2], sha[1])
    return found


def test_the_lock_pins_with_a_hash_all_that_the_project_asks_for_in_the_range_it_asks_for() -> None:
    """Fails when a dependency was added or its range moved: then `make lock`."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    extras = {name: asked for name, asked in project["optional-dependencies"].items() if name not in ("dev", "model")}
    wanted = [Requirement(text) for asked in (project["dependencies"], *extras.values()) for text in asked]
    lock = pinned()
    missing = [str(one) for one in wanted if canonicalize_name(one.name) not in lock and one.name != "ionm-notes"]
    assert missing == [], "run `make lock`"
    outside = [
        str(one) for one in wanted if one.name != "ionm-notes" and lock[canonicalize_name(one.name)][0] not in one.specifier
    ]
    assert outside == [], "run `make lock`"


def test_the_bill_of_materials_lists_every_package_of_the_lock_with_its_hash() -> None:
    bill = json.loads((ROOT / "requirements" / "sbom.cdx.json").read_text())
    assert (bill["bomFormat"], bill["specVersion"], bill["version"]) == ("CycloneDX", "1.6", 1)
    assert re.fullmatch(r"urn:uuid:[0-9a-f-]{36}", bill["serialNumber"])
    listed = {canonicalize_name(one["name"]): (one["version"], one["hashes"][0]["content"]) for one in bill["components"]}
    assert listed == pinned(), "run `make lock`"
    assert all(one["purl"] == one["bom-ref"] and one["purl"].startswith("pkg:pypi/") for one in bill["components"])
    (tree,) = bill["dependencies"]
    assert set(tree["dependsOn"]) == {one["bom-ref"] for one in bill["components"]}


def test_every_package_of_the_lock_has_its_licence_listed_and_none_binds_the_user_by_the_gpl() -> None:
    rows = [line.split(" | ") for line in (ROOT / "docs" / "licenses.md").read_text().splitlines() if line.startswith("| ")][1:]
    listed = {canonicalize_name(name.removeprefix("| ")): licence for name, _, licence in rows}
    assert set(listed) == set(pinned()), "run `make lock`"
    assert [name for name, licence in listed.items() if re.search(r"(?<![L])GPL", licence)] == []


def test_a_licence_is_taken_from_where_the_package_states_it() -> None:
    from lock import license_of

    assert license_of({"name": "x-1", "license_expression": "MIT", "license": "other"}) == "MIT"
    assert license_of({"name": "x-1", "classifier": ["License :: OSI Approved :: BSD License"]}) == "BSD License"
    assert license_of({"name": "x-1", "license": "Permission is hereby granted " * 9}) == "see the package"
    assert license_of({"name": "x-1"}) == "not stated"


def built(folder: Path, epoch: str) -> bytes:
    """The wheel of a copy of the tree."""
    for name in ("ionm_notes", "patterns", "models"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"), copy_function=shutil.copy)
    for name in ("pyproject.toml", "README.md"):
        shutil.copy(ROOT / name, folder / name)
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", "out"]
    subprocess.run(command, cwd=folder, env={**os.environ, "SOURCE_DATE_EPOCH": epoch}, check=True, capture_output=True)
    (wheel,) = (folder / "out").glob("*.whl")
    return wheel.read_bytes()


@pytest.mark.slow
def test_two_wheels_of_one_commit_are_equal_byte_for_byte(tmp_path: Path) -> None:
    digests = []
    for name, umask in (("one", 0o022), ("two", 0o077)):
        (tmp_path / name).mkdir()
        before = os.umask(umask)
        try:
            digests.append(hashlib.sha256(built(tmp_path / name, "1764000000")).hexdigest())
        finally:
            os.umask(before)
    assert digests[0] == digests[1]
