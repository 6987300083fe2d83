"""One PDF page to words and drawn edges in view coordinates, straight from pdfium; read this to mend wrong boxes.

The text of a page is taken once and only a word's first and last character are asked for their boxes: that is three
times faster than a box for every character and gives the same lines.
"""

from __future__ import annotations

import ctypes
import re
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise, repeat
from typing import Any

import numpy
import pypdfium2.raw as pdfium_c

from ionm_notes.ingest.placed import PlacedWord

HYPHEN = "\ufffe"
"""What pdfium gives for a hyphen at a line's end; the line break behind it is swallowed."""
_WORD = re.compile(rf"[^\s{HYPHEN}\x00]+{HYPHEN}?|{HYPHEN}")
_GLYPHS = str.maketrans(
    {
        HYPHEN: "-",
        "\u00ad": None,
        "\u200b": None,
        "\ufeff": None,
        # Code points that symbol fonts of office programs leave in PDF files.
        "\uf0b7": "•",
        "\uf0a7": "▪",
        "\uf0fe": "☒",
        "\uf0a8": "☐",
        "\uf06f": "☐",
        "\uf078": "☒",
        "\uf0fc": "✓",
    }
)
_LETTER = re.compile(r"[^\W\d_]")
_box_of = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p)(
    ctypes.cast(pdfium_c.FPDFText_GetLooseCharBox, ctypes.c_void_p).value or 0
)
"""Writes the box of a character: by the addresses of a page's text and of the box."""

_new_word: Callable[[type[PlacedWord], tuple[Any, ...]], PlacedWord] = tuple.__new__
"""Makes a word of its parts in half the time of `PlacedWord._make`; a page has hundreds."""

Box = tuple[float, float, float, float]
Mapper = Callable[[float, float, float, float], Box]


@dataclass(frozen=True, slots=True)
class View:
    """How user space maps to what a reader sees: the visible box of the page and the clockwise turn in degrees."""

    x0: float
    y0: float
    x1: float
    y1: float
    turn: int

    @property
    def size(self) -> tuple[float, float]:
        """Width and height as seen, in points."""
        width, height = self.x1 - self.x0, self.y1 - self.y0
        return (height, width) if self.turn in (90, 270) else (width, height)

    def mapper(self) -> Mapper:
        """A function from left, bottom, right, top in user space to (x0, top, x1, bottom) as seen."""
        x0, y0, x1, y1 = self.x0, self.y0, self.x1, self.y1
        if self.turn == 90:
            return lambda left, bottom, right, top: (bottom - y0, left - x0, top - y0, right - x0)
        if self.turn == 180:
            return lambda left, bottom, right, top: (x1 - right, bottom - y0, x1 - left, top - y0)
        if self.turn == 270:
            return lambda left, bottom, right, top: (y1 - top, x1 - right, y1 - bottom, x1 - left)
        return lambda left, bottom, right, top: (left - x0, y1 - top, right - x0, y1 - bottom)

    def turned(self, degrees: int) -> View:
        """The same page turned further."""
        return View(self.x0, self.y0, self.x1, self.y1, (self.turn + degrees) % 360)


@dataclass(frozen=True, slots=True)
class PageWords:
    """Upright words, words that stand on their side (stamps in the margin), and the view they were placed in."""

    upright: list[PlacedWord]
    sideways: list[PlacedWord]
    view: View
    cut: int
    """Words that lie outside the visible box of the page and were left out."""


def view_of(page: Any) -> View:
    """The view of a page: its crop box and rotation."""
    left, bottom, right, top = page.get_bbox()
    return View(left, bottom, right, top, page.get_rotation() % 360)


def page_words(textpage: Any, text: str, view: View) -> PageWords:
    """All words of a page; a page whose text lies on its side without saying so is turned upright.

    `text` is the page's text, one character for each of pdfium's.
    """
    marked = _marked(text)
    if not marked.words:
        return PageWords([], [], view, 0)
    boxes = _boxes(textpage.raw, marked)
    words, standing, direction = _place(marked, boxes, view)
    if direction:
        view = view.turned(direction)
        words, standing, _ = _place(marked, boxes, view)
    width, height = view.size
    seen = [word for word in words if not (word[2] <= 0 or word[3] <= 0 or word[0] >= width or word[1] >= height)]
    cut = len(words) - len(seen)
    if not standing:
        return PageWords(seen, [], view, cut)
    upright = [word for word in seen if word.order not in standing]
    return PageWords(upright, [word for word in seen if word.order in standing], view, cut)


