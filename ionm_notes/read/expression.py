"""The expressions of `patterns/`, run by PCRE2, which compiles them to machine code: `re` finds the same ten times slower.

An `Expression` has the methods of a compiled expression of `re`, and finds what `re` finds without regard to case
(`tests/read/test_expression.py` holds every pattern against it). Where the two engines would differ, over a character of which
they think differently or beyond a limit of PCRE2's, `re` itself is asked. Nothing is compiled before it is needed.
"""

from __future__ import annotations

import functools
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any, cast

import pcre2

# The compiled half of the package: its methods in Python around this one take five times as long as the search of a line.
from pcre2._cy import create_match_context
from pcre2._cy import match as _search

from ionm_notes.read.hastened import hastened
from ionm_notes.read.searched import NARROW, ODD, WIDE, Found, Searched, searched

Match = re.Match[str]
"""What is found: `re`'s own, or `Found`, which has the methods of it that are used here."""
_END = sys.maxsize
_NONE: Iterator[Match] = iter(())
_ANYWHERE, _HERE, _WHOLE = 0, 3, 6
"""Where an expression is looked for: from a place on, at that place, or as all of a text. Added to the alphabet of a text, the
place of the compiled expression among those of its kind."""
_AROUND = {_ANYWHERE: ("", ""), _HERE: (r"(*NO_START_OPT)\G(?:", ")"), _WHOLE: (r"(*NO_START_OPT)\G(?:", r")\z")}
"""What is written around it for that. Where a place is given, PCRE2 is not to look first whether a letter that the expression needs
stands anywhere behind it: that goes through thousands of characters where the first one says no."""
_NO_CHECK = 0x40000000
"""PCRE2_NO_UTF_CHECK: the bytes come from a text of Python's."""
_NOT_EMPTY_HERE = 0x8
"""PCRE2_NOTEMPTY_ATSTART: behind an empty match goes on one that is not empty, or begins later."""
_FLAGS = {NARROW: pcre2.NOFLAG, WIDE: pcre2.UNICODE}
_as_match: Callable[[Any, Searched, Expression], Match] = cast(Any, Found)
_CONTEXT = create_match_context()
_EARLY, _SHORT = 2, 400
"""Searches of a short text that PCRE2 interprets before it compiles to machine code: that takes as long as interpreting a dozen
times, and of the expressions that a short document needs three in four are asked once or twice."""
_FOREIGN = re.compile(r"\\u[0-9a-fA-F]{4}|[^\x00-\x7f]")


class _LeftToRe(Exception):
    """A text over which the engines differ, or an expression that is too large for PCRE2."""


_NOT_DONE = (pcre2.LibraryError, _LeftToRe)


