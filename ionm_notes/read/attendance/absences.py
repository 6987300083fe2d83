"""Statements that tell that the professional missed a part of the monitoring, without times that could be counted; each makes a query.

'Dr. Hale withdrew before monitoring had ended', 'Nobody was watching for about twenty minutes', 'Reader on the whole time? No': where
the rows of attendance cover the whole of it, they cover more than was attended.
"""

from __future__ import annotations

from datetime import date, datetime

from ionm_notes.read.answers import Asked, asked
from ionm_notes.read.attendance.course import stating
from ionm_notes.read.events import Times
from ionm_notes.read.fields import Fields
from ionm_notes.read.names import surname
from ionm_notes.read.people import Cast
from ionm_notes.read.reading import Reading, Unit
from ionm_notes.read.segments import at as at_minute
from ionm_notes.read.subject import subject_of
from ionm_notes.read.vocabulary import vocabulary
from ionm_notes.types import Attendance, Proof


def absences(
    reading: Reading,
    fields: Fields,
    rows: tuple[Attendance, ...],
    cast: Cast,
    monitoring: tuple[datetime | None, datetime | None],
    log: frozenset[int],
    times: Times,
    day: date,
) -> Proof:
    """Evidence of every such statement; none where the rows themselves leave a part of the monitoring out.

    'I walked out of the room at 1:25 p.m.' is no absence where the row ends then.
    """
    begin, end = monitoring
    bounds = {bound.time() for row in rows for bound in (row.start, row.end) if bound}

    def of_a_row(unit: Unit) -> bool:
        clocks = times.within(unit.start, unit.end)
        return bool(clocks) and all(at_minute(day, times.minute[clock.start]).time() in bounds for clock in clocks)

    if any(not _whole(row, begin, end) for row in rows):
        return ()
    found: dict[int, Unit] = {}
    for name, unit, at in stating(reading, ("absence.named", "absence.nobody-then", "absence.told", "absence.asked-whole"), log):
        if unit.start not in found and _missed(reading, fields, cast, unit, at, name) and not of_a_row(unit):
            found[unit.start] = unit
    return tuple(reading.evidence(unit.start, unit.end) for _, unit in sorted(found.items()))


def _missed(reading: Reading, fields: Fields, cast: Cast, unit: Unit, at: int, name: str) -> bool:
    """Whether the words of a pattern in a statement are of an absence of the professional."""
    words = vocabulary()
    said = asked(reading, unit)
    if words.regex("absence.who").search(said.text) is None or words.regex("absence.not").search(said.text):
        return False
    if name == "absence.asked-whole":
        # 'Neurologist's other cases: 0. Hers alone for the entire connection': the whole is in the answer
        return said.yes is False and words.regex(name).search(said.question) is not None and _asks_of_professional(said)
    if said.yes is False or (said.text.rstrip().endswith("?") and said.yes is None):
        return False
    if said.yes is True:
        return _asks_of_professional(said) and words.regex("absence.asked-whole").search(said.text) is None
    if name in ("absence.named", "absence.nobody-then"):
        return True
    lead = reading.lower[max(unit.start, at - _NEAR) : at]
    told = words.regex("absence.own-word").search(lead) is None and words.regex("subject.professional").search(lead) is not None
    if told or any(surname(person.name) in lead for person in cast.professionals):
        return True  # 'Tech note: Dr. Hale did not come on until 9:00', whoever writes
    return subject_of(reading, unit, at, cast, fields)[0] == "professional"


_NEAR = 24
"""Characters before the words of an absence within which the one who is absent is named."""


def _asks_of_professional(said: Asked) -> bool:
    words = vocabulary()
    return words.regex("absence.who").search(said.text) is not None and not any(
        words.regex(name).search(said.text) for name in ("course.of-technologist", "relief.others")
    )


def _whole(row: Attendance, begin: datetime | None, end: datetime | None) -> bool:
    """Whether a row covers the whole of the monitoring, as said or by its times."""
    if row.start is None and row.end is None:
        return True
    if begin is None or end is None:
        return False
    return (row.start is None or row.start <= begin) and (row.end is None or row.end >= end)
