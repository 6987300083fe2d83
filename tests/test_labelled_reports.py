"""The labelled reports of fixtures/documents: what the whole way from file to lines must keep getting right."""

from __future__ import annotations

import collections
import functools
import json
import pathlib
from typing import Any

import pytest
from labelled import time_lines

from ionm_notes.audit import audit_payers
from ionm_notes.contract import to_contract
from ionm_notes.ingest import read_document

DOCUMENTS = pathlib.Path(__file__).parent.parent / "fixtures" / "documents"
PAYERS = ("medicare", "commercial")
COLUMNS = ("in_room", "in_room_shared", "remote_exclusive", "remote_shared", "remote_unstated")


@functools.cache
def _golds() -> dict[str, dict[str, Any]]:
    return {gold["file"]: gold for path in sorted(DOCUMENTS.glob("*.gold.json")) for gold in [json.loads(path.read_text())]}


@functools.cache
def _lines(name: str) -> dict[str, dict[str, Any]]:
    document = read_document(DOCUMENTS / name)
    return {audit.payer: to_contract(audit, document) for audit in audit_payers(document, PAYERS)}


def test_there_are_at_least_sixteen_labelled_reports_in_three_formats() -> None:
    assert len(_golds()) >= 16
    assert {pathlib.Path(name).suffix for name in _golds()} >= {".pdf", ".docx", ".txt"}


@pytest.mark.parametrize("name", sorted(_golds()))
def test_no_unit_is_called_supported_that_the_labels_do_not_support(name: str) -> None:
    gold = _golds()[name]
    for payer, line in _lines(name).items():
        want = time_lines(gold["codes"][payer])
        for key, units in time_lines(line["codes"]).items():
            if key[1] == "supported":
                assert want.get(key) == units, f"{payer}: {key} {units}, labelled {want}"


@pytest.mark.parametrize("name", sorted(_golds()))
def test_every_evidence_of_a_report_names_a_page_and_text(name: str) -> None:
    def walk(node: object) -> None:
        if isinstance(node, dict):
            if {"page", "text", "bbox"} <= node.keys():
                assert node["page"] >= 1
                assert str(node["text"]).strip()
            for value in node.values():
                walk(value)
        elif isinstance(node, list):
            for value in node:
                walk(value)

    for line in _lines(name).values():
        walk({key: line[key] for key in ("modalities", "segments", "attendance", "codes", "findings", "element_evidence")})


def test_minutes_time_codes_and_elements_stay_as_exact_as_docs_accuracy_says() -> None:
    minutes = codes = elements = asked = 0
    for name, gold in _golds().items():
        lines = _lines(name)
        have = lines.get("medicare", {})
        got = {k: (have.get("minutes") or {}).get(k) or 0 for k in COLUMNS}
        minutes += bool(have) and got == {k: gold["minutes"].get(k) or 0 for k in COLUMNS}
        codes += sum(time_lines(lines[p]["codes"]) == time_lines(gold["codes"][p]) for p in PAYERS if p in lines)
        elements += sum(have.get("elements", {}).get(e) == state for e, state in gold["elements"].items())
        asked += len(gold["elements"])
    count = len(_golds())
    assert minutes / count >= 0.85
    assert codes / (2 * count) >= 0.85
    assert elements / asked >= 0.92


def test_every_rule_of_the_contract_is_held_by_two_reports() -> None:
    held: collections.Counter[str] = collections.Counter()
    for gold in _golds().values():
        held.update({rule for rules in gold["rules"].values() for rule in rules})
    known = {line.split("`")[1] for line in RULES_OF_THE_CONTRACT.split() if line.startswith("`")}
    assert {rule: held[rule] for rule in known if held[rule] < 2} == {}


RULES_OF_THE_CONTRACT = """
`time-conflict` `stated-total-mismatch` `setup-in-monitoring` `baseline-in-monitoring` `removal-in-monitoring` `interruption`
`crosses-midnight` `professional-partial` `handoff` `below-minimum` `concurrent-cases` `no-professional` `monitor-is-operator`
`not-real-time` `mode-conflict` `bundled-tof` `bundled-pedicle-screw` `code-not-valid-for-payer` `deleted-code`
`billed-units-exceed` `unsupported-study` `modifier-misuse` `pos-not-accepted` `planned-not-performed` `laterality-conflict`
`mixed-patients` `unsigned` `late-signature` `low-text-quality` `necessity-doubtful`
"""


def test_a_case_of_2012_takes_the_hourly_code_of_its_day() -> None:
    document = read_document(DOCUMENTS.parent / "eras" / "r04-year-2012-fusion.txt")
    for audit in audit_payers(document, PAYERS):
        line = to_contract(audit, document)
        assert time_lines(line["codes"]) == {("95920", "supported"): 3}
        assert line["minutes"]["in_room"] == 170
