"""Finds labels ('Surgeon:', 'DOS', 'IMPRESSION') and the values that stand behind, beside or below them.

A label counts before a colon, as a whole cell, at the start of a cell before a value, or alone on a line as a heading.
A value ends at the next label, cell or line; a section's value runs on to the next label that opens a line.
"""

from __future__ import annotations

import bisect
import functools
import itertools
import operator
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import chain

from ionm_notes.read.expression import Expression, expression
from ionm_notes.read.hastened import beginnings, parted
from ionm_notes.read.reading import Reading
from ionm_notes.read.records import labelled_line
from ionm_notes.read.vocabulary import Pattern, vocabulary


@dataclass(frozen=True, slots=True)
class Field:
    """A label (`start`..`label_end`) and its value (`low`..`high`), offsets into `Reading.text`."""

    id: str
    shape: str
    start: int
    label_end: int
    low: int
    high: int
    heading: bool

    def value(self, reading: Reading) -> str:
        """The value's text, trimmed."""
        return reading.text[self.low : self.high].strip(" \t\n:-–—|·•=▸▶►»›")


_start_of = operator.attrgetter("start")


@dataclass(frozen=True, slots=True)
class Fields:
    """All fields of a reading in order of place."""

    all: tuple[Field, ...]
    _reach: tuple[int, ...] = field(init=False, repr=False)
    """How far the values of a field and of those before it reach at most."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "_reach", tuple(itertools.accumulate((item.high for item in self.all), max)))

    def of(self, *names: str) -> tuple[Field, ...]:
        """Fields with one of these ids."""
        return tuple(f for f in self.all if f.id in names)

    def section_at(self, offset: int) -> str | None:
        """Id of the field whose value holds the offset."""
        place = bisect.bisect_right(self.all, offset, key=_start_of) - 1
        while place >= 0 and offset < self._reach[place]:
            if offset < self.all[place].high:
                return self.all[place].id
            place -= 1
        return None


_AROUND = (r"(?<![\w'’/-])", r"(?![\w'’])")
"""A label is taken as whole words only."""


_Label = tuple[str, str, bool, Expression]
_TOGETHER = 6
"""How many kinds of labels are looked for at once where a label stands, before each by itself."""


@functools.cache
def _labels() -> tuple[tuple[Expression, tuple[_Label, ...]], ...]:
    """Kinds of labels by groups, each with an expression that matches where one of the group does."""
    kinds = vocabulary().group("label")
    groups = [kinds[low : low + _TOGETHER] for low in range(0, len(kinds), _TOGETHER)]
    return tuple((_any_of(group), tuple(map(_label, group))) for group in groups)


def _label(pattern: Pattern) -> _Label:
    shape, bare = str(pattern.tags.get("shape", "text")), bool(pattern.tags.get("bare"))
    return pattern.id.removeprefix("label."), shape, bare, expression(pattern.source, *_AROUND)


@functools.lru_cache(maxsize=256)
def _any_label(letter: str) -> Expression | None:
    """Matches where one label at least that begins with a letter does, None if none does: most places hold none, and are done with.

    One for each letter, since an expression of all labels is more than PCRE2 takes.
    """
    choices = [choice for choice, letters in _choices() if letters is None or re.match(f"[{letters}]", letter, re.IGNORECASE)]
    return expression("|".join(f"(?:{choice})" for choice in choices), *_AROUND) if choices else None


@functools.cache
def _choices() -> tuple[tuple[str, str | None], ...]:
    """All that labels are a choice of, each with the letters that it can begin with."""
    return parted("|".join(pattern.source for pattern in vocabulary().group("label")))


def _any_of(kinds: Sequence[Pattern]) -> Expression:
    return expression("|".join(f"(?:{pattern.source})" for pattern in kinds), *_AROUND)


_OPENER = re.compile(r"(?:^|[\n\t|·•;☐☒☑\]]|[.,)]\s|\s{2}|\d[.)]\s?|(?:^|[\n\t])\d{1,3}[a-z]?\s|[-–—]\s|\(\s?|/\s)\s*$")
_IN_LOG_ROW = re.compile(r"(?<![\d/-])(?:[01]?\d|2[0-3])[:.h]?[0-5]\d(?![\d/-])")
"""A clock time before a label in its line: an entry of a log, whose last words are no heading of what follows."""
_ARTICLE = re.compile(r"\b(?:the|an?|to|by|of|with|our|my|his|her|this)\s+$", re.I)
"""Words before a label word that make it part of a sentence: '... spoke to the surgeon: ...'."""
_SEPARATOR = re.compile(
    r"\s*(?:\((?:[^()\n]{1,24})\)\s*)?(?P<sep>[:=▸▶►»›]|(?<=\?)\s{1,4}(?=\S)|\?[ ]{0,2}(?=\n)|\?[ ]{1,4}(?=\S)|\t|\n|$|[-–—]\s|\.\s)"
)


_BEFORE_LABEL = r"(?:^|[\n\t|·•;☐☒☑\]]|[.,)]\s|\s{2}|\d[.)]\s?|(?<=[\n\t])\d{1,3}[a-z]?\s(?=[A-Z])|[-–—]\s|\(\s?|/\s)\s*(?=\S)"


@functools.cache
def _openers() -> Expression:
    """What stands before a place where a label can begin; before a clock time, say, only where a label begins with a figure."""
    letters = beginnings("|".join(f"(?:{pattern.source})" for pattern in vocabulary().group("label")))
    return expression(_BEFORE_LABEL + (f"(?i:(?=[{letters}]))" if letters else ""), cased=True)


_OPENS_CELL = re.compile(r"[\n\t☐☒☑\]]")
_COLON = re.compile(r"[:=▸▶►»›]")
_WORD_START = re.compile(r"(?<![\w'’/-])\S")
_LABEL_REACH = 53
"""How many characters before its colon a label can begin."""


def _places(text: str) -> list[int]:
    """Offsets where a label can begin: behind an opener, or at a word before a colon."""
    found: set[int] = set()
    for match in _openers().finditer(text):
        start, end = match.span()
        if start and text[end].islower() and not _OPENS_CELL.search(text, start, end):
            # In the middle of a line a label in small letters counts only before a colon, which is looked at below.
            continue
        found.add(end)
        if end - start > 1:
            found.add(start + 1)
    last = 0
    for colon in _COLON.finditer(text):
        low = max(last, colon.start() - _LABEL_REACH)
        low = max(low, text.rfind("\n", low, colon.start()) + 1, text.rfind("\t", low, colon.start()) + 1)
        found.update(word.start() for word in _WORD_START.finditer(text, low, colon.start()))
        last = colon.end()
    return sorted(found)


def _candidates(text: str) -> list[tuple[int, int, str, str, bool]]:
    found: list[tuple[int, int, str, str, bool]] = []
    labels = _labels()
    for place in _places(text):
        held = _any_label(text[place])
        if held is None or held.match(text, place) is None:
            continue
        for name, shape, bare, label in chain.from_iterable(group for any_of, group in labels if any_of.match(text, place)):
            match = label.match(text, place)
            if match is None:
                continue
            start, end = match.span()
            while start < end and text[start].isspace():
                start += 1
            found.append((start, end, name, shape, bare))
    found.sort(key=lambda item: (item[0], -(item[1])))
    return found


_OF_A_NAME = re.compile(r"[a-z.]\s?,\s$")
_LETTERS = re.compile(r"[A-Z]{2,}")
"""Letters of a certificate, which are no label behind a name: 'Ada Hale, MD' with another field behind it."""


_KEY_PATH = re.compile(r"(?:^|[\n\t;|])\s*(?:[A-Za-z]\w*\.)+$")
"""What a program's export has before the last word of a key: 'case.procedure = Growing rod exchange'."""
_KEY_REACH = 40


