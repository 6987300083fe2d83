"""Names of fields as programs write them: 'mon_from', 'blStart', 'strip.t1' name one end of a part of the day and nothing else."""

from __future__ import annotations

import functools

from ionm_notes.ingest.records.trees import words_of_key
from ionm_notes.read.events.model import Phase
from ionm_notes.read.vocabulary import vocabulary

_MOST_WORDS = 5
_PARTS = ("setup", "baseline", "monitoring", "removal")
_ENDS: tuple[Phase, ...] = ("start", "end")


@functools.lru_cache(maxsize=512)
def of_field_name(name: str) -> tuple[str, Phase] | None:
    """The part of the day and the end of it that a name is of; None where any word of it says something else."""
    words = words_of_key(name.strip())
    if not 1 < len(words) <= _MOST_WORDS:
        return None
    patterns = vocabulary()
    words = [word for word in words if not patterns.regex("field.filler").search(word)]
    for at, word in enumerate(words):
        phase = next((phase for phase in _ENDS if patterns.regex(f"field.{phase}").search(word)), None)
        rest = " ".join(words[:at] + words[at + 1 :])
        if phase is None or not rest:
            continue
        part = next((part for part in _PARTS if patterns.regex(f"field.{part}").search(rest)), None)
        if part is not None:
            return part, phase
    return None
