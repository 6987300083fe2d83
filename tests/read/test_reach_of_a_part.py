"""A part of the day with one time and a length has both its ends; what a label leaves out of its times they are not of."""

from __future__ import annotations

import pytest

from ionm_notes.audit import audit_payers
from ionm_notes.ingest import read_bytes

HEAD = """INTRAOPERATIVE NEUROMONITORING REPORT
Patient: Ann Bell   MRN: 44821  DOB: 02/03/1960
Date of service: 03/04/2025
Surgeon: Paul Stone, MD
Interpreting physician: Adela Juarez, DO

Procedure: L4-L5 fusion

"""


def _parts(told: str) -> dict[str, tuple[str | None, str | None]]:
    case = audit_payers(read_bytes("report.txt", (HEAD + told + "\n").encode()), ("medicare",))[0].case
    return {s.kind: (s.start and f"{s.start:%H:%M}", s.end and f"{s.end:%H:%M}") for s in case.segments}


@pytest.mark.parametrize(
    ("told", "kind", "start", "end"),
    [
        ("Setup: 07:05 (25 min)", "setup", "07:05", "07:30"),
        ("Baselines: 07:32, taking 16 minutes", "baseline", "07:32", "07:48"),
        ("Electrode placement started at 7:05 and was done 25 minutes later.", "setup", "07:05", "07:30"),
        ("Monitoring began at 7:55 and lasted three hours and forty-five minutes.", "monitoring", "07:55", "11:40"),
        ("Monitoring ran for 3 h 45 min from 07:55.", "monitoring", "07:55", "11:40"),
        ("Monitoring ended at 11:40, after 3 hours and 45 minutes.", "monitoring", "07:55", "11:40"),
        ("Monitoring began at 7:55 and went on until closure at 11:40.", "monitoring", "07:55", "11:40"),
        ("Monitoring (excl. setup, baselines): 0755 - 1140", "monitoring", "07:55", "11:40"),
        ("Monitoring net of set-up and baselines  07:55 - 11:40", "monitoring", "07:55", "11:40"),
        ("IONM start/stop: 0755/1140", "monitoring", "07:55", "11:40"),
        ("Monitoring commenced/ceased: 07:55 - 11:40", "monitoring", "07:55", "11:40"),
        ("IOM time in / time out\t07:55\t11:40", "monitoring", "07:55", "11:40"),
        ("PREP IN/OUT\t07:05\t07:30", "setup", "07:05", "07:30"),
    ],
)
def test_one_time_and_a_length_give_both_ends(told: str, kind: str, start: str, end: str) -> None:
    assert _parts(told)[kind] == (start, end)


def test_the_recording_is_back_so_many_minutes_later() -> None:
    told = "Monitoring 07:55-11:40. At 9:30 the system crashed; recording was back 12 minutes later."

    assert _parts(told)["interruption"] == ("09:30", "09:42")


@pytest.mark.parametrize(
    "rows",
    [
        "Phase\tStart\tDuration\nSet-up\t07:05\t0:25\nMonitoring\t07:55\t3:45",
        "Phase\tBegan\tMinutes\nSet-up\t07:05\t25\nMonitoring\t07:55\t225",
        "Stage\tFinished\tLength (min)\nSet-up\t07:30\t25\nMonitoring\t11:40\t225",
    ],
)
def test_a_column_of_lengths_beside_one_of_times(rows: str) -> None:
    assert _parts(rows) == {"setup": ("07:05", "07:30"), "monitoring": ("07:55", "11:40")}


@pytest.mark.parametrize(
    "told",
    [
        "Monitoring began at 7:55; an alert followed 20 minutes later.",
        "Monitoring began at 7:55 and the surgeon waited 10 minutes.",
        "Monitoring began at 7:55, 20 minutes before incision.",
    ],
)
def test_a_length_of_something_else_ends_nothing(told: str) -> None:
    assert _parts(told)["monitoring"] == ("07:55", None)


def test_a_stated_end_outweighs_a_length() -> None:
    assert _parts("Monitoring began at 7:55 and lasted 3 hours. Monitoring ended at 11:40.")["monitoring"] == ("07:55", "11:40")


WATCHED = "07:40 Monitoring started\n10:10 Monitoring ended\n"


@pytest.mark.parametrize(
    ("rows", "kind", "start", "end"),
    [
        ("10:12 Needles out, 10:20 done.", "removal", "10:12", "10:20"),
        ("10:12 Pulling electrodes (done 10:20)", "removal", "10:12", "10:20"),
        ("10:12\tREMOVAL\tElectrodes off 10:12 - 10:20", "removal", "10:12", "10:20"),
        ("10:12\tLeads\tout 10:20", "removal", "10:12", "10:20"),
        ("10:12 needles out\n10:20 needle count ok, done", "removal", "10:12", "10:20"),
        ("10:12 Moss: pulling needles\n10:20 Moss: all out. I did not leave the room", "removal", "10:12", "10:20"),
        ("10:12 Taking needles out\n10:20 Needle count right, skin clean", "removal", "10:12", "10:20"),
        ("10:12 Taking needles out\n10:20 patient out of the room", "removal", "10:12", None),
        ("10:12 Taking needles out\n10:20 sponge count correct", "removal", "10:12", None),
        ("07:02 Needle pairs in, 24 inputs, all under 3 kOhm by 07:30", "setup", "07:02", "07:30"),
    ],
)
def test_an_entry_or_the_next_one_tells_when_its_work_was_over(rows: str, kind: str, start: str, end: str | None) -> None:
    assert _parts(WATCHED + rows)[kind] == (start, end)


