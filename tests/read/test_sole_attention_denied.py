"""Sole attention that is denied, wished for, or said of somebody or something else lets no time code stand."""

from __future__ import annotations

import pytest

from ionm_notes.audit import audit_payers
from ionm_notes.ingest import read_bytes
from ionm_notes.types import Audit
from tests.read.test_trained_statements import REPORT

REST = "Physician location: remote. Real-time monitoring with continuous chat. Dr. Stone ordered the monitoring."
DENIED = (
    "From 09:30 on it was the only case on her screen, and until then one of two.",
    "I was not kept to this one case.",
    "My queue was not limited to this patient.",
    "She could not devote herself to this case alone.",
    "The station was not locked to this case and took further streams.",
    "Hers was not the only study I was looking at.",
    "This was hardly my only case.",
    "I was never on this one case by itself.",
    "I did not have the luxury of a single patient.",
    "At no time was I left with just this patient.",
    "Dr. Wolfe did not have this patient to herself.",
    "There was no dedicated reader for this operation.",
    "Nobody was reserved for this patient alone.",
    "The reader lacked a single-case assignment.",
    "A one-patient assignment was out of the question.",
    "Exclusive attention is not claimed.",
    "We make no claim that this was the reader's only case.",
    "I wish I could say this was my only case.",
    "The reader failed to keep to one patient.",
    "She seldom had only this case on the screen.",
    "This patient was one of those I was following.",
    "Her mind was on this case alone, she says, but the log shows four streams.",
    "Not having another reader, I kept all rooms, this one included.",
)
OF_SOMETHING_ELSE = (
    "Dr. Wolfe promised undivided attention when she was asked.",
    "Her only patient with a pacemaker was this one.",
    "Only one case was on the invoice.",
    "One case only was cancelled that day.",
    "The hospital booked a single case into that room.",
    "Her colleague had the single patient.",
    "The single patient of the morning was cancelled.",
    "Undivided attention was given by the surgeon to the dissection.",
    "I looked only at the SSEP of this patient.",
    "The chat was open to one patient's team only.",
    "Attention to this patient only?",
)
ALONE = (
    "I took no other patient's signals until the leads were off.",
    "Not a single other patient was on my list.",
    "I did not look at any other case.",
    "She read for this room and for none besides.",
    "No stream but this one was open to me.",
    "My login was open to this room and to no other.",
    "I declined all other rooms until she left the table.",
)


def audits(statement: str) -> tuple[Audit, ...]:
    return audit_payers(read_bytes("report.txt", REPORT.format(f"{REST}\n\n{statement}").encode()), ("medicare", "commercial"))


@pytest.mark.parametrize("statement", DENIED + OF_SOMETHING_ELSE)
def test_it_lets_no_remote_unit_stand_for_medicare(statement: str) -> None:
    assert "supported" not in {line.status for line in audits(statement)[0].codes if line.kind == "time"}


@pytest.mark.parametrize("statement", ALONE)
def test_the_denial_of_other_cases_is_sole_attention(statement: str) -> None:
    assert {line.status for line in audits(statement)[0].codes if line.kind == "time"} == {"supported"}
