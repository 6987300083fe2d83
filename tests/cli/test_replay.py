"""Stored facts are judged again under another payer or day, without the documents, and what moves is said and summed."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from command import Cli

DOCUMENTS = Path(__file__).parents[2] / "fixtures" / "documents"
REPORT = "b01-sterling-tlif-eventlog.pdf"
"""226 minutes, remote and exclusive: 15 units of G0453, or 4 of 95941."""


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
    ran = cli("replay", "--as", "commercial", "--jsonl")
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
    ran = cli("replay", "--as", "commercial", "--fees", fees, "--csv")
    assert f"money: {4 * 110 - 15 * 30.5:+.2f}" in ran.err


@pytest.mark.parametrize("text", ["code,price\nG0453,1\n", "code,amount\nG0453,much\n"])
def test_a_fee_table_that_is_none_is_named(cli: Cli, stored: Path, tmp_path: Path, text: str) -> None:
    fees = tmp_path / "fees.csv"
    fees.write_text(text)
    ran = cli("replay", "--fees", fees)
    assert ran.code == 2
    assert "fees.csv" in ran.err


def test_an_unknown_payer_is_refused_before_anything_is_judged(cli: Cli, stored: Path) -> None:
    assert "unknown payer" in cli("replay", "--as", "nobody").err


def test_the_blast_radius_of_an_adopted_value_is_shown_over_a_store(cli: Cli, stored: Path, tmp_path: Path) -> None:
    folder = tmp_path / "proposal"
    folder.mkdir()
    (folder / "strict.toml").write_text(
        'id = "strict"\ntitle = "Strict plan"\ninherits = "medicare"\nnote = "a proposal"\n\n'
        '[[route]]\ncolumns = ["remote_exclusive"]\ncode = ""\nfrom = 2020-01-01\nrefs = ["c1"]\n'
    )
    ran = cli("policy", "diff", "medicare", "strict", "--policy-dir", folder, "--over", stored, "--jsonl")
    moved = {row["what"]: (row["before"], row["after"]) for row in map(json.loads, ran.out.splitlines())}
    assert moved["G0453"] == ("15 supported", "none")
    assert "1 of 1 audits change; supported units: G0453 -15" in ran.err


def test_many_payers_stand_side_by_side_with_the_clause_that_differs(cli: Cli) -> None:
    ran = cli("audit", DOCUMENTS / REPORT, "--no-store", "--payer", "all")
    rows = [line for line in ran.out.splitlines() if line.startswith((" medicare", " commercial", " bcidaho"))]
    assert len(rows) == 3
    assert "Differs from medicare in" in ran.out
    assert "[p2]" in ran.out, "the source of the clause"
