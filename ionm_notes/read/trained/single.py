"""What each of the two models makes of a few words by themselves: the second opinion on what the other one, or a pattern, took them for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ionm_notes.read.reading import Reading
from ionm_notes.read.trained.encoder import answered
from ionm_notes.read.trained.linear import load, shares_of
from ionm_notes.read.trained.sentences import named, plain
from ionm_notes.read.trained.weighed import Statement


def seen(reading: Reading, people: Mapping[str, str], told: Statement, answer: str) -> float:
    """The encoder's share of an answer in a statement, 1 where none is shipped: 'the group has offices in Tulsa' is no place of the professional's."""
    shares = answered((named(reading.text[told.start : told.end], people),))
    return shares[0][answer] if shares else 1.0


def thinkable(answer: str, texts: Sequence[str]) -> float:
    """The linear model's largest share of an answer in one of the texts; 1 where none is shipped."""
    heads = load()
    words = tuple(told for text in texts if (told := tuple(plain(text, {}))))
    if heads is None or not words:
        return 1.0
    head = next(head for head in heads.values() if answer in head.classes)
    [shares] = shares_of(words, (head,))
    return max(float(share[head.classes.index(answer)]) for share in shares)
