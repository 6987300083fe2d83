"""Logs whose times stand behind the words: 'in room 0730' over 'electrodes 0738-0759' over 'interbody 0940, no change'.

Written small and without a mark, such lines would be taken for one sentence; here each is made an entry of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from ionm_notes.read.message_heads import Exchange
from ionm_notes.types import Line

_TIME = r"(?:[01]?\d|2[0-3])(?:[:.h][0-5]\d|(?<=\d\d)[0-5]\d)(?::[0-5]\d)?\s?(?:[ap]\.?m\.?|hrs?|h|[ap])?"
_ENTRY = re.compile(
    rf"\s*(?:[-•*]\s)?(?P<words>[a-z][a-z /&'’+()<>-]{{1,44}}?)[\s,:@.–-]+(?P<stamp>{_TIME})(?P<until>\s?(?:[-–—]|to|until|till)\s?{_TIME})?(?:[,;(–-]\s?.*|\s+\(.*|\.?)",
    re.I,
)
_GOES_ON = re.compile(
    r"\b(?:and|until|till|to|from|between|by|since|was|were|the|of|a|an|in|with|for|before|after|about|around|we|it|i|then|which|that)$",
    re.I,
)
"""Words before a time in a sentence that was broken there."""
_COMES = re.compile(r"(?:back\s+)?(?:on|off|in|out)(?:\s+again)?", re.I)
_FEWEST = 4
_PART_SMALL = 0.5


def with_times_behind(exchange: Exchange) -> Exchange:
    """The lines, those of such a log as rows, with the places at which their times begin."""
    small = [line.text for line in exchange.lines if line.kind == "text" and "a" <= line.text[:1] <= "z"]
    if len([text for text in small if _ENTRY.fullmatch(text)]) < _PART_SMALL * _FEWEST:
        return exchange
    lines, stamps = list(exchange.lines), set(exchange.stamps)
    for run in _runs(exchange.lines):
        for index, entry in run:
            lines[index] = replace(lines[index], kind="row")
            stamps.add((index, entry.start("stamp")))
    return replace(exchange, lines=tuple(lines), stamps=frozenset(stamps)) if len(stamps) > len(exchange.stamps) else exchange


def _runs(lines: tuple[Line, ...]) -> Iterator[list[tuple[int, re.Match[str]]]]:
    """Lines one below the other that are such entries, most of them written small, their times in order."""
    run: list[tuple[int, re.Match[str]]] = []
    for index, line in enumerate((*lines, None)):
        entry = _entry(line) if line is not None else None
        if entry is not None:
            run.append((index, entry))
            continue
        if len(run) >= _FEWEST and _small(run) and _points(run) and _rises(run) and not _of_a_person(run):
            yield run
        run = []


def _entry(line: Line) -> re.Match[str] | None:
    if line.kind != "text" or len(line.cells) > 1 or not line.text[-1:].strip():
        return None
    entry = _ENTRY.fullmatch(line.text)
    return entry if entry is not None and not _GOES_ON.search(entry["words"].strip()) else None


def _small(run: list[tuple[int, re.Match[str]]]) -> bool:
    small = [index for index, entry in run if entry["words"][:1].islower()]
    return len(small) >= _PART_SMALL * len(run)


def _of_a_person(run: list[tuple[int, re.Match[str]]]) -> bool:
    """Whether they are somebody's own comings and goings, of which a log would say whose: 'on 08:00' over 'off 09:30'."""
    return sum(_COMES.fullmatch(entry["words"].strip()) is not None for _, entry in run) > _PART_SMALL * len(run)


def _points(run: list[tuple[int, re.Match[str]]]) -> bool:
    """Whether most entries have one time: a list of intervals by name, 'baselines 0738 to 0755', is none of entries."""
    return sum(entry["until"] is None for _, entry in run) > _PART_SMALL * len(run)


def _rises(run: list[tuple[int, re.Match[str]]]) -> bool:
    minutes = [_minute(entry["stamp"]) for _, entry in run]
    back = sum(later < earlier for earlier, later in pairwise(minutes))
    return back <= 1


def _minute(stamp: str) -> int:
    figures = re.findall(r"\d+", stamp)
    if len(figures) == 1:
        figures = [figures[0][:-2], figures[0][-2:]]
    return int(figures[0]) * 60 + int(figures[1])
