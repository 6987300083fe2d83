"""What counts where a record gives a length of time and no clock: the stated length less what it says to leave out."""

from __future__ import annotations

import pytest

from ionm_notes.audit import audit_payers
from ionm_notes.ingest import read_bytes
from ionm_notes.read.durations import find_durations

REPORT = """INTRAOPERATIVE NEUROMONITORING REPORT
Date of service: 03/12/2026
Patient: Vera Moss   MRN: 1234567   DOB: 01/02/1960
Surgeon: Mark Hathaway, MD
Interpreting physician: Ann Ashworth, MD
Procedure: L4-L5 fusion for stenosis.

I was in the operating room in person, with no other case, and watched live.

{told}

SSEP and MEP were recorded from upper and lower limbs. No changes were seen.
Electronically signed: Ann Ashworth, MD 03/12/2026 18:00
"""


@pytest.mark.parametrize(
    ("told", "minutes"),
    [
        ("We monitored for two and a half hours; the first quarter of an hour of that went on baselines.", 135),
        ("Monitoring lasted 190 minutes in all. Of those, 20 minutes were electrode placement and 15 minutes baselines.", 155),
        ("Duration of monitoring: 3:20 (less 0 h 25 min for the opening sets).", 175),
        ("I spent 2 h 10 in theatre with her, ten minutes of which were the reference traces.", 120),
        ("Time on the case 145 min. Deduct 25 min of hook-up please.", 120),
        ("Total IONM time 3h10, including 25 min of setup.", 165),
        ("Monitoring time: 190 min after deducting 25 min of baselines.", 190),
        ("mon 3h10 in all, 20 min of that amp dead = no signals, no times kept, no alerts", 170),
        ("mon time 3h10, amp out 20 min", 170),
        ("Three hours and 18 minutes (198 min) of monitoring, timed with a stopwatch. Hook-up is not in the number.", 198),
        ("3 h 18 min (= 198 min) of monitoring.", 198),
        ("Monitoring, by stopwatch: 3 hours 18 minutes.", 198),
        ("Monitoring time, measured with a timer: 3 hours 18 minutes (198 min).", 198),
        ("ttl mon 3 h 10. lost 20 min to dead amp", 170),
        ("mon about 3h10, no recording x 20 min (power out)", 170),
        ("mon 190 min all told, 20 min dark", 170),
        ("mon 3h10 in all, 20 min of that w trains, no signal change", 190),
        ("mon 3h10 in all, not counting 20 min amp dead", 190),
        ("Total monitoring 4 hours excluding 30 minutes of set-up.", 240),
        ("My monitoring, leaving out hook-up and baselines, lasted three hours and ten minutes.", 190),
        ("The monitoring itself (set-up and baselines not counted) lasted 3 h 10 min.", 190),
        ("Monitoring, from the end of the baselines to the last stitch, lasted 190 minutes.", 190),
        ("Physician time 3 h 35 min on the live feed. That figure still contains 25 min of hook-up and first baselines.", 190),
        ("My time on the feed was 215 min, of which 25 min went into hook-up and the first baselines.", 190),
        ("Connected 3 hours 35 minutes, first 25 minutes hook-up and baselines.", 190),
        ("Neurologist's time 3 h 35 min. Hook-up and first baselines (25 min) are still in it.", 190),
        ("Professional time was 215 min; this figure has not been reduced by the 25 min of hook-up and baselines.", 190),
        ("Physician time on the live feed: 215 min. In that number are 25 min of hook-up and baselines.", 190),
        ("Physician time 190 min, not counting the 25 min of set-up and baselines.", 190),
    ],
)
def test_a_stated_length_loses_what_it_says_is_not_monitoring(told: str, minutes: int) -> None:
    audit = audit_payers(read_bytes("note.txt", REPORT.format(told=told).encode()), ["medicare"])[0]

    assert audit.minutes.in_room == minutes
    assert {c.status for c in audit.codes if c.code == "95940"} == {"query"}


def test_a_stay_is_no_total_where_the_clock_tells_the_monitoring() -> None:
    told = "I spent 115 minutes in the room with her. Monitoring 08:00 - 11:00."

    audit = audit_payers(read_bytes("note.txt", REPORT.format(told=told).encode()), ["medicare"])[0]

    assert "stated-total-mismatch" not in {f.rule for f in audit.findings}


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("an hour and three quarters", [105]),
        ("a hundred and ninety minutes", [190]),
        ("three quarters of an hour", [45]),
        ("Duration: 5:05", [305]),
        ("2 h, 4 limbs", [120]),
        ("Total time 8:05 - 11:30", []),
        ("10 mA for 2 ms", []),
    ],
)
def test_lengths_in_words_fractions_and_figures(text: str, minutes: list[int]) -> None:
    assert [d.minutes for d in find_durations(text)] == minutes


@pytest.mark.parametrize(
    "told",
    [
        "The decompression, without opening and closure, lasted three hours and ten minutes.",
        "The delay of wave V, seen during monitoring, lasted ten minutes.",
        "Anesthesia, monitoring included, lasted three hours and ten minutes.",
        "Hook-up, before monitoring, lasted twenty minutes.",
    ],
)
def test_an_aside_about_monitoring_makes_no_length_of_it(told: str) -> None:
    audit = audit_payers(read_bytes("note.txt", REPORT.format(told=told).encode()), ["medicare"])[0]

    assert audit.minutes.in_room is None


@pytest.mark.parametrize("whose", ["Technologist", "Anesthesia", "Room"])
def test_the_time_of_others_is_no_length_of_attendance(whose: str) -> None:
    told = f"{whose} time 3 h 35 min. That figure still contains 25 min of hook-up and first baselines."

    audit = audit_payers(read_bytes("note.txt", REPORT.format(told=told).encode()), ["medicare"])[0]

    assert audit.minutes.in_room is None
