"""Loads the policy data from its folder, once per process; read this to know which file holds what.

The base policy is the union of the tables beside `profiles/` and of `profiles/base.toml`; a payer is a profile that
inherits from another. A user's own profiles come from a folder of TOML files (`--policy-dir`).
"""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from ionm_notes.policy.api import Reference
from ionm_notes.policy.reading import TomlFile, bad, read_toml, rows
from ionm_notes.policy.tables import (
    CodeRow,
    CredentialRow,
    ItemRow,
    LayerRow,
    LimitRow,
    NecessityRow,
    PlaceRow,
    PlaceTypeRow,
    RefuseRow,
    RouteRow,
    Row,
    RuleRow,
    StudyRow,
    TimeCodeRow,
)

DATA = Path(__file__).parent / "data"
BASE = "base"
OVERLAY_TABLES: Mapping[str, type[Row]] = {
    "route": RouteRow,
    "refuse": RefuseRow,
    "limit": LimitRow,
    "item": ItemRow,
    "credential": CredentialRow,
    "necessity": NecessityRow,
    "rule": RuleRow,
    "place": PlaceRow,
    "place_type": PlaceTypeRow,
}
"""Tables that a payer's profile may hold."""
_SHARED = ("limits.toml", "items.toml", "credentials.toml", "necessity.toml", "rules.toml", "places.toml")
"""Tables of the base policy that have files of their own."""
_HEAD = {"id", "title", "inherits", "note"}


@dataclass(frozen=True, slots=True)
class Profile:
    """One payer's own rows, by table; what it does not say is said by the profile it inherits from."""

    id: str
    title: str
    inherits: str | None
    note: str
    file: str
    tables: Mapping[str, tuple[Row, ...]]


@dataclass(frozen=True, slots=True)
class Layer:
    """One CMS file: its kind and the day from which it holds; its rows are read when they are first asked for."""

    kind: str
    as_of: date
    refs: tuple[str, ...]
    path: Path

    @property
    def rows(self) -> tuple[dict[str, str], ...]:
        """The rows of the file, by column name. Raises `IonmError` 'bad-policy' where it cannot be read."""
        return _csv(self.path)


@dataclass(frozen=True, slots=True)
class PolicyData:
    """Everything the files hold, checked."""

    codes: Mapping[str, CodeRow]
    studies: tuple[StudyRow, ...]
    time_codes: tuple[TimeCodeRow, ...]
    references: Mapping[str, Reference]
    layers: tuple[Layer, ...]
    profiles: Mapping[str, Profile]
    version: str


def load_data(policy_dir: Path | None = None) -> PolicyData:
    """The policy data with a user's own profiles, if any. Raises `IonmError` 'bad-policy' naming file and field."""
    return _load(policy_dir.resolve() if policy_dir else None)


@cache
def _load(policy_dir: Path | None) -> PolicyData:
    from ionm_notes.policy.checks import check

    shipped = {path.stem: _profile(path) for path in sorted((DATA / "profiles").glob("*.toml"))}
    shipped[BASE] = _with_shared(shipped[BASE])
    own = _own_profiles(policy_dir) if policy_dir else {}
    codes = rows(read_toml(DATA / "codes.toml"), "code", CodeRow)
    references = rows(read_toml(DATA / "references.toml"), "reference", Reference)
    data = PolicyData(
        codes={row.code: row for row in codes},
        studies=rows(read_toml(DATA / "studies.toml"), "study", StudyRow),
        time_codes=rows(read_toml(DATA / "time_codes.toml"), "time_code", TimeCodeRow),
        references={reference.id: reference for reference in references},
        layers=_layers(),
        profiles=shipped | own,
        version=_version(policy_dir),
    )
    check(data)
    return data


def _profile(path: Path) -> Profile:
    file = read_toml(path)
    content = file.content
    for unknown in sorted(content.keys() - _HEAD - OVERLAY_TABLES.keys()):
        raise bad(file.name, f"unknown field or table '{unknown}'", file.field_line(unknown))
    for name in sorted(_HEAD & content.keys()):
        if not isinstance(content[name], str):
            raise bad(file.name, f"field '{name}' must be a text", file.field_line(name))
    for name in ("id", "title"):
        if not content.get(name):
            raise bad(file.name, f"field '{name}' is missing or empty")
    if content["id"] != path.stem:
        raise bad(file.name, f"field 'id' must be the name of the file, '{path.stem}'", file.field_line("id"))
    inherits = content.get("inherits")
    if inherits is None and path != DATA / "profiles" / f"{BASE}.toml":
        raise bad(file.name, f"field 'inherits' is missing; name a payer, or '{BASE}'")
    return Profile(content["id"], content["title"], inherits, content.get("note", ""), file.name, _tables(file))


def _tables(file: TomlFile) -> dict[str, tuple[Row, ...]]:
    return {name: rows(file, name, kind) for name, kind in OVERLAY_TABLES.items() if name in file.content}


def _with_shared(base: Profile) -> Profile:
    """The base profile with the tables that have files of their own."""
    tables = dict(base.tables)
    for name in _SHARED:
        tables |= _tables(read_toml(DATA / name))
    return Profile(base.id, base.title, None, base.note, base.file, tables)


def _own_profiles(folder: Path) -> dict[str, Profile]:
    if not folder.is_dir():
        raise bad(folder.name, "no such folder of payer profiles")
    found = {path.stem: _profile(path) for path in sorted(folder.glob("*.toml"))}
    if BASE in found:
        raise bad(f"{BASE}.toml", "the base policy cannot be replaced; write a profile that inherits from it")
    return found


def _layers() -> tuple[Layer, ...]:
    folder = DATA / "cms"
    listed = rows(read_toml(folder / "layers.toml"), "layer", LayerRow)
    return tuple(Layer(row.kind, row.as_of, row.refs, folder / row.file) for row in listed)


@cache
def _csv(path: Path) -> tuple[dict[str, str], ...]:
    try:
        with path.open(encoding="utf-8", newline="") as stream:
            return tuple(csv.DictReader(stream))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise bad(path.name, f"cannot be read: {error}") from error


def _version(policy_dir: Path | None) -> str:
    """The first twelve hex digits of a hash over every data file, so that two results with one version agree."""
    digest = hashlib.sha256()
    for root in (DATA, policy_dir):
        for path in sorted(root.rglob("*")) if root == DATA else sorted(root.glob("*.toml")) if root else ():
            if path.is_file() and path.suffix in (".toml", ".csv"):
                digest.update(f"{path.name}\0".encode() + path.read_bytes() + b"\0")
    return digest.hexdigest()[:12]
