"""What a form or a table says of a study: ticked boxes and circled answers, columns, cells and lists headed 'Not done'."""

from __future__ import annotations

import bisect
import functools
import re

from ionm_notes.read.boxes import BOX, cell_of, ticked
from ionm_notes.read.modalities.model import Mention
from ionm_notes.read.reading import Reading, Unit
from ionm_notes.read.vocabulary import vocabulary

Told = tuple[str, bool]
"""Status of a mention, and whether the study was intended though not done."""

_TAB = re.compile(r"\t")
_BAR = re.compile(r"\s\|\s")
_SLASH = re.compile(r"\s/\s")


def told_by_form(reading: Reading, mention: Mention, mentions: list[Mention]) -> Told | None:
    """What boxes, columns, cells or the heading of a list say of a mention; None where it stands in prose."""
    done = _by_column(reading, mention, mentions)
    if done is None:
        done = _by_choice(reading, mention, mentions)
    if done is not None:
        return ("performed", False) if done else ("not_performed", _planned(reading, mention))
    label = reading.text[mention.unit.start : mention.start].partition(":")
    if label[1] and _says("context.table.planned", label[0]):
        return "intent", True
    if _struck(reading, mention):
        return "not_performed", False
    box = _by_box(reading, mention)
    if box is None:
        return ("not_performed", False) if _under_denial(reading, mention) else None
    if box:
        return "performed", False
    if vocabulary().regex("context.intended").search(reading.unit_text(mention.unit)):
        return "not_performed", True
    return ("not_performed" if _said_blank(reading, mention) else "unchecked"), False


def cells(reading: Reading, unit: Unit) -> list[tuple[int, int]]:
    """Ranges of the cells of a row, or of a line whose cells are parted by bars or spaced strokes; empty where it is no row."""
    return [(low + unit.start, high + unit.start) for low, high in _cut(reading.unit_text(unit), unit.kind == "row")]


@functools.lru_cache(maxsize=4096)
def _cut(line: str, row: bool) -> list[tuple[int, int]]:
    for mark, least in ((_TAB, 1), (_BAR, 1), (_SLASH, 2)):
        cuts = list(mark.finditer(line)) if row or mark is not _TAB else []
        if len(cuts) >= least:
            starts = [0, *(cut.end() for cut in cuts)]
            return list(zip(starts, [*(cut.start() for cut in cuts), len(line)], strict=True))
    return []


@functools.lru_cache(maxsize=4096)
def without_label(after: str) -> str:
    """What stands behind a study without the limbs and the label before the answer: ' LE, bilat: N' is ': N'."""
    match = vocabulary().regex("form.before-answer").match(after)
    if match is None or _NERVE.search(after[: match.end()]):
        return after  # 'ulnar n.' is a nerve, no answer
    return f": {after[match.end() :].lstrip()}"


_NERVE = re.compile(r"\b(?:median|ulnar|tibial|tib|peroneal|radial|sural|femoral|pudendal|med)\W*$", re.I)


@functools.lru_cache(maxsize=8192)
def _says(name: str, cell: str) -> bool:
    """Whether a cell is a label, heading or answer of a kind, and nothing else."""
    return vocabulary().regex(name).search(cell) is not None


def _by_column(reading: Reading, mention: Mention, mentions: list[Mention]) -> bool | None:
    """Whether a table says that the study was done: under 'Done' in its row, in a cell behind it, or behind 'Not recorded'."""
    row = cells(reading, mention.unit)
    if len(row) < 2:
        return None
    own = max(n for n, (low, _) in enumerate(row) if low <= mention.start)
    said = [reading.text[slice(*cell)] for cell in row]
    if own and _says("context.table.not-done", said[0]):
        return False
    if own > 1 or (own == 1 and not _says("form.cell.number", said[0])):
        return None if own > 1 or len(row) < 3 else _behind(reading, mention, mentions, row, own)
    column = _column(reading, mention.unit, "context.table.done")
    if column is not None and own < column < len(row):
        if _says("form.cell.yes", said[column]):
            return True
        return False if _says("form.cell.no", said[column]) or not said[column].strip() else None
    return _behind(reading, mention, mentions, row, own)


def _behind(reading: Reading, mention: Mention, mentions: list[Mention], row: list[tuple[int, int]], own: int) -> bool | None:
    """False where a cell behind a study, before the next study of the row, says that it was not done."""
    others = [m.start for m in mentions if mention.end <= m.start < mention.unit.end and m.modality != mention.modality]
    until = min(others, default=mention.unit.end)
    denied = any(_says("form.cell.not-done", reading.text[low:high]) for low, high in row[own + 1 :] if high <= until)
    return False if denied else None


def _planned(reading: Reading, mention: Mention) -> bool:
    """Whether the table has a column of what was planned, with a yes in the row, or the row gives a plan's end."""
    row = cells(reading, mention.unit)
    column = _column(reading, mention.unit, "context.table.planned") if row else None
    if column is not None and column < len(row) and _says("form.cell.yes", reading.text[slice(*row[column])]):
        return True
    said = vocabulary().regex("context.never-intended").sub(" ", reading.text[mention.start : mention.unit.end])
    return len(row) <= _FEW_CELLS and vocabulary().regex("context.intended").search(said) is not None


