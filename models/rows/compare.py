#!/usr/bin/env python3
"""Compares small models of log entries on left-out authors and writes `comparison.md`: `make model` runs it after training.

Each author of the variety is left out in turn and their wordings are read by what the others taught.
"""

from __future__ import annotations

import pathlib
import random
import tomllib
import warnings
from typing import Any

import examples
from sklearn.exceptions import ConvergenceWarning
from sklearn.feature_extraction.text import CountVectorizer, TfidfVectorizer
from sklearn.naive_bayes import ComplementNB
from sklearn.neural_network import MLPClassifier
from sklearn.pipeline import make_pipeline
from train import Pairs, augmented, hashed, linear, matrix, sense, taught

HERE = pathlib.Path(__file__).resolve().parent
SHIPPED = "**both, logistic (shipped)**"
INTRODUCTION = """Share of wordings, of 19 classes, whose class is found in the part of an author who was left out (made by `compare.py`); no order of a day
helps here. The other parts, `entries.toml`, the voices (`models/voices`) and the examples of patterns taught the models.
"""
VOICES = """
Share of wordings whose class is found by the shipped kind of model: in the parts, taught with and without the voices, and in the voices
themselves, in five groups of which each was left out. The voices were written to be hard; 'near' wordings of other classes are among them.
"""
GROUPS = 5


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


def shipped(authors: dict[str, Pairs], teachers: set[str], asked: set[str], config: dict[str, Any]) -> float:
    """Accuracy of the shipped kind of model, taught by some authors, on the wordings of others."""
    told = [pair for author in authors if author in teachers for pair in authors[author]]
    train = augmented(told, config["copies"], random.Random(config["seed"]))
    test = [pair for author in authors if author in asked for pair in authors[author]]
    model = linear(config).fit(matrix([t for t, _ in train]), [label for _, label in train])
    return accuracy(list(model.predict(matrix([t for t, _ in test]))), test)


def voices_left_out(authors: dict[str, Pairs], config: dict[str, Any]) -> list[str]:
    """The table of what the voices add, and of how they themselves are read."""
    voices, everyone = list(examples.voices()), set(authors)
    rows = ["| left out | taught without voices | with voices |", "|---|---|---|"]
    for part in examples.parts():
        ways = (everyone - set(voices) - {part}, everyone - {part})
        rows.append(f"| {part} | {' | '.join(f'{shipped(authors, way, {part}, config):.1%}' for way in ways)} |")
    for group in range(GROUPS):
        own = set(voices[group::GROUPS])
        ways = (everyone - set(voices), everyone - own)
        figures = " | ".join(f"{shipped(authors, way, own, config):.1%}" for way in ways)
        rows.append(f"| {', '.join(sorted(own))} | {figures} |")
    return rows


def main() -> None:
    """Compare and write."""
    config = tomllib.loads((HERE / "config.toml").read_text())
    authors, _ = taught(config)
    comparison = [*left_out(authors, config), VOICES, *voices_left_out(authors, config)]
    (HERE / "comparison.md").write_text("\n".join([INTRODUCTION, *comparison]) + "\n")
    print("\n".join(comparison))


if __name__ == "__main__":
    main()
