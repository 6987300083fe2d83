"""Words to visual lines and their segments: what stands at one height, cut where the gap is clearly wider than a space."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from ionm_notes.ingest.placed import Cell, PlacedWord

ZONE = r"[ECMP][SD]?T"
"""How a time zone is written behind a clock time: 'CT', 'PST'. None that a word such as 'at' may be taken for."""
SAME_HEIGHT = 0.6
"""Two words stand on one line where their boxes share this part of the lower one's height (a raised 'th' does)."""
WIDE_GAP = 1.25
"""A gap wider than this, in heights of the line's letters, splits cells; justified text stays below it."""
BOXES = "☐☒☑✓✔❏_"
"""Signs that begin a cell of their own; any other sign without letters (a bar, a bullet) stays with what is before it."""
UNEVEN_GAP = 0.5
"""A gap below this, in heights, is a plain space."""
_FEWEST_WORDS = 5
"""A line with fewer words does not show how wide its spaces are."""
_NARROW_COLUMN = 0.75
"""The same before a clock time, where narrow columns of a form leave little white."""
_FEW_TIMES = 2
SENTENCE_GAP = 1.7
"""The same after a sentence's end, a list number or a label, where typists set two spaces."""
SENTENCE_END = re.compile(r"(?:[!?;:,]|(?<![ap]\.m)\.)[\"')\]]?$", re.I)

_BARE = r"(?:[01]\d|2[0-3])[0-5]\d"
_COLON = r"(?:[01]?\d|2[0-3])[:.h][0-5]\d(?:[:.][0-5]\d)?"
_CLOCK = re.compile(
    rf"[\[(]?(?:{_COLON}|{_BARE})(?:[ap]\.?m?\.?|h|hrs?)?(?:[-\u2013\u2014](?:{_COLON}|{_BARE})?(?:[ap]\.?m?\.?|h|hrs?)?)?[\])]?[,;:]?",
    re.IGNORECASE,
)
_DATE = re.compile(r"(?:\d{1,4}[/.-]\d{1,2}(?:[/.-]\d{2,4})?|\d{1,2}-?[A-Za-z]{3}-?(?:\d{2,4})?)[,;]?")
_LONG_DATE = re.compile(r"(?:[A-Za-z]{3,9},? )?(?:[A-Za-z]{3,9}\.? \d{1,2},?|\d{1,2}\.? [A-Za-z]{3,9}\.?,?) \d{4}")
LABEL = re.compile(r"^[^\W\d_][^:\t]{0,44}:(?:\s|$)")


@functools.lru_cache(maxsize=8192)
def is_clock(word: str) -> bool:
    """Whether a word looks like a clock time or a range of them ('07:32', '0732', '7:32am', '0732-0740', '7.32')."""
    return _CLOCK.fullmatch(word) is not None


def is_date(texts: Sequence[str]) -> bool:
    """Whether the words are nothing but a date ('23-Aug-2025', '08/23/2025', 'August 23, 2025')."""
    text = " ".join(texts)
    return _DATE.fullmatch(text) is not None or _LONG_DATE.fullmatch(text) is not None


_LINE_END = re.compile(r"[.!?;:,][\"')\]]?$")
_SHORT_END = re.compile(r"(?:^|\s)[a-z]{1,3}$")
_FULL_LINE = 60


def goes_on(text: str) -> bool:
    """Whether a line of text plainly goes on in the next: a full line without an end, or one that ends with 'at', 'by' …"""
    if _LINE_END.search(text) and not text.endswith(","):
        return False
    return len(text) > _FULL_LINE or _SHORT_END.search(text) is not None


_INNER_END = re.compile(r"[a-z)][.;]\s+\S")
_SEVERAL_TIMES = 3


def day_in_prose(text: str) -> bool:
    """Whether a line tells several timed statements and goes on in the next: the first of a paragraph and no entry of a log."""
    if not goes_on(text) or _INNER_END.search(text) is None:
        return False
    return sum(is_clock(word) for word in text.split()) >= _SEVERAL_TIMES


def leads_with_clock(texts: Sequence[str]) -> bool:
    """Whether the words begin with a clock time, alone or after a date."""
    if not texts:
        return False
    if is_clock(texts[0]):
        return True
    return len(texts) > 1 and _DATE.fullmatch(texts[0]) is not None and is_clock(texts[1])


