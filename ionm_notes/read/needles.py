"""Letters without which an expression cannot match, so that most expressions need not be tried on most texts.

`needles` takes an expression apart and says which strings, one of them at least, stand in every text that it matches. A text is
cut into all its runs of three letters (`grams`); an expression whose needles are not among them is passed over (`sought.py`).
Passing over never changes what is found, only how long it takes; an expression that cannot be taken apart is always tried.
"""

from __future__ import annotations

import importlib
from collections.abc import Iterable
from typing import Any

GRAM = 3
"""Length of the runs of letters that a text is cut into."""
_MOST = 400
"""More needles than this for one expression say too little to be worth their time."""
_COMMON = " etaoinsrhldcumfpgwybvkxjqz"
"""The letters of a record, the commonest first."""
Needles = frozenset[str]

# What Python itself takes expressions apart with. Its tree may change between versions: what is not known here counts as
# 'anything', and a test holds every shipped expression against its examples.
_parser: Any = importlib.import_module("re._parser")


def folded(text: str) -> str:
    """A text in the small letters of needles; its length may change."""
    low = text.lower()
    # The only letters beyond ASCII that an expression without regard to case takes for ASCII letters and `lower` does not.
    return low if low.isascii() else low.replace("\u017f", "s").replace("\u0131", "i")


def grams(text: str) -> set[str]:
    """All runs of three characters of a folded text."""
    return set(map("".join, zip(text, text[1:], text[2:], strict=False)))


def needles(source: str) -> Needles | None:
    """Small letters of which at least one entry stands in whatever the expression matches; None where nothing can be said."""
    return _needles(_parser.parse(source))


def _needles(tree: Any) -> Needles | None:
    found = _of_sequence(tree)
    return found if found and len(found) <= _MOST and min(map(len, found)) >= GRAM else None


def _of_sequence(items: Iterable[tuple[Any, Any]]) -> Needles | None:
    """The best needles of parts that follow one another: those whose shortest is longest."""
    best: Needles | None = None
    heads: list[str] | None = [""]
    """What stands at this place as far as it is known letter by letter; None after something open."""

    def settle() -> None:
        nonlocal best
        if heads and all(heads):
            best = _better(best, frozenset(heads))

    for kind, value in items:
        name = str(kind)
        letters = _letters(name, value)
        if letters is not None and heads is not None and len(heads) * len(letters) <= _MOST:
            heads = [head + letter for head in heads for letter in letters]
            continue
        if name in ("AT", "ASSERT", "ASSERT_NOT"):
            continue
        settle()
        heads = [""]
        best = _better(best, _of_part(name, value))
    settle()
    return best


def _letters(name: str, value: Any) -> list[str] | None:
    """The few letters that may stand at one place, or strings of a group of simple choices; None for anything else."""
    if name == "LITERAL":
        return [chr(value).lower()] if value < 128 else None
    if name == "IN":
        if not all(str(kind) == "LITERAL" and code < 128 for kind, code in value) or len(value) > 4:
            return None
        return sorted({chr(code).lower() for _, code in value})
    if name in ("SUBPATTERN", "BRANCH", "MAX_REPEAT"):
        return _spelled(name, value)
    return None


def _spelled(name: str, value: Any) -> list[str] | None:
    """All strings that a small group stands for, 's?' and '(?:a|e)' among them; None where it stands for more than a few."""
    if name == "SUBPATTERN":
        return _spelled_sequence(value[3])
    if name == "BRANCH":
        branches = [_spelled_sequence(branch) for branch in value[1]]
        out: list[str] = []
        for branch in branches:
            if branch is None:
                return None
            out += branch
        return out if len(out) <= 40 else None
    low, high, inner = value
    if high != 1:
        return None
    told = _spelled_sequence(inner)
    return None if told is None else told if low == 1 else ["", *told]


def _spelled_sequence(items: Iterable[tuple[Any, Any]]) -> list[str] | None:
    out = [""]
    for kind, value in items:
        name = str(kind)
        if name in ("AT", "ASSERT", "ASSERT_NOT"):
            continue
        letters = _letters(name, value)
        if letters is None or len(out) * len(letters) > 40:
            return None
        out = [head + letter for head in out for letter in letters]
    return out


def _of_part(name: str, value: Any) -> Needles | None:
    """The needles of one part that is no single letter."""
    if name == "SUBPATTERN":
        return _of_sequence(value[3])
    if name in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
        return _of_sequence(value[2]) if value[0] else None
    if name == "ATOMIC_GROUP":
        return _of_sequence(value)
    if name == "BRANCH":
        parts = [_of_sequence(branch) for branch in value[1]]
        return frozenset().union(*(part for part in parts if part)) if all(parts) else None
    return None


def _better(one: Needles | None, other: Needles | None) -> Needles | None:
    """Of two sets of needles the one that says more: the longer shortest entry, then the fewer entries."""
    if not one or not other:
        return one or other
    return max((one, other), key=lambda found: (min(min(map(len, found)), 6), -len(found)))


def _rarest(needle: str) -> str:
    """The run of a needle that fewest texts hold, by how common its letters are."""
    return max((needle[at : at + GRAM] for at in range(len(needle) - GRAM + 1)), key=lambda gram: sum(map(_rarity, gram)))


def _rarity(letter: str) -> int:
    place = _COMMON.find(letter)
    return len(_COMMON) if place < 0 else place


def needle_grams(source: str) -> tuple[frozenset[str] | None, int]:
    """Runs of letters, one of which at least is among `grams` of whatever the expression matches, and its shortest match.

    None: nothing can be said, so it is always to be tried.
    """
    tree = _parser.parse(source)
    found = _needles(tree)
    return None if found is None else frozenset(map(_rarest, found)), tree.getwidth()[0]
