"""Clock times that their writer took back: '12:40, no, correction, 12:47', '0842 (not 0824)', 'corrected from 0824 to 0842'.

Dictation and hand-written logs keep what was said wrong beside what holds; only the latter is a time of the day.
"""

from __future__ import annotations

from itertools import pairwise

from ionm_notes.read.clock import Clock
from ionm_notes.read.vocabulary import vocabulary

_LONGEST = 80
"""Characters between a time and the one that takes its place."""
_BEFORE = 60
"""Characters before a time that tell that it was corrected."""
_TO = (" to ", " → ", " -> ", "→", "->")


def without_corrected(text: str, clocks: tuple[Clock, ...]) -> tuple[tuple[Clock, ...], str]:
    """The clock times that hold, and the text with the others, and the words that took them back, left blank."""
    words = vocabulary()
    instead, not_that, wrong = (words.regex(f"clock.{name}") for name in ("corrected", "not-that", "from-wrong"))
    struck: set[int] = set()
    blank: list[tuple[int, int]] = []
    for one, two in pairwise(clocks):
        between = text[one.end : two.start]
        if not between.strip() or len(between) > _LONGEST or between.count("\n") > 1 or one.start in struck:
            continue
        before = text[max(0, one.start - _BEFORE) : one.start]
        if instead.fullmatch(between) or (between in _TO and wrong.search(before)):
            struck.add(one.start)
            blank.append((one.start, two.start))
        elif not_that.fullmatch(between):
            struck.add(two.start)
            blank.append((one.end, two.end))
    for low, high in blank:
        text = text[:low] + " " * (high - low) + text[high:]
    return tuple(clock for clock in clocks if clock.start not in struck), text