@dataclass(frozen=True, eq=False)
class VisualLine:
    """Words of one height from left to right."""

    words: list[PlacedWord]
    top: float
    bottom: float

    @functools.cached_property
    def segments(self) -> list[Cell]:
        """The words between wide gaps; nobody asks for those of most lines in the cells of a table."""
        return split_segments(self.words)

    @functools.cached_property
    def clock(self) -> bool:
        """True where the line begins with a clock time."""
        return leads_with_clock([word.text for word in self.words[:2]])

    @property
    def x0(self) -> float:
        """Left end."""
        return self.words[0].x0

    @property
    def x1(self) -> float:
        """Right end."""
        return max(word.x1 for word in self.words)

    @property
    def middle(self) -> float:
        """Vertical middle."""
        return (self.top + self.bottom) / 2

    @property
    def height(self) -> float:
        """Height of the tallest word, a stand-in for the type size."""
        return self.bottom - self.top


def visual_lines(words: Iterable[PlacedWord]) -> list[VisualLine]:
    """Lines from top to bottom."""
    words = list(words)
    if len(words) == 1:
        return [_line(words, words[0].top, words[0].bottom)]
    out: list[VisualLine] = []
    group: list[PlacedWord] = []
    top = bottom = 0.0
    # By vertical middle, then from left to right; a function as the key would be called for every word.
    for _, _, number in sorted([(word[1] + word[3], word[0], number) for number, word in enumerate(words)]):
        word = words[number]
        _, high, _, low, _, _ = word
        shared = (bottom if bottom < low else low) - (top if top > high else high)
        height = bottom - top if bottom - top < low - high else low - high
        if group and shared >= SAME_HEIGHT * height:
            group.append(word)
            if low - high > bottom - top:
                top, bottom = high, low
        else:
            if group:
                out.append(_line(group, top, bottom))
            group = [word]
            top, bottom = high, low
    if group:
        out.append(_line(group, top, bottom))
    return out


def _line(words: list[PlacedWord], top: float, bottom: float) -> VisualLine:
    """A line of the words; `top` and `bottom` are those of the tallest."""
    words.sort()
    return VisualLine(words, top, bottom)


def split_segments(words: Sequence[PlacedWord]) -> list[Cell]:
    """Words from left to right, cut at gaps clearly wider than a space, or than the other spaces of the line."""
    segments: list[Cell] = [[words[0]]]
    usual = 0.0
    labelled = words[0].text.endswith(":") or (len(words) > 1 and words[1].text.endswith(":"))
    for index in range(1, len(words)):
        before, word = words[index - 1], words[index]
        gap = word[0] - before[2]
        cut = False
        # Most gaps are plain spaces: the line's own measure is taken only where one is not.
        if gap > UNEVEN_GAP * (before[3] - before[1]):
            usual = usual or _usual_gap(words)
            label = labelled and word.text[:1].isupper() and any(w.text.endswith(":") for w in words[index : index + 3])
            cut = (
                _is_gap(before, word, gap)
                or _stands_out(gap, usual, label, before, len(words))
                or _before_clock(words, index, gap, usual)
            )
        if cut and any(char.isalnum() or char in BOXES for char in word.text):
            segments.append([word])
        else:
            segments[-1].append(word)
    return segments


def _usual_gap(words: Sequence[PlacedWord]) -> float:
    return median(after[0] - before[2] for before, after in pairwise(words))


def _stands_out(gap: float, usual: float, label: bool, before: PlacedWord, words: int) -> bool:
    """Two or three spaces where the line otherwise has one: a column, if a label follows or the space is wide enough."""
    if words < _FEWEST_WORDS or usual <= 0:
        return False
    return gap > 1.8 * usual if label else gap > 2.5 * usual and not SENTENCE_END.search(before.text)


def _before_clock(words: Sequence[PlacedWord], index: int, gap: float, usual: float) -> bool:
    """A clock time in a narrow column: more than a space parts it from the time or label before it, and times alone follow."""
    before, word = words[index - 1], words[index]
    if gap <= _NARROW_COLUMN * (before[3] - before[1]) or not is_clock(word.text):
        return False
    if is_clock(before.text):
        return True
    return index > 1 and gap > 2 * usual and len(words) - index <= _FEW_TIMES and all(is_clock(w.text) for w in words[index:])


def _is_gap(before: PlacedWord, word: PlacedWord, gap: float) -> bool:
    height = max(before[3] - before[1], word[3] - word[1])
    return gap > WIDE_GAP * height and (gap > SENTENCE_GAP * height or not SENTENCE_END.search(before.text))


def in_reading_order(words: Iterable[PlacedWord]) -> Cell:
    """The words of one cell, line after line."""
    return [word for line in visual_lines(words) for word in line.words]
