"""Scanned pages of a PDF to laid-out sheets, page by page: render, recognise, lay out; what the PDF reader calls."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from ionm_notes.ingest.ocr import cache
from ionm_notes.ingest.ocr.drafts import TOP_BAND, LaidSheet, laid_out
from ionm_notes.ingest.ocr.pages import PageText
from ionm_notes.ingest.ocr.pool import Picture, recognise
from ionm_notes.ingest.ocr.render import render
from ionm_notes.ingest.quality import LEAST_LETTERS, is_poor_text
from ionm_notes.limits import Limits

FAINT, MOST_FAINT = 0.7, 0.085
"""Pages of which more than this share of words holds a letter less sure than the first are too poor to rely on: fine faxes
have 0.00 to 0.07, coarse ones (100 lines to an inch) 0.04 to 0.16, and there words that matter were maimed."""
_FEWEST_WORDS = 20
_LOST = 0.25


@dataclass(frozen=True, slots=True, eq=False)
class Scanned:
    """A recognised page: its sheets, how many letters they hold, and whether it is too poor to rely on."""

    sheets: list[LaidSheet]
    letters: int
    poor: bool


def scanned_pages(pdf: Any, indexes: Sequence[int], limits: Limits) -> Iterator[Scanned]:
    """The pages of an open PDF with these indexes, recognised, in order."""
    yield from recognised_pictures((_rendered(pdf, index, limits) for index in indexes), len(indexes))


def recognised_pictures(pictures: Iterator[Picture], count: int) -> Iterator[Scanned]:
    """`count` pictures of pages, recognised and laid out, in order."""
    for text in recognise(pictures, count, cache.folder()):
        yield _scanned(text)


def _rendered(pdf: Any, index: int, limits: Limits) -> Picture:
    page = pdf[index]
    try:
        return render(page, limits)
    finally:
        page.close()


def _scanned(text: PageText) -> Scanned:
    words = [word for sheet in text.sheets for word in sheet.words]
    whole = " ".join(word.text for word in words)
    letters = sum(map(str.isalpha, whole))
    lines = len({(index, word.line) for index, sheet in enumerate(text.sheets) for word in sheet.words})
    long = [
        word
        for sheet in text.sheets
        for word in sheet.words
        # What the fax machine prints at the top stands across what was printed there before.
        if len(word.text) > 2 and any(map(str.isalpha, word.text)) and word.box[1] > TOP_BAND * sheet.height
    ]
    faint = len(long) >= _FEWEST_WORDS and sum(word.sure < FAINT for word in long) > MOST_FAINT * len(long)
    lost = text.lost > max(3, _LOST * (lines + text.lost))
    mute = not words and not text.blank
    poor = faint or lost or mute or (letters >= LEAST_LETTERS and is_poor_text(whole))
    return Scanned(laid_out(text), letters, poor)
