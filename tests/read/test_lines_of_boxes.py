"""A line with a ticked box under somebody's name is said of that person, and ends before the heading below it."""

from __future__ import annotations

import pytest
from bare_report import audited

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


@pytest.mark.parametrize("technologist", ["Technologist Devin Sallow, CNIM", "Technologist: Devin Sallow, CNIM"])
@pytest.mark.parametrize(
    "row", ["[x] in OR entire case [ ] relieved from ____ to ____", "[x] in the OR throughout [ ] part of the case"]
)
def test_the_room_ticked_under_a_labelled_technologist_is_no_place_of_the_reader(technologist: str, row: str) -> None:
    case = case_of(
        (
            *FORM[:2],
            technologist,
            row,
            "Neurologist: Maribel Choudhury, MD",
            "[ ] in OR [ ] nearby in hospital [x] remote (off site)",
            "[x] watching live [ ] reviewed later",
            *FORM[-2:],
        )
    )
    assert [(spell.professional, spell.mode) for spell in case.attendance] == [("Maribel Choudhury", "remote")]
    assert not case.mode_conflict


def test_the_room_ticked_under_the_reader_is_the_readers_place() -> None:
    lines = ("Neurologist Maribel Choudhury, MD", "[x] in OR [ ] nearby in hospital [ ] remote (off site)")
    case = case_of((*FORM[:4], *lines, *FORM[-2:]))
    assert [(spell.professional, spell.mode) for spell in case.attendance] == [("Maribel Choudhury", "in_room")]


@pytest.mark.parametrize(
    ("line", "exclusive"),
    [
        ("reading live: [X] yes [ ] no other cases meanwhile: [X] none [ ] yes, how many __", True),
        ("reading live: [X] yes [ ] no other cases meanwhile: [ ] none [X] yes, how many 2", False),
        ("reading live: [X] yes [ ] no other cases meanwhile: [ ] none [ ] yes, how many __", None),
        ("On line: [X] yes [ ] no other patients at the same time: [ ] yes [X] no", True),
        ("Break taken: [ ] yes [X] no other cases watched: [ ] yes [X] no", True),
        ("Watched on line [X] Y [ ] N Other rooms open [ ] Y [X] N", True),
        ("Watched on line [X] Y [ ] N Other rooms open [X] Y [ ] N", False),
        ("Chat open: [X] yes [ ] no Simultaneous cases: [ ] 0 [ ] 1 [X] 2", False),
        ("[ ] no other cases [X] other cases: 2", False),
        ("[X] no other cases [ ] other cases: __", True),
    ],
)
def test_the_no_of_one_question_is_not_the_beginning_of_the_next(line: str, exclusive: bool | None) -> None:
    case = case_of(
        (
            "Patient: Dora Blythe, MRN 12345",
            "Date of surgery: 8/13/2024",
            "Physician: Maribel Choudhury, MD, remote",
            line,
            "Monitoring 13:20 to 15:36",
        )
    )
    assert [spell.exclusive for spell in case.attendance] == [exclusive]


BOXES = {
    # Two places are ticked for the same hours.
    "MD attendance 08:00-10:00, live, this patient exclusively:\n[x] in operating room   [x] remote   [ ] nearby": (
        "95940",
        "query",
    ),
    # Boxes behind their words, the first behind its question too.
    "Professional location:  OR [x]   Reading room [ ]   Off-site [ ]\nLive [x]   retrospective [ ]\nOther patients watched: 0": (
        "95940",
        "supported",
    ),
    # What a ticked choice says of the picture is no question that the next box answers.
    "PHYSICIAN OVERSIGHT\n[ ] On site, in OR   [x] Off site, live link   [ ] None\nPatients followed:  [x] 1   [ ] 2   [ ] 3": (
        "G0453",
        "supported",
    ),
    "PHYSICIAN OVERSIGHT\n[ ] On site, in OR   [x] Off site   [ ] live link\nPatients followed:  [x] 1   [ ] 2   [ ] 3": (
        "G0453",
        "query",
    ),
}


@pytest.mark.parametrize("form", BOXES)
def test_the_choices_of_a_question_are_the_words_beside_its_boxes(form: str) -> None:
    audit = audited(f"\nCommunication: two-way secure chat with the operating room.\n\n{form}\n")
    assert [(code.code, code.status) for code in audit.codes if code.code in ("95940", "G0453")] == [BOXES[form]]
