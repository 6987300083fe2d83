"""Times of a statement that an event of the operation or a length gives: 'until closure (11:10)', 'from incision at 8:30 on', 'the first hour'.

A clock time behind such an event is of the event and of the watch at once. A length from the beginning or to the end of monitoring is an
interval where the record has that end by the clock. Used by `parcelled.py`; words: `patterns/parcels.toml`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from ionm_notes.read.attendance.parcels import Moment, Way
from ionm_notes.read.attendance.watch_time import Bounds
from ionm_notes.read.durations import find_durations
from ionm_notes.read.events import Event
from ionm_notes.read.reading import Reading, Unit
from ionm_notes.read.vocabulary import vocabulary


def anchor_of(before: str) -> tuple[bool, Way | None]:
    """Whether the words before a time name an event at which something began or ended, and which of the two they say."""
    found = vocabulary().regex("parcel.anchored").search(before)
    if found is None:
        clause = vocabulary().regex("parcel.until-clause").search(before) is not None
        return clause, "end" if clause else None
    return True, "end" if found["until"] else "start" if found["since"] else None


def monitored_between(events: Iterable[Event]) -> Bounds:
    """The ends of the monitoring that a record tells by the clock."""
    own = [e for e in events if e.kind == "monitoring" and not e.guess]
    firsts = {e.first for e in own if e.phase == "start" or e.last is not None}
    lasts = {e.first if e.last is None else e.last for e in own if e.phase == "end" or e.last is not None}
    return (firsts.pop() if len(firsts) == 1 else None), (lasts.pop() if len(lasts) == 1 else None)


def stretches(text: str, low: int, bounds: Bounds, known: Sequence[Moment]) -> Iterator[Moment]:
    """The intervals that lengths give: 'for the first hour', 'the last 40 minutes'. `low`: where the text begins."""
    first, last = bounds
    for found in vocabulary().regex("parcel.stretch").finditer(text):
        minutes = minutes_in(found["long"])
        start, end = low + found.start(), low + found.end()
        if not minutes or any(start < moment.high and moment.low < end for moment in known):
            continue
        if found["opening"] and first is not None:
            yield Moment(start, end, first, first + minutes, "span")
        elif found["closing"] and last is not None:
            yield Moment(start, end, last - minutes, last, "span")


def left_out(before: str) -> bool:
    """Whether the words before a length take it out of what was attended: 'for all but', 'except for', 'I missed'."""
    return vocabulary().regex("parcel.left-out").search(before) is not None


def has_stretch(reading: Reading, unit: Unit) -> bool:
    """Whether a sentence tells a length from the beginning or to the end of something."""
    text = reading.lower[unit.start : unit.end]
    return ("hour" in text or "min" in text) and vocabulary().regex("parcel.stretch").search(text) is not None


def minutes_in(text: str) -> int:
    """The minutes of a length in words, 0 where it is none."""
    said = " ".join(text.split())
    found = find_durations(said) or find_durations(f"an {said}" if not said.startswith("half") else f"{said.split()[0]} an hour")
    return found[0].minutes if len(found) == 1 else 0
