"""Patterns first, the model where they are silent: gives silent entries of a log, and silent intervals, a meaning that asks to be confirmed.

The rule of combination: an entry of which a pattern knows that it begins or ends something keeps that meaning. Among the entries
that say nothing to any pattern, the model's beliefs are weighed together with the order of a day (`order.py`); a meaning counts
only with a confidence, measured on documents that the model was not trained on, of `LEAST` or more. Every event so found carries
its confidence (`Event.guess`); whoever counts minutes has to ask what rests on it (`ionm_notes/guesses.py`), for a trained guess
alone never makes a unit supported.
"""

from __future__ import annotations

import contextlib
import contextvars
import functools
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from ionm_notes.read.clock import DAY, Clock
from ionm_notes.read.clock_ranges import Range
from ionm_notes.read.events.composed import doctors_of
from ionm_notes.read.events.model import PARTS, Event, Phase, Times
from ionm_notes.read.expression import expression
from ionm_notes.read.reading import Reading, Unit
from ionm_notes.read.trained.features import normal
from ionm_notes.read.trained.model import Model, load
from ionm_notes.read.trained.order import BREAKS, STEPS, Entry, beliefs
from ionm_notes.read.vocabulary import vocabulary

LEAST = 0.85
"""The confidence below which a guess is left out."""
_FEWEST = 6
"""Entries with a clock time that make a log."""
_LONGEST = 110
"""Characters of the longest silent entry that is weighed."""
_SURE = 0.9
"""The share of belief that makes an entry the professional's coming or going, for which there is no order to help."""
_ALONE = 0.4
"""The share of belief that an entry needs by its words alone, whatever the order, before minutes may rest on it."""
_LETTERS = re.compile(r"[^\W\d_]{2,}")
_WEAK = frozenset({"other", "signals"})
"""Kinds of event that say nothing; an entry with nothing else is silent."""
_off: contextvars.ContextVar[bool] = contextvars.ContextVar("without_guesses", default=False)


@contextlib.contextmanager
def without_guesses() -> Iterator[None]:
    """Within it, documents are read by patterns alone."""
    token = _off.set(True)
    try:
        yield
    finally:
        _off.reset(token)


