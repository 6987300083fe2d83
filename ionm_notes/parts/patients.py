"""Whose page it is: the identity that a part carries, and whether two parts are of one patient."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from ionm_notes.parts.model import Part
from ionm_notes.read.events import read_times
from ionm_notes.read.fields import read_fields
from ionm_notes.read.identity import read_identity
from ionm_notes.read.people import same_person
from ionm_notes.read.reading import lay_out
from ionm_notes.types import Document, Proof


@dataclass(frozen=True, slots=True)
class Owner:
    """The patient as one part names him or her; everything may be empty."""

    names: tuple[str, ...]
    births: frozenset[date]
    numbers: frozenset[str]
    proof: Proof


def owner(document: Document, part: Part) -> Owner:
    """The patient whom a part names. Running headers and footers are looked at too."""
    reading = lay_out(replace(document, pages=part.pages))
    if not reading.lines:
        return Owner((), frozenset(), frozenset(), ())
    times = read_times(reading)
    identity = read_identity(reading, read_fields(reading), times.dates)
    return Owner(identity.names, identity.births, identity.numbers, identity.name or identity.second)


def other_patient(one: Owner, other: Owner) -> bool:
    """Whether two parts are of two patients, as far as they tell.

    A shared number settles it. A name that is the same outweighs a birth date or a number that differs, but not both; a
    name of which only a word is the same needs the birth date. Without any common word in the names only the same birth
    date makes one patient of two: people marry and are called by other names.
    """
    if one.numbers & other.numbers:
        return False
    births_differ = bool(one.births and other.births) and not one.births & other.births
    numbers_differ = bool(one.numbers and other.numbers)
    if not (one.names and other.names):
        return births_differ and numbers_differ
    common = max(len(_words(a) & _words(b)) for a in one.names for b in other.names)
    if common > 1 or any(same_person(a, b) for a in one.names for b in other.names):
        return births_differ and numbers_differ
    return births_differ if common else not one.births & other.births


def _words(name: str) -> frozenset[str]:
    return frozenset(word.lower() for word in name.replace(",", " ").split() if len(word.strip(".")) > 1)
