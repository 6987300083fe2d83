"""Events of sentences and free rows: each clock time with the clause around it."""

from __future__ import annotations

import re
from dataclasses import replace

from ionm_notes.read.clock import Clock
from ionm_notes.read.events.clause import Clause, Sentence, clause_of
from ionm_notes.read.events.couples import about_somebody, told_together
from ionm_notes.read.events.first_named import first_choice
from ionm_notes.read.events.items import around, items_of
from ionm_notes.read.events.model import PARTS, STAGES, Event, Hit, Phase, Times
from ionm_notes.read.events.of_interval import begun_aside, edge_events, of_both_times, then_told
from ionm_notes.read.events.of_time import of_time
from ionm_notes.read.events.sharing import sharing_events
from ionm_notes.read.events.worded import halts
from ionm_notes.read.reading import Reading, Unit
from ionm_notes.read.vocabulary import vocabulary

_SPOKEN_OF = STAGES | {"attend"}
"""Kinds that the next bare 'it ended at' may speak of."""


def clause_events(
    reading: Reading, times: Times, unit: Unit, clocks: list[Clock], carried: str | None
) -> tuple[list[Event], str | None]:
    """Events of a sentence or free row: each clock or range with the clause around it.

    `carried`: the part of the day that the sentence before spoke of; what this one spoke of is returned beside its events.
    """
    items = items_of(reading, times, unit, clocks)
    if shares := sharing_events(reading, times, unit, items):
        return shares, carried
    if carried is not None and about_somebody(reading.unit_text(unit)):
        carried = None  # 'Dr. Hale came on at 8:15 and went off at 11:20' ends no monitoring that a sentence before spoke of
    halted, items = halts(reading, unit, items)
    sentence = Sentence(reading, times, unit, items)
    events: list[Event] = []
    for index in range(len(items)):
        clause = clause_of(sentence, index, carried, events)
        told = _told(clause)
        events += told
        carried = next((_spoken_of(e.kind) for e in reversed(told) if _spoken_of(e.kind)), carried)
    return [_trim(reading, e) for e in [*told_together(events), *halted]], carried


def _told(clause: Clause) -> list[Event]:
    """The events that a time with its clause tells."""
    then, aside = then_told(clause)
    if then:
        told = _told_alone(replace(clause, aside=aside))
        if told and _watched_to_the_end(told, then):  # 'I supervised from 8:04 until 10:47, when surveillance was ended'
            told = [e for e in told if e.kind != "monitoring"]
            then = [replace(then[0], phase="span", first=told[0].first, last=then[0].first)]
        if told or then[0].phase == "start":
            return [*told, *(_begun(e) if all(t.kind != e.kind for t in told) else e for e in then)]
    return _told_alone(clause)


def _watched_to_the_end(told: list[Event], then: list[Event]) -> bool:
    """Whether a stay is told to have lasted until the monitoring was over: both are of the same hours."""
    over = (then[0].kind, then[0].phase) == ("monitoring", "end")
    stays = [e for e in told if e.kind in ("attend", "attend-monitored")]
    ends = [e for e in told if (e.kind, e.phase) == ("monitoring", "end")]
    return over and bool(stays) and len(stays) + len(ends) == len(told) and all(e.last == then[0].first for e in stays)


def _begun(event: Event) -> Event:
    """'Monitoring from 7:58 to 11:16, when the electrodes were taken off': that was done from then on."""
    return replace(event, phase="start") if event.kind == "removal" else event


def _told_alone(clause: Clause) -> list[Event]:
    """The same without what is told of the second time of an interval apart."""
    chosen, start = first_choice(clause)
    chosen = of_time(clause, chosen) if clause.last is None else of_both_times(clause, chosen)
    if any(h.kind == "ignore" for h in clause.hits[-1:]) or (_dated(clause) and not _labelled(clause, chosen)):
        return []
    events = [] if clause.last is None else [*edge_events(clause, chosen), *begun_aside(clause)]
    for hit in chosen:
        if hit.kind not in ("ignore", "other-case"):
            events += _events_of(clause, hit, start)
    return events


def _events_of(clause: Clause, hit: Hit, start: int) -> list[Event]:
    """The events of what a time was found to be of; `start`: where the words that prove it begin."""
    place = clause.place(min(start, hit.start), max(clause.high, hit.end))
    if clause.last is None:
        phase = _phase_near(hit, clause.text[hit.end : clause.low] if hit.end <= clause.low else "")
        return [Event(hit.kind, phase, clause.first, None, clause.origin, *place)]
    if (hit.kind, hit.phase) == ("professional", "end"):
        # 'from 9:30 to 9:50, when I lost my connection': gone at the first time, back at the second.
        return [
            Event(hit.kind, "end", clause.first, None, clause.origin, *place),
            Event(hit.kind, "start", clause.last, None, clause.origin, *place),
        ]
    return [Event(hit.kind, "span", clause.first, clause.last, clause.origin, *place)]


def _spoken_of(kind: str) -> str | None:
    return "monitoring" if kind == "attend-monitored" else kind if kind in _SPOKEN_OF else None


def _trim(reading: Reading, event: Event) -> Event:
    start = event.start
    while start < event.end and reading.text[start] in " \t,;.:-–—·|•/":
        start += 1
    return replace(event, start=start)


def _phase_near(hit: Hit, between: str) -> Phase:
    """A noun without a phase takes it from the words between it and the time ('monitoring time: start 0810')."""
    words = vocabulary()
    if hit.phase == "end" and words.regex("action.had-begun").search(between):
        return "start"
    if hit.phase != "span":
        return hit.phase
    ended = words.regex("action.end").search(between) and not re.search(r"\b(?:to|from)\b", between)
    if ended or around("until").fullmatch(between):  # 'Monitoring to: 12:19'
        return "end"
    if words.regex("action.start").search(between):
        return "start"
    return "point"


def _labelled(clause: Clause, chosen: list[Hit]) -> bool:
    """Whether the date before a time stands right behind the beginning or end that both are of: 'Start of monitoring: 12 Mar 2025 22:35'."""
    day = next((d for d in clause.sentence.times.dates if 0 <= clause.low - d.end <= 6), None)
    return day is not None and any(
        h.kind in PARTS and h.phase in ("start", "end") and h.start < day.start <= h.end + _LABELLED for h in chosen
    )


_LABELLED = 4
"""Characters from what a label says to the date of it."""


def _dated(clause: Clause) -> bool:
    """Whether a time follows a date with at most an 'at' between: that of a signature, an order or a print."""
    gaps = [clause.low - day.end for day in clause.sentence.times.dates if 0 <= clause.low - day.end <= 6]
    return any(re.fullmatch(r"[\s,T]*(?:at|@|,)?\s*", clause.left[-gap:] if gap else "") for gap in gaps)
