"""Whether two written names are of one person, more strictly than reading needs it: money hangs on whose line it is.

Given names that both sides write out must be equal: Ann and Amy Arden, or twins of one birth date, are two people.
"""

from __future__ import annotations

from functools import lru_cache

from ionm_notes.parts.patients import Owner, other_patient
from ionm_notes.read.names import names_in

SHORTEST_NUMBER = 4
"""Shorter ones are no record numbers but pieces of text."""


@lru_cache(maxsize=20_000)
def parted(name: str) -> tuple[str, str]:
    """Given name and surname in lower case without title, credentials and middle names; the given name may be an initial or ''.

    'Dr. Ann B. Arden, MD' and 'ARDEN, ANN' are both ('ann', 'arden').
    """
    found = names_in(name, 0, len(name))
    bare = found[0].name if found else name
    if "," in bare:
        last, first = (part.strip() for part in bare.split(",", 1))
    else:
        words = bare.split()
        last, first = (words[-1], " ".join(words[:-1])) if words else ("", "")
    given = first.split()
    return (given[0].strip(".").lower() if given else ""), last.lower()


def same_name(one: str, other: str) -> bool:
    """Whether two names can be one person's: equal surnames, and given names that are equal, or one the other's initial.

    A side without a given name is no evidence against it.
    """
    (first, last), (other_first, other_last) = parted(one), parted(other)
    if not last or last != other_last:
        return False
    if not first or not other_first:
        return True
    short = min(len(first), len(other_first)) == 1
    return first[0] == other_first[0] if short else first == other_first


def full_name(one: str, other: str) -> bool:
    """Whether two names are the same and both are written with a given name."""
    return same_name(one, other) and min(len(parted(one)[0]), len(parted(other)[0])) > 1


def one_name(owner: Owner) -> str:
    """The longest of the names under which a document speaks of its patient; '' where there is none, or they are of several."""
    longest = max(owner.names, key=len, default="")
    return longest if all(same_name(name, longest) for name in owner.names) else ""


def certain(claimed: Owner, reported: Owner) -> bool:
    """Whether a claim's patient is certainly the report's: by a shared number, or by the birth date and the same name.

    A number may be a family's: birth dates that differ, or given names that do where no birth dates agree, are two people.
    """
    if other_patient(claimed, reported):
        return False
    births = bool(claimed.births & reported.births)
    if claimed.births and reported.births and not births:
        return False
    names = [(a, b) for a in claimed.names for b in reported.names]
    if any(len(number) >= SHORTEST_NUMBER for number in claimed.numbers & reported.numbers):
        return births or not names or any(same_name(a, b) for a, b in names)
    return births and any(same_name(a, b) for a, b in names)


def alike(claimed: Owner, reported: Owner) -> bool:
    """Whether both write the same full name and nothing speaks against one patient; a report of several patients never is."""
    if other_patient(claimed, reported) or not one_name(reported):
        return False
    if claimed.births and reported.births and not claimed.births & reported.births:
        return False
    return any(full_name(a, b) for a in claimed.names for b in reported.names)
