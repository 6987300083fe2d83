"""Says what happened at each clock time: log rows, label-and-time rows and clauses become `Event`s; start here.

A clock time takes its meaning from the nearest stretch of text that a pattern of `patterns/events.toml` claims: the
rest of its row, or the clause before it, or (where nothing stands before) the clause behind it. "It ended at 1403"
takes its noun from the sentence before.
"""

from __future__ import annotations

from dataclasses import replace

from ionm_notes.read.clock import Clock
from ionm_notes.read.events.apposed import apposed
from ionm_notes.read.events.bare_states import bare_states
from ionm_notes.read.events.clauses import clause_events
from ionm_notes.read.events.days import settle_days
from ionm_notes.read.events.headed import headed_part
from ionm_notes.read.events.label_rows import edge_line, label_row, times_below
from ionm_notes.read.events.log_rows import answered, log_row, paired_row
from ionm_notes.read.events.model import Event, Times
from ionm_notes.read.events.phases import phased
from ionm_notes.read.events.reach import reaching
from ionm_notes.read.events.stop_and_go import stopped_and_started
from ionm_notes.read.events.strips import strip
from ionm_notes.read.events.watch_told import watch_told
from ionm_notes.read.events.wording import classify
from ionm_notes.read.expression import expression
from ionm_notes.read.reading import Reading, Unit
from ionm_notes.read.vocabulary import vocabulary


def read_events(reading: Reading, times: Times) -> tuple[Event, ...]:
    """Every event with a clock time, in order of place, days settled over midnight."""
    by_unit: dict[int, list[Clock]] = {}
    for clock in times.clocks:
        unit = reading.unit_at(clock.start)
        if unit is not None and unit.kind != "running":
            by_unit.setdefault(unit.start, []).append(clock)
    events: list[Event] = []
    group, last_row, carried = 0, None, None
    paragraph = -1
    heading: Unit | None = None
    for unit in reading.units:
        clocks = by_unit.get(unit.start, [])
        if unit.paragraph != paragraph and unit.kind == "sentence":
            carried, paragraph = None, unit.paragraph
        if not clocks:
            if unit.kind == "sentence" and len(reading.unit_text(unit)) > 60:
                last_row = None
            carried = _carry(reading, unit, carried)
            heading = unit if unit.kind == "row" else heading
            continue
        if (edge := edge_line(reading, times, unit, clocks)) is not None:
            events += edge
        elif (below := times_below(reading, times, unit, clocks, heading)) is not None:
            events += below
        elif (told := answered(reading, times, unit, clocks)) is not None:
            events += told
        elif (strips := strip(reading, times, unit, clocks)) is not None:
            events += strips
        elif clocks[0].start in times.leads and (paired := paired_row(reading, times, unit, clocks, heading)) is not None:
            events += paired
        elif clocks[0].start in times.leads:
            if last_row is None or (last_row - times.minute[clocks[0].start] > 240 and last_row < 1080):
                group += 1
            rows = list(log_row(reading, times, unit, clocks, group))
            last_row = times.minute[clocks[0].start]
            events += rows
        elif unit.kind == "row" and (cells := label_row(reading, times, unit, clocks)) is not None:
            events += cells
        else:
            below, rest = headed_part(reading, times, unit, clocks)
            found, carried = clause_events(reading, times, unit, rest, carried) if rest else ([], carried)
            events += below + found
    events = phased(reading, _gone(_patient_off(reading, events)))
    events = bare_states(reading, _unhooked(reading, _resumed(events)))
    events = reaching(reading, times, _bare_stop(reading, events))
    events = apposed(reading, times, [_until(reading, e) for e in events])
    events += watch_told(reading, times, events)
    from ionm_notes.read.trained import guessed  # it takes entries apart with the modules of this folder

    events = _as_it_went(reading, guessed(reading, times, events))
    return tuple(stopped_and_started(settle_days(_unplugged(reading, events))))


