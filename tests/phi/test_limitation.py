"""Wherever a result is shown or handed out, it says what it is not, how old its sources are and what nobody verified."""

from __future__ import annotations

import json
from pathlib import Path

from paper import Cli

from ionm_notes.limitation import sources

WORDS = "not a payer's determination"


def folded(text: str) -> str:
    return " ".join(text.split())


def test_the_summary_and_the_line_of_an_audit_say_what_they_are_not(cli: Cli, report: Path) -> None:
    assert WORDS in folded(cli("audit", report).out)
    assert WORDS in folded(cli("show", "case.txt").out)
    assert WORDS in json.loads(cli("show", "case.txt", "--jsonl").out)["limitation"]


def test_a_bundle_says_it_in_full_with_the_age_of_its_sources_and_what_was_not_verified(cli: Cli, report: Path) -> None:
    cli("audit", report)
    cli("bundle", "case.txt", "--out", "b.json")
    said = folded(str(json.loads(json.loads(Path("b.json").read_text())["content"])["limitation"]))
    assert WORDS in said
    assert sources().newest[:2] == "20"
    assert f"retrieved on {sources().newest}" in said
    assert f"of {len(sources().unseen)} of them the text itself was not seen" in said
