"""The statements of a document that the trained models weigh: sentences, fields and pairs of cells, with their words."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from ionm_notes.read.boxes import BOX
from ionm_notes.read.names import surname
from ionm_notes.read.people import Cast
from ionm_notes.read.reading import Reading, Unit
from ionm_notes.read.trained.sentences import plain
from ionm_notes.read.vocabulary import vocabulary

_LONGEST = 70
"""Words of the longest statement that is weighed."""
_LOG_ENTRY = re.compile(r"\W{0,3}\d{1,2}[:.h]?\d{2}\b")


def _candidates(reading: Reading) -> Iterator[tuple[int, int, Unit]]:
    """Sentences, fields, and cells in pairs of label and value; no entries of a log, no check boxes, no running lines."""
    for unit in reading.units:
        text = reading.unit_text(unit)
        if unit.kind == "running" or _LOG_ENTRY.match(text) or BOX.search(text):
            continue
        if text.count("\t") <= 1:
            yield unit.start, unit.end, unit
            continue
        cells = [unit.start, *(unit.start + m.end() for m in re.finditer(r"\t", text)), unit.end + 1]
        if len(cells) % 2 and not _heads_columns(reading, unit, text):  # an even number of cells
            yield from ((low, high - 1, unit) for low, high in zip(cells[::2], cells[2::2], strict=False))


def _heads_columns(reading: Reading, unit: Unit, text: str) -> bool:
    """Whether a row is the names of a table's columns, one of which asks for other cases: 'Where | Other patients' over 'OR 4 | none'."""
    after = reading.index_of(unit) + 1
    below = reading.unit_text(reading.units[after]) if after < len(reading.units) else ""
    return (
        not any(map(str.isdigit, text))
        and below.count("\t") == text.count("\t")
        and any(map(str.isdigit, below))
        and any(vocabulary().regex("ledger.cases").search(cell.strip()) for cell in text.split("\t"))
    )


_ODD = re.compile(r"[\^~`#*\\{}<>=;%|$@\"]")
_MOST_ODD = 0.15
"""The share of such signs above which a line is what a bad scan made of one, and no statement."""


@dataclass(frozen=True, slots=True)
class Statement:
    """A stretch of text that is weighed, and its words as the model takes them."""

    start: int
    end: int
    unit: Unit
    words: tuple[str, ...]


def roles(cast: Cast) -> dict[str, str]:
    """Surnames in small letters with the word that stands for each in what is weighed."""
    people = {surname(p.name).lower(): "technologist" for p in cast.technologists}
    people |= {surname(p.name).lower(): "surgeon" for p in cast.surgeons}
    return people | {surname(p.name).lower(): "physician" for p in cast.professionals}


@functools.lru_cache(maxsize=2048)
def _words(text: str, people: tuple[tuple[str, str], ...]) -> tuple[str, ...]:
    """The words of a stretch that is weighed, none where it is too long or too short; a document's statements are asked for several times."""
    if len(_ODD.findall(text)) > _MOST_ODD * len(text):
        return ()
    words = tuple(plain(text, dict(people)))
    return words if len(words) <= _LONGEST and sum(len(word) > 2 for word in words) > 1 else ()


_LEAST_WORDS = 4
"""Words of a clause that says something by itself."""


def clauses(reading: Reading, cast: Cast, told: Statement) -> list[Statement]:
    """The clauses of a statement, each with four words at least; none where it is one clause.

    'Dr. Hale sat in OR 3 with the traces before her; no second patient was hers': what a long sentence says besides hides what a
    clause of it says.
    """
    text = reading.text[told.start : told.end]
    if "\t" in text:
        return []
    edges = [0]
    for mark in vocabulary().regex("sign.apart").finditer(text):
        if len(text[edges[-1] : mark.start()].split()) >= _LEAST_WORDS <= len(text[mark.end() :].split()):
            edges.append(mark.end())
    people = tuple(roles(cast).items())
    stretches = list(pairwise([*edges, len(text)])) if len(edges) > 1 else []
    return [
        Statement(told.start + low, told.start + high, told.unit, words)
        for low, high in stretches
        if (words := _words(text[low:high], people))
    ]


def statements(reading: Reading, cast: Cast) -> list[Statement]:
    """Whatever of a document is weighed."""
    people, text = tuple(roles(cast).items()), reading.text
    return [
        Statement(low, high, unit, words) for low, high, unit in _candidates(reading) if (words := _words(text[low:high], people))
    ]
