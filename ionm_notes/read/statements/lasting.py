"""Words that could tell of a change of signals and tell of something else: how a response is, what was refused, what a probe gave.

'Tibial P37 prolonged, left smaller' describes; it takes a time, an amount, a step of the operation or a word of becoming to make an event
of it (`statement.change.course`). Words: `statement.change.state` and what stands behind it in `patterns/statements.toml`.
"""

from __future__ import annotations

import re

from ionm_notes.read.statements.baselines import AT_BASELINE, baselines_in
from ionm_notes.read.statements.parts import part_with
from ionm_notes.read.vocabulary import vocabulary


def no_event(text: str, match: re.Match[str]) -> bool:
    """Whether the words of a change, where they stand, tell of no event in the signals."""
    words = vocabulary()
    if _inside(text, match, "statement.change.in-name") or _inside(text, match, "statement.change.refused"):
        return True
    if _inside(text, match, "statement.change.fell-out"):
        return True
    part = part_with(text, match.start(), match.end())
    word = match.group()
    if re.match(r"fir", word, re.I) and words.regex("statement.change.by-probe").search(part):
        return True
    if words.regex("statement.change.state").fullmatch(word) is None:
        return False
    before, _, behind = part.partition(word)
    if words.regex("statement.change.course").search(f"{before} {behind}"):
        return False
    clock, first = words.regex("statement.change.clock"), text[: match.start()]
    if AT_BASELINE.search(first) is None and (named := list(baselines_in(first))):
        own = match.start() - named[-1].start() <= len(before)
        if own or clock.search(first[named[-1].end() :]) is None:
            return True  # 'Baselines were run between 8:20 and 8:38: mildly prolonged tibial latencies'
    return clock.search(text) is None


def _inside(text: str, match: re.Match[str], name: str) -> bool:
    """Whether a word is part of what an entry of the vocabulary finds."""
    return any(found.start() <= match.start() < found.end() for found in vocabulary().regex(name).finditer(text))
