"""Sentences of a narrative, in the wordings of different writers, give the beginning and the end of each part of the day."""

from __future__ import annotations

import pytest

from ionm_notes.audit import audit_payers
from ionm_notes.contract import to_contract
from ionm_notes.ingest import read_bytes

HEAD = """INTRAOPERATIVE NEUROMONITORING REPORT
Patient: Ann Bell   MRN: 44821  DOB: 02/03/1960
Date of service: 03/04/2025
Facility: Grace Hospital, inpatient

Surgeon: Paul Stone, MD
Technologist: Kim Lee, CNIM
Interpreting physician: Adela Juarez, DO

Procedure: L4-L5 fusion

"""
USUAL = {
    "setup": "Electrodes were placed from 08:00 to 08:20.",
    "baseline": "Baselines were recorded from 08:22 to 08:35.",
    "monitoring": "Monitoring was performed from 08:40 to 11:00.",
    "attendance": "Dr. Juarez supervised remotely from 08:41 to 10:55.",
    "removal": "Electrodes were removed from 11:05 to 11:15.",
}
SAID = (
    (
        "removal",
        "The technologist removed the electrodes beginning at 11:05, and the last of them was out at 11:15.",
        "11:05",
        "11:15",
    ),
    (
        "monitoring",
        "The patient was monitored beginning at 08:40, and monitoring was brought to a close at 11:00.",
        "08:40",
        "11:00",
    ),
    ("setup", "The patient was wired up between 08:01 and 08:19.", "08:01", "08:19"),
    ("setup", "We hooked the patient up from 08:01 to 08:19.", "08:01", "08:19"),
    ("setup", "Instrumentation of the patient started at 08:01 and was finished at 08:19.", "08:01", "08:19"),
    ("setup", "Connecting the patient to the equipment took from 08:01 until 08:19.", "08:01", "08:19"),
    ("baseline", "Reference recordings were collected between 08:23 and 08:34.", "08:23", "08:34"),
    ("monitoring", "Monitoring got under way at 08:42 and was closed at 10:58.", "08:42", "10:58"),
    ("monitoring", "Monitoring proper opened at 08:42 and shut at 10:58.", "08:42", "10:58"),
    ("monitoring", "Monitoring was initiated at 08:42 and brought to a close at 10:58.", "08:42", "10:58"),
    ("removal", "The patient was unhooked between 11:06 and 11:14.", "11:06", "11:14"),
    ("removal", "Everything was taken off the patient between 11:06 and 11:14.", "11:06", "11:14"),
    ("interruption", "Recording stopped at 09:30 when the cart lost power and was back at 09:45.", "09:30", "09:45"),
    ("interruption", "For intraoperative CT monitoring was stopped at 09:30 and started again at 09:45.", "09:30", "09:45"),
    ("interruption", "The monitoring was broken off at 09:30 and taken up again at 09:45.", "09:30", "09:45"),
    ("interruption", "The equipment failed at 09:30 and was working again at 09:45.", "09:30", "09:45"),
    ("interruption", "From 9:30 AM  to 9:45  AM no monitoring  was possible during an O-arm spin.", "09:30", "09:45"),
    # What is said by the minute itself, from a time on, and of recordings that others are held against.
    ("setup", "Needles and pads were attached from 08:01 on, and all had been tested by 08:19.", "08:01", "08:19"),
    ("baseline", "The recordings by which all later ones were judged were made from 08:23 to 08:34.", "08:23", "08:34"),
    ("baseline", "The standard for what followed was recorded between 08:23 and 08:34.", "08:23", "08:34"),
    ("baseline", "The set for comparison was begun at 08:23 and stored at 08:34.", "08:23", "08:34"),
    ("baseline", "It took 11 minutes, 08:23 to 08:34, to obtain the responses that were kept as reference.", "08:23", "08:34"),
    ("baseline", "For later comparison we recorded the responses before the incision from 08:23 to 08:34.", "08:23", "08:34"),
    ("monitoring", "08:42 is the minute when monitoring began, and 10:58 the minute when it was ended.", "08:42", "10:58"),
    ("monitoring", "From 08:42 on we monitored the patient, and we stopped at 10:58.", "08:42", "10:58"),
    ("monitoring", "Counting from 08:42, we monitored the patient. Only up to 10:58 we monitored the patient.", "08:42", "10:58"),
    ("monitoring", "At 08:42, the surgeon ready, we took up monitoring; at 10:58 we gave up monitoring.", "08:42", "10:58"),
    ("monitoring", "The first minute of monitoring was at 08:42. After 10:58 she was no longer monitored.", "08:42", "10:58"),
    ("monitoring", "I took up the monitoring at 08:42 and laid it down at 10:58, when the flap was closed.", "08:42", "10:58"),
    ("monitoring", "Monitoring was begun at 08:42 and was put down at 10:58 at the surgeon's word.", "08:42", "10:58"),
    ("monitoring", "Monitoring was started at 08:42 and we let it rest at 10:58.", "08:42", "10:58"),
    ("removal", "From 11:06 on the needles were pulled, and at 11:14 nothing was left.", "11:06", "11:14"),
    ("removal", "The patient was relieved of needles and wires from 11:06 to 11:14.", "11:06", "11:14"),
    ("removal", "The technologist needed from 11:06 until 11:14 to detach the patient.", "11:06", "11:14"),
    ("interruption", "A halt of monitoring, caused by the scanner, lasted from 09:30 to 09:45.", "09:30", "09:45"),
    ("interruption", "Nobody could monitor from 09:30 to 09:45, for the machine had failed.", "09:30", "09:45"),
    ("interruption", "For 15 minutes, 09:30 to 09:45, nothing was recorded: the machine was out of order.", "09:30", "09:45"),
)
DAYS = (
    (
        "Monitoring commenced at 08:40 and, the operation being a long one which carried us past noon, came to an end at 12:30.",
        "12:30",
    ),
    ("Monitoring began at 08:40 and I watched it live until it ended at 12:30.", "12:30"),
    ("Monitoring began at 08:40 and I watched it live, without a break, until I stopped it at 12:30.", "12:30"),
    ("MONITORING. 08:40 to 12:30, uninterrupted.", "12:30"),
    ("I was connected from 08:40 to 12:30, and I put down the same time, 08:40 to 12:30, as the monitoring time.", "12:30"),
    ("08.05-08.28 baselines. Monitoring from 08.40 to 12.30. Electrodes removed 12.34-12.40.", "12:30"),
    (
        "Total IONM time: 08:00 to 12:45, 285 minutes. It is made up as follows:\n08:40-12:30 monitoring\n12:30-12:45 removal",
        "12:30",
    ),
)
UNTOLD = (
    "From 09:10 on the responses were smaller.",
    "From 09:10 on the needles for the biopsy were used.",
    "The surgeon took from 09:10 until 09:30 to detach the tumor.",
    "The responses at 09:10 were smaller than the set kept for comparison.",
    "Nobody could be reached from 09:10 to 09:20 in the laboratory.",
    "After 09:10 the blood pressure was no longer low.",
)


