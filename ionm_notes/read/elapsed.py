"""Logs whose entries count from a zero: '+0:22 set-up complete' after 'T0 = 07:10' is an entry of 07:32.

Where the zero is not stated, or stated twice, such figures are no clock times and are left out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from ionm_notes.read.clock import DAY, Clock
from ionm_notes.read.reading import Reading, Unit
from ionm_notes.read.vocabulary import vocabulary

_SIGNED = re.compile(
    r"[^\w+−-]{0,2}(?P<whole>(?:T\s?)?(?P<sign>[+−]|(?<=T)-|(?<=T )-|-(?=\d\d?:\d\d))\s?(?:(?P<h>\d{1,2}):(?P<m>[0-5]\d)(?::[0-5]\d)?|(?P<hours>\d{1,2})\s?h\s?(?P<rest>[0-5]?\d)?\s?(?:m(?:in)?)?"
    r"|(?P<only>\d{1,3})(?:\s?(?:min(?:utes?)?\b\.?|m\b|['′]))?))(?![\w:])"
)
"""The head of an entry so many hours and minutes, or minutes, behind the zero or before it."""
_PLAIN = re.compile(r"\W{0,2}(?P<h>\d{1,2}):(?P<m>[0-5]\d)(?::[0-5]\d)?(?![\w:])")
_MINUTES = re.compile(r"\s*(?P<only>\d{1,3})\s*(?:min\b\.?|['′])?\s*\t")
_FEWEST = 4
_BEGINS = 10
"""Minutes at most at which a log without signs begins to count."""


@dataclass(frozen=True, slots=True)
class _Entry:
    """The figures at the head of an entry, and the minutes that they say have passed."""

    start: int
    end: int
    passed: int


def with_elapsed(reading: Reading, clocks: tuple[Clock, ...]) -> tuple[Clock, ...]:
    """The clock times, with those of entries that count from a zero, and without the figures of such that have none."""
    told = [unit for unit in reading.units if _speaks(reading, unit)] if _may(reading.text) else []
    if not told:
        return clocks
    own = {unit.start: [c for c in clocks if unit.start <= c.start < unit.end] for unit in reading.units}
    signed, plain = _entries(reading, told, own)
    entries = signed or plain
    if len(entries) < _FEWEST:
        return clocks
    heads = {entry.start for entry in entries}
    lines = {(reading.text.rfind("\n", 0, unit.start) + 1, unit.end) for unit in told}
    zeros = {
        here[0].minute
        for low, high in lines
        if len(here := [c for c in clocks if low <= c.start < high]) == 1 and here[0].start not in heads
    }
    zero = zeros.pop() if len(zeros) == 1 else None
    taken = {at for entry in entries for at in range(entry.start, entry.end)}
    kept = [c for c in clocks if c.start not in taken]
    if zero is not None:
        kept += [Clock(e.start, e.end, (zero + e.passed) % DAY, "24", "elapsed") for e in entries]
    return tuple(sorted(kept, key=lambda clock: clock.start))


def _may(text: str) -> bool:
    return "+" in text or "lapsed" in text or "ELAPSED" in text


def _speaks(reading: Reading, unit: Unit) -> bool:
    """Whether a statement says that times are counted, or gives their zero."""
    return unit.kind != "running" and vocabulary().regex("elapsed.said").search(reading.text, unit.start, unit.end) is not None


def _entries(reading: Reading, told: list[Unit], own: dict[int, list[Clock]]) -> tuple[list[_Entry], list[_Entry]]:
    """Entries with a sign before their figures, and those without one below the words that say that they count."""
    signed: list[_Entry] = []
    plain: list[_Entry] = []
    for unit in reading.units:
        if unit.kind == "running":
            continue
        if match := _SIGNED.match(reading.text, unit.start, unit.end):
            if not any(clock.start >= match.end() for clock in own[unit.start]):
                signed.append(_entry(match, -1 if match["sign"] in "-−" else 1))
        elif unit.start > told[0].start and unit not in told and len(own[unit.start]) < 2:
            match = _PLAIN.match(reading.text, unit.start, unit.end) or _MINUTES.match(reading.text, unit.start, unit.end)
            if match:
                plain.append(_entry(match, 1))
    counts = any(vocabulary().regex("elapsed.counts").search(reading.text, unit.start, unit.end) for unit in told)
    rising = all(one.passed <= other.passed for one, other in pairwise(plain))
    return signed, plain if counts and rising and plain and plain[0].passed <= _BEGINS else []


def _entry(match: re.Match[str], sign: int) -> _Entry:
    groups = match.groupdict()
    hours, minutes = groups.get("h") or groups.get("hours") or 0, groups.get("m") or groups.get("rest") or groups.get("only") or 0
    name = next(name for name in ("whole", "h", "hours", "only") if groups.get(name))
    return _Entry(match.start(name), match.end(), sign * (int(hours) * 60 + int(minutes)))
