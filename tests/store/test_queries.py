"""The questions that people ask of the store get the newest answers, filtered as asked."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from datetime import date

import pytest
from sample_case import BOTH, NOW, sample_case, sample_document

from ionm_notes.audit import audit_case
from ionm_notes.contract import to_contract
from ionm_notes.store.codec import case_to_json
from ionm_notes.store.database import Store
from ionm_notes.store.queries import Filter, find_audits, latest_audits, latest_findings, search
from ionm_notes.store.record import Record

Make = Callable[..., Record]


@pytest.fixture
def filled(store: Store, make_record: Make) -> Store:
    """Two documents: one of March, audited twice, by Ann Arden; one of June, by Bo_b 100% Berg."""
    store.add(make_record("march.txt"), NOW)
    store.add(make_record("march.txt"), NOW)
    case = sample_case("june.txt")
    who = (dataclasses.replace(case.encounter.professionals[0], name="Bo_b 100% Berg"),)
    seen = tuple(dataclasses.replace(spell, professional="Bo_b 100% Berg") for spell in case.attendance)
    encounter = dataclasses.replace(case.encounter, date_of_service=date(2025, 6, 1), professionals=who)
    case = dataclasses.replace(case, encounter=encounter, attendance=seen)
    lines = tuple(to_contract(audit_case(case, payer), sample_document("june.txt")) for payer in BOTH)
    store.add(Record(("wrist electrodes",), case_to_json(case), lines), NOW)
    return store


def names(rows: list[dict[str, object]]) -> list[object]:
    return [(row["name"], row["payer"]) for row in rows]


def test_only_the_newest_audit_of_each_document_and_payer_is_listed(filled: Store) -> None:
    rows = latest_audits(filled)
    assert names(rows) == [
        ("june.txt", "commercial"),
        ("june.txt", "medicare"),
        ("march.txt", "commercial"),
        ("march.txt", "medicare"),
    ]
    assert [row["id"] for row in rows] == [6, 5, 4, 3]


@pytest.mark.parametrize(
    ("wanted", "documents"),
    [
        (Filter(payer="medicare"), ["june.txt", "march.txt"]),
        (Filter(payer="medicare", since=date(2025, 3, 15)), ["june.txt"]),
        (Filter(payer="medicare", since=date(2025, 3, 14), until=date(2025, 3, 14)), ["march.txt"]),
        (Filter(payer="medicare", until=date(2024, 1, 1)), []),
        (Filter(payer="medicare", provider="arden"), ["march.txt"]),
        (Filter(payer="medicare", provider="100%"), ["june.txt"]),
        (Filter(payer="medicare", provider="%"), ["june.txt"]),
        (Filter(payer="medicare", provider="o_b"), ["june.txt"]),
        (Filter(payer="medicare", provider="o_d"), []),
        (Filter(payer="nobody"), []),
    ],
)
def test_audits_are_filtered_by_payer_date_and_provider(filled: Store, wanted: Filter, documents: list[str]) -> None:
    assert [row["name"] for row in latest_audits(filled, wanted)] == documents


def test_findings_come_gravest_first_and_name_pages_and_providers(filled: Store) -> None:
    rows = latest_findings(filled, Filter(payer="medicare"))
    ranks = [("error", "warning", "info").index(row["severity"]) for row in rows]
    assert ranks == sorted(ranks)
    assert len(set(ranks)) > 1
    conflict = next(row for row in rows if row["rule"] == "laterality-conflict" and row["document"] == "march.txt")
    assert (conflict["pages"], conflict["providers"], conflict["audit"]) == ("1 2", "Ann Arden, MD", 3)


def test_findings_are_filtered_by_rule_and_severity(filled: Store) -> None:
    by_rule = latest_findings(filled, Filter(rule="interruption"))
    assert {row["rule"] for row in by_rule} == {"interruption"}
    assert len(by_rule) == 4
    assert {row["severity"] for row in latest_findings(filled, Filter(severity="info"))} == {"info"}
    assert latest_findings(filled, Filter(rule="interruption' OR 1=1 --")) == []


def test_search_finds_words_in_pages_and_in_findings(filled: Store) -> None:
    (page,) = search(filled, "tibial artifact")
    assert (page["document"], page["page"], page["excerpt"]) == ("march.txt", 2, "[tibial] [artifact]")
    assert {row["where"] for row in search(filled, "interrupted")} == {"interruption (medicare)", "interruption (commercial)"}
    assert len(search(filled, "interrupted")) == 4, "only the newest audits answer"


@pytest.mark.parametrize(
    "words", ["", "  ", '"', 'NEAR("', "nosuchword", "text:wrist", "wrist OR tibial", "*", "'; DROP TABLE pages"]
)
def test_search_takes_words_literally_whatever_they_are(filled: Store, words: str) -> None:
    assert search(filled, words) == []


def test_a_stored_audit_is_found_by_number_name_or_stem(filled: Store) -> None:
    assert [row["id"] for row in find_audits(filled, "1")] == [1]
    assert [row["id"] for row in find_audits(filled, "march.txt")] == [4, 3]
    assert [row["id"] for row in find_audits(filled, "june")] == [6, 5]
    assert find_audits(filled, "j%") == []
    assert find_audits(filled, "99") == []
