"""A line with a ticked box under somebody's name is said of that person, and ends before the heading below it."""

from __future__ import annotations

from ionm_notes.audit import audit_payers
from ionm_notes.types import Case, Document, Line, Page

FORM = (
    "Patient: Dora Blythe, MRN 12345",
    "Date of surgery: 8/13/2024",
    "Technologist",
    "Devin Sallow, CNIM",
    "☒ in the operating room for the whole case",
    "Supervising neurophysiologist",
    "Maribel Choudhury, MD",
    "Location: ☐ in the OR ☒ remote (hub) ☐ nearby",
    "☒ watched in real time, start to stop of monitoring",
    "Monitoring start 13:20",
    "Monitoring stop 15:36",
)


def case_of(lines: tuple[str, ...]) -> Case:
    made = tuple(
        Line(1, text, (), ((0, len(text)),), "text", 0 if 1 < number < 9 else number) for number, text in enumerate(lines)
    )
    document = Document("form.pdf", "0" * 64, "application/pdf", "text-layer", (Page(1, 612.0, 792.0, made),))
    return audit_payers(document, ("medicare",))[0].case


def test_a_box_under_the_technologists_name_places_the_technologist_and_nobody_else() -> None:
    case = case_of(FORM)
    assert [(spell.professional, spell.mode) for spell in case.attendance] == [("Maribel Choudhury", "remote")]
    assert case.elements["technologist_presence"].state == "present"
    assert not case.mode_conflict


def test_an_empty_box_under_the_technologists_name_places_nobody() -> None:
    case = case_of(tuple(line.replace("☒ in the operating", "☐ in the operating") for line in FORM))
    assert case.elements["technologist_presence"].state != "present"
