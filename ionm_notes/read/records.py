"""Which lines are records, one a line, and no wrapped text: fields of an export, entries between bars, lines of a form with boxes."""

from __future__ import annotations

import re

from ionm_notes.read.boxes import BOX

_SHORT_LABEL = re.compile(r"^(?:[-•*·▪◦]\s*)?[A-Z☐☒☑(\d][^:.;\t]{0,38}(?:\([^():;\t]{1,44}\)\s?)?(?::(?!(?<=\d:)\d\d)|\t)")
"""How a label begins a line: 'Reader: '."""
_TITLED_LABEL = re.compile(
    r"(?:[-•*·▪◦]\s*)?[A-Z][\w'’/-]*(?:\s+(?:[A-Z(][\w'’/()-]*|of|the|and|in|to|for|by|at|on|with|or|from|a|an)){2,10}\s?:(?=\s+\S)"
)
"""A longer label, told from prose by its capitals: 'Whereabouts of the Interpreting Professional: '."""
_FIELD = re.compile(r"\W{0,4}(?P<name>[A-Za-z][\w.-]*)(?:\s?\[\d+\])?[\"']?\s?(?P<mark>[=|,>])\s?\S")
"""How a record of an export begins: 'study_1=', 'STUDY,,', '"EVENT",', 'FT1|'."""
_KEYED = re.compile(r"\W{0,4}[A-Za-z][A-Za-z0-9]*(?:[._][A-Za-z0-9]+)+\s?[:=|]\s?\S")
"""The key of a program before its value: 'reader.start: 08:20', 'READER_OFF|10:40'."""


_MARKED = re.compile(r"\s*(?:\[[A-Z][^\]]{2,}\]|<[A-Za-z/][^>]*>|\{\W{0,2}\w|--\s|::\s)")
"""How an entry begins that is no wrapped text: '[Spontaneous EMG]', '<study name=...>', '{"study":', '-- '."""


_DASHED = re.compile(r"\W{0,3}[A-Z][\w.,()/'’&# ]{1,34}\s[-–—]\s\S")
"""A label and its value with a dash between: 'Assigned reader - Ada Hale, MD'."""


_LEADERS = re.compile(r"\W{0,4}[A-Za-z][\w /()&'’-]{1,34}\s?\.{3,}\s?\S")
"""A label and its value with dots between: 'reader ....... Ada Hale, MD'."""
_QUESTION = re.compile(r"[A-Z][^.;?]{3,80}\?")
"""A question of a form at the head of a line."""


def labelled_line(text: str) -> bool:
    """Whether a line begins with a label and its colon, or the blank of a table."""
    return _SHORT_LABEL.match(text) is not None or _TITLED_LABEL.match(text) is not None


def records(previous: str, line: str) -> bool:
    """Whether two lines are records of an export, one a line: of one kind, named or marked fields, or parts between bars."""
    if _MARKED.match(line) or (_MARKED.match(previous) and line[:1].isupper()):
        return True
    one, other = _FIELD.match(previous), _FIELD.match(line)
    if other and (other["mark"] == "=" or (one and (_kind(one) == _kind(other) or one["mark"] == other["mark"] == "|"))):
        return True
    if _KEYED.match(line) or (_KEYED.match(previous) and other is not None):
        return True
    if _LEADERS.match(line):
        return True
    if _DASHED.match(previous) and _DASHED.match(line):
        return True
    if _QUESTION.match(line) and "?" in previous:
        return True
    if line[:1].isupper() and (BOX.search(line) or labelled_line(line)) and BOX.search(previous):
        return True
    return any(previous.count(mark) and line.count(mark) >= 2 for mark in (" / ", " | "))


def _kind(record: re.Match[str]) -> tuple[str, str]:
    return re.sub(r"\d+", "", record["name"]), record["mark"]
