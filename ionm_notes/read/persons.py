"""What credentials make of a person, and how two mentions of one become one; who is who in a record is told in `people.py`."""

from __future__ import annotations

from dataclasses import replace

from ionm_notes.read.names import same_person
from ionm_notes.read.vocabulary import vocabulary
from ionm_notes.types import Person


def merge(people: list[Person], person: Person) -> None:
    """Adds a person, or puts what another mention tells to one whom the list has: the longer name, the more credentials."""
    for index, known in enumerate(people):
        if same_person(known.name, person.name):
            longer = person if len(person.name) > len(known.name) else known
            best = person.credentials if len(person.credentials) > len(known.credentials) else known.credentials
            proof = person.evidence if (person.credentials and not known.credentials) else known.evidence
            people[index] = replace(known, name=longer.name, credentials=best, evidence=proof)
            return
    people.append(person)


def is_technologist(credentials: tuple[str, ...]) -> bool:
    """Whether credentials are a technologist's and nothing more."""
    words = vocabulary()
    tech = any(words.regex("people.technologist-credential").match(c) for c in credentials)
    return tech and not any(words.regex("people.professional-credential").match(c) for c in credentials)


def is_professional(credentials: tuple[str, ...]) -> bool:
    """Whether credentials hold one that a supervising professional can have."""
    return any(vocabulary().regex("people.professional-credential").match(c) for c in credentials)
