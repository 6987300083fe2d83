"""Where the value of a label stands in any layout: behind it, right before it, or in a cell beside, below or above.

A form may put a value before its label or under it; `fields.py` reads labels with their values behind them.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import accumulate
from typing import TypeVar

_Found = TypeVar("_Found")
FILLER = re.compile(
    r"(?:\([^()\n\t]{1,24}\)|[\s:=#\[(*\"'?|>,.-]|\b(?:of|for|the|is|was|as|on|no|number|patient|subject|this|his|her)\b)*", re.I
)
"""What may stand between a label and its value."""
_ITEM = re.compile(r"\W*(?:Q?\d{1,3}[.):])?\W*", re.I)
"""What may stand before a label in its cell: a bullet, the number of a question."""
_LABELS = re.compile(
    r"(?:\W|\b(?:chart|record|account|acct|name|patient|subject|number|no|nr|id|age|sex|gender|d\.?o\.?b|date|of|birth|born|"
    r"medical|hosp(?:ital)?|unit|file|case|mrn?|fin|csn|enc(?:ounter)?|visit)\b)*",
    re.I,
)
"""The rest of a cell that is nothing but labels."""
_JOINED = re.compile(r"[/&+]\s*$")
"""Before a label: another stands before it in the same cell, 'Patient / MRN / DOB'."""
_CELL_END = re.compile(r"[\t|]")


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a line: offsets, the number of its line and its place in it, and whether it is the last."""

    start: int
    end: int
    line: int
    place: int
    last: bool


class Cells:
    """A text by lines and cells, to look beside, below and above."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._starts = list(accumulate((len(line) + 1 for line in text.split("\n")), initial=0))
        self._rows: dict[int, list[Cell]] = {}

    def row(self, line: int) -> list[Cell]:
        """The cells of a line; few lines are ever asked for."""
        if line not in self._rows:
            at, cells = self._starts[line], []
            parts = _CELL_END.split(self.text[at : self._starts[line + 1] - 1])
            for place, part in enumerate(parts):
                cells.append(Cell(at, at + len(part), line, place, place == len(parts) - 1))
                at += len(part) + 1
            self._rows[line] = cells
        return self._rows[line]

    def at(self, offset: int) -> Cell:
        """The cell that holds an offset."""
        row = self.row(bisect_right(self._starts, offset, hi=len(self._starts) - 1) - 1)
        return next((cell for cell in row if offset <= cell.end), row[-1])

    def around(self, cell: Cell) -> Iterator[Cell]:
        """Where the value of a cell that is all label may stand: right, left where it ends a row of two, below, above."""
        row = self.row(cell.line)
        if not cell.last:
            yield row[cell.place + 1]
        if cell.last and cell.place == 1:
            yield row[0]
        for line in (cell.line + 1, cell.line - 1):
            if 0 <= line < len(self._starts) - 1 and (len(other := self.row(line)) == len(row) or not cell.place):
                yield other[min(cell.place, len(other) - 1)]


def past(pattern: re.Pattern[str], text: str, at: int) -> int:
    """Where the words of a pattern end that may stand at an offset; the offset itself where none do."""
    match = pattern.match(text, at)
    return match.end() if match else at


def beside(cells: Cells, start: int, end: int, value: Callable[[int, int], _Found | None]) -> _Found | None:
    """The value that goes with the words `start`..`end`: behind them in their cell, right before them, or in a cell around."""
    text, cell = cells.text, cells.at(end - 1)
    filler = FILLER.match(text, end, cell.end)
    low = filler.end() if filler else end
    found = value(low, min(cell.end, low + 40))
    if found is not None:
        return found
    if _LABELS.fullmatch(text, low, cell.end) is None:
        return None
    first = cells.at(start)
    if not _ITEM.fullmatch(text, first.start, start) and not _JOINED.search(text, first.start, start):
        # The words end a cell or a line: '4417-R (MRN)'; a gap in a sentence looks like the end of a cell.
        behind = next(iter(cells.around(cell)), cell)
        found = value(max(first.start, start - 30), start)
        return value(behind.start, min(behind.end, behind.start + 40)) if found is None and not cell.last else found
    return next((told for other in cells.around(cell) if (told := value(other.start, other.end)) is not None), None)
