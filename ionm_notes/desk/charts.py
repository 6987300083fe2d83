"""Charts as shapes, which `templates/chart.html` lays out as SVG: Pareto (columns and running share) and trend. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT = 640, 250
LEFT, RIGHT, TOP, BOTTOM = 84, 40, 14, 84
MOST_COLUMNS = 15
_MOST_MONTHS = 36


@dataclass(frozen=True, slots=True)
class Column:
    """One column with its name below (where there is room for it), its height and its words."""

    x: float
    y: float
    width: float
    height: float
    label: str
    words: str


@dataclass(frozen=True, slots=True)
class Chart:
    """Columns by the left scale, and a curve by the right one; ticks as (place, words)."""

    title: str
    columns: tuple[Column, ...]
    curve: tuple[tuple[float, float], ...]
    left: tuple[tuple[float, str], ...]
    right: tuple[tuple[float, str], ...]
    words: str


def pareto(title: str, counts: Sequence[tuple[str, int]]) -> Chart | None:
    """The commonest first, with the share of all that they reach together; None where there is nothing."""
    total = sum(count for _, count in counts)
    if not total:
        return None
    shown, shares, running = counts[:MOST_COLUMNS], [], 0
    for _, count in shown:
        running += count
        shares.append(running / total)
    words = [f"{name}: {count:,}, together {share:.0%}" for (name, count), share in zip(shown, shares, strict=True)]
    percent = tuple((_y(share), f"{share:.0%}") for share in (0.0, 0.25, 0.5, 0.75, 1.0))
    return _chart(title, [name for name, _ in shown], [float(count) for _, count in shown], shares, percent, words)


def trend(title: str, months: Sequence[tuple[str, int, int]]) -> Chart | None:
    """By month: documents as columns, open gaps a document as a curve. `months` as (month, documents, gaps)."""
    shown = months[-_MOST_MONTHS:]
    if not shown:
        return None
    rates = [gaps / documents for _, documents, gaps in shown]
    top = _nice(max(rates) or 1.0)
    right = tuple((_y(part / 4), f"{top * part / 4:.2g}") for part in range(5))
    words = [
        f"{month}: {documents:,} documents, {rate:.1f} open gaps each"
        for (month, documents, _), rate in zip(shown, rates, strict=True)
    ]
    return _chart(
        title, [month for month, _, _ in shown], [float(d) for _, d, _ in shown], [rate / top for rate in rates], right, words
    )


def _chart(
    title: str,
    names: Sequence[str],
    values: Sequence[float],
    shares: Sequence[float],
    right: tuple[tuple[float, str], ...],
    words: Sequence[str],
) -> Chart:
    top = _nice(max(values))
    room = (WIDTH - LEFT - RIGHT) / len(names)
    columns, curve = [], []
    every = max(1, round(16 / room))
    for number, (name, value, share) in enumerate(zip(names, values, shares, strict=True)):
        x, y = LEFT + number * room, _y(value / top)
        label = name if number % every == 0 else ""
        columns.append(
            Column(round(x + room * 0.15, 1), y, round(room * 0.7, 1), round(HEIGHT - BOTTOM - y, 1), label[:22], words[number])
        )
        curve.append((round(x + room / 2, 1), _y(share)))
    left = tuple((_y(part / 4), f"{top * part / 4:,.0f}") for part in range(5) if top >= 4 or part in (0, 4))
    return Chart(title, tuple(columns), tuple(curve), left, right, ". ".join(words))


def _y(share: float) -> float:
    return round(TOP + (1 - share) * (HEIGHT - TOP - BOTTOM), 1)


def _nice(value: float) -> float:
    """The next round number: 1, 2, 4, 5 or 8 times a power of ten."""
    power = 10.0 ** len(str(int(value))) / 10
    return next(step * power for step in (1, 2, 4, 5, 8, 10) if step * power >= value)
