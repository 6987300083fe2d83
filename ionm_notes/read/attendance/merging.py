"""Brings what a log and what a statement say of the same spell together; contradictions are kept."""

from __future__ import annotations

from ionm_notes.read.attendance.model import Spell
from ionm_notes.read.attendance.watch_time import Bounds, inside, overlap
from ionm_notes.read.clock import ROUNDS_UP
from ionm_notes.read.reading import Reading
from ionm_notes.read.segments import clock_text
from ionm_notes.types import TimeConflict


def merge_spells(
    reading: Reading, spells: list[Spell], stated: list[Spell], conflicts: list[TimeConflict], monitored: Bounds = (None, None)
) -> list[Spell]:
    """Log spells outrank stated intervals of the same person; equal ones are one.

    Two times that bound the monitoring alike contradict one another in nothing that is counted: 'logged in 21:24' beside 'I watched from 21:48',
    where monitoring began at 21:48.
    """
    out = list(spells)
    for item in stated:
        same = [s for s in out if (s.who == item.who or not s.who or not item.who) and overlap(s, item)]
        if not same:
            out.append(item)
            continue
        known = same[0]
        if known.log and not item.log:
            if known.first is None:
                known.first = item.first
            if known.last is None:
                known.last = item.last
            for a, b, what in ((known.first, item.first, "start"), (known.last, item.last, "end")):
                covers = any(s.last == b or s.first == b for s in same)
                alike = a is None or b is None or _bound_alike(a, b, what, monitored) or _rounded(reading, known, a, b)
                if a is not None and b is not None and not alike and not covers:
                    conflicts.append(
                        TimeConflict(
                            f"the {what} of the professional's attendance",
                            clock_text(a),
                            clock_text(b),
                            "a log entry outranks header and narrative",
                            tuple(reading.evidence(e.start, e.end) for e in known.places[:1] + item.places),
                        )
                    )
            if _two_places(known, item) and all(spell.mode != item.mode for spell in same):
                out.append(item)  # 'I was in OR 4 from 13:10 to 15:22', and an audit trail that shows the viewer at home
            known.mode = known.mode or item.mode
        elif (known.first, known.last) == (item.first, item.last):
            if known.mode and item.mode and known.mode != item.mode and known.sentence != item.sentence:
                out.append(item)
            known.mode = known.mode or item.mode
            known.who = known.who or item.who
        elif known.first is None or known.last is None:
            known.first = known.first if known.first is not None else item.first
            known.last = known.last if known.last is not None else item.last
            known.mode = known.mode or item.mode
        elif _told_again(known, item):
            known.mode = known.mode or item.mode  # a hand-over tells again when the one's watch began or the other's was over
        elif known.mode != item.mode and known.mode and item.mode:
            out.append(item)
        elif known.places[0].kind == "attend-monitored" and item.places[0].kind == "attend":
            out[out.index(known)] = item
        elif item.places[0].kind == "attend-monitored":
            continue
        elif item.first is not None and item.last is not None:
            conflicts.append(
                TimeConflict(
                    "the professional's attendance",
                    f"{clock_text(max(known.first, item.first))}-{clock_text(min(known.last, item.last))}",
                    f"{clock_text(item.first)}-{clock_text(item.last)}",
                    "at equal rank the later start and the earlier stop count",
                    tuple(reading.evidence(e.start, e.end) for e in known.places + item.places),
                )
            )
            known.first, known.last = max(known.first, item.first), min(known.last, item.last)
    return sorted(out, key=lambda s: s.first if s.first is not None else s.last or 0)


def _told_again(known: Spell, item: Spell) -> bool:
    """Whether a spell of which one end is told, or none, is part of a known one, and in no other place than it."""
    alike = item.first in (None, known.first) and item.last in (None, known.last)
    return None in (item.first, item.last) and alike and not (known.mode and item.mode and known.mode != item.mode)


