"""One label for several particulars of the patient, with their values behind or below it: 'Name / MRN: Jane Roe / 4417722'.

What the label names decides what the value may be read for: a figure under 'Patient / room' is no record number, a date under
'Patient / date of surgery' no birth date. Surname and first name with a label each ('Last name', 'First name') are put together too.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from ionm_notes.read.beside import Cells
from ionm_notes.read.dates import DateMention
from ionm_notes.read.expression import Expression, expression
from ionm_notes.read.names import Name
from ionm_notes.read.reading import Reading
from ionm_notes.read.vocabulary import vocabulary

_KINDS = ("person", "birth", "number", "date", "figure", "neutral")
"""What a part of a label can name; 'figure' is a number that is no record's, 'date' one that is not of birth."""
_JOIN = r"\s*(?:[/&+,;|·]|[-–—](?=\s)|\band\b)\s*"
_FEWEST = 3
"""Figures of the shortest record number."""
_REACH = 60
"""Characters behind a label in which its values stand."""
_NUMBER = re.compile(r"(?<![\w/.:])(?:[A-Z]{1,5}[- ]?)?\d[\w-]*(?:[ -]\d[\w-]*)*(?![\w/:]|\.\d)")
_INITIALS = re.compile(r"(?<![\w.])(?:[A-Z]\.[ -]?){2,3}(?!\w)|(?<![\w.])[A-Z]{2,3}(?=\s*[/|,;(\t])")
_APART = re.compile(r"[\s/|,;·()&#:–—-]*")


@dataclass(frozen=True, slots=True)
class Joint:
    """What stands behind one label of several things: the ranges of name and number, the date of birth; None for what is not there."""

    name: tuple[int, int] | None
    born: DateMention | None
    number: tuple[int, int] | None


@functools.cache
def _label() -> tuple[Expression, Expression, dict[str, Expression]]:
    """A whole joint label where a cell or a line begins, what parts it, and the kinds of its parts."""
    sources = {kind: vocabulary().patterns[f"patient.joint-{kind}"].source for kind in _KINDS}
    part = "(?:" + "|".join(f"(?:{source})" for source in sources.values()) + ")"
    opener = r"(?:(?<![^\n\t])|(?<=[.)☐]\s)|(?<=\d\s))"
    bracketed = rf"\s*\(\s*{part}(?:{_JOIN}{part})?\s*\)"
    whole = rf"{opener}(?P<label>{part}(?:(?:{_JOIN}{part}){{1,4}}|{bracketed}))(?P<behind>\s?[:=]|(?=\s*[\t\n]))"
    return expression(whole), expression(rf"{_JOIN}|\s*[()]\s*"), {kind: expression(source) for kind, source in sources.items()}


def joint_labels(
    reading: Reading, cells: Cells, dates: Sequence[DateMention], people: Callable[[], Sequence[Name]]
) -> Iterator[Joint]:
    """Every joint label with at least one value; `people` gives the names that may be a patient's."""
    whole, joins, kinds = _label()
    for match in whole.finditer(reading.text):
        named = _kinds(match["label"], joins, kinds)
        if not {"birth", "number"} & set(named):
            continue
        for low, high in _values(cells, match.end()):
            found = _read(reading.text, low, high, named, dates, people() if "person" in named else ())
            if found is not None:
                yield found
                break


def _kinds(label: str, joins: Expression, kinds: dict[str, Expression]) -> list[str]:
    """What the parts of a label name, in their order; of two kinds that a part can be, the one with more of its words."""
    named, at = [], 0
    while at < len(label):
        told = max(((m.end(), kind) for kind, words in kinds.items() if (m := words.match(label, at))), default=None)
        if told is None:
            return []
        named.append(told[1])
        joined = joins.match(label, told[0])
        at = joined.end() if joined else len(label)
    return named


def _values(cells: Cells, at: int) -> Iterator[tuple[int, int]]:
    """Where the values of a label can stand: behind it in its cell, else in a cell around."""
    cell = cells.at(at)
    if cells.text[at : cell.end].strip(" :="):
        yield at, min(cell.end, at + _REACH)
        return
    for other in cells.around(cell):
        yield other.start, min(other.end, other.start + _REACH)


def _read(
    text: str, low: int, high: int, named: Sequence[str], dates: Sequence[DateMention], people: Sequence[Name]
) -> Joint | None:
    """The particulars of a value, each only if its label names it; None where none is there."""
    days = [day for day in dates if low <= day.start < high]
    taken = [(day.start, day.end) for day in days]
    wanted = [kind for kind in named if kind in ("birth", "date")]
    born = days[wanted.index("birth")] if "birth" in wanted and len(days) == len(wanted) else None
    name = None
    if "person" in named:
        name = next(((n.start, n.end) for n in people if low <= n.start < high and _begins(text, low, n.start, taken)), None)
        if name is None and (letters := _INITIALS.search(text, low, high)) and _begins(text, low, letters.start(), taken):
            name = letters.span()
    taken += [name] if name else []
    figures = [f for f in named if f in ("number", "figure")]
    numbers = [
        found.span()
        for found in _NUMBER.finditer(text, low, high)
        if sum(c.isdigit() for c in found.group()) >= _FEWEST and not any(a < found.end() and found.start() < b for a, b in taken)
    ]
    number = None
    if "number" in figures and numbers and (place := figures.index("number")) < len(numbers):
        number = numbers[place] if "figure" in figures else numbers[0]
    if "person" in named and name is None:
        return None  # values of another label, or of nobody who may be the patient
    return Joint(name, born, number) if born or number else None


def _begins(text: str, low: int, at: int, taken: Sequence[tuple[int, int]]) -> bool:
    """Whether a name begins a value, or one of its parts."""
    before = text[low:at]
    return _APART.fullmatch(before) is not None or re.search(r"[/|,;·(&\t–—-]\s*$|\d\s+$", before) is not None


@functools.cache
def _halves() -> tuple[Expression, Expression]:
    """Surname and first name under a label each, in either order."""
    last, first, middle = (vocabulary().patterns[f"patient.half-{which}"].source for which in ("surname", "given", "middle"))
    opener, between, gap = (
        r"(?<![^\n\t,;|/])[ ]?(?:\d{1,2}[.)]?[ ])?",
        r"[ ]?(?:[:=][ \t]?|\t)[ \"']?",
        r"[ \"']?[\n\t,;|/]{1,2}[ ]?",
    )
    word = r"(?-i:[A-Z][\w'’-]+(?:[ ][A-Z][\w'’.-]*)?)"
    inner = rf"(?:{middle}{between}[\w'’.-]{{0,16}}{gap})?"
    number = r"(?:\d{1,2}[.)]?[ ])?"
    return (
        expression(rf"{opener}(?P<low>{last}){between}(?P<last>{word}){gap}{inner}{number}{first}{between}(?P<first>{word})"),
        expression(rf"{opener}(?P<low>{first}){between}(?P<first>{word}){gap}{inner}{number}{last}{between}(?P<last>{word})"),
    )


def halves_of_names(reading: Reading) -> Iterator[Name]:
    """Names whose surname and first name have a label each, one after the other."""
    for order in _halves():
        for match in order.finditer(reading.text):
            yield Name(f"{match['last']}, {match['first']}", (), match.start("low"), match.end(), "")
