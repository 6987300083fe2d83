"""Finds the counted monitoring window of a case; read on to learn where counting starts and ends, and why.

Rules 2, 3, 4 and 10 of 'How billable minutes are counted': counting starts at the stated start, or at the end of the
initial baselines where these end later; it ends at the stated end, or at the last timed report of signals or presence.
What had to be assumed is a `Doubt`, with the fewest and the most time that the document allows beside it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from ionm_notes.timeline.intervals import EMPTY, Interval, Intervals, difference, normal, union, whole_minute
from ionm_notes.types import Case, Doubt, Encounter, Proof, Segment, SegmentKind

BLOCK_GAP = timedelta(minutes=10)
"""Baselines of several modalities follow one another; a longer pause begins a new block. A house value."""


@dataclass(frozen=True, slots=True)
class Window:
    """The counted monitoring window and what bounds it.

    `counted` is None where no minutes can be told. `stated` is the document's own monitoring time.
    `least` and `most` bound `counted`; None: no bound is known.
    """

    counted: Intervals | None
    stated: Intervals
    start: datetime | None
    end: datetime | None
    initial: tuple[Segment, ...]
    doubts: tuple[Doubt, ...]
    evidence: Proof
    least: Intervals | None
    most: Intervals | None


def segments_of(case: Case, kind: SegmentKind) -> tuple[Segment, ...]:
    """The case's segments of one kind, in order of time, seconds cut off; a segment without any time is left out."""
    found = [
        Segment(s.kind, _cut(s.start), _cut(s.end), s.evidence, s.origin, s.repeated, _cut(s.seen_again))
        for s in case.segments
        if s.kind == kind and (s.start or s.end)
    ]
    return tuple(sorted(found, key=lambda s: (begin(s), s.end or begin(s))))


def begin(segment: Segment) -> datetime:
    """The first known time of a segment; a point counts as both its ends. Raises ValueError where it has no time."""
    moment = segment.start or segment.end
    if moment is None:
        raise ValueError(f"a {segment.kind} segment without any time has no beginning")
    return moment


def closed(segments: Iterable[Segment]) -> Intervals:
    """The time of those segments that have both ends."""
    return normal((s.start, s.end) for s in segments if s.start and s.end)


def proof_of(*proofs: Proof) -> Proof:
    """Several proofs as one, each piece of evidence once, in the order first met."""
    return tuple(dict.fromkeys(piece for proof in proofs for piece in proof))


def find_window(case: Case) -> Window:
    """The counted monitoring window of `case` with its doubts and bounds; pure, never raises on any facts."""
    monitoring = segments_of(case, "monitoring")
    spells, open_starts, open_ends = _pair(monitoring)
    stated_start = _first([*(a for a, _ in spells), *open_starts])
    initial = initial_baselines(segments_of(case, "baseline"), stated_start)
    start = stated_start or _last(s.end or s.start for s in initial)
    stated_end = _last([*(b for _, b in spells), *([] if stated_start else open_ends)])
    if _backward(case, monitoring, start, stated_end):
        return _no_window(case, "stop-before-start", "monitoring is stated to stop before it starts", initial)
    if start is None:
        most = _span(_earliest_start(case), stated_end)
        message = "neither a start of monitoring nor an end of baselines is stated"
        return _no_window(case, "start-missing", message, initial, most=most)
    counting_from = _counting_from(start, initial)
    open_from = _first(open_starts) or (start if stated_end is None else None)
    report = _assumed_end(case) if open_from else None
    if open_from and (report is None or report <= open_from):
        most = _span(counting_from, _latest_end(case, counting_from))
        message = "neither an end of monitoring nor a timed report after its start is stated"
        return _no_window(case, "end-missing", message, initial, start=counting_from, most=most)
    ends_at = report if open_from else stated_end
    stated = union(spells, _span(open_from or (None if stated_start else start), ends_at) or EMPTY)
    counted, beyond = _within_stay(case, difference(stated, [(datetime.min, counting_from)]))
    start_assumed = stated_start is None
    least, most = _bounds(case, counted, start_assumed, end_assumed=bool(open_from))
    return Window(
        counted,
        stated=stated,
        start=counting_from,
        end=counted[-1][1] if counted else ends_at,
        initial=initial,
        doubts=_doubts(case, counting_from if start_assumed else None, report if open_from else None, initial) + beyond,
        evidence=proof_of(*(s.evidence for s in monitoring)),
        least=least,
        most=most,
    )


def initial_baselines(baselines: tuple[Segment, ...], monitoring_start: datetime | None) -> tuple[Segment, ...]:
    """The baselines that are never counted: those begun before monitoring, or else the first block of them.

    A baseline that the document calls repeated is never initial (contract, rule 2).
    """
    first = [s for s in baselines if not s.repeated]
    if monitoring_start is not None:
        before = tuple(s for s in first if begin(s) < monitoring_start)
        if before:
            return before
    block: list[Segment] = []
    for segment in first:
        if block and begin(segment) - max(s.end or begin(s) for s in block) > BLOCK_GAP:
            break
        block.append(segment)
    return tuple(block)


def _cut(moment: datetime | None) -> datetime | None:
    return None if moment is None else whole_minute(moment)


def _last(moments: Iterable[datetime | None]) -> datetime | None:
    return max((m for m in moments if m), default=None)


