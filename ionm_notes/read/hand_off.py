"""Words by which a line tells of a hand-off, and whether they are said of somebody else than those who watch signals."""

from __future__ import annotations

import re

from ionm_notes.read.clause_cuts import COMMAS
from ionm_notes.read.vocabulary import vocabulary


def hand_off(text: str) -> re.Match[str] | None:
    """The words of a hand-off; None also where 'anesthesia relieved by ...' or 'the patient was handed over' is meant."""
    match = vocabulary().regex("relief.technologist").search(text)
    return None if match is None or of_others(text, match) else match


def of_others(text: str, match: re.Match[str]) -> bool:
    """Whether the words of a hand-off are said of others, as the beginning of their clause tells, or of the one that theirs hangs on.

    'The anesthesiologist changed at 09:00, when Dr. Orr took over from Dr. Bell' is of the anesthesiologists.
    """
    others, clauses = vocabulary().regex("relief.others"), COMMAS.split(text[: match.start()])
    hangs = len(clauses) > 1 and vocabulary().regex("relief.hangs").match(clauses[-1]) is not None
    return any(others.search(clause) is not None for clause in clauses[-2 if hangs else -1 :])
