"""Lines of plain text to `Line`s: the columns are counted in characters, otherwise as in `aligned`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from ionm_notes.ingest.delimited import delimited
from ionm_notes.ingest.drawn_boxes import unboxed
from ionm_notes.ingest.evidence import ALONE, SEAM
from ionm_notes.ingest.placed import plain_line
from ionm_notes.ingest.records.roles import Shown, records_of
from ionm_notes.ingest.visual import LABEL, SENTENCE_END, ZONE, day_in_prose, goes_on, leads_with_clock
from ionm_notes.types import Line, LineKind

_GAP = re.compile(r"\t+ *|(?<=\S) {2,}\t* *")
_TWO_SPACES = 3
"""After a sentence's end or a label fewer blanks than this are a typist's habit and no column."""
_PROSE = 55
"""A line with fewer characters is no full line of prose."""
_FEWEST_PIPED = 3
"""A page with this many lines of three or more fields between bars is an export, whose bars part cells."""
_PAIR = re.compile(r"\s*[A-Za-z][\w /()#.-]{0,40}\|(?!\|)")
_FEWEST_PAIRS = 5
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f\ufeff\u200b\u00ad]")


@dataclass(slots=True, eq=False)
class _Row:
    """A line that may still go on: texts and start columns of its cells."""

    cells: list[str]
    starts: list[int]
    block: int
    clock: bool
    joined: int = 0
    kind: LineKind = field(default="text")
    bars: bool = False
    shown: Shown | None = None
    apart: bool = False


def lay_out_text(raw: Sequence[str], page: int, longest: int) -> tuple[Line, ...]:
    """The lines of one page; `longest` is the length in characters above which a line is folded."""
    rows: list[_Row] = []
    lines, apart = unboxed(_folded(raw, longest))
    piped = _bars(lines)
    block, blank = 0, False
    records = records_of(lines)
    if not records:
        records = {n: (shown,) for n, shown in delimited(lines).items()}
    prose = ""
    for index, source in enumerate(lines):
        if index in records:
            for shown in records[index]:
                block += bool(rows) and shown.prose
                rows.append(_recorded(shown, block))
            blank = not records[index] or records[index][-1].prose
            continue
        text = _CONTROL.sub("", source).replace("\xa0", " ").rstrip()
        if not text.strip():
            blank = True
            continue
        if blank and rows:
            block += 1
        within = not blank and bool(prose) and _runs_on(prose, text)
        parted = (piped and text.count("|") >= piped) or _spaced_bars(text.strip())
        row = _piped(text, block) if parted else _split(text, block, within)
        prose = text if within or (len(text) >= _PROSE and len(row.cells) == 1) else ""
        above = rows[-1] if rows and not blank and rows[-1].shown is None else None
        column = _continues(above, row, text) if above else None
        blank = False
        if above is not None and column is not None:
            above.cells[column] += (SEAM if above.apart else " ") + " ".join(row.cells)
            above.joined += 1
            continue
        if index in apart:
            block += 1
            row.apart, row.block = True, block
        rows.append(row)
    _mark_rows(rows)
    return tuple(_line(page, row) for row in rows)


def _spaced_bars(text: str) -> bool:
    """Whether bars with a blank on either side part the line, as in 'Surgeon | Mark Holloway, MD'."""
    bars = text.count(" | ")
    return bars > 0 and bars == text.count("|") and "\t" not in text


def _recorded(shown: Shown, block: int) -> _Row:
    """The row of a record of an export; a sentence or heading is no row."""
    cells = list(shown.cells)
    clock = leads_with_clock(cells[0].split()[:2])
    return _Row(cells, list(range(len(cells))), block, clock, 0, "text" if shown.prose else "row", shown=shown)


def _line(page: int, row: _Row) -> Line:
    line = plain_line(page, row.cells, row.kind, row.block, row.bars)
    if row.apart:
        seams = [(at, at + 1, SEAM) for at, sign in enumerate(line.text) if sign == SEAM]
        return replace(line, text=line.text.replace(SEAM, " "), written=(ALONE, *seams))
    if row.shown is None:
        return line
    # What parts the cells in the file, and a value whose signs are escaped there, is what evidence shows.
    gaps = [(a[1], b[0], gap) for (a, b), gap in zip(pairwise(line.cells), row.shown.gaps, strict=True)]
    cells = zip(line.cells, row.shown.cells, row.shown.raw, strict=True)
    values = [(*cell, raw) for cell, text, raw in cells if raw != text]
    return replace(line, written=tuple(sorted([ALONE, *gaps, *values])))


def _bars(raw: Sequence[str]) -> int:
    """How many bars a line of this page must have for them to part its cells; 0 where bars are no such thing.

    An export has three or more fields a line, or is a list of 'LABEL|value' from end to end.
    """
    if sum(line.count("|") > 1 for line in raw) >= _FEWEST_PIPED:
        return 2
    filled = [line for line in raw if line.strip()]
    pairs = sum(bool(_PAIR.match(line)) for line in filled)
    return 1 if pairs >= _FEWEST_PAIRS and pairs > 0.7 * len(filled) else 0


def _folded(raw: Sequence[str], longest: int) -> list[str]:
    out: list[str] = []
    for line in raw:
        while len(line) > longest:
            cut = line.rfind(" ", 1, longest)
            cut = cut if cut > 0 else longest
            out.append(line[:cut])
            line = line[cut:]
        out.append(line)
    return out


def split_cells(text: str) -> list[str]:
    """Cells of one line of text, cut at tabs and at runs of blanks that are no typist's habit; blank ends dropped."""
    return _split(text.strip(), 0).cells


