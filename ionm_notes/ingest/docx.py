"""Word files to `Document`: walks the XML in document order, with tracked changes taken as accepted.

Everything is one page: where Word breaks pages is not in the file. Elements are told by their names without
namespaces, so that 'strict' files read as the usual ones do.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ionm_notes.errors import IonmError
from ionm_notes.ingest.docx_runs import Inline, read_inline
from ionm_notes.ingest.docx_tables import row_lines
from ionm_notes.ingest.package import MACROS, Package
from ionm_notes.ingest.placed import plain_line
from ionm_notes.ingest.quality import is_poor
from ionm_notes.ingest.sniff import DOCX
from ionm_notes.ingest.text_layout import split_cells
from ionm_notes.ingest.visual import leads_with_clock
from ionm_notes.ingest.xml import attribute, local
from ionm_notes.limits import Limits
from ionm_notes.types import Document, Line, LineKind, Page

_WRAPPERS = frozenset({"sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo", "txbxContent"})


def read_docx(name: str, data: bytes, sha256: str, warnings: tuple[str, ...], limits: Limits) -> Document:
    """Reads a Word document.

    Raises `IonmError`: `truncated`, `damaged-docx`, `zip-limits`, `doc-dtd`, `too-deep`, `too-large`, `no-text`.
    """
    package = Package(name, data, limits)
    main = package.main_part()
    root = package.part(main)
    body = next((child for child in root if local(child) == "body"), None) if root is not None else None
    if body is None:
        raise IonmError("damaged-docx", name, "it holds no body")
    relations = package.relations(main)
    walk = _Walk(name, limits)
    for path in _referenced(body, relations, "headerReference"):
        walk.part(package.part(path), "header")
    walk.blocks(body, 0)
    walk.flush()
    for kind, path in relations.values():
        if kind in ("footnotes", "endnotes"):
            walk.notes(package.part(path))
    for path in _referenced(body, relations, "footerReference"):
        walk.part(package.part(path), "footer")
    if not walk.lines:
        raise IonmError("no-text", name)
    if any(kind == "vbaProject" for kind, _ in relations.values()):
        warnings = (*warnings, MACROS)
    pages = (Page(1, 0.0, 0.0, tuple(walk.lines)),)
    return Document(name, sha256, DOCX, "native", pages, warnings, is_poor(pages))


def _referenced(body: Any, relations: dict[str, tuple[str, str]], what: str) -> list[str]:
    """Paths of the header or footer parts that the sections name, each once."""
    out: list[str] = []
    for element in body.iter("{*}" + what):
        path = relations.get(attribute(element, "id") or "", ("", ""))[1]
        if path and path not in out:
            out.append(path)
    return out


class _Walk:
    """Collects the lines of a document while its XML is walked."""

    def __init__(self, name: str, limits: Limits) -> None:
        self.lines: list[Line] = []
        self._name, self._limits = name, limits
        self._block, self._chars = 0, 0
        self._kind: LineKind = "text"
        self._carried = ""
        """Text of a paragraph whose end was deleted: it goes on in the next."""

    def part(self, root: Any | None, kind: LineKind) -> None:
        """Takes a whole header or footer part."""
        if root is not None:
            self._kind = kind
            self.blocks(root, 0)
            self.flush()
            self._kind = "text"

    def notes(self, root: Any | None) -> None:
        """Takes footnotes or endnotes, without Word's own separators."""
        for note in root if root is not None else ():
            if attribute(note, "type") in (None, "normal"):
                self.blocks(note, 0)
                self.flush()

    def blocks(self, parent: Any, depth: int) -> None:
        """Takes paragraphs, tables and what wraps them."""
        self._deep(depth)
        for child in parent:
            name = local(child)
            if name == "p":
                self._paragraph(child, depth)
            elif name == "tbl":
                self._table(child, depth)
            elif name == "AlternateContent":
                for choice in alternative(child):
                    self.blocks(choice, depth + 1)
            elif name in _WRAPPERS:
                self.blocks(child, depth + 1)

    def flush(self) -> None:
        """Ends a paragraph that waited for the next one."""
        if self._carried:
            text, self._carried = self._carried, ""
            self._emit_text(text)

    def _deep(self, depth: int) -> None:
        if depth > self._limits.depth:
            raise IonmError("too-deep", self._name, f"more than {self._limits.depth} levels")

    def _paragraph(self, element: Any, depth: int) -> None:
        inline = read_inline(element)
        text = self._carried + inline.text
        self._carried = ""
        if inline.end_deleted:
            self._carried = text
        else:
            self._emit_text(text)
        self._boxes(inline, depth)

    def _boxes(self, inline: Inline, depth: int) -> None:
        for box in inline.boxes:
            self.flush()
            self.blocks(box, depth + 1)

    def _emit_text(self, text: str) -> None:
        block, self._block = self._block, self._block + 1
        for line in text.split("\n"):
            if line.strip():
                cells = split_cells(line)
                row = len(cells) > 1 and leads_with_clock(line.split()[:2])
                self._emit(cells, "row" if row else "text", block)

    def _emit(self, cells: list[str], kind: LineKind, block: int) -> None:
        line = plain_line(1, cells, kind if self._kind == "text" else self._kind, block)
        self._chars += len(line.text)
        if self._chars > self._limits.document_chars:
            raise IonmError("too-large", self._name, f"more than {self._limits.document_chars:,} characters")
        if len(self.lines) >= self._limits.document_lines:
            raise IonmError("too-large", self._name, f"more than {self._limits.document_lines:,} lines")
        self.lines.append(line)

    def _table(self, table: Any, depth: int) -> None:
        self._deep(depth)
        self.flush()
        block, self._block = self._block, self._block + 1
        for row in _rows(table):
            texts: list[str] = []
            nested: list[Any] = []
            inlines: list[Inline] = []
            for cell in _cells(row):
                texts.append("" if _is_continued(cell) else self._cell(cell, nested, inlines, depth))
            for cells, kind in row_lines(texts):
                if kind == "text":
                    self._block += 1
                self._emit(cells, kind, block if kind == "row" else self._block)
            for inline in inlines:
                self._boxes(inline, depth)
            for inner in nested:
                self._table(inner, depth + 1)

    def _cell(self, cell: Any, nested: list[Any], inlines: list[Inline], depth: int) -> str:
        """Text of a cell, one line per paragraph or break; tables and boxes inside are put aside for later."""
        parts: list[str] = []
        carried = ""
        for child in _flat(cell, depth, self._deep):
            if local(child) == "tbl":
                nested.append(child)
                continue
            inline = read_inline(child)
            inlines.append(inline)
            carried += inline.text
            if not inline.end_deleted:
                parts.append(carried)
                carried = ""
        return "\n".join([*parts, carried] if carried else parts)


