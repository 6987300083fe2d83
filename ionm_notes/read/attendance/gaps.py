"""Stretches in which the professional did not watch, told with both their times: 'from 9:00 to 9:30 I was off line and nobody watched'.

They are taken out of the rows of attendance that cover them. Such a statement tells of no attendance and of no pause of the
recording. A stay with an exception ('I was in OR 4 throughout, apart from 10:30 to 10:52') and a line below the hours of the watch
that names an absence and its times ('Off screen: 9:49 - 9:58') tell the same. Absences without both times make a query (`absences.py`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import pairwise

from ionm_notes.read.attendance.left_out import lengths_left_out
from ionm_notes.read.attendance.model import Spell
from ionm_notes.read.attendance.told import Told
from ionm_notes.read.clause_cuts import begin_of, end_of
from ionm_notes.read.clock import DAY
from ionm_notes.read.events import Event, Times
from ionm_notes.read.events.items import items_of
from ionm_notes.read.events.sharing import ALONE, OTHER
from ionm_notes.read.fields import Fields
from ionm_notes.read.messages import words_of
from ionm_notes.read.people import Cast
from ionm_notes.read.reading import Reading, Unit
from ionm_notes.read.segments import at
from ionm_notes.read.subject import subject_of
from ionm_notes.read.supervision import Supervision
from ionm_notes.read.things import LOG_ENTRY
from ionm_notes.read.vocabulary import vocabulary
from ionm_notes.read.whereabouts import phrases_of_place
from ionm_notes.types import Attendance, Proof

_OWN = frozenset({"attend", "attend-monitored", "professional"})
_LONGEST = 240
"""Characters of the longest statement that is searched."""
_CLAUSE = re.compile(r"[;.](?=\s)|,\s|\b(?:and|but|while|whereas|then)\b(?=[^.;]*\d)")


@dataclass(frozen=True, slots=True)
class Gap:
    """A stretch without the professional: first and last minute of the day, and the statement."""

    first: int
    last: int
    unit: Unit
    missed: bool = True
    """Nobody watched; else the recording itself stood still, and the stretch is no attendance either."""
    told: int = 0
    """Where the clause begins that tells of it; what stands before is of other times."""
    link: bool = False
    """The line to the reader failed; the recording went on, and is said to have stood still by no other entry."""
    back: Unit | None = None
    """The entry of a log that tells when the line was there again."""


def gaps(
    reading: Reading,
    fields: Fields,
    times: Times,
    events: tuple[Event, ...],
    cast: Cast,
    known: frozenset[tuple[int, int]] = frozenset(),
) -> tuple[Gap, ...]:
    """Every stretch that a sentence or line says was not watched. `known`: sentences read already."""
    if not cast.professionals:
        return ()
    logged = {e.unit.start for e in events if e.origin == "log" and e.last is None}
    logged |= {e.unit.start for e in events if e.kind in (ALONE, OTHER)}  # exceptions from a load
    pauses = {e.unit.start for e in events if e.kind == "interruption"}
    paused = {minute for e in events if e.kind == "interruption" for minute in (e.first, e.last)}
    found: list[Gap] = []
    telling = tuple(vocabulary().regex(name) for name in ("gap.away", "sharing.except"))
    for unit in reading.units:
        if unit.kind == "running" or (unit.start, unit.end) in known or unit.end - unit.start > _LONGEST:
            continue
        clocks = list(times.within(unit.start, unit.end))
        if len(clocks) < 2 or not any(words.search(reading.text, unit.start, unit.end) for words in telling):
            continue
        link = of_link(reading, unit)
        if unit.start in logged and not link:
            continue
        told = _of_unit(reading, fields, times, unit, cast, events, paused=unit.start in pauses and not link)
        found += [replace(_in_its_night(gap, events), link=link) for gap in told]
    left_out = (one for one in lengths_left_out(reading, fields, cast, events, known) if one.missed)
    found += [Gap(one.first, one.last, one.unit, told=one.told) for one in left_out]
    found += _between_entries(reading, times, cast, events)
    # 'no tracings exist from 9:48 to 10:13'
    return tuple(gap for gap in found if gap.link or not (gap.missed and paused & {gap.first, gap.last}))


def of_link(reading: Reading, unit: Unit) -> bool:
    """Whether a statement is of the line between the room and the reader, and of nothing that the recording stood still by."""
    words = vocabulary()
    return (
        words.regex("gap.link").search(reading.text, unit.start, unit.end) is not None
        and words.regex("gap.of-machine").search(reading.text, unit.start, unit.end) is None
    )


def _between_entries(reading: Reading, times: Times, cast: Cast, events: tuple[Event, ...]) -> Iterator[Gap]:
    """From an entry by which the line to the reader failed to the next by which it was there again: 'VPN dropped', 'VPN back'.

    Where both are read as a going and a coming of the professional, there is no more to tell.
    """
    words = vocabulary()
    turns = {(e.unit.start, e.phase) for e in events if e.kind == "professional" and e.origin == "log"}
    lost, back = words.regex("gap.link-lost"), words.regex("gap.link-back")
    opened: tuple[int, Unit] | None = None
    for unit in dict.fromkeys(unit for unit, _ in reading.told(words.patterns["gap.link"])):
        text = reading.unit_text(unit)
        clocks = list(times.within(unit.start, unit.end))
        if len(clocks) != 1 or len(text) > _LONGEST or LOG_ENTRY.match(text) is None or not of_link(reading, unit):
            continue
        if words_of(text, cast.technologists) is not None and words.regex("gap.of-reader").search(text) is None:
            continue
        minute = times.minute[clocks[0].start]
        if back.search(text) is not None:
            known = opened is not None and {(opened[1].start, "end"), (unit.start, "start")} <= turns
            if opened is not None and opened[0] < minute and not known:
                yield Gap(opened[0], minute, opened[1], told=opened[1].start, link=True, back=unit)
            opened = None
        elif opened is None and lost.search(text) is not None and not _watched(text):
            opened = (minute, unit)


def _in_its_night(gap: Gap, events: tuple[Event, ...]) -> Gap:
    """A stretch past midnight, by the day of the event that its own sentence gave: 'From 00:15 to 00:22 no physician was connected.'"""
    own = [e.first for e in events if e.unit == gap.unit and e.last is not None and e.first > gap.first]
    days = next((first - gap.first for first in own if (first - gap.first) % DAY == 0), 0)
    return replace(gap, first=gap.first + days, last=gap.last + days) if days else gap


def _of_unit(
    reading: Reading, fields: Fields, times: Times, unit: Unit, cast: Cast, events: tuple[Event, ...], *, paused: bool
) -> Iterator[Gap]:
    items = items_of(reading, times, unit, list(times.within(unit.start, unit.end)))
    yield from _there_and_back(reading, fields, unit, items, cast, paused=paused)
    for low, high, first, last in items:
        start = begin_of(reading.text, _CLAUSE, unit.start, low)
        end = end_of(reading.text, _CLAUSE, high, unit.end)
        if len(items) == 1:
            start, end = unit.start, unit.end
        if high <= (left_out := _exception(unit, reading.text)):
            end = min(end, left_out)  # '0800 to 1000 except 0915-0930 (feed lost)'
        if last is None or last <= first:
            continue
        if _excepted(reading, fields, unit, low, cast):
            yield Gap(first, last, unit, missed=not paused)
            continue
        away = _away(reading, start, end, paused=paused)
        if away is None or _ends_within(reading, start, low, high) or _of_stay(reading, unit, low, high, away[1]):
            continue
        role = _whose(reading, fields, unit, away, end, cast)
        if role == "professional" or (role == "" and _below_watch(reading, unit, away[1], low, events)):
            yield Gap(first, last, unit, told=start)


def _there_and_back(
    reading: Reading, fields: Fields, unit: Unit, items: list[tuple[int, int, int, int | None]], cast: Cast, *, paused: bool
) -> Iterator[Gap]:
    """Absences whose two times stand apart: 'At 9:47 my connection failed and I saw nothing until 10:02', 'paged at 10:40, back at 11:05'."""
    words = vocabulary()
    floor = unit.start
    for (low, high, first, last), (after, _, back, until) in pairwise(items):
        before, floor = floor, high
        between = reading.text[high:after]
        ends = words.regex("gap.back")
        if last is not None or until is not None or back <= first:
            continue
        if _opens_clause(reading, unit, low) and _opens_clause(reading, unit, after) and of_link(reading, unit):
            lost, again = (words.regex(name) for name in ("gap.link-lost", "gap.link-back"))
            if lost.search(between) is not None and again.search(reading.text, after, unit.end) is not None:
                yield Gap(first, back, unit, told=low)  # '08:20 feed froze, 08:31 feed restored'
                continue
        if ends.search(between) is None:
            continue
        if words.regex("gap.moved-on").search(between) is not None:
            continue  # 'At 10:55, when the tumor was out, I walked over to my office and went on from there until 13:06'
        if ends.search(reading.text[before:low]) is not None:
            continue  # 'drove over, which took until 9:35, and was on from there until 10:42'
        start = begin_of(reading.text, _CLAUSE, before, low)
        if words.regex("whereabouts.comes").search(reading.text, start, low) is not None:
            continue  # 'I picked up the feed at 8:10 and put it down again at 12:00'
        away = _away(reading, start, after, paused=paused)
        if away is not None and _whose(reading, fields, unit, away, after, cast) == "professional":
            yield Gap(first, back, unit, told=start)


def _opens_clause(reading: Reading, unit: Unit, at: int) -> bool:
    """Whether a time stands at the head of a statement, or right behind a mark."""
    return _MARKED.search(reading.text[unit.start : at]) is not None


_MARKED = re.compile(r"(?:^|[,;:.(]\s?|\s[-–—/]\s?)(?:(?:at|from)\s)?$", re.I)


def _away(reading: Reading, low: int, high: int, *, paused: bool) -> tuple[int, int] | None:
    """Where a clause begins and where in it an absence is told; None where it tells none. `paused`: its unit tells of a pause."""
    words = vocabulary()
    found = words.regex("gap.away").search(reading.text, low, high)
    if found is None or _watched(reading.text[low:high]):
        return None
    if paused and words.regex("whereabouts.of-monitoring").search(reading.text, low, high):
        return None
    return low, found.start()


def _ends_within(reading: Reading, start: int, low: int, high: int) -> bool:
    """Whether the words of an absence reach into the interval: 'Viewer log: on 09:04, off 11:01' tells of a stay, whose end is the absence's."""
    found = vocabulary().regex("gap.away").search(reading.text, start, high)
    return found is not None and found.start() < low < found.end()


