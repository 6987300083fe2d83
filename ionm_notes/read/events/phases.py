"""Logs of programs that say which phase the session is in: 'phase=SETUP', 'stage -> baseline', 'State: MONITORING end'.

Such a program is in one phase at a time, so that the next one ends what nothing else ended. Phases of the operation ('phase: exposure')
are none of the session's and end nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from ionm_notes.read.events.model import PARTS, PHASE, STAGES, Event
from ionm_notes.read.events.wording import classify
from ionm_notes.read.reading import Reading
from ionm_notes.read.vocabulary import vocabulary

_FEWEST = 3
"""Entries that name a phase, from which on the log is that of such a program."""
_STAGES_TOLD = 2
_HALT = "interruption"
_OVER = "over"


@dataclass(frozen=True, slots=True)
class _Entry:
    """An entry that names a phase: what it is of, and whether the phase begins or ends there."""

    event: Event
    kind: str
    part: Literal["start", "end"]


def phased(reading: Reading, events: list[Event]) -> list[Event]:
    """The events of a log with those that its phases tell in place of what the words of these entries were taken for."""
    told = [e for e in events if e.kind == PHASE]
    rest = [e for e in events if e.kind != PHASE]
    entries = list(_entries(reading, told))
    if len(entries) < _FEWEST or len({entry.kind for entry in entries} & STAGES) < _STAGES_TOLD:
        return [*rest, *_watch_alone(entries, rest)]
    own = {entry.event.unit.start for entry in entries}
    return [*(e for e in rest if e.unit.start not in own or e.kind not in PARTS), *_course(entries)]


def _watch_alone(entries: list[_Entry], events: list[Event]) -> list[Event]:
    """The monitoring of a program that names no other phase, where the words of its log tell nothing of that end otherwise."""
    known = {e.phase for e in events if e.kind == "monitoring" and e.origin == "log"}
    if "span" in known or {entry.kind for entry in entries} - {"monitoring", _OVER}:
        return []
    told = [e for e in _course(entries) if e.kind == "monitoring" and e.phase not in known]
    if known == {"start"} and not told:
        told = [replace(e.event, kind="monitoring", phase="end") for e in entries if e.kind == _OVER]
    return told if len({e.phase for e in told}) == len(told) else []


def _entries(reading: Reading, told: list[Event]) -> Iterator[_Entry]:
    """Each entry of a log that names a phase of the session."""
    words = vocabulary()
    for event in told:
        match = words.regex("entry.phase").search(reading.text, *event.clause)
        if match is None:
            continue
        ends = match["part"] is not None and words.regex("action.end").search(match["part"]) is not None
        hits = classify(match["name"])
        kinds = {hit.kind for hit in hits} & STAGES
        if words.regex("entry.phase-over").fullmatch(match["name"].strip()):
            yield _Entry(event, _OVER, "start")
        elif len(kinds) == 1:
            ends = ends or all(hit.phase == "end" for hit in hits)  # 'MODE = END OF MONITORING'
            yield _Entry(event, kinds.pop(), "end" if ends else "start")
        elif words.regex("entry.phase-halt").match(match["name"]):
            yield _Entry(event, _HALT, "end" if ends else "start")


def _course(entries: list[_Entry]) -> Iterator[Event]:
    """What begins and ends as one phase follows another; a halt lies within the monitoring, which goes on behind it."""
    running: set[str] = set()
    for entry in sorted(entries, key=lambda entry: entry.event.first):
        place = entry.event
        if entry.part == "end":
            running.discard(entry.kind)
            yield replace(place, kind=entry.kind, phase="end")
            continue
        goes_on = {"monitoring"} if entry.kind == _HALT else set()
        for over in sorted(running - {entry.kind} - goes_on):
            yield replace(place, kind=over, phase="end")
        resumed = _HALT in running and "monitoring" in running and entry.kind == "monitoring"
        running = (running & goes_on) | {entry.kind}
        if entry.kind != _OVER and not resumed:
            yield replace(place, kind=entry.kind, phase="start")
