"""Lines whose cells are parted by commas, bars or semicolons instead of space, as rows with cells; for reading only.

'setup,07:05,07:31' and '07:05-07:31 setup; 07:34-07:50 baselines' hold what a table holds. The length of a text never changes: a mark
that parts cells becomes a tab. Whole exports are taken apart before (`ingest/records`).
"""

from __future__ import annotations

import re
from dataclasses import replace

from ionm_notes.read.clause_cuts import BARS
from ionm_notes.read.clock_ranges import MONTH
from ionm_notes.types import Line

_TIME = r"\d{1,2}[:.h]?\d{2}(?::\d\d)?(?:\s?[ap]\.?m?\.?)?"
_COMMAS = re.compile(rf"\W?[A-Za-z][\w /()'’.-]{{1,40}}\W?(?:,\W?(?:{_TIME}|\d{{1,4}}|[\w :.-]{{0,30}})\W?){{1,6}}")
_COMMA_TIME = re.compile(rf",\W?{_TIME}\W?(?=,|$)")
_DATE = re.compile(rf"\b{MONTH}\s+\d{{1,2}},\s+(?:19|20)\d\d\b")
"""Commas of a date: 'Signed electronically April 17, 2025, 08:44' is no row of cells."""
_LIST = re.compile(
    rf"(?:[^;|\d]{{0,40}}:\s*)?(?:{_TIME}\s?[-–—/>]+\s?{_TIME}\s+[A-Za-z][^;|\d]{{2,50}}|[A-Za-z][^;|\d]{{1,50}}\s{_TIME}\s?[-–—/>]+\s?{_TIME}\W{{0,3}})"
)


def parted(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """The lines, those that hold cells in another dress as rows of cells."""
    return tuple(
        line if _within_prose(before, line) else _parted(_without_carets(line))
        for before, line in zip((None, *lines[:-1]), lines, strict=True)
    )


def _without_carets(line: Line) -> Line:
    """A line with a comma and blanks for the marks in names: 'Reyes^Tom^^CNIM' is 'Reyes,Tom, CNIM'."""
    if "^" not in line.text:
        return line
    return replace(line, text=_CARETS.sub(lambda name: _RUN.sub(_comma, name.group()), line.text))


def _comma(carets: re.Match[str]) -> str:
    """A comma and blanks, as long as what parts two components of a name; blanks alone behind the last one."""
    last = carets.end() == len(carets.string)
    return (" " if last else ",").ljust(len(carets.group()))


_CARETS = re.compile(r"(?<![\w^&])[A-Z][a-z'’-][\w'’-]*\^[A-Z][\w'’-]*(?:\^[\w.]*)*")
"""A name as interfaces send it: 'Reyes^Tom', 'Reyes^Tom^^CNIM'."""
_RUN = re.compile(r"\^+")
_SENTENCE = 5
"""Words from which a line can be one of running text, and no row of names of columns."""


def _within_prose(before: Line | None, line: Line) -> bool:
    """Whether a line goes on with a sentence of the line before: '... baseline / readings 13:54-14:06; monitoring 14:10-15:44.'"""
    return (
        before is not None
        and (before.page, before.block, before.kind) == (line.page, line.block, line.kind)
        and line.text[:1].islower()
        and before.text.rstrip()[-1:].isalpha()
        and len(before.text.split()) > _SENTENCE
    )


def _parted(line: Line) -> Line:
    """A line as it is, or as a row where commas, bars or semicolons part times with their labels."""
    if len(line.cells) > 1 or line.kind in ("header", "footer"):
        return line
    text = line.text
    if text.count(",") >= 2 and _COMMAS.fullmatch(text) and len(_COMMA_TIME.findall(text)) >= 2 and not _DATE.search(text):
        return as_row(line, text.replace(",", "\t").replace('"', " "))
    parts = BARS.split(text)
    if len(parts) > 1 and all(_LIST.fullmatch(part.strip(" .")) for part in parts if part.strip(" .")):
        return as_row(line, BARS.sub("\t", text))
    return line


def as_row(line: Line, text: str) -> Line:
    """The line as a row of the cells between the tabs of a text of the same length."""
    cells, at = [], 0
    for cell in text.split("\t"):
        if cell.strip():
            cells.append((at, at + len(cell)))
        at += len(cell) + 1
    return replace(line, text=text, cells=tuple(cells), kind="row") if len(cells) > 1 else line