def _two_places(a: Spell, b: Spell) -> bool:
    """Whether two spells of known times put somebody in the room and elsewhere."""
    timed = None not in (a.first, a.last, b.first, b.last)
    return timed and None not in (a.mode, b.mode) and (a.mode == "in_room") != (b.mode == "in_room")


def _rounded(reading: Reading, log: Spell, a: int, b: int) -> bool:
    """Whether two times are one that a log gives with its seconds: '00:29:40 logged in' and 'I watched from 00:30'."""
    return 0 <= b - a <= _SAME and any(ROUNDS_UP.match(reading.text, event.start) is not None for event in log.places[:1])


def _bound_alike(a: int, b: int, what: str, monitored: Bounds) -> bool:
    """Whether two starts, or two ends, cut the monitoring at the same minute."""
    began, ended = monitored
    if what == "start" and began is not None:
        return max(a, began) == max(b, began)
    if what == "end" and ended is not None:
        return min(a, ended) == min(b, ended)
    return a == b


_SAME = 1
"""Minutes by which the log and a table of attendance may differ: one cuts seconds off, the other rounds them."""


def beside_ledger(spells: list[Spell], ledger: list[Spell]) -> list[Spell]:
    """Spells that say something else than the table of attendance does: of others, or with times that it does not have."""
    out = []
    for spell in spells:
        same = [s for s in ledger if s.who == spell.who or not s.who or not spell.who]
        bounds = [minute for s in same for minute in (s.first, s.last) if minute is not None]
        own = [minute for minute in (spell.first, spell.last) if minute is not None]
        # An entry within a row of the table, 'on line from home', tells of no coming or going that the table has not.
        inside = len(own) == 1 and any(
            s.first and s.last and s.who and s.who == spell.who and s.first < own[0] < s.last for s in same
        )
        if not inside and not all(any(abs(minute - bound) <= _SAME for bound in bounds) for minute in own):
            out.append(spell)
    return out


def without_frames(spells: list[Spell]) -> list[Spell]:
    """The spells without those that say of no place what others say piece by piece, from its first minute to its last.

    'I followed no other patient between 08:20 and 13:30' beside 08:20-09:00 in the OR, 09:00-10:30 remote and 10:30-13:30 in the OR.
    """
    return [spell for spell in spells if not _is_frame(spell, [s for s in spells if s is not spell and s.who == spell.who])]


def _is_frame(spell: Spell, others: list[Spell]) -> bool:
    """Whether other spells with places of their own lie end to end in one without a place, and fill it."""
    if (
        spell.log
        or spell.exclusive is not None
        or spell.mode not in (None, "unstated")
        or spell.first is None
        or spell.last is None
    ):
        return False
    at, pieces = spell.first, 0
    for first, last in sorted(
        (s.first, s.last) for s in others if s.mode not in (None, "unstated") and s.first is not None and s.last is not None
    ):
        if first == at and last <= spell.last:
            at, pieces = last, pieces + 1
    return at == spell.last and pieces > 1


def place_parts(parts: list[Spell], others: list[Spell]) -> None:
    """Gives parts of a watch without a place of their own the place of the whole, where another statement tells its hours and place.

    'Connected remotely 09:12 to 14:05. Chat throughout. From 09:12 until 11:40 a second case was open. From 11:40 until 14:05 this patient only.'
    No part may be said to have been anywhere else.
    """
    unplaced = (None, "unstated")
    for part in parts:
        if part.mode not in unplaced:
            continue
        wholes = {spell.mode for spell in others if spell.mode not in unplaced and _takes_in(spell, part)}
        beside = {s.mode for s in (*parts, *others) if s.who == part.who and s.mode not in unplaced}
        if len(wholes) == 1 and beside == wholes:
            part.mode = wholes.pop()


def _takes_in(whole: Spell, part: Spell) -> bool:
    """Whether a spell holds another one of the same person and more than it."""
    timed = None not in (whole.first, whole.last, part.first, part.last)
    return timed and whole.who == part.who and inside(part, whole)
