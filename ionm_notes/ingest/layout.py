"""A page's words and edges to lines in reading order: tables first, then columns, then lines; start here for layout.

words, edges -> tables (grid, tables) -> what is left, in stretches between them -> columns of prose (columns)
             -> visual lines, logs and aligned rows (aligned) -> paragraphs (blocks)
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from ionm_notes.ingest.aligned import LEAD_X, align
from ionm_notes.ingest.blocks import number_blocks
from ionm_notes.ingest.columns import split_columns
from ionm_notes.ingest.edges import Edges
from ionm_notes.ingest.grid import find_grids
from ionm_notes.ingest.halves import Halves, find_halves
from ionm_notes.ingest.outlined import open_outline
from ionm_notes.ingest.placed import Draft, PlacedWord, box_of
from ionm_notes.ingest.tables import Frame, read_grid
from ionm_notes.ingest.visual import VisualLine, is_clock, visual_lines
from ionm_notes.types import BBox


class _Chunk(NamedTuple):
    """A table that was read: the box of its words, and its drafts."""

    box: BBox
    drafts: list[Draft]


_PAGE_FRAME = 0.6
"""A frame that takes more than this part of the page is decoration around everything."""
_DEEPEST = 4
_MARGIN = 0.2
_FEWEST_NUMBERED = 8
_FEWEST_LABELLED = 2


def lay_out_page(
    words: Sequence[PlacedWord], sideways: Sequence[PlacedWord], edges: Edges, width: float, height: float
) -> list[Draft]:
    """The drafts of a page in reading order, numbered by paragraph."""
    free = _without_line_numbers(words, width)
    chunks: list[_Chunk] = []
    for grid in find_grids(edges) if edges.across else []:
        inside = [word for word in free if grid.holds((word.x0 + word.x1) / 2, word.middle)]
        if not inside:
            continue
        found = read_grid(grid, inside)
        if found is None:
            continue
        if isinstance(found, Frame):
            if grid.area > _PAGE_FRAME * width * height:
                continue
            drafts = lay_out_zone(inside)
        elif _times_of_labels(found, free, {id(word) for word in inside}):
            continue
        else:
            drafts = found
        taken = {id(word) for word in inside}
        free = [word for word in free if id(word) not in taken]
        chunks.append(_Chunk(box_of(inside), drafts))
    drafts = open_outline(_by_halves(chunks, free, width))
    _mark_headings(drafts)
    number_blocks(drafts)
    return drafts + _stamps(sideways, drafts)


def _times_of_labels(drafts: Sequence[Draft], free: Sequence[PlacedWord], inside: set[int]) -> bool:
    """Whether a table holds only the clock times of labels that stand left of it: lines to write on, no table."""
    rows = [draft for draft in drafts if draft.cells and any(is_clock(word.text) for cell in draft.cells for word in cell)]
    if len(rows) < _FEWEST_LABELLED or any(not is_clock(word.text) for row in rows for cell in row.cells for word in cell):
        return False
    left = min(row.box[0] for row in rows)
    outside = [word for word in free if word.x1 < left and id(word) not in inside]
    return all(any(row.box[1] <= word.middle <= row.box[3] for word in outside) for row in rows)


def _without_line_numbers(words: Sequence[PlacedWord], width: float) -> list[PlacedWord]:
    """Words without the numbers 1, 2, 3 … that count the lines of a page in its margin."""
    numbers = [w for w in words if w.x1 < _MARGIN * width and w.text.isdecimal() and len(w.text) <= 3]
    if len(numbers) < _FEWEST_NUMBERED:
        return list(words)
    numbers.sort(key=lambda w: w.top)
    counted = sum(int(b.text) == int(a.text) + 1 for a, b in pairwise(numbers))
    margin = max(w.x1 for w in numbers)
    between = any(w.x0 < margin and w not in numbers for w in words)
    if between or counted < 0.9 * (len(numbers) - 1):
        return list(words)
    return [w for w in words if w not in numbers]


def lay_out_zone(words: Sequence[PlacedWord], depth: int = 0) -> list[Draft]:
    """Lines of a stretch without ruled tables: columns of prose one after the other, the rest line by line."""
    if not words:
        return []
    return _lines(visual_lines(words), depth)


def _lines(lines: list[VisualLine], depth: int) -> list[Draft]:
    split = split_columns(lines) if depth < _DEEPEST else None
    if split is None:
        return align(lines)
    out = _lines(lines[: split.first], depth + 1) if split.first else []
    for side in (split.left, split.right):
        out += lay_out_zone(side, depth + 1)
    return out + (_lines(lines[split.last :], depth + 1) if split.last < len(lines) else [])


def _by_halves(chunks: list[_Chunk], free: list[PlacedWord], width: float) -> list[Draft]:
    """The drafts of a page; where tables stand in one half of it, each half by itself."""
    halves = find_halves(free, [chunk.box for chunk in chunks], width)
    if halves is None:
        return _woven(chunks, free)
    out: list[Draft] = []
    for part in (-1, 0, 1):
        inside = [c for c in chunks if _part(c.box[1], c.box[3], halves) == part]
        words = [w for w in free if _part(w.top, w.bottom, halves) == part]
        if part:
            out += _woven(inside, words)
            continue
        for right in (False, True):
            out += _woven(
                [c for c in inside if (c.box[0] >= halves.middle) is right],
                [w for w in words if (w.x0 >= halves.middle) is right],
            )
    return out


def _part(top: float, bottom: float, halves: Halves) -> int:
    """-1 above the halves, 0 within, 1 below."""
    middle = (top + bottom) / 2
    return -1 if middle < halves.top else 1 if middle > halves.bottom else 0


def _woven(chunks: list[_Chunk], free: list[PlacedWord]) -> list[Draft]:
    """Tables and the text between them from top to bottom."""
    if not chunks:
        return lay_out_zone(free)
    chunks = sorted(chunks, key=lambda chunk: (chunk.box[1], chunk.box[0]))
    tops = [chunk.box[1] for chunk in chunks]
    stretches: list[list[PlacedWord]] = [[] for _ in range(len(chunks) + 1)]
    for word in free:
        stretches[bisect_right(tops, word.middle)].append(word)
    out = lay_out_zone(stretches[0])
    for chunk, stretch in zip(chunks, stretches[1:], strict=True):
        out += chunk.drafts
        out += lay_out_zone(stretch)
    return out


def _mark_headings(drafts: Sequence[Draft]) -> None:
    """A line above a table whose words stand over the table's columns names them and is a row too."""
    for above, below in pairwise(drafts):
        if above.kind != "text" or below.kind != "row" or len(above.cells) < 3 or len(below.cells) < 2:
            continue
        lefts = [cell[0].x0 for cell in below.cells if cell]
        over = sum(any(abs(cell[0].x0 - left) <= LEAD_X for left in lefts) for cell in above.cells if cell)
        height = above.box[3] - above.box[1]
        if over >= 2 and 0 <= below.box[1] - above.box[3] <= 2 * height:
            above.kind = "row"


def _stamps(sideways: Sequence[PlacedWord], drafts: Sequence[Draft]) -> list[Draft]:
    """Words that stand on their side, as lines of their own after everything else."""
    block = max((draft.block for draft in drafts), default=-1)
    out: list[Draft] = []
    for word in sideways:
        if out and word.order == out[-1].cells[0][-1].order + 1:
            out[-1].cells[0].append(word)
        else:
            block += 1
            out.append(Draft([[word]], "text", block))
    return out
