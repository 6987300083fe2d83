"""Patterns first, the model where they are silent: answers to how the professional attended, from sentences that no pattern knows.

The rule of combination: a question (place, exclusivity, live or afterwards, communication) goes to the model only where patterns found no answer to it in the whole document, and only over statements whose subject is the
professional or nobody named. An answer counts from the share on at which it was right for 97 of 100 statements of authors who were
left out of training; two answers that exclude one another count as none. Each answer is a `Guess` with its evidence; whatever is
billed on it waits for a person (`ionm_notes/guesses.py`). That the record was read afterwards, which would take every time code away,
is asked and changes nothing else. The model knows the technologist's presence and the order too, but is not asked: 'in the room for
part of the case' lies too near, and no code waits for a person where such a guess closes a gap.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from ionm_notes.read.boxes import BOX
from ionm_notes.read.fields import Fields
from ionm_notes.read.names import surname
from ionm_notes.read.people import Cast
from ionm_notes.read.reading import Reading, Unit
from ionm_notes.read.said import Said
from ionm_notes.read.subject import subject_of
from ionm_notes.read.supervision import HISTORIC, RULE, Supervision
from ionm_notes.read.trained.folder import models_folder
from ionm_notes.read.trained.model import Curve
from ionm_notes.read.trained.rows import switched_off
from ionm_notes.read.trained.sentences import QUESTIONS, SIZE, features, plain
from ionm_notes.read.vocabulary import vocabulary
from ionm_notes.types import Guess

WORDED = {
    "in_room": "the professional's place in the operating room", "nearby": "the professional's place near the operating room",
    "remote": "the professional's place away from the hospital", "exclusive": "exclusive attention", "shared": "attention to other cases as well",
    "live": "live attendance", "afterwards": "reading afterwards", "communication": "communication with the operating room",
}  # fmt: skip
"""Answers in words, as findings name them."""
_EXCLUSIVITY = ("supervision.exclusive", "supervision.shared", "supervision.asked", "supervision.count")
_WEIGHED = {
    "in_room": ("mode.in_room",), "nearby": ("mode.nearby",), "remote": ("mode.remote",), "exclusive": _EXCLUSIVITY, "shared": _EXCLUSIVITY,
    "live": ("supervision.live", "supervision.afterwards"), "communication": ("supervision.communication", "supervision.no-communication"),
}  # fmt: skip
"""Patterns that know the words of an answer: where one stands and yet nothing was found, patterns took it for denied or another's."""
_LONGEST = 70
"""Words of the longest statement that is weighed."""
_LOG_ENTRY = re.compile(r"\W{0,3}\d{1,2}[:.h]?\d{2}\b")
_UNANSWERED = re.compile(r"[:?\t|]\s*(?:no|n|false|not\s.*|n/?a|unknown|unspecified|_+)?[\s.]*$", re.I)
"""A field that is empty or says no."""


@dataclass(frozen=True, slots=True)
class Head:
    """One question: its name, its answers with their weights, the share from which each is given, and how often shares were right."""

    question: str
    classes: tuple[str, ...]
    matrix: Any
    bias: Any
    least: tuple[float, ...]
    curve: Curve


@dataclass(frozen=True, slots=True)
class _Told:
    """An answer with the stretch of text that gives it."""

    answer: str
    confidence: float
    start: int
    end: int
    unit: Unit
    who: str


@functools.cache
def load() -> dict[str, Head] | None:
    """The shipped heads by question, or None where none are shipped."""
    path = models_folder() / "statements" / "weights.npz"
    if not path.is_file():
        return None
    import numpy

    with numpy.load(path, allow_pickle=False) as stored:
        return {
            question: Head(
                question,
                tuple(str(c) for c in stored[f"{question}_classes"]),
                stored[f"{question}_matrix"].astype(numpy.float32),
                stored[f"{question}_bias"],
                tuple(map(float, stored[f"{question}_least"])),
                Curve(tuple(map(float, stored[f"{question}_scores"])), tuple(map(float, stored[f"{question}_confidences"]))),
            )
            for question in QUESTIONS
        }


def supplied(reading: Reading, fields: Fields, cast: Cast, supervision: Supervision) -> tuple[Supervision, tuple[Guess, ...]]:
    """What patterns found, with the model's answers to the questions that they left open, and these as guesses."""
    heads = load()
    silent = _silent(supervision)
    if switched_off() or heads is None or not silent:
        return supervision, ()
    told = _told(reading, fields, cast, {question: heads[question] for question in silent})
    if not told:
        return supervision, ()
    by_answer: dict[str, tuple[Said, ...]] = {
        one.answer: (Said(one.answer, one.start, one.end, one.unit, one.who, reading.evidence(one.start, one.end)),)
        for one in told
    }

    def of(*answers: str) -> tuple[Said, ...]:
        return tuple(found for answer in answers for found in by_answer.get(answer, ()))

    supervision = replace(
        supervision, modes=supervision.modes + of("in_room", "nearby", "remote"), live=supervision.live + of("live"),
        exclusive=supervision.exclusive + of("exclusive"),
        shared=supervision.shared + of("shared"), communication=supervision.communication + of("communication"),
    )  # fmt: skip
    return supervision, tuple(
        Guess(WORDED[one.answer], round(one.confidence, 2), reading.proof(one.start, one.end), weighty=one.answer == "afterwards")
        for one in told
    )  # fmt: skip