def _of_stay(reading: Reading, unit: Unit, low: int, high: int, away: int) -> bool:
    """Whether the clause of an interval tells of a stay, and a later one of the absence.

    'I was in the room from 8:55 until 12:40; nobody watched after that'
    """
    text = reading.text
    if away < end_of(text, _CLAUSE, high, unit.end):
        return False
    own = text[begin_of(text, _CLAUSE, unit.start, low) : low]
    return vocabulary().regex("interval.attends").search(own) is not None or bool(phrases_of_place(own))


def _watched(text: str) -> bool:
    """Whether words about an absence say that somebody watched all the same, or that there was none."""
    words = vocabulary()
    text = words.regex("gap.unrelieved").sub(" ", text)
    return any(words.regex(name).search(text) is not None for name in ("gap.not", "gap.watching"))


def _whose(reading: Reading, fields: Fields, unit: Unit, away: tuple[int, int], high: int, cast: Cast) -> str:
    """The role of whoever was away; the professional's where nobody watched at all."""
    if any(vocabulary().regex(name).search(reading.text, away[0], high) for name in ("gap.nobody", "gap.link")):
        return "professional"
    return subject_of(reading, unit, away[1], cast, fields)[0]


def _excepted(reading: Reading, fields: Fields, unit: Unit, low: int, cast: Cast) -> bool:
    """Whether an interval that begins at `low` is what a statement of the professional's stay leaves out.

    'I was in OR 4 for the monitoring, apart from 10:30 to 10:52'; what is left out of sole attention, or was watched by a colleague, is none.
    """
    words = vocabulary()
    found = words.regex("sharing.except").search(reading.text, unit.start, low)
    if found is None or words.regex("gap.left-out").fullmatch(reading.text[found.end() : low]) is None:
        return False
    stay = reading.text[unit.start : found.start()]
    rest = reading.text[found.start() : unit.end]
    if _watched(rest) or phrases_of_place(rest):
        return False
    if words.regex("interval.attends").search(stay) is None and not phrases_of_place(stay):
        return False
    return subject_of(reading, unit, found.start(), cast, fields)[0] == "professional"


