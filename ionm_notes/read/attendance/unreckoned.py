"""What a claim of attendance tells of times, or a sentence right beside it, and no row reckons with; each makes a query.

'I provided 85 minutes of live attention', 'Joined the stream at 08:25', 'had OR 2 on too until it closed at 0915': whatever the words
mean that no pattern knows, a figure within the monitoring that is no bound of anything that was counted may part it. And 'before that and
afterwards from my office', 'continued until monitoring stopped': where the rows do not reach so far, a part of the claim was not read.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import datetime, timedelta
from itertools import combinations, pairwise

from ionm_notes.read.attendance.model import Attended
from ionm_notes.read.attendance.scene import Scene
from ionm_notes.read.attendance.spoiled import in_prose
from ionm_notes.read.boxes import has_boxes
from ionm_notes.read.clock import ROUNDS_UP
from ionm_notes.read.denials import denied_before
from ionm_notes.read.durations import find_durations
from ionm_notes.read.people import Cast
from ionm_notes.read.reading import Unit
from ionm_notes.read.segments import at
from ionm_notes.read.supervision import Supervision
from ionm_notes.read.vocabulary import vocabulary
from ionm_notes.timeline.intervals import intersection, minutes
from ionm_notes.timeline.intervals import length as clock_minutes
from ionm_notes.types import Attendance

_LONGEST = 320
"""Characters of the longest statement that is searched."""
_LEAST = 5
"""Minutes of the shortest length that may be one of attendance, and how far a length may be from what was counted: 'some 100 minutes'."""
_NEAR = 40
"""Characters around a length that tell of what it is."""
_OWN = frozenset({"professional", "attend", "attend-monitored"})
"""Kinds of events that are of the professional: one with which no row reckons is what is looked for."""


def unreckoned(scene: Scene, supervision: Supervision, attended: Attended, accounted: Collection[int]) -> Iterator[Unit]:
    """The statements. `accounted`: where those begin that another reading has made a gap, a pause or a row of."""
    rows = attended.attendance
    begin, end = scene.monitoring
    if begin is None or end is None:
        return
    bounds, lengths = _bounds(scene, attended), _lengths(attended, begin, end)
    words = vocabulary()
    otherwise, of_findings = words.regex("unreckoned.else"), words.regex("unexplained.findings")
    of_watch, away = words.regex("length.of-watch"), words.regex("gap.away")
    elsewhere = [words.regex(f"hours.{matter}") for matter in ("of-mapping", "other-matter", "other-time")]
    whole = clock_minutes(begin, end)
    short = _short(scene, rows, begin, end)
    for unit, claims in _claims(scene, supervision):
        text = scene.reading.unit_text(unit)
        if unit.start in accounted or len(text) > _LONGEST or of_findings.search(text) is not None:
            continue
        if any(matter.search(text) for matter in elsewhere) or (not claims and _of_another_role(text, scene.cast)):
            continue
        if "\t" in text or has_boxes(text) or text[:1].isdigit() or not (claims or in_prose(scene, unit)):
            continue
        clocks = scene.times.within(unit.start, unit.end)
        if clocks and _of_things(text, [clock.start - unit.start for clock in clocks]):
            clocks = ()
        moments = [at(scene.day, scene.times.minute[clock.start]) for clock in clocks]
        lengths_told = find_durations(text) if of_watch.search(text) is not None else []
        told = [d for d in lengths_told if otherwise.search(text[max(0, d.start - _NEAR) : d.end + _NEAR]) is None]
        if (
            any(begin < moment < end and moment not in bounds and _within(rows, moment) for moment in moments)
            or any(
                _LEAST < length.minutes < whole - _LEAST and all(abs(length.minutes - known) > _LEAST for known in lengths)
                for length in told
            )
            or (claims and away.search(text) is None and _reaches_further(text, short))
        ):
            yield unit


def _reaches_further(text: str, short: Sequence[str]) -> bool:
    """Whether a claim goes on to a side on which no row reaches the monitoring's bound; that somebody could be reached all the time does not."""
    words = vocabulary()
    text = words.regex("unreckoned.of-contact").sub(" ", text)
    return any(words.regex(f"unreckoned.{side}").search(text) is not None for side in short)


def _of_another_role(text: str, cast: Cast) -> bool:
    """Whether a sentence begins with somebody of another role and tells nothing of the watch: 'Pia Lund, CNIM, came in at 09:00 to help'.

    Who relieves a technologist, by name or not, is of no reader's watch.
    """
    words = vocabulary()
    if words.regex("unreckoned.another-role").search(text) is None:
        return False
    for person in cast.technologists:
        text = text.replace(person.name, "technologist")
    return words.regex("unreckoned.of-the-watch").search(text) is None


