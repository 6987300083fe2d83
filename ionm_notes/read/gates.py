"""In which statements the gate of a pattern is open, for all gates of the vocabulary at once: read `Reading.matches` first.

A gate is a list of entries: letters that stand anywhere, or `=word` for a whole word, whatever case they are in. Every word of a
text is asked once which entries it holds, and the same words come again in the next text; entries of several words, or with marks
in them, are looked for only where their longest word stands in the text.
"""

from __future__ import annotations

import bisect
import functools
import re
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
    longer: dict[_Gate, tuple[tuple[int, str], ...]]
    """For each gate its entries of several words or with marks, with their numbers."""
    parts: dict[str, set[int]]
    words: dict[str, set[int]]
    lengths: tuple[int, ...]
    """Of the letters in `parts`, each length once."""
    count: int


@functools.cache
def _book() -> _Book:
    gates = {gate: at for at, gate in enumerate(dict.fromkeys(p.gate for p in vocabulary().patterns.values() if p.gate))}
    parts: dict[str, set[int]] = {}
    words: dict[str, set[int]] = {}
    numbers: dict[str, int] = {}
    for gate, at in gates.items():
        for entry in gate:
            if not _is_plain(entry):
                own = numbers.setdefault(entry, len(gates) + len(numbers))
                longest = max(_WORD.findall(entry), key=len, default="")
                parts.setdefault(longest.lower(), set()).add(own)
            elif entry[0] == "=":
                words.setdefault(entry[1:].lower(), set()).add(at)
            else:
                parts.setdefault(entry.lower(), set()).add(at)
    longer = {gate: tuple((numbers[entry], entry) for entry in gate if entry in numbers) for gate in gates}
    return _Book(gates, longer, parts, words, tuple(sorted(set(map(len, parts)))), len(gates) + len(numbers))


def _is_plain(entry: str) -> bool:
    """Whether an entry lies within a word wherever it stands."""
    return _WORD.fullmatch(entry, entry[0] == "=") is not None


@functools.lru_cache(maxsize=65_536)
def _opened_by(word: str) -> tuple[int, ...]:
    """The numbers of what a word in small letters opens."""
    book = _book()
    found = set(book.words.get(word, ()))
    for length in book.lengths:
        for low in range(len(word) - length + 1):
            found |= book.parts.get(word[low : low + length], set())
    return tuple(found)


class Gates:
    """The gates of one text, whose statements begin at `starts`."""

    __slots__ = ("_open", "_starts", "_text")

    def __init__(self, text: str, starts: Sequence[int]) -> None:
        self._text = (text if text.isascii() else text.translate(_ALIKE)).lower()
        self._starts = starts
        self._open: list[int] | None = None

    def statements(self, gate: _Gate) -> list[int]:
        """The numbers, from 0, of the statements in which an entry of a gate of the vocabulary begins."""
        if self._open is None:
            self._open = self._look()
        book = _book()
        bits = self._open[book.gates[gate]]
        for number, entry in book.longer[gate]:
            if self._open[number]:
                for place in self._places(entry):
                    bits |= 1 << max(0, bisect.bisect_right(self._starts, place) - 1)
        found = []
        while bits:
            first = bits & -bits
            found.append(first.bit_length() - 1)
            bits ^= first
        return found

    def _look(self) -> list[int]:
        """For each number of the book the statements in which a word opens it, a bit for each."""
        held: dict[str, int] = {}
        ends = [*self._starts[1:], len(self._text)]
        for at, (low, high) in enumerate(zip([0, *self._starts[1:]], ends, strict=True)):
            for word in set(_WORD.findall(self._text, low, high)):
                held[word] = held.get(word, 0) | 1 << at
        opened = [0] * _book().count
        for word, statements in held.items():
            for number in _opened_by(word):
                opened[number] |= statements
        return opened

    def _places(self, entry: str) -> Iterator[int]:
        """Where an entry begins."""
        text, whole = self._text, entry[0] == "="
        letters = entry[whole:].lower()
        at = text.find(letters)
        while at >= 0:
            end = at + len(letters)
            if not whole or not (text[max(0, at - 1) : at].isalnum() or text[end : end + 1].isalnum()):
                yield at
            at = text.find(letters, at + 1)
