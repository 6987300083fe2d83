"""Entries of a log by which somebody comes who is there already, or goes or writes who had gone: the entry between them was not understood."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from ionm_notes.read.attendance.opposites import unread_opposites
from ionm_notes.read.attendance.scene import Scene
from ionm_notes.read.attendance.spells import who_of
from ionm_notes.read.events import Event
from ionm_notes.read.messages import message_of
from ionm_notes.read.segments import at
from ionm_notes.read.vocabulary import vocabulary
from ionm_notes.types import Attendance, Person, Proof

_SAME = 2
"""Minutes within which two entries may tell of one coming or going."""
_FAREWELL = timedelta(minutes=5)
"""How long somebody who goes may still write."""


def missed_turns(scene: Scene) -> Proof:
    """The entries, each a doubt of the time since the entry before it.

    '10:04 Hale on line' and '11:02 Hale reconnected': she left in between, and no entry was read that says when. Words that somebody
    who watches may write at any time ('watching', 'still on') are no second coming.
    """
    reading, cast = scene.reading, scene.cast
    rows = [e for e in scene.events if e.kind == "professional" and e.origin == "log" and e.phase in ("start", "end")]
    words = vocabulary()
    late = words.regex("turn.gone-before")
    told_late = tuple(
        reading.evidence(e.unit.start, e.unit.end) for e in rows if e.phase == "end" and late.search(reading.text, e.start, e.end)
    )  # 'Monitoring ended, reader logged out earlier' tells a going of no known time
    begin, end = scene.monitoring
    told_late += tuple(
        reading.evidence(e.unit.start, e.unit.end)
        for e in unread_opposites(reading, scene.events, cast)
        if begin and end and begin < at(scene.day, e.first) < end
    )
    if len(rows) < 2 or told_late:
        return told_late
    anew = {"start": words.regex("turn.comes-anew"), "end": words.regex("turn.goes-anew")}
    sole = cast.sole
    before: dict[str, tuple[str, int]] = {}
    found = []
    for event in sorted(rows, key=lambda e: e.first):
        who = who_of(reading, event, cast)
        who = sole if who == "" else who
        if not who:
            continue
        phase, minute = before.get(who, ("", 0))
        if phase == event.phase and event.first > minute + _SAME and anew[phase].search(reading.text, event.start, event.end):
            found.append(reading.evidence(event.unit.start, event.unit.end))
        before[who] = (event.phase, event.first)
    return tuple(found)


def written_after_leaving(scene: Scene, rows: Sequence[Attendance]) -> Proof:
    """Messages that a professional wrote during the monitoring after the entry by which he or she had gone, and not come back.

    '10:39 Hale: ...' taken for a going and '12:20 Hale: MEP as at the start': either she had not gone, or her return was missed.
    """
    begin, end = scene.monitoring
    if begin is None or end is None:
        return ()
    people = [person for person in scene.cast.professionals if _leaves(person, rows, end)]
    return tuple(scene.reading.evidence(event.unit.start, event.unit.end) for event in _written(scene, people, rows))[:1]


def _leaves(person: Person, rows: Sequence[Attendance], end: datetime) -> bool:
    """Whether a stretch of somebody's attendance is over before the monitoring is."""
    return any(row.professional == person.name and row.end is not None and row.end + _FAREWELL < end for row in rows)


def _written(scene: Scene, people: Sequence[Person], rows: Sequence[Attendance]) -> Iterator[Event]:
    """The entries of these people at times, between their first coming and the end of monitoring, at which no row has them there."""
    begin, end = scene.monitoring
    missed = vocabulary().regex("witnessed.missed")
    for person in people:
        own = [row for row in rows if row.professional == person.name]
        first = min((row.start for row in own if row.start), default=begin)
        for event in scene.events:
            moment = at(scene.day, event.first)
            if event.origin != "log" or not (first and end and first < moment < end):
                continue
            if any(
                (row.start is None or row.start <= moment) and (row.end is None or moment <= row.end + _FAREWELL) for row in own
            ):
                continue
            message = message_of(scene.reading.text[event.start : event.unit.end], person.name)
            if message is not None and missed.search(message["said"]) is None:
                yield event
