"""What words mean, as vectors: `models/words/words.npz` holds pieces of words with 96 numbers each, distilled from a sentence model.

Words that are used alike lie close together, so that what was learned of 'unhooked' says something of 'disconnected'. A word that is no
piece is the mean of its pieces; text beyond Latin letters means nothing here. Needs numpy alone; `models/words/make.py` made the table.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ionm_notes.read.trained.folder import models_folder

DIMENSIONS = 96


@dataclass(frozen=True, slots=True)
class Words:
    """The table: the place of each piece, and by place its numbers (eight bits, to be multiplied by `scale`)."""

    places: dict[str, int]
    table: Any
    scale: float


@functools.cache
def load() -> Words | None:
    """The shipped table, or None where none is shipped."""
    path = models_folder() / "words" / "words.npz"
    if not path.is_file():
        return None
    import numpy

    with numpy.load(path, allow_pickle=False) as stored:
        pieces = str(stored["pieces"]).split("\n")
        return Words({piece: place for place, piece in enumerate(pieces)}, stored["table"], float(stored["scale"]))


def pieces_of(word: str, places: Mapping[str, int]) -> tuple[int, ...]:
    """Places of the longest pieces that make up a word in small letters, from its beginning; empty where a letter is unknown."""
    found: list[int] = []
    low = 0
    while low < len(word):
        high = len(word)
        while high > low and (word[low:high] if low == 0 else f"##{word[low:high]}") not in places:
            high -= 1
        if high == low:
            return ()
        found.append(places[word[low:high] if low == 0 else f"##{word[low:high]}"])
        low = high
    return tuple(found)


@functools.lru_cache(maxsize=16384)
def vector(word: str) -> Any:
    """The numbers of one word in small letters, or None where nothing is known of it."""
    words = load()
    found = pieces_of(word, words.places) if words else ()
    if not words or not found:
        return None
    return words.table[list(found)].mean(axis=0, dtype="float32") * words.scale


def meanings(texts: Sequence[Sequence[str]]) -> Any:
    """The mean of the words of each text, as rows of length one; zeros where no word is known."""
    import numpy

    rows = numpy.zeros((len(texts), DIMENSIONS), dtype=numpy.float32)
    for row, words in zip(rows, texts, strict=True):
        known = [found for word in words if (found := vector(word)) is not None]
        if known:
            numpy.add.reduce(known, axis=0, out=row)
    lengths = numpy.linalg.norm(rows, axis=1, keepdims=True)
    return rows / numpy.where(lengths == 0, 1, lengths)
