"""Entries of a log whose parts each stand behind the name of a field, beside or below one another; for reading only.

'Event: leads on   At: 07:05   By: Ada Lund' and 'Hour: 07:05' over 'Content: leads on' hold what the row '07:05 | leads on' holds. The names,
and what only numbers an entry or is the same person in all of them, become blanks: the length of a text never changes.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ionm_notes.read.clock_ranges import MONTH
from ionm_notes.read.message_heads import Exchange
from ionm_notes.read.vocabulary import vocabulary
from ionm_notes.types import Line

_NAMED = re.compile(r"\s*(?:[-•*]\s)?(?P<name>[A-Za-z][A-Za-z \t/()'’-]{0,30}?)\s?[:=](?=\s|$)\s*(?P<value>.*?)\s*")
_NAME = re.compile(r"(?:^|\t)[ ]*([A-Za-z][A-Za-z \t/()'’-]{0,30}?)[ ]?[:=](?=\s)", re.M)
_NAMES = 2
"""Names of fields that stand again and again, from which on they may be those of entries."""
_DAY = rf"(?:\d{{4}}[-/.]\d\d[-/.]\d\d|\d{{1,2}}[-/.]\d{{1,2}}[-/.]\d{{2,4}}|\d{{1,2}}[-/. ]{{1,2}}{MONTH},?[-/ ]?\d{{0,4}}|{MONTH}\s\d{{1,2}}(?:,?\s\d{{4}})?|\d{{4}}-{MONTH}-\d\d)"
_TIME = re.compile(
    rf"(?:{_DAY}[,T\s]\s*)?(?:[01]?\d|2[0-3])(?:[:.h][0-5]\d(?::[0-5]\d)?|[0-5]\d)\s?(?:[ap]\.?m?\.?|hrs?|hours|h)?\.?(?:\s+(?:on\s+)?\W?{_DAY}\W?)?",
    re.I,
)
_ONLY_DAY = re.compile(_DAY, re.I)
_NUMBER = re.compile(r"\W*\d{1,6}\W*")
_WORDS = re.compile(r"[A-Za-z]{3}")
_SURE = 0.9
"""Share of the values of a field that are clock times, of a field of times: signs of a fax may stand behind some."""
_FEWEST = 4
"""Entries from which on fields of the same names are a log."""
_MOST = 8
"""Parts of an entry at most: a form has more."""


@dataclass(frozen=True, slots=True)
class _Part:
    """A field of an entry: the line, where its name, its value and the end of it stand in that line, and both in words."""

    line: int
    low: int
    at: int
    high: int
    name: str
    value: str


def with_named_parts(exchange: Exchange) -> Exchange:
    """The lines, those of entries with named parts as rows of the values alone."""
    named = Counter(_NAME.findall("\n".join([line.text for line in exchange.lines])))
    if sum(count >= _FEWEST for count in named.values()) < _NAMES:
        return exchange
    found = [_parts(index, line) for index, line in enumerate(exchange.lines)]
    counts = Counter(part.name for parts in found for part in parts)
    often = {name for name, count in counts.items() if count >= _FEWEST}
    if len(often) < 2:
        return exchange
    values: dict[str, list[str]] = {name: [] for name in often}
    for part in (part for parts in found for part in parts if part.name in often):
        values[part.name].append(part.value)
    timed = [name for name, told in values.items() if sum(map(_is_time, told)) >= _SURE * len(told)]
    if len(timed) != 1:
        return exchange
    bare = {name for name, told in values.items() if _serves(name, told)}
    lines, goes_on, stamps = list(exchange.lines), set(exchange.goes_on), set(exchange.stamps)
    for entry in _entries(exchange.lines, found, often, timed[0]):
        if not any(_WORDS.search(part.value) and part.name not in bare for part in entry if part.name != timed[0]):
            continue
        for part in entry:
            lines[part.line] = _blanked(lines[part.line], part, part.name in bare)
            if part.name == timed[0]:
                stamps.add((part.line, part.at))
        goes_on.update(range(entry[0].line, entry[-1].line))
    return Exchange(tuple(lines), frozenset(goes_on), frozenset(stamps))


def _is_time(value: str) -> bool:
    """Whether a value is a clock time; '04. April 2025' is a day, and no time of 20:25 behind one."""
    return _ONLY_DAY.fullmatch(value) is None and _TIME.fullmatch(" ".join(value.split()).rstrip(" .,;'~`")) is not None


def _parts(index: int, line: Line) -> list[_Part]:
    """The named parts of a line; none where it does not begin with one. A cell without a name goes on with the part before it."""
    parts: list[_Part] = []
    if line.kind in ("header", "footer") or not (":" in line.text or "=" in line.text):
        return parts
    for low, high in line.cells:
        match = _NAMED.fullmatch(line.text, low, high)
        if match is None and not parts and len(line.cells) > 1:
            match = _NAMED.fullmatch(line.text)  # 'Hour  of Entry: 07:05': blanks that were doubled part no cells
            low, high = 0, len(line.text)
        if match is not None:
            parts.append(_Part(index, low, match.start("value"), high, _plain(match["name"]), match["value"]))
            if high == len(line.text):
                break
        elif not parts:
            return []
        else:
            last = parts[-1]
            parts[-1] = replace(last, high=high, value=line.text[last.at : high])
    return parts


def _plain(name: str) -> str:
    return " ".join(name.casefold().split())


def _serves(name: str, values: Sequence[str]) -> bool:
    """Whether a field only numbers the entries, or names the one person who made them all."""
    if all(_NUMBER.fullmatch(value) for value in values):
        return True
    return len(set(values)) == 1 and vocabulary().regex("column.writer").fullmatch(name) is not None


def _entries(lines: Sequence[Line], found: list[list[_Part]], often: set[str], timed: str) -> Iterator[list[_Part]]:
    """The parts of each entry: those of one line, or of lines one below the other up to the next field of a name that stood already."""
    entry: list[_Part] = []
    for index, parts in enumerate(found):
        own = parts if parts and all(part.name in often for part in parts) else []
        names = {part.name for part in entry}
        goes_on = entry and entry[-1].line == index - 1 and _together(lines[index - 1], lines[index])
        if entry and not (own and goes_on and len(own) == 1 and own[0].name not in names):
            yield from _whole(entry, timed)
            entry = []
        entry = entry + own
    if entry:
        yield from _whole(entry, timed)


def _together(above: Line, below: Line) -> bool:
    return above.page == below.page and above.block == below.block


def _whole(entry: list[_Part], timed: str) -> Iterator[list[_Part]]:
    """The parts of an entry that has a time and something beside it."""
    if 1 < len(entry) <= _MOST and sum(part.name == timed for part in entry) == 1:
        yield entry


def _blanked(line: Line, part: _Part, bare: bool) -> Line:
    """A line with blanks for the name of a field, and for its value where that only serves."""
    high = part.high if bare else part.at
    return replace(line, text=line.text[: part.low].ljust(part.low) + " " * (high - part.low) + line.text[high:], kind="row")
