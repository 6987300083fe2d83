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
_DARK = 30
"""How much darker than its surroundings a dot of a line is, out of 255; table rules are often light gray."""
_LIGHT = 110
_IN_TEXT = 0.5
"""A line of which this part lies within lines of text is made of letters."""
_INSET = 0.15
_SAME_LINE, _BREAK, _REACH = 2.5, 18.0, 9.0
"""Points: how far pieces of one line lie apart across it and along it, and how far an end may be off its corner."""
_RUNS_ON = 0.75
_SOLID = 0.75
_LONG_SIDE = 72.0
_DARK_SIDE = 0.3


def ruled_edges(image: Gray, dpi: float, quads: list[Quad]) -> Edges:
    """Edges in points of the sheet; lines that run through text (struck out, underlined letters) stay, as in text layers."""
    import cv2

    paper = cv2.morphologyEx(cv2.medianBlur(image, 3), cv2.MORPH_CLOSE, np.ones((round(dpi / 12),) * 2, np.uint8))
    # On a dark bar, letters are the light and what lies between them would pass for lines.
    around = cv2.blur(image, (2 * round(dpi / 8) + 1,) * 2)
    ink = ((paper.astype(np.int16) - image > _DARK) & (around > _LIGHT)).astype(np.uint8)
    text = text_mask(image.shape, quads)
    scale = 72 / dpi
    edges = Edges([], [])
    inks: list[npt.NDArray[np.uint8]] = []
    for down in (False, True):
        length = round(dpi * (SHORTEST_DOWN if down else SHORTEST_ACROSS))
        gap = max(3, round(dpi * _BRIDGED))
        bridge = np.ones((gap, 1) if down else (1, gap), np.uint8)
        kernel = np.ones((length, 1) if down else (1, length), np.uint8)
        # A slope of a dot or two over the length of a line is what deskewing leaves.
        thick = cv2.dilate(ink, np.ones((1, 3) if down else (3, 1), np.uint8))
        inks.append(np.asarray(thick, dtype=np.uint8))
        lines = cv2.morphologyEx(cv2.morphologyEx(thick, cv2.MORPH_CLOSE, bridge), cv2.MORPH_OPEN, kernel)
        _, _, stats, _ = cv2.connectedComponentsWithStats(lines)
        for x, y, width, height, _ in stats[1:]:
            thickness, reach = (width, height) if down else (height, width)
            if thickness > dpi * THICKEST + reach * 0.006 or reach < length:
                continue
            if text[y : y + height, x : x + width].mean() > _IN_TEXT:
                continue
            if not _is_solid(ink[y : y + height, x : x + width], down) or not _stands_free(image, (x, y, width, height), down):
                continue
            at = float(x + width / 2 if down else y + height / 2) * scale
            low = float(y if down else x) * scale
            (edges.down if down else edges.across).append(Edge(at, low, low + float(reach) * scale))
    across = [_carried_on(line, edges.down, inks[0], scale) for line in _joined(edges.across, inks[0], scale)]
    # Stems of letters at a margin stand one below the other: a vertical line is not carried on through text.
    down_lines = [line for line in _joined(edges.down, None, scale) if _bounds_something(line, across)]
    across = [line for line in across if line.high - line.low >= _LONG_SIDE or _meets_one(line, down_lines)]
    return Edges(_snapped(across, down_lines), _snapped(down_lines, across))


def _bounds_something(line: Edge, across: list[Edge]) -> bool:
    """Whether a vertical line is long, or runs from one horizontal line to another as the side of a cell does."""
    if line.high - line.low >= _LONG_SIDE:
        return True
    meets = [e.at for e in across if e.low - _REACH <= line.at <= e.high + _REACH]
    return any(abs(at - line.low) <= _REACH for at in meets) and any(abs(at - line.high) <= _REACH for at in meets)


def _is_solid(ink: npt.NDArray[np.uint8], down: bool) -> bool:
    """Whether dots stand along most of a line; specks that were bridged to one leave more than half of it bare."""
    return float(ink.max(axis=1 if down else 0).mean()) >= _SOLID


def _stands_free(image: Gray, box: tuple[int, int, int, int], down: bool) -> bool:
    """Whether the paper on both sides of a line is light along most of it: the rim of a dark bar has the bar beside it."""
    x, y, width, height = box
    strip = image[y : y + height, :] if down else image[:, x : x + width].T
    first, last = (x, x + width) if down else (y, y + height)
    sides = (strip[:, max(0, first - 6) : max(1, first - 2)], strip[:, last + 2 : last + 6])
    return all(not side.size or float((side.max(axis=1) < _LIGHT).mean()) < _DARK_SIDE for side in sides)


