"""A stay at the watch as prose tells it, whoever put it together; ends that the prose leaves to the monitoring are marked, not filled.

Made by `shares.py` from statements that share the day out, and by `course_of_watch.py` from the course of a watch; `spell_of` hands a stay to
the rest of the reading. Read on for what is known of such a stay; how two of them lie to one another is in `watch_time.py`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import NamedTuple, TypeVar

from ionm_notes.read.attendance.model import Spell
from ionm_notes.read.attendance.watch_time import WatchTime, ends
from ionm_notes.read.events import Event
from ionm_notes.read.reading import Unit
from ionm_notes.types import Mode, Tri


class Told(NamedTuple):
    """Where a stay is told: offsets into the document, and the statement."""

    low: int
    high: int
    unit: Unit


@dataclass(slots=True)
class Stay(WatchTime):
    """A stay of somebody at the watch: its minutes, where it was, and whether this patient had it alone."""

    mode: Mode | None = None
    alone: Tri = None
    to_end: bool = False
    """It went on to the end of monitoring, in words."""
    from_start: bool = False
    """It is told by its end alone, as what went on until then: it began when monitoring did."""
    told: list[Told] = field(default_factory=list)


Kind = TypeVar("Kind", bound=Stay)


def without(stay: Kind, low: int, high: int) -> Iterator[Kind]:
    """The parts of a stay that a stretch taken out of it leaves."""
    first, last = ends(stay)
    if high <= first or last <= low:
        yield stay
        return
    if first < low:
        yield replace(stay, last=low, to_end=False)
    if high < last:
        yield replace(stay, first=high, from_start=False)


def spell_of(stay: Stay, notes: tuple[tuple[int, int], ...] = ()) -> Spell:
    """The spell of attendance that a stay is. `notes`: sentences beside its own that are read with it."""
    low, high, unit = stay.told[0]
    event = Event("attend", "span", stay.first or 0, stay.last, "narrative", low, high, (low, high), unit)
    return Spell(
        stay.who,
        stay.first,
        stay.last,
        False,
        stay.mode,
        [event],
        (unit.start, unit.end),
        stay.alone,
        ledger=True,
        notes=notes,
        from_start=stay.from_start,
        to_end=stay.to_end,
    )
