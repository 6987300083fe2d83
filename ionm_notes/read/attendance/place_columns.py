"""Tables with two columns of hours for each place: 'Name | In OR from | to | Remote from | to | Patients at once'.

A row gives a spell for each pair that it fills; the count of cases is of all of them. A row that names nobody of the cast is of
somebody whom the list alone names.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from ionm_notes.read.attendance.loaded_lines import load_of
from ionm_notes.read.attendance.model import Spell, as_mode
from ionm_notes.read.clock import DAY
from ionm_notes.read.events import Event, Times, cells_of, column_of, overnight
from ionm_notes.read.names import initials_of, standing, surname
from ionm_notes.read.people import Cast
from ionm_notes.read.place import place_of
from ionm_notes.read.reading import Reading, Unit
from ionm_notes.read.vocabulary import vocabulary
from ionm_notes.types import Mode, Tri

_PAIR = re.compile(
    r"\b(?:from|in|start(?:ed)?|on|begin)\W{0,2}\t(?:[^\t\n]{2,30}[ ,:-])?(?:to|until|till|end(?:ed)?|out|off|stop)\b", re.I
)
"""The names of two columns of hours side by side."""
_FEWEST = 5
"""Columns: a name and two pairs of hours."""


@dataclass(frozen=True, slots=True)
class _Columns:
    """Indexes of the pairs of hours with their places, of the name and of the count of cases."""

    pairs: tuple[tuple[int, Mode], ...]
    name: int
    cases: int | None
    count: int


def place_columns(reading: Reading, times: Times, cast: Cast) -> list[Spell]:
    """The spells of the first such table."""
    if len(_PAIR.findall(reading.text)) < 2:
        return []
    for index, unit in enumerate(reading.units):
        if unit.kind != "row" or times.within(unit.start, unit.end) or (columns := _heading(reading, unit)) is None:
            continue
        spells: list[Spell] = []
        for below in reading.units[index + 1 :]:
            cells = cells_of(reading, below) if below.kind == "row" else []
            if len(cells) != columns.count:
                break
            spells += _of_row(reading, times, below, cells, columns, cast)
        if any(spell.who in {surname(p.name) for p in cast.professionals} for spell in spells):
            return spells
    return []


def _heading(reading: Reading, unit: Unit) -> _Columns | None:
    names = [reading.text[low:high].strip() for low, high in cells_of(reading, unit)]
    if len(names) < _FEWEST:
        return None
    words = vocabulary()
    pairs: list[tuple[int, Mode]] = []
    for number, (name, following) in enumerate(pairwise(names)):
        begins = words.regex("ledger.place-from").fullmatch(name)
        mode = as_mode(place_of(begins["place"])) if begins is not None else None
        if mode is not None and words.regex("ledger.place-to").fullmatch(following):
            pairs.append((number, mode))
    who = column_of(names, words.regex("ledger.name"))
    if len({mode for _, mode in pairs}) < 2 or who is None:
        return None
    return _Columns(tuple(pairs), who, column_of(names, words.regex("ledger.cases")), len(names))


def _of_row(
    reading: Reading, times: Times, unit: Unit, cells: Sequence[tuple[int, int]], columns: _Columns, cast: Cast
) -> list[Spell]:
    whole = (unit.start, unit.end)
    written = reading.text[slice(*cells[columns.name])].strip()
    known = (
        surname(p.name) for p in cast.professionals if standing(surname(p.name)).search(written) or initials_of(p.name) == written
    )
    who = next(known, written)
    alone = _load(reading.text[slice(*cells[columns.cases])]) if columns.cases is not None else None
    out: list[Spell] = []
    for number, mode in columns.pairs:
        hours = [times.minute[clock.start] for cell in (number, number + 1) for clock in times.within(*cells[cell])]
        if len(hours) != 2 or hours[0] == hours[1] or (hours[1] < hours[0] and not overnight(*hours)):
            continue
        event = Event("attend", "span", hours[0], hours[1] + DAY * (hours[1] < hours[0]), "log", *whole, whole, unit)
        out.append(Spell(who, event.first, event.last, True, mode, [event], whole, alone, ledger=True, listed=True))
    return out


def _load(text: str) -> Tri:
    count = text.strip()
    return load_of(count) if not count.isdigit() else int(count) <= 1 if int(count) else None
