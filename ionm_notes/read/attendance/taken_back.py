"""What takes a statement of attendance back where it stands: a view that nobody opened, hours of another day, a watch kept on when off.

Each makes a query. Words: `taken-back.*` in `patterns/contested.toml`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ionm_notes.read.attendance.scene import Scene
from ionm_notes.read.fields import Fields
from ionm_notes.read.reading import Reading, Unit
from ionm_notes.read.subject import subject_of
from ionm_notes.read.supervision import Supervision
from ionm_notes.read.vocabulary import vocabulary
from ionm_notes.types import Attendance, Proof

_ABOVE = 12
"""Lines above a statement among which the heading of its day may stand."""
_BEHIND = 80
"""Characters behind a place or live reading in which it is said that nobody used it."""


def taken_back(scene: Scene, fields: Fields, supervision: Supervision) -> Iterator[Unit]:
    """The statements of attendance that their own words take back."""
    reading, unused = scene.reading, vocabulary().regex("taken-back.unused")
    for said in (*supervision.modes, *supervision.live):
        if unused.search(reading.text, said.start, min(said.unit.end, said.end + _BEHIND)) is not None:
            yield said.unit
    for unit, match in reading.told(vocabulary().patterns["taken-back.off-and-on"]):
        if unit.kind != "running" and subject_of(reading, unit, match.start(), scene.cast, fields)[0] in ("professional", ""):
            yield unit


def of_another_day(scene: Scene, rows: Sequence[Attendance], supervision: Supervision) -> Proof:
    """The lines by which attendance that was read as of this case is of a day before: 'Shifts (day before):', 'Yesterday: live from home'."""
    if not rows or not scene.cast.professionals:
        return ()
    if vocabulary().regex("taken-back.day-word").search(scene.reading.text) is None:
        return ()
    told = (*supervision.modes, *supervision.live)
    lines = sorted({line for said in told if (line := _line_of_another_day(scene, said.start)) is not None})
    return tuple(scene.reading.evidence(*_line(scene.reading, scene.reading.line_index(low))) for low in lines)


def _line_of_another_day(scene: Scene, start: int) -> int | None:
    """Where the line begins that puts what stands at `start` on a day before that of the service: its own, or one above it in its block."""
    words, reading = vocabulary(), scene.reading
    index = reading.line_index(start)
    for number in range(index, max(-1, index - _ABOVE), -1):
        low, high = _line(reading, number)
        line = reading.text[low:high]
        if not line.strip() or words.regex("taken-back.this-day").search(line) is not None:
            return None
        if number == index and words.regex("taken-back.day-before").match(line[: start - low]) is not None:
            return low
        if number < index and (words.regex("taken-back.day-heading").match(line) is not None or _dated(scene, low, high)):
            return low
    return None


def _dated(scene: Scene, low: int, high: int) -> bool:
    """Whether a line is the heading of a list of hours and ends in an earlier date: 'Shift list for 11 March 2026'."""
    words, text = vocabulary(), scene.reading.text
    return any(
        low <= mention.start < high
        and mention.value < scene.day
        and words.regex("taken-back.dated-list").match(text[low : mention.start]) is not None
        and words.regex("taken-back.heading-end").match(text[mention.end : high]) is not None
        for mention in scene.times.dates
    )


def _line(reading: Reading, number: int) -> tuple[int, int]:
    """Where a line begins and ends."""
    low = reading.line_starts[number]
    end = reading.text.find("\n", low)
    return low, end if end >= 0 else len(reading.text)
