"""What is never counted: setup, initial baselines, removal, interruptions, mapping; read to see each cut's reason.

Rules 2 and 11 of 'How billable minutes are counted'.
"""

from __future__ import annotations

from ionm_notes.timeline.intervals import intersection, length, minutes, normal, whole_minute
from ionm_notes.timeline.sweep import Cut
from ionm_notes.timeline.window import Window, closed, segments_of
from ionm_notes.types import Case, Segment, SegmentKind

WORDS: dict[SegmentKind, str] = {
    "setup": "setup is never counted",
    "baseline": "initial baselines are never counted",
    "removal": "electrode removal is never counted",
    "interruption": "monitoring was interrupted",
}
"""Reasons in words, in order of weight: a stretch under several headings is cut under the first."""


def cuts_of(case: Case, window: Window) -> tuple[Cut, ...]:
    """Every stretch that is never counted, in order of weight, then of time; stretches without both times are left out."""
    cuts: list[Cut] = []
    for kind, why in WORDS.items():
        segments = window.initial if kind == "baseline" else segments_of(case, kind)
        for s in segments:
            end = s.end or s.seen_again  # a pause whose end is not told was over when signals are told of again; it stays a doubt
            if s.start and end and s.start < end:
                cuts.append(Cut(s.start, end, kind, why, s.evidence))
    mapping = sorted((whole_minute(s.start), whole_minute(s.end), s.evidence) for s in case.mapping)
    why = "functional mapping is a study of its own"
    cuts.extend(Cut(start, end, "mapping", why, evidence) for start, end, evidence in mapping if start < end)
    return tuple(cuts)


def overlaps(case: Case, window: Window) -> dict[SegmentKind, int]:
    """Minutes by which the document's own monitoring time includes setup, initial baselines or removal; only what does."""
    found: dict[SegmentKind, int] = {}
    parts: tuple[tuple[SegmentKind, tuple[Segment, ...]], ...] = (
        ("setup", segments_of(case, "setup")),
        ("baseline", window.initial),
        ("removal", segments_of(case, "removal")),
    )
    for kind, segments in parts:
        amount = minutes(intersection(closed(segments), window.stated))
        if amount:
            found[kind] = amount
    return found


def open_interruptions(case: Case, window: Window) -> tuple[Segment, ...]:
    """Interruptions within the counted window that lack a time, or whose end comes before their start."""
    return tuple(
        s
        for s in segments_of(case, "interruption")
        if not (s.start and s.end and length(s.start, s.end) >= 0)
        and any(a <= moment <= b for moment in (s.start, s.end) if moment for a, b in normal(window.counted or ()))
    )


def open_parts(case: Case, window: Window) -> tuple[Segment, ...]:
    """Baselines begun, or removal or set-up told, within the counted window with only one of their times.

    How much of the window they take cannot be told: baselines or set-up begun in it ran on, removal over within it began in it.
    """
    found = []
    for low, high in normal(window.counted or ()):
        for kind in ("setup", "baseline"):
            parts = window.initial if kind == "baseline" else segments_of(case, kind)
            found += [s for s in parts if s.start and not s.end and low <= s.start < high]
        found += [s for s in segments_of(case, "removal") if s.end and not s.start and low < s.end < high]
        found += [s for s in segments_of(case, "removal") if s.start and not s.end and low <= s.start < high]
    return tuple(found)
