"""A doubtful figure of a scan is weighed: read the page the other way, and say what changes."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ionm_notes.audit import audit_payers, read
from ionm_notes.contract import to_contract
from ionm_notes.doubt import MOST_READINGS, with_word
from ionm_notes.store.codec import case_from_json, case_to_json
from ionm_notes.types import Audit, Document, DoubtfulWord, Line, Page, Word

LINES = (
    "Patient: Dora Blythe, MRN 12345. Date of surgery: 03/11/2025. Hospital: Saint Anna Hospital, inpatient.",
    "Surgeon: Rafael Quint, MD. Procedure: L4-L5 fusion. Diagnosis: spondylolisthesis.",
    "Technologist: Devin Sallow, CNIM, in the OR throughout.",
    "Neurologist: Maribel Choudhury, MD, remote, watched in real time, one case only, chat with the OR open.",
    "SSEP: posterior tibial nerve at both ankles.",
    "Baselines 07:40 to 07:55.",
    "Monitoring started 08:05.",
    "09:30 Cage placed, no change.",
    "Monitoring ended 11:30.",
    "Electrodes removed 11:45.",
    "Interpretation: No change.",
    "Electronically signed: Maribel Choudhury, MD 03/11/2025 12:20",
)


def scanned(*doubts: tuple[str, str]) -> Document:
    """The record as a recognised page; each doubt is what was read and what it may be."""
    lines = []
    for number, text in enumerate(LINES):
        words, at = [], 0
        for word in text.split(" "):
            words.append(Word(at, at + len(word), (72.0 + at, 100.0 + 14 * number, 72.0 + at + len(word), 110.0 + 14 * number)))
            at += len(word) + 1
        found = tuple(
            DoubtfulWord(text.index(said), text.index(said) + len(said), said, (other,), "second-reading")
            for said, other in doubts
            if said in text
        )
        lines.append(Line(1, text, tuple(words), ((0, len(text)),), "text", number, 0.9, found))
    return Document("scan.pdf", "0" * 64, "application/pdf", "ocr", (Page(1, 612.0, 792.0, tuple(lines), recognized=True),))


def judged(*doubts: tuple[str, str]) -> dict[str, Audit]:
    return {audit.payer: audit for audit in audit_payers(scanned(*doubts), ("medicare", "commercial"))}


def messages(audit: Audit, rule: str) -> list[str]:
    return [finding.message for finding in audit.findings if finding.rule == rule]


def test_without_doubt_a_scan_is_as_good_as_any_record() -> None:
    audits = judged()
    assert [(c.units, c.status) for c in audits["medicare"].codes if c.kind == "time"] == [(14, "supported")]
    assert not messages(audits["medicare"], "low-text-quality")


def test_doubt_is_carried_to_the_unit() -> None:
    audits = judged(("08:05", "08:15"))
    (told,) = messages(audits["medicare"], "low-text-quality")
    assert "1 of 14 units of G0453 rests on reading 08:05, not 08:15" in told
    (line,) = [code for code in audits["medicare"].codes if code.kind == "time"]
    assert (line.units, line.status, line.units_least, line.units_most) == (14, "query", 13, 14)
    assert {code.status for code in audits["medicare"].codes} == {"query"}


def test_a_reading_that_would_give_more_is_told_as_such() -> None:
    (told,) = messages(judged(("11:30", "12:30"))["medicare"], "low-text-quality")
    assert "with 12:30 there would be 18 units of G0453, not 14" in told


def test_a_doubt_on_which_nothing_rests_is_information_and_changes_no_status() -> None:
    audits = judged(("09:30", "09:38"))
    assert not messages(audits["medicare"], "low-text-quality")
    assert len(messages(audits["medicare"], "doubtful-reading")) == 1
    assert [c.status for c in audits["medicare"].codes if c.kind == "time"] == ["supported"]


def test_a_doubtful_date_of_service_holds_the_codes_back() -> None:
    (told,) = messages(judged(("03/11/2025.", "03/17/2025."))["medicare"], "low-text-quality")
    assert "the date of service rests on it" in told


def test_the_doubt_stands_in_the_evidence_and_in_the_published_line() -> None:
    document = scanned(("08:05", "08:25"))
    case = read(document)
    (segment,) = [s for s in case.segments if s.kind == "monitoring"]
    assert any(piece.doubt == "08:05 may be 08:25" for piece in segment.evidence)
    line = to_contract(audit_payers(document, ("medicare",))[0], document)
    (doubtful,) = line["doubtful"]
    assert (doubtful["read"], doubtful["instead"], doubtful["changes"]) == ("08:05", ["08:25"], ["minutes"])
    assert doubtful["evidence"][0]["bbox"] is not None


def test_a_stored_case_keeps_its_doubts() -> None:
    case = read(scanned(("08:05", "08:25")))
    assert case.doubtful
    assert case_from_json(case_to_json(case)) == case


def test_a_page_with_more_doubts_than_can_be_weighed_is_too_poor() -> None:
    document = scanned()
    page = document.pages[0]
    many = tuple(DoubtfulWord(0, 7, "Patient", ("a", "b", "c"), "second-reading") for _ in range(MOST_READINGS // 3 + 1))
    lines = (replace(page.lines[0], doubts=many), *page.lines[1:])
    assert read(replace(document, pages=(replace(page, lines=lines),))).poor_text


@pytest.mark.parametrize("other", ["8:05", "18:05", "06:05"])
def test_another_reading_moves_what_stands_behind_it(other: str) -> None:
    line = scanned(("08:05", other)).pages[0].lines[6]
    moved = with_word(line, line.doubts[0], other)
    assert moved.text == f"Monitoring started {other}."
    assert [moved.text[w.start : w.end] for w in moved.words] == ["Monitoring", "started", f"{other}."]
    assert moved.cells == ((0, len(moved.text)),)
