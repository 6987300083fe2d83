"""Everyday prose: lines that begin with a clock time, doubled blanks, zones in cells, people told sentence by sentence."""

from __future__ import annotations

import pytest

from ionm_notes.ingest import read_bytes
from ionm_notes.read.case import read_case
from ionm_notes.types import Case

HEAD = """Neuromonitoring Case Documentation

CASE:
{patient}, had left carotid endarterectomy with shunt on
June 14, 2024 at Cypress Bend Hospital. Setting: {setting}. Surgeon on the
case: Jasmine Alvarez, MD. {reader} Tech was Grant Bergstrom, CNIM.

OVERSIGHT:
Dr. Leblanc was remote and on the case from 12:46 PM through 6:14 PM. {load}

"""
TIMES = """TIMES FOR THIS CASE:
Grant Bergstrom, CNIM, was in the operating room from beginning to end of it. Lead placement:
12:17 PM to 12:41 PM (24 min). We started collecting baselines at 12:42 PM and had a full set at
12:45 PM. The patient was  monitored beginning at 12:46  PM CT
and ending at 6:14 PM CT. Needles came out starting at 6:19  PM, with the count correct at 6:29 PM.
"""


def _case(times: str = TIMES, **said: str) -> Case:
    told = {
        "patient": "Latoya Donovan (DOB 07/25/1988, MRN 7908219)",
        "setting": "21/Inpatient",
        "reader": "Oversight provider was Heather Leblanc, MD.",
        "load": "No other cases were covered by the reader during this time.",
    }
    return read_case(read_bytes("note.txt", (HEAD.format(**(told | said)) + times).encode()))


def _segments(case: Case) -> dict[str, tuple[str, str]]:
    return {s.kind: (f"{s.start:%H:%M}" if s.start else "", f"{s.end:%H:%M}" if s.end else "") for s in case.segments}


def test_prose_whose_lines_begin_with_times_is_no_log() -> None:
    assert _segments(_case()) == {
        "setup": ("12:17", "12:41"),
        "baseline": ("12:42", "12:45"),
        "monitoring": ("12:46", "18:14"),
        "removal": ("18:19", "18:29"),
    }


@pytest.mark.parametrize("reader", ["Oversight provider was Heather Leblanc, MD.", "The case was read by Heather Leblanc, MD."])
def test_a_reader_in_the_sentence_behind_the_surgeon_is_no_second_surgeon(reader: str) -> None:
    case = _case(reader=reader)
    assert [p.name for p in case.encounter.professionals] == ["Heather Leblanc"]
    assert not case.operator_monitors


def test_the_patient_whom_a_note_introduces_is_no_reader() -> None:
    case = _case(patient="This is Latoya Donovan (DOB 07/25/1988, MRN 7908219), who")
    assert [p.name for p in case.encounter.professionals] == ["Heather Leblanc"]


@pytest.mark.parametrize(
    ("load", "alone"),
    [
        ("No other cases were covered by the reader during this time.", True),
        ("The other cases were covered by Dr. Brandt.", None),
        ("Other cases were covered by the reader.", None),
    ],
)
def test_by_whom_other_cases_were_covered(load: str, alone: bool | None) -> None:
    assert [a.exclusive for a in _case(load=load).attendance] == [alone]


@pytest.mark.parametrize(("setting", "code"), [("11/Office", "11"), ("21/Inpatient", "21"), ("22 - Outpatient hospital", "22")])
def test_a_place_of_service_before_its_words(setting: str, code: str) -> None:
    assert _case(setting=setting).encounter.place_of_service == code


def test_a_zone_behind_the_times_of_cells() -> None:
    rows = ("** Clock Times **", "|  | Start | Stop |", "| Setup In/Out | 12:17 PM CT | 12:41 PM CT |")
    table = "\n".join((*rows, "| IONM Start/Stop | 12:46 PM CT | 6:14 PM CT |", ""))
    assert _segments(_case(table)) == {"setup": ("12:17", "12:41"), "monitoring": ("12:46", "18:14")}


def test_minutes_that_were_lost_are_an_interruption() -> None:
    case = _case(TIMES + "We lost 14 minutes of monitoring, 3:57 PM to 4:11 PM, to a power problem at the amplifier.\n")
    assert _segments(case)["interruption"] == ("15:57", "16:11")
    assert _segments(case)["monitoring"] == ("12:46", "18:14")
