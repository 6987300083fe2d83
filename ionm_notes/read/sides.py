"""Left and right: what sides a stretch of text names and which side goes with a word in it."""

from __future__ import annotations

import bisect
import functools
import re

from ionm_notes.read.expression import expression
from ionm_notes.read.reading import Reading, Unit
from ionm_notes.read.vocabulary import vocabulary

_SIDE = expression(
    r"(?P<both>\bbilat(?:eral(?:ly)?|\.)?|\bboth\b(?!\s+(?:modalit|physician|of us|teams|SSEP|muscles?\b|readers?|responses?|signals?|potentials?|tracks?|runs?|times?|studies|tests|montages?))|\bL\s?(?:/|&|\+|and|,)\s?R\b|\bR\s?(?:/|&|\+|and|,)\s?L\b|\beach\s+(?:wrist|ankle|ear|side|leg|arm|limb|foot|hand)|\bB/?L\b"
    r"|\bleft\s?(?:and|/|&|\+|,|or|plus|as\s+well\s+as)\s?(?:the\s)?right\b|\bright\s?(?:and|/|&|\+|,|or|plus|as\s+well\s+as)\s?(?:the\s)?left\b|\b(?:either|each)\s+(?:side|hand|foot|leg|arm)|\btwo\s+sides|\bL\s+R\b|\bR\s+L\b|(?-i:(?<=[a-z])(?:L\s?[+/&]\s?R|R\s?[+/&]\s?L)\b)|(?<![\w.(])B(?=\s*(?:[,;)]|$)|\s+(?:free|[a-z]{3}))(?!\.)|\bL-R\b|\b[RL](?:LE|UE)\s?(?:and|/|&|\+|,)\s?[RL](?:LE|UE)\b|\(B\)|\bBilat\b|\bbil\b)"
    r"|(?P<left>\bleft(?:-sided)?\b|\bL\b(?![-\d]|\.\s?[A-Z][a-z])|\bLt\.?\b|\(L\)|\bLLE\b|\bLUE\b)"
    r"|(?P<right>\bright(?:-sided)?\b|\bR\b(?![-\d]|\.\s?[A-Z]|\sEEG|\sEP)|\bRt\.?\b|\(R\)|\bRLE\b|\bRUE\b)",
)


_AND_ON = re.compile(
    r"\s*(?:sides?|arms?|legs?|limbs?|hands?|feet|foot|wrists?|ankles?)?\s*(?:and|&|\+)\s+(?:(?:on|of|from|in|the|same|two|three|four|five|six)\s+)*",
    re.I,
)
"""Between two sides that are meant together: 'on the right and on the left', 'the L arm and R arm'."""


@functools.lru_cache(maxsize=4096)
def _tokens(text: str) -> tuple[tuple[int, int, tuple[str, ...]], ...]:
    """Side words of a stretch; the same row is asked about once for each site in it."""
    out: list[tuple[int, int, tuple[str, ...]]] = []
    for match in _SIDE.finditer(text):
        word = match.group()
        if len(word) == 1 and word.islower():
            continue
        if match["both"]:
            out.append((match.start(), match.end(), ("left", "right")))
        else:
            sides: tuple[str, ...] = ("left",) if match["left"] else ("right",)
            if (
                out
                and len(out[-1][2]) == 1
                and out[-1][2] != sides
                and (not re.search(r"[A-Za-z,;]", gap := text[out[-1][1] : match.start()]) or _AND_ON.fullmatch(gap))
            ):
                out[-1] = (out[-1][0], match.end(), ("left", "right"))
            else:
                out.append((match.start(), match.end(), sides))
    return tuple(out)


def sides_of(text: str) -> tuple[str, ...]:
    """All sides a text names, sorted."""
    return tuple(sorted({side for _, _, sides in _tokens(text) for side in sides}))


_COLUMN = re.compile(r"\W*(?:(?P<left>left|lt?)|(?P<right>right|rt?))\.?(?:\s+sides?)?\W*", re.I)
_MARK = re.compile(r"\W*(?:x|yes|y|\+|✓|✔|☒|•)\W*", re.I)
_FARTHEST = 16
"""Rows above a row among which the heading of its table is looked for."""


@functools.lru_cache(maxsize=1024)
def _sides_of_columns(row: str) -> dict[int, str]:
    """The side that each cell of a heading names, by the place of the cell; the same row is asked about from many below."""
    names = (_COLUMN.fullmatch(name) for name in row.split("\t"))
    return {index: "left" if m["left"] else "right" for index, m in enumerate(names) if m}


@functools.lru_cache(maxsize=1024)
def _both_in_heading(row: str, column: int) -> tuple[str, ...]:
    """Both sides, where the heading of a column of sites names them for all its rows: 'sites, both sides', 'Muscles (L and R)'."""
    names = row.split("\t")
    tokens = _tokens(names[column]) if column < len(names) else ()
    if len(tokens) != 1 or len(tokens[0][2]) != 2:
        return ()
    low, high, both = tokens[0]
    rest = names[column][:low] + names[column][high:]
    return both if vocabulary().regex("sides.of-all").fullmatch(rest) else ()


