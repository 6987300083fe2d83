"""PDF to `Document`: opens the file with pdfium, checks it cheaply, reads page by page; layout lives elsewhere."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from ionm_notes.errors import IonmError
from ionm_notes.ingest.edges import page_edges
from ionm_notes.ingest.layout import lay_out_page
from ionm_notes.ingest.pdf_page import page_words, view_of
from ionm_notes.ingest.placed import Draft, finish
from ionm_notes.ingest.quality import is_poor
from ionm_notes.ingest.running import mark_running
from ionm_notes.ingest.sniff import PDF
from ionm_notes.limits import Limits
from ionm_notes.types import Document, Page


@dataclass(slots=True, eq=False)
class _Read:
    """One page as read: its size in points and its drafts; `picture`: it shows something but holds no text."""

    width: float = 0.0
    height: float = 0.0
    drafts: list[Draft] = field(default_factory=list)
    picture: bool = False
    broken: bool = False
    cut: int = 0


@contextmanager
def _without_cycle_search() -> Iterator[None]:
    """Pauses Python's search for reference cycles: words make none, and looking at each over and over costs a third."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def read_pdf(name: str, data: bytes, sha256: str, warnings: tuple[str, ...], limits: Limits) -> Document:
    """Reads a PDF with a text layer.

    Raises `IonmError`: `encrypted-pdf`, `damaged-pdf`, `truncated`, `too-many-pages`, `too-large`, `no-text-layer`,
    `no-text`.
    """
    with _without_cycle_search():
        return _read_pdf(name, data, sha256, warnings, limits)


def _read_pdf(name: str, data: bytes, sha256: str, warnings: tuple[str, ...], limits: Limits) -> Document:
    pdf = _open(name, data)
    try:
        count = len(pdf)
        if count == 0:
            raise IonmError("damaged-pdf", name, "it has no pages")
        if count > limits.pages:
            raise IonmError("too-many-pages", name, f"{count} pages, at most {limits.pages} are read")
        reads: list[_Read] = []
        total = 0
        for index in range(count):
            read, chars = _page(name, pdf, index, limits)
            total += chars
            if total > limits.document_chars:
                raise IonmError("too-large", name, f"more than {limits.document_chars:,} characters")
            reads.append(read)
    finally:
        pdf.close()
    if not any(read.drafts for read in reads):
        if all(read.broken for read in reads):
            raise IonmError("damaged-pdf", name, "no page can be read")
        raise IonmError("no-text-layer" if any(read.picture for read in reads) else "no-text", name)
    mark_running([(read.height, read.drafts) for read in reads])
    pages = tuple(
        Page(number, round(read.width, 2), round(read.height, 2), tuple(finish(draft, number) for draft in read.drafts))
        for number, read in enumerate(reads, 1)
    )
    poor = any(read.picture or read.broken for read in reads) or is_poor(pages)
    return Document(name, sha256, PDF, "text-layer", pages, (*warnings, *_notes(reads)), poor)


def _open(name: str, data: bytes) -> Any:
    try:
        return pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        if "password" in str(error).lower():
            raise IonmError("encrypted-pdf", name) from error
        if b"%%EOF" not in data[-2048:]:
            raise IonmError("truncated", name, "the PDF ends in the middle") from error
        raise IonmError("damaged-pdf", name, "it cannot be opened") from error


def _notes(reads: list[_Read]) -> list[str]:
    """What to know of the reading, with page numbers."""
    out = []
    for what, pages in (
        ("pages that could not be read", [n for n, read in enumerate(reads, 1) if read.broken]),
        ("pages without text (scans or pictures)", [n for n, read in enumerate(reads, 1) if read.picture]),
        ("pages with words outside their visible part, left out", [n for n, read in enumerate(reads, 1) if read.cut]),
    ):
        if pages:
            out.append(f"{what}: {', '.join(map(str, pages))}")
    return out


def _page(name: str, pdf: Any, index: int, limits: Limits) -> tuple[_Read, int]:
    """One page and the number of its characters; a page that pdfium cannot open keeps its number."""
    try:
        page = pdf[index]
    except pdfium.PdfiumError:
        return _Read(broken=True), 0
    try:
        textpage = page.get_textpage()
        try:
            chars = max(0, textpage.count_chars())
            if chars > limits.page_chars:
                raise IonmError("too-large", name, f"page {index + 1} holds {chars:,} characters")
            return _read(page, textpage, chars, limits), chars
        finally:
            textpage.close()
    except pdfium.PdfiumError:
        return _Read(broken=True), 0
    finally:
        page.close()


def _read(page: Any, textpage: Any, chars: int, limits: Limits) -> _Read:
    words = page_words(textpage, _text_of(textpage, chars), view_of(page))
    width, height = words.view.size
    if not words.upright and not words.sideways:
        shows = pdfium_c.FPDFPage_CountObjects(page.raw) > 0 and not words.cut
        return _Read(width, height, picture=shows, cut=words.cut)
    drafts = lay_out_page(words.upright, words.sideways, page_edges(page, words.view, limits), width, height)
    return _Read(width, height, drafts, cut=words.cut)


def _text_of(textpage: Any, chars: int) -> str:
    """One Python character for each of pdfium's, so that an offset is also an index into pdfium's characters."""
    text: str = textpage.get_text_range() if chars else ""
    if len(text) == chars:
        return text
    get, handle = pdfium_c.FPDFText_GetUnicode, textpage.raw
    codes = (get(handle, index) for index in range(chars))
    # 0x2 is pdfium's own mark for a hyphen at a line's end, which its text range shows as U+FFFE.
    return "".join("\ufffe" if code == 2 else chr(code) if 0 < code < 0x110000 else "\x00" for code in codes)
