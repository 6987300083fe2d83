"""Whose load a statement tells: what tables, lines of forms and sentences say of other cases is put to the spell that it is of."""

from __future__ import annotations

import bisect
import re
from collections.abc import Sequence
from dataclasses import replace

from ionm_notes.read.attendance.model import Spell
from ionm_notes.read.events import Event
from ionm_notes.read.said import Said
from ionm_notes.read.supervision import Supervision


def with_load(ledger: list[Spell], supervision: Supervision) -> None:
    """Puts to a spell that has its line to itself what that line says of other cases: '08:05 -> 11:30 load: 1 (this case)'."""
    for spell in ledger:
        own = {s.what for s in (*supervision.exclusive, *supervision.shared) if (s.unit.start, s.unit.end) == spell.sentence}
        if spell.exclusive is None and len(own) == 1 and sum(other.sentence == spell.sentence for other in ledger) == 1:
            spell.exclusive = own == {"exclusive"}


def load_of_keys(ledger: Sequence[Spell], supervision: Supervision) -> None:
    """Puts to the sessions of a program's record what its keys count: '"sessions": [...], "max_parallel_cases": 1'."""
    for said in (*supervision.exclusive, *supervision.shared):
        own = [spell for spell in ledger if spell.sentence == (said.unit.start, said.unit.end) and spell.exclusive is None]
        beside = {other.what for other in (*supervision.exclusive, *supervision.shared) if other.unit == said.unit}
        if len(beside) == 1 and _KEY.match(said.evidence.text):
            for spell in own:
                spell.exclusive = said.what == "exclusive"


_KEY = re.compile(r"""["'][\w. -]+["']\s?:|[\w.-]+=["']""")
"""A key of a program's record, with the mark that parts it from its value."""


def loads_of_lines(forms: list[Spell], supervision: Supervision) -> set[tuple[int, int]]:
    """The lines of a form of which each says for its own hours whether other cases were watched, once with and once without."""
    with_load(forms, supervision)
    told = [spell for spell in forms if spell.exclusive is not None]
    if {spell.exclusive for spell in told} == {True, False}:
        return {spell.sentence for spell in told}
    for spell in told:
        spell.exclusive = None  # what all of them say is said of the whole
    return set()


def count_cases(spells: Sequence[Spell], rows: dict[int, bool]) -> None:
    """Sets what a column of open cases says of the spells of a log: shared if any of their rows says so."""
    for spell in spells:
        first, last = spell.first, spell.last if spell.last is not None else spell.first
        said = [alone for minute, alone in rows.items() if first is not None and last is not None and first <= minute <= last]
        if spell.log and said:
            spell.exclusive = all(said)


def told_apart(shared: tuple[int, int, Event], ledger: list[Spell]) -> bool:
    """Whether a table of attendance says row by row what a sentence sums up: 'From 7:58 to 11:41 I had up to three rooms'."""
    low, high, _ = shared
    return any(
        spell.exclusive is not None and spell.first is not None and low <= spell.first and (spell.last or spell.first) <= high
        for spell in ledger
    )


def loads_behind(spells: Sequence[Spell], supervision: Supervision) -> None:
    """Gives each spell that a text tells what it says of cases behind it and before the next one, where it says both of some.

    'From 8:02 until 12:20 I stood beside the machine. In that time I had no other patient. At 12:20 I walked over to my desk and
    carried on until 3:10. There a second operation ran.' Nothing is given where one statement stands before all spells, or a spell has both.
    """
    told = sorted(spells, key=lambda spell: spell.sentence)
    said = (*supervision.exclusive, *supervision.shared)
    several = len({spell.sentence for spell in told}) == len(told) > 1
    if not several or not supervision.exclusive or not supervision.shared or any(spell.exclusive is not None for spell in told):
        return
    loads: list[set[bool]] = [set() for _ in told]
    for one in said:
        place = bisect.bisect_right([spell.sentence[0] for spell in told], one.start) - 1
        if place < 0:
            return
        loads[place].add(one.what == "exclusive")
    if all(len(load) == 1 for load in loads):
        for spell, load in zip(told, loads, strict=True):
            spell.exclusive = load == {True}


def outside(supervision: Supervision, rows: set[tuple[int, int]]) -> Supervision:
    """The statements that do not stand in rows of a table of attendance, which speak for their own time alone."""

    def beside(said: tuple[Said, ...]) -> tuple[Said, ...]:
        return tuple(s for s in said if (s.unit.start, s.unit.end) not in rows)

    return (
        replace(supervision, exclusive=beside(supervision.exclusive), shared=beside(supervision.shared)) if rows else supervision
    )
