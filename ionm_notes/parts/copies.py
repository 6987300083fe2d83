"""Pages that stand twice in a packet: the same words, and above all the same figures; each is read once.

A page is a copy only if every figure on it stands on the other page too: an amended page that differs in one clock time
is never a copy. Fax lines and page numbers are left out, for they differ from sending to sending.
"""

from __future__ import annotations

import functools
import re
from collections import Counter

from ionm_notes.read.vocabulary import vocabulary
from ionm_notes.types import Line, Page

ALIKE = 0.92
"""Share of word triples that two pages must have in common to be the same page (house value)."""
FEWEST_WORDS = 25
"""A page of fewer words is too short to say that it stands twice."""

SHORT_LINE = 60
_NO_DIGITS = bytes(set(range(128)) - set(b"0123456789"))

_Words = tuple[str, ...]


def copies(pages: tuple[Page, ...]) -> dict[int, int]:
    """For each page that repeats an earlier one, the number of that earlier page."""
    seen: list[tuple[int, _Words, tuple[str, ...]]] = []
    found: dict[int, int] = {}
    texts = {page.number: "\n".join(map(_without_sheet, page.lines)) for page in pages}
    digits = {number: _digits(text) for number, text in texts.items()}
    often = Counter(digits.values())
    for page in pages:
        if often[digits[page.number]] < 2:
            continue  # a copy has the same figures
        words = _words(texts[page.number])
        if len(words) < FEWEST_WORDS:
            continue
        figures = tuple(sorted(word for word in words if not word.isalpha() and any(map(str.isdigit, word))))
        for number, others, other_figures in seen:
            if words == others or (figures == other_figures and _alike(_triples(words), _triples(others))):
                found[page.number] = number
                break
        else:
            seen.append((page.number, words, figures))
    return found


def _triples(words: _Words) -> frozenset[_Words]:
    return frozenset(zip(words, words[1:], words[2:], strict=False))


def _alike(one: frozenset[_Words], other: frozenset[_Words]) -> bool:
    return len(one & other) >= ALIKE * len(one | other)


def _digits(text: str) -> bytes:
    """All digits of a text, the small ones first."""
    return bytes(sorted(text.encode("ascii", "ignore").translate(None, _NO_DIGITS)))


def _words(text: str) -> _Words:
    return tuple(re.findall(r"[^\W_]+(?:[:.][^\W_]+)*", text.casefold()))


def _without_sheet(line: Line) -> str:
    """The text of a line without what belongs to the sheet of paper: nothing of a fax line, all but the number of a page."""
    if is_fax_line(line.text):
        return ""
    running = line.kind in ("header", "footer") or len(line.text) < SHORT_LINE
    return vocabulary().regex("part.numbering").sub("", line.text) if running else line.text


@functools.lru_cache(maxsize=1024)
def is_fax_line(text: str) -> bool:
    """Whether a line was written by a fax machine; each is asked for twice."""
    return vocabulary().regex("part.fax-line").search(text) is not None
