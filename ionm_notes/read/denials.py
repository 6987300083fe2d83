"""Whether words are denied where they stand: 'not exclusively dedicated', 'never in the room', 'other cases: none'."""

from __future__ import annotations

from ionm_notes.read.vocabulary import vocabulary

_BEFORE, _BEHIND = 40, 64
"""Characters before and behind the words in which a denial of them is looked for."""


def denied_before(text: str, start: int, low: int = 0) -> bool:
    """Whether a 'not', a 'never' and the like stand at most four words before an offset, behind `low`, where its sentence begins."""
    return vocabulary().regex("denial.before").search(text, max(low, start - _BEFORE), start) is not None


def denied_behind(text: str, end: int, high: int) -> bool:
    """Whether what stands between the end of the words and `high`, where their sentence ends, denies them: '... : none', '... was not'."""
    return vocabulary().regex("denial.behind").search(text[end : min(high, end + _BEHIND)]) is not None
