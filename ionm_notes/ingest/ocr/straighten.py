"""Sets a scanned page upright: turns by 90, 180, 270 degrees, skew, two pages side by side; keeps the way back.

Where text lies tells all of it: the engine's boxes around lines show which way lines run and how much they slope, and
its classifier tells up from down. Dark borders of the scanner hold no text and so have no say.
"""

from __future__ import annotations

from dataclasses import dataclass
from statistics import median

import numpy as np
import numpy.typing as npt

from ionm_notes.ingest.ocr.engine import Engine, Gray, Quad, cut_out, stands_on_side

Matrix = npt.NDArray[np.float64]
"""A 3 by 3 matrix that maps (x, y, 1) in dots of one picture to dots of another."""

LEAST_SKEW = 0.15
"""Slopes below this many degrees shift a line by less than a third of its height over the page."""
MOST_SKEW = 15.0
_ASKED = 12
"""Lines that are asked which way is up; the widest ones, which tell it best."""
_LONG = 6.0
"""A line this many times as wide as high shows its slope well."""
_WIDE_PAGE = 1.2
_GUTTER = 0.04
"""Least width of the empty strip between two pages side by side, in widths of the sheet."""
_FEWEST_LINES = 6
_BARS = 0.15
"""Share of the height of a sheet, at its head and its foot, in which a bar may run from edge to edge of a page."""


@dataclass(frozen=True, slots=True, eq=False)
class Sheet:
    """One upright page: its picture, the lines found in it, and `back`, the way from its dots to the scan's.

    `turn`: degrees clockwise by which the scan had to be turned.
    """

    image: Gray
    quads: list[Quad]
    back: Matrix
    turn: int


def straighten(image: Gray, engine: Engine) -> list[Sheet]:
    """The upright sheets of a scan in reading order: one, or two where two pages lie side by side."""
    quads = engine.find(image)
    back = np.eye(3)
    turn = 0
    if _lies_on_side(quads):
        image, step = _turned(image, 1)
        back, turn = back @ step, 90
        quads = engine.find(image)
    if _stands_on_head(engine, [cut_out(image, quad) for quad in _widest(quads)]):
        image, step = _turned(image, 2)
        back, turn = back @ step, turn + 180
        quads = [_through(_inverse(step), quad)[[2, 3, 0, 1]] for quad in quads]
    angle = _skew(quads)
    if abs(angle) >= LEAST_SKEW:
        image, step = _rotated(image, angle)
        back = back @ step
        quads = [_through(_inverse(step), quad) for quad in quads]
    whole = Sheet(image, quads, back, turn)
    middle = _gutter(whole)
    if middle is None:
        return [whole]
    return [_part(whole, low, high, engine) for low, high in ((0, middle), (middle, image.shape[1]))]


def _stands_on_head(engine: Engine, lines: list[Gray]) -> bool:
    """Whether lines are upside down: by the classifier, and where it says so by reading them both ways, which is surer."""
    if not engine.upside_down(lines):
        return False
    upright, turned = engine.read(lines), engine.read([np.ascontiguousarray(np.rot90(line, 2)) for line in lines])
    return sum(sum(seen.sure) for seen in turned) > sum(sum(seen.sure) for seen in upright)


def _lies_on_side(quads: list[Quad]) -> bool:
    """Whether more text (by area of its boxes) stands on its side than upright."""
    area = sum(_area(quad) if stands_on_side(quad) else -_area(quad) for quad in quads if _lasting(quad))
    return area > 0


def _lasting(quad: Quad) -> bool:
    """Whether a box is long enough to show which way its line runs; a single letter or digit is not."""
    across, down = float(np.linalg.norm(quad[0] - quad[1])), float(np.linalg.norm(quad[0] - quad[3]))
    return max(across, down) > 2 * min(across, down)


def _area(quad: Quad) -> float:
    return float(np.linalg.norm(quad[0] - quad[1]) * np.linalg.norm(quad[0] - quad[3]))


def _widest(quads: list[Quad]) -> list[Quad]:
    lying = [quad for quad in quads if not stands_on_side(quad)]
    return sorted(lying, key=lambda quad: -float(np.linalg.norm(quad[0] - quad[1])))[:_ASKED]


