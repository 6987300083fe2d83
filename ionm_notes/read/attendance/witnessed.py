"""Whether the entries of a log show a professional there when monitoring ended or began, where none tells of the going or coming.

'12:49 Calloway: last set fine. end monitoring': whoever calls the monitoring off, or writes at that minute, was there until then.
'MONITORING CLOSED. Reader released' says it in the technologist's words. What was said to somebody by telephone afterwards, a message
left, or words of a professional who asks how it ended show nothing. Of one who has to be there at the beginning the same holds.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from ionm_notes.read.attendance.scene import Scene
from ionm_notes.read.attendance.turns import explained, mentions_in
from ionm_notes.read.clock import DAY
from ionm_notes.read.messages import message_of
from ionm_notes.read.people import Cast
from ionm_notes.read.reading import Reading, Unit
from ionm_notes.read.said import Said
from ionm_notes.read.segments import minute_of
from ionm_notes.read.vocabulary import vocabulary
from ionm_notes.types import Attendance, Evidence, Person

_CALLED = 2
"""Minutes before the end of monitoring within which a message that calls it off is of that end."""
_AFTER = 5
"""Minutes after the end, or before the beginning, within which who writes was there."""
_FIRST_WORDS = 10
"""Minutes after the beginning of monitoring within which 'here from the start' is said."""
_LONGEST = 400
"""Characters under an entry that are still of its message."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a log or message of a chat, with its minute after midnight of the day of service.

    `goes_on`: the sentences that stand under it before the next entry, if any does: a long message in a column.
    """

    minute: int
    unit: Unit
    text: str
    goes_on: tuple[Unit, ...] = ()


def entries_of(scene: Scene) -> tuple[Entry, ...]:
    """The entries that a clock time leads, in their order; the day of one without an event is that of the entry before."""
    reading, times = scene.reading, scene.times
    known = {event.unit.start: event for event in scene.events if event.origin == "log" and event.last is None}
    out: list[Entry] = []
    before: int | None = next((event.first for event in known.values()), None)
    under: list[Unit] = []
    for unit in reading.units:
        if unit.kind == "running":
            continue
        event = known.get(unit.start)
        if event is not None:
            minute, begin = event.first, event.start
        else:
            clocks = times.within(unit.start, unit.end)
            if before is None or not clocks or clocks[0].start not in times.leads or clocks[0].start in times.spans:
                under.append(unit)
                continue
            minute = times.minute[clocks[0].start]
            minute += DAY * round((before - minute) / DAY)
            begin = clocks[0].start
        before = minute
        if out and under and under[-1].end - out[-1].unit.end <= _LONGEST and all(one.kind == "sentence" for one in under):
            out[-1] = replace(out[-1], goes_on=tuple(under))
        under = []
        out.append(Entry(minute, unit, reading.text[begin : unit.end]))
    return tuple(out)


def witnessed(scene: Scene, rows: list[Attendance]) -> list[Attendance]:
    """The rows, one that is left open at an end of monitoring closed there where an entry shows its professional present.

    Where no end is stated, the last timed report is what a record shows somebody present at.
    """
    reading, cast, day = scene.reading, scene.cast, scene.day
    begin, end = scene.monitoring[0], scene.known_to
    entries = entries_of(scene)
    keyed = explained(reading.text, tuple(person.name for person in cast.professionals))
    out = []
    for row in _begun_in_time(rows, end):
        last = row.start is not None and row.end is None and not any(other.start and other.start > row.start for other in rows)
        late = row.start is None or (begin is not None and row.start > begin and not row.whole_case)
        first = late and row.end is not None and not any(other is not row and other.end and other.end < row.end for other in rows)
        people = [p for p in cast.professionals if row.professional is None or p.name == row.professional]
        if last and end is not None and row.start and row.start < end:
            shown = next((e for e in entries if _at_the_end(e, minute_of(day, end), people, cast, keyed)), None)
            row = replace(row, end=end, evidence=(*row.evidence, _proof(reading, shown))) if shown else row
        elif first and begin is not None and row.end and row.end > begin:
            shown = next((e for e in entries if _at_the_start(e, minute_of(day, begin), people)), None)
            row = replace(row, start=begin, evidence=(_proof(reading, shown), *row.evidence)) if shown else row
        out.append(row)
    return out


def there_from_the_start(scene: Scene, rows: list[Attendance], modes: Sequence[Said]) -> list[Attendance]:
    """The one row that begins where monitoring does and ends nowhere, closed at its end where it is no coming that it rests on.

    '09:00 MONITORING BEGINS, Dr. Hale watching live at the console' tells how monitoring began. Where the record says from where she
    attended, without a time, and nothing of a going, that is a mode of the whole case (contract, attendance by mode alone).
    """
    reading, (begin, _), end = scene.reading, scene.monitoring, scene.known_to
    if len(rows) != 1 or begin is None or end is None or rows[0].start != begin or rows[0].end is not None:
        return rows
    row = rows[0]
    people = [p for p in scene.cast.professionals if row.professional is None or p.name == row.professional]
    started = {e.unit.start for e in scene.events if e.kind == "monitoring" and e.phase == "start" and e.last is None}
    keyed = explained(reading.text, tuple(person.name for person in scene.cast.professionals))
    first = next(
        (
            entry
            for entry in entries_of(scene)
            if entry.unit.start in started
            and any(_says("there", entry.text[high:]) for _, high in _mentions(entry.text, people, scene.cast, keyed))
        ),
        None,
    )
    untimed = (
        said
        for said in modes
        if said.what == row.mode and said.unit.kind != "running" and not scene.times.within(said.unit.start, said.unit.end)
    )
    told = None if first is None else next(untimed, None)
    return rows if told is None else [replace(row, end=end, evidence=(*row.evidence, told.evidence))]


def _begun_in_time(rows: list[Attendance], end: datetime | None) -> list[Attendance]:
    """The rows without those that begin when monitoring is over and end nowhere: words of a later entry were taken for a coming."""
    kept = [row for row in rows if end is None or row.start is None or row.end is not None or row.start < end]
    return kept or rows


def _proof(reading: Reading, entry: Entry) -> Evidence:
    return reading.evidence(entry.unit.start, entry.unit.end)


def _written(text: str, people: Iterable[Person]) -> str | None:
    """The words of a message that one of these people wrote."""
    return next((message["said"] for person in people if (message := message_of(text, person.name))), None)


def _at_the_end(entry: Entry, end: int, people: Sequence[Person], cast: Cast, keyed: frozenset[str]) -> bool:
    """Whether an entry shows one of these people present when monitoring ended."""
    if not end - _CALLED <= entry.minute <= end + _AFTER:
        return False
    said = _written(entry.text, people)
    if said is not None:
        calls_off = _says("calls-off", said)
        return not _says("missed", said) and (entry.minute >= end or calls_off)
    if _says("absent", entry.text) or abs(entry.minute - end) > 1:
        return False
    return any(
        _says("behind", entry.text[high:]) or _says("before", entry.text[:low])
        for low, high in _mentions(entry.text, people, cast, keyed)
    )


def _at_the_start(entry: Entry, begin: int, people: Sequence[Person]) -> bool:
    """Whether a message shows that its writer was there when monitoring began."""
    if not begin - _CALLED <= entry.minute <= begin + _FIRST_WORDS:
        return False
    said = _written(entry.text, people)
    if said is None or _says("not-yet", said):
        return False
    return entry.minute <= begin + 1 or _says("from-start", said)


def _mentions(text: str, people: Sequence[Person], cast: Cast, keyed: frozenset[str]) -> list[tuple[int, int]]:
    """Where an entry names one of these people, or their office where nobody else holds it."""
    found = [place for person in people for place in mentions_in(text, person.name, keyed=person.name in keyed)]
    if len(cast.professionals) == 1:
        found += [match.span() for match in vocabulary().regex("witnessed.office").finditer(text)]
    return found


def _says(name: str, text: str) -> bool:
    return vocabulary().regex(f"witnessed.{name}").search(text) is not None
