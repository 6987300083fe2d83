#!/usr/bin/env python3
"""Trains the row model, compares it with others, sets its confidences on the development part: `make model`.

Writes `weights.npz`, `MANIFEST.json` and the comparison `comparison.md` beside this file. Needs scikit-learn (a development
dependency); reading needs numpy alone.
"""

from __future__ import annotations

import hashlib
import json
import pathlib
import random
import sys
import time
import tomllib
from typing import Any

import numpy
from scipy.sparse import csr_matrix
from sklearn.feature_extraction.text import CountVectorizer, TfidfVectorizer
from sklearn.isotonic import IsotonicRegression
from sklearn.linear_model import LogisticRegression
from sklearn.naive_bayes import ComplementNB
from sklearn.pipeline import make_pipeline

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parents[1]), str(HERE)]

import examples  # noqa: E402

from ionm_notes.read.trained.features import SIZE, features  # noqa: E402
from ionm_notes.read.trained.model import Head  # noqa: E402

Pairs = list[tuple[str, str]]


def matrix(texts: list[str]) -> Any:
    """The hashed features of texts as a sparse matrix."""
    rows, places, values = [], [], []
    for n, text in enumerate(texts):
        for place, value in features(text).items():
            rows.append(n)
            places.append(place)
            values.append(value)
    return csr_matrix((values, (rows, places)), shape=(len(texts), SIZE))


def augmented(pairs: Pairs, copies: int, rng: random.Random) -> Pairs:
    """The pairs with noisy copies."""
    return [*pairs, *((examples.noisy(text, rng), label) for text, label in pairs for _ in range(copies))]


def fit(pairs: Pairs, c: float, seed: int) -> tuple[Head, Any]:
    """A linear model over hashed features."""
    model = LogisticRegression(C=c, max_iter=300, class_weight="balanced", random_state=seed)
    model.fit(matrix([t for t, _ in pairs]), [label for _, label in pairs])
    return Head(tuple(model.classes_), model.coef_.T.astype(numpy.float16), model.intercept_.astype(numpy.float32)), model


def accuracy(predicted: list[str], pairs: Pairs) -> float:
    """Share of pairs whose class was found."""
    return sum(p == label for p, (_, label) in zip(predicted, pairs, strict=True)) / len(pairs)


def spacy_textcat(train: Pairs, tests: dict[str, Pairs], seed: int) -> dict[str, float]:
    """spaCy's bag-of-words text categorizer on the same examples."""
    import spacy
    from spacy.training import Example

    spacy.util.fix_random_seed(seed)
    nlp = spacy.blank("en")
    cat = nlp.add_pipe(
        "textcat",
        config={
            "model": {
                "@architectures": "spacy.TextCatBOW.v3",
                "exclusive_classes": True,
                "ngram_size": 2,
                "no_output_layer": False,
            }
        },
    )
    labels = sorted({label for _, label in train})
    for label in labels:
        cat.add_label(label)
    data = [Example.from_dict(nlp.make_doc(t.lower()), {"cats": {x: float(x == y) for x in labels}}) for t, y in train]
    optimizer = nlp.initialize(lambda: data)
    rng = random.Random(seed)
    for _ in range(12):
        rng.shuffle(data)
        for low in range(0, len(data), 64):
            nlp.update(data[low : low + 64], sgd=optimizer)
    return {
        name: accuracy([max(d.cats, key=d.cats.get) for d in nlp.pipe([t.lower() for t, _ in pairs])], pairs)
        for name, pairs in tests.items()
    }