def alternative(element: Any) -> list[Any]:
    """The one branch of a markup alternative to read: the first choice that holds anything, else the fallback."""
    choices = [child for child in element if local(child) == "Choice" and len(child)]
    if choices:
        return choices[:1]
    return [child for child in element if local(child) == "Fallback"][:1]


def _flat(parent: Any, depth: int, check: Any) -> Iterator[Any]:
    """Paragraphs and tables of a cell, through what wraps them."""
    check(depth)
    for child in parent:
        name = local(child)
        if name in ("p", "tbl"):
            yield child
        elif name == "AlternateContent":
            for choice in alternative(child):
                yield from _flat(choice, depth + 1, check)
        elif name in _WRAPPERS:
            yield from _flat(child, depth + 1, check)


def _rows(table: Any) -> Iterator[Any]:
    """Rows of a table that are not deleted."""
    for child in table:
        name = local(child)
        if name == "tr":
            if child.find("{*}trPr/{*}del") is None:
                yield child
        elif name in _WRAPPERS:
            yield from _rows(child)


def _cells(row: Any) -> Iterator[Any]:
    """Cells of a row that are not deleted; what an older way of merging left empty is passed over."""
    for child in row:
        name = local(child)
        if name == "tc":
            merged = child.find("{*}tcPr/{*}hMerge")
            if child.find("{*}tcPr/{*}cellDel") is None and (merged is None or attribute(merged, "val") == "restart"):
                yield child
        elif name in _WRAPPERS:
            yield from _cells(child)


def _is_continued(cell: Any) -> bool:
    """Whether the cell only continues the one above it."""
    merge = cell.find("{*}tcPr/{*}vMerge")
    return merge is not None and attribute(merge, "val") != "restart"
