"""Sentences that tell the course of a watch, taken apart: clauses with their times (what each tells: `course_acts.py`).

'I was in the room until 09:30, when Dr. A took my chair; I was back at 09:50.' Times may be told in words: 'the end of monitoring',
'twenty minutes after monitoring had begun', 'the first half hour', 'after that'. `coverage.py` puts the clauses together again.
Words: `patterns/coverage.toml`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest
from typing import Literal

from ionm_notes.read.attendance.anchors import minutes_in
from ionm_notes.read.attendance.clause_words import marks_in
from ionm_notes.read.attendance.stays import Told
from ionm_notes.read.attendance.times_told import TimeTold, without_times
from ionm_notes.read.attendance.watch_time import Bounds, night_minute
from ionm_notes.read.events import Times
from ionm_notes.read.reading import Reading, Unit
from ionm_notes.read.vocabulary import vocabulary


@dataclass(frozen=True, slots=True)
class CourseTime(TimeTold):
    """A time by the clock, or words that tell one; `that`: it is counted from what was told last, before or behind it."""

    whole: bool = False
    """All of the monitoring, in words."""
    that: Literal["before", "after", ""] = ""
    end: bool = False
    """The end of monitoring, in words."""
    worded: bool = False
    """No clock time stands there."""
    rest: bool = False
    """All the time that is left: 'for the rest of the monitoring'."""


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause of a sentence: its words without times, offsets into the document, its times, and which sentence it is of."""

    text: str
    low: int
    high: int
    moments: tuple[CourseTime, ...]
    statement: int
    sentence: int
    unit: Unit

    @property
    def told(self) -> Told:
        """Where it stands."""
        return Told(self.low, self.high, self.unit)

    def before(self, moment: CourseTime) -> str:
        """The words before one of its times, behind the time before that."""
        floor = max((one.high for one in self.moments if one.high <= moment.low), default=self.low)
        return self.text[floor - self.low : moment.low - self.low]

    def behind(self, moment: CourseTime) -> str:
        """The words behind one of its times, before the next one."""
        ceiling = min((one.low for one in self.moments if one.low >= moment.high), default=self.high)
        return self.text[moment.high - self.low : ceiling - self.low]


def moments_of(reading: Reading, times: Times, units: Sequence[Unit], bounds: Bounds) -> list[CourseTime] | None:
    """The times of some sentences, by the clock and in words; None where words tell one that the record does not give by the clock."""
    clocks = [_in_the_night(moment, bounds) for unit in units for moment in _clocks(reading, times, unit)]
    out = list(clocks)
    text = reading.text[units[0].start : units[-1].end]
    for found in _worded(text, units[0].start, bounds):
        if found is None:
            return None
        if any(found.low < known.high and known.low < found.high for known in out):
            continue
        if found.end and any(_REST.fullmatch(reading.text[found.low : known.low]) for known in clocks):
            continue  # 'for all the rest from 08:00 to 10:00'
        beside = next((known for known in clocks if _says_again(reading.text[found.high : known.low], found, known)), None)
        if beside is None:
            out.append(found)
        elif found.last is None:  # 'until monitoring ended at 10:00'
            out[out.index(beside)] = CourseTime(found.low, beside.high, beside.first, beside.last, end=found.end)
    return sorted(out, key=lambda moment: moment.low)


def _clocks(reading: Reading, times: Times, unit: Unit) -> Iterator[CourseTime]:
    """The clock times of a sentence, two of them as one interval where nothing but 'to' or 'until' stands between them."""
    clocks = times.within(unit.start, unit.end)
    skip = False
    for clock, following in zip_longest(clocks, clocks[1:]):
        if skip:
            skip = False
            continue
        between = reading.text[clock.end : following.start] if following else ""
        before = reading.text[max(unit.start, clock.start - _LENGTH) : clock.start]
        if following and (_TO.fullmatch(between) or (_AND.fullmatch(between) and _BETWEEN.search(before))):
            skip = True
            yield CourseTime(clock.start, following.end, times.minute[clock.start], times.minute[following.start])
        else:
            yield CourseTime(clock.start, clock.end, times.minute[clock.start])


def _in_the_night(moment: CourseTime, bounds: Bounds) -> CourseTime:
    """A time on the day on which it falls within a monitoring that passed midnight."""
    first = night_minute(moment.first, bounds)
    return replace(moment, first=moment.first if first is None else first, last=night_minute(moment.last, bounds))


