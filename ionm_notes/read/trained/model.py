"""The trained weights: loads `models/rows/weights.npz` once and gives each class its share of belief in an entry."""

from __future__ import annotations

import functools
import math
from dataclasses import dataclass
from typing import Any

from ionm_notes.read.trained.features import SIZE, features_of, normal, words_of
from ionm_notes.read.trained.folder import models_folder
from ionm_notes.read.trained.words import meanings


@dataclass(frozen=True, slots=True, eq=False)
class Head:
    """One set of classes with its weights: `matrix` by place and class, behind them the rows of what words mean; `bias`
    by class."""

    classes: tuple[str, ...]
    matrix: Any
    bias: Any

    def shares(self, text: str, doctors: frozenset[str] = frozenset()) -> dict[str, float]:
        """The share of each class, together 1."""
        return dict(zip(self.classes, _shares(self, normal(text, doctors)), strict=True))


@functools.cache
def _weights_of_meanings(head: Head) -> Any:
    return head.matrix[SIZE:].astype(float)


@functools.lru_cache(maxsize=4096)
def _shares(head: Head, entry: str) -> tuple[float, ...]:
    """The shares of an entry without its names and figures; entries of one practice are alike, so they are kept."""
    found = features_of(entry)
    scores = head.bias + meanings([words_of(entry)])[0] @ _weights_of_meanings(head)
    if found:
        scores = scores + (head.matrix[list(found)].astype(float).T * list(found.values())).sum(axis=1)
    scores = scores.tolist()
    top = max(scores)
    raised = [math.exp(s - top) for s in scores]
    total = sum(raised)
    return tuple(value / total for value in raised)


@dataclass(frozen=True, slots=True)
class Curve:
    """From a score to how often guesses of that score were right, by straight lines between points."""

    scores: tuple[float, ...]
    confidences: tuple[float, ...]

    def at(self, score: float) -> float:
        """The confidence of a score."""
        if score <= self.scores[0]:
            return self.confidences[0]
        for low, high, a, b in zip(self.scores, self.scores[1:], self.confidences, self.confidences[1:], strict=False):
            if score <= high:
                return b if high == low else a + (b - a) * (score - low) / (high - low)
        return self.confidences[-1]


@dataclass(frozen=True, slots=True)
class Model:
    """Weights for entries of logs and for statements with an interval, and the curve from score to confidence."""

    entries: Head
    intervals: Head
    curve: Curve

    def confidence(self, score: float) -> float:
        """How often a guess of this score was right on authors that were left out of training."""
        return self.curve.at(score)


@functools.cache
def load() -> Model | None:
    """The shipped model, or None where none is shipped: reading then rests on patterns alone."""
    path = models_folder() / "rows" / "weights.npz"
    if not path.is_file():
        return None
    import numpy

    with numpy.load(path, allow_pickle=False) as stored:
        heads = [
            Head(tuple(str(c) for c in stored[f"{name}_classes"]), stored[f"{name}_matrix"], stored[f"{name}_bias"])
            for name in ("entries", "intervals")
        ]
        curve = Curve(tuple(map(float, stored["scores"])), tuple(map(float, stored["confidences"])))
        return Model(heads[0], heads[1], curve)
