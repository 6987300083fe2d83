"""A reader's load that changes in the course of some sentences: 'Until 8:40 there was a second spine on my screen. It closed then, and ...'.

Place and hours of the watch stand elsewhere; such sentences part the attention within them. They are taken apart at their times and marks
(`parcels.py`): each piece says one case, several, that another case came, or that it was over, before a time, behind it or between two. They
count only as a whole: where every minute of the monitoring got its load, once, and both loads occur. All else is left to the other modules.
Words: `patterns/loads.toml`.
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from ionm_notes.read.attendance.anchors import monitored_between, stretches
from ionm_notes.read.attendance.clause_words import WRITER, load_in, named, place_in
from ionm_notes.read.attendance.parcelled import Parcelled
from ionm_notes.read.attendance.parcels import Moment, Piece, Way, pieces_of
from ionm_notes.read.attendance.watch_time import Bounds
from ionm_notes.read.caseload import caseload
from ionm_notes.read.denials import denied_before
from ionm_notes.read.events import Event, Times
from ionm_notes.read.events.items import items_of
from ionm_notes.read.events.sharing import ALONE, BEFORE_ALL, BEHIND_ALL, OTHER
from ionm_notes.read.names import surname
from ionm_notes.read.people import Cast
from ionm_notes.read.reading import Reading, Unit
from ionm_notes.read.said import Said
from ionm_notes.read.timing import late_rows
from ionm_notes.read.vocabulary import vocabulary
from ionm_notes.types import Tri

_LONGEST = 700
"""Characters of the longest run of sentences that is taken together."""


@dataclass(frozen=True, slots=True)
class LoadsTold:
    """What such sentences say: events of the minutes of each load, the sentences, and the events that these had been taken for."""

    events: tuple[Event, ...]
    sentences: frozenset[tuple[int, int]]
    replaced: frozenset[tuple[int, str]]


def loads_told(reading: Reading, times: Times, events: tuple[Event, ...], cast: Cast, modes: Sequence[Said]) -> LoadsTold:
    """The loads that the first run of sentences tells which tells them of all the monitoring. `modes`: what is said of the professional's place."""
    if not cast.professionals:
        return LoadsTold((), frozenset(), frozenset())
    for run in _runs(reading, times):
        places = {m.what for m in modes if run[0].start <= m.start < run[-1].end}
        late = late_rows(reading)
        if len(places) > 1 or any(unit.start in late for unit in run):
            continue
        parts = _parts(reading, times, run, cast, monitored_between(events))
        if parts:
            return _told(run, parts, events)
    return LoadsTold((), frozenset(), frozenset())


def parted_by(shared: Parcelled, loads: LoadsTold) -> bool:
    """Whether the spells of a statement that shares the day out have both loads of these sentences, and a place each."""
    own = [spell for spell in shared.spells if spell.sentence in loads.sentences]
    placed = all(spell.mode not in (None, "unstated") for spell in own)
    return placed and {spell.exclusive for spell in own} == {True, False}


def _told(run: Sequence[Unit], parts: Sequence[tuple[int, int, bool]], events: tuple[Event, ...]) -> LoadsTold:
    whole = (run[0].start, run[-1].end)
    starts = {unit.start for unit in run}
    told = [
        Event(ALONE if alone else OTHER, "span", first, last, "narrative", *whole, whole, run[0]) for first, last, alone in parts
    ]
    beside = any(e.kind == "monitoring" and e.unit.start not in starts for e in events)
    replaced = {
        (e.start, e.kind)
        for e in events
        if e.unit.start in starts and e.kind not in _OF_THE_DAY and (e.kind != "monitoring" or beside)
    }
    return LoadsTold(tuple(told), frozenset((unit.start, unit.end) for unit in run), frozenset(replaced))


_OF_THE_DAY = frozenset({"setup", "baseline", "removal", "interruption", "mapping", "anesthesia", "incision", "closure"})


def _runs(reading: Reading, times: Times) -> Iterator[list[Unit]]:
    """Sentences of one paragraph from the first to the last one that says something of other cases, with a time among them."""
    gate = vocabulary().regex("load.gate")
    lengths = [match.start() for match in _LENGTH.finditer(reading.lower)]
    clocked = {bisect.bisect_right(reading.unit_starts, at) - 1 for at in (*times.clock_starts, *lengths)}
    seen: set[int] = set()
    for index in sorted(clocked):
        unit = reading.units[index] if index >= 0 else None
        if unit is None or unit.kind != "sentence" or unit.paragraph in seen:
            continue
        seen.add(unit.paragraph)
        low = high = index
        while low and reading.units[low - 1].kind == "sentence" and reading.units[low - 1].paragraph == unit.paragraph:
            low -= 1
        while high + 1 < len(reading.units) and reading.units[high + 1].paragraph == unit.paragraph:
            high += 1
        run = [one for one in reading.units[low : high + 1] if one.kind == "sentence"]
        told = [at for at, one in enumerate(run) if gate.search(reading.text, one.start, one.end)]
        chosen = run[told[0] : told[-1] + 1] if told else []
        if chosen and chosen[-1].end - chosen[0].start <= _LONGEST:
            yield chosen


