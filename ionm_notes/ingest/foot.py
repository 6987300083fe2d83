"""Where the left of two columns ends: a short heading of the text that runs across below them leaves the white free too."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

Span = tuple[float, float]
"""Top and bottom of a line or a table."""
_SAME = 1.0
"""Gaps that differ by no more than this, in points, are one."""


def foot_of_column(left: Iterable[Span], right: Iterable[Span], below: float) -> float:
    """Where the left column ends above `below`, the top of what runs across.

    Lines on the left under everything on the right are no part of the column where the white above them is wider than
    what parts them from the text across: they head it, and read as the column's end they would lose it.
    """
    column = _merged(left)
    end = max((bottom for _, bottom in right), default=float("inf"))
    first = next((at for at, (top, _) in enumerate(column) if top >= end - _SAME), len(column))
    if not 0 < first < len(column):
        return below
    tail = range(first, len(column))
    gaps = [column[at][0] - column[at - 1][1] for at in tail]
    widest = max(gaps)
    if widest <= below - column[-1][1] + _SAME:
        return below
    return next(column[at][0] for at in reversed(tail) if column[at][0] - column[at - 1][1] > widest - _SAME)


def _merged(spans: Iterable[Span]) -> Sequence[Span]:
    """Words that stand at one height as one line, from top to bottom."""
    lines: list[Span] = []
    for top, bottom in sorted(spans):
        if lines and top < (lines[-1][0] + lines[-1][1]) / 2:
            lines[-1] = (lines[-1][0], max(lines[-1][1], bottom))
        else:
            lines.append((top, bottom))
    return lines
