"""The parts of a statement between full stops and semicolons."""

from __future__ import annotations

import re
from collections.abc import Iterator

_BREAK = re.compile(r"[.;\n](?=\s|$)\s*|$")


def parts_of(text: str) -> Iterator[tuple[int, int]]:
    """Where each part begins and ends, in order, without the marks between them."""
    low = 0
    for mark in _BREAK.finditer(text):
        if mark.start() > low:
            yield low, mark.start()
        low = mark.end()


def part_with(text: str, start: int, end: int) -> str:
    """The words from the beginning of the part in which `start` lies to the end of the part in which `end` lies."""
    low = max((first for first, _ in parts_of(text) if first <= start), default=0)
    return text[low : min((last for _, last in parts_of(text) if last >= end), default=len(text))]
