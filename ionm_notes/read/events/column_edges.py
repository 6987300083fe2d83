"""Which end of a part of the day a lone time is of, by the column that it stands in: '14:21' under 'To', beside a 'From' left blank."""

from __future__ import annotations

from ionm_notes.read.events.model import Phase, cells_of
from ionm_notes.read.reading import Reading, Unit
from ionm_notes.read.vocabulary import vocabulary

_ROWS = 10
"""Rows between a heading of beginnings and ends and a row of it."""
_NEARER = 0.5
"""How much nearer a time must stand to the column that it is taken to be in than to the other one."""


def left_blank(text: str) -> bool:
    """Whether a cell was left blank, or says that nobody wrote a time down: '____', '--', 'not recorded'."""
    return not text.strip() or vocabulary().regex("column.left-blank").fullmatch(text) is not None


def edge_of_column(reading: Reading, unit: Unit, cell: tuple[int, int]) -> Phase | None:
    """Whether the one time of a row stands in the column of beginnings or in that of ends; None where no heading says it."""
    heading = _heading(reading, unit)
    if heading is None:
        return None
    names = cells_of(reading, heading)
    roles = [_edge(reading.text[low:high]) for low, high in names]
    if roles.count("start") != 1 or roles.count("end") != 1:
        return None
    begun, ended = names[roles.index("start")], names[roles.index("end")]
    middle, first, last = (_middle(reading, place) for place in (cell, begun, ended))
    if middle is not None and first is not None and last is not None:
        # A page knows no empty cells: the time stands below the name that it belongs to.
        near, far = abs(middle - first), abs(middle - last)
        return "start" if near < far * _NEARER else "end" if far < near * _NEARER else None
    number = next(n for n, own in enumerate(cells_of(reading, unit)) if own == cell)
    number -= roles[0] is not None  # '| From | To': the column of labels has no name
    return roles[number] if 0 <= number < len(roles) else None


def _heading(reading: Reading, unit: Unit) -> Unit | None:
    """The nearest row above without figures that names both columns, in the same table."""
    position = reading.index_of(unit)
    for above in reversed(reading.units[max(0, position - _ROWS) : position]):
        if above.kind != "row":
            return None
        edges = {_edge(reading.text[low:high]) for low, high in cells_of(reading, above)}
        if {"start", "end"} <= edges:
            return above
    return None


def _edge(name: str) -> Phase | None:
    words, name = vocabulary(), name.strip(" \t.:*")
    if words.regex("column.from").fullmatch(name) is not None:
        return "start"
    return "end" if words.regex("column.to").fullmatch(name) is not None else None


def _middle(reading: Reading, place: tuple[int, int]) -> float | None:
    """Where the middle of a cell stands across the page, if the format has a geometry."""
    box = reading.evidence(*place).bbox
    return None if box is None else (box[0] + box[2]) / 2
