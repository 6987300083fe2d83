"""What somebody was told of that is no loss: a gain, an answer of a muscle to the probe, a size.

'The left tibial potential doubled; Dr. Hale was told' is a change of which the team heard, though nothing went wrong. The finding stands in
the statement by which somebody was told or in one right before it: 'Left TA is better, about double. Please let the surgeon know. / Told.'
Words: `statement.told.finding` and `statement.told.no-finding` in `patterns/statements.toml`.
"""

from __future__ import annotations

import re

from ionm_notes.read.reading import Reading, Unit
from ionm_notes.read.vocabulary import vocabulary

_BACK, _SHORT, _LONG = 2, 70, 320
"""Statements before one that tells of nothing itself; characters of such a one, and of the longest that is looked at."""


def finding_told(reading: Reading, unit: Unit, text: str, heard: re.Match[str]) -> bool:
    """Whether what somebody was told of is a finding of the course, in the same statement or in the last before it."""
    words = vocabulary()
    if words.regex("statement.told.of-apparatus").search(text):
        return False
    if _finding(text) or words.regex("statement.told.of-gain").search(text):
        return True
    if len(text) - (heard.end() - heard.start()) > _SHORT:
        return False
    number = reading.index_of(unit)
    for before in reversed(reading.units[max(0, number - _BACK) : number]):
        if before.kind == "running" or before.page != unit.page:
            return False
        if _finding(reading.unit_text(before)):
            return True
    return False


def _finding(text: str) -> bool:
    words = vocabulary()
    if len(text) > _LONG or words.regex("statement.told.no-finding").search(text):
        return False
    signal = words.regex("statement.change.signal").search(text) or words.regex("stated.signal").search(text)
    return signal is not None and words.regex("statement.told.finding").search(text) is not None
