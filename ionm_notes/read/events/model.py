"""What a reading calls an event: its kind, its minutes and the text that proves it; and the clock times it is made of."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Literal

from ionm_notes.ingest.visual import ZONE
from ionm_notes.read.clock import Clock
from ionm_notes.read.clock_ranges import Range
from ionm_notes.read.dates import DateMention
from ionm_notes.read.expression import Expression
from ionm_notes.read.reading import Reading, Unit
from ionm_notes.types import Origin

Phase = Literal["start", "end", "span", "point"]
STAGES = frozenset({"setup", "baseline", "monitoring", "removal"})
"""The kinds of events that are a stage of the technologist's work."""
PHASE = "phase"
"""The kind of an entry that names the phase which a program is in, before `phases.py` says what begins and ends there."""
PARTS = STAGES | {"interruption"}
"""The kinds of events that take minutes of the timeline: a stage, or what breaks one."""


LONGEST_CASE = timedelta(days=3)
"""The dates of a log of one operation lie no further apart: what does is a date of birth or of a report."""


@dataclass(frozen=True, slots=True)
class Event:
    """`kind` as in events.toml ('monitoring', 'setup', 'professional', 'patient.in' ...).

    `first`/`last`: minutes after midnight of the day of service (over 1440 on the next day); `last` only for a span.
    `start`..`end`: the text that proves it; `clause`: the text it was read from; `group`: number of its log, -1 outside.
    """

    kind: str
    phase: Phase
    first: int
    last: int | None
    origin: Origin
    start: int
    end: int
    clause: tuple[int, int]
    unit: Unit
    group: int = -1
    exact: bool = True
    guess: float = 0.0
    """The confidence, 0 to 1, of an event that a trained model found; 0 where patterns found it."""


@dataclass(frozen=True, slots=True)
class Times:
    """Clock times, ranges and dates of a reading, with am/pm settled (`minute` by start offset)."""

    clocks: tuple[Clock, ...]
    ranges: tuple[Range, ...]
    minute: dict[int, int]
    dates: tuple[DateMention, ...]
    leads: frozenset[int]
    first_dated: date | None = None
    """The first day that stands before the time that begins a row."""
    turned: frozenset[int] = frozenset()
    """Offsets of the times under a heading of ends whose place their starts were given, so that the start is met first."""
    clock_starts: tuple[int, ...] = field(init=False, repr=False)
    date_starts: tuple[int, ...] = field(init=False, repr=False)
    spans: dict[int, Range] = field(init=False, repr=False)
    """Ranges by the offset of their first time."""
    seconds: frozenset[int] = field(init=False, repr=False)
    """Offsets of the second times of ranges."""

    def __post_init__(self) -> None:
        # Stretches are asked for hundreds of times a page.
        object.__setattr__(self, "clock_starts", tuple([clock.start for clock in self.clocks]))
        object.__setattr__(self, "date_starts", tuple([day.start for day in self.dates]))
        object.__setattr__(self, "spans", {item.first.start: item for item in self.ranges})
        object.__setattr__(self, "seconds", frozenset([item.last.start for item in self.ranges]))

    def within(self, low: int, high: int) -> tuple[Clock, ...]:
        """The clock times that begin in a stretch of the text."""
        return self.clocks[bisect_left(self.clock_starts, low) : bisect_left(self.clock_starts, high)]

    def dates_within(self, low: int, high: int) -> tuple[DateMention, ...]:
        """The dates that begin in a stretch of the text."""
        return self.dates[bisect_left(self.date_starts, low) : bisect_left(self.date_starts, high)]


@dataclass(frozen=True, slots=True)
class Hit:
    """A stretch of text that a pattern claims: kind, phase and offsets."""

    kind: str
    phase: Phase
    start: int
    end: int


BETWEEN = re.compile(
    rf"[\s\d:.;,h()\[\]>~–—/-]*(?:(?:[ap]\.?m?\.?|{ZONE}|hrs?|hours|h|to|until|till|through|thru|and|from)[\s\d:.;,()\[\]>~–—/-]*)*",
    re.I,
)
"""What may stand between two times, and around them where nothing else does."""


ONLY_TIME = re.compile(
    r"^[\s(~=:]*(?:\d{4}-\d\d-\d\d[T\s]\s*|\d{1,2}[/.-](?:\d{1,2}|[A-Z][a-z]{2,8})[/.-]\d{2,4},?\s+|\d{8}T?(?=\d{4})|(?:[A-Z][a-z]{2}\.?,?\s+)?(?:\d{1,2}[ .-][A-Z][a-z]{2,8}|[A-Z][a-z]{2,8}\.?\s\d{1,2}|\d{1,2}/\d{1,2})\.?,?\s+)?(?:[\d:.;]{1,8}|\d{1,2}h\d\d)\s*(?:[ap]\.?m?\.?|hrs?|h|hours|z)?"
    rf"(?:\s(?:{ZONE}|local))?[\s)]*"
    r"(?:[(,+]?\s*(?:\+\s*1(?:\s*d(?:ay)?)?|(?:on\s+)?(?:the\s+)?(?:next|following)\s+(?:day|morning)|\d{1,2}[ ./-](?:\d{1,2}|[A-Za-z]{3,9})(?:[ ./-]\d{2,4})?|[A-Za-z]{3,9}\.?\s\d{1,2}(?:,?\s\d{4})?)\s*\)?\s*)?$",
    re.I,
)
"""A cell that holds a clock time alone, or one with a note of its day: '02:31 (14 Dec)', '0214 (+1)'."""


def cells_of(reading: Reading, unit: Unit) -> list[tuple[int, int]]:
    """Character ranges of the cells of a row."""
    cells, low = [], unit.start
    for cell in reading.text[unit.start : unit.end].split("\t"):
        cells.append((low, low + len(cell)))
        low += len(cell) + 1
    return cells


def column_of(names: Sequence[str], heading: Expression) -> int | None:
    """The number of the first column whose name an expression finds."""
    return next((number for number, name in enumerate(names) if heading.search(name)), None)


def nearest(hits: list[Hit], at: int) -> Hit | None:
    """The last hit of a stretch that says something about the day: the one nearest to a time behind the stretch."""
    useful = [h for h in hits if h.kind not in ("signals", "other-case")]
    return useful[-1] if useful else None
