"""A short entry as the features that the trained model weighs: words, pairs, beginnings, letters, and what patterns know of it.

Used alike for training (`models/rows/train.py`) and for reading; a change here asks for training again.
"""

from __future__ import annotations

import functools
import re
import zlib
from collections.abc import Iterator

from ionm_notes.read.expression import Expression, expression
from ionm_notes.read.vocabulary import vocabulary

SIZE = 1 << 14
"""How many places the features are hashed to."""
_TOKEN = re.compile(r"[^\W\d_]+|\d+")
_FIGURE = re.compile(r"\d")
_NAMED = expression(r"\b(?:dr\.?|doctor)\s+[\w'’-]+(?:,?\s*(?:md|do|phd)\b\.?)?|\b[\w'’-]+,?\s+(?:md|do|phd)\b\.?")


@functools.cache
def _tags() -> tuple[tuple[str, Expression], ...]:
    """What `patterns/composed.toml` knows of things and actions, by id."""
    return tuple(
        (pattern.id.removeprefix("composed."), expression(pattern.source, r"(?<![\w'’])", r"(?![\w'’])"))
        for pattern in vocabulary().group("composed")
    )


def folded(text: str) -> str:
    """A text in small letters; its length may change."""
    low = text.lower()
    # The only letters beyond ASCII that an expression without regard to case takes for ASCII letters and `lower` does not.
    return low if low.isascii() else low.replace("\u017f", "s").replace("\u0131", "i")


@functools.lru_cache(maxsize=256)
def _doctor(name: str) -> Expression:
    """A professional of this surname with given name and degree."""
    return Expression(rf"(?:\b[A-Z][a-z]+ )?\b{re.escape(name)}\b(?:,?\s*(?:MD|DO|PhD)\b)?")


def normal(text: str, doctors: frozenset[str] = frozenset()) -> str:
    """Small letters, one word for every professional's name, one figure for every number."""
    text = _NAMED.sub(" drname ", text.replace("_", " ").replace("|", " "))
    low = folded(text) if doctors else ""
    for name in doctors:
        if name in low:
            text = _doctor(name).sub(" drname ", text)
    return " ".join(_FIGURE.sub("0", text.lower()).split())


def _place(feature: str) -> int:
    return zlib.crc32(feature.encode()) % SIZE


@functools.lru_cache(maxsize=8192)
def _of_word(word: str) -> tuple[tuple[int, float], ...]:
    """Places and weights of a word, its beginning, and its runs of three and four letters."""
    framed = f"^{word}$"
    runs = [framed[i : i + n] for n in (3, 4) for i in range(len(framed) - n + 1)]
    return (_place(f"w {word}"), 1.0), (_place(f"p {word[:4]}"), 1.0), *((_place(f"c {run}"), 0.5) for run in runs)


@functools.lru_cache(maxsize=8192)
def _of_pair(first: str, second: str) -> int:
    return _place(f"b {first} {second}")


def _of_meaning(text: str) -> Iterator[tuple[int, float]]:
    """What patterns know of the things and actions in an entry."""
    found = {name for name, tag in _tags() if tag.search(text)}
    yield from ((_place(f"t {name}"), 3.0) for name in found)
    yield from ((_place(f"tt {a} {b}"), 3.0) for a in found for b in found if a.startswith("thing") and b.startswith("action"))


def words_of(entry: str) -> list[str]:
    """The words of an entry that is `normal` already, for what they mean."""
    return ["physician" if word == "drname" else word for word in _TOKEN.findall(entry)]


def features(text: str, doctors: frozenset[str] = frozenset()) -> dict[int, float]:
    """Place to weight; the weights of an entry make a vector of length one."""
    return features_of(normal(text, doctors))


def features_of(entry: str) -> dict[int, float]:
    """`features` of an entry that is `normal` already."""
    words = _TOKEN.findall(entry)
    kinds: dict[int, float] = {}
    for word in words:
        kinds.update(_of_word(word))
    kinds.update((_of_pair(a, b), 1.0) for a, b in zip(["^", *words], [*words, "$"], strict=True))
    kinds.update(_of_meaning(entry))
    kinds[_place(f"n {min(len(words), 9)}")] = 1.0
    length = sum(v * v for v in kinds.values()) ** 0.5 or 1.0
    return {place: value / length for place, value in kinds.items()}
