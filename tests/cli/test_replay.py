"""Stored facts are judged again under another payer or day, without the documents, and what moves is said and summed."""

from __future__ import annotations

import csv
import io
import json
import shutil
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from command import Cli

DOCUMENTS = Path(__file__).parents[2] / "fixtures" / "documents"
REPORT = "b01-sterling-tlif-eventlog.pdf"
"""226 minutes, remote and exclusive: 15 units of G0453, or 4 of 95941."""
STRICT = (
    'id = "strict"\ntitle = "Strict plan"\ninherits = "medicare"\nnote = "a proposal"\n\n'
    '[[route]]\ncolumns = ["remote_exclusive"]\ncode = ""\nfrom = 2020-01-01\nrefs = ["c1"]\n'
)
"""A plan that pays no remote time."""


@pytest.fixture
def stored(cli: Cli, tmp_path: Path) -> Path:
    """A database with one report audited for Medicare; the report itself is gone."""
    copy = tmp_path / REPORT
    shutil.copy(DOCUMENTS / REPORT, copy)
    assert cli("audit", copy, "--jsonl").code == 0
    copy.unlink()
    return tmp_path / "ionm-notes.db"


def test_nothing_moves_under_the_same_policy(cli: Cli, stored: Path) -> None:
    ran = cli("replay", "--jsonl")
    assert ran.out == ""
    assert "0 of 1 audits change" in ran.err


def test_another_payer_moves_the_time_code_and_names_both_policies(cli: Cli, stored: Path) -> None:
    ran = cli("replay", "--payer", "commercial", "--jsonl")
    moved = {row["what"]: (row["before"], row["after"]) for row in map(json.loads, ran.out.splitlines())}
    assert moved["G0453"] == ("15 supported", "none")
    assert moved["95941"] == ("none", "4 supported")
    row = json.loads(ran.out.splitlines()[0])
    assert (row["payer_before"], row["payer_after"]) == ("medicare", "commercial")
    assert row["policy_before"]
    assert row["policy_after"]
    assert "supported units: 95941 +4, G0453 -15" in ran.err
    assert "no amount known" in ran.err


def test_the_policy_of_another_day_takes_the_codes_of_that_day(cli: Cli, stored: Path) -> None:
    ran = cli("replay", "--on-policy", "2012-06-01", "--csv")
    assert "95920,none,4 supported" in ran.out


def test_fees_put_money_on_what_moves(cli: Cli, stored: Path, tmp_path: Path) -> None:
    fees = tmp_path / "fees.csv"
    fees.write_text("code,amount\nG0453,30.50\n95941,$110\n")
    ran = cli("replay", "--payer", "commercial", "--fees", fees, "--csv")
    assert f"money: {4 * 110 - 15 * 30.5:+.2f}" in ran.err


@pytest.mark.parametrize("text", ["code,price\nG0453,1\n", "code,amount\nG0453,much\n"])
def test_a_fee_table_that_is_none_is_named(cli: Cli, stored: Path, tmp_path: Path, text: str) -> None:
    fees = tmp_path / "fees.csv"
    fees.write_text(text)
    ran = cli("replay", "--fees", fees)
    assert ran.code == 2
    assert "fees.csv" in ran.err


SCHEDULE = """code,modifier,status,pctc,facility_total,conversion_factor
G0453,,A,0,0.95,33.4009
95938,,A,1,9.99,33.4009
95938,26,A,1,1.20,33.4009
"""
"""A made-up fee schedule: 31.73 for a unit of G0453; of the study, the professional part."""


def imported(folder: Path, schedule: str = SCHEDULE) -> Path:
    """A policy folder with a fee schedule that was taken over."""
    (folder / "cms").mkdir(parents=True)
    (folder / "cms" / "pfs.csv").write_text(schedule)
    (folder / "cms" / "layers.toml").write_text('[[layer]]\nkind = "pfs"\nas_of = 2025-01-01\nfile = "pfs.csv"\nrefs = ["d1"]\n')
    return folder


