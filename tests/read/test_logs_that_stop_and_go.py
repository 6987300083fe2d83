"""Logs in which monitoring stops and goes on by a word, twice ended, cut by marks, or with times where others write none."""

from __future__ import annotations

import pytest

from ionm_notes.ingest import read_bytes
from ionm_notes.read.case import read_case
from ionm_notes.read.events.wording import classify_entry
from ionm_notes.timeline import count_minutes
from ionm_notes.types import Case

HEAD = """INTRAOPERATIVE NEUROMONITORING REPORT
Patient: Jane Roe    MRN: 448812
Date of surgery: 03/04/2025
Interpreting physician: Dana Whitfield, MD
Technologist: Ana Ruiz, CNIM

I watched this case remotely in real time from the beginning to the end of monitoring, exclusively this patient.

EVENT LOG
"""


def _case(log: str) -> Case:
    text = HEAD + log + "\n\nElectronically signed: Dana Whitfield, MD 03/04/2025\n"
    return read_case(read_bytes("note.txt", text.encode()))


def _parts(log: str, kind: str) -> list[tuple[str, str]]:
    segments = [s for s in _case(log).segments if s.kind == kind]
    return [(f"{s.start:%H:%M}" if s.start else "", f"{s.end:%H:%M}" if s.end else "") for s in segments]


def _minutes(log: str) -> tuple[int | None, set[str]]:
    counted = count_minutes(_case(log))
    return counted.remote_exclusive, {doubt.id for doubt in counted.doubts}


READY = "07:15  Electrodes on\n07:40  Baselines done\n"


@pytest.mark.parametrize(
    ("log", "pauses"),
    [
        (
            "07:55  Surveillance on\n09:02  Surveillance off (pt moved to CT)\n09:24  Surveillance on\n11:01  Surveillance off",
            [("09:02", "09:24")],
        ),
        ("07:55  Start monitoring\n09:15  stop, scan\n09:31  restart\n11:02  End monitoring", [("09:15", "09:31")]),
        (
            "07:55  run start\n08:40  hold (cautery, amp switched off)\n08:52  run\n11:03  run end\n11:10  Electrodes out",
            [("08:40", "08:52")],
        ),
        ("07:55  MON\n09:05  BREAK\n09:20  MON\n10:50  END\n10:52  Electrodes out", [("09:05", "09:20")]),
        (
            "08:00  Monitoring started\n09:00  Pod disconnected from headbox\n09:07  Pod plugged in\n10:50  Recording closed",
            [("09:00", "09:07")],
        ),
        (
            "08:00  Monitoring started\n10:00  Relief: R. Stein, CNIM takes over, no gap in recording\n11:00  Monitoring stopped",
            [],
        ),
        ("08:00  Monitoring started\n09:00  Operation paused, monitoring went on\n11:00  Monitoring stopped", []),
    ],
)
def test_what_stops_and_goes_on_is_paused_and_one_monitoring(log: str, pauses: list[tuple[str, str]]) -> None:
    assert _parts(READY + log, "interruption") == pauses
    assert len(_parts(READY + log, "monitoring")) == 1


def test_a_word_alone_begins_and_ends_where_nothing_else_does() -> None:
    log = "07:09  leads on\n07:51  baselines accepted, live\n08:07  incision\n10:44  off\n10:49  leads out"
    assert _parts(log, "monitoring") == [("07:51", "10:44")]


@pytest.mark.parametrize(
    "word", ["off the table", "stop propofol", "on warmer", "rolling, you there?", "Dr. Whitfield disconnected"]
)
def test_a_word_of_something_else_does_not(word: str) -> None:
    log = f"{READY}08:00  Monitoring started\n09:10  {word}\n11:00  Monitoring stopped\n11:05  Electrodes out"
    assert _parts(log, "interruption") == []
    assert _parts(log, "monitoring") == [("08:00", "11:00")]


def test_two_ends_contradict_each_other_and_the_earlier_counts() -> None:
    log = READY + "07:56  Monitoring started\n10:40  Monitoring stopped (A. Ruiz)\n10:52  End of monitoring (circulating RN)"
    assert _minutes(log) == (164, {"time-conflict"})


def test_a_pause_without_an_end_is_over_when_signals_are_told_of_and_stays_a_doubt() -> None:
    first = "08:00  Monitoring started\n08:30  Monitoring paused\n08:36  Monitoring resumed\n"
    log = READY + first + "09:10  Monitoring paused for X-ray\n09:30  MEP run, unchanged\n10:40  Monitoring ended"
    assert _minutes(log) == (134, {"interruption-open"})


@pytest.mark.parametrize(
    "entry", ["arterial line monitoring started", "monitoring of vital signs in recovery ends", "BP monitoring on"]
)
def test_monitoring_of_no_nerves_is_none(entry: str) -> None:
    assert not [h for h in classify_entry(entry, 0, frozenset()) if h.kind in ("monitoring", "professional")]


def test_what_the_technologist_is_to_do_is_not_done() -> None:
    entry = "Surgeon closes; tech to stop monitoring at end of closure"
    assert not [h for h in classify_entry(entry, 0, frozenset()) if h.kind == "monitoring"]


