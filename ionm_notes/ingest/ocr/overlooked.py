"""Finds short pieces of text that the engine's detector overlooks: a lone digit in a table cell, a three-digit total.

The detector is trained on lines and passes over some single characters. Here the dots themselves are asked: groups of
ink of the height of letters that lie in no found line and on no ruling line.
"""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

import numpy as np

from ionm_notes.ingest.edges import Edges
from ionm_notes.ingest.ocr.engine import Gray, Quad, Seen
from ionm_notes.ingest.ocr.ruled import text_mask

LEAST_SCORE = 0.9
"""What is read in such a piece must be surer than in a line: most that is no text is told by this."""
LEAST_STROKE = 0.7
_THIN = 0.8
_STROKES = frozenset("1lI|!\u4e00\u4e28\u2160")
_SPECK = 6
"""Groups of fewer dots are specks."""
_MOST = 60
"""More pieces than this on one page are a picture, not text."""
_FEWEST_LINES = 3
_DARK = 45


def overlooked(image: Gray, quads: Sequence[Quad], edges: Edges, dpi: float) -> list[Quad]:
    """Boxes of pieces that may be text, in dots; none on a page with hardly any text."""
    import cv2

    heights = [float(np.linalg.norm(quad[0] - quad[3])) for quad in quads]
    if len(heights) < _FEWEST_LINES:
        return []
    line = median(heights)
    paper = cv2.blur(image, (2 * round(dpi / 8) + 1,) * 2)
    ink = ((paper.astype(np.int16) - image > _DARK) & (paper > 110)).astype(np.uint8)
    ink[text_mask(image.shape, quads, 0.0) > 0] = 0
    _erase(ink, edges, dpi)
    count, labels, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    solid = (stats[:, cv2.CC_STAT_AREA] > _SPECK) & (stats[:, cv2.CC_STAT_HEIGHT] < 1.3 * line)
    solid[0] = False
    letters = solid[labels].astype(np.uint8) if count > 1 else ink
    reach = max(3, round(0.45 * line))
    joined = cv2.dilate(letters, np.ones((3, 2 * reach + 1), np.uint8))
    _, _, groups, _ = cv2.connectedComponentsWithStats(joined, connectivity=8)
    found = []
    for x, y, width, height, _ in groups[1:]:
        x, width = x + reach, width - 2 * reach
        ink_area = int(letters[y : y + height, x : x + width].sum())
        broad = width >= (0.06 if height >= 0.45 * line else 0.12) * line  # a lone 1 is a thin stroke
        if 0.28 * line <= height <= 1.3 * line and broad and ink_area >= 0.03 * line * line:
            found.append(_box(x, y, width, height, line, image.shape))
    return found if len(found) <= _MOST else []


def accepted(seen: Seen, quad: Quad) -> Seen | None:
    """What was read in such a piece where it may stand, None where it is noise.

    A lone thin stroke is a 1: the engine, which knows Chinese too, sees one of several signs of that shape.
    """
    thin = float(np.linalg.norm(quad[0] - quad[1])) < _THIN * float(np.linalg.norm(quad[0] - quad[3]))
    if thin and seen.text.strip() in _STROKES and seen.score >= LEAST_STROKE:
        return Seen("1", (0.5,), (seen.score,), frozenset())
    return seen if seen.score >= LEAST_SCORE and any(char.isalnum() for char in seen.text) else None


def _erase(ink: Gray, edges: Edges, dpi: float) -> None:
    scale, half = dpi / 72, max(2, round(dpi * 0.012))
    for edge in edges.across:
        at = round(edge.at * scale)
        ink[max(0, at - half) : at + half + 1, round(edge.low * scale) : round(edge.high * scale) + 1] = 0
    for edge in edges.down:
        at = round(edge.at * scale)
        ink[round(edge.low * scale) : round(edge.high * scale) + 1, max(0, at - half) : at + half + 1] = 0


def _box(x: int, y: int, width: int, height: int, line: float, shape: tuple[int, ...]) -> Quad:
    """A box with the paper around it that the engine's boxes have; a low sign gets the height of a line."""
    middle, pad = y + height / 2, 0.2 * line
    tall = max(height + 2 * pad, line)
    low, high = max(0.0, x - pad), min(float(shape[1]), x + width + pad)
    top, bottom = max(0.0, middle - tall / 2), min(float(shape[0]), middle + tall / 2)
    return np.array([[low, top], [high, top], [high, bottom], [low, bottom]], dtype=np.float32)
