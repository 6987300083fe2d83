"""The parts of a day as dictation, letters, web forms and headers tell them, with what contradicts them and what must not."""

from __future__ import annotations

import pytest

from ionm_notes.ingest import read_bytes
from ionm_notes.read.case import read_case
from ionm_notes.types import Case

HEAD = """NEUROPHYSIOLOGY REPORT
Patient: Anna Prell    MRN: 48213    DOB: 02/03/1961
Date of service: 03/12/2025    Facility: St. Elm Hospital (inpatient)
Surgeon: Paul Renner, MD, who ordered the monitoring
Monitoring physician: Carla Whitmore, MD    Technologist: Ben Olsen, CNIM (in the OR throughout)

"""
FOOT = """

Dr. Whitmore followed the case live from her office and watched no other patient.
Signed by Carla Whitmore, MD, 03/12/2025 17:10
"""


def _case(told: str) -> Case:
    return read_case(read_bytes("note.txt", (HEAD + told + FOOT).encode()))


def _parts(case: Case) -> set[str]:
    """'monitoring 08:00-11:05' of every part of the day; a time of the next day ends with '+'."""
    day = min((at.date() for s in case.segments for at in (s.start, s.end) if at), default=None)
    return {
        f"{s.kind} " + "-".join((f"{at:%H:%M}" + "+" * (at.date() != day)) if at else "" for at in (s.start, s.end))
        for s in case.segments
    }


