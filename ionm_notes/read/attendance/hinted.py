"""Messages by which a reader who had this patient alone may have had another case: 'dialing into Tucson as well', 'two for me now'.

Readers tell of a second case in passing and in any words. Where no reading of loads takes such a message (`sharing.py`), it is asked about.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from ionm_notes.read.attendance.scene import Scene
from ionm_notes.read.attendance.witnessed import Entry, entries_of
from ionm_notes.read.messages import message_of, written_by
from ionm_notes.read.reading import Reading, Unit
from ionm_notes.read.segments import at
from ionm_notes.read.vocabulary import vocabulary
from ionm_notes.types import Attendance, Person

_BESIDE = timedelta(minutes=10)
"""How long before another case comes a reader may say so."""


def hinted(scene: Scene, rows: Sequence[Attendance]) -> Iterator[Unit]:
    """The messages, written while a row has this patient alone."""
    words, cast, reading = vocabulary(), scene.cast, scene.reading
    signs = [words.regex(f"contested.{name}") for name in ("hint", "of-a-stranger")]
    alone = [row for row in rows if row.exclusive is True]
    if not alone or not any(sign.search(reading.text) for sign in signs):
        return
    entries = entries_of(scene)
    unmarked = written_by(tuple(entry.text for entry in entries), cast.professionals + cast.technologists)
    for entry in entries:
        whole = " ".join((entry.text, *(reading.unit_text(unit) for unit in entry.goes_on)))
        if not any(sign.search(whole) for sign in signs):
            continue
        writers = [p for p in cast.professionals if _watched(scene, alone, p, at(scene.day, entry.minute))]
        message = next((m for p in writers if (m := message_of(whole, p.name, unmarked=unmarked))), None)
        if message is None or _parted(scene, rows, entry):
            continue
        said = words.regex("contested.hint-else").sub(" ", message["said"])
        if signs[0].search(said) is not None or _of_a_stranger(reading, said):
            yield entry.unit


def _parted(scene: Scene, rows: Sequence[Attendance], entry: Entry) -> bool:
    """Whether a row of another load begins at the entry or at the minute that it names beside it, or ends there: 'the others are closed'."""
    moment = at(scene.day, entry.minute)
    shared = [row for row in rows if row.exclusive is False]
    return any(row.end == moment or (row.start and moment <= row.start <= moment + _BESIDE) for row in shared)


def _watched(scene: Scene, alone: Sequence[Attendance], person: Person, moment: datetime) -> bool:
    """Whether somebody watched this patient alone at a moment."""
    begin, end = scene.monitoring
    return any(
        row.professional in (None, person.name)
        and (begin is None or begin <= moment)
        and (row.start is None or row.start <= moment)
        and ((last := row.end or end) is None or moment < last)
        for row in alone
    )


def _of_a_stranger(reading: Reading, said: str) -> bool:
    """Whether a message has the case of somebody whom the record names nowhere else: 'I took over Brennan's case'."""
    found = vocabulary().regex("contested.of-a-stranger").finditer(said)
    names = {(match["who"] or match["who2"]).lower() for match in found}
    return any(reading.lower.count(name) <= said.lower().count(name) for name in names)
