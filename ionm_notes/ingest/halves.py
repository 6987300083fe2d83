"""Two halves of a page with tables in them: each half is read from top to bottom, its tables and lines together.

Columns of prose alone are found by `columns.py`; a table in one half hides the white between the halves from it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ionm_notes.ingest.foot import foot_of_column
from ionm_notes.ingest.placed import PlacedWord

Chunk = tuple[float, float, float, float]
"""The box of a table: x0, top, x1, bottom."""
_FEWEST = 4
"""Lines that a half needs beside the tables of the other, so that it is a half and no margin note."""
_NARROWEST = 0.25
"""Least part of the page's width that a half takes."""
_GUTTER = 5.0
"""Least white between the halves, in points."""
_AWAY = (3.0, 7.0, 12.0, 18.0, 26.0)
"""How far from the side of a table the white between the halves is looked for, in points."""


@dataclass(frozen=True, slots=True)
class Halves:
    """The stretch of a page, from `top` to `bottom`, that the white at `middle` parts into two halves."""

    top: float
    bottom: float
    middle: float


def find_halves(words: Sequence[PlacedWord], tables: Sequence[Chunk], width: float) -> Halves | None:
    """The stretch of the page in two halves of which at least one holds a table; None where there is none.

    `words` are those outside of tables.
    """
    narrow = [table for table in tables if table[2] - table[0] < (1 - _NARROWEST) * width]
    best: Halves | None = None
    for table in narrow:
        if not any(table[1] <= word.middle <= table[3] for word in words):
            continue
        # Text beside a table may be set further out than its cells, by an indent of theirs.
        for middle in (side + sign * away for sign, side in ((-1, table[0]), (1, table[2])) for away in _AWAY):
            found = _around(table, middle, words, tables, width)
            if found is not None and (best is None or found.bottom - found.top > best.bottom - best.top):
                best = found
    return best


def _around(table: Chunk, middle: float, words: Sequence[PlacedWord], tables: Sequence[Chunk], width: float) -> Halves | None:
    """The stretch around a table within which nothing stands across the white at `middle`."""
    if not _NARROWEST * width < middle < (1 - _NARROWEST) * width:
        return None
    across = [(w.top, w.bottom) for w in words if w.x0 < middle + _GUTTER / 2 and w.x1 > middle - _GUTTER / 2]
    across += [(t[1], t[3]) for t in tables if t[0] < middle < t[2]]
    top = max((low for _, low in across if low <= table[1] + 1), default=0.0)
    bottom = min((high for high, _ in across if high >= table[3] - 1), default=float("inf"))
    if any(high > table[1] + 1 and low < table[3] - 1 for high, low in across):
        return None
    inside = [w for w in words if top <= w.middle <= bottom]
    left, right = ([w for w in inside if (w.x1 <= middle) is side] for side in (True, False))
    beside = left if table[0] > middle else right
    if _lines([w for w in beside if table[1] <= w.middle <= table[3]]) < _FEWEST and _lines(beside) < 2 * _FEWEST:
        return None
    boxes = [box for box in tables if top <= box[1] and box[3] <= bottom]
    spans = [[(w.top, w.bottom) for w in side] for side in (left, right)]
    for box in boxes:
        spans[box[0] > middle].append((box[1], box[3]))
    return Halves(top, min(bottom, foot_of_column(spans[0], spans[1], bottom)), middle)


def _lines(words: Sequence[PlacedWord]) -> int:
    """How many lines words stand in."""
    count, reach = 0, float("-inf")
    for word in sorted(words, key=lambda w: w.middle):
        if word.middle > reach:
            count += 1
            reach = word.middle + (word.bottom - word.top) / 2
    return count
