"""OpenDocument text (ODT) to `Document`: the same guarded package as Word files, walked in document order.

Tracked deletions, comments and hidden text are left out. Everything is one page: where pages break is not in the file.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ionm_notes.errors import IonmError
from ionm_notes.ingest.flow import Flow
from ionm_notes.ingest.package import MACROS, Package
from ionm_notes.ingest.sniff import ODT
from ionm_notes.ingest.xml import attribute, local
from ionm_notes.limits import Limits
from ionm_notes.types import Document, LineKind

_DAMAGED = "damaged-odt"
_DROPPED_NAMES = """
    tracked-changes annotation annotation-end hidden-text hidden-paragraph forms sequence-decls variable-decls script
    table-of-content-source alphabetical-index-source image object object-ole plugin ruby-text desc title
"""
_DROPPED = frozenset(_DROPPED_NAMES.split())
_WRAPPERS_NAMES = """
    section list list-item list-header index-body table-of-content text numbered-paragraph frame text-box a custom-shape g
    rect index-title
"""
_WRAPPERS = frozenset(_WRAPPERS_NAMES.split())
_MOST_BLANKS = 200


def read_odt(name: str, data: bytes, sha256: str, warnings: tuple[str, ...], limits: Limits) -> Document:
    """Reads an OpenDocument text.

    Raises `IonmError`: `truncated`, `damaged-odt`, `encrypted-office`, `zip-limits`, `doc-dtd`, `too-deep`, `too-large`,
    `no-text`.
    """
    package = Package(name, data, limits, _DAMAGED)
    if _is_locked(package):
        raise IonmError("encrypted-office", name, "an OpenDocument file protected by a password")
    content = package.part("content.xml")
    body = None if content is None else content.find("{*}body/{*}text")
    if body is None:
        raise IonmError(_DAMAGED, name, "it holds no text document")
    styles = package.part("styles.xml")
    walk = _Walk(Flow(name, limits), _hidden_styles(content) | (_hidden_styles(styles) if styles is not None else set()))
    master = [] if styles is None else list(styles.iterfind("{*}master-styles/{*}master-page"))
    for page in master[:1]:
        walk.running(page, "header")
    walk.blocks(body, 0)
    for page in master[:1]:
        walk.running(page, "footer")
    if package.holds("Basic/", "Scripts/"):
        warnings = (*warnings, MACROS)
    return walk.flow.document(sha256, ODT, warnings)


def _is_locked(package: Package) -> bool:
    manifest = package.part("META-INF/manifest.xml")
    return manifest is not None and manifest.find(".//{*}encryption-data") is not None


def _hidden_styles(root: Any) -> set[str]:
    """Names of the styles whose text is not shown."""
    found = set()
    for style in root.iterfind(".//{*}style"):
        if any(attribute(properties, "display") == "none" for properties in style.iterfind("{*}text-properties")):
            found.add(attribute(style, "name") or "")
    return found


class _Walk:
    """Collects the lines of a document while its XML is walked."""

    def __init__(self, flow: Flow, hidden: set[str]) -> None:
        self.flow, self._hidden = flow, hidden
        self._kind: LineKind = "text"
        self._later: list[Any] = []
        """Boxes and notes of a paragraph, which stand after it."""

    def running(self, master: Any, kind: LineKind) -> None:
        """Takes the header or the footer of a page style."""
        self._kind = kind
        for part in master:
            if local(part) == kind:
                self.blocks(part, 0)
        self._kind = "text"

    def blocks(self, parent: Any, depth: int) -> None:
        """Takes paragraphs, tables and what wraps them."""
        self._deep(depth)
        for child in parent:
            name = local(child)
            if name in ("p", "h"):
                self._paragraph(child, depth)
            elif name == "table":
                self._table(child, depth)
            elif name in _WRAPPERS:
                self.blocks(child, depth + 1)

    def _deep(self, depth: int) -> None:
        if depth > self.flow.limits.depth:
            raise IonmError("too-deep", self.flow.name, f"more than {self.flow.limits.depth} levels")

    def _paragraph(self, element: Any, depth: int) -> None:
        if attribute(element, "style-name") not in self._hidden:
            self.flow.text("".join(self._inline(element, depth)), self._kind)
        self._put_aside(depth)

    def _put_aside(self, depth: int) -> None:
        later, self._later = self._later, []
        for box in later:
            self.blocks(box, depth + 1)

    def _inline(self, element: Any, depth: int) -> Iterator[str]:
        """Text of a paragraph; boxes and notes in it are put aside."""
        self._deep(depth)
        yield element.text or ""
        for child in element:
            name = local(child)
            if name == "s":
                yield " " * _count(child)
            elif name == "tab":
                yield "\t"
            elif name == "line-break":
                yield "\n"
            elif name in ("frame", "custom-shape", "g"):
                self._later.append(child)
            elif name == "note":
                self._later += child.iterfind("{*}note-body")
            elif name and name not in _DROPPED and attribute(child, "style-name") not in self._hidden:
                yield from self._inline(child, depth + 1)
            yield child.tail or ""

    def _table(self, table: Any, depth: int) -> None:
        self._deep(depth)
        nested: list[Any] = []
        self.flow.table(([self._cell(cell, nested, depth) for cell in _cells(row)] for row in _rows(table)), self._kind)
        self._put_aside(depth)
        for inner in nested:
            self._table(inner, depth + 1)

    def _cell(self, cell: Any, nested: list[Any], depth: int) -> str:
        return "\n".join("".join(self._inline(child, depth)) for child in self._flat(cell, nested, depth))

    def _flat(self, parent: Any, nested: list[Any], depth: int) -> Iterator[Any]:
        """Paragraphs of a cell, through what wraps them; tables inside are put aside."""
        self._deep(depth)
        for child in parent:
            name = local(child)
            if name in ("p", "h"):
                yield child
            elif name == "table":
                nested.append(child)
            elif name in _WRAPPERS:
                yield from self._flat(child, nested, depth + 1)


def _rows(table: Any) -> Iterator[Any]:
    for child in table:
        name = local(child)
        if name == "table-row":
            yield child
        elif name in ("table-header-rows", "table-rows", "table-row-group"):
            yield from child.iterfind("{*}table-row")


def _cells(row: Any) -> Iterator[Any]:
    """Cells of a row, each once: how often a cell is to be repeated is not taken from a stranger."""
    return (cell for cell in row if local(cell) in ("table-cell", "covered-table-cell"))


def _count(blanks: Any) -> int:
    try:
        return min(max(int(attribute(blanks, "c") or 1), 0), _MOST_BLANKS)
    except ValueError:
        return 1
