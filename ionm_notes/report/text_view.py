"""A document as it was understood, for reading: pages, rows with their cells, running lines, and what OCR is unsure of."""

from __future__ import annotations

from collections.abc import Iterator

from ionm_notes.report.clean import for_terminal
from ionm_notes.types import Document, DoubtfulWord, Line, Page

UNSURE = 0.8
"""Recognised lines whose least sure word is below this show its confidence."""
_CELL = " | "
_RUNNING = ("header", "footer")


def text_lines(document: Document, page: int | None = None, boxes: bool = False) -> Iterator[str]:
    """The lines to print for all pages, or for one (from 1); `boxes` puts every word on a line with its box in points.

    A packet is printed part by part: a line before the first page of each says what it was taken for.
    """
    yield f"{for_terminal(document.name)}  {len(document.pages)} {'page' if len(document.pages) == 1 else 'pages'}"
    for warning in document.warnings:
        yield f"note: {for_terminal(warning)}"
    if document.poor_text:
        yield "note: too much of the text could not be read with confidence"
    openings = _openings(document)
    for one in document.pages:
        if page in (None, one.number):
            yield ""
            if one.number in openings and page is None:
                yield openings[one.number]
            yield _heading(one)
            for line in one.lines:
                yield from _boxed(line) if boxes else (_shown(line),)


def _openings(document: Document) -> dict[int, str]:
    """For the first page of each part, a line that names the part; nothing for a document of one part."""
    if len(document.pages) < 2:
        return {}
    from ionm_notes.parts import split

    parts = split(document)
    if len(parts) < 2:
        return {}
    told = {}
    for part in parts:
        copy = f", a copy of page {part.copy_of}: read once" if part.copy_of is not None else ""
        told[part.numbers[0]] = f"== {part.name}, {part.place}{copy} =="
    return told


def _heading(page: Page) -> str:
    about = [f"page {page.number}"]
    if page.width:
        about.append(f"{page.width:g} x {page.height:g} pt")
    if page.recognized:
        about.append("recognized (OCR)")
    if page.turn:
        about.append(f"turned by {page.turn} degrees to be read")
    return f"-- {', '.join(about)} --"


def _shown(line: Line) -> str:
    """One line: cells parted by bars, running lines in brackets, doubtful words with what else they may be."""
    text = _CELL.join(for_terminal(_with_doubts(line, start, end)) for start, end in line.cells) if line.cells else ""
    text = text or for_terminal(_with_doubts(line, 0, len(line.text)))
    shown = f"[{line.kind}: {text}]" if line.kind in _RUNNING else text
    sure = line.confidence
    return f"{shown}  {{sure {sure:.2f}}}" if sure is not None and sure < UNSURE else shown


def _with_doubts(line: Line, start: int, end: int) -> str:
    text, at = "", start
    for doubt in sorted(line.doubts, key=lambda one: one.start):
        if start <= doubt.start and doubt.end <= end:
            text += line.text[at : doubt.end] + _mark(doubt)
            at = doubt.end
    return text + line.text[at:end]


def _mark(doubt: DoubtfulWord) -> str:
    return f"{{or {' or '.join(doubt.instead)}? {doubt.why}}}" if doubt.instead else f"{{? {doubt.why}}}"


def _boxed(line: Line) -> Iterator[str]:
    """The line's kind and paragraph, then each word with x0, top, x1, bottom."""
    sure = "" if line.confidence is None else f", sure {line.confidence:.2f}"
    yield f"{line.kind}, paragraph {line.block}{sure}"
    for word in line.words:
        text = for_terminal(line.text[word.start : word.end])
        if not text:
            continue
        marks = "".join(_mark(doubt) for doubt in line.doubts if doubt.start < word.end and word.start < doubt.end)
        box = " ".join(f"{value:7.1f}" for value in word.bbox) if word.bbox else " " * 31
        yield f"  {box}  {text}{marks}"
