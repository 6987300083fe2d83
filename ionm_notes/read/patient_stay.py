"""When the patient came into the operating room and left it, by the entries that tell it."""

from __future__ import annotations

from ionm_notes.read.events import Event
from ionm_notes.read.events.intervals import names_professional
from ionm_notes.read.reading import Reading
from ionm_notes.read.vocabulary import vocabulary


def stay(reading: Reading, events: tuple[Event, ...], start: int | None, end: int | None) -> tuple[int | None, int | None]:
    """Minutes of the day at which the patient entered and left the room; None where no entry tells it.

    `start`, `end`: minutes of the stated monitoring. An entry in its second half and an exit in its first half are of something
    else, such as the next patient; so is what names a person of the staff.
    """
    told = [e for e in events if e.phase == "point" and e.kind in ("patient.in", "patient.out") and not _of_staff(reading, e)]
    middle = None if start is None or end is None else (start + end) / 2
    entered = [e.first for e in told if e.kind == "patient.in" and (middle is None or e.first < middle)]
    left = [e.first for e in told if e.kind == "patient.out" and (middle is None or e.first > middle)]
    return min(entered, default=None), max(left, default=None)


def _of_staff(reading: Reading, event: Event) -> bool:
    text = reading.text[event.clause[0] : event.clause[1]]
    words = vocabulary()
    named = names_professional(text) or words.regex("subject.technologist").search(text)
    return bool(named) and not words.regex("stay.patient").search(text)
