"""PDF pages to lines through pdfium: text once a page, boxes for the first and last letter of each word only.

Measured elsewhere: a box for every letter costs three times as much, pdfplumber thirty times, for the same rows.
"""

from __future__ import annotations

import ctypes
import re
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from ionm_notes import limits
from ionm_notes.errors import IonmError
from ionm_notes.ingest.layout import Box, Rule, page_lines
from ionm_notes.ingest.running import mark_running
from ionm_notes.ingest.text import text_poor
from ionm_notes.types import Document, Page

_WORD = re.compile(r"[^\s\x00\ufffe\uffff]+")


def read_pdf(name: str, digest: str, data: bytes, warnings: tuple[str, ...]) -> Document:
    """A PDF with a text layer as a Document."""
    try:
        pdf = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        if "password" in str(error).lower():
            raise IonmError("encrypted-pdf", name) from error
        raise IonmError("damaged-pdf", name, "it cannot be opened") from error
    try:
        count = len(pdf)
        if count > limits.PAGES:
            raise IonmError("too-many-pages", name, f"{count} pages, at most {limits.PAGES} are read")
        if count == 0:
            raise IonmError("damaged-pdf", name, "it has no pages")
        pages, texts, empty, broken = [], [], [], []
        for index in range(count):
            try:
                page, text = _page(name, pdf, index)
            except pdfium.PdfiumError:
                broken.append(index + 1)
                page, text = Page(index + 1, 0.0, 0.0, ()), ""
            pages.append(page)
            texts.append(text)
            if not page.lines and index + 1 not in broken:
                empty.append(index + 1)
    finally:
        pdf.close()
    if broken and len(broken) == count:
        raise IonmError("damaged-pdf", name, "no page can be read")
    if not any(page.lines for page in pages):
        raise IonmError("no-text-layer", name)
    notes = list(warnings)
    if broken:
        notes.append(f"pages that could not be read: {', '.join(map(str, broken))}")
    if empty:
        notes.append(f"pages without text (scans or pictures): {', '.join(map(str, empty))}")
    poor = text_poor("\n".join(texts)) or bool(broken) or len(empty) > count / 2
    return Document(name, digest, "application/pdf", "text-layer", mark_running(tuple(pages)), tuple(notes), poor)


def _page(name: str, pdf: Any, index: int) -> tuple[Page, str]:
    page = pdf[index]
    try:
        textpage = page.get_textpage()
        try:
            count = textpage.count_chars()
            if count > limits.PAGE_CHARACTERS:
                raise IonmError("too-large", name, f"page {index + 1} holds {count} characters")
            width, height = page.get_width(), page.get_height()
            words, text = _words(page, textpage, count, height)
        finally:
            textpage.close()
        rules = _rules(page, height) if len(words) > 4 else []
        return Page(index + 1, width, height, page_lines(index + 1, words, rules)), text
    finally:
        page.close()


def _words(page: Any, textpage: Any, count: int, height: float) -> tuple[list[Box], str]:
    text = textpage.get_text_range() if count else ""
    handle = textpage.raw
    if len(text) != count:
        text = "".join(chr(raw.FPDFText_GetUnicode(handle, i)) for i in range(count))
    left, bottom, right, top = _crop(page)
    del right, bottom
    rect = raw.FS_RECTF()
    pointer = ctypes.byref(rect)
    out: list[Box] = []
    for match in _WORD.finditer(text):
        raw.FPDFText_GetLooseCharBox(handle, match.start(), pointer)
        x0, high, low = rect.left, rect.top, rect.bottom
        raw.FPDFText_GetLooseCharBox(handle, match.end() - 1, pointer)
        word = match.group().replace("\u00ad", "-")
        out.append(Box(x0 - left, top - max(high, rect.top), rect.right - left, top - min(low, rect.bottom), word))
    return _unrotated(page, out, height), text


def _crop(page: Any) -> tuple[float, float, float, float]:
    try:
        box = page.get_bbox()
        return float(box[0]), float(box[1]), float(box[2]), float(box[3])
    except (pdfium.PdfiumError, AttributeError):
        return 0.0, 0.0, page.get_width(), page.get_height()


def _unrotated(page: Any, words: list[Box], height: float) -> list[Box]:
    """Boxes turned with the page, so that reading order is what the eye sees."""
    angle = page.get_rotation()
    if angle == 0:
        return words
    box = _crop(page)
    width, tall = box[2] - box[0], box[3] - box[1]
    turned = {
        90: lambda w: Box(tall - w.bottom, w.x0, tall - w.top, w.x1, w.text),
        180: lambda w: Box(width - w.x1, tall - w.bottom, width - w.x0, tall - w.top, w.text),
        270: lambda w: Box(w.top, width - w.x1, w.bottom, width - w.x0, w.text),
    }[angle]
    return [turned(w) for w in words]


def _rules(page: Any, height: float) -> list[Rule]:
    """Ruling lines and the edges of drawn cells, as thin strokes."""
    out: list[Rule] = []
    if page.get_rotation():
        return out
    left, _, _, top = _crop(page)
    for index, item in enumerate(page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH])):
        if index > 6000:
            break
        x0, y0, x1, y1 = item.get_bounds() if hasattr(item, "get_bounds") else item.get_pos()
        box = (x0 - left, top - y1, x1 - left, top - y0)
        wide, tall = box[2] - box[0], box[3] - box[1]
        if wide < 3 and tall > 5:
            out.append(Rule("v", (box[0] + box[2]) / 2, box[1], box[3]))
        elif tall < 3 and wide > 12:
            out.append(Rule("h", (box[1] + box[3]) / 2, box[0], box[2]))
        elif wide > 12 and tall > 6:
            out += [Rule("v", box[0], box[1], box[3]), Rule("v", box[2], box[1], box[3])]
            out += [Rule("h", box[1], box[0], box[2]), Rule("h", box[3], box[0], box[2])]
    return out
