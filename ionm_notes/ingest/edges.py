"""Drawn lines of a PDF page: strokes, thin filled boxes and the sides of rectangles, as straight edges; feeds `grid`."""

from __future__ import annotations

import ctypes
import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium_c

from ionm_notes.ingest.pdf_page import Box, Mapper, View
from ionm_notes.limits import Limits

THIN = 2.5
"""A filled box thinner than this (points) is a line."""
SHORTEST = 5.0
"""Shorter strokes (points) are ticks, bullets or underlined letters, never a side of a table cell."""
_FORM_DEPTH = 4
_WHITE = 250
_BOX_SIDES = (5.0, 15.0)
"""Shortest and longest side (points) of a drawn square that can be a check box."""
_LONGEST_MARK = 16.0
"""Longest reach (points) of a stroke that can be a cross or tick in a check box."""


class Edge(NamedTuple):
    """A straight edge: `at` is its y (horizontal) or x (vertical), `low` to `high` its reach along the other axis."""

    at: float
    low: float
    high: float


@dataclass(slots=True)
class Edges:
    """Horizontal and vertical edges of a page in view coordinates."""

    across: list[Edge]
    down: list[Edge]
    squares: list[Box] = field(default_factory=list)
    """Small drawn squares, which may be check boxes."""
    marks: list[tuple[float, float]] = field(default_factory=list)
    """Middles of small slanting strokes, which may be crosses or ticks."""

    def add_box(self, x0: float, top: float, x1: float, bottom: float) -> None:
        """A box: one edge where it is thin, its four sides otherwise."""
        width, height = x1 - x0, bottom - top
        if height <= THIN:
            if width >= SHORTEST:
                self.across.append(Edge((top + bottom) / 2, x0, x1))
        elif width <= THIN:
            if height >= SHORTEST:
                self.down.append(Edge((x0 + x1) / 2, top, bottom))
        elif width >= SHORTEST and height >= SHORTEST:
            self.across += [Edge(top, x0, x1), Edge(bottom, x0, x1)]
            self.down += [Edge(x0, top, bottom), Edge(x1, top, bottom)]


_Matrix = tuple[float, float, float, float, float, float]
_IDENTITY: _Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def page_edges(page: Any, view: View, limits: Limits) -> Edges:
    """All straight edges of a page; none for a page with more drawn objects than `limits.page_paths`."""
    edges = Edges([], [])
    count = pdfium_c.FPDFPage_CountObjects(page.raw)
    if count > limits.page_paths * 2:
        return edges
    width, height = view.size
    collector = _Collector(edges, view.mapper(), limits, width, height)
    for index in range(count):
        if not collector.take(pdfium_c.FPDFPage_GetObject(page.raw, index), _IDENTITY, 0):
            return Edges([], [])
    return edges


class _Collector:
    """Walks page objects and form objects and keeps their straight edges."""

    def __init__(self, edges: Edges, to_view: Mapper, limits: Limits, width: float, height: float) -> None:
        self.edges, self.to_view, self.limits = edges, to_view, limits
        self.width, self.height = width, height
        self.paths = 0

    def take(self, handle: Any, matrix: _Matrix, depth: int) -> bool:
        """Takes one object; False when the page holds too many."""
        kind = pdfium_c.FPDFPageObj_GetType(handle)
        if kind == pdfium_c.FPDF_PAGEOBJ_PATH:
            self.paths += 1
            if self.paths > self.limits.page_paths:
                return False
            self._path(handle, matrix)
        elif kind == pdfium_c.FPDF_PAGEOBJ_FORM and depth < _FORM_DEPTH:
            inner = _times(_matrix_of(handle), matrix)
            for index in range(max(0, pdfium_c.FPDFFormObj_CountObjects(handle))):
                if not self.take(pdfium_c.FPDFFormObj_GetObject(handle, index), inner, depth + 1):
                    return False
        return True

    def _path(self, handle: Any, matrix: _Matrix) -> None:
        filled, stroked = _drawn(handle)
        if not filled and not stroked:
            return
        if filled and _is_white(handle):
            if not stroked:
                return
            filled = False
        count = pdfium_c.FPDFPath_CountSegments(handle)
        if count > self.limits.path_segments:
            return
        own = _times(_matrix_of(handle), matrix)
        for run in _subpaths(handle, count, own):
            self._subpath(run, filled)

    def _subpath(self, points: list[tuple[float, float]], filled: bool) -> None:
        xs, ys = [p[0] for p in points], [p[1] for p in points]
        x0, top, x1, bottom = self.to_view(min(xs), min(ys), max(xs), max(ys))
        if x1 - x0 > 0.95 * self.width and bottom - top > 0.95 * self.height:
            return
        if len(points) == 5 and not filled and _is_box(points) and _is_small_square(x1 - x0, bottom - top):
            self.edges.squares.append((x0, top, x1, bottom))
            return
        if len(points) <= 3 and min(x1 - x0, bottom - top) > THIN and max(x1 - x0, bottom - top) < _LONGEST_MARK:
            self.edges.marks.append(((x0 + x1) / 2, (top + bottom) / 2))
        if filled and THIN < max(x1 - x0, bottom - top) < _LONGEST_MARK and min(x1 - x0, bottom - top) > THIN:
            self.edges.marks.append(((x0 + x1) / 2, (top + bottom) / 2))
            return
        if filled or min(x1 - x0, bottom - top) <= THIN:
            # A filled shape counts as its box only if it is one: four corners, all on the box.
            if len(points) <= 5 and _is_box(points):
                self.edges.add_box(x0, top, x1, bottom)
            return
        for (ax, ay), (bx, by) in itertools.pairwise(points):
            if abs(ax - bx) < 1 or abs(ay - by) < 1:
                self.edges.add_box(*self.to_view(min(ax, bx), min(ay, by), max(ax, bx), max(ay, by)))


