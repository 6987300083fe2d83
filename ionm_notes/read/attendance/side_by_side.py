"""Tables of attendance with a column for each reader: names side by side, and below them the hours, the place and the cases of each.

'who | Ada Hale, MD | Ivo Moss, MD' over 'on | 07:50 | 10:30', 'off | 10:30 | 13:05' and 'cases on the desk | this one | this one and two
more'. What stands in a column is of its reader alone; a table that leaves the hours of one of them open gives nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ionm_notes.read.attendance.clause_words import named
from ionm_notes.read.attendance.loaded_lines import load_of
from ionm_notes.read.attendance.model import Spell, as_mode
from ionm_notes.read.clock import DAY
from ionm_notes.read.events import Event, Times, cells_of
from ionm_notes.read.legend import Legend
from ionm_notes.read.people import Cast
from ionm_notes.read.place import place_of
from ionm_notes.read.reading import Reading, Unit
from ionm_notes.read.vocabulary import vocabulary
from ionm_notes.types import Mode, Tri

Cells = list[tuple[int, int]]


def side_by_side(reading: Reading, times: Times, cast: Cast, legend: Legend) -> list[Spell]:
    """The spells of the first such table."""
    if len(cast.professionals) < 2:
        return []
    for index, unit in enumerate(reading.units):
        if unit.kind == "row" and (readers := _readers(reading, unit, cast)):
            found = _spells(reading, times, _table(reading, index, len(readers)), readers, legend)
            if found:
                return found
    return []


def _readers(reading: Reading, unit: Unit, cast: Cast) -> list[str]:
    """Surnames of the professionals whom a row names, one in each cell behind the first; none where it is no such row."""
    cells = cells_of(reading, unit)
    who = [{name for _, name in named(reading.text[low:high], cast)} for low, high in cells]
    one_each = len(cells) > 2 and not who[0] and all(len(names) == 1 for names in who[1:])
    readers = [next(iter(names)) for names in who[1:]] if one_each else []
    return readers if len(set(readers)) == len(readers) else []


def _table(reading: Reading, index: int, readers: int) -> list[tuple[Unit, Cells]]:
    """The rows around the row of names that have as many cells."""
    rows: list[tuple[Unit, Cells]] = []
    for way in (range(index, -1, -1), range(index + 1, len(reading.units))):
        for number in way:
            unit = reading.units[number]
            cells = cells_of(reading, unit) if unit.kind == "row" else []
            if len(cells) != readers + 1:
                break
            rows.append((unit, cells))
    return rows


def _labelled(reading: Reading, rows: Sequence[tuple[Unit, Cells]], what: str) -> Iterator[tuple[Unit, Cells]]:
    words = vocabulary().regex(f"ledger.{what}")
    return ((unit, cells) for unit, cells in rows if words.search(reading.text[slice(*cells[0])].strip()))


def _spells(
    reading: Reading, times: Times, rows: Sequence[tuple[Unit, Cells]], readers: Sequence[str], legend: Legend
) -> list[Spell]:
    begin, end, place, cases = (next(_labelled(reading, rows, what), None) for what in ("from", "to", "place", "cases"))
    if begin is None or end is None:
        return []
    used = [row for row in (begin, end, place, cases) if row is not None]
    notes = tuple((unit.start, unit.end) for unit, _ in used[1:])
    unit = begin[0]
    whole = (unit.start, unit.end)
    spells = []
    for number, who in enumerate(readers, 1):
        first, last = (_minute(times, cells[number]) for _, cells in (begin, end))
        if first is None or last is None or first == last:
            return []
        event = Event("attend", "span", first, last + DAY * (last < first), "log", *whole, whole, unit)
        mode: Mode | None = (
            None if place is None else as_mode(place_of(legend.spelled(reading.text[slice(*place[1][number])]).strip()))
        )
        alone: Tri = None if cases is None else _load(reading.text[slice(*cases[1][number])], reading.text[slice(*cases[1][0])])
        spells.append(Spell(who, first, event.last, True, mode, [event], whole, alone, ledger=True, notes=notes))
    return spells


def _minute(times: Times, cell: tuple[int, int]) -> int | None:
    found = [times.minute[clock.start] for clock in times.within(*cell)]
    return found[0] if len(found) == 1 else None


def _load(text: str, label: str) -> Tri:
    """What a cell says of other cases: how many, or which."""
    others = vocabulary().regex("ledger.others").search(label) is not None
    count = text.strip()
    if count.isdigit():
        return int(count) == 0 if others else int(count) <= 1
    if others and vocabulary().regex("ledger.nothing").match(count):
        return True
    return load_of(count)
