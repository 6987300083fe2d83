"""Entries of a log by which somebody comes who is there already, or goes who had gone: the entry between them was not understood."""

from __future__ import annotations

from ionm_notes.read.attendance.scene import Scene
from ionm_notes.read.attendance.spells import who_of
from ionm_notes.read.vocabulary import vocabulary
from ionm_notes.types import Proof

_SAME = 2
"""Minutes within which two entries may tell of one coming or going."""


def missed_turns(scene: Scene) -> Proof:
    """The entries, each a doubt of the time since the entry before it.

    '10:04 Hale on line' and '11:02 Hale reconnected': she left in between, and no entry was read that says when. Words that somebody
    who watches may write at any time ('watching', 'still on') are no second coming.
    """
    reading, cast = scene.reading, scene.cast
    rows = [e for e in scene.events if e.kind == "professional" and e.origin == "log" and e.phase in ("start", "end")]
    if len(rows) < 2:
        return ()
    words = vocabulary()
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