_FEW_CELLS = 3
"""Cells of the longest row whose words are about its study: 'MEP | ordered | not done'."""


def _column(reading: Reading, unit: Unit, head: str) -> int | None:
    """Index of the column under such a heading, in the rows just above a unit."""
    place = bisect.bisect_right(reading.unit_starts, unit.start) - 1
    for above in reversed(reading.units[max(0, place - _FARTHEST) : place]):
        found = _headed(reading.unit_text(above), above.kind == "row", head)
        if found != _GO_ON:
            return found
    return None


_GO_ON = -1


@functools.lru_cache(maxsize=4096)
def _headed(line: str, row: bool, head: str) -> int | None:
    """The cell of a line with such a heading; None where the line is no row, `_GO_ON` where it is another row of the table.

    The same rows are asked about by every study below them.
    """
    names = [line[slice(*cell)] for cell in _cut(line, row)]
    if len(names) < 2:
        return None
    return next((n for n, name in enumerate(names) if n and _says(head, name)), _GO_ON)


_FARTHEST = 14
"""Rows above a mention among which the heading of its table is looked for."""


def _by_choice(reading: Reading, mention: Mention, mentions: list[Mention]) -> bool | None:
    """Which of the words beside boxes, or of two circled ones, is chosen: 'MEP: ( ) Yes (X) No', 'performed? Yes / (No)'."""
    others = [m.start for m in mentions if mention.end <= m.start < mention.unit.end and m.modality != mention.modality]
    text = reading.text[mention.end : min([mention.unit.end, *others])]
    if circled := vocabulary().regex("form.circled").search(text):
        return circled["no"] is None
    boxes = list(BOX.finditer(text))
    words = list(vocabulary().regex("form.choice").finditer(text)) if boxes else []
    if not words:
        return None
    before = words[0].start() < boxes[0].start()
    kinds: dict[bool, set[str]] = {True: set(), False: set()}
    for box in boxes:
        beside = (
            [w for w in words if 0 <= box.start() - w.end() <= _BESIDE]
            if before
            else [w for w in words if 0 <= w.start() - box.end() <= _BESIDE]
        )
        if beside:
            kinds[box["on"] is not None].add("no" if beside[0]["no"] else "yes")
    if "no" in kinds[True]:
        return None if "yes" in kinds[True] else False
    return True if "yes" in kinds[True] and "no" in kinds[False] else None


_BESIDE = 3
"""Characters between a box and its word."""


def _by_box(reading: Reading, mention: Mention) -> bool | None:
    """True or False where a check box beside the mention is marked or empty, in its cell or another one; None without a box."""
    low, high = mention.unit.start, mention.unit.end
    own = ticked(reading, mention.unit, mention.start, mention.end, named=True)
    if own is not None:
        return own
    cell_low, cell_high = cell_of(reading, mention.unit, mention.start, mention.end)
    later = list(BOX.finditer(reading.text, cell_high, high))
    if later:
        return any(box["on"] for box in later)
    earlier = list(BOX.finditer(reading.text, low, cell_low))
    return bool(earlier[-1]["on"]) if earlier else None


def _said_blank(reading: Reading, mention: Mention) -> bool:
    """Whether an empty box says 'not done': by the legend of its list, or in words behind it."""
    behind = reading.text[mention.end : min(mention.unit.end, mention.end + _LEGEND)]
    return bool(vocabulary().regex("form.said-blank").match(behind)) or _legend(reading, mention, "form.legend.blank")


def _struck(reading: Reading, mention: Mention) -> bool:
    """Whether a mark before a study is that of what was not done: a cross or dash that the legend of the list explains."""
    before = reading.text[max(0, mention.start - _MARK) : mention.start]
    return bool(vocabulary().regex("form.struck").search(before)) and _legend(reading, mention, "form.legend.struck")


def _legend(reading: Reading, mention: Mention, name: str) -> bool:
    place = reading.index_of(mention.unit)
    above = reading.units[max(0, place - _FARTHEST) : place]
    return any(vocabulary().regex(name).search(reading.unit_text(unit)) for unit in above)


_LEGEND, _MARK = 40, 30


def _under_denial(reading: Reading, mention: Mention) -> bool:
    """Whether a mention begins an entry of a list that a line 'Not done:' heads."""
    if not _BEGINS.fullmatch(reading.text, reading.line_starts[reading.line_index(mention.start)], mention.start):
        return False
    place = reading.index_of(mention.unit)
    for unit in reversed(reading.units[max(0, place - _FARTHEST) : place]):
        said = reading.unit_text(unit).strip()
        if said.endswith(":"):
            return _says("context.table.not-done", said)
        if len(said) > _ENTRY or unit.paragraph < mention.unit.paragraph - 1:
            return False
    return False


_BEGINS = re.compile(r"[\W_]*(?:\w{1,2}[.)]\s+)?(?:[\w-]+\s+){0,2}")
_ENTRY = 60
"""Characters of the longest entry of a list that a line heads."""
