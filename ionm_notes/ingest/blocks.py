"""Paragraph numbers: lines of one paragraph share a block, so that a reader may join them into sentences."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

from ionm_notes.ingest.placed import Draft, box_of
from ionm_notes.types import BBox

_EXTRA = 1.28
"""A step to the next line larger than this many usual steps begins a new paragraph."""
_OTHER_SIZE = 0.12
"""A change of type size by this part begins a new paragraph (headings)."""


def number_blocks(drafts: Sequence[Draft]) -> None:
    """Sets `block` on each draft of a page, which are in reading order."""
    words = [draft.words for draft in drafts]
    boxes = [box_of(own) for own in words]
    heights = [max([word[3] - word[1] for word in own]) for own in words]
    # From the end of one to the beginning of the next: a value lifted to its label reaches below its own line.
    steps = [b[1] - a[3] + height for a, b, height in zip(boxes, boxes[1:], heights, strict=False)]
    usual = _usual_step(steps, heights)
    block = 0
    for index, draft in enumerate(drafts):
        if index and _breaks(drafts, boxes, heights, steps[index - 1], usual, index):
            block += 1
        draft.block = block


def _usual_step(steps: list[float], heights: list[float]) -> float:
    """The line step of running text, in heights of its letters."""
    ratios = sorted(step / height for step, height in zip(steps, heights, strict=False) if 0.7 * height < step < 2.2 * height)
    if not ratios:
        return 1.3
    # The tighter half: paragraphs' own steps, not the gaps between them.
    return median(ratios[: max(1, (len(ratios) + 1) // 2)])


def _breaks(
    drafts: Sequence[Draft], boxes: Sequence[BBox], heights: Sequence[float], step: float, usual: float, index: int
) -> bool:
    before, here = drafts[index - 1], drafts[index]
    if before.kind != here.kind:
        return True
    if boxes[index][3] <= boxes[index - 1][1]:
        return True
    if here.kind == "row":
        return step > 4 * max(heights[index], heights[index - 1])
    if step > _EXTRA * usual * max(heights[index], heights[index - 1]):
        return True
    if abs(heights[index] - heights[index - 1]) > _OTHER_SIZE * max(heights[index], heights[index - 1]):
        return True
    # A first line set in while the paragraph stands out.
    indent = boxes[index][0] - boxes[index - 1][0]
    return indent > heights[index] and len(here.cells) == 1 and before.text[-1:] in ".:!?"
