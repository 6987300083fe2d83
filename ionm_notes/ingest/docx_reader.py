"""Word documents to Document: one walk over the XML in reading order, since python-docx hides half of it.

Tables give one row a Line, nested tables their own rows behind the row that holds them. Text boxes are read once,
tracked changes as accepted, check boxes as ☒ or ☐.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator

from lxml import etree

from ionm_notes.errors import IonmError
from ionm_notes.ingest.text import cells_of, make_line, text_poor
from ionm_notes.types import Document, Line, LineKind, Page

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_SKIP = {_W + "del", _W + "moveFrom", _W + "instrText", _W + "delText", _MC + "Fallback", _W + "rPr", _W + "pPr", _W + "sdtPr"}
_SYMBOLS = {"F0FE": "☒", "F0FD": "☒", "F0A8": "☐", "F06F": "☐", "F052": "☒", "F0A3": "☐", "F0FC": "✓", "00FE": "☒", "00A8": "☐", "006F": "☐"}


def _parse(name: str, archive: zipfile.ZipFile, part: str) -> etree._Element:
    data = archive.read(part)
    if b"<!DOCTYPE" in data[:4096].replace(b"\0", b"").upper():
        raise IonmError("doc-dtd", name)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=False)
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise IonmError("damaged-docx", name, "a part of it is not well formed") from error


def read_docx(name: str, digest: str, data: bytes, warnings: tuple[str, ...]) -> Document:
    """A DOCX as a Document of one page (Word keeps no pages in the file)."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
            walker = _Walker()
            for part in sorted(n for n in names if re.fullmatch(r"word/header\d*\.xml", n)):
                walker.part(_parse(name, archive, part), "header")
            main = "word/document.xml" if "word/document.xml" in names else next(n for n in names if re.fullmatch(r"word/document\d*\.xml", n))
            root = _parse(name, archive, main)
            body = root.find(_W + "body")
            if body is None:
                raise IonmError("damaged-docx", name, "no text body, or a strict Office variant")
            walker.part(body, "text")
            for part in sorted(n for n in names if re.fullmatch(r"word/(?:footnotes|endnotes)\.xml", n)):
                walker.part(_parse(name, archive, part), "text")
            for part in sorted(n for n in names if re.fullmatch(r"word/footer\d*\.xml", n)):
                walker.part(_parse(name, archive, part), "footer")
    except (zipfile.BadZipFile, KeyError, EOFError, StopIteration, ValueError, OSError) as error:
        raise IonmError("damaged-docx", name, type(error).__name__) from error
    if not walker.lines:
        raise IonmError("no-text", name)
    text = "\n".join(line.text for line in walker.lines)
    page = Page(1, 0.0, 0.0, tuple(walker.lines))
    media = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    return Document(name, digest, media, "native", (page,), warnings, text_poor(text))


