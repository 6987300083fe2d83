"""How far a part of the day reaches whose other end is told by its length or by the closure: '07:05 (25 min)', 'until closure at 11:40'.

A start with a length gives the end, an end with a length the start. Where the record has the other end by the clock, the clock stands.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from dataclasses import replace

from ionm_notes.read.clause_cuts import begin_of
from ionm_notes.read.clock import DAY, Clock
from ionm_notes.read.durations import Duration, find_durations
from ionm_notes.read.events.composed import doctors_of
from ionm_notes.read.events.labels import of_label
from ionm_notes.read.events.model import PARTS, Event, Phase, Times, cells_of
from ionm_notes.read.reading import Reading, Unit
from ionm_notes.read.vocabulary import vocabulary

_MANY = 70
"""Characters between a time and the length that belongs to it."""
_NEAR = 40
"""Characters between the time of an end and the length, or the words of being done, that led to it."""
_ROWS = 14
"""Rows between the heading of a column and a row of it."""
_CELL = re.compile(
    r"\W*(?:(?P<h>\d{1,2}):(?P<m>[0-5]\d)|(?P<decimal>\d{1,2}\.\d{1,2})|(?P<only>\d{1,3}))\W*(?:h|hrs?|min\w*|m)?\W*", re.I
)

_IN_HOURS = re.compile(r"\b(?:h|hrs?|hours?)\b(?!:)", re.I)


def reaching(reading: Reading, times: Times, events: list[Event]) -> list[Event]:
    """The events with the other end of every part of the day whose length, or whose reach to the closure, is told."""
    out = [_with_length(reading, times, event, events) for event in events]
    out = [_over_at(reading, times, e) if e.last is None and e.origin == "log" and e.kind in _TIMED else e for e in out]
    out = [_there_since(reading, times, e) if (e.kind, e.phase, e.origin) == ("professional", "start", "log") else e for e in out]
    closed = list(_to_closure(reading, out))
    if closed:  # 'Monitoring 07:51 until skin closure at 10:44'
        out = [replace(e, phase="start") if (e.kind, e.phase) == ("monitoring", "point") else e for e in out]
    return _taken_off(reading, out + closed)


def _with_length(reading: Reading, times: Times, event: Event, events: list[Event]) -> Event:
    if event.kind not in PARTS or event.guess:
        return event
    clock = next((c for c in times.within(event.unit.start, event.unit.end) if times.minute[c.start] == event.first % DAY), None)
    if clock is None:
        return event
    if event.unit.kind == "row" and (told := _column(reading, event.unit, clock)) is not None:
        return _stretched(event, *told)
    if event.last is not None or any(e is not event and _same(e, event) and e.phase != event.phase for e in events):
        return event
    if event.phase == "end":
        back = _after(reading, event, clock) or _led_to(reading, event, clock)
        return _stretched(event, back, "end") if back else event
    if event.phase == "point" and (led := _led_to(reading, event, clock)):
        return _stretched(event, led, "end")
    length = _behind(reading, times, event, clock) or _before(reading, event, clock)
    return _stretched(event, length, "start") if length else event


def _over_at(reading: Reading, times: Times, event: Event) -> Event:
    """An entry with the later time at which it was over: 'Needles out, 1334 done', 'Pulling electrodes (done 14:19)', 'Removal | to 1226'.

    Or with the earlier one at which it had begun: 'last electrode out (from 13h10)'. A clause of its own may say it if it says nothing else.
    """
    low = event.clause[0] if event.kind == "other" else event.start
    clock = next(iter(times.within(max(low, event.start + 1), event.clause[1])), None)
    if clock is None:
        return event
    words = vocabulary()
    clause = begin_of(reading.text, _NEXT_CLAUSE, low, clock.start)
    begin, parted = max(clause, clock.start - _NEAR), clause > low
    before = reading.text[begin : clock.start]
    minutes = (times.minute[clock.start] - event.first) % DAY

    def said(name: str) -> int | None:
        """Where the words begin that say it; a clause of its own must say nothing else but what part it is of, or that it is done."""
        found = words.regex(name).search(before)
        if found is None:
            return None
        rest = before[: found.start()].strip() if parted else ""
        alone = (
            not rest
            or words.regex("reach.done").match(rest)
            or ((hit := of_label(rest, 0, len(rest))) and hit.kind == event.kind)
        )
        return begin + found.start() if alone else None

    over = said("reach.over-at")
    if over is None and not parted and words.regex("reach.over").match(reading.text, clock.end, event.clause[1]):
        over = clock.start
    if over is not None and 0 < minutes <= _WORKED:
        return _stretched(_named_alone(reading, event, over), minutes, "start")
    if event.kind != "other" and minutes >= DAY - _WORKED and said("reach.begun-at") is not None:
        return _stretched(event, DAY - minutes, "end")
    return event


def _there_since(reading: Reading, times: Times, event: Event) -> Event:
    """A reader whom an entry has there since an earlier time than its own: '21:26 monitoring starts, Dr. Hale watching since 21:20'."""
    words = vocabulary()
    for clock in times.within(event.start + 1, event.clause[1]):
        earlier = (event.first - times.minute[clock.start]) % DAY
        if not 0 < earlier <= _WORKED:
            continue
        found = words.regex("reach.there-since").search(reading.text[event.clause[0] : clock.start])
        if found is not None and (
            found["who"].lower() in doctors_of(reading.text) or words.regex("entry.professional").fullmatch(found["who"])
        ):
            return replace(event, first=event.first - earlier)
    return event


def _named_alone(reading: Reading, event: Event, high: int) -> Event:
    """An entry of which nothing was known, as the part of the day that its words name by themselves: 'Electrodes, until 8:58'."""
    if event.kind != "other":
        return event
    hit = of_label(reading.text[event.clause[0] : high].strip(" ,;:.(-–"), event.clause[0], high, interval=True)
    return replace(event, kind=hit.kind) if hit is not None and hit.kind in _WORK else event


_NEXT_CLAUSE = re.compile(r"[a-z)][.;]\s")


_WORK = PARTS - {"monitoring"}
_TIMED = _WORK | {"other"}
_WORKED = 90
"""Minutes that no set-up, baselines, pause or removal told in one entry goes beyond."""
_COUNTING = 30
"""Minutes within which the electrodes are out after the first of them, where an entry says no more than 'done'."""


def _taken_off(reading: Reading, events: list[Event]) -> list[Event]:
    """The end of removal in the entry behind the one that tells of it: 'pulling needles' ... 'all out', 'needle count right, skin ok'."""
    removal = [e for e in events if e.kind == "removal"]
    begun = next((e for e in removal if e.origin == "log" and e.last is None), None)
    if begun is None or len({e.first for e in removal}) > 1:
        return events
    done = vocabulary().regex("reach.all-out")
    for event in events:
        if (
            event.origin == "log"
            and event.kind != "removal"
            and 0 < event.first - begun.first <= _COUNTING
            and done.search(reading.text[slice(*event.clause)])
        ):
            over = replace(event, kind="removal", phase="end")
            return [over if e is event else replace(e, phase="start") if e is begun else e for e in events]
    return events


def _same(one: Event, two: Event) -> bool:
    return one.kind == two.kind and (one.kind != "interruption" or one.unit == two.unit)


def _stretched(event: Event, minutes: int, phase: Phase) -> Event:
    first = event.first - minutes if phase == "end" else event.first
    return replace(event, phase="span", first=first, last=first + minutes) if first >= 0 and minutes > 0 else event


def _lengths(reading: Reading, low: int, high: int) -> tuple[Duration, ...]:
    return find_durations(reading.text[low:high].replace("\n", " "))


def _behind(reading: Reading, times: Times, event: Event, clock: Clock) -> int | None:
    """The length that stands behind a time: '(25 min)', 'and lasted 3 hours', 'and was done 25 minutes later'."""
    high = min([event.unit.end, *(c.start for c in times.within(clock.end, event.unit.end))])
    high = min(high, clock.end + _MANY + 40)
    found = _lengths(reading, clock.end, high)
    if not found or found[0].start > _MANY:
        return None
    words = vocabulary()
    before = reading.text[clock.end : clock.end + found[0].start].replace("\n", " ")
    behind = reading.text[clock.end + found[0].end : high].replace("\n", " ")
    if event.kind == "interruption" and words.regex("reach.passed").match(behind):
        return found[0].minutes  # 'the amplifier failed and twelve minutes passed before recordings were available again'
    if words.regex("reach.later").match(behind):
        return found[0].minutes if words.regex("reach.done").search(before + behind) else None
    if not words.regex("reach.for").fullmatch(before) or not words.regex("reach.close").match(behind):
        return None
    return found[0].minutes


def _after(reading: Reading, event: Event, clock: Clock) -> int | None:
    """The length behind the time of an end: 'ended at 11:40, after 3 hours and 45 minutes'."""
    if not vocabulary().regex("reach.after").match(reading.text, clock.end):
        return None
    found = _lengths(reading, clock.end, min(event.unit.end, clock.end + _MANY))
    return found[0].minutes if found and found[0].start < _NEAR else None


def _led_to(reading: Reading, event: Event, clock: Clock) -> int | None:
    """The length before the time of an end that it led to: 'Removal of electrodes took 8 minutes (to 10:18)'."""
    low = max(event.unit.start, clock.start - _NEAR)
    found = _lengths(reading, low, clock.start)
    between = reading.text[low + found[-1].end : clock.start].replace("\n", " ") if found else ""
    return found[-1].minutes if found and vocabulary().regex("reach.led-to").fullmatch(between) else None


def _before(reading: Reading, event: Event, clock: Clock) -> int | None:
    """The length before a time at which it began: 'ran for 3 h 45 min from 07:55', 'for ten minutes from 9:30'."""
    low = max(event.unit.start, clock.start - _MANY)
    found = _lengths(reading, low, clock.start)
    if not found or not vocabulary().regex("reach.from").fullmatch(
        reading.text[low + found[-1].end : clock.start].replace("\n", " ")
    ):
        return None
    return found[-1].minutes


@functools.lru_cache(maxsize=1024)
def _column_heads(row: str) -> tuple[tuple[str, ...], tuple[int, ...]]:
    """The cells of a row, and which of them head a column of lengths; rows below one another ask for the same rows above."""
    names = tuple(row.split("\t"))
    return names, tuple(i for i, name in enumerate(names) if vocabulary().regex("reach.column").fullmatch(name))


def _column(reading: Reading, unit: Unit, clock: Clock) -> tuple[int, Phase] | None:
    """The length in a column of its own beside the one time of a row, and whether that time begins or ends it; None if there is none."""
    cells = cells_of(reading, unit)
    position = reading.index_of(unit)
    words = vocabulary()
    for above in reversed(reading.units[max(0, position - _ROWS) : position]):
        if above.kind != "row":
            return None
        names, long = _column_heads(reading.unit_text(above))
        if not long:
            continue
        at = next((i for i, (a, b) in enumerate(cells) if a <= clock.start < b), None)
        edges = [i for i, name in enumerate(names) if words.regex("reach.edge").search(name)]
        if len(long) != 1 or len(edges) != 1 or at != edges[0] or len(cells) != len(names):
            return None
        minutes = _of_cell(reading.text[slice(*cells[long[0]])], hours=_IN_HOURS.search(names[long[0]]) is not None)
        return (minutes, "end" if words.regex("reach.edge.end").search(names[at]) else "start") if minutes else None
    return None


def column_of_length(reading: Reading, unit: Unit, first: Clock, last: Clock) -> tuple[str, int] | None:
    """The label of a row with two times, and the minutes it states in a column of lengths; None if there is no such column."""
    cells = cells_of(reading, unit)
    times = [i for i, (a, b) in enumerate(cells) if a <= first.start < b or a <= last.start < b]
    if len(times) != 2 or len(cells) > 6:
        return None
    position = reading.index_of(unit)
    for above in reversed(reading.units[max(0, position - _ROWS) : position]):
        if above.kind != "row":
            return None
        names = [reading.text[a:b] for a, b in cells_of(reading, above)]
        long = [i for i, name in enumerate(names) if vocabulary().regex("reach.column").fullmatch(name)]
        if len(long) != 1 or len(names) != len(cells) or long[0] in times:
            continue
        name = names[long[0]]
        minutes = _of_cell(reading.text[slice(*cells[long[0]])], hours=_IN_HOURS.search(name) is not None)
        label = " ".join(reading.text[a:b] for a, b in cells[: times[0]]).strip()
        return (label, minutes) if minutes else None
    return None


def _of_cell(text: str, *, hours: bool) -> int | None:
    if (found := find_durations(text)) and len(found) == 1:
        return found[0].minutes
    if (cell := _CELL.fullmatch(text)) is None:
        return None
    if cell["h"]:
        return int(cell["h"]) * 60 + int(cell["m"])
    if cell["decimal"]:
        return round(float(cell["decimal"]) * 60)
    return int(cell["only"]) * (60 if hours else 1)


def _to_closure(reading: Reading, events: list[Event]) -> Iterator[Event]:
    """The end of monitoring where a sentence lets it go on to a closure whose time it gives."""
    began = [e for e in events if e.kind == "monitoring"]
    if any(e.phase in ("end", "span") for e in began):
        return
    for event in events:
        if event.kind != "closure" or event.phase == "span":
            continue
        start = next((e for e in began if e.unit == event.unit and e.first < event.first and e.end <= event.end), None)
        if start and vocabulary().regex("reach.to-closure").search(reading.text, start.start, event.unit.end):
            yield replace(event, kind="monitoring", phase="end")
