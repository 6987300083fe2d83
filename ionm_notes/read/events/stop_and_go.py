"""Monitoring that a log stops and starts again: the day has one monitoring, and what lies between is a pause.

'07:55 Surveillance on', '09:02 Surveillance off (patient moved to CT)', '09:24 Surveillance on', '11:01 Surveillance off'. Two sessions,
between which the patient left the room, are none of it; `segments.py` tells them apart.
"""

from __future__ import annotations

from dataclasses import replace
from operator import attrgetter

from ionm_notes.read.events.model import Event

_AWAY = frozenset({"patient.out", "patient.in"})
_WATCH = frozenset({"monitoring", "interruption"})


def stopped_and_started(events: list[Event]) -> list[Event]:
    """The events, a stop and the start behind it made the two ends of a pause; a start behind the beginning of a pause is its end."""
    out = list(events)
    for group in sorted({e.group for e in events if e.origin == "log" and e.kind == "monitoring"}):
        own = [e for e in out if e.group == group and e.origin == "log" and e.last is None]
        told = sorted([e for e in own if e.kind in _AWAY or e.kind in _WATCH], key=attrgetter("first"))
        for one, two in _pauses(told):
            out[out.index(one)] = replace(one, kind="interruption", phase="start")
            out[out.index(two)] = replace(two, kind="interruption", phase="end")
    return out


def _pauses(told: list[Event]) -> list[tuple[Event, Event]]:
    """Each entry that stops what ran, with the one that starts it again."""
    found: list[tuple[Event, Event]] = []
    runs, stopped = False, None
    for event in told:
        if event.kind in _AWAY:
            stopped = stopped if event.kind == "patient.in" and stopped is None else None
        elif (event.kind, event.phase) == ("monitoring", "start"):
            if stopped is not None and stopped.first < event.first:
                found.append((stopped, event))
            runs, stopped = True, None
        elif (event.kind, event.phase) == ("interruption", "end"):
            stopped = None
        elif runs and event.phase in ("start", "end", "point") and not (event.kind == "monitoring" and event.phase != "end"):
            stopped = stopped or event
    return found
