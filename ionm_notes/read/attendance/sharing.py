"""Splits a spell where the record says that a part of it was shared with another case."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import pairwise

from ionm_notes.read.attendance.scene import Scene
from ionm_notes.read.attendance.witnessed import Entry, entries_of
from ionm_notes.read.clock import DAY
from ionm_notes.read.denials import denied_before
from ionm_notes.read.events import Event
from ionm_notes.read.events.sharing import ALONE, OTHER
from ionm_notes.read.messages import by_role, entry_by, message_of, user_name, written_by
from ionm_notes.read.names import standing, surname
from ionm_notes.read.reading import Reading
from ionm_notes.read.segments import at
from ionm_notes.read.supervision import Supervision
from ionm_notes.read.vocabulary import vocabulary
from ionm_notes.types import Attendance, Span, Tri

Stretch = tuple[int, int, Event]
"""First and last minute of the day, and the event that says it."""


def split_shared(
    reading: Reading,
    rows: list[Attendance],
    day: date,
    shared: list[Stretch],
    alone: list[Stretch],
    exclusive: Tri,
    monitoring: tuple[datetime | None, datetime | None] = (None, None),
) -> tuple[list[Attendance], list[Span], list[Span]]:
    """The rows, and stated parts of their time: given to this patient alone within shared time, and shared with another case.

    What says that a part was shared splits the row in which it lies; so does what gives the other parts to this patient, where the
    record says nothing of the whole. Parts that lie in no row of stated times are kept apart. `monitoring`: the whole of the time, whose
    rows take its ends where each of its minutes is told.
    """
    if exclusive is False:
        parts = [_span(reading, day, one) for one in shared if one[2].kind == OTHER and one[1] > one[0]]
        return rows, [_span(reading, day, one) for one in alone if one[1] > one[0]], parts
    both = exclusive is None and any(one[2].kind == OTHER for one in shared)
    given = [one for one in alone if one[2].kind == ALONE]
    rows = [replace(row, exclusive=True) if exclusive is None and _covered(row, day, given) else row for row in rows]
    marks = [(one, False) for one in shared] + [(one, True) for one in given if both]
    if both and None not in monitoring and _at_all_times(shared, given):
        begin, end = monitoring
        rows = [replace(r, start=begin, end=end, whole_case=False) if r.start is None and r.end is None else r for r in rows]
    split = [part for row in rows for part in _split(reading, row, day, marks)]
    held = [row for row in rows if row.start and row.end]
    parts = [_span(reading, day, one) for one in shared if one[2].kind == OTHER and one[1] > one[0] and not _lies(one, held, day)]
    return split, [] if both or exclusive else [_span(reading, day, one) for one in given if one[1] > one[0]], parts


@dataclass(frozen=True, slots=True)
class _Mark:
    """What an entry says of a reader's load from a minute on, its own if it names none; `before`: what that says of the time before."""

    entry: Entry
    who: str
    minute: int
    alone: bool
    before: Tri
    change: bool


def by_entries(scene: Scene, rows: list[Attendance], supervision: Supervision, whole: Tri) -> list[Attendance]:
    """The rows parted where entries of a log or chat say that a reader's load changed: 'picking up a second one now', 'only you now'.

    The minute is that of the entry, or the one that it names right beside it. `whole`: what the record says of all the time; rows of which it says something else are left alone.
    Statements outside of the entries outrank no entry that another case was there, and forbid to take time as this patient's alone,
    unless they tell its hours.
    """
    entries = entries_of(scene)
    unmarked = written_by(tuple(entry.text for entry in entries), scene.cast.professionals + scene.cast.technologists)
    marked = (_mark(entry, scene, supervision, unmarked=unmarked) for entry in entries)
    told_of = [mark for mark in marked if mark is not None]
    marks = [mark for number, mark in enumerate(told_of) if not _between(told_of, number)]
    if not any(mark.change for mark in marks) and len({mark.alone for mark in marks}) < 2:
        return rows
    told = {unit.start for mark in marks for unit in (mark.entry.unit, *mark.entry.goes_on)}
    beside = any(
        said.unit.start not in told and not scene.times.within(said.unit.start, said.unit.end) for said in supervision.shared
    )
    rows = [_from_first_mark(scene, row, marks) for row in rows]
    return [part for row in rows for part in _by_marks(scene.reading, row, marks, scene.day, whole, beside=beside)]


