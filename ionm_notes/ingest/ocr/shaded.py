"""Shaded areas of a scanned page (side bars, every other row of a table, filled headings) as boxes for the table code."""

from __future__ import annotations

import numpy as np

from ionm_notes.ingest.edges import Edges
from ionm_notes.ingest.ocr.engine import Gray

LEAST_WIDTH, LEAST_HEIGHT = 0.4, 0.11
"""Inches: a shaded cell is wider and as high as a line of small type."""
FILLED = 0.9
"""The part of its box that an area fills; pictures and shadows of the scanner fill less."""
_STEP = 5
"""How much darker than the paper shading is at least, out of 255; the lightest gray that printers keep."""
_COARSE = 50.0
"""Dots to an inch at which areas are looked for; at this size letters and specks vanish in a median filter."""


def add_shaded(edges: Edges, image: Gray, dpi: float) -> None:
    """Adds the four sides of every shaded area to the edges, in points of the sheet."""
    import cv2

    ratio = _COARSE / dpi
    # The lightest dot of each small square is paper or shading even where letters stand.
    light = cv2.dilate(cv2.medianBlur(image, 3), np.ones((3, 3), np.uint8))
    coarse = cv2.medianBlur(cv2.resize(light, None, fx=ratio, fy=ratio, interpolation=cv2.INTER_AREA), 5)
    paper = int(np.argmax(np.bincount(coarse.ravel(), minlength=256)[128:])) + 128
    dark = (coarse.astype(np.int16) < paper - _STEP).astype(np.uint8)
    count, labels, stats, _ = cv2.connectedComponentsWithStats(dark, connectivity=4)
    unit = 72 / _COARSE
    height, width = coarse.shape
    for number in range(1, count):
        x, y, across, down, _ = (int(value) for value in stats[number])
        if across < LEAST_WIDTH * _COARSE or down < LEAST_HEIGHT * _COARSE or (across > 0.95 * width and down > 0.95 * height):
            continue
        region = labels[y : y + down, x : x + across] == number
        if region.mean() >= FILLED:
            edges.add_box(x * unit, y * unit, (x + across) * unit, (y + down) * unit)
