"""Recognised sheets to the `Line`s of a page: the layout of text layers, then every box carried back to the page."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ionm_notes.ingest.layout import lay_out_page
from ionm_notes.ingest.ocr.order import with_order_doubts
from ionm_notes.ingest.ocr.pages import PageText, SheetText
from ionm_notes.ingest.ocr.words import Read
from ionm_notes.ingest.placed import Draft, PlacedWord, finish
from ionm_notes.types import BBox, DoubtfulWord, Line, Word

TOP_BAND = 0.08
"""The part of a page's height at its top in which a fax machine prints its line."""
_FAX_MARKS = (
    re.compile(r"\b\d{1,4}[/.-]\d{1,2}[/.-]\d{2,4}\b|\b[A-Z][a-z]{2}[- .]+\d{1,2}\b"),
    re.compile(r"\b\d{1,2}[:.]\d\d\b"),
    re.compile(r"\b(?:FAX|FROM|TO|TEL|RCVD|ID)\b[:.]?|\+?\d[\d ()-]{8,}\d", re.IGNORECASE),
    re.compile(r"\b(?:P|PAGE|PG)\s?[.:]?\s?\d+|\b\d{1,3}\s?(?:/|of)\s?\d{1,3}\b(?!/)", re.IGNORECASE),
)
_FEWEST_MARKS = 3


@dataclass(frozen=True, slots=True, eq=False)
class LaidSheet:
    """A sheet whose words were laid out: drafts in its own points, and the words by their number."""

    sheet: SheetText
    drafts: list[Draft]
    words: tuple[Read, ...]

    @property
    def height(self) -> float:
        """Height in points."""
        return self.sheet.height


def laid_out(text: PageText) -> list[LaidSheet]:
    """The sheets of a page in reading order, paragraphs numbered through, fax lines marked as running headers."""
    out: list[LaidSheet] = []
    block = 0
    for sheet in text.sheets:
        words = (*sheet.words, *sheet.sideways)
        placed = [PlacedWord(*word.box, word.text, order) for order, word in enumerate(words)]
        count = len(sheet.words)
        drafts = lay_out_page(placed[:count], placed[count:], sheet.edges, sheet.width, sheet.height)
        for draft in drafts:
            draft.block += block
            if draft.box[3] <= TOP_BAND * sheet.height and _is_fax_line(draft.text):
                draft.kind = "header"
        block = max((draft.block for draft in drafts), default=block - 1) + 1
        out.append(LaidSheet(sheet, drafts, words))
    return out


def _is_fax_line(text: str) -> bool:
    """Whether a line at the top is what a fax machine printed: three out of date, time, sender's number, page count."""
    return len(text) < 120 and sum(bool(mark.search(text)) for mark in _FAX_MARKS) >= _FEWEST_MARKS


def finished(laid: Sequence[LaidSheet], page: int) -> tuple[Line, ...]:
    """The lines of a page with boxes in points of the page, confidence and doubt."""
    return tuple(line for sheet in laid for line in with_order_doubts([_line(sheet, draft, page) for draft in sheet.drafts]))


def _line(laid: LaidSheet, draft: Draft, page: int) -> Line:
    line = finish(draft, page)
    reads = [laid.words[word.order] for word in draft.words]
    words = tuple(Word(w.start, w.end, _on_page(read, laid.sheet.back)) for w, read in zip(line.words, reads, strict=True))
    doubts = tuple(
        DoubtfulWord(word.start, word.end, read.text, read.other, read.why)
        for word, read in zip(words, reads, strict=True)
        if read.why
    )
    return replace(line, words=words, confidence=round(min(read.sure for read in reads), 4), doubts=doubts)


def _on_page(read: Read, back: tuple[float, ...]) -> BBox:
    a, b, c, d, e, f, g, h, i = back
    xs, ys = [], []
    for x, y in read.quad:
        depth = g * x + h * y + i
        xs.append((a * x + b * y + c) / depth)
        ys.append((d * x + e * y + f) / depth)
    return round(min(xs), 2), round(min(ys), 2), round(max(xs), 2), round(max(ys), 2)
