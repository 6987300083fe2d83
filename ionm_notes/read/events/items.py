"""The clock times of a sentence or free row, each alone or two that are an interval though words stand between them."""

from __future__ import annotations

from ionm_notes.read.clock import Clock
from ionm_notes.read.events.couples import paired
from ionm_notes.read.events.model import Times
from ionm_notes.read.expression import Expression
from ionm_notes.read.reading import Reading, Unit
from ionm_notes.read.vocabulary import vocabulary

Item = tuple[int, int, int, int | None]
"""Where one time or an interval stands (start, end), its first minute, and its last or None."""


def around(name: str) -> Expression:
    """The expression of words round a clock time, by its name in `patterns/clauses.toml`."""
    return vocabulary().regex(f"clause.{name}")


def items_of(reading: Reading, times: Times, unit: Unit, clocks: list[Clock]) -> list[Item]:
    """Clock times of a unit, ranges that words split joined."""
    spans = {r.first.start: r for r in times.ranges if r.end <= unit.end}
    seconds = {r.last.start for r in spans.values()}
    items: list[Item] = []
    skip = False
    for index, clock in enumerate(clocks):
        if skip or clock.start in seconds:
            skip = False
            continue
        if clock.start in spans:
            item = spans[clock.start]
            items.append((item.start, item.end, times.minute[clock.start], times.minute[item.last.start]))
            continue
        if index + 1 < len(clocks) and clocks[index + 1].start not in spans:
            gap = reading.text[clock.end : clocks[index + 1].start].removeprefix("]").removesuffix("[")
            before = reading.text[max(unit.start, clock.start - 60) : clock.start].removesuffix("[")
            if (len(gap) <= 110 and around("from").search(before) and around("till").search(gap) and ";" not in gap) or paired(
                before, gap
            ):
                nxt = clocks[index + 1]
                items.append((clock.start, nxt.end, times.minute[clock.start], times.minute[nxt.start]))
                skip = True
                continue
        items.append((clock.start, clock.end, times.minute[clock.start], None))
    return items