def _meets_one(line: Edge, down: list[Edge]) -> bool:
    """Whether an end of a short horizontal line lies on a vertical one; else it is the bar of letters or a flourish."""
    return any(
        min(abs(c.at - line.low), abs(c.at - line.high)) <= _REACH and c.low - _REACH <= line.at <= c.high + _REACH for c in down
    )


def _joined(lines: list[Edge], ink: npt.NDArray[np.uint8] | None, scale: float) -> list[Edge]:
    """Pieces of one line as one, over short breaks and where the stretch between them holds `ink` too."""
    out: list[Edge] = []
    for line in sorted(lines, key=lambda edge: (edge.low, edge.at)):
        for index, other in enumerate(out):
            gap = line.low - other.high
            near = gap <= _BREAK or (ink is not None and _inked(ink, line.at, other.high, line.low, scale))
            if abs(other.at - line.at) <= _SAME_LINE and near:
                at = other.at if other.high - other.low >= line.high - line.low else line.at
                out[index] = Edge(at, other.low, max(other.high, line.high))
                break
        else:
            out.append(line)
    return out


def _carried_on(line: Edge, crossing: list[Edge], ink: npt.NDArray[np.uint8], scale: float) -> Edge:
    """The line with its ends carried on, over ink, to the crossing lines they lead to."""
    low, high = line.low, line.high
    meets = sorted(c.at for c in crossing if c.low - _REACH <= line.at <= c.high + _REACH)
    for at in reversed([at for at in meets if at < low]):
        if not _inked(ink, line.at, at, low, scale):
            break
        low = at
    for at in [at for at in meets if at > high]:
        if not _inked(ink, line.at, high, at, scale):
            break
        high = at
    return Edge(line.at, low, high)


def _inked(ink: npt.NDArray[np.uint8], at: float, low: float, high: float, scale: float) -> bool:
    """Whether most of a stretch along a line holds ink, as where a line runs on under the feet of letters."""
    row, start, end = round(at / scale), round(low / scale), round(high / scale)
    band = ink[max(0, row - 3) : row + 4, start:end]
    return bool(band.size) and float(band.max(axis=0).mean()) >= _RUNS_ON


def _snapped(lines: list[Edge], crossing: list[Edge]) -> list[Edge]:
    """Ends that stop short of a crossing line or run past it, put on it."""
    out = []
    for line in lines:
        meets = [c.at for c in crossing if c.low - _REACH <= line.at <= c.high + _REACH]
        low = min((at for at in meets if abs(at - line.low) <= _REACH), key=lambda at: abs(at - line.low), default=line.low)
        high = min((at for at in meets if abs(at - line.high) <= _REACH), key=lambda at: abs(at - line.high), default=line.high)
        out.append(Edge(line.at, low, high) if low < high else line)
    return out


def without_rules(image: Gray, edges: Edges, dpi: float) -> Gray:
    """The picture with its ruling lines painted over by the paper beside them: beside a digit they pass for one."""
    import cv2

    mask = np.zeros(image.shape, np.uint8)
    scale, half = dpi / 72, max(1, round(dpi * 0.008))
    lines = [((e.low, e.at), (e.high, e.at)) for e in edges.across] + [((e.at, e.low), (e.at, e.high)) for e in edges.down]
    for (x0, y0), (x1, y1) in lines:
        cv2.line(mask, (round(x0 * scale), round(y0 * scale)), (round(x1 * scale), round(y1 * scale)), 1, half)
    if not mask.any():
        return image
    paper = cv2.dilate(image, np.ones((9, 9), np.uint8))
    return np.where(mask > 0, paper, image).astype(np.uint8)


def text_mask(shape: tuple[int, ...], quads: Sequence[Quad], inset: float = _INSET) -> npt.NDArray[np.uint8]:
    """1 where a line of text lies, without the part `inset` of its box at the top and the bottom."""
    import cv2

    mask = np.zeros(shape, np.uint8)
    for quad in quads:
        left, right = quad[3] - quad[0], quad[2] - quad[1]
        corners = (quad[0] + inset * left, quad[1] + inset * right, quad[2] - inset * right, quad[3] - inset * left)
        cv2.fillConvexPoly(mask, np.round(corners).astype(np.int32), 1)
    return mask
