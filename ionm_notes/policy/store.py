"""Loads the policy data from its folder, once per process; read this to know which file holds what.

The base policy is the union of the tables beside `profiles/` and of `profiles/base.toml`; a payer is a profile that
inherits from another. A user's folder (`--policy-dir`) holds profiles, tables that replace a shipped one of the same
name, and `cms/` with imported layers.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache
from pathlib import Path

from ionm_notes.errors import IonmError
from ionm_notes.policy.api import Reference
from ionm_notes.policy.reading import TomlFile, bad, read_toml, rows
from ionm_notes.policy.records import read_records
from ionm_notes.policy.tables import (
    CodeRow,
    CredentialRow,
    ItemRow,
    LayerRow,
    LimitRow,
    NecessityRow,
    PlaceRow,
    PlaceTypeRow,
    PrimaryRow,
    RefuseRow,
    RouteRow,
    Row,
    RuleRow,
    StudyRow,
    TagRow,
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
    "primary": PrimaryRow,
}
"""Tables that a payer's profile may hold."""
KEYS: Mapping[str, str] = {
    "route": "columns",
    "refuse": "code",
    "limit": "name",
    "item": "name",
    "credential": "names",
    "necessity": "tag",
    "rule": "id",
    "place": "code",
    "place_type": "type",
    "primary": "code",
}
"""The field by which a row of each table is looked up."""


def keys_of(table: str, row: Row) -> tuple[str, ...]:
    """The keys under which a row of a table is looked up; some rows stand for several."""
    value: str | tuple[str, ...] = getattr(row, KEYS[table])
    return value if isinstance(value, tuple) else (value,)


_SHARED = ("limits.toml", "items.toml", "credentials.toml", "necessity.toml", "rules.toml", "places.toml", "primaries.toml")
"""Tables of the base policy that have files of their own."""
_HEAD = {"id", "title", "inherits", "note"}


@dataclass(frozen=True, slots=True, eq=False)
class Profile:
    """One payer's own rows, by table; what it does not say is said by the profile it inherits from."""

    id: str
    title: str
    inherits: str | None
    note: str
    file: str
    tables: Mapping[str, tuple[Row, ...]]
    references: tuple[Reference, ...] = ()
    """Sources that only this profile cites."""
    index: Mapping[tuple[str, str], tuple[Row, ...]] = field(init=False)
    """The rows by table and key."""

    def __post_init__(self) -> None:
        found: dict[tuple[str, str], tuple[Row, ...]] = {}
        for table, kept in self.tables.items():
            for row in kept:
                for key in keys_of(table, row):
                    found[table, key] = (*found.get((table, key), ()), row)
        object.__setattr__(self, "index", found)


@dataclass(frozen=True, slots=True)
class Layer:
    """One CMS file: its kind and the day from which it holds; its rows are read when they are first asked for."""

    kind: str
    as_of: date
    refs: tuple[str, ...]
    path: Path
    stamp: int
    """The file's time of change when the layer was listed, by which a replaced file is noticed."""

    @property
    def rows(self) -> tuple[dict[str, str], ...]:
        """The rows of the file, by column name. Raises `IonmError` 'bad-policy' where it cannot be read."""
        return _records(self.path, self.kind, self.stamp)


@dataclass(frozen=True, slots=True, eq=False)
class PolicyData:
    """Everything the files hold, checked. Two are the same only if they were loaded at once."""

    codes: Mapping[str, CodeRow]
    studies: tuple[StudyRow, ...]
    time_codes: tuple[TimeCodeRow, ...]
    references: Mapping[str, Reference]
    layers: tuple[Layer, ...]
    profiles: Mapping[str, Profile]
    tags: Mapping[str, TagRow]
    """Kinds of operation that necessity lists may name."""
    version: str


def load_data(policy_dir: Path | None = None) -> PolicyData:
    """The policy data with a user's own folder, if any. Raises `IonmError` 'bad-policy' naming file and field.

    Read once per process, and again where a file of the user's folder has changed since.
    """
    folder = policy_dir.resolve() if policy_dir else None
    return _load(folder, _state(folder))


def problems(policy_dir: Path | None = None) -> list[IonmError]:
    """All that is wrong: one error for each broken profile, else the first of the whole, else one for each broken layer."""
    found = []
    for path in _own_profiles(policy_dir) if policy_dir and policy_dir.is_dir() else ():
        try:
            _profile(path)
        except IonmError as error:
            found.append(error)
    if not found:
        try:
            data = load_data(policy_dir)
        except IonmError as error:
            return [error]
        for layer in data.layers:
            try:
                _ = layer.rows
            except IonmError as error:
                found.append(error)
    return found


def _state(folder: Path | None) -> tuple[tuple[str, int, int], ...]:
    """Names, times and sizes of a user's files, by which a change is noticed."""
    return tuple((str(path), path.stat().st_mtime_ns, path.stat().st_size) for path in _files(folder)) if folder else ()


