"""Choices of a scanned form whose boxes were lost say nothing, and are shown; those of other records stay what they are."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ionm_notes.audit import audit_payers
from ionm_notes.read.lost_boxes import choices_without_boxes, without_lost_choices
from ionm_notes.types import Audit, Document, Line, Page

HEAD = (
    "Patient: Dora Blythe, MRN 12345. Date of surgery: 03/11/2025. Hospital: Saint Anna Hospital.",
    "Surgeon: Rafael Quint, MD. Procedure: L4-L5 fusion. Diagnosis: spondylolisthesis.",
    "Technologist: Devin Sallow, CNIM, in the OR throughout.",
    "Neurologist: Maribel Choudhury, MD",
    "Monitoring started 08:05.",
    "Monitoring ended 11:30.",
    "Electronically signed: Maribel Choudhury, MD 03/11/2025 12:20",
)
ANSWERED = (
    "Setting: Inpatient (POS 21)",
    "Location: remote",
    "Watched: live as acquired",
    "Contact with OR: chat",
    "Cases attended during this time: this case only",
    "Studies: SSEP, MEP",
)
LOST = (
    "Setting: Inpatient Outpatient hospital ASC",
    "Location: in the OR remote (hub)\tnearby",
    "Watched: live as acquired record only, afterwards",
    "Contact with OR: telephone chat\tintercom",
    "Cases attended during this time: this case only also:",
    "Studies: SSEP MEP EMG EEG BAEP",
)


def record(lines: tuple[str, ...], *, scanned: bool = True) -> Document:
    made = tuple(Line(1, text, (), ((0, len(text)),), "text", number, 0.9) for number, text in enumerate((*HEAD, *lines)))
    page = Page(1, 612.0, 792.0, made, recognized=scanned)
    return Document("scan.pdf", "0" * 64, "application/pdf", "ocr" if scanned else "text-layer", (page,))


def judged(lines: tuple[str, ...]) -> Audit:
    return audit_payers(record(lines), ("medicare",))[0]


def test_a_form_without_its_boxes_states_neither_place_nor_attention_nor_studies() -> None:
    audit = judged(LOST)
    case = audit.case
    stated = {name for name, element in case.elements.items() if element.state == "present"}
    assert not stated & {"location_mode", "real_time", "communication", "exclusivity", "place_of_service"}
    assert not [m for m in case.modalities if m.status == "performed"]
    assert case.exclusive is None
    assert not [code for code in audit.codes if code.status == "supported"]


def test_what_was_lost_is_shown_with_its_place() -> None:
    audit = judged(LOST)
    said = [finding.message for finding in audit.findings if finding.rule == "doubtful-reading"]
    assert len(said) == len(LOST)
    assert "this case only also (page 1) is in doubt, since the boxes of these choices were not seen" in " ".join(said)
    assert all(reading.evidence for reading in audit.case.doubtful)


@pytest.mark.parametrize("line", ["Cases attended: this case only ☒ also:", "Cases attended: ☒ this case only also:"])
def test_a_line_that_lost_one_of_its_boxes_says_nothing_either(line: str) -> None:
    case = judged((*ANSWERED[:4], line)).case
    assert case.exclusive is None
    assert [reading.why for reading in case.doubtful] == ["box-lost"]


def test_answers_that_stand_alone_are_read_as_ever() -> None:
    case = judged(ANSWERED).case
    assert case.exclusive is True
    assert not case.doubtful


def test_boxes_that_were_found_are_heeded() -> None:
    case = judged((*ANSWERED[:4], "Cases attended during this time: ☒ this case only ☐ also:")).case
    assert case.exclusive is True
    assert not case.doubtful


def test_records_with_their_own_text_are_read_as_they_stand() -> None:
    document = record(LOST, scanned=False)
    assert not audit_payers(document, ("medicare",))[0].case.doubtful
    assert audit_payers(replace(document, pages=(replace(document.pages[0], recognized=True),)), ("medicare",))[0].case.doubtful


@pytest.mark.parametrize(
    "line",
    [
        "The technologist was in the OR, the reader was remote.",
        "Voice call with Jace by telephone; chat was open.",
        "SSEP MEP EMG were stable.",
        "Remote off-site reading by Dr. Choudhury",
        "In OR yes ☐ no ☒",
    ],
)
def test_prose_and_whole_boxes_are_no_lost_choices(line: str) -> None:
    assert choices_without_boxes(line) == []


def test_the_length_of_a_line_stays_the_same() -> None:
    for line in LOST:
        assert len(without_lost_choices(line)) == len(line)
