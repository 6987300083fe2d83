"""One PDF page to words and drawn edges in view coordinates, straight from pdfium; read this to mend wrong boxes.

The text of a page is taken once and only a word's first and last character are asked for their boxes: that is three
times faster than a box for every character and gives the same lines.
"""

from __future__ import annotations

import ctypes
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

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
    placed, direction = _place(textpage.raw, text, view)
    if direction:
        view = view.turned(direction)
        placed, _ = _place(textpage.raw, text, view)
    width, height = view.size
    upright: list[PlacedWord] = []
    sideways: list[PlacedWord] = []
    cut = 0
    for word, vertical in placed:
        if word.x1 <= 0 or word.bottom <= 0 or word.x0 >= width or word.top >= height:
            cut += 1
        elif vertical:
            sideways.append(word)
        else:
            upright.append(word)
    return PageWords(upright, sideways, view, cut)


def _place(handle: Any, text: str, view: View) -> tuple[list[tuple[PlacedWord, bool]], int]:
    """Words in view coordinates with 'stands on its side', and the turn that would set most of the page upright.

    This loop takes most of the time of a page; hence no calls in it that can be done without.
    """
    loose, to_view, rect = pdfium_c.FPDFText_GetLooseCharBox, view.mapper(), pdfium_c.FS_RECTF()
    pointer = ctypes.byref(rect)
    placed: list[tuple[PlacedWord, bool]] = []
    votes = {0: 0, 90: 0, 180: 0, 270: 0}
    for match in _WORD.finditer(text):
        word = match.group()
        if not word.isascii():
            word = word.translate(_GLYPHS)
            if not word:
                continue
        begin, end = match.start(), match.end() - 1
        loose(handle, begin, pointer)
        x0, top, x1, bottom = a = to_view(rect.left, rect.bottom, rect.right, rect.top)
        turn = 0
        if end > begin:
            loose(handle, end, pointer)
            b = to_view(rect.left, rect.bottom, rect.right, rect.top)
            x0, top = (x0 if x0 < b[0] else b[0]), (top if top < b[1] else b[1])
            x1, bottom = (x1 if x1 > b[2] else b[2]), (bottom if bottom > b[3] else b[3])
            if end - begin > 1:
                # Plain upright words, nearly all there are, need no closer look.
                if b[0] <= a[0] or bottom - top > x1 - x0:
                    turn = _turn(word, b[0] - a[0], b[1] - a[1], bottom - top > 1.2 * (x1 - x0))
                votes[turn] += 1
        placed.append((PlacedWord(x0, top, x1, bottom, word, len(placed)), turn in (90, 270)))
    direction = max(votes, key=lambda turn: votes[turn])
    return (_stamps(placed) if votes[90] or votes[270] else placed), direction


def _turn(text: str, across: float, down: float, tall: bool) -> int:
    """The turn that would set a word upright, from the way from its first to its last character."""
    if tall and abs(down) > 2 * abs(across):
        return 90 if down < 0 else 270
    return 180 if across < -2 * abs(down) and _LETTER.search(text) else 0


def _stamps(placed: list[tuple[PlacedWord, bool]]) -> list[tuple[PlacedWord, bool]]:
    """Short words that go on above or below a sideways one lie on their side too, though their shape does not show it."""
    out: list[tuple[PlacedWord, bool]] = []
    for word, vertical in placed:
        if not vertical and len(word.text) <= 2 and out and out[-1][1]:
            before = out[-1][0]
            vertical = before.x0 - 1 <= word.x0 and word.x1 <= before.x1 + 1
        out.append((word, vertical))
    return out
