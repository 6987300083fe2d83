"""The clock times of a sentence or free row, each alone or two that are an interval though words stand between them."""

from __future__ import annotations

import re

from ionm_notes.read.clock import Clock
from ionm_notes.read.events.couples import paired
from ionm_notes.read.events.model import Times
from ionm_notes.read.reading import Reading, Unit

Item = tuple[int, int, int, int | None]
"""Where one time or an interval stands (start, end), its first minute, and its last or None."""


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
            if (len(gap) <= 110 and FROM.search(before) and _TILL.search(gap) and ";" not in gap) or paired(before, gap):
                nxt = clocks[index + 1]
                items.append((clock.start, nxt.end, times.minute[clock.start], times.minute[nxt.start]))
                skip = True
                continue
        items.append((clock.start, clock.end, times.minute[clock.start], None))
    return items


FROM = re.compile(
    r"\bfrom\s+(?:about |approximately )?$|\bfrom\s+(?:the\s+)?(?:very\s+)?(?:start|beginning|onset|opening)\s+of\s+(?:the\s+)?"
    r"(?:monitoring|recording|surveillance|watch)[\s,(]*(?:at\s+)?$",
    re.I,
)
_TILL = re.compile(
    r"\b(?:over|done|finished|complete|completed|ended|closed|concluded|through)\s+(?:by|at)\s+$|,\s(?:and\s)?(?:un)?til(?:l)?\s+(?:about )?$|\buntil\s+$|^\W*(?:un)?(?:till?|to|through)\s+(?:the\s+)?(?:very\s+)?"
    r"(?:end|close|stop|finish|conclusion|completion)\s+of\s+(?:the\s+)?(?:monitoring|recording|surveillance|watch)[\s,(]*(?:at\s+)?$"
    r"|^\s*,\s+(?:when|as|with|once|by\s+(?:which|that)\s+time|at\s+which\s+\w+)\b[^.;:\d\n]{3,80},\s+(?:and\s+)?(?:to|until|till)\s+$"
    r"|^\W{0,3}(?:just|directly|shortly|immediately|right|with|in|after|before|following)\b[^.;:\d\n]{2,50}[,)]\s+(?:up\s+)?(?:to|through|thru)\s+$",
    re.I,
)
"""'from 12:32 until the end of monitoring at 16:52': one interval, though words stand between its times."""