def _from_first_mark(scene: Scene, row: Attendance, marks: Sequence[_Mark]) -> Attendance:
    """A row of the whole case with the ends of the monitoring, where the first entry that counts the reader's cases is at its beginning.

    '08:30 gmoss viewing this case; open cases: 1', '09:45 gmoss opens 51-2211; open cases: 2'.
    """
    begin, end = scene.monitoring
    own = [mark for mark in marks if row.professional in (None, mark.who)]
    if not row.whole_case or row.start is not None or begin is None or end is None or not own or own[0].change:
        return row
    counted = at(scene.day, own[0].entry.minute) <= begin and all(at(scene.day, mark.entry.minute) < end for mark in own)
    return replace(row, start=begin, end=end, whole_case=False) if counted else row


def _between(marks: Sequence[_Mark], number: int) -> bool:
    """Whether an entry that says 'only you now' stands between others that tell of another case: too much came and went."""
    mark, others = marks[number], [other for other in marks if other.who == marks[number].who]
    place = others.index(mark)
    before = mark.before is False or any(not other.alone for other in others[:place])
    return mark.alone and before and any(not other.alone for other in others[place + 1 :])


def _by_marks(
    reading: Reading, row: Attendance, marks: Sequence[_Mark], day: date, whole: Tri, *, beside: bool
) -> Iterator[Attendance]:
    own = [mark for mark in marks if row.professional in (None, mark.who)]
    if row.start is None or row.end is None or not own or row.exclusive is not whole:
        yield row
        return
    left, first = row, own[0]
    load: Tri = first.before if first.change else first.alone
    for mark in own:
        minute = at(day, mark.minute)
        if minute >= row.end:
            break
        if left.start is not None and minute > left.start and load is not mark.alone:
            yield replace(left, end=minute, exclusive=None if load and beside else load)
            left = replace(row, start=minute, evidence=reading.proof(mark.entry.unit.start, mark.entry.unit.end))
        load = mark.alone
    yield replace(left, exclusive=None if load and beside else load)


def _mark(entry: Entry, scene: Scene, supervision: Supervision, *, unmarked: bool) -> _Mark | None:
    """What an entry of a professional, or about the one professional, says of the load."""
    words, cast = vocabulary(), scene.cast
    found = [
        (p, message)
        for p in cast.professionals
        if (message := message_of(entry.text, p.name, unmarked=unmarked) or entry_by(p.name).match(entry.text))
    ]
    if not found and len(cast.professionals) == 1 and (by_what := by_role().match(entry.text)):
        found = [(cast.professionals[0], by_what)]
    if found:
        below = (scene.reading.unit_text(unit) for unit in entry.goes_on)
        who, said = found[0][0].name, " ".join((found[0][1]["said"], *below))
    else:
        about = [
            p for p in cast.professionals if standing(surname(p.name)).search(entry.text) or user_name(p.name).search(entry.text)
        ]
        office = words.regex("witnessed.office").search(entry.text) or _MD.search(entry.text)
        about = about or (list(cast.professionals) if office and len(cast.professionals) == 1 else [])
        if len(about) != 1:
            return None
        who, said = about[0].name, entry.text
    parts = _PARTS.split(words.regex("sharing.call-me").sub("", said))
    certain = [part for part in parts if not any(words.regex(name).search(part) for name in _NOT_SO)]
    freed = any(words.regex("sharing.freed").search(part) for part in certain)
    if any(words.regex("alone.with-more").search(part) for part in certain):
        return _Mark(entry, who, entry.minute, alone=False, before=None, change=True)
    if any(words.regex("sharing.left-alone").search(part) for part in certain):
        again = freed or any(words.regex("sharing.from-now").search(part) for part in certain)
        return _Mark(entry, who, _named_minute(entry, scene), alone=True, before=False if freed else None, change=again)
    picks = ((part, picked) for part in certain if (picked := words.regex("sharing.picked").search(part)))
    if any(not denied_before(part, picked.start()) for part, picked in picks):
        return _Mark(entry, who, _named_minute(entry, scene), alone=False, before=None, change=True)
    if len(certain) < len(parts):
        return None
    places = {entry.unit.start, *(unit.start for unit in entry.goes_on)} if found else {entry.unit.start}
    own = {s.what for s in (*supervision.exclusive, *supervision.shared) if s.unit.start in places}
    if len(own) != 1:
        return None
    again = words.regex("sharing.from-now").search(said) is not None
    return _Mark(entry, who, entry.minute, alone=own == {"exclusive"}, before=None, change=again)