_LENGTH = re.compile(r"\b(?:first|last)\s[\w ]{0,16}(?:hour|min)")
"""A length from the beginning or to the end: 'the first hour'."""


def _parts(reading: Reading, times: Times, run: Sequence[Unit], cast: Cast, bounds: Bounds) -> list[tuple[int, int, bool]]:
    """The stretches of the monitoring with their loads; nothing where the sentences leave any of it open, or say more than loads."""
    low, high = run[0].start, run[-1].end
    text = reading.text[low:high]
    words = vocabulary()
    others = (*cast.technologists, *cast.surgeons, *cast.anesthesia, *cast.assistants)
    if words.regex("load.somebody-else").search(text) or any(surname(p.name) in text.lower() for p in others):
        return []
    people = {name for _, name in named(text, cast)} - {WRITER}
    if None in bounds or len(people) > 1 or any(words.regex(n).search(text) for n in ("load.unsure", "parcel.away", "gap.away")):
        return []
    moments = _moments(reading, times, run)
    moments = sorted([*moments, *stretches(text, low, bounds, moments)], key=lambda moment: moment.low)
    if not moments:
        return []
    pieces = pieces_of(_UP_TO_THEN.sub(r"until\1", _BOTH_SIDES.sub(r"\1or \2", text)), low, moments)
    places = {place for piece in pieces if (place := place_in(piece.text)) is not None}
    if len(places) > 1:
        return []
    day = _Day()
    for piece in pieces:
        day.add(piece)
    return day.parts(bounds)


_BOTH_SIDES = re.compile(r"\b(before\s)and(\s+after)\b", re.I)
_UP_TO_THEN = re.compile(r"\bup to(\s+then)\b", re.I)
"""What is no mark between two pieces: 'before and after that', 'up to then'."""


def _moments(reading: Reading, times: Times, run: Sequence[Unit]) -> list[Moment]:
    """The times of the sentences, each with what the words beside it say of it."""
    out: list[Moment] = []
    words = vocabulary()
    for unit in run:
        floor = unit.start
        for low, high, first, last in items_of(reading, times, unit, list(times.within(unit.start, unit.end))):
            before, behind = reading.text[floor:low], reading.text[high : unit.end]
            floor = high
            way: Way = "span" if last is not None else "point"
            if last is None and words.regex("load.until").search(before):
                way = "end"
            elif last is None and (words.regex("load.from").search(before) or words.regex("parcel.onward").match(behind)):
                way = "start"
            out.append(Moment(low, high, first, last, way))
    return out


_CAME, _OVER = "came", "over"
_THEN = ("parcel.then", "load.then", "load.next")


def _load(text: str) -> Tri | str:
    """What a piece says of cases: one alone, several, that another came or that it was over; None where it says nothing."""
    words = vocabulary()
    came = words.regex("load.came").search(text)
    if came is not None and not denied_before(text, came.start()):
        return _CAME
    if words.regex("load.alone").search(text) is not None:
        return True
    over = words.regex("load.over").search(text) is not None
    several = words.regex("load.several").search(text)
    if several is not None and not over and not denied_before(text, several.start()):
        return False
    load = load_in(text)
    if load is None and not over and (said := caseload(text)) is not None:
        load = said.what == "exclusive"
    if load is None or (over and load is False):
        return _OVER if over else None
    return load


