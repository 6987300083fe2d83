"""Sentences that tell that the professional missed a part of the monitoring, without times that could be counted; each makes a query.

'Dr. Hale withdrew before monitoring had ended', 'Nobody was watching for about twenty minutes': where the rows of attendance cover
the whole of it, they cover more than was attended.
"""

from __future__ import annotations

from datetime import datetime

from ionm_notes.read.names import surname
from ionm_notes.read.people import Cast
from ionm_notes.read.reading import Reading
from ionm_notes.read.vocabulary import vocabulary
from ionm_notes.types import Attendance, Proof

_LONGEST = 200
"""Characters of the longest sentence that is taken for one about an absence."""


def absences(reading: Reading, rows: list[Attendance], cast: Cast, monitoring: tuple[datetime | None, datetime | None]) -> Proof:
    """Evidence of every such sentence; none where the rows themselves leave a part of the monitoring out."""
    begin, end = monitoring
    if any(not _whole(row, begin, end) for row in rows):
        return ()
    words = vocabulary()
    told, who, no = (words.regex(f"absence.{name}") for name in ("told", "who", "not"))
    others = [surname(person.name) for person in (*cast.surgeons, *cast.technologists, *cast.anesthesia)]
    found = []
    for unit in reading.units:
        if unit.kind != "sentence" or unit.end - unit.start > _LONGEST or told.search(reading.text, unit.start, unit.end) is None:
            continue
        text = reading.unit_text(unit)
        if who.search(text) and not no.search(text) and not any(name in text.lower() for name in others):
            found.append(reading.evidence(unit.start, unit.end))
    return tuple(found)


def _whole(row: Attendance, begin: datetime | None, end: datetime | None) -> bool:
    """Whether a row covers the whole of the monitoring, as said or by its times."""
    if row.start is None and row.end is None:
        return True
    if begin is None or end is None:
        return False
    return (row.start is None or row.start <= begin) and (row.end is None or row.end >= end)
