"""Tables from drawn edges: which edges belong together, where the cells are, which of them are merged.

Edges that touch form one table. A cell is bounded by the edges that are really there; where one is missing, the cells
on both sides are one merged cell.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from ionm_notes.ingest.edges import Edge, Edges
from ionm_notes.ingest.placed import PlacedWord

TOUCH = 3.0
"""Edges nearer than this (points) touch; programs that print tables leave gaps of a line's width."""
SAME = 2.0
"""Edges at positions nearer than this (points) are one line drawn twice, as by the sides of two neighboring cells."""
STRIPE_GAP = 2.5
"""The white between two stripes of one table is at most this many stripes high: a row between them may wrap."""
MOST_EDGES = 1500
"""More edges than this after joining are a picture or a graph, not tables."""


@dataclass(frozen=True, slots=True)
class Grid:
    """One table: `xs` and `ys` are the positions of its lines; `cell` maps (row, column) to a merged cell's number."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    cell: dict[tuple[int, int], int]

    @property
    def box(self) -> tuple[float, float, float, float]:
        """Outer box (x0, top, x1, bottom)."""
        return (self.xs[0], self.ys[0], self.xs[-1], self.ys[-1])

    @property
    def area(self) -> float:
        """Area in square points."""
        x0, top, x1, bottom = self.box
        return (x1 - x0) * (bottom - top)

    @property
    def columns(self) -> int:
        """Most cells that any row has side by side."""
        rows = range(len(self.ys) - 1)
        return max(len({self.cell[row, column] for column in range(len(self.xs) - 1)}) for row in rows)

    def holds(self, x: float, y: float) -> bool:
        """Whether a point lies inside."""
        return self.xs[0] <= x <= self.xs[-1] and self.ys[0] <= y <= self.ys[-1]

    def place(self, x: float, y: float) -> tuple[int, int]:
        """Row and column of a point inside."""
        # Bounded search: it is asked for every word of every table.
        return bisect_right(self.ys, y, 1, len(self.ys) - 1) - 1, bisect_right(self.xs, x, 1, len(self.xs) - 1) - 1

    def cell_at(self, word: PlacedWord) -> int:
        """Number of the merged cell that holds the middle of a word."""
        x0, top, x1, bottom, _, _ = word
        return self.cell[self.place((x0 + x1) / 2, (top + bottom) / 2)]


def find_grids(edges: Edges) -> list[Grid]:
    """All tables and frames, smallest first; horizontal lines alone at equal reach form one with a single column."""
    across, down = _joined(edges.across), _joined(edges.down)
    if len(across) + len(down) > MOST_EDGES or len(across) < 2:
        return []
    owner = _components(across, down)
    grids = []
    for members in owner:
        rows = [across[i] for i in members if i < len(across)]
        columns = [down[i - len(across)] for i in members if i >= len(across)]
        grid = _grid(rows, columns)
        if grid is not None:
            grids.append(grid)
    loose = [across[members[0]] for members in owner if len(members) == 1 and members[0] < len(across)]
    return sorted([*_striped(grids), *_banded(loose)], key=lambda grid: grid.area)


def _joined(edges: Sequence[Edge]) -> list[Edge]:
    """Edges on one line whose ends meet, joined."""
    out: list[Edge] = []
    group: list[Edge] = []
    for edge in [*sorted(edges), None]:
        if edge is not None and group and edge.at - group[0].at <= SAME:
            group.append(edge)
            continue
        if group:
            at = sum(e.at for e in group) / len(group)
            reach: list[list[float]] = []
            for member in sorted(group, key=lambda e: e.low):
                if reach and member.low <= reach[-1][1] + TOUCH:
                    reach[-1][1] = max(reach[-1][1], member.high)
                else:
                    reach.append([member.low, member.high])
            out += [Edge(at, low, high) for low, high in reach]
        group = [edge] if edge is not None else []
    return sorted(out)


def _components(across: Sequence[Edge], down: Sequence[Edge]) -> list[list[int]]:
    """Groups of edges that touch; members count through `across` and then `down`."""
    parent = list(range(len(across) + len(down)))

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    positions = [edge.at for edge in down]
    for i, row in enumerate(across):
        for j in range(bisect_left(positions, row.low - TOUCH), bisect_right(positions, row.high + TOUCH)):
            if down[j].low - TOUCH <= row.at <= down[j].high + TOUCH:
                parent[root(i)] = root(len(across) + j)
    groups: dict[int, list[int]] = {}
    for i in range(len(parent)):
        groups.setdefault(root(i), []).append(i)
    return list(groups.values())


def _positions(values: Sequence[float]) -> list[float]:
    out: list[float] = []
    for value in sorted(values):
        if not out or value - out[-1] > 2 * SAME:
            out.append(value)
    return out


def _grid(rows: Sequence[Edge], columns: Sequence[Edge]) -> Grid | None:
    """The table of one group of edges, None where they enclose nothing."""
    if not rows or not columns:
        return None
    # A table may lack its outer sides: the reach of the other edges tells where they would be.
    xs = _positions([e.at for e in columns] + [min(e.low for e in rows), max(e.high for e in rows)])
    ys = _positions([e.at for e in rows] + [min(e.low for e in columns), max(e.high for e in columns)])
    if len(xs) < 2 or len(ys) < 2:
        return None
    return Grid(tuple(xs), tuple(ys), _merged(xs, ys, rows, columns))


def _merged(xs: list[float], ys: list[float], rows: Sequence[Edge], columns: Sequence[Edge]) -> dict[tuple[int, int], int]:
    """Number of the merged cell of each elementary cell: cells with no edge between them share one."""
    width, height = len(xs) - 1, len(ys) - 1
    parent = list(range(width * height))

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    walls = [_reaches(columns, at) for at in xs]
    floors = [_reaches(rows, at) for at in ys]
    for row in range(height):
        middle = (ys[row] + ys[row + 1]) / 2
        for column in range(width):
            here = row * width + column
            if column + 1 < width and not _covers(walls[column + 1], middle):
                parent[root(here)] = root(here + 1)
            if row + 1 < height and not _covers(floors[row + 1], (xs[column] + xs[column + 1]) / 2):
                parent[root(here)] = root(here + width)
    return {(row, column): root(row * width + column) for row in range(height) for column in range(width)}


def _reaches(edges: Sequence[Edge], at: float) -> list[tuple[float, float]]:
    """From where to where there are edges at this position."""
    return [(edge.low - 1, edge.high + 1) for edge in edges if abs(edge.at - at) <= 2 * SAME]


def _covers(reaches: Sequence[tuple[float, float]], point: float) -> bool:
    return any(low <= point <= high for low, high in reaches)


def _striped(grids: Sequence[Grid]) -> list[Grid]:
    """Grids, with single boxes of equal reach one below the other taken together: every other row of a table, shaded."""
    single = sorted((g for g in grids if len(g.xs) == 2 and len(g.ys) == 2), key=lambda grid: grid.ys)
    out = [grid for grid in grids if grid not in single]
    while single:
        stack = [single.pop(0)]
        for grid in list(single):
            last = stack[-1]
            tallest = max(last.ys[1] - last.ys[0], grid.ys[1] - grid.ys[0])
            same = abs(grid.xs[0] - last.xs[0]) <= TOUCH and abs(grid.xs[1] - last.xs[1]) <= TOUCH
            if same and -SAME <= grid.ys[0] - last.ys[1] <= STRIPE_GAP * tallest:
                stack.append(grid)
                single.remove(grid)
        ys = _positions([y for grid in stack for y in grid.ys])
        out.append(stack[0] if len(stack) == 1 else Grid(stack[0].xs, tuple(ys), {(row, 0): row for row in range(len(ys) - 1)}))
    return out


def _banded(loose: Sequence[Edge]) -> list[Grid]:
    """Three or more horizontal lines of equal reach with nothing vertical: bands that may be rows."""
    grids = []
    rest = list(loose)
    while rest:
        first = rest[0]
        same = [e for e in rest if abs(e.low - first.low) <= TOUCH and abs(e.high - first.high) <= TOUCH]
        rest = [e for e in rest if e not in same]
        ys = _positions([e.at for e in same])
        if len(ys) >= 3:
            xs = (first.low, first.high)
            grids.append(Grid(xs, tuple(ys), {(row, 0): row for row in range(len(ys) - 1)}))
    return grids
