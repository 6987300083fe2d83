"""Measures what `deidentify` finds, per kind of identifier, on the labelled notes of `fixtures/make_identifiers.py`.

Run it with a part (`dev`, `held`, ... `final`) and how many notes of each layout: `python benchmarks/deidentification.py final 20`. An identifier
counts as found only if every letter and digit of it is masked; a mask counts as right if it touches an identifier.
"""

from __future__ import annotations

import sys
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from pathlib import Path

from ionm_notes.audit import read
from ionm_notes.phi.apply import as_document, masker_of
from ionm_notes.phi.mask import Masked

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "fixtures"))

from make_identifiers import Note, notes  # noqa: E402 -- a script beside the fixtures, in no package


@dataclass
class Score:
    """Of one kind: identifiers that are there, those masked whole, masks, and masks that touch an identifier."""

    there: int = 0
    found: int = 0
    masks: int = 0
    right: int = 0

    @property
    def recall(self) -> float:
        return self.found / self.there if self.there else 1.0

    @property
    def precision(self) -> float:
        return self.right / self.masks if self.masks else 1.0


@dataclass
class Measured:
    """Scores by kind, and examples of what was missed and of what was masked for nothing."""

    scores: dict[str, Score] = field(default_factory=lambda: defaultdict(Score))
    missed: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    needless: Counter[tuple[str, str, str]] = field(default_factory=Counter)

    @property
    def whole(self) -> Score:
        every = self.scores.values()
        return Score(*(sum(getattr(one, name) for one in every) for name in ("there", "found", "masks", "right")))


def masks_of(note: Note) -> list[Masked]:
    """What is masked in a note, at `none`."""
    document = as_document(f"{note.layout}-{note.seed}.txt", f"{note.layout}-{note.seed}", [note.text])
    masker = masker_of(document, read(document), "none", b"measured")
    out, at = [], 0
    for line in note.text.split("\n"):
        out += [Masked(one.kind, one.start + at, one.end + at, one.instead) for one in masker.found(line)]
        at += len(line) + 1
    return out


def measure(part: str, each: int) -> Measured:
    measured = Measured()
    for note in notes(part, each):
        masks = masks_of(note)
        covered = {place for one in masks for place in range(one.start, one.end)}
        for label in note.labels:
            score = measured.scores[label.kind]
            score.there += 1
            letters = [place for place in range(label.start, label.end) if note.text[place].isalnum()]
            if all(place in covered for place in letters):
                score.found += 1
            else:
                measured.missed[note.layout, label.kind, note.text[label.start : label.end]] += 1
        for one in masks:
            score = measured.scores[one.kind]
            score.masks += 1
            if any(one.start < label.end and label.start < one.end for label in note.labels):
                score.right += 1
            else:
                measured.needless[note.layout, one.kind, note.text[one.start : one.end]] += 1
    return measured


def table(measured: Measured) -> str:
    rows = ["| kind | identifiers | found | recall | masks | precision |", "|---|---|---|---|---|---|"]
    for kind, score in [*sorted(measured.scores.items()), ("**all**", measured.whole)]:
        rows.append(f"| {kind} | {score.there} | {score.found} | {score.recall:.1%} | {score.masks} | {score.precision:.1%} |")
    return "\n".join(rows)


if __name__ == "__main__":
    result = measure(sys.argv[1], int(sys.argv[2]))
    print(table(result))
    if "-v" in sys.argv:
        for title, counter in (("missed", result.missed), ("needless", result.needless)):
            print(title, *(f"  {key} x{count}" for key, count in counter.most_common(60)), sep="\n")
