#!/usr/bin/env python3
"""Trains the row model and sets its confidences on documents of left-out authors: `make model`.

Writes `weights.npz` and `MANIFEST.json` beside this file; `compare.py` holds it against other models. Needs scikit-learn (a development
dependency); reading needs numpy alone.
"""

from __future__ import annotations

import hashlib
import json
import pathlib
import random
import time
import tomllib
from typing import Any

import examples
import numpy
from held import held
from scipy.sparse import csr_matrix, hstack
from sklearn.isotonic import IsotonicRegression
from sklearn.linear_model import LogisticRegression

from ionm_notes.read.trained.features import SIZE, features, normal, words_of
from ionm_notes.read.trained.model import Head, load
from ionm_notes.read.trained.words import meanings

HERE = pathlib.Path(__file__).resolve().parent
Pairs = list[tuple[str, str]]
SHIPPED = "**both, logistic (shipped)**"


def hashed(texts: list[str]) -> Any:
    """The hashed features of texts as a sparse matrix."""
    rows, places, values = [], [], []
    for n, text in enumerate(texts):
        for place, value in features(text).items():
            rows.append(n)
            places.append(place)
            values.append(value)
    return csr_matrix((values, (rows, places)), shape=(len(texts), SIZE))


def sense(texts: list[str]) -> Any:
    """What the words of texts mean."""
    return csr_matrix(meanings([words_of(normal(text)) for text in texts]))


def matrix(texts: list[str]) -> Any:
    """All features: hashed ones, then meanings."""
    return hstack([hashed(texts), sense(texts)]).tocsr()


def augmented(pairs: Pairs, copies: int, rng: random.Random) -> Pairs:
    """The pairs with noisy copies."""
    return [*pairs, *((examples.noisy(text, rng), label) for text, label in pairs for _ in range(copies))]


def fit(pairs: Pairs, config: dict[str, Any]) -> Head:
    """A linear model over all features."""
    model = linear(config).fit(matrix([t for t, _ in pairs]), [label for _, label in pairs])
    return Head(tuple(model.classes_), model.coef_.T.astype(numpy.float16), model.intercept_.astype(numpy.float32))


def linear(config: dict[str, Any]) -> LogisticRegression:
    """The linear model of the configuration."""
    return LogisticRegression(C=config["regularization"], max_iter=300, class_weight="balanced", random_state=config["seed"])


def calibrate(scores: list[tuple[float, bool]]) -> tuple[list[float], list[float]]:
    """Points of the isotonic curve from score to how often such a guess is right, damped by two imagined wrong guesses."""
    if len(scores) < 10:
        return [0.0, 1.0], [0.0, 0.5]
    x, y = [s for s, _ in scores], [float(r) for _, r in scores]
    curve = IsotonicRegression(out_of_bounds="clip").fit([*x, 0.0, 1.0], [*y, 0.0, 0.0])
    points = numpy.linspace(0, 1, 21)
    return [float(p) for p in points], [float(v) for v in curve.predict(points)]


def taught(config: dict[str, Any]) -> tuple[dict[str, Pairs], dict[str, Pairs]]:
    """Entries, and statements with an interval, of every author with their classes."""
    seed, most, parts = config["seed"], config["most_ways"], examples.parts()
    own_entries, own_spans = examples.own(config["own_ways"], seed)
    authors = {part: examples.entries(part, most, seed) for part in parts}
    authors |= {"own": own_entries, "patterns": list(examples.from_patterns())}
    authors |= examples.spoken("entries", config["own_ways"], seed)
    spans = {part: examples.intervals(part, most, seed) for part in parts} | {"own": own_spans}
    return authors, spans | examples.spoken("intervals", config["own_ways"], seed)


def heads(authors: dict[str, Pairs], spans: dict[str, Pairs], config: dict[str, Any], without: str) -> tuple[Head, Head]:
    """Both heads, taught by all authors but one."""
    found = []
    for told in (authors, spans):
        pairs = [pair for author, own in told.items() if author != without for pair in own]
        found.append(fit(augmented(pairs, config["copies"], random.Random(config["seed"])), config))
    return found[0], found[1]


def main() -> None:
    """Train, compare, calibrate, write."""
    began = time.monotonic()
    config = tomllib.loads((HERE / "config.toml").read_text())
    authors, spans = taught(config)
    scores: list[tuple[float, bool]] = []
    for part in examples.parts():
        write(*heads(authors, spans, config, part), {"scores": [0.0, 1.0], "confidences": [0.0, 1.0]})
        load.cache_clear()
        scores += held(part, config["held_documents"])
    points, confidences = calibrate(scores)
    entries, intervals = heads(authors, spans, config, "")
    write(entries, intervals, {"scores": points, "confidences": confidences})
    weights = (HERE / "weights.npz").read_bytes()
    manifest = {
        "sha256": hashlib.sha256(weights).hexdigest(),
        "bytes": len(weights),
        "licence": "Apache-2.0",
        "config": config,
        "classes": list(entries.classes),
        "examples": sum(map(len, authors.values())),
        "interval_examples": sum(map(len, spans.values())),
        "words_sha256": hashlib.sha256((HERE.parent / "words" / "words.npz").read_bytes()).hexdigest(),
    }
    (HERE / "MANIFEST.json").write_text(json.dumps(manifest, indent=1) + "\n")
    print(f"{len(weights)} bytes, {time.monotonic() - began:.0f} s")


def write(entries: Head, intervals: Head, stored: dict[str, list[float]]) -> None:
    """The weights as one file of arrays."""
    numpy.savez_compressed(
        HERE / "weights.npz",
        entries_classes=numpy.array(entries.classes),
        entries_matrix=entries.matrix,
        entries_bias=entries.bias,
        intervals_classes=numpy.array(intervals.classes),
        intervals_matrix=intervals.matrix,
        intervals_bias=intervals.bias,
        scores=numpy.array(stored["scores"]),
        confidences=numpy.array(stored["confidences"]),
    )


if __name__ == "__main__":
    main()
