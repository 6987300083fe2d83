"""Claims as tables (CSV, XLSX) and back; read this for the columns, and for the mapping file of other headings.

A mapping file is TOML: `[columns]` names the heading under which each column stands, `[payers]` turns payers as the
claims write them into payers of the policy, `[npi]` gives professionals their number.
"""

from __future__ import annotations

import csv
import io
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ionm_notes.claims.model import ClaimLine, Claims, Fault, Place
from ionm_notes.claims.values import Unreadable, code_of, codes_of, day_of, money_of, plain_money, units_of
from ionm_notes.errors import IonmError
from ionm_notes.limits import LIMITS, Limits
from ionm_notes.report.clean import FORMULA

COLUMNS: Mapping[str, str] = {
    "claim": "the claim's number; rows of one number are one claim",
    "line": "the line's number within the claim; counted where the column is missing",
    "patient": "the patient's name, 'Last, First' or 'First Last'",
    "birth_date": "the patient's date of birth",
    "record_number": "the patient's record or account number as the report has it",
    "date_of_service": "the day of the service",
    "code": "the procedure code; modifiers may follow it with hyphens (95938-26)",
    "modifiers": "modifiers, parted by blanks or commas",
    "units": "whole units; empty is one",
    "place_of_service": "two digits",
    "professional": "the rendering professional's name",
    "npi": "the rendering professional's NPI",
    "payer": "the payer: a name of the policy (medicare), or any name that the mapping file explains",
    "filing_code": "the claim filing indicator of X12, such as MB",
    "charge": "money charged for the whole line",
    "diagnoses": "ICD-10 codes, parted by blanks or commas",
}
"""The columns of a table of claims, in the order in which they are written, and what stands in them."""
NEEDED = ("claim", "code")


@dataclass(frozen=True, slots=True)
class Headings:
    """What a mapping file says; empty without one."""

    columns: Mapping[str, str] = field(default_factory=dict)
    payers: Mapping[str, str] = field(default_factory=dict)
    npi: Mapping[str, str] = field(default_factory=dict)


PLAIN = Headings()


def read_mapping(path: Path) -> Headings:
    """A mapping file. Raises `IonmError` (bad-mapping) naming what is wrong."""
    try:
        told = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise IonmError("bad-mapping", path.name, f"no TOML that can be read ({error})") from error
    for table, content in told.items():
        if table not in ("columns", "payers", "npi") or not isinstance(content, dict):
            raise IonmError("bad-mapping", path.name, f"[{table}] is none of the tables columns, payers, npi")
        for name, value in content.items():
            if not isinstance(value, str):
                raise IonmError("bad-mapping", path.name, f"[{table}] {name}: must be a text in quotes")
            if table == "columns" and name not in COLUMNS:
                raise IonmError("bad-mapping", path.name, f"[columns] {name}: there is no such column; see docs/claims.md")
    payers = {name.strip().casefold(): payer for name, payer in told.get("payers", {}).items()}
    return Headings(told.get("columns", {}), payers, told.get("npi", {}))


