"""Elements of HTML and of C-CDA's narrative to a `Flow`: paragraphs, tables, lists, check boxes; what is hidden is left out.

Tables that hold tables are layout and are walked cell by cell; all others give rows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from ionm_notes.errors import IonmError
from ionm_notes.ingest.docx_runs import CHECKED, UNCHECKED
from ionm_notes.ingest.flow import Flow
from ionm_notes.ingest.xml import attribute, local

_DROPPED_NAMES = """
    script style template noscript head svg math iframe object embed applet audio video canvas map dialog del s strike
    renderMultiMedia footnoteRef colgroup col title meta link base
"""
_DROPPED = frozenset(_DROPPED_NAMES.split())
_BLOCKS_NAMES = """
    html body div p h1 h2 h3 h4 h5 h6 ul ol li dl dt dd section article aside main header footer nav address blockquote
    center form fieldset legend figure figcaption details summary hr tbody thead tfoot tr td th caption text paragraph
    list item footnote
"""
_BLOCKS = frozenset(_BLOCKS_NAMES.split())
_ROWS = frozenset({"tr"})
_CELLS = frozenset({"td", "th"})
_SPACE = re.compile(r"[ \t\r\n\f]+")
_BLANKS = re.compile(r" {2,}")
"""White space is one blank in HTML; columns are made of blanks that do not break."""
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)


class Markup:
    """Walks one tree; `read` may be called for several of them."""

    def __init__(self, flow: Flow) -> None:
        self._flow = flow
        self._pieces: list[str] = []

    def read(self, element: Any) -> None:
        """Takes in an element with all that it holds. Raises `IonmError`: `too-deep`, `too-large`."""
        self._blocks(element, 0)
        self._flush()

    def _blocks(self, element: Any, depth: int) -> None:
        self._deep(depth)
        name = _name(element)
        if name == "table" and element.find(".//{*}table") is None:
            self._flush()
            self._flow.table(self._rows(element, depth))
        elif name == "pre":
            self._flush()
            self._flow.raw("".join(_texts(element, self._deep, depth)).split("\n"))
        elif name in ("br", "input", "textarea", "select", "img"):
            self._pieces.append(_sign(element, name))
        else:
            block = name in _BLOCKS or name == "table"
            if block:
                self._flush()
            self._pieces.append(_SPACE.sub(" ", element.text or ""))
            for child in element:
                if not _is_dropped(child):
                    self._blocks(child, depth + 1)
                self._pieces.append(_SPACE.sub(" ", child.tail or ""))
            if block:
                self._flush()

    def _flush(self) -> None:
        text = _BLANKS.sub(" ", "".join(self._pieces))
        self._pieces.clear()
        if text.strip():
            self._flow.text("\n".join(part.strip(" ") for part in text.split("\n")))

    def _rows(self, table: Any, depth: int) -> Iterator[list[str]]:
        self._deep(depth)
        for child in table:
            if _is_dropped(child):
                continue
            if _name(child) in _ROWS:
                yield [_cell(cell, self._deep, depth) for cell in child if _name(cell) in _CELLS and not _is_dropped(cell)]
            elif _name(child) == "caption":
                yield [_cell(child, self._deep, depth)]
            else:
                yield from self._rows(child, depth + 1)

    def _deep(self, depth: int) -> None:
        if depth > self._flow.limits.element_depth:
            raise IonmError("too-deep", self._flow.name, f"more than {self._flow.limits.element_depth} levels")


def _cell(cell: Any, deep: Any, depth: int) -> str:
    text = _BLANKS.sub(" ", "".join(_SPACE.sub(" ", piece) if piece != "\n" else piece for piece in _texts(cell, deep, depth)))
    return "\n".join(part.strip() for part in text.split("\n"))


def _texts(element: Any, deep: Any, depth: int) -> Iterator[str]:
    """The pieces of text within an element; a piece that is a line break alone stands at every block's end and break."""
    deep(depth)
    yield element.text or ""
    for child in element:
        if not _is_dropped(child):
            name = _name(child)
            if name in ("br", "input", "textarea", "select", "img"):
                yield _sign(child, name)
            else:
                block = name in _BLOCKS
                if block:
                    yield "\n"
                yield from _texts(child, deep, depth + 1)
                if block:
                    yield "\n"
        yield child.tail or ""


def _sign(element: Any, name: str) -> str:
    """What an element without text of its own shows: a line break, a check box, the value of a field."""
    if name == "br":
        return "\n"
    if name == "input":
        kind = (attribute(element, "type") or "text").lower()
        if kind in ("checkbox", "radio"):
            return CHECKED if attribute(element, "checked") is not None else UNCHECKED
        return (attribute(element, "value") or "") if kind in ("text", "date", "time", "number", "datetime-local") else ""
    if name == "textarea":
        return element.text or ""
    if name == "select":
        return next((option.text or "" for option in element.iter("{*}option") if "selected" in option.attrib), "")
    return ""


def _name(element: Any) -> str:
    return local(element)


def _is_dropped(element: Any) -> bool:
    name = local(element)
    if not name or name in _DROPPED or "hidden" in element.attrib:
        return True
    return bool(_HIDDEN.search(element.attrib.get("style", "")))
