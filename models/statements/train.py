#!/usr/bin/env python3
"""Trains the model of statements and measures it on left-out authors: `make model`.

Writes `weights.npz`, `MANIFEST.json` and `left_out.md` beside this file. Needs scikit-learn (a development dependency); reading
needs numpy alone. Every author in turn is left out and read by what the others taught; from those readings come the table, the
share at which an answer is given, and its confidence.
"""

from __future__ import annotations

import hashlib
import json
import pathlib
import time
import tomllib
from typing import Any

import labelled
import numpy
from examples import parts
from labelled import Labelled
from scipy.sparse import csr_matrix, hstack
from sklearn.isotonic import IsotonicRegression
from sklearn.linear_model import LogisticRegression

from ionm_notes.read.trained.sentences import QUESTIONS, SIZE, Features, features, plain

HERE = pathlib.Path(__file__).resolve().parent
NONE = "none"
Read = tuple[float, str, str, str]
"""Of one sentence of a left-out author: the share of the answer, the answer, what is right, the author's group."""


def matrix(found: Features, words: bool = True, sense: bool = True) -> Any:
    """Features as a sparse matrix: places of words first, then meanings."""
    ends = [*found.starts[1:].tolist(), len(found.places)]
    hashed = csr_matrix((found.weights, found.places, [0, *ends]), shape=(len(ends), SIZE))
    return hstack([hashed * words, csr_matrix(found.meanings * sense)]).tocsr()


def fit(rows: Any, answers: Any, config: dict[str, Any]) -> Any:
    """One question's linear model."""
    return LogisticRegression(C=config["regularization"], max_iter=200, random_state=config["seed"]).fit(rows, answers)


def group_of(author: str, groups: int, writers: list[str]) -> str:
    """Whom an author is left out with: made-up writers and voices in groups of their kind, everyone else alone."""
    kind = author.split()[0]
    return f"{kind} {writers.index(author) % groups + 1}" if author in writers else author


def left_out(rows: Any, answers: Any, groups: Any, config: dict[str, Any]) -> list[Read]:
    """Readings of each group by a model of the others."""
    found: list[Read] = []
    for group in sorted(set(groups) - {"patterns"}):
        inside = groups == group
        model = fit(rows[~inside], answers[~inside], config)
        shares = model.predict_proba(rows[inside])
        best = shares.argmax(axis=1)
        found += [
            (float(share[place]), str(model.classes_[place]), str(right), group)
            for share, place, right in zip(shares, best, answers[inside], strict=True)
        ]
    return found


def threshold(read: list[Read], answer: str, precision: float) -> float:
    """The lowest share from which on such answers keep the precision on left-out authors; 1 where none does."""
    least, right = 1.0, 0
    for count, (share, given, truth, _) in enumerate(sorted((r for r in read if r[1] == answer), reverse=True), 1):
        right += given == truth
        if right / count >= precision and count >= 8:
            least = share
    return least


def curve(read: list[Read]) -> tuple[list[float], list[float]]:
    """Points from share to how often an answer of that share was right, damped by two imagined wrong ones."""
    given = [(share, float(answer == truth)) for share, answer, truth, _ in read if answer != NONE]
    fitted = IsotonicRegression(out_of_bounds="clip").fit([*(s for s, _ in given), 0.0, 1.0], [*(r for _, r in given), 0.0, 0.0])
    points = numpy.linspace(0, 1, 21)
    return [float(p) for p in points], [float(v) for v in fitted.predict(points)]


def row(name: str, question: str, read: list[Read], least: dict[str, float]) -> str:
    """A line of the table: found of those that are there, right of those given, above the threshold."""
    there = sum(truth != NONE for _, _, truth, _ in read)
    given = [(answer, truth) for share, answer, truth, _ in read if answer != NONE and share >= least[answer]]
    right = sum(answer == truth for answer, truth in given)
    loose = [(answer, truth) for _, answer, truth, _ in read if answer != NONE]
    hits = sum(answer == truth for answer, truth in loose)
    return (
        f"| {question} | {name} | {there} | {hits / max(there, 1):.1%} | {hits / max(len(loose), 1):.1%} "
        f"| {right / max(there, 1):.1%} | {right / max(len(given), 1):.1%} |"
    )


def reliability(read: list[Read]) -> list[str]:
    """How often answers of a share were right."""
    lines = ["| share | answers | right |", "|---|---|---|"]
    for low in (0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.98):
        high = {0.9: 0.95, 0.95: 0.98, 0.98: 1.01}.get(low, low + 0.1)
        inside = [answer == truth for share, answer, truth, _ in read if answer != NONE and low <= share < high]
        if inside:
            lines.append(f"| {low:.2f} to {min(high, 1):.2f} | {len(inside)} | {sum(inside) / len(inside):.0%} |")
    return lines


