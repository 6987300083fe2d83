"""Circles drawn as check boxes: a closed ring, or a disk, that stands apart with words behind it."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from ionm_notes.ingest.ocr.tick import LONGEST, SHORTEST, Ink, Stats, Tick, says

_LEAST_RING = 0.9
"""Part of all directions from its middle in which a ring is inked."""
_STRAY = 0.02
"""Part of the paper beside a circle that may be inked by specks."""


def rings(ink: Ink, dpi: float) -> tuple[list[Tick], list[Tick]]:
    """Circles drawn as a ring, and filled ones."""
    import cv2

    low, high = SHORTEST * dpi, LONGEST * dpi
    _, labels, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    wide, tall = stats[:, 2], stats[:, 3]
    fitting = (wide >= low) & (wide <= high) & (tall >= low) & (tall <= high) & (np.abs(wide - tall) <= 0.12 * wide + 1)
    numbers = np.flatnonzero(fitting)
    circles: list[Tick] = []
    dots: list[Tick] = []
    for number in numbers[_stand_free(stats[numbers], ink)]:
        x, y, width, height = stats[number, :4].tolist()
        shape = (labels[y : y + height, x : x + width] == number).astype(np.uint8)
        whole = ink[y : y + height, x : x + width]
        kind = _round(shape, whole)
        if kind is None or not _before_words(stats[number], ink):
            continue
        box = Tick(x, y, x + width, y + height, kind[1], 0.0)
        (circles if kind[0] else dots).append(box)
    return circles, dots


def _round(shape: Ink, whole: Ink) -> tuple[bool, bool | None] | None:
    """Whether a piece of ink is a ring (or a disk), and what its inside says; None where it is not round."""
    height, width = shape.shape
    down, across = np.mgrid[0:height, 0:width]
    away = np.hypot((across + 0.5 - width / 2) / (width / 2), (down + 0.5 - height / 2) / (height / 2))
    rim = (away > 0.78) & (away <= 0.98)
    angle = np.floor((np.arctan2(down - height / 2 + 0.5, across - width / 2 + 0.5) + np.pi) / (2 * np.pi) * 24).astype(int) % 24
    covered = sum(bool(shape[rim & (angle == step)].any()) for step in range(24)) / 24
    outside = away > 1.12
    corners = [float(shape[outside & side].mean()) for side in (across < width / 2, across >= width / 2)]
    if covered < _LEAST_RING or max(corners) > 0.1:
        return None
    if float(whole[away < 0.9].mean()) > 0.95:
        return False, True
    return True, says(float(whole[away < 0.55].mean()))


def _stand_free(stats: Stats, ink: Ink) -> npt.NDArray[np.bool_]:
    """Which pieces of ink have free paper before and behind them, as letters within a word have not; asked of all at once."""
    import cv2

    sums = cv2.integral(ink)
    x, y, width, height = (stats[:, column] for column in range(4))
    before, behind = np.maximum(4, np.round(0.55 * width)), np.maximum(4, np.round(0.28 * width))

    def inked(low: npt.NDArray[Any], high: npt.NDArray[Any]) -> Stats:
        left, right = (np.clip(at, 0, ink.shape[1]).astype(int) for at in (low, high))
        area = np.maximum(1, (right - left) * height)
        return np.asarray((sums[y + height, right] - sums[y, right] - sums[y + height, left] + sums[y, left]) / area)

    free = (inked(x - before, x) <= _STRAY) & (inked(x + width, x + width + behind) <= _STRAY)
    return np.asarray(free, dtype=np.bool_)


def _before_words(stats: Stats, ink: Ink) -> bool:
    """Whether letters follow a piece of ink, not a full stop or nothing."""
    x, y, width, height = stats[:4].tolist()
    rows = np.flatnonzero(ink[y : y + height, x + width : x + round(3.2 * width)].any(axis=1))
    return bool(rows.size) and int(rows[-1] - rows[0]) >= 0.5 * height
