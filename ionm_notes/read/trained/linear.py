"""The linear model of statements: a share of every answer for every statement, in one product of matrices for a whole document.

`models/statements/weights.npz` holds a model for each question; `models/statements/train.py` trains them. It costs next to nothing, so that
every statement is weighed; the encoder (`encoder.py`) is asked about few.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from ionm_notes.read.trained.folder import models_folder
from ionm_notes.read.trained.model import Curve
from ionm_notes.read.trained.sentences import QUESTIONS, SIZE, features


@dataclass(frozen=True, slots=True)
class Head:
    """One question: its name, its answers with their weights, the share from which each is given, and how often shares were right."""

    question: str
    classes: tuple[str, ...]
    matrix: Any
    bias: Any
    least: tuple[float, ...]
    curve: Curve


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


def sure_answers(head: Head, shares: Any) -> Iterator[tuple[int, int, float]]:
    """The sure answers to one question: which statement, which class, its share."""
    for row, own in enumerate(shares):
        column = int(own.argmax())
        if own[column] >= head.least[column]:
            yield row, column, float(own[column])
