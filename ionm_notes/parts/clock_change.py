"""The night in which clocks are put forward or back: minutes by the clock are then an hour more or less than minutes spent.

In the United States clocks change at 02:00 on the second Sunday of March and the first Sunday of November (Energy Policy
Act of 2005, 15 U.S.C. 260a, from 2007). The contract counts clock minutes, so the count stands, and the line is a query.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

from ionm_notes.types import Case, TimeConflict

_SINCE = 2007
_HOUR = timedelta(hours=2)


def with_clock_change(case: Case) -> Case:
    """The Case with a conflict if its monitoring passes an hour at which clocks change."""
    for segment in case.segments:
        if segment.kind != "monitoring" or segment.start is None or segment.end is None:
            continue
        for day in {segment.start.date(), segment.end.date()}:
            forward = change_of(day)
            at = datetime.combine(day, datetime.min.time()) + _HOUR
            if forward is None or not segment.start < at < segment.end:
                continue
            clock = int((segment.end - segment.start).total_seconds()) // 60
            spent, way = (clock - 60, "forward") if forward else (clock + 60, "back")
            why = f"clocks went {way} at 02:00 on {day.isoformat()}, and the record does not say which time it keeps"
            conflict = TimeConflict("the length of monitoring", f"{clock} minutes", f"{spent} minutes", why, segment.evidence)
            return replace(case, conflicts=(*case.conflicts, conflict))
    return case


def change_of(day: date) -> bool | None:
    """True if clocks are put forward on this day, False if back, None on every other day."""
    if day.year < _SINCE or day.weekday() != 6:
        return None
    if day.month == 3 and 8 <= day.day <= 14:
        return True
    return False if day.month == 11 and day.day <= 7 else None
