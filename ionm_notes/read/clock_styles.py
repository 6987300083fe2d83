"""Clock times in notations that are numbers of other things as well ('08.05', '8 h 05', '080500'): taken only where a document lives by them.

A latency, a level and a record number look like such a time. What they do not do is stand first in line after line, in a cell, or behind
the mark of a field, and grow down the page as the hours of a day do; a notation counts where enough of its numbers do both.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from ionm_notes.read.expression import Expression, expression

Stamp = tuple[int, int, int]
"""Start, end and minute after midnight of a clock time."""


@dataclass(frozen=True, slots=True)
class _Notation:
    """A way of writing hours and minutes, and how many of its numbers must stand as clock times do."""

    source: Expression
    fewest: int
    rising: float = 0.8
    """Share of the steps from one such number to the next that must not go back; six numbers without order hardly ever do 0.9."""


_H, _M = r"(?P<h>[01]?\d|2[0-3])", r"(?P<m>[0-5]\d)"
_HH = r"(?P<h>[01]\d|2[0-3])"
_UNITS = r"(?:mm|m[lLgAVs]|mcg|[kc]m|units?|patients|cases|cc|Hz|V|volts?|percent|years?)\b"
_NOTATIONS = (
    _Notation(expression(rf"(?<![\w.,$/+-]){_HH}{_M}(?![\w%]|[.,-]\d|\s?(?:[mµu][AVsg]\b|mcg|ml\b|Hz))", cased=True), 5, 0.9),
    _Notation(expression(rf"(?:(?<=\n)|\A)(?P<h>[1-9]|1\d|2[0-3]){_M}(?=[^\S\n]+(?!{_UNITS})[A-Za-z])", cased=True), 5, 0.9),
    _Notation(expression(rf"(?<![\d.,$:/-]){_H}\.{_M}(?![\d%]|\.\d|\s?[mµu][AVsg]\b)", cased=True), 6, 0.9),
    _Notation(expression(rf"(?<![\w.,:/-]){_H}\s?h\s{_M}(?:\s?m(?:in)?)?(?![\w%:]|\.\d)", cased=True), 3),
    _Notation(expression(rf"(?<![\w.,:/-]){_H}\s?(?:hrs?|hours?)\.?,?\s{_M}\s?min(?:ute)?s?(?![\w%:]|\.\d)", cased=True), 4),
    _Notation(expression(rf"(?<![\w.,:/-]){_HH}{_M}[0-5]\d(?![\w%:]|[.,]\d)", cased=True), 4),
    _Notation(expression(rf"(?<![\w.,:/-]){_HH}-{_M}(?![\w%:/-]|[.,]\d)", cased=True), 4),
    _Notation(expression(rf"(?<![\w.,:/-]){_HH} {_M}(?![\w%:/-]|[.,]\d| \d)", cased=True), 4),
    _Notation(expression(rf"(?<![\w.,:/-]){_H}['’´`]{_M}(?![\w%:]|[.,]\d)", cased=True), 3),
    _Notation(expression(rf"(?<![\w.,:/-])[hHtTc~≈]\.?\s?{_HH}:?{_M}(?![\w%:]|[.,]\d)", cased=True), 3),
)
_BEFORE = re.compile(
    r"(?:^|\n)[\s\[(|*•·#-]*(?:\d{1,3}[.):]?\s+)?$|[\t|=:,;(<>@~\"]\s*$|\s{2,}$|\.{2,}\s*$|\s[-–—·•→>]+\s$|\b(?:at|from|until|till?|to|by|since|between|and|time|start(?:ed)?|began|end(?:ed)?|stop(?:ped)?|finish(?:ed)?)\s$",
    re.I,
)
_BEHIND = re.compile(r"[\])\"]?(?:\s*$|\s*[\n\t|;/<>\"]|\s{2,}|\s?[-–—,.~]|\s?[,.:;]?\s[A-Za-z(])")
_LAST = re.compile(r"[\])\";.]?\s*(?:\n|$)")
_SPAN = 30
"""Minutes from the earliest to the latest at least."""


def styled_clocks(text: str, others: int) -> Iterator[Stamp]:
    """The clock times of every notation that the document lives by. `others`: how many it has with a colon or a letter between."""
    for notation in _NOTATIONS:
        found = [m for m in notation.source.finditer(text) if _stands(text, m.start(), m.end())]
        if len(found) < notation.fewest or len(found) <= others or not _grows([_minute(m) for m in found], notation.rising):
            continue
        for match in found:
            yield match.start(), match.end(), _minute(match)


_HALVED = expression(r"(?<![\w.,:/-])(?P<h>0?[1-9]|1[0-2]) (?P<m>[0-5]\d)\s?(?P<mer>[ap])\.?\s?m\b\.?")
_ALONE = re.compile(
    r"(?<![\w.,:/-])(?P<h>0?[1-9]|1[0-2]) (?P<m>[0-5]\d)(?![\w%:/]|[.,]\d| \d|\s?(?:percent|m[AVs]\b|mic|hz|volts))", re.I
)
_TO_ANOTHER = re.compile(r"\s?(?:to|until|till?|and|through|thru|[-–—])\s?(?=\d)", re.I)
_LED = re.compile(r"\b(?:at|by|from|between|since|until|till|around|about|to|and)\s$", re.I)
_MANY = 3


def spaced_clocks(text: str) -> Iterator[tuple[int, int, int, str | None]]:
    """Times as dictation spells them, '7 52 to 8 15 am': (start, end, minute, 'a', 'p' or None where no half of the day is said).

    Those without a half of the day count as the beginning of a range whose end has one, and behind a preposition where several have.
    """
    sure = list(_HALVED.finditer(text))
    for match in sure:
        yield match.start(), match.end(), _minute(match) % 720 + (720 if match["mer"].lower() == "p" else 0), match["mer"].lower()
    ends = {match.start() for match in sure}
    for match in reversed(list(_ALONE.finditer(text)) if sure else []):
        on = _TO_ANOTHER.match(text, match.end())
        led = len(sure) >= _MANY and _LED.search(text[max(0, match.start() - 10) : match.start()])
        if match.start() not in ends and (led or (on is not None and on.end() in ends)):
            ends.add(match.start())
            yield match.start(), match.end(), _minute(match), None


def _minute(match: re.Match[str]) -> int:
    return int(match["h"]) * 60 + int(match["m"])


def _stands(text: str, start: int, end: int) -> bool:
    """Whether a number stands where a clock time does: first or last in its line or cell, or behind the mark of a field."""
    behind = text[end : end + 4]
    if _LAST.match(behind) and text[start - 1 : start] == " ":
        return True
    return _BEFORE.search(text[max(0, start - 12) : start]) is not None and _BEHIND.match(behind) is not None


def _grows(minutes: list[int], least: float) -> bool:
    """Whether numbers grow as the hours of a day: few steps back (one past midnight), over more than a few minutes."""
    steps = [later - earlier for earlier, later in pairwise(minutes)]
    rising = sum(step >= 0 or step < -12 * 60 for step in steps)
    return rising >= least * len(steps) and max(minutes) - min(minutes) >= _SPAN
