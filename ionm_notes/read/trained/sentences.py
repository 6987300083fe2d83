"""A sentence, field or cell as the features that the model of statements weighs: words, pairs of words, and what the words mean.

Used alike for training (`models/statements/train.py`) and for reading; a change here asks for training again. People are written as
what they are ('physician', 'technologist', 'surgeon'), clock times as one word; small counts stay, for '1' and '3' cases differ.
"""

from __future__ import annotations

import functools
import re
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ionm_notes.read.expression import Expression, expression
from ionm_notes.read.trained.words import meanings

QUESTIONS: Mapping[str, tuple[str, ...]] = {
    "place": ("in_room", "nearby", "remote"),
    "exclusivity": ("exclusive", "shared"),
    "live": ("live", "afterwards"),
    "communication": ("communication",),
    "presence": ("presence",),
    "order": ("order",),
    "course": ("handover", "away", "break"),
}
"""What is asked of every sentence, with the answers that one may give; most give none."""
SIZE = 1 << 13
"""How many places words and pairs of words are hashed to."""
_CLOCK = expression(r"\b\d{1,2}[:.]\d{2}(?:[:.]\d{2})?\s*(?:[ap]\.?m\b\.?|hrs?\b|h\b)?|\b\d{4}\b")
_TECHNICAL = expression(
    r"(?:\b[A-Z][\w'’-]+,?\s+){1,3}\(?(?:CNIM|R\.?\s?EEG\.?\s?T\.?|R\.?\s?EP\.?\s?T\.?|CLTM)\b\.?\)?", cased=True
)
_MEDICAL = expression(
    r"\b(?:dr\.?|doctor)\s+[A-Z][\w'’-]+(?:,?\s*(?:md|do|phd)\b\.?)?|(?:\b[A-Z][\w'’-]+,?\s+){1,2}(?:M\.?D|D\.?O|Ph\.?D)\b\.?",
    cased=True,
)
DENIALS = frozenset({"no", "not", "none", "never", "nobody", "nothing", "neither", "nor", "without", "n", "0"})
"""Words that deny what stands behind them."""
_REACH = 5
"""How many words a 'no' reaches."""
_WORD = re.compile(r"[^\W\d_]+|\d+|[:?%]")


@functools.lru_cache(maxsize=1024)
def _person(name: str) -> Expression:
    """Somebody of this surname with titles, given names and degrees."""
    return Expression(
        rf"(?:\b(?:dr|prof|mr|ms|mrs)\.?\s+)?(?:\b(?-i:[A-Z])\w*\.?\s+){{0,2}}\b{re.escape(name)}\b"
        r"(?:,?\s*(?:M\.?D|D\.?O|Ph\.?D|CNIM|R\.?\s?EEG\.?\s?T|R\.?\s?EP\.?\s?T)\b\.?)*"
    )


def named(text: str, people: Mapping[str, str]) -> str:
    """A text with its people named by what they are, clock times as one word. `people`: surname in small letters to what that person is."""
    text = _CLOCK.sub(" clock ", text.replace("_", " ").replace("\t", " : ").replace("|", " : "))
    low = text.lower()
    for name, role in people.items():
        if name in low:
            text = _person(name).sub(f" {role} ", text)
    return _MEDICAL.sub(" doctor ", _TECHNICAL.sub(" technologist ", text))


def plain(text: str, people: Mapping[str, str]) -> list[str]:
    """The words of a text in small letters, its people `named`."""
    text = named(text, people)
    return [word if len(word) < 2 or not word.isdigit() else "00" for word in _WORD.findall(text.lower())]


def _place(feature: str) -> int:
    return zlib.crc32(feature.encode()) % SIZE


@functools.lru_cache(maxsize=16384)
def _of_word(word: str) -> tuple[int, ...]:
    return _place(f"w {word}"), _place(f"p {word[:5]}")


@functools.lru_cache(maxsize=16384)
def _of_pair(first: str, second: str) -> int:
    return _place(f"b {first} {second}")


@functools.lru_cache(maxsize=16384)
def _denied(word: str) -> int:
    return _place(f"n {word}")


def _places(words: Sequence[str]) -> list[int]:
    """The places of a sentence's words, their beginnings and pairs, and of the words that a 'no' or 'not' stands before."""
    found = {place for word in words for place in _of_word(word)}
    found.update(map(_of_pair, ["^", *words], [*words, "$"]))
    for at, word in enumerate(words):
        if word in DENIALS:
            found.update(map(_denied, words[at + 1 : at + 1 + _REACH]))
    return list(found)


@dataclass(frozen=True, slots=True)
class Features:
    """Features of several sentences: `places` and `weights` one after another, where each sentence `starts`, and the meanings as rows."""

    places: Any
    weights: Any
    starts: Any
    meanings: Any


def features(sentences: Sequence[Sequence[str]]) -> Features:
    """The features of sentences given as their words, none of them empty; both halves have length one."""
    import numpy

    found = [_places(words) for words in sentences]
    counts = numpy.array([len(places) for places in found])
    return Features(
        numpy.array([place for places in found for place in places]),
        numpy.repeat(counts**-0.5, counts),
        numpy.concatenate([[0], numpy.cumsum(counts)[:-1]]),
        meanings(sentences),
    )
