"""Turns ranges of lines into Evidence: the text as on the page and the box around the words it touches."""

from __future__ import annotations

from collections.abc import Sequence

from ionm_notes.types import BBox, Evidence, Line

ALONE = (0, 0, "")
"""Among what is `written` for a line: it is a record of an export or a line of a box; other things stand before the next one."""
SEAM = "\ue000"
"""Written for the blank between two lines of a box that were joined: on the page something else stands between them."""


def evidence(line: Line, start: int, end: int) -> Evidence:
    """Evidence for characters `start`..`end` of one line."""
    return evidence_over([(line, start, end)])


def evidence_over(parts: Sequence[tuple[Line, int, int]]) -> Evidence:
    """Evidence for ranges of lines of one page, in order; the box is None where the format has no geometry."""
    if not parts:
        return Evidence(1, "", None)
    if len(parts) > 1 and any(ALONE in line.written for line, _, _ in parts):
        # Marks of the export stand between two records; the first that says anything is shown alone.
        parts = next(([part] for part in parts if part[0].text[part[1] : part[2]].strip()), parts[:1])
    boxes: list[BBox] = []
    texts = []
    for line, start, end in parts:
        texts.append(_as_in_the_file(line, start, end))
        boxes += [bbox for low, high, bbox in line.words if low < end and start < high and bbox is not None]
    box = None
    if boxes:
        lefts, tops, rights, bottoms = zip(*boxes, strict=True)
        box = (round(min(lefts), 2), round(min(tops), 2), round(max(rights), 2), round(max(bottoms), 2))
    whole = next((piece for piece in " ".join(texts).split(SEAM) if piece.strip()), "")
    return Evidence(parts[0][0].page, " ".join(whole.split()), box, _doubt(parts))


def _doubt(parts: Sequence[tuple[Line, int, int]]) -> str:
    """What may be misread in ranges of lines, in words; empty for text that was not recognised."""
    found = [d for line, start, end in parts for d in line.doubts if d.start < end and start < d.end]
    return "; ".join(f"{d.read} may be {' or '.join(d.instead)}" if d.instead else f"{d.read} is in doubt" for d in found)


def _as_in_the_file(line: Line, start: int, end: int) -> str:
    """The text of a range, with the bar where a file parts its cells by bars: a word that is a tab stands for one."""
    text = _as_written(line, start, end) if line.written else line.text[start:end]
    if line.kind != "row" or "\t" not in text:
        return text
    bars = {word.start for word in line.words if line.text[word.start] == "\t"}
    return "".join(" | " if start + offset in bars else char for offset, char in enumerate(text)) if bars else text


def _as_written(line: Line, start: int, end: int) -> str:
    """The text of a range with what stands on the page in place of what was put there for reading."""
    pieces, at = [], start
    for low, high, written in line.written:
        if low < end and at < high:
            pieces += [line.text[at : max(at, low)], written]
            at = high
    return "".join((*pieces, line.text[at:end]))
