"""Words with boxes to lines in reading order: ruled tables row by row, aligned logs, columns of prose, paragraphs.

A ruled row is one Line whatever wraps inside its cells; a row led by a clock time takes in the lines that wrap under
its comment. Elsewhere a clear gap parts a line into cells.
"""

from __future__ import annotations

import bisect
import re
import statistics
from dataclasses import dataclass

from ionm_notes.types import Line, LineKind, Word


@dataclass(frozen=True, slots=True)
class Box:
    """A word of a page with its box in points from the page's top left."""

    x0: float
    top: float
    x1: float
    bottom: float
    text: str

    @property
    def middle(self) -> float:
        """Vertical middle."""
        return (self.top + self.bottom) / 2

    @property
    def centre(self) -> float:
        """Horizontal middle."""
        return (self.x0 + self.x1) / 2


@dataclass(frozen=True, slots=True)
class Rule:
    """A ruling: `way` 'h' or 'v', its position, and where it begins and ends."""

    way: str
    at: float
    low: float
    high: float


@dataclass(slots=True)
class Row:
    """A line in the making: cells of words, kind, and its vertical extent."""

    cells: list[list[Box]]
    kind: LineKind
    top: float
    bottom: float
    block: int = 0

    @property
    def text(self) -> str:
        """Words joined by spaces, cells by tabs."""
        return "\t".join(" ".join(w.text for w in cell) for cell in self.cells)


_CLOCK = re.compile(r"^[\[(]?(?:[01]?\d|2[0-3])(?:[:.][0-5]\d(?:[:.][0-5]\d)?|[0-5]\d)(?:\s*[ap]\.?m\.?|\s*h(?:rs?)?)?[\])]?(?=\s|$|[-–—|,\t])", re.I)


def page_lines(number: int, words: list[Box], rules: list[Rule]) -> tuple[Line, ...]:
    """Lines of one page in reading order."""
    if not words:
        return ()
    tables = [t for t in _tables(rules) if t.worth(words)]
    rows: list[Row] = []
    free = words
    for table in tables:
        inside = [w for w in free if table.holds(w)]
        if not inside:
            continue
        table_rows = table.rows(inside)
        if table_rows is None:
            continue
        taken = {id(w) for w in inside}
        free = [w for w in free if id(w) not in taken]
        rows += table_rows
    for column in _prose_columns(_physical(free)):
        rows += column
    ordered = _without_line_numbers(_order(rows))
    joined = _join_wrapped(ordered)
    _number_blocks(joined)
    return tuple(_line(number, row) for row in joined)


