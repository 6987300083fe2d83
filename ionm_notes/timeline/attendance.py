"""Places attendance on the clock and into its column; read on to learn which minutes are whose.

Rules 5, 6, 8 and 10 of 'How billable minutes are counted': a stated attendance meets the monitoring, a mode stated
for the whole case takes the counted monitoring, and a minute attended twice counts once.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from ionm_notes.timeline.intervals import Interval, Intervals, covers, normal, whole_minute
from ionm_notes.timeline.window import Window, segments_of
from ionm_notes.types import Attendance, Case, Column

REMOTE_MODES = frozenset({"remote", "nearby"})
"""Modes outside the operating room: nearby (same building, not the room) is coded like remote."""

PRIORITY: tuple[Column | None, ...] = (
    "in_room",
    "in_room_shared",
    "remote_exclusive",
    "remote_unstated",
    "remote_shared",
    None,
)
"""Which column keeps a minute that was attended twice: the room before remote, exclusive before shared."""


@dataclass(frozen=True, slots=True)
class Placed:
    """An attendance on the clock; an end that the document leaves open reaches as far as the monitoring does."""

    attendance: Attendance
    start: datetime
    end: datetime


def fill(case: Case, window: Window) -> tuple[Attendance, ...]:
    """Attendance in order of time, whole-case entries given the ends of the counted monitoring (contract, 'Segments').

    So is the one end that the document leaves open, which is counted that far and makes a query; others stand as stated.
    """
    last = _counted_end(case, window)
    filled = [
        replace(a, start=window.start, end=last) if is_whole_case(a) else _as_counted(a, case, window) for a in case.attendance
    ]
    return tuple(sorted(filled, key=_order))


def _counted_end(case: Case, window: Window) -> datetime | None:
    """The end of the counted monitoring: before a removal that the document's own monitoring time ends with."""
    low, high = window.start, window.end
    if low is None or high is None:
        return high
    inside = (s.start for s in segments_of(case, "removal") if s.start and s.end and low < s.start < high <= s.end)
    return min(inside, default=high)


def _as_counted(a: Attendance, case: Case, window: Window) -> Attendance:
    """A row with a stated end of the counted monitoring in the place of an open one, if nobody came later, or went before."""
    start, end = a.start, a.end
    monitored = [s for s in case.segments if s.kind == "monitoring"]
    begun, ended = any(s.start for s in monitored), any(s.end for s in monitored)
    if end is None and start and ended and window.end and start < window.end:
        later = any(b.start and b.start > start for b in case.attendance)
        return a if later else replace(a, end=window.end)
    if start is None and end and begun and window.start and window.start < end:
        earlier = any(b.end and b.end < end for b in case.attendance)
        return a if earlier else replace(a, start=window.start)
    return a


def place(case: Case) -> tuple[Placed, ...]:
    """Attendance on the clock, the earlier first; entries whose end comes before their start are left out."""
    placed: list[Placed] = []
    for a in sorted(case.attendance, key=_order):
        start = whole_minute(a.start) if a.start and not a.whole_case else datetime.min
        end = whole_minute(a.end) if a.end and not a.whole_case else datetime.max
        if start <= end:
            placed.append(Placed(a, start, end))
    return tuple(sorted(placed, key=lambda p: (p.start, p.end)))


def backward(case: Case) -> tuple[Attendance, ...]:
    """Attendance whose end is stated to come before its start."""
    return tuple(a for a in case.attendance if a.start and a.end and a.end < a.start and not a.whole_case)


def is_whole_case(attendance: Attendance) -> bool:
    """Whether only a mode was stated: such attendance is the counted monitoring itself (rule 5)."""
    return attendance.whole_case or (attendance.start is None and attendance.end is None)


def column_of(attendance: Attendance, allocated: bool = False, shared: bool = False) -> Column | None:
    """The column for minutes of this attendance; None where the mode is not stated.

    `allocated`: the record itself gives these minutes to this patient alone, which makes shared time exclusive (rule 8).
    `shared`: it says that another case was watched in these minutes, which makes other time shared.
    """
    exclusive = True if allocated else False if shared else attendance.exclusive
    if attendance.mode == "in_room":
        return "in_room_shared" if exclusive is False else "in_room"
    if attendance.mode in REMOTE_MODES:
        if exclusive is None:
            return "remote_unstated"
        return "remote_exclusive" if exclusive else "remote_shared"
    return None


def holder(
    placed: tuple[Placed, ...], stretch: Interval, allocated: Intervals, shared: Intervals = ()
) -> tuple[Attendance, Column | None] | None:
    """Who keeps a stretch in which nothing begins or ends, and its column; None where nobody attended."""
    given, parted = covers(allocated, stretch), covers(shared, stretch)
    present = [
        (p.attendance, column_of(p.attendance, given, parted)) for p in placed if p.start <= stretch[0] and stretch[1] <= p.end
    ]
    return min(present, key=lambda one: PRIORITY.index(one[1]), default=None)


def allocated_time(case: Case) -> Intervals:
    """The minutes that the record itself gives to this patient alone."""
    return normal((s.start, s.end) for s in case.allocated)


def shared_time(case: Case) -> Intervals:
    """The minutes of which the record says that another case was watched too."""
    return normal((s.start, s.end) for s in case.shared)


def parts_of(case: Case) -> tuple[tuple[bool, bool], ...]:
    """What may be said of a minute, as (given to this patient alone, shared): plain, and each part that is stated."""
    return ((False, False), *(((True, False),) if case.allocated else ()), *(((False, True),) if case.shared else ()))


def in_two_places(placed: tuple[Placed, ...]) -> tuple[tuple[Attendance, Attendance], ...]:
    """Pairs of attendance that put one professional in the room and outside it at the same stated minutes."""
    timed = [p for p in placed if not is_whole_case(p.attendance)]
    return tuple(
        (inside.attendance, outside.attendance)
        for inside in timed
        for outside in timed
        if inside.attendance.mode == "in_room"
        and outside.attendance.mode in REMOTE_MODES
        and inside.attendance.professional == outside.attendance.professional
        and max(inside.start, outside.start) < min(inside.end, outside.end)
    )


def _order(a: Attendance) -> tuple[datetime, datetime, str, str, str, tuple[tuple[object, ...], ...]]:
    """A total order on what is attended, so that the order of reading never changes a result."""
    places = tuple((e.file, e.page, e.text, e.bbox or (), e.doubt) for e in a.evidence)
    return (a.start or datetime.min, a.end or datetime.max, a.professional or "", a.mode, str(a.exclusive), places)
