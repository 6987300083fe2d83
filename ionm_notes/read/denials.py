"""Whether words are denied where they stand: 'not exclusively dedicated', 'never in the room', 'other cases: none'."""

from __future__ import annotations

from ionm_notes.read.vocabulary import vocabulary

_BEFORE, _BEHIND = 40, 64
"""Characters before and behind the words in which a denial of them is looked for."""
_INVERTED = 150
"""The same before them where the denial heads its clause."""


def denied_before(text: str, start: int, low: int = 0) -> bool:
    """Whether a 'not', a 'never' and the like stand at most four words before an offset, behind `low`, where its sentence begins."""
    words = vocabulary()
    if words.regex("denial.before").search(text, max(low, start - _BEFORE), start) is not None:
        return True
    return denied_at_head(text, start, low)


def denied_at_head(text: str, start: int, low: int = 0) -> bool:
    """Whether a clause that stands behind `low` begins with a denial of the words at an offset: 'At no time was I watching ...'."""
    return vocabulary().regex("denial.inverted").search(text, max(low, start - _INVERTED), start) is not None


def denied_behind(text: str, end: int, high: int) -> bool:
    """Whether what stands between the end of the words and `high`, where their sentence ends, denies them: '... : none', '... was not'."""
    return vocabulary().regex("denial.behind").search(text[end : min(high, end + _BEHIND)]) is not None
