"""The day as bars to scale: what was stated of the case, who attended, and which minutes count."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from rich.console import Group, RenderableType
from rich.text import Text

from ionm_notes.report.clean import for_terminal

Line = Mapping[str, Any]
Span = tuple[datetime | None, datetime | None]

KINDS = ("setup", "baseline", "monitoring", "interruption", "removal")
STYLE = {
    "setup": "blue",
    "baseline": "cyan",
    "monitoring": "white",
    "interruption": "red",
    "removal": "blue",
    "attended": "magenta",
    "counted": "green",
}
LABEL = 26
"""Characters for the name of a row."""
NARROWEST = 24
MARKS = {"span": "█", "open": "▏", "axis": "┬", "rule": "─"}
ASCII_MARKS = {"span": "#", "open": "|", "axis": "+", "rule": "-"}


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the picture: its name, its style and its intervals, either end of which may be unknown."""

    label: str
    style: str
    spans: tuple[Span, ...]


def day_bar(line: Line, width: int, unicode: bool = True) -> RenderableType:
    """The day of one audit line, `width` characters wide; plain characters where `unicode` is false.

    An interval with one end unknown shows as a mark at the end that is known.
    """
    marks = MARKS if unicode else ASCII_MARKS
    rows = rows_of(line)
    times = [time for row in rows for span in row.spans for time in span if time is not None]
    if not times:
        return Text("The document states no clock times.")
    scale = _Scale(min(times), max(times), max(NARROWEST, width - LABEL - 1))
    drawn = [_draw(row, scale, marks) for row in rows]
    return Group(*_axis(scale, marks), *drawn, _legend(line, scale, marks))


def rows_of(line: Line) -> list[Row]:
    """The rows: each kind of segment, each professional by mode, and the counted minutes."""
    rows = [
        Row(kind, kind, tuple(_span(s) for s in line["segments"] if s["kind"] == kind))
        for kind in KINDS
        if any(s["kind"] == kind for s in line["segments"])
    ]
    attendance: dict[str, list[Span]] = {}
    for spell in line["attendance"]:
        label = f"{spell['professional'] or 'unnamed'}, {spell['mode'].replace('_', ' ')}"
        attendance.setdefault(label, []).append(_span(spell))
    rows += [Row(label, "attended", tuple(spans)) for label, spans in attendance.items()]
    counted = tuple(_span(proof) for proof in line["minutes_proof"] if proof["column"] is not None)
    return [*rows, Row("counted", "counted", counted)]


@dataclass(frozen=True, slots=True)
class _Scale:
    first: datetime
    last: datetime
    width: int

    @property
    def minutes(self) -> float:
        return max(1.0, (self.last - self.first) / timedelta(minutes=1))

    def at(self, time: datetime) -> int:
        share = (time - self.first) / timedelta(minutes=1) / self.minutes
        return min(self.width, round(share * self.width))


def _span(item: Line) -> Span:
    return _time(item["start"]), _time(item["end"])


def _time(stamp: str | None) -> datetime | None:
    return datetime.fromisoformat(stamp) if stamp else None


def _draw(row: Row, scale: _Scale, marks: Mapping[str, str]) -> Text:
    cells = [" "] * scale.width
    for start, end in row.spans:
        if start is not None and end is not None:
            first = min(scale.at(start), scale.width - 1)
            last = max(first + 1, scale.at(end))
            cells[first:last] = marks["span"] * (last - first)
        elif (known := start or end) is not None:
            cells[min(scale.at(known), scale.width - 1)] = marks["open"]
    label = for_terminal(row.label)
    name = label if len(label) < LABEL else label[: LABEL - 2] + "."
    return Text.assemble(f"{name:<{LABEL}}", ("".join(cells).rstrip(), STYLE[row.style]))


def _axis(scale: _Scale, marks: Mapping[str, str]) -> Iterable[Text]:
    """Clock times over a ruler, at the smallest whole step that leaves room for each."""
    step = next((s for s in (5, 10, 15, 30, 60, 120, 240, 480) if scale.width / (scale.minutes / s) >= 7), 720)
    midnight = scale.first.replace(hour=0, minute=0, second=0)
    passed = (scale.first - midnight) // timedelta(minutes=step)
    tick = midnight + timedelta(minutes=step * passed)
    names, ruler = [" "] * scale.width, [marks["rule"]] * scale.width
    while tick <= scale.last:
        if tick >= scale.first:
            place = min(scale.at(tick), scale.width - 1)
            ruler[place] = marks["axis"]
            if place + len(f"{tick:%H:%M}") <= scale.width:
                names[place : place + 5] = f"{tick:%H:%M}"
        tick += timedelta(minutes=step)
    blank = " " * LABEL
    return (Text(blank + "".join(names).rstrip()), Text(blank + "".join(ruler), style="dim"))


def _legend(line: Line, scale: _Scale, marks: Mapping[str, str]) -> Text:
    counted = sum(proof["minutes"] for proof in line["minutes_proof"] if proof["column"] is not None)
    per = scale.minutes / scale.width
    return Text(
        f"{'':<{LABEL}}{marks['span']} stated interval  {marks['open']} one end not stated  1 character = {per:.1f} min  "
        f"counted: {counted} min",
        style="dim",
    )
