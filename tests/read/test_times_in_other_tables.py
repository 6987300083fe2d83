"""The parts of a day in the ways in which people and programs lay them out: each is read with both its ends."""

from __future__ import annotations

import pytest

from ionm_notes.ingest import read_bytes
from ionm_notes.read.case import read_case
from ionm_notes.types import SegmentKind

WAYS: dict[str, tuple[str, ...]] = {
    "a dash and two words": (
        "Phase       Began   Ceased",
        "Wiring up   07:05   07:31",
        "Baseline    07:34   07:50",
        "Surveillance   07:55   10:40",
    ),
    "from and to with a stroke": ("TIMES (24h): prep 0705/0731 | base 0734/0750 | mon 0755/1040",),
    "the time first": (
        "07:05 to 07:31   electrode placement",
        "07:34 to 07:50   baseline acquisition",
        "07:55 to 10:40   intraoperative monitoring",
    ),
    "one line with semicolons": ("07:05-07:31 setup; 07:34-07:50 baseline; 07:55-10:40 monitoring",),
    "elements": (
        '<setup begin="07:05" end="07:31"/>',
        '<baseline begin="07:34" end="07:50"/>',
        '<monitoring begin="07:55" end="10:40"/>',
        '<removal begin="10:45" end="10:50"/>',
    ),
    "commas": (
        "Segment,Start,End,Duration",
        "setup,07:05,07:31,00:26",
        "baseline,07:34,07:50,00:16",
        "monitoring,07:55,10:40,02:45",
    ),
    "columns of parts": (
        "        SETUP    BASELINE   MONITORING",
        "Start   07:05    07:34      07:55",
        "End     07:31    07:50      10:40",
    ),
    "captions with both times in a cell": (
        "Hook-up from / to 7:05 AM 7:31 AM      Baselines from / to 7:34 AM 7:50 AM      Anesthetic propofol",
        "Monitoring started 7:55 AM      Monitoring stopped 10:40 AM      Minutes 165",
    ),
    "dots": (
        "T1 needles in: 07:05 ... 07:31",
        "T2 baselines: 07:34 ... 07:50",
        "T3 monitoring: 07:55 ... 10:40",
    ),
    "arrows": (
        "Preparation (electrodes) = 07:05 > 07:31",
        "Baselines = 07:34 > 07:50",
        "Monitoring = 07:55 > 10:40",
    ),
    "entries with named parts": (
        *(
            f"Event: {what}   At: {at} hrs   By: Kim Oster, CNIM"
            for at, what in (
                ("07.05", "Electrode placement started"),
                ("07.31", "Electrode placement completed"),
                ("07.34", "Baselines started"),
                ("07.50", "Baselines completed"),
                ("07.55", "Monitoring started"),
                ("09.10", "Retractor placed"),
                ("10.40", "Monitoring stopped"),
            )
        ),
    ),
    "named parts one below the other": (
        "Entry 01",
        "Date: 12 March, 2026",
        "Hour: 07:05",
        "Text: Electrode placement started",
        "",
        "Entry 02",
        "Date: 12 March, 2026",
        "Hour: 07:31",
        "Text: Electrode placement completed",
        "",
        "Entry 03",
        "Date: 12 March, 2026",
        "Hour: 07:34",
        "Text: Baselines started",
        "",
        "Entry 04",
        "Date: 12 March, 2026",
        "Hour: 07:50",
        "Text: Baselines completed",
        "",
        "Entry 05",
        "Date: 12 March, 2026",
        "Hour: 07:55",
        "Text: Monitoring started",
        "",
        "Entry 06",
        "Date: 12 March, 2026",
        "Hour: 10:40",
        "Text: Monitoring stopped",
    ),
    "what happened above its time": (
        "what: Electrode placement started",
        "when: 7:05 AM",
        "what: Electrode placement completed",
        "when: 7:31 AM",
        "what: Baselines started",
        "when: 7:34 AM",
        "what: Baselines completed",
        "when: 7:50 AM",
        "what: Monitoring started",
        "when: 7:55 AM",
        "what: Monitoring stopped",
        "when: 10:40 AM",
    ),
    "codes and their list": (
        "Codes:",
        "  P1  Electrode placement, start",
        "  P2  Electrode placement, end",
        "  B1  Baselines: recording started",
        "  B2  Baselines: recording completed",
        "  M1  Monitoring, commencement",
        "  M2  Monitoring, conclusion",
        "  N   see text",
        "",
        "DATE            CLOCK        CODE  TEXT",
        "12 March, 2026  07.05 hrs    P1",
        "12 March, 2026  07.31 hrs    P2",
        "12 March, 2026  07.34 hrs    B1",
        "12 March, 2026  07.50 hrs    B2",
        "12 March, 2026  07.55 hrs    M1    surgeon ready",
        "12 March, 2026  08.31 hrs    N     Retractor placed",
        "12 March, 2026  10.40 hrs    M2",
    ),
    "codes with a sign of equality": (
        "Key to the entries",
        "10 = electrode placement begun",
        "11 = electrode placement done",
        "20 = baselines begun",
        "21 = baselines done",
        "30 = monitoring begun",
        "31 = monitoring ended",
        "90 = remark",
        "",
        "07:05  10",
        "07:31  11",
        "07:34  20",
        "07:50  21",
        "07:55  30",
        "09:10  90  warm blanket",
        "10:40  31",
    ),
    "elapsed time beside the clock": (
        "ELAPSED    CLOCK        OCCURRENCE",
        "+00:00     7.05 AM      Electrode placement started",
        "+00:26     7.31 AM      Electrode placement completed",
        "+00:29     7.34 AM      Baselines started",
        "+00:45     7.50 AM      Baselines completed",
        "+00:50     7.55 AM      Monitoring started",
        "+03:35     10.40 AM     Monitoring stopped",
    ),
    "numbered and signed": (
        "1. 07:05 hours: Electrode placement started. [K. Oster]",
        "2. 07:31 hours: Electrode placement completed. [K. Oster]",
        "3. 07:34 hours: Baselines started. [K. Oster]",
        "4. 07:50 hours: Baselines completed. [K. Oster]",
        "5. 07:55 hours: Monitoring started, the surgeon and the anesthesiologist were told, room quiet. [K.",
        "Oster]",
        "6. 10:40 hours: Monitoring stopped. [K. Oster]",
    ),
    "what it is not of": (
        "Monitoring (excluding setup and baselines): 07:55 - 10:40",
        "Setup: 07:05 - 07:31",
        "Baselines: 07:34 - 07:50",
    ),
}
DAY: dict[SegmentKind, tuple[str, str]] = {
    "setup": ("07:05", "07:31"),
    "baseline": ("07:34", "07:50"),
    "monitoring": ("07:55", "10:40"),
}