def compare(train: Pairs, tests: dict[str, Pairs], ours: Any, seed: int) -> list[str]:
    """Accuracy of several small models on wordings of the other parts."""
    texts, labels = [t.lower() for t, _ in train], [y for _, y in train]
    others = {
        "words, naive Bayes": make_pipeline(CountVectorizer(ngram_range=(1, 2)), ComplementNB()),
        "words, logistic": make_pipeline(
            TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True),
            LogisticRegression(C=30, max_iter=300, class_weight="balanced"),
        ),
        "letters 2-5, logistic": make_pipeline(
            TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), sublinear_tf=True),
            LogisticRegression(C=30, max_iter=300, class_weight="balanced"),
        ),
    }
    rows = ["| model | " + " | ".join(f"{name} wordings" for name in tests) + " |", "|---|" + "---|" * len(tests)]
    for name, model in others.items():
        model.fit(texts, labels)
        rows.append(
            f"| {name} | "
            + " | ".join(f"{accuracy(list(model.predict([t.lower() for t, _ in pairs])), pairs):.1%}" for pairs in tests.values())
            + " |"
        )
    spacy_scores = spacy_textcat(train, tests, seed)
    rows.append("| spaCy textcat, bag of words | " + " | ".join(f"{spacy_scores[name]:.1%}" for name in tests) + " |")
    mine = {name: accuracy(list(ours.predict(matrix([t for t, _ in pairs]))), pairs) for name, pairs in tests.items()}
    rows.append(
        "| **hashed words, letters and pattern tags, logistic (shipped)** | "
        + " | ".join(f"{v:.1%}" for v in mine.values())
        + " |"
    )
    return rows


def calibrate(scores: list[tuple[float, bool]]) -> tuple[list[float], list[float]]:
    """Points of the isotonic curve from score to how often such a guess is right, damped by two imagined wrong guesses."""
    if len(scores) < 10:
        return [0.0, 1.0], [0.0, 0.5]
    x, y = [s for s, _ in scores], [float(r) for _, r in scores]
    curve = IsotonicRegression(out_of_bounds="clip").fit([*x, 0.0, 1.0], [*y, 0.0, 0.0])
    points = numpy.linspace(0, 1, 21)
    return [float(p) for p in points], [float(v) for v in curve.predict(points)]


def main() -> None:
    """Train, compare, calibrate, write."""
    began = time.monotonic()
    config = tomllib.loads((HERE / "config.toml").read_text())
    seed, most = config["seed"], config["most_ways"]
    rng = random.Random(seed)
    train = augmented([*examples.entries("train", most, seed), *examples.from_patterns()], config["copies"], rng)
    spans = augmented(examples.intervals("train", most, seed), config["copies"], rng)
    entries, model = fit(train, config["regularization"], seed)
    intervals, _ = fit(spans, config["regularization"], seed)
    parts = {part: examples.entries(part, 20, seed) for part in ("dev", "test")}
    comparison = compare(train, parts, model, seed)
    stored = {"scores": [0.0, 1.0], "confidences": [0.0, 1.0]}
    write(entries, intervals, stored)
    from held import held  # needs the weights in place

    points, confidences = calibrate(held("dev", 200))
    write(entries, intervals, {"scores": points, "confidences": confidences})
    (HERE / "comparison.md").write_text("\n".join(comparison) + "\n")
    weights = (HERE / "weights.npz").read_bytes()
    manifest = {
        "sha256": hashlib.sha256(weights).hexdigest(), "bytes": len(weights), "licence": "Apache-2.0", "config": config,
        "classes": list(entries.classes), "examples": len(train), "interval_examples": len(spans),
    }  # fmt: skip
    (HERE / "MANIFEST.json").write_text(json.dumps(manifest, indent=1) + "\n")
    print("\n".join([*comparison, "", f"{len(weights)} bytes, {time.monotonic() - began:.0f} s"]))


def write(entries: Head, intervals: Head, stored: dict[str, list[float]]) -> None:
    """The weights as one file of arrays."""
    numpy.savez_compressed(
        HERE / "weights.npz",
        entries_classes=numpy.array(entries.classes), entries_matrix=entries.matrix, entries_bias=entries.bias,
        intervals_classes=numpy.array(intervals.classes), intervals_matrix=intervals.matrix, intervals_bias=intervals.bias,
        scores=numpy.array(stored["scores"]), confidences=numpy.array(stored["confidences"]),
    )  # fmt: skip


if __name__ == "__main__":
    main()