@pytest.mark.parametrize(
    "log",
    [
        "set-up ; 07:05 ; 07:32\nbaselines ; 07:32 ; 07:50\nmonitoring ; 07:50 ; 11:00\n"
        "off for intraoperative CT ; 09:15 ; 09:36",
        "07:14;Needles in\n07:40;Baselines done\n07:50;Monitoring on\n09:15;Monitoring paused, CT\n"
        "09:36;Monitoring resumed\n11:00;Monitoring off",
        "07:14,AR,Needles in\n07:40,AR,Baselines done\n07:50,AR,Monitoring on\n"
        "09:15,AR,Monitoring paused, CT\n09:36,AR,Monitoring resumed\n11:00,AR,Monitoring off",
        "714 leads on\n740 baselines done\n750 start monitoring\n915 unplugged for xray\n"
        "936 plugged back in\n1100 monitoring stopped\n1105 leads out",
        "0714 leads, 0740 baselines done, 0750 start monitoring, 0915 monitoring paused, "
        "0936 monitoring resumed, 1100 stop mon, 1105 leads out",
        "[07:14] Status: IDLE -> SETUP\n[07:40] Status: SETUP -> BASELINE\n"
        "[07:50] Status: BASELINE -> MONITORING\n[09:15] Status: MONITORING -> PAUSED\n"
        "[09:36] Status: PAUSED -> MONITORING\n[11:00] Status: MONITORING -> ENDED",
        "Monitoring time: 07:50 to 11:00\nInterruptions: 2 (09:15-09:30 table reset, 09:40-09:46 X-ray)",
        "Mon @ 0750, done @ 1100. Baselines done 0745.\nPaused from 0915 to 0936.",
        "Start   End     Activity\n07:12   07:36   Electrodes\n07:36   07:50   Baselines\n"
        "07:50   09:15   Monitoring\n09:15   09:36   Paused: O-arm\n09:36   11:00   Monitoring",
        "2025-03-04T07:44:10Z INFO baseline.capture modality=SSEP\n"
        "2025-03-04T07:50:00Z INFO monitoring.start\n"
        "2025-03-04T09:15:20Z WARN monitoring.pause reason=tilt\n"
        "2025-03-04T09:36:41Z INFO monitoring.resume\n2025-03-04T11:00:12Z INFO monitoring.stop",
    ],
)
def test_a_log_in_other_notations_says_the_same(log: str) -> None:
    assert _minutes(log) == (169, set())


def test_lines_whose_times_stand_behind_the_words_are_entries() -> None:
    log = (
        "in room 0730\nelectrodes 0738-0759\nbaselines 0800-0812\nmonitoring started 0815\n"
        "incision 0829\nscrews 0940, no change\nwound closing 1031, SSEP/MEP at BL\nneedles out 1046\n"
        "out of room 1102"
    )
    assert _minutes(log) == (136, {"end-assumed"})
    assert _parts(log, "setup") == [("07:38", "07:59")]


def test_an_entry_of_two_things_says_both() -> None:
    told = classify_entry("Completed baseline recordings and began continuous monitoring", 0, frozenset())
    assert [(h.kind, h.phase) for h in told] == [("baseline", "end"), ("monitoring", "start")]


@pytest.mark.parametrize("held", ["Data holding, no changes to report", "Recording holding steady", "Traces holding"])
def test_signals_that_hold_are_no_pause(held: str) -> None:
    log = READY + f"07:55  Start monitoring\n09:15  {held}\n09:31  Pressure back up\n11:02  End monitoring"
    assert _parts(log, "interruption") == []


def test_a_recording_that_is_holding_for_something_is_a_pause() -> None:
    log = READY + "07:55  Start monitoring\n09:15  Recording holding for x-ray\n09:31  Recording again\n11:02  End monitoring"
    assert _parts(log, "interruption") == [("09:15", "09:31")]


def test_words_with_a_hyphen_are_no_stop_of_the_recording() -> None:
    log = "07:15  Electrodes on\n07:40  Baselines begun\n07:55  Baselines done\n08:00  Monitoring started\n"
    ends = "10:16  End-of-case traces superimpose\n10:25  Electrodes coming off\n10:35  Electrodes all off\n"
    assert _parts(log + ends, "monitoring") == [("08:00", "")]
    assert _parts(log + ends.replace("End-of-case traces superimpose", "End - traces superimpose"), "monitoring") == [
        ("08:00", "10:16")
    ]


@pytest.mark.parametrize(
    "report",
    ["State of the recordings: preserved", "End-of-case averages at reference", "Comparison with the baseline is satisfactory"],
)
def test_an_entry_that_compares_recordings_is_the_last_that_reports_them(report: str) -> None:
    log = "07:15  Electrodes on\n07:40  Baselines begun\n07:55  Baselines done\n08:00  Monitoring started\n"
    assert _minutes(f"{log}10:16  {report}\n10:25  Dressing on\n")[0] == 136
