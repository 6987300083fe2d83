"""Writes a de-identified PDF: a new file, into which only what was read and is no identifier is carried; nothing underneath.

A page with a text layer is set anew, word by word in its place, with the straight rules of its tables. Of a scanned page the
dots of the words are copied that were recognised and are no identifier; the rest of the paper stays white. So pictures,
stamps, signatures, hidden layers, annotations, attachments and properties of the original cannot come along.
"""

from __future__ import annotations

import ctypes
import io
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from ionm_notes.phi.mask import Masked, Masker
from ionm_notes.types import BBox, Document, Line, Page, Word

DOTS_PER_POINT = 200 / 72
"""Of scanned pages in the copy."""
_FONT = b"Helvetica"
_DESCENT = 0.22
"""Share of a word's height below its baseline."""
_THIN = 2.0
"""Points: a drawn shape no thicker is a rule."""
_SHADE = (232, 232, 232, 255)


@dataclass(frozen=True, slots=True)
class Piece:
    """A word of the copy, or what stands for an identifier, and its box."""

    text: str
    box: BBox
    masked: bool


def redacted(document: Document, data: bytes, masker: Masker, password: str | None = None) -> bytes:
    """The de-identified PDF of a document that was read from the PDF `data`."""
    import pypdfium2

    source, target = pypdfium2.PdfDocument(data, password=password), pypdfium2.PdfDocument.new()
    try:
        font = pypdfium2.raw.FPDFText_LoadStandardFont(target, _FONT)
        for page in document.pages:
            original = source[page.number - 1]
            pieces = [piece for line in page.lines for piece in pieces_of(line, masker.found(line.text))]
            new = target.new_page(page.width, page.height)
            if page.recognized:
                _copy_dots(target, new, original, page, pieces)
            else:
                for rule in _rules(original, page.height):
                    _draw(new, rule, page.height, (90, 90, 90, 255))
                for piece in pieces:
                    if piece.masked:
                        _draw(new, piece.box, page.height, _SHADE)
                    _set(target, new, font, piece, page.height)
            new.gen_content()
        out = io.BytesIO()
        target.save(out)
    finally:
        target.close()
        source.close()
    return out.getvalue()


def pieces_of(line: Line, masked: list[Masked]) -> Iterator[Piece]:
    """The words of a line with identifiers replaced; an identifier that goes over two rows of a cell is named on the first."""
    covered: set[int] = set()
    for one in masked:
        words = [word for word in line.words if word.start < one.end and one.start < word.end and word.start not in covered]
        covered |= {word.start for word in words}
        if not words:
            continue
        text = line.text[words[0].start : one.start] + one.instead + line.text[one.end : words[-1].end]
        for number, (_, row) in enumerate(groupby((word for word in words if word.bbox), key=_row)):
            yield Piece(text.strip() if number == 0 else "", _around([*row]), True)
    for word in line.words:
        if word.bbox is not None and word.start not in covered:
            yield Piece(line.text[word.start : word.end], word.bbox, False)


def _row(word: Word) -> float:
    return round((word.bbox or (0, 0, 0, 0))[1] / 4)


def _around(words: list[Word]) -> BBox:
    boxes = [word.bbox for word in words if word.bbox]
    return (min(b[0] for b in boxes), min(b[1] for b in boxes), max(b[2] for b in boxes), max(b[3] for b in boxes))


def _copy_dots(target: Any, new: Any, original: Any, page: Page, pieces: list[Piece]) -> None:
    """Puts a picture on the page that shows the words to be kept and is white elsewhere."""
    import pypdfium2
    from PIL import Image

    shown = original.render(scale=DOTS_PER_POINT, grayscale=True, may_draw_forms=False).to_pil().convert("L")
    paper = Image.new("L", shown.size, 255)
    across, down = shown.width / page.width, shown.height / page.height
    for piece in pieces:
        if not piece.masked:
            x0, top, x1, bottom = piece.box
            box = (
                int(x0 * across),
                int(top * down),
                min(int(x1 * across) + 1, shown.width),
                min(int(bottom * down) + 1, shown.height),
            )
            paper.paste(shown.crop(box), box)
    for piece in pieces:
        if piece.masked:  # boxes of neighbours may reach into it
            x0, top, x1, bottom = piece.box
            _name(paper, piece.text, (int(x0 * across), int(top * down), int(x1 * across) + 1, int(bottom * down) + 1))
    jpeg = io.BytesIO()
    paper.save(jpeg, "JPEG", quality=85)
    image = pypdfium2.PdfImage.new(target)
    image.load_jpeg(jpeg)
    image.set_matrix(pypdfium2.PdfMatrix().scale(page.width, page.height))
    new.insert_obj(image)


