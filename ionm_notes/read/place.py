"""Where a form says that the professional sat ('Oversight from: control room beside the OR'), told from the short value alone.

In running text only plain statements of place count (`supervision.py`); behind a label that asks for the place a few words are
enough, and words such as 'beside', 'outside', 'not in' turn the place that they go with.
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from ionm_notes.read.boxes import BOX
from ionm_notes.read.reading import Reading, Unit
from ionm_notes.read.vocabulary import vocabulary
from ionm_notes.types import Mode

_LONGEST = 80
"""Characters of the longest value that is taken for a place; longer ones are sentences."""

_BEHIND_LABEL = re.compile(r"\s*(?:\([^()\n]{1,24}\)\s*)?(?:[:=|\t]|\s[-–—]\s)[\s:=|]*")


@dataclass(frozen=True, slots=True)
class Placed:
    """A place that a form states: offsets of its words into `Reading.text`."""

    mode: Mode
    start: int
    end: int
    unit: Unit


def stated_places(reading: Reading) -> Iterator[Placed]:
    """The place of the professional wherever a label asks for it and the value behind it names one."""
    label = vocabulary().patterns["place.label"]
    for match in reading.matches(label):
        unit = reading.unit_at(match.start())
        if unit is None or unit.kind == "running" or not _opens(reading, unit, match.start()):
            continue
        behind = _BEHIND_LABEL.match(reading.text, match.end(), unit.end)
        if behind is None:
            continue
        low = behind.end()
        following = bisect.bisect_right(reading.line_starts, low)
        end = min(unit.end, reading.line_starts[following] if following < len(reading.line_starts) else unit.end)
        high = min((at for at in (reading.text.find(sign, low, end) for sign in "\t\n|") if at >= 0), default=end)
        value = reading.text[low:high]
        mode = place_of(value) or ("remote" if _elsewhere(reading, unit, value.strip(" .;")) else None)
        if mode is not None:
            yield Placed(mode, low, low + len(value.rstrip()), unit)
    yield from _answers(reading)


def _answers(reading: Reading) -> Iterator[Placed]:
    """The place in the line below a question that asks for it: 'Where was the professional?' over 'operating room'."""
    asks = vocabulary().regex("place.asked")
    for unit, below in pairwise(reading.units):
        if unit.kind == "sentence" and reading.text[unit.end - 1] == "?" and asks.search(reading.text, unit.start, unit.end):
            mode = place_of(reading.unit_text(below))
            if mode is not None:
                yield Placed(mode, below.start, below.end, below)


_NAME = re.compile(r"[A-Z][\w'’.-]+(?:,?\s+(?:of\s+|the\s+)?[A-Z][\w'’.-]*){0,6}")
_OF_A_HOUSE = re.compile(
    r"\b(?:or|o\.r|operating|room|theat(?:re|er)|hospital|floor|campus|main|same|tower|building|suite|wing|unit|core|lounge|yes|no|none|"
    r"remote|not|unknown|pending|live|real|md|do|phd|dr)\b",
    re.I,
)
_HOUSE = re.compile(r"\b(?:hospital|medical\s+cent(?:er|re)|surg\w+\s+cent(?:er|re)|infirmary|health)\b", re.I)


def _elsewhere(reading: Reading, unit: Unit, value: str) -> bool:
    """Whether a value is the name of a place that is none of the hospital's: 'Reading from: Sabine Neuro Clinic, Port Arthur'."""
    if _NAME.fullmatch(value) is None or _OF_A_HOUSE.search(value):
        return False
    own = {word.lower() for word in re.findall(r"[^\W\d_]{4,}", value.split(",")[0])}  # the town may be that of the hospital
    houses = (reading.unit_text(other) for other in reading.units if other != unit and _HOUSE.search(reading.unit_text(other)))
    known = {word.lower() for text in houses for word in re.findall(r"[^\W\d_]{4,}", text)}
    return bool(own) and own.isdisjoint(known - {"clinic", "neuro", "neurology", "center"})


def _opens(reading: Reading, unit: Unit, at: int) -> bool:
    """Whether a label begins its unit, its cell or its line: lines of a form may have been joined to one unit."""
    before = reading.text[max(unit.start, reading.line_starts[reading.line_index(at)]) : at]
    return re.search(r"(?:^|[\t|;☐☒☑\]])\W*(?:(?:Dr\.?\s+)(?:[A-Z][\w.'’-]+\s+){1,3}(?:was\s+)?(?:in\s+)?)?$", before) is not None


def place_of(value: str) -> Mode | None:
    """The place that a few words name; None where they name none, two that exclude one another, or are too many.

    Source of the three places: the contract's modes of attendance.
    """
    words = vocabulary()
    if len(value) > _LONGEST or BOX.search(value) or words.regex("place.somebody-else").search(value):
        return None
    value = words.regex("place.at-equipment").sub(" at the table ", value)  # 'inside theatre, beside the amplifier'
    found = _by_value(value)
    if found != "nearby" and words.regex("whereabouts.near").search(value):
        return "nearby"  # 'reading suite of the hospital'
    if found is None and (bare := _REMARK.sub("", value)).strip() and bare != value:
        found = _by_value(bare)  # 'operating room (bodily present)'
    if found is not None:
        return found
    room, away = (words.regex(f"whereabouts.{name}").search(value) is not None for name in ("room", "away"))
    return None if room == away else "in_room" if room else "remote"


_REMARK = re.compile(r"\([^()]*\)")


def _by_value(value: str) -> Mode | None:
    words = vocabulary()

    def says(name: str) -> bool:
        return words.regex(f"place.{name}").search(value) is not None

    away = words.regex("place.away")
    if away.search(value):
        value = away.sub(" ", value)  # so that 'not on campus' is not 'on campus'
        return None if says("beside") or says("in-room") else "remote"
    beside, remote = says("beside"), says("remote")
    if beside:
        return None if remote else "nearby"
    in_room = says("in-room")
    if remote:
        return None if in_room else "remote"
    return "in_room" if in_room else None
