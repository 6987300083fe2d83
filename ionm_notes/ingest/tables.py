"""The rows of one ruled table: words to cells, cells to rows; tells a table from a frame around text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ionm_notes.ingest.aligned import align, columns_between, rows_by_clock
from ionm_notes.ingest.grid import Grid
from ionm_notes.ingest.placed import Cell, Draft, PlacedWord
from ionm_notes.ingest.visual import LABEL, VisualLine, in_reading_order, leads_with_clock, visual_lines


@dataclass(frozen=True, slots=True)
class Frame:
    """Says that the grid is a frame around text: its words are to be laid out by themselves."""


def read_grid(grid: Grid, words: Sequence[PlacedWord]) -> list[Draft] | Frame | None:
    """Drafts of a table, `Frame` for a box around text, None where the lines bound neither."""
    if grid.columns == 1:
        return _bands(grid, words)
    cells = {id(word): grid.cell_at(word) for word in words}
    if _cuts_phrases(cells, words):
        return None
    rows: dict[int, dict[int, list[PlacedWord]]] = {}
    first: dict[int, tuple[int, int]] = {}
    for place, number in grid.cell.items():
        if number not in first or place < first[number]:
            first[number] = place
    for word in words:
        row, column = first[cells[id(word)]]
        rows.setdefault(row, {}).setdefault(column, []).append(word)
    out: list[Draft] = []
    for row in sorted(rows):
        numbers = list(dict.fromkeys(grid.cell[row, column] for column in range(len(grid.xs) - 1)))
        # A cell merged over rows is told in its first; below it stays empty, so that the columns keep their places.
        lefts = [grid.xs[first[number][1]] for number in numbers]
        texts = [visual_lines(rows[row].get(first[n][1], []) if first[n][0] == row else []) for n in numbers]
        out += _row(texts, lefts, len(grid.ys) <= 3)
    return out


def _cuts_phrases(cells: Mapping[int, int], words: Sequence[PlacedWord]) -> bool:
    """Whether lines run through words or between words one space apart: a drawing, no table. `cells`: the cell of each."""
    cut = 0
    for line in visual_lines(words):
        near = 0.45 * line.height
        for before, word in pairwise(line.words):
            cut += word[0] - before[2] <= near and cells[id(before)] != cells[id(word)]
    return cut > 1 and cut > len(words) // 25


def _row(cells: list[list[VisualLine]], lefts: list[float], few_rows: bool) -> list[Draft]:
    """One row, or the lines that share its cells where it is no row but a box, or several rows without rules."""
    filled = [cell for cell in cells if cell]
    if len(cells) == 1 or (len(filled) == 1 and (_is_box(filled[0]) or (len(filled[0]) > 1 and cells[0] is filled[0]))):
        return align(filled[0])
    captioned = len(filled) > 1 and all(_captioned(cell) for cell in filled)
    clocks = sum(line.clock for line in cells[0])
    if not captioned and (clocks > 1 or (few_rows and _stands_in_lines(cells))):
        words = [word for cell in cells for line in cell for word in line.words]
        if clocks:
            return rows_by_clock(visual_lines(words), lefts, ruled=True)
        return [Draft(columns_between(line.words, lefts), "row") for line in visual_lines(words)]
    texts = [[" ".join(word.text for word in line.words) for line in cell] for cell in filled]
    if any(_is_box(cell) for cell in filled) and not same_boxes(texts):
        return [draft for cell in filled for draft in align(cell)]
    made: list[Cell] = [[word for line in cell for word in line.words] for cell in cells]
    while made and not made[-1]:
        made.pop()
    return [Draft(made, "row")]


def _is_box(cell: list[VisualLine]) -> bool:
    """A cell with two or more labelled lines ('Name: …', 'DOB: …') is a small form, not one value."""
    return sum(bool(LABEL.match(" ".join(w.text for w in line.words))) for line in cell) > 1


_SMALLER = 0.9
"""A caption is at most this much of the height of the values below it; the heads of columns are no smaller than their rows."""


def _captioned(cell: list[VisualLine]) -> bool:
    """A cell of a form: its first line, in smaller type and without a time, says what the others are ('Hook-up from / to')."""
    return len(cell) > 1 and not cell[0].clock and cell[0].height <= _SMALLER * min(line.height for line in cell[1:])


def same_boxes(cells: list[list[str]]) -> bool:
    """Whether all cells hold the same labels: 'Start: 06:50, Stop: 07:25' below every part of the day."""
    labels = {tuple(line.partition(":")[0].strip().lower() for line in cell) for cell in cells}
    return len(cells) > 1 and len(labels) == 1


def _stands_in_lines(cells: list[list[VisualLine]]) -> bool:
    """Whether all columns hold the same number (three or more) of lines at the same heights: rows without rules."""
    counts = {len(cell) for cell in cells}
    if len(counts) != 1 or min(counts) < 3:
        return False
    return all(
        abs(line.middle - other.middle) < line.height / 2
        for cell in cells[1:]
        for line, other in zip(cell, cells[0], strict=True)
    )


def _bands(grid: Grid, words: Sequence[PlacedWord]) -> list[Draft] | Frame | None:
    """Rows ruled or shaded across the whole width with no vertical lines: columns come from the white between them."""
    if len(grid.ys) < 3:
        return Frame()
    bands: dict[int, list[PlacedWord]] = {}
    for word in words:
        bands.setdefault(grid.place(grid.xs[0], word.middle)[0], []).append(word)
    lefts = _common_columns(list(bands.values()))
    if len(lefts) < 2:
        return Frame() if _is_panel(grid, bands) else None
    out: list[Draft] = []
    for band in sorted(bands):
        cells = [in_reading_order(cell) for cell in columns_between(bands[band], lefts)]
        firsts = visual_lines(cells[0]) if cells[0] else []
        if len(firsts) > 1 and sum(line.clock for line in firsts) != 1 and _several(firsts, bands[band]):
            return None
        while not cells[-1]:
            cells.pop()
        out.append(Draft(cells, "row"))
    return out


def _is_panel(grid: Grid, bands: dict[int, list[PlacedWord]]) -> bool:
    """Whether a box has a band for its title and one for its text, as the panels of a form have."""
    if len(grid.ys) != 3 or set(bands) != {0, 1}:
        return False
    return len(visual_lines(bands[0])) == 1 < len(visual_lines(bands[1]))


def _several(firsts: list[VisualLine], band: list[PlacedWord]) -> bool:
    """Whether the first column's lines begin rows of their own: clock times, labels, or as many as the band has lines."""
    if sum(leads_with_clock([w.text for w in line.words[:2]]) for line in firsts) > 1 or _is_box(firsts):
        return True
    return len(firsts) > 2 or len(firsts) >= len(visual_lines(band))


def _common_columns(bands: list[list[PlacedWord]]) -> list[float]:
    """Left ends of the columns: stretches of x between which no word of any band stands."""
    words = sorted((word for band in bands for word in band), key=lambda w: w.x0)
    lefts: list[float] = []
    right = float("-inf")
    for word in words:
        if word.x0 > right + 0.5 * (word.bottom - word.top) or not lefts:
            lefts.append(word.x0)
        right = max(right, word.x1)
    return lefts