@pytest.mark.parametrize(
    ("told", "kind", "start", "end"),
    [
        ("Removal of electrodes took a further 8 minutes (to 10:18).", "removal", "10:10", "10:18"),
        ("22 minutes of set-up (from 06:58) came first.", "setup", "06:58", "07:20"),
        (
            "At 08:55 the amplifier failed and twelve minutes passed before recordings were available again.",
            "interruption",
            "08:55",
            "09:07",
        ),
    ],
)
def test_a_length_leads_to_the_time_behind_it(told: str, kind: str, start: str, end: str) -> None:
    assert _parts("Monitoring 07:40 - 10:10. " + told)[kind] == (start, end)


@pytest.mark.parametrize(
    "told",
    [
        "Monitoring began at 07:40. The surgeon released us at 10:10 and recording was ended there and then.",
        "Monitoring began at 07:40. The last set of potentials was recorded at 10:10, whereupon the session was closed.",
        "I watched in real time from the beginning of monitoring at 07:40 until monitoring was ended at 10:10.",
        "Setup 06:50 07:21\nMonitoring 07:40 10:10\nTakedown 10:11 10:20",
        "07:40 DR B monitoring starts now\n10:10 DR B monitoring ends. I am off.",
    ],
)
def test_the_end_of_monitoring_told_beside_another_time(told: str) -> None:
    assert _parts(told)["monitoring"] == ("07:40", "10:10")


def test_on_and_off_are_of_who_signed_on_and_not_of_the_electrodes() -> None:
    told = "Monitoring 07:40 - 10:10\nTakedown 10:12 - 10:20\nSigned on / off   07:36 / 10:10"

    assert _parts(told)["removal"] == ("10:12", "10:20")


@pytest.mark.parametrize(
    "told", ["Prep 07:05-07:20 // Monitoring 07:40-10:10 // Off 10:12-10:20", "Monitoring 07:40 to 10:10. Out 10:12 to 10:20."]
)
def test_a_bare_off_behind_monitoring_is_removal(told: str) -> None:
    assert _parts(told)["removal"] == ("10:12", "10:20")


@pytest.mark.parametrize(
    ("told", "paused"),
    [
        ("An intraoperative MRI was done from 08:40 to 09:25 with all leads unplugged.", ("08:40", "09:25")),
        ("For turning the leads were disconnected at 08:55; they were reconnected at 09:07.", ("08:55", "09:07")),
        ("From 08:55 until 09:07 we were unplugged while he was turned prone and pinned.", ("08:55", "09:07")),
        ("Between 08:55 and 09:07 everything was unhooked.", ("08:55", "09:07")),
        ("She had to be disconnected from 08:55 to 09:07 for the CT.", ("08:55", "09:07")),
        ("From 08:55 to 09:07 nothing ran while the bed was turned.", ("08:55", "09:07")),
        ("Between 08:55 and 09:07 the patient was off the machine for positioning.", ("08:55", "09:07")),
        ("The patient was disconnected at 0855 and reconnected at 0907.", ("08:55", "09:07")),
        ("O-arm spin 08:55-09:07, leads unplugged.", ("08:55", "09:07")),
        ("From 08:55 to 09:07 the bipolar was unplugged.", None),
        ("From 08:55 to 09:07 he was off the ventilator for the turn.", None),
        ("Decompression 08:55 to 09:07, with no monitoring changes.", None),
        ("Between 08:55 and 09:07 Tom Reed, CNIM relieved me for lunch; recording never stopped.", None),
        ("At 08:55 T. Reed CNIM came in to relieve G. Hale for a break.", None),
        ("At 08:55 the retractor went in, amp down 30%.", None),
        ("I was in the room from set up to the end, no relief.", None),
    ],
)
def test_what_breaks_the_monitoring_and_who_is_relieved(told: str, paused: tuple[str, str] | None) -> None:
    assert _parts("Monitoring 07:40 - 10:10. " + told).get("interruption") == paused


ASKED = """Baselines?
10:23 a.m. to 10:34 a.m.

Monitoring from when to when? You as well?
10:37 a.m. to 12:14 p.m., and I was on for all of it.

Electrodes off?
12:16 p.m. to 12:20 p.m.
"""


@pytest.mark.parametrize(
    ("told", "kind", "start", "end"),
    [
        ("I read the baselines from eight forty until nine oh two.", "baseline", "08:40", "09:02"),
        ("Monitoring commenced zero seven fifty one and ceased ten forty four.", "monitoring", "07:51", "10:44"),
        ("Baseline 07.25-07.36 h", "baseline", "07:25", "07:36"),
        ('"baseline": ["07:25", "07:36"], "monitoring": ["07:40", "10:10"]', "baseline", "07:25", "07:36"),
        ("Svc times: S/U 0658-0720; BL 0725-0736; IONM 0740-1010", "setup", "06:58", "07:20"),
        ("14a. Time electrodes applied (start)   06:58\n14b. Time electrodes applied (finish)  07:20", "setup", "06:58", "07:20"),
        ("- 06:58 to 07:20: skin prep, needle placement, impedance test\n- 07:25 to 07:36: controls", "setup", "06:58", "07:20"),
        ("MEP were present at 450 V. At 0838 baselines were complete.", "baseline", None, "08:38"),
        ("08:55 AM\tBASELINE\topen\n09:13 AM\tBASELINE\tclose. Ulnar SSEP low on the right", "baseline", "08:55", "09:13"),
        (ASKED, "monitoring", "10:37", "12:14"),
        ("Monitoring 07:51 until skin closure at 10:44.", "monitoring", "07:51", "10:44"),
    ],
)
def test_parts_in_other_notations(told: str, kind: str, start: str | None, end: str) -> None:
    assert _parts(told)[kind] == (start, end)