def _below_watch(reading: Reading, unit: Unit, away: int, low: int, events: tuple[Event, ...]) -> bool:
    """Whether a line names an absence and its times alone, and the line above is of the professional's hours."""
    index = reading.index_of(unit)
    if index == 0 or reading.text[unit.start : away].strip(" \t-*•|") or len(reading.text[away:low]) > _LABEL:
        return False
    above = reading.units[index - 1]
    return any(e.kind in _OWN and e.last is not None and e.unit.start == above.start for e in events)


_LABEL = 48
"""Characters of the longest label of an absence."""


def without_gaps(found: tuple[Gap, ...], events: tuple[Event, ...]) -> tuple[Event, ...]:
    """The events without those that such a statement had been taken for."""
    spans = {(gap.unit.start, minute) for gap in found for minute in (gap.first, gap.last)}
    spans |= {(gap.back.start, gap.last) for gap in found if gap.back is not None}
    lines = {unit.start for gap in found if gap.link for unit in (gap.unit, gap.back) if unit is not None}
    whole = {(gap.unit.start, gap.first, gap.last) for gap in found}
    return tuple(
        e
        for e in events
        if (e.kind not in _OWN or (e.unit.start, e.first) not in spans)
        and (e.kind != "monitoring" or (e.unit.start, e.first, e.last) not in whole)
        and (e.kind != "interruption" or e.unit.start not in lines)
    )


