"""Files of one case are read together, and every evidence names the file and the page in it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from ionm_notes.audit import audit_payers
from ionm_notes.contract import to_contract
from ionm_notes.ingest import read_document
from ionm_notes.parts.joined import join
from ionm_notes.store.codec import case_from_json, case_to_json

PACKETS = Path(__file__).parents[2] / "fixtures" / "packets"
GOLD = json.loads((PACKETS / "k06-two-files.gold.json").read_text())


def lines(files: list[str]) -> dict[str, dict[str, Any]]:
    document = join([read_document(PACKETS / name) for name in files])
    return {audit.payer: to_contract(audit, document) for audit in audit_payers(document, ("medicare", "commercial"))}


@pytest.mark.parametrize("files", [GOLD["files"], GOLD["files"][::-1]])
def test_the_case_is_the_same_in_whatever_order_its_files_are_given(files: list[str]) -> None:
    for payer, line in lines(files).items():
        assert line["minutes"] == GOLD["minutes"]
        assert line["elements"] == GOLD["elements"]
        got = sorted((code["code"], code["units"], code["status"]) for code in line["codes"])
        assert got == sorted((code["code"], code["units"], code["status"]) for code in GOLD["codes"][payer])


def test_every_evidence_stands_on_the_page_of_the_file_it_names() -> None:
    pages = {
        (name, page.number): " ".join(" ".join(line.text for line in page.lines).split())
        for name in GOLD["files"]
        for page in read_document(PACKETS / name).pages
    }
    seen = set()

    def walk(node: Any) -> None:
        if isinstance(node, dict):
            if {"page", "text", "bbox"} <= node.keys():
                assert node["text"] in pages[node["file"], node["page"]]
                seen.add(node["file"])
            for value in node.values():
                walk(value)
        elif isinstance(node, list):
            for value in node:
                walk(value)

    walk(lines(GOLD["files"])["medicare"])
    assert seen == set(GOLD["files"])


def test_the_document_names_its_files_and_pages_are_not_joined_over_files() -> None:
    line = lines(GOLD["files"])["medicare"]
    assert [file["name"] for file in line["document"]["files"]] == GOLD["files"]
    assert line["document"]["pages"] == 3
    assert [(part["file"], part["pages"]) for part in line["parts"]] == [("k06-report.pdf", [1, 2]), ("k06-log.txt", [1])]


def test_a_single_file_is_left_as_it_is() -> None:
    document = read_document(PACKETS / "k06-log.txt")
    assert join([document]) is document


def test_a_joined_case_comes_back_from_the_store_as_it_was() -> None:
    document = join([read_document(PACKETS / name) for name in GOLD["files"]])
    case = audit_payers(document, ("medicare",))[0].case
    assert case_from_json(case_to_json(case)) == case
