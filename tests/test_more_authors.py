"""Reports of 26 authors who had not seen the reader: no unit is called supported wrongly, and the time codes stay read."""

from __future__ import annotations

import json
import pathlib

import pytest
from labelled import time_lines

from ionm_notes.audit import audit_payers
from ionm_notes.contract import to_contract
from ionm_notes.ingest import read_document

AUTHORS = pathlib.Path(__file__).parent.parent / "fixtures" / "authors"
PAYERS = ("medicare", "commercial")
EXACT = 0.95
"""Least share of documents and payers whose time codes are those of the labels; measured in docs/accuracy.md."""
NEWEST = (
    ("e", 0.6),
    ("f", 0.55),
    ("g", 0.85),
    ("h", 0.8),
    ("m", 0.9),
    ("n", 0.85),
    ("q", 0.5),
    ("r", 0.7),
    ("s", 0.75),
    ("t", 0.85),
    ("u", 0.45),
    ("v", 0.95),
    ("w", 0.9),
    ("y", 0.9),
    ("aa", 0.85),
    ("ab", 0.85),
    ("ac", 0.8),
    ("ad", 0.9),
    ("ai", 0.35),
)
WITH_SCANS = (("x", 0.85), ("z", 0.85), ("i", 0.8), ("j", 0.9), ("k", 0.6), ("l", 0.8), ("o", 0.9), ("p", 0.9))
SCANS = [pytest.param(*one, marks=pytest.mark.slow) for one in WITH_SCANS]
"""The later authors: what the reader reached on their documents so far, so that it does not fall behind that.

Those of `SCANS` hold pages without text, whose recognition takes its time.
"""


def _pairs(author: str) -> list[tuple[str, dict[tuple[str, str], int], dict[tuple[str, str], int]]]:
    found = []
    for path in sorted((AUTHORS / author).glob("*.gold.json")):
        gold = json.loads(path.read_text())
        document = read_document(path.parent / gold["file"])
        for audit in audit_payers(document, PAYERS):
            line = to_contract(audit, document)
            found.append((gold["file"], time_lines(gold["codes"][audit.payer]), time_lines(line["codes"])))
    return found


@pytest.mark.parametrize(("author", "least"), [("a", EXACT), ("b", EXACT), ("c", 0.93), ("d", 0.85), *NEWEST, *SCANS])
def test_time_codes_are_read_and_none_is_supported_wrongly(author: str, least: float) -> None:
    pairs = _pairs(author)
    for name, want, have in pairs:
        for key, units in have.items():
            if key[1] == "supported":
                assert want.get(key) == units, f"{name}: {key} {units}, labelled {want}"
    assert sum(want == have for _, want, have in pairs) >= least * len(pairs)
