"""The numbers that a form puts before its items and headings: the '1' of '1 PATIENT' counts no patients.

They are known by their order: figures before capital letters, each one more than the last, where lines and cells begin.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ionm_notes.types import Line

_LEAD = r"(?:Section|SECTION|Part|PART|Item|ITEM|Box|BOX|Field|FIELD|Block|BLOCK)\s|#|Q"
_NUMBERED = re.compile(
    rf"(?<![^\t\n])[ ]*(?P<mark>(?:{_LEAD})?(?P<number>[1-9]\d?)(?P<letter>[a-z]?))(?:[ ]+|\t(?=[^\t\n]*(?:\n|$)))(?=[A-Z(\[][A-Za-z(\[ ])"
)
_HEADING = re.compile(r"[A-Z][A-Za-z]+(?: [A-Za-z/&]+){0,2}:?\s*")
_FEWEST = 3
"""Items in a row from which on figures before words are the numbers of a form's items."""
_FEWEST_HEADINGS = 2
"""The same where each stands before a heading that fills its line."""
Places = Mapping[int, Sequence[tuple[int, int]]]
"""Line → where in its text the numbers of items stand."""


@dataclass(frozen=True, slots=True)
class _Item:
    """A figure before words: its line, where it stands there, and whether a heading is all that the line holds besides."""

    line: int
    low: int
    high: int
    number: int
    lettered: bool
    heads: bool


def item_numbers(lines: Sequence[Line]) -> Places:
    """Where the numbers of items stand."""
    places: dict[int, list[tuple[int, int]]] = {}
    for chain in _chains(list(_items(lines))):
        fewest = _FEWEST_HEADINGS if all(item.heads for item in chain) else _FEWEST
        for item in chain if chain[-1].number >= fewest else ():
            places.setdefault(item.line, []).append((item.low, item.high))
    return places


def _items(lines: Sequence[Line]) -> Iterator[_Item]:
    """All figures before words; the lines are searched as one text, since most hold none."""
    text = "\n".join([line.text for line in lines])
    if text.count("\n") >= len(lines):
        text = "\n".join([line.text.replace("\n", " ") for line in lines])
    for match in _NUMBERED.finditer(text):
        index = text.count("\n", 0, match.start("mark"))
        line, base = lines[index], text.rfind("\n", 0, match.start("mark")) + 1
        if line.kind in ("header", "footer"):
            continue
        heads = _HEADING.fullmatch(line.text, match.end() - base) is not None
        low, high = match.start("mark") - base, match.end("mark") - base
        yield _Item(index, low, high, int(match["number"]), bool(match["letter"]), heads)


def _chains(items: Sequence[_Item]) -> Iterator[list[_Item]]:
    """Runs of items that count up from one; '4a' and '4b' are of one number, and what breaks the order is none of them."""
    chain: list[_Item] = []
    for item in items:
        last = chain[-1].number if chain else 0
        if item.number == last + 1 or (item.lettered and item.number == last):
            chain.append(item)
        elif item.number == 1:
            yield from ([chain] if chain else [])
            chain = [item]
    yield from ([chain] if chain else [])


def without_item_numbers(text: str, marks: Sequence[tuple[int, int]]) -> str:
    """A line with blanks for the numbers of its items; the length stays the same."""
    for low, high in marks:
        text = text[:low] + " " * (high - low) + text[high:]
    return text
