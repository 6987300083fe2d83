"""Whether a clause says that the professional watched this case alone, or others beside it, in words that no pattern holds.

A clause is taken thing by thing (`patterns/caseload.toml`): denial, other, case, attention, only, how many, at once. A letter
stands for each, and the orders of letters that mean 'alone' or 'shared' are the rules of this module. 'There was never a second
screen on her desk' and 'she kept to this operation and left the rest to colleagues' need no pattern of their own.
Source of the two meanings: the contract's exclusivity of attendance.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from ionm_notes.read.reading import Reading
from ionm_notes.read.said import Said
from ionm_notes.read.vocabulary import vocabulary

_LONGEST = 400
"""Characters of the longest statement that is taken thing by thing."""

_LETTERS = {
    "technologist": "K", "unshared": "D", "split": "V", "save": "X", "at-once": "S", "none": "N", "attention": "a", "full": "F", "many": "M", "only": "L",
    "other": "O", "case": "C", "display": "Q", "this": "T", "attends": "A", "monitoring": "m", "professional": "P",
}  # fmt: skip
"""A letter for each thing; where two things begin at one place, the one that stands first here wins."""
_WORD = re.compile(r"[^\W_](?:[\w'’-]*[^\W_])?|[:;,()=]")
_THINGS = {"CASE": "[CQ]", "WATCH": "[AaQmP]", "STRONG": "[AaQ]", "THIS": "[TP]"}


def _rules(*rules: str) -> re.Pattern[str]:
    for name, letters in _THINGS.items():
        rules = tuple(rule.replace(name, letters) for rule in rules)
    return re.compile("|".join(f"(?:{rule})" for rule in rules))


_ALONE = _rules(
    r"D",  # 'attention was not divided'
    r"F\.{0,2}a",  # 'her entire attention'
    r"a[.TPm]{0,3}F",  # 'attention was undivided'
    r"N[^N:;(]{0,6}?[OS][.TAPm]{0,3}CASE",  # 'no second patient', 'nor was any other operation'
    r"NO(?![.]{0,2}[CQ])",  # 'nobody else'
    r"N[^N:;(,]{0,3}?A[^N:;(,]{0,4}?O",  # 'did not watch any other patient', 'not responsible for another'
    r"N[.TP]{0,2}CASE[^N:;(,]{0,4}?(?:S|O)",  # 'no patient besides', 'no case but this one'
    r"WATCH[^N:;(]{0,5}?L[.TP]{0,3}CASE",  # 'watched only this patient'
    r"WATCH[^N:;(]{0,4}?THISCASE\.{0,1}L",  # 'followed this patient alone'
    r"THISCASE[.TP]{0,2}L[^:;]{0,8}?WATCH",  # 'to this case alone attention was given'
    r"LCASE[^:;]{0,8}?WATCH",  # 'the only patient under observation'
    r"N[^N:;(]{0,6}?X[.]{0,2}(?:T|C|L|\.$|\.[^N]{0,3}$)",  # 'nobody but this boy', 'no traces before me but Tobiah's'
    r"A[^N:;(]{0,4}?LCASE\.{0,2}S",  # 'covers one case at a time'
)
_SHARED = _rules(
    r"WATCH[^N:;(]{0,6}?M[OS]{0,2}\.?[OST]?CASE",  # 'covered three rooms'
    r"M[OS]{0,2}\.?[OS]?CASE[^N:;]{0,6}?(?:STRONG|S)",  # 'two further patients were on the board'
    r"S[^N:;(]{0,5}?O[.]{0,2}CASE",  # 'while also following another patient'
    r"A[^N:;(]{0,5}?O[.]{0,2}CASE[^N:;]{0,4}?S",  # 'watched another room at the same time'
    r"O[.]{0,2}CASE[^N:;]{0,5}?(?:S|A)",  # 'another operation ran in parallel'
    r"WATCH[^N:;(]{0,6}?V[^N:;]{0,6}?(?:M|O|CASE)",  # 'attention was split with another'
    r"A[^N:;(]{0,4}?THIS[CQ]?[^N:;(]{0,3}?LOCASE",  # 'covered this and one other room'
)


@dataclass(frozen=True, slots=True)
class Caseload:
    """What a clause says of other cases: offsets into the clause of the words that say it."""

    what: Literal["exclusive", "shared"]
    start: int
    end: int


_BEFORE = re.compile(r"\bhad\s+(?:also\s+|already\s+)?been\b|\b(?:would|will|might|may|could|should|must)\b", re.I)
"""What had been before, or would be, is not what was."""
_ANSWER = re.compile(r"^.*[:?=]")
_FEWEST = 4
"""Words of a clause behind a colon that is taken thing by thing; shorter ones are answers of a form."""


def caseload(text: str) -> Caseload | None:
    """What a clause says of the professional's other cases, None where it says nothing or two things."""
    asked = _ANSWER.match(text)
    skipped = asked.end() if asked else 0
    if _BEFORE.search(text):
        return None
    letters, spans = _spelled(text[skipped:])
    if skipped and len(letters) < _FEWEST:
        return None
    if "K" in letters or not _watches(letters):
        return None
    alone, shared = _ALONE.search(letters), _SHARED.search(letters)
    if alone and shared and "N" in alone.group() and alone.start() <= shared.start():
        shared = None  # 'did not watch a second room at the same time': the denial reaches to the end
    if (alone is None) == (shared is None):
        return None
    found = alone or shared
    assert found is not None
    first, last = spans[found.start()], spans[found.end() - 1]
    return Caseload("exclusive" if alone else "shared", skipped + first[0], skipped + last[1])


def stated_caseloads(reading: Reading) -> Iterator[Said]:
    """What every statement of a document says of the professional's other cases."""
    words = vocabulary()
    for unit in reading.units:
        if unit.kind == "running" or unit.end - unit.start > _LONGEST:
            continue
        text = reading.unit_text(unit)
        if not words.regex("caseload.named").search(text):
            continue
        for low, high in _clauses(text):
            found = caseload(text[low:high])
            if found is not None:
                start, end = unit.start + low + found.start, unit.start + low + found.end
                yield Said(found.what, start, end, unit, "", reading.evidence(start, end))


def _clauses(text: str) -> Iterator[tuple[int, int]]:
    """The cells of a row and the parts between semicolons."""
    at = 0
    for sign in re.finditer(r"[\t;|]|$", text):
        if sign.start() > at:
            yield at, sign.start()
        at = sign.end()


def _watches(letters: str) -> bool:
    """Whether the clause speaks of watching: by a verb or attention, or by the professional and the time of monitoring."""
    return not {"A", "a", "D", "Q"}.isdisjoint(letters) or {"m", "P"} <= set(letters)


def _spelled(text: str) -> tuple[str, list[tuple[int, int]]]:
    """The clause as letters, one for each thing or other word, with the place of each."""
    things: dict[int, tuple[int, str]] = {}
    for name, letter in _LETTERS.items():
        for match in _pattern(name).finditer(text):
            things.setdefault(match.start(), (match.end(), letter))
    letters, spans, at = [], [], 0
    for word in _WORD.finditer(text):
        if word.start() < at:
            continue
        end, letter = things.get(word.start(), (word.end(), word.group() if word.group() in ":;,()=" else "."))
        letters.append(letter)
        spans.append((word.start(), end))
        at = end
    return "".join(letters), spans


@functools.cache
def _pattern(name: str) -> re.Pattern[str]:
    return vocabulary().regex(f"caseload.{name}")