def switched_off() -> bool:
    """Whether documents are read by patterns alone just now."""
    return _off.get()


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A clock time with the words beside it, and what is known of it."""

    minute: int
    start: int
    end: int
    clause: tuple[int, int]
    unit: Unit
    group: int
    known: tuple[Event, ...]
    last: int | None = None
    alone: bool = True
    """Whether the entry is a line of its own with this one time in it, as logs have them; no part of a sentence."""


def guessed(reading: Reading, times: Times, events: list[Event]) -> list[Event]:
    """The events with those that the model adds for silent entries."""
    if switched_off():
        return events
    candidates = _candidates(reading, times, events)
    single = [c for c in candidates if c.last is None and c.alone]
    silent = any(not _spoken(c) for c in single)
    ranges = [c for c in candidates if c.last is not None and not c.known]
    if not ((len(single) >= _FEWEST and silent) or ranges):
        return events
    model = load()
    if model is None:
        return events
    doctors = doctors_of(reading.text)
    added = _entries(reading, single, _told(events), model, doctors) if len(single) >= _FEWEST else []
    added = [e for e in added if e.kind != "interruption" or not _in_told_pause(e.first, events)]
    added += _intervals(reading, ranges, [*events, *added], model, doctors)
    replaced = {(e.start, e.end) for e in added}
    return [e for e in events if not (e.kind == "other" and (e.start, e.end) in replaced)] + added


def _spoken(candidate: _Candidate) -> bool:
    """Whether patterns know what the entry says: anything beyond signals, or a part of the day without saying begin or end."""
    return any(e.kind not in _WEAK and not (e.phase == "point" and e.kind in PARTS) for e in candidate.known)


def _told(events: list[Event]) -> dict[str, int]:
    """Beginnings and ends that patterns found anywhere in the document, with their minutes; the model adds no second one."""
    told: dict[str, int] = {}
    for event in events:
        if event.kind in PARTS and event.kind != "interruption":
            if event.phase in ("start", "span"):
                told.setdefault(f"{event.kind}.start", event.first)
            if event.phase in ("end", "span"):
                told.setdefault(f"{event.kind}.end", event.last or event.first)
    return told


def _in_told_pause(minute: int, events: list[Event]) -> bool:
    """Whether a minute lies between the beginning and the end of a pause that a log tells itself.

    '11:14 monitoring stopped', '11:17 hard restart', '11:26 monitoring resumed': what was done meanwhile ended nothing.
    """
    told = sorted((e for e in events if e.kind == "interruption" and e.origin == "log" and e.last is None), key=lambda e: e.first)
    return any(one.phase == "start" and two.phase == "end" and one.first < minute < two.first for one, two in pairwise(told))


_PLACES = {name: place for place, name in enumerate(STEPS)}


def _excluded(minute: int, told: dict[str, int]) -> set[str]:
    """The beginnings and ends that an entry at this minute cannot be beside those that are told."""
    lowest, highest = 0, len(STEPS)
    for other, at in told.items():
        if minute > at + (at < minute - 720) * DAY:
            lowest = max(lowest, _PLACES[other])  # none before it
        if minute + (minute < at - 720) * DAY < at:
            highest = min(highest, _PLACES[other])  # none behind it
    return {name for place, name in enumerate(STEPS) if place < lowest or place > highest} | told.keys()


def _candidates(reading: Reading, times: Times, events: list[Event]) -> list[_Candidate]:
    """Each clock time or interval of a row with the words that belong to it."""
    spans = times.spans
    by_unit: dict[int, list[Clock]] = {}
    for clock in times.clocks:
        unit = reading.unit_at(clock.start)
        if unit is not None and unit.kind != "running" and clock.start not in times.seconds:
            by_unit.setdefault(unit.start, []).append(clock)
    told: dict[int, list[Event]] = {}
    for event in events:
        told.setdefault(event.unit.start, []).append(event)
    found = []
    for unit in reading.units:
        clocks = by_unit.get(unit.start, [])
        behind = bool(clocks) and _behind(reading, unit, clocks)
        columns = _columns(reading, unit, clocks, spans)
        if columns:
            clocks = clocks[:1]
        for index, clock in enumerate(clocks):
            item = spans.get(clock.start)
            high = item.end if item else columns.end if columns else clock.end
            before = clocks[index - 1] if index else None
            floor = (spans[before.start].end if before.start in spans else before.end) if before else unit.start
            ceiling = clocks[index + 1].start if index + 1 < len(clocks) else unit.end
            clause = (high, ceiling) if behind else (floor, clock.start)
            if columns or (item and not behind and len(clocks) == 1):
                clause = (unit.start, unit.end)
            known = tuple(e for e in told.get(unit.start, ()) if e.start <= clock.start < e.end)
            group = next((e.group for e in known if e.origin == "log"), 0)
            last = times.minute[item.last.start] if item else times.minute[columns.start] if columns else None
            low = min(clause[0], clock.start)
            alone = unit.end - unit.start <= _LONGEST + 20 and (len(clocks) == 1 or (behind and unit.kind == "row"))
            found.append(
                _Candidate(times.minute[clock.start], low, max(high, clause[1]), clause, unit, group, known, last, alone)
            )
    return found


def _behind(reading: Reading, unit: Unit, clocks: list[Clock]) -> bool:
    """Whether the words of a row stand behind its times: before them there is at most a word, a number or a time elapsed."""
    before, after = reading.text[unit.start : clocks[0].start], reading.text[clocks[0].end : unit.end]
    return not before.strip(" \t[(-•*·|") or (len(_LETTERS.findall(before)) < 2 and bool(_LETTERS.search(after)))


def _columns(reading: Reading, unit: Unit, clocks: list[Clock], spans: Mapping[int, Range]) -> Clock | None:
    """The second of two times that stand beside one another in a row of a table, as in columns of beginnings and ends."""
    if unit.kind != "row" or len(clocks) != 2 or clocks[0].start in spans:
        return None
    between = reading.text[clocks[0].end : clocks[1].start]
    return clocks[1] if "\t" in between and not between.strip(" \t|TAPap") else None


def _words(reading: Reading, candidate: _Candidate) -> str:
    return _without_times(reading.text[slice(*candidate.clause)])


_TIME = expression(r"\d{1,2}[:.h]\d{2}(?:[:.]\d{2})?\s*(?:[ap]\.?m\.?|hrs?|h)?|\b\d{4}\b")


@functools.lru_cache(maxsize=1024)
def _without_times(text: str) -> str:
    """The words of an entry; it is asked for them several times."""
    return _TIME.sub(" ", text).strip(" \t;|()[]-–—:,.>")


def _entries(
    reading: Reading, found: list[_Candidate], told: dict[str, int], model: Model, doctors: frozenset[str]
) -> list[Event]:
    """Events for silent entries of a log."""
    rows = sorted((c for c in found if len(_words(reading, c)) <= _LONGEST), key=lambda c: _night(c.minute, found[0].minute))
    shares = [_shares(reading, row, told, model, doctors) for row in rows]
    taken = beliefs([Entry(_fixed(row), own) for row, own in zip(rows, shares, strict=True)])
    seen = max((_night(row.minute, found[0].minute) for row in rows if any(e.kind == "signals" for e in row.known)), default=0)
    added = []
    for row, own, believed in zip(rows, shares, taken, strict=True):
        label = max(believed, key=lambda name: believed[name]) if believed else None
        if label is None or (confidence := model.confidence(believed[label])) < LEAST:
            continue
        if label.startswith(("monitoring", "interruption")) and own.get(label, 0.0) < _ALONE:
            continue
        if label.startswith("interruption") and vocabulary().regex("interval.of-surgery").search(_words(reading, row)):
            continue
        if label.startswith(("monitoring.end", "removal")) and _night(row.minute, found[0].minute) < seen:
            continue  # signals were read after it
        added.append(_event(row, label, confidence))
    return added + _professional(reading, rows, shares, model, doctors)


def _shares(reading: Reading, row: _Candidate, told: dict[str, int], model: Model, doctors: frozenset[str]) -> dict[str, float]:
    """The model's shares for a silent entry; where patterns know what it is about, it has only to say begin or end."""
    words = _words(reading, row)
    if not words or _spoken(row):
        return {}
    excluded = _excluded(row.minute, told)
    shares = {name: share for name, share in model.entries.shares(words, doctors).items() if name not in excluded}
    about = {e.kind for e in row.known if e.phase == "point"} & PARTS
    if not about:
        return shares
    own = {name: share for name, share in shares.items() if name.partition(".")[0] in about}
    total = sum(own.values()) + 0.05
    return {name: share / total * 0.9 for name, share in own.items()}


