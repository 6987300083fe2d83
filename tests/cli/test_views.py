"""The coder's and the auditor's views: from files on the spot, or from what is stored."""

from __future__ import annotations

import csv
import dataclasses
import io
import json
from pathlib import Path

import pytest
from command import Cli
from sample_case import sample_case, sample_document

from ionm_notes.audit import audit_case
from ionm_notes.contract import to_contract
from ionm_notes.report.bar import day_bar, rows_of
from ionm_notes.report.clean import for_spreadsheet, for_terminal
from ionm_notes.types import Case, Encounter


@pytest.fixture
def filled(cli: Cli, reports: list[Path]) -> list[Path]:
    cli("audit", *reports, "-p", "medicare", "-p", "commercial")
    return reports


def table(out: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(out)))


def test_codes_of_a_file_need_no_store(cli: Cli, reports: list[Path], tmp_path: Path) -> None:
    rows = table(cli("codes", reports[0], "--csv").out)
    found = {(row["code"], row["units"], row["modifiers"], row["status"]) for row in rows}
    assert {("G0453", "10", "", "query"), ("95938", "1", "26", "supported"), ("95937", "", "", "not reportable")} <= found
    assert all(row["rationale"] for row in rows)
    assert not (tmp_path / "ionm-notes.db").exists()


def test_codes_of_the_store_are_those_of_the_newest_audits(cli: Cli, filled: list[Path]) -> None:
    cli("audit", filled[0], "-p", "medicare", "-p", "commercial")
    rows = [json.loads(line) for line in cli("codes", "--jsonl").out.splitlines()]
    reported = [row for row in rows if row["code"] in ("G0453", "95941") and row["status"] != "not reportable"]
    time = sorted((row["document"], row["payer"], row["code"], row["units"]) for row in reported)
    assert time == sorted(
        [(name, "medicare", "G0453", 10) for name in ("a.txt", "b.txt", "c.txt")]
        + [(name, "commercial", "95941", 3) for name in ("a.txt", "b.txt", "c.txt")]
    )
    assert cli("codes", "--from", "2025-03-15", "--jsonl").out == ""


def test_codes_name_an_unreadable_file_and_list_the_rest(cli: Cli, reports: list[Path], tmp_path: Path) -> None:
    (tmp_path / "bad.txt").write_bytes(b"")
    ran = cli("codes", reports[0], tmp_path / "bad.txt")
    assert ran.code == 1
    assert "bad.txt: the file is empty" in ran.err
    assert "95938" in ran.out


def test_gaps_filter_the_store(cli: Cli, filled: list[Path]) -> None:
    rows = table(cli("gaps", "--rule", "interruption", "--payer", "medicare", "--csv").out)
    assert [row["document"] for row in rows] == ["a.txt", "b.txt", "c.txt"]
    assert {row["pages"] for row in rows} == {"1"}
    assert {row["severity"] for row in table(cli("gaps", "--severity", "info", "--csv").out)} == {"info"}
    assert table(cli("gaps", "--provider", "nobody", "--csv").out) == []
    assert table(cli("gaps", "--provider", "arden", "--from", "2025-03-14", "--to", "2025-03-14", "--csv").out)
    assert "laterality-conflict" in cli("gaps").out


@pytest.mark.parametrize("arguments", [("--from", "14.3.2025"), ("--csv", "--jsonl"), ("--severity", "dire")])
def test_gaps_asked_wrongly_is_wrong_usage(cli: Cli, filled: list[Path], arguments: tuple[str, ...]) -> None:
    assert cli("gaps", *arguments).code == 2


@pytest.mark.parametrize("command", [("gaps",), ("show", "x"), ("search", "x"), ("codes",)])
def test_without_a_database_the_message_says_what_to_do(cli: Cli, command: tuple[str, ...]) -> None:
    ran = cli(*command)
    assert (ran.code, ran.out) == (2, "")
    assert "Audit something first" in ran.err


def test_show_finds_a_stored_audit_by_number_name_and_stem(cli: Cli, filled: list[Path]) -> None:
    assert "a.txt" in cli("show", "a").out
    assert json.loads(cli("show", "2", "--jsonl").out)["payer"] == "commercial"
    assert json.loads(cli("show", "a.txt", "--payer", "medicare", "--jsonl").out)["payer"] == "medicare"
    ran = cli("show", "z.txt")
    assert ran.code == 2
    assert "nothing is stored for 'z.txt'" in ran.err


