"""Joins neighbouring clock times to ranges, and works out am and pm where it is not written.

'07:30 to 12:10' is a range in any of its dresses: with days, zones, parts of the day or a remark in brackets behind a time
('20:46 on 01/17 to 01:38 the next morning', '08:10 (first run) until just after 12:10'). A word of any other kind between two
times keeps them apart.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from ionm_notes.ingest.visual import ZONE
from ionm_notes.read.clock import NOON, Clock
from ionm_notes.read.expression import expression


@dataclass(frozen=True, slots=True)
class Range:
    """Two clock times said to be the ends of one stretch; `start`..`end` covers both."""

    first: Clock
    last: Clock
    start: int
    end: int


MONTH = r"(?i:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\.?"
_DAY = (
    rf"(?:(?:\d{{4}}[-/.])?\d{{1,2}}[-/.]\d{{1,2}}(?:[-/.]\d{{2,4}})?|{MONTH}\s\d{{1,2}}(?:st|nd|rd|th)?(?:,?\s\d{{4}})?"
    rf"|\d{{1,2}}(?:st|nd|rd|th)?[-\s/]?(?:of\s)?{MONTH}(?:[-\s,/]*(?:\d{{4}}|\d\d))?|the\s\d{{1,2}}(?:st|nd|rd|th)|\d{{8}}|D(?:ay)?\s?\d)"
)
_PART_OF_DAY = r"(?:morning|afternoon|evening|night|day|a\.?m\.?|p\.?m\.?)"
_BEHIND = (
    r"(?::\d\d(?:\.\d+)?|Z)*(?:[\s,\])]*(?:"
    r"hrs?\b\.?|hours\b|h\b|o['’]?clock\b|"
    + ZONE
    + r"\b|UTC\b|(?:local|eastern|central|mountain|pacific)\b(?:\s(?:standard\s|daylight\s)?time\b)?"
    rf"|(?:in\s|of\s)?(?:the|that|this|on\sthe)\s(?:(?:same|next|following|previous|early|late)\s)?{_PART_OF_DAY}(?![\w])"
    rf"|(?:on\s|of\s|\()?{_DAY}(?![\d:])"
    r"|\((?![^()]*\d)[^()\n]{1,48}\)"
    r"|onwards?\b|straight\b|right\b|all\sthe\sway\b|continuous(?:ly)?\b|unbroken\b|inclusive\b|without\s(?:a\s)?(?:break|pause|interruption|gap)\b"
    r"))*[\s,\])]*"
)
"""What may stand behind the first time of a range: units, zone, part of the day, date, a remark in brackets."""
_JOINED = r"(?:[-–—~]{1,3}>?|→|=+>|>{1,3}|»|[|\[]?[=#*█▓▒■─━_]{2,60}[|\]>]?|\.{2,3}|…|\|?-\|?|(?<=\s)/(?=\s)|\b(?:and\s)?(?:to|(?:un)?till?|up\s?to|up\suntil|through|thru)\b(?:\s(?:to|until)\b)?)"
_BEFORE = (
    r"(?:[\s\[(]*(?:"
    r"(?:just|shortly|a\slittle|right)\s(?:after|before|past)\b|about\b|approximately\b|approx\b\.?|around\b|roughly\b|circa\b|nearly\b|almost\b|~|at\b|exactly\b"
    rf"|(?:on\s)?(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?,?\s)?{_DAY}(?!\d|:\d\d(?!:?\d))(?:\sat\b|[,:/]|T)?"
    r"))*[\s\[(T]*"
)
"""What may stand before its last time: how exact it is, its date."""
_GAP = re.compile(r"(?!\s*\((?:to|until|till?|up\sto)\b)" + _BEHIND + _JOINED + _BEFORE, re.I)
_CLAUSE = r"(?:when|as|once|after|right\safter|just\safter|shortly\safter|before|just\sbefore|with|while|the\s(?:moment|minute|time)|by\swhich|which|where|at\swhich)\b"
_TOLD_GAP = re.compile(
    rf"{_BEHIND}(?:,\s*{_CLAUSE}[^.;:,\d\t]{{3,80}}(?:,[^.;:,\d\t]{{3,60}})?,\s*|\([^()\d]{{1,60}}\)\s*){_JOINED}(?:\sand\sincluding)?"
    rf"(?:\s(?:the|my|our)\s(?:very\s)?(?:end|last|final|close|closing)\b[^.;:,\d\t]{{0,40}}?)?{_BEFORE}|{_BEHIND}{_JOINED}\sand\sincluding[^.;:,\d\t]{{0,40}}?{_BEFORE}"
    rf"|{_BEHIND}{_JOINED}\s(?:the|its|our|my)\s(?:very\s)?(?:end|stop|stopping|close|conclusion|finish|termination)\b[^.;:,\d\t]{{0,40}}?{_BEFORE}",
    re.I,
)
"""'from 8:20, when you had her in position, to 12:55', 'from 8:20 to the stop at 12:55': what is told of a time stands between."""
_FROM = re.compile(r"\b(?:from|since|between)\s+(?:about\s|approximately\s|at\s)?$", re.I)
_LONGEST_TOLD = 190
"""Characters between the times of a range with a clause between."""
_AND_GAP = re.compile(_BEHIND + r"\band\b" + _BEFORE, re.I)
_BETWEEN = re.compile(r"\bbetween\s+(?:about |approximately |the hours of |[\[(])?$", re.I)
_LONGEST_GAP = 90
"""Characters between the times of one range."""


def _cell_edge(text: str, at: int) -> bool:
    """Whether a cell or line ends at an offset: 'Part | 08:20 and 09:00' under a heading 'Between'."""
    return at < 0 or at >= len(text) or text[at] in "\t\n"


def find_ranges(text: str, clocks: tuple[Clock, ...]) -> tuple[Range, ...]:
    """Neighbouring clock times joined by a dash, 'to', 'until' or 'between ... and ...'."""
    out: list[Range] = []
    used: set[int] = set()
    for a, b in pairwise(clocks):
        if a.start in used or b.start - a.end > _LONGEST_TOLD:
            continue
        gap = text[a.end : b.start]
        if _FROM.search(text[max(0, a.start - 24) : a.start]) and _TOLD_GAP.fullmatch(gap):
            out.append(Range(a, b, a.start, b.end))
            used.add(b.start)
            continue
        if len(gap) > _LONGEST_GAP:
            continue
        if gap in _SPACES and _alone_behind_label(text, a, b):
            out.append(Range(a, b, a.start, b.end))
            used.add(b.start)
            continue
        if not gap.strip() or gap.count("\n") > 1:
            continue
        if gap in _LISTED and text[a.start - 2 : a.start] in ('["', "['"):
            out.append(Range(a, b, a.start, b.end))  # "setup": ["07:06", "07:31"]
            used.add(b.start)
            continue
        if gap == "/" or _GAP.fullmatch(gap) or (_AND_GAP.fullmatch(gap) and _between(text, a, b)):
            out.append(Range(a, b, a.start, b.end))
            used.add(b.start)
    return tuple(out)


_SPACES = frozenset({" ", "  ", "   "})
_LABEL_ALONE = re.compile(r"\W{0,3}(?:\d{1,2}[.)]\s+)?[A-Za-z][^\d\n\t]{2,40}?[:.\s]+$")


def _alone_behind_label(text: str, a: Clock, b: Clock) -> bool:
    """Whether a line holds a label and two times beside each other and nothing else: 'Monitoring 07:49 09:54'."""
    low, high = text.rfind("\n", 0, a.start) + 1, text.find("\n", b.end)
    behind = text[b.end : high if high >= 0 else len(text)]
    return a.minute < b.minute and not behind.strip(" .;,") and _LABEL_ALONE.fullmatch(text, low, a.start) is not None


_LISTED = frozenset({'", "', '","', "', '", "','"})


def _between(text: str, a: Clock, b: Clock) -> bool:
    """Whether 'and' joins the ends of one stretch."""
    return _BETWEEN.search(text[max(0, a.start - 32) : a.start]) is not None or (
        _cell_edge(text, a.start - 1) and _cell_edge(text, b.end)
    )


_ALL_OF_THE_DAY = expression(
    r"\b(?:all|everything)(?:\s+(?:times?|clocks?|hours?|entries|of|these|the|them|here|below|are|is|in))*\s+"
    r"(?P<all>a\.?m\b|p\.?m\b|(?<!all\s)(?<!everything\s)(?:afternoon|morning))"
    r"|\b(?:times?|hours?|clock)\s*\((?:all\s+)?(?P<head>a\.?m|p\.?m)\.?\)",
)


def stated_meridiem(text: str) -> str | None:
    """'a' or 'p' where the record says once for all of its times which half of the day they are in, else None."""
    halves = {"p" if (m["all"] or m["head"]).lower().startswith(("p", "after")) else "a" for m in _ALL_OF_THE_DAY.finditer(text)}
    return halves.pop() if len(halves) == 1 else None


def settle_meridiems(
    clocks: tuple[Clock, ...],
    ranges: tuple[Range, ...],
    row_leads: frozenset[int],
    dated: frozenset[int] = frozenset(),
    stated: str | None = None,
) -> dict[int, int]:
    """Minutes after midnight for each clock by its start offset, with am or pm worked out where it is not written.

    A 12-hour document that leaves out am/pm: the second end of a range lends its meridiem to the first; a log runs
    forward; bare 1 to 5 o'clock in the day is taken as afternoon, which is when operations end.
    """
    minutes = {clock.start: clock.minute for clock in clocks}
    meridiem = {clock.start: clock.meridiem for clock in clocks}
    if stated is not None:
        for clock in clocks:
            if clock.meridiem is None:
                minutes[clock.start], meridiem[clock.start] = half_of(clock.minute, stated), "x"
    plain = [clock for clock in clocks if clock.start not in dated] or list(clocks)
    any_24 = any(clock.minute >= 13 * 60 and clock.meridiem == "24" for clock in plain)
    early_24 = sum(clock.meridiem == "24" for clock in plain)
    twelve = [clock for clock in clocks if clock.meridiem in ("a", "p")]
    if not twelve and (any_24 or early_24 > len(plain) / 2 or _noughts_before(plain)):
        return minutes
    for item in ranges:
        a, b = item.first, item.last
        if meridiem[a.start] is None and meridiem[b.start] in ("a", "p"):
            minutes[a.start] = half_of(a.minute, "p" if meridiem[b.start] == "p" else "a")
            if minutes[a.start] > minutes[b.start] and a.minute % NOON > b.minute % NOON:
                minutes[a.start] = half_of(a.minute, "a" if meridiem[b.start] == "p" else "p")
            meridiem[a.start] = "x"
        elif meridiem[b.start] is None and meridiem[a.start] in ("a", "p"):
            minutes[b.start] = half_of(b.minute, "p" if meridiem[a.start] == "p" else "a")
            if minutes[b.start] < minutes[a.start]:
                minutes[b.start] = (minutes[b.start] + NOON) % (2 * NOON)
            meridiem[b.start] = "x"
    last_row: int | None = None
    for clock in clocks:
        if meridiem[clock.start] is None:
            value = clock.minute
            if (
                clock.start in row_leads
                and last_row is not None
                and value < last_row
                and value + NOON >= last_row
                and value < NOON
            ) or value < 6 * 60:
                value += NOON
            minutes[clock.start] = value
        if clock.start in row_leads:
            last_row = minutes[clock.start]
    for item in ranges:
        low, high = item.first.start, item.last.start
        if (
            minutes[high] < minutes[low]
            and meridiem[high] is None
            and minutes[high] < NOON
            and minutes[high] + NOON > minutes[low]
        ):
            minutes[high] += NOON
    return minutes


def _noughts_before(clocks: Sequence[Clock]) -> bool:
    """Whether every hour below ten has a nought before it, as only a clock of 24 hours writes it without am or pm.

    Such a record may hold nothing after noon, and a second list of its times begins earlier than the first one ends.
    """
    early = [clock for clock in clocks if clock.minute < _TEN]
    return bool(early) and all(clock.meridiem == "24" for clock in early)


_TEN = 10 * 60


def half_of(minute: int, half: str) -> int:
    """A minute of the day put into the half of the day that is written: 'a' or 'p'."""
    return minute % NOON + (NOON if half == "p" else 0)
