"""One statement about how the professional attended; what `supervision.py` collects."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ionm_notes.read.clause_cuts import begin_of
from ionm_notes.read.denials import denied_before, denied_behind
from ionm_notes.read.names import surname
from ionm_notes.read.people import Cast
from ionm_notes.read.reading import Reading, Unit
from ionm_notes.read.vocabulary import vocabulary
from ionm_notes.types import Evidence


@dataclass(frozen=True, slots=True)
class Said:
    """One statement about attendance: what ('in_room', 'remote', ...), where, and for whom ('' where unnamed)."""

    what: str
    start: int
    end: int
    unit: Unit
    who: str
    evidence: Evidence


_PARTS = re.compile(r"[;\t]|\.\s|\s[-–—]\s|,?\s(?:while|whereas|but)\s|,\s+(?:and\s+)?(?=(?:Dr\.?|Mr\.?|Ms\.?|Mrs\.?)\s)")
"""What parts the halves of a statement that are of two people: 'Dr. Hale had this one alone; Dr. Moss had two others open'."""


def part_around(reading: Reading, said: Said) -> tuple[int, int]:
    """Offsets of the part of its statement in which words stand."""
    low, high = said.unit.start, said.unit.end
    for sign in _PARTS.finditer(reading.text, said.unit.start, said.unit.end):
        if sign.end() <= said.start:
            low = sign.end()
        elif sign.start() >= said.end:
            high = sign.start()
            break
    return low, high


def professionals_with(reading: Reading, said: Said, cast: Cast) -> set[str]:
    """The professionals whom a statement names, in the part of it in which the words stand or else anywhere."""
    low, high = part_around(reading, said)
    for text in (reading.text[low:high].lower(), reading.unit_text(said.unit).lower()):
        if named := {person.name for person in cast.professionals if surname(person.name) in text}:
            return named
    return set()


def customary(reading: Reading, said: Said) -> bool:
    """Whether words are of what a company's readers may do, of a hospital, or of another day: no statement of this case."""
    words = vocabulary()
    of_others = words.regex("sharing.custom").search(reading.text, said.unit.start, said.end) is not None or any(
        words.regex(f"sharing.{name}").search(reading.text, said.unit.start, said.unit.end) for name in ("another-day", "generic")
    )
    # 'one case at a time by company rule and in fact'
    return of_others and words.regex("sharing.kept-here").search(reading.text, said.end, said.unit.end) is None


def is_denied(reading: Reading, said: Said) -> bool:
    """Whether words before or behind a statement deny it."""
    return denied_before(reading.text, said.start, said.unit.start) or denied_behind(reading.text, said.end, said.unit.end)


def of_another_case(reading: Reading, said: Said) -> bool:
    """Whether the part of its statement that words stand in is put to another operation: 'in Dr. Brandt's second case that day'."""
    low = begin_of(reading.text, _HALVES, said.unit.start, said.start)
    return vocabulary().regex("sharing.another-case").search(reading.text[low : said.end]) is not None


_HALVES = re.compile(r"[;\t]|,?\s(?:while|whereas|but)\s")
"""What parts the halves of a statement that are of two operations."""