def _skew(quads: list[Quad]) -> float:
    """The usual slope of lines in degrees, positive where they fall to the right; 0 where too few show it."""
    angles = []
    for quad in quads:
        across, down = quad[1] - quad[0], float(np.linalg.norm(quad[0] - quad[3]))
        if float(np.linalg.norm(across)) >= _LONG * max(down, 1.0):
            angles.append(float(np.degrees(np.arctan2(across[1], across[0]))))
    if len(angles) < 3:
        return 0.0
    angle = median(angles)
    return angle if abs(angle) <= MOST_SKEW else 0.0


def _turned(image: Gray, quarters: int) -> tuple[Gray, Matrix]:
    """The picture turned clockwise by quarters, and the way from its dots to those of the picture given."""
    height, width = image.shape
    turned = np.ascontiguousarray(np.rot90(image, -quarters))
    if quarters == 1:
        return turned, np.array([[0.0, 1.0, 0.0], [-1.0, 0.0, height - 1.0], [0.0, 0.0, 1.0]])
    return turned, np.array([[-1.0, 0.0, width - 1.0], [0.0, -1.0, height - 1.0], [0.0, 0.0, 1.0]])


def _rotated(image: Gray, angle: float) -> tuple[Gray, Matrix]:
    """The picture rotated so that lines of this slope lie level, grown so that no corner is lost, and the way back."""
    import cv2

    height, width = image.shape
    there = np.vstack([cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1.0), [0.0, 0.0, 1.0]])
    corners = _through(there, np.array([[0, 0], [width, 0], [width, height], [0, height]], dtype=np.float32))
    low = corners.min(axis=0)
    there[0, 2] -= low[0]
    there[1, 2] -= low[1]
    size = tuple(int(side) for side in np.ceil(corners.max(axis=0) - low))
    paper = int(np.percentile(image[::8, ::8], 80))
    straight = cv2.warpAffine(image, there[:2], size, flags=cv2.INTER_CUBIC, borderValue=paper)
    return np.asarray(straight, dtype=np.uint8), _inverse(there)


def _inverse(matrix: Matrix) -> Matrix:
    return np.asarray(np.linalg.inv(matrix), dtype=np.float64)


def _through(matrix: Matrix, points: Quad) -> Quad:
    """Points mapped by a matrix."""
    mapped = np.c_[points, np.ones(len(points))] @ matrix.T
    return np.asarray(mapped[:, :2] / mapped[:, 2:], dtype=np.float32)


def _gutter(sheet: Sheet) -> int | None:
    """Where two pages side by side part: an empty strip at the middle of a wide sheet, None where there is none."""
    height, width = sheet.image.shape
    if width < _WIDE_PAGE * height:
        return None
    lows = np.array([quad[:, 0].min() for quad in sheet.quads])
    highs = np.array([quad[:, 0].max() for quad in sheet.quads])
    left, right = highs <= width / 2, lows >= width / 2
    if left.sum() < _FEWEST_LINES or right.sum() < _FEWEST_LINES or not (left | right).all():
        return None
    low, high = float(highs[left].max()), float(lows[right].min())
    if high - low < _GUTTER * width or _ruled_across(sheet.image, low, high):
        return None
    return round((low + high) / 2)


def _ruled_across(image: Gray, low: float, high: float) -> bool:
    """Whether a drawn line runs through a strip from side to side: then both halves are one table.

    Bars at the head and foot of a page that go to the edges of the paper are no rules of a table.
    """
    edge = round(_BARS * image.shape[0])
    strip = image[edge : image.shape[0] - edge, round(low) : round(high)]
    return bool((strip < 128).mean(axis=1).max() > 0.9) if strip.size else False


def _part(sheet: Sheet, low: int, high: int, engine: Engine) -> Sheet:
    """The stretch of a sheet between two columns of dots; its lines are looked for again, since one page shows them larger."""
    shift = np.array([[1.0, 0.0, low], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]])
    image = np.ascontiguousarray(sheet.image[:, low:high])
    return Sheet(image, engine.find(image), sheet.back @ shift, sheet.turn)
