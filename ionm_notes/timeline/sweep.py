"""Walks the day once and gives every minute its fate; read on to see how a proof line comes about.

The sweep knows no rule of its own: it is told the counted window, what to cut out of it and who attended, and returns
one `ProofLine` per stretch. Minutes by column are then nothing but the sum of the counted lines.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from ionm_notes.timeline.attendance import Placed, holder
from ionm_notes.timeline.intervals import Interval, Intervals, length
from ionm_notes.types import COLUMNS, Attendance, Column, Proof, ProofLine

NAMES: dict[Column | None, str] = {
    "in_room": "in the operating room",
    "in_room_shared": "in the operating room, other cases watched",
    "remote_exclusive": "remote, exclusive attention stated",
    "remote_shared": "remote, other cases watched",
    "remote_unstated": "remote, exclusivity not stated",
    None: "attended, but where is not stated",
}
"""Columns in words."""


@dataclass(frozen=True, slots=True)
class Cut:
    """Time that is never counted, with the reason's id, the words for it and where it stands."""

    start: datetime
    end: datetime
    reason: str
    why: str
    evidence: Proof


@dataclass(frozen=True, slots=True)
class Day:
    """What the sweep is told: the counted window, the cuts in order of weight, who attended, what was allocated.

    `nobody` is why no attendance counts at all; empty where it may. `evidence` is that of the monitoring time.
    """

    window: Intervals
    cuts: tuple[Cut, ...]
    placed: tuple[Placed, ...]
    allocated: Intervals
    nobody: str
    evidence: Proof
    points: tuple[datetime, ...] = ()
    """Further moments that the day reaches to, so that its proof is whole."""
    shared: Intervals = ()
    """Minutes in which another case was watched too."""


def sweep(day: Day) -> tuple[ProofLine, ...]:
    """One proof line per stretch of the day, in order; neighbours with the same fate are joined."""
    moments = _moments(day)
    lines: list[ProofLine] = []
    for start, end in itertools.pairwise(moments):
        line = _fate(day, (start, end))
        if lines and _fate_of(lines[-1]) == _fate_of(line):
            first = lines.pop()
            line = replace(line, start=first.start, minutes=first.minutes + line.minutes)
        lines.append(line)
    return tuple(lines)


def _fate_of(line: ProofLine) -> tuple[object, ...]:
    """All that a proof line says but its times."""
    return line.column, line.reason, line.why, line.professional, line.evidence


def columns(lines: Iterable[ProofLine]) -> dict[Column, int]:
    """Counted minutes by column; every column has an entry."""
    totals: dict[Column, int] = dict.fromkeys(COLUMNS, 0)
    for line in lines:
        if line.column is not None:
            totals[line.column] += line.minutes
    return totals


def _moments(day: Day) -> list[datetime]:
    """Every moment at which the fate of a minute may change, within the day that the proof covers."""
    edges = {m for a, b in day.window for m in (a, b)} | {m for c in day.cuts for m in (c.start, c.end)} | set(day.points)
    if not edges:
        return []
    parted = {m for a, b in (*day.allocated, *day.shared) for m in (a, b)}
    inner = {m for p in day.placed for m in (p.start, p.end)} | parted
    return sorted(edges | {m for m in inner if min(edges) < m < max(edges)})


def _fate(day: Day, stretch: Interval) -> ProofLine:
    """What becomes of one stretch; only for stretches in which nothing begins or ends."""
    start, end = stretch
    inside = any(a <= start and end <= b for a, b in day.window)
    cut = next((c for c in day.cuts if c.start <= start and end <= c.end), None)
    if cut is not None:
        return _line(stretch, None, cut.reason, cut.why, None, cut.evidence)
    if not inside:
        return _outside(day, stretch)
    if day.nobody:
        return _line(stretch, None, "unattended", day.nobody, None, day.evidence)
    held = holder(day.placed, stretch, day.allocated, day.shared)
    if held is None:
        return _line(stretch, None, "unattended", "no professional attended", None, day.evidence)
    return _attended(day, stretch, *held)


def _attended(day: Day, stretch: Interval, who: Attendance, column: Column | None) -> ProofLine:
    evidence = tuple(dict.fromkeys((*who.evidence, *day.evidence)))
    reason = "counted" if column else "mode-unstated"
    return _line(stretch, column, reason, f"{who.professional or 'professional'} {NAMES[column]}", who.professional, evidence)


def _outside(day: Day, stretch: Interval) -> ProofLine:
    if not day.window or stretch[1] <= day.window[0][0]:
        return _line(stretch, None, "before-monitoring", "counting has not started", None, ())
    if stretch[0] >= day.window[-1][1]:
        return _line(stretch, None, "after-monitoring", "monitoring has ended", None, ())
    return _line(stretch, None, "before-monitoring", "between two spells of monitoring", None, ())


def _line(stretch: Interval, column: Column | None, reason: str, why: str, who: str | None, evidence: Proof) -> ProofLine:
    return ProofLine(stretch[0], stretch[1], length(*stretch), column, reason, why, who, evidence)
