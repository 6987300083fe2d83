"""What leaves the program: workbook, Parquet, FHIR, and drafts for each professional, never a line that falls."""

from __future__ import annotations

import csv
import json
from collections.abc import Sequence
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from command import Cli
from fhir.resources.bundle import Bundle
from fhir.resources.R4B.bundle import Bundle as BundleR4
from made_up import reports_of
from pyarrow import parquet

from fixtures.claims.make import MAKERS, Practice, Scene
from ionm_notes.claims.comparing import Terms, compare
from ionm_notes.claims.drafts import drafts
from ionm_notes.claims.fhir_out import claims, issues
from ionm_notes.claims.files import write_file
from ionm_notes.claims.model import Report, Row
from ionm_notes.claims.reading import read_claims
from ionm_notes.claims.rows import COLUMNS

NOW = datetime(2026, 1, 5, 8, 30, tzinfo=UTC)
TERMS = Terms("medicare", npi={"Hesper Vantongeren": "1234567893"}, fees={"G0453": Decimal("31.50"), "95938": Decimal(60)})


@pytest.fixture(scope="session")
def rows(practice: list[Scene], practice_reports: list[Report]) -> list[Row]:
    return compare([line for scene in practice for line in scene.lines], practice_reports, Terms("medicare"))


def test_a_workbook_holds_every_row_as_text_and_numbers(rows: Sequence[Row], tmp_path: Path) -> None:
    write_file(tmp_path / "v.xlsx", rows, NOW)
    sheet = openpyxl.load_workbook(tmp_path / "v.xlsx")["Comparison"]
    cells = list(sheet.iter_rows(values_only=True))
    assert len(cells) == len(rows) + 1
    assert len(cells[0]) == len(COLUMNS)
    assert [cell[0] for cell in cells[1:]] == [row.outcome for row in rows]
    assert {cell.data_type for line in sheet.iter_rows(min_row=2) for cell in line} <= {"s", "n"}


def test_a_parquet_table_has_typed_columns_for_whoever_asks_it_questions(rows: Sequence[Row], tmp_path: Path) -> None:
    write_file(tmp_path / "v.parquet", rows, NOW)
    table = parquet.read_table(tmp_path / "v.parquet")
    assert table.column_names == list(COLUMNS)
    assert table.schema.field("date_of_service").type == "date32[day]"
    assert table["outcome"].to_pylist() == [row.outcome for row in rows]
    assert table["evidence"].to_pylist()[0][0]["page"] == 1


def test_what_is_wrong_is_a_detected_issue_valid_in_both_versions_of_fhir(rows: Sequence[Row]) -> None:
    bundle = issues(rows, NOW)
    Bundle.model_validate(bundle)
    BundleR4.model_validate(bundle)
    found = [entry["resource"] for entry in bundle["entry"]]
    assert len(found) == sum(row.outcome not in ("supported", "not-judged") for row in rows)
    over = next(one for one in found if one["code"]["text"] == "over-coded")
    assert (over["severity"], over["status"]) == ("high", "preliminary")
    assert "page 1" in over["evidence"][0]["code"][0]["text"]


def test_drafts_hold_supported_lines_alone_and_read_back_equal(practice_reports: list[Report]) -> None:
    found = drafts(practice_reports, "medicare", TERMS)
    lines = [line for mine in found.by_professional.values() for line in mine]
    bundle = claims(lines, NOW)
    Bundle.model_validate(bundle)
    BundleR4.model_validate(bundle)
    assert {entry["resource"]["status"] for entry in bundle["entry"]} == {"draft"}
    read = read_claims(json.dumps(bundle).encode(), "drafts.json").lines
    assert list(read) == lines
    assert found.held > 0, "unsigned reports"


def test_drafted_lines_are_supported_when_they_are_compared(practice_reports: list[Report]) -> None:
    known = [report for report in practice_reports if report.owner.numbers]
    found = drafts(known, "medicare", TERMS)
    lines = [line for mine in found.by_professional.values() for line in mine if line not in found.to_decide]
    outcomes = {row.outcome for row in compare(lines, known, Terms()) if row.line}
    assert outcomes <= {"supported", "mue"}


def test_a_line_that_falls_beside_another_is_never_drafted() -> None:
    practice = Practice(3)
    conduction = next(make for make in MAKERS if make.__name__ == "_conduction")
    made = [conduction(practice) for _ in range(3)]
    found = drafts(reports_of(made), "medicare", TERMS)
    codes = [line.code for mine in found.by_professional.values() for line in mine]
    assert "95861" in codes
    assert "95907" not in codes
    assert found.denied == 3


def test_the_command_writes_a_file_for_each_professional_with_the_npi_that_is_known(
    cli: Cli, tmp_path: Path, practice: list[Scene]
) -> None:
    (tmp_path / "reports").mkdir()
    for scene in practice[:4]:
        for name, text in scene.reports.items():
            (tmp_path / "reports" / name).write_text(text)
    (tmp_path / "m.toml").write_text('[npi]\n"Hesper Vantongeren" = "1234567893"\n"Lucan Ferrybridge" = "1992999999"\n')
    done = cli("draft", "reports", "--mapping", "m.toml", "--out", "drafts")
    assert done.code == 0, done.err
    assert "left out" in done.err
    files = sorted((tmp_path / "drafts").iterdir())
    assert len(files) > 1
    for path in files:
        lines = list(csv.DictReader(path.open()))
        assert len({line["professional"] for line in lines}) == 1
        if "vantongeren" in path.name:
            assert {line["npi"] for line in lines} == {"1234567893"}


def test_compare_also_writes_a_file_and_refuses_an_ending_that_it_does_not_know(
    cli: Cli, tmp_path: Path, practice: list[Scene]
) -> None:
    name, text = next(iter(practice[0].reports.items()))
    (tmp_path / name).write_text(text + "\nCharges\nCPT 95941 x 9\n")
    assert cli("compare", "--own-charges", name, "--payer", "medicare", "--out", "v.json").code == 0
    assert json.loads((tmp_path / "v.json").read_text())["resourceType"] == "Bundle"
    assert cli("compare", "--own-charges", name, "--out", "v.doc").code == 2
