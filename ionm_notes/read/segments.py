"""From events to the stated parts of the day: which of several stated times is taken, and what contradicts it.

A log entry outranks header and narrative; at equal rank the later start and the earlier stop are taken (contract rule
10). What was set aside becomes a `TimeConflict`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from itertools import pairwise, product

from ionm_notes.read.clock import DAY
from ionm_notes.read.events import Event, Times, overnight
from ionm_notes.read.patient_stay import stay
from ionm_notes.read.reading import Reading
from ionm_notes.read.totals import held
from ionm_notes.read.vocabulary import vocabulary
from ionm_notes.types import Proof, Segment, SegmentKind, Span, StatedTotal, TimeConflict


@dataclass(frozen=True, slots=True)
class Claim:
    """One stated clock time for one end of a part of the day (minutes after midnight of the day of service)."""

    minute: int
    event: Event
    strong: bool


@dataclass(frozen=True, slots=True)
class Day:
    """The stated day."""

    segments: tuple[Segment, ...]
    mapping: tuple[Span, ...]
    conflicts: tuple[TimeConflict, ...]
    stop_before_start: bool
    last_report: datetime | None
    last_report_evidence: Proof
    monitoring_start: Proof
    monitoring_stop: Proof
    sessions: int
    never: Proof
    room_in: datetime | None
    room_out: datetime | None
    anesthesia_start: datetime | None
    anesthesia_stop: datetime | None


def at(day: date, minute: int) -> datetime:
    """A minute of the day of service as a datetime."""
    return datetime.combine(day, time()) + timedelta(minutes=minute)


def minute_of(day: date, moment: datetime) -> int:
    """The minute of the day of service at which a moment lies, beyond 1440 behind midnight: what `at` is of."""
    return (moment - at(day, 0)) // timedelta(minutes=1)


def clock_text(minute: int) -> str:
    """'08:05' for 485; minutes past midnight carry '(+1)'."""
    return f"{minute // 60 % 24:02d}:{minute % 60:02d}" + (" (next day)" if minute >= DAY else "")


_FINAL = re.compile(
    r"\b(?:base-?lines?|bls?|traces|acquisition)\b(?:\W+\w+){0,5}?\W+(?:complet\w+|finish\w*|done|ends?|ended|saved|accepted|stored)\b|\b(?:complet\w+|finish\w*|end)\W+(?:\w+\W+){0,2}(?:base-?lines?|bls?)\b",
    re.I,
)


_ACQUIRED = re.compile(
    r"\b(?:base-?lines?|bls?|traces|acquisition)\b(?:\W+\w+){0,5}?\W+(?:complet\w+|finish\w*|done|ends?|ended|saved|stored|set|closed?)\b|\b(?:complet\w+|finish\w*|end)\W+(?:\w+\W+){0,2}(?:base-?lines?|bls?)\b",
    re.I,
)
"""Words of the end of the recording itself, which outweigh those of a reader who accepts it afterwards."""


def _inside(span: Event, minute: int) -> bool:
    """Whether a minute lies within a stated interval, not at its ends."""
    return span.last is not None and span.first < minute < span.last


def _claims(events: Iterable[Event], kind: str) -> tuple[list[Claim], list[Claim]]:
    starts, ends = [], []
    for event in events:
        if event.kind != kind:
            continue
        if event.phase == "span" and event.last is not None:
            starts.append(Claim(event.first, event, True))
            ends.append(Claim(event.last, event, True))
        elif event.phase == "start":
            starts.append(Claim(event.first, event, True))
        elif event.phase == "end":
            ends.append(Claim(event.first, event, True))
        elif event.phase == "point":
            starts.append(Claim(event.first, event, False))
    return starts, ends


def _ranked(claims: list[Claim]) -> list[Claim]:
    log = [c for c in claims if c.event.origin == "log"]
    return log or claims


def read_day(reading: Reading, times: Times, events: tuple[Event, ...], day: date) -> Day:
    """The parts of the day with their conflicts."""
    conflicts: list[TimeConflict] = []
    events, never = _never_begun(reading, events)
    sessions = _sessions(events) or _spells(events) or _numbered_spells(reading, events) or _rows_apart(events)
    # The first session says when the day's monitoring began; its own start and end contradict nothing of the second.
    first = sessions[0] if sessions else None
    start, end, inverted = (first[0], first[1], False) if first else _monitoring(reading, events, conflicts)
    around = [] if inverted or start is None or end is None else _around(events, start.minute, end.minute)
    events = tuple([e for e in events if e not in around]) if around else events
    segments: list[Segment] = []
    setup = _part(reading, events, "setup", day, before=start.minute if start else None)
    baseline = _baseline(reading, events, day, start, conflicts)
    segments += [s for s in (setup, baseline) if s]
    if start or end:
        both = [c for c in (start, end) if c]
        segments.append(
            Segment(
                "monitoring",
                at(day, start.minute) if start else None,
                at(day, end.minute) if end else None,
                _proof(reading, [c.event for c in both]),
                both[0].event.origin,
            )
        )
    for again, stop in sessions[1:]:
        places = _proof(reading, [again.event, stop.event])
        segments.append(Segment("monitoring", at(day, again.minute), at(day, stop.minute), places, "log"))
    end = sessions[-1][1] if sessions else end
    segments += _interruptions(reading, events, day, start, end)
    removal = _removal(reading, events, day, end)
    if removal:
        segments.append(removal)
    report = _last_report(events, start)
    entered, left = stay(reading, times, events, start.minute if start else None, end.minute if end else None)
    asleep = [e for e in events if e.kind == "anesthesia" and e.last is not None]
    return Day(
        tuple(segments),
        tuple(_mapping(reading, events, day)),
        tuple(conflicts),
        inverted,
        at(day, report.first) if report else None,
        reading.proof(report.start, report.end) if report else (),
        reading.proof(start.event.start, start.event.end) if start else (),
        reading.proof(end.event.start, end.event.end) if end else (),
        max(len(_sessions(events)), 1),
        never,
        at(day, entered) if entered is not None else None,
        at(day, left) if left is not None else None,
        at(day, asleep[0].first) if asleep else None,
        at(day, asleep[0].last or 0) if asleep else None,
    )


_BESIDE_THE_WATCH = frozenset({"setup", "baseline", "removal"})


def _around(events: tuple[Event, ...], first: int, last: int) -> list[Event]:
    """The intervals taken for set-up, baselines or removal that go from before the monitoring to behind it, as none of these does.

    'Leads on 07:40 to 12:20', 'room sensor of the technologist on site: 07:40 to 12:20'.
    """
    return [e for e in events if e.last is not None and e.last > last and e.first < first and e.kind in _BESIDE_THE_WATCH]


def _never_begun(reading: Reading, events: tuple[Event, ...]) -> tuple[tuple[Event, ...], Proof]:
    """The events without a beginning of monitoring in a statement that it was never begun, and that statement where no other tells its times."""
    denied = {unit.start: match for unit, match in reading.told(vocabulary().patterns["monitoring.never"])}
    if not denied:
        return events, ()
    kept = tuple(e for e in events if e.kind != "monitoring" or e.unit.start not in denied)
    if any(e.kind in ("monitoring", "attend-monitored") for e in kept):
        return events, ()
    first = next(iter(denied.values()))
    return kept, reading.proof(first.start(), first.end())


def _proof(reading: Reading, events: list[Event]) -> Proof:
    seen, out = set(), []
    for event in events:
        if (event.start, event.end) not in seen:
            seen.add((event.start, event.end))
            out.append(reading.evidence(event.start, event.end))
    return tuple(out)


_OBEYED = 10
"""Minutes within which what somebody was let do is done."""
_HEADED = re.compile(r"\W*monitored\b", re.I)


def _monitoring(
    reading: Reading, events: tuple[Event, ...], conflicts: list[TimeConflict]
) -> tuple[Claim | None, Claim | None, bool]:
    starts, ends = _claims(_joined(events), "monitoring")
    starts = [c for c in starts if c.strong]
    if len(starts) > 1 or len(ends) > 1:
        starts = [c for c in starts if not _takes_in(reading, events, c)] or starts
        ends = [c for c in ends if not _takes_in(reading, events, c)] or ends
    own = [e for e in events if e.kind == "attend-monitored" and e.last is not None]
    told = [e for e in own if _of_the_watch(reading, e)]
    starts += [Claim(e.first, e, True) for e in told if starts]
    ends += [Claim(e.last or 0, e, True) for e in told if ends]
    if starts and not ends:
        ends = [Claim(e.last or 0, e, True) for e in own if any(abs(e.first - c.minute) <= 1 for c in starts)]
    elif ends and not starts:
        # 'I monitored from 22:24 to 02:51. Monitoring ended at 02:51': the one bears the other out.
        starts = [Claim(e.first, e, True) for e in own if any(abs((e.last or 0) - c.minute) <= 1 for c in ends)]
    if not starts and not ends and own:
        starts = [Claim(e.first, e, True) for e in own]
        ends = [Claim(e.last or 0, e, True) for e in own]
    if len(starts) > 1:  # '07:50 start monitoring', '07:52 monitoring started': the first only lets it begin
        let = vocabulary().regex("action.let")
        starts = [
            c
            for c in starts
            if not any(
                0 < d.minute - c.minute <= _OBEYED and d.event.group == c.event.group and not _tells(reading, d, c)
                for d in starts
            )
            or not let.search(reading.text[slice(*c.event.clause)])
        ]
    paused = {e.first for e in events if e.kind == "interruption"}
    starts = [c for c in starts if c.minute not in paused] or starts
    start = _choose(reading, starts, "the start of monitoring", conflicts, latest=True)
    end = _choose(reading, ends, "the end of monitoring", conflicts, latest=False, begun=start)
    inverted = False
    if start and end and end.minute <= start.minute:
        if overnight(start.minute, end.minute) and start.minute < DAY:
            end = Claim(end.minute + DAY, end.event, True)
        else:
            inverted = True
    return start, end, inverted


def _of_the_watch(reading: Reading, event: Event) -> bool:
    """Whether an interval in which somebody monitored is one of the monitoring itself, and so a claim beside those of the log.

    'MONITORED 0815 - 1121' over a form, 'The case was monitored between 8:15 and 11:21'; but not 'was monitored by Dr. Hale' or 'I monitored'.
    """
    if event.origin == "header":
        return _HEADED.match(reading.text, event.unit.start) is not None
    clause = reading.text[slice(*event.clause)]
    words = vocabulary()
    return words.regex("monitored.told").search(clause) is not None and words.regex("monitored.by").search(clause) is None


def _takes_in(reading: Reading, events: tuple[Event, ...], claim: Claim) -> bool:
    """Whether an interval of monitoring says itself that it holds a part of the day, and begins or ends with that part.

    'Total monitoring time 12:20 to 4:47, hook-up and baselines are in it' contradicts no 'Monitoring 1:12 to 4:47' beside it.
    """
    watch = claim.event
    if watch.last is None or watch.origin == "log":
        return False
    first = claim.minute == watch.first
    edges = {e.kind for e in events if e.last is not None and (e.first if first else e.last) == claim.minute} - {"monitoring"}
    if not edges:
        return False
    if first and _TAKEN_IN & edges and _all_told(reading, events, watch):
        return True
    behind = _LENGTH.sub("", reading.text[watch.end : watch.unit.end])
    return bool(edges.intersection(held(behind) or held(reading.text[watch.start : watch.unit.end])))


_TAKEN_IN = frozenset({"setup", "baseline"})
"""Parts of the day that a claimed total may begin with."""


def _all_told(reading: Reading, events: tuple[Event, ...], watch: Event) -> bool:
    """Whether an interval is what somebody counted or claims in all, and a plain one of monitoring within it ends when it does."""
    if vocabulary().regex("total.claimed").search(reading.text, watch.unit.start, watch.end) is None:
        return False
    plain = [e for e in events if e.kind == "monitoring" and e.unit.start != watch.unit.start]
    began = [e.first for e in plain if e.phase in ("start", "span")]
    ended = [e.last if e.phase == "span" else e.first for e in plain if e.phase in ("end", "span")]
    return watch.last in ended and any(watch.first < minute for minute in began)


_LENGTH = re.compile(r"^(?:[\s,;:=(]++(?:\d{1,3}\s*+(?:minutes?|mins?\.?|h(?:ours?|rs?)?\.?))*+)++", re.I)
"""A length of time just behind an interval: ', 267 minutes, with set-up'."""


def _tells(reading: Reading, claim: Claim, other: Claim) -> bool:
    """Whether an entry names the time of another: '10:33 monitoring on 10:32'."""
    return clock_text(other.minute % DAY) in reading.text[slice(*claim.event.clause)]


def _joined(events: tuple[Event, ...]) -> list[Event]:
    """The events, with stated stretches of monitoring of which each begins where the one before it ended as the one stretch they make up.

    'Monitoring, part 1 | 8:20 | 10:05' and 'part 2 | 10:05 | 13:30' contradict neither one another nor '8:20 to 13:30'.
    """
    spans = [e for e in events if e.kind == "monitoring" and e.last is not None]
    if len(spans) < _TWO:
        return list(events)
    out = [e for e in events if e not in spans]
    paused = {(e.first, e.last) for e in events if e.kind == "interruption" and e.last is not None}
    for event in sorted(spans, key=lambda e: e.first):
        before = next((e for e in out if _goes_on(e, event, paused)), None)
        if before is None:
            out.append(event)
        else:
            out[out.index(before)] = replace(before, last=event.last)
    return out


_TWO = 2


def _goes_on(before: Event, event: Event, paused: set[tuple[int, int]]) -> bool:
    """Whether a stretch of monitoring begins where the one before it ended, or where a pause did that had begun there."""
    return (
        before.kind == "monitoring"
        and before.origin == event.origin
        and (before.last == event.first or (before.last, event.first) in paused)
        and event.last is not None
        and event.last > event.first
    )


def _sessions(events: tuple[Event, ...]) -> list[tuple[Claim, Claim]]:
    """Start and end of monitoring in each session, where a log shows the patient out of the room and in again between two.

    Empty for the ordinary day of one session.
    """
    log = sorted((e for e in events if e.origin == "log"), key=lambda e: e.first)
    found: list[tuple[Claim, Claim]] = []
    start: Event | None = None
    left = back = True
    for event in log:
        if event.kind == "patient.out" and found and start is None:
            left = True
        elif event.kind == "patient.in" and left:
            back = True
        elif event.kind == "monitoring" and event.phase == "start" and start is None and left and back:
            start = event
        elif event.kind == "monitoring" and event.phase == "end" and start is not None:
            found.append((Claim(start.first, start, True), Claim(event.first, event, True)))
            start, left, back = None, False, False
    return found if len(found) > 1 else []


def _spells(events: tuple[Event, ...]) -> list[tuple[Claim, Claim]]:
    """Stretches of monitoring that one statement lists: 'Monitoring 0752-1010, and again 1048-1305'."""
    by_unit: dict[int, list[Event]] = {}
    own = [e for e in events if e.kind == "monitoring"]
    watch = "monitoring" if any(e.last is not None or e.origin == "log" for e in own) else "attend-monitored"
    for event in events:
        if event.kind == watch and event.last is not None and event.origin != "log":
            by_unit.setdefault(event.unit.start, []).append(event)
    for event in events:
        same = by_unit.get(event.unit.start, [])
        if len(same) > 1 and all(a.last is not None and a.last < b.first for a, b in pairwise(same)):
            return [(Claim(e.first, e, True), Claim(e.last or 0, e, True)) for e in same]
    return []


def _numbered_spells(reading: Reading, events: tuple[Event, ...]) -> list[tuple[Claim, Claim]]:
    """Stretches of monitoring apart from one another, each in a statement that calls it the first, the second, a stage or a part."""
    spans = sorted((e for e in events if e.kind == "monitoring"), key=lambda e: (e.first, e.last or 0))
    if len(spans) < _TWO or any(e.last is None or e.origin == "log" for e in spans):
        return []
    if any((one.last or 0) >= two.first for one, two in pairwise(spans)):
        return []
    numbered = vocabulary().regex("spell.numbered")
    if not all(numbered.search(reading.text, max(e.unit.start, e.start - _BEFORE_A_SPELL), e.end) for e in spans):
        return []
    return [(Claim(e.first, e, True), Claim(e.last or 0, e, True)) for e in spans]


def _rows_apart(events: tuple[Event, ...]) -> list[tuple[Claim, Claim]]:
    """Stretches of monitoring that a log gives row by row, with time between them that no row calls a pause: '07:52 | 09:10 | Monitoring'."""
    own = [e for e in _joined(events) if e.kind == "monitoring" and e.origin == "log"]
    spans = sorted((e for e in own if e.last is not None), key=lambda e: e.first)
    if len(spans) < _TWO or len(spans) < len(own) or len({e.group for e in spans}) > 1:
        return []
    if any((one.last or 0) >= two.first for one, two in pairwise(spans)):
        return []
    return [(Claim(e.first, e, True), Claim(e.last or 0, e, True)) for e in spans]


_BEFORE_A_SPELL = 60
"""Characters before an interval of monitoring that may number it."""


def covered_by_stated(
    reading: Reading, events: tuple[Event, ...], segments: tuple[Segment, ...], day: date, stated: set[int]
) -> tuple[tuple[SegmentKind, ...], int, Proof]:
    """Parts of the day that a stated monitoring interval takes in though another one was chosen; with its length.

    It takes them in where its length is a `stated` total too, or where it begins or ends as such a part does; an interval that
    merely ends at another time than the chosen one contradicts it and says no more.
    """
    chosen = next((s for s in segments if s.kind == "monitoring"), None)
    for first, last, shown in _stated_hours(reading, events, stated):
        low, high = at(day, first), at(day, last)
        if chosen and (chosen.start, chosen.end) == (low, high):
            continue
        parts = [
            s.kind
            for s in segments
            if s.kind in ("setup", "baseline", "removal") and s.start and s.end and s.start < high and low < s.end
        ]
        meant = last - first in stated or any(low == s.start or high == s.end for s in segments if s.kind in parts)
        if parts and meant:
            return tuple(parts), last - first, shown
    return (), 0, ()


def _stated_hours(reading: Reading, events: tuple[Event, ...], stated: set[int]) -> Iterator[tuple[int, int, Proof]]:
    """The hours of monitoring that a record states: its intervals, and a start with an end of its own that lie a `stated` total apart."""
    watch = [event for event in events if event.kind == "monitoring"]
    for event in watch:
        if event.last is not None and event.last > event.first:
            yield event.first, event.last, reading.proof(event.start, event.end)
    points = [event for event in watch if event.last is None and event.origin != "log"]
    for begun, ended in product(points, points):
        if begun.phase == "start" and ended.phase == "end" and ended.first - begun.first in stated:
            yield begun.first, ended.first, (reading.evidence(begun.start, begun.end), reading.evidence(ended.start, ended.end))


def whole_with(segments: tuple[Segment, ...], total: StatedTotal) -> tuple[SegmentKind, ...]:
    """The parts of the day beside monitoring that a total was counted with, to the minute, from or to a time that it names itself.

    '230 minutes, counted from hook-up at 7:02' is the time from the start of set-up to the end of monitoring.
    """
    by_kind = {s.kind: s for s in segments}
    watch = by_kind.get("monitoring")
    if watch is None or watch.start is None or watch.end is None or sum(s.kind == "monitoring" for s in segments) > 1:
        return ()
    shown = " ".join(place.text for place in total.evidence)
    starts: list[tuple[datetime, list[SegmentKind]]] = [(watch.start, [])] + [
        (s.start, kinds) for k, kinds in _AHEAD if (s := by_kind.get(k)) and s.start and _names(shown, s.start)
    ]
    removal = by_kind.get("removal")
    ends: list[tuple[datetime, list[SegmentKind]]] = [(watch.end, [])] + (
        [(removal.end, ["removal"])] if removal and removal.end and _names(shown, removal.end) else []
    )
    for start, ahead in starts:
        for end, behind in ends:
            if start <= watch.start and end >= watch.end and timedelta(minutes=total.amount) == end - start:
                return tuple(kind for kind in [*ahead, *behind] if kind in by_kind)
    return ()


_AHEAD: tuple[tuple[SegmentKind, list[SegmentKind]], ...] = (("baseline", ["baseline"]), ("setup", ["baseline", "setup"]))


def _names(text: str, at: datetime) -> bool:
    """Whether a text names a time of the day, in either notation."""
    hours = {at.hour, (at.hour - 1) % 12 + 1}
    return any(re.search(rf"(?<!\d)0?{hour}[:.h ]?{at.minute:02d}(?!\d)", text) for hour in hours)


def _choose(
    reading: Reading,
    claims: list[Claim],
    subject: str,
    conflicts: list[TimeConflict],
    *,
    latest: bool,
    begun: Claim | None = None,
) -> Claim | None:
    if not claims:
        return None
    ranked = _ranked(claims)
    log = ranked[0].event.origin == "log"
    if log:
        groups: dict[int, list[Claim]] = {}
        for claim in ranked:
            groups.setdefault(claim.event.group, []).append(claim)
        per_log = [
            claim
            for group in groups.values()
            for claim in ([min(group, key=lambda c: c.minute)] if latest else _ends_told(reading, group, begun))
        ]
        chosen = max(per_log, key=lambda c: c.minute) if latest else min(per_log, key=lambda c: c.minute)
        rivals = [c for c in per_log if c.minute != chosen.minute] + [
            c for c in claims if c.event.origin != "log" and c.minute != chosen.minute
        ]
    else:
        chosen = max(ranked, key=lambda c: c.minute) if latest else min(ranked, key=lambda c: c.minute)
        rivals = [c for c in ranked if c.minute != chosen.minute]
    rivals += _begun_again(reading, ranked, chosen) if log and latest else []
    rivals = [c for c in rivals if abs(c.minute - chosen.minute) not in (DAY,)]
    if rivals:
        rival = rivals[0]
        why = (
            "a log entry outranks header and narrative"
            if log and rival.event.origin != "log"
            else ("at equal rank the later start counts" if latest else "at equal rank the earlier stop counts")
            if not (log and latest and rival.event.group == chosen.event.group)
            else "a log begins it twice, and tells no pause between"
        )
        conflicts.append(
            TimeConflict(
                subject, clock_text(chosen.minute), clock_text(rival.minute), why, _proof(reading, [chosen.event, rival.event])
            )
        )
    return chosen


def _begun_again(reading: Reading, claims: list[Claim], chosen: Claim) -> list[Claim]:
    """The entries of the same log by which monitoring begins a second time, with no pause told before: '08:00 mon', '09:15 xr', '09:25 mon'.

    The first counts, and which one is meant, or how long the pause was, has to be asked. One that goes on begins nothing.
    """
    own = [c for c in claims if c.event.group == chosen.event.group and c.minute - chosen.minute > _OBEYED]
    goes_on = vocabulary().regex("action.goes-on")
    return [c for c in own if not goes_on.search(reading.text[slice(*c.event.clause)])]


def _ends_told(reading: Reading, claims: list[Claim], begun: Claim | None) -> list[Claim]:
    """The ends that one log tells and that contradict each other: one of those within a minute or so, none before the beginning.

    A pause parts none of them (`events/stop_and_go.py`). '10:38 fine to stop monitoring' only lets it end that stopped at 10:40.
    """
    let = vocabulary().regex("action.let")
    behind = [c for c in claims if begun is None or c.event.group != begun.event.group or c.minute > begun.minute] or claims
    told: list[Claim] = []
    for claim in sorted(behind, key=lambda c: c.minute):
        before = told[-1] if told else None
        if before is not None and claim.minute - before.minute <= _SAME:
            continue
        if (
            before is not None
            and claim.minute - before.minute <= _OBEYED
            and let.search(reading.text[slice(*before.event.clause)])
        ):
            told.pop()
        told.append(claim)
    return told


_SAME = 1
"""Minutes between two entries of one log that tell of the same thing."""


def _part(reading: Reading, events: tuple[Event, ...], kind: str, day: date, before: int | None) -> Segment | None:
    """Setup: first start or mention, last explicit end before monitoring."""
    starts, ends = _claims(events, kind)
    spans = [e for e in events if e.kind == kind and e.phase == "span" and e.last is not None]
    if before is not None:
        starts = [c for c in starts if c.minute <= before] or starts
        ends = [c for c in ends if c.minute <= before + 45] or ends
    starts, ends = _ranked(starts), _ranked(ends)
    if (borne := _borne_out(spans, starts + ends)) is not None:
        return Segment(
            "setup", at(day, borne.first), at(day, borne.last or 0), reading.proof(borne.start, borne.end), borne.origin
        )
    if spans and (
        any(s.origin == "log" for s in spans)
        or not any(c.event.origin == "log" and c.strong and c.event.last is None for c in starts + ends)
    ):
        best = next((s for s in spans if s.origin == "log"), spans[0])
        return Segment("setup", at(day, best.first), at(day, best.last or 0), reading.proof(best.start, best.end), best.origin)
    if not starts and not ends:
        return None
    strong = [c for c in starts if c.strong]
    first = min(strong or starts, key=lambda c: c.minute) if starts else None
    weak_first = min(starts, key=lambda c: c.minute) if starts else None
    if weak_first and first and weak_first.minute < first.minute and not strong:
        first = weak_first
    explicit = [c for c in ends if vocabulary().regex("action.end").search(reading.text[c.event.start : c.event.end])]
    last = max(explicit or ends, key=lambda c: c.minute) if ends else None
    if first is None and last is not None:
        earlier = [c for c in ends if c.minute < last.minute - 1 and c.event.origin == "log"]
        first = min(earlier, key=lambda c: c.minute, default=None)  # '21:18 leads on ... 21:50 leads done'
    if first and last and last.minute < first.minute:
        first = None
    chosen = [c for c in (first, last) if c]
    return Segment(
        "setup",
        at(day, first.minute) if first else None,
        at(day, last.minute) if last else None,
        _proof(reading, [c.event for c in chosen]),
        chosen[0].event.origin,
    )


def _baseline(
    reading: Reading, events: tuple[Event, ...], day: date, start: Claim | None, conflicts: list[TimeConflict]
) -> Segment | None:
    """The initial baselines: those before monitoring starts."""
    starts, ends = _claims(events, "baseline")
    limit = start.minute + _BASELINES if start else None
    spans = [e for e in events if e.kind == "baseline" and e.phase == "span" and e.last is not None]
    early_claims = [c for c in starts + ends if limit is None or c.minute <= limit]
    if (borne := _borne_out(spans, early_claims)) is not None:
        return Segment(
            "baseline", at(day, borne.first), at(day, borne.last or 0), reading.proof(borne.start, borne.end), borne.origin
        )
    log_ends = [c for c in early_claims if c in ends and c.event.origin == "log" and c.event.last is None]
    log_ends = [
        c for c in log_ends if _FINAL.search(reading.text[slice(*c.event.clause)]) or not any(_inside(s, c.minute) for s in spans)
    ]
    log_ends = [
        c
        for c in log_ends
        if _ACQUIRED.search(reading.text[slice(*c.event.clause)]) or all(c.minute < (s.last or 0) for s in spans)
    ]  # a reader who accepts them afterwards prolongs no stated interval
    if spans and (not log_ends or any(e.origin == "log" for e in spans)):
        early = [e for e in spans if limit is None or e.first <= limit] or spans
        best = next((s for s in early if s.origin == "log"), early[0])
        return Segment("baseline", at(day, best.first), at(day, best.last or 0), reading.proof(best.start, best.end), best.origin)
    starts, ends = _ranked(starts), _ranked(ends)
    if limit is not None:
        starts = [c for c in starts if c.minute <= limit]
        if start is not None and any(c.minute <= start.minute for c in ends):
            # 'Pre-position baselines recorded' before it, 'Post-position baselines' in it: those repeated are monitoring.
            starts = [c for c in starts if c.strong or c.minute <= start.minute]
        late = max([limit, *(c.minute + _BASELINES for c in starts)])  # a clock that ran from the first electrode on
        ends = [c for c in ends if c.minute <= late]
    strong = [c for c in starts if c.strong]
    first = min(strong or starts, key=lambda c: c.minute) if starts else None
    if strong and first is not None:
        soonest = min(starts, key=lambda c: c.minute)
        if soonest.minute < first.minute and first.minute - soonest.minute <= 30:
            first = soonest
    after = [c for c in ends if first is None or c.minute >= first.minute]
    if start is not None:
        close = [c for c in after if c.minute <= start.minute + 1]
        after = close or after
    final = [c for c in after if _FINAL.search(reading.text[c.event.clause[0] : c.event.clause[1]])]
    acquired = [c for c in final or after if _ACQUIRED.search(reading.text[slice(*c.event.clause)])]
    last = max(acquired or final or after, key=lambda c: c.minute) if after else None
    if first and last and first.event is last.event:
        first = None
    chosen = [c for c in (first, last) if c]
    if not chosen:
        return None
    return Segment(
        "baseline",
        at(day, first.minute) if first else None,
        at(day, last.minute) if last else None,
        _proof(reading, [c.event for c in chosen]),
        chosen[0].event.origin,
    )


_BASELINES = 45
"""Minutes within which initial baselines begin once the monitoring is said to run, and those that they take."""


def _interruptions(
    reading: Reading, events: tuple[Event, ...], day: date, start: Claim | None, end: Claim | None
) -> list[Segment]:
    low = start.minute if start else 0
    high = end.minute if end else 3000
    out: list[Segment] = []
    log = sorted(
        (e for e in events if e.kind == "interruption" and e.origin == "log" and e.phase != "span"), key=lambda e: e.first
    )
    opened: Event | None = None
    for event in log:
        if not low <= event.first <= high:
            continue
        if event.phase in ("start", "point"):
            if opened is not None and (again := _seen_again(reading, events, opened, event.first - 1)) is not None:
                out.append(_left_open(reading, opened, again, day))
                opened = None
            opened = opened or event
        elif opened is not None:
            if event.first > opened.first:
                out.append(
                    Segment("interruption", at(day, opened.first), at(day, event.first), _proof(reading, [opened, event]), "log")
                )
            opened = None
    spans = [e for e in events if e.kind == "interruption" and e.phase == "span" and e.last is not None]
    if opened is not None and any(abs(span.first - opened.first) <= 1 for span in spans):
        opened = None  # an interval tells its end
    if opened is not None:
        resumed = [
            e
            for e in events
            if e.origin == "log"
            and e.kind in ("signals", "other", "monitoring")
            and e.first > opened.first
            and ((e.kind, e.phase) == ("monitoring", "start") or _again(reading, e))
        ]
        if resumed:
            out.append(
                Segment(
                    "interruption", at(day, opened.first), at(day, resumed[0].first), _proof(reading, [opened, resumed[0]]), "log"
                )
            )
        else:
            out.append(_left_open(reading, opened, _seen_again(reading, events, opened, high), day))
    for span in spans:
        if low <= span.first <= high and not any(
            s.start and s.start - timedelta(minutes=6) <= at(day, span.first) <= (s.end or s.start) for s in out
        ):
            out.append(
                Segment(
                    "interruption", at(day, span.first), at(day, span.last or 0), reading.proof(span.start, span.end), span.origin
                )
            )
    told = sorted(
        (e for e in events if e.kind == "interruption" and e.origin != "log" and e.phase != "span"), key=lambda e: e.first
    )
    began = [e for e in told if e.phase != "end"]
    over = [e for e in told if e.phase == "end"]
    for event in began:
        if not low <= event.first <= high or any(
            s.start and s.start - timedelta(minutes=6) <= at(day, event.first) <= (s.end or s.start) for s in out
        ):
            continue
        stop = next((e for e in over if e.first > event.first), None)
        until = at(day, stop.first) if stop else None  # without an end it stays open, which makes a query
        shown = _proof(reading, [event, stop] if stop else [event])
        out.append(Segment("interruption", at(day, event.first), until, shown, event.origin))
    return sorted(out, key=lambda s: s.start or datetime.min)


def _left_open(reading: Reading, opened: Event, again: Event | None, day: date) -> Segment:
    """A pause whose end no entry tells, and the entry by which it was over."""
    shown = _proof(reading, [opened, again] if again else [opened])
    seen = at(day, again.first) if again else None
    return Segment("interruption", at(day, opened.first), None, shown, "log", seen_again=seen)


def _seen_again(reading: Reading, events: tuple[Event, ...], opened: Event, high: int) -> Event | None:
    """The first entry behind the beginning of a pause by which it was over: signals are told of, or its cause is gone."""
    over = vocabulary().regex("entry.cause-gone")
    later = (e for e in events if e.origin == "log" and e.group == opened.group and opened.first < e.first <= high)
    told = (e for e in later if e.kind == "signals" or (e.kind == "other" and over.search(reading.text[slice(*e.clause)])))
    return min(told, key=lambda e: e.first, default=None)


def _again(reading: Reading, event: Event) -> bool:
    text = reading.text[event.start : event.end].lower()
    return any(word in text for word in ("back", "again", "resum", "re-establish", "reestablish", "restor", "up and running"))


def _removal(reading: Reading, events: tuple[Event, ...], day: date, end: Claim | None) -> Segment | None:
    spans = [e for e in events if e.kind == "removal" and e.phase == "span" and e.last is not None]
    starts, ends = _claims(events, "removal")
    starts = [c for c in starts if c.event.phase != "span"]
    ends = [c for c in ends if c.event.phase != "span"]
    if end is not None:
        starts = [c for c in starts if c.minute >= end.minute - 10] or starts
        ends = [c for c in ends if c.minute >= end.minute - 10] or ends
    log = [c for c in starts + ends if c.event.origin == "log"]
    if (borne := _borne_out(spans, starts + ends)) is not None:
        return Segment(
            "removal", at(day, borne.first), at(day, borne.last or 0), reading.proof(borne.start, borne.end), borne.origin
        )
    if spans and not log:
        best = spans[-1]
        return Segment("removal", at(day, best.first), at(day, best.last or 0), reading.proof(best.start, best.end), best.origin)
    starts, ends = _ranked(starts), _ranked(ends)
    if log:
        starts, ends = [c for c in starts if c.event.origin == "log"], [c for c in ends if c.event.origin == "log"]
    weak = [c for c in starts if not c.strong]
    strong = [c for c in starts if c.strong]
    first = min(strong, key=lambda c: c.minute) if strong else None
    last = max(ends, key=lambda c: c.minute) if ends else None
    if first is None and last is not None and not weak:
        before = [c for c in ends if c.minute < last.minute - 1]
        first = before[0] if before else None  # '1107 leads out ... 1118 all leads out': the first began it
    if first is None and last is None and weak:
        last = weak[-1]
    elif first is None and weak and last and weak[0].minute < last.minute:
        first = weak[0]
    if first and last and last.minute < first.minute:
        last = None
    chosen = [c for c in (first, last) if c]
    if not chosen:
        return None
    return Segment(
        "removal",
        at(day, first.minute) if first else None,
        at(day, last.minute) if last else None,
        _proof(reading, [c.event for c in chosen]),
        chosen[0].event.origin,
    )


def _borne_out(spans: list[Event], claims: list[Claim]) -> Event | None:
    """The stated interval that entries of a log bear out: each of them names its beginning or its end, to the minute or so.

    A log seldom tells both ends of set-up and removal; where what it tells agrees, the stated interval tells the rest.
    """
    log = [c.minute for c in claims if c.event.origin == "log" and c.event.last is None]
    for span in spans:
        if log and span.origin != "log" and span.last is not None:
            bounds = (span.first, span.last)
            if all(any(abs(minute - bound) <= 1 for bound in bounds) for minute in log):
                return span
    return None


def _last_report(events: tuple[Event, ...], start: Claim | None) -> Event | None:
    """Last timed entry that reports signals or the professional's presence."""
    kinds = {"signals", "professional", "attend", "attend-monitored", "interruption", "baseline"}
    low = start.minute if start else 0
    found = [
        e
        for e in events
        if e.kind in kinds and e.first >= low and e.last is None and (e.origin == "log" or e.kind != "interruption")
    ]
    logs = [e for e in found if e.origin == "log"]
    return max(logs or found, key=lambda e: e.first) if found else None


def _mapping(reading: Reading, events: tuple[Event, ...], day: date) -> list[Span]:
    out = [
        Span(at(day, e.first), at(day, e.last), reading.proof(e.start, e.end))
        for e in events
        if e.kind == "mapping" and e.last is not None and e.last > e.first
    ]
    rows = sorted((e for e in events if e.kind == "mapping" and e.last is None), key=lambda e: e.first)
    if not out and len(rows) >= 2:
        words = vocabulary()
        began = [e for e in rows if words.regex("action.start").search(reading.text[e.clause[0] : e.clause[1]])]
        done = [
            e
            for e in rows
            if words.regex("action.end").search(reading.text[e.clause[0] : e.clause[1]])
            and (not began or e.first > began[0].first)
        ]
        if began and done:
            out.append(Span(at(day, began[0].first), at(day, done[-1].first), _proof(reading, [began[0], done[-1]])))
    return out
