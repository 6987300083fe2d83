"""Statements of attendance that are of another interval than the monitoring: 'I was in the room all that time'; each makes a query.

Behind 'Monitoring ran from 8:05 to 10:41' such words are of the whole of it. Behind 'Baselines were taken from 7:48 to 8:02' or 'The
nerve was mapped from 9:00 to 9:20' they are of that alone, and of the rest nothing is said. Nor is it by 'I saw the baselines from 7:48
to 8:02 in the operating room', where no other sentence names a place.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ionm_notes.read.attendance.scene import Scene
from ionm_notes.read.attendance.watch_time import night_minute
from ionm_notes.read.clock_ranges import Range
from ionm_notes.read.reading import Unit
from ionm_notes.read.said import Said
from ionm_notes.read.segments import minute_of
from ionm_notes.read.supervision import Supervision
from ionm_notes.read.vocabulary import vocabulary
from ionm_notes.types import Attendance

_SAME = 1
"""Minutes by which the hours that are pointed at may differ from those of the monitoring."""


def pointing_at_a_part(scene: Scene, supervision: Supervision, rows: Sequence[Attendance]) -> Iterator[Unit]:
    """Statements of place, of watching live or of sole attention for another interval than the monitoring and the rows of attendance."""
    begin, end = scene.monitoring
    if begin is None or end is None:
        return
    watch = (minute_of(scene.day, begin), minute_of(scene.day, end))
    stays = [(minute_of(scene.day, row.start), minute_of(scene.day, row.end)) for row in rows if row.start and row.end]
    for some in (supervision.modes, supervision.live, supervision.exclusive):
        of_a_part = {said for said in some if _of_a_part(scene, said, watch, stays)}
        # What another sentence says of the whole watch needs none of them: 'During these minutes I attended to the mapping alone'.
        rest = {said.what for said in some if said not in of_a_part}
        yield from (said.unit for said in some if said in of_a_part and said.what not in rest)


def _of_a_part(scene: Scene, said: Said, watch: tuple[int, int], stays: Sequence[tuple[int, int]]) -> bool:
    """Whether a statement points at hours that are neither the monitoring's nor those of a row of attendance."""
    unit = said.unit
    points = vocabulary().regex("contested.that-time")
    found = points.search(scene.reading.text, unit.start, unit.end) if unit.kind == "sentence" else None
    if found is None:
        return False
    beside = [item for item in scene.times.ranges if unit.start <= item.start < unit.end]
    told = beside or _told_last(scene, unit, found.start(), watch)
    return bool(told) and not any(_counted(scene, item, watch, stays) for item in told)


def _counted(scene: Scene, item: Range, watch: tuple[int, int], stays: Sequence[tuple[int, int]]) -> bool:
    """Whether an interval takes in the monitoring, or is that of a row of attendance."""
    low, high = _minutes(scene, item, watch)
    if low <= watch[0] + _SAME and high >= watch[1] - _SAME:
        return True
    return any(abs(low - start) <= _SAME and abs(high - stop) <= _SAME for start, stop in stays)


def _minutes(scene: Scene, item: Range, watch: tuple[int, int]) -> tuple[int, int]:
    """The minutes of an interval, on the day on which they fall within the monitoring."""
    low, high = (scene.times.minute[clock.start] for clock in (item.first, item.last))
    return night_minute(low, watch) or low, night_minute(high, watch) or high


def placed_for_a_part(scene: Scene, supervision: Supervision, rows: Sequence[Attendance]) -> Iterator[Unit]:
    """The statements of the place taken for the whole of a watch, where each of them has its hours before or behind the monitoring."""
    begin, end = scene.monitoring
    if begin is None or end is None or len(rows) != 1 or not rows[0].whole_case:
        return
    first, last = minute_of(scene.day, begin), minute_of(scene.day, end)
    placed = [said.unit for said in supervision.modes if said.what == rows[0].mode]
    if placed and all(unit.kind == "sentence" and _outside(scene, unit, first, last) for unit in placed):
        yield placed[0]


def _outside(scene: Scene, unit: Unit, first: int, last: int) -> bool:
    """Whether a sentence has hours, and all of them before the monitoring or behind it."""
    told = [item for item in scene.times.ranges if unit.start <= item.start < unit.end]
    clocks = scene.times.within(unit.start, unit.end)
    if not told or len(clocks) != 2 * len(told):
        return False
    minutes = [_minutes(scene, item, (first, last)) for item in told]
    return all(high <= first or low >= last for low, high in minutes)


def _told_last(scene: Scene, unit: Unit, at: int, watch: tuple[int, int]) -> list[Range]:
    """The interval told last before `at` in the paragraph of a sentence, other than in brackets.

    None behind a time alone that is an end of the monitoring: 'Monitoring began at 7:58 and ended at 10:21'.
    """
    reading, times = scene.reading, scene.times
    low = next(one.start for one in reading.units if one.paragraph == unit.paragraph)
    ranges = {clock.start: item for item in times.ranges for clock in (item.first, item.last)}
    for clock in reversed(times.within(low, at)):
        if _in_brackets(reading.text, low, clock.start):
            continue
        if clock.start in ranges:
            return [ranges[clock.start]]
        minute = night_minute(times.minute[clock.start], watch)
        if minute is not None and any(abs(minute - bound) <= _SAME for bound in watch):
            return []
    return []


def _in_brackets(text: str, low: int, at: int) -> bool:
    return text.count("(", low, at) > text.count(")", low, at)
