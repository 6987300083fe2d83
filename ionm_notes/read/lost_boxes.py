"""Choices of a form whose boxes were lost on a scanned page: 'Location: in the OR remote (hub) nearby' says nothing.

Recognition drops what is no letter. Where the choices of one question stand side by side and some of them have no box, which
of them was ticked cannot be told: their words are left out of what is read and shown as doubt.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from ionm_notes.ingest.evidence import evidence
from ionm_notes.read.boxes import BOX
from ionm_notes.read.vocabulary import vocabulary
from ionm_notes.types import Document, DoubtfulReading

Group = Literal["place", "cases", "time", "contact", "setting", "answer", "studies"]
_GROUPS: tuple[Group, ...] = ("place", "cases", "time", "contact", "setting", "answer", "studies")
_FEWEST = {"studies": 3}
_BETWEEN = re.compile(r"[\s|]*(?:[\[\](){}|LIJ1lxXO0oDQC_☐☒□]{1,4}[\s|]+)*(?:[☐☒]|\[[ xX]?\]|\([ xX]?\))?")
"""What stands between choices: space, boxes, and letters that a box was taken for."""
_LABELLED = re.compile(r"[A-Za-z][\w'’ /()-]*[:?)]\W*$")


@dataclass(frozen=True, slots=True)
class _Choice:
    answer: str
    start: int
    end: int


def choices_without_boxes(text: str) -> list[tuple[int, int]]:
    """Ranges of a line that are choices of one question each, side by side, not each with a box to tell whether it holds.

    >>> choices_without_boxes("Location: in the OR remote (hub) nearby")
    [(10, 39)]
    >>> choices_without_boxes("The technologist was in the OR, the reader was remote")
    []
    """
    boxes = list(BOX.finditer(text))
    out: list[tuple[int, int]] = []
    for group in _GROUPS:
        for run in _runs(text, _choices(text, group)):
            if _each_has_one(text, run, boxes):
                continue
            low, high = run[0].start, run[-1].end
            low = next((box.start() for box in boxes if box.end() <= low and not text[box.end() : low].strip()), low)
            taken = any(low < end and start < high for start, end in out)
            if taken or len({choice.answer for choice in run}) < _FEWEST.get(group, 2):
                continue
            if (group == "studies" and not _LABELLED.search(text[:low])) or not re.search(r"[A-Za-z]{2}", text[:low]):
                continue
            out.append((low, high))
    return sorted(out)


def _each_has_one(text: str, run: list[_Choice], boxes: list[re.Match[str]]) -> bool:
    """Whether each choice has a box before it, or each one behind it."""
    before = [any(b.end() <= c.start and not text[b.end() : c.start].strip() for b in boxes) for c in run]
    behind = [any(b.start() >= c.end and not text[c.end : b.start()].strip() for b in boxes) for c in run]
    return all(before) or all(behind)


def _choices(text: str, group: Group) -> list[_Choice]:
    found = vocabulary().regex(f"choices.{group}").finditer(text)
    return [
        _Choice(next(name for name, said in match.groupdict().items() if said), match.start(), match.end()) for match in found
    ]


def _runs(text: str, found: list[_Choice]) -> list[list[_Choice]]:
    """Choices that follow one another with nothing between them."""
    runs: list[list[_Choice]] = []
    for choice in found:
        if runs and _BETWEEN.fullmatch(text, runs[-1][-1].end, choice.start):
            runs[-1].append(choice)
        else:
            runs.append([choice])
    return runs


def without_lost_choices(text: str) -> str:
    """A line of a recognised page with such choices blanked out behind an empty box; the length stays the same."""
    for start, end in choices_without_boxes(text):
        text = text[:start] + "☐" + re.sub(r"[^\t]", " ", text[start + 1 : end]) + text[end:]
    return text


def lost_choices(document: Document) -> tuple[DoubtfulReading, ...]:
    """A doubt for each question of a form whose boxes were lost; it names the choices."""
    return tuple(
        DoubtfulReading(line.text[start:end].replace("\t", " "), (), "box-lost", (evidence(line, start, end),))
        for page in document.pages
        if page.recognized
        for line in page.lines
        if line.kind in ("text", "row")
        for start, end in choices_without_boxes(line.text)
    )
