"""One statement about how the professional attended; what `supervision.py` collects."""

from __future__ import annotations

from dataclasses import dataclass

from ionm_notes.read.denials import denied_before, denied_behind
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
    return denied_before(reading.text, said.start, said.unit.start) or denied_behind(reading.text, said.end, said.unit.end)
