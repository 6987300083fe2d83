"""Two columns of prose side by side: finds the white between them, so that each is read from top to bottom.

Forms with labels on both sides and logs have such white too; they are told apart by how full the lines are. A form whose
labels stand above their values is read by columns as well (`stacked.py`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from ionm_notes.ingest.foot import foot_of_column
from ionm_notes.ingest.placed import PlacedWord
from ionm_notes.ingest.stacked import stacked_form
from ionm_notes.ingest.visual import LABEL, VisualLine

FEWEST = 5
"""Columns with fewer lines on a side are read line by line."""
GUTTER = 8.0
"""Least white between columns in points."""
_FULL = 0.7
"""A line is full that takes this part of its column."""


_BESIDE = 0.9
"""Less than this part of a line's height below the line above, and a line stands beside it, not under it."""
_FEWEST_OFFSET = 4


@dataclass(frozen=True, slots=True)
class Split:
    """Lines `first` to `last` (exclusive) stand in two columns: the words of the left and the right one."""

    first: int
    last: int
    left: list[PlacedWord]
    right: list[PlacedWord]


def split_columns(lines: Sequence[VisualLine]) -> Split | None:
    """The longest stretch of lines that is two columns of prose or of a form, None where there is none."""
    best: Split | None = None
    start = 0
    while start < len(lines):
        run = _run(lines, start)
        if run is None:
            start += 1
            continue
        last, low, high = run
        middle = (low + high) / 2
        longer = best is None or last - start > best.last - best.first
        if longer and (_is_prose(lines[start:last], middle) or _staggered(lines[start:last], middle)):
            best = _split(lines, _level_head(lines, start, last, middle), last, middle)
        start = last if last > start else start + 1
    form = stacked_form(lines)
    if form is not None and (best is None or form[1] - form[0] > best.last - best.first):
        return _split(lines, *form)
    return best


def _split(lines: Sequence[VisualLine], first: int, last: int, middle: float) -> Split:
    """The columns, which end above the heading of what stands across below them."""
    words = [word for line in lines[first:last] for word in line.words]
    if last < len(lines):
        left, right = ([(w.top, w.bottom) for w in words if (w.x1 <= middle) is side] for side in (True, False))
        foot = foot_of_column(left, right, lines[last].top)
        last = next((at for at in range(first, last) if lines[at].top >= foot), last)
        words = [word for line in lines[first:last] for word in line.words]
    return Split(first, last, [w for w in words if w.x1 <= middle], [w for w in words if w.x0 >= middle])


def _level_head(lines: Sequence[VisualLine], first: int, last: int, middle: float) -> int:
    """Where columns begin whose first lines stand level, before headings and wraps part them: line by line they look like rows.

    Such lines begin where the columns do, leave the white free, and follow closely; one of them at least takes half of the left
    column, which no label before a value does.
    """
    inside = [word for line in lines[first:last] for word in line.words]
    left, right = ([w for w in inside if (w.x1 <= middle) is side] for side in (True, False))
    edges = min(w.x0 for w in left), min(w.x0 for w in right)
    width = max(w.x1 for w in left) - edges[0]
    head, wide = first, False
    while head > 0:
        line = lines[head - 1]
        sides = [w for w in line.words if w.x1 <= middle], [w for w in line.words if w.x0 >= middle]
        begins = all(words and abs(words[0].x0 - edge) <= _LEVEL for words, edge in zip(sides, edges, strict=True))
        across = len(sides[0]) + len(sides[1]) < len(line.words)
        apart = lines[head].middle - line.middle > _CLOSE * line.height
        if not begins or across or apart or len(line.segments) > _BOTH_SIDES or sides[0][-1].text.endswith(":"):
            break
        wide = wide or sides[0][-1].x1 - sides[0][0].x0 >= width / 2
        head -= 1
    return head if wide else first


_LEVEL = 1.5
"""Points within which lines begin where their column does."""
_CLOSE = 2.0
"""Heights of a line from one to the next within a column."""
_BOTH_SIDES = 2


def _run(lines: Sequence[VisualLine], start: int) -> tuple[int, float, float] | None:
    """End and gutter of the stretch from `start` on whose lines leave one strip of white free."""
    gaps = _gaps(lines[start])
    best: tuple[int, float, float] | None = None
    for low, high in gaps:
        last = start + 1
        while last < len(lines):
            narrowed = _narrow(lines[last], low, high)
            if narrowed is None:
                break
            low, high = narrowed
            last += 1
        if best is None or last > best[0]:
            best = (last, low, high)
    return best if best is not None and best[0] - start >= FEWEST else None


def _gaps(line: VisualLine) -> list[tuple[float, float]]:
    out = []
    for before, after in zip(line.segments, line.segments[1:], strict=False):
        low, high = max(w.x1 for w in before), after[0].x0
        if high - low >= GUTTER:
            out.append((low, high))
    return out


def _narrow(line: VisualLine, low: float, high: float) -> tuple[float, float] | None:
    """The part of the strip that this line leaves free too, None where it runs across."""
    for word in line.words:
        if word.x1 <= low or word.x0 >= high:
            continue
        if word.x0 <= low and word.x1 < high:
            low = word.x1
        elif word.x1 >= high and word.x0 > low:
            high = word.x0
        else:
            return None
        if high - low < GUTTER:
            return None
    return low, high


def _staggered(lines: Sequence[VisualLine], middle: float) -> bool:
    """Whether the two sides run on lines of their own: again and again one stands half beside the next of the other.

    The two halves of a form row share a base line; columns that were set apart seldom do.
    """
    left = sum(all(w.x1 <= middle for w in line.words) for line in lines)
    right = sum(all(w.x0 >= middle for w in line.words) for line in lines)
    if min(left, right) < FEWEST:
        return False
    offset = 0
    for above, below in pairwise(lines):
        sides = [all(w.x1 <= middle for w in line.words) - all(w.x0 >= middle for w in line.words) for line in (above, below)]
        height = max(w.bottom - w.top for w in above.words)
        shift = min(w.top for w in below.words) - min(w.top for w in above.words)
        offset += sides[0] * sides[1] < 0 and shift < _BESIDE * height
    return offset >= _FEWEST_OFFSET


def _is_prose(lines: Sequence[VisualLine], middle: float) -> bool:
    sides = [
        [[w for w in line.words if w.x1 <= middle] for line in lines],
        [[w for w in line.words if w.x0 >= middle] for line in lines],
    ]
    widths = []
    for side in sides:
        filled = [words for words in side if words]
        if len(filled) < FEWEST:
            return False
        left, right = min(w[0].x0 for w in filled), max(w[-1].x1 for w in filled)
        width = right - left
        widths.append(width)
        full = sum(words[-1].x1 - words[0].x0 >= _FULL * width for words in filled)
        labelled = sum(bool(LABEL.match(" ".join(w.text for w in words))) for words in filled)
        clocks = sum(words[0].text[:1].isdigit() for words in filled)
        if full < 0.5 * len(filled) or labelled > 0.4 * len(filled) or clocks > 0.4 * len(filled):
            return False
        if sum(map(len, filled)) < 3 * len(filled):
            return False
    return min(widths) > 0.4 * max(widths)