def _until(reading: Reading, event: Event) -> Event:
    """'I was connected from home and saw everything until 10:00': the watch ended then, by whatever word it had begun."""
    begins = event.kind == "professional" and event.phase == "start" and event.origin != "log" and event.last is None
    ends = begins and vocabulary().regex("clause.until-time").search(reading.text[event.start : event.end])
    return replace(event, phase="end") if ends else event


def _as_it_went(reading: Reading, events: list[Event]) -> list[Event]:
    """The events without those of lines that give a plan, or a whole with its parts below.

    'Plan at scheduling: Dr. Hale in the room 07:30 to 12:00', 'Total IONM time: 07:15 to 12:10. It is made up as follows:'.
    """
    planned, whole = vocabulary().regex("event.planned-line"), vocabulary().regex("event.whole-in-parts")
    lines = {unit.start for unit in {e.unit for e in events} if planned.match(reading.text, unit.start, unit.end)}
    lines |= {
        unit.start for unit in {e.unit for e in events} if whole.match(reading.text, unit.start, unit.end + _BEHIND_A_WHOLE)
    }
    events = [replace(e, kind="other", phase="point", guess=0.0) if e.unit.start in lines else e for e in events]
    return _from_first_to_last(reading, events)


def _from_first_to_last(reading: Reading, events: list[Event]) -> list[Event]:
    """The events, hours from the first thing done to the last those of no part of the day: 'billed, leads on to leads off, 07:15-12:10'.

    They are the monitoring where they are called so and the record tells of no other: 'Monitoring (set-up to removal) 07:20-11:52'.
    """
    around, watch = vocabulary().regex("event.from-first-to-last"), vocabulary().regex("total.watch")
    whole = [e.last is not None and around.search(reading.text, *e.clause) is not None for e in events]
    alone = not any(e.kind == "monitoring" for e, one in zip(events, whole, strict=True) if not one)
    out = []
    for event, one in zip(events, whole, strict=True):
        if one and alone and watch.search(reading.text, *event.clause) is not None:
            event = replace(event, kind="monitoring", phase="span")
        elif one:
            event = replace(event, kind="other", phase="point", guess=0.0)
        out.append(event)
    return out


_BEHIND_A_WHOLE = 60
"""Characters behind a whole in which it is said that its parts follow."""
_NOUN = expression(r"monitor|base|electrod|lead|needle|set-?up|hook|record|surveil|ionm|iom", cased=True)


def _carry(reading: Reading, unit: Unit, carried: str | None) -> str | None:
    """The noun a following 'it' would stand for, when a sentence without a time brings one up."""
    if unit.kind == "sentence" and _NOUN.search(reading.lower, unit.start, unit.end):
        nouns = [h for h in classify(reading.unit_text(unit)) if h.kind in ("monitoring", "baseline", "setup", "removal")]
        return nouns[-1].kind if nouns else carried
    return carried


def _gone(events: list[Event]) -> list[Event]:
    """An entry by which nobody reads ends the attendance that goes on then; before the first reader came it says nothing new."""
    readers = [e for e in events if e.kind in ("professional", "nobody")]
    told: list[Event] = []
    for event in events:
        if event.kind == "nobody":
            before = [e for e in readers[: readers.index(event)] if e.kind == "professional"]
            goes_on = bool(before) and before[-1].phase == "start"
            event = replace(event, kind="professional" if goes_on else "other", phase="end" if goes_on else "point")
        told.append(event)
    return told


def _resumed(events: list[Event]) -> list[Event]:
    """'0102 no power, monitoring stopped' is a pause where a later entry tells that it was resumed."""
    out = list(events)
    for back in [e for e in events if (e.kind, e.phase) == ("interruption", "end")]:
        before = [e for e in out if e.origin == back.origin and e.first < back.first and e.kind in ("interruption", "monitoring")]
        last = max(before, key=lambda e: e.first, default=None)
        if last is not None and (last.kind, last.phase) == ("monitoring", "end"):
            out[out.index(last)] = replace(last, kind="interruption", phase="start")
    return out


