"""Writes a comparison into a file by its ending: a workbook, a Parquet table, or FHIR DetectedIssues."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date, datetime
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from ionm_notes.claims.model import Row
from ionm_notes.claims.rows import COLUMNS, flat_row, plain_row
from ionm_notes.errors import IonmError

ENDINGS = (".xlsx", ".parquet", ".json")
WIDTHS = {"message": 60, "troubles": 60, "remedy": 50, "evidence": 60, "report": 30, "claim_place": 26}
"""Columns of a workbook that are wider than the others, in characters."""
NUMBERS = frozenset(("line", "units", "supported_units", "units_at_stake"))


def refuse_ending(path: Path) -> None:
    """Raises `IonmError`, before any work is done: `bad-form` for an ending of no kind that is written, `parquet-missing`."""
    if path.suffix.lower() not in ENDINGS:
        raise IonmError("bad-form", path.name, f"the ending is none of {', '.join(ENDINGS)}")
    if path.suffix.lower() == ".parquet" and find_spec("pyarrow") is None:
        raise IonmError("parquet-missing", path.name)


def write_file(path: Path, rows: Sequence[Row], made: datetime) -> None:
    """Writes the rows; `made`: when, with its zone. The file is there already and empty, or is overwritten."""
    ending = path.suffix.lower()
    if ending == ".xlsx":
        from ionm_notes.handout.lists import Column, write_list

        columns = [Column(name, name.replace("_", " ").capitalize(), WIDTHS.get(name, 14)) for name in COLUMNS]
        write_list(path, "xlsx", "Comparison", columns, map(flat_row, rows), made.date())
    elif ending == ".parquet":
        _parquet(path, rows)
    else:
        from ionm_notes.claims.fhir_out import issues

        path.write_text(json.dumps(issues(rows, made), indent=1) + "\n", encoding="utf-8")


def _parquet(path: Path, rows: Sequence[Row]) -> None:
    import pyarrow as pa
    from pyarrow import parquet

    evidence = pa.list_(pa.struct([("page", pa.int32()), ("text", pa.string()), ("file", pa.string())]))
    troubles = pa.list_(pa.struct([("kind", pa.string()), ("message", pa.string()), ("rule", pa.string())]))
    known = {"amount": pa.float64(), "date_of_service": pa.date32(), "evidence": evidence, "troubles": troubles}
    schema = pa.schema([(name, known.get(name, pa.int64() if name in NUMBERS else pa.string())) for name in COLUMNS])
    parquet.write_table(pa.Table.from_pylist([_for_table(row) for row in rows], schema), path)


def _for_table(row: Row) -> dict[str, Any]:
    plain = plain_row(row)
    day: date | None = row.day
    return {**plain, "date_of_service": day}
