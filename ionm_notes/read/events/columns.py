"""What the heading of a table says of the times in its columns: the end before the start, a length, time since the start, am or pm.

'Until | From | Activity' over '08:14 | 07:32 | placing electrodes', 'Elapsed | Clock | Entry' over '0:28:32 | 07:26:44 | set-up done'.
Whoever reads the rows afterwards finds the start before the end, and no length among the clock times. Where no heading says it,
a column whose times run beside another one from nought on, always as far from it, is the time since the start.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from ionm_notes.read.clock import Clock
from ionm_notes.read.clock_ranges import half_of
from ionm_notes.read.events.model import ONLY_TIME, cells_of
from ionm_notes.read.reading import Reading, Unit
from ionm_notes.read.vocabulary import vocabulary

Role = Literal["from", "to", "length", "time", ""]
_ROWS = 200
"""Rows below a heading that are of its table."""
_FEWEST = 3
"""Rows in which a column without a heading must run beside the clock to be the time since the start."""
_BEGINS = 30
"""Minutes at most that have passed since the start in the first row of such a column."""


@dataclass(slots=True)
class Columns:
    """Offsets of figures that are no clock times, couples whose end stands before the start, and the half of the day by offset."""

    lengths: set[int] = field(default_factory=set)
    turned: list[tuple[int, int]] = field(default_factory=list)
    halves: dict[int, str] = field(default_factory=dict)


def read_columns(reading: Reading, clocks: Sequence[Clock]) -> Columns:
    """What the tables of a text say of the times in their columns."""
    found = Columns()
    by_unit: dict[int, list[Clock]] = {}
    for clock in clocks:
        unit = reading.unit_at(clock.start)
        if unit is not None and unit.kind == "row":
            by_unit.setdefault(unit.start, []).append(clock)
    for unit, roles in _headings(reading, by_unit):
        _of_heading(reading, unit, roles, by_unit, found)
    _beside_the_clock(reading, by_unit, found)
    return found


def without_lengths(clocks: tuple[Clock, ...], columns: Columns) -> tuple[Clock, ...]:
    """The clock times that are such, with am or pm where the heading of their column says it."""
    kept = (clock for clock in clocks if clock.start not in columns.lengths)
    return tuple(_halved(clock, columns.halves.get(clock.start)) for clock in kept)


def _halved(clock: Clock, half: str | None) -> Clock:
    return (
        clock if half is None or clock.meridiem is not None else replace(clock, minute=half_of(clock.minute, half), meridiem=half)
    )


def turn(minutes: dict[int, int], columns: Columns) -> None:
    """Puts the minutes of each start before those of its end, where a heading says that the ends stand first."""
    for end, start in columns.turned:
        minutes[end], minutes[start] = minutes[start], minutes[end]


def _headings(reading: Reading, timed: dict[int, list[Clock]]) -> Iterator[tuple[Unit, list[tuple[Role, str]]]]:
    """Each row that heads columns of times of which something is to be told, with the roles of its cells."""
    for heading in vocabulary().regex("column.heading").finditer(reading.text):
        unit = reading.unit_at(heading.start())
        if unit is None or unit.kind != "row" or unit.start in timed:
            continue
        roles = [_role(reading.text[low:high]) for low, high in cells_of(reading, unit)]
        named = [role for role, _ in roles if role and role != "length"]
        if named:
            yield unit, roles


def _role(name: str) -> tuple[Role, str]:
    """What the name of a column says of its times, and which half of the day they are in."""
    words = vocabulary()
    half = _HALF.search(name)
    bare = _HALF.sub("", name)
    roles: tuple[Role, ...] = ("length", "from", "to", "time")
    role: Role = next((role for role in roles if words.regex(f"column.{role}").fullmatch(bare.strip(" \t.:*"))), "")
    return role, half["half"].lower() if half and role not in ("", "length") else ""


_HALF = re.compile(r"[(\[,]?\s*\b(?P<half>[ap])\.?\s?m\b\.?\s*[)\]]?", re.I)


def _of_heading(
    reading: Reading, heading: Unit, roles: list[tuple[Role, str]], timed: dict[int, list[Clock]], found: Columns
) -> None:
    """Takes down what a heading says of the rows of its table."""
    at, turned = reading.index_of(heading) + 1, _turned([role for role, _ in roles])
    for unit in reading.units[at : at + _ROWS]:
        if unit.kind != "row":
            break
        clocks = timed.get(unit.start, [])
        if not clocks and _heads(reading, unit):
            break
        cells = cells_of(reading, unit)
        if not clocks or len(cells) > len(roles):
            continue
        own = [[c for c in clocks if low <= c.start < high] for low, high in cells]
        for (role, half), inside in zip(roles, own, strict=False):
            if role == "length":
                found.lengths.update(c.start for c in inside)
            elif half:
                found.halves.update((c.start, half) for c in inside)
        for end, start in turned:
            if start < len(own) and len(own[end]) == len(own[start]) == 1:
                found.turned.append((own[end][0].start, own[start][0].start))


def _turned(roles: Sequence[Role]) -> list[tuple[int, int]]:
    """The couples of columns of which the first is of ends and the next one of times is of starts."""
    couples: list[tuple[int, int]] = []
    begun, end = False, None
    for number, role in enumerate(roles):
        if role == "length":
            continue
        if role == "from" and end is not None:
            couples.append((end, number))
            begun, end = False, None
        elif role == "to" and not begun:
            end = number
        else:
            begun, end = role == "from", None
    return couples


def _heads(reading: Reading, unit: Unit) -> bool:
    """Whether a row without times is the heading of the next table: two of its cells are names of columns of times."""
    return sum(bool(_role(reading.text[low:high])[0]) for low, high in cells_of(reading, unit)) > 1


def _beside_the_clock(reading: Reading, timed: dict[int, list[Clock]], found: Columns) -> None:
    """Takes down the columns of time since the start that no heading names."""
    pairs: dict[tuple[int, int], list[tuple[Clock, Clock]]] = {}
    for start, clocks in timed.items():
        if len(clocks) < 2 or any(c.start in found.lengths for c in clocks[:2]):
            continue
        text = reading.text[start : clocks[1].end + 8]
        if text.count("\t") < 1:
            continue
        unit = reading.unit_at(start)
        cells = cells_of(reading, unit) if unit is not None else []
        places = [next((n for n, (low, high) in enumerate(cells) if low <= c.start < high), -1) for c in clocks[:2]]
        if places[1] != places[0] + 1 or not all(ONLY_TIME.match(reading.text[slice(*cells[n])]) for n in places):
            continue
        pairs.setdefault((places[0], places[1]), []).append((clocks[0], clocks[1]))
    for couples in pairs.values():
        if len(couples) < _FEWEST:
            continue
        for since, clock in ((0, 1), (1, 0)):
            apart = Counter((couple[clock].minute - couple[since].minute) % 720 for couple in couples)
            (most, _), *_ = apart.most_common(1)
            near = sum(count for value, count in apart.items() if abs(value - most) <= 1)
            begins = min(couple[since].minute for couple in couples) <= _BEGINS
            plain = all(couple[since].meridiem in (None, "24") for couple in couples)
            spread = len({couple[since].minute for couple in couples}) == len(couples) or len(couples) > _FEWEST
            if near == len(couples) and begins and plain and spread and most > _BEGINS:
                found.lengths.update(couple[since].start for couple in couples)
                break
