"""Doubtful readings of a scan in the arithmetic: each becomes a `Doubt` and widens the bounds; the count itself stands."""

from __future__ import annotations

from dataclasses import replace

from ionm_notes.types import COLUMNS, Case, Doubt, Minutes


def with_reading_doubts(case: Case, minutes: Minutes) -> Minutes:
    """The minutes with the doubts and bounds that doubtful clock times of the page call for."""
    touching = [reading for reading in case.doubtful if "minutes" in reading.changes]
    if not touching:
        return minutes
    doubts, least, most = list(minutes.doubts), dict(minutes.least), dict(minutes.most)
    for reading in touching:
        others = " or ".join(reading.instead)
        doubts.append(Doubt("doubtful-reading", f"the minutes rest on reading {reading.read}, not {others}", reading.evidence))
        for amounts in reading.minutes:
            for column in COLUMNS:
                amount = amounts.get(column, 0)
                least[column] = min(least.get(column, 0), amount)
                if column in most:
                    most[column] = max(most[column], amount)
    return replace(minutes, doubts=tuple(doubts), least=least, most=most)