@dataclass(frozen=True, slots=True)
class _Marked:
    """Words with the places of their first and last characters."""

    firsts: list[int]
    lasts: list[int]
    words: list[str]


_LAST_BLANK = 0x3000
_BLANK = numpy.array([chr(code).isspace() for code in range(_LAST_BLANK + 2)])
"""By code whether a character is white space; there is none behind the last."""


def _marked(text: str) -> _Marked:
    if HYPHEN in text or "\x00" in text:
        spans = [match.span() for match in _WORD.finditer(text)]
        firsts, lasts = [low for low, _ in spans], [high - 1 for _, high in spans]
        words = [text[low:high] for low, high in spans]
    else:
        codes = numpy.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=numpy.uint32)
        solid = numpy.concatenate([[False], ~_BLANK[numpy.minimum(codes, _LAST_BLANK + 1)], [False]])
        edges = numpy.flatnonzero(solid[1:] != solid[:-1])
        firsts, lasts = edges[::2].tolist(), (edges[1::2] - 1).tolist()
        words = text.split()
    if text.isascii():
        return _Marked(firsts, lasts, words)
    words = [word if word.isascii() else word.translate(_GLYPHS) for word in words]
    if all(words):
        return _Marked(firsts, lasts, words)
    left = [at for at, word in enumerate(words) if word]
    return _Marked([firsts[at] for at in left], [lasts[at] for at in left], [words[at] for at in left])


def _boxes(handle: Any, marked: _Marked) -> numpy.ndarray[Any, numpy.dtype[numpy.float64]]:
    """Left, top, right and bottom, in user space, of the first characters of all words and behind them of the last ones.

    Two calls a word take most of the time of a page: hence the addresses, which cost half of what objects do.
    """
    characters = [*marked.firsts, *marked.lasts]
    rects = (pdfium_c.FS_RECTF * len(characters))()
    low, size = ctypes.addressof(rects), ctypes.sizeof(pdfium_c.FS_RECTF)
    page = ctypes.cast(handle, ctypes.c_void_p).value
    for _ in map(_box_of, repeat(page), characters, range(low, low + size * len(characters), size)):
        pass
    return numpy.frombuffer(rects, dtype=numpy.float32).reshape(-1, 4).astype(numpy.float64)


def _place(marked: _Marked, boxes: Any, view: View) -> tuple[list[PlacedWord], set[int], int]:
    """Words in view coordinates, the numbers of those that stand on their side, and the turn that would set most upright."""
    to_view: Any = view.mapper()  # it does with many figures what it does with one
    left, top, right, bottom = boxes.T
    x0, top, x1, bottom = to_view(left, bottom, right, top)
    many = len(marked.words)
    across, down = x0[many:] - x0[:many], top[many:] - top[:many]
    sides = [numpy.minimum(side[:many], side[many:]) for side in (x0, top)]
    sides += [numpy.maximum(side[:many], side[many:]) for side in (x1, bottom)]
    wide, high = sides[2] - sides[0], sides[3] - sides[1]
    long = numpy.subtract(marked.lasts, marked.firsts) > 1
    votes = {0: 0, 90: 0, 180: 0, 270: 0}
    standing: set[int] = set()
    # Plain upright words, nearly all there are, need no closer look.
    closer = numpy.flatnonzero(long & ((across <= 0) | (high > wide))).tolist()
    for at in closer:
        turn = _turn(marked.words[at], across[at], down[at], high[at] > 1.2 * wide[at])
        votes[turn] += 1
        if turn in (90, 270):
            standing.add(at)
    votes[0] += int(long.sum()) - len(closer)
    rows = zip(*(side.tolist() for side in sides), marked.words, range(many), strict=True)
    words = list(map(_new_word, repeat(PlacedWord), rows))
    return words, _stamps(words, standing) if standing else standing, max(votes, key=lambda turn: votes[turn])


def _turn(text: str, across: float, down: float, tall: bool) -> int:
    """The turn that would set a word upright, from the way from its first to its last character."""
    if tall and abs(down) > 2 * abs(across):
        return 90 if down < 0 else 270
    return 180 if across < -2 * abs(down) and _LETTER.search(text) else 0


def _stamps(words: list[PlacedWord], standing: set[int]) -> set[int]:
    """Short words that go on above or below a sideways one lie on their side too, though their shape does not show it."""
    found = set(standing)
    for before, word in pairwise(words):
        within = before.x0 - 1 <= word.x0 and word.x1 <= before.x1 + 1
        if within and len(word.text) <= 2 and before.order in found:
            found.add(word.order)
    return found
