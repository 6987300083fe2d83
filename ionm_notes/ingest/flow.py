"""Where readers of formats without geometry (RTF, HTML, Markdown, ODT, C-CDA) put their text; read it to add such a format.

A reader calls `text` for a paragraph, `table` for the rows of a table, `raw` for lines whose blanks mean something, and
`document` at the end. Cells, kinds of lines, paragraph numbers and the limit on characters are seen to here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from ionm_notes.errors import IonmError
from ionm_notes.ingest.docx_tables import row_lines
from ionm_notes.ingest.placed import plain_line
from ionm_notes.ingest.quality import is_poor
from ionm_notes.ingest.text_layout import lay_out_text, split_cells
from ionm_notes.ingest.visual import leads_with_clock
from ionm_notes.limits import Limits
from ionm_notes.types import Document, Line, LineKind, Page

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f\ufeff\u200b\u00ad]|[\ud800-\udfff]")


class Flow:
    """Collects the lines of a document in reading order."""

    def __init__(self, name: str, limits: Limits) -> None:
        self.name, self.limits = name, limits
        self._pages: list[list[Line]] = [[]]
        self._block, self._chars, self._lines = 0, 0, 0

    def text(self, text: str, kind: LineKind = "text") -> None:
        """A paragraph; its line breaks stay, its tabs part cells. Raises `IonmError` `too-large`, as all of these do."""
        block = self._next_block()
        for line in _clean(text).split("\n"):
            if line.strip():
                cells = split_cells(line)
                row = kind == "text" and len(cells) > 1 and leads_with_clock(line.split()[:2])
                self._add(plain_line(self._number, cells, "row" if row else kind, block))

    def table(self, rows: Iterable[Sequence[str]], kind: LineKind = "text") -> None:
        """The rows of one table; a cell holds a line for each of its paragraphs."""
        block = self._next_block()
        for row in rows:
            for cells, found in row_lines([_clean(cell) for cell in row]):
                own = block if found == "row" else self._next_block()
                self._add(plain_line(self._number, cells, found if kind == "text" else kind, own))

    def raw(self, lines: Sequence[str], apart: bool = False) -> None:
        """Lines as typed: columns are counted in blanks, wrapped entries of a log are joined.

        `apart`: each line stands by itself, unless it begins in small letters and so goes on with the one before.
        """
        self.bear(len(lines))
        first, shift = self._next_block(), 0
        for number, line in enumerate(lay_out_text([_clean(line) for line in lines], self._number, self.limits.line_chars)):
            shift += apart and number > 0 and not line.text[:1].islower()
            self._block = first + line.block + shift + 1
            self._add(replace(line, block=first + line.block + shift))

    def bear(self, waiting: int) -> None:
        """Raises `IonmError` `too-large` where so many lines more are too many, before anything is done for them."""
        if self._lines + waiting > self.limits.document_lines:
            raise IonmError("too-large", self.name, f"more than {self.limits.document_lines:,} lines")

    def turn(self) -> None:
        """Begins a new page, unless the present one is empty. Raises `IonmError` `too-many-pages`."""
        if self._pages[-1]:
            self._pages.append([])
            self._block = 0
            if len(self._pages) > self.limits.pages:
                raise IonmError("too-many-pages", self.name, f"more than {self.limits.pages} pages")

    def document(self, sha256: str, media_type: str, warnings: tuple[str, ...]) -> Document:
        """The finished document. Raises `IonmError` `no-text` where nothing was put in."""
        pages = tuple(Page(number, 0.0, 0.0, tuple(lines)) for number, lines in enumerate(self._pages, 1) if lines)
        if not pages:
            raise IonmError("no-text", self.name)
        return Document(self.name, sha256, media_type, "native", pages, warnings, is_poor(pages))

    @property
    def _number(self) -> int:
        return len(self._pages)

    def _next_block(self) -> int:
        self._block += 1
        return self._block - 1

    def _add(self, line: Line) -> None:
        self.bear(1)
        self._lines += 1
        self._chars += len(line.text)
        if self._chars > self.limits.document_chars:
            raise IonmError("too-large", self.name, f"more than {self.limits.document_chars:,} characters")
        self._pages[-1].append(line)


def _clean(text: str) -> str:
    return _CONTROL.sub("", text).replace("\xa0", " ")