def beside_gaps(found: tuple[Gap, ...], supervision: Supervision, text: str) -> Supervision:
    """The statements without the places of such stretches: 'I left the screen from 9:15 to 9:45 for a code on the ward'.

    What stands before the word of an exception is of all the rest: 'connected remotely the whole case except for 10:05-10:15'.
    """
    ends = {gap.unit.start: max(gap.told, _exception(gap.unit, text)) for gap in found}
    if not ends:
        return supervision
    return replace(
        supervision, modes=tuple(said for said in supervision.modes if said.start < ends.get(said.unit.start, said.start + 1))
    )


def _exception(unit: Unit, text: str) -> int:
    """Where a statement comes to the exception that it makes; its beginning where it makes none."""
    found = vocabulary().regex("sharing.except").search(text, unit.start, unit.end)
    return found.start() if found else unit.start


def not_in_gaps(found: tuple[Gap, ...], told: Told) -> Told:
    """What sentences tell, without the stretches that were not watched."""
    spans = {(gap.unit.start, gap.first, gap.last) for gap in found}
    return replace(
        told,
        spells=tuple(s for s in told.spells if (s.sentence[0], s.first, s.last) not in spans and not _of_return(s, found, told)),
        unread=tuple(item for item in told.unread if (item[0].start, *item[1:]) not in spans),
    )


def _of_return(spell: Spell, found: tuple[Gap, ...], told: Told) -> bool:
    """Whether a spell is no more than the end of such a stretch.

    'it crashed at 9:10; I had it up again at 9:22', 'I was called up to the ward from 11:02 to 11:20. I came back at 11:20 and stayed':
    the stay is told elsewhere, unless it is told up to where the stretch begins.
    """
    for gap in found:
        if gap.link and gap.unit.start == spell.sentence[0] and (spell.first == gap.last or spell.last == gap.first):
            return True
        near = 0 <= spell.sentence[0] - gap.unit.end <= _NEXT or gap.unit.start == spell.sentence[0]
        if near and gap.missed and (spell.first, spell.last) == (gap.last, None) and not _told_before(spell, gap, told):
            return True
    return False


def _told_before(spell: Spell, gap: Gap, told: Told) -> bool:
    """Whether the same person's stay is told up to where a stretch begins."""
    return any(other.who == spell.who and other.last is not None and other.last <= gap.first for other in told.spells)


_NEXT = 2
"""Characters between a sentence and the next one of its paragraph."""


def cut_out(
    reading: Reading,
    found: tuple[Gap, ...],
    rows: list[Attendance],
    day: date,
    monitoring: tuple[datetime | None, datetime | None],
) -> list[Attendance]:
    """The rows of attendance without these stretches."""
    for gap in (one for one in found if one.missed):
        low, high = at(day, gap.first), at(day, gap.last)
        proof: Proof = reading.proof(gap.unit.start, gap.unit.end)
        moved = {row.mode for row in rows if row.start == high}  # the way from one place to the other
        rows = [
            part
            for row in rows
            for part in _parts(row, low, high, monitoring, proof)
            if part is row or part.start != high or moved <= {part.mode}
        ]
    return rows


def _parts(
    row: Attendance, low: datetime, high: datetime, monitoring: tuple[datetime | None, datetime | None], proof: Proof
) -> Iterator[Attendance]:
    begin = row.start if row.start is not None or not row.whole_case else monitoring[0]
    end = row.end if row.end is not None or not row.whole_case else monitoring[1]
    if begin is None or (end is not None and end <= low) or begin >= high or (row.whole_case and end is None):
        yield row
        return
    evidence = (*row.evidence, *proof)
    if begin < low:
        yield replace(row, start=begin, end=low, whole_case=False, evidence=evidence)
    if end is None or end > high:
        yield replace(row, start=high, end=end, whole_case=False, evidence=evidence)
