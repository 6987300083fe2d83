"""A line of time with the parts of the day between their ends: '07:10 |-- setup --| 07:32   07:35 |-- baselines --| 07:44'."""

from __future__ import annotations

import re
from itertools import pairwise

from ionm_notes.read.clock import Clock
from ionm_notes.read.events.labels import of_label
from ionm_notes.read.events.model import PARTS, Event, Times
from ionm_notes.read.reading import Reading, Unit

_LINKED = re.compile(
    r"[\s|\[(<]*(?:[-–—=~_.>→|]+|\.{2,})[\s\[(<]*(?P<label>[A-Za-z][^|\[\]<>→=~_]{1,40}?)[\s\])<]*[-–—=~_.>→|]+[\s|\])>]*"
)
"""What joins two times with the part between them."""
_APART = re.compile(r"[\s|;,/·.–—-]*")


def strip(reading: Reading, times: Times, unit: Unit, clocks: list[Clock]) -> list[Event] | None:
    """Events of a line that begins and ends with a time and has parts of the day between its times; None if it is none."""
    text = reading.text
    if (
        len(clocks) < 2
        or text[unit.start : clocks[0].start].rpartition(":")[2].strip(" \t|[(")
        or text[clocks[-1].end : unit.end].strip(" \t|.])")
    ):
        return None
    events: list[Event] = []
    for first, last in pairwise(clocks):
        low, high = first.end, last.start
        joined = _LINKED.fullmatch(text[low:high])
        if joined is None:
            if _APART.fullmatch(text[low:high]):
                continue
            return None
        place = (low + joined.start("label"), low + joined.end("label"))
        hit = of_label(joined["label"], *place, interval=True)
        if hit is not None and hit.phase != "span":
            return None
        if hit is not None and hit.kind in PARTS | {"attend"}:
            whole = (first.start, last.end)
            events.append(
                Event(hit.kind, "span", times.minute[first.start], times.minute[last.start], "header", *whole, whole, unit)
            )
    return events or None
