"""Headers and footers: lines that come again at the top or bottom of pages, and page numbers and print stamps."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from ionm_notes.ingest.placed import Draft, box_of
from ionm_notes.ingest.visual import leads_with_clock

BAND = 0.14
"""The part of the page's height at its top and bottom in which running lines stand."""
SAME_PLACE = 6.0
"""Running lines stand at the same height (points) on every page; lines of text that happen to agree do not."""
_DIGITS = re.compile(r"\d+")
_STAMP = re.compile(
    r"^\W*(?:(?:page|pg\.?)\s*\d+(?:\s*(?:of|/)\s*\d+)?|\d+\s*(?:of|/)\s*\d+|-\s*\d+\s*-"
    r"|printed\b.*|print(?:ed)? (?:date|on|by)\b.*)\W*$",
    re.IGNORECASE,
)


def mark_running(pages: Sequence[tuple[float, list[Draft]]]) -> None:
    """Marks drafts 'header' or 'footer'; `pages` are heights in points with the drafts of each page."""
    seen: dict[tuple[bool, str], list[tuple[int, float]]] = defaultdict(list)
    found = [
        (number, draft, top, low, _key(draft))
        for number, (height, drafts) in enumerate(pages)
        for draft, top, low in _candidates(height, drafts)
    ]
    for number, _, top, low, key in found:
        seen[low, key].append((number, top))
    for number, draft, top, low, key in found:
        again = any(n != number and abs(y - top) <= SAME_PLACE for n, y in seen[low, key])
        if again or (low and _STAMP.match(draft.text)):
            draft.kind = "footer" if low else "header"


def _candidates(height: float, drafts: Sequence[Draft]) -> Iterator[tuple[Draft, float, bool]]:
    """Drafts in the bands, with their tops and 'stands at the bottom'."""
    for draft in drafts:
        words = draft.words
        if words[0][3] > BAND * height and words[0][1] < (1 - BAND) * height:
            continue  # most lines stand in the middle of the page, as any of their words tells
        _, top, _, bottom = box_of(words)
        if bottom <= BAND * height:
            yield draft, top, False
        elif top >= (1 - BAND) * height:
            yield draft, top, True


def _key(draft: Draft) -> str:
    """What makes two lines the same: their text without digits; entries of a log only if they agree in all."""
    text = draft.text.replace("\t", " ")
    entry = leads_with_clock(text.split()[:2]) and not text.split()[0].count("/") > 1
    return (text if entry else _DIGITS.sub("#", text)).casefold()
