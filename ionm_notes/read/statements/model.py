"""The statements of a record that documentation elements rest on, and how a piece of text becomes their evidence."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ionm_notes.read.boxes import BOX, boxes_behind_words, only_ticked
from ionm_notes.read.reading import Reading, Unit
from ionm_notes.types import Evidence, OperationSite, Proof


@dataclass(frozen=True, slots=True)
class Statements:
    """Each statement with its proof; an empty proof means the document does not say it."""

    order: Proof
    procedure: Proof
    procedure_text: str | None
    indication: Proof
    indication_text: str | None
    anesthesia: Proof
    baseline_findings: Proof
    findings: Proof
    change: Proof
    told: Proof
    interpretation: Proof
    site: OperationSite | None
    tags: tuple[str, ...]
    tag_proof: Proof
    icd10: tuple[str, ...]
    payer: str | None
    laterality: tuple[Proof, ...]


HISTORY = re.compile(
    r"\b(?:previous|prior|earlier|history of|in (?:19|20)\d\d|years? ago|elsewhere|another hospital|s/p|status post|had an?|underwent|had been)\b",
    re.I,
)


def clip(reading: Reading, unit: Unit, low: int, high: int, before: int = 50, after: int = 70) -> Evidence:
    """Evidence of a few words around a range, within its unit; `before` and `after` in characters."""
    low, high = max(unit.start, low - before), min(unit.end, high + after)
    while low > unit.start and not reading.text[low - 1].isspace():
        low -= 1
    while high < unit.end and not reading.text[high].isspace():
        high += 1
    return reading.evidence(low, high)


def told_units(reading: Reading) -> Iterator[tuple[Unit, str]]:
    """Units that state something, with their text, of one length; repeated headers and footers left out, unticked words blanked."""
    boxed = BOX.search(reading.text) is not None
    for unit in reading.units:
        if unit.kind != "running":
            text = reading.unit_text(unit)
            yield unit, only_ticked(text) if boxed and BOX.search(text) and not boxes_behind_words(text) else text
