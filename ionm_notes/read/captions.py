"""Forms that print each label in small type under its answer: 'Ada Hale, MD' over 'surgeon' becomes the row 'surgeon | Ada Hale, MD'.

Only sizes of type and distances say which way such a form is read, so that this is for pages with geometry; `arranged.py` turns rows
of figures over their labels where there is none. An answer of several lines is put together from what stands over its label.
"""

from __future__ import annotations

import statistics
from collections.abc import Callable, Sequence
from dataclasses import replace

from ionm_notes.ingest.evidence import ALONE
from ionm_notes.types import Line

_SMALL = 0.88
"""Height of a label beside that of its answer at most."""
_ALIKE = 0.06
"""By how much, in parts of the larger, the type of two lines of an answer may differ."""
_LINES = 3
"""Lines of an answer at most."""
_CLOSE = 0.6
"""Distance between two lines of an answer, in heights of a line, at most."""
_NEARER = 0.75
"""Distance of a label from its answer, in parts of that to what stands below the label, at most."""
_FEWEST = 3
"""Rows of labels that such a form has at least."""
_SLACK = 4.0
"""Points by which an answer may begin before its label."""

Known = Callable[[Line], bool]
"""Whether half of the cells of a row are labels."""


def captioned(lines: tuple[Line, ...], known: Known) -> tuple[Line, ...]:
    """The lines, with a row 'label | answer' for each answer that stands over its label."""
    if not _small(lines):
        return lines
    out: list[Line] = []
    for page in dict.fromkeys(line.page for line in lines):
        out += _of_page([line for line in lines if line.page == page], known)
    return tuple(out)


def _small(lines: Sequence[Line]) -> list[int]:
    """The numbers of the lines in smaller type right under another; most pages have none, and are told by the first words of lines."""
    heights = [_first(line) for line in lines]
    smaller = (n for n in range(1, len(lines)) if heights[n] <= _SMALL * heights[n - 1])
    return [n for n in smaller if _is_small(lines[n - 1], lines[n])]


def _of_page(lines: Sequence[Line], known: Known) -> Sequence[Line]:
    small = _small(lines)
    told = [number for number in small if known(lines[number])]
    size = statistics.median(_height(lines[number]) for number in told) if told else 0.0
    groups = {number: _answer(lines, number) for number in small if abs(_height(lines[number]) - size) <= _ALIKE * size}
    if len(groups) < _FEWEST or len(told) < 2 or not _hang(lines, groups):
        return lines
    out: list[Line] = []
    at = 0
    for number, first in groups.items():
        out += [*lines[at:first], *_pairs(lines[first:number], lines[number])]
        at = number + 1
    return [*out, *lines[at:]]


def _answer(lines: Sequence[Line], number: int) -> int:
    """The number of the first line of the answers over a line of labels."""
    first = number - 1
    while first and number - first < _LINES and _goes_on(lines[first - 1], lines[first]):
        first -= 1
    return first


def _is_small(above: Line, below: Line) -> bool:
    """Whether a line stands in smaller type right under another."""
    if above.page != below.page or below.kind in ("header", "footer"):
        return False
    return 0 < _height(below) <= _SMALL * _height(above) and -1 < _gap(above, below) < _height(below)


def _goes_on(above: Line, below: Line) -> bool:
    """Whether two lines of the same type stand as close as those of one paragraph."""
    one, other = _height(above), _height(below)
    return other > 0 and abs(one - other) <= _ALIKE * max(one, other) and _gap(above, below) < _CLOSE * other


def _hang(lines: Sequence[Line], groups: dict[int, int]) -> bool:
    """Whether the labels stand nearer to what is above them than to what is below."""
    above = [_gap(lines[number - 1], lines[number]) for number in groups]
    below = [_gap(lines[number], lines[number + 1]) for number in groups if number + 1 < len(lines)]
    return bool(below) and statistics.median(above) <= _NEARER * statistics.median(below)


def _first(line: Line) -> float:
    """Height of the first word, in points: most lines are told from labels by it."""
    box = line.words[0].bbox if line.words else None
    return box[3] - box[1] if box else 0.0


def _height(line: Line) -> float:
    """Median height of the words, in points; 0 without geometry."""
    heights = [word.bbox[3] - word.bbox[1] for word in line.words if word.bbox is not None]
    return statistics.median(heights) if heights else 0.0


def _gap(above: Line, below: Line) -> float:
    """Points between two lines."""
    bottoms = [word.bbox[3] for word in above.words if word.bbox is not None]
    tops = [word.bbox[1] for word in below.words if word.bbox is not None]
    return min(tops) - max(bottoms) if tops and bottoms else float("inf")


def _pairs(answers: Sequence[Line], label: Line) -> list[Line]:
    """A row for each label with what stands over it; a label over which nothing stands is a row of its own."""
    lefts = [_left(label, low) for low, _ in label.cells]
    out: list[Line] = []
    for number, (low, high) in enumerate(label.cells):
        right = lefts[number + 1] - _SLACK if number + 1 < len(lefts) else float("inf")
        left = lefts[number] - _SLACK if number else float("-inf")
        over = [piece for line in answers if (piece := _between(line, left, right)) is not None]
        name = stretch(label, low, high)
        row = _joined([name, _joined(over, " ")], "\t") if over else name
        out.append(
            replace(row, cells=((0, high - low), (high - low + 1, len(row.text))) if over else ((0, high - low),), kind="row")
        )
    return out


def _left(line: Line, at: int) -> float:
    return next((word.bbox[0] for word in line.words if word.start >= at and word.bbox is not None), 0.0)


def _between(line: Line, left: float, right: float) -> Line | None:
    """The words of a line that begin between two places across the page."""
    words = [word for word in line.words if word.bbox is not None and left <= word.bbox[0] < right]
    return stretch(line, words[0].start, words[-1].end) if words else None


def _joined(pieces: Sequence[Line], between: str) -> Line:
    """Lines as one, `between` them."""
    at, whole = 0, []
    for piece in pieces:
        whole.append(_moved(piece, at))
        at += len(piece.text) + len(between)
    return replace(
        pieces[0],
        text=between.join(piece.text for piece in pieces),
        words=tuple(word for piece in whole for word in piece.words),
        doubts=tuple(doubt for piece in whole for doubt in piece.doubts),
        written=tuple(dict.fromkeys(told for piece in whole for told in piece.written)),
    )


def stretch(row: Line, low: int, high: int) -> Line:
    """A stretch of a line as a line of its own."""
    return _moved(
        replace(
            row,
            text=row.text[low:high],
            words=tuple(word for word in row.words if low <= word.start < high),
            cells=tuple((a, b) for a, b in row.cells if low <= a < high),
            doubts=tuple(doubt for doubt in row.doubts if low <= doubt.start < high),
            written=tuple(told for told in row.written if told == ALONE or low <= told[0] < high),
        ),
        -low,
    )


def _moved(line: Line, by: int) -> Line:
    """A line whose offsets are all `by` characters larger."""
    return replace(
        line,
        words=tuple(word._replace(start=word.start + by, end=word.end + by) for word in line.words),
        cells=tuple((a + by, b + by) for a, b in line.cells),
        doubts=tuple(replace(doubt, start=doubt.start + by, end=doubt.end + by) for doubt in line.doubts),
        written=tuple(told if told == ALONE else (told[0] + by, told[1] + by, told[2]) for told in line.written),
    )
