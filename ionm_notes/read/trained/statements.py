"""Patterns first, the models where they are silent: answers to how the professional attended, from sentences that no pattern knows.

The rule of combination: a question (place, exclusivity, live or afterwards, communication) goes to the models only where patterns found no answer to it in the whole document. First the encoder is asked, over statements with a
sign of the answer in their words: what both say is a fact (`signed_answers.py`). What is still open about the professional goes to the linear
model: its answer counts from the share on at which it was right for 97 of 100 statements of left-out authors, as a `Guess` with its
evidence, unless the encoder refuses to see it; whatever is billed on it waits for a person (`ionm_notes/guesses.py`), for a trained guess alone makes nothing supported. Two
answers that exclude one another are none. That the record was read afterwards, which would take every time code away, is
asked and changes nothing else. The models know the technologist's presence and the order too, but are not asked: 'will remain in the
room throughout' and 'no order was found' lie too near for them, and patterns know these.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from ionm_notes.read.fields import Fields
from ionm_notes.read.people import Cast
from ionm_notes.read.reading import Reading, Unit
from ionm_notes.read.said import Said
from ionm_notes.read.supervision import Supervision
from ionm_notes.read.trained.about import about, known_to_patterns
from ionm_notes.read.trained.encoder import PRECISION
from ionm_notes.read.trained.linear import Head, load, shares_of, sure_answers
from ionm_notes.read.trained.rows import switched_off
from ionm_notes.read.trained.sentences import QUESTIONS, named
from ionm_notes.read.trained.signed_answers import signed_answers
from ionm_notes.read.trained.single import seen, thinkable
from ionm_notes.read.trained.weighed import Statement, roles, statements
from ionm_notes.types import Guess

WORDED = {
    "in_room": "the professional's place in the operating room",
    "nearby": "the professional's place near the operating room",
    "remote": "the professional's place away from the hospital",
    "exclusive": "exclusive attention",
    "shared": "attention to other cases as well",
    "live": "live attendance",
    "afterwards": "reading afterwards",
    "communication": "communication with the operating room",
}
"""Answers in words, as findings name them."""
_NO_FACT = "shared"
"""What the encoder answers to a question as a guess only: which hours are shared it does not tell."""
_LIKELY = 0.5
"""The linear model's share of it from which on the two models together make it a guess."""
_NOT_REFUSED = 0.3
"""The encoder's share of an answer from which on it does not refuse a guess of the linear model's."""


@dataclass(frozen=True, slots=True)
class _Told:
    """An answer with the stretch of text that gives it."""

    answer: str
    confidence: float
    start: int
    end: int
    unit: Unit
    who: str


def supplied(reading: Reading, fields: Fields, cast: Cast, supervision: Supervision) -> tuple[Supervision, tuple[Guess, ...]]:
    """What patterns found, with the models' answers to the questions that they left open, and those of them that are guesses."""
    asked = _silent(supervision)
    if not asked:
        return supervision, ()
    weighed = statements(reading, cast)
    answers = signed_answers(reading, fields, cast, weighed, asked)
    supervision = _with(supervision, {answer: (fact,) for answer, fact in answers.items() if answer != _NO_FACT})
    heads = load()
    silent = _silent(supervision)
    if switched_off() or heads is None or not silent:
        return supervision, ()
    told = _told(reading, fields, cast, weighed, {question: heads[question] for question in silent})
    if (
        (one := answers.get(_NO_FACT))
        and not any(other.answer in QUESTIONS["exclusivity"] for other in told)
        and thinkable(_NO_FACT, [named(reading.text[one.start : one.end], roles(cast))]) >= _LIKELY
    ):
        told.append(_Told(_NO_FACT, PRECISION, one.start, one.end, one.unit, one.who))
    guessed: dict[str, tuple[Said, ...]] = {
        one.answer: (Said(one.answer, one.start, one.end, one.unit, one.who, reading.evidence(one.start, one.end)),)
        for one in told
    }
    return _with(supervision, guessed), tuple(
        Guess(WORDED[one.answer], round(one.confidence, 2), reading.proof(one.start, one.end), weighty=one.answer == "afterwards")
        for one in told
    )


def _with(supervision: Supervision, answers: Mapping[str, tuple[Said, ...]]) -> Supervision:
    """The statements with further answers; reading afterwards is none of them, for it would take every time code away."""

    def of(*names: str) -> tuple[Said, ...]:
        return tuple(found for name in names for found in answers.get(name, ()))

    return replace(
        supervision,
        modes=supervision.modes + of("in_room", "nearby", "remote"),
        live=supervision.live + of("live"),
        exclusive=supervision.exclusive + of("exclusive"),
        shared=supervision.shared + of("shared"),
        communication=supervision.communication + of("communication"),
    )


def _silent(supervision: Supervision) -> list[str]:
    """The questions about the professional to which patterns found no answer anywhere."""
    found = {
        "place": supervision.modes,
        "exclusivity": supervision.exclusive + supervision.shared,
        "live": supervision.live + supervision.afterwards,
        "communication": supervision.communication,
    }
    return [question for question, answers in found.items() if not answers]


def _told(reading: Reading, fields: Fields, cast: Cast, weighed: list[Statement], heads: dict[str, Head]) -> list[_Told]:
    """The surest answer to each question, where none other that is sure excludes it."""
    told: list[_Told] = []
    people = roles(cast)
    for head, shares in zip(heads.values(), shares_of(tuple(one.words for one in weighed), tuple(heads.values())), strict=True):
        sure: dict[str, _Told] = {}
        for row, column, share in sure_answers(head, shares):
            one, answer = weighed[row], head.classes[column]
            who = about(reading, fields, cast, one, answer)
            known = sure.get(answer)
            confidence = head.curve.at(share)
            if who is None or known_to_patterns(reading.text[one.start : one.end], answer):
                continue
            if (known is None or confidence > known.confidence) and seen(reading, people, one, answer) >= _NOT_REFUSED:
                sure[answer] = _Told(answer, confidence, one.start, one.end, one.unit, who[1])
        if len(sure) == 1:
            told += sure.values()
    return told
