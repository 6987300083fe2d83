"""Whether two written identities can be one patient's: forms of a name, slips of a scan, double and former names, numbers.

A record is of two patients only where its names cannot be one person's; another birth date or number counts unless it is a slip.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Iterable
from datetime import date
from difflib import SequenceMatcher
from itertools import combinations

_WORD = re.compile(r"[^\W_]+(?:['’`][^\W_]+)*")
_RANK = frozenset({"jr", "sr", "ii", "iii", "iv", "mr", "mrs", "ms", "miss", "mx", "dr", "master", "nee", "ne", "aka", "fka"})
"""Words beside a name that are no part of it."""
_MISREAD = (
    ("rn", "m"),
    ("vv", "w"),
    ("cl", "d"),
    ("ii", "u"),
    ("0", "o"),
    ("1", "l"),
    ("i", "l"),
    ("5", "s"),
    ("8", "b"),
    ("c", "e"),
)
"""Letters that a scan takes for one another; both are written as the second."""
_LONG = 5
"""Letters from which on one letter of a word may be a slip."""
_DIGITS = 5
"""Digits from which on one of a number may be a slip."""


@functools.lru_cache(maxsize=4096)
def _words(name: str) -> tuple[str, ...]:
    """The words of a name in plain small letters; both halves of a double name, no titles and no 'Jr'."""
    plain = unicodedata.normalize("NFKD", name.replace("^", " ").replace("ø", "o").replace("ł", "l"))
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    found = (re.sub(r"['’`]", "", word).lower() for word in _WORD.findall(plain))
    return tuple(word for word in found if word not in _RANK)


@functools.lru_cache(maxsize=4096)
def _as_scanned(word: str) -> str:
    for read, meant in _MISREAD:
        word = word.replace(read, meant)
    return word


def _alike(one: str, other: str) -> bool:
    """Whether two words are one, or one and its slip."""
    if one == other:
        return True
    one, other = _as_scanned(one), _as_scanned(other)
    if one == other or min(len(one), len(other)) < _LONG or abs(len(one) - len(other)) > 1:
        return one == other
    same = sum(block.size for block in SequenceMatcher(None, one, other, autojunk=False).get_matching_blocks())
    return same >= max(len(one), len(other)) - 1


def common_words(one: str, other: str) -> int:
    """How many words of a name the other has, slips allowed."""
    words, others = ([word for word in _words(name) if len(word) > 1] for name in (one, other))
    return sum(any(_alike(a, b) for b in others) for a in words)


def may_be_one(one: str, other: str) -> bool:
    """Whether two names can be one person's: a word in common, slips allowed, or the initials of the other."""
    words, others = _words(one), _words(other)
    if not words or not others:
        return True
    if common_words(one, other):
        return True
    long, longs = ([word for word in both if len(word) > 1] for both in (words, others))
    if long and longs:
        return False
    letters, wholes = (words, others) if not long else (others, words)
    firsts = [word[0] for word in wholes]
    return set(letters) <= set(firsts) or set(firsts) <= set(letters)


def one_number(one: str, other: str) -> bool:
    """Whether two record numbers, letters and digits only, can be one: letters or noughts in front, one figure misread."""
    a, b = (re.sub(r"^[^\W\d]+|^0+", "", re.sub(r"^[^\W\d]+", "", number.lower())) for number in (one, other))
    if a == b or not a or not b:
        return True
    return len(a) == len(b) >= _DIGITS and sum(x != y for x, y in zip(a, b, strict=True)) < 2


def one_birth(one: date, other: date) -> bool:
    """Whether two birth dates can be one: a figure misread or mistyped, day and month exchanged, the century left open."""
    if (one.year, one.month, one.day) == (other.year, other.day, other.month):
        return True
    a, b = f"{one:%Y%m%d}", f"{other:%Y%m%d}"
    return one == other or a[2:] == b[2:] or sum(x != y for x, y in zip(a, b, strict=True)) < 2


def numbers_differ(numbers: Iterable[str]) -> bool:
    """Whether some two numbers of one kind cannot be one."""
    return any(not one_number(a, b) for a, b in combinations(numbers, 2))


def births_differ(births: Iterable[date]) -> bool:
    """Whether some two birth dates cannot be one."""
    return any(not one_birth(a, b) for a, b in combinations(births, 2))
