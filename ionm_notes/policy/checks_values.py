"""Refuses values that could only fail or be silently without effect later: unknown names, impossible units, lost days.

A misspelled limit or rule in a plan's profile would change nothing and tell nobody; a table of a user's that lacks a row
of the shipped one would fail in the middle of an audit.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING

from ionm_notes.policy.reading import bad
from ionm_notes.policy.records import NEEDED
from ionm_notes.policy.tables import CredentialRow, NecessityRow, PlaceRow, RouteRow, Row, TimeCodeRow

if TYPE_CHECKING:
    from ionm_notes.policy.store import PolicyData, Profile

NAMED: Mapping[str, str] = {"limit": "name", "item": "name", "rule": "id", "place_type": "type"}
"""Tables of which an overlay may change rows, but not invent them, with the field that names a row."""
PLAIN = re.compile(r"[A-Z]+")


def check_values(data: PolicyData) -> None:
    """Raises `IonmError` 'bad-policy' for the first value that cannot work or would have no effect."""
    for unit in data.time_codes:
        _check_units(unit, unit.minutes_per_unit, unit.minimum, unit.remainder)
    for layer in data.layers:
        if layer.kind not in NEEDED:
            raise bad("layers.toml", f"field 'kind': '{layer.kind}' is none of {', '.join(NEEDED)}")
    for profile in data.profiles.values():
        _check_names(profile, data)
        for rows in profile.tables.values():
            for row in rows:
                _check_row(row, data)


def _check_names(profile: Profile, data: PolicyData) -> None:
    base = data.profiles["base"]
    for table, name in NAMED.items():
        known = {getattr(row, name) for row in base.tables.get(table, ())}
        for row in profile.tables.get(table, ()):
            if getattr(row, name) not in known:
                raise _bad(row, f"[[{table}]], field '{name}': the base policy has no '{getattr(row, name)}'")


def _check_row(row: Row, data: PolicyData) -> None:
    if isinstance(row, NecessityRow) and row.tag not in data.tags:
        raise _bad(
            row, f"[[necessity]], field 'tag': '{row.tag}' is no kind of operation; known are {', '.join(sorted(data.tags))}"
        )
    if isinstance(row, CredentialRow):
        for name in row.names:
            if not PLAIN.fullmatch(name):
                raise _bad(
                    row, f"[[credential]], field 'names': write '{name}' in capital letters, without dots, spaces and hyphens"
                )
    if isinstance(row, PlaceRow) and not re.fullmatch(r"\d\d", row.code):
        raise _bad(row, f"[[place]], field 'code': '{row.code}' is no place of service of two digits")
    if isinstance(row, RouteRow) and row.code:
        _check_route(row, data)


def _check_route(row: RouteRow, data: PolicyData) -> None:
    """A day that a route names must lie within the code's own days; an open end is bounded by them."""
    code = data.codes[row.code]
    first, last = code.from_ or date.min, code.to or date.max
    for name, day in (("from", row.from_), ("to", row.to)):
        if day is not None and not first <= day <= last:
            days = " ".join((*((f"from {first}",) if code.from_ else ()), *((f"to {last}",) if code.to else ())))
            raise _bad(row, f"[[route]], field '{name}': {row.code} is valid {days}, which {day} is not within")
    units = [unit for unit in data.time_codes if unit.code == row.code]
    for unit in units:
        minimum = unit.minimum if row.minimum is None else row.minimum
        _check_units(row, unit.minutes_per_unit, minimum, unit.remainder if row.remainder is None else row.remainder)


def _check_units(row: TimeCodeRow | RouteRow, per_unit: int, minimum: int, remainder: int) -> None:
    if per_unit < 1:
        raise _bad(row, "field 'minutes_per_unit': must be 1 or more")
    for name, value in (("minimum", minimum), ("remainder", remainder)):
        if not 1 <= value <= per_unit:
            raise _bad(row, f"field '{name}': must be from 1 to {per_unit}, not {value}")


def check_complete(data: PolicyData, shipped: PolicyData) -> None:
    """Raises `IonmError` 'bad-policy' where a table of a user's lacks a row of the shipped one that it replaces."""
    base, model = data.profiles["base"], shipped.profiles["base"]
    for table, name in NAMED.items():
        _all_there(base.tables.get(table, ()), model.tables.get(table, ()), table, name)
    _all_there(data.studies, shipped.studies, "study", "key")
    _all_there(data.time_codes, shipped.time_codes, "time_code", "code")
    _all_there(data.codes.values(), shipped.codes.values(), "code", "code")


def _all_there(rows: Iterable[Row], model: Iterable[Row], table: str, name: str) -> None:
    held = list(rows)
    missing = {getattr(row, name) for row in model} - {getattr(row, name) for row in held}
    if missing:
        file = held[0].origin if held else f"the table [[{table}]]"
        raise bad(file, f"[[{table}]] lacks {', '.join(sorted(missing))}, which the shipped table has")


def _bad(row: Row, detail: str) -> Exception:
    return bad(row.origin, detail, row.line)
