"""Takes the specks off a faxed page before it is read; pages without them are left as they are."""

from __future__ import annotations

import numpy as np

from ionm_notes.ingest.ocr.engine import Gray

LARGEST = 2
"""Dots of a speck. Larger ones could be the dots of a colon or of an i; of these, measured, none is lost."""
NOISY = 1.0
"""Specks for each other mark on the page from which on a page counts as noisy; clean pages hold hardly any."""
_INK = 140


def despeckled(image: Gray) -> Gray:
    """The page without specks. A median filter, often advised, would take thin strokes with them."""
    import cv2

    count, labels, stats, _ = cv2.connectedComponentsWithStats((image < _INK).astype(np.uint8), connectivity=8)
    specks = stats[:, cv2.CC_STAT_AREA] <= LARGEST
    specks[0] = False
    if specks.sum() < NOISY * max(1, count - 1 - specks.sum()):
        return image
    # The gray rim that compression leaves around a speck goes too, but never a dot of a larger mark.
    rim = cv2.dilate(specks[labels].astype(np.uint8), np.ones((3, 3), np.uint8)) > 0
    keep = ~specks[labels] & (labels > 0)
    paper = np.uint8(np.percentile(image[::8, ::8], 80))
    return np.where(rim & ~keep, paper, image).astype(np.uint8)