class _Walker:
    """Collects lines in reading order; `block` counts paragraphs and tables."""

    def __init__(self) -> None:
        self.lines: list[Line] = []
        self.block = 0
        self.blank = True

    def part(self, element: etree._Element, kind: LineKind) -> None:
        """Read one part (body, header, footer, notes)."""
        self.block += 1
        self._children(element, kind)

    def _children(self, element: etree._Element, kind: LineKind) -> None:
        for child in element:
            if child.tag == _W + "p":
                self._paragraph(child, kind)
            elif child.tag == _W + "tbl":
                self._table(child, kind)
            elif child.tag in _SKIP:
                continue
            elif child.tag == _W + "sdt" or len(child):
                content = child.find(_W + "sdtContent")
                self._children(child if content is None else content, kind)

    def _paragraph(self, paragraph: etree._Element, kind: LineKind) -> None:
        boxes: list[etree._Element] = []
        text = _text(paragraph, boxes)
        self.block += 1
        for part in text.split("\n"):
            cells = [c for piece in part.split("\t") for c in cells_of(piece)]
            if not cells:
                continue
            self.lines.append(make_line(1, self.block, cells, kind))
        for box in boxes:
            self._children(box, kind)
            self.block += 1

    def _table(self, table: etree._Element, kind: LineKind) -> None:
        self.block += 1
        for row in _rows(table):
            cells: list[str] = []
            nested: list[etree._Element] = []
            boxes: list[etree._Element] = []
            holds_prose = False
            paragraphs: list[list[str]] = []
            for cell in _cells(row):
                inner = list(cell.iter(_W + "tbl"))
                nested += [t for t in inner if _nearest_cell(t) is cell]
                parts = [_text(p, boxes) for p in cell.iter(_W + "p") if _nearest_cell(p) is cell and not _in_box(p)]
                pieces = [line.strip() for part in parts for line in part.split("\n") if line.strip()]
                paragraphs.append(pieces)
                holds_prose = holds_prose or len(pieces) > 3 or (len(pieces) > 1 and any(":" in p for p in pieces[1:]))
                cells.append(" ".join(" ".join(pieces).split()))
            self.block += nested != [] or holds_prose
            if holds_prose or nested:
                for pieces in paragraphs:
                    self.block += 1
                    for piece in pieces:
                        split = [c for part in piece.split("\t") for c in cells_of(part)]
                        if split:
                            self.lines.append(make_line(1, self.block, split, kind))
            elif any(cells):
                self.lines.append(make_line(1, self.block, cells, "row" if kind == "text" and len(cells) > 1 else kind))
            for inner_table in nested:
                self._table(inner_table, kind)
            for box in boxes:
                self._children(box, kind)
        self.block += 1


def _rows(table: etree._Element) -> Iterator[etree._Element]:
    for child in table:
        if child.tag == _W + "tr":
            mark = child.find(f"{_W}trPr/{_W}del")
            if mark is None:
                yield child
        elif child.tag in (_W + "sdt", _W + "ins"):
            content = child.find(_W + "sdtContent")
            yield from _rows(child if content is None else content)


def _cells(row: etree._Element) -> Iterator[etree._Element]:
    for child in row:
        if child.tag == _W + "tc":
            merge = child.find(f"{_W}tcPr/{_W}vMerge")
            if merge is not None and merge.get(_W + "val", "continue") == "continue":
                yield etree.Element(_W + "tc")
            else:
                yield child
        elif child.tag == _W + "sdt":
            content = child.find(_W + "sdtContent")
            if content is not None:
                yield from _cells(content)


def _nearest_cell(element: etree._Element) -> etree._Element | None:
    node = element.getparent()
    while node is not None and node.tag != _W + "tc":
        node = node.getparent()
    return node


def _in_box(element: etree._Element) -> bool:
    node = element.getparent()
    while node is not None and node.tag != _W + "tc":
        if node.tag == _W + "txbxContent":
            return True
        node = node.getparent()
    return False


def _text(paragraph: etree._Element, boxes: list[etree._Element]) -> str:
    out: list[str] = []

    def walk(node: etree._Element) -> None:
        for child in node:
            tag = child.tag
            if tag in _SKIP:
                if tag == _W + "sdtPr" and (box := child.find(_W14 + "checkbox")) is not None and not "".join(node.itertext()).strip():
                    checked = box.find(_W14 + "checked")
                    out.append("☒" if checked is not None and checked.get(_W14 + "val") in ("1", "true") else "☐")
                continue
            if tag == _W + "txbxContent":
                boxes.append(child)
            elif tag == _W + "t":
                out.append(child.text or "")
            elif tag == _W + "tab":
                out.append("\t")
            elif tag in (_W + "br", _W + "cr"):
                out.append("\n")
            elif tag == _W + "noBreakHyphen":
                out.append("-")
            elif tag == _W + "sym":
                out.append(_SYMBOLS.get((child.get(_W + "char") or "").upper(), ""))
            elif tag == _W + "checkBox":
                state = child.find(_W + "checked")
                state = child.find(_W + "default") if state is None else state
                out.append("☒" if state is not None and state.get(_W + "val", "1") not in ("0", "false") else "☐")
            else:
                walk(child)

    walk(paragraph)
    return "".join(out)