def _accept(text: str, start: int, end: int, shape: str, bare: bool) -> str | None:
    """Why a label counts: 'colon', 'keyed', 'cell', 'heading', 'bare'; None if it does not."""
    before = text[max(0, start - 6) : start]
    opens = start == 0 or bool(_OPENER.search(before))
    separator = _SEPARATOR.match(text, end)
    sep = separator["sep"] if separator else None
    if sep and sep in ":=▸▶►»›":
        spoken = (text[start].islower() or before.strip().isupper()) and _ARTICLE.search(before)
        keyed = before[-1:] == "." and _KEY_PATH.search(text, max(0, start - _KEY_REACH), start) is not None
        return "keyed" if keyed else "colon" if opens or (before[-1:].isspace() and not spoken) else None
    if not opens:
        return None
    cell_start = start == 0 or bool(re.search(r"(?:^|[\n\t]|\d[.)]\s?|(?:^|[\n\t])\d{1,3}[a-z]?\s)\s*$", before))
    if sep == "\t" and cell_start:
        return "cell"
    if separator is not None and sep and sep[0] == "?":  # 'Final opinion?' over its answer, or before it
        return None if not cell_start else "heading" if text[separator.end() : separator.end() + 1] == "\n" else "colon"
    if sep == "\n" or (sep == "" and end >= len(text) - 1):
        return "heading" if cell_start and not _IN_LOG_ROW.search(text, text.rfind("\n", 0, start) + 1, start) else None
    if sep and sep.startswith(".") and cell_start and shape == "section":
        return "colon"
    if sep and sep[0] in "-–—" and (cell_start or bare):
        return "colon"
    if _OF_A_NAME.search(before) and _LETTERS.fullmatch(text, start, end):
        return None
    rest = text[end : end + 24]
    if bare and re.match(r"\s+[\"(]?[A-Z0-9]", rest):
        strong = text[start:end].isupper() or text[start : start + 1].isupper()
        if (cell_start and strong) or (strong and re.search(r"(?:[|·•;\t]|[.,)]\s|\s{2})\s*$", before)):
            return "bare"
    if bare and shape == "section" and cell_start and text[start:end].isupper():
        return "bare"
    return None


