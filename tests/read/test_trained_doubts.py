"""What the model is sure of and no pattern placed leaves a doubt: no fact changes, no unit stays supported."""

from __future__ import annotations

import pytest

from ionm_notes.audit import audit_payers
from ionm_notes.ingest import read_bytes
from ionm_notes.read.trained import without_guesses
from ionm_notes.types import Audit
from tests.read.test_trained_statements import FAR, REPORT, REST

REMOTE = "Physician: remote."
HERE = "Location of physician: in the operating room."


def audits(statement: str) -> tuple[Audit, ...]:
    return audit_payers(read_bytes("report.txt", REPORT.format(statement).encode()), ("medicare", "commercial"))


def doubts(statement: str) -> list[str]:
    return [guess.what for guess in audits(statement)[0].case.guesses]


def status(audit: Audit) -> set[str]:
    return {line.status for line in audit.codes if line.kind == "time"}


def test_a_second_place_in_words_that_no_pattern_knows_holds_the_time_codes_back_and_changes_no_fact() -> None:
    for audit, before in zip(audits(f"{HERE} {FAR} {REST}"), audits(f"{HERE} {REST}"), strict=True):
        assert status(before) == {"supported"}
        assert status(audit) == {"query"}
        assert [row.mode for row in audit.case.attendance] == [row.mode for row in before.case.attendance]
        finding = next(f for f in audit.findings if f.rule == "please-confirm")
        assert "second place of the professional, away from the hospital" in finding.message
        assert "cottage" in finding.evidence[0].text


def test_a_statement_that_patterns_placed_is_no_second_place() -> None:
    assert doubts(f"{REMOTE} Dr. Wolfe watched from home by a remote connection. {REST}") == []


@pytest.mark.parametrize(
    "statement",
    [
        "The surgeon had a seat in the annex, a few strides from the table.",
        "Ms. Lind, CNIM, shared the operating room with the patient.",
        "POS: hospital outpatient, on campus.",
        "Encounter setting: off-campus outpatient department of the hospital.",
        "Interpretation was rendered by Dr. Wolfe.",
        "Oversight physician = Ada Wolfe, MD",
        "There were no simultaneous cases.",
        "The resident took over from the surgeon for the closing.",
        "If the connection fails the case passes to Dr. Marsh.",
        "The policy says that a physician should look on from another town.",
    ],
)
def test_near_misses_leave_no_doubt(statement: str) -> None:
    assert doubts(f"{REMOTE} {REST} {statement}") == []


APART = "She read live, in touch with the surgeon by chat. Dr. Stone ordered the monitoring."


@pytest.mark.parametrize(
    "statement",
    [
        "From 07:55 to 09:10 this was my only patient. From 09:10 to 09:40 I watched a lumbar case at another hospital "
        "beside it. From 09:40 to 11:40 I was back to Ms. Moss alone.",
        "A second aortic case was on her other screen for all of that time and Dr. Wolfe attended to both.",
        "Reader\tFrom - to\tWhere\tOther patients\nAda Wolfe, MD\t07:55-11:40\tremote\tnone",
        "Ada Wolfe, MD, Neurology.",
    ],
)
def test_what_was_read_as_attendance_or_heads_its_columns_leaves_no_doubt(statement: str) -> None:
    assert "attention to other cases as well" not in doubts(f"{REMOTE} {APART}\n\n{statement}\n")


def test_read_by_patterns_alone_there_is_no_doubt() -> None:
    with without_guesses():
        assert doubts(f"{HERE} {FAR} {REST}") == []


def test_cases_handed_in_one_after_the_other_are_no_cases_watched_at_once() -> None:
    for told in ("I submit this as one of my five attended cases.", "It is one of four cases that I present to the examiners."):
        assert doubts(f"{REMOTE} {told} {REST}") == []
