"""Plain text to `Document`: encoding, pages at form feeds, cells at runs of blanks, wrapped log entries joined."""

from __future__ import annotations

import codecs
import re

from ionm_notes.errors import IonmError
from ionm_notes.ingest.quality import is_poor
from ionm_notes.ingest.sniff import TXT
from ionm_notes.ingest.text_layout import lay_out_text
from ionm_notes.limits import Limits
from ionm_notes.types import Document, Page

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


def read_txt(name: str, data: bytes, sha256: str, warnings: tuple[str, ...], limits: Limits) -> Document:
    """Reads plain text. Raises `IonmError`: `too-large`, `too-many-pages`, `no-text`."""
    text, note = decode(data)
    if len(text) > limits.document_chars:
        raise IonmError("too-large", name, f"{len(text):,} characters; the limit is {limits.document_chars:,}")
    sheets = single_spaced(text.replace("\r\n", "\n").replace("\r", "\n")).split("\f")
    while len(sheets) > 1 and not sheets[-1].strip():
        sheets.pop()
    if len(sheets) > limits.pages:
        raise IonmError("too-many-pages", name, f"{len(sheets)}; the limit is {limits.pages}")
    if sum(bool(line.strip()) for sheet in sheets for line in sheet.split("\n")) > limits.document_lines:
        raise IonmError("too-large", name, f"more than {limits.document_lines:,} lines")
    pages = tuple(
        Page(number, 0.0, 0.0, lay_out_text(sheet.split("\n"), number, limits.line_chars))
        for number, sheet in enumerate(sheets, 1)
    )
    if not any(page.lines for page in pages):
        raise IonmError("no-text", name)
    notes = (*warnings, note) if note else warnings
    return Document(name, sha256, TXT, "native", pages, notes, is_poor(pages))


_ONE_BLANK = re.compile(r"(?<=\S) (?=\S)")
_TWO_BLANKS = re.compile(r"(?<=\S)  (?=\S)")
_BLANKS = re.compile(r" {2,}")
_EVERY_OTHER = 8
"""Fewest lines of which nine in ten must be followed by an empty one to show that the text was set double spaced."""


def single_spaced(text: str) -> str:
    """The text with its blanks and line breaks halved where it was set double: two blanks part cells otherwise."""
    if len(_TWO_BLANKS.findall(text)) > 4 * len(_ONE_BLANK.findall(text)):
        text = _BLANKS.sub(lambda run: " " * max(1, len(run.group()) // 2), text)
    lines = text.split("\n")
    full = [n for n, line in enumerate(lines[:-1]) if line.strip()]
    if len(full) >= _EVERY_OTHER and sum(not lines[n + 1].strip() for n in full) >= 0.9 * len(full):
        drop = {n + 1 for n in full if not lines[n + 1].strip()}
        text = "\n".join(line for n, line in enumerate(lines) if n not in drop)
    return text


def decode(data: bytes) -> tuple[str, str]:
    """The text and, where the encoding had to be guessed or was broken, a note that says so."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _decode_marked(data[len(mark) :], encoding)
    if data[:65536].count(0) > len(data[:65536]) // 5:
        sample = data[:65536]
        little = sample[1::2].count(0) > sample[0::2].count(0)
        return _decode_marked(data, "utf-16-le" if little else "utf-16-be")
    try:
        return data.decode("utf-8"), ""
    except UnicodeDecodeError:
        pass
    try:
        return data.decode("cp1252"), "The text is not UTF-8; it was read as Windows-1252."
    except UnicodeDecodeError:
        return data.decode("latin-1"), "The text is neither UTF-8 nor Windows-1252; some characters may be wrong."


def _decode_marked(data: bytes, encoding: str) -> tuple[str, str]:
    try:
        return data.decode(encoding), ""
    except UnicodeDecodeError:
        return data.decode(encoding, errors="replace"), f"The text is not clean {encoding.upper()}; some characters are lost."