def _first(moments: Iterable[datetime | None]) -> datetime | None:
    return min((m for m in moments if m), default=None)


def _span(start: datetime | None, end: datetime | None) -> Intervals | None:
    return normal([(start, end)]) if start and end else None


def _pair(monitoring: tuple[Segment, ...]) -> tuple[list[Interval], list[datetime], list[datetime]]:
    """Closed spells, starts left without an end, ends left without a start; a start and a later end make a spell."""
    spells: list[Interval] = [(s.start, s.end) for s in monitoring if s.start and s.end]
    whole = normal(spells)
    ends = sorted(s.end for s in monitoring if s.end and not s.start and not _touches(whole, s.end))
    open_starts: list[datetime] = []
    for start in sorted(s.start for s in monitoring if s.start and not s.end and not _touches(whole, s.start)):
        later = [end for end in ends if end > start]
        if later:
            spells.append((start, later[0]))
            ends.remove(later[0])
        else:
            open_starts.append(start)
    return spells, open_starts, ends


def _touches(time: Intervals, moment: datetime) -> bool:
    return any(start <= moment <= end for start, end in time)


def _backward(case: Case, monitoring: tuple[Segment, ...], start: datetime | None, end: datetime | None) -> bool:
    if case.stop_before_start or any(s.start and s.end and s.end < s.start for s in monitoring):
        return True
    return start is not None and end is not None and end < start


def _counting_from(start: datetime, initial: tuple[Segment, ...]) -> datetime:
    baselines_end = _last(s.end for s in initial)
    return max(start, baselines_end) if baselines_end else start


def _assumed_end(case: Case) -> datetime | None:
    """The last timed report; failing that, the last stated presence of a professional (contract, rule 4)."""
    if case.last_report:
        return whole_minute(case.last_report)
    return _cut(_last(a.end for a in case.attendance))


def _doubts(
    case: Case, assumed_start: datetime | None, assumed_end: datetime | None, initial: tuple[Segment, ...]
) -> tuple[Doubt, ...]:
    doubts: list[Doubt] = []
    if assumed_start:
        message = f"no start of monitoring is stated; counting starts at the end of the baselines, {assumed_start:%H:%M}"
        doubts.append(Doubt("start-assumed", message, proof_of(*(s.evidence for s in initial))))
    if assumed_end:
        message = f"no end of monitoring is stated; counting ends at the last timed report, {assumed_end:%H:%M}"
        doubts.append(Doubt("end-assumed", message, case.last_report_evidence))
    return tuple(doubts)


def stay_of(encounter: Encounter) -> tuple[datetime | None, datetime | None]:
    """When the patient entered and left the room; an exit before the entry bounds nothing, a clock without am or pm."""
    entered, left = encounter.room_in, encounter.room_out
    return (None, None) if entered and left and left <= entered else (entered, left)


def _within_stay(case: Case, counted: Intervals) -> tuple[Intervals, tuple[Doubt, ...]]:
    """What is counted while the patient was in the room, with a doubt where monitoring is stated beyond that.

    Source: contract, rule 10, the later start and the earlier stop count.
    """
    entered, left = map(_cut, stay_of(case.encounter))
    outside = [(datetime.min, entered or datetime.min), (left or datetime.max, datetime.max)]
    inside = difference(counted, normal(outside))
    if inside == counted:
        return counted, ()
    evidence = proof_of(*(case.encounter.evidence.get(name, ()) for name in ("room_in", "room_out")))
    doubt = Doubt("time-conflict", "monitoring is stated for a time when the patient was not in the room", evidence)
    return inside or counted, (doubt,)


def _latest_end(case: Case, after: datetime) -> datetime | None:
    """The latest that monitoring can have ended: electrodes off, or else the patient out of the room."""
    removal = segments_of(case, "removal")
    candidates = (
        _first(s.start for s in removal),
        _first(s.end for s in removal),
        _cut(case.encounter.room_out),
        _cut(case.encounter.anesthesia_stop),
    )
    return next((moment for moment in candidates if moment and moment >= after), None)


def _earliest_start(case: Case) -> datetime | None:
    """The earliest that monitoring can have begun: setup done, or else the patient in the room or first attended."""
    candidates = (
        _last(s.end for s in segments_of(case, "setup")),
        _cut(case.encounter.room_in),
        _cut(_first(a.start for a in case.attendance)),
    )
    return next((moment for moment in candidates if moment), None)


def _bounds(case: Case, counted: Intervals, start_assumed: bool, end_assumed: bool) -> tuple[Intervals | None, Intervals | None]:
    """Fewest and most time: an assumed start may lie anywhere later in its spell, an assumed end anywhere after."""
    least: Intervals = counted[1:] if start_assumed else counted
    if not end_assumed or not counted:
        return least, counted
    last = counted[-1][1]
    latest = _latest_end(case, last)
    return least, None if latest is None else union(counted, [(last, latest)])


def _no_window(
    case: Case,
    doubt: str,
    message: str,
    initial: tuple[Segment, ...],
    start: datetime | None = None,
    most: Intervals | None = None,
) -> Window:
    evidence = proof_of(*(s.evidence for s in segments_of(case, "monitoring")))
    doubts = (Doubt(doubt, f"{message}; minutes cannot be told", evidence),)
    return Window(None, EMPTY, start, None, initial, doubts, evidence, EMPTY, most)
