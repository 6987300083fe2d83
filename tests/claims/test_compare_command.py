"""`ionm-notes compare` as a biller runs it."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from command import Cli
from test_tables import csv_of

from fixtures.claims.make import Scene
from ionm_notes.claims.comparing import Terms
from ionm_notes.claims.comparing import compare as compared
from ionm_notes.claims.model import Report
from ionm_notes.cli.compare_command import print_rows

PLANTED = ("over-coded", "modifier", "missing-report", "report-without-claim")


@pytest.fixture
def folder(practice: list[Scene], tmp_path: Path) -> Path:
    """A few scenes as files."""
    made = [next(scene for scene in practice if scene.kind == kind and not scene.near) for kind in PLANTED]
    (tmp_path / "reports").mkdir()
    for scene in made:
        for name, text in scene.reports.items():
            (tmp_path / "reports" / name).write_text(text)
    (tmp_path / "claims.csv").write_bytes(csv_of([line for scene in made for line in scene.lines]))
    return tmp_path


def test_claims_and_a_folder_of_reports_give_a_row_for_each_line_and_a_summary(cli: Cli, folder: Path) -> None:
    done = cli("compare", "claims.csv", "reports", "--payer", "medicare", "--jsonl")
    *rows, last = map(json.loads, done.out.splitlines())
    assert done.code == 0
    assert {row["outcome"] for row in rows} == {*PLANTED, "supported"}
    assert last["summary"]["rows"] == len(rows)
    assert last["summary"]["repay"] == pytest.approx(sum(row["amount"] for row in rows if row["effect"] == "repay"))
    assert last["summary"]["net"] is None, "no fee is known for what nobody billed"
    over = next(row for row in rows if row["outcome"] == "over-coded" and row["evidence"])
    assert over["claim_place"].startswith("claims.csv, row ")
    assert over["evidence"][0]["page"] == 1


def test_the_table_ends_with_the_net_effect_and_the_rate_and_csv_holds_the_rows_alone(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, practice: list[Scene], practice_reports: list[Report]
) -> None:
    monkeypatch.setenv("COLUMNS", "160")
    rows = compared([line for scene in practice for line in scene.lines], practice_reports, Terms("medicare"))
    print_rows(rows, "table")
    shown = capsys.readouterr().out
    assert "net not known" in shown
    assert "95% interval by Wilson's method" in shown
    print_rows(rows, "csv")
    printed = capsys.readouterr()
    listed = list(csv.DictReader(io.StringIO(printed.out)))
    assert len(listed) == len(rows)
    assert {row["effect"] for row in listed} <= {"none", "repay", "collect", "correct", "open"}
    assert "lines with an error" in printed.err


def test_stored_reports_give_the_same_rows_as_the_files(cli: Cli, folder: Path) -> None:
    fresh = cli("compare", "claims.csv", "reports", "--payer", "medicare", "--jsonl").out
    assert cli("audit", "reports", "--payer", "medicare").code == 0
    assert cli("compare", "claims.csv", "--payer", "medicare", "--jsonl").out == fresh
    assert "compare" in cli("db", "trail").out


def test_charges_that_the_report_holds_itself_are_compared(cli: Cli, tmp_path: Path, practice: list[Scene]) -> None:
    text = next(iter(practice[0].reports.values()))
    # They are this report's though it names no patient.
    text = "\n".join(line for line in text.splitlines() if not line.startswith("Patient:"))
    (tmp_path / "r.txt").write_text(text + "\nCharges\nCPT 95822-26 x 1\nCPT 95941 x 9\n")
    done = cli("compare", "--own-charges", "r.txt", "--payer", "medicare", "--jsonl")
    rows = [json.loads(line) for line in done.out.splitlines()]
    assert {row.get("code"): row.get("outcome") for row in rows[:2]} == {"95822": "unsupported-study", "95941": "wrong-code"}


def test_a_row_that_cannot_be_read_is_told_and_the_rest_is_compared(cli: Cli, folder: Path) -> None:
    path = folder / "claims.csv"
    path.write_text(path.read_text() + "X9,1,,,,,,,\n")
    (one, *_) = sorted((folder / "reports").iterdir())
    done = cli("compare", "claims.csv", one, "--payer", "medicare", "--csv")
    assert done.code == 1
    assert "claims.csv, row" in done.err
    assert len(done.out.splitlines()) > 5


def test_a_wrong_payer_is_refused_before_anything_is_read(cli: Cli, folder: Path) -> None:
    assert cli("compare", "claims.csv", "reports", "--payer", "nobody").code == 2
