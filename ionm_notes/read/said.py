"""One statement about how the professional attended; what `supervision.py` collects."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ionm_notes.read.reading import Reading, Unit
from ionm_notes.read.vocabulary import vocabulary
from ionm_notes.types import Evidence


@dataclass(frozen=True, slots=True)
class Said:
    """One statement about attendance: what ('in_room', 'remote', ...), where, and for whom ('' where unnamed)."""

    what: str
    start: int
    end: int
    unit: Unit
    who: str
    evidence: Evidence


def customary(reading: Reading, said: Said) -> bool:
    """Whether words are of what a company's readers may do, or of what a hospital had that day: no statement of this case."""
    return vocabulary().regex("sharing.custom").search(reading.text, said.unit.start, said.end) is not None


def is_denied(reading: Reading, said: Said) -> bool:
    """Whether words before or behind a statement deny it."""
    before = reading.text[max(said.unit.start, said.start - 30) : said.start]
    after = reading.text[said.end : min(said.unit.end, said.end + 64)]
    return bool(re.search(r"\b(?:no|not|never|without|nor|did not|was not|neither)\s+(?:\w+\s+){0,4}$", before, re.I)) or bool(
        re.match(
            r"\s*[:=\t-]\s*(?:no\b|none|0\b)|\w*\s+(?:\w+\s+){0,6}?(?:was|were|is|did)\s+(?:not|never|zero|none|nil)\b",
            after,
            re.I,
        )
    )
