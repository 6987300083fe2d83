"""Which row a statement is of: rows that are only the echo of another, and each professional's own cases where statements name them."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from difflib import SequenceMatcher

from ionm_notes.read.attendance.collecting import Collected
from ionm_notes.read.attendance.scene import Scene
from ionm_notes.read.attendance.spells import writer_of_statement, writer_of_words
from ionm_notes.read.names import standing, surname
from ionm_notes.read.people import Cast
from ionm_notes.read.reading import Reading, Unit
from ionm_notes.read.said import professionals_with
from ionm_notes.read.vocabulary import vocabulary
from ionm_notes.types import Attendance, Tri

_ECHO = timedelta(minutes=2)

_ALIKE = 0.85
"""How alike two surnames are of which one may be the other misread from a scan, 'Oyeiaran' and 'Oyelaran'."""


def _misread(name: str | None, other: Attendance) -> bool:
    """Whether a name is nobody's, or another row's with a letter misread; that row knows its end."""
    if name is None:
        return True
    known = other.professional or ""
    alike = SequenceMatcher(None, surname(name), surname(known)).ratio() >= _ALIKE
    return alike and surname(name) != surname(known) and other.end is not None


def without_echoes(rows: list[Attendance]) -> list[Attendance]:
    """The rows without those of nobody in particular that begin when somebody's own row does and end nowhere, or the other way round.

    'Case handed over to Dr. R.' is followed by the entry by which Dr. R. Oyelaran connects; 'Verbal handover taken' beside the entry
    by which the other one disconnects.
    """

    def echoes(row: Attendance) -> bool:
        if row.start is None and row.end is not None:
            return row.professional is None and any(
                o.professional
                and o.start is not None
                and o.end is not None
                and abs(o.end - row.end) <= _ECHO
                and o.mode == row.mode
                for o in rows
            )
        return (
            row.start is not None
            and row.end is None
            and any(
                o.professional and o.start is not None and abs(o.start - row.start) <= _ECHO and _misread(row.professional, o)
                for o in rows
            )
        )

    return [row for row in rows if not echoes(row)]


def each_alone(scene: Scene, got: Collected, rows: list[Attendance]) -> list[Attendance]:
    """Of several professionals, each with what is said of his or her own cases, where statements name them.

    What is said of one is not said of the other: 'Dr. Hale had this case alone; Dr. Moss had two others open'. Rows of which a
    table says it keep what it says.
    """
    exclusive, supervision = got.exclusive, got.supervision
    counted = {spell.who for spell in (*got.spells, *got.untimed) if spell.ledger and spell.exclusive is not None}
    if len({row.professional for row in rows}) < 2 or exclusive is None:
        return rows
    meant: dict[str, set[bool]] = {}
    for said in (*supervision.exclusive, *supervision.shared):
        named = professionals_with(scene.reading, said, scene.cast)
        writer = "" if named else _writer(scene.reading, said.unit, scene.cast)
        named |= {person.name for person in scene.cast.professionals if surname(person.name) == writer}
        if not named:
            return rows
        for name in named:
            meant.setdefault(name, set()).add(said.what == "exclusive")

    def own(row: Attendance) -> Tri:
        told = meant.get(row.professional or "")
        return told == {True} if told else None

    return [
        row if row.exclusive is not exclusive or surname(row.professional or "") in counted else replace(row, exclusive=own(row))
        for row in rows
    ]


_NOTE = 100
"""Characters of the shortest note that somebody heads with the own name."""
_HEADS = 2
"""Statements of a paragraph of which one may be the name: below a heading of the note, or without one."""


def _writer(reading: Reading, unit: Unit, cast: Cast) -> str:
    """Surname of the one whose statement it is that names nobody; '' where nothing says who, or where it is of all of them."""
    if vocabulary().regex("parcel.each").search(reading.unit_text(unit)) is not None:
        return writer_of_statement(reading, unit, cast)
    return writer_of_words(reading, unit, cast) or _note_of(reading, unit, cast) or _told_of(reading, unit, cast)


def _told_of(reading: Reading, unit: Unit, cast: Cast) -> str:
    """Surname of the one professional of whom the paragraph tells up to a statement without a name: '... She had this one patient.'

    Behind what tells of two of them it may be of both.
    """
    if unit.kind != "sentence":
        return ""
    first = next(u for u in reading.units if u.paragraph == unit.paragraph)
    before = reading.lower[first.start : unit.start]
    named = {name for p in cast.professionals if standing(name := surname(p.name)).search(before)}
    return named.pop() if len(named) == 1 else ""


def _note_of(reading: Reading, unit: Unit, cast: Cast) -> str:
    """Surname of the one at the head of whose note a statement without a subject stands, where another one heads a note too.

    'Ada Hale, MD. Watched from home until 10:05. No other case was open.' says nothing of Ivo Moss, MD, whose note stands below.
    """
    heads: dict[int, str] = {}
    for index, opening in enumerate(reading.units):
        above = reading.units[max(0, index - _HEADS)]
        below_heading = above.paragraph != opening.paragraph or index < _HEADS
        if opening.kind == "sentence" and below_heading and reading.paragraph_end(opening.start) - opening.start >= _NOTE:
            text = reading.unit_text(opening)
            named = [surname(p.name) for p in cast.professionals if p.credentials and text.startswith(f"{p.name},")]
            heads.update((opening.paragraph, name) for name in named)
    own = heads.get(unit.paragraph, "")
    return own if len(set(heads.values())) > 1 else ""
