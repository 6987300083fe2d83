"""A text as the bytes that PCRE2 searches, and what it finds there told in characters of the text; read `expression.py` first."""

from __future__ import annotations

import bisect
import functools
import unicodedata
from typing import TYPE_CHECKING, Any

from pcre2._cy import match_substring_span_bynumber as _span

if TYPE_CHECKING:
    from ionm_notes.read.expression import Expression

NARROW, WIDE, ODD = 0, 1, 2
"""What a text is written with: ASCII alone; any characters; or some of which PCRE2 and `re` think differently."""
_DIFFER = "\u0130\u0131\u180e\x1c\x1d\x1e\x1f"
"""What one engine takes for an i or for white space. The last four are ASCII; the readers of files leave none in a line."""


class Searched:
    """One text. `bytes` is the text in UTF-8, `length` its characters."""

    __slots__ = ("_ends", "_places", "alphabet", "bytes", "length", "text")

    def __init__(self, text: str) -> None:
        self.text, self.length = text, len(text)
        self._places: list[int] = []
        self._ends: list[int] = []
        if text.isascii():
            self.alphabet, self.bytes = NARROW, text.encode()
        elif any(map(_differs, set(text))):
            self.alphabet, self.bytes = ODD, b""
        else:
            self.alphabet, self.bytes = WIDE, text.encode()
            self._measure()

    def _measure(self) -> None:
        """Where the characters stand that are more than a byte, and how many bytes too many stand before what follows."""
        more = 0
        for at, char in enumerate(self.text):
            if char >= "\x80":
                more += len(char.encode()) - 1
                self._places.append(at)
                self._ends.append(at + 1 + more)

    def byte_at(self, offset: int) -> int:
        """The place among the bytes of a character's offset."""
        index = bisect.bisect_left(self._places, offset)
        return offset if index == 0 else offset + self._ends[index - 1] - self._places[index - 1] - 1

    def chars(self, span: tuple[int, int]) -> tuple[int, int]:
        """A stretch of the bytes as offsets of characters; (-1, -1) stays what it is."""
        return span if self.alphabet == NARROW or span[0] < 0 else (self._char_at(span[0]), self._char_at(span[1]))

    def _char_at(self, place: int) -> int:
        """The offset of the character that begins at a place among the bytes."""
        index = bisect.bisect_right(self._ends, place)
        return place if index == 0 else place - (self._ends[index - 1] - self._places[index - 1] - 1)


@functools.lru_cache(maxsize=1024)
def searched(text: str) -> Searched:
    """The text made ready; kept for a while, for a line is asked about many times."""
    return Searched(text)


@functools.cache
def _differs(char: str) -> bool:
    return char in _DIFFER or (char != "_" and unicodedata.category(char) in ("Mn", "Pc", "Cn", "Cs"))


class Found:
    """One match, with the methods of `re.Match` that are used: a group by number or name, its place, all groups."""

    __slots__ = ("_data", "_where", "_whole", "re")

    def __init__(self, data: Any, where: Searched, expression: Expression) -> None:
        self._data, self._where, self.re = data, where, expression
        self._whole: tuple[int, int] | None = None

    def span(self, group: int | str = 0) -> tuple[int, int]:
        """Where a group stands; (-1, -1) for one that took no part. Raises `IndexError` where there is none of that name."""
        where = self._where
        if group == 0:
            whole = self._whole
            if whole is None:
                whole = _span(self._data, where.bytes, 0)
                self._whole = whole = whole if where.alphabet == NARROW else where.chars(whole)
            return whole
        if group.__class__ is str:
            if group not in self.re.groupindex:
                raise IndexError("no such group")
            group = self.re.groupindex[group]
        return where.chars(_span(self._data, where.bytes, group))

    def start(self, group: int | str = 0) -> int:
        """Where a group begins."""
        return self.span(group)[0]

    def end(self, group: int | str = 0) -> int:
        """Where a group ends."""
        return self.span(group)[1]

    def __getitem__(self, group: int | str) -> str | None:
        start, end = self.span(group)
        return None if start < 0 else self._where.text[start:end]

    def group(self, *groups: int | str) -> Any:
        """The text of a group, or of several."""
        told = [self[group] for group in groups or (0,)]
        return told[0] if len(told) == 1 else tuple(told)

    def groups(self) -> tuple[str | None, ...]:
        """The texts of all groups."""
        return tuple(self[number] for number in range(1, self.re.count + 1))

    def groupdict(self) -> dict[str, str | None]:
        """The texts of the named groups."""
        return {name: self[name] for name in self.re.groupindex}

    @property
    def string(self) -> str:
        """The text that was searched."""
        return self._where.text
