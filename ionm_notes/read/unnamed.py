"""Whether a statement without a subject is of the professional, by what it tells: 'In OR, sole case, reading live 0800-0920.'

No caption, label or name says whose it is. Reading the tracings, or attention to one patient, is the professional's, so a fragment of
place beside such words is too, in the statement itself or in those of its paragraph. A fragment of hands at the patient is not.
Words: `unnamed.*` in `patterns/watch.toml`.
"""

from __future__ import annotations

from ionm_notes.read.names import given_name, standing, surname
from ionm_notes.read.people import Cast
from ionm_notes.read.reading import Reading, Unit
from ionm_notes.read.vocabulary import vocabulary

_LONGEST = 260
"""Characters of the longest statement that is taken to go without a subject."""
_AROUND = 3
"""Statements of the paragraph, before and after, among which the watch is told."""


def without_subject(reading: Reading, unit: Unit, at: int, cast: Cast) -> bool:
    """Whether what stands before `at` in its clause names nobody and nothing, and the watch is told of in the statement or beside it.

    A technologist named behind the place may be its subject: 'In the OR, Dev ran the traces'.
    """
    if unit.kind != "sentence" or unit.end - unit.start > _LONGEST:
        return False
    words = vocabulary()
    before = words.regex("unnamed.with").sub(" ", reading.text[unit.start : at])
    if words.regex("unnamed.opening").match(before) is None or not of_the_watch(reading, unit):
        return False
    behind = words.regex("unnamed.with").sub(" ", reading.text[at : unit.end])
    names = (name for person in cast.technologists for name in (surname(person.name).title(), given_name(person.name)) if name)
    return not any(standing(name, cased=True).search(behind) for name in names)


def of_the_watch(reading: Reading, unit: Unit) -> bool:
    """Whether a statement, or one of its paragraph that stands near it, tells of the professional's watch, and none of a technologist's work."""
    own = _own(reading, unit)
    if own is not None:
        return own
    beside = _beside(reading, unit)
    if any(other.start < unit.start and _own(reading, other) is False for other in beside):
        return False  # 'IN-ROOM TECHNOLOGIST SIGN-OFF / Present in OR 7: 07:05 to 10:50'
    return any(_own(reading, other) is True for other in beside)


def _beside(reading: Reading, unit: Unit) -> list[Unit]:
    index = reading.index_of(unit)
    near = reading.units[max(0, index - _AROUND) : index + 1 + _AROUND]
    return [other for other in near if other.paragraph == unit.paragraph and other.page == unit.page and other.kind == "sentence"]


def _own(reading: Reading, unit: Unit) -> bool | None:
    """True where a statement tells of the watch, False where it is of somebody else's work, None where it is of neither."""
    words, text = vocabulary(), reading.unit_text(unit)
    told = words.regex("unnamed.with").sub(" ", text)
    if words.regex("unnamed.gainsaid").search(text) is not None:
        return False
    if words.regex("unnamed.others").search(words.regex("unnamed.when").sub(" ", told)) is not None:
        return False
    if words.regex("unnamed.watch").search(text) is not None or told != text:
        return True
    return None