class Expression:
    """One expression, without regard to case unless it is `cased`.

    `lasting`: it is searched for in every document, so that it is worth writing anew (`hastened`); one of a document's names is not.
    """

    __slots__ = ("_cased", "_early", "_engines", "_lasting", "_own", "_refused", "count", "groupindex", "pattern")

    def __init__(self, source: str, *, cased: bool = False, lasting: bool = False) -> None:
        self.pattern, self._cased, self._lasting = source, cased, lasting
        self.groupindex: dict[str, int] = {}
        """Numbers of the named groups, known once it has been looked for; `count`: how many groups there are."""
        self.count = 0
        self._engines: list[Any] = [None] * 9
        self._early: dict[int, tuple[Any, int]] = {}
        """Compiled, but not yet to machine code: by the place among the engines, with how often it was searched for."""
        self._refused = False
        self._own: re.Pattern[str] | None = None

    def check(self) -> None:
        """Compiles it as `re` does, whose language it is in; raises `re.error` where that cannot be done."""
        _ = self._plain

    @property
    def left_to_re(self) -> bool:
        """Whether it has been found to be more than PCRE2 takes, so that it is searched for ten times more slowly."""
        return self._refused

    def search(self, text: str, low: int = 0, high: int = _END) -> Match | None:
        """The first match between two offsets; what stands before `low` is seen by what looks back."""
        where = searched(text)
        try:
            if where.alphabet == NARROW and (engine := self._engines[_ANYWHERE]) and low <= where.length:
                # The same as `_found`, without the call of it: two searches in three are these.
                length = where.length
                data = _search(engine, where.bytes, high if high < length else length, low, _CONTEXT, _NO_CHECK)[0]
                return None if data is None else _as_match(data, where, self)
            return self._found(_ANYWHERE, where, low, high)
        except _NOT_DONE:
            return self._plain.search(text, low, high)

    def match(self, text: str, low: int = 0, high: int = _END) -> Match | None:
        """The match that begins at `low`."""
        try:
            return self._found(_HERE, searched(text), low, high)
        except _NOT_DONE:
            return self._plain.match(text, low, high)

    def fullmatch(self, text: str) -> Match | None:
        """The match of the whole text."""
        try:
            return self._found(_WHOLE, searched(text), 0, _END)
        except _NOT_DONE:
            return self._plain.fullmatch(text)

    def finditer(self, text: str, low: int = 0, high: int = _END) -> Iterator[Match]:
        """Every match between two offsets, one after the other."""
        match: Any = self.search(text, low, high)
        if match is None:
            return _NONE  # three in four
        if match.__class__ is not Found:
            return self._plain.finditer(text, low, high)
        found: list[Any] = []
        where = searched(text)
        try:
            while match:
                found.append(match)
                begin, start = match.span()
                match = self._found(_ANYWHERE, where, start, high, 0 if begin < start else _NOT_EMPTY_HERE)
        except _NOT_DONE:
            return self._plain.finditer(text, low, high)
        return iter(found)

    def sub(self, letters: str | Callable[[Match], str], text: str) -> str:
        """The text with `letters`, as they stand or as they are made of it, in the place of each match."""
        kept, low = [], 0
        for match in self.finditer(text):
            start, end = match.span()
            kept += [text[low:start], letters if isinstance(letters, str) else letters(match)]
            low = end
        return "".join((*kept, text[low:])) if kept else text

    def _found(self, how: int, where: Searched, low: int, high: int, options: int = 0) -> Match | None:
        """The first match; raises one of `_NOT_DONE` where `re` is to be asked. It is called very often, and kept short."""
        alphabet, length = where.alphabet, where.length
        if low > length:
            low = length
        if high > length:
            high = length
        engine = self._engines[how + alphabet] or self._engine(alphabet, how, high - low <= _SHORT)
        if alphabet == WIDE:
            low, high = where.byte_at(low), where.byte_at(high)
        data = _search(engine, where.bytes, high, low, _CONTEXT, options | _NO_CHECK)[0]
        return None if data is None else _as_match(data, where, self)

    def _engine(self, alphabet: int, how: int, short: bool) -> Any:
        """The expression made ready for texts of an alphabet; to machine code when it has been searched for a few times."""
        if self._refused or alphabet == ODD:
            raise _LeftToRe
        place = how + alphabet
        compiled, searches = self._early.get(place) or (self._compiled(alphabet, how), 0)
        if short and searches < _EARLY:
            self._early[place] = compiled, searches + 1
            return compiled._pcre2_code
        self._early.pop(place, None)
        with suppress(pcre2.LibraryError):  # where a system lets no program write code for itself, PCRE2 interprets it
            compiled.jit_compile()
        self._engines[place] = compiled._pcre2_code
        return compiled._pcre2_code

    def _compiled(self, alphabet: int, how: int) -> Any:
        """The expression in PCRE2's own form."""
        source = hastened(self.pattern) if self._lasting else self.pattern
        source = source.replace(r"\Z", r"\z").join(_AROUND[how])
        if alphabet == NARROW:  # what is not ASCII matches nothing in a text of ASCII: one byte for each will do
            source = _FOREIGN.sub("\xff", source)
        try:
            flags = _FLAGS[alphabet] | (pcre2.NOFLAG if self._cased else pcre2.IGNORECASE)
            compiled = pcre2.compile(source.encode("latin-1" if alphabet == NARROW else "utf-8"), flags, jit=False)
        except pcre2.PatternError as error:  # tens of thousands of letters long, or more than PCRE2 knows
            self._refused = True
            raise _LeftToRe from error
        self.groupindex, self.count = dict(compiled.groupindex), compiled.groups
        return compiled

    @property
    def _plain(self) -> re.Pattern[str]:
        if self._own is None:
            self._own = re.compile(self.pattern, 0 if self._cased else re.IGNORECASE)
        return self._own


def blank(found: Match) -> str:
    """As many spaces as there are letters in what was found, so that whatever stands behind it keeps its place."""
    return " " * len(found.group())


@functools.cache
def expression(source: str, before: str = "", behind: str = "", *, cased: bool = False) -> Expression:
    """The expression, made once a process; `before` and `behind` stand around it as a whole."""
    return Expression(f"{before}(?:{source}){behind}" if before or behind else source, cased=cased, lasting=True)