def read_fields(reading: Reading) -> Fields:
    """All labels of the text with their values."""
    text = reading.text
    accepted: list[tuple[int, int, str, str, str]] = []
    last_end = -1
    for start, end, name, shape, bare in _candidates(text):
        if start < last_end:
            continue
        how = _accept(text, start, end, shape, bare)
        if how:
            whose = accepted[-1] if accepted and _is_name_of(text, accepted[-1], start, end) else None
            accepted.append((start, end, whose[2] if whose else name, shape, how))
            last_end = end
    fields = []
    headed = _headed(text, accepted)
    for index, (start, end, name, shape, how) in enumerate(accepted):
        if start in headed:
            fields.append(Field(name, shape, start, end, *headed[start], False))
            continue
        following = accepted[index + 1][0] if index + 1 < len(accepted) else len(text)
        low, high = (
            _keyed_value(text, end)
            if how == "keyed"
            else _value(reading, name, start, end, shape, how, following, accepted[index + 1 :])
        )
        fields.append(Field(name, shape, start, end, low, high, how == "heading"))
    return Fields(tuple(fields))


def _is_name_of(text: str, heading: tuple[int, int, str, str, str], start: int, end: int) -> bool:
    """Whether a label says 'Name' right below the heading of somebody's section, and so is of him or her: '2. Reading physician'."""
    _, heading_end, _, shape, _ = heading
    between = text[heading_end:start]
    below = shape == "name" and "\n" in between and not between.strip(" :\n")
    return below and vocabulary().regex("field.name").fullmatch(text[start:end]) is not None


def _headed(text: str, accepted: list[tuple[int, int, str, str, str]]) -> dict[int, tuple[int, int]]:
    """Values that stand under their labels: a row of nothing but labels, and below it a row of as many cells without any.

    Returns the range of the value by the offset of its label.
    """
    starts = {start: end for start, end, _, _, how in accepted if how in ("cell", "heading")}
    found: dict[int, tuple[int, int]] = {}
    for start in starts:
        line = text.rfind("\n", 0, start) + 1
        if start != line or "\t" not in text[line : _line_end(text, line)]:
            continue
        labels = cell_ranges(text, line)
        below = cell_ranges(text, _line_end(text, line) + 1)
        known = [_label_in(low, high, starts) for low, high in labels]
        if len(below) != len(labels) or any(low <= other < high for other in starts for low, high in below):
            continue
        if None in known and not _mostly_labels(text, labels, known):
            continue
        found.update({label: cell for label, cell in zip(known, below, strict=True) if label is not None})
    return found


_SHORT = 30
"""Characters of the longest cell that may head a column in words that are no label known here."""


def _mostly_labels(text: str, cells: list[tuple[int, int]], known: list[int | None]) -> bool:
    """Whether a row with cells that are no known label is a head all the same: three cells or more, more than half of them labels,
    two of them side by side (else they are labels, each with its value beside it), and the rest short and without figures."""
    labels = [place is not None for place in known]
    others = [text[low:high].strip() for (low, high), label in zip(cells, labels, strict=True) if not label]
    beside = any(one and other for one, other in itertools.pairwise(labels))
    plain = all(0 < len(other) <= _SHORT and not any(c.isdigit() for c in other) for other in others)
    return len(cells) > 2 and beside and plain and 2 * sum(labels) > len(cells)


def _label_in(low: int, high: int, starts: dict[int, int]) -> int | None:
    """The label that begins a cell and fills at least half of it."""
    return next(
        (start for start, end in starts.items() if low <= start < high and start - low < 3 and end - start > (high - low) / 3),
        None,
    )


def cell_ranges(text: str, line: int) -> list[tuple[int, int]]:
    """The cells of the line that begins at an offset."""
    stop = _line_end(text, line)
    cells, low = [], line
    for at in range(line, stop + 1):
        if at == stop or text[at] == "\t":
            cells.append((low, at))
            low = at + 1
    return cells


def _keyed_value(text: str, end: int) -> tuple[int, int]:
    """The value of a program's key whose label ends at `end`: to the next key or the end of the line."""
    separator = _SEPARATOR.match(text, end)
    low = separator.end() if separator else end
    line_end = _line_end(text, low)
    following = _NEXT_KEY.search(text, low, line_end)
    return low, following.start() if following else line_end


