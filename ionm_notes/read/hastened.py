r"""Writes an expression so that it is searched for quickly: what a choice needs is asked for before the choice is tried.

`\bone|\btwo|\bthree` asks at every place of a text, three times, whether a word begins or ends there; `\b(?:one|two|three)` asks
once, and is through with four places in five. Where a choice begins with one of many words or looks back, the letters that it can
begin with are asked for first: `(?<!not )(?:seen|read)` becomes `(?=[rs])(?<!not )(?:seen|read)`. What is found stays the same, for
the choices and their groups stay in their order.
"""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

_SIGN = re.compile(r"(?:[^\\\[()|]++|\\.|\[\^?\]?(?:[^\]\\]|\\.)*\])*+([()|]|\Z)", re.DOTALL)
"""The next bracket or bar, or the end, behind what is none."""
_OPENING = re.compile(r"\((?:\?(?:P<\w+>|[a-z-]*:|<?[=!]))?")
_LOOK = re.compile(r"\(\?<?[=!]")
_WORD = r"\b"
_ONE = re.compile(r"\\x[0-9a-f]{2}|\\u[0-9a-f]{4}|\\.|\[\^?\]?(?:[^\]\\]|\\.)*\]|.", re.DOTALL | re.IGNORECASE)
"""What stands for one character, or for a place between two."""
_MEMBER = re.compile(r"(?:\\.|[^\\])-(?:\\.|[^\\])|\\x[0-9a-f]{2}|\\u[0-9a-f]{4}|\\.|.", re.DOTALL | re.IGNORECASE)
"""A member of a set: a range or one character."""
_TIMES = re.compile(r"([?*+]|\{(\d*),?\d*\})[?+]?")
_BETWEEN = ("^", "$", _WORD, r"\B")
_BROAD = frozenset([r"\w", r"\W", r"\D", r"\S", "a-z", "A-Z"])
_BACK = re.compile(r"\\[1-9]")
_LONG = 60
"""Letters of what choices begin with for which it is worth to look for it before they are tried."""
_MOST = 24
"""Characters that a choice can begin with at most for it to be worth asking."""
_Choice = tuple[int, int]
_Begins = tuple[frozenset[str], bool]
"""What something can begin with, as members of a set; whether it can be empty."""


class _AnyBegin(Exception):
    """What a choice can begin with cannot be told, or is nearly anything."""


@dataclass(slots=True)
class _Group:
    """What stands between two brackets: where it begins and ends, and the bars between its choices."""

    start: int
    end: int = 0
    bars: list[int] = field(default_factory=list)

    @property
    def choices(self) -> list[tuple[int, int]]:
        """The stretches between the bars."""
        return list(zip([self.start, *(bar + 1 for bar in self.bars)], [*self.bars, self.end], strict=True))


_WRITTEN: dict[str, str] = {}
"""What a run before has written, by the expressions that it is for."""


def hastened(source: str) -> str:
    """An expression that finds the same sooner."""
    return _WRITTEN.get(source) or (_Source(source).written() if "|" in source else source)


def remember(written: Iterable[tuple[str, str]]) -> None:
    """Expressions with what `hastened` made of them in a run before, which this run need not do again."""
    _WRITTEN.update(written)


def beginnings(source: str) -> str | None:
    """Members of a set of characters, without regard to case, with one of which every match begins; None where that cannot be told."""
    try:
        members, empty = _Source(source).begins()
    except _AnyBegin:
        return None
    return None if empty else "".join(sorted(members))


def parted(source: str) -> tuple[tuple[str, str | None], ...]:
    """The choices of an expression, each with what it begins with as `beginnings` tells it."""
    return tuple((choice, beginnings(choice)) for choice in _Source(source).choices())