@pytest.mark.parametrize("way", WAYS)
def test_the_parts_of_a_day_are_read_however_they_are_laid_out(way: str) -> None:
    head = ("REPORT", "Date of service: 03/12/2026", "Neurologist: Anna Ashworth, MD, remote", "")
    lines = (*head, *WAYS[way], "", "Impression: stable.")
    segments = {s.kind: s for s in read_case(read_bytes("note.txt", "\n".join(lines).encode())).segments}
    for part, (start, end) in DAY.items():
        found = segments[part]
        assert found.start is not None, part
        assert found.end is not None, part
        assert (f"{found.start:%H:%M}", f"{found.end:%H:%M}") == (start, end), part


@pytest.mark.parametrize("name", ["monitoring.planned", "monitoring.booked", "expected_monitoring", "previous_case.monitoring"])
def test_an_interval_of_an_export_that_was_only_planned_is_no_part_of_the_day(name: str) -> None:
    head = ["case.patient = Ann Lee", "case.date = 2024-05-05", "case.surgeon = Mark Hale, MD", "case.reader = Ada Roe, MD"]
    ends = [
        f"{key}.{end} = 2024-05-05 {at}"
        for key, a, b in (("setup", "07:00", "07:20"), (name, "07:30", "10:00"))
        for end, at in (("start", a), ("end", b))
    ]
    case = read_case(read_bytes("export.txt", "\n".join([*head, "case.procedure = ACDF", *ends]).encode()))
    assert [segment.kind for segment in case.segments] == ["setup"]


@pytest.mark.parametrize("sign", [" = ", ": ", "           = ", "\t"])
@pytest.mark.parametrize(
    "names",
    [
        ("prep_from", "prep_to", "mon_t0", "mon_t1"),
        ("hookupStart", "hookupEnd", "ionmStart", "ionmEnd"),
        ("app.beg", "app.fin", "mntr_ts_start", "mntr_ts_end"),
    ],
)
def test_names_of_fields_tell_the_part_of_the_day_and_its_end(names: tuple[str, str, str, str], sign: str) -> None:
    lines = [f"{name}{sign}{at}" for name, at in zip(names, ("07:48", "08:19", "08:37", "12:22"), strict=True)]
    case = read_case(read_bytes("export.txt", "\n".join([f"case_no{sign}5", f"dos{sign}2025-03-18", *lines]).encode()))
    found = {s.kind: (f"{s.start:%H:%M}", f"{s.end:%H:%M}") for s in case.segments if s.start and s.end}
    assert found == {"setup": ("07:48", "08:19"), "monitoring": ("08:37", "12:22")}
    assert case.guesses == ()


def test_a_heading_over_one_row_of_a_form_names_its_times() -> None:
    text = "PATIENT | SURGERY | MONITORING START | MONITORING END\nOsgood Trelawney | 08/26/2025 | 08:05 | 12:40\nRemote, live."
    [segment] = [s for s in read_case(read_bytes("report.txt", text.encode())).segments if s.kind == "monitoring"]
    assert (f"{segment.start:%H:%M}", f"{segment.end:%H:%M}") == ("08:05", "12:40")