@pytest.mark.parametrize(
    ("told", "parts"),
    [
        (
            "I sat down at the console at 0825, at which point monitoring commenced, and stayed until it was concluded at 1140.",
            {"monitoring 08:25-11:40"},
        ),
        ("I joined at 08:00, when monitoring began, and signed off at 11:05, when it was over.", {"monitoring 08:00-11:05"}),
        ("From 7:58 am we monitored, and we stopped at 2:40 pm.", {"monitoring 07:58-14:40"}),
        ("From a quarter to nine on we were monitoring; at half past one we stopped.", {"monitoring 08:45-13:30"}),
        (
            "The monitoring has begun at 8:12 and was ended at 12:01. Before, from 7:20 till 7:55, the electrodes were mounted, "
            "and at 8:08 the baselines were finished.",
            {"monitoring 08:12-12:01", "setup 07:20-07:55", "baseline -08:08"},
        ),
        (
            "Neuromonitoring was performed from 07:30 (start of baselines) to 11:00. Baselines were completed at 07:52.",
            {"monitoring 07:30-11:00", "baseline 07:30-07:52"},
        ),
        ("Monitoring began at 08:00 and went on until the patient moved on command at 11:05.", {"monitoring 08:00-11:05"}),
        ("Monitoring commenced at 22:35 and went on through midnight; it ended at 03:02.", {"monitoring 22:35-03:02+"}),
        ("Start of monitoring: 12 Mar 2025 22:35. End of monitoring: 13 Mar 2025 03:02.", {"monitoring 22:35-03:02+"}),
        (
            "Baselines ran 0742 to 0800; monitoring was counted from the end of the baselines and closed at 1126.",
            {"baseline 07:42-08:00", "monitoring 08:00-11:26"},
        ),
        ("We kept watch over the tracings from 8:02 until the last stitch at 12:42.", {"monitoring 08:02-12:42"}),
        ("Surveillance: 08:02 until the last skin staple was in at 12:44.", {"monitoring 08:02-12:44"}),
        ("Monitoring, begun at 08:02, ended with skin closure at 12:44.", {"monitoring 08:02-12:44"}),
        ("I read it live from 10:18 until 15:02, the period of monitoring.", {"monitoring 10:18-15:02"}),
        ("We began to watch at eight and left off at a quarter past twelve.", {"monitoring 08:00-12:15"}),
        (
            "Baselines seven thirty-five to seven fifty. Monitoring seven fifty-five a.m. to eleven twenty a.m., period.",
            {"baseline 07:35-07:50", "monitoring 07:55-11:20"},
        ),
        (
            "Monitoring: 08:30 to 13:00. At 10:15 the head box failed; it took 18 minutes until curves were back.",
            {"monitoring 08:30-13:00", "interruption 10:15-10:33"},
        ),
        (
            "Monitoring 8:31 AM to 1:04 PM. At 10:42 AM the amplifier pod was knocked off its pole and the screen went blank; "
            "nothing could be seen until the spare pod was running at 10:57 AM.",
            {"monitoring 08:31-13:04", "interruption 10:42-10:57"},
        ),
        (
            "Monitoring 08:05 to 13:20. At 09:12 the left leg MEP fell; the surgeon paused for nine minutes, then went on.",
            {"monitoring 08:05-13:20"},
        ),
        (
            "07:05-07:38\tRuel\tElectrodes: C3', C4', Cz, Fpz; corkscrews C1, C2. Impedances ok.\n"
            "08:06\tRuel\tMonitoring begins.\n11:14\tRuel\tMonitoring ends.",
            {"setup 07:05-07:38", "monitoring 08:06-11:14"},
        ),
        (
            "First stage (lateral): monitoring 08:05 to 10:10. Second stage (prone): monitoring 10:50 to 13:20.",
            {"monitoring 08:05-10:10", "monitoring 10:50-13:20"},
        ),
        (
            "Q: When were the electrodes applied? A: 07:05 to 07:33\nQ: When did monitoring start? A: 07:55\n"
            "Q: When did monitoring stop? A: 11:40",
            {"setup 07:05-07:33", "monitoring 07:55-11:40"},
        ),
        ("Time: 0812-1147 = 215 min (hook-up 0705-0738). Monitoring 0812-1147.", {"setup 07:05-07:38", "monitoring 08:12-11:47"}),
        (
            "Phase\tStart\tStop\nElectrodes\t12 Mar 22:01\t12 Mar 22:30\nBaselines\t12 Mar 22:32\t12 Mar 22:45\n"
            "Monitoring\t12 Mar 22:50\t13 Mar 02:14\nRemoval\t13 Mar 02:16\t13 Mar 02:24",
            {"setup 22:01-22:30", "baseline 22:32-22:45", "monitoring 22:50-02:14+", "removal 02:16+-02:24+"},
        ),
        ("Leads on 7:00, off 11:55. Monitoring 8:12 to 11:47.", {"setup -07:00", "monitoring 08:12-11:47", "removal -11:55"}),
        (
            "08:12 Monitoring start\n09:30 PAUSE - C-arm\n09:41 RESUME\n11:47 Monitoring end",
            {"monitoring 08:12-11:47", "interruption 09:30-09:41"},
        ),
        (
            "[08:12:05] MON: RUN\n[09:30:11] MON: HOLD\n[09:41:40] MON: RUN\n[11:47:22] MON: END",
            {"monitoring 08:12-11:47", "interruption 09:30-09:41"},
        ),
        (
            "Baselines were good at 08:05, and monitoring set in at 08:12. It came to its end at 11:47.",
            {"monitoring 08:12-11:47", "baseline -08:05"},
        ),
        (
            "Mr. Olsen had finished with the electrodes at 7:40, having begun at 7:10. Monitoring ran 8:00 to 11:36.",
            {"setup 07:10-07:40", "monitoring 08:00-11:36"},
        ),
        (
            "Monitoring start: 0800\nLog\n0806 IONM start per Dr Whitmore\n0930 stable\n1136 IONM end",
            {"monitoring 08:06-11:36"},
        ),
        ("Monitoring: on 03/12/2025 at 21:50, off 03/13/2025 at 01:20", {"monitoring 21:50-01:20+"}),
        (
            "Monitoring 08:00-11:36, held from 09:10 till 09:22 for the intraoperative CT.",
            {"monitoring 08:00-11:36", "interruption 09:10-09:22"},
        ),
        (
            "Monitoring 08:00-11:36. Interruptions: 09:10-09:22 (CT), 10:40-10:46 (cable).",
            {"monitoring 08:00-11:36", "interruption 09:10-09:22", "interruption 10:40-10:46"},
        ),
        (
            "As soon as set-up was complete (07:40) baselines were run, complete by 07:52; monitoring from 08:00 through 11:36.",
            {"setup -07:40", "baseline -07:52", "monitoring 08:00-11:36"},
        ),
        ("We monitored between nine in the morning and noon.", {"monitoring 09:00-12:00"}),
        ("Begin monitoring:..........0800\nCease monitoring:..........1136", {"monitoring 08:00-11:36"}),
        (
            "0710 start sticking pt. 0752 bl's in. 0800 monitoring. 1136 mon stopped, closing.",
            {"setup 07:10-", "baseline -07:52", "monitoring 08:00-11:36"},
        ),
        (
            "07:52:03 mode changed: Baseline -> Monitoring (user bolsen)\n"
            "11:19:44 mode changed: Monitoring -> Idle (user bolsen)",
            {"monitoring 07:52-11:19"},
        ),
        (
            "bolsen 07:47: baselines done\ncwhitmore 07:50: look good. start monitoring\nbolsen 07:52: monitoring started\n"
            "cwhitmore 11:18: you can stop\nbolsen 11:19: stopped",
            {"baseline -07:47", "monitoring 07:52-11:19"},
        ),
        (
            "Monitoring 07:52-09:10\nCT scan 09:10-09:24 (no monitoring)\nMonitoring 09:24-11:19",
            {"monitoring 07:52-11:19", "interruption 09:10-09:24"},
        ),
        ("In room 06:35, out of room 11:50. IONM: monitoring 07:52, end 11:19.", {"monitoring 07:52-11:19"}),
        (
            "08:47\tFirst baselines, begin\n09:01\tFirst baselines, end. Tibial SSEP small, MEP present in both legs\n"
            "09:24\tMonitoring start\n13:06\tMonitoring end",
            {"baseline 08:47-09:01", "monitoring 09:24-13:06"},
        ),
        (
            "Monitoring 09:40-13:00. I came into OR 9 for the start of monitoring at 09:40 and did not leave until 11:15.",
            {"monitoring 09:40-13:00"},
        ),
        (
            "10:32\tSato\treading live from the hub. Start monitoring.\n10:33\tPenhallow\tmonitoring on 10:32\n"
            "14:05\tSato\tend of monitoring",
            {"monitoring 10:32-14:05"},
        ),
        (
            "Monitoring 07:56 to 11:04. We had to pause from 9:01 to 9:13 as the table was turned and the plugs pulled.",
            {"monitoring 07:56-11:04", "interruption 09:01-09:13"},
        ),
        ("Baselines 07:35, accepted 07:50. IONM on 07:56, off 11:04.", {"baseline 07:35-07:50", "monitoring 07:56-11:04"}),
        (
            "Monitoring was taken up at 7:56 and, at the request of the surgeon, given up at 11:04.",
            {"monitoring 07:56-11:04"},
        ),
        (
            "Monitoring began at ten past ten in the evening and ended at a quarter to two the next morning.",
            {"monitoring 22:10-01:45+"},
        ),
        ("Monitoring: first minute\n07:55\nMonitoring: last minute\n10:40", {"monitoring 07:55-10:40"}),
        ("When did monitoring begin?\n23:12\nWhen did monitoring end?\n02:48 (next day)", {"monitoring 23:12-02:48+"}),
    ],
)
def test_a_part_of_the_day_is_read(told: str, parts: set[str]) -> None:
    assert _parts(_case(told)) == parts