def _of_things(text: str, starts: Sequence[int]) -> bool:
    """Whether every time of a sentence is of the patient, a thing or food that was offered, and its other clauses move nobody.

    'I did not step out, although coffee was offered at 11:20'; but 'The X-ray was taken at 9:05 and I left' may give the hour of leaving.
    """
    words = vocabulary()
    then, moves = words.regex("unreckoned.thing-then"), words.regex("unreckoned.moves")
    apart, goes_on = words.regex("unreckoned.apart"), words.regex("unreckoned.goes-on")
    edges = [0, *(match.start() for match in apart.finditer(text)), len(text)]
    told = False
    for low, high in pairwise(edges):
        clause, timed = text[low:high], any(low <= start < high for start in starts)
        of_a_thing = then.search(clause) is not None
        if timed and not (of_a_thing or (told and goes_on.match(clause) is not None)):
            return False
        moved = None if timed or of_a_thing else moves.search(clause)
        if moved is not None and not denied_before(clause, moved.start()):
            return False
        told = of_a_thing
    return True


def _short(scene: Scene, rows: Sequence[Attendance], begin: datetime, end: datetime) -> list[str]:
    """Of which sides the rows do not reach the bound of the monitoring: 'before', 'after'; 'both' with either."""
    least = timedelta(minutes=_LEAST)
    starts, ends = [row.start or begin for row in rows], [row.end or end for row in rows]
    found = ["before"] if min(starts) - begin > least else []
    found += ["after"] if end - max(ends) > least else []
    return [*found, "both"] if found else []


def _claims(scene: Scene, supervision: Supervision) -> Iterator[tuple[Unit, bool]]:
    """The sentences and answers that claim attendance (True), and the sentences beside them in their paragraphs."""
    reading = scene.reading
    claims = {said.unit.start: said.unit for said in (*supervision.modes, *supervision.live, *supervision.exclusive)}
    found: dict[int, Unit] = {}
    for claim in claims.values():
        if claim.kind not in ("sentence", "field"):
            continue
        found[claim.start] = claim
        place = reading.index_of(claim)
        for unit in reading.units[max(0, place - 1) : place + 2]:
            if unit.kind == "sentence" and unit.paragraph == claim.paragraph:
                found.setdefault(unit.start, unit)
    yield from ((unit, unit.start in claims) for unit in found.values())


def _within(rows: Sequence[Attendance], moment: datetime) -> bool:
    """Whether somebody's attendance runs through a moment, so that it would part it."""
    return any((row.start is None or row.start < moment) and (row.end is None or moment < row.end) for row in rows)


def _bounds(scene: Scene, attended: Attended) -> set[datetime | None]:
    """The moments that something counted begins or ends at, or that are told of another matter than the professional."""
    bounds: set[datetime | None] = {bound for row in attended.attendance for bound in (row.start, row.end)}
    for row in attended.attendance:
        if any(ROUNDS_UP.search(place.text) for place in row.evidence):  # '08:09:40 logged in', of which a statement says 08:10
            bounds |= {bound + timedelta(minutes=1) for bound in (row.start, row.end) if bound is not None}
    bounds |= {bound for part in (*attended.allocated, *attended.shared) for bound in (part.start, part.end)}
    for event in scene.events:
        if event.kind not in _OWN:
            bounds.add(at(scene.day, event.first))
            if event.last is not None:
                bounds.add(at(scene.day, event.last))
    return bounds


def _lengths(attended: Attended, begin: datetime, end: datetime) -> set[int]:
    """The minutes of what was counted, of what that leaves out of the monitoring, and of the sums."""
    rows = attended.attendance
    each = [_minutes(row.start, row.end, begin, end) for row in rows]
    parts = [_minutes(part.start, part.end, begin, end) for part in (*attended.allocated, *attended.shared)]
    whole = _minutes(begin, end, begin, end)
    sums = {sum(each), sum(parts)} | {a + b for a, b in combinations((*each, *parts), 2)}
    sums |= {sum(n for n, row in zip(each, rows, strict=True) if row.exclusive is state) for state in (True, False, None)}
    known = {*each, *parts, *sums}
    return known | {whole - amount for amount in known}


def _minutes(start: datetime | None, stop: datetime | None, begin: datetime, end: datetime) -> int:
    """The minutes of a stretch within the monitoring."""
    return minutes(intersection([(start or begin, stop or end)], [(begin, end)]))
