"""Rows of tables in the order in which the rest of the reader looks at them: labels above their values, tables one below the other.

A form may write its labels under what is filled in ('Ada Hale | 4/9/1961' over 'Patient | Born'), and two tables may stand side by side
in the same rows ('Phase | Start | End | Reader | From | To'); a chain of entries may fill one line ('07:10 setup > 07:35 baselines > ...').
No text changes: lines change places, or are parted.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from ionm_notes.read.boxes import BOX
from ionm_notes.read.captions import captioned, stretch
from ionm_notes.read.vocabulary import vocabulary
from ionm_notes.types import Line

_ENTRY = re.compile(
    r"\W{0,2}(?:(?P<day>\d{4}-\d\d-\d\d)[T\s])?(?P<h>[01]\d|2[0-3]):?(?P<m>[0-5]\d)(?::\d\d)?(?![\d:])(?!\s*[-–—]\s*\d)\W*\s"
)
"""How an entry of a log begins."""
_ENTRIES = 5
_CHAIN = re.compile(r"\s*(?:->|=>|>+|→|»)\s*")
_LINK = re.compile(r"(?:[01]?\d|2[0-3])[:.h]?[0-5]\d(?:\s?[ap]\.?m\.?)?\s+[A-Za-z][^\d]{2,60}", re.I)
"""An entry of a chain: a time and what was done then."""
_LINKS = 3
_LONGEST = 40
"""Characters of the longest label below a value."""
_BOXES = 3
_FEWEST = 5
"""Cells of a row that two tables with two times each share at least."""


def arranged(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """The lines in the order in which they are read."""
    lines = captioned(lines, _labels)
    out: list[Line] = []
    at = 0
    while at < len(lines):
        stop = at
        while stop < len(lines) and _is_row(lines[stop]) and lines[stop].page == lines[at].page:
            stop += 1
        if stop - at > 1:
            out += _one_below_the_other(_labels_first(_oldest_first(lines[at:stop])))
        else:
            out += [part for line in lines[at : max(stop, at + 1)] for part in _links(line)]
        at = max(stop, at + 1)
    return tuple(out)


def _oldest_first(rows: Sequence[Line]) -> Sequence[Line]:
    """The rows of a log, in which the newest entry stands first, from the oldest on."""
    first = next((number for number, row in enumerate(rows) if _ENTRY.match(row.text)), len(rows))
    found = [_ENTRY.match(row.text) for row in rows[first:]]
    if len(found) < _ENTRIES or not all(found) or rows[first].page != rows[-1].page:
        return rows
    stamps = [(match["day"] or "", int(match["h"]), int(match["m"])) for match in found if match]
    if (
        len({bool(day) for day, _, _ in stamps}) > 1
        or any(one < other for one, other in pairwise(stamps))
        or stamps[0] == stamps[-1]
    ):
        return rows
    return [*rows[:first], *reversed(rows[first:])]


def _links(line: Line) -> list[Line]:
    """The entries of a line that is a chain of them, each as a row; else the line."""
    if ">" not in line.text and "→" not in line.text and "»" not in line.text:
        return [line]
    starts = [0, *(mark.end() for mark in _CHAIN.finditer(line.text))]
    ends = [*(mark.start() for mark in _CHAIN.finditer(line.text)), len(line.text)]
    first = line.text.rfind(": ", 0, ends[0]) + 2 if ": " in line.text[: ends[0]] else 0
    spans = list(zip([first, *starts[1:]], ends, strict=True))
    if len(spans) < _LINKS or not all(_LINK.fullmatch(line.text[low:high].strip()) for low, high in spans):
        return [line]
    return [replace(stretch(line, low, high), cells=((0, high - low),), kind="row") for low, high in spans]


def _is_row(line: Line) -> bool:
    return len(line.cells) > 1 and line.kind not in ("header", "footer")


def _cells(line: Line) -> list[str]:
    return [cell.strip() for cell in line.text.split("\t")]


def _labels_first(rows: Sequence[Line]) -> list[Line]:
    """The rows of a table, each row of labels that stands under its values put above them."""
    bare = [not any(map(str.isdigit, row.text)) for row in rows]
    out = list(rows)
    at = 0
    while at + 1 < len(rows):
        stop = at
        while stop + 1 < len(rows) and bare[stop + 1] and not bare[stop] and _as_wide(rows[stop], rows[stop + 1]):
            stop += 2
        if (
            stop > at
            and not _of_next(rows, bare, at, stop)
            and all(_values(rows[n]) and _labels(rows[n + 1]) for n in range(at, stop, 2))
        ):
            for number in range(at, stop, 2):
                out[number : number + 2] = rows[number + 1], rows[number]
        at = max(stop, at + 1)
    return out


def _of_next(rows: Sequence[Line], bare: Sequence[bool], at: int, stop: int) -> bool:
    """Whether labels stand above the first of such rows, or values below the last, so that the labels are those of the rows below them."""
    owned = at > 0 and bare[at - 1] and _as_wide(rows[at - 1], rows[at])
    return owned or (stop < len(rows) and not bare[stop] and _as_wide(rows[stop - 1], rows[stop]) and _values(rows[stop]))


def _values(row: Line) -> bool:
    """Whether a row is of figures, of names and of what else is no label."""
    words = [cell for cell in _cells(row) if cell and not any(map(str.isdigit, cell))]
    return all(cell[0].isupper() and not _is_label(cell) for cell in words)


def _as_wide(above: Line, below: Line) -> bool:
    return len(_cells(above)) == len(_cells(below))


def _labels(row: Line) -> bool:
    """Whether half of the cells or more of a row are labels of a report or of the parts of its day."""
    cells = [cell.strip(" ()[]:*") for cell in _cells(row)]
    if any(len(cell) > _LONGEST for cell in cells):
        return False
    known = [cell for cell in cells if cell and _is_label(cell)]
    return 2 * len(known) >= len([cell for cell in cells if cell])


@functools.lru_cache(maxsize=1024)
def _is_label(cell: str) -> bool:
    from ionm_notes.read.events.labels import of_label  # what reads events looks at a reading first
    from ionm_notes.read.expression import expression

    if any(expression(pattern.source).fullmatch(cell) for pattern in vocabulary().group("label")):
        return True
    hit = of_label(cell, 0, len(cell), interval=True)
    return hit is not None and hit.kind != "ignore"


def _one_below_the_other(rows: Sequence[Line]) -> list[Line]:
    """The rows, those of two tables side by side parted: first the left table, then the right one."""
    out: list[Line] = []
    right: list[Line] = []
    cut = 0
    for row in rows:
        cells = _cells(row)
        found = _second_table(cells) or _second_box(cells)
        if (found and not (found == cut and BOX.match(cells[0]))) or (
            right and len(cells) > 2 and not any(map(str.isdigit, row.text)) and len(cells) <= cut
        ):
            out += right
            right, cut = [], found
        if cut and len(cells) > cut and any(cells[cut:]):
            left = _piece(row, 0, cut)
            out += [left] if left.text.strip() else []
            right.append(_piece(row, cut, len(cells)))
        else:
            out.append(row)
    return out + right


def _second_table(names: list[str]) -> int:
    """The number of the column in which a second table begins: behind 'Start | End' where another name and such a couple follow; else 0."""
    if len(names) < _FEWEST or any(char.isdigit() for name in names for char in name):
        return 0
    words = vocabulary()
    roles = ["from" if words.regex("ledger.from").match(n) else "to" if words.regex("ledger.to").match(n) else "" for n in names]
    ends = [number for number, role in enumerate(roles) if role == "to" and number and roles[number - 1] == "from"]
    if len(ends) != 2 or roles.count("from") != 2 or roles.count("to") != 2:
        return 0
    first, second = ends
    between = [number for number in range(first + 1, second - 1) if names[number]]
    while between and words.regex("column.length").fullmatch(names[between[0]]):
        between.pop(0)
    return between[0] if between and len(between) == second - 1 - between[0] else 0


def _second_box(cells: list[str]) -> int:
    """The number of the cell in which the second box of a form in two columns stands, behind the values of the first; else 0."""
    if len(cells) < _BOXES or BOX.match(cells[0]) is None:
        return 0
    boxes = [number for number, cell in enumerate(cells) if BOX.match(cell)]
    return boxes[1] if len(boxes) == 2 and not boxes[0] and boxes[1] > 1 else 0


def _piece(row: Line, first: int, last: int) -> Line:
    """The cells `first` to `last` of a row as a row of its own."""
    parts = row.text.split("\t")
    low = sum(len(part) + 1 for part in parts[:first])
    return stretch(row, low, low + len("\t".join(parts[first:last]).rstrip()))