def sides_by_column(reading: Reading, unit: Unit, at: int) -> tuple[str, ...]:
    """The sides that the headings of a table give words at an offset: by their own column, or by marks under 'L' and 'R'."""
    if unit.kind != "row":
        return ()
    cells = reading.text[unit.start : unit.end].split("\t")
    own = reading.text.count("\t", unit.start, at)
    place = bisect.bisect_right(reading.unit_starts, unit.start) - 1
    for above in reversed(reading.units[max(0, place - _FARTHEST) : place]):
        if above.kind != "row":
            return ()
        said = reading.unit_text(above)
        if (heading := _both_in_heading(said, own)) and own < len(cells) and not sides_of(cells[own]):
            return heading
        sides = _sides_of_columns(said)
        if len(set(sides.values())) < 2:
            continue
        if own in sides:
            return (sides[own],)
        return tuple(sorted({side for index, side in sides.items() if index < len(cells) and _MARK.fullmatch(cells[index])}))
    return ()


def _side_line(reading: Reading, unit: Unit) -> list[tuple[int, int, tuple[str, ...]]]:
    """The side that the line after a unit gives it, where the line says nothing else: 'EMG, biceps' and below it 'R+L'."""
    place = reading.index_of(unit) + 1
    if place >= len(reading.units) or reading.units[place].page != unit.page:
        return []
    said = reading.unit_text(reading.units[place])
    tokens = _tokens(said) if len(said) < _SHORT else ()
    if len(tokens) != 1 or not vocabulary().regex("sides.of-all").fullmatch(said[: tokens[0][0]] + said[tokens[0][1] :]):
        return []
    return [(unit.end, unit.end, tokens[0][2])]


_SIDED_LABEL = expression(r"[^:\n\t.;]{0,40}\b(?:left|right|bilat\w*|both|L|R|L/R|R/L)\b[^:\n\t.;]{0,12}:")
_SHORT = 30
"""Characters of a line that holds a side alone."""


def _only_sides(text: str, at: int) -> bool:
    """Whether a clause that begins at `at` names sides and nothing that they could be of: 'tibialis anterior, soleus; left and right'."""
    end = min((place for mark in ";.\t" if (place := text.find(mark, at)) >= 0), default=len(text))
    return vocabulary().regex("sides.alone").fullmatch(text[at:end]) is not None


def sides_near(reading: Reading, unit: Unit, start: int, end: int, anchor: int) -> tuple[str, ...]:
    """The side that goes with the words at `start`..`end` in a unit: said just before (after `anchor`), else just behind."""
    if "\t" in reading.text[unit.start : unit.end] and (columns := sides_by_column(reading, unit, start)):
        return columns
    low = max(unit.start, min(anchor, start) - 24)
    labelled = _SIDED_LABEL.match(reading.text, unit.start, min(anchor, start)) is not None
    if labelled and anchor > start:
        low = unit.start  # 'Muscles (both sides): TA, MG. Type: spontaneous EMG'
    text = reading.text[low : unit.end]
    whole = ((a + unit.start, b + unit.start, sides) for a, b, sides in _tokens(reading.unit_text(unit)))
    tokens = [token for token in whole if token[1] > low] or _side_line(reading, unit)
    stops = [
        m.start() + low for m in expression(r"[;]|\.\s+(?=[A-Z])", cased=True).finditer(text) if not _only_sides(text, m.end())
    ]

    def same_clause(a: int, b: int) -> bool:
        return not any(min(a, b) <= s < max(a, b) for s in stops)

    # A side in brackets before the anchor goes with what stands before it: '(both left and right) Triggered EMG: mentalis'.
    before = [
        t
        for t in tokens
        if t[1] <= start
        and same_clause(t[0], start)
        and not (t[1] <= anchor <= start and not labelled and ")" in reading.text[t[1] : anchor])
        and vocabulary().regex("sides.of-another-clause").fullmatch(reading.text[t[1] : start]) is None
    ]
    after = [t for t in tokens if t[0] >= end and same_clause(end, t[0])]
    if before and start - before[-1][1] <= 3:
        return before[-1][2]
    if before and after:
        gap_before, gap_after = reading.text[before[-1][1] : start], reading.text[end : after[0][0]]
        if len(after[0][2]) == 2 and not re.search(r"\b(?:left|right)\b", gap_after, re.I) and len(before[-1][2]) == 2:
            return ("left", "right")
        if len(after[0][2]) == 2 and len(gap_after) < len(gap_before):
            return after[0][2]
        return before[-1][2]
    if before:
        return before[-1][2]
    return after[0][2] if after else ()
