"""What a reading calls a mention of a modality, and the result of reading them all."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from ionm_notes.read.reading import Reading, Unit
from ionm_notes.read.vocabulary import Hit
from ionm_notes.types import Modality

NERVE_MODALITIES = ("SSEP",)


MUSCLE_MODALITIES = ("EMG", "TRIGGERED_EMG", "MEP")


@dataclass(slots=True)
class Mention:
    """One mention of a modality: its judgement and the sites that go with it."""

    modality: str
    start: int
    end: int
    unit: Unit
    status: str = "performed"
    intended: bool = False
    log: bool = False
    sites: list[Hit] = field(default_factory=list)
    technique: bool = False
    course: bool = False


@dataclass(frozen=True, slots=True)
class ModalityReading:
    """Modalities of the case and what else their clauses say."""

    modalities: tuple[Modality, ...]
    eeg_for_depth: bool
    mentions: tuple[Mention, ...]
    sites: tuple[Hit, ...]


ORDER = (
    "PEDICLE_SCREW", "TOF", "SUBCORTICAL_MAPPING", "CORTICAL_MAPPING", "TRIGGERED_EMG", "PHASE_REVERSAL", "ECOG", "BAEP", "VEP", "H_REFLEX",
    "BCR", "NAP", "D_WAVE", "MER", "MEP", "SSEP", "EEG", "EMG",
)  # fmt: skip


def clause_of(reading: Reading, mention: Mention) -> tuple[int, int, str]:
    """The clause around a mention: its unit, cut at cells and semicolons."""
    text, unit = reading.text, mention.unit
    low, high = unit.start, unit.end
    for match in _CLAUSE_END.finditer(text, unit.start, unit.end):
        if match.start() < mention.start:
            low = match.start() + 1
        elif match.start() >= mention.end:
            high = match.start()
            break
    return low, high, text[low:high]


_CLAUSE_END = re.compile(r"[;\t]|\.\s")