@pytest.mark.parametrize("day", ["[01-{d} {t}]", "Jan {d} {t} -", "{d} Jan {t}", "Day {n} {t}", "{d}.01. {t}", "01/{d} {t}"])
def test_a_day_without_a_year_before_a_time_begins_an_entry(day: str) -> None:
    entries = [
        (17, "21:55", "starting leads"),
        (17, "22:24", "leads done"),
        (17, "22:29", "baselines running"),
        (17, "22:41", "baselines finished"),
        (17, "22:48", "monitoring started"),
        (18, "02:19", "monitoring ended"),
    ]
    log = "\n".join(f"{day.format(d=d, t=t, n=d - 16)} jroe: {what}" for d, t, what in entries)
    case = read_case(
        read_bytes("log.txt", f"Date of surgery: 01/17/2025\nTechnologist Jamal Roe, CNIM (jroe)\n\n{log}\n".encode())
    )
    found = {s.kind: (f"{s.start:%d %H:%M}", f"{s.end:%d %H:%M}") for s in case.segments if s.start and s.end}
    assert found == {
        "setup": ("17 21:55", "17 22:24"),
        "baseline": ("17 22:29", "17 22:41"),
        "monitoring": ("17 22:48", "18 02:19"),
    }


def test_a_field_that_was_filled_in_is_no_event_of_the_time_at_which_it_was_entered() -> None:
    rows = [
        "07:02;SYS;CREATE;patient;Zephyrine Marlowe",
        "07:05;NKW;SET;supervision;Dr Moncrieffe - remote, real time, this patient only, entire case",
        "08:20;NKW;SET;setup;08:20-08:52",
        "09:14;NKW;SET;baselines;09:00-09:14",
        "09:18;NKW;SET;monitoring_start;09:18",
        "10:36;NKW;NOTE;event;dura open",
        "11:52;ALM;NOTE;chat;SSEP at baseline",
        "12:10;NKW;NOTE;event;dressing on",
    ]
    head = "user keys: NKW = Neve Watt, CNIM   ALM = Alaric Moncrieffe, MD\nts;user;action;field;value\n"
    case = read_case(read_bytes("trail.txt", (head + "\n".join(f"2025-08-05 {row}" for row in rows)).encode()))
    found = [(s.kind, f"{s.start:%H:%M}") for s in case.segments if s.start]
    assert found == [("setup", "08:20"), ("baseline", "09:00"), ("monitoring", "09:18")]
    assert [(row.mode, row.exclusive) for row in case.attendance] == [("remote", True)]


@pytest.mark.parametrize(
    ("entry", "monitoring"),
    [
        ("10:27 am - 1:05 pm\tMONITORING. Reader logged on from the hub and followed live.", True),
        ("10:27 am - 1:05 pm\tNeuromonitoring. Dr Hale online from the hub.", True),
        ("10:27 am - 1:05 pm\tIONM. Dr Hale watching from home", True),
        ("10:27 am - 1:05 pm\tReader. Logged on for monitoring", False),
        ("10:27 am - 1:05 pm\tNo monitoring. Reader logged on and waited", False),
        ("10:27 am - 1:05 pm\tBreak. Reader logged on again", False),
    ],
)
def test_a_heading_before_a_sentence_on_the_reader_names_the_part(entry: str, monitoring: bool) -> None:
    head = "Date of surgery: 03/04/2025\nReader: Ada Hale, MD\nTechnologist: Max Teck, CNIM\nWhen\tWhat\n"
    rest = "\n9:31 - 10:02 am\thook up\n10:03 - 10:22 am\tbaselines; Dr Hale read them\n1:06 - 1:14 pm\tneedles out\n"
    case = read_case(read_bytes("case.txt", (head + entry + rest).encode()))
    assert any(part.kind == "monitoring" for part in case.segments) == monitoring
    assert len(case.attendance) == 1


@pytest.mark.parametrize(
    ("rows", "watch"),
    [
        ("Phase | Start | Stop\nMonitoring |  | 14:21\n", (None, "14:21")),
        (" | From | To\nMonitoring | ____ | 14:21\n", (None, "14:21")),
        (" | From | To\nMonitoring | 13:10 | ____\n", ("13:10", None)),
        ("Phase | Start | Stop\nBaselines | 13:00 | 13:06\nMonitoring | 13:10 | \n", ("13:10", None)),
        ("Phase | Start | Stop\nMonitoring | not recorded | 14:21\n", (None, "14:21")),
        ("Monitoring __:__ - 14:21\n", (None, "14:21")),
        ("Monitoring: 13:10 to ____\n", ("13:10", None)),
        ("Monitoring start: ____  stop: 14:21\n", (None, "14:21")),
        ("Monitoring | start: ____ | stop: 14:21\n", (None, "14:21")),
        ("Name: ____  Monitoring start: 13:10\n", ("13:10", None)),
    ],
)
def test_a_time_whose_fellow_was_left_blank_is_the_end_that_its_place_says(
    rows: str, watch: tuple[str | None, str | None]
) -> None:
    case = read_case(read_bytes("form.txt", f"Date of surgery: 03/27/2025\nReader: Ada Hale, MD\n\n{rows}".encode()))
    spans = [tuple(moment and f"{moment:%H:%M}" for moment in (s.start, s.end)) for s in case.segments if s.kind == "monitoring"]
    assert spans == [watch]
    assert not any(s.kind == "interruption" for s in case.segments)
