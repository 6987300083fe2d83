"""Logs within a report whose cells a mark parts: '07:55;Surveillance on', 'set-up ; 07:05 ; 07:32', '07:44,DO,Baselines'.

A whole page of such lines is an export (`records/`); here are a few of them one below the other, with clock times in one column.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ionm_notes.ingest.records.roles import Shown

_FEWEST = 4
"""So many lines one below the other show that the mark parts cells."""
_TIME = re.compile(
    r"(?:\d{4}-\d\d-\d\d[T ]|\d{1,2}[/.]\d{1,2}[/.]\d{2,4} )?"
    r"(?:[01]?\d|2[0-3])[:.h][0-5]\d(?::[0-5]\d)?\s?(?:[ap]\.?m?\.?|hrs?|h)?"
    r"|(?:[01]\d|2[0-3])[0-5]\d",
    re.I,
)
_HEAD = re.compile(r"[A-Za-z][\w ()/#.-]{0,30}")
_MARKS = {mark: re.compile(rf"\s*{mark}\s*") for mark in (";", ",", r"\|")}
_LONGEST = 200


def delimited(lines: Sequence[str]) -> dict[int, Shown]:
    """The cells of each line of such a log, by its index."""
    found: dict[int, Shown] = {}
    for mark in _MARKS.values():
        for run in _runs(lines, mark):
            if not found.keys() & set(run):
                found |= _parted(lines, run, mark)
    return found


def _runs(lines: Sequence[str], mark: re.Pattern[str]) -> Iterator[range]:
    """Stretches of lines that hold a mark."""
    begin = None
    for index in range(len(lines) + 1):
        held = index < len(lines) and len(lines[index]) < _LONGEST and mark.search(lines[index].strip()) is not None
        if held and begin is None:
            begin = index
        elif not held and begin is not None:
            if index - begin >= _FEWEST:
                yield range(begin, index)
            begin = None


def _parted(lines: Sequence[str], run: range, mark: re.Pattern[str]) -> dict[int, Shown]:
    """The lines of a stretch cut at their marks, from the first with a time on; nothing where few have one in the same column.

    Marks beyond those that every line has are part of the words: '07:58,Monitoring on, all fine'.
    """
    cells = {n: mark.split(lines[n].strip()) for n in run}
    for column in range(3):
        timed = [n for n in run if column < len(cells[n]) and _TIME.fullmatch(cells[n][column])]
        if len(timed) < _FEWEST or timed != list(range(timed[0], timed[-1] + 1)):
            continue
        width = min(len(cells[n]) for n in timed)
        if width <= column or any(len(cells[n]) == 1 for n in timed):
            continue
        head = timed[0] - 1
        named = head in run and len(cells[head]) == width and all(_HEAD.fullmatch(cell) for cell in cells[head])
        return {n: _shown(lines[n], mark, width) for n in ([head] if named else []) + timed}
    return {}


def _shown(line: str, mark: re.Pattern[str], width: int) -> Shown:
    text = line.strip()
    gaps = tuple(match.group() for match in list(mark.finditer(text))[: width - 1])
    cells = tuple(mark.split(text, maxsplit=width - 1))
    return Shown(cells, cells, gaps, prose=False)
