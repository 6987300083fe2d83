"""Clock times whose hours, minutes or half of the day stand in cells of their own, as one cell; for reading only.

'7 | 45 | AM' under 'Hour | Min | AM/PM' and '7:45 | X | ' under 'Start | AM | PM' hold what '7:45 AM' holds. The length of a text never
changes: what parts two cells becomes a colon or a blank, and the cells that are left are those of the row.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from ionm_notes.read.parted import as_row
from ionm_notes.read.vocabulary import vocabulary
from ionm_notes.types import Line

_HALF_CELL = re.compile(r"(?<=\d)\t(?=[ap]\.?\s?m\b\.?[ ]*(?:\t|$))", re.I)
"""What stands between a time and the cell with its half of the day."""
_SPREAD = re.compile(r"\t\W?(?:[ap]\.?m\b|(?:\w+[\s(]+)?(?:min|mm?\b)|no\b)", re.I)
"""A heading without which no time is spread over cells."""
_CLOCK = re.compile(r"\s*(?:0?\d|1[0-2])[:.]?[0-5]\d\s*")
_HOURS, _MINUTES = re.compile(r"\s*(?:[01]?\d|2[0-3])\s*"), re.compile(r"\s*[0-5]\d\s*")
_TICK = re.compile(r"\s*(?:[xX✓✔✗☒☑●]|\[[xX✓]\]|yes)\s*")
_UNTICKED = re.compile(r"[\s☐○_-]*(?:\[\s?\])?\s*")


@dataclass(frozen=True, slots=True)
class _Columns:
    """Where the cells of a heading that are parts of one time stand: of hours before minutes, of 'AM/PM', of 'AM' before 'PM'."""

    hours: tuple[int, ...]
    halves: tuple[int, ...]
    ticks: tuple[int, ...]
    answers: tuple[int, ...]
    """Of 'Yes' before 'No'."""


def whole_times(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """The lines, with every time that is spread over cells in one."""
    out: list[Line] = []
    columns: _Columns | None = None
    for line in lines:
        if len(line.cells) < 2 or line.kind in ("header", "footer"):
            columns = None if line.kind == "text" else columns
            out.append(line)
            continue
        if not any(map(str.isdigit, line.text)) and (found := _columns(line.text)) is not None:
            columns = found
            out.append(as_row(line, _headed(line.text, found)))
            continue
        text = line.text if columns is None else _joined(line.text, columns)
        text = _HALF_CELL.sub(" ", text)
        out.append(line if text == line.text else as_row(line, text))
    return tuple(out)


def _columns(text: str) -> _Columns | None:
    """The columns of a heading over which times are spread; None where there are none."""
    if _SPREAD.search(text) is None:
        return None
    names = [name.strip() for name in text.split("\t")]
    words = vocabulary()
    hour, minute, half, length = (words.regex(f"column.{name}") for name in ("hour", "minute", "half", "of-length"))
    couples = [
        number
        for number in range(len(names) - 1)
        if hour.fullmatch(names[number]) and minute.fullmatch(names[number + 1]) and not length.search(names[number])
    ]
    halves = [number for number, name in enumerate(names) if number and half.fullmatch(name)]
    marks = [name.replace(".", "").upper() for name in names]
    ticks = [number for number in range(1, len(names) - 1) if marks[number : number + 2] == ["AM", "PM"]]
    answers = [number for number in range(1, len(names) - 1) if marks[number : number + 2] == ["YES", "NO"]]
    told = (couples, halves, ticks, answers)
    return _Columns(*(tuple(numbers) for numbers in told)) if any(told) else None


def _headed(text: str, columns: _Columns) -> str:
    """The heading with one name for the cells that are one time."""
    names = text.split("\t")
    for number in reversed((*columns.ticks, *columns.answers)):
        _merge(names, number - 1, number + 1, names[number - 1])
    for number in reversed(columns.halves):
        _merge(names, number - 1, number, names[number - 1])
    for number in reversed(columns.hours):
        told = vocabulary().regex("column.hour").fullmatch(names[number].strip())
        name = told["of"].rstrip(" ([,") if told is not None and told["of"] else names[number]
        _merge(names, number, number + 1, name)
    return "\t".join(names)


def _joined(text: str, columns: _Columns) -> str:
    """A row with the cells of each time in one; a row that does not hold them as the heading says stays as it is."""
    cells = text.split("\t")
    for number in reversed(columns.ticks):
        if number < len(cells) and _CLOCK.fullmatch(cells[number - 1]):
            marks = [bool(_TICK.fullmatch(cell)) for cell in cells[number : number + 2]]
            blank = all(mark or _UNTICKED.fullmatch(cell) for mark, cell in zip(marks, cells[number:], strict=False))
            if blank and sum(marks) == 1:
                _merge(
                    cells, number - 1, min(number + 1, len(cells) - 1), cells[number - 1].strip() + "ap"[marks.index(True)] + "m"
                )
    for number in reversed(columns.answers):
        couple = cells[number : number + 2]
        if len(couple) > 1 and _TICK.fullmatch(couple[0]) and _UNTICKED.fullmatch(couple[1]):
            _merge(cells, number - 1, number + 1, cells[number - 1])  # 'Setup started? | x | | 06:50'
    for number in reversed(columns.hours):
        couple = cells[number : number + 2]
        if len(couple) == 2 and _HOURS.fullmatch(couple[0]) and _MINUTES.fullmatch(couple[1]):
            _merge(cells, number, number + 1, ":".join(cell.strip() for cell in couple))
    return "\t".join(cells)


def _merge(cells: list[str], first: int, last: int, text: str) -> None:
    """Puts a text in the place of some cells, as long as they were; one that is longer changes nothing."""
    whole = "\t".join(cells[first : last + 1])
    if len(text) <= len(whole):
        cells[first : last + 1] = [text.ljust(len(whole))]
