#!/usr/bin/env python3
"""Compares small models of log entries on left-out authors and writes `comparison.md`: `make model` runs it after training.

Each author of the variety is left out in turn and their wordings are read by what the others taught.
"""

from __future__ import annotations

import pathlib
import random
import sys
import tomllib
import warnings
from typing import Any

from sklearn.exceptions import ConvergenceWarning
from sklearn.feature_extraction.text import CountVectorizer, TfidfVectorizer
from sklearn.naive_bayes import ComplementNB
from sklearn.neural_network import MLPClassifier
from sklearn.pipeline import make_pipeline

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parents[1]), str(HERE)]

import examples  # noqa: E402
from train import Pairs, augmented, hashed, linear, matrix, sense, taught  # noqa: E402

SHIPPED = "**both, logistic (shipped)**"
INTRODUCTION = """Share of wordings, of 19 classes, whose class is found in the part of an author who was left out (made by `compare.py`); no order of a day
helps here. The other parts, `entries.toml` and the examples of patterns taught the models.
"""


def accuracy(predicted: list[str], pairs: Pairs) -> float:
    """Share of pairs whose class was found."""
    return sum(p == label for p, (_, label) in zip(predicted, pairs, strict=True)) / len(pairs)


def compared(train: Pairs, test: Pairs, config: dict[str, Any]) -> dict[str, float]:
    """Accuracy of several small models, taught by some authors, on the wordings of another."""
    texts, labels, asked = [t.lower() for t, _ in train], [y for _, y in train], [t.lower() for t, _ in test]
    plain = {
        "words, naive Bayes": make_pipeline(CountVectorizer(ngram_range=(1, 2)), ComplementNB()),
        "words, logistic": make_pipeline(TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True), linear(config)),
        "letters 2-5, logistic": make_pipeline(
            TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), sublinear_tf=True), linear(config)
        ),
    }
    found = {name: accuracy(list(model.fit(texts, labels).predict(asked)), test) for name, model in plain.items()}
    ways = {"what words mean, logistic": sense, "words, letters and pattern tags, logistic": hashed, SHIPPED: matrix}
    for name, rows in ways.items():
        model = linear(config).fit(rows([t for t, _ in train]), labels)
        found[name] = accuracy(list(model.predict(rows([t for t, _ in test]))), test)
    network = MLPClassifier((64,), max_iter=10, random_state=config["seed"])
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)  # ten passes are meant: more overfit
        network.fit(matrix([t for t, _ in train]), labels)
    found["the same, network with 64 hidden units"] = accuracy(list(network.predict(matrix([t for t, _ in test]))), test)
    return found


def left_out(authors: dict[str, Pairs], config: dict[str, Any]) -> list[str]:
    """The table of models by left-out author."""
    parts = examples.parts()
    scores = {}
    for part in parts:
        others = [pair for author, pairs in authors.items() if author != part for pair in pairs]
        scores[part] = compared(augmented(others, config["copies"], random.Random(config["seed"])), authors[part], config)
    rows = [f"| model | {' | '.join(parts)} | mean |", "|---|" + "---|" * (len(parts) + 1)]
    for name in scores[parts[0]]:
        found = [scores[part][name] for part in parts]
        rows.append(f"| {name} | {' | '.join(f'{v:.1%}' for v in found)} | {sum(found) / len(found):.1%} |")
    return rows


def main() -> None:
    """Compare and write."""
    config = tomllib.loads((HERE / "config.toml").read_text())
    authors, _ = taught(config)
    comparison = left_out(authors, config)
    (HERE / "comparison.md").write_text("\n".join([INTRODUCTION, *comparison]) + "\n")
    print("\n".join(comparison))


if __name__ == "__main__":
    main()