def _professional(
    reading: Reading, rows: list[_Candidate], shares: list[dict[str, float]], model: Model, doctors: frozenset[str]
) -> list[Event]:
    """At most one coming and one going of the professional, where patterns found neither and the entry names one."""
    if any(e.kind in ("professional", "attend", "attend-monitored") for row in rows for e in row.known):
        return []
    added = []
    for label in ("professional.start", "professional.end"):
        named = [n for n, own in enumerate(shares) if own and "drname" in normal(_words(reading, rows[n]), doctors)]
        named = [n for n in named if not _of_no_coming(_words(reading, rows[n]))]
        best = max(named, key=lambda n: shares[n].get(label, 0.0), default=None)
        if best is not None and shares[best].get(label, 0.0) >= _SURE:
            added.append(_event(rows[best], label, model.confidence(shares[best][label])))
    return [e for e in added if e.guess >= LEAST]


def _of_no_coming(words: str) -> bool:
    """Whether an entry is a signature, or counts the reader's open cases, so that nobody comes or goes in it."""
    known = vocabulary()
    return bool(known.regex("signature.heads-line").match(words) or known.regex("interval.cases-open").search(words))


def _night(minute: int, first: int) -> int:
    """The minute in the order of a day that may pass midnight."""
    return minute if minute >= first - 120 else minute + DAY


def _fixed(candidate: _Candidate) -> str | None:
    names = {f"{e.kind}.{e.phase}" for e in candidate.known}
    return next((name for name in (*STEPS, *BREAKS) if name in names), None)


def _event(candidate: _Candidate, label: str, confidence: float) -> Event:
    kind, _, phase = label.partition(".")
    step: Phase = "span" if candidate.last is not None else "end" if phase == "end" else "start"
    return Event(
        kind,
        step,
        candidate.minute,
        candidate.last,
        "log" if candidate.last is None else "narrative",
        candidate.start,
        candidate.end,
        candidate.clause,
        candidate.unit,
        candidate.group if candidate.last is None else -1,
        guess=confidence,
    )


def _intervals(
    reading: Reading, found: list[_Candidate], events: list[Event], model: Model, doctors: frozenset[str]
) -> list[Event]:
    """Events for silent intervals, of the kinds that the document tells nowhere else, each once and in their order."""
    told = {e.kind for e in events if e.kind in ("setup", "baseline", "monitoring", "removal", "interruption")}
    told |= {"attend"} if any(e.kind in ("attend", "attend-monitored", "professional") for e in events) else set()
    weighed = []
    for candidate in found:
        shares = model.intervals.shares(_words(reading, candidate), doctors)
        label = max(shares, key=lambda name: shares[name])
        weighed.append((shares[label], label, candidate))
    added: list[Event] = []
    for share, label, candidate in sorted(weighed, key=lambda w: -w[0]):
        confidence = model.confidence(share)
        if label == "other" or label in told or confidence < LEAST or not _fits(label, candidate, [*events, *added]):
            continue
        if label in ("setup", "removal") and vocabulary().regex("interval.of-implants").search(_words(reading, candidate)):
            continue
        if label == "interruption" and share < _SURE:
            continue  # 'Temporary clip 10:56 - 11:04' is none
        told.add(label)
        added.append(_event(candidate, label, confidence))
    return added


def _fits(label: str, candidate: _Candidate, events: list[Event]) -> bool:
    """Whether an interval stands where its part of the day can stand beside those already told."""
    order = ("setup", "baseline", "monitoring", "removal")
    assert candidate.last is not None
    if label == "interruption":
        day = [e for e in events if e.kind in ("monitoring", "attend-monitored")]
        return any(e.first < candidate.minute for e in day) and any(candidate.last < (e.last or e.first) for e in day)
    if label not in order:
        return True
    place = order.index(label)
    for event in events:
        if event.last is None or event.kind not in order or event.kind == label:
            continue
        other = order.index(event.kind)
        if (other < place and event.first > candidate.minute) or (other > place and candidate.minute > event.first):
            return False
    return True
