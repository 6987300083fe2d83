"""Claims as CSV and XLSX: headings of one's own, values that cannot be read, and back."""

from __future__ import annotations

import io
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from fixtures.claims.make import Scene
from ionm_notes.claims.reading import read_claims
from ionm_notes.claims.tabular import COLUMNS, as_rows, read_csv, read_mapping
from ionm_notes.errors import IonmError
from ionm_notes.limits import Limits
from ionm_notes.report.tables import write_rows

ONE = "claim,code,units,date_of_service,charge\n"


def csv_of(lines: object) -> bytes:
    out = io.StringIO()
    write_rows(as_rows(lines), tuple(COLUMNS), "csv", out)
    return out.getvalue().encode()


def test_lines_written_as_csv_are_read_back_equal(practice: list[Scene]) -> None:
    lines = tuple(line for scene in practice for line in scene.lines)
    assert read_csv(csv_of(lines), "claims.csv").lines == lines


def test_a_workbook_with_real_dates_and_numbers_gives_the_same_lines() -> None:
    book = openpyxl.Workbook()
    book.active.append(["Claim", "Code", "Units", "Date of service", "Charge", "place_of_service", "record number"])
    book.active.append([17, "95938-26", 1, datetime(2025, 4, 17), 250.5, 21, "LV-1"])
    out = io.BytesIO()
    book.save(out)
    (line,) = read_claims(out.getvalue(), "claims.xlsx").lines
    assert (line.claim, line.code, line.modifiers, line.units, line.day, line.charge, line.place, line.record) == (
        "17",
        "95938",
        ("26",),
        1,
        date(2025, 4, 17),
        Decimal("250.5"),
        "21",
        "LV-1",
    )


def test_headings_payers_and_numbers_of_ones_own(tmp_path: Path) -> None:
    mapping = tmp_path / "mine.toml"
    mapping.write_text(
        '[columns]\nclaim = "Acct#"\ncode = "CPT"\n[payers]\n"BCBS of X" = "commercial"\n[npi]\n"Ann Arden" = "1"\n'
    )
    headings = read_mapping(mapping)
    assert headings.payers == {"bcbs of x": "commercial"}
    assert [line.code for line in read_csv(b"Acct#;CPT\n1;95938\n", "c.csv", headings).lines] == ["95938"]


@pytest.mark.parametrize("text", ["[columns]\nclaims = 'x'\n", "[other]\n", "[npi]\nAnn = 3\n", "no toml"])
def test_a_wrong_mapping_file_is_refused_by_name(tmp_path: Path, text: str) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(text)
    with pytest.raises(IonmError) as refused:
        read_mapping(path)
    assert (refused.value.code, refused.value.file) == ("bad-mapping", "mine.toml")


def test_what_cannot_be_read_is_named_with_its_row_and_the_rest_is_read() -> None:
    rows = "1,95938,2.5,03/14/2025,10\n2,,1,03/14/2025,10\n3,95939,1,14.3.25,abc\n4,95940,4,2025-03-14,$1,000.00\n"
    claims = read_csv((ONE + rows.replace("$1,000.00", '"$1,000.00"')).encode(), "c.csv")
    assert [(line.claim, line.units, line.day) for line in claims.lines] == [
        ("1", None, date(2025, 3, 14)),
        ("3", 1, None),
        ("4", 4, date(2025, 3, 14)),
    ]
    assert [(fault.place.where, fault.what.split(":")[0]) for fault in claims.faults] == [
        ("row 2", "units"),
        ("row 3", "the row says no code; it was left out"),
        ("row 4", "date_of_service"),
        ("row 4", "charge"),
    ]
    assert claims.lines[-1].charge == Decimal(1000)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty-file"),
        (b"a,b\n1,2\n", "bad-claims"),
        (b"PK\x03\x04 no workbook", "bad-claims"),
        (b"claim,code\n" + b"1,95938\n" * 4, "bad-claims"),
        (b'claim,code\n"' + b"x" * 200_000 + b'",1\n', "bad-claims"),
    ],
)
def test_a_file_that_is_no_table_of_claims_is_refused(data: bytes, code: str) -> None:
    with pytest.raises(IonmError) as refused:
        read_claims(data, "c.csv", limits=Limits(claim_lines=3))
    assert refused.value.code == code


def test_a_cell_that_a_spreadsheet_would_run_comes_back_as_it_was() -> None:
    lines = read_csv(ONE.encode() + b"=1+1,95938,1,2025-03-14,-5\n", "c.csv").lines
    assert lines[0].claim == "=1+1"
    assert read_csv(csv_of(lines), "c.csv").lines == lines
