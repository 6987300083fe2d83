"""Reports set as an outline: a letter or number in the margin, and beside it a section of several lines.

The rules drawn between the sections make such a page look like a table of two columns; read as one, a whole section would be
a single cell. Here each section is given back its own lines.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ionm_notes.ingest.aligned import align
from ionm_notes.ingest.placed import Draft
from ionm_notes.ingest.visual import visual_lines

_MARK = re.compile(r"\(?(?P<mark>[A-Z]|\d{1,2}|[IVX]{1,4})[.):]?")
_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
_FEWEST = 3
"""Sections below which letters in the margin are no outline."""
_PROSE = 0.5
"""The part of the sections that must run over several lines; a numbered table has one line a row."""


def open_outline(drafts: Sequence[Draft]) -> list[Draft]:
    """The drafts, with the sections of an outline as lines of their own instead of rows of two cells."""
    out: list[Draft] = []
    index = 0
    while index < len(drafts):
        run = _run(drafts, index)
        tall = sum(len(visual_lines(draft.cells[1])) > 1 for draft in run)
        if len(run) < _FEWEST or tall < _PROSE * len(run):
            out.append(drafts[index])
            index += 1
            continue
        for draft in run:
            out.append(Draft([draft.cells[0]]))
            out += align(visual_lines(draft.cells[1]))
        index += len(run)
    return out


def _run(drafts: Sequence[Draft], start: int) -> list[Draft]:
    """Drafts of two cells from `start` on whose first cells count on: A, B, C or 1, 2, 3 or I, II, III."""
    for order in (_letter, _number, _roman):
        last: int | None = None
        run: list[Draft] = []
        for draft in drafts[start:]:
            place = order(draft) if len(draft.cells) == 2 else None
            if place is None or (last is not None and place != last + 1):
                break
            run.append(draft)
            last = place
        if len(run) >= _FEWEST:
            return run
    return []


def _mark(draft: Draft) -> str:
    found = _MARK.fullmatch(draft.cells[0][0].text) if len(draft.cells[0]) == 1 else None
    return found["mark"] if found else ""


def _letter(draft: Draft) -> int | None:
    mark = _mark(draft)
    return ord(mark) if len(mark) == 1 and mark.isalpha() else None


def _number(draft: Draft) -> int | None:
    mark = _mark(draft)
    return int(mark) if mark.isdecimal() else None


def _roman(draft: Draft) -> int | None:
    mark = _mark(draft)
    return _ROMAN.index(mark) if mark in _ROMAN else None
