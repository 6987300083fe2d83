"""Two times of one sentence that belong together: of set-up, baselines, monitoring, a stand-still, or the professional's stay."""

from __future__ import annotations

from datetime import datetime

import pytest

from ionm_notes.ingest import read_bytes
from ionm_notes.read.case import read_case

HEAD = """NEUROMONITORING REPORT
Patient: Jane Roe   MRN: 123456
Date of surgery: 03/04/2025
Surgeon: Mark Holloway, MD
Interpreting physician: Dana Dunleavy, MD
Technologist: Gwen Juarez, CNIM

SSEP of the median and tibial nerves and MEP of APB, TA and AH were recorded bilaterally. Monitoring 08:10 to 11:30.
"""
Found = set[tuple[str, str | None, str | None]]
MONITORED = ("monitoring", "08:10", "11:30")


def clock(at: datetime | None) -> str | None:
    return at and f"{at:%H:%M}"


def read(sentence: str) -> tuple[Found, Found]:
    case = read_case(read_bytes("x.txt", f"{HEAD}{sentence}\n\nSigned electronically by Dana Dunleavy, MD 03/04/2025\n".encode()))
    segments: Found = {(s.kind, clock(s.start), clock(s.end)) for s in case.segments}
    return segments, {(a.mode, clock(a.start), clock(a.end)) for a in case.attendance}


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("Set-up of the patient opened at 07:10 and closed at 07:35.", ("setup", "07:10", "07:35")),
        ("It took from 07:10 to 07:35 to place the electrodes.", ("setup", "07:10", "07:35")),
        ("Baselines under anesthesia were taken 07:40 to 07:55.", ("baseline", "07:40", "07:55")),
        ("Initial recordings. These were taken from 07:40 to 07:55.", ("baseline", "07:40", "07:55")),
        ("Its first part, 08:10 to 08:20, was taken up by the baseline recordings.", ("baseline", "08:10", "08:20")),
        ("Its first minutes, 08:10 to 08:20, are the acquisition and reading of the baselines.", ("baseline", "08:10", "08:20")),
        ("It was longer, of which 08:10 to 08:20 went to baselines.", ("baseline", "08:10", "08:20")),
        ("Ms. Juarez set the patient up from 07:10 to 07:35.", ("setup", "07:10", "07:35")),
        ("We filed it: the monitoring is filed as 08:10 to 11:30.", ("monitoring", "08:10", "11:30")),
        ("Baselines\nBegun at 07:40, ended at 07:55.", ("baseline", "07:40", "07:55")),
        ("07:40 to 07:55 - first full set (our yardstick), ulnar low.", ("baseline", "07:40", "07:55")),
        ("06:58\t-\t07:21\tset-up, needles and stick-ons", ("setup", "06:58", "07:21")),
        ("The baseline recordings, which were started at 07:40, were completed at 07:55.", ("baseline", "07:40", "07:55")),
        ("Take-down of the electrodes opened at 11:40 and closed at 11:55.", ("removal", "11:40", "11:55")),
        (
            "Monitoring was on hold starting 09:05 and was back on at 09:20 again.",
            ("interruption", "09:05", "09:20"),
        ),
        ("Monitoring ceased at 09:05 and was not re-established until 09:20.", ("interruption", "09:05", "09:20")),
        ("The patient went unmonitored between 09:05 and 09:20 during a scan.", ("interruption", "09:05", "09:20")),
        ("A hiatus in monitoring for imaging lasted from 09:05 to 09:20.", ("interruption", "09:05", "09:20")),
    ],
)
def test_the_two_times_are_the_ends_of_one_part_of_the_day(sentence: str, told: tuple[str, str, str]) -> None:
    assert read(sentence)[0] == {MONITORED, told}


@pytest.mark.parametrize(
    "sentence",
    [
        "Dr. Dunleavy came on at 08:15 and went off at 11:20, all of it from a remote location.",
        "Dr. Dunleavy was connected remotely at 08:15 and stayed until 11:20.",
        "Remote supervision was assumed by Dr. Dunleavy at 08:15 and was relinquished at 11:20.",
        "Dr. Dunleavy covered the case remotely beginning 08:15 and ending 11:20.",
    ],
)
def test_the_stay_of_the_professional_ends_no_monitoring(sentence: str) -> None:
    assert read(sentence) == ({MONITORED}, {("remote", "08:15", "11:20")})


@pytest.mark.parametrize(
    "sentence",
    [
        "The incision was begun at 08:30 and the wound was closed at 11:00.",
        "Dr. Holloway left the operating room at 11:20.",
        "Anesthesia started at 07:00 and ended at 11:50.",
        "The surgeon started drilling at 09:05 and finished at 09:20.",
    ],
)
def test_what_others_began_and_ended_changes_nothing(sentence: str) -> None:
    segments, stays = read(sentence)
    assert segments == {MONITORED}
    assert all(first is None and last is None for _, first, last in stays)


DAY = """NEUROMONITORING REPORT
Patient: Jane Roe   MRN: 123456
Date of surgery: 03/04/2025
Interpreting physician: Dana Dunleavy, MD
Technologist: Gwen Juarez, CNIM

"""


def day_of(text: str) -> Found:
    case = read_case(read_bytes("x.txt", f"{DAY}{text}\n\nSigned electronically by Dana Dunleavy, MD 03/04/2025\n".encode()))
    return {(s.kind, clock(s.start), clock(s.end)) for s in case.segments}


@pytest.mark.parametrize(
    "sentence",
    [
        "Monitoring began at 08:10, before the skin was opened at 08:31, and ended at 11:30.",
        "Monitoring commenced at 0810, the dura having been opened at 0850, and ceased at 1130.",
        "We took up monitoring at 8:10 AM and closed it at 11:30 AM.",
        "We commenced monitoring at 8:10 AM and wound it up at 11:30 AM.",
        "Monitoring 08:10-11:30. From 09:37 I was logged in and remained so until monitoring ended at 11:30, watching.",
    ],
)
def test_the_end_of_monitoring_is_told_across_what_the_operation_did(sentence: str) -> None:
    assert day_of(sentence) == {MONITORED}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("13:02\tElectrodes going on. Done and impedances below 3 k by 13:11.", ("setup", "13:02", "13:11")),
        ("7:20 AM\tNIM tube placed, grounds\tset up finished 7:31", ("setup", "07:20", "07:31")),
        (
            "08:00\tMonitoring on\n11:30\tMonitoring off\n11:34\tElectrodes coming off, finished 11:40",
            ("removal", "11:34", "11:40"),
        ),
        ("Baselines 07:49 to 08:06. Leads had gone on 07:05-07:44. Monitoring 08:10-11:30.", ("setup", "07:05", "07:44")),
        (
            "ELECTRODES ON FROM - TO 06:58 - 07:24\tBASELINES FROM - TO 07:30 - 07:45\tMONITORING FROM - TO 07:49 - 10:20",
            ("baseline", "07:30", "07:45"),
        ),
        ("Dissection went on, and between 9:50 and 10:20 I mapped the cortex. Monitoring 08:10-11:30.", MONITORED),
    ],
)
def test_a_part_of_the_day_is_closed_by_the_words_of_its_own_line(text: str, told: tuple[str, str, str]) -> None:
    assert told in day_of(text)