def _order(rows: list[Row]) -> list[Row]:
    """Rows from top to bottom, but rows of a prose column stay together (they carry a block below zero)."""
    out: list[Row] = []
    groups: dict[int, list[Row]] = {}
    for row in rows:
        if row.block < 0:
            groups.setdefault(row.block, []).append(row)
    plain = sorted((r for r in rows if r.block >= 0), key=lambda r: (round(r.top, 1), r.cells[0][0].x0 if r.cells and r.cells[0] else 0))
    tops = {key: min(r.top for r in group) for key, group in groups.items()}
    pair_tops = {key: min(tops[k] for k in tops if k // 2 == key // 2) if tops else 0 for key in groups}
    pending = sorted(groups, key=lambda k: (pair_tops[k], -k))
    for row in plain:
        while pending and pair_tops[pending[0]] < row.top:
            out += groups[pending.pop(0)]
        out.append(row)
    for key in pending:
        out += groups[key]
    return out


def _without_line_numbers(rows: list[Row]) -> list[Row]:
    """Drop the numbers of a page whose lines are numbered 1, 2, 3 ... in the margin."""
    firsts = [row.cells[0][0].text if row.cells and row.cells[0] else "" for row in rows]
    numbered = [i for i, text in enumerate(firsts) if text.isdigit() and len(text) <= 3]
    steps = sum(int(firsts[b]) - int(firsts[a]) == 1 for a, b in zip(numbered, numbered[1:], strict=False))
    if len(rows) < 8 or len(numbered) < 0.8 * len(rows) or steps < 0.9 * (len(numbered) - 1):
        return rows
    for i in numbered:
        row = rows[i]
        rest = [row.cells[0][1:], *row.cells[1:]]
        row.cells = [cell for cell in rest if cell] or row.cells
    return rows


# --- lines by geometry -----------------------------------------------------------------------------------------------


def _physical(words: list[Box]) -> list[Row]:
    """Lines of words by their vertical middles, parted into cells at clear gaps."""
    rows: list[list[Box]] = []
    for word in sorted(words, key=lambda w: (w.middle, w.x0)):
        if rows:
            last = rows[-1]
            reach = 0.5 * min(statistics.median(w.bottom - w.top for w in last[-6:]), word.bottom - word.top) if last else 0
            if abs(word.middle - statistics.median(w.middle for w in last[-6:])) <= max(reach, 1.5):
                last.append(word)
                continue
        rows.append([word])
    out = []
    for row in rows:
        row.sort(key=lambda w: w.x0)
        cells = _split(row)
        out.append(Row(cells, "text", min(w.top for w in row), max(w.bottom for w in row)))
    return out


def _split(row: list[Box]) -> list[list[Box]]:
    height = statistics.median(w.bottom - w.top for w in row)
    cells = [[row[0]]]
    for word in row[1:]:
        if word.x0 - cells[-1][-1].x1 > 0.95 * height:
            cells.append([word])
        else:
            cells[-1].append(word)
    return cells


def _prose_columns(rows: list[Row]) -> list[list[Row]]:
    """Runs of lines whose two cells are columns of prose, read one column after the other; all else as it stands."""
    out: list[list[Row]] = []
    index, key = 0, -2
    while index < len(rows):
        stop = index
        while stop < len(rows) and _two_prose_cells(rows[stop], rows[index]):
            stop += 1
        run = rows[index:stop]
        if len(run) >= 7 and _is_prose(run):
            left, right = [], []
            for row in run:
                gutter = _gutter(run)
                for cell in row.cells:
                    side = left if cell[0].x0 < gutter else right
                    side.append(Row([cell], "text", min(w.top for w in cell), max(w.bottom for w in cell)))
            for row in left:
                row.block = key + 1
            for row in right:
                row.block = key
            out.append(left + right)
            key -= 2
            index = stop
        else:
            out.append([rows[index]])
            index += 1
    return out


def _gutter(run: list[Row]) -> float:
    return min(r.cells[1][0].x0 for r in run if len(r.cells) == 2) - 2


def _two_prose_cells(row: Row, first: Row) -> bool:
    if len(first.cells) != 2 or len(row.cells) > 2:
        return False
    start = first.cells[1][0].x0
    if len(row.cells) == 2:
        return abs(row.cells[1][0].x0 - start) < 4 and row.cells[0][-1].x1 < start
    only = row.cells[0]
    return only[-1].x1 < start or abs(only[0].x0 - start) < 4


def _is_prose(run: list[Row]) -> bool:
    both = [r for r in run if len(r.cells) == 2]
    if len(both) < 0.6 * len(run):
        return False
    left = [" ".join(w.text for w in r.cells[0]) for r in both]
    right = [" ".join(w.text for w in r.cells[1]) for r in both]
    if statistics.median(map(len, left)) < 28 or statistics.median(map(len, right)) < 28:
        return False
    labelled = sum(bool(re.match(r"[^:]{2,24}:\s", t)) for t in left + right)
    timed = sum(bool(_CLOCK.match(t)) for t in left)
    return labelled < 0.25 * len(left + right) and timed < 0.2 * len(left)


# --- wrapped rows ----------------------------------------------------------------------------------------------------


def _join_wrapped(rows: list[Row]) -> list[Row]:
    """Rows led by a clock take in the lines that wrap under their comment."""
    out: list[Row] = []
    for row in rows:
        if row.kind == "text" and _CLOCK.match(row.text) and not (out and _goes_on(out[-1], row)):
            row.kind = "row"
        elif row.kind == "text" and out and _wraps(out[-1], row):
            _absorb(out[-1], row)
            continue
        elif row.kind == "text" and out and _tail_of_cell(out[-1], row):
            _absorb(out[-1], row)
            continue
        out.append(row)
    return out


def _tail_of_cell(previous: Row, row: Row) -> bool:
    """A short line under the right-hand cell of a two-column header, where that cell's value wraps."""
    if previous.kind != "text" or len(previous.cells) < 2 or len(row.cells) != 1 or row.block < 0:
        return False
    text, start = row.text, row.cells[0][0].x0
    above = previous.cells[-1]
    close = row.top - previous.bottom < 0.5 * (row.bottom - row.top)
    return close and len(text) < 44 and ":" not in text and abs(start - above[0].x0) < 3 and previous.cells[0][0].x0 < start - 60


def _goes_on(previous: Row, row: Row) -> bool:
    """A line of prose that happens to begin with a clock time."""
    text = previous.text
    return previous.kind == "text" and len(previous.cells) == 1 and len(text) > 60 and text[-1] not in ".:;" and abs(previous.cells[0][0].x0 - row.cells[0][0].x0) < 3


def _wraps(previous: Row, row: Row) -> bool:
    if previous.kind != "row" or not _CLOCK.match(previous.text) or row.block < 0:
        return False
    height = row.bottom - row.top
    if row.top - previous.bottom > 0.6 * height or row.top < previous.top:
        return False
    start = row.cells[0][0].x0
    lead = previous.cells[0]
    first_cell_end = lead[0].x1 if len(lead) > 1 else lead[-1].x1
    if abs(start - lead[0].x0) < 3 and len(previous.cells) == 1 and previous.cells[0][-1].x1 - lead[0].x0 > 300 and len(row.text) < 90:
        return not re.match(r"[A-Z][A-Za-z ]{2,30}(?::|\s\(|\.\s)|[A-Z]{4}", row.text)
    if start <= first_cell_end + 1:
        return False
    if len(previous.cells) > 1:
        return any(abs(start - cell[0].x0) < 5 for cell in previous.cells[1:]) or start > previous.cells[1][0].x0
    return len(lead) > 1 and start >= lead[1].x0 - 5


def _absorb(row: Row, more: Row) -> None:
    for cell in more.cells:
        start = cell[0].x0
        best = max((i for i, known in enumerate(row.cells) if known[0].x0 <= start + 5), default=len(row.cells) - 1)
        row.cells[best].extend(cell)
    row.bottom = max(row.bottom, more.bottom)


# --- ruled tables ----------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class Table:
    """Rulings that hang together."""

    horizontal: list[Rule]
    vertical: list[Rule]

    def edges(self) -> tuple[float, float, float, float]:
        """Left, top, right and bottom."""
        xs = [v.at for v in self.vertical] + [p for h in self.horizontal for p in (h.low, h.high)]
        ys = [h.at for h in self.horizontal] + [p for v in self.vertical for p in (v.low, v.high)]
        return min(xs), min(ys), max(xs), max(ys)

    def worth(self, words: list[Box]) -> bool:
        """Whether it has rows and columns at all."""
        del words
        return len(_merge([h.at for h in self.horizontal])) >= 2 and len(_merge([v.at for v in self.vertical])) >= 3

    def holds(self, word: Box) -> bool:
        """Whether a word's middle lies inside."""
        left, top, right, bottom = self.edges()
        return left - 1 <= word.centre <= right + 1 and top - 1 <= word.middle <= bottom + 1

    def rows(self, words: list[Box]) -> list[Row] | None:
        """One Row for each band between horizontal rulings; None where the grid fails its own checks."""
        ys = _merge([h.at for h in self.horizontal])
        bands: dict[int, list[Box]] = {}
        for word in words:
            index = bisect.bisect(ys, word.middle) - 1
            bands.setdefault(max(0, min(index, len(ys) - 2)), []).append(word)
        out: list[Row] = []
        for index in sorted(bands):
            band = bands[index]
            low, high = ys[index], ys[index + 1]
            middle = statistics.median(w.middle for w in band)
            xs = _merge([v.at for v in self.vertical if v.low - 2 <= middle <= v.high + 2 and v.high - v.low > 0.4 * (high - low)])
            out += _band_rows(band, xs)
        return out


def _band_rows(band: list[Box], xs: list[float]) -> list[Row]:
    """The row of one band; a band that holds several timed lines or one column of prose is read line by line."""
    lines = _physical(band)
    inner = [x for x in xs if min(w.x0 for w in band) + 2 < x < max(w.x1 for w in band) + 60]
    if not inner:
        return lines
    cells: dict[int, list[Box]] = {}
    for word in band:
        cells.setdefault(bisect.bisect(xs, word.centre), []).append(word)
    timed = sum(bool(_CLOCK.match(line.text)) for line in lines)
    if len(lines) > 1 and timed > 1:
        return [_column_line(line, xs) for line in lines]
    if len(cells) == 1:
        return lines
    if len(lines) > 5 and statistics.median(len(cell) for cell in cells.values()) > 14:
        out = []
        for key in sorted(cells):
            out += _physical(cells[key])
        return out
    ordered = []
    keys = range(min(cells), max(cells) + 1)
    for key in keys:
        ordered.append([w for row in _physical(cells[key]) for cell in row.cells for w in cell] if key in cells else [])
    return [Row(ordered, "row", min(w.top for w in band), max(w.bottom for w in band))]


def _column_line(line: Row, xs: list[float]) -> Row:
    cells: dict[int, list[Box]] = {}
    for cell in line.cells:
        for word in cell:
            cells.setdefault(bisect.bisect(xs, word.centre), []).append(word)
    return Row([cells[k] for k in sorted(cells)], "text", line.top, line.bottom)


def _merge(values: list[float]) -> list[float]:
    out: list[float] = []
    for value in sorted(values):
        if not out or value - out[-1] > 2.5:
            out.append(value)
    return out


def _tables(rules: list[Rule]) -> list[Table]:
    """Rulings joined where they touch."""
    if len(rules) < 4:
        return []
    parent = list(range(len(rules)))

    def find(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    horizontal = sorted((r.at, i) for i, r in enumerate(rules) if r.way == "h")
    places = [at for at, _ in horizontal]
    for i, rule in enumerate(rules):
        if rule.way != "v":
            continue
        for _, j in horizontal[bisect.bisect_left(places, rule.low - 3) : bisect.bisect_right(places, rule.high + 3)]:
            if rules[j].low - 3 <= rule.at <= rules[j].high + 3:
                parent[find(i)] = find(j)
    groups: dict[int, Table] = {}
    for i, rule in enumerate(rules):
        table = groups.setdefault(find(i), Table([], []))
        (table.horizontal if rule.way == "h" else table.vertical).append(rule)
    return sorted((t for t in groups.values() if t.horizontal and t.vertical), key=lambda t: (t.edges()[1], t.edges()[0]))


# --- blocks ----------------------------------------------------------------------------------------------------------


def _number_blocks(rows: list[Row]) -> None:
    """Number paragraphs: a wider gap, a change of letter size, a heading or a table begins a new one."""
    block = 0
    pitches = [b.top - a.top for a, b in zip(rows, rows[1:], strict=False) if 0 < b.top - a.top < 40]
    usual = statistics.median(pitches) if pitches else 14.0
    previous: Row | None = None
    for row in rows:
        if previous is not None:
            size, last = row.bottom - row.top, previous.bottom - previous.top
            single = previous.kind == row.kind == "text"
            gap = row.top - previous.top
            if row.kind != previous.kind or gap > 1.35 * usual or gap < 0 or (single and (size > 1.22 * last or last > 1.22 * size)) or (single and _heading(previous) != _heading(row)):
                block += 1
        row.block = block
        previous = row


def _heading(row: Row) -> bool:
    text = row.text
    return len(row.cells) == 1 and len(text) < 50 and text.upper() == text and sum(c.isalpha() for c in text) > 3


def _line(number: int, row: Row) -> Line:
    text: list[str] = []
    words: list[Word] = []
    cells: list[tuple[int, int]] = []
    at = 0
    for index, cell in enumerate(row.cells):
        if index:
            text.append("\t")
            at += 1
        begin = at
        for position, word in enumerate(cell):
            if position:
                text.append(" ")
                at += 1
            words.append(Word(at, at + len(word.text), (word.x0, word.top, word.x1, word.bottom)))
            text.append(word.text)
            at += len(word.text)
        cells.append((begin, at))
    return Line(number, "".join(text), tuple(words), tuple(cells), row.kind, row.block)