def _split(text: str, block: int, within: bool = False) -> _Row:
    """Cells and their start columns; `within`: the line goes on with a sentence of the line above."""
    cells: list[str] = []
    starts: list[int] = []
    begin = len(text) - len(text.lstrip())
    position = begin
    ragged = within or _is_ragged(text)
    for match in _GAP.finditer(text, begin):
        before = text[position : match.start()]
        if before in _PARTS and "\t" not in match.group():
            continue  # 'Surgeon  =  Ida Bancroft, MD': the sign goes with the value, as in 'Surgeon  = Ida Bancroft, MD'
        if within and len(match.group()) < _TWO_SPACES:
            continue
        if ragged and (_GOES_ON.match(text, match.end()) or (text[match.end()].isdigit() and _LEADS_ON.search(before))):
            continue
        if len(match.group()) < _TWO_SPACES and SENTENCE_END.search(before) and not _SHORTENED.fullmatch(before + match.group()):
            continue
        cells.append(before)
        starts.append(position)
        position = match.end()
    cells.append(text[position:])
    starts.append(position)
    return _Row(cells, starts, block, leads_with_clock(text.split()[:2]))


_PARTS = frozenset({"=", "->", "=>", "→"})
"""Signs between a label and its value that stand by themselves are no cells of their own."""
_SHORTENED = re.compile(r"[^\W\d_][\w /&-]{0,20}\.\t+ *")
"""A cell that a tab ends and a short form with its dot: 'Mon.'."""
_GOES_ON = re.compile(rf"[a-z(]|(?i:[ap]\.?m\b)|{ZONE}\b")
"""What stands behind a doubled blank within a sentence: a word in small letters, the half of the day or the time zone."""


_LEADS_ON = re.compile(
    r"\b(?:period|interval|from|at|between|to|until|till|and|by|of|about|through|beginning|starting|ending|was|were|watching|watched|covered|covering|monitoring|the|in|on|for)$",
    re.I,
)
"""What stands before a doubled blank and a figure within a sentence: 'during the period  12:39 to'."""


