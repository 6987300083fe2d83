"""What the times of a label are of among set-up, baselines and removal, where every word of it is explained.

'Siting of needles', 'HKUP', 'Needles out per IOM', 'Lead placement (begin/complete)': a label needs no beginning and no end, its times
are both.
"""

from __future__ import annotations

from ionm_notes.read.events.entry_words import bare_of_asides, concept, explained, places, plain
from ionm_notes.read.events.model import Hit
from ionm_notes.read.events.stages import stage_of

_LONGEST = 80
"""Characters of the longest label."""
_FILLERS = (
    "filler",
    "filler.stage",
    "filler.label",
    "stage",
    "start",
    "end",
    "work.start",
    "work.end",
    "stage.on",
    "stage.off",
    "settled",
    "monitoring",
)
_LOOSE = frozenset(
    {
        "monitoring",
        "attend",
        "attend-monitored",
        "professional",
        "signals",
        "setup",
        "removal",
        "baseline",
        "closure",
        "incision",
        "anesthesia",
    }
)
"""What a pattern may take a label for by one of its words: 'needles placed by IOM', 'patient connected'."""


def stage_label(text: str, offset: int) -> Hit | None:
    """The part of the day that a label names from its first word to its last; None where it holds a word that is not known."""
    if not 1 < len(text.strip()) <= _LONGEST or concept("label.not").search(text):
        return None
    clause = bare_of_asides(plain(text.replace("_", " ")))
    people = places("professional", clause)
    if (stage := stage_of(clause, people)) is None or concept("foreign.work").search(clause):
        return None
    if not explained(clause, [*stage.known, *(places(filler, clause) for filler in _FILLERS)]):
        return None
    low = min((start for start, _ in stage.proof), default=0)
    return Hit(stage.kind, "span", offset + min(low, len(text)), offset + len(text.rstrip(" :-–(")))


def of_stage(hits: list[Hit], text: str, offset: int) -> list[Hit]:
    """What a label says its times are of: a part of the day that all its words name outweighs what one of them could mean."""
    if any(hit.kind not in _LOOSE for hit in hits) or (named := stage_label(text, offset)) is None:
        return hits
    if any(hit.kind == "removal" != named.kind and hit.phase in ("start", "end") for hit in hits):
        return hits  # 'All needles accounted for'
    return [hit for hit in hits if hit.kind == named.kind][-1:] or [named]
