"""Totals and durations that the document states for its monitoring, with the parts it says are inside or left out."""

from __future__ import annotations

import re
from itertools import zip_longest

from ionm_notes.read.durations import Duration, find_durations
from ionm_notes.read.expression import Expression, expression
from ionm_notes.read.reading import Reading
from ionm_notes.read.vocabulary import vocabulary
from ionm_notes.types import SegmentKind, StatedTotal

_PARTS: tuple[SegmentKind, ...] = ("setup", "baseline", "removal", "interruption")
_INCLUDING = re.compile(
    r"\b(?:incl\.?|includ\w+|of which|with|of (?:this|these|that|it|them|those)|takes? in|taking in|the (?:first|opening|initial|last|final)|counting|among them|this (?:counts|covers)|plus)\b",
    re.I,
)
_EXCLUDING = re.compile(
    r"\b(?:excl\.?|exclud\w+|less|minus|not (?:counting|including|part|included)|without|net of|apart from|after (?:subtract|deduct)\w*|separate)\b",
    re.I,
)


def read_totals(reading: Reading, *, timed: bool) -> tuple[StatedTotal, ...]:
    """Stated totals in minutes of monitoring, in order of place.

    `timed`: the record gives clock times of monitoring; how long somebody says to have watched or stayed is then no total.
    """
    told = vocabulary().regex("total.stay")
    lead = vocabulary().regex("total.lead")
    out: list[StatedTotal] = []
    for index, unit in enumerate(reading.units):
        if unit.kind == "running":
            continue
        text = _with_parts(reading, index)
        if not lead.search(text) or expression(
            r"\ban(?:a)?esth\w*\s+time|tourniquet|clamp\s+time|ischem\w+\s+time|bypass\s+time|OR\s+time"
        ).search(text):
            continue
        labelled = vocabulary().regex("total.minutes-label").search(text)
        if labelled:
            out.append(
                StatedTotal(
                    "minutes", int(labelled["minutes"] or labelled["minutes2"]), None, (), 0, reading.proof(unit.start, unit.end)
                )
            )
            continue
        durations = find_durations(text)
        main = None
        for item in durations:
            before = text[max(0, item.start - 70) : item.start]
            behind = text[item.end : item.end + 40]
            if main is None and item.minutes >= 5 and (_is_total(before, behind) or (not timed and _stay(told, before, behind))):
                main = item
        if main is None:
            continue
        includes, minus = _inside(text, main, durations)
        tail = text[main.end : main.end + 90]
        opener = _INCLUDING.match(tail.lstrip(" ,;(-")) or re.match(r"[\s,;(]*(?:and\s+)?includ\w+", tail, re.I)
        if opener and not includes:
            includes = [part for part in _PARTS if vocabulary().regex(f"total.part.{part}").search(tail)]
        out.append(
            StatedTotal("minutes", main.minutes, None, tuple(dict.fromkeys(includes)), minus, reading.proof(unit.start, unit.end))
        )
    return tuple(out)


def _inside(text: str, main: Duration, durations: tuple[Duration, ...]) -> tuple[list[SegmentKind], int]:
    """The parts of the day that a total says stand inside it, and their minutes together."""
    words = vocabulary()
    includes: list[SegmentKind] = []
    minus = 0
    for item, following in zip_longest(durations, durations[1:]):
        if item.start <= main.start:
            continue
        low, high = max(main.end, item.start - 45), min(item.end + 45, following.start if following else len(text))
        part = next((p for p in _PARTS if words.regex(f"total.part.{p}").search(text[item.end : high])), None) or next(
            (p for p in _PARTS if words.regex(f"total.part.{p}").search(text[low : item.start])), None
        )
        between = text[main.end : item.end]
        off = words.regex("total.take-off").search(text[main.end : item.end + 60])
        inside = _INCLUDING.search(between) and not _EXCLUDING.search(between)
        if part is not None and (inside or (off and not words.regex("total.net").search(text))):
            includes.append(part)
            minus += item.minutes
    return includes, minus


_GOES_ON = expression(
    r"\W*(?:(?:but|and|though)?\W*(?:of|from|out\s+of)\s+(?:this|these|those|that|which|it|them)|(?:please\s+)?(?:deduct|subtract|take\s+off|knock\s+off|less|minus)\b|(?:but\s+|and\s+)?the\s+(?:first|opening|initial|last)\s+(?:\S+\s+){1,3}(?:of\s+(?:that|this|it|which|them|those)|were|was|went|I\s+spent|are|is)\b|\S+(?:\s+minutes?)?\s+of\s+(?:them|those|that|which)\b|this\s+(?:includes?|takes\s+in|counts)|included|thereof|in\s+it)\b"
)


def _with_parts(reading: Reading, index: int) -> str:
    """A statement with the next one, where that goes on to say what is inside: 'It ran 3 h. Of this, 25 min were baselines.'"""
    unit = reading.units[index]
    following = reading.units[index + 1] if index + 1 < len(reading.units) else None
    if following is not None and _GOES_ON.match(reading.text, following.start):
        return reading.text[unit.start : following.end]
    return reading.unit_text(unit)


def _stay(told: Expression, before: str, after: str) -> bool:
    """Whether a length of time is told of watching, or of the stay beside the machine: 'I spent 115 minutes in the room'."""
    return bool(told.search(before)) and not _ANOTHER_LENGTH.match(after)


_ANOTHER_LENGTH = re.compile(
    r"\s*(?:later|after\b|before|ago|old|prior|post|(?:of|on|with|for|in|placing|getting)\s+(?:\w+\s+){0,2}(?:set-?\s?up|hook|baseline|anesth|training|travel|clinic|review))",
    re.I,
)


def _is_total(before: str, after: str) -> bool:
    if re.search(r"\b(?:every|each|within|for|over|after|last(?:ed|ing)?|per|approximately)\s+$", before, re.I) and not re.search(
        r"\bmonitor\w*\s+(?:\w+\s+){0,4}(?:for|lasted)\s+$|\b(?:total|duration)\b", before, re.I
    ):
        return False
    if re.match(
        r"\s*(?:later|after(?!\s+(?:deduct|subtract|tak)\w+)|before|of\s+(?:set-?up|hook|baseline|anesth)|ago|old|set-?up|break|gap|interval|post|prior)",
        after,
        re.I,
    ):
        return False
    return bool(
        re.search(
            r"\b(?:total|in\s+all|altogether|ran\s+(?:to|for)|came\s+to|amounted\s+to|lasted|length|billed|billable|duration|elapsed|cumulative|sum)\b[^.;]{0,60}$|=\s*$|\bmonitor(?:ed|ing)?\b(?:\s+time)?(?:\s+(?:was|for|of|lasted|:))*[\s:~(]*(?:about\s+|approx\w*\.?\s+|a\s+total\s+of\s+)?$|\b(?:ionm|iom)\s*(?:time)?\s*[:=]?\s*$",
            before,
            re.I,
        )
        or re.match(
            r"\s*(?:of\s+(?:\w+\s+){0,3}(?:monitoring|ionm|iom|neuromonitoring)|(?:total|billed|billable|all\s+told|in\s+all|altogether)\b|\(?\s*total)",
            after,
            re.I,
        )
        or re.search(r"[-–]\s?\d{1,2}:?\d{2}\s*(?:hrs?)?\s*[,(=:]\s*$", before)
    )
