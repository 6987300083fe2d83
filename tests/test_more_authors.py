"""Reports of four authors who had not seen the reader: no unit is called supported wrongly, and the time codes stay read."""

from __future__ import annotations

import collections
import json
import pathlib
from typing import Any

import pytest

from ionm_notes.audit import audit_payers
from ionm_notes.contract import to_contract
from ionm_notes.ingest import read_document

AUTHORS = pathlib.Path(__file__).parent.parent / "fixtures" / "authors"
PAYERS = ("medicare", "commercial")
TIME_CODES = {"95940", "95941", "G0453", "95920"}
EXACT = 0.95
"""Least share of documents and payers whose time codes are those of the labels; measured in docs/accuracy.md."""


def _time_lines(codes: list[dict[str, Any]]) -> dict[tuple[str, str], int]:
    lines: collections.Counter[tuple[str, str]] = collections.Counter()
    for line in codes:
        if line["code"] in TIME_CODES:
            lines[line["code"], line["status"]] += line["units"] or 0
    return dict(lines)


def _pairs(author: str) -> list[tuple[str, dict[tuple[str, str], int], dict[tuple[str, str], int]]]:
    found = []
    for path in sorted((AUTHORS / author).glob("*.gold.json")):
        gold = json.loads(path.read_text())
        document = read_document(path.parent / gold["file"])
        for audit in audit_payers(document, PAYERS):
            line = to_contract(audit, document)
            found.append((gold["file"], _time_lines(gold["codes"][audit.payer]), _time_lines(line["codes"])))
    return found


@pytest.mark.parametrize(("author", "least"), [("a", EXACT), ("b", EXACT), ("c", 0.93), ("d", 0.85)])
def test_time_codes_are_read_and_none_is_supported_wrongly(author: str, least: float) -> None:
    pairs = _pairs(author)
    for name, want, have in pairs:
        for key, units in have.items():
            if key[1] == "supported":
                assert want.get(key) == units, f"{name}: {key} {units}, labelled {want}"
    assert sum(want == have for _, want, have in pairs) >= least * len(pairs)