def _is_small_square(width: float, height: float) -> bool:
    shortest, longest = _BOX_SIDES
    return shortest <= min(width, height) and max(width, height) <= longest and abs(width - height) <= 1.5


def _is_box(points: list[tuple[float, float]]) -> bool:
    return all(abs(a[0] - b[0]) < 1 or abs(a[1] - b[1]) < 1 for a, b in itertools.pairwise(points))


def _subpaths(handle: Any, count: int, matrix: _Matrix) -> Iterator[list[tuple[float, float]]]:
    """Corner points of each straight run of a path in user space; a curve ends the run."""
    a, b, c, d, e, f = matrix
    x, y = ctypes.c_float(), ctypes.c_float()
    to_x, to_y = ctypes.byref(x), ctypes.byref(y)
    points: list[tuple[float, float]] = []
    for index in range(count):
        segment = pdfium_c.FPDFPath_GetPathSegment(handle, index)
        kind = pdfium_c.FPDFPathSegment_GetType(segment)
        pdfium_c.FPDFPathSegment_GetPoint(segment, to_x, to_y)
        point = (a * x.value + c * y.value + e, b * x.value + d * y.value + f)
        if kind != pdfium_c.FPDF_SEGMENT_LINETO:
            if len(points) > 1:
                yield points
            points = []
        points.append(point)
        if pdfium_c.FPDFPathSegment_GetClose(segment) and len(points) > 2 and points[-1] != points[0]:
            points.append(points[0])
    if len(points) > 1:
        yield points


def _drawn(handle: Any) -> tuple[bool, bool]:
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    if not pdfium_c.FPDFPath_GetDrawMode(handle, ctypes.byref(fill), ctypes.byref(stroke)):
        return False, True
    return bool(fill.value), bool(stroke.value)


def _is_white(handle: Any) -> bool:
    parts = [ctypes.c_uint() for _ in range(4)]
    if not pdfium_c.FPDFPageObj_GetFillColor(handle, *(ctypes.byref(part) for part in parts)):
        return False
    return all(part.value >= _WHITE for part in parts[:3]) or parts[3].value == 0


def _matrix_of(handle: Any) -> _Matrix:
    matrix = pdfium_c.FS_MATRIX()
    if not pdfium_c.FPDFPageObj_GetMatrix(handle, ctypes.byref(matrix)):
        return _IDENTITY
    return (matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f)


def _times(m: _Matrix, n: _Matrix) -> _Matrix:
    """`m`, then `n`."""
    return (
        m[0] * n[0] + m[1] * n[2],
        m[0] * n[1] + m[1] * n[3],
        m[2] * n[0] + m[3] * n[2],
        m[2] * n[1] + m[3] * n[3],
        m[4] * n[0] + m[5] * n[2] + n[4],
        m[4] * n[1] + m[5] * n[3] + n[5],
    )
