"""The fewest and the most minutes that a document allows; read to see what an open time can change at most."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from ionm_notes.timeline import attendance as att
from ionm_notes.timeline.cuts import open_interruptions
from ionm_notes.timeline.intervals import EMPTY, Intervals, intersection, minutes, normal
from ionm_notes.timeline.sweep import Cut, Day, columns, sweep
from ionm_notes.timeline.window import Window
from ionm_notes.types import COLUMNS, Case, Column, ProofLine

Amounts = dict[Column, int]


def bounds(case: Case, window: Window, day: Day, totals: Mapping[Column, int]) -> tuple[Amounts, Amounts]:
    """Fewest and most minutes by column; a column without a known most has no entry in the second mapping."""
    fewest = columns(sweep(replace(day, window=window.least or EMPTY, cuts=(*_widest(case, window), *day.cuts))))
    least = {c: min(totals[c], fewest[c]) for c in COLUMNS}
    if window.most is None and any(totals.values()):
        most = {c: 0 for c in COLUMNS if c not in _reached(case)}
    elif window.most is None:
        most = {} if case.attendance and window.counted is None and not day.nobody else dict(totals)
    else:
        widest = columns(sweep(replace(day, window=window.most)))
        most = {c: max(totals[c], widest[c]) for c in COLUMNS}
    _contest(case, day, least, most)
    return least, most


def _reached(case: Case) -> frozenset[Column]:
    found = {att.column_of(a, *part) for a in case.attendance for part in att.parts_of(case)}
    return frozenset(c for c in found if c is not None)


def _widest(case: Case, window: Window) -> tuple[Cut, ...]:
    """Open interruptions as long as they can be: to the end, or from the beginning, of the counted window."""
    whole = window.counted or EMPTY
    if not whole:
        return ()
    return tuple(
        Cut(s.start or whole[0][0], s.end if s.end and not s.start else whole[-1][1], "interruption", "", s.evidence)
        for s in open_interruptions(case, window)
    )


def _contest(case: Case, day: Day, least: Amounts, most: Amounts) -> None:
    """Minutes said to be both in the room and remote may turn out to be either."""
    if not case.mode_conflict and not att.in_two_places(day.placed):
        return
    counted = [line for line in sweep(day) if line.column in ("in_room", "in_room_shared")]
    for remote in (p for p in day.placed if p.attendance.mode in att.REMOTE_MODES):
        reach: Intervals = ((remote.start, remote.end),)
        for line in counted:
            amount = minutes(intersection(_time(line), reach))
            column = att.column_of(remote.attendance)
            if amount and line.column and column:
                least[line.column] = max(0, least[line.column] - amount)
                if column in most:
                    most[column] += amount


def _time(line: ProofLine) -> Intervals:
    return normal([(line.start or datetime.min, line.end or datetime.min)])
