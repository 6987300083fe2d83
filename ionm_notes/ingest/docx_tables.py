"""Rows of Word tables: one line per row, except where a cell is a small form, prose, or a stack of rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ionm_notes.ingest.tables import same_boxes
from ionm_notes.ingest.text_layout import split_cells
from ionm_notes.ingest.visual import LABEL, leads_with_clock
from ionm_notes.types import LineKind


def row_lines(texts: Sequence[str]) -> Iterator[tuple[list[str], LineKind]]:
    """Lines of one row as (cells, kind); `texts` holds each cell's text with a line per paragraph or break."""
    lines = [[line for line in text.split("\n") if line.strip()] for text in texts]
    if not any(lines):
        return
    filled = [cell for cell in lines if cell]
    clocks = sum(leads_with_clock(line.split()[:2]) for line in lines[0])
    if len(lines) == 1:
        yield from ((split_cells(line), "text") for line in lines[0])
    elif clocks > 1 and all(len(cell) in (0, len(lines[0])) for cell in lines):
        # Several entries typed into one row, line beside line.
        for number in range(len(lines[0])):
            yield [cell[number] if cell else "" for cell in lines], "row"
    elif (any(_is_form(cell) for cell in filled) and not same_boxes(filled)) or (
        len(filled) == 1 and len(filled[0]) > 1 and lines[0]
    ):
        for cell in filled:
            yield from ((split_cells(line), "text") for line in cell)
    else:
        cells = [" ".join(cell) for cell in lines]
        while not cells[-1]:
            cells.pop()
        yield cells, "row"


def _is_form(cell: Sequence[str]) -> bool:
    """A cell with two or more labelled lines is a small form, not one value."""
    return sum(bool(LABEL.match(line.strip() + " ")) for line in cell) > 1
