"""Sentences whose times or lengths bear on the minutes of monitoring and found no place in the day; they make a query.

A pause of the recording, or set-up, baselines or removal, told at a time within the monitoring that no event took: the minutes may be
fewer than counted, and nobody can tell from what was read.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator
from datetime import date

from ionm_notes.read.answers import Asked, asked
from ionm_notes.read.boxes import only_ticked
from ionm_notes.read.clock import DAY
from ionm_notes.read.durations import find_durations
from ionm_notes.read.events.intervals import names_professional
from ionm_notes.read.events.model import PARTS, STAGES, Event, Times
from ionm_notes.read.expression import expression
from ionm_notes.read.reading import Reading, Unit
from ionm_notes.read.segments import minute_of
from ionm_notes.read.vocabulary import vocabulary
from ionm_notes.types import Proof, Segment

_LENGTH = expression(
    r"\b(?:\d{1,3}|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|a\s+quarter\s+of\s+an?|half\s+an)[\s-]+(?:minutes?|mins?|hour)\b"
)
_PARTS = ("baseline", "setup", "removal")
_SOON = 6
"""Minutes within which an entry that tells of going on belongs to an interval that is told elsewhere."""
_NEAR = 8
"""Rows above and below a row that make a table of the day with it."""
_PLACED = ("interruption", "professional", "attend", "attend-monitored")


def monitored(segments: tuple[Segment, ...], day: date) -> tuple[int, int] | None:
    """The minutes after midnight of the day of service between which monitoring ran; None if the record leaves one of them out."""
    low = min((s.start for s in segments if s.kind == "monitoring" and s.start), default=None)
    high = max((s.end for s in segments if s.kind == "monitoring" and s.end), default=None)
    return (minute_of(day, low), minute_of(day, high)) if low and high else None


def unplaced(
    reading: Reading,
    times: Times,
    events: tuple[Event, ...],
    window: tuple[int, int] | None,
    read: frozenset[tuple[int, int]] = frozenset(),
) -> Proof:
    """Evidence of every such sentence; `window` are the minutes between which monitoring ran, None if unknown.

    `read`: sentences of which every time was taken for somebody's stay or absence.
    """
    if window is None:
        return ()
    by_unit: dict[int, list[Event]] = {}
    for event in events:
        by_unit.setdefault(event.unit.start, []).append(event)
    pauses = {minute for e in events if e.kind == "interruption" for minute in (e.first, e.last) if minute is not None}
    comings = {minute for e in events if e.kind in _PLACED[1:] for minute in (e.first, e.last) if minute is not None}
    found = [
        unit
        for unit in reading.units
        if (
            unit.kind == "sentence"
            and (unit.start, unit.end) not in read
            and _open(reading, times, unit, by_unit.get(unit.start, []), window, pauses, comings)
        )
        or (unit.kind == "row" and _open_row(reading, times, unit, by_unit, window))
    ]
    found += [event.unit for event in _resumed_alone(reading, events, window) if event.unit not in found]
    found += [unit for unit in _less_than_counted(reading, times, events, window) if unit not in found]
    if not any(e.kind == "baseline" and (e.last is not None or e.phase == "end") for e in events):
        # 'Monitoring, with the baselines in it, ran from 8:15 to 10:47': how long they took is not told.
        whole = [e.unit for e in events if e.kind == "monitoring" and e.phase == "span"]
        found += [unit for unit in whole if _says("reach.with-baselines", reading.unit_text(unit)) and unit not in found]
    return tuple(reading.evidence(unit.start, unit.end) for unit in found)


def _less_than_counted(reading: Reading, times: Times, events: tuple[Event, ...], window: tuple[int, int]) -> Iterator[Unit]:
    """Statements that take a length off hours of the monitoring where no part of the day of that length is told by the clock.

    'Monitoring 08:10 to 11:40, less 15 minutes of downtime'.
    """
    low, high = window
    parts = [e for e in events if e.kind in PARTS - {"monitoring"} and e.last is not None]
    pauses = [(e.last or e.first) - e.first for e in parts if e.kind == "interruption"]
    known = {(e.last or e.first) - e.first for e in parts} | {sum(pauses)}
    for item in times.ranges:
        unit = reading.unit_at(item.start)
        first, last = (times.minute[clock.start] for clock in (item.first, item.last))
        if unit is None or (last <= low and last > first) or first >= high:
            continue
        less = vocabulary().regex("clause.less-behind").search(reading.text[item.end : unit.end])
        if less is None:
            continue
        lengths = [length.minutes for length in find_durations(less.group())]
        if not (pauses if not lengths else all(length in known for length in lengths)):
            yield unit


def _resumed_alone(reading: Reading, events: tuple[Event, ...], window: tuple[int, int]) -> list[Event]:
    """Entries by which the recording goes on within the monitoring though none tells that it had stopped."""
    low, high = window
    told = sorted((e for e in events if e.kind == "interruption" and low < e.first < high), key=lambda e: e.first)
    alone: list[Event] = []
    open_ = False
    for event in told:
        if (
            event.phase == "end"
            and not open_
            and event.origin == "log"
            and _says("unplaced.resumed", reading.unit_text(event.unit))
        ):
            spanned = any(e.last is not None and e.first < event.first <= e.last + _SOON for e in told)
            alone += [] if spanned else [event]
        open_ = event.phase in ("start", "point") or (open_ and event.phase != "end")
    return alone


def _open(
    reading: Reading, times: Times, unit: Unit, known: list[Event], window: tuple[int, int], pauses: set[int], comings: set[int]
) -> bool:
    clocks = times.within(unit.start, unit.end)
    if any(event.origin == "log" for event in known):
        return False
    text = only_ticked(reading.unit_text(unit))
    if not pauses and not any(event.kind in _PLACED for event in known) and _answered(asked(reading, unit)):
        return True
    if not clocks or (not pauses and _says("halt.told", text) and not any(event.kind in _PLACED for event in known)):
        return not pauses and _stands_still(text)
    low, high = window
    inside = [c for c in clocks if any(low < times.minute[c.start] + later < high for later in (0, DAY))]
    if not inside:
        return False
    if _halts(text) and not any(event.kind in _PLACED for event in known):
        # '21 min without recording, 1137-1158' tells again what the log has told; 'a power cut kept me off until 10:48' why I came then.
        own = names_professional(text) or _says("interval.mine", text)
        told = pauses | comings if own else pauses
        return not all({times.minute[clock.start], times.minute[clock.start] + DAY} & told for clock in inside)
    taken = [clock for clock in inside if any(event.start <= clock.start < event.end for event in known)]
    return len(taken) < len(inside) and _names_part(text) and not _finds(text)


def _open_row(reading: Reading, times: Times, unit: Unit, by_unit: dict[int, list[Event]], window: tuple[int, int]) -> bool:
    """Whether a row among those that tell the parts of the day holds an interval within the monitoring that may be a pause."""
    clocks = times.within(unit.start, unit.end)
    if len(clocks) != 2 or any(event.kind != "other" for event in by_unit.get(unit.start, [])):
        return False
    (low, high), (first, last) = window, (times.minute[c.start] for c in clocks)
    later = DAY if first < low else 0
    if not low < first + later < last + (DAY if last < first else later) < high:
        return False
    text = "".join(" " if any(c.start <= at < c.end for c in clocks) else reading.text[at] for at in range(unit.start, unit.end))
    if not _says("unplaced.halt", text) or _says("halt.finding", text) or _says("interval.other", text):
        return False
    if _says("unplaced.session", text) or _says("unplaced.passed", text):
        return False
    if _says("parcel.away", text):
        return False  # 'Off line, no physician on the case; the technologist went on': nobody watched, which is no pause
    here = reading.index_of(unit)
    near = reading.units[max(0, here - _NEAR) : here + _NEAR + 1]
    told = [e for other in near for e in by_unit.get(other.start, []) if e.last is not None and e.kind in STAGES]
    return len(told) > 1


def _says(name: str, text: str) -> bool:
    return vocabulary().regex(name).search(text) is not None


def _answered(said: Asked) -> bool:
    """Whether a form's answer tells of a pause: 'Monitoring paused? Yes', 'Continuous recording? No'."""
    if said.yes is None or not _says("halt.recorded", said.text):
        return False
    return _says("halt.asked", said.text) if said.yes else _says("halt.asked-whole", said.text)


@functools.lru_cache(maxsize=4096)
def _stands_still(text: str) -> bool:
    """Whether a sentence without times tells of a pause: how long it was, for what, or in words that need neither."""
    if _says("halt.told", text):
        return not any(_says(name, text) for name in ("halt.unsure", "halt.of-signals", "halt.unbroken", "halt.denied"))
    return (_LENGTH.search(text) is not None or _says("halt.cause", text)) and _halts(text)


def _halts(text: str) -> bool:
    """Whether a sentence tells that the recording stood still, and neither denies it nor speaks of signals or people."""
    return (
        _says("interval.interruption", text)
        and _says("halt.thing", text)
        and not (_says("halt.unsure", text) or _finds(text) or _says("halt.unbroken", text) or names_professional(text))
    )


def _finds(text: str) -> bool:
    return _says("halt.finding", text)


def _names_part(text: str) -> bool:
    if _says("unplaced.finding", text) or _says("interval.other", text) or _says("interval.attends", text):
        return False
    return any(_says(f"interval.{name}", text) for name in _PARTS)
