"""Totals and durations that the document states for its monitoring, with the parts it says are inside or left out."""

from __future__ import annotations

import re

from ionm_notes.read.clock import find_durations
from ionm_notes.read.reading import Reading
from ionm_notes.read.vocabulary import vocabulary
from ionm_notes.types import SegmentKind, StatedTotal

_PARTS: tuple[SegmentKind, ...] = ("setup", "baseline", "removal", "interruption")
_INCLUDING = re.compile(
    r"\b(?:incl\.?|includ\w+|of which|with|of (?:this|these|that|it)|takes? in|taking in|the first|counting|among them|this (?:counts|covers)|plus)\b",
    re.I,
)
_EXCLUDING = re.compile(
    r"\b(?:excl\.?|exclud\w+|less|minus|not (?:counting|including|part|included)|without|net of|apart from|after (?:subtract|deduct)\w*|separate)\b",
    re.I,
)


def read_totals(reading: Reading) -> tuple[StatedTotal, ...]:
    """Stated totals in minutes of monitoring, in order of place."""
    lead = vocabulary().regex("total.lead")
    out: list[StatedTotal] = []
    for index, unit in enumerate(reading.units):
        if unit.kind == "running":
            continue
        text = _with_parts(reading, index)
        if not lead.search(text) or re.search(
            r"\ban(?:a)?esth\w*\s+time|tourniquet|clamp\s+time|ischem\w+\s+time|bypass\s+time|OR\s+time", text, re.I
        ):
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
            if main is None and item.minutes >= 5 and _is_total(before, text[item.end : item.end + 40]):
                main = item
        if main is None:
            continue
        includes: list[SegmentKind] = []
        minus = 0
        for item in durations:
            if item.start <= main.start:
                continue
            between = text[main.end : item.start]
            around = text[max(main.end, item.start - 45) : item.end + 45]
            for part in _PARTS:
                if (
                    vocabulary().regex(f"total.part.{part}").search(around)
                    and _INCLUDING.search(between)
                    and not _EXCLUDING.search(between)
                ):
                    includes.append(part)
                    minus += item.minutes
                    break
        tail = text[main.end : main.end + 90]
        opener = _INCLUDING.match(tail.lstrip(" ,;(-")) or re.match(r"[\s,;(]*(?:and\s+)?includ\w+", tail, re.I)
        if opener and not includes:
            includes = [part for part in _PARTS if vocabulary().regex(f"total.part.{part}").search(tail)]
        out.append(
            StatedTotal("minutes", main.minutes, None, tuple(dict.fromkeys(includes)), minus, reading.proof(unit.start, unit.end))
        )
    return tuple(out)


_GOES_ON = re.compile(
    r"\W*(?:of\s+(?:this|these|that|which|it)|this\s+(?:includes?|takes\s+in|counts)|included|thereof|in\s+it)\b", re.I
)


def _with_parts(reading: Reading, index: int) -> str:
    """A statement with the next one, where that goes on to say what is inside: 'It ran 3 h. Of this, 25 min were baselines.'"""
    unit = reading.units[index]
    following = reading.units[index + 1] if index + 1 < len(reading.units) else None
    if following is not None and _GOES_ON.match(reading.text, following.start):
        return reading.text[unit.start : following.end]
    return reading.unit_text(unit)


def _is_total(before: str, after: str) -> bool:
    if re.search(r"\b(?:every|each|within|for|over|after|last(?:ed|ing)?|per|approximately)\s+$", before, re.I) and not re.search(
        r"\bmonitor\w*\s+(?:\w+\s+){0,4}(?:for|lasted)\s+$|\b(?:total|duration)\b", before, re.I
    ):
        return False
    if re.match(
        r"\s*(?:later|after|before|of\s+(?:set-?up|hook|baseline|anesth)|ago|old|set-?up|break|gap|interval|post|prior)",
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
