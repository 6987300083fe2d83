"""The marks of punctuation that a dictation speaks ('comma', 'period', 'new paragraph') as the marks themselves, for reading only.

Some transcripts are kept as they were spoken: 'in the operating room comma alone period new paragraph'. The length of a text never
changes, and evidence quotes the line as it was written.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Sequence
from dataclasses import replace

from ionm_notes.read.vocabulary import vocabulary
from ionm_notes.types import Line

_MARKS = {"comma": ",", "period": ".", "full stop": ".", "colon": ":", "semicolon": ";"}
_FEWEST = 6
"""Spoken commas from which on a document was dictated so; one 'comma' is a word of some disease or place."""
_SPELLED = re.compile(r"(?<![\w'’])[A-Z](?: [A-Z]){1,4}(?![\w'’])")
"""Letters one by one: 'M D', 'S S E P'."""
_OPENING = re.compile(rf"^[a-z]|\.\s+[a-z]|\b(?:{'|'.join(calendar.month_name[1:]).lower()})(?=\s+\d)")


def unspoken(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """The lines, with marks where a dictation has their names, if it has them throughout."""
    if _SPELLED_OUT.search("\n".join([line.text for line in lines])) is not None:
        lines = tuple(_without_spelling(line) for line in lines)
    if sum(line.text.count(" comma") for line in lines) < _FEWEST:
        return lines
    texts = _written([line.text for line in lines])
    return tuple(line if text == line.text else replace(line, text=text) for line, text in zip(lines, texts, strict=True))


_SPELLED_OUT = re.compile(
    r",?\s*\(?(?:that(?:\s+is|['’]s)|spell(?:ed|ing|t)|(?:last\s+)?name\s+spelled)\b:?\s*[A-Z](?:[ .-]{1,2}[A-Z]){2,20}(?![\w'’])\)?"
)
"""The letters of a name behind it, which part it from its degree: 'Dr. Ada Hale, that is H A L E, MD'."""


def _without_spelling(line: Line) -> Line:
    """A line with blanks for a name that is spelled out behind itself."""
    if _SPELLED_OUT.search(line.text) is None:
        return line
    return replace(line, text=_SPELLED_OUT.sub(lambda found: " " * len(found.group()), line.text))


def _written(texts: Sequence[str]) -> list[str]:
    spoken = vocabulary().regex("dictation.mark")
    return [_capitals(_SPELLED.sub(_joined, spoken.sub(_mark, text))) for text in texts]


def _mark(found: re.Match[str]) -> str:
    """The mark in place of its name and of the blank before it, filled up to the same length."""
    return _MARKS.get(found["name"].lower(), " ").ljust(len(found.group()))


def _joined(found: re.Match[str]) -> str:
    return found.group().replace(" ", "").ljust(len(found.group()))


def _capitals(text: str) -> str:
    """Sentences and months with a capital: the marks show where a sentence begins."""
    return _OPENING.sub(
        lambda found: found.group()[:-1] + found.group()[-1].upper() if found.group()[0] == "." else found.group().title(), text
    )
