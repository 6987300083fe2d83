"""Check boxes of a scanned form: outlined squares and circles in front of words, ticked, empty or in doubt; what pages ask for.

The engine knows letters and drops what is none: 'Location: [ ] in the OR [x] remote' would arrive without its boxes, and each
of its choices would pass for the answer. What lies inside a box tells whether it is ticked; between little and enough ink lies
doubt, which ticks nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

import numpy as np

from ionm_notes.ingest.check_boxes import EMPTY, TICKED
from ionm_notes.ingest.ocr.engine import Gray, Quad
from ionm_notes.ingest.ocr.rings import rings
from ionm_notes.ingest.ocr.squares import squares
from ionm_notes.ingest.ocr.tick import Tick
from ionm_notes.ingest.ocr.words import Read

_DARK = 45
"""How much darker than the paper around it ink is, out of 255."""
_NEAR_WORDS = 3.0
"""A line of text begins at most so far behind a box, in sides of it."""
_ALIKE, _SAME_SIZE = 0.13, 0.08
"""By which part of its side a square may differ from others of its form, and a circle from others of its row."""
_CAPITAL = 0.46
"""Circles are as high as capitals, in heights of a line; the small letters o are lower."""
_UNBROKEN = 0.99
_MOST = 300
"""A page with more small squares than this shows graph paper, not a form."""


def check_boxes(image: Gray, quads: Sequence[Quad], dpi: float) -> list[Tick]:
    """The boxes of a sheet without its ruling lines, each beside a line of text; none where they are too many for a form."""
    import cv2

    paper = cv2.blur(image, (2 * round(dpi / 8) + 1,) * 2)
    ink = (paper.astype(np.int16) - image > _DARK).astype(np.uint8)
    outlines, solids = squares(ink, dpi)
    circles, dots = rings(ink, dpi)
    outlined = _of_one_form(_distinct([one for one in outlines if _beside_words(one, quads)]))
    line = median(float(np.linalg.norm(quad[0] - quad[3])) for quad in quads) if quads else 0.0
    round_ones = _of_one_form([one for one in circles if one.side >= _CAPITAL * line and _beside_words(one, quads)])
    round_ones = [one for one in round_ones if any(other is not one and _same_row(one, other) for other in round_ones)]
    # A form has boxes of one kind: beside many of one, the few of the other are letters.
    outlined, round_ones = (outlined, []) if len(outlined) >= len(round_ones) else ([], round_ones)
    filled = [one for one in solids if any(_alike(one, other) for other in outlined)]
    filled += [one for one in dots if any(_same_row(one, other) for other in round_ones)]
    found = _distinct([*outlined, *round_ones, *(one for one in filled if _beside_words(one, quads))])
    return found if len(found) <= _MOST else []


def _beside_words(box: Tick, quads: Sequence[Quad]) -> bool:
    """Whether a line of text stands at the height of a box, around it or not far off."""
    x, y = box.middle
    reach = _NEAR_WORDS * box.side
    for quad in quads:
        left, right = float(quad[:, 0].min()), float(quad[:, 0].max())
        top, bottom = float(quad[:, 1].min()), float(quad[:, 1].max())
        if top <= y <= bottom and left - reach <= x <= right + reach and right - left > 1.8 * box.side:
            return bool(box.side <= 1.4 * (bottom - top))
    return False


def _of_one_form(boxes: Sequence[Tick]) -> list[Tick]:
    """Boxes of the size that most have, and others that are drawn without a break: a letter like a box stands alone."""
    most = max(boxes, key=lambda one: sum(_alike(one, other) for other in boxes), default=None)
    several = most is not None and sum(_alike(most, other) for other in boxes) > 1
    return [one for one in boxes if one.whole >= _UNBROKEN or (several and most is not None and _alike(one, most))]


def _same_row(one: Tick, other: Tick) -> bool:
    return (
        abs(one.side - other.side) <= _SAME_SIZE * other.side
        and abs(one.middle[1] - other.middle[1]) < 0.5 * one.side
        and abs(one.middle[0] - other.middle[0]) > 2 * one.side
    )


def _alike(one: Tick, other: Tick) -> bool:
    return abs(one.side - other.side) <= _ALIKE * other.side


def _distinct(boxes: Sequence[Tick]) -> list[Tick]:
    """Boxes without those that lie on an earlier, larger one: the inner and the outer rim of a thick outline are one box."""
    out: list[Tick] = []
    for box in sorted(boxes, key=lambda one: -one.side):
        x, y = box.middle
        if not any(other.x0 <= x <= other.x1 and other.y0 <= y <= other.y1 for other in out):
            out.append(box)
    return out


def without_boxes(image: Gray, boxes: Sequence[Tick]) -> Gray:
    """The picture with its boxes painted over by paper: beside words they pass for letters."""
    if not boxes:
        return image
    out = image.copy()
    for box in boxes:
        rim = max(2, round(0.1 * box.side))
        part = out[max(0, box.y0 - rim) : box.y1 + rim, max(0, box.x0 - rim) : box.x1 + rim]
        around = image[max(0, box.y0 - 3 * rim) : box.y1 + 3 * rim, max(0, box.x0 - 3 * rim) : box.x1 + 3 * rim]
        part[:] = np.uint8(np.percentile(around, 75))
    return out


def around_a_box(quad: Quad, boxes: Sequence[Tick]) -> bool:
    """Whether what was found as a line of text is a box and nothing else."""
    x, y = float(quad[:, 0].mean()), float(quad[:, 1].mean())
    wide = float(quad[:, 0].max() - quad[:, 0].min())
    return any(box.x0 <= x <= box.x1 and box.y0 <= y <= box.y1 and wide < 2 * box.side for box in boxes)


def box_words(boxes: Sequence[Tick], words: Sequence[Read]) -> list[Read]:
    """A word for each box, of the height of the words beside it; a doubtful one is empty and may be ticked."""
    usual = median(word.box[3] - word.box[1] for word in words) if words else 0.0
    out = []
    for box in boxes:
        x, y = box.middle
        beside = [word for word in words if word.box[1] <= y <= word.box[3]]
        nearest = min(beside, key=lambda word: abs(word.box[0] - x), default=None)
        top, bottom = (nearest.box[1], nearest.box[3]) if nearest else (y - usual / 2, y + usual / 2)
        x0, y0, x1, y1 = map(float, (box.x0, box.y0, box.x1, box.y1))
        doubtful = box.ticked is None
        out.append(
            Read(
                (x0, top, x1, bottom),
                TICKED if box.ticked else EMPTY,
                1.0,
                nearest.line if nearest else -1,
                ((x0, y0), (x1, y0), (x1, y1), (x0, y1)),
                other=(TICKED,) if doubtful else (),
                why="half-ticked" if doubtful else "",
            )
        )
    return out
