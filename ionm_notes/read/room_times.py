"""That the technologist was in the room throughout, told by clock times: in at 06:55, out at 12:25, the monitoring between.

A line is spelled in letters (`things.py`, words in `patterns/presence.toml`) with its clock times as one letter more. The times of a
stay stand in one statement ('Tech in OR 06:55-12:25', 'badge in 6:51, badge out 12:22'), under the headings of a list of staff, or in
two entries of a log. A stay says it where it holds the whole of the monitoring and nothing says that the technologist left within.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from ionm_notes.read.clock import DAY, Clock
from ionm_notes.read.events import Times
from ionm_notes.read.events.days import overnight
from ionm_notes.read.events.model import cells_of
from ionm_notes.read.expression import expression
from ionm_notes.read.people import Cast
from ionm_notes.read.presence import LETTERS, Named, about_technologists, initialled, named_in, plain, user_names
from ionm_notes.read.reading import Reading, Unit
from ionm_notes.read.said import Said
from ionm_notes.read.segments import at
from ionm_notes.read.things import spelled
from ionm_notes.read.vocabulary import vocabulary

_LETTERS = {"presence.stage": "G", "presence.enters": "E", "presence.goes": "X", **LETTERS}
_MARK = "ŧ"
"""Stands in a text for each sign of a clock time."""
_TIME = (expression(f"{_MARK}+"), "T")
_STAY = re.compile(
    r"K[^DPG]{0,8}R[^DPGNLBYT]{0,4}T[^DPGKLBYT]{0,3}T"  # 'Tech in OR 06:55 - 12:25', 'there from 06:45 to 11:15'
    r"|K[^DPG]{0,6}[ER][^DPGLBYT]{0,4}T[^DPGBYT]{0,6}[XL][^DPGBYT]{0,4}T"  # 'badge in OR 3 6:40a, badge out 3:05p'
    r"|^[.]{0,2}R[^DPGLBYKT]{0,3}T[^DPGKLBYT]{0,3}T[^DPG]{0,4}K"  # 'In room 0655-1225: Gwen Juarez, CNIM'
)
_COMES = re.compile(r"K[^DPGNLBYX]{0,6}(?:E[.]{0,2}R|R)[^L]*$|K[.:]{0,2}E(?![^.:])")
_GOES = re.compile(r"K[^DPGNB]{0,4}(?:[LX][.]{0,2}R|[LX]$)|K[.:]{0,3}R[.]{0,2}X")
_AWAY = re.compile(r"K[^DPN:;]{0,5}(?:[LY]|X[.]{0,2}R)|[LY][.]{0,2}K")
_JOINS = re.compile(rf"(?<={_MARK})[-–—/]|[-–—/](?={_MARK})")
_BOTH = 2
_HEADINGS = 12
"""Rows above one of a list of staff in which its headings stand."""
_Told = tuple[Unit, str, tuple[Clock, ...]]
"""A statement that names the technologist, in letters, with its clock times."""


@dataclass(frozen=True, slots=True)
class _Stay:
    """Minutes of the day between which somebody was in the room, and the statements that say so."""

    first: int
    last: int
    units: tuple[Unit, ...]


def stayed_by_times(
    reading: Reading, times: Times, cast: Cast, span: tuple[datetime | None, datetime | None], day: date
) -> tuple[Said, ...]:
    """The first stay in the room that holds the whole of the monitoring."""
    first, last = span
    if first is None or last is None or not cast.technologists:
        return ()
    units = [(unit, times.within(unit.start, unit.end)) for unit in about_technologists(reading, cast, logged=True)]
    moves = vocabulary().regex("presence.moves")
    timed = [(u, c) for u, c in units if len(c) >= _BOTH or (c and moves.search(reading.text, u.start, u.end))]
    if len(timed) < _BOTH and not any(len(clocks) >= _BOTH for _, clocks in timed):
        return ()
    named: Named = [_TIME, *named_in(cast), *initialled(cast), *user_names(cast)]
    told = [(unit, _in_letters(reading, unit, clocks, named), clocks) for unit, clocks in timed]
    stays = [s for s in _stays(reading, times, told) if at(day, s.first) <= first and at(day, s.last) >= last]
    taken = {unit.start for stay in stays for unit in stay.units}
    if not stays or any(_AWAY.search(_in_letters(reading, *unit, named)) for unit in units if unit[0].start not in taken):
        return ()
    unit = stays[0].units[0]
    return (Said("presence", unit.start, unit.end, unit, "", reading.evidence(unit.start, unit.end)),)


def but_for_part(
    reading: Reading,
    times: Times,
    cast: Cast,
    presence: tuple[Said, ...],
    span: tuple[datetime | None, datetime | None],
    day: date,
) -> tuple[Said, ...]:
    """Statements of presence without those that tell a stay by two times which does not hold the monitoring, and nothing more."""
    first, last = span
    if first is None or last is None or not presence:
        return presence
    whole = vocabulary().regex("presence.all")

    def holds(said: Said) -> bool:
        clocks = times.within(said.start, said.end)
        if len(clocks) != _BOTH or whole.search(reading.text, said.unit.start, said.unit.end):
            return True
        all_clocks = times.within(said.unit.start, said.unit.end)
        letters = _in_letters(reading, said.unit, all_clocks, [_TIME, *named_in(cast), *initialled(cast)])
        if len(all_clocks) != _BOTH or "N" in letters or not _STAY.search(letters):
            return True
        minutes = [times.minute[clock.start] for clock in clocks]
        stay = _stay(minutes[0], minutes[1], (said.unit,))
        return at(day, stay.first) <= first and at(day, stay.last) >= last

    return tuple(said for said in presence if holds(said))


def _stays(reading: Reading, times: Times, told: list[_Told]) -> Iterator[_Stay]:
    """Every stay that a statement, a row of a list, or two entries of a log tell with both its times."""
    comes: list[tuple[Unit, int]] = []
    goes: list[tuple[Unit, int]] = []
    for unit, letters, clocks in told:
        minutes = [times.minute[clock.start] for clock in clocks]
        if told_both := _STAY.search(letters):
            at_first = letters.count("T", 0, told_both.start())
            if letters.count("T", told_both.start()) == _BOTH and at_first <= 1:  # before it, when the entry was made
                yield _stay(minutes[at_first], minutes[at_first + 1], (unit,))
        elif len(minutes) == _BOTH and "N" not in letters and _headed(reading, unit, clocks):
            yield _stay(minutes[0], minutes[1], (unit,))
        elif len(minutes) == 1 and letters.startswith("T"):
            if _GOES.search(letters):
                goes.append((unit, minutes[0]))
            elif _COMES.search(letters):
                comes.append((unit, minutes[0]))
    if comes and len(goes) == 1 and comes[0][0].start < goes[0][0].start:
        yield _stay(comes[0][1], goes[0][1], (comes[0][0], goes[0][0]))


def _stay(first: int, last: int, units: tuple[Unit, ...]) -> _Stay:
    return _Stay(first, last + DAY if last < first and overnight(first, last) else last, units)


def _in_letters(reading: Reading, unit: Unit, clocks: tuple[Clock, ...], named: Named) -> str:
    """A statement in letters, with T for each clock time."""
    text, at = [], unit.start
    for clock in clocks:
        text += [reading.text[at : clock.start], _MARK * (clock.end - clock.start)]
        at = clock.end
    whole = "".join([*text, reading.text[at : unit.end]])
    return spelled(plain(_JOINS.sub(" ", whole)), _LETTERS, named)[0]


def _headed(reading: Reading, unit: Unit, clocks: tuple[Clock, ...]) -> bool:
    """Whether the two times of a row stand in cells under headings of coming and going: 'Name | Role | In | Out'."""
    cells = cells_of(reading, unit)
    places = [next((n for n, (low, high) in enumerate(cells) if low <= clock.start < high), 0) for clock in clocks]
    if unit.kind != "row" or not places[0] or places[0] == places[1]:
        return False
    words, index = vocabulary(), reading.index_of(unit)
    for above in reversed(reading.units[max(0, index - _HEADINGS) : index]):
        heads = [reading.text[low:high] for low, high in cells_of(reading, above)]
        if above.kind == "row" and len(heads) == len(cells):
            comes, goes = (heads[place] for place in places)
            if words.regex("presence.heads-coming").match(comes):
                return words.regex("presence.heads-going").match(goes) is not None
    return False
