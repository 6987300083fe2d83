"""What a reading calls a mention of a modality, and the result of reading them all."""

from __future__ import annotations

import bisect
import functools
import re
from dataclasses import dataclass, field

from ionm_notes.read.clause_cuts import STOPS
from ionm_notes.read.expression import expression
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
    twin: Mention | None = None
    """The other half of EMG that was told in both modes at once: they share the muscles."""


@dataclass(frozen=True, slots=True)
class ModalityReading:
    """Modalities of the case and what else their clauses say."""

    modalities: tuple[Modality, ...]
    eeg_for_depth: bool
    mentions: tuple[Mention, ...]
    sites: tuple[Hit, ...]


ORDER = (
    "PEDICLE_SCREW",
    "TOF",
    "SUBCORTICAL_MAPPING",
    "CORTICAL_MAPPING",
    "TRIGGERED_EMG",
    "PHASE_REVERSAL",
    "ECOG",
    "BAEP",
    "VEP",
    "H_REFLEX",
    "BCR",
    "NAP",
    "D_WAVE",
    "MER",
    "MEP",
    "SSEP",
    "EEG",
    "EMG",
)


def clause_of(reading: Reading, mention: Mention) -> tuple[int, int, str]:
    """The clause around a mention: its unit, or the line of a list that it begins, cut at cells and semicolons."""
    text = reading.text
    low, high = line_of_list(reading, mention)
    ends = _clause_ends(text[low:high])
    before = bisect.bisect_left(ends, mention.start - low)
    behind = bisect.bisect_left(ends, mention.end - low, before)
    high = low + ends[behind] if behind < len(ends) else high
    low = low + ends[before - 1] + 1 if before else low
    return low, high, text[low:high]


@functools.lru_cache(maxsize=1024)
def _clause_ends(text: str) -> tuple[int, ...]:
    """Where clauses end; each mention in a statement asks, and several times."""
    return tuple([match.start() for match in STOPS.finditer(text)])


def line_of_list(reading: Reading, mention: Mention) -> tuple[int, int]:
    """The range of what may be said of a study that begins a line of a list which was joined to a sentence; else its unit."""
    text, unit = reading.text, mention.unit
    line = reading.line_index(mention.start)
    start = reading.line_starts[line]
    if start <= unit.start and (line + 1 >= len(reading.line_starts) or reading.line_starts[line + 1] >= unit.end):
        return unit.start, unit.end
    if not _LEAD.fullmatch(text, start, mention.start):
        return unit.start, unit.end
    low = start if start > unit.start and not _GOES_ON.search(text, unit.start, start) else unit.start
    for behind in reading.line_starts[line + 1 :]:
        if behind >= unit.end:
            break
        if _NEW_ENTRY.match(text, behind) and not _GOES_ON.search(text, mention.end, behind):
            return low, behind
    return low, unit.end


_LEAD = re.compile(
    r"[\W_]*(?:\w{1,2}[.)]\s+)?(?:(?:upper|lower|arm|leg|hand|foot|limb|extremity|extremities|left|right|bilateral|median|ulnar|tibial"
    r"|posterior|spinal|flash|scalp|UE|LE|tc|trans-?cranial|continuous|spontaneous|free|running|triggered|intra-?operative)s?\W+){0,4}",
    re.I,
)
"""What may stand before the study that begins a line."""
_NEW_ENTRY = re.compile(r"[\W_]*[A-Z]")
_GOES_ON = expression(
    r"(?:[,:&(/–-]|\b(?:no|not|nor|neither|without|and|or|but|the|a|an|of|for|to|in|on|by|with|from|at|was|were|is|are|did|do|has|had|have|be|been|any|our|we|i|he|she|they|which|that|planned|intended|record|monitor|run|use|perform|obtain|add|include|attempt|Dr\.?))\s*$"
)
"""The end of a line whose sentence goes on in the next."""
