"""What patterns read as sole attention or as a place in the operating room, and the encoder sees in none of the words: doubts, never facts.

Patterns go by words near one another: 'Other readers involved: none' and 'only case for the first hour, then a fusion was added' hold
all that sole attention is told with. The encoder weighs the whole sentence, and so does the linear model. Where neither finds what
patterns read in any of the sentences on which it rests, or the encoder is sure that a sentence of sole attention tells of other cases,
the time codes wait for a person. They are not asked of rows, boxes and
questions, which they do not know.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from ionm_notes.read.boxes import BOX
from ionm_notes.read.people import Cast
from ionm_notes.read.reading import Reading
from ionm_notes.read.said import Said
from ionm_notes.read.trained.encoder import answered
from ionm_notes.read.trained.sentences import named
from ionm_notes.read.trained.single import thinkable
from ionm_notes.read.trained.weighed import Statement, clauses, roles
from ionm_notes.read.vocabulary import vocabulary
from ionm_notes.types import Guess

_SEEN = {"exclusive": 0.3, "in_room": 0.1}
"""The share of an answer from which on the encoder sees it in the words at all."""
_THINKABLE = 0.25
"""The linear model's share of an answer from which on what the encoder refuses is let stand."""
_OTHERS_TOO = 0.95
"""The share of other cases from which on a sentence of sole attention tells of them as well: 'my only case until ten'."""
_ELSE = 0.5
"""The share from which on something else is seen in words of the operating room."""
_INSTEAD = {
    "nearby": "a place near the operating room, not in it",
    "remote": "a place away from the hospital, not the operating room",
    "presence": "the technologist's presence, not the professional's",
    "communication": "communication, not a place",
}
_WORDED = {
    "exclusive": "words of sole attention that may say something else",
    "in_room": "words of the operating room that may say something else",
}


def refused(reading: Reading, cast: Cast, answer: str, told: Sequence[Said], *, parted: bool) -> Iterator[Guess]:
    """The doubt about `told`, what patterns took for `answer` ('exclusive', 'in_room').

    `parted`: minutes with other cases are read apart already; a sentence that tells of both is known then, and is not asked.
    """
    if answer == "exclusive" and parted:
        several = vocabulary().regex("parcel.several")
        told = [said for said in told if several.search(reading.text, said.unit.start, said.unit.end) is None]
    if not told or any(_of_a_form(reading.unit_text(said.unit)) for said in told):
        return
    people = roles(cast)
    texts = tuple(tuple(named(text, people) for text in _texts(reading, cast, said)) for said in told)
    every = tuple(dict.fromkeys(text for own in texts for text in own))
    shares = dict(zip(every, answered(every), strict=False))
    if not shares:
        return  # no encoder is shipped
    surest = max(share[answer] for share in shares.values())
    others = answer == "exclusive" and all(shares[own[0]]["shared"] >= _OTHERS_TOO for own in texts)
    if others or (surest < _SEEN[answer] and thinkable(answer, every) < _THINKABLE):
        first = told[0]
        proof = reading.proof(first.unit.start, first.unit.end)
        yield Guess(_instead(answer, shares[texts[0][0]]), round(1 - surest, 2), proof, weighty=True)


def _instead(answer: str, shares: Mapping[str, float]) -> str:
    """What the encoder sees in the words, as a finding says it."""
    best = max(_INSTEAD, key=lambda other: shares[other])
    return _INSTEAD[best] if answer == "in_room" and shares[best] >= _ELSE else _WORDED[answer]


def _of_a_form(text: str) -> bool:
    """Whether a statement is a row, has boxes, or is a question that is answered elsewhere."""
    return "\t" in text or text.rstrip().endswith("?") or BOX.search(text) is not None


def _texts(reading: Reading, cast: Cast, said: Said) -> Iterator[str]:
    """The sentence in which words stand, and its clauses that hold some of them."""
    unit = said.unit
    yield reading.unit_text(unit)
    for part in clauses(reading, cast, Statement(unit.start, unit.end, unit, ())):
        if part.start < said.end and said.start < part.end:
            yield reading.text[part.start : part.end]
