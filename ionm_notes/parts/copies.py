"""Pages that stand twice in a packet: the same words, and above all the same figures; each is read once.

A page is a copy only if every figure on it stands on the other page too: an amended page that differs in one clock time
is never a copy. Fax lines, page numbers and running lines are left out, for they differ from sending to sending.
"""

from __future__ import annotations

import re

from ionm_notes.read.vocabulary import vocabulary
from ionm_notes.types import Line, Page

ALIKE = 0.92
"""Share of word triples that two pages must have in common to be the same page (house value)."""
FEWEST_WORDS = 25
"""A page of fewer words is too short to say that it stands twice."""

_Words = tuple[str, ...]


def copies(pages: tuple[Page, ...]) -> dict[int, int]:
    """For each page that repeats an earlier one, the number of that earlier page."""
    seen: list[tuple[int, _Words, frozenset[_Words], tuple[str, ...]]] = []
    found: dict[int, int] = {}
    for page in pages:
        words = _words(page)
        if len(words) < FEWEST_WORDS:
            continue
        figures = tuple(sorted(word for word in words if any(char.isdigit() for char in word)))
        triples = frozenset(zip(words, words[1:], words[2:], strict=False))
        for number, others, other_triples, other_figures in seen:
            if words == others or (figures == other_figures and _alike(triples, other_triples)):
                found[page.number] = number
                break
        else:
            seen.append((page.number, words, triples, figures))
    return found


def _alike(one: frozenset[_Words], other: frozenset[_Words]) -> bool:
    return len(one & other) >= ALIKE * len(one | other)


def _words(page: Page) -> _Words:
    text = "\n".join(line.text for line in page.lines if not _of_the_sheet(line))
    return tuple(re.findall(r"[^\W_]+(?:[:.][^\W_]+)*", text.casefold()))


def _of_the_sheet(line: Line) -> bool:
    """Whether a line belongs to the sheet of paper and not to the document: a fax line, a page number, a running line."""
    words = vocabulary()
    if line.kind in ("header", "footer") or words.regex("part.fax-line").search(line.text):
        return True
    return len(line.text) < 60 and bool(words.regex("part.numbering").search(line.text))
