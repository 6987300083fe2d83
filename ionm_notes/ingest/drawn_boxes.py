"""Boxes drawn with signs in plain text, two or more side by side: each is read from top to bottom before the next one.

    +----------------+ +---------------------------+
    | Surgeon: I. Hu | | 13:18  Placing of the     |
    | Tech: M. Crane | |        electrodes begins  |
    +----------------+ +---------------------------+

Read line by line, every line of the one box would be mixed with a line of the other. A line that was broken only because its box
is narrow is given back whole; `SEAM` stands where its parts met, for what is shown as evidence must stand on the page.
Boxes that share a wall are a table, unless the lines of both sides say something by themselves: labels with values, clock times.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ionm_notes.ingest.evidence import SEAM
from ionm_notes.ingest.visual import leads_with_clock

_CORNER = "[+.,'`*┌┐└┘╔╗╚╝╭╮╰╯├┤┬┴┼╠╣╦╩╬]"
_EDGE = rf"{_CORNER}[-=_~*─━═]{{5,}}{_CORNER}"
_ROOF = re.compile(rf"\s*{_EDGE}(?:\s+{_EDGE})+\s*")
"""The upper or lower edge of boxes side by side."""
_SHARED = re.compile(rf"\s*{_CORNER}[-=_~─━═]{{5,}}[+┬┴╦╩┼][-=_~─━═]{{5,}}{_CORNER}\s*")
"""The same of two boxes with one wall between them."""
_WALL = re.compile(r"[|│┃║!¦]")
_WALLED = re.compile(rf"\s*{_WALL.pattern}(?P<inside>.*){_WALL.pattern}\s*")
_BETWEEN = re.compile(rf"(?<=\s){_WALL.pattern}\s{{1,4}}{_WALL.pattern}(?=\s)")
"""The right wall of one box and the left wall of the next."""
_SLIP = 3
"""Columns by which a wall may stand off its edge, where a letter of the line was lost or doubled."""
_LABELLED = re.compile(r"\s*[^\W\d_][^:=]{1,64}(?:[:?]|\s[=-])\s+\S")
_BEGINS = re.compile(r"\s*(?:[-•*·▪◦☐☒☑✓]|\(?\d{1,2}[.)]|\[[ xX✓]?\])\s")
"""What begins a point of a list."""
_SPEAKING = 0.6
"""The part of the lines of boxes with one wall between them that must each say something by itself."""


def unboxed(raw: Sequence[str]) -> tuple[list[str], frozenset[int]]:
    """The lines of a page, boxes side by side one after the other and each between empty lines; and which lines are of boxes."""
    if not any(_ROOF.fullmatch(line) or _SHARED.fullmatch(line) for line in raw):
        return list(raw), frozenset()
    out: list[str] = []
    apart: set[int] = set()
    index = 0
    while index < len(raw):
        boxes, after = _boxes(raw, index)
        for box in boxes:
            begin = len(out)
            out += ["", *_whole(box), ""]
            apart |= set(range(begin, len(out)))
        if not boxes:
            out.append(raw[index])
        index = after if boxes else index + 1
    return out, frozenset(apart)


def _boxes(raw: Sequence[str], index: int) -> tuple[list[list[str]], int]:
    """The lines of each box whose upper edge stands in a line, and the line behind their lower edges; none where none are."""
    walls = _walls(raw[index])
    end = next((n for n in range(index + 1, len(raw)) if _ROOF.fullmatch(raw[n]) or _SHARED.fullmatch(raw[n])), 0)
    if not walls or end <= index + 1:
        return [], index
    boxes: list[list[str]] = [[] for _ in walls]
    for line in raw[index + 1 : end]:
        parts = _parts(line, walls)
        if parts is None:
            return [], index
        for box, part in zip(boxes, parts, strict=True):
            box.append(part)
    if _SHARED.fullmatch(raw[index]) and not all(_speaks(box) for box in boxes):
        return [], index
    return boxes, end + 1 if _walls(raw[end]) == walls else end


def _walls(edge: str) -> list[tuple[int, int]]:
    """The columns of the left and the right wall of each box below an edge."""
    if _ROOF.fullmatch(edge):
        return [(match.start(), match.end() - 1) for match in re.finditer(_EDGE, edge)]
    if _SHARED.fullmatch(edge):
        corners = [match.start() for match in re.finditer(_CORNER, edge)]
        return [(corners[0], corners[1]), (corners[1], corners[2])] if len(corners) == 3 else []
    return []


def _parts(line: str, walls: Sequence[tuple[int, int]]) -> list[str] | None:
    """What stands between the walls of each box in a line; None where a wall is missing.

    Doubled blanks move walls away from their edge: where two walls side by side tell the boxes apart, no column is asked.
    """
    whole = _WALLED.fullmatch(line)
    told = _BETWEEN.split(whole["inside"]) if whole else []
    if len(told) == len(walls):
        return told
    parts = []
    for left, right in walls:
        low, high = _wall_at(line, left), _wall_at(line, right)
        if low is None or high is None or high <= low:
            return None
        parts.append(line[low + 1 : high])
    return parts


def _wall_at(line: str, column: int) -> int | None:
    near = [match.start() for match in _WALL.finditer(line) if abs(match.start() - column) <= _SLIP]
    return min(near, key=lambda at: abs(at - column), default=None)


def _speaks(box: Sequence[str]) -> bool:
    """Whether most lines of a box say something by themselves, and no table has them."""
    told = [line for line in _whole(box) if line.strip()]
    saying = sum(bool(_LABELLED.match(line)) or leads_with_clock(line.split()[:2]) for line in told)
    return len(told) > 2 and saying >= _SPEAKING * len(told)


def _whole(box: Sequence[str]) -> list[str]:
    """The lines of a box; those that its width broke are joined again."""
    width = max((len(line.strip()) for line in box), default=0)
    margin = min((len(line) - len(line.lstrip()) for line in box if line.strip()), default=0)
    hangs = any(line[margin : margin + 1] == " " and not _opens(line) for line in box)
    out: list[str] = []
    last = ""
    for line in box:
        text = line[margin:].rstrip()
        if out and last and _broken(last, text, width, hangs):
            out[-1] += SEAM + text.strip()
        else:
            out.append(text)
        last = text
    return out


def _broken(above: str, line: str, width: int, hangs: bool) -> bool:
    """Whether a line goes on with the one above, where its first word had no room: it hangs, or no other of the box does."""
    words = line.split()
    if not words or _opens(line) or len(above.rstrip()) + 1 + len(words[0]) <= width:
        return False
    return line[0] == " " if hangs else words[0][0].islower() or above.rstrip()[-1] not in ".:;!?"


def _opens(line: str) -> bool:
    """Whether a line begins a statement of its own: a label with its value, an entry of a log, a point of a list."""
    return bool(_BEGINS.match(line) or _LABELLED.match(line)) or leads_with_clock(line.split()[:2])
