"""Spells a clause as letters, one for each thing it names: what `caseload.py` and `statements/composed.py` look for meaning in.

A thing is an entry of `patterns/`; any other word is a full stop, and marks that part clauses stand for themselves. An order of
letters then means the same in every wording: 'the request of Dr. Hale for monitoring' and 'monitoring, which Dr. Hale had sought'.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Mapping

from ionm_notes.read.expression import Expression
from ionm_notes.read.vocabulary import vocabulary

_WORD = re.compile(r"[^\W_](?:[\w'’-]*[^\W_])?|[:;,()=]")
_MARKS = ":;,()="
LOG_ENTRY = re.compile(r"\W{0,3}\d{1,2}[:.h]\d{2}\b|[^\t]{0,40}\t[^\t]{0,12}\d{1,2}[:.h]\d{2}\b|.*\d\d:\d\d:\d\d")
"""An entry of a log, which tells of a moment and states nothing of the whole case."""
HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])|_+")
"""Where the words of a machine's key part: 'OnSiteNotInRoom', 'md_location'."""


@functools.lru_cache(maxsize=8192)
def _places(name: str, text: str) -> tuple[tuple[int, int], ...]:
    """Where an entry of the vocabulary stands; a clause is asked the same by every question."""
    return tuple([found.span() for found in vocabulary().regex(name).finditer(text)])


def spelled(
    text: str, letters: Mapping[str, str], named: Iterable[tuple[Expression, str]] = ()
) -> tuple[str, list[tuple[int, int]]]:
    """The clause as letters, with the place of each in the text.

    `letters`: the letter of each entry of the vocabulary; where two begin at one place, the one that stands first wins.
    `named`: expressions for the people of the document, which go before all entries.
    """
    things: dict[int, tuple[int, str]] = {}
    for pattern, letter in named:
        for match in pattern.finditer(text):
            things.setdefault(match.start(), (match.end(), letter))
    for name, letter in letters.items():
        for start, end in _places(name, text):
            things.setdefault(start, (end, letter))
    out, spans, at = [], [], 0
    for word in _WORD.finditer(text):
        if word.start() < at:
            continue
        end, letter = things.get(word.start(), (word.end(), word.group() if word.group() in _MARKS else "."))
        out.append(letter)
        spans.append((word.start(), end))
        at = end
    return "".join(out), spans
