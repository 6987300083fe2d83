"""The roster over the tables of a cluster finds what it finds over the store, person by person."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from here import Cli, Engine

CASE = """Intraoperative Neurophysiological Monitoring Report
Facility: Larkmoor Valley Hospital (inpatient)
Patient: {patient}    MRN: LV-44719{number:02}    DOB: 03/09/1951
Date of service: 0{month}/17/2025
Surgeon: Ottoline Brask, MD
Procedure: L4-L5 posterior fusion
Professional: {reader}, remote, exclusive attention to this one patient, real time, chat with the room
Technologist: {tech}, CNIM, in the room throughout
0800 monitoring started
{end} monitoring ended
Modalities: SSEP of ulnar and posterior tibial nerves both sides
Electronically signed by {reader} 0{month}/17/2025 15:10
"""
CASES = (
    ("Quillfeather, Desmond A", "Hesper Vantongeren, MD", "Ivor Pellamy", 4, "1034"),
    ("Aldgate, Miriam", "Hesper Vantongeren, MD", "Ivor Pellamy", 4, "0930"),
    ("Brook, Sam", "Rufus Calloway, MD", "Una Delmore", 4, "1000"),
    ("Carrow, Lena", "Vantongeren, Hesper, MD", "Una Delmore", 4, "0815"),
    ("Dunmore, Ann", "Dr. Calloway", "Nils Rask", 4, "0900"),
    ("Elwick, Tom", "Hesper Vantongeren, MD", "Ivor Pellamy", 5, "1034"),
    ("Fenn, Ada", "Hesper Vantongeren, DO", "Ivor Pellamy", 5, "0900"),
)


@pytest.fixture
def audited(tmp_path: Path, cli: Cli, here: Engine) -> Cli:
    (tmp_path / "reports").mkdir()
    for number, (patient, reader, tech, month, end) in enumerate(CASES):
        text = CASE.format(patient=patient, number=number, reader=reader, tech=tech, month=month, end=end)
        (tmp_path / "reports" / f"case-{number}.txt").write_text(text)
    (tmp_path / "reports" / "case-9.txt").write_text(text + "Addendum.\n")  # a later version of the last one
    assert cli("audit", "--engine", "ray", "reports", "--out", "out").code == 0
    assert cli("audit", "reports", "--db", "a.db", "--workers", "1").code == 0, "stored in the order of their names"
    return cli


OPTIONS = ((), ("--most", "1"), ("--from", "2025-05-01"), ("--to", "2025-04-30"), ("--payer", "medicare"), ("--payer", "upmc"))


def test_tables_and_store_say_the_same(audited: Cli) -> None:
    for options in OPTIONS:
        spread = audited("roster", "--tables", "out", "--jsonl", *options)
        single = audited("roster", "--db", "a.db", "--jsonl", *options)
        assert spread.out.splitlines() == single.out.splitlines(), options
        assert spread.err == single.err, options


def test_an_overlap_of_two_cases_in_two_batches_is_found(audited: Cli) -> None:
    found = [json.loads(line) for line in audited("roster", "--tables", "out", "--jsonl").out.splitlines()]
    assert any(one["kind"] == "overlap" and "Vantongeren" in one["person"] for one in found)


def test_a_file_of_people_is_for_the_store(audited: Cli, tmp_path: Path) -> None:
    (tmp_path / "people.csv").write_text("name,person\n")
    assert audited("roster", "--tables", "out", "--people", "people.csv").code == 2


def test_tables_that_are_not_there_are_named(cli: Cli) -> None:
    done = cli("roster", "--tables", "nowhere")
    assert done.code == 2
    assert "not the tables of a finished run" in done.err
