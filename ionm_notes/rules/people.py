"""Tells whether two names mean one person, and when the professionals had signed; read this for signature rules."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache

from ionm_notes.rules import facts
from ionm_notes.rules.context import RuleContext
from ionm_notes.types import Person, Signature

_WORD = re.compile(r"[^\W\d_]+")
_TITLES = frozenset({"dr", "mr", "mrs", "ms", "prof", "md", "do", "phd", "dabnm"})


@lru_cache(maxsize=4096)
def name_words(name: str) -> tuple[str, ...]:
    """The words of a name in their order, lower case, without titles and degrees; initials are words of one letter."""
    return tuple(word for word in (found.casefold() for found in _WORD.findall(name)) if word not in _TITLES)


def same_person(one: str, other: str) -> bool:
    """Whether two names may be one person's: 'Dr. Rusk' and 'Elaine Rusk MD', 'K. Soto' and 'Kim Soto', 'Dr. B' and 'Bhatt'.

    The whole words of one are among those of the other, or they share a word and begin with the same letter. Where
    nothing but initials is left of one of them, the initials decide.
    """
    a, b = name_words(one), name_words(other)
    if not a or not b:
        return False
    whole_a, whole_b = _whole(a), _whole(b)
    if not whole_a or not whole_b:
        initials_a, initials_b = {word[0] for word in a}, {word[0] for word in b}
        return initials_a <= initials_b or initials_b <= initials_a
    shared = whole_a & whole_b
    if a[0][0] == b[0][0] and shared:
        return True
    # One of them may give the last name alone, or the last name first; initials that contradict tell two people apart.
    return (whole_a <= whole_b or whole_b <= whole_a) and not (len(a) == len(b) and whole_a != whole_b)


def _whole(words: tuple[str, ...]) -> frozenset[str]:
    return frozenset(word for word in words if len(word) > 1)


def professional_names(context: RuleContext) -> tuple[str, ...]:
    """Names of the professionals who attended, each once; those named in the encounter where attendance names none."""
    named = [entry.professional for entry in facts.attendance(context) if entry.professional]
    if not named:
        named = [person.name for person in context.case.encounter.professionals]
    distinct: list[str] = []
    for name in named:
        if not any(same_person(name, known) for known in distinct):
            distinct.append(name)
    return tuple(distinct)


def valid_signatures(context: RuleContext) -> tuple[Signature, ...]:
    """Signatures that stand and are not the technologist's: signed, no draft."""
    technologists = context.case.encounter.technologists
    names = professional_names(context)
    return tuple(s for s in context.case.signatures if s.signed and not s.draft and not _by_technologist(s, technologists, names))


def completing_signature(context: RuleContext) -> tuple[Signature, date] | None:
    """The signature with which the last attending professional had signed for the first time, and its date.

    Signatures that name none of the professionals count only where no signature names one. None if no date is known.
    """
    service = facts.day(context)
    stamped = [(s, s.at) for s in valid_signatures(context) if s.at is not None and s.at >= service]
    own: list[tuple[Signature, date]] = []
    for name in professional_names(context):
        theirs = [(s, at) for s, at in stamped if s.by is not None and same_person(s.by, name)]
        if theirs:
            own.append(min(theirs, key=lambda pair: pair[1]))
    if own:
        return max(own, key=lambda pair: pair[1])
    return min(stamped, key=lambda pair: pair[1]) if stamped else None


def _by_technologist(signature: Signature, technologists: tuple[Person, ...], professionals: tuple[str, ...]) -> bool:
    signer = signature.by
    if signer is None or any(same_person(signer, name) for name in professionals):
        return False
    return any(same_person(signer, person.name) for person in technologists)