def taught(config: dict[str, Any], without: str = "") -> list[Labelled]:
    """The sentences of every author but one, each once."""
    said = [one for part in parts() for one in labelled.of_variety(part, config["most_ways"], config["seed"])]
    said += [*labelled.of_patterns(), *labelled.of_own(config["own_ways"], config["seed"])]
    said += labelled.of_voices(config["own_ways"], config["seed"])
    return [one for one in labelled.without_repeats(said) if one.author != without and plain(one.text, labelled.PEOPLE)]


def answered(said: list[Labelled], question: str) -> tuple[Any, Any]:
    """Which sentences are labelled for a question, and the labels of these."""
    known = numpy.array([question in one.answers for one in said])
    return known, numpy.array([one.answers.get(question, NONE) for one in said])[known]


def head(rows: Any, answers: Any, config: dict[str, Any]) -> tuple[Any, Any, Any]:
    """Classes, weights by place and class, and biases of one question's model; of two classes each gets its own column."""
    model = fit(rows, answers, config)
    weights, bias = model.coef_, model.intercept_
    if len(model.classes_) == 2:
        weights, bias = numpy.vstack([-weights[0] / 2, weights[0] / 2]), numpy.array([-bias[0] / 2, bias[0] / 2])
    return numpy.array(model.classes_), weights.T.astype(numpy.float16), bias.astype(numpy.float32)


def stored(question: str, head: tuple[Any, Any, Any], least: dict[str, float], points: Any) -> dict[str, Any]:
    """The arrays of one question as they lie in the file of weights."""
    classes, weights, bias = head
    return {
        f"{question}_classes": classes,
        f"{question}_matrix": weights,
        f"{question}_bias": bias,
        f"{question}_scores": numpy.array(points[0]),
        f"{question}_confidences": numpy.array(points[1]),
        f"{question}_least": numpy.array([least.get(str(name), 2.0) for name in classes]),
    }


HEADS = ["| question | {} | answers there | found | right | found, sure | right, sure |", "|---|---|---|---|---|---|---|"]


def main() -> None:
    """Train, leave out, measure, write."""
    began = time.monotonic()
    config = tomllib.loads((HERE / "config.toml").read_text())
    said = taught(config)
    writers = sorted({one.author for one in said if one.author.startswith(("own ", "voice "))})
    groups = numpy.array([group_of(one.author, config["groups"], writers) for one in said])
    found = features([plain(one.text, labelled.PEOPLE) for one in said])
    variants = {"words": matrix(found, sense=False), "meanings": matrix(found, words=False), "both (shipped)": matrix(found)}
    arrays: dict[str, Any] = {}
    compared, by_author, pooled = [HEADS[0].format("features"), HEADS[1]], [HEADS[0].format("left-out author"), HEADS[1]], []
    for question, names in QUESTIONS.items():
        known, answers = answered(said, question)
        for name, rows in variants.items():
            read = left_out(rows[known], answers, groups[known], config)
            least = {answer: threshold(read, answer, config["precision"]) for answer in names}
            compared.append(row(name, question, read, least))
        pooled += read
        by_author += [row(group, question, [r for r in read if r[3] == group], least) for group in sorted({r[3] for r in read})]
        arrays |= stored(question, head(variants["both (shipped)"][known], answers, config), least, curve(read))
        print(question, {k: round(v, 3) for k, v in least.items()}, f"{time.monotonic() - began:.0f} s", flush=True)
    numpy.savez_compressed(HERE / "weights.npz", **arrays)
    write_manifest(config, len(said))
    titles = ("", "By author, with both:", "How often an answer of a share was right:")
    tables = zip(titles, (compared, by_author, reliability(pooled)), strict=True)
    page = [INTRODUCTION, *(line for title, table in tables for line in ((title, "", *table, "") if title else (*table, "")))]
    (HERE / "left_out.md").write_text("\n".join(page).rstrip("\n") + "\n")
    print("\n".join(compared), f"\n{len(said)} sentences, {time.monotonic() - began:.0f} s")


def write_manifest(config: dict[str, Any], sentences: int) -> None:
    """Where the weights come from."""
    weights = (HERE / "weights.npz").read_bytes()
    manifest = {
        "sha256": hashlib.sha256(weights).hexdigest(),
        "bytes": len(weights),
        "licence": "Apache-2.0",
        "config": config,
        "sentences": sentences,
        "words_sha256": hashlib.sha256((HERE.parent / "words" / "words.npz").read_bytes()).hexdigest(),
    }
    (HERE / "MANIFEST.json").write_text(json.dumps(manifest, indent=1) + "\n")


INTRODUCTION = """# Statements of left-out authors

Made by `train.py`: each author left out in turn, read by what the others taught. *Found*: share of the answers that are there; *right*:
share of the answers given; *sure*: only answers of the share from which on 97 % were right. The five groups of own sentences and of
voices were written to be hard: half of them are near-misses.
"""


if __name__ == "__main__":
    main()