@dataclass(slots=True)
class _Day:
    """What was told so far: loads before and behind minutes, between two of them, and of all the rest."""

    until: list[tuple[int, bool]] = field(default_factory=list)
    since: list[tuple[int, bool]] = field(default_factory=list)
    spans: list[tuple[int, int, bool]] = field(default_factory=list)
    rest: Tri = None
    whole: list[tuple[int, int]] = field(default_factory=list)
    """Intervals that are given for the rest: 'before and after that, from 8:00 to 10:00, I had nothing but this one'."""
    last: Moment | None = None
    """The time that was told last."""
    over: bool = False
    """Whether it ended another case."""
    pending: Tri = None
    """The load of a piece whose time is still to come."""
    waiting: Moment | None = None
    """A time whose load is still to come: 'From 8:00 I had this case | and nothing else'."""
    bare: list[int] = field(default_factory=list)
    """Minutes of which no load is told."""
    bad: bool = False
    excepted: bool = False
    """Whether the load of the last interval is told by what follows: 'alone, except between 8:50 and 9:35, when I also had ...'."""

    def add(self, piece: Piece) -> None:
        """Takes in one piece."""
        words = vocabulary()
        text = piece.text
        load = _load(text)
        if words.regex("load.rest").search(text) and isinstance(load, bool):
            self._all_else(load, piece.moment)
            return
        if piece.strong:
            self.pending = self.waiting = None
        if piece.moment is None:
            self._untimed(text, load)
            return
        if self.excepted:
            self.bad = True  # an exception of several stretches: 'except from 09:00 to 09:30 and from 10:00 to 10:20, when ...'
            return
        excepted = words.regex("load.except").search(text)
        if excepted is not None:
            known = _load(text[: excepted.start()])
            known = self.pending if known is None else known
            if not isinstance(known, bool) or piece.moment.way != "span":
                self.bad = True
                return
            self._all_else(known, None)
            load, self.pending = None, None
            self.excepted = True
        if load is None:
            load = self.pending
            if load is None and self.over and words.regex("load.other-one").search(text):
                load = _OVER
        self._timed(piece.moment, load)
        self.last, self.pending = piece.moment, None
        self.waiting = piece.moment if load is None and not self.excepted else None

    def _all_else(self, load: bool, moment: Moment | None) -> None:
        self.bad = self.bad or (self.rest is not None and self.rest is not load)
        self.rest = load
        if moment is not None:
            self.bad = self.bad or moment.last is None
            self.whole.append((moment.first, moment.last or 0))

    def _untimed(self, text: str, load: Tri | str) -> None:
        words = vocabulary()
        if load is None:
            return
        if self.last is None:
            self.pending = load if isinstance(load, bool) else None
            return
        if self.waiting is not None and isinstance(load, bool):
            self._timed(self.waiting, load)
            self.waiting = None
            return
        minute = self.last.last if self.last.last is not None else self.last.first
        if self.excepted and isinstance(load, bool) and self.last.last is not None:
            self.spans.append((self.last.first, self.last.last, load))
            self.excepted = False
        elif load == _OVER:
            self.over = True
        elif load is True and self.over:
            self.since.append((minute, True))  # 'It closed then, and I stayed with this patient only'
        elif load == _CAME and words.regex("parcel.when").match(text):
            self.since.append((minute, False))
        elif isinstance(load, bool) and words.regex("load.before-that").search(text):
            self.until.append((self.last.first, load))
        elif isinstance(load, bool) and any(words.regex(name).search(text) for name in _THEN):
            self.since.append((minute, load))
        elif isinstance(load, bool) and (minute, load) not in self.since:
            self.pending = load

    def _timed(self, moment: Moment, load: Tri | str) -> None:
        if load is None:
            self.over = False
            self.bare += [m for m in (moment.first, moment.last) if m is not None and not self.excepted]
            return
        several = load is False or load in (_CAME, _OVER)
        if moment.last is not None:
            self.bad = self.bad or load in (_CAME, _OVER)
            self.spans.append((moment.first, moment.last, not several))
        elif load == _OVER or (moment.way == "end" and load != _CAME):
            self.until.append((moment.first, not several))
        else:
            self.since.append((moment.first, not several))
        self.over = load == _OVER

    def parts(self, bounds: Bounds) -> list[tuple[int, int, bool]]:
        """The stretches with their loads, from before the monitoring to behind it."""
        begin, end = bounds
        if self.bad or self.excepted or begin is None or end is None:
            return []
        if any(low > begin or high < end for low, high in self.whole):
            return []
        marks = {minute for minute, _ in (*self.until, *self.since)} | {m for low, high, _ in self.spans for m in (low, high)}
        if any(begin < minute < end and minute not in marks for minute in self.bare):
            return []
        inside = sorted(m for m in marks if begin < m < end)
        out: list[tuple[int, int, bool]] = []
        edges = [BEFORE_ALL, *inside, BEHIND_ALL]
        for low, high in pairwise(edges):
            middle = (max(low, begin) + min(high, end)) / 2
            told = {load for first, last, load in self.spans if first <= middle <= last}
            told |= {load for minute, load in self.until if minute >= end and high == BEHIND_ALL} if not told else set()
            told |= {load for minute, load in self.until if minute == high}
            told |= {load for minute, load in self.since if minute == low or (low == BEFORE_ALL and minute <= begin)}
            if not told and self.rest is not None:
                told = {self.rest}
            if len(told) != 1:
                return []
            out.append((low, high, told.pop()))
        joined: list[tuple[int, int, bool]] = []
        for first, last, alone in out:
            if joined and joined[-1][2] is alone:
                joined[-1] = (joined[-1][0], last, alone)
            else:
                joined.append((first, last, alone))
        return self._from_its_start(joined, begin) if len(joined) > 1 else []

    def _from_its_start(self, parts: list[tuple[int, int, bool]], begin: int) -> list[tuple[int, int, bool]]:
        """The stretches, without another case before the minute from which an interval tells it: a reader may have come earlier."""
        first = [low for low, high, load in self.spans if low <= begin < high and not load]
        if parts[0][2] or not first or any(not load for _, load in self.until):
            return parts
        return [(BEFORE_ALL, min(first), True), (min(first), *parts[0][1:]), *parts[1:]]
