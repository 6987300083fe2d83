"""What the words of a statement say of a watch, wherever it shares time out: whom they name, where that was, and whether other cases ran.

Each function answers for one clause or piece, cut out by its caller (`parcels.py`, `course_acts.py`, rows of tables). Read on if such an
answer is wrong; how the clauses are put together again is told elsewhere. Words: `patterns/parcels.toml`.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator

from ionm_notes.read.denials import denied_at_head, denied_before
from ionm_notes.read.expression import Expression, Match
from ionm_notes.read.names import DOCTOR, is_no_name, places_of, surname
from ionm_notes.read.people import Cast
from ionm_notes.read.vocabulary import vocabulary
from ionm_notes.read.whereabouts import phrases_of_place, weighed
from ionm_notes.types import Mode, Tri

WRITER = "#"
"""Stands for the one who writes 'I'."""
_PRONOUN = re.compile(r"\b(?:he|she|who|the\s+latter|his|hers?)\b", re.I)


def named(text: str, cast: Cast) -> list[tuple[int, str]]:
    """Where a text names professionals or its writer, in order: offset and surname, `WRITER` for 'I'."""
    low = text.lower()
    found = [(place, surname(p.name)) for p in cast.professionals if surname(p.name) in low for place in places_of(p.name, text)]
    return sorted([*found, *((m.start(), WRITER) for m in vocabulary().regex("parcel.writer").finditer(text))])


def names_other(text: str, cast: Cast) -> bool:
    """Whether a text names somebody who is no professional of the cast, a doctor of whom it knows nothing, or the word for one."""
    low = text.lower()
    people = (*cast.surgeons, *cast.technologists, *cast.anesthesia, *cast.assistants)
    known = {surname(p.name) for p in cast.professionals}
    doctors = (_OWN.sub("", m["name"]) for m in DOCTOR.finditer(text))
    if any(surname(name) not in known and not is_no_name(name.split()[-1]) for name in doctors):
        return True  # 'Remote viewing by Dr. Roth from 13:53 to 16:43' is no watch of the one reader who is known
    text = vocabulary().regex("parcel.patients").sub("case", text)  # 'this patient and one other' are what was watched
    return any(surname(p.name) in low for p in people) or any(
        vocabulary().regex(name).search(text) for name in ("subject.technologist", "subject.other")
    )


def marks_in(text: str) -> Iterator[Match]:
    """What parts the clauses of a text without its times (`parcel.apart`); no 'and' of two loads in one breath: 'rooms 4 and 11'."""
    words = vocabulary()
    joined = [found.span() for found in words.regex("parcel.two-loads").finditer(text)]
    for mark in words.regex("parcel.apart").finditer(text):
        if not any(low <= mark.start() and mark.end() <= high for low, high in joined):
            yield mark


_OWN = re.compile(r"[’']s$")
_FINITE = re.compile(
    r"^\W*(?:(?:and|then|from|to|until|till|on|at|in|by|for|since|after|also|again)\b\W*)*(?P<what>[^,;]*?)\s*\b(?:was|were|is|are|ran|wore|went|came|had)\b",
    re.I,
)


def of_a_thing(text: str) -> bool:
    """Whether a piece tells of a thing or another matter: 'screws were placed', 'the imaging cart was'; not 'a second case ran'."""
    found = _FINITE.search(text)
    if found is None or not found["what"].strip() or has_pronoun(text) or load_in(text) is not None:
        return False
    return vocabulary().regex("parcel.about").search(found["what"]) is None


def has_pronoun(text: str) -> bool:
    """Whether a text speaks of somebody named before."""
    return _PRONOUN.search(text) is not None


def place_in(text: str) -> Mode | None:
    """The one place that a piece names; where another case was is none: 'I was also covering a shoulder case at the main hospital'."""
    text = vocabulary().regex("parcel.place-of-other").sub(" ", text)
    return weighed({phrase.kind for phrase in phrases_of_place(text)}) or (
        weighed({phrase.kind for phrase in phrases_of_place(text, bare=True)})
        if len(text.split()) <= _FEW and load_in(text) is not False  # 'I had two rooms'
        else None
    )


_FEW = 6
"""Words of the longest piece that may name a place without a preposition: 'home workstation'."""


@functools.lru_cache(maxsize=1024)
def load_in(text: str) -> Tri:
    """Whether a piece says that this patient was alone (True) or not (False)."""
    words = vocabulary()
    text = words.regex("ledger.gone").sub("", text)  # 'this patient alone (the other operation had ended)'
    many = words.regex("parcel.several").search(text)
    denied = many is not None and (
        words.regex("parcel.none").search(text[: many.start()]) is not None or denied_at_head(text, many.start())
    )
    alone = denied or any(_says(words.regex(n), text) for n in ("parcel.single", "supervision.exclusive", "sharing.alone"))
    others = [m for m in words.regex("supervision.shared").finditer(text) if not denied_before(text, m.start())]
    shared = not denied and (many is not None or bool(others))
    return None if alone == shared else alone


def _says(pattern: Expression, text: str) -> bool:
    return pattern.search(text) is not None
