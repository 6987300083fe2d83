"""Check boxes that a PDF draws as small squares: each becomes a sign of its own among the words, ticked or empty."""

from __future__ import annotations

from collections.abc import Sequence

from ionm_notes.ingest.edges import Edge, Edges
from ionm_notes.ingest.pdf_page import Box
from ionm_notes.ingest.placed import PlacedWord

TICKED, EMPTY = "☒", "☐"
_MARKS = frozenset("XxvV✓✔✗✘✕■●•")
"""Signs that tick a box."""
_TOUCHING = 1.0
"""Squares closer than this (points) are cells of one grid."""
_MOST = 300
"""A page with more small squares than this draws graph paper, not a form."""


def with_check_boxes(words: Sequence[PlacedWord], edges: Edges) -> tuple[list[PlacedWord], Edges]:
    """The words with a sign for every drawn check box, and the edges with squares that are cells of a grid put back.

    A sign of one letter inside a box is its tick and goes; a word that stands inside a square makes the square no box.
    """
    boxes, cells = _parted(edges.squares)
    out = list(words)
    for box in boxes:
        inside = [word for word in out if _holds(box, (word.x0 + word.x1) / 2, word.middle)]
        if any(word.text not in _MARKS for word in inside):
            continue
        ticked = bool(inside) or any(_holds(box, *mark) for mark in edges.marks)
        taken = {id(word) for word in inside}
        out = [word for word in out if id(word) not in taken]
        out.append(PlacedWord(*box, TICKED if ticked else EMPTY, min((w.order for w in inside), default=len(words))))
    return out, Edges(edges.across + [e for c in cells for e in _level(c)], edges.down + [e for c in cells for e in _upright(c)])


def _parted(squares: Sequence[Box]) -> tuple[list[Box], list[Box]]:
    """Squares that stand alone, and squares that touch another, as the cells of a grid do; the same square drawn twice is one."""
    single = list(dict.fromkeys(squares))
    if len(single) > _MOST:
        return [], single
    alone: list[Box] = []
    cells: list[Box] = []
    for square in single:
        touched = any(other is not square and _touch(square, other) for other in single)
        (cells if touched else alone).append(square)
    return alone, cells


def _touch(a: Box, b: Box) -> bool:
    return a[0] - _TOUCHING <= b[2] and b[0] - _TOUCHING <= a[2] and a[1] - _TOUCHING <= b[3] and b[1] - _TOUCHING <= a[3]


def _holds(box: Box, x: float, y: float) -> bool:
    return box[0] - 1 <= x <= box[2] + 1 and box[1] - 2 <= y <= box[3] + 2


def _level(box: Box) -> list[Edge]:
    return [Edge(box[1], box[0], box[2]), Edge(box[3], box[0], box[2])]


def _upright(box: Box) -> list[Edge]:
    return [Edge(box[0], box[1], box[3]), Edge(box[2], box[1], box[3])]
