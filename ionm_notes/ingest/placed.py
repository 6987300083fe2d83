"""Words with a place on the page, and how lines are built from them; every reader with geometry meets here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from ionm_notes.types import BBox, Line, LineKind, Word


class PlacedWord(NamedTuple):
    """A word and its box in points from the page's top left; `order` is its place in the file's drawing order."""

    x0: float
    top: float
    x1: float
    bottom: float
    text: str
    order: int

    @property
    def middle(self) -> float:
        """Vertical middle of the word."""
        return (self.top + self.bottom) / 2


Cell = list[PlacedWord]


@dataclass(slots=True, eq=False)
class Draft:
    """A line while the layout is being worked out: its cells in order, its kind and the number of its paragraph."""

    cells: list[Cell]
    kind: LineKind = "text"
    block: int = 0

    @property
    def words(self) -> list[PlacedWord]:
        """All words, cell after cell."""
        return [word for cell in self.cells for word in cell]

    @property
    def text(self) -> str:
        """The text as the finished line has it."""
        return "\t".join(" ".join(word.text for word in cell) for cell in self.cells)

    @property
    def box(self) -> BBox:
        """Smallest box around all words."""
        return box_of(self.words)


def box_of(words: Sequence[PlacedWord]) -> BBox:
    """Smallest box around the words; there must be one at least."""
    x0s, tops, x1s, bottoms, _, _ = zip(*words, strict=True)
    return min(x0s), min(tops), max(x1s), max(bottoms)


_new_word = tuple.__new__
"""Makes a word of its parts; a page has hundreds, and its class takes twice as long over each."""


def finish(draft: Draft, page: int) -> Line:
    """The immutable line of a draft: words joined by one space, cells by one tab."""
    words: list[Word] = []
    cells: list[tuple[int, int]] = []
    pieces: list[str] = []
    position = 0
    for cell in draft.cells:
        begin = position
        texts = [word[4] for word in cell]
        for word, text in zip(cell, texts, strict=True):
            end = position + len(text)
            words.append(_new_word(Word, (position, end, word[:4])))
            position = end + 1
        position -= bool(cell)
        cells.append((begin, position))
        pieces.append(" ".join(texts))
        position += 1
    return Line(page, "\t".join(pieces), tuple(words), tuple(cells), draft.kind, draft.block)


def plain_line(page: int, cells: Sequence[str], kind: LineKind, block: int, bars: bool = False) -> Line:
    """A line of a format without geometry; white space inside a cell is folded to one space.

    `bars`: the cells are parted by bars ('|') in the file. Each tab is then a word of its own, which is how evidence
    knows that a bar stands there.
    """
    words: list[Word] = []
    ranges: list[tuple[int, int]] = []
    pieces: list[str] = []
    position = 0
    for number, cell in enumerate(cells):
        if number:
            if bars:
                words.append(Word(position, position + 1, None))
            position += 1
        begin = position
        for index, part in enumerate(cell.split()):
            position += index > 0
            words.append(Word(position, position + len(part), None))
            position += len(part)
        ranges.append((begin, position))
        pieces.append(" ".join(cell.split()))
    return Line(page, "\t".join(pieces), tuple(words), tuple(ranges), kind, block)
