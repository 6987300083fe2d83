"""Where a clause begins and ends within a statement: the one home of the marks and of cutting by them.

Start here before writing an expression of marks. By which marks a statement is cut depends on what it is asked: a row by its cells (`CELLS`),
a line of notes by its bars (`BARS`), prose by full stops that end sentences (`SENTENCES`), notes in which any stop ends a matter (`STOPS`), or each part between commas too
(`COMMAS`). Marks that only one question has, such as 'and' before a time, stay beside it and are handed in.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_OF_NO_TITLE = r"(?<!\bDr)(?<!\bM[rsx])(?<!\bMrs)(?<!\bProf)"
_FULL_STOP = _OF_NO_TITLE + r"(?<!\b[A-Z])\.\s+(?=[A-Z\d])"

CELLS = re.compile(r"[\t;|]")
"""Cells of a row, and parts between semicolons."""
BARS = re.compile(r"[;|]")
"""Cells that a line parts by marks alone, where a tab is no mark."""
FULL_STOPS = re.compile(_FULL_STOP)
"""Full stops between sentences: of no title and no initial, with a capital or a figure behind."""
SENTENCES = re.compile(rf"{CELLS.pattern}|{_FULL_STOP}")
"""The same, cells and semicolons."""
STOPS = re.compile(r"[;\t]|\.\s")
"""Cells, semicolons and every full stop, as in notes and lists, where 'L.' may end a matter."""
COMMAS = re.compile(rf"[;,]\s|{_OF_NO_TITLE}\.\s")
"""Semicolons, commas and full stops of no title."""


def clauses(text: str, marks: str | re.Pattern[str] = CELLS) -> Iterator[tuple[int, int]]:
    """Offsets of the parts of a text between marks, without empty ones."""
    at = 0
    for mark in re.finditer(marks, text):
        if mark.start() > at:
            yield at, mark.start()
        at = mark.end()
    if at < len(text):
        yield at, len(text)


def begin_of(text: str, marks: re.Pattern[str], low: int, at: int) -> int:
    """Where the clause begins in which an offset lies: behind the last mark from `low` on."""
    begin = low
    for mark in marks.finditer(text, low, at):
        begin = mark.end()
    return begin


def end_of(text: str, marks: re.Pattern[str], at: int, high: int) -> int:
    """Where the clause ends in which an offset lies: before the next mark up to `high`."""
    mark = marks.search(text, at, high)
    return mark.start() if mark else high