@pytest.mark.parametrize(("kind", "sentence", "start", "end"), SAID)
def test_a_sentence_gives_a_part_of_the_day(kind: str, sentence: str, start: str, end: str) -> None:
    said = {**USUAL, kind: sentence}
    report = HEAD + " ".join(said.values()) + "\n\nElectronically signed by Adela Juarez, DO 03/04/2025\n"
    case = audit_payers(read_bytes("report.txt", report.encode()), ("medicare",))[0].case
    found = [(s.kind, s.start and f"{s.start:%H:%M}", s.end and f"{s.end:%H:%M}") for s in case.segments]
    assert [times for what, *times in found if what == kind] == [[start, end]]
    assert sorted({what for what, *_ in found}) == sorted({*said} - {"attendance"})


@pytest.mark.parametrize("sentence", UNTOLD)
def test_a_sentence_of_something_else_gives_none(sentence: str) -> None:
    report = HEAD + " ".join([*USUAL.values(), sentence]) + "\n\nElectronically signed by Adela Juarez, DO 03/04/2025\n"
    case = audit_payers(read_bytes("report.txt", report.encode()), ("medicare",))[0].case
    found = sorted((s.kind, s.start and f"{s.start:%H:%M}", s.end and f"{s.end:%H:%M}") for s in case.segments)
    assert found == [
        ("baseline", "08:22", "08:35"),
        ("monitoring", "08:40", "11:00"),
        ("removal", "11:05", "11:15"),
        ("setup", "08:00", "08:20"),
    ]


@pytest.mark.parametrize(("told", "end"), DAYS)
def test_monitoring_is_read_however_it_is_told(told: str, end: str) -> None:
    case = audit_payers(read_bytes("report.txt", f"{HEAD}{told}\n".encode()), ("medicare",))[0].case
    found = [(f"{s.start:%H:%M}", s.end and f"{s.end:%H:%M}") for s in case.segments if s.kind == "monitoring" and s.start]
    assert found == [("08:40", end)]


MAPPED = (
    "It took 20 minutes, from 09:10 to 09:30, to map the cortex with the stimulator.",
    "It took the surgeon 20 minutes, from 09:10 to 09:30, to map out the motor strip.",
    "Between 09:10 and 09:30 the surgeon stimulated the exposed cortex to find speech.",
    "09:10 to 09:30: map of the motor cortex.",
)
NOT_MAPPED = (
    "It took 20 minutes, from 09:10 to 09:30, to position the retractor.",
    "It took 20 minutes, from 09:10 to 09:30, to draw a map of the tumor.",
    "The plan was to map the cortex.",
)


def _minutes(sentence: str) -> int:
    report = f"{HEAD}{' '.join([*USUAL.values(), sentence])}\n\nElectronically signed by Adela Juarez, DO 03/04/2025\n"
    document = read_bytes("report.txt", report.encode())
    counted = to_contract(audit_payers(document, ("medicare",))[0], document)["minutes"]
    return sum(counted.values())


