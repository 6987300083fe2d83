"""The labelled packets of fixtures/packets: the right facts from the right parts, and what the parts say against each other."""

from __future__ import annotations

import functools
import json
from pathlib import Path
from typing import Any

import pytest
from make_packets import make

from ionm_notes.audit import audit_payers
from ionm_notes.contract import to_contract
from ionm_notes.ingest import read_document

FIXTURES = Path(__file__).parents[2] / "fixtures"
PACKETS = FIXTURES / "packets"
GOLD = {path.name: json.loads(path.read_text()) for path in sorted(PACKETS.glob("*.gold.json"))}
ONE_FILE = sorted(name for name, gold in GOLD.items() if "files" not in gold)


@functools.cache
def lines(name: str) -> dict[str, dict[str, Any]]:
    """The audit of a packet, by payer."""
    document = read_document(PACKETS / GOLD[name]["file"])
    return {audit.payer: to_contract(audit, document) for audit in audit_payers(document, ("medicare", "commercial"))}


def test_the_packets_are_those_of_the_script(tmp_path: Path) -> None:
    make(tmp_path)
    made = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert made == {path.name: path.read_bytes() for path in PACKETS.iterdir()}


@pytest.mark.parametrize("name", ONE_FILE)
def test_the_parts_are_found(name: str) -> None:
    parts = [[part["kind"], part["pages"]] for part in lines(name)["medicare"]["parts"]]
    assert parts == GOLD[name]["parts"]


@pytest.mark.parametrize("name", ONE_FILE)
def test_facts_minutes_and_codes_are_as_labelled(name: str) -> None:
    gold = GOLD[name]
    for payer, line in lines(name).items():
        assert {key: line["encounter"][key] for key in gold["encounter"]} == gold["encounter"]
        assert line["minutes"] == gold["minutes"]
        assert line["elements"] == gold["elements"]
        got = sorted((code["code"], code["units"], code["status"]) for code in line["codes"])
        assert got == sorted((code["code"], code["units"], code["status"]) for code in gold["codes"][payer])
        assert [(s["kind"], s["start"], s["end"]) for s in line["segments"]] == [
            (s["kind"], s["start"], s["end"]) for s in gold["segments"]
        ]
        assert [(a["mode"], a["start"], a["end"], a["exclusive"]) for a in line["attendance"]] == [
            (a["mode"], a["start"], a["end"], a["exclusive"]) for a in gold["attendance"]
        ]
        mods = sorted((m["modality"], m["region"] or "", m["status"]) for m in line["modalities"])
        assert mods == sorted((m["modality"], m["region"] or "", m["status"]) for m in gold["modalities"])


RULES_HELD = {
    "time-conflict",
    "mixed-patients",
    "code-not-valid-for-payer",
    "billed-units-exceed",
    "professional-partial",
    "planned-not-performed",
    "laterality-conflict",
    "monitor-is-operator",
    "duplicate-page",
    "amended-after-signing",
    "parts-disagree",
    "technologist-relief",
    "time-zones",
    "unsigned",
    "no-professional",
}


@pytest.mark.parametrize("name", ONE_FILE)
def test_findings_are_those_labelled_and_no_others_of_their_kind(name: str) -> None:
    gold = GOLD[name]
    for payer, line in lines(name).items():
        want = {*gold["rules"]["both"], *gold["rules"][payer], *gold["notes"]}
        assert {finding["rule"] for finding in line["findings"]} & RULES_HELD == want


@pytest.mark.parametrize("name", ONE_FILE)
def test_no_name_of_a_cover_a_form_or_another_patients_page_is_taken(name: str) -> None:
    encounter = lines(name)["medicare"]["encounter"]
    assert len(encounter["professionals"]) == 1
    assert "Holloway" not in json.dumps(encounter)


@pytest.mark.parametrize("name", ONE_FILE)
def test_every_evidence_stands_on_its_page(name: str) -> None:
    document = read_document(PACKETS / GOLD[name]["file"])
    pages = {page.number: " ".join(" ".join(line.text for line in page.lines).split()) for page in document.pages}

    def walk(node: Any) -> None:
        if isinstance(node, dict):
            if {"page", "text", "bbox"} <= node.keys():
                assert node["text"] in pages[node["page"]]
            for value in node.values():
                walk(value)
        elif isinstance(node, list):
            for value in node:
                walk(value)

    walk(lines(name)["medicare"])
