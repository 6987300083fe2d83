"""That the surgeon was told, where only a name says whom: 'told JR over the drape', 'Dr. Crane to Dr. Farrow', a column 'Told to'.

Words: `statement.told.verb`, `statement.told.head` and `statement.told.of-paper` in `patterns/statements.toml`. A change must stand in
the same statement, the same row, or right before: a word to the surgeon alone is no notification.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from ionm_notes.read.expression import Expression
from ionm_notes.read.names import initials_written, surname
from ionm_notes.read.people import Cast
from ionm_notes.read.reading import Reading
from ionm_notes.read.statements.model import clip
from ionm_notes.read.vocabulary import vocabulary
from ionm_notes.types import Proof

_ROWS, _FEWEST = 12, 3
"""Rows below the head of such a column; cells of the smallest table."""
_BEFORE = 30
"""Characters before a name in which a letter or a report makes it that of an addressee."""
_CLOCK = re.compile(r"(?<!\d)(?:[01]?\d|2[0-3])[:.h]?[0-5]\d(?!\d)")
Changed = Callable[[str], re.Match[str] | None]
"""Finds a change of signals in a text."""


def told_by_name(reading: Reading, cast: Cast, changed: Changed) -> Proof:
    """The first such statement; none where no surgeon is named."""
    if not cast.surgeons:
        return ()
    return _by_letters(reading, cast, changed) or _in_column(reading, cast, changed)


def _by_letters(reading: Reading, cast: Cast, changed: Changed) -> Proof:
    """'D wave down 20%, told JR over the drape'; '11:20 A-trains. Dr. Crane to Dr. Farrow: stop'."""
    told, paper = _told(cast), vocabulary().regex("statement.told.of-paper")
    for number, unit in enumerate(reading.units):
        text = reading.unit_text(unit)
        match = told.search(text) if unit.kind != "running" else None
        if match is None or paper.search(text[max(0, match.start() - _BEFORE) : match.end()]):
            continue
        before = reading.units[number - 1] if number else unit
        near = f"{reading.unit_text(before)} {text[: match.start()]}" if before.page == unit.page else text[: match.start()]
        if changed(near) and _CLOCK.search(near):
            return (clip(reading, unit, unit.start + match.start(), unit.start + match.end(), 60, 60),)
    return ()


def _told(cast: Cast) -> Expression:
    """A verb of telling before the initials of a surgeon that nobody else has, or somebody 'to' the surgeon."""
    others = {w for p in (*cast.professionals, *cast.technologists, *cast.anesthesia) for w in initials_written(p.name)}
    letters = sorted(
        {w for p in cast.surgeons for written in initials_written(p.name) for w in (written, written[::-1])} - others
    )
    names = "|".join(re.escape(surname(p.name)) for p in cast.surgeons)
    verb = vocabulary().patterns["statement.told.verb"].source
    whom = [rf"(?-i:[A-Z])[\w.'’-]*\s(?:(?-i:[A-Z])[\w.'’-]*\s)?to\s(?:Dr|Prof|Mr|Ms|Mrs)\.?\s(?:{names})\b"]
    if letters:
        whom.append(rf"\b(?:{verb})\s(?-i:{'|'.join(letters)})(?![\w.'’])")
    return Expression("|".join(whom))


def _in_column(reading: Reading, cast: Cast, changed: Changed) -> Proof:
    """A row with a change whose cell below such a head begins with the surgeon: 'not told to Dr. Holloway' does not."""
    names = "|".join(["surgeons?", *(re.escape(surname(p.name)) for p in cast.surgeons)])
    named = Expression(rf"\W*(?:(?:the|Dr|Prof|Mr|Ms|Mrs)\.?\s+)?(?:(?-i:[A-Z])[\w.'’-]*\s+)?(?:{names})\b")
    for number, column, count in _heads(reading):
        for unit in reading.units[number + 1 : number + 1 + _ROWS]:
            cells = reading.unit_text(unit).split("\t")
            if len(cells) != count:
                break
            if named.match(cells[column]) and changed(" ".join(cells[:column])):
                return (reading.evidence(unit.start, unit.end),)
    return ()


def _heads(reading: Reading) -> Iterator[tuple[int, int, int]]:
    """Heads of columns of whom was told: the number of the row, of the column, and how many columns there are."""
    head = vocabulary().regex("statement.told.head")
    for match in reading.matches(vocabulary().patterns["statement.told.head"]):
        unit = reading.unit_at(match.start())
        cells = reading.unit_text(unit).split("\t") if unit is not None and unit.kind != "running" else []
        if unit is not None and len(cells) >= _FEWEST:
            yield from ((reading.index_of(unit), n, len(cells)) for n, cell in enumerate(cells) if head.fullmatch(cell.strip()))
