"""Words of sole attention in a sentence that says something else: the encoder weighs the sentence, and a person decides."""

from __future__ import annotations

import pytest

from ionm_notes.audit import audit_payers
from ionm_notes.ingest import read_bytes
from ionm_notes.types import Audit
from tests.read.test_trained_statements import REPORT

REST = "Physician location: remote. Real-time monitoring with continuous chat. Dr. Stone ordered the monitoring."
SAYS_SOMETHING_ELSE = (
    "Other readers involved: none.",
    "The single-patient rule had to be broken at ten.",
    "This was her only case, said the technologist of her own day.",
    "One-to-one with the technologist by phone.",
    "Sole responsibility for the report is mine.",
    "Undivided attention is what the payer asks for.",
)


def audits(statement: str) -> tuple[Audit, ...]:
    text = REPORT.format(f"{REST} {statement}")
    return audit_payers(read_bytes("report.txt", text.encode()), ("medicare", "commercial"))


def status(audit: Audit) -> set[str]:
    return {line.status for line in audit.codes if line.kind == "time"}


@pytest.mark.parametrize("statement", SAYS_SOMETHING_ELSE)
def test_no_unit_stands_on_words_of_sole_attention_that_say_something_else(statement: str) -> None:
    for audit in audits(statement):
        assert status(audit) == {"query"}
        assert "words of sole attention that may say something else" in {guess.what for guess in audit.case.guesses}


@pytest.mark.parametrize(
    "statement",
    [
        "It was my only case.",
        "Dr. Wolfe followed no other patient.",
        "I had nobody else on my screen while it ran.",
        "Her attention was undivided.",
        "Exclusive attention: yes",
        "Other cases at the same time\tnone",
        "Number of patients watched: [x] this one only [ ] two or more",
    ],
)
def test_sole_attention_in_a_sentence_a_field_a_row_or_a_box_stands(statement: str) -> None:
    assert status(audits(statement)[0]) == {"supported"}


def test_the_doubt_shows_the_sentence_and_asks_for_a_person() -> None:
    for audit in audits("One-to-one with the technologist by phone."):
        assert status(audit) == {"query"}
        [finding] = [found for found in audit.findings if found.rule == "please-confirm"]
        assert "words of sole attention that may say something else" in finding.message
        assert "One-to-one" in finding.evidence[0].text
