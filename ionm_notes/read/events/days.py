"""Puts times after midnight on the next day, where a log or a span passes midnight."""

from __future__ import annotations

from dataclasses import replace

from ionm_notes.read.clock import DAY
from ionm_notes.read.events.model import PARTS, Event


def settle_days(events: list[Event]) -> list[Event]:
    """Put times after midnight on the next day, where a log or a span passes midnight."""
    wraps = False
    previous: Event | None = None
    for event in events:
        if event.group > 0:
            if (
                previous is not None
                and previous.group == event.group
                and previous.first - event.first > 360
                and previous.first >= 1020
            ):
                wraps = True
            previous = event
        if event.last is not None and event.last < event.first and event.kind in _WRAPS and overnight(event.first, event.last):
            wraps = True
    starts = [e.first for e in events if e.kind == "monitoring" and e.phase == "start"]
    stops = [e.first for e in events if e.kind == "monitoring" and e.phase == "end"]
    if starts and stops and min(starts) > max(stops) and overnight(min(starts), max(stops)):
        wraps = True
    wraps = wraps or _cleaned_up_after(events)
    if not wraps:
        return events
    early = [
        e.first
        for e in events
        if e.kind in ("setup", "baseline", "monitoring", "patient.in", "removal", "attend", "professional") and e.first >= 720
    ]
    anchor = min(early) if early else 720

    def shift(minute: int | None) -> int | None:
        return minute if minute is None or minute >= anchor - 180 else minute + DAY

    return [replace(e, first=shift(e.first) or 0, last=shift(e.last)) for e in events]


def _cleaned_up_after(events: list[Event]) -> bool:
    """Whether removal follows past midnight on what was before it: 'Monitoring ends 23:55', 'Removal ends 00:06'."""
    own = [e for e in events if e.kind == "removal"]
    began = [e.first for e in own if e.phase == "start" and e.first >= _LATE]
    began += [m for e in events if e.kind in _WATCHED and e.phase != "start" and (m := e.last or e.first) >= _LATE]
    return any(e.first < _EARLY for e in own) and bool(began)


_WRAPS = PARTS | {"attend", "attend-monitored", "professional", "anesthesia"}
"""Kinds of stretches that may pass midnight."""
_WATCHED = frozenset({"monitoring", "attend-monitored"})
_LATE, _EARLY = 22 * 60, 2 * 60
"""Removal is a matter of minutes: it passes midnight only between these."""


def overnight(first: int, last: int) -> bool:
    """Whether a stretch from `first` to an earlier clock time `last` can be one that passed midnight."""
    return first >= 780 and last + DAY - first <= 18 * 60
