"""In which statements the gate of a pattern is open, for all gates of the vocabulary at once: read `Reading.matches` first.

A gate is a list of entries: letters that stand anywhere, or `=word` for a whole word, whatever case they are in. Every word of a
text is asked once which entries it holds, and the same words come again in the next text; entries of several words, or with marks
in them, are looked for only where their longest word stands in the text.
"""

from __future__ import annotations

import bisect
import functools
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ionm_notes.read.vocabulary import vocabulary

_WORD = re.compile(r"[^\W_]+")
_ALIKE = str.maketrans("\u0130\u0131\u017f", "iis")
"""Letters beyond ASCII that an expression without regard to case takes for ASCII letters and `lower` does not."""
_Gate = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Book:
    """The entries by what opens them: letters within a word, or a whole word.

    Numbers are those of gates, and behind them of entries that a word alone does not hold.
    """

    gates: dict[_Gate, int]
    longer: tuple[tuple[str, tuple[int, ...]], ...]
    """Entries of several words or with marks, by their numbers, each with the gates that it opens."""
    within: tuple[tuple[tuple[int, str], ...], ...]
    """The same by gates: numbers and entries."""
    parts: dict[str, set[int]]
    words: dict[str, set[int]]
    lengths: tuple[int, ...]
    """Of the letters in `parts`, each length once."""


@functools.cache
def _book() -> _Book:
    gates = {gate: at for at, gate in enumerate(dict.fromkeys(p.gate for p in vocabulary().patterns.values() if p.gate))}
    parts: dict[str, set[int]] = {}
    words: dict[str, set[int]] = {}
    longer: dict[str, list[int]] = {}
    for gate, at in gates.items():
        for entry in gate:
            if not _is_plain(entry):
                longer.setdefault(entry, []).append(at)
            elif entry[0] == "=":
                words.setdefault(entry[1:].lower(), set()).add(at)
            else:
                parts.setdefault(entry.lower(), set()).add(at)
    within: list[list[tuple[int, str]]] = [[] for _ in gates]
    for number, (entry, opens) in enumerate(longer.items(), len(gates)):
        longest = max(_WORD.findall(entry), key=len, default="")
        parts.setdefault(longest.lower(), set()).add(number)
        for at in opens:
            within[at].append((number, entry))
    lengths = tuple(sorted(set(map(len, parts))))
    entries = tuple((entry, tuple(opens)) for entry, opens in longer.items())
    return _Book(gates, entries, tuple(map(tuple, within)), parts, words, lengths)


def _is_plain(entry: str) -> bool:
    """Whether an entry lies within a word wherever it stands."""
    return _WORD.fullmatch(entry, entry[0] == "=") is not None


@functools.lru_cache(maxsize=16_384)
def _opened_by(word: str) -> tuple[int, ...]:
    """The numbers of what a word in small letters opens."""
    book = _book()
    found = set(book.words.get(word, ()))
    for length in book.lengths:
        for low in range(len(word) - length + 1):
            found |= book.parts.get(word[low : low + length], set())
    return tuple(found)


def number_of(gate: _Gate) -> int:
    """The number of a gate of the vocabulary."""
    return _book().gates[gate]


def opened(text: str) -> frozenset[int]:
    """The numbers of the gates that are open in a short text."""
    text = _small(text)
    book = _book()
    found = set().union(*map(_opened_by, set(_WORD.findall(text))))
    for entry, opens in [book.longer[at - len(book.gates)] for at in found if at >= len(book.gates)]:
        if any(_places(text, entry)):
            found.update(opens)
    return frozenset(found)


def _small(text: str) -> str:
    """A text in small letters, of the same length."""
    return (text if text.isascii() else text.translate(_ALIKE)).lower()


def _places(text: str, entry: str) -> Iterator[int]:
    """Where an entry ends in a text in small letters."""
    whole = entry[0] == "="
    letters = entry[whole:].lower()
    at = text.find(letters)
    while at >= 0:
        end = at + len(letters)
        if not whole or not (text[max(0, at - 1) : at].isalnum() or text[end : end + 1].isalnum()):
            yield end
        at = text.find(letters, at + 1)


class Gates:
    """The gates of one text, whose statements begin at `starts`."""

    __slots__ = ("_open", "_starts", "_text")

    def __init__(self, text: str, starts: Sequence[int]) -> None:
        self._text, self._starts = _small(text), starts
        self._open: list[int] | None = None

    def statements(self, gate: _Gate) -> list[int]:
        """The numbers, from 0, of the statements in which an entry of a gate of the vocabulary begins."""
        if self._open is None:
            self._open = self._look()
        book, number = _book(), number_of(gate)
        bits, found = self._open[number], []
        for at, entry in book.within[number]:
            if self._open[at]:
                bits |= self._holding(entry)
        while bits:
            first = bits & -bits
            found.append(first.bit_length() - 1)
            bits ^= first
        return found

    def _look(self) -> list[int]:
        """For each number of the book the statements in which a word opens it, a bit for each."""
        book = _book()
        held: defaultdict[str, int] = defaultdict(int)
        ends = [*self._starts[1:], len(self._text)]
        for at, (low, high) in enumerate(zip([0, *self._starts[1:]], ends, strict=True)):
            for word in set(_WORD.findall(self._text, low, high)):
                held[word] |= 1 << at
        found = [0] * (len(book.gates) + len(book.longer))
        for word, statements in held.items():
            for number in _opened_by(word):
                found[number] |= statements
        return found

    def _holding(self, entry: str) -> int:
        """The statements in which an entry begins, a bit for each."""
        bits = 0
        for end in _places(self._text, entry):
            bits |= 1 << max(0, bisect.bisect_right(self._starts, end - len(entry) + (entry[0] == "=")) - 1)
        return bits
