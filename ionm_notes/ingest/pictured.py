"""How much of a PDF page is pictures, and whether it shows more than its poor text layer says; free of the OCR engine."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from ionm_notes.ingest.quality import LEAST_LETTERS

COVERS = 0.3
"""A picture over this part of a page may be its text."""
_MOST_OBJECTS = 2_000
"""Pages that are pictures of text hold a few; a page of many thousand drawn objects is not walked through."""


class Picture(NamedTuple):
    """A picture on a page: the part of the page that it covers, its width and height in points, and in dots."""

    share: float
    width: float
    height: float
    across: int
    down: int


def shows_more_than(page: Any, text: str) -> bool:
    """Whether a page whose text layer is poor shows something else: glyph soup, a picture, drawn letters without any text."""
    if sum(map(str.isalpha, text)) >= LEAST_LETTERS:
        return True
    if not text.strip() and pdfium_c.FPDFPage_CountObjects(page.raw) > 0:
        return True
    return sum(picture.share for picture in pictures(page)) >= COVERS


def pictures(page: Any) -> Iterator[Picture]:
    """The pictures of a page; overlapping ones are each counted in full, which does no harm here."""
    if pdfium_c.FPDFPage_CountObjects(page.raw) > _MOST_OBJECTS:
        return
    left, bottom, right, top = page.get_bbox()
    area = max(1.0, (right - left) * (top - bottom))
    for item in page.get_objects(filter=(pdfium_c.FPDF_PAGEOBJ_IMAGE,), max_depth=3):
        try:
            x0, y0, x1, y1 = item.get_bounds()
            across, down = item.get_px_size()
        except pdfium.PdfiumError:
            continue  # a picture that pdfium cannot measure shows nothing either
        seen = max(0.0, min(x1, right) - max(x0, left)) * max(0.0, min(y1, top) - max(y0, bottom))
        yield Picture(seen / area, x1 - x0, y1 - y0, across, down)
