"""Explanations and tables at the command line: what they say, and that each ends with its sources."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner, Result

from ionm_notes.cli import explain_command, policy_commands
from ionm_notes.errors import IonmError
from ionm_notes.policy import payers
from ionm_notes.policy.views import CONFIDENCE, sheet_names
from ionm_notes.rules import RULES

app = typer.Typer(rich_markup_mode=None)
explain_command.mount(app)
policy_commands.mount(app)


def run(*words: str) -> Result:
    return CliRunner().invoke(app, list(words))


def out(*words: str) -> str:
    ran = run(*words)
    assert ran.exit_code == 0, ran.output
    return ran.stdout


@pytest.mark.parametrize(
    ("topic", "words"),
    [
        ("95940", ["15 min; first from 8", "MUE, practitioner): 32", "Falls beside", "as of 2024-07-01; not verified"]),
        ("g0453", ["Medicare: taken", "PC/TC indicator 0", "Add-on: needs one of"]),
        ("95941", ["Medicare: not taken"]),
        ("92653", ["26 and TC do not apply", "Listed primary of 95940, 95941"]),
        ("92585", ["Not valid on", "followed by 92653"]),
        ("concurrent-cases", ["Severity for Medicare: warning", "Remedy:", "ionm_notes.rules.attendance"]),
        ("POS 11", ["Office", "Not accepted"]),
        ("pos11", ["Office"]),
        ("POS 23", ["warns"]),
        ("TOF", ["The code that tempts: 95937"]),
        ("pedicle screw", ["no code of its own"]),
        ("baep", ["Reported as 92653"]),
        ("thyroid", ["Medicare: no position is known", "Aetna (as applied, partly older texts): sources differ"]),
        ("late-signature-days", ["30."]),
    ],
)
def test_a_topic_is_explained_and_ends_with_its_sources(topic: str, words: list[str]) -> None:
    said = out("explain", *topic.split())
    for word in words:
        assert word in said
    *_, last, version = said.strip().splitlines()
    assert last.startswith("Source ")
    assert any(f"{letter}: {meaning}]" in last for letter, meaning in CONFIDENCE.items())
    assert version.startswith("Policy: Medicare, ")


@pytest.mark.parametrize("rule", sorted(RULES))
def test_every_rule_is_explained_with_a_source(rule: str) -> None:
    said = out("explain", rule)
    assert RULES[rule].doc.remedy in said
    assert "\nSource " in said


def test_the_date_of_service_decides_what_is_explained() -> None:
    assert "Valid on 2020-06-01" in out("explain", "92585", "--on", "2020-06-01")
    assert "Reported as 92585" in out("explain", "baep", "--on", "2020-06-01")
    assert "not verified" not in out("explain", "POS", "11", "--on", "2024-05-01")


def test_an_unknown_topic_is_refused_with_what_comes_near() -> None:
    ran = run("explain", "concurent-case")
    assert isinstance(ran.exception, IonmError)
    assert "concurrent-cases" in ran.exception.message


@pytest.mark.parametrize("name", sheet_names())
def test_every_table_prints_and_every_row_has_sources(name: str) -> None:
    assert "\nSource " in out("policy", "table", name)
    rows = list(csv.DictReader(io.StringIO(out("policy", "table", name, "--csv"))))
    assert rows
    assert all(row["Sources"] for row in rows)
    lines = out("policy", "table", name, "--jsonl").splitlines()
    assert [json.loads(line) for line in lines] == rows


def test_a_wrong_table_lists_the_tables_there_are() -> None:
    ran = run("policy", "table", "unit")
    assert isinstance(ran.exception, IonmError)
    assert "units, codes" in ran.exception.message


@pytest.mark.parametrize("payer", payers())
def test_each_payer_is_listed_and_shown(payer: str) -> None:
    assert f"{payer}: " in out("policy", "list")
    assert "Time codes by minutes" in out("policy", "show", "--payer", payer, "--on", "2025-03-14")


def test_two_payers_are_compared_in_words() -> None:
    said = out("policy", "diff", "medicare", "commercial", "--on", "2025-03-14")
    assert "Code G0453: Medicare: taken; commercial payers: not taken." in said
    assert "Minutes remote or nearby, one patient: Medicare: G0453" in said
    assert out("policy", "diff", "medicare", "medicare") == "They agree in everything.\n"


def test_two_dates_of_one_payer_are_compared_in_words() -> None:
    said = out("policy", "diff", "medicare@2020-12-31", "medicare@2021-01-01")
    assert "Study baep: Medicare on 2020-12-31: 92585; Medicare on 2021-01-01: 92653." in said


def test_the_shipped_data_are_valid_and_a_broken_profile_is_told(tmp_path: Path) -> None:
    assert "valid" in out("policy", "check")
    (tmp_path / "acme.toml").write_text('id = "acme"\ntitle = 1\ninherits = "base"\n')
    for words in ((str(tmp_path),), ("--policy-dir", str(tmp_path))):
        ran = run("policy", "check", *words)
        assert ran.exit_code == 1
        assert "acme.toml: line 2: field 'title'" in ran.stdout
