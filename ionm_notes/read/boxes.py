"""Check boxes of forms: which box belongs to which words, in front of them or behind them."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ionm_notes.read.expression import expression

if TYPE_CHECKING:  # laying out a reading needs to know a box, and what is below needs the reading
    from ionm_notes.read.reading import Reading, Unit

BOX = expression(r"(?P<on>[☒☑✓✔■]|\[\s?[xX✓]\s?\]|\(\s?[xX]\s?\))|(?P<off>[☐□▢]|\[\s{0,3}\]|\(\s{1,3}\)|\[_+\])", cased=True)


_NEAR = 40
"""Characters behind a name within which any ticked box says that it was done: 'SSEP ☐ L ☒ R'."""


@functools.lru_cache(maxsize=4)
def has_boxes(text: str) -> bool:
    """Whether a box stands anywhere in a record; most have none, and are asked about each statement."""
    return BOX.search(text) is not None


def cell_of(reading: Reading, unit: Unit, start: int, end: int) -> tuple[int, int]:
    """Offsets of the cell of a unit that holds the words from `start` to `end`."""
    low = max(reading.text.rfind("\t", unit.start, start) + 1, unit.start)
    high = reading.text.find("\t", end, unit.end)
    return low, unit.end if high < 0 else high


def ticked(reading: Reading, unit: Unit, start: int, end: int, *, named: bool = False) -> bool | None:
    """Whether the box that goes with words is ticked, of those in their own cell; None where none goes with them.

    A box stands in front of its words ('☒ remote'), unless its line puts boxes behind words. `named`: the words are what the
    cell is about, so that a box behind them is theirs too: 'SSEP, upper ☒'.
    """
    if not has_boxes(reading.text):
        return None
    low, high = cell_of(reading, unit, start, end)
    boxes = list(BOX.finditer(reading.text, low, high))
    if not boxes:
        return None
    before = [box for box in boxes if box.end() <= start or box.start() < start < box.end()]  # words may begin with its bracket
    after = [box for box in boxes if box.start() >= end]
    if after and boxes_behind_words(reading.text[unit.start : unit.end]):
        return bool(after[0]["on"])
    if before:
        return bool(before[-1]["on"])
    if not (after and named):
        return None
    return any(box["on"] for box in after[:1] + [box for box in after if box.start() - end < _NEAR])


def boxes_behind_words(line: str) -> bool:
    """Whether a line puts its boxes behind their words ('in OR [X]  nearby [ ]'): words lead to the first, the last ends it."""
    boxes = list(BOX.finditer(line))
    lead = line[: boxes[0].start()].strip()
    return bool(lead) and len(boxes) > 1 and lead[-1] not in ":=?" and not line[boxes[-1].end() :].strip(" .\n")


def each_ticked(reading: Reading, unit: Unit, *places: int) -> bool:
    """Whether a unit offers choices, and those in which words begin at these offsets are different ones, each with its box ticked."""
    if not has_boxes(reading.text):
        return False
    text = reading.unit_text(unit)
    _, offered = choices(text)
    chosen = {
        choice for place in places for choice in offered if choice.ticked and choice.start <= place - unit.start < choice.end
    }
    return len(chosen) == len(places)


def only_ticked(text: str) -> str:
    """A line with its boxes and the words of those that are not ticked blanked out; of the same length.

    A box stands in front of its words: '[ ] real-time [x] later' leaves 'later'.
    """
    boxes = list(BOX.finditer(text))
    for index, box in enumerate(boxes):
        high = box.end() if box["on"] else boxes[index + 1].start() if index + 1 < len(boxes) else len(text)
        text = text[: box.start()] + " " * (high - box.start()) + text[high:]
    return text


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the choices of a line: whether its box is ticked, and offsets of its words in the line."""

    ticked: bool
    start: int
    end: int


def choices(line: str) -> tuple[str, list[Choice]]:
    """The words before what a line offers, and its choices; none where it has but one box.

    >>> choices("Reader: [ ] in room [x] remote")[1][1]
    Choice(ticked=True, start=23, end=30)
    """
    boxes = list(BOX.finditer(line))
    if len(boxes) < 2:
        return line, []
    if boxes_behind_words(line):
        asks = max(line.rfind(sign, 0, boxes[0].start()) for sign in ":?=") + 1  # 'Location: OR [x]  remote [ ]'
        starts = [asks, *(box.end() for box in boxes[:-1])]
        return line[:asks], [Choice(box["on"] is not None, low, box.start()) for low, box in zip(starts, boxes, strict=True)]
    ends = [*(box.start() for box in boxes[1:]), len(line)]
    offered = [Choice(box["on"] is not None, box.end(), high) for box, high in zip(boxes, ends, strict=True)]
    return line[: boxes[0].start()], offered
