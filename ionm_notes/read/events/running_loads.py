"""Loads by a column that counts the open cases behind each entry of a session log: '09:22 | session close | OC-4402 | 2'.

Between two entries the reader had as many cases as the earlier one leaves open. Tables of intervals with such a column are ledgers of
attendance (`attendance/ledger_columns.py`); this is for rows with one time each. Words: `patterns/sharing.toml`.
"""

from __future__ import annotations

from collections.abc import Iterator

from ionm_notes.read.events.model import Event, Times, cells_of, column_of
from ionm_notes.read.events.sharing import ALONE, BEHIND_ALL, OTHER
from ionm_notes.read.reading import Reading, Unit
from ionm_notes.read.vocabulary import vocabulary

_FEWEST = 2
"""Rows of the shortest table that counts as one."""


def running_loads(reading: Reading, times: Times) -> tuple[Event, ...]:
    """The stretches of this patient alone and of several cases that such tables tell, one event each."""
    words = vocabulary()
    heading = words.regex("sharing.count-column")
    out: list[Event] = []
    for found in words.regex("sharing.counted").finditer(reading.text):
        unit = reading.unit_at(found.start())
        if unit is None or unit.kind != "row" or times.within(unit.start, unit.end):
            continue
        names = [reading.text[low:high] for low, high in cells_of(reading, unit)]
        column = column_of(names, heading)
        if column is not None:
            out += _of_rows(list(_rows(reading, times, unit, column, len(names))))
    return tuple(out)


def _rows(reading: Reading, times: Times, heading: Unit, column: int, width: int) -> Iterator[tuple[int, int, Unit]]:
    """Minute, open cases and unit of each row below a heading, up to the first line that is none."""
    minute = -1
    for unit in reading.units[reading.index_of(heading) + 1 :]:
        cells = cells_of(reading, unit)
        clocks = times.within(unit.start, unit.end)
        if len(cells) != width or len(clocks) != 1:
            return
        count = reading.text[slice(*cells[column])].strip()
        own = times.minute[clocks[0].start]
        if not (count.isdecimal() and len(count) <= 2) or own < minute:
            return
        minute = own
        yield minute, int(count), unit


def _of_rows(rows: list[tuple[int, int, Unit]]) -> Iterator[Event]:
    """One event for each stretch between two rows of different times with any case open."""
    if len(rows) < _FEWEST:
        return
    ends = [*(minute for minute, _, _ in rows[1:]), BEHIND_ALL]
    for (minute, count, unit), end in zip(rows, ends, strict=True):
        if count and end > minute:
            kind = ALONE if count == 1 else OTHER
            yield Event(kind, "span", minute, end, "log", unit.start, unit.end, (unit.start, unit.end), unit)