def rows_of(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_an_imported_fee_schedule_puts_money_on_what_moves(cli: Cli, stored: Path, tmp_path: Path) -> None:
    folder = imported(tmp_path / "own")
    (folder / "strict.toml").write_text(STRICT)
    ran = cli("replay", "--payer", "strict", "--policy-dir", folder, "--csv")
    [line] = [row for row in rows_of(ran.out) if row["what"] == "G0453"]
    assert (line["kind"], line["units"], line["amount"]) == ("code", "-15", f"{-15 * 31.73:.2f}")
    assert f"money: {-15 * 31.73:+.2f}" in ran.err


def test_a_payer_outside_the_fee_schedule_has_no_amount_known(cli: Cli, stored: Path, tmp_path: Path) -> None:
    ran = cli("replay", "--payer", "commercial", "--policy-dir", imported(tmp_path / "own"), "--csv")
    amounts = {row["what"]: row["amount"] for row in rows_of(ran.out) if row["kind"] == "code"}
    assert amounts["95941"] == ""
    assert amounts["G0453"] == f"{-15 * 31.73:.2f}"
    assert "no amount known" in ran.err


def test_the_table_ends_with_the_sum_by_what_moved(cli: Cli, stored: Path) -> None:
    told = cli("replay", "--payer", "commercial").out.partition("In all:")[2]
    assert "+4" in told
    assert "-15" in told
    assert "not known" in told


def audits(path: Path) -> list[dict[str, Any]]:
    with sqlite3.connect(path) as db:
        db.row_factory = sqlite3.Row
        return [dict(row) for row in db.execute("SELECT payer, policy_on, policy_layers, what_if FROM audits ORDER BY id")]


def newest(path: Path) -> list[tuple[Any, ...]]:
    with sqlite3.connect(path) as db:
        return db.execute("SELECT payer, policy_on FROM latest_audits ORDER BY payer").fetchall()


def test_every_stored_audit_names_the_day_and_the_layers_of_its_policy(cli: Cli, stored: Path) -> None:
    [audit] = audits(stored)
    assert audit["policy_on"] == "2025-03-11"
    for layer in ("ncci 2024-07-01", "mue 2024-07-01", "addon 2024-06-03", "pfs 2024-07-01"):
        assert layer in audit["policy_layers"]
    shown = json.loads(cli("show", REPORT, "--jsonl").out)
    assert shown["policy"]["on"] == "2025-03-11"
    assert shown["policy"]["layers"]["ncci"] == "2024-07-01"


def test_a_new_judgement_is_kept_beside_the_old_one_and_once(cli: Cli, stored: Path) -> None:
    assert "1 new audit kept" in cli("replay", "--payer", "commercial", "--store", "--csv").err
    assert [audit["payer"] for audit in audits(stored)] == ["medicare", "commercial"]
    assert newest(stored) == [("commercial", "2025-03-11"), ("medicare", "2025-03-11")]
    assert "0 new audits kept" in cli("replay", "--only", "medicare", "--payer", "commercial", "--store", "--csv").err
    line = json.loads(cli("show", REPORT, "--payer", "commercial", "--jsonl").out)
    assert line["document"]["name"] == REPORT
    assert {code["code"]: code["units"] for code in line["codes"]}["95941"] == 4


def test_a_judgement_by_another_day_is_kept_but_never_stands_for_the_case(cli: Cli, stored: Path) -> None:
    assert "1 new audit kept" in cli("replay", "--on-policy", "2012-06-01", "--store", "--csv").err
    assert [(audit["policy_on"], audit["what_if"]) for audit in audits(stored)] == [("2025-03-11", 0), ("2012-06-01", 1)]
    assert newest(stored) == [("medicare", "2025-03-11")]


def test_a_changed_value_replaces_the_newest_audit_when_it_is_kept(cli: Cli, stored: Path, tmp_path: Path) -> None:
    folder = imported(tmp_path / "own")
    before = json.loads(cli("show", REPORT, "--jsonl").out)["policy"]["layers"]["pfs"]
    assert "1 new audit kept" in cli("replay", "--policy-dir", folder, "--store", "--csv").err
    after = json.loads(cli("show", REPORT, "--jsonl").out)["policy"]["layers"]["pfs"]
    assert (before, after) == ("2024-07-01", "2025-01-01")


def test_an_unknown_payer_is_refused_before_anything_is_judged(cli: Cli, stored: Path) -> None:
    assert "unknown payer" in cli("replay", "--payer", "nobody").err


def test_the_blast_radius_of_an_adopted_value_is_shown_over_a_store(cli: Cli, stored: Path, tmp_path: Path) -> None:
    folder = tmp_path / "proposal"
    folder.mkdir()
    (folder / "strict.toml").write_text(STRICT)
    ran = cli("policy", "diff", "medicare", "strict", "--policy-dir", folder, "--db", stored, "--jsonl")
    moved = {row["what"]: (row["before"], row["after"]) for row in map(json.loads, ran.out.splitlines())}
    assert moved["G0453"] == ("15 supported", "none")
    assert "1 of 1 audits change; supported units: G0453 -15" in ran.err


def test_many_payers_stand_side_by_side_with_the_clause_that_differs(cli: Cli) -> None:
    ran = cli("audit", DOCUMENTS / REPORT, "--no-store", "--payer", "all")
    rows = [line for line in ran.out.splitlines() if line.startswith((" medicare", " commercial", " bcidaho"))]
    assert len(rows) == 3
    assert "Differs from medicare in" in ran.out
    assert "[p2]" in ran.out, "the source of the clause"
    assert "Source p2 [V: seen in the primary source]: BC Idaho PAP516" in ran.out


@pytest.mark.parametrize("of", [DOCUMENTS / REPORT, REPORT, "1"])
def test_the_codes_of_every_payer_stand_side_by_side_for_a_file_and_for_a_stored_case(
    cli: Cli, stored: Path, of: Path | str
) -> None:
    ran = cli("codes", of, "--payer", "all")
    rows = {line.split()[0]: line for line in ran.out.splitlines() if line.startswith((" medicare", " commercial", " bcidaho"))}
    assert "G0453 x 15" in rows["medicare"]
    assert "95941 x 4" in rows["commercial"]
    assert "none, these minutes" in rows["bcidaho-2013"]
    assert "Source p2" in ran.out


def test_the_codes_of_every_payer_can_be_had_as_rows(cli: Cli, stored: Path) -> None:
    lines = [json.loads(line) for line in cli("codes", REPORT, "--payer", "all", "--jsonl").out.splitlines()]
    times = {line["payer"]: line["code"] for line in lines if line["code"] in ("G0453", "95941")}
    assert times["ambetter"] == "G0453"
    assert times["cigna"] == "95941"


def test_a_case_that_is_not_stored_is_named_for_all_payers_too(cli: Cli, stored: Path) -> None:
    assert "nothing is stored for 'nobody'" in cli("codes", "nobody", "--payer", "all").err
