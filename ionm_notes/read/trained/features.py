"""A short entry as the features that the trained model weighs: words, pairs, beginnings, letters, and what patterns know of it.

Used alike for training (`models/rows/train.py`) and for reading; a change here asks for training again.
"""

from __future__ import annotations

import functools
import re
import zlib
from collections.abc import Iterator

from ionm_notes.read.vocabulary import compiled, vocabulary

SIZE = 1 << 14
"""How many places the features are hashed to."""
_TOKEN = re.compile(r"[^\W\d_]+|\d+")
_NAMED = re.compile(r"\b(?:dr\.?|doctor)\s+[\w'’-]+(?:,?\s*(?:md|do|phd)\b\.?)?|\b[\w'’-]+,?\s+(?:md|do|phd)\b\.?", re.I)


@functools.cache
def _tags() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """What `patterns/composed.toml` knows of things and actions, by id."""
    return tuple(
        (pattern.id.removeprefix("composed."), compiled(rf"(?<![\w'’])(?:{pattern.source})(?![\w'’])"))
        for pattern in vocabulary().group("composed")
        if pattern.id != "composed.filler"
    )


def normal(text: str, doctors: frozenset[str] = frozenset()) -> str:
    """Small letters, one word for every professional's name, one figure for every number."""
    text = _NAMED.sub(" drname ", text.replace("_", " ").replace("|", " "))
    for name in doctors:
        text = re.sub(rf"(?:\b[A-Z][a-z]+ )?\b{re.escape(name)}\b(?:,?\s*(?:MD|DO|PhD)\b)?", " drname ", text, flags=re.I)
    return " ".join(re.sub(r"\d", "0", text.lower()).split())


def _strings(text: str) -> Iterator[str]:
    words = _TOKEN.findall(text)
    for word in words:
        yield f"w {word}"
        yield f"p {word[:4]}"
        framed = f"^{word}$"
        yield from (f"c {framed[i : i + n]}" for n in (3, 4) for i in range(len(framed) - n + 1))
    yield from (f"b {a} {b}" for a, b in zip(["^", *words], [*words, "$"], strict=True))
    found = {name for name, pattern in _tags() if pattern.search(text)}
    yield from (f"t {name}" for name in found)
    yield from (f"tt {a} {b}" for a in found for b in found if a.startswith("thing") and b.startswith("action"))
    yield f"n {min(len(words), 9)}"


def features(text: str, doctors: frozenset[str] = frozenset()) -> dict[int, float]:
    """Place to weight; the weights of an entry make a vector of length one."""
    kinds = {
        zlib.crc32(s.encode()) % SIZE: 3.0 if s[0] == "t" else 0.5 if s[0] == "c" else 1.0
        for s in _strings(normal(text, doctors))
    }
    length = sum(v * v for v in kinds.values()) ** 0.5 or 1.0
    return {place: value / length for place, value in kinds.items()}