def _unhooked(reading: Reading, events: list[Event]) -> list[Event]:
    """'Leads disconnected 13:26 - 13:34' behind the end of monitoring is their removal, where nothing else is."""
    stops = [e.last or e.first for e in events if e.kind == "monitoring" and e.phase in ("end", "span")]
    if not stops or any(e.kind == "removal" for e in events):
        return events
    named = vocabulary().regex("action.unhooked")
    return [
        replace(e, kind="removal")
        if e.kind == "interruption" and e.first >= max(stops) and named.search(reading.text, *e.clause)
        else e
        for e in events
    ]


def _patient_off(reading: Reading, events: list[Event]) -> list[Event]:
    """'The patient was disconnected at 08:40 and reconnected at 08:55': what goes and comes again is no reader."""
    named = vocabulary().regex("action.unhooked")
    out = list(events)
    for event in events:
        if (event.kind, event.phase) != ("professional", "end") or event.origin == "log":
            continue
        if named.search(reading.text, *event.clause) is None:
            continue
        back = next((e for e in events if (e.kind, e.phase, e.unit) == ("professional", "start", event.unit)), None)
        if back is not None and back.first > event.first:
            out[out.index(event)] = replace(event, kind="interruption", phase="start")
            out[out.index(back)] = replace(back, kind="interruption", phase="end")
    return out


def _unplugged(reading: Reading, events: list[Event]) -> list[Event]:
    """'MRI from 08:40 to 09:25 with all leads unplugged' is a pause: well before the end of monitoring nobody takes off for good."""
    stops = [e.last or e.first for e in events if e.kind == "monitoring" and e.phase in ("end", "span")]
    early = [e for e in events if stops and e.kind == "removal" and e.last is not None and e.last + _WELL <= min(stops)]
    words = vocabulary()
    paused = [e for e in early if words.regex("action.unplugged").search(reading.text, *e.clause)]
    return [replace(e, kind="interruption", guess=0.0) if e in paused else e for e in events] if paused else events


_WELL = 15
"""Minutes before the end of monitoring from which on nobody takes off the electrodes for good."""


def _bare_stop(reading: Reading, events: list[Event]) -> list[Event]:
    """'11:52 stop', 'Stopped 1 31 pm' ends the monitoring that an entry or a sentence above began, where nothing else ends it."""
    let = vocabulary().regex("action.let")
    over = [e for e in events if e.kind == "monitoring" and e.phase != "start"]
    if any(e.origin != "log" or e.phase != "end" or not let.search(reading.text, *e.clause) for e in over):
        return events
    began = [e for e in events if e.kind == "monitoring" and e not in over]
    if len(began) > 1:
        began = [e for e in began if not let.search(reading.text, *e.clause)]
    alone = vocabulary().regex("action.stop-alone")
    stops = [e for e in events if e.last is None and e.kind in _NO_PART and alone.search(_last_cell(reading, e))]
    if len(began) != 1 or len(stops) != 1 or stops[0].first <= began[0].first:
        return events
    if over and not 0 <= stops[0].first - max(e.first for e in over) <= _OBEYED:
        return events
    # 'you can stop' ends nothing where 'stopped' stands behind it.
    told = [replace(e, kind="other", phase="point") if e in over else e for e in events]
    return [replace(e, kind="monitoring", phase="end") if e is stops[0] else e for e in told]


def _last_cell(reading: Reading, event: Event) -> str:
    """What an entry says behind the name of its writer."""
    return reading.text[slice(*event.clause)].rpartition("\t")[2]


_OBEYED = 10
"""Minutes within which what somebody was let do is done."""


_NO_PART = frozenset({"other", "attend", "setup", "closure"})
"""What else such an entry may have been taken for, by the words behind its 'stop' or by the sentence before it."""
