"""One picture of a page to words with places, ruled lines and the way back to the page; what the cache keeps."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from ionm_notes.ingest.edges import Edges
from ionm_notes.ingest.ocr.engine import LEAST_SCORE, Engine, Gray, cut_out, stands_on_side
from ionm_notes.ingest.ocr.overlooked import accepted, overlooked
from ionm_notes.ingest.ocr.ruled import ruled_edges, without_rules
from ionm_notes.ingest.ocr.second import read_again
from ionm_notes.ingest.ocr.shaded import add_shaded
from ionm_notes.ingest.ocr.specks import despeckled
from ionm_notes.ingest.ocr.straighten import Sheet, straighten
from ionm_notes.ingest.ocr.ticks import around_a_box, box_words, check_boxes, without_boxes
from ionm_notes.ingest.ocr.words import Read, even_heights, without_line_numbers, words_of

_DIM = 100
_INK = 0.0005
"""A page whose paper is light and of which less than this part is dark is blank; one line of type takes ten times as much."""


@dataclass(frozen=True, slots=True)
class SheetText:
    """What stands on one upright sheet, in points of the sheet.

    `back` maps them to points of the page: (a, b, c, d, e, f, g, h, i), row by row. `sideways`: words on their side.
    """

    width: float
    height: float
    words: tuple[Read, ...]
    sideways: tuple[Read, ...]
    edges: Edges
    back: tuple[float, ...]
    turn: int


@dataclass(frozen=True, slots=True)
class PageText:
    """What was recognised on one page, sheet by sheet.

    `lost` counts lines that were found but could not be read; `blank`: the page shows nothing but specks.
    """

    sheets: tuple[SheetText, ...]
    lost: int
    blank: bool


def recognised(image: Gray, dpi: float, scale: float, engine: Engine) -> PageText:
    """Recognises one page. `dpi`: dots to an inch of its paper; `scale`: dots to a point of the page's own measure."""
    sheets, lost = [], 0
    for sheet in straighten(image, engine):
        text, missed = _sheet(sheet, dpi, scale, engine)
        sheets.append(text)
        lost += missed
    return PageText(tuple(sheets), lost, _is_blank(image))


def _is_blank(image: Gray) -> bool:
    import cv2

    smooth = cv2.medianBlur(image, 5)
    paper = float(np.percentile(smooth[::4, ::4], 80))
    return bool(paper > _DIM and float((smooth < paper - 50).mean()) < _INK)


def _sheet(sheet: Sheet, dpi: float, own: float, engine: Engine) -> tuple[SheetText, int]:
    edges = ruled_edges(sheet.image, dpi, sheet.quads)
    unspecked = without_rules(sheet.image, edges, dpi)
    clean = despeckled(unspecked)
    boxes = check_boxes(clean, sheet.quads, dpi)
    unspecked, clean = without_boxes(unspecked, boxes), without_boxes(clean, boxes)
    lines = [quad for quad in sheet.quads if not around_a_box(quad, boxes)]
    quads = [*lines, *overlooked(clean, sheet.quads, edges, dpi)]
    crops = [cut_out(clean, quad) for quad in quads]
    add_shaded(edges, sheet.image, dpi)
    seen = engine.read(crops)
    scale = 72 / dpi
    upright: list[Read] = []
    sideways: list[Read] = []
    lost = 0
    for number, (line, quad, crop) in enumerate(zip(seen, quads, crops, strict=True)):
        if number >= len(lines):
            if (kept := accepted(line, quad)) is not None:
                upright += words_of(kept, quad, number, crop)
            continue
        if line.score < LEAST_SCORE:
            lost += 1
            continue
        if stands_on_side(quad) and len(line.text.strip()) > 2:
            sideways += words_of(line, np.roll(quad, 1, axis=0), number, crop)
        else:
            upright += words_of(line, quad, number, crop)
    upright = read_again(without_line_numbers(upright), unspecked, engine)
    upright += box_words(boxes, upright)
    height, width = sheet.image.shape
    back = np.diag([1 / own, 1 / own, 1.0]) @ sheet.back @ np.diag([dpi / 72, dpi / 72, 1.0])
    return SheetText(
        width * scale,
        height * scale,
        tuple(_scaled(word, scale) for word in even_heights(upright)),
        tuple(_scaled(word, scale) for word in sideways),
        edges,
        tuple(float(value) for value in back.ravel()),
        sheet.turn % 360,
    ), lost


def _scaled(word: Read, scale: float) -> Read:
    x0, top, x1, bottom = word.box
    quad = tuple((x * scale, y * scale) for x, y in word.quad)
    return replace(word, box=(x0 * scale, top * scale, x1 * scale, bottom * scale), quad=quad)
