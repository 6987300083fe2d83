"""A form in two columns whose labels stand above their values: where such a stretch begins, ends and is parted.

Read line by line, a value on the left that wraps would run into one on the right. The same look have tables with headings in
capitals, so a form is believed only where both sides are labels and values from top to bottom and do not keep step.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from ionm_notes.ingest.placed import PlacedWord
from ionm_notes.ingest.visual import VisualLine, is_clock, visual_lines

_FEWEST = 3
"""Labels above values that a side needs at least."""
_GUTTER = 8.0
"""Least white left of the right column, in points."""
_LONGEST_LABEL = 6
_OTHER_TYPE = 0.08
"""A label's type differs from that of most words by this part at least, where it is neither in capitals nor has a colon."""
_NEAR = 1.9
"""A value stands no farther below its label than this many heights of a line."""
_LEAP = 1.4
"""A step this much wider than all before it ends the form."""
_FEWEST_STEPS = 2
"""Places where the sides do not keep step, at least."""
_STEPS_ALONE = 3
"""The same where values wrap on one side only or on none."""

Stretch = tuple[int, int, float]
"""First and last line (exclusive) and the left end of the right column."""


def stacked_form(lines: Sequence[VisualLine]) -> Stretch | None:
    """The stretch of lines that is a form in two columns with labels above values, None where there is none."""
    heights = sorted([word[3] - word[1] for line in lines for word in line.words])
    usual = heights[len(heights) // 2] if heights else 0.0
    if len([line for line in lines if _may_be_label(line, usual)]) < _FEWEST:
        return None
    starts = Counter([round(segment[0].x0) for line in lines for segment in line.segments])
    margin = min(starts)
    inner = [(count, x) for x, count in starts.items() if x > margin + 10 * _GUTTER]
    if not inner or max(inner)[0] < 2 * _FEWEST:
        return None
    right = max(inner)[1] - 1.0
    first, last = _longest(lines, right)
    first = next((at for at in range(first, last) if _begins(lines[at], right, usual)), last)
    last = _end(lines, first, last)
    return (first, last, right) if last - first >= 2 * _FEWEST and _is_form(lines[first:last], right, usual) else None


def _may_be_label(line: VisualLine, usual: float) -> bool:
    first, last = line.words[0], line.segments[0][-1]
    return first[4].isupper() or last[4][-1:] == ":" or abs(first[3] - first[1] - usual) > _OTHER_TYPE * usual


def _longest(lines: Sequence[VisualLine], right: float) -> tuple[int, int]:
    """The longest run of lines that leave the white before the right column free."""
    best, start = (0, 0), 0
    for at, line in enumerate([*lines, None]):
        if line is None or any(word.x0 < right and word.x1 > right - _GUTTER for word in line.words):
            best = max(best, (start, at), key=lambda run: run[1] - run[0])
            start = at + 1
    return best


def _begins(line: VisualLine, right: float, usual: float) -> bool:
    """Whether a label stands on either side."""
    sides = ([word for word in line.words if (word.x0 >= right) is side] for side in (False, True))
    return all(words and _is_label(words, usual) for words in sides)


def _end(lines: Sequence[VisualLine], first: int, last: int) -> int:
    widest = 0.0
    for at in range(first + 1, last):
        step = lines[at].middle - lines[at - 1].middle
        if at > first + 2 * _FEWEST and step > _LEAP * widest:
            return at
        widest = max(widest, step)
    return last


def _is_form(lines: Sequence[VisualLine], right: float, usual: float) -> bool:
    """Whether either side is labels above values, and the sides do not keep step, so that no line across is a row."""
    words = [word for line in lines for word in line.words]
    sides = [visual_lines([word for word in words if (word.x0 >= right) is side]) for side in (False, True)]
    labels = [_labels(side, usual) for side in sides]
    if min(map(len, labels)) < _FEWEST or any(_is_log(side) for side in sides) or any(map(_repeats, labels)):
        return False
    steps = 0
    for side, other in ((0, 1), (1, 0)):
        within = [label for label in labels[side] if label.middle < sides[other][-1].middle]
        steps += sum(not _level(label, labels[other]) for label in within)
    if steps >= _STEPS_ALONE:
        return True
    wraps = [[line for line in side if line.words[0].text[:1].islower()] for side in sides]
    return all(wraps) and steps + sum(_level(line, wraps[1]) for line in wraps[0]) >= _FEWEST_STEPS


def _labels(side: Sequence[VisualLine], usual: float) -> list[VisualLine]:
    """The labels right above a value that is none."""
    heads = [_is_label(line.words, usual) for line in side]
    near = [below.middle - above.middle <= _NEAR * max(above.height, below.height) for above, below in pairwise(side)]
    return [side[at] for at in range(len(side) - 1) if heads[at] and not heads[at + 1] and near[at]]


def _is_label(words: Sequence[PlacedWord], usual: float) -> bool:
    """Few words without a time, in capitals, with a colon at their end or in a type that is not that of the values."""
    texts = [word.text for word in words]
    text = " ".join(texts)
    if len(texts) > _LONGEST_LABEL or not text[:1].isupper() or any(map(is_clock, texts)):
        return False
    return text.isupper() or text.endswith(":") or abs(words[0].bottom - words[0].top - usual) > _OTHER_TYPE * usual


def _is_log(side: Sequence[VisualLine]) -> bool:
    """Whether times stand below one another without a label between them: a column of a log."""
    bare = [line.clock and len(line.words) <= 2 for line in side]
    return any(above and below for above, below in pairwise(bare))


def _repeats(labels: Sequence[VisualLine]) -> bool:
    """Whether a label stands on a side twice, but for a number: the rows of a table whose cells hold labels."""
    texts = [" ".join(word.text for word in label.words).rstrip(" 0123456789:#").lower() for label in labels]
    return len(set(texts)) < len(texts)


def _level(line: VisualLine, others: Sequence[VisualLine]) -> bool:
    return any(abs(line.middle - other.middle) < line.height / 2 for other in others)
