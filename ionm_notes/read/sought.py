"""An expression of the vocabulary, tried only where it can match: the same matches as by the expression itself, in less time.

The expressions are long choices between wordings, of which a text holds next to none. `Sought` takes a choice apart; only the
wordings whose needles (`needles.py`) stand in the text are looked for, and where one of them begins, the whole expression says
what matches there. Nothing is compiled before it is needed.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Sequence

from ionm_notes.read.needles import folded, grams, needle_grams

_MANY = 8
"""So many wordings at once are looked for faster by the whole expression."""


@functools.lru_cache(maxsize=512)
def grams_of(text: str) -> frozenset[str]:
    """The runs of three letters in a text; kept for a while, for a line is asked about many times."""
    return frozenset(grams(folded(text)))


class Sought:
    """One expression, without regard to case. `before` and `behind` stand around each of its wordings."""

    __slots__ = ("_before", "_behind", "_source", "_wordings", "grams")
    _wordings: list[tuple[str, frozenset[str] | None]]

    def __init__(self, source: str, before: str = "", behind: str = "") -> None:
        self._source, self._before, self._behind = source, before, behind
        parts = [(part, *needle_grams(part)) for part in choices(source)]
        # What can match nothing at all is left whole: empty matches follow rules of their own.
        whole = any(shortest == 0 for *_, shortest in parts)
        self._wordings = [(source, None)] if whole else [(part, asked) for part, asked, _ in parts]
        told = [asked for _, asked in self._wordings]
        self.grams = None if None in told else frozenset().union(*(asked for asked in told if asked))
        """Runs of letters of which one stands in whatever matches; None where nothing can be said."""

    @property
    def regex(self) -> re.Pattern[str]:
        """The expression itself."""
        return _compiled(self._source, self._before, self._behind)

    def finditer(self, text: str, found: frozenset[str], low: int = 0, high: int | None = None) -> Iterator[re.Match[str]]:
        """Every match between two offsets as `re` gives them. `found`: `grams_of` that stretch, or of a longer one."""
        high = len(text) if high is None else high
        live = [part for part, asked in self._wordings if asked is None or not asked.isdisjoint(found)]
        if not live:
            return
        if len(live) > _MANY or len(live) == len(self._wordings):
            yield from self.regex.finditer(text, low, high)
            return
        ahead: list[tuple[int, re.Pattern[str]]] = []
        for part in live:
            wording = _compiled(part, self._before, self._behind)
            first = wording.search(text, low, high)
            if first is not None:
                ahead.append((first.start(), wording))
        whole = self.regex if ahead else None
        while ahead and whole is not None:
            match = whole.match(text, min(ahead, key=_place)[0], high)
            assert match is not None  # one of its wordings begins there
            yield match
            low = match.end()
            ahead = [again for start, wording in ahead if (again := _next(start, wording, text, low, high))]

    def search(self, text: str, found: frozenset[str] | None = None) -> re.Match[str] | None:
        """The first match in a text."""
        return next(self.finditer(text, grams_of(text) if found is None else found), None)


def _place(item: tuple[int, re.Pattern[str]]) -> int:
    return item[0]


def _next(start: int, wording: re.Pattern[str], text: str, low: int, high: int) -> tuple[int, re.Pattern[str]] | None:
    if start >= low:
        return start, wording
    match = wording.search(text, low, high)
    return None if match is None else (match.start(), wording)


@functools.cache
def _compiled(source: str, before: str, behind: str) -> re.Pattern[str]:
    return re.compile(f"{before}(?:{source}){behind}" if before or behind else source, re.IGNORECASE)


@functools.cache
def sought(source: str, before: str = "", behind: str = "") -> Sought:
    """The expression, taken apart once a process."""
    return Sought(source, before, behind)


def choices(source: str) -> list[str]:
    """The wordings between which an expression chooses at its top: 'a|(?:b|c)' gives a, b and c."""
    parts = _split(source)
    if len(parts) == 1:
        inner = _unwrapped(source)
        return choices(inner) if inner is not None else [source]
    return [wording for part in parts for wording in choices(part)]


def _split(source: str) -> list[str]:
    parts, depth, start = [], 0, 0
    for at, mark in _marks(source):
        if mark == "(":
            depth += 1
        elif mark == ")":
            depth -= 1
        elif depth == 0:
            parts.append(source[start:at])
            start = at + 1
    return [*parts, source[start:]]


def _unwrapped(source: str) -> str | None:
    """What stands within '(?:...)' where that is the whole of it."""
    if not (source.startswith("(?:") and source.endswith(")")):
        return None
    depth = 0
    for at, mark in _marks(source):
        depth += {"(": 1, ")": -1}.get(mark, 0)
        if depth == 0:
            return source[3:-1] if at == len(source) - 1 else None
    return None


def _marks(source: str) -> Iterator[tuple[int, str]]:
    """Places of the brackets and bars that are no letters: not behind a backslash, not in a class of characters."""
    at, end = 0, len(source)
    while at < end:
        mark = source[at]
        if mark == "\\":
            at += 1
        elif mark == "[":
            at += 2 if source[at + 1] != "^" else 3  # a bracket that closes a class is a letter where it comes first
            while source[at] != "]":
                at += 2 if source[at] == "\\" else 1
        elif mark in "()|":
            yield at, mark
        at += 1


class Screen:
    """Many expressions held against a text at once; `possible` says which of them are worth trying."""

    def __init__(self, expressions: Sequence[Sought]) -> None:
        """`expressions` are known from now on by their place in the sequence."""
        asked: dict[str, set[int]] = {}
        self._always = [index for index, one in enumerate(expressions) if one.grams is None]
        for index, one in enumerate(expressions):
            for gram in one.grams or ():
                asked.setdefault(gram, set()).add(index)
        self._asked = {gram: frozenset(indices) for gram, indices in asked.items()}
        self._grams = frozenset(self._asked)

    def possible(self, found: frozenset[str]) -> list[int]:
        """The places of the expressions that may match a text with these runs of letters, in order."""
        told = self._grams & found
        return sorted(set(self._always).union(*(self._asked[gram] for gram in told))) if told else self._always
