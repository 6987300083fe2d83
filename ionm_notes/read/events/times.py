"""All clock times, ranges and dates of a reading, with am and pm settled, and which of them begin a row."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from ionm_notes.read.clock import Clock, find_clocks
from ionm_notes.read.clock_corrections import without_corrected
from ionm_notes.read.clock_ranges import MONTH, Range, find_ranges, settle_meridiems, stated_meridiem
from ionm_notes.read.dates import DateMention, find_dates
from ionm_notes.read.elapsed import with_elapsed
from ionm_notes.read.events.columns import read_columns, turn, without_lengths
from ionm_notes.read.events.model import LONGEST_CASE, ONLY_TIME, Times
from ionm_notes.read.events.wording import classify
from ionm_notes.read.expression import expression
from ionm_notes.read.reading import Reading, Unit
from ionm_notes.read.vocabulary import vocabulary

_WEEKDAY = r"(?:Mon|Tues?|Wed(?:nes)?|Thur?s?|Fri|Sat(?:ur)?|Sun)(?:day)?\.?"
_WEEKDAYS = re.compile(rf"(?:^|\n){_WEEKDAY},?[ \t]+\d")
_LEAD = re.compile(
    r"\s*\W{0,3}(?:(?:Log|Entry|Event|Line|Item|Row|Time|Note|Chat|Msg|Audit|Trail)\b[\s:.#=-]{1,3})?(?:(?P<who>[A-Z]{2,8})[ |]*\t)?(?:(?:T\s?)?\+\s?\d{1,3}:\d\d(?::\d\d)?[ |]*\t)?(?:#?\d{1,6}\W?\s*[\t ]\s*)?"
    rf"(?:(?:[A-Z][a-z]{{2,8}},? |{_WEEKDAY},?\s)?"
    r"(?:\d{4}(?P<sep>[-/.])\d\d(?P=sep)\d\d|\d{8}|\d{1,2}[/.-]?\w{2,4}[/.-]?\d{2,4}|[A-Z][a-z]{2}-\d\d-\d{4}"
    rf"|{MONTH}[\s.-]\d{{1,2}}(?:,?\s\d{{4}})?|\d{{1,2}}[\s.-]{MONTH}(?:\s\d{{2,4}})?|(?P<weekday>{_WEEKDAY})|\d{{1,2}}[/.]\d{{1,2}}|\d{{1,2}}-\d{{1,2}}(?=[ |]*\t|\s+$)|\d{{1,2}}\.\d{{1,2}}\.\d{{2,4}}|D(?:ay)?\s?\d)[T/:\s,]*)?\W{{0,2}}"
)


_DATED = 6
"""Characters of the shortest date before a time."""
_WORDS = expression(r"\b(?!(?:until|till|thru|through|from|hrs|hours)\b)[a-z]{3}")
"""A row of times alone is no entry of a log, whose hours go on from row to row."""
_TAGS = 44
"""Characters of a row of a log before its time: a number and a tag."""
_NIGHT = 3
"""Rows that begin with a day of the week where that is what they begin with: 'Mon | 07:55' alone is monitoring."""
_ROWS = 200
"""Rows between the heading of a log and a row of it."""


def _is_lead(reading: Reading, unit: Unit, clock: Clock, dates: Sequence[DateMention]) -> bool:
    before = reading.text[unit.start : clock.start]
    if unit.kind != "row":
        return False
    if reading.stamps and any(
        at in reading.stamps for at in range(clock.start - len(before.rpartition("\t")[2]), clock.start + 1)
    ):
        return True
    if _leads(reading, before):
        return True
    day = next((d for d in dates if unit.start <= d.start and d.end <= clock.start), None) if len(before) > _DATED else None
    # '19 June, 2024 | 08.46 hrs | ...'
    return day is not None and _leads(reading, reading.text[unit.start : day.start] + reading.text[day.end : clock.start])


def _leads(reading: Reading, before: str) -> bool:
    """Whether a time behind such text begins its row."""
    lead = _LEAD.fullmatch(before)
    # 'KB | 08:10 | ...' begins with who wrote it; 'SETUP | 07:05-07:28' begins with what the time is of.
    return not before.strip(" \t[(-•*·|") or (
        lead is not None
        and not (lead["weekday"] and len(_WEEKDAYS.findall(reading.text)) < _NIGHT)
        and not (lead["who"] and (classify(lead["who"]) or reading.text.count(f"\n{lead['who']}\t") < 2))
    )


def _columns(reading: Reading) -> tuple[tuple[int, int], ...]:
    """Where each heading of a log stands that has its times in a later column ('ID | Class | Time | Text'), and which column that is."""
    found = []
    for heading in vocabulary().regex("log.heading").finditer(reading.text):
        unit = reading.unit_at(heading.start())
        if unit is not None and unit.kind == "row" and unit.start == heading.start():
            place = max(heading.start(name) for name in ("time", "last", "beside"))
            found.append((unit.start, heading.group().count("\t", 0, place - heading.start())))
    return tuple(found)


def _in_column(
    reading: Reading, unit: Unit, clock: Clock, columns: tuple[tuple[int, int], ...], spans: Mapping[int, Range]
) -> bool:
    """Whether a clock time or interval fills the column of times of a log whose heading stands above."""
    above = [column for column in columns if column[0] < unit.start]
    if not above or unit.kind != "row":
        return False
    heading, at = above[-1]
    cells = reading.unit_text(unit).split("\t")
    before = reading.text[unit.start : clock.start]
    item = spans.get(clock.start)
    whole = item is not None and item.end - unit.start == len("\t".join(cells[: at + 1]).rstrip())
    last = at > 0 and len(cells) == at + 1
    return (
        len(cells) > at
        and before.count("\t") == at
        and (last or len(before) < _TAGS)
        and (whole or ONLY_TIME.match(cells[at]) is not None)
        and reading.text.count("\n", heading, unit.start) < _ROWS
    )


def _row_number(text: str, clock: Clock) -> bool:
    """'0001' before a time stamp is the number of the row."""
    return clock.style == "bare" and bool(
        re.match(r"\s+(?:\d{4}-\d\d-\d\d|\d{1,2}/\d{1,2}/\d{2,4}|\d{1,2}:\d\d:?\d*)\b", text[clock.end : clock.end + 24])
    )


def read_times(reading: Reading) -> Times:
    """All clock times, ranges and dates of the text."""
    dates = find_dates(reading.text)
    clocks = tuple(
        c
        for c in find_clocks(reading.text)
        if not any(d.start <= c.start < d.end or d.start < c.end <= d.end for d in dates) and not _row_number(reading.text, c)
    )
    clocks, held = without_corrected(reading.text, clocks)
    clocks = with_elapsed(reading, clocks)
    columns_told = read_columns(reading, clocks)
    clocks = without_lengths(clocks, columns_told)
    ranges = find_ranges(held, clocks)
    columns, spans = _columns(reading), {item.first.start: item for item in ranges}
    leads = frozenset(
        c.start
        for c in clocks
        if (unit := reading.unit_at(c.start))
        and (_is_lead(reading, unit, c, dates) or _in_column(reading, unit, c, columns, spans))
    )
    dated = frozenset(c.start for c in clocks if any(0 <= c.start - d.end <= 6 for d in dates))
    entries = frozenset(at for at in leads if (unit := reading.unit_at(at)) and _WORDS.search(reading.unit_text(unit)))
    minutes = settle_meridiems(clocks, ranges, entries, dated, stated_meridiem(reading.text))
    turn(minutes, columns_told)
    turned = frozenset(end for end, _ in columns_told.turned)
    times = Times(clocks, ranges, minutes, dates, leads, turned=turned)
    return replace(times, first_dated=_first_dated(reading, times))


def _first_dated(reading: Reading, times: Times) -> date | None:
    rows = [
        d.value
        for d in times.dates
        if (unit := reading.unit_at(d.start))
        and unit.kind == "row"
        and any(c.start in times.leads for c in times.within(d.end, d.end + 3))
    ]
    latest = max(rows, default=date.min)
    return min((day for day in rows if latest - day <= LONGEST_CASE), default=None)
