"""`ionm-notes text`."""

from __future__ import annotations

from pathlib import Path

from command import Cli


def test_a_document_is_printed_as_it_was_understood(cli: Cli, tmp_path: Path) -> None:
    report = tmp_path / "report.txt"
    report.write_text("Monitoring report for Jon Doe\n\n0815 | Monitoring started\n1130 | Monitoring ended\n")
    ran = cli("text", str(report))
    assert ran.code == 0
    assert "report.txt  1 page" in ran.out
    assert "0815 | Monitoring started" in ran.out


def test_a_page_that_is_not_there_is_an_error_of_usage(cli: Cli, tmp_path: Path) -> None:
    report = tmp_path / "report.txt"
    report.write_text("Monitoring report for Jon Doe\n")
    ran = cli("text", str(report), "--page", "7")
    assert ran.code == 2
    assert "no such page" in ran.err


def test_a_file_that_cannot_be_read_is_named_with_the_reason(cli: Cli, tmp_path: Path) -> None:
    ran = cli("text", str(tmp_path / "gone.pdf"))
    assert ran.code == 2
    assert "gone.pdf" in ran.err
