"""What the encoder answers to questions that patterns left open, where a sign of the answer stands in the very words: facts, not guesses.

Two witnesses who do not know of one another: the sign, one of few words of the field that a person chose (`patterns/signs.toml`), and
the encoder, which weighs the whole statement. An answer counts where both say it, the encoder from the share on at which it was
right for `precision` of statements of left-out authors, or that was set by hand (models/encoder/config.toml), where its statement is about the
professional or nobody named, where patterns that know its words have not denied them (nor, of a place or where nobody is named, know them at
all), and where no other answer to the question stands against it. Long statements are weighed clause by clause as well. Without a sign it stays a guess (`statements.py`), and so
does attention to other cases: it may be told of some hours only.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from ionm_notes.read.fields import Fields
from ionm_notes.read.people import Cast
from ionm_notes.read.reading import Reading
from ionm_notes.read.said import Said
from ionm_notes.read.trained.about import about, denied, known_to_patterns
from ionm_notes.read.trained.encoder import answered, least
from ionm_notes.read.trained.linear import load, shares_of
from ionm_notes.read.trained.sentences import QUESTIONS, named
from ionm_notes.read.trained.signs import signed
from ionm_notes.read.trained.weighed import Statement, clauses, roles

_MOST = 48
"""Statements of a document that are put to the encoder, the likeliest by the linear model: a log of 300 pages costs no more."""
_AFTERWARDS = 0.3
"""The share of reading afterwards above which a statement tells no place of watching."""
_HEARD = 0.5
"""The share from which on an answer is heard at all: it may stand against another one to the same question."""
_BEYOND_DOUBT, _STRONG = 0.95, 0.8
"""An answer from the first share on stands against all but those from the second one on; one below it against none that is heard."""
_RULED_OUT = 0.97
"""The share of 'says nothing of it' from which on the linear model rules a statement out."""


def signed_answers(
    reading: Reading, fields: Fields, cast: Cast, weighed: list[Statement], asked: Collection[str]
) -> Mapping[str, Said]:
    """The surest statement of each answer to the questions `asked`, by answer; none where another answer to the question gainsays it."""
    if not cast.professionals:
        return {}
    sure_from = least()
    parts = [(part, one) for one in _likeliest(weighed, asked) for part in (one, *clauses(reading, cast, one))]
    answers = [answer for question in asked for answer in QUESTIONS[question] if sure_from.get(answer, 2.0) <= 1]
    parts = [(one, whole) for one, whole in parts if any(signed(answer, reading.text[one.start : one.end]) for answer in answers)]
    if not parts:
        return {}
    people = roles(cast)
    shares = answered(tuple(named(reading.text[one.start : one.end], people) for one, _ in parts))
    weighed_parts = list(zip(parts, shares, strict=bool(shares)))
    found: dict[str, Said] = {}
    for question in asked:
        heard = _heard(reading, fields, cast, question, weighed_parts)
        for answer, told in heard.items():
            if told.share >= sure_from.get(answer, 2.0) and not any(
                _gainsays(other.share, told.share) for other in heard.values() if other is not told
            ):
                one = told.part
                found[answer] = Said(answer, one.start, one.end, one.unit, told.who, reading.evidence(one.start, one.end))
    return found


@dataclass(frozen=True, slots=True)
class _Heard:
    """An answer as one part of the record gives it: with which share, where, and of which professional (surname, or '')."""

    share: float
    part: Statement
    who: str


def _heard(
    reading: Reading,
    fields: Fields,
    cast: Cast,
    question: str,
    parts: Sequence[tuple[tuple[Statement, Statement], Mapping[str, float]]],
) -> dict[str, _Heard]:
    """The surest part for every answer to a question that is heard at all. `parts`: each with the statement that it is of, and its shares."""
    heard: dict[str, _Heard] = {}
    for (one, whole), shares in parts:
        if question == "place" and shares["afterwards"] > _AFTERWARDS:
            continue
        for answer in QUESTIONS[question]:
            known = heard[answer].share if answer in heard else _HEARD
            if shares[answer] >= known and (who := _of_whom(reading, fields, cast, question, answer, one, whole)) is not None:
                heard[answer] = _Heard(shares[answer], one, who)
    return heard


def _of_whom(
    reading: Reading, fields: Fields, cast: Cast, question: str, answer: str, one: Statement, whole: Statement
) -> str | None:
    """The professional of whom a part gives an answer with a sign of it, '' where nobody is named; None where it gives none.

    What a sentence is of, its clauses are of: 'At the first operation I was in the room and had no other case'.
    """
    text = reading.text[one.start : one.end]
    who = about(reading, fields, cast, one, answer) if signed(answer, text) else None
    if who is None or (whole is not one and about(reading, fields, cast, whole, answer) is None):
        return None
    refused = known_to_patterns if question == "place" or not who[0] else denied
    return None if refused(text, answer) else who[1]


def _gainsays(other: float, share: float) -> bool:
    """Whether another answer to a question, of share `other`, leaves one of `share` open."""
    return other >= (_STRONG if share >= _BEYOND_DOUBT else _HEARD)


def _likeliest(told: list[Statement], asked: Collection[str]) -> list[Statement]:
    """The statements that the linear model does not rule out as answers to one of the questions, the likeliest ones, in the order of the text."""
    heads = load()
    if heads is None or not told:
        return told[:_MOST]
    import numpy

    chosen = tuple(heads[question] for question in asked)
    silent = [head.classes.index("none") for head in chosen]
    shares = shares_of(tuple(one.words for one in told), chosen)
    none: list[float] = numpy.minimum.reduce([own[:, column] for own, column in zip(shares, silent, strict=True)]).tolist()
    open_ones = [n for n in range(len(told)) if none[n] < _RULED_OUT]
    return [told[n] for n in sorted(sorted(open_ones, key=none.__getitem__)[:_MOST])]