_PATTERNS = ("*.toml", "cms/*.toml", "cms/*.csv", "profiles/*.toml", "people/*.toml")


def _files(folder: Path) -> list[Path]:
    found = [path for pattern in _PATTERNS for path in folder.glob(pattern)]
    return sorted(path for path in found if path.is_file())


@lru_cache(maxsize=8)
def _load(own: Path | None, _: tuple[tuple[str, int, int], ...]) -> PolicyData:
    from ionm_notes.policy.checks import check

    if own and not own.is_dir():
        raise bad(own.name, "no such folder of payer profiles")
    base = _with_shared(_profile(DATA / "profiles" / f"{BASE}.toml"), own)
    paths = [*sorted((DATA / "profiles").glob("*.toml")), *(_own_profiles(own) if own else ())]
    profiles = {path.stem: base if path.stem == BASE else _profile(path) for path in paths}
    layers, cited = _layers(own)
    references = (*rows(read_toml(_table("references.toml", own)), "reference", Reference), *cited)
    references += tuple(reference for profile in profiles.values() for reference in profile.references)
    data = PolicyData(
        codes={row.code: row for row in rows(read_toml(_table("codes.toml", own)), "code", CodeRow)},
        studies=rows(read_toml(_table("studies.toml", own)), "study", StudyRow),
        time_codes=rows(read_toml(_table("time_codes.toml", own)), "time_code", TimeCodeRow),
        references={reference.id: reference for reference in references},
        layers=layers,
        profiles=profiles,
        tags={row.id: row for row in rows(read_toml(_table("necessity.toml", own)), "tag", TagRow)},
        version=_version(own),
    )
    check(data, load_data() if own else None)
    return data


def _table(name: str, own: Path | None) -> Path:
    """The file of a table: the user's, which replaces the shipped one, or the shipped one."""
    return own / name if own and (own / name).exists() else DATA / name


def _profile(path: Path) -> Profile:
    file = read_toml(path)
    content = file.content
    for unknown in sorted(content.keys() - _HEAD - OVERLAY_TABLES.keys() - {"reference"}):
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
    cited = rows(file, "reference", Reference)
    return Profile(content["id"], content["title"], inherits, content.get("note", ""), file.name, _tables(file), cited)


def _tables(file: TomlFile) -> dict[str, tuple[Row, ...]]:
    return {name: rows(file, name, kind) for name, kind in OVERLAY_TABLES.items() if name in file.content}


def _with_shared(base: Profile, own: Path | None) -> Profile:
    """The base profile with the tables that have files of their own."""
    tables = dict(base.tables)
    for name in _SHARED:
        tables |= _tables(read_toml(_table(name, own)))
    return replace(base, tables=tables)


def _own_profiles(own: Path) -> list[Path]:
    """The profiles of a user's folder: every TOML file of it that is not a table under a shipped name."""
    found = sorted(path for path in own.glob("*.toml") if not (DATA / path.name).exists())
    if any(path.stem == BASE for path in found):
        raise bad(f"{BASE}.toml", "the base policy cannot be replaced; write a profile that inherits from it")
    return found


def _layers(own: Path | None) -> tuple[tuple[Layer, ...], tuple[Reference, ...]]:
    """The CMS layers, shipped and imported, and the sources that the imported ones bring."""
    layers: list[Layer] = []
    cited: list[Reference] = []
    for folder in (DATA / "cms", *((own / "cms",) if own else ())):
        if (folder / "layers.toml").exists():
            file = read_toml(folder / "layers.toml")
            layers += (_layer(row, folder / row.file) for row in rows(file, "layer", LayerRow))
            cited += rows(file, "reference", Reference)
    return tuple(layers), tuple(cited)


def _layer(row: LayerRow, path: Path) -> Layer:
    if Path(row.file).name != row.file:
        raise bad("layers.toml", f"field 'file': '{row.file}' must be the name of a file in the same folder", row.line)
    if not path.is_file():
        raise bad("layers.toml", f"field 'file': there is no '{row.file}' beside it", row.line)
    return Layer(row.kind, row.as_of, row.refs, path, path.stat().st_mtime_ns)


@lru_cache(maxsize=64)
def _records(path: Path, kind: str, _: int) -> tuple[dict[str, str], ...]:
    return read_records(path, kind)


def _version(own: Path | None) -> str:
    """The first twelve hex digits of a hash over every data file, so that two results with one version agree."""
    digest = hashlib.sha256()
    for root in (DATA, own) if own else (DATA,):
        for path in _files(root):
            digest.update(f"{path.relative_to(root).as_posix()}\0".encode() + path.read_bytes() + b"\0")
    return digest.hexdigest()[:12]
