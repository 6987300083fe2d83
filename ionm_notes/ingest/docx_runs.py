"""The text of one Word paragraph: runs, tabs, breaks, check boxes, fields; tracked changes accepted, hidden text left out."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from ionm_notes.ingest.xml import attribute, local

CHECKED, UNCHECKED = "☒", "☐"
_SYMBOLS = {
    "F0FE": CHECKED,
    "F078": CHECKED,
    "F053": CHECKED,
    "F0FD": CHECKED,
    "F051": CHECKED,
    "F052": CHECKED,
    "F0FC": "✓",
    "F050": "✓",
    "F0A8": UNCHECKED,
    "F06F": UNCHECKED,
    "F071": UNCHECKED,
    "F0A3": UNCHECKED,
    "F0B7": "•",
    "F0A7": "▪",
    "F0E0": "→",
    "F0DF": "←",
}
_PASSED_OVER = frozenset(
    {"pPr", "rPr", "del", "moveFrom", "delText", "instrText", "delInstrText", "sdtPr", "sdtEndPr", "rt", "fldData", "object"}
)
_DEEPEST = 200
"""lxml itself refuses XML nested deeper than 256; this only keeps the walk from ever reaching Python's own limit."""


@dataclass(slots=True, eq=False)
class Inline:
    """Text of a paragraph (tabs and line breaks as such), the text boxes anchored in it, and 'its end was deleted'."""

    text: str = ""
    boxes: list[Any] = field(default_factory=list)
    end_deleted: bool = False


def read_inline(paragraph: Any) -> Inline:
    """Reads one paragraph element."""
    inline = Inline(end_deleted=paragraph.find("{*}pPr/{*}rPr/{*}del") is not None)
    pieces: list[str] = []
    _collect(paragraph, pieces, inline.boxes, 0)
    inline.text = "".join(pieces)
    return inline


def _collect(parent: Any, pieces: list[str], boxes: list[Any], depth: int) -> None:
    if depth > _DEEPEST:
        return
    for child in parent:
        name = local(child)
        if name == "t":
            pieces.append(child.text or "")
        elif name == "r":
            if not _is_hidden(child):
                _collect(child, pieces, boxes, depth + 1)
        elif name in ("tab", "ptab"):
            pieces.append("\t")
        elif name in ("br", "cr"):
            pieces.append("\n")
        elif name == "noBreakHyphen":
            pieces.append("-")
        elif name == "sym":
            pieces.append(_symbol(child))
        elif name == "fldChar":
            pieces.append(_form_box(child))
        elif name == "txbxContent":
            boxes.append(child)
        elif name == "AlternateContent":
            branch = [c for c in child if local(c) == "Choice" and len(c)] or [c for c in child if local(c) == "Fallback"]
            for chosen in branch[:1]:
                _collect(chosen, pieces, boxes, depth + 1)
        elif name and name not in _PASSED_OVER:
            _collect(child, pieces, boxes, depth + 1)


def _is_hidden(run: Any) -> bool:
    vanish = run.find("{*}rPr/{*}vanish")
    return vanish is not None and attribute(vanish, "val") not in ("0", "false", "off")


def _symbol(element: Any) -> str:
    code = (attribute(element, "char") or "").upper()
    if code in _SYMBOLS:
        return _SYMBOLS[code]
    try:
        value = int(code, 16)
    except ValueError:
        return ""
    # Symbol fonts stand in a private area; there the plain character says nothing.
    return "" if 0xE000 <= value <= 0xF8FF or value > 0x10FFFF else chr(value)


def _form_box(element: Any) -> str:
    """The mark of an old form's check box, '' for any other field."""
    box = element.find("{*}ffData/{*}checkBox")
    if box is None:
        return ""
    state = box.find("{*}checked")
    if state is None:
        state = box.find("{*}default")
    on = state is not None and attribute(state, "val") not in ("0", "false", "off")
    return CHECKED if on else UNCHECKED