class _Source:
    """An expression with its groups by the place of their brackets."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._whole = _Group(0, len(text))
        self._groups: dict[int, _Group] = {}
        opened = [self._whole]
        for sign in _SIGN.finditer(text):
            mark, at = sign[1], sign.end() - 1
            if mark == "(":
                opening = _OPENING.match(text, at)
                group = self._groups[at] = _Group(opening.end() if opening else at + 1)
                opened.append(group)
            elif mark == ")":
                opened.pop().end = at
            elif mark == "|":
                opened[-1].bars.append(at)

    def written(self) -> str:
        """The whole of it, each choice behind what it needs."""
        return self._written(self._whole)

    def choices(self) -> list[str]:
        """What the whole of it is a choice of."""
        return [self._text[low:high] for low, high in self._choices(self._whole)]

    def begins(self) -> _Begins:
        """What the whole of it can begin with; raises `_AnyBegin`."""
        return self._any_of(self._whole)

    def _any_of(self, group: _Group) -> _Begins:
        each = [self._begins(*choice) for choice in group.choices]
        return frozenset().union(*(one for one, _ in each)), any(empty for _, empty in each)

    def _written(self, group: _Group) -> str:
        choices = self._choices(group)
        if len(choices) == 1:
            low, high = choices[0]
            at = self._behind_looks(low)
            inner = self._groups.get(at)
            if inner is None or at >= high or self._is_odd(at):
                return self._text[low:high]
            return f"{self._text[low : inner.start]}{self._written(inner)}{self._text[inner.end : high]}"
        written: list[str] = []
        for at_word, some in itertools.groupby(choices, lambda choice: choice[0] < choice[1] and self._at_word(choice[0])):
            if at_word:
                bare = [(low + len(_WORD) * self._text.startswith(_WORD, low), high) for low, high in some]
                written.append(f"{_WORD}(?:{'|'.join(self._sharing(bare))})")
            else:
                written += self._sharing(list(some))
        return "|".join(written)

    def _sharing(self, choices: list[_Choice]) -> list[str]:
        """Choices, those that begin with the same long words put together behind one look for these: most places have none of them."""
        written: list[str] = []
        while choices:
            low, high = choices[0]
            head, many = self._head(choices)
            if many > 1:
                tried = "|".join(self._text[one:end] for one, end in choices[:many])
                written.append(self._choice(low, low + len(head), f"(?={head})(?:{tried})"))
            else:
                written.append(self._choice(low, high))
            choices = choices[many:]
        return written

    def _head(self, choices: list[_Choice]) -> tuple[str, int]:
        """What the first of the choices begins with and others right behind it too, as long as can be, and how many; 1 for none."""
        low, high = choices[0]
        ends = [end for end in self._ends(low, high) if end - low >= _LONG] if len(choices) > 1 else []
        for end in reversed(ends):
            head = self._text[low:end]
            if self._holds(choices[1], head) and not self._keeps(low, end):
                many = next((at for at, choice in enumerate(choices) if not self._holds(choice, head)), len(choices))
                return head, max(many, 1)
        return "", 1

    def _holds(self, choice: _Choice, head: str) -> bool:
        low, high = choice
        return self._text.startswith(head, low, high) and not _TIMES.match(self._text, low + len(head), high)

    def _keeps(self, low: int, high: int) -> bool:
        """Whether something there keeps what it finds, or asks for what was kept, so that it can be written only once."""
        groups = (self._text[at : at + 4] for at in self._groups if low <= at < high)
        kept = any(opening[1:2] != "?" or opening[2:3] in ("P", "(") for opening in groups)
        return kept or _BACK.search(self._text, low, high) is not None

    def _ends(self, low: int, high: int) -> Iterator[int]:
        """Where the things end that a choice consists of, one after the other."""
        while low < high:
            group = self._groups.get(low)
            sign = _ONE.match(self._text, low, high)
            low = group.end + 1 if group is not None else sign.end() if sign else high
            times = _TIMES.match(self._text, low, high)
            low = times.end() if times else low
            yield low

    def _is_odd(self, at: int) -> bool:
        """Whether a bracket opens something else than a group or a look: a flag, a condition, a group that gives nothing back."""
        return self._text.startswith("(?", at) and self._groups[at].start == at + 1

    def _behind_looks(self, at: int) -> int:
        """The place behind what only looks around."""
        while (group := self._groups.get(at)) is not None and _LOOK.match(self._text, at):
            at = group.end + 1
        return at

    def _choices(self, group: _Group) -> list[tuple[int, int]]:
        """The choices of a group; one that is nothing but a group of choices itself gives these."""
        found: list[tuple[int, int]] = []
        for low, high in group.choices:
            inner = self._groups.get(low)
            if inner is not None and inner.end + 1 == high and inner.start - low == 3 and self._text.startswith("(?:", low):
                found += self._choices(inner)
            else:
                found.append((low, high))
        return found

    def _choice(self, low: int, high: int, text: str | None = None) -> str:
        """A choice behind the letters that it can begin with, where it does not begin with one letter. `text`: what is written of it."""
        text = self._text[low:high] if text is None else text
        if not text or (text[0].isalnum() and not _TIMES.match(text, 1)):
            return text
        try:
            begins, empty = self._begins(low, high)
        except _AnyBegin:
            return text
        return text if empty or len(begins) > _MOST else f"(?=[{''.join(sorted(begins))}]){text}"

    def _begins(self, low: int, high: int) -> _Begins:
        found: set[str] = set()
        while low < high:
            begins, empty, low = self._first(low)
            found |= begins
            times = _TIMES.match(self._text, low, high)
            if times:
                low = times.end()
                empty = empty or times[1] in "?*" or times[2] in ("", "0")
            if not empty:
                return frozenset(found), False
        return frozenset(found), True

    def _first(self, low: int) -> tuple[frozenset[str], bool, int]:
        """What stands at a place can begin with, whether it can be empty, and where it ends."""
        group = self._groups.get(low)
        if group is not None:
            if _LOOK.match(self._text, low):
                return frozenset(), True, group.end + 1
            if self._is_odd(low) or (group.start > low + 1 and self._text[low + 2] not in ":P-"):
                raise _AnyBegin  # what is no group, or has letters of both cases
            return *self._any_of(group), group.end + 1
        sign = _ONE.match(self._text, low)
        if sign is None or sign.group() == ".":
            raise _AnyBegin
        if sign.group() in _BETWEEN:
            return frozenset(), True, sign.end()
        members = _members(sign.group())
        if members & _BROAD:
            raise _AnyBegin
        return members, False, sign.end()

    def _at_word(self, at: int) -> bool:
        """Whether what begins here can stand only where a word begins or ends, by what it begins with."""
        at = self._behind_looks(at)
        group = self._groups.get(at)
        if group is None:
            return self._text.startswith(_WORD, at)
        behind = self._text[group.end + 1 : group.end + 2]
        return behind not in tuple("?*{") and all(self._at_word(low) for low, _ in group.choices)


@functools.lru_cache(maxsize=1024)
def _members(sign: str) -> frozenset[str]:
    """A character or a set as members of a set; raises `_AnyBegin` for what is all but some."""
    if sign.startswith("[^"):
        raise _AnyBegin
    inner = sign[1:-1] if len(sign) > 2 and sign[0] == "[" else sign
    return frozenset(map(_member, _MEMBER.findall(inner)))


def _member(text: str) -> str:
    """A member of a set as it can stand beside others."""
    if len(text) > 1:
        if text[0] == "\\" and text[1].isalnum() and text[1] not in "dswDSWxutn":
            raise _AnyBegin
        return text
    return re.escape(text)
