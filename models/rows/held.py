"""Guesses of the row model held against labels: score and whether the guess was right, for calibration and its diagram."""

from __future__ import annotations

import datetime as dt
from typing import Any

from fixtures.variety.make import documents
from ionm_notes.ingest import read_bytes
from ionm_notes.read.events import read_events, read_times
from ionm_notes.read.events.model import Event
from ionm_notes.read.reading import lay_out
from ionm_notes.read.trained import rows


def _minutes(gold: dict[str, Any], event: Event) -> set[int]:
    """Minutes of the day at which, by the labels, what the event says began or ended."""
    day = dt.datetime.fromisoformat(gold["encounter"]["date_of_service"])
    ends = ("start", "end") if event.phase == "span" else (event.phase,)
    found = (
        [s for s in gold["segments"] if s["kind"] == event.kind]
        if event.kind not in ("professional", "attend")
        else gold["attendance"]
    )
    stamps = [row[end] for row in found for end in ends if row[end]]
    return {round((dt.datetime.fromisoformat(s) - day).total_seconds() / 60) for s in stamps}


def held(part: str, count: int) -> list[tuple[float, bool]]:
    """Confidence (or score, before calibration) of every guess on a part, and whether it was right."""
    least, rows.LEAST = rows.LEAST, 0.0
    found = []
    try:
        for made in documents(part, count):
            reading = lay_out(read_bytes(made.name, made.text.encode()))
            for event in read_events(reading, read_times(reading)):
                if event.guess:
                    right = _minutes(made.gold, event)
                    found.append((event.guess, event.first in right and (event.last is None or event.last in right)))
    finally:
        rows.LEAST = least
    return found
