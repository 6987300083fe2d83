"""Reads the CSV file of a CMS layer and refuses what does not fit its kind; read this for the columns of each kind."""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from pathlib import Path

from ionm_notes.policy.reading import bad

MOST_BYTES = 20_000_000
"""The longest table, the edits of a time code with every operation, has some 50 kilobytes."""
_CODE, _DAY = r"[0-9A-Z]{5}", r"\d{4}-\d\d-\d\d"
_EDIT = {"column1": _CODE, "column2": _CODE, "modifier_indicator": "[019]", "deleted": _DAY}
_LIMIT = {"code": _CODE, "setting": "practitioner|outpatient_facility", "units": r"\d{1,6}", "mai": "[123]"}
NEEDED: Mapping[str, Mapping[str, str]] = {
    "ncci": _EDIT,
    "ncci-same-practitioner": _EDIT,
    "mue": _LIMIT,
    "mue-outpatient": _LIMIT,
    "addon": {"addon": _CODE, "primary": _CODE, "edit_type": "[123]"},
    "pfs": {"code": _CODE, "modifier": "[0-9A-Z]{0,2}", "status": "[A-Z]", "pctc": r"\d"},
    "pos": {"pos": r"\d\d", "type": "Facility|Non-Facility|Unassigned", "name": ".+"},
}
"""By kind of layer: the columns that must be there, and what each must hold."""
_AMOUNT = r"(\d+(\.\d+)?)?"
OPTIONAL: Mapping[str, str] = {"effective": _DAY, "deleted": _DAY, "facility_total": _AMOUNT, "conversion_factor": _AMOUNT}

Record = dict[str, str]


def read_records(path: Path, kind: str) -> tuple[Record, ...]:
    """The rows of a layer by column name. Raises `IonmError` 'bad-policy' naming file, line and column."""
    try:
        if path.stat().st_size > MOST_BYTES:
            raise bad(path.name, f"{path.stat().st_size} bytes; a table has at most {MOST_BYTES}")
        with path.open(encoding="utf-8", newline="") as stream:
            reader = csv.DictReader(stream)
            columns, found = tuple(reader.fieldnames or ()), tuple(reader)
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise bad(path.name, f"cannot be read: {error}") from error
    _check(path.name, kind, columns, found)
    return found


def _check(file: str, kind: str, columns: tuple[str, ...], found: tuple[Record, ...]) -> None:
    for column in NEEDED[kind]:
        if column not in columns:
            raise bad(file, f"column '{column}' is missing", 1)
    for column, expression in {**OPTIONAL, **NEEDED[kind]}.items():
        if column in columns:
            # Distinct values are far fewer than rows; only a bad one makes the line worth looking for.
            wrong = {value for value in {row.get(column) for row in found} if not _fits(value, expression)}
            if wrong:
                number, value = next((n, row[column]) for n, row in enumerate(found) if row.get(column) in wrong)
                raise bad(file, f"column '{column}' cannot be {value!r:.40}", number + 2)


def _fits(value: str | None, expression: str) -> bool:
    return value is not None and re.fullmatch(expression, value) is not None
