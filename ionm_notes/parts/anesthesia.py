"""The anesthesia time as the anesthesia record gives it: a start and a stop, each under its own label."""

from __future__ import annotations

from datetime import datetime, timedelta

from ionm_notes.parts.model import Part
from ionm_notes.read.vocabulary import vocabulary


def anesthesia_time(part: Part, day: datetime) -> tuple[datetime, datetime] | None:
    """Start and stop of anesthesia on the day of service (a stop before the start is past midnight); None if not labelled.

    `day` is that day at 00:00.
    """
    start, stop = _clock(part, "part.anesthesia-starts"), _clock(part, "part.anesthesia-stops")
    if start is None or stop is None:
        return None
    return day + start, day + (stop if stop > start else stop + timedelta(days=1))


def _clock(part: Part, pattern: str) -> timedelta | None:
    regex = vocabulary().regex(pattern)
    for page in part.pages:
        for line in page.lines:
            match = regex.search(line.text)
            if match:
                digits = match["at"].replace(":", "").zfill(4)
                return timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    return None
