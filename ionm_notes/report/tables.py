"""Rows as a table for a terminal, as CSV for a spreadsheet, or as JSON lines; read this to add a view."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Literal, TextIO

from ionm_notes.report.clean import for_spreadsheet, for_terminal

Form = Literal["table", "csv", "jsonl"]
WRAPPED = {"message": 3, "because": 3, "excerpt": 3, "question": 2, "case": 2}
"""Columns that wrap, and their shares of the width that the others leave."""


def write_rows(rows: Iterable[Mapping[str, Any]], columns: Sequence[str], form: Form, out: TextIO) -> None:
    """Writes the named columns of the rows to `out`. A table has headings, CSV has RFC 4180 line ends."""
    if form == "csv":
        writer = csv.writer(out)
        writer.writerow(columns)
        writer.writerows([for_spreadsheet(row[column]) for column in columns] for row in rows)
    elif form == "jsonl":
        for row in rows:
            out.write(json_line({column: row[column] for column in columns}))
    else:
        _write_table(rows, columns, out)


def json_line(value: Mapping[str, Any]) -> str:
    """One line of JSON in ASCII: safe on any terminal and in any encoding."""
    return json.dumps(value, separators=(",", ":")) + "\n"


def _write_table(rows: Iterable[Mapping[str, Any]], columns: Sequence[str], out: TextIO) -> None:
    from rich import box
    from rich.table import Table
    from rich.text import Text

    from ionm_notes.report.console import console

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for column in columns:
        share = WRAPPED.get(column)
        table.add_column(column, no_wrap=share is None, overflow="fold", ratio=share)
    for row in rows:
        table.add_row(*(Text(for_terminal("" if row[column] is None else str(row[column]))) for column in columns))
    console(out).print(table)
