"""Minimum necessary: what `--phi` masks is stored nowhere and printed nowhere, and no minute changes by it."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path

import pytest
from paper import REPORT, Cli

from ionm_notes.cli import audit_command, watch_command
from ionm_notes.phi.apply import masked_again, masked_line
from ionm_notes.phi.known import Known
from ionm_notes.phi.level import FULL, Minimum, dates_moved
from ionm_notes.phi.mask import Masker

PATIENT = ("Quillfeather", "Desmond", "LV-4471902", "4471902", "555-201-7788")
CLINICIANS = ("Vantongeren", "Brask", "Pellamy", "Larkmoor")
DATES = ("04/17/2025", "2025-04-17", "03/09/1951", "1951")


def left_in(folder: Path, words: tuple[str, ...]) -> list[str]:
    """Words that stand in some file of the folder, the report itself aside."""
    files = [path.read_bytes() for path in folder.rglob("*") if path.is_file() and path.suffix != ".txt"]
    return [word for word in words if any(word.encode() in data for data in files)]


@pytest.mark.parametrize(
    ("level", "gone", "kept"),
    [
        ("full", (), CLINICIANS),
        ("limited", PATIENT, (*CLINICIANS, "2025-04-17")),
        ("none", (*PATIENT, *CLINICIANS, *DATES), ()),
    ],
)
def test_what_a_level_masks_is_neither_stored_nor_printed(
    cli: Cli, report: Path, level: str, gone: tuple[str, ...], kept: tuple[str, ...]
) -> None:
    done = cli("audit", report, "--phi", level, "--jsonl")
    assert done.code == 0, done.err
    assert [word for word in gone if word in done.out] == []
    assert [word for word in kept if word not in done.out] == []
    assert left_in(report.parent, gone) == []
    shown = cli("search", "monitoring", "--jsonl").out
    assert [word for word in gone if word in shown] == []


def test_every_minute_code_and_verdict_is_that_of_the_full_record(cli: Cli, report: Path) -> None:
    full, none = (json.loads(cli("audit", report, "--phi", level, "--jsonl", "--no-store").out) for level in ("full", "none"))
    for key in ("minutes", "verdict", "checklist", "bounds", "elements"):
        assert none[key] == full[key], key
    assert [(c["code"], c["units"], c["status"]) for c in none["codes"]] == [
        (c["code"], c["units"], c["status"]) for c in full["codes"]
    ]
    one, other = (date.fromisoformat(line["encounter"]["date_of_service"]) for line in (full, none))
    days = (other - one).days
    assert days
    for was, now in zip(full["minutes_proof"], none["minutes_proof"], strict=True):
        assert was["minutes"] == now["minutes"]
        if was["start"]:
            assert (date.fromisoformat(now["start"][:10]) - date.fromisoformat(was["start"][:10])).days == days
            assert now["start"][10:] == was["start"][10:], "clock times stay"


def test_two_documents_of_one_patient_move_by_the_same_days_and_another_patient_by_others(
    cli: Cli, report: Path, tmp_path: Path
) -> None:
    (tmp_path / "b.txt").write_text(
        REPORT.replace("04/17/2025", "05/02/2025").replace("Facility: Larkmoor Valley", "Facility: Other")
    )
    others = [tmp_path / f"{name}.txt" for name in "cdef"]
    for other in others:  # a year holds 365 moves, so that two patients may share one by chance
        born = f"01/30/196{ord(other.stem) % 10}"
        other.write_text(REPORT.replace("Quillfeather, Desmond A", f"Thistlewood, {other.stem}").replace("03/09/1951", born))
    done = cli("audit", report, tmp_path / "b.txt", *others, "--phi", "none", "--jsonl")
    days = [date.fromisoformat(json.loads(line)["encounter"]["date_of_service"]) for line in done.out.splitlines()]
    assert (days[1] - days[0]).days == 15
    assert len({days[0], *days[2:]}) > 3


def test_another_secret_moves_dates_otherwise_and_the_same_secret_the_same(cli: Cli, report: Path) -> None:
    def day(*more: object) -> str:
        out = cli("audit", report, "--phi", "none", "--jsonl", "--no-store", *more).out
        return str(json.loads(out)["encounter"]["date_of_service"])

    found = {day("--phi-key", f"{name}.key") for name in "abcd"}
    assert len(found) > 1
    assert day("--phi-key", "a.key") == day("--phi-key", "a.key")


def test_the_key_of_the_dates_is_private_and_not_in_the_database(cli: Cli, report: Path) -> None:
    cli("audit", report, "--phi", "none")
    key = Path("ionm-notes.db.phi-key")
    assert key.stat().st_mode & 0o777 == 0o600
    assert key.read_bytes().strip() not in Path("ionm-notes.db").read_bytes()


def test_a_file_name_with_a_patients_name_goes_too(cli: Cli, report: Path) -> None:
    named = report.with_name("Quillfeather Desmond 04-17-2025.txt")
    report.rename(named)
    out = cli("audit", named, "--phi", "limited", "--jsonl").out
    assert "Quillfeather" not in out
    assert re.fullmatch(r"document-[0-9a-f]{12}\.txt", json.loads(out)["document"]["name"])
    empty = named.with_name("Quillfeather empty.txt")
    empty.write_text("")
    assert "Quillfeather" not in cli("audit", empty, "--phi", "limited", "--jsonl").out


def test_what_stands_for_a_name_is_never_masked_itself() -> None:
    """Its digits may look like a licence: 'dea' and a number."""
    masker = Masker(Known(), "none", b"secret")
    assert masker("document-dea128330541.txt, DEA 1283305") == "document-dea128330541.txt, DEA [LICENSE]"


def test_resume_knows_a_masked_document_again(cli: Cli, report: Path) -> None:
    first = cli("audit", report, "--phi", "none", "--jsonl").out
    again = cli("audit", report, "--phi", "none", "--jsonl", "--resume")
    assert json.loads(again.out) == json.loads(first)
    assert cli("search", "monitoring", "--jsonl").out.count("document-") >= 1
    assert cli("db", "check").code == 0


def test_a_stored_audit_is_shown_with_less_than_is_stored_never_with_more(cli: Cli, report: Path) -> None:
    cli("audit", report)
    shown = json.loads(cli("show", "case.txt", "--phi", "none", "--jsonl").out)
    assert dates_moved(shown)
    assert [word for word in (*PATIENT, *CLINICIANS, *DATES) if word in json.dumps(shown)] == []
    assert masked_again(shown, (), None, Minimum("limited", b"x")) == shown
    assert masked_again(shown, (), None, FULL) == shown


def test_no_rule_is_looked_up_by_moved_dates(cli: Cli, report: Path) -> None:
    cli("audit", report, "--phi", "none", "--jsonl")
    done = cli("replay", "--jsonl")
    assert (done.code, done.out) == (0, "")
    assert "1 left out" in done.err
    assert "0 of 0 audits" in done.err
    refused = cli("codes", "1", "--payer", "all")
    assert refused.code == 1
    assert "dates were moved" in refused.err
    assert "of 1 audits" in cli("replay", "--on-policy", "2025-04-17").err


def test_masking_a_line_is_pure(cli: Cli, report: Path) -> None:
    line = json.loads(cli("audit", report, "--jsonl", "--no-store").out)
    before = json.dumps(line)
    masked_line(line, Masker(Known(), "none", b"secret"))
    assert json.dumps(line) == before


def test_every_command_that_keeps_audits_knows_the_levels() -> None:
    for command in (audit_command.audit, watch_command.watch):
        assert {"phi", "phi_key"} <= set(command.__annotations__)
