"""Hand-overs between professionals that a statement tells and no row of attendance accounts for; each makes a query.

'Oversight passed to Dr. Hale', 'Reader changed during the case: yes', 'Dr. A saw the case out after Dr. B had started it': more than one
attended, and without times nobody can tell whose minutes were whose. Words: `patterns/course.toml`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ionm_notes.read.answers import Asked, asked
from ionm_notes.read.boxes import ticked
from ionm_notes.read.names import standing, surname
from ionm_notes.read.people import Cast
from ionm_notes.read.reading import Reading, Unit
from ionm_notes.read.vocabulary import vocabulary
from ionm_notes.types import Proof

_LONGEST = 240
"""Characters of the longest statement that is searched."""


def handovers(reading: Reading, cast: Cast, log: frozenset[int]) -> Proof:
    """Evidence of every statement that one professional was followed by another. `log`: where the entries of a log begin."""
    names = ("course.handed", "course.succession", "course.by-turns")
    units = {unit.start: unit for _, unit, _ in stating(reading, names, log)}
    return tuple(
        reading.evidence(unit.start, unit.end) for _, unit in sorted(units.items()) if _hands_over(asked(reading, unit), cast)
    )


def stating(reading: Reading, names: tuple[str, ...], log: frozenset[int]) -> Iterator[tuple[str, Unit, int]]:
    """Every statement with words of one of these patterns: the pattern, the statement, and where its words begin.

    Entries of the log (`log`: where they begin), running heads, long paragraphs and unticked choices state nothing of the whole case.
    """
    words = vocabulary()
    telling = reading.stretches([unit for unit in reading.units if _may_tell(unit, log)])
    for name in names:
        for match in reading.matches_within(words.patterns[name], telling):
            unit = reading.unit_at(match.start())
            if unit is not None and _may_tell(unit, log) and ticked(reading, unit, match.start(), match.end()) is not False:
                yield name, unit, match.start()


def _may_tell(unit: Unit, log: frozenset[int]) -> bool:
    return unit.kind != "running" and unit.start not in log and unit.end - unit.start <= _LONGEST


def _hands_over(said: Asked, cast: Cast) -> bool:
    """Whether a statement tells of a hand-over between professionals, by its words alone or by the two whom it names."""
    words, text = vocabulary(), said.text
    if said.yes is False or words.regex("course.other-matter").search(text):
        return False
    low = text.lower()
    named = {surname(person.name) for person in cast.professionals if _names(low, surname(person.name))}
    others = (*cast.surgeons, *cast.technologists, *cast.anesthesia, *cast.assistants)
    strangers = any(_names(low, surname(person.name)) for person in others if surname(person.name) not in named)
    if len(named) > 1 and (words.regex("course.succession").search(text) or words.regex("course.by-turns").search(text)):
        return True
    if len(named) == 1 and words.regex("course.succession").search(text) and _and_i(text, next(iter(named))):
        return True
    if strangers or words.regex("course.of-technologist").search(text) or (text.rstrip().endswith("?") and said.yes is None):
        return False
    return words.regex("course.handed").search(text) is not None


def _and_i(text: str, name: str) -> bool:
    """Whether a statement is of its writer and of somebody else whom it names: not 'I, Anna Hale, MD'."""
    own = rf"\bI\b[\s,(]+(?:am\s+)?(?:Dr\.?\s+)?(?:[A-Z][\w.'’-]*\s+){{0,2}}{re.escape(name)}"
    return vocabulary().regex("course.i").search(text) is not None and re.search(own, text, re.I) is None


def _names(low: str, name: str) -> bool:
    return name in low and standing(name).search(low) is not None
