"""`audit`: one line per document and payer, in order, whatever happens to the others."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest
from command import Cli

from ionm_notes.cli.inputs import expand


def lines(out: str) -> list[dict]:
    return [json.loads(line) for line in out.splitlines()]


def named(out: str) -> list[tuple[str, str]]:
    return [(line["document"]["name"], line["payer"]) for line in lines(out)]


def stored(path: Path, table: str) -> int:
    with sqlite3.connect(path) as db:
        return db.execute(f"SELECT count(*) FROM {table}").fetchone()[0]


def test_documents_stand_in_the_order_given_each_with_its_payers_together(cli: Cli, reports: list[Path]) -> None:
    ran = cli("audit", *reports, "--payer", "commercial", "--payer", "medicare", "--jsonl", "--no-store")
    assert ran.code == 0
    assert named(ran.out) == [(name, payer) for name in ("b.txt", "a.txt", "c.txt") for payer in ("commercial", "medicare")]
    assert ran.err == ""


def test_without_a_payer_it_takes_medicare(cli: Cli, reports: list[Path]) -> None:
    assert named(cli("audit", reports[0], "--jsonl", "--no-store").out) == [("b.txt", "medicare")]


def test_all_payers_means_every_known_one_once(cli: Cli, reports: list[Path]) -> None:
    payers = [payer for _, payer in named(cli("audit", reports[0], "-p", "all", "-p", "medicare", "--jsonl", "--no-store").out)]
    assert {"medicare", "commercial"} <= set(payers)
    assert len(payers) == len(set(payers))


def test_a_bad_file_among_good_ones_gets_its_error_lines_and_the_others_are_kept(
    cli: Cli, reports: list[Path], tmp_path: Path
) -> None:
    bad = tmp_path / "bad.pdf"
    bad.write_bytes(b"%PDF-1.7\nbroken")
    empty = tmp_path / "empty.txt"
    empty.write_bytes(b"")
    ran = cli("audit", reports[0], bad, tmp_path / "none.pdf", empty, reports[1], "-p", "medicare", "-p", "commercial", "--jsonl")
    assert ran.code == 1
    in_order = ("b.txt", "bad.pdf", "none.pdf", "empty.txt", "a.txt")
    assert [name for name, _ in named(ran.out)] == [name for name in in_order for _ in ("medicare", "commercial")]
    failed = [line for line in lines(ran.out) if "error" in line]
    assert all(set(line) == {"document", "payer", "error"} for line in failed)
    assert [line["error"]["code"] for line in failed[2:]] == ["missing-file"] * 2 + ["empty-file"] * 2
    assert all(line["document"]["name"] in line["error"]["message"] for line in failed)
    assert "Traceback" not in ran.err + ran.out
    assert "2 of 5 documents audited, 3 could not be audited" in ran.err
    assert stored(tmp_path / "ionm-notes.db", "audits") == 4


def test_a_fault_of_the_program_on_one_file_does_not_cost_the_others(
    cli: Cli, reports: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    from ionm_notes import audit

    read = audit.read

    def failing(document):
        if document.name == "a.txt":
            raise ZeroDivisionError("Jon Doe")
        return read(document)

    monkeypatch.setattr("ionm_notes.audit.read", failing)
    ran = cli("audit", *reports, "--jsonl", "--no-store")
    assert ran.code == 1
    assert [line.get("error", {}).get("code") for line in lines(ran.out)] == [None, "internal", None]
    assert "Jon Doe" not in ran.out, "an error never quotes the document"
    assert "Traceback" not in ran.err
    assert "ZeroDivisionError" in cli("--debug", "audit", reports[1], "--jsonl", "--no-store").err


def test_an_unknown_payer_is_wrong_usage_and_nothing_is_read(cli: Cli, reports: list[Path], tmp_path: Path) -> None:
    ran = cli("audit", reports[0], "--payer", "nobody")
    assert (ran.code, ran.out) == (2, "")
    assert "nobody" in ran.err
    assert not (tmp_path / "ionm-notes.db").exists()


@pytest.mark.parametrize(
    "arguments", [("audit",), ("audit", "x.txt", "--workers", "0"), ("audit", "x.txt", "--nonsense"), ("no",)]
)
def test_wrong_usage_exits_with_2(cli: Cli, arguments: tuple[str, ...]) -> None:
    ran = cli(*arguments)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err


def test_an_empty_folder_is_wrong_usage(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    assert cli("audit", "empty").code == 2


def test_no_store_leaves_no_file(cli: Cli, reports: list[Path], tmp_path: Path) -> None:
    cli("audit", *reports, "--no-store")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.txt", "b.txt", "c.txt"]


def test_auditing_again_adds_audits_and_show_prints_the_line_as_it_was(cli: Cli, reports: list[Path], tmp_path: Path) -> None:
    first = cli("audit", reports[0], "--jsonl").out
    assert cli("audit", reports[0], "--jsonl").out == first
    assert (stored(tmp_path / "ionm-notes.db", "documents"), stored(tmp_path / "ionm-notes.db", "audits")) == (1, 2)
    assert cli("show", "b.txt", "--jsonl").out == first


def test_a_store_that_is_no_database_stops_before_anything_is_printed(cli: Cli, reports: list[Path], tmp_path: Path) -> None:
    (tmp_path / "odd.db").write_bytes(b"no database at all" * 99)
    ran = cli("audit", reports[0], "--db", "odd.db")
    assert (ran.code, ran.out) == (1, "")
    assert "odd.db: not an ionm-notes database" in ran.err


def test_the_summary_shows_verdict_codes_minutes_and_gaps_gravest_first(cli: Cli, reports: list[Path]) -> None:
    out = cli("audit", reports[0], "-p", "medicare", "-p", "commercial", "--no-store").out
    for words in (
        "b.txt",
        "QUERY FIRST",
        "G0453",
        "95941",
        "x 10",
        "153 min",
        "- interruption",
        "p. 1, 2",
        "Not reportable",
    ):
        assert words in out
    assert out.count("  Minutes\n") == 1, "the minutes are the same whoever pays"
    order = ("error", "warning", "info")
    severities = [line.split()[0] for line in out.splitlines() if line.split()[:1] and line.split()[0] in order]
    assert severities == sorted(severities, key=order.index)
    assert len(set(severities)) > 1


def test_results_carry_no_colors_where_nobody_watches(cli: Cli, reports: list[Path]) -> None:
    assert "\x1b" not in cli("audit", reports[0], "--no-store").out


def test_control_characters_of_a_document_never_reach_the_terminal(
    cli: Cli, reports: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import dataclasses

    from sample_case import sample_case

    case = sample_case()
    hostile = "fusion\x1b]0;owned\x07\x1b[2J\u202egnissim\x9b31m[red]"
    encounter = dataclasses.replace(case.encounter, procedure=hostile)
    monkeypatch.setattr("ionm_notes.audit.read", lambda document: dataclasses.replace(case, encounter=encounter))
    for arguments in (("--no-store",), ("--no-store", "--jsonl")):
        out = cli("audit", reports[0], *arguments).out
        assert not set(out) & set("\x1b\x07\x9b\u202e")
        assert "[red]" in out, "and nothing is read as markup"


def test_a_folder_gives_its_readable_files_by_path_and_hidden_ones_are_left(tmp_path: Path) -> None:
    for name in ("z.pdf", "sub/b.DOCX", "sub/a.txt", "notes.json", ".hidden/x.pdf", "~$z.docx"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x")
    assert [str(path.relative_to(tmp_path)) for path in expand([str(tmp_path)])] == ["sub/a.txt", "sub/b.DOCX", "z.pdf"]


def test_a_pattern_gives_its_matches_and_a_name_with_brackets_is_a_name(tmp_path: Path) -> None:
    for name in ("b.pdf", "a.pdf", "case[1].pdf"):
        (tmp_path / name).write_text("x")
    assert [path.name for path in expand([f"{tmp_path}/?.pdf"])] == ["a.pdf", "b.pdf"]
    assert [path.name for path in expand([f"{tmp_path}/case[1].pdf"])] == ["case[1].pdf"]
    assert [path.name for path in expand([f"{tmp_path}/*.docx"])] == ["*.docx"]