def _named_minute(entry: Entry, scene: Scene) -> int:
    """The minute from which an entry says that the load is another: '09:39 picking up a second patient at 09:40', 'OR 4 closed 10:24'."""
    text, reading = vocabulary().regex("sharing.at-minute"), scene.reading
    named = [
        scene.times.minute[clock.start] + DAY * round((entry.minute - scene.times.minute[clock.start]) / DAY)
        for clock in scene.times.within(entry.unit.start, entry.unit.end)[1:]
        if text.search(reading.text[entry.unit.start : clock.start])
    ]
    return named[0] if len(named) == 1 and abs(named[0] - entry.minute) <= _BESIDE else entry.minute


_BESIDE = 10
"""Minutes between an entry and the one that it names as that from which a load was another."""


_MD = re.compile(r"\bMD\b")
_PARTS = re.compile(r"(?<=[.;!?:])\s+|\s[-–—]+\s")
"""Between what a message says for itself: 'From now on I watch two. Write if I should look.'"""
_NOT_SO = ("witnessed.not-yet", "sharing.another-day", "sharing.maybe")
"""What a part says that tells of no load of this minute."""


def _covered(row: Attendance, day: date, given: list[Stretch]) -> bool:
    """Whether a row that says nothing of other cases lies in a stretch given to this patient alone: 'between 8:58 and 13:20 no other was open'."""
    if row.exclusive is not None or row.start is None or row.end is None:
        return False
    return any(at(day, low) <= row.start and row.end <= at(day, high) for low, high, _ in given)


def _at_all_times(shared: list[Stretch], given: list[Stretch]) -> bool:
    """Whether stretches of both loads follow one another from before all times to behind them (`loads_told.py`)."""
    told = sorted((low, high) for low, high, event in (*shared, *given) if event.kind in (ALONE, OTHER))
    meet = all(high == low for (_, high), (low, _) in pairwise(told))
    return bool(told) and told[0][0] < 0 and told[-1][1] > DAY and meet


def _lies(stretch: Stretch, rows: list[Attendance], day: date) -> bool:
    """Whether a stretch overlaps a row of stated times."""
    low, high = at(day, stretch[0]), at(day, stretch[1])
    return any(row.start and row.end and low < row.end and row.start < high for row in rows)


def _span(reading: Reading, day: date, stretch: Stretch) -> Span:
    first, last, event = stretch
    return Span(at(day, first), at(day, last), reading.proof(event.start, event.end))


def _split(reading: Reading, row: Attendance, day: date, marks: list[tuple[Stretch, bool]]) -> list[Attendance]:
    """A row of stated times, cut by every stretch of shared time, or of time for this patient alone, in it."""
    if row.start is None or row.end is None:
        return [row]
    out, left = [], row
    for (first, last, event), alone in sorted(marks, key=lambda mark: mark[0][:2]):
        low, high = max(at(day, first), left.start or row.start), min(at(day, last), row.end)
        if low >= high:
            continue
        if low > (left.start or row.start):
            out.append(replace(left, end=low))
        out.append(replace(row, start=low, end=high, exclusive=alone, evidence=reading.proof(event.start, event.end)))
        left = replace(left, start=high)
        if high == row.end:
            return out
    return [*out, left]