def _name(paper: Any, text: str, box: tuple[int, int, int, int]) -> None:
    """Covers a box of a picture with a shade and what stands for the identifier, made small enough to fit."""
    from PIL import ImageDraw, ImageFont

    draw = ImageDraw.Draw(paper)
    draw.rectangle(box, fill=_SHADE[0])
    size = max(8, round((box[3] - box[1]) * 0.8))
    while size > 8 and draw.textlength(text, ImageFont.load_default(size)) > box[2] - box[0]:
        size -= 1
    draw.text((box[0] + 1, box[1]), text, fill=0, font=ImageFont.load_default(size))


def _rules(original: Any, height: float) -> Iterator[BBox]:
    """The straight rules of a page and the edges of boxes, which hold no words; anything with curves is left out."""
    from pypdfium2 import raw

    for shape in original.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH], max_depth=2):
        left, bottom, right, top = shape.get_bounds()
        kinds = {
            raw.FPDFPathSegment_GetType(raw.FPDFPath_GetPathSegment(shape.raw, number))
            for number in range(min(raw.FPDFPath_CountSegments(shape.raw), 8))
        }
        if raw.FPDF_SEGMENT_BEZIERTO in kinds or raw.FPDFPath_CountSegments(shape.raw) > 6:
            continue
        x0, y0, x1, y1 = left, height - top, right, height - bottom
        if x1 - x0 <= _THIN or y1 - y0 <= _THIN:
            yield (x0, y0, max(x1, x0 + 0.4), max(y1, y0 + 0.4))
        elif _stroked(shape):
            yield from ((x0, y0, x1, y0 + 0.4), (x0, y1 - 0.4, x1, y1), (x0, y0, x0 + 0.4, y1), (x1 - 0.4, y0, x1, y1))


def _stroked(shape: Any) -> bool:
    from pypdfium2 import raw

    fill, stroke = ctypes.c_int(), ctypes.c_int()
    return bool(raw.FPDFPath_GetDrawMode(shape.raw, fill, stroke) and stroke.value)


def _draw(new: Any, box: BBox, height: float, color: tuple[int, int, int, int]) -> None:
    from pypdfium2 import raw

    x0, top, x1, bottom = box
    shape = raw.FPDFPageObj_CreateNewRect(x0, height - bottom, x1 - x0, bottom - top)
    raw.FPDFPageObj_SetFillColor(shape, *color)
    raw.FPDFPath_SetDrawMode(shape, raw.FPDF_FILLMODE_ALTERNATE, False)
    raw.FPDFPage_InsertObject(new, shape)


def _set(target: Any, new: Any, font: Any, piece: Piece, height: float) -> None:
    """Sets a word into its box, as wide as the box is."""
    from pypdfium2 import raw

    text = _printable(piece.text)
    x0, top, x1, bottom = piece.box
    if not text.strip() or x1 <= x0 or bottom <= top:
        return
    size = bottom - top
    word = raw.FPDFPageObj_CreateTextObj(target, font, size)
    encoded = (text + "\0").encode("utf-16-le")
    raw.FPDFText_SetText(word, ctypes.cast(ctypes.create_string_buffer(encoded), raw.FPDF_WIDESTRING))
    edges = [ctypes.c_float() for _ in range(4)]
    raw.FPDFPageObj_GetBounds(word, *edges)
    width = edges[2].value
    stretch = min((x1 - x0) / width, 1.3 if piece.masked else 3.0) if width > 0 else 1.0
    raw.FPDFPageObj_Transform(word, stretch, 0, 0, 1, x0, height - bottom + size * _DESCENT)
    raw.FPDFPage_InsertObject(new, word)


def _printable(text: str) -> str:
    """What the standard font can show; other signs become question marks rather than disappear."""
    for sign, instead in (("→", "->"), ("≥", ">="), ("≤", "<="), ("\u2212", "-")):
        text = text.replace(sign, instead)
    return text.encode("cp1252", "replace").decode("cp1252")
