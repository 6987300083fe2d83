"""Rows without ruling lines: logs led by clock times, tables by alignment, and values that wrap under their label.

The visual lines of a stretch come in, drafts come out. A line that continues a row is known by where it stands: under
one of the row's later cells, with nothing in the column that leads rows, and nearer to its row than to the next.
"""

from __future__ import annotations

import itertools
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from ionm_notes.ingest.placed import Cell, Draft, PlacedWord
from ionm_notes.ingest.visual import LABEL, VisualLine, day_in_prose, goes_on, is_clock, is_date

SAME_X = 3.0
"""Starts of cells nearer than this (points) stand in one column."""
LEAD_X = 8.0
"""The same for clock times, which may be aligned right ('7:15' under '10:15')."""
_FARTHEST = 2.6
"""A line farther below the one before it than this many letter heights is no part of its row."""
_LONG_ENTRY = 300.0
"""Only an entry that fills this much of the line (points) can go on at the left margin."""
_SHORT_REST = 90
"""A longer line (characters) is prose of its own."""
_NARROW = 250.0
"""In a side bar narrower than this (points) a line that ends with a comma goes on in the next."""
_TIGHT = 1.6
"""The same where only the line's place under a value says that it continues."""


def align(lines: Sequence[VisualLine]) -> list[Draft]:
    """Drafts of a stretch of visual lines, from top to bottom."""
    out: list[Draft] = []
    index = 0
    pending: list[VisualLine] = []
    while index < len(lines):
        above = _centred_above(pending, lines[index])
        prose = bool(pending) and _is_second_line(pending[-1], lines[index])
        last = None if prose else _clock_run(lines, index, [line.x0 for line in pending[len(pending) - above :]])
        if last is None:
            pending.append(lines[index])
            index += 1
            continue
        run = pending[len(pending) - above :] + list(lines[index:last])
        lefts = _column_starts(run)
        pending = pending[: len(pending) - above]
        heading = pending.pop() if _is_heading(pending, run[0], lefts) else None
        out += _plain(pending)
        if heading is not None:
            out.append(Draft(_cells_of(heading, lefts), "row"))
        out += _logged(run, lefts)
        pending = []
        index = last
    return out + _plain(pending)


# --- logs: rows led by a clock time -------------------------------------------------------------------------------


def _clock_run(lines: Sequence[VisualLine], start: int, hung: Sequence[float]) -> int | None:
    """End of the run of clock-led rows that begins here; None where none begins.

    `hung`: left ends of lines above that belong to the first row already.
    """
    lead = lines[start]
    if not lead.clock or (len(lead.segments) == 1 and day_in_prose(" ".join(word.text for word in lead.words))):
        return None
    last, rows = start + 1, 1
    index = start + 1
    while index < len(lines):
        line, before = lines[index], lines[index - 1]
        if line.middle - before.middle > _FARTHEST * max(line.height, before.height):
            break
        if line.clock and abs(line.x0 - lead.x0) <= LEAD_X:
            rows += 1
            last = index + 1
        elif line.x0 <= lead.x0 + 1.2 * lead.height and not (rows > 1 and _runs_over(before, line, lead.x0)):
            break
        index += 1
    if rows == 1 and len(lead.segments) == 1:
        # One line of prose that happens to begin with a time, unless its second line hangs under its first word.
        following = lines[start + 1 : start + 2]
        if not following or abs(following[0].x0 - _text_start(lead)) > SAME_X:
            return None
    return _tail(lines, start, last, hung)


def _is_second_line(before: VisualLine, line: VisualLine) -> bool:
    """Whether a line that begins with a time only goes on with a sentence of the line above."""
    near = line.middle - before.middle <= _TIGHT * line.height and abs(line.x0 - before.x0) <= SAME_X
    single = len(before.segments) == 1 and len(line.segments) == 1
    return near and single and goes_on(" ".join(word.text for word in before.words))


def _runs_over(before: VisualLine, line: VisualLine, margin: float) -> bool:
    """Whether a long entry goes on at the left margin in this short line."""
    text = " ".join(word.text for word in line.words)
    return (
        abs(line.x0 - margin) <= SAME_X
        and len(before.segments) == 1
        and before.x1 - before.x0 > _LONG_ENTRY
        and line.middle - before.middle <= _TIGHT * line.height
        and len(text) < _SHORT_REST
        and not LABEL.match(text + " ")
        and not text.isupper()
    )


