"""Whose page it is: the identity that a part carries, and whether two parts are of one patient."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from ionm_notes.parts.model import Part
from ionm_notes.read.dates import DateMention, find_dates
from ionm_notes.read.fields import Fields, read_fields
from ionm_notes.read.identity import read_identity, read_service_date
from ionm_notes.read.names import same_person
from ionm_notes.read.reading import Reading, lay_out
from ionm_notes.read.same_patient import common_words, may_be_one, one_birth, one_number
from ionm_notes.types import Document, Proof


@dataclass(frozen=True, slots=True)
class Owner:
    """The patient as one part names him or her; everything may be empty."""

    names: tuple[str, ...]
    births: frozenset[date]
    numbers: frozenset[str]
    proof: Proof = ()

    def plain(self) -> dict[str, list[str]]:
        """What JSON can hold of it; `from_plain` reads it back."""
        return {"names": list(self.names), "births": [day.isoformat() for day in self.births], "numbers": list(self.numbers)}

    @classmethod
    def from_plain(cls, told: Mapping[str, Sequence[str]]) -> Owner:
        """The owner that `plain` wrote, without its proof."""
        return cls(tuple(told["names"]), frozenset(map(date.fromisoformat, told["births"])), frozenset(told["numbers"]))


_NOBODY = Owner((), frozenset(), frozenset())


def owner(document: Document, part: Part) -> Owner:
    """The patient whom a part names. Running headers and footers are looked at too."""
    reading = lay_out(replace(document, pages=part.pages))
    return _owner(reading, read_fields(reading), find_dates(reading.text)) if reading.lines else _NOBODY


def who_and_when(document: Document) -> tuple[Owner, date | None]:
    """The patient whom a document names, and the date of service that it states."""
    reading = lay_out(document)
    if not reading.lines:
        return _NOBODY, None
    dates, fields = find_dates(reading.text), read_fields(reading)
    who = _owner(reading, fields, dates)
    service = read_service_date(reading, fields, dates, who.births)
    return who, service[0] if service else None


def _owner(reading: Reading, fields: Fields, dates: tuple[DateMention, ...]) -> Owner:
    identity = read_identity(reading, fields, dates)
    return Owner(identity.names, identity.births, identity.numbers, identity.name or identity.second)


def same_case(one: Owner, other: Owner) -> bool:
    """Whether two documents of one day are certainly of one patient: a number is shared, or the name and the birth date."""
    if other_patient(one, other):
        return False
    return bool(one.numbers & other.numbers or (one.births & other.births and one.names and other.names))


def other_patient(one: Owner, other: Owner) -> bool:
    """Whether two parts are of two patients, as far as they tell.

    A shared number settles it. A name that is the same outweighs a birth date or a number that differs, but not both; a
    name of which only a word is the same needs the birth date. Without any common word in the names only the same birth
    date makes one patient of two: people marry and are called by other names. Slips of a scan count as the same.
    """
    if any(one_number(a, b) for a in one.numbers for b in other.numbers):
        return False
    same_birth = any(one_birth(a, b) for a in one.births for b in other.births)
    births_differ = bool(one.births and other.births) and not same_birth
    numbers_differ = bool(one.numbers and other.numbers)
    if not (one.names and other.names):
        return births_differ and numbers_differ
    pairs = [(a, b) for a in one.names for b in other.names]
    if any(common_words(a, b) > 1 or same_person(a, b) for a, b in pairs):
        return births_differ and numbers_differ
    return births_differ if any(may_be_one(a, b) for a, b in pairs) else not same_birth
