"""A time that a statement tells, where it stands, and the statement without its times, ready to be cut into clauses.

`parcels.py` and `coverage_clauses.py` each add what they know of a time; read on only to change where one ends or what is left in its place.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TimeTold:
    """A clock time or an interval: offsets into the document, and its minutes."""

    low: int
    high: int
    first: int
    last: int | None = None


def without_times(text: str, low: int, times: Sequence[TimeTold], *, every_stop: bool = False) -> str:
    """A stretch of text that begins at `low`, with blanks for its times; a full stop that ends a time and its sentence stays.

    `every_stop`: so does that of 'to 9.40 a.m.' where the sentence goes on, and parts it there.
    """
    bare = list(text)
    for time in times:
        bare[time.low - low : time.high - low] = " " * (time.high - time.low)
        end = time.high - low - 1
        if text[end] == "." and (every_stop or _STOP.match(text, end)):
            bare[end] = "."  # '... to 10.40 am. No second patient ...'
    return "".join(bare)


_STOP = re.compile(r"\.\s+[A-Z]")