_NEXT_KEY = re.compile(r"\s*[;|\t]\s*(?=[A-Za-z]\w*(?:\.\w+)+\s*[=:])")


def _value(
    reading: Reading,
    name: str,
    start: int,
    end: int,
    shape: str,
    how: str,
    following: int,
    rest: list[tuple[int, int, str, str, str]],
) -> tuple[int, int]:
    text = reading.text
    separator = _SEPARATOR.match(text, end)
    low = separator.end() if separator and how != "bare" else end
    line_end = _line_end(text, low)
    if how in ("heading", "cell") or shape == "section" or not text[low : min(line_end, following)].strip(" :\t-"):
        if shape == "section" or how == "heading":
            stop = len(text)
            for other_start, _other_end, _, other_shape, other_how in rest:
                opens_line = other_start == 0 or text[other_start - 1] in "\n"
                if (
                    other_how == "heading"
                    or (opens_line and (other_shape == "section" or other_how in ("colon", "cell", "bare")))
                    or (other_start < line_end)
                ):
                    stop = other_start
                    break
            if how == "heading" and shape != "section":
                stop = min(stop, _line_end(text, low))
            elif name == "procedure" and how != "heading":
                sentence = re.compile(r"[.;]\s+(?=[A-Z])").search(text, low, max(low, stop))
                stop = min(stop, sentence.end() if sentence else stop, max(_list_end(reading, low), line_end))
            elif shape == "section" and how != "heading" and text[low:line_end].strip():
                stop = min(stop, max(reading.paragraph_end(low), line_end)) if how != "cell" else min(stop, line_end)
            return low, max(low, stop)
        if how == "cell":
            cell_end = text.find("\t", low, line_end)
            if cell_end >= 0 and text[low:cell_end].strip():
                return low, min(cell_end, following) if following > low else cell_end
            return low, min(line_end, following) if following > low else line_end
    if how == "colon" and shape != "section" and (below := _below(reading, start, low, line_end, following)) is not None:
        return below
    cell_end = text.find("\t", low, line_end)
    stop = line_end
    if cell_end >= 0 and text[low:cell_end].strip():
        stop = cell_end
    return low, max(low, min(stop, following))


def _below(reading: Reading, start: int, low: int, line_end: int, following: int) -> tuple[int, int] | None:
    """The line below a label whose own line ends with its colon, in a form that puts its values there; None elsewhere.

    The label of nothing, above another label, has no value.
    """
    text, begin = reading.text, line_end + 1
    if text[low:line_end].strip() or begin >= len(text) or following <= begin or not _values_below(text):
        return None
    if text[text.rfind("\n", 0, start) + 1 : start].strip() or _ENTRY.match(text, begin):
        return None  # 'Events in Their Order:' over '* 09:01 -- electrodes'
    end = _line_end(text, begin)
    label, value = reading.unit_at(start), reading.unit_at(begin)
    if label is None or value is None or label.paragraph != value.paragraph or labelled_line(text[begin:end].strip()):
        return None
    return None if text[begin:end].rstrip().endswith(":") else (begin, min(end, following))


_FEWEST_BELOW = 4
"""Labels with their values below them that make a form of that kind."""


@functools.lru_cache(maxsize=8)
def _values_below(text: str) -> bool:
    """Whether the document is a form whose labels end their lines with a colon, each with its value in the line below."""
    return len(_ABOVE_VALUE.findall(text)) >= _FEWEST_BELOW


_ENTRY = re.compile(r"\s*(?:[-•*·–—]|\d{1,2}[.):h]|[012]\d[0-5]\d\b)")
_ENDS_LINE = rf"[^\S\n]*[A-Z][^:.;\t\n]{{0,{_LABEL_REACH}}}:[^\S\n]*"
_ABOVE_VALUE = re.compile(rf"^{_ENDS_LINE}\n(?!{_ENDS_LINE}$)", re.MULTILINE)
"""A line that ends with its label's colon, over one that does not."""


_GOES_ON = re.compile(r"\s*(?:\(?\d{1,2}[.)]|[a-z(+&/•·*–-])")
"""A line that goes on with the one before: an item of a list, a small letter."""


def _list_end(reading: Reading, low: int) -> int:
    """Where the operation's name ends that begins at `low`: with its line, and the items of a list under it, in its paragraph."""
    end = reading.paragraph_end(low)
    unit = reading.unit_at(low)
    while unit is not None and unit.end < end and _GOES_ON.match(reading.text, unit.end):
        unit = next((later for later in reading.units if later.start >= unit.end), None)
    return end if unit is None else min(end, unit.end)


def _line_end(text: str, at: int) -> int:
    found = text.find("\n", at)
    return len(text) if found < 0 else found