@pytest.mark.parametrize(("sentence", "minutes"), [*((one, 114) for one in MAPPED), *((one, 134) for one in NOT_MAPPED)])
def test_mapping_told_in_words_is_no_monitoring(sentence: str, minutes: int) -> None:
    assert _minutes(sentence) == minutes


DAY = {
    ("setup", "08:00", "08:20"),
    ("baseline", "08:22", "08:35"),
    ("monitoring", "08:40", "11:00"),
    ("removal", "11:05", "11:15"),
}
SET_UP = "Electrodes were placed from 08:00 to 08:20. Baselines were recorded from 08:22 to 08:35."
WHEN = (
    (
        f"{SET_UP} I then supervised from my office from 08:40 until 11:00, when the neck was closed and surveillance was ended. "
        "Electrodes were removed from 11:05 to 11:15.",
        DAY,
    ),
    # What a 'when' behind an interval tells happened at its second time, and is not what the interval is of.
    (
        "Electrodes were placed from 08:00 to 08:20. Baselines were recorded from 08:22 to 08:40, when monitoring began. "
        "Monitoring ended at 11:00. Electrodes were removed from 11:05 to 11:15.",
        DAY - {("baseline", "08:22", "08:35")} | {("baseline", "08:22", "08:40")},
    ),
    (
        "Electrodes were placed from 08:00 to 08:22, when the baselines were started; these were complete at 08:35. "
        "Monitoring ran from 08:40 to 11:00, when the wound was closed. Electrodes were removed from 11:05 to 11:15.",
        DAY - {("setup", "08:00", "08:20")} | {("setup", "08:00", "08:22")},
    ),
    (
        f"{SET_UP} Monitoring ran from 08:40 to 11:05, whereupon the needles were removed (finished 11:15).",
        DAY - {("monitoring", "08:40", "11:00")} | {("monitoring", "08:40", "11:05")},
    ),
    (
        f"{SET_UP} Monitoring ran from 08:40 to 11:00. "
        "From 08:40 I watched live from our reading center, with this as my only case, until 11:05, when electrode removal began "
        "(11:05 to 11:15).",
        DAY,
    ),
    (
        f"{SET_UP} Monitoring ran from 08:40 to 11:00. "
        "From 08:40 until 11:00, when the monitoring was stopped, I watched live. Electrodes were removed from 11:05 to 11:15.",
        DAY,
    ),
)


@pytest.mark.parametrize(("told", "day"), WHEN)
def test_when_behind_an_interval_tells_of_its_second_time(told: str, day: set[tuple[str, str, str]]) -> None:
    case = audit_payers(read_bytes("report.txt", f"{HEAD}{told}\n".encode()), ("medicare",))[0].case
    assert {(s.kind, s.start and f"{s.start:%H:%M}", s.end and f"{s.end:%H:%M}") for s in case.segments} == day


def test_when_may_still_be_of_the_whole_interval() -> None:
    told = f"{' '.join(USUAL.values())} From 09:30 to 09:45, when the recording was stopped, nothing could be seen."
    case = audit_payers(read_bytes("report.txt", f"{HEAD}{told}\n".encode()), ("medicare",))[0].case
    assert [f"{s.start:%H:%M}" for s in case.segments if s.kind == "interruption" and s.start] == ["09:30"]


IN_A_ROW = (
    """8:00 AM to 8:20 AM electrode placement. 8:22 AM to 8:35 AM baselines. Monitoring started 8:40 AM and ended
11:00 AM. Electrodes removed 11:05 AM to 11:15 AM.""",
    """8:00 AM to 8:20 AM: electrodes applied. 8:22 AM to 8:35 AM: baseline. 8:40 AM: monitoring under
way. 11:00 AM: monitoring ended, wound closed. 11:05 AM to 11:15 AM: electrodes taken off.""",
    """8:00 AM to 8:20 AM: placement of electrodes. 8:22 AM to 8:35 AM: baselines. 8:40 AM: start of
monitoring. 11:00 AM: end of monitoring. 11:05 AM to 11:15 AM: removal of electrodes.""",
    """08:00-08:20 leads on. 08:22-08:35 baselines stored. Monitoring 08:40-11:00. Leads off 11:05-11:15.""",
    """08:00 to 08:20, electrodes. 08:22 to 08:35, baselines. Recording of the case proper went from 08:40 to
11:00. Electrodes came off between 11:05 and 11:15.""",
)


@pytest.mark.parametrize("told", IN_A_ROW)
def test_a_paragraph_that_begins_with_a_time_is_read_to_its_end(told: str) -> None:
    case = audit_payers(read_bytes("report.txt", f"{HEAD}{told}\n".encode()), ("medicare",))[0].case
    assert {(s.kind, s.start and f"{s.start:%H:%M}", s.end and f"{s.end:%H:%M}") for s in case.segments} == DAY
