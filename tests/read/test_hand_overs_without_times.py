"""A hand-over that is told without times is found, noted, and makes the time codes wait; nobody else's hand-over does."""

from __future__ import annotations

import pytest

from ionm_notes.audit import audit
from ionm_notes.ingest import read_bytes
from ionm_notes.read.case import read_case
from ionm_notes.types import Case, Document

HEAD = """INTRAOPERATIVE NEUROMONITORING REPORT
Patient: Jane Roe    MRN: 448812
Date of surgery: 03/04/2025
Surgeon: Mark Hathaway, MD
{readers}
Technologist: Ana Ruiz, CNIM

Monitoring 08:10 to 11:30.
I watched remotely in real time.
"""
ONE = "Interpreting physician: Dana Whitfield, MD"
TWO = ONE + "\nInterpreting physician: Omar Castell, MD"


def _document(text: str, readers: str = ONE) -> Document:
    return read_bytes("note.txt", (HEAD.format(readers=readers) + text + "\n").encode())


def _case(text: str, readers: str = ONE) -> Case:
    return read_case(_document(text, readers))


@pytest.mark.parametrize(
    "sentence",
    [
        "Dr. Castell was followed by Dr. Whitfield.",
        "Dr. Castell saw the case out after Dr. Whitfield had started it.",
        "First Dr. Castell and later Dr. Whitfield watched.",
        "Reader 1: Dr. Castell; Reader 2: Dr. Whitfield",
        "I was spelled by Dr. Castell for the remainder of the case.",
    ],
)
def test_a_sentence_that_names_both_tells_of_a_hand_over(sentence: str) -> None:
    assert _case(sentence, TWO).handed_over


@pytest.mark.parametrize(
    "sentence",
    [
        "The reading physician changed during the case.",
        "There was a change of reader.",
        "Oversight changed hands.",
        "Two neurologists covered the case, one after the other.",
        "Reader swap: Y",
        "MD relieved by a colleague.",
    ],
)
def test_no_name_is_needed(sentence: str) -> None:
    assert _case(sentence).handed_over


@pytest.mark.parametrize(
    "sentence",
    [
        "There was no change of reader.",
        "Reader swap: N",
        "The surgeon was relieved by a colleague for closure.",
        "The technologist was relieved at noon.",
        "Should the connection fail, the case passes to another physician.",
        "The report was passed to Dr. Hathaway.",
        "I, Dana Whitfield, MD, watched until the rest of the screws were in.",
    ],
)
def test_what_is_denied_planned_or_of_others_is_none(sentence: str) -> None:
    assert not _case(sentence).handed_over


def test_the_time_code_waits_and_the_hand_over_is_noted() -> None:
    told = audit(_document("The reading physician changed during the case. I attended to this patient exclusively."), "medicare")
    assert {line.status for line in told.codes if line.code in ("G0453", "95940")} <= {"query"}
    assert "handoff" in {finding.rule for finding in told.findings}
