"""One statement about how the professional attended; what `supervision.py` collects."""

from __future__ import annotations

from dataclasses import dataclass

from ionm_notes.read.reading import Unit
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