def _text_start(line: VisualLine) -> float:
    """Where the words after the leading time begin."""
    for word in line.words[1:]:
        if (
            not is_clock(word.text)
            and word.text.strip("-\u2013\u2014|")
            and word.text.lower().rstrip(".") not in ("am", "pm", "hrs", "h")
        ):
            return word.x0
    return line.words[-1].x1


def _tail(lines: Sequence[VisualLine], start: int, last: int, hung: Sequence[float]) -> int:
    """End of the last row: lines that hang under one of its cells as near as lines within the rows before do."""
    starts = [segment[0].x0 for line in lines[start:last] if line.clock for segment in line.segments[1:]] + list(hung)
    starts += [line.x0 for line in lines[start:last] if not line.clock]
    starts += [_text_start(line) for line in lines[start:last] if line.clock]
    lead = lines[start]
    while last < len(lines):
        line, before = lines[last], lines[last - 1]
        near = line.middle - before.middle <= _TIGHT * max(line.height, before.height)
        hangs = any(abs(line.x0 - x) <= SAME_X for x in starts)
        deeper = line.x0 > _text_start(lead) - SAME_X and len(lead.segments) == 1
        if line.clock or not near or not (hangs or deeper):
            break
        last += 1
    return last


def _centred_above(pending: Sequence[VisualLine], lead: VisualLine) -> int:
    """How many lines above the first time belong to its row, whose cells are centred: they stand half a step higher."""
    if not pending:
        return 0
    line = pending[-1]
    half_step = lead.middle - line.middle < 0.85 * min(lead.height, line.height) * 1.3
    overlapping = line.bottom > lead.top + 0.2 * lead.height
    return int(half_step and overlapping and line.x0 > lead.words[0].x1 and not line.clock)


