"""Lists for spreadsheets, XLSX and CSV: no cell of them is a formula, whatever a document holds.

A list is given as columns and rows; the rows may be many and are written as they come.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import chain, islice
from pathlib import Path
from typing import Any, Literal

from ionm_notes.limitation import in_full
from ionm_notes.report.clean import for_spreadsheet, for_terminal
from ionm_notes.store.database import Store
from ionm_notes.store.worklist import Wanted, every_finding, everything

ListForm = Literal["xlsx", "csv"]
LIST_FORMS: tuple[ListForm, ...] = ("xlsx", "csv")
MOST_TEXT = 32_767
"""Characters of a cell of XLSX; XlsxWriter leaves out a longer one without a word."""
MOST_ROWS = 1_048_575
"""Rows of a sheet of XLSX under its heading; more go on on a further sheet."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: the field of the rows, its heading, and its width in characters."""

    field: str
    heading: str
    width: int


WORKLIST = (
    Column("name", "Document", 36),
    Column("payer", "Payer", 12),
    Column("verdict", "Verdict", 13),
    Column("date_of_service", "Date of service", 14),
    Column("professional", "Professional", 26),
    Column("facility", "Facility", 26),
    Column("codes", "Codes", 40),
    Column("units", "Units", 7),
    Column("gaps", "Open gaps", 10),
    Column("reviewed", "Reviewed by", 14),
    Column("audited_at", "Audited (UTC)", 20),
)
FINDINGS = (
    Column("document", "Document", 36),
    Column("payer", "Payer", 12),
    Column("date_of_service", "Date of service", 14),
    Column("professional", "Professional", 26),
    Column("facility", "Facility", 26),
    Column("severity", "Severity", 9),
    Column("rule", "Rule", 24),
    Column("message", "Message", 60),
    Column("remedy", "What to do", 50),
    Column("citations", "Sources", 14),
    Column("evidence", "Evidence", 60),
    Column("decision", "Decision", 11),
    Column("reason", "Reason", 30),
    Column("who", "Decided by", 14),
)
Rows = Iterable[Mapping[str, Any]]


LISTS = {"worklist": WORKLIST, "findings": FINDINGS}
"""The lists of the store by name."""


def of_store(store: Store, what: str, wanted: Wanted, path: Path, form: ListForm, made: date) -> int:
    """Writes a list of the store ('worklist' or 'findings'), as far as it is wanted; returns how many rows it has."""
    rows = everything(store, wanted) if what == "worklist" else every_finding(store, wanted)
    return write_list(path, form, what.capitalize(), LISTS[what], rows, made)


def write_list(path: Path, form: ListForm, title: str, columns: Sequence[Column], rows: Rows, made: date) -> int:
    """Writes a list into a file and returns how many rows it has.

    XLSX is put together from files in the folder of `path`, which hold what the list holds.
    """
    return (_xlsx if form == "xlsx" else _csv)(path, title, columns, rows, made)


def _csv(path: Path, _: str, columns: Sequence[Column], rows: Rows, __: date) -> int:
    count = 0
    # With a mark at its start, by which spreadsheets know UTF-8.
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([column.heading for column in columns])
        for row in rows:
            writer.writerow([for_spreadsheet(row[column.field]) for column in columns])
            count += 1
    return count


def _xlsx(path: Path, title: str, columns: Sequence[Column], rows: Rows, made: date) -> int:
    from xlsxwriter import Workbook

    moment = datetime.combine(made, time())
    count = 0
    with Workbook(str(path), {"constant_memory": True, "tmpdir": str(path.parent)}) as book:
        book.set_properties({"author": "ionm-notes", "title": title, "created": moment})
        bold = book.add_format({"bold": True, "bg_color": "#eef0f2"})
        wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        for number, part in enumerate(_parts(rows), 1):
            sheet = book.add_worksheet(title if number == 1 else f"{title} {number}")
            count += _sheet(sheet, columns, part, (bold, wrapped))
        about = book.add_worksheet("About")
        about.set_column(0, 0, 100, wrapped)
        about.write_string(0, 0, f"{title}, {made.isoformat()}, {count:,} rows", bold)
        about.write_string(1, 0, in_full(), wrapped)
    return count


def _parts(rows: Rows) -> Iterator[Rows]:
    """The rows by sheets, at least one; each is to be read to its end before the next is asked for."""
    left = iter(rows)
    yield islice(left, MOST_ROWS)
    for first in left:
        yield chain((first,), islice(left, MOST_ROWS - 1))


def _sheet(sheet: Any, columns: Sequence[Column], rows: Rows, formats: tuple[Any, Any]) -> int:
    bold, wrapped = formats
    for place, column in enumerate(columns):
        sheet.set_column(place, place, column.width, wrapped)
        sheet.write_string(0, place, column.heading, bold)
    sheet.freeze_panes(1, 1)
    count = 0
    for count, row in enumerate(rows, 1):
        for place, column in enumerate(columns):
            value = row[column.field]
            if isinstance(value, int | float):
                sheet.write_number(count, place, value)
            elif value not in (None, ""):
                sheet.write_string(count, place, _fitting(for_terminal(str(value))))
    sheet.autofilter(0, 0, count, len(columns) - 1)
    return count


def _fitting(text: str) -> str:
    cut = " … (cut)"
    return text if len(text) <= MOST_TEXT else text[: MOST_TEXT - len(cut)] + cut
