"""Evens the light of a photographed page: shadows and a dark corner would pass for shading. Scans are left as they are."""

from __future__ import annotations

import numpy as np

from ionm_notes.ingest.ocr.engine import Gray

UNEVEN = 45
"""How far the paper's brightness may differ over the page, out of 255, before it is evened."""
_COARSE = 200
"""Dots of the longer side at which the paper's brightness is measured."""


def evened(image: Gray) -> Gray:
    """The picture with the paper equally bright everywhere, or the picture itself where it is so already."""
    import cv2

    ratio = _COARSE / max(image.shape)
    small = cv2.resize(image, None, fx=ratio, fy=ratio, interpolation=cv2.INTER_AREA)
    # Ink is narrow: what is left of a square when its darker dots are passed over is paper.
    paper = cv2.medianBlur(cv2.dilate(small, np.ones((5, 5), np.uint8)), 21)
    if float(np.percentile(paper, 95)) - float(np.percentile(paper, 5)) < UNEVEN:
        return image
    full = cv2.GaussianBlur(cv2.resize(paper, image.shape[::-1], interpolation=cv2.INTER_CUBIC), (0, 0), 5)
    return np.asarray(np.clip(image.astype(np.float32) * 245 / np.maximum(full, 1), 0, 255), dtype=np.uint8)
