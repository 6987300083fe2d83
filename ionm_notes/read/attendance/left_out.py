"""Lengths at an end of the monitoring that a statement takes out of a stay: 'live from home for all but the first ten minutes'.

What is left out was not watched (`gaps.py` cuts it out), unless the statement says that somebody watched it, from another place or beside
other cases: then nobody can tell here what it was, and it makes a query.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from ionm_notes.read.attendance.anchors import monitored_between, stretches
from ionm_notes.read.attendance.clause_words import load_in
from ionm_notes.read.events import Event
from ionm_notes.read.fields import Fields
from ionm_notes.read.people import Cast
from ionm_notes.read.reading import Reading, Unit
from ionm_notes.read.subject import subject_of
from ionm_notes.read.vocabulary import vocabulary
from ionm_notes.read.whereabouts import phrases_of_place
from ionm_notes.types import Proof

_LONGEST = 240
"""Characters of the longest statement that is searched."""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A length that is taken out of a stay: its minutes, its statement, and where the exception begins.

    `missed`: nothing says that it was watched in some other way.
    """

    first: int
    last: int
    unit: Unit
    told: int
    missed: bool


def lengths_left_out(
    reading: Reading, fields: Fields, cast: Cast, events: tuple[Event, ...], known: Collection[tuple[int, int]] = ()
) -> Iterator[LeftOut]:
    """Every length that a statement takes out of the professional's stay. `known`: sentences read already."""
    words, bounds = vocabulary(), monitored_between(events)
    for unit in dict.fromkeys(unit for unit, _ in reading.told(words.patterns["parcel.stretch"])):
        text = reading.unit_text(unit)
        if len(text) > _LONGEST or (unit.start, unit.end) in known:
            continue
        for length in stretches(text, unit.start, bounds, ()):
            before, behind = text[: length.low - unit.start], text[length.high - unit.start :]
            taken = words.regex("parcel.left-out").search(before)
            if taken is None or length.last is None:
                continue
            stay, told = before[: taken.start()], unit.start + taken.start()
            attends = words.regex("interval.attends").search(stay) is not None or phrases_of_place(stay)
            if attends and subject_of(reading, unit, told, cast, fields)[0] in ("professional", ""):
                yield LeftOut(length.first, length.last, unit, told, missed=_missed(stay, behind))


def _missed(stay: str, behind: str) -> bool:
    """Whether what is left out was not watched: it is left out of a stay at some place and of no load or place, and nobody stood in.

    'She watched all but the last half hour', without a word of where, is no stay that minutes can be cut out of: it is asked about.
    """
    if not phrases_of_place(stay):
        return False
    clause = stay.rpartition(",")[2] if stay.rstrip(" ,").rpartition(",")[1] else stay
    watched = any(vocabulary().regex(name).search(behind) for name in ("gap.not", "gap.watching"))
    return not (watched or phrases_of_place(behind) or load_in(clause) is not None or load_in(behind) is not None)


def lengths_unread(
    reading: Reading, fields: Fields, cast: Cast, events: tuple[Event, ...], known: Collection[tuple[int, int]]
) -> Proof:
    """The statements whose lengths were left out and yet watched, in a way that nothing here reads."""
    found = {one.unit.start: one.unit for one in lengths_left_out(reading, fields, cast, events, known) if not one.missed}
    return tuple(reading.evidence(unit.start, unit.end) for unit in found.values())