def _silent(supervision: Supervision) -> list[str]:
    """The questions to which patterns found no answer anywhere."""
    found = {
        "place": supervision.modes, "exclusivity": supervision.exclusive + supervision.shared,
        "live": supervision.live + supervision.afterwards, "communication": supervision.communication,
    }  # fmt: skip
    return [question for question, answers in found.items() if not answers]


def _candidates(reading: Reading) -> Iterator[tuple[int, int, Unit]]:
    """Sentences, fields, and cells in pairs of label and value; no entries of a log, no check boxes, no running lines."""
    for unit in reading.units:
        text = reading.unit_text(unit)
        if unit.kind == "running" or _LOG_ENTRY.match(text) or BOX.search(text):
            continue
        if text.count("\t") <= 1:
            yield unit.start, unit.end, unit
            continue
        cells = [unit.start, *(unit.start + m.end() for m in re.finditer(r"\t", text)), unit.end + 1]
        if len(cells) % 2:  # an even number of cells
            yield from ((low, high - 1, unit) for low, high in zip(cells[::2], cells[2::2], strict=False))


@dataclass(frozen=True, slots=True)
class Statement:
    """A stretch of text that is weighed, and its words as the model takes them."""

    start: int
    end: int
    unit: Unit
    words: tuple[str, ...]


def roles(cast: Cast) -> dict[str, str]:
    """Surnames in small letters with the word that stands for each in what is weighed."""
    people = {surname(p.name).lower(): "technologist" for p in cast.technologists}
    people |= {surname(p.name).lower(): "surgeon" for p in cast.surgeons}
    return people | {surname(p.name).lower(): "physician" for p in cast.professionals}


def statements(reading: Reading, cast: Cast) -> list[Statement]:
    """Whatever of a document is weighed."""
    people = roles(cast)
    found = (Statement(low, high, unit, tuple(plain(reading.text[low:high], people))) for low, high, unit in _candidates(reading))
    return [one for one in found if len(one.words) <= _LONGEST and sum(len(word) > 2 for word in one.words) > 1]


def _told(reading: Reading, fields: Fields, cast: Cast, heads: dict[str, Head]) -> list[_Told]:
    """The surest answer to each question, where none other that is sure excludes it."""
    weighed = statements(reading, cast)
    told: list[_Told] = []
    for head, shares in zip(heads.values(), shares_of(tuple(one.words for one in weighed), tuple(heads.values())), strict=True):
        sure: dict[str, _Told] = {}
        for row, column, share in _sure(head, shares):
            one, answer = weighed[row], head.classes[column]
            who = _who(reading, one.unit, one.start, one.end, answer, lambda u, at: subject_of(reading, u, at, cast, fields))
            known = sure.get(answer)
            confidence = head.curve.at(share)
            if who is not None and (known is None or confidence > known.confidence):
                sure[answer] = _Told(answer, confidence, one.start, one.end, one.unit, who)
        if len(sure) == 1:
            told += sure.values()
    return told


def shares_of(words: tuple[tuple[str, ...], ...], heads: tuple[Head, ...]) -> list[Any]:
    """For each head the shares of its classes: a row for each statement, a column for each class."""
    if not words:
        return [() for _ in heads]
    found = _all_shares(words)
    return [found[head.question] for head in heads]


@functools.cache
def _together() -> tuple[list[Head], Any, Any]:
    """All heads, with their weights and biases side by side."""
    import numpy

    heads = list((load() or {}).values())
    weights, bias = numpy.concatenate([head.matrix for head in heads], axis=1), numpy.concatenate([head.bias for head in heads])
    return heads, weights, bias


@functools.lru_cache(maxsize=4)
def _all_shares(words: tuple[tuple[str, ...], ...]) -> dict[str, Any]:
    """Shares by question, all statements and heads in one product; the statements of a document are asked for twice."""
    import numpy

    heads, weights, bias = _together()
    found = features(words)
    scores = numpy.add.reduceat(weights[found.places] * found.weights[:, None], found.starts, axis=0)
    scores += found.meanings @ weights[SIZE:] + bias
    by_question, low = {}, 0
    for head in heads:
        own = scores[:, low : low + len(head.classes)]
        low += len(head.classes)
        raised = numpy.exp(own - own.max(axis=1, keepdims=True))
        by_question[head.question] = raised / raised.sum(axis=1, keepdims=True)
    return by_question


def _sure(head: Head, shares: Any) -> Iterator[tuple[int, int, float]]:
    """The sure answers to one question: which statement, which class, its share."""
    for row, own in enumerate(shares):
        column = int(own.argmax())
        if own[column] >= head.least[column]:
            yield row, column, float(own[column])


def _who(
    reading: Reading,
    unit: Unit,
    low: int,
    high: int,
    answer: str,
    subject: Callable[[Unit, int], tuple[str, str]],
) -> str | None:
    """The surname that an answer is about ('' where unnamed); None where it is somebody else's, a rule, of another time, or refused by patterns."""
    text = reading.text[low:high]
    known = (vocabulary().regex(name) for name in _WEIGHED.get(answer, ()))
    if RULE.search(text) or HISTORIC.search(text) or any(words.search(text) for words in known):
        return None
    if "__" in text or (answer not in ("exclusive", "shared", "afterwards") and _UNANSWERED.search(text)):
        return None
    role, name = subject(unit, high)
    if answer in ("in_room", "nearby") and role == "" and not vocabulary().regex("subject.professional").search(text):
        return None  # 'In the operating room continuously', 'Where: City Hospital, OR 5'
    if answer == "communication":
        return name if role == "professional" else ""
    return name if role in ("professional", "") else None
