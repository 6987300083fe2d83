"""Holds the loaded tables against one another: sources, codes, dates, inheritance; read this to see what is refused."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from itertools import pairwise

from ionm_notes.policy.checks_values import check_complete, check_values
from ionm_notes.policy.reading import bad
from ionm_notes.policy.store import PolicyData, Profile, keys_of
from ionm_notes.policy.tables import ItemRow, PrimaryRow, RefuseRow, RouteRow, Row


def check(data: PolicyData, shipped: PolicyData | None = None) -> None:
    """Raises `IonmError` 'bad-policy' for the first thing that does not fit together.

    `shipped` are the data without a user's folder, where there is one.
    """
    if shipped is not None:
        check_complete(data, shipped)
    timed = {row.code for row in data.time_codes}
    _check_refs(data.codes.values(), data)
    for kept in (data.studies, data.time_codes):
        _check_refs(kept, data)
        for row in kept:
            _known(row.code, row, data)
    for code in data.codes.values():
        for successor in code.successors:
            _known(successor, code, data)
    _no_overlap("study", (((row.key,), row) for row in data.studies))
    _no_overlap("time_code", (((row.code,), row) for row in data.time_codes))
    for profile in data.profiles.values():
        chain(profile.id, data.profiles)
        _check_profile(profile, data, timed)
    check_values(data)


def chain(payer: str, profiles: Mapping[str, Profile]) -> tuple[Profile, ...]:
    """A payer's profile and those it inherits from, nearest first. Raises `IonmError` for a cycle or an unknown name."""
    found: list[Profile] = []
    name: str | None = payer
    while name is not None:
        if name not in profiles:
            raise bad(found[-1].file if found else payer, f"inherits from '{name}', which is no payer profile")
        if any(profile.id == name for profile in found):
            names = " -> ".join([*(profile.id for profile in found), name])
            raise bad(found[0].file, f"profiles inherit from one another in a circle: {names}")
        found.append(profiles[name])
        name = profiles[name].inherits
    return tuple(found)


def _check_profile(profile: Profile, data: PolicyData, timed: set[str]) -> None:
    for table, kept in profile.tables.items():
        _check_refs(kept, data)
        _no_overlap(table, ((keys_of(table, row), row) for row in kept))
        for row in kept:
            if isinstance(row, ItemRow | RouteRow | RefuseRow | PrimaryRow) and row.code:
                _known(row.code, row, data)
            if isinstance(row, RouteRow) and row.code and row.code not in timed:
                raise bad(row.origin, f"[[route]], field 'code': '{row.code}' is no time code", row.line)


def _known(code: str, row: Row, data: PolicyData) -> None:
    if code not in data.codes:
        raise bad(row.origin, f"field 'code': unknown code '{code}'; codes.toml has no such code", row.line)


def _check_refs(kept: Iterable[Row], data: PolicyData) -> None:
    for row in kept:
        for ref in row.refs:
            if ref not in data.references:
                raise bad(row.origin, f"field 'refs': unknown source '{ref}'; references.toml has no such id", row.line)


def _no_overlap(table: str, keyed: Iterable[tuple[tuple[str, ...], Row]]) -> None:
    by_key: dict[str, list[Row]] = {}
    for keys, row in keyed:
        for key in keys:
            by_key.setdefault(key, []).append(row)
    for key, kept in by_key.items():
        kept.sort(key=lambda row: row.from_ or date.min)
        for one, other in pairwise(kept):
            if (one.to or date.max) >= (other.from_ or date.min):
                since = other.from_ or "the start"
                detail = f"[[{table}]] '{key}', field 'from': two entries hold on the same dates, from {since} on"
                raise bad(other.origin, detail, other.line)