def read_csv(data: bytes, name: str, mapping: Headings = PLAIN, limits: Limits = LIMITS) -> Claims:
    """The claims of a CSV file in UTF-8 (or Windows-1252), parted by commas, semicolons or tabs.

    Raises `IonmError` (bad-claims) where it is no table of claims at all.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", errors="replace")
    head = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=head.count)
    try:
        return _lines(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), name, mapping, limits)
    except csv.Error as error:
        raise IonmError("bad-claims", name, f"no CSV that can be read ({error})") from error


def read_xlsx(data: bytes, name: str, mapping: Headings = PLAIN, limits: Limits = LIMITS) -> Claims:
    """The claims of the first sheet of an XLSX file. Raises `IonmError` (bad-claims)."""
    from ionm_notes.policy.importing.xlsx import xlsx_rows

    try:
        return _lines(xlsx_rows(io.BytesIO(data), name), name, mapping, limits)
    except IonmError as error:
        raise error if error.code != "bad-import" else IonmError("bad-claims", name, error.detail) from error


def _lines(rows: Iterator[list[str]], name: str, mapping: Headings, limits: Limits) -> Claims:
    places = _places(next(rows, []), name, mapping)
    lines: list[ClaimLine] = []
    faults: list[Fault] = []
    counted: dict[str, int] = {}
    for number, row in enumerate(rows, 2):
        cells = {column: _unquoted(row[at].strip()) if at < len(row) else "" for column, at in places.items()}
        if not any(cells.values()):
            continue
        if len(lines) >= limits.claim_lines:
            raise IonmError("bad-claims", name, f"more than {limits.claim_lines} lines; split the file")
        place = Place(name, f"row {number}", number)
        if missing := [column for column in NEEDED if not cells[column]]:
            faults.append(Fault(place, f"the row says no {' and no '.join(missing)}; it was left out"))
            continue
        counted[cells["claim"]] = counted.get(cells["claim"], 0) + 1
        lines.append(_line(cells, place, counted[cells["claim"]], faults))
    return Claims(tuple(lines), tuple(faults))


def _unquoted(cell: str) -> str:
    """The cell without the apostrophe by which a spreadsheet is told that a text is no formula."""
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(FORMULA) else cell


def _places(row: Sequence[str], name: str, mapping: Headings) -> dict[str, int]:
    """Where each column stands. A heading is the column's own name, or what the mapping says, in any case."""
    known = {heading.strip().casefold(): at for at, heading in reversed(list(enumerate(row)))}
    places: dict[str, int] = {}
    for column in COLUMNS:
        own = (column, column.replace("_", " "))
        wanted = (mapping.columns[column],) if column in mapping.columns else own
        for heading in wanted:
            if heading.strip().casefold() in known:
                places[column] = known[heading.strip().casefold()]
        if column in mapping.columns and column not in places:
            raise IonmError("bad-claims", name, f"there is no heading '{mapping.columns[column]}' (mapped to {column})")
    missing = [column for column in NEEDED if column not in places]
    if missing:
        raise IonmError("bad-claims", name, f"its first row has no heading for {' and '.join(missing)}")
    return places


def _line(cells: Mapping[str, str], place: Place, counted: int, faults: list[Fault]) -> ClaimLine:
    def value(column: str, read: Any) -> Any:
        """What a cell says; None, and a fault, where it cannot be read."""
        try:
            return read(cells.get(column, ""))
        except Unreadable as error:
            faults.append(Fault(place, f"{column}: {error}"))
            return None

    code, behind = code_of(cells["code"])
    number = value("line", units_of)
    return ClaimLine(
        claim=cells["claim"],
        line=counted if number is None else number,
        code=code,
        patient=cells.get("patient", ""),
        born=value("birth_date", day_of),
        record=cells.get("record_number", ""),
        day=value("date_of_service", day_of),
        modifiers=tuple(dict.fromkeys((*behind, *codes_of(cells.get("modifiers", ""))))),
        units=value("units", units_of),
        place=_two_digits(cells.get("place_of_service", "")),
        professional=cells.get("professional", ""),
        npi=cells.get("npi", ""),
        payer=cells.get("payer", ""),
        filing=cells.get("filing_code", "").upper(),
        charge=value("charge", money_of),
        diagnoses=codes_of(cells.get("diagnoses", "")),
        source=place,
    )


def _two_digits(place: str) -> str:
    """A place of service as two digits: spreadsheets drop a leading zero."""
    return place.zfill(2) if place.isdecimal() else place


def as_rows(lines: Iterable[ClaimLine]) -> Iterator[dict[str, Any]]:
    """The lines as rows of the columns; written as CSV and read again, they are equal."""
    for line in lines:
        yield {
            "claim": line.claim,
            "line": line.line,
            "patient": line.patient,
            "birth_date": line.born.isoformat() if line.born else "",
            "record_number": line.record,
            "date_of_service": line.day.isoformat() if line.day else "",
            "code": line.code,
            "modifiers": " ".join(line.modifiers),
            "units": line.units,
            "place_of_service": line.place,
            "professional": line.professional,
            "npi": line.npi,
            "payer": line.payer,
            "filing_code": line.filing,
            "charge": plain_money(line.charge),
            "diagnoses": " ".join(line.diagnoses),
        }
