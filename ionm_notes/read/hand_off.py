"""Words by which a line tells of a hand-off, and whether they are said of somebody else than those who watch signals."""

from __future__ import annotations

import re

from ionm_notes.read.vocabulary import vocabulary

_CLAUSE = re.compile(r"[;,.]\s")


def hand_off(text: str) -> re.Match[str] | None:
    """The words of a hand-off; None also where 'anesthesia relieved by ...' or 'the patient was handed over' is meant."""
    match = vocabulary().regex("relief.technologist").search(text)
    return None if match is None or of_others(text, match) else match


def of_others(text: str, match: re.Match[str]) -> bool:
    """Whether the words of a hand-off are said of others, as the beginning of their clause tells."""
    clause = _CLAUSE.split(text[: match.start()])[-1]
    return vocabulary().regex("relief.others").search(clause) is not None
