"""Small builders for days under test: 'at' a clock time, a segment, an attendance, a case."""

from __future__ import annotations

from datetime import datetime, timedelta

from ionm_notes.types import (
    COLUMNS,
    Attendance,
    Case,
    Column,
    Encounter,
    Evidence,
    Minutes,
    Mode,
    Proof,
    Segment,
    SegmentKind,
    Span,
    StatedTotal,
    TimeConflict,
    Tri,
)

EVENING = datetime(2025, 3, 14)


def at(clock: str | None) -> datetime | None:
    """'08:10' on the day of service; '+02:25' on the day after; seconds may follow."""
    if clock is None:
        return None
    day = EVENING + timedelta(days=clock.startswith("+"))
    parts = [int(part) for part in clock.lstrip("+").split(":")]
    return day.replace(hour=parts[0], minute=parts[1], second=parts[2] if len(parts) > 2 else 0)


def said(text: str) -> Proof:
    return (Evidence(1, text, None),)


def part(kind: SegmentKind, start: str | None, end: str | None, repeated: bool = False) -> Segment:
    return Segment(kind, at(start), at(end), said(f"{kind} {start} {end}"), "log", repeated)


def monitoring(start: str | None, end: str | None) -> Segment:
    return part("monitoring", start, end)


def attended(
    mode: Mode = "in_room",
    start: str | None = None,
    end: str | None = None,
    exclusive: Tri = True,
    who: str | None = "Ann Arden",
    whole_case: bool | None = None,
) -> Attendance:
    whole = start is None and end is None if whole_case is None else whole_case
    return Attendance(who, mode, at(start), at(end), exclusive, said(f"{who} {mode} {start} {end}"), whole)


def span(start: str, end: str) -> Span:
    first, last = at(start), at(end)
    assert first is not None
    assert last is not None
    return Span(first, last, said(f"span {start} {end}"))


def conflict() -> TimeConflict:
    return TimeConflict("monitoring start", "08:15", "08:00", "a log entry outranks the header", said("start 08:00"))


def duration(amount: int, *includes: SegmentKind, excludes: int = 0) -> StatedTotal:
    return StatedTotal("minutes", amount, None, includes, excludes, said(f"{amount} min"))


def case(*facts: Segment | Attendance, **more: object) -> Case:
    segments = tuple(f for f in facts if isinstance(f, Segment))
    attendance = tuple(f for f in facts if isinstance(f, Attendance))
    encounter = more.pop("encounter", Encounter())
    return Case("day", encounter, segments=segments, attendance=attendance, **more)


def by_column(minutes: Minutes) -> dict[Column, int | None]:
    return {c: getattr(minutes, c) for c in COLUMNS}


def only(column: Column, amount: int | None) -> dict[Column, int | None]:
    return {c: amount if c == column else 0 for c in COLUMNS}


def doubts(minutes: Minutes) -> list[str]:
    return [d.id for d in minutes.doubts]


def fates(minutes: Minutes) -> list[tuple[str, str, int]]:
    return [(f"{line.start:%H:%M}", line.reason, line.minutes) for line in minutes.proof]