def _column_starts(run: Sequence[VisualLine]) -> list[float]:
    """Left ends of the columns: where cells of several lines begin."""
    rows = [line for line in run if line.clock]
    firsts = min(row.x0 for row in rows)
    found = [segment[0].x0 for row in rows for segment in row.segments[1:]]
    if 2 * sum(len(row.segments) > 1 for row in rows) > len(rows):
        # Beside centred times a comment may never stand on the line of its time.
        found += [segment[0].x0 for line in run if not line.clock for segment in line.segments]
    groups: list[list[float]] = []
    for x in sorted(found):
        if groups and x - groups[-1][0] <= SAME_X:
            groups[-1].append(x)
        else:
            groups.append([x])
    needed = 1 if len(rows) < 3 else max(2, len(rows) // 4)
    return [firsts, *(group[0] for group in groups if len(group) >= needed and group[0] > firsts + LEAD_X)]


def _is_heading(pending: Sequence[VisualLine], first: VisualLine, lefts: Sequence[float]) -> bool:
    """Whether the line above a log names its columns."""
    if not pending or len(lefts) < 2:
        return False
    line = pending[-1]
    if len(line.segments) < 2 or first.middle - line.middle > _FARTHEST * line.height:
        return False
    starts = [segment[0].x0 for segment in line.segments]
    return sum(any(abs(x - left) <= LEAD_X for left in lefts) for x in starts) >= 2


def _logged(run: Sequence[VisualLine], lefts: Sequence[float]) -> list[Draft]:
    """Rows of a log without rules; a line that holds only a date stands between rows and belongs to none."""
    out: list[Draft] = []
    begin = 0
    for index, line in enumerate(run):
        if not line.clock and is_date([word.text for word in line.words]):
            out += rows_by_clock(run[begin:index], lefts, ruled=False) if index > begin else []
            out.append(Draft([list(line.words)]))
            begin = index + 1
    return out + (rows_by_clock(run[begin:], lefts, ruled=False) if begin < len(run) else [])


def rows_by_clock(lines: Sequence[VisualLine], lefts: Sequence[float], ruled: bool) -> list[Draft]:
    """Rows of a log from its lines; `lefts` are the left ends of its columns.

    `ruled`: the columns are drawn, so that a word's place alone tells its cell; otherwise a cell begins at a gap.
    """

    def split(line: VisualLine) -> list[Cell]:
        return columns_between(line.words, lefts) if ruled else _cells_of(line, lefts)

    edge = lefts[1] if len(lefts) > 1 else float("inf")
    leads = [i for i, line in enumerate(lines) if line.clock and line.x0 < edge]
    if not leads:
        return [_row([split(line)]) for line in lines]
    bounds = [0, *(_cut(lines, before, after) for before, after in itertools.pairwise(leads)), len(lines)]
    return [_row([split(line) for line in lines[begin:end]]) for begin, end in itertools.pairwise(bounds)]


def _row(parts: Sequence[list[Cell]]) -> Draft:
    """One row from the cells of its lines, column by column."""
    cells: list[Cell] = [[word for part in parts for word in part[column]] for column in range(len(parts[0]))]
    while len(cells) > 1 and not cells[-1]:
        cells.pop()
    return Draft(cells, "row")


def _cells_of(line: VisualLine, lefts: Sequence[float]) -> list[Cell]:
    """Cells of a line whose columns are not drawn: a cell begins at a gap, a small one only where a column begins."""
    cells: list[Cell] = [[] for _ in lefts]
    for segment in line.segments:
        column = _column(segment[0].x0, lefts)
        cells[column].append(segment[0])
        for before, word in itertools.pairwise(segment):
            there = _column(word.x0, lefts)
            begins = there > column and abs(word.x0 - lefts[there]) <= 1.5 and word.x0 - before.x1 > 0.42 * line.height
            column = there if begins else column
            cells[column].append(word)
    return cells


def _column(x: float, lefts: Sequence[float]) -> int:
    return max(0, bisect_right(lefts, x + SAME_X) - 1)


def _cut(lines: Sequence[VisualLine], before: int, after: int) -> int:
    """First line of the row led by `after`: behind the widest step, or `after` itself where all steps are alike."""
    steps = [lines[i + 1].middle - lines[i].middle for i in range(before, after)]
    widest = max(range(len(steps)), key=lambda i: steps[i])
    others = steps[:widest] + steps[widest + 1 :]
    if others and steps[widest] > 1.12 * max(others):
        return before + widest + 1
    if len(steps) > 2 and steps[0] < 0.8 * max(steps) and steps[-1] < 0.8 * max(steps):
        return before + widest + 1
    return after


def columns_between(words: Sequence[PlacedWord], lefts: Sequence[float]) -> list[Cell]:
    """Words to columns by their left ends; each word goes to the last column that begins at or before it."""
    cells: list[Cell] = [[] for _ in lefts]
    for word in words:
        cells[_column(word.x0, lefts)].append(word)
    return cells


# --- tables by alignment, labels and wrapped values ---------------------------------------------------------------


@dataclass(slots=True, eq=False)
class _Open:
    """A row that may still go on: its draft, its cells' left ends and its last line."""

    draft: Draft
    starts: list[float]
    last: VisualLine
    lines: int = 1


def _plain(lines: Sequence[VisualLine]) -> list[Draft]:
    """Lines without leading times: cells by gaps, wrapped values joined, runs of aligned lines marked as rows."""
    rows: list[_Open] = []
    for index, line in enumerate(lines):
        above = rows[-1] if rows else None
        step_after = lines[index + 1].middle - line.middle if index + 1 < len(lines) else None
        target = _continues(above, line, step_after) if above is not None else None
        if above is not None and target is not None:
            for column, segment in target:
                above.draft.cells[column] += segment
            above.last = line
            above.lines += 1
            continue
        starts = [segment[0].x0 for segment in line.segments]
        rows.append(_Open(Draft([list(segment) for segment in line.segments]), starts, line))
    rows = _joined_overruns(rows)
    _lift_wrapped(rows)
    _mark_rows(rows)
    return [row.draft for row in rows]


def _joined_overruns(rows: Sequence[_Open]) -> list[_Open]:
    """In a form, a line without a label under one that runs to the right edge goes on with that one's value."""
    if not rows:
        return []
    labelled = [row for row in rows if _label(row.draft.cells[0])]
    form = len(labelled) > 1 and 2 * len(labelled) >= len(rows)
    edge = max(row.last.x1 for row in rows)
    narrow = edge - min(row.last.x0 for row in rows) < _NARROW
    if not form and not narrow:
        return list(rows)
    out: list[_Open] = []
    for row in rows:
        above = out[-1] if out else None
        if (
            above is not None
            and _is_below(above, row)
            and ((form and _overruns(above, row, edge)) or (narrow and above.draft.text.endswith(",")))
        ):
            above.draft.cells[-1] += row.draft.cells[0]
            above.last = row.last
        else:
            out.append(row)
    return out


def _is_below(above: _Open, row: _Open) -> bool:
    """Whether a row of one cell without a label stands right below another, at the same left end and in the same type."""
    line, before = row.last, above.last
    return (
        len(row.draft.cells) == 1
        and not _label(row.draft.cells[0])
        and not line.clock
        and abs(line.x0 - before.x0) <= SAME_X
        and abs(line.height - before.height) <= 0.1 * line.height
        and line.middle - before.middle <= _TIGHT * line.height
    )


def _overruns(above: _Open, row: _Open, edge: float) -> bool:
    """Whether the next word would not have fit on the line above, and this line is short."""
    first = row.last.words[0]
    full = above.last.x1 + first.x1 - first.x0 > edge - row.last.height
    return full and _label(above.draft.cells[-1]) and row.last.x1 < edge - row.last.height


def _lift_wrapped(rows: Sequence[_Open]) -> None:
    """In a form of two columns a value on the right that wraps beside the next label on the left goes to its label."""
    for index in range(1, len(rows)):
        below = rows[index]
        if len(below.starts) < 2 or not _label(below.draft.cells[0]):
            continue
        x, cell = below.starts[-1], below.draft.cells[-1]
        column = [row for row in rows[max(0, index - 8) : index + 9] if len(row.starts) > 1 and abs(row.starts[-1] - x) <= SAME_X]
        labelled = sum(_label(row.draft.cells[-1]) for row in column)
        if _label(cell) or labelled < 3 or labelled < 0.6 * len(column):
            continue
        above = next((row for row in reversed(rows[:index]) if row in column), None)
        if above is None or below.last.middle - above.last.middle > _TIGHT * below.last.height:
            continue
        above.draft.cells[-1] += cell
        above.last = below.last
        below.draft.cells.pop()
        below.starts.pop()


def _label(cell: Cell) -> bool:
    return bool(LABEL.match(" ".join(word.text for word in cell) + " "))


def _continues(above: _Open, line: VisualLine, step_after: float | None) -> list[tuple[int, Cell]] | None:
    """The cells of the row above that this line's segments continue, None where it begins a line of its own."""
    if len(above.starts) < 2:
        return None
    step = line.middle - above.last.middle
    if step > _TIGHT * max(line.height, above.last.height) or abs(line.height - above.last.height) > 0.2 * line.height:
        return None
    if step_after is not None and step > 1.3 * step_after > 0:
        return None
    if len(line.segments) > 1 and len(line.segments) >= len(above.starts) - 1:
        return None
    target: list[tuple[int, Cell]] = []
    for segment in line.segments:
        column = next((i for i, x in enumerate(above.starts) if i and abs(x - segment[0].x0) <= SAME_X), None)
        if column is None or _label(segment) or is_date([word.text for word in segment]):
            return None
        target.append((column, segment))
    return target


def _mark_rows(rows: Sequence[_Open]) -> None:
    """Marks runs of lines whose cells stand in the same columns as table rows; forms with labels stay lines."""
    index = 0
    while index < len(rows):
        end = index + 1
        while end < len(rows) and _aligned(rows[end - 1], rows[end]):
            end += 1
        run = rows[index:end]
        if len(run) > 2 or (len(run) == 2 and min(len(row.starts) for row in run) > 2):
            labelled = sum(_labelled(row.draft) for row in run)
            if labelled <= len(run) // 2:
                for row in run:
                    row.draft.kind = "row"
        index = end


def _aligned(above: _Open, below: _Open) -> bool:
    if len(above.starts) < 2 or len(below.starts) < 2:
        return False
    if below.last.middle - above.last.middle > 2 * _FARTHEST * below.last.height:
        return False
    return sum(any(abs(x - other) <= SAME_X for other in above.starts) for x in below.starts) >= 2


def _labelled(draft: Draft) -> bool:
    return any(_label(cell) for cell in draft.cells)
