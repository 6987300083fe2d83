"""The watch as letters and dictation tell it, where no beginning or end of monitoring is stated by its name.

'From 8:12, with the head in pins, until 1:47, the tracings were under observation', 'I took up my watch at 8:52 and gave it up at 2:31',
'we were in monitoring at 8:25 and I called it done at 13:50'. Who keeps watch, or what is watched, stands in `patterns/watch.toml`;
a sentence that speaks of another part of the day, of a finding or of another case tells nothing here. What is found must lie behind
the baselines and before the removal, and must be one: two different watches are left to a person.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ionm_notes.read.clause_cuts import begin_of, end_of
from ionm_notes.read.clock import DAY
from ionm_notes.read.events.items import items_of
from ionm_notes.read.events.model import Event, Times
from ionm_notes.read.reading import Reading, Unit
from ionm_notes.read.vocabulary import vocabulary

_SHORTEST = 20
"""Minutes of the shortest stretch that is taken for the watch of a whole case."""
_NEXT = 60
"""Minutes from the end of the baselines within which a watch told by the reader alone begins, or by nobody's name."""
_WORDY = 34
"""Characters of an interval that holds words between its times."""
_SENTENCE = re.compile(r";|(?<!\bDr)(?<!\bMr)(?<!\bMs)(?<!\bMrs)(?<!\b[A-Z])(?<![ap]\.m)\.\s+(?=[A-Z])|\n\s*\n")
_FROM = re.compile(r"(?:^|[.;,]\s|\band\s)\W*(?:from|since|as\s+of)\s+(?:about\s+)?$", re.I)
_SINCE = re.compile(r"\b(?:from|since)\s+(?:about\s+)?$", re.I)
_UNTIL_WHAT = re.compile(
    r"[\s,]*(?:and\s+(?:\w+\s+){0,3})?(?:un)?till?\s+[^.;:\d]{3,60}?(?:,\s*|\s(?:at|by|around)\s+)(?:about\s+)?$", re.I
)
"""'until the last stitch at', where the sentence has told since when."""
_UNTIL = re.compile(r"\b(?:until|till|up\s+to|through|to)\s+(?:about\s+)?$", re.I)


@dataclass(frozen=True, slots=True)
class _Told:
    """One end, or both ends, of the watch, in minutes, with the text that tells it; `mine`: the reader alone speaks of himself."""

    first: int | None
    last: int | None
    start: int
    end: int
    unit: Unit
    mine: bool = False


def watch_told(reading: Reading, times: Times, events: list[Event]) -> list[Event]:
    """The beginning and the end of monitoring that no event has and that sentences tell, each if it is told once."""
    parts = [e for e in events if e.kind == "monitoring"]
    starts = {e.first for e in parts if e.phase in ("start", "span")}
    ends = {e.last or e.first for e in parts if e.phase in ("end", "span")}
    if starts and ends:
        return []
    told = [t for t in _all(reading, times, {e.unit.start for e in parts if e.phase == "span"}) if _fits(t, events)]
    out: list[Event] = []
    firsts = {t.first: t for t in told if t.first is not None}
    lasts = {t.last: t for t in told if t.last is not None}
    begun = starts or set(firsts)
    if not starts and len(firsts) == 1 and (not ends or min(firsts) < max(ends)):
        out += [_event(t, "start", first) for first, t in firsts.items() if first is not None]
    if not begun and (behind := _behind_baselines(reading, events)) is not None:
        out.append(behind)
        begun = {behind.first}
    if not ends and len(lasts) == 1 and len(begun) == 1 and min(lasts) > min(begun):
        out += [_event(t, "end", last) for last, t in lasts.items() if last is not None]
    return out


