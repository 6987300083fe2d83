"""A PDF page to a gray picture at the resolution that recognition likes."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from ionm_notes.ingest.ocr.engine import Gray
from ionm_notes.ingest.ocr.pool import Picture
from ionm_notes.ingest.pictured import COVERS, pictures
from ionm_notes.limits import Limits

USUAL_DPI = 200.0
LEAST_DPI, MOST_DPI = 150.0, 300.0
"""Small type needs 200 dots to an inch; more than 300 costs time and tells nothing new."""
LETTER, SHORT_PAGE, LONG_PAGE = 792.0, 400.0, 1600.0
"""Points: a letter page is 792 long. Pages outside the other two were made from dots taken as points; they are taken as
a letter page."""


def render(page: Any, limits: Limits) -> Picture:
    """The page as seen, in gray; never of more dots than `limits.page_pixels`."""
    width, height = page.get_size()
    long = max(width, height, 1.0)
    paper = long if SHORT_PAGE <= long <= LONG_PAGE else LETTER
    dpi = min(MOST_DPI, max(LEAST_DPI, _own_dpi(page) * long / paper))
    scale = min(dpi / 72 * paper / long, math.sqrt(limits.page_pixels / max(1.0, width * height)))
    dots = page.render(scale=scale, grayscale=True, may_draw_forms=False).to_numpy()
    return Picture(gray(dots), scale * 72 * long / paper, scale)


def gray(dots: Any) -> Gray:
    """Dots as a plain two-dimensional array that owns its memory."""
    array = np.asarray(dots, dtype=np.uint8)
    return np.array(array.reshape(array.shape[0], array.shape[1]) if array.ndim == 3 else array, dtype=np.uint8)


def _own_dpi(page: Any) -> float:
    """Dots to an inch of the page of its largest picture, so that dots are shown as they are; halved while over the most."""
    largest = max(pictures(page), key=lambda picture: picture.share, default=None)
    if largest is None or largest.share < COVERS:
        return USUAL_DPI
    best = max(largest.across, largest.down) / max(largest.width, largest.height, 1.0) * 72
    while best > MOST_DPI:
        best /= 2
    return best
