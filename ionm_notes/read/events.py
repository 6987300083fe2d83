"""Says what happened at each clock time: log rows, label-and-time rows and clauses become `Event`s.

A clock time takes its meaning from the nearest stretch of text that a pattern of `patterns/events.toml` claims: the
rest of its row, or the clause before it, or (where nothing stands before) the clause behind it. "It ended at 1403"
takes its noun from the sentence before.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from ionm_notes.read.clock import Clock, DateMention, Range, find_clocks, find_dates, find_ranges, settle_meridiems
from ionm_notes.read.reading import Reading, Unit
from ionm_notes.read.vocabulary import Pattern, vocabulary
from ionm_notes.types import Origin

Phase = Literal["start", "end", "span", "point"]


@dataclass(frozen=True, slots=True)
class Event:
    """`kind` as in events.toml ('monitoring', 'setup', 'professional', 'patient.in' ...).

    `first`/`last`: minutes after midnight of the day of service (over 1440 on the next day); `last` only for a span.
    `start`..`end`: the text that proves it; `clause`: the text it was read from; `group`: number of its log, -1 outside.
    """

    kind: str
    phase: Phase
    first: int
    last: int | None
    origin: Origin
    start: int
    end: int
    clause: tuple[int, int]
    unit: Unit
    group: int = -1
    exact: bool = True


@dataclass(frozen=True, slots=True)
class Times:
    """Clock times, ranges and dates of a reading, with am/pm settled (`minute` by start offset)."""

    clocks: tuple[Clock, ...]
    ranges: tuple[Range, ...]
    minute: dict[int, int]
    dates: tuple[DateMention, ...]
    leads: frozenset[int]


@dataclass(frozen=True, slots=True)
class Hit:
    """A stretch of text that a pattern claims: kind, phase and offsets."""

    kind: str
    phase: Phase
    start: int
    end: int


_LEAD = re.compile(
    r"\s*\W{0,3}(?:[A-Z]{2,8}[ |]*\t)?(?:#?\d{1,6}\W?\s*[\t ]\s*)?(?:(?:\d{4}-\d\d-\d\d|\d{1,2}[/.-]\w{2,4}[/.-]\d{2,4})[T\s,]*)?\W{0,2}"
)


def _is_lead(reading: Reading, unit: Unit, clock: Clock) -> bool:
    before = reading.text[unit.start : clock.start]
    return unit.kind == "row" and (not before.strip(" \t[(-•*·|") or bool(_LEAD.fullmatch(before)))


def _row_number(text: str, clock: Clock) -> bool:
    """'0001' before a time stamp is the number of the row."""
    return clock.style == "bare" and bool(
        re.match(r"\s+(?:\d{4}-\d\d-\d\d|\d{1,2}/\d{1,2}/\d{2,4}|\d{1,2}:\d\d:?\d*)\b", text[clock.end : clock.end + 24])
    )


def read_times(reading: Reading) -> Times:
    """All clock times, ranges and dates of the text."""
    dates = find_dates(reading.text)
    clocks = tuple(
        c for c in find_clocks(reading.text)
        if not any(d.start <= c.start < d.end or d.start < c.end <= d.end for d in dates) and not _row_number(reading.text, c)
    )  # fmt: skip
    ranges = find_ranges(reading.text, clocks)
    leads = frozenset(c.start for c in clocks if (unit := reading.unit_at(c.start)) and _is_lead(reading, unit, c))
    dated = frozenset(c.start for c in clocks if any(0 <= c.start - d.end <= 6 for d in dates))
    return Times(clocks, ranges, settle_meridiems(clocks, ranges, leads, dated), dates, leads)


_LATER = re.compile(
    r"\b(?:before|prior to|will|to be|ready (?:to|for)|about to|await\w*|waiting(?: for)?|plan\w*|once|if|pending|should|can|not yet|preparing (?:to|for))\s+(?:\w+\s+){0,2}$",
    re.I,
)
_NEGATED = re.compile(r"\b(?:not|never|no|without)\s+(?:\w+\s+){0,1}$", re.I)


@functools.cache
def _event_patterns() -> tuple[tuple[str, Phase, tuple[str, ...], Pattern], ...]:
    """Kind, phase, gate and pattern of every entry of events.toml, in order."""
    out = []
    for pattern in vocabulary().group("event"):
        kind = pattern.id.removeprefix("event.")
        if kind.rsplit(".", 1)[-1] in ("start", "end", "span", "on", "off"):
            kind = kind.rsplit(".", 1)[0]
        out.append((kind, pattern.tags.get("phase", "point"), pattern.gate, pattern))
    return tuple(out)


@functools.lru_cache(maxsize=4096)
def _classify(text: str) -> tuple[Hit, ...]:
    hits: list[Hit] = []
    text = text.replace("_", " ").replace("|", " ")
    lower = text.lower()
    for kind, phase, gate, pattern in _event_patterns():
        if gate and not any(letters in lower for letters in gate):
            continue
        assert pattern.regex is not None
        for match in pattern.regex.finditer(text):
            start, end = match.span()
            if end == start or any(h.start < end and start < h.end for h in hits):
                continue
            before = text[max(0, start - 40) : start]
            if kind != "ignore" and (_LATER.search(before) or (kind != "interruption" and _NEGATED.search(before))):
                continue
            hits.append(Hit(kind, phase, start, end))
    return tuple(sorted(hits, key=lambda hit: hit.start))


def classify(text: str, offset: int = 0) -> list[Hit]:
    """What a stretch of text says happened, in order of place; a higher pattern claims its text before a lower one."""
    return [Hit(h.kind, h.phase, h.start + offset, h.end + offset) for h in _classify(text)]


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
        if clocks[0].start in times.leads and (paired := _paired_row(reading, times, unit, clocks, heading)) is not None:
            events += paired
        elif clocks[0].start in times.leads:
            if last_row is None or (last_row - times.minute[clocks[0].start] > 240 and last_row < 1080):
                group += 1
            rows = list(_log_row(reading, times, unit, clocks, group))
            last_row = times.minute[clocks[0].start]
            events += rows
        elif unit.kind == "row" and (cells := _label_row(reading, times, unit, clocks)) is not None:
            events += cells
        else:
            found, carried = _clause_events(reading, times, unit, clocks, carried)
            events += found
    return tuple(_settle_days(events))


_NOUN = re.compile(r"monitor|base|electrod|lead|needle|set-?up|hook|record|surveil|ionm|iom")


def _carry(reading: Reading, unit: Unit, carried: str | None) -> str | None:
    """The noun a following 'it' would stand for, when a sentence without a time brings one up."""
    if unit.kind == "sentence" and _NOUN.search(reading.lower, unit.start, unit.end):
        nouns = [h for h in classify(reading.unit_text(unit)) if h.kind in ("monitoring", "baseline", "setup", "removal")]
        return nouns[-1].kind if nouns else carried
    return carried


# --- log rows ------------------------------------------------------------------------------------------------------


def _log_row(reading: Reading, times: Times, unit: Unit, clocks: list[Clock], group: int) -> Iterator[Event]:
    """Events of one row that begins with a time; a row may hold a second time at the start of a later cell."""
    spans = {item.first.start: item for item in times.ranges}
    seconds = {item.last.start for item in times.ranges}
    starts = [clocks[0]]
    for clock in clocks[1:]:
        before = reading.text[unit.start : clock.start]
        if clock.start in seconds and not (before.endswith("\t") and clock.start not in spans):
            continue
        rest = reading.text[clock.end : clock.end + 40].lstrip("\t ").split("\t")[0]
        if (re.search(r"\t\W?$", before) and re.search(r"[A-Za-z]{3}", rest)) or (
            re.search(r"(?:^|[a-z)]) $", before)
            and re.match(r"\s+[a-z]\w+", rest)
            and _two_events(reading, clock, unit)
            and not re.search(
                r"\b(?:at|by|to|until|till|since|from|after|before|around|about|of|and|subsided|stops?|in|out|off|on|time|recovered|back)\s$",
                before,
                re.I,
            )
        ):
            starts.append(clock)
    for index, clock in enumerate(starts):
        stop = starts[index + 1].start if index + 1 < len(starts) else unit.end
        shift = _day_shift(reading, times, unit, clock)
        item = spans.get(clock.start)
        begin = item.end if item else clock.end
        comment = reading.text[begin:stop]
        hits = classify(comment, begin)
        if (
            index == 0
            and not [h for h in hits if h.kind not in ("signals", "closure", "incision")]
            and (item or len(comment.strip()) < 4)
        ):
            hits = _from_heading(reading, unit) + hits
        hits = [h for h in hits if h.kind not in ("other-case",)]
        if any(h.kind == "ignore" for h in hits):
            continue
        kinds = {(h.kind, h.phase) for h in hits}
        for hit in _row_hits(hits):
            last = times.minute[item.last.start] + shift if item else None
            yield Event(
                hit.kind, "span" if item else hit.phase, times.minute[clock.start] + shift, last, "log", clock.start, stop,
                (begin, stop), unit, group,
            )  # fmt: skip
        if not kinds:
            yield Event(
                "other", "point", times.minute[clock.start] + shift, None, "log", clock.start, stop, (begin, stop), unit, group
            )
        inner = [i for i in times.ranges if begin <= i.start and i.end <= stop]
        for other in inner:
            hit2 = _nearest(classify(reading.text[begin : other.start], begin), other.start)
            if hit2 and hit2.kind in ("setup", "baseline", "monitoring", "removal", "interruption", "mapping"):
                yield Event(
                    hit2.kind,
                    "span",
                    times.minute[other.first.start],
                    times.minute[other.last.start],
                    "log",
                    hit2.start,
                    other.end,
                    (begin, stop),
                    unit,
                    group,
                )


def _paired_row(reading: Reading, times: Times, unit: Unit, clocks: list[Clock], heading: Unit | None) -> list[Event] | None:
    """A row whose first two cells are times under a heading such as 'Connected | Disconnected'; None if it is none."""
    cells = _cells(reading, unit)
    if heading is None or len(cells) < 2 or len(clocks) != 2:
        return None
    if not all(_ONLY_TIME.match(reading.text[a:b]) for a, b in cells[:2]):
        return None
    names = [reading.text[a:b] for a, b in _cells(reading, heading)][:2]
    first, second = (classify(name) for name in [*names, "", ""][:2])
    kinds = [h.kind for h in first if h.kind in ("professional", "attend", "monitoring")]
    own = [
        h
        for h in classify(reading.text[cells[1][1] : unit.end], cells[1][1])
        if h.kind in ("setup", "baseline", "monitoring", "removal", "interruption", "attend", "professional")
    ]
    kind = kinds[0] if kinds and second else own[0].kind if own else None
    if kind is None:
        return None
    a, b = times.minute[clocks[0].start], times.minute[clocks[1].start]
    return [Event(kind, "span", a, b, "log", unit.start, unit.end, (unit.start, unit.end), unit, 0)]


def _from_heading(reading: Reading, unit: Unit) -> list[Hit]:
    """What a short heading just above a bare time or interval says ('Preparation' / '0840-0910')."""
    position = reading.units.index(unit)
    if position == 0:
        return []
    above = reading.units[position - 1]
    text = reading.unit_text(above)
    if len(text) > 60 or re.search(r"\d{1,2}[:.]\d{2}", text):
        return []
    hits = [h for h in classify(text) if h.kind in ("setup", "baseline", "monitoring", "removal", "professional", "attend")]
    return [replace(h, start=unit.start, end=unit.start, phase="start") for h in hits[:1]]


def _two_events(reading: Reading, clock: Clock, unit: Unit) -> bool:
    after = reading.text[clock.end : unit.end]
    return any(h.kind in ("setup", "baseline", "monitoring", "removal") for h in classify(after[:60]))


def _day_shift(reading: Reading, times: Times, unit: Unit, clock: Clock) -> int:
    """Minutes to add where the row carries its own date: whole days after the first such date."""
    own = [d for d in times.dates if unit.start <= d.start and 0 <= clock.start - d.end <= 2]
    if not own:
        return 0
    first = min(
        d.value
        for d in times.dates
        if (u := reading.unit_at(d.start))
        and any(0 <= c.start - d.end <= 2 and c.start in times.leads for c in times.clocks)
        and u.kind == "row"
    )
    return (own[0].value - first).days * 1440


def _row_hits(hits: list[Hit]) -> list[Hit]:
    """The hits of one row that stand: a removal row is no setup, an end beats the noun alone, each kind once."""
    kinds = {h.kind for h in hits}
    out: dict[str, Hit] = {}
    for hit in hits:
        if hit.kind == "setup" and "removal" in kinds:
            continue
        if hit.kind == "monitoring" and hit.phase == "span":
            continue
        if hit.kind == "monitoring" and "interruption" in kinds:
            continue
        if hit.kind == "baseline" and ("interruption" in kinds or (hit.phase == "span" and kinds & {"monitoring"})):
            continue
        if hit.kind in ("attend", "attend-monitored"):
            hit = replace(hit, kind="professional", phase="start")
            if "professional" in out or "professional" in kinds:
                continue
        phase: Phase = "point" if hit.phase == "span" else hit.phase
        known = out.get(hit.kind)
        if known is None or (known.phase == "point" and phase != "point"):
            out[hit.kind] = replace(hit, phase=phase)
        elif hit.kind in ("professional", "setup", "baseline") and known.phase != phase and phase != "point":
            out[hit.kind + "/2"] = replace(hit, phase=phase)
    return list(out.values())


# --- label rows: "Monitoring | 0912 | 1331" --------------------------------------------------------------------------


_ONLY_TIME = re.compile(r"^[\s(~]*[\d:.;]{1,8}\s*(?:[ap]\.?m\.?|hrs?|h|hours)?[\s)]*$", re.I)


def _label_row(reading: Reading, times: Times, unit: Unit, clocks: list[Clock]) -> list[Event] | None:
    """Events of a row whose first cell is a label and whose other cells are times only; None if it is no such row."""
    cells = _cells(reading, unit)
    if len(cells) < 2:
        return None
    events: list[Event] = []
    used = False
    index = 0
    while index < len(cells):
        low, high = cells[index]
        label = reading.text[low:high]
        following = []
        stop = index + 1
        while stop < len(cells):
            text = reading.text[cells[stop][0] : cells[stop][1]]
            if not text.strip() or _ONLY_TIME.match(text) or re.fullmatch(r"\s*[-–—/]\s*", text):
                following.append(cells[stop])
                stop += 1
                continue
            break
        values = [c for c in clocks if any(a <= c.start < b for a, b in following)]
        if values and not any(low <= c.start < high for c in clocks):
            used = True
            hit = _nearest(classify(label, low), high)
            if hit and hit.kind != "ignore":
                events += _label_events(reading, times, unit, label, hit, values, following, (low, following[-1][1]))
        index = max(stop, index + 1) if values else index + 1
    return events if used and _all_used(clocks, cells, reading) else None


def _all_used(clocks: list[Clock], cells: list[tuple[int, int]], reading: Reading) -> bool:
    """Whether every clock of the row fills a cell of its own; otherwise the row is read as clauses."""
    return all(any(a <= c.start and c.end <= b and _ONLY_TIME.match(reading.text[a:b]) for a, b in cells) for c in clocks)


def _label_events(
    reading: Reading,
    times: Times,
    unit: Unit,
    label: str,
    hit: Hit,
    values: list[Clock],
    following: list[tuple[int, int]],
    whole: tuple[int, int],
) -> list[Event]:
    first = times.minute[values[0].start]
    if len(values) >= 2:
        both = re.search(r"\w\s*(?:/|&|and|,)\s*\w", label) and hit.kind in ("incision", "closure")
        if both:
            return []
        return [Event(hit.kind, "span", first, times.minute[values[1].start], "header", *whole, whole, unit)]
    phase = hit.phase
    if phase == "span":
        position = next(i for i, (a, b) in enumerate(following) if a <= values[0].start < b)
        phase = "start" if position == 0 and len(following) > 1 else "end" if position else "point"
        if hit.kind == "removal" and position == 0 and len(following) == 1:
            phase = "end"
    return [Event(hit.kind, phase, first, None, "header", *whole, whole, unit)]


def _cells(reading: Reading, unit: Unit) -> list[tuple[int, int]]:
    cells, low = [], unit.start
    for index in range(unit.start, unit.end + 1):
        if index == unit.end or reading.text[index] == "\t":
            cells.append((low, index))
            low = index + 1
    return cells


# --- clauses ---------------------------------------------------------------------------------------------------------

_BOUNDARY = re.compile(r"[;|·•\t]|\.\s|\s[-–—]\s(?=[A-Z])|\s/\s(?=[A-Za-z])")
_EMPTY_LEFT = re.compile(
    r"^[\s,:(-]*(?:(?:and|then|later|finally|at|by|from|on|in|about|around|approximately|only|since|between|next|after that|until|of)\b[\s,]*)*$",
    re.I,
)


def _clause_events(
    reading: Reading, times: Times, unit: Unit, clocks: list[Clock], carried: str | None
) -> tuple[list[Event], str | None]:
    """Events of a sentence or free row: each clock or range with the clause around it."""
    items = _items(reading, times, unit, clocks)
    events: list[Event] = []
    for index, (low, high, first, last) in enumerate(items):
        floor = items[index - 1][1] if index else unit.start
        ceiling = items[index + 1][0] if index + 1 < len(items) else unit.end
        left_start = _last_boundary(reading.text, floor, low)
        right_end = _first_boundary(reading.text, high, ceiling)
        left = reading.text[left_start:low]
        hits = [h for h in classify(left, left_start) if h.kind != "signals"]
        origin: Origin = (
            "header"
            if unit.kind == "row" or (index == 0 and re.match(r"^[^.]{2,40}:\s*$", left) and unit.end - high < 40)
            else "narrative"
        )
        text_start = left_start
        chosen = _choose(hits, low)
        if not chosen and unit.kind == "row" and index == 0:
            whole = [h for h in classify(reading.text[unit.start : low], unit.start) if h.kind != "signals"]
            chosen = _choose(whole, low)
            text_start = unit.start
        if not chosen and (_EMPTY_LEFT.match(left) or not left.strip()):
            right = reading.text[high:right_end]
            near = [h for h in classify(right, high) if h.start - high < 48]
            strong = [h for h in near if h.kind not in ("signals", "closure", "incision")]
            chosen = strong[:1] or near[:1]
            text_start = low
        if not chosen:
            chosen = _inherit(left, left_start, low, carried, events)
        if any(h.kind == "ignore" for h in hits[-1:]) or _dated(times, low, left):
            continue
        if last is not None and high - low > 34:
            within = [h for h in classify(reading.text[low:high], low) if h.kind == "monitoring"]
            chosen = chosen + [h for h in within[:1] if all(c.kind != "monitoring" for c in chosen)]
        for hit in chosen:
            if hit.kind in ("ignore", "other-case"):
                continue
            phase: Phase = "span" if last is not None else _phase_near(hit, reading.text[hit.end : low] if hit.end <= low else "")
            events.append(
                Event(
                    hit.kind,
                    phase,
                    first,
                    last,
                    origin,
                    min(text_start, hit.start),
                    max(high, hit.end),
                    (left_start, right_end),
                    unit,
                )
            )
            if hit.kind in ("monitoring", "baseline", "setup", "removal", "attend", "attend-monitored"):
                carried = "monitoring" if hit.kind == "attend-monitored" else hit.kind
    return [_trim(reading, e) for e in events], carried


def _trim(reading: Reading, event: Event) -> Event:
    start = event.start
    while start < event.end and reading.text[start] in " \t,;.:-–—·|•/":
        start += 1
    return replace(event, start=start)


def _items(reading: Reading, times: Times, unit: Unit, clocks: list[Clock]) -> list[tuple[int, int, int, int | None]]:
    """Clock times of a unit as (start, end, first minute, last minute or None), split ranges joined."""
    spans = {r.first.start: r for r in times.ranges if r.end <= unit.end}
    seconds = {r.last.start for r in spans.values()}
    items: list[tuple[int, int, int, int | None]] = []
    skip = False
    for index, clock in enumerate(clocks):
        if skip or clock.start in seconds:
            skip = False
            continue
        if clock.start in spans:
            item = spans[clock.start]
            items.append((item.start, item.end, times.minute[clock.start], times.minute[item.last.start]))
            continue
        if index + 1 < len(clocks) and clocks[index + 1].start not in spans:
            gap = reading.text[clock.end : clocks[index + 1].start]
            before = reading.text[max(unit.start, clock.start - 24) : clock.start]
            if (
                len(gap) <= 110
                and re.search(r"\bfrom\s+(?:about |approximately )?$", before, re.I)
                and re.search(r",\s(?:and\s)?(?:un)?til(?:l)?\s+(?:about )?$|\buntil\s+$", gap, re.I)
                and ";" not in gap
            ):
                nxt = clocks[index + 1]
                items.append((clock.start, nxt.end, times.minute[clock.start], times.minute[nxt.start]))
                skip = True
                continue
        items.append((clock.start, clock.end, times.minute[clock.start], None))
    return items


def _unbracketed(text: str, at: int, low: int) -> bool:
    """Whether a boundary stands outside round brackets opened in the same stretch."""
    before = text[low:at]
    return before.count("(") <= before.count(")")


def _last_boundary(text: str, low: int, high: int) -> int:
    found = low
    for match in _BOUNDARY.finditer(text, low, high):
        if match.group()[0] == "." and re.search(r"\b(?:Dr|Mr|Ms|Mrs|Prof|M\.D|approx|No|St|[A-Z])$", text[low : match.start()]):
            continue
        if match.group()[0] != "\t" and not _unbracketed(text, match.start(), low):
            continue
        if text[match.end() : high].strip(" :\t-–(") or match.group() not in "\t|":
            found = match.end()
    return found


def _first_boundary(text: str, low: int, high: int) -> int:
    match = _BOUNDARY.search(text, low, high)
    return match.start() if match else high


def _choose(hits: list[Hit], low: int) -> list[Hit]:
    """The hits of the left context that a time belongs to: the nearest, and an attendance said together with it."""
    if not hits:
        return []
    near = hits[-1]
    if low - near.end > 170:
        return []
    out = [near]
    for hit in hits[:-1]:
        if (
            hit.kind != near.kind
            and {hit.kind, near.kind} <= {"monitoring", "attend", "attend-monitored"}
            and near.phase == "span"
        ):
            out.append(hit)
    if near.kind in ("attend", "professional") and any(h.kind == "attend-monitored" for h in hits[:-1]):
        out.append(next(h for h in hits if h.kind == "attend-monitored"))
    return out


def _nearest(hits: list[Hit], at: int) -> Hit | None:
    useful = [h for h in hits if h.kind not in ("signals", "other-case")]
    return useful[-1] if useful else None


def _inherit(left: str, left_start: int, low: int, carried: str | None, events: list[Event]) -> list[Hit]:
    """An action without a noun: 'and stopped at', 'It ended at'; the noun comes from before."""
    words = vocabulary()
    noun = carried
    if noun is None or len(left) > 60:
        return []
    if noun in ("attend", "attend-monitored"):
        phases: tuple[tuple[str, str, Phase], ...] = (("action.end", noun, "end"),)
    else:
        phases = (
            ("action.suspend", "interruption", "start"),
            ("action.resume", "interruption", "end"),
            ("action.end", noun, "end"),
            ("action.start", noun, "start"),
        )
    pronoun = re.match(r"^\W*(?:it|this|these|they|which|and|then|until|but|,)\b", left, re.I)
    if (
        not pronoun
        and events
        and not re.match(
            r"^[\s,]*(?:until|to|through|and|ending|ended|stop|conclu|finish|terminat|complet|discontinu|off)", left, re.I
        )
    ):
        return []
    if not pronoun and not events:
        return []
    for name, kind, phase in phases:
        matches = list(words.regex(name).finditer(left))
        if matches:
            return [Hit(kind, phase, left_start + matches[-1].start(), left_start + matches[-1].end())]
    return []


def _phase_near(hit: Hit, between: str) -> Phase:
    """A noun without a phase takes it from the words between it and the time ('monitoring time: start 0810')."""
    if hit.phase != "span":
        return hit.phase
    words = vocabulary()
    if words.regex("action.end").search(between) and not re.search(r"\b(?:to|from)\b", between):
        return "end"
    if words.regex("action.start").search(between):
        return "start"
    return "point"


def _dated(times: Times, at: int, left: str) -> bool:
    """A time that follows a date with at most an 'at' between is the time of a signature, order or print."""
    return any(
        0 <= at - d.end <= 6 and re.fullmatch(r"[\s,T]*(?:at|@|,)?\s*", left[-(at - d.end) :] if at > d.end else "")
        for d in times.dates
    )


# --- days ------------------------------------------------------------------------------------------------------------


def _settle_days(events: list[Event]) -> list[Event]:
    """Put times after midnight on the next day, where a log or a span passes midnight."""
    wraps = False
    previous: Event | None = None
    for event in events:
        if event.group > 0:
            if (
                previous is not None
                and previous.group == event.group
                and previous.first - event.first > 360
                and previous.first >= 1020
            ):
                wraps = True
            previous = event
        if (
            event.last is not None
            and event.last < event.first
            and event.kind in ("monitoring", "attend", "attend-monitored", "professional", "interruption", "anesthesia")
            and overnight(event.first, event.last)
        ):
            wraps = True
    starts = [e.first for e in events if e.kind == "monitoring" and e.phase == "start"]
    stops = [e.first for e in events if e.kind == "monitoring" and e.phase == "end"]
    if starts and stops and min(starts) > max(stops) and overnight(min(starts), max(stops)):
        wraps = True
    if not wraps:
        return events
    early = [
        e.first
        for e in events
        if e.kind in ("setup", "baseline", "monitoring", "patient.in", "removal", "attend", "professional") and e.first >= 720
    ]
    anchor = min(early) if early else 720

    def shift(minute: int | None) -> int | None:
        return minute if minute is None or minute >= anchor - 180 else minute + 1440

    return [replace(e, first=shift(e.first) or 0, last=shift(e.last)) for e in events]


def overnight(first: int, last: int) -> bool:
    """Whether a stretch from `first` to an earlier clock time `last` can be one that passed midnight."""
    return first >= 780 and last + 1440 - first <= 18 * 60
