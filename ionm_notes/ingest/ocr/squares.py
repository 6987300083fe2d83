"""Squares drawn as check boxes: four straight sides with their corners, free paper around them, ink or none inside."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import numpy.typing as npt

from ionm_notes.ingest.ocr.tick import LONGEST, SHORTEST, Ink, Stats, Tick, says

_GAP = 0.02
"""Inches: breaks of an outline up to this long are closed."""
_THINNEST = 0.35
"""A piece of ink lower than this part of its width is a side; a higher one is filled."""
_UNEVEN = 0.2
"""By which part a box may be higher or lower than wide: a coarse fax has lines twice as far apart as dots."""
_LEAST_SIDE, _LEAST_SIDES = 0.72, 0.9
"""Part of each side, and of all four, that is inked."""
_CORNER = 0.6
"""Part of the ends of each side that is inked."""
_WHOLE = 0.92
"""The least inked part of the outline of a box with ink inside, which may be letters side by side."""
_BEFORE, _BEHIND = 0.36, 0.22
"""Free paper before and behind a box, in sides of it: letters of a word stand closer."""
_STRAY = 0.1
"""Part of the paper beside a box that may be inked by specks."""
_RUN_ON = 0.35
"""Inked part of the paper beyond a corner from which on a side goes on there."""


def squares(ink: Ink, dpi: float) -> tuple[list[Tick], list[Tick]]:
    """Outlined squares, and filled ones, by the pieces of level strokes that may be their tops and feet."""
    import cv2

    low, high, gap = round(SHORTEST * dpi) | 1, round(LONGEST * dpi), round(_GAP * dpi) | 1
    level: Ink = np.asarray(cv2.dilate(ink, np.ones((3, 1), np.uint8)), dtype=np.uint8)
    upright: Ink = np.asarray(cv2.dilate(ink, np.ones((1, 3), np.uint8)), dtype=np.uint8)
    closed = cv2.morphologyEx(level, cv2.MORPH_CLOSE, np.ones((1, gap), np.uint8))
    lines = cv2.morphologyEx(closed, cv2.MORPH_OPEN, np.ones((1, low), np.uint8))
    _, _, stats, _ = cv2.connectedComponentsWithStats(lines)
    outlined, solid = [], []
    likely = _with_a_side(stats, upright, (low, round(high * 1.1)))
    for x, y, width, height, area in stats[likely].tolist():
        if height <= max(4, _THINNEST * width):
            outlined += [box for box in _hung_on((x, y, width, height), level, upright, ink) if _stands_apart(box, ink)]
        elif abs(height - 2 - width) <= _UNEVEN * width and area >= 0.85 * width * height:
            box = Tick(x, y + 1, x + width, y + height - 1, True, 1.0)
            solid += [box] if _stands_apart(box, ink) else []
    weighed = [_weighed(box, ink) for box in outlined]
    return [box for box in weighed if box.ticked is False or box.whole >= _WHOLE], solid


def _with_a_side(stats: Stats, upright: Ink, widths: tuple[int, int]) -> npt.NDArray[np.int64]:
    """Level strokes as wide as a box from whose ends ink runs up or down; asked of all at once, since a page has hundreds."""
    x, y, width, height = (stats[:, column] for column in range(4))
    numbers = np.flatnonzero((width >= widths[0]) & (width <= widths[1]))
    numbers = numbers[numbers > 0]
    x, middle, width = x[numbers], y[numbers] + height[numbers] // 2, width[numbers]
    steps = np.linspace(0.1, 0.7, 7)
    sure = np.zeros(len(numbers), dtype=np.bool_)
    for way in (1, -1):
        rows = np.clip(np.round(middle[:, None] + way * width[:, None] * steps).astype(int), 0, upright.shape[0] - 1)
        ends = [upright[rows, at[:, None]].mean(axis=1) for at in (x, x + width - 1)]
        sure |= np.minimum(*ends) > 0.5
    return numbers[sure]


def _hung_on(side: tuple[int, int, int, int], level: Ink, upright: Ink, ink: Ink) -> list[Tick]:
    """The square of which a level stroke is the top, and that of which it is the foot, where the ink shows the other sides."""
    x, y, width, height = side
    middle, last = y + height // 2, x + width - 1
    spread = max(2, round(_UNEVEN * width))
    out = []
    for down in (1, -1):
        best, sure = None, _LEAST_SIDES
        for tall in range(width - spread, width + spread + 1):
            top, bottom = (middle, middle + tall) if down > 0 else (middle - tall, middle)
            if top < 0 or bottom >= level.shape[0] or level[bottom if down > 0 else top, x : last + 1].mean() < _LEAST_SIDE:
                continue
            parts = _sides(level, upright, (x, top, last, bottom))
            if min(parts) >= _LEAST_SIDE and sum(parts) / 4 > sure:
                best, sure = (x, top, last + 1, bottom + 1), sum(parts) / 4
        out += [_whole(best, ink, sure)] if best else []
    return out


def _whole(box: tuple[int, int, int, int], ink: Ink, sure: float) -> Tick:
    """The box with all of its outline: each side moved out as long as most of it is inked."""
    x0, y0, x1, y1 = box
    most = 4
    for _ in range(most):
        y0 -= y0 > 0 and float(ink[y0 - 1, x0:x1].mean()) > 0.5
        y1 += y1 < ink.shape[0] and float(ink[y1, x0:x1].mean()) > 0.5
        x0 -= x0 > 0 and float(ink[y0:y1, x0 - 1].mean()) > 0.5
        x1 += x1 < ink.shape[1] and float(ink[y0:y1, x1].mean()) > 0.5
    return Tick(x0, y0, x1, y1, None, sure)


def _sides(level: Ink, upright: Ink, box: tuple[int, int, int, int]) -> tuple[float, float, float, float]:
    """The inked part of each side of a square; none of any where a corner is bare, as those of round letters are."""
    x0, y0, x1, y1 = box
    rows = [level[y, x0 : x1 + 1] for y in (y0, y1)]
    columns = [upright[y0 : y1 + 1, x] for x in (x0, x1)]
    parts = tuple(float(side.mean()) for side in (*rows, *columns))
    corner = max(3, (x1 - x0) // 6)
    ends = [end.mean() for side in (*rows, *columns) for end in (side[:corner], side[-corner:])]
    return (parts[0], parts[1], parts[2], parts[3]) if min(ends) > _CORNER else (0.0, 0.0, 0.0, 0.0)


def _stands_apart(box: Tick, ink: Ink) -> bool:
    """Whether free paper lies on both sides of the foot of a box, and its sides end at their corners."""
    side, out = box.side, 1
    low, high = round(box.y0 + 0.35 * side), box.y1 + 1
    left = ink[low:high, max(0, box.x0 - out - round(_BEFORE * side)) : max(0, box.x0 - out)]
    right = ink[low:high, box.x1 + out : box.x1 + out + max(2, round(_BEHIND * side))]
    return not _crossed(left) and not _crossed(right) and _run_on(box, ink) <= 1 and _corners(box, ink) >= 3


def _run_on(box: Tick, ink: Ink) -> int:
    """At how many corners a side runs on past the square, as stems of letters and lines of a grid do; a pen may leave by one."""
    far, wide = max(3, round(0.22 * box.side)), max(2, round(0.12 * box.side))
    count = 0
    for across, beyond_x in ((box.x0, slice(max(0, box.x0 - far), box.x0)), (box.x1 - wide, slice(box.x1, box.x1 + far))):
        for down, beyond_y in ((box.y0, slice(max(0, box.y0 - far), box.y0)), (box.y1 - wide, slice(box.y1, box.y1 + far))):
            parts = ink[beyond_y, across : across + wide], ink[down : down + wide, beyond_x]
            count += any(bool(part.size) and float(part.mean()) > _RUN_ON for part in parts)
    return count


def _corners(box: Tick, ink: Ink) -> int:
    """How many corners are inked; those of round letters are bare."""
    reach = max(2, round(0.1 * box.side))
    rows, columns = ((slice(low, low + reach), slice(high - reach, high)) for low, high in ((box.y0, box.y1), (box.x0, box.x1)))
    return sum(bool(ink[down, across].any()) for down in rows for across in columns)


def _crossed(part: Ink) -> bool:
    return bool(part.size) and float(part.mean()) > _STRAY


def _weighed(box: Tick, ink: Ink) -> Tick:
    """The box with what its inside says."""
    side = box.side
    inset = 0
    # The outline ends where rows and columns inside it are no longer mostly ink.
    while inset < 0.3 * side and _rim(box, ink, inset) > 0.5:
        inset += 1
    inset += max(1, round(0.08 * side))
    inside = ink[box.y0 + inset : box.y1 - inset, box.x0 + inset : box.x1 - inset]
    return replace(box, ticked=says(float(inside.mean()) if inside.size else 0.07))


def _rim(box: Tick, ink: Ink, inset: int) -> float:
    x0, y0, x1, y1 = box.x0 + inset, box.y0 + inset, box.x1 - inset - 1, box.y1 - inset - 1
    rims = (ink[y0, x0 : x1 + 1], ink[y1, x0 : x1 + 1], ink[y0 : y1 + 1, x0], ink[y0 : y1 + 1, x1])
    return max(float(rim.mean()) for rim in rims)
