"""The watch as letters and dictation tell it, and clock times that their writer took back."""

from __future__ import annotations

import pytest

from ionm_notes.ingest import read_bytes
from ionm_notes.read.case import read_case
from ionm_notes.types import Case

HEAD = """INTRAOPERATIVE NEUROMONITORING REPORT
Patient: Ann Bell   MRN: 44821  DOB: 02/03/1960
Date of service: 03/04/2025
Surgeon: Paul Stone, MD
Technologist: Kim Lee, CNIM
Interpreting physician: Adela Juarez, DO

Electrodes were placed from 8:00 AM to 8:20 AM. Baselines were recorded from 8:22 AM to 8:35 AM.
"""
TAIL = """
Electrodes were removed from 1:25 PM to 1:35 PM.

Electronically signed by Adela Juarez, DO 03/04/2025
"""
TOLD = (
    "Signals were followed from 8:42 AM to 1:17 PM.",
    "Recording for the case proper ran 8:42 AM to 1:17 PM.",
    "We were in monitoring at 8:42 AM and I called it done at 1:17 PM.",
    "From 8:42 AM I watched the screen as it ran. I stopped watching at 1:17 PM, when she was putting in the last stitch.",
    "From 8:42 AM we monitored without a break until 1:17 PM, when Dr. Stone had the last suture in.",
    "From 8:42 AM, with the head in pins, until 1:17 PM, when he needed us no more, the traces were under observation.",
    "Watching proper ran from 8:42 in the morning to 1:17 in the afternoon.",
    "Monitoring officially began 8:42 AM. Came off at 1:17 PM.",
    "The spinal cord was watched over from 8:42 AM until 1:17 PM.",
    "For the operation itself we recorded from 8:42 AM to 1:17 PM.",
    "The modalities were run in rotation from 8:42 AM until 1:17 PM.",
    "The first monitored trace is stamped 8:42 AM and the last 1:17 PM.",
)
CORRECTED = (
    "Monitoring commenced 8:42 a.m. and concluded at 1:11, no, correction, 1:17 p.m.",
    "Monitoring began at 8:24, correction 8:42 AM, and ended at 1:17 PM.",
    "Monitoring began at 8:24, scratch that, 8:42 AM, and ended at 1:17 PM.",
    "Monitoring began at 8:24, I mean 8:42 AM, and ended at 1:17 PM.",
    "Monitoring began at 8:24 AM, sorry, make that 8:42 AM, and ended at 1:17 PM.",
    "Monitoring ran from 8:42 AM (not 8:24 AM) to 1:17 PM.",
    "Monitoring ran from 8:42 AM to 1:11, or rather 1:17 PM.",
)


def _case(said: str) -> Case:
    return read_case(read_bytes("letter.txt", (HEAD + said + TAIL).encode()))


def _watch(case: Case) -> list[tuple[str, str]]:
    return [
        (f"{s.start:%H:%M}" if s.start else "", f"{s.end:%H:%M}" if s.end else "")
        for s in case.segments
        if s.kind == "monitoring"
    ]


@pytest.mark.parametrize("said", TOLD)
def test_the_watch_is_read_without_its_name(said: str) -> None:
    assert _watch(_case(said)) == [("08:42", "13:17")]


@pytest.mark.parametrize("said", CORRECTED)
def test_a_time_that_its_writer_took_back_counts_no_more(said: str) -> None:
    case = _case(said)
    assert _watch(case) == [("08:42", "13:17")]
    assert not case.conflicts


@pytest.mark.parametrize(
    "said",
    [
        "The surgeon watched the screen from 8:42 AM to 1:17 PM.",
        "Signals were lost from 8:42 AM to 9:17 AM.",
        "We watched another patient from 8:42 AM to 1:17 PM.",
        "We will watch the responses from 8:42 AM to 1:17 PM.",
        "Blood pressure was followed from 8:42 AM to 1:17 PM.",
        "We followed the responses from 7:42 AM to 8:10 AM.",
        "The clamp came off the artery at 8:42 AM.",
        "The resident followed the signals from 8:42 AM to 1:17 PM.",
        "Dr. Stone called it done at 1:17 PM.",
    ],
)
def test_others_findings_plans_and_other_cases_are_no_watch(said: str) -> None:
    assert _watch(_case(said)) == []


def test_a_time_before_which_nothing_changed_is_no_correction() -> None:
    case = _case("Monitoring began at 8:42 AM, no change by 9:30 AM, and ended at 1:17 PM.")
    assert _watch(case)[0][0] == "08:42"


def test_a_line_of_a_letter_that_begins_with_a_time_is_no_entry_of_a_log() -> None:
    text = HEAD.replace(
        "Baselines were recorded from 8:22 AM to 8:35 AM.",
        "\n\nReference recordings were taken at leisure after the turn of the patient to prone,\n"
        "8:22 AM to 8:35 AM. From 8:42 AM we monitored without a break until 1:17 PM, when the last\nsuture was in. ",
    )
    case = read_case(read_bytes("letter.txt", (text + TAIL).encode()))
    assert _watch(case) == [("08:42", "13:17")]
    assert [(f"{s.start:%H:%M}", f"{s.end:%H:%M}") for s in case.segments if s.kind == "baseline" and s.start and s.end] == [
        ("08:22", "08:35")
    ]
