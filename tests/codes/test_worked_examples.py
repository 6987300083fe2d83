"""The worked examples (policy digest, 'Worked time and unit examples'), each named by its number and source there."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import pytest
from facts import SSEP, codes, physician, record, said, study

from ionm_notes.timeline import count_minutes
from ionm_notes.types import COLUMNS, Attendance, Case, Column, Modality, Mode, Segment, SegmentKind, Span, StatedTotal, Tri

DAY = datetime(2025, 3, 14)


def clock(text: str) -> datetime:
    """'08:10'; '+02:25' is the day after; seconds may follow."""
    hour, minute, *second = (int(part) for part in text.lstrip("+").split(":"))
    return DAY.replace(hour=hour, minute=minute, second=second[0] if second else 0) + timedelta(days=text.startswith("+"))


def part(kind: SegmentKind, start: str, end: str) -> Segment:
    return Segment(kind, clock(start), clock(end), said(f"{kind} {start}-{end}"))


def seen(mode: Mode, start: str, end: str, exclusive: Tri = True, who: str = "Ann Arden") -> Attendance:
    return Attendance(who, mode, clock(start), clock(end), exclusive, said(f"{mode} {start}-{end}"))


def whole(mode: Mode, exclusive: Tri = True) -> Attendance:
    return Attendance("Ann Arden", mode, None, None, exclusive, said(mode), True)


def day(*attendance: Attendance, parts: tuple[Segment, ...] = (), **more: object) -> Case:
    case = record(
        *attendance, people=tuple(physician(w) for w in dict.fromkeys(a.professional or "" for a in attendance)), **more
    )
    return replace(case, segments=parts) if parts else case


@dataclass(frozen=True)
class Example:
    """One row: the record, the payer, its minutes by column and its lines as (code, units, status)."""

    name: str
    case: Case
    payer: str
    minutes: dict[Column, int]
    time: tuple[tuple[str, int, str], ...]


def spells(*windows: tuple[str, str]) -> tuple[Segment, ...]:
    return tuple(part("monitoring", start, end) for start, end in windows)


OK, Q = "supported", "query"
C12 = day(seen("remote", "08:30", "12:30", who="Dr A"), seen("remote", "12:30", "15:10", who="Dr B"))
C11 = day(seen("in_room", "10:00", "11:00"), seen("remote", "10:30", "11:30"))
C8 = day(seen("in_room", "09:12", "09:52"), seen("remote", "09:52", "10:42"))
C10 = day(seen("in_room", "09:00", "10:00"), seen("remote", "10:00", "10:25"))
NIGHT = spells(("23:50", "+00:20"))
C24 = day(whole("remote"), duration=StatedTotal("minutes", 180, None, ("baseline",), 20, said("three hours")))
C28 = day(
    whole("in_room"),
    parts=spells(("09:00", "13:00")),
    modalities=(SSEP, study("CORTICAL_MAPPING")),
    mapping=(Span(clock("10:00"), clock("11:05"), said("mapping")),),
)
EXAMPLES = [
    Example(
        "A1 (C1: time is cumulative)",
        day(seen("remote", "08:00", "08:15"), seen("remote", "10:00", "10:15")),
        "medicare",
        {"remote_exclusive": 30},
        (("G0453", 2, OK),),
    ),
    Example(
        "A6 (S2) commercial",
        day(
            whole("remote"),
            parts=(part("baseline", "08:00", "08:20"), *spells(("08:20", "12:15")), part("removal", "12:15", "12:30")),
        ),
        "commercial",
        {"remote_exclusive": 235},
        (("95941", 4, OK),),
    ),
    Example(
        "A6 (S2) medicare",
        day(whole("remote"), parts=(part("baseline", "08:00", "08:20"), *spells(("08:20", "12:15")))),
        "medicare",
        {"remote_exclusive": 235},
        (("G0453", 16, OK),),
    ),
    Example(
        "C1 (clock minutes)",
        day(whole("in_room"), parts=spells(("08:10", "11:30"))),
        "medicare",
        {"in_room": 200},
        (("95940", 13, OK),),
    ),
    Example(
        "C2 (midnight)",
        day(whole("remote"), parts=spells(("22:40", "+02:25"))),
        "medicare",
        {"remote_exclusive": 225},
        (("G0453", 15, OK),),
    ),
    Example("C3 (midnight, 30-minute floor)", day(whole("remote"), parts=NIGHT), "commercial", {"remote_exclusive": 30}, ()),
    Example(
        "C4 (no 30-minute floor)", day(whole("remote"), parts=NIGHT), "medicare", {"remote_exclusive": 30}, (("G0453", 2, OK),)
    ),
    Example(
        "C5 (set-up and baselines out)",
        day(
            whole("in_room"),
            parts=(part("setup", "07:30", "08:05"), part("baseline", "08:05", "08:31"), *spells(("07:30", "12:04"))),
        ),
        "medicare",
        {"in_room": 213},
        (("95940", 14, OK),),
    ),
    Example(
        "C6 (interruption out)",
        day(whole("in_room"), parts=(*spells(("07:58", "13:05")), part("interruption", "10:05", "10:25"))),
        "medicare",
        {"in_room": 287},
        (("95940", 19, OK),),
    ),
    Example(
        "C7 (windows added first)",
        day(seen("in_room", "08:00", "08:05"), seen("in_room", "11:00", "11:05")),
        "medicare",
        {"in_room": 10},
        (("95940", 1, OK),),
    ),
    Example(
        "C8 (no shared minute) medicare",
        C8,
        "medicare",
        {"in_room": 40, "remote_exclusive": 50},
        (("95940", 3, OK), ("G0453", 3, OK)),
    ),
    Example(
        "C9 (no shared minute) commercial",
        C8,
        "commercial",
        {"in_room": 40, "remote_exclusive": 50},
        (("95940", 3, OK), ("95941", 1, OK)),
    ),
    Example("C10 (codes rounded apart)", C10, "commercial", {"in_room": 60, "remote_exclusive": 25}, (("95940", 4, OK),)),
    Example(
        "C11 (mode-conflict) medicare",
        C11,
        "medicare",
        {"in_room": 60, "remote_exclusive": 30},
        (("95940", 4, Q), ("G0453", 2, Q)),
    ),
    Example("C11 (mode-conflict) commercial", C11, "commercial", {"in_room": 60, "remote_exclusive": 30}, (("95940", 4, Q),)),
    Example("C12 (hand-off)", C12, "commercial", {"remote_exclusive": 400}, (("95941", 4, OK), ("95941", 3, OK))),
    Example(
        "C13 (professional attendance, not technologist time)",
        day(seen("remote", "08:05", "10:00"), parts=spells(("08:00", "12:00"))),
        "medicare",
        {"remote_exclusive": 115},
        (("G0453", 8, OK),),
    ),
    Example("C14 (no-professional)", day(parts=spells(("08:00", "12:00"))), "medicare", {}, ()),
    Example(
        "C15 (not real time)",
        day(whole("remote"), parts=spells(("08:00", "12:00")), read_afterwards=said("next morning")),
        "medicare",
        {},
        (),
    ),
    Example(
        "C16 (MUE 40: fine)",
        day(whole("remote"), parts=spells(("08:00", "16:08"))),
        "medicare",
        {"remote_exclusive": 488},
        (("G0453", 33, OK),),
    ),
    Example(
        "C18 (at the MUE)",
        day(whole("in_room"), parts=spells(("08:00", "16:07"))),
        "medicare",
        {"in_room": 487},
        (("95940", 32, OK),),
    ),
    Example(
        "C21 (two patients allocated 38 + 22), this one's 38",
        day(
            whole("remote", exclusive=False),
            parts=spells(("08:00", "09:00")),
            allocated=(Span(clock("08:00"), clock("08:38"), said("slot")),),
        ),
        "medicare",
        {"remote_exclusive": 38, "remote_shared": 22},
        (("G0453", 3, OK),),
    ),
    Example(
        "C22 (exclusivity over all payers) medicare",
        day(whole("remote", exclusive=False), parts=spells(("08:00", "09:00"))),
        "medicare",
        {"remote_shared": 60},
        (),
    ),
    Example(
        "C22 (exclusivity over all payers) commercial",
        day(whole("remote", exclusive=False), parts=spells(("08:00", "09:00"))),
        "commercial",
        {"remote_shared": 60},
        (("95941", 1, OK),),
    ),
    Example(
        "C23 (in-room shared)",
        day(whole("in_room", exclusive=False), parts=spells(("08:00", "09:30"))),
        "commercial",
        {"in_room_shared": 90},
        (("95941", 1, OK),),
    ),
    Example("C24 (duration only)", C24, "commercial", {"remote_exclusive": 160}, (("95941", 3, Q),)),
    Example(
        "C25 (seconds cut first)",
        day(whole("in_room"), parts=spells(("09:00:50", "09:53:10"))),
        "medicare",
        {"in_room": 53},
        (("95940", 4, OK),),
    ),
    Example(
        "C26 (incision is not the start)",
        day(whole("in_room"), parts=(part("baseline", "08:02", "08:18"), *spells(("08:20", "11:20")))),
        "medicare",
        {"in_room": 180},
        (("95940", 12, OK),),
    ),
    Example(
        "A7 (S2: all units on the day monitoring began)",
        day(whole("remote"), parts=spells(("23:00", "+01:00"))),
        "medicare",
        {"remote_exclusive": 120},
        (("G0453", 8, OK),),
    ),
    Example("C28 (no double counting)", C28, "medicare", {"in_room": 175}, (("95940", 12, OK),)),
]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda e: e.name)
def test_minutes_and_time_codes_of_the_worked_example(example: Example) -> None:
    minutes = count_minutes(example.case)
    assert {c: getattr(minutes, c) for c in COLUMNS} == {c: example.minutes.get(c, 0) for c in COLUMNS}
    lines = [(c.code, c.units, c.status) for c in codes(example.case, example.payer) if c.kind == "time"]
    assert tuple(lines) == example.time


def remote(*studies: Modality, minutes: int = 95, **more: object) -> Case:
    end = (clock("08:00") + timedelta(minutes=minutes)).strftime("%H:%M")
    return day(whole("remote"), parts=spells(("08:00", end)), modalities=studies, **more)


BOTH = ("left", "right")
LINES: list[tuple[str, Case, dict[str, tuple[int | None, tuple[str, ...], str, str]]]] = [
    (
        "A15 (S23)",
        record(
            modalities=(study("PEDICLE_SCREW"), study("EMG", "lower", *BOTH, muscles=4), study("TRIGGERED_EMG", "lower", *BOTH))
        ),
        {"95870": (2, ("26",), OK, "none")},
    ),
    (
        "A16 (S23)",
        record(modalities=(study("PEDICLE_SCREW"), study("EMG", "lower", *BOTH, muscles=5))),
        {"95861": (1, ("26",), OK, "none")},
    ),
    (
        "A19 (S19)",
        record(modalities=(study("EMG", "upper", *BOTH, muscles=2), study("EMG", "lower", *BOTH, muscles=2))),
        {"95870": (4, ("26",), OK, "none")},
    ),
    ("A20 (S21)", record(modalities=(study("EMG", "larynx", *BOTH),)), {"95865": (1, ("26",), OK, "none")}),
    ("A21 (S16)", record(modalities=(study("MEP", "upper", *BOTH),)), {"95928": (1, ("26",), OK, "none")}),
    ("A22 (S15)", record(modalities=(study("SSEP", "upper"), study("SSEP", "lower"))), {"95938": (1, ("26",), OK, "none")}),
    ("A23 (S25)", record(modalities=(study("NAP", studies=6),)), {"95909": (1, ("26",), OK, "none")}),
    (
        "C29 (FACTS 0.2, 0.4)",
        remote(study("EEG"), operation_site="vascular_cardiac"),
        {"G0453": (6, (), Q, "modifier"), "95955": (1, ("26",), OK, "none")},
    ),
    ("C30 (FACTS 0.1, 0.3)", remote(study("BAEP"), minutes=150), {"G0453": (10, (), Q, "none"), "92653": (1, (), OK, "none")}),
    (
        "C31 (FACTS 0.5)",
        record(modalities=(study("EMG", "lower", *BOTH, muscles=5), study("H_REFLEX", studies=2))),
        {"95861": (1, ("26",), OK, "none"), "95907": (1, ("26",), OK, "denied")},
    ),
    (
        "C32 (FACTS 1.3)",
        record(
            modalities=(study("EMG", "upper", *BOTH, muscles=3), study("EMG", "lower", *BOTH, muscles=3), study("EMG", "trunk"))
        ),
        {"95870": (5, ("26",), OK, "none")},
    ),
    (
        "C33 (FACTS 0.6)",
        record(modalities=(study("EMG", "larynx"), study("EMG", "upper", *BOTH))),
        {"95865": (1, ("26",), OK, "none"), "95870": (2, ("26",), OK, "modifier")},
    ),
]


@pytest.mark.parametrize(("case", "expected"), [row[1:] for row in LINES], ids=[row[0] for row in LINES])
def test_lines_with_modifiers_and_edits_of_the_worked_example(
    case: Case, expected: dict[str, tuple[int | None, tuple[str, ...], str, str]]
) -> None:
    assert {c.code: (c.units, c.modifiers, c.status, c.edit) for c in codes(case)} == expected


def test_c8_puts_the_modifier_on_the_remote_code() -> None:
    assert [(c.code, c.edit) for c in codes(C8) if c.kind == "time"] == [("95940", "none"), ("G0453", "modifier")]


def test_c28_codes_the_first_hour_of_mapping_and_marks_the_time_code() -> None:
    assert {c.code: (c.units, c.edit) for c in codes(C28)} == {
        "95940": (12, "modifier"),
        "95925": (1, "none"),
        "95961": (1, "none"),
    }


def test_c27_a_screw_test_inside_monitoring_adds_neither_time_nor_code() -> None:
    plain = day(whole("in_room"), parts=spells(("08:10", "11:30")))
    screws = replace(plain, modalities=(*plain.modalities, study("PEDICLE_SCREW")))
    assert codes(screws) == codes(plain)


def test_a17_s24_the_surgeon_who_reads_himself_earns_no_time_code() -> None:
    surgeon = said("the surgeon watched the EMG himself")
    case = replace(day(parts=spells(("08:00", "10:00"))), operator_monitors=surgeon, only_operator_monitors=True)
    assert [line for line in codes(case, "medicare") if line.kind == "time"] == []