def test_stretches_that_follow_one_another_are_one_and_contradict_nothing() -> None:
    case = _case("Monitoring, part 1: 8:20 - 10:05\nMonitoring, part 2: 10:05 - 13:30\nMonitoring was continuous, 8:20 to 13:30.")
    assert _parts(case) == {"monitoring 08:20-13:30"}
    assert not case.conflicts


def test_a_log_outranks_the_header_though_a_doctor_is_named_just_before_the_word_monitoring() -> None:
    case = _case(
        "Ordered by Dr. Renner\nMonitoring from - to    09:40 - 12:50\n\n"
        "09:27 Baselines finished\n09:31 Monitoring started\n12:22 Monitoring ended\n12:30 Dr. Whitmore disconnected"
    )
    assert "monitoring 09:31-12:22" in _parts(case)
    assert case.conflicts


def test_a_reader_who_accepts_the_baselines_afterwards_prolongs_no_stated_interval() -> None:
    case = _case(
        "Baselines\t07:44\t07:58\nMonitoring\t08:03\t11:26\n\n08:03\tBaselines accepted. Monitoring on.\n11:26\tMonitoring off."
    )
    assert _parts(case) == {"baseline 07:44-07:58", "monitoring 08:03-11:26"}


def test_two_levels_are_no_time_of_the_day() -> None:
    case = _case("Monitoring seven fifty-five a.m. to eleven twenty a.m. Decompression at four five and at five six.")
    assert _parts(case) == {"monitoring 07:55-11:20"}


