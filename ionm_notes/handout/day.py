"""The day of a case as a drawing on one time axis (SVG): what was stated and by whom, who attended, which minutes count.

Rows: the parts of the day by where they are stated (log, header, narrative), attendance by professional and mode, and the
counted and cut minutes. Where statements contradict each other, both times are marked. Pure: shapes in, no markup here;
`templates/timeline.svg.html` lays them out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from ionm_notes.handout.words import clock, plain, span_words

Line = Mapping[str, Any]
WIDTH, LABEL, ROW, TOP = 780, 170, 22, 26
"""Of the drawing: its width, the room for names, the height of a row and of the axis above, in its own units."""
_ORIGINS = {"log": "event log", "header": "header", "narrative": "narrative"}
_STEPS = (5, 10, 15, 30, 60, 120, 240, 480)
_LEAST_GAP = 52
"""Between two clock times on the axis."""
_CONFLICT_LABEL = "contradictions"


@dataclass(frozen=True, slots=True)
class Bar:
    """One interval: place and width, its kind for the colour, its words, and the statement that it stands for.

    `open`: one end is not stated, so it is a mark at the other.
    """

    x: float
    width: float
    kind: str
    words: str
    anchor: str
    open: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One row with its name."""

    label: str
    y: int
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class Day:
    """The drawing: rows, ticks as (place, clock time), its height, and its words for who cannot see it."""

    rows: tuple[Row, ...]
    ticks: tuple[tuple[float, str], ...]
    height: int
    words: str


@dataclass(frozen=True, slots=True)
class _Scale:
    first: datetime
    last: datetime

    def at(self, time: datetime) -> float:
        whole = max(1.0, (self.last - self.first) / timedelta(minutes=1))
        share = min(1.0, max(0.0, (time - self.first) / timedelta(minutes=1) / whole))
        return round(LABEL + share * (WIDTH - LABEL - 12), 1)


def day_of(line: Line) -> Day | None:
    """The drawing of one audit line; None where the document states no clock time."""
    stamps = [_time(item[end]) for item in _timed(line) for end in ("start", "end") if item[end]]
    if not stamps:
        return None
    scale = _Scale(min(stamps), max(stamps))
    groups = [*_stated(line, scale), *_attended(line, scale), *_conflicts(line, scale), *_counted(line, scale)]
    rows = tuple(Row(label, TOP + number * ROW, tuple(bars)) for number, (label, bars) in enumerate(groups))
    return Day(rows, tuple(_ticks(scale)), TOP + len(rows) * ROW + 6, _words(rows))


def _timed(line: Line) -> list[Line]:
    spans = [*line["segments"], *line["attendance"], *line["minutes_proof"], *line["mapping"], *line["allocated"]]
    return [span for span in spans if span["start"] or span["end"]]


Group = tuple[str, list[Bar]]


def _stated(line: Line, scale: _Scale) -> Iterator[Group]:
    for origin, words in _ORIGINS.items():
        bars = [
            _bar(segment, scale, segment["kind"], f"{segment['kind']} {span_words(segment)} ({words})", f"segment-{number}")
            for number, segment in enumerate(line["segments"])
            if segment["origin"] == origin and (segment["start"] or segment["end"])
        ]
        if bars:
            # Long ones first, so that the parts within them stay to be seen.
            yield words, sorted(bars, key=lambda bar: -bar.width)
    for name, kind in (("mapping", "interruption"), ("allocated", "attendance")):
        bars = [_bar(span, scale, kind, f"{name} {span_words(span)}", "") for span in line[name]]
        if bars:
            yield name, bars


def _attended(line: Line, scale: _Scale) -> Iterator[Group]:
    found: dict[str, list[Bar]] = {}
    for number, spell in enumerate(line["attendance"]):
        if not (spell["start"] or spell["end"]):
            continue
        alone = {True: ", exclusive", False: ", shared", None: ""}[spell["exclusive"]]
        who = spell["professional"] or "unnamed"
        mode = "remote log-on" if spell["mode"] == "remote" else plain(spell["mode"])
        words = f"{who}, {mode}{alone} {span_words(spell)}"
        found.setdefault(f"{who}, {mode}", []).append(_bar(spell, scale, "attendance", words, f"attendance-{number}"))
    yield from found.items()


def _conflicts(line: Line, scale: _Scale) -> Iterator[Group]:
    bars: list[Bar] = []
    for number, conflict in enumerate(line["conflicts"]):
        for which in ("chosen", "rejected"):
            if (time := _near(conflict[which], scale)) is not None:
                words = f"{conflict['subject']}: {conflict['chosen']} taken, {conflict['rejected']} set aside; {conflict['why']}"
                bars.append(Bar(scale.at(time), 0, f"conflict-{which}", words, f"conflict-{number}", True))
    if bars:
        yield _CONFLICT_LABEL, bars


def _near(words: str, scale: _Scale) -> datetime | None:
    """The time of day that is named, on the day of the drawing."""
    try:
        hour, minute = (int(part) for part in words.strip()[-5:].split(":"))
        time = scale.first.replace(hour=hour, minute=minute, second=0)
    except ValueError:
        return None
    return time if time >= scale.first - timedelta(hours=12) else time + timedelta(days=1)


def _counted(line: Line, scale: _Scale) -> Iterator[Group]:
    bars = []
    for number, proof in enumerate(line["minutes_proof"]):
        if not (proof["start"] and proof["end"]):
            continue
        kind = "counted" if proof["column"] else "cut"
        what = f"counted, {plain(proof['column'])}" if proof["column"] else f"not counted: {plain(proof['reason'])}"
        words = f"{span_words(proof)} {proof['minutes']} min {what}; {proof['why']}"
        bars.append(_bar(proof, scale, kind, words, f"minutes-{number}"))
    yield "counted minutes", bars


def _bar(item: Line, scale: _Scale, kind: str, words: str, anchor: str) -> Bar:
    start, end = (_time(item[name]) if item[name] else None for name in ("start", "end"))
    if start is None or end is None:
        known = start or end or scale.first
        return Bar(scale.at(known), 0, kind, f"{words}, one end not stated", anchor, True)
    x = scale.at(start)
    return Bar(x, round(max(1.5, scale.at(end) - x), 1), kind, words, anchor)


def _ticks(scale: _Scale) -> Iterator[tuple[float, str]]:
    minutes = max(1.0, (scale.last - scale.first) / timedelta(minutes=1))
    room = WIDTH - LABEL
    step = next((step for step in _STEPS if room / (minutes / step) >= _LEAST_GAP), 720)
    midnight = scale.first.replace(hour=0, minute=0, second=0)
    tick = midnight + timedelta(minutes=step * -(-(scale.first - midnight) // timedelta(minutes=step)))
    while tick <= scale.last:
        if scale.at(tick) < WIDTH - 30:
            yield scale.at(tick), clock(tick.isoformat())
        tick += timedelta(minutes=step)


def _words(rows: Sequence[Row]) -> str:
    return ". ".join(f"{row.label}: {'; '.join(bar.words for bar in row.bars) or 'none'}" for row in rows)


def _time(stamp: str) -> datetime:
    return datetime.fromisoformat(stamp)
