"""Studies that stand in one list which 'or' closes, so that a denial before the first is one of them all: 'no SSEP, MEP or EMG was run'.

Behind 'and' a denial may have ended ('no EEG, SSEP and MEP were run'): such a list is none here.
"""

from __future__ import annotations

from ionm_notes.read.modalities.model import Mention
from ionm_notes.read.reading import Reading
from ionm_notes.read.vocabulary import vocabulary


def list_of(reading: Reading, mention: Mention, mentions: list[Mention]) -> tuple[Mention, Mention]:
    """The first and the last study of the list in which one stands; that one twice where it stands in none.

    `mentions`: studies in order of place, this one among them.
    """
    beside = [m for m in mentions if m.unit is mention.unit]
    at = next(number for number, m in enumerate(beside) if m is mention)
    first = last = at
    while first and _joint(reading, beside[first - 1], beside[first]):
        first -= 1
    while last + 1 < len(beside) and _joint(reading, beside[last], beside[last + 1]):
        last += 1
    closed = vocabulary().regex("list.closed").search(reading.text, beside[max(first, last - 1)].end, beside[last].start)
    return (beside[first], beside[last]) if closed is not None else (mention, mention)


def _joint(reading: Reading, one: Mention, other: Mention) -> bool:
    """Whether nothing but a comma or 'or' stands between two studies."""
    joint = reading.text[one.end : other.start]
    return one.end < other.start and vocabulary().regex("list.joint").fullmatch(joint) is not None