def test_a_technologist_who_is_relieved_interrupts_nothing() -> None:
    case = _case("Monitoring 08:00 to 14:00. Technologist relieved for lunch from 11:00 to 11:25 by B. Stone, CNIM.")
    assert _parts(case) == {"monitoring 08:00-14:00"}


@pytest.mark.parametrize(
    ("told", "amount", "minus"),
    [
        ("The recording proper took 190 minutes, of which 20 went to the baselines.", 190, 20),
        ("My monitoring comes to 210 minutes in all; in this number 15 minutes for the baselines are comprised.", 210, 15),
        ("Monitoring lasted three hours and fifty minutes. Twenty-five minutes of these were baselines.", 230, 25),
        ("I watched for 216 minutes altogether, but six of those were lost to a loose cable.", 216, 6),
        ("Electrode placement took 30 minutes, baselines 10 minutes and the monitoring itself 216 minutes.", 216, 0),
        ("Monitoring minutes: 207, of which baselines 16", 207, 16),
        ("She was monitored for 3 hours 27 minutes in all. Set-up (29 minutes) is included.", 207, 29),
        ("In all 245 minutes of monitoring were recorded; the baselines, 25 minutes, are not counted in that figure.", 245, 0),
        ("Monitoring time, net of set-up and baselines: 2 hours 45 minutes.", 165, 0),
    ],
)
def test_a_length_of_monitoring_and_what_stands_inside_it(told: str, amount: int, minus: int) -> None:
    duration = _case(told).duration
    assert duration is not None
    assert (duration.amount, duration.excludes_minutes) == (amount, minus)


@pytest.mark.parametrize(
    "told",
    [
        "Ms. Odalys Ferreira, CNIM, who never left the theatre, laid the electrodes between 07:25 and 07:50.",
        "Needle pairs went into the left orbicularis oculi and left orbicularis oris between 7:25 and 7:50 a.m.",
    ],
)
def test_whoever_lays_the_electrodes_and_wherever_they_go(told: str) -> None:
    assert _parts(_case(f"{told} Monitoring 08:00 to 14:00.")) == {"setup 07:25-07:50", "monitoring 08:00-14:00"}


@pytest.mark.parametrize(
    ("told", "contradicts"),
    [
        ("The case was monitored between 9:16 AM and 12:43 PM.", True),
        ("We monitored him from 09:16 through 12:43.", True),
        ("The patient was monitored for 207 minutes (09:16-12:43).", True),
        ("Recording started at 0916 and was stopped at 1243.", True),
        ("The case was monitored between 9:18 and 12:41.", False),
        ("I monitored from 09:16 to 12:43.", False),
        ("The case was monitored by Dr. Hale from 09:16 to 12:43.", False),
        ("Recording started at 09:30 and was stopped at 09:36.", False),
    ],
)
def test_a_narrative_that_monitors_at_other_hours_than_the_log_contradicts_it(told: str, contradicts: bool) -> None:
    log = "09:18 | start monitoring\n10:42 | troughs, no change\n12:41 | stop monitoring\n"
    case = read_case(read_bytes("packet.txt", f"Date of surgery: 08/14/2024\nReader: Ada Hale, MD\n\n{told}\n\n{log}".encode()))
    assert bool(case.conflicts) is contradicts
