"""Reads whose minutes they were: 'from 09:00 to 09:45 this patient alone', 'a second case was watched from 10:00 to 10:20'.

Such a sentence tells nothing of when monitoring ran; it parts the attention within it. It is read only where that is all
it says: a sentence that gives the attendance itself is left to the others.
"""

from __future__ import annotations

from dataclasses import replace

from ionm_notes.read.events.model import Event, Times
from ionm_notes.read.events.wording import classify
from ionm_notes.read.reading import Reading, Unit
from ionm_notes.read.vocabulary import vocabulary

ALONE, OTHER = "time-alone", "time-other"
"""Kinds of event: minutes of this patient alone, and minutes in which another case was watched too."""
ATTENDED = frozenset({"monitoring", "attend", "attend-monitored", "professional"})
Item = tuple[int, int, int, int | None]


def sharing_events(reading: Reading, times: Times, unit: Unit, items: list[Item]) -> list[Event]:
    """The parts of attention that a sentence states, one event each; empty where it states none, or more than that.

    `items` are its times as (start, end, first minute, last minute or None).
    """
    if unit.kind != "sentence" or not items:
        return []
    words, text = vocabulary(), reading.unit_text(unit)
    alone, other = words.regex("sharing.alone").search(text), words.regex("sharing.other").search(text)
    slot = words.regex("sharing.slot").search(text)
    if other and not _moved(text) and (alone is None or words.regex("sharing.except").search(text)):
        kind = OTHER
    elif alone and not other and words.regex("supervision.shared").search(reading.text) and not _attends(text):
        kind = ALONE
    else:
        return []
    length = int(slot["n"]) if slot and kind == ALONE else None
    whole = (unit.start, unit.end)
    spans = [(low, high, first, last if last is not None else length and first + length) for low, high, first, last in items]
    if any(last is None for *_, last in spans):
        return []
    one = Event(kind, "span", 0, None, "narrative", unit.start, unit.end, whole, unit)
    return [replace(one, first=first, last=last, start=low, end=high) for low, high, first, last in spans]


def _attends(text: str) -> bool:
    """Whether the sentence gives the attendance or the monitoring itself."""
    return any(hit.kind in ATTENDED for hit in classify(text))


def _moved(text: str) -> bool:
    """Whether the sentence says more of shared attention than that another case was there ('moved between two rooms')."""
    words = vocabulary()
    others = [match.span() for match in words.regex("sharing.other").finditer(text)]
    shared = words.regex("supervision.shared").finditer(text)
    return any(all(match.end() <= low or high <= match.start() for low, high in others) for match in shared)
