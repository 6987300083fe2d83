r"""Writes an expression so that it is searched for quickly: where choices all begin at a word, the word is asked for once.

`\bone|\btwo|\bthree` asks at every place of a text, three times, whether a word begins or ends there; `\b(?:one|two|three)` asks
once, and is through with four places in five. What is found stays the same, for the choices and their groups stay in their order.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

_SIGN = re.compile(r"\\.|\[\^?\]?(?:[^\]\\]|\\.)*\]|[()|]", re.DOTALL)
_OPENING = re.compile(r"\((?:\?(?:P<\w+>|[a-z-]*:|<?[=!]))?")
_LOOK = re.compile(r"\(\?<?[=!]")
_WORD = r"\b"


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


def hastened(source: str) -> str:
    """An expression that finds the same sooner."""
    return _Source(source).written() if "|" in source and _WORD in source else source


class _Source:
    """An expression with its groups by the place of their brackets."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._whole = _Group(0, len(text))
        self._groups: dict[int, _Group] = {}
        opened = [self._whole]
        for sign in _SIGN.finditer(text):
            mark, at = sign.group(), sign.start()
            if mark == "(":
                opening = _OPENING.match(text, at)
                group = self._groups[at] = _Group(opening.end() if opening else at + 1)
                opened.append(group)
            elif mark == ")":
                opened.pop().end = at
            elif mark == "|":
                opened[-1].bars.append(at)

    def written(self) -> str:
        """The whole of it, with a common word boundary before each run of choices that have one."""
        return self._written(self._whole)

    def _written(self, group: _Group) -> str:
        choices = self._choices(group)
        if len(choices) == 1:
            low, high = choices[0]
            inner = self._groups.get(low)
            if inner is None or inner.end + 1 != high or _LOOK.match(self._text, low):
                return self._text[low:high]
            return f"{self._text[low : inner.start]}{self._written(inner)})"
        written: list[str] = []
        run: list[str] = []
        for low, high in [*choices, (0, 0)]:
            text = self._text[low:high]
            if low < high and self._at_word(low):
                run.append(text.removeprefix(_WORD))
                continue
            if run:
                written.append(f"{_WORD}(?:{'|'.join(run)})")
                run = []
            written.append(text)
        return "|".join(written[:-1])

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

    def _at_word(self, at: int) -> bool:
        """Whether what begins here can stand only where a word begins or ends, by what it begins with."""
        while (group := self._groups.get(at)) is not None and _LOOK.match(self._text, at):
            at = group.end + 1
        if group is None:
            return self._text.startswith(_WORD, at)
        behind = self._text[group.end + 1 : group.end + 2]
        return behind not in tuple("?*{") and all(self._at_word(low) for low, _ in group.choices)
