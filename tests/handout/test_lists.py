"""Lists open in a spreadsheet as text and numbers, never as formulas, and hold what the desk shows."""

from __future__ import annotations

import csv
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from typer.testing import CliRunner

from ionm_notes.cli.main import app
from ionm_notes.handout import lists
from ionm_notes.handout.lists import Column, of_store, write_list
from ionm_notes.store.database import Store
from ionm_notes.store.record import Record
from ionm_notes.store.reviews import By, decide, finding_key
from ionm_notes.store.worklist import Wanted

MADE = date(2026, 1, 5)
NOW = datetime(2026, 1, 5, 8, tzinfo=UTC)
TRAPS = ("=HYPERLINK(1)", "+1", "-2+3", "@SUM(A1)", "＝1", "\t=1", "https://example.org", "0815", "a\x00b", "x" * 40_000, "")
COLUMNS = (Column("words", "Words", 20), Column("count", "Count", 8))


def sheet_of(path: Path, name: str) -> Any:
    return openpyxl.load_workbook(path)[name]


def test_no_cell_of_a_workbook_is_a_formula_and_numbers_stay_numbers(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    rows = [{"words": words, "count": count} for count, words in enumerate(TRAPS)]
    assert write_list(path, "xlsx", "Traps", COLUMNS, rows, MADE) == len(TRAPS)
    sheet = sheet_of(path, "Traps")
    cells = [cell for row in sheet.iter_rows(min_row=2) for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s", "n"}
    assert all(cell.data_type == ("s" if cell.column == 1 else "n") for cell in cells)
    assert all(cell.hyperlink is None for cell in cells)
    assert sheet["A2"].value == "=HYPERLINK(1)"
    assert sheet["A9"].value == "0815"
    assert sheet["A10"].value == "ab"
    assert sheet["A11"].value.endswith("(cut)")
    assert "not a payer's determination" in sheet_of(path, "About")["A2"].value
    assert [one.name for one in tmp_path.iterdir()] == ["a.xlsx"], "nothing is left beside it"


def test_no_cell_of_a_csv_begins_as_a_formula(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    write_list(path, "csv", "Traps", COLUMNS, [{"words": words, "count": -1} for words in TRAPS], MADE)
    with path.open(encoding="utf-8-sig", newline="") as file:
        read = list(csv.reader(file))[1:]
    assert [row[0][:1] for row in read[:6]] == ["'"] * 6
    assert {row[1] for row in read} == {"-1"}


def test_more_rows_than_a_sheet_holds_go_on_on_the_next(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lists, "MOST_ROWS", 3)
    rows = [{"words": str(number), "count": number} for number in range(7)]
    write_list(tmp_path / "a.xlsx", "xlsx", "Many", COLUMNS, rows, MADE)
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    assert book.sheetnames == ["Many", "Many 2", "Many 3", "About"]
    assert [sheet.max_row for sheet in book.worksheets[:3]] == [4, 4, 2]


def test_the_lists_hold_the_worklist_and_its_findings_with_evidence_and_decisions(
    store: Store, tmp_path: Path, make_record: Callable[..., Record]
) -> None:
    for name in ("first.txt", "=cmd|' /C calc'!A0.txt"):
        store.add(make_record(name), NOW)
    line = store.line(1)
    finding = next(one for one in line["findings"] if one["severity"] != "info" and one["evidence"])
    decide(store, 1, line["payer"], finding_key(finding), "dismissed", By("ann", NOW, "seen in the log"))
    of_store(store, "worklist", Wanted(sort="name", descending=False), tmp_path / "w.xlsx", "xlsx", MADE)
    rows = list(sheet_of(tmp_path / "w.xlsx", "Worklist").iter_rows(min_row=2, values_only=True))
    names, payers = ("=cmd|' /C calc'!A0.txt", "first.txt"), ("medicare", "commercial")
    assert [row[:2] for row in rows] == [(name, payer) for name in names for payer in payers]
    shown = of_store(store, "findings", Wanted(payer=line["payer"], rule=finding["rule"]), tmp_path / "f.csv", "csv", MADE)
    with (tmp_path / "f.csv").open(encoding="utf-8-sig", newline="") as file:
        found = list(csv.DictReader(file))
    assert len(found) == shown
    assert {row["Rule"] for row in found} == {finding["rule"]}
    mine = next(row for row in found if row["Decision"])
    assert (mine["Decision"], mine["Reason"], mine["Decided by"]) == ("dismissed", "seen in the log", "ann")
    assert f'p. {finding["evidence"][0]["page"]}: "{finding["evidence"][0]["text"]}"' in mine["Evidence"]
    assert mine["What to do"] == finding["remedy"]
    assert mine["Sources"] == " ".join(finding["citations"])


# --- the command line ----------------------------------------------------------------------------------------------


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, make_record: Callable[..., Record]) -> Callable[..., Any]:
    monkeypatch.chdir(tmp_path)
    with Store(tmp_path / "ionm-notes.db") as opened:
        opened.add(make_record("case.txt"), NOW)
    return lambda *arguments: CliRunner().invoke(app, ["report", *arguments])


def test_hand_outs_are_written_by_the_command_line_for_the_owner_alone(run: Callable[..., Any], tmp_path: Path) -> None:
    asked = (("audit", "1", "--out", "a.pdf"), ("audit", "case.txt", "--payer", "medicare", "--out", "a.html"))
    for arguments in (*asked, ("query", "1", "--out", "q.docx"), ("list", "worklist", "--out", "w.xlsx")):
        done = run(*arguments)
        assert done.exit_code == 0, done.output
        assert (tmp_path / arguments[-1]).stat().st_mode & 0o777 == 0o600
    done = run("appeal", "1", "--reason", "late-report", "--code", "95941", "--out", "m.docx")
    assert "Standing: " in done.output
    made = sorted(path.name for path in tmp_path.iterdir() if path.suffix != ".db")
    assert made == ["a.html", "a.pdf", "m.docx", "q.docx", "w.xlsx"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("audit", "1", "--out", "a.txt"), "none of pdf, html, docx"),
        (("audit", "case.txt", "--out", "a.pdf"), "means 2 audits"),
        (("audit", "nobody.txt", "--out", "a.pdf"), "nothing is stored for"),
        (("appeal", "1", "--reason", "because", "--out", "a.pdf"), "neither a denial reason nor a rule"),
        (("list", "worklist", "--out", "a.pdf"), "none of xlsx, csv"),
        (("audit", "1", "--out", "taken.pdf"), "such a file already"),
        (("list", "worklist", "--out", "taken.csv"), "such a file already"),
    ],
)
def test_what_cannot_be_made_says_why_and_leaves_no_file(
    run: Callable[..., Any], tmp_path: Path, arguments: tuple[str, ...], said: str
) -> None:
    for name in ("taken.pdf", "taken.csv"):
        (tmp_path / name).write_text("kept")
    done = run(*arguments)
    assert said in str(done.exception)
    assert (tmp_path / "taken.pdf").read_text() + (tmp_path / "taken.csv").read_text() == "keptkept"
    assert not (tmp_path / "a.pdf").exists()


def test_what_is_masked_leaves_masked(run: Callable[..., Any], tmp_path: Path) -> None:
    assert run("audit", "1", "--phi", "limited", "--out", "a.html").exit_code == 0
    assert "case.txt" not in (tmp_path / "a.html").read_text()


def test_the_trail_names_the_hand_out(run: Callable[..., Any], tmp_path: Path) -> None:
    from ionm_notes.store import trail

    run("audit", "1", "--out", "a.pdf")
    run("list", "findings", "--out", "f.csv")
    with Store(tmp_path / "ionm-notes.db") as store:
        noted = [(one.action, one.subject, one.detail["command"]) for one in trail.entries(store)[:2]]
    assert noted == [("exported", "store", "report list"), ("exported", "document 1", "report audit")]
