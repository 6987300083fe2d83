"""PDF to `Document`: opens the file with pdfium, checks it cheaply, reads page by page; layout lives elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from ionm_notes.cycles import without_cycle_search
from ionm_notes.errors import IonmError
from ionm_notes.ingest.check_boxes import with_check_boxes
from ionm_notes.ingest.edges import page_edges
from ionm_notes.ingest.layout import lay_out_page
from ionm_notes.ingest.pdf_page import page_words, view_of
from ionm_notes.ingest.pictured import shows_more_than
from ionm_notes.ingest.placed import Draft, finish
from ionm_notes.ingest.quality import LEAST_LETTERS, is_poor, is_poor_text, letters_in
from ionm_notes.ingest.running import mark_running
from ionm_notes.ingest.sniff import PDF
from ionm_notes.limits import Limits
from ionm_notes.types import Document, Page, TextSource

if TYPE_CHECKING:
    from ionm_notes.ingest.ocr.drafts import LaidSheet


@dataclass(slots=True, eq=False)
class _Read:
    """One page as read: its size in points and its drafts."""

    width: float = 0.0
    height: float = 0.0
    drafts: list[Draft] = field(default_factory=list)
    letters: int = 0
    broken: bool = False
    cut: int = 0
    clean: bool = False
    """The text layer is language and enough of it."""
    scan: bool = False
    """It shows something that its text layer does not say: to be recognised."""
    sheets: list[LaidSheet] = field(default_factory=list)
    """What recognition found; stands instead of `drafts`."""
    poor: bool = False
    """Recognised, and still too poor to rely on."""


def read_pdf(
    name: str, data: bytes, sha256: str, warnings: tuple[str, ...], limits: Limits, passwords: Sequence[str] = ()
) -> Document:
    """Reads a PDF by its text layer, and pages without a usable one by recognition (OCR).

    Scripts and embedded files are left alone. Raises `IonmError`: `encrypted-pdf`, `wrong-password`, `damaged-pdf`,
    `truncated`, `too-many-pages`, `too-large`, `no-text`, and `ocr-missing` where only recognition
    could help and is not installed.
    """
    with without_cycle_search():  # words make no cycles
        return _read_pdf(name, data, sha256, warnings, limits, passwords)


def _read_pdf(
    name: str, data: bytes, sha256: str, warnings: tuple[str, ...], limits: Limits, passwords: Sequence[str]
) -> Document:
    pdf = _open(name, data, passwords)
    try:
        count = len(pdf)
        if count == 0:
            raise IonmError("damaged-pdf", name, "it has no pages")
        if count > limits.pages:
            raise IonmError("too-many-pages", name, f"{count} pages, at most {limits.pages} are read")
        if files := _embedded_files(pdf):
            warnings = (*warnings, f"files embedded in the PDF, not read: {files}")
        reads: list[_Read] = []
        total = 0
        for index in range(count):
            read, chars = _page(name, pdf, index, limits)
            total += chars
            if total > limits.document_chars:
                raise IonmError("too-large", name, f"more than {limits.document_chars:,} characters")
            reads.append(read)
        missing = _recognise(name, pdf, reads, limits)
    finally:
        pdf.close()
    if not any(read.drafts or any(sheet.drafts for sheet in read.sheets) for read in reads):
        if all(read.broken for read in reads):
            raise IonmError("damaged-pdf", name, "no page can be read")
        unread = any(read.scan for read in reads)
        raise IonmError("ocr-missing" if missing else "no-text-layer" if unread else "no-text", name)
    mark_running([pair for read in reads for pair in _running(read)])
    pages = tuple(_page_of(read, number) for number, read in enumerate(reads, 1))
    poor = any(read.poor or read.broken or (read.scan and not read.sheets and missing) for read in reads)
    poor = poor or (not all(read.clean for read in reads) and is_poor(pages))
    return Document(name, sha256, PDF, _source(reads), pages, (*warnings, *_notes(reads)), poor)


def _recognise(name: str, pdf: Any, reads: list[_Read], limits: Limits) -> bool:
    """Recognises the pages whose text layer does not say what they show; True where the engine for it is missing."""
    scans = [index for index, read in enumerate(reads) if read.scan]
    if not scans:
        return False
    from ionm_notes.ingest.ocr.engine import available
    from ionm_notes.ingest.ocr.scans import scanned_pages

    if not available():
        return True
    if len(scans) > limits.scanned_pages:
        raise IonmError("too-many-pages", name, f"{len(scans)} scanned pages, at most {limits.scanned_pages} are recognized")
    for index, found in zip(scans, scanned_pages(pdf, scans, limits), strict=True):
        read = reads[index]
        read.poor = found.poor
        if found.letters > read.letters or not read.drafts:
            read.sheets = found.sheets
    return False


def _running(read: _Read) -> list[tuple[float, list[Draft]]]:
    """Heights and drafts in which running lines are looked for: the page, or its sheets."""
    return [(sheet.height, sheet.drafts) for sheet in read.sheets] or [(read.height, read.drafts)]


def _page_of(read: _Read, number: int) -> Page:
    size = round(read.width, 2), round(read.height, 2)
    if not read.sheets:
        return Page(number, *size, tuple(finish(draft, number) for draft in read.drafts))
    from ionm_notes.ingest.ocr.drafts import finished

    return Page(number, *size, finished(read.sheets, number), recognized=True, turn=read.sheets[0].sheet.turn)


def _source(reads: list[_Read]) -> TextSource:
    if not any(read.sheets for read in reads):
        return "text-layer"
    return "mixed" if any(read.drafts and not read.sheets for read in reads) else "ocr"


def _open(name: str, data: bytes, passwords: Sequence[str]) -> Any:
    refused: pdfium.PdfiumError | None = None
    for password in (None, *passwords):
        try:
            return pdfium.PdfDocument(data, password=password)
        except pdfium.PdfiumError as error:
            refused = error
            if "password" not in str(error).lower():
                break
    if "password" in str(refused).lower():
        raise IonmError("wrong-password" if passwords else "encrypted-pdf", name) from refused
    if b"%%EOF" not in data[-2048:]:
        raise IonmError("truncated", name, "the PDF ends in the middle") from refused
    raise IonmError("damaged-pdf", name, "it cannot be opened") from refused


def _embedded_files(pdf: Any) -> int:
    return max(0, int(pdfium_c.FPDFDoc_GetAttachmentCount(pdf.raw)))


def _notes(reads: list[_Read]) -> list[str]:
    """What to know of the reading, with page numbers."""
    out = []
    for what, pages in (
        ("pages that could not be read", [n for n, read in enumerate(reads, 1) if read.broken]),
        ("pages that show something but hold no text", [n for n, read in enumerate(reads, 1) if _is_mute(read)]),
        ("scanned pages, recognized (OCR)", [n for n, read in enumerate(reads, 1) if read.sheets]),
        ("scanned pages too poor to rely on", [n for n, read in enumerate(reads, 1) if read.poor]),
        ("pages with words outside their visible part, left out", [n for n, read in enumerate(reads, 1) if read.cut]),
    ):
        if pages:
            out.append(f"{what}: {', '.join(map(str, pages))}")
    return out


def _is_mute(read: _Read) -> bool:
    return read.scan and not read.drafts and not any(sheet.drafts for sheet in read.sheets)


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
    text = _text_of(textpage, chars)
    words = page_words(textpage, text, view_of(page))
    width, height = words.view.size
    letters, _ = letters_in(text)
    poor = letters < LEAST_LETTERS or is_poor_text(text)
    # Words outside the visible part are nothing that the page shows.
    scan = poor and not words.cut and shows_more_than(page, text)
    drafts: list[Draft] = []
    if words.upright or words.sideways:
        upright, edges = with_check_boxes(words.upright, page_edges(page, words.view, limits))
        drafts = lay_out_page(upright, words.sideways, edges, width, height)
    return _Read(width, height, drafts, cut=words.cut, clean=not poor, scan=scan, letters=letters)


def _text_of(textpage: Any, chars: int) -> str:
    """One Python character for each of pdfium's, so that an offset is also an index into pdfium's characters."""
    text: str = textpage.get_text_range() if chars else ""
    if len(text) == chars:
        return text
    get, handle = pdfium_c.FPDFText_GetUnicode, textpage.raw
    codes = (get(handle, index) for index in range(chars))
    # 0x2 is pdfium's own mark for a hyphen at a line's end, which its text range shows as U+FFFE.
    return "".join("\ufffe" if code == 2 else chr(code) if 0 < code < 0x110000 else "\x00" for code in codes)