def _behind_baselines(reading: Reading, events: list[Event]) -> Event | None:
    """The start of monitoring that a sentence puts at the end of the baselines: 'counted from the end of the baselines'."""
    done = {e.last if e.last is not None else e.first for e in events if e.kind == "baseline" and e.phase in ("span", "end")}
    if len(done) != 1:
        return None
    said = vocabulary().regex("watch.from-baselines").search(reading.text)
    unit = reading.unit_at(said.start()) if said is not None else None
    if said is None or unit is None:
        return None
    place = (said.start(), said.end(), (said.start(), said.end()), unit)
    return Event("monitoring", "start", min(done), None, "narrative", *place)


def _event(told: _Told, phase: str, minute: int) -> Event:
    place = (told.start, told.end, (told.start, told.end), told.unit)
    return Event("monitoring", "start" if phase == "start" else "end", minute, None, "narrative", *place)


def _fits(told: _Told, events: list[Event]) -> bool:
    """Whether what is told lies behind the baselines and before the removal."""
    first, last = told.first, told.last
    done = [e.last if e.last is not None else e.first for e in events if e.kind == "baseline" and e.phase in ("span", "end")]
    off = [e.first for e in events if e.kind == "removal"]
    if first is not None and done:
        behind = [first - minute for minute in done if minute <= first + 1]
        if not behind or (told.mine and min(behind) > _NEXT):
            return False
    if first is not None and told.mine and not done:
        return False
    if off and any(minute is not None and minute > max(off) for minute in (first, last)):
        return False
    return first is None or last is None or last - first >= _SHORTEST


def _all(reading: Reading, times: Times, known: set[int]) -> Iterator[_Told]:
    for unit in reading.units:
        if unit.kind != "sentence" or unit.start in known:
            continue
        clocks = list(times.within(unit.start, unit.end))
        if not clocks or any(clock.start in times.leads for clock in clocks):
            continue
        items = items_of(reading, times, unit, clocks)
        edges = [unit.start, *(item[1] for item in items)]
        nexts = [*(item[0] for item in items[1:]), unit.end]
        begun = False
        for (low, high, first, last), before, behind in zip(items, edges, nexts, strict=False):
            left_start = begin_of(reading.text, _SENTENCE, before, low)
            right_end = end_of(reading.text, _SENTENCE, high, behind)
            left, right, inside = reading.text[left_start:low], reading.text[high:right_end], reading.text[low:high]
            place = (left_start, right_end, unit)
            if last is not None:
                clause = " … ".join((left, inside if len(inside) > _WORDY else "", right)).replace("\n", " ")
                if (mine := _watched(clause, left)) is not None:
                    yield _Told(first, last + (DAY if last < first else 0), *place, mine=mine)
                continue
            for told in _one_end(left.replace("\n", " "), right.replace("\n", " "), first, place, begun=begun):
                begun = begun or told.first is not None
                yield told


def _watched(clause: str, left: str) -> bool | None:
    """Whether a clause tells the watch: True if only the reader speaks of himself, None if it tells none."""
    words = vocabulary()
    if words.regex("watch.other").search(clause):
        return None
    if words.regex("watch.mine").search(clause):
        return True
    return False if words.regex("watch.did").search(clause) or words.regex("watch.done").search(clause) else None


def _one_end(left: str, right: str, minute: int, place: tuple[int, int, Unit], *, begun: bool) -> Iterator[_Told]:
    """The beginning or the end of the watch that a clause with one time tells; `begun`: the sentence has told its beginning."""
    words = vocabulary()
    if words.regex("watch.begins").search(left):
        yield _Told(minute, None, *place)
    elif words.regex("watch.ends").search(left):
        yield _Told(None, minute, *place)
    elif _SINCE.search(left) and (mine := _watched(left, left)) is not None:
        yield _Told(minute, None, *place, mine=mine)
    elif begun and _UNTIL_WHAT.match(left):
        yield _Told(None, minute, *place)
    elif _FROM.search(left) and (mine := _watched(right, left)) is not None:
        yield _Told(minute, None, *place, mine=mine)
    elif _UNTIL.search(left) and (mine := _watched(left, left)) is not None:
        yield _Told(None, minute, *place, mine=mine)