def _runs_on(above: str, text: str) -> bool:
    """Whether a line goes on with the sentence of a full line of prose above it, with blanks doubled here and there."""
    wide = any(len(gap.group()) >= _TWO_SPACES or "\t" in gap.group() for gap in _GAP.finditer(text.strip()))
    return goes_on(above) and not wide and "|" not in text and not LABEL.match(text.strip() + " ")


def _is_ragged(text: str) -> bool:
    """Whether a line is prose with doubled blanks, as justified text leaves them, and no row of a table."""
    wide = any(len(gap.group()) >= _TWO_SPACES or "\t" in gap.group() for gap in _GAP.finditer(text.strip()))
    return len(text) >= _PROSE and not wide and not leads_with_clock(text.split()[:2]) and "|" not in text


def _piped(text: str, block: int) -> _Row:
    """Cells of a line of an export, without the bars between them."""
    fields = [field.strip() for field in text.strip().strip("|").split("|")]
    clock = leads_with_clock(fields[0].split()[:2])
    return _Row(fields, list(range(len(fields))), block, clock, kind="row", bars=True)


def _continues(above: _Row, row: _Row, text: str) -> int | None:
    """The cell of the row above that this line continues: it hangs deeper and stands under that cell's start."""
    indent = row.starts[0]
    if row.clock or indent <= above.starts[0] or LABEL.match(text.strip() + " "):
        return None
    if len(row.starts) > 1 and len(row.starts) >= len(above.starts) - 1:
        return None
    under = [i for i, start in enumerate(above.starts) if i and abs(start - indent) <= 1]
    if under:
        # Words of an entry are joined in the order in which they stand, whatever the column they hang under.
        return len(above.starts) - 1 if above.clock else under[0]
    if above.clock and indent >= above.starts[0] + 2:
        column = max(i for i, start in enumerate(above.starts) if start <= indent)
        return len(above.starts) - 1 if column == 0 and not any(map(str.isalpha, above.cells[0])) else column
    return None


def _mark_rows(rows: Sequence[_Row]) -> None:
    """Log entries with cells or wrapped comments, and runs of aligned lines, are rows; forms with labels stay lines."""
    for index, row in enumerate(rows):
        if row.clock and (sum(any(map(str.isalnum, cell)) for cell in row.cells) > 1 or row.joined or _is_entry(rows, index)):
            row.kind = "row"
    index = 0
    while index < len(rows):
        end = index + 1
        while end < len(rows) and _aligned(rows[end - 1], rows[end]):
            end += 1
        run = rows[index:end]
        labelled = sum(any(LABEL.match(cell + " ") for cell in row.cells) for row in run)
        if (len(run) > 2 or (len(run) == 2 and min(len(row.cells) for row in run) > 2)) and labelled <= len(run) // 2:
            for row in run:
                row.kind = "row"
        index = end


def _is_entry(rows: Sequence[_Row], index: int) -> bool:
    """Whether a line that begins with a time is an entry of a list: not the second line of a sentence, nor its first."""
    row = rows[index]
    before = rows[index - 1] if index and rows[index - 1].block == row.block else None
    after = rows[index + 1] if index + 1 < len(rows) and rows[index + 1].block == row.block else None
    if before is not None and before.kind == "text" and len(before.cells) == 1 and goes_on(before.cells[0]):
        return False
    if before is not None and before.kind == "text" and before.cells[-1].endswith(":") and len(before.cells[-1]) > _PROSE:
        return False  # '... from beginning to end of it. Lead placement: / 12:17 PM to 12:41 PM. We started ...'
    if after is not None and len(row.cells) == 1 and day_in_prose(row.cells[0]):
        return False
    return after is None or after.clock or len(row.cells[0]) < _PROSE


def _aligned(above: _Row, below: _Row) -> bool:
    if len(above.cells) < 2 or len(below.cells) < 2 or above.block != below.block:
        return False
    return sum(any(abs(start - other) <= 1 for other in above.starts) for start in below.starts) >= 2
