"""Ruling lines of a scanned page, found in its dots, as the edges that the table code knows from text layers."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from ionm_notes.ingest.edges import Edge, Edges
from ionm_notes.ingest.ocr.engine import Gray, Quad

SHORTEST_ACROSS = 0.5
SHORTEST_DOWN = 0.28
"""Least length of a ruling line in inches: longer than any stroke of a letter, shorter than a cell."""
THICKEST = 0.05
"""Inches; what is thicker is a bar or a picture."""
_BRIDGED = 0.03
"""Breaks up to this many inches are closed: noise and faint printing break thin lines."""
_DARK = 24
"""How much darker than its surroundings a dot of a line is, out of 255; table rules are often light gray."""
_LIGHT = 110
_IN_TEXT = 0.5
"""A line of which this part lies within lines of text is made of letters."""
_INSET = 0.15
_SAME_LINE, _BREAK, _REACH = 2.5, 18.0, 9.0
"""Points: how far pieces of one line lie apart across it and along it, and how far an end may be off its corner."""


def ruled_edges(image: Gray, dpi: float, quads: list[Quad]) -> Edges:
    """Edges in points of the sheet; lines that run through text (struck out, underlined letters) stay, as in text layers."""
    import cv2

    paper = cv2.blur(image, (2 * round(dpi / 8) + 1,) * 2)
    # On a dark bar, letters are the light and what lies between them would pass for lines.
    ink = ((paper.astype(np.int16) - image > _DARK) & (paper > _LIGHT)).astype(np.uint8)
    text = text_mask(image.shape, quads)
    scale = 72 / dpi
    edges = Edges([], [])
    for down in (False, True):
        length = round(dpi * (SHORTEST_DOWN if down else SHORTEST_ACROSS))
        gap = max(3, round(dpi * _BRIDGED))
        bridge = np.ones((gap, 1) if down else (1, gap), np.uint8)
        kernel = np.ones((length, 1) if down else (1, length), np.uint8)
        # A slope of a dot or two over the length of a line is what deskewing leaves.
        thick = cv2.dilate(ink, np.ones((1, 3) if down else (3, 1), np.uint8))
        lines = cv2.morphologyEx(cv2.morphologyEx(thick, cv2.MORPH_CLOSE, bridge), cv2.MORPH_OPEN, kernel)
        _, _, stats, _ = cv2.connectedComponentsWithStats(lines)
        for x, y, width, height, _ in stats[1:]:
            thickness, reach = (width, height) if down else (height, width)
            if thickness > dpi * THICKEST + reach * 0.006 or reach < length:
                continue
            if text[y : y + height, x : x + width].mean() > _IN_TEXT:
                continue
            at = (x + width / 2 if down else y + height / 2) * scale
            low = (y if down else x) * scale
            (edges.down if down else edges.across).append(Edge(at, low, low + reach * scale))
    return Edges(_snapped(edges.across, edges.down), _snapped(edges.down, edges.across))


def _snapped(lines: list[Edge], crossing: list[Edge]) -> list[Edge]:
    """Pieces of one line joined over breaks, and ends that stop short of a crossing line or run past it put on it."""
    joined: list[Edge] = []
    for line in sorted(lines, key=lambda edge: (edge.low, edge.at)):
        for index, other in enumerate(joined):
            if abs(other.at - line.at) <= _SAME_LINE and line.low - other.high <= _BREAK:
                at = other.at if other.high - other.low >= line.high - line.low else line.at
                joined[index] = Edge(at, other.low, max(other.high, line.high))
                break
        else:
            joined.append(line)
    out = []
    for line in joined:
        meets = [c.at for c in crossing if c.low - _REACH <= line.at <= c.high + _REACH]
        low = min((at for at in meets if abs(at - line.low) <= _REACH), key=lambda at: abs(at - line.low), default=line.low)
        high = min((at for at in meets if abs(at - line.high) <= _REACH), key=lambda at: abs(at - line.high), default=line.high)
        out.append(Edge(line.at, low, high) if low < high else line)
    return out


def text_mask(shape: tuple[int, ...], quads: Sequence[Quad], inset: float = _INSET) -> npt.NDArray[np.uint8]:
    """1 where a line of text lies, without the part `inset` of its box at the top and the bottom."""
    import cv2

    mask = np.zeros(shape, np.uint8)
    for quad in quads:
        left, right = quad[3] - quad[0], quad[2] - quad[1]
        corners = (quad[0] + inset * left, quad[1] + inset * right, quad[2] - inset * right, quad[3] - inset * left)
        cv2.fillConvexPoly(mask, np.round(corners).astype(np.int32), 1)
    return mask
