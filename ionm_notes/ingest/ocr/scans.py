"""Scanned pages of a PDF to laid-out sheets, page by page: render, recognise, lay out; what the PDF reader calls."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from ionm_notes.ingest.ocr import cache
from ionm_notes.ingest.ocr.drafts import LaidSheet, laid_out
from ionm_notes.ingest.ocr.pages import PageText
from ionm_notes.ingest.ocr.pool import Picture, recognise
from ionm_notes.ingest.ocr.render import render
from ionm_notes.ingest.quality import LEAST_LETTERS, is_poor_text
from ionm_notes.limits import Limits

SURE = 0.8
"""Pages whose words are on the mean less sure are too poor to rely on; good faxes reach 0.97."""
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
    faint = bool(words) and sum(word.sure for word in words) / len(words) < SURE
    lost = text.lost > max(3, _LOST * (lines + text.lost))
    mute = not words and not text.blank
    poor = faint or lost or mute or (letters >= LEAST_LETTERS and is_poor_text(whole))
    return Scanned(laid_out(text), letters, poor)