def test_search_finds_the_text_of_documents(cli: Cli, filled: list[Path]) -> None:
    rows = table(cli("search", "monitoring", "started", "--csv").out)
    assert {row["document"] for row in rows if row["where"] == "text"} == {"a.txt", "b.txt", "c.txt"}


def test_the_checklist_answers_for_a_case_and_asks_without_one(cli: Cli, reports: list[Path]) -> None:
    questions = [json.loads(line) for line in cli("checklist", "--jsonl").out.splitlines()]
    answers = [json.loads(line) for line in cli("checklist", reports[0], "--jsonl").out.splitlines()]
    assert [row["id"] for row in answers] == [row["id"] for row in questions]
    assert {row["answer"] for row in answers} <= {"yes", "no", "unclear"}
    assert all(row["because"] for row in answers)


def test_a_mistyped_file_without_a_database_is_a_missing_file(cli: Cli) -> None:
    ran = cli("timeline", "raport.pdf")
    assert ran.code == 2
    assert "raport.pdf: there is no such file" in ran.err


def test_the_timeline_draws_each_part_of_the_day_with_a_legend(cli: Cli, reports: list[Path]) -> None:
    out = cli("timeline", reports[0]).out
    for words in (
        "setup",
        "baseline",
        "monitoring",
        "interruption",
        "removal",
        "Ann Arden, remote",
        "counted: 153 min",
        "1 character =",
    ):
        assert words in out


def day(case: Case) -> dict:
    return to_contract(audit_case(case, "medicare"), sample_document(case.document))


def drawn(case: Case, width: int) -> list[str]:
    from rich.console import Console

    console = Console(width=width, record=True, file=io.StringIO())
    console.print(day_bar(day(case), width, unicode=False))
    return console.export_text().splitlines()


@pytest.mark.parametrize("width", [60, 100, 160, 300])
def test_the_bars_are_to_scale(width: int) -> None:
    rows = {line.split()[0]: line[26:] for line in drawn(sample_case(), width)[2:7]}
    room, minutes = width - 27, 270  # 07:20 to 11:50
    for kind, first, last in (("setup", 0, 30), ("baseline", 32, 50), ("monitoring", 55, 250), ("interruption", 140, 155)):
        bar = rows[kind]
        assert abs(bar.index("#") - first / minutes * room) <= 1, kind
        assert abs(bar.rstrip().rindex("#") + 1 - last / minutes * room) <= 1, kind
    assert rows["removal"].strip() == "|", "an end alone is a mark, not a bar"


@pytest.mark.parametrize("width", [60, 100, 160])
def test_no_line_of_the_picture_is_wider_than_asked(width: int) -> None:
    assert max(map(len, drawn(sample_case(), width)[:-1])) <= width


def test_a_document_without_clock_times_says_so() -> None:
    assert drawn(Case("empty.txt", Encounter()), 80) == ["The document states no clock times."]


def test_a_day_of_a_single_minute_is_drawn() -> None:
    case = sample_case()
    one = dataclasses.replace(case, segments=case.segments[4:], attendance=(), mapping=())
    assert any("|" in line for line in drawn(one, 80))


def test_each_professional_has_a_row_of_his_own() -> None:
    case = sample_case()
    second = dataclasses.replace(case.attendance[0], professional="Bo Berg", mode="in_room")
    labels = [row.label for row in rows_of(day(dataclasses.replace(case, attendance=(*case.attendance, second))))]
    assert labels[-3:] == ["Ann Arden, remote", "Bo Berg, in room", "counted"]


@pytest.mark.parametrize(
    ("text", "shown"),
    [("a\tb\n c", "a b c"), ("a\x1b[31mb", "a[31mb"), ("\u202eabc\u200b", "abc"), ("naïve – 5 µV", "naïve – 5 µV"), ("", "")],
)
def test_text_is_cleaned_for_a_terminal(text: str, shown: str) -> None:
    assert for_terminal(text) == shown


@pytest.mark.parametrize(
    ("value", "cell"),
    [("=1+1", "'=1+1"), ("@x", "'@x"), ("-", "'-"), (None, ""), (5, 5), ("a=b", "a=b")],
)
def test_no_cell_becomes_a_formula(value: object, cell: object) -> None:
    assert for_spreadsheet(value) == cell
