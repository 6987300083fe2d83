"""A small sentence encoder that answers the questions of statements, asked where patterns are silent; it knows words by their context.

`models/encoder/encoder.onnx` is the first layers of a published sentence model, taught further on labelled statements and stored in
eight bits (`models/encoder/train.py`); onnxruntime runs it, offline, on one thread. It is loaded with the first question only.
"""

from __future__ import annotations

import functools
import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

from ionm_notes.read.trained.folder import models_folder
from ionm_notes.read.trained.sentences import QUESTIONS
from ionm_notes.read.trained.words import pieces_of

SPECIAL = ("[PAD]", "[UNK]", "[CLS]", "[SEP]")
"""Pieces that are no letters, by place: what fills a row up, what is unknown, where a statement begins and ends."""
LONGEST = 72
"""Pieces of a statement that are weighed; `longest` in models/encoder/config.toml."""
PRECISION = 0.95
"""How often answers from the share on at which they count were right on left-out authors, but for those of `[shares]`; `precision` in
models/encoder/config.toml."""
_TOKEN = re.compile(r"[^\W\d_]+|\d+|[^\w\s]")
_RULED = re.compile(r"([^\w\s])(?:\s?\1)+")
"""A ruled line, or dots that lead to a value: one sign says as much, and leaves room for words."""


def pieces(text: str, places: Mapping[str, int]) -> list[int]:
    """Places of the pieces of a statement in small letters, numbers of two and more digits as '00'; as taught, so read."""
    found: list[int] = []
    for token in _TOKEN.findall(_RULED.sub(r"\1", text.lower())):
        word = "00" if token.isdigit() and len(token) > 1 else token
        found += pieces_of(word, places) or (places["[UNK]"],)
    return [places["[CLS]"], *found, places["[SEP]"]]


@functools.cache
def _session() -> tuple[Any, dict[str, int]] | None:
    """The encoder and its vocabulary, or None where none is shipped."""
    folder = models_folder() / "encoder"
    if not (folder / "encoder.onnx").is_file():
        return None
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    session = onnxruntime.InferenceSession(str(folder / "encoder.onnx"), options, providers=["CPUExecutionProvider"])
    kept = (folder / "pieces.txt").read_text(encoding="utf-8").splitlines()
    return session, {piece: place for place, piece in enumerate(kept)}


@functools.cache
def least() -> Mapping[str, float]:
    """The share from which on an answer with a sign was right often enough on left-out authors, by answer; above 1: never."""
    path = models_folder() / "encoder" / "thresholds.json"
    return dict(json.loads(path.read_text(encoding="utf-8"))) if path.is_file() else {}


@functools.lru_cache(maxsize=8)
def answered(texts: Sequence[str]) -> tuple[Mapping[str, float], ...]:
    """For each statement the share of every answer (none of them: what is left to 1 of a question); empty where no encoder is shipped.

    `texts`: statements with their people named by what they are (`sentences.named`), as a tuple.
    """
    session = _session()
    if session is None or not texts:
        return ()
    import numpy

    run, places = session
    rows = [pieces(text, places)[:LONGEST] for text in texts]
    ids = numpy.zeros((len(rows), max(map(len, rows))), dtype=numpy.int64)
    for row, own in zip(ids, rows, strict=True):
        row[: len(own)] = own
    scores = run.run(None, {"ids": ids})[0]
    found: list[dict[str, float]] = [{} for _ in texts]
    low = 0
    for classes in QUESTIONS.values():
        own = scores[:, low : low + len(classes) + 1]
        low += len(classes) + 1
        raised = numpy.exp(own - own.max(axis=1, keepdims=True))
        shares = raised / raised.sum(axis=1, keepdims=True)
        for n, answers in enumerate(found):
            answers.update({name: float(shares[n, at + 1]) for at, name in enumerate(classes)})
    return tuple(found)
