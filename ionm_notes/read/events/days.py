"""Puts times after midnight on the next day, where a log or a span passes midnight."""

from __future__ import annotations

from dataclasses import replace

from ionm_notes.read.events.model import Event


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
        if (
            event.last is not None
            and event.last < event.first
            and event.kind in ("monitoring", "attend", "attend-monitored", "professional", "interruption", "anesthesia")
            and overnight(event.first, event.last)
        ):
            wraps = True
    starts = [e.first for e in events if e.kind == "monitoring" and e.phase == "start"]
    stops = [e.first for e in events if e.kind == "monitoring" and e.phase == "end"]
    if starts and stops and min(starts) > max(stops) and overnight(min(starts), max(stops)):
        wraps = True
    if not wraps:
        return events
    early = [
        e.first
        for e in events
        if e.kind in ("setup", "baseline", "monitoring", "patient.in", "removal", "attend", "professional") and e.first >= 720
    ]
    anchor = min(early) if early else 720

    def shift(minute: int | None) -> int | None:
        return minute if minute is None or minute >= anchor - 180 else minute + 1440

    return [replace(e, first=shift(e.first) or 0, last=shift(e.last)) for e in events]


def overnight(first: int, last: int) -> bool:
    """Whether a stretch from `first` to an earlier clock time `last` can be one that passed midnight."""
    return first >= 780 and last + 1440 - first <= 18 * 60
