"""What a document says that its codes and marks stand for: 'R = remote, OR = in operating room', '* this patient exclusively'.

Cells of a table hold the code or the mark alone; the legend or footnote below (or above) the table gives the words.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from ionm_notes.read.expression import expression
from ionm_notes.read.reading import Reading

_CODE = expression(
    r"(?<![\w=.-])(?P<code>[A-Z]{1,4}|[A-Z][a-z]{1,3}|[1-9])\s?=\s?(?P<means>[^=\n\t;]{2,90}?)"
    r"(?=\s*(?:(?:[;,./]|\band\b)?\s+(?:[A-Z]{1,4}|[A-Z][a-z]{1,3}|[1-9])\s?=|[;\n\t)\]]|[.,]?$|\.\s))",
    cased=True,
)
_NOTE = re.compile(r"(?P<mark>\*{1,3}|[†‡§¹²³]|\([a-e1-5]\)|\[[a-e1-5]\])[ \t]*(?P<means>[^\W\d_].*)", re.S)
_MARK = re.compile(r"(?<!\*)\*{1,3}(?!\*)|[†‡§¹²³]|\([a-e1-5]\)|\[[a-e1-5]\]")

_MARKS = "*†‡§¹²³(["


@dataclass(frozen=True, slots=True)
class Legend:
    """Codes and marks with what they stand for; of footnotes also the statement that explains each."""

    codes: dict[str, str]
    notes: dict[str, tuple[str, tuple[int, int]]]

    def spelled(self, cell: str) -> str:
        """A cell with the words of its code: 'R' is 'remote'."""
        return self.codes.get(cell.strip(" \t.*†‡"), cell)

    def notes_on(self, text: str) -> Iterator[tuple[str, tuple[int, int]]]:
        """What the footnotes say to which marks in a text lead, each with its statement."""
        for match in _MARK.finditer(text) if self.notes else ():
            if note := self.notes.get(match.group()):
                yield note


def legend_of(reading: Reading) -> Legend:
    """The legend and the footnotes of a document."""
    codes = {match["code"]: match["means"].strip() for match in _CODE.finditer(reading.text)} if "=" in reading.text else {}
    notes: dict[str, tuple[str, tuple[int, int]]] = {}
    seen: Counter[str] = Counter()
    for unit in reading.units:
        if reading.text[unit.start] in _MARKS and (match := _NOTE.match(reading.unit_text(unit))):
            seen[match["mark"]] += 1
            notes[match["mark"]] = (match["means"], (unit.start, unit.end))
    # A mark that begins several lines is a bullet.
    return Legend(codes, {mark: note for mark, note in notes.items() if seen[mark] == 1})
