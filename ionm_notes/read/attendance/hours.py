"""Hours of attendance that a form states: a label or question that asks for them, with the two times behind, below or before it.

'Prof. time in/out=1:24P - 4:03P', 'Q20. During what hours did the professional attend?' over '13:54 - 18:36', '07:31 | 09:57 | Hours of
the watch'. A label counts that names the professional or the duty and asks for a time; one that names somebody else does not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ionm_notes.read.attendance.model import Spell
from ionm_notes.read.events import Event, Times, overnight
from ionm_notes.read.names import surname
from ionm_notes.read.people import Cast
from ionm_notes.read.reading import Reading, Unit
from ionm_notes.read.said import Said
from ionm_notes.read.vocabulary import vocabulary

_LABEL = 80
"""Characters of the longest label."""
_LETTER = re.compile(r"[^\W\d_]{3,}")
_SIGN = re.compile(r"[:=?\t|]")
_BETWEEN = re.compile(
    r"[\s\d:.;,h()\[\]~–—-]*(?:(?:[ap]\.?m\.?|hrs?|hours|h|to|until|till|through|and|from)[\s\d:.;,()\[\]~–—-]*)*", re.I
)
"""What may stand between two times, and around them where nothing else does."""


def stated_hours(reading: Reading, times: Times, events: tuple[Event, ...], cast: Cast) -> Iterator[Spell]:
    """The spells that labels with two times state, where no event knows their times as attendance."""
    known = {(e.first, e.last) for e in events if e.kind in ("attend", "attend-monitored", "professional") and e.last is not None}
    sole = surname(cast.professionals[0].name) if len(cast.professionals) == 1 else ""
    for unit in reading.units:
        clocks = times.within(unit.start, unit.end) if unit.kind != "running" else ()
        if len(clocks) != 2 or not _BETWEEN.fullmatch(reading.text[clocks[0].end : clocks[1].start]):
            continue
        stop = reading.text.find("\t", clocks[1].start, clocks[1].end)  # '11:26 | Hours of the watch': no 11:26 hours
        label = _label(reading, unit, clocks[0].start, stop if stop > 0 else clocks[1].end)
        first, last = (times.minute[clock.start] for clock in clocks)
        if label is None or (first, last) in known or not asks_for_hours(label):
            continue
        if last < first:
            if not overnight(first, last):
                continue
            last += 1440
        who = next((surname(p.name) for p in cast.professionals if surname(p.name) in label.lower()), sole)
        whole = (unit.start, unit.end)
        event = Event("attend", "span", first, last, "header", *whole, whole, unit)
        yield Spell(who, first, last, False, None, [event], whole)


_FORM = re.compile(r"[☐☑☒✓✔]|[\[(]\s?[xX✓]?\s?[\])]|\t|[:=?]\s")
"""A box, a cell or the mark behind a label: what a form has and a sentence has not."""


def placed_hours(reading: Reading, times: Times, events: tuple[Event, ...], cast: Cast, modes: Sequence[Said]) -> Iterator[Spell]:
    """The spells of fields that place the professional and give two times that no event knows.

    'First part: [x] in the operating room [ ] remote, 8:20 AM to 11:05 AM'.
    """
    told = {e.unit.start for e in events if not e.guess}
    sole = surname(cast.professionals[0].name) if len(cast.professionals) == 1 else ""
    for said in modes:
        unit = said.unit
        clocks = times.within(unit.start, unit.end)
        if unit.start in told or len(clocks) != 2 or not _FORM.search(reading.text, unit.start, unit.end):
            continue
        if not _BETWEEN.fullmatch(reading.text[clocks[0].end : clocks[1].start]):
            continue
        first, last = (times.minute[clock.start] for clock in clocks)
        if last < first:
            if not overnight(first, last):
                continue
            last += 1440
        whole = (unit.start, unit.end)
        event = Event("attend", "span", first, last, "header", *whole, whole, unit)
        yield Spell(said.who or sole, first, last, False, said.what, [event], whole)


def _label(reading: Reading, unit: Unit, low: int, high: int) -> str | None:
    """The label of two times: before them, behind them, or in the line above; None where it is too long to be one."""
    before, behind = reading.text[unit.start : low], reading.text[high : unit.end]
    if _LETTER.search(before):
        asked = unit.kind == "row" or _SIGN.search(before)  # no sentence: 'I was also supervising one other (from 9:30 to 11:48)'
        return before if asked and len(before) <= _LABEL and not _LETTER.search(behind) else None
    if _LETTER.search(behind):
        return behind if len(behind) <= _LABEL else None
    place = reading.index_of(unit)
    above = reading.unit_text(reading.units[place - 1]) if place else ""
    return above if 0 < len(above) <= _LABEL else None


def asks_for_hours(label: str) -> bool:
    """Whether a label asks from when to when the professional attended."""
    words = vocabulary()
    who, when, other = (words.regex(f"hours.{name}").search(label) is not None for name in ("who", "when", "of-others"))
    return who and when and not other
