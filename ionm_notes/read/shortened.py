"""Muscles whose names are cut short word by word ('bicep fem', 'ext. digitorum'), found by the full names of the vocabulary.

Each word of a name of several may stop after three letters or more, where the pattern is tagged `cut_short`: short words of other
names mean other things ('Med Rec' is no medial rectus).
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator

from ionm_notes.read.expression import expression

_LEAST = 3
"""Letters that are left of a word at least."""
Name = tuple[str, tuple[str, ...]]
"""The id of a pattern and the words of one of its names."""


def names(patterns: Iterable[tuple[str, Iterable[str]]]) -> tuple[Name, ...]:
    """The names of several words, each of letters alone, with the ids of their patterns."""
    found = []
    for name, phrases in patterns:
        for phrase in phrases:
            words = tuple(phrase.lower().split())
            if 1 < len(words) < 4 and all(word.isalpha() and len(word) > _LEAST for word in words) and "muscle" not in phrase:
                found.append((name, words))
    return tuple(dict.fromkeys(found))


@functools.cache
def _source(known: tuple[Name, ...]) -> str:
    """Any two or three words that begin as those of a name do."""
    begins = sorted({tuple(word[:_LEAST] for word in words) for _, words in known})
    word = r"[a-z]*\.?"
    return "|".join(r"\s+".join(f"{begin}{word}" for begin in parts) for parts in sorted(begins, key=len, reverse=True))


def shortened(text: str, known: tuple[Name, ...]) -> Iterator[tuple[str, int, int]]:
    """The id, start and end of each name cut short in a text."""
    if not known:
        return
    for match in expression(rf"(?<![\w-])(?:{_source(known)})(?![\w-])").finditer(text):
        said = re.sub(r"\.", "", match.group().lower()).split()
        for name, words in known:
            if len(words) == len(said) and all(map(str.startswith, words, said)):
                yield name, match.start(), match.end()
                break