_TO = re.compile(
    r"\s*(?:hrs?|hours?)?\s*(?:[-–—]|to|until|till?|through|thru)\s*(?:about\s+)?"
    r"(?:(?:\d{1,2}[/.-]?)?[a-z]{3,9}[/. -]?(?:\d{1,2},\s)?\d{2,4}[:/,]?\s*)?",
    re.I,
)
"""What stands between the two times of an interval; the second may have its date before it: 'to 14APR2026:10:45'."""
_AND = re.compile(r"\s*(?:hrs?|hours?)?\s*(?:and|&)\s*", re.I)
_BETWEEN = re.compile(r"\bbetween\W+(?:the\s+hours\s+of\s+)?$", re.I)
_REST = re.compile(
    r"(?:for\s+)?(?:all\s+)?the\s+(?:rest|remainder)(?:\s+of\s+(?:the\s+)?\w+)?\W*(?:from|between|i\.e\.)?\s*", re.I
)
_BESIDE = re.compile(r"\s*(?:[,(]\s*)?(?:at|by|on|i\.e\.|that\s+is)?\s*(?:about\s+)?")


def _says_again(between: str, words: CourseTime, clock: CourseTime) -> bool:
    """Whether a clock time right behind a time in words gives the same one."""
    if clock.low < words.high or words.that or words.whole or _BESIDE.fullmatch(between) is None:
        return False
    return words.last is None or (words.first, words.last) == (clock.first, clock.last)


def _worded(text: str, low: int, bounds: Bounds) -> Iterator[CourseTime | None]:
    """The times that words tell; None for each that cannot be had by the clock."""
    words = vocabulary()
    first, last = bounds
    taken: list[tuple[int, int]] = []
    for found in words.regex("coverage.stretch").finditer(text):
        minutes = minutes_in(found["long"])
        begin = first if found["opening"] else None if last is None else last - minutes
        taken.append(found.span())
        yield (
            None
            if begin is None or not minutes
            else CourseTime(low + found.start(), low + found.end(), begin, begin + minutes, worded=True)
        )
    for name, minute in (("coverage.start", first), ("coverage.end", last)):
        for found in words.regex(name).finditer(text):
            if any(a < found.end() and found.start() < b for a, b in taken):
                continue
            start, at = found.start(), minute
            length = words.regex("coverage.offset").search(text, max(0, start - _LENGTH), start)
            if length is not None and at is not None:
                counted = minutes_in(length["long"])
                if not counted or (length["after"] is None) != (name == "coverage.end"):
                    yield None
                    continue
                at, start = at + (counted if length["after"] else -counted), length.start()
            taken.append((start, found.end()))
            rest = _REST.fullmatch(found.group()) is not None
            ends = name == "coverage.end" and not length
            yield None if at is None else CourseTime(low + start, low + found.end(), at, end=ends, worded=True, rest=rest)
    for found in words.regex("coverage.whole").finditer(text):
        if not any(a < found.end() and found.start() < b for a, b in taken):
            whole = CourseTime(low + found.start(), low + found.end(), first or 0, last, whole=True)
            yield whole if None not in bounds else None
    yield from (
        CourseTime(low + m.start(), low + m.end(), 0, that="before") for m in words.regex("coverage.before-that").finditer(text)
    )
    yield from (
        CourseTime(low + m.start(), low + m.end(), 0, that="after") for m in words.regex("coverage.after-that").finditer(text)
    )


_LENGTH = 48
"""Characters of the longest length before 'after monitoring had begun'."""


def clauses_of(text: str, units: Sequence[Unit], moments: Sequence[CourseTime]) -> list[Clause]:
    """The clauses of some sentences, of which this is the text, in order."""
    low = units[0].start
    plain = without_times(text, low, moments, every_stop=True)
    cuts = [(m.start(), m.end(), m["strong"]) for m in marks_in(plain)]
    cuts = sorted([*cuts, *((m.start(), m.end(), None) for m in _BUT.finditer(plain))])
    out: list[Clause] = []
    statement = sentence = begin = 0
    for start, end, strong in [*cuts, (len(plain), len(plain), None)]:
        own = tuple(m for m in moments if low + begin <= m.low < low + start)
        if own or plain[begin:start].strip(" ,;:.()\t\n"):
            unit = next((one for one in units if low + begin < one.end), units[-1])
            out.append(Clause(plain[begin:start], low + begin, low + start, own, statement, sentence, unit))
        statement += strong is not None
        sentence += strong is not None and ";" not in strong
        lead = plain[start:end].strip()
        begin = start if lead.isalpha() else end  # 'when', 'then', 'who' tell how a clause goes on
    return out


_BUT = re.compile(r"(?<=\s)(?<!nobody\s)(?<!no\sone\s)(?<!nothing\s)(?<!none\s)(?<!anything\s)but\b(?!\s+for\b)", re.I)
