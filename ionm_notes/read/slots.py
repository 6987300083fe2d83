"""Boards of reading centers: how many of a reader's slots are in use, or what is in each of them.

READER BOARD - Quill, M. - slots 4, in use 1 (this case)        HUB CONSOLE 2 - READER QUILL
                                                                Slot A   this patient
                                                                Slot B   cervical, other hospital
                                                                Slot C   empty
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ionm_notes.read.names import standing, surname
from ionm_notes.read.people import Cast
from ionm_notes.read.reading import Reading, Unit
from ionm_notes.read.said import Said
from ionm_notes.read.vocabulary import vocabulary

_TITLE = 2
"""Lines above a board in which its reader is named."""
_ONE = frozenset({"1", "one"})


def slots_in_use(reading: Reading, cast: Cast) -> Iterator[Said]:
    """What boards say of the professional's other cases."""
    words = vocabulary()
    for unit, match in reading.told(words.patterns["slots.used"]):
        if _names_reader(reading.unit_text(unit), cast):
            count = (match["n"] or match["n2"]).lower()
            yield _said(reading, unit, "exclusive" if count in _ONE else "shared")
    board: list[tuple[Unit, str]] = []
    for unit in sorted({unit for unit, _ in reading.told(words.patterns["slots.row"])}, key=lambda unit: unit.start):
        found = words.regex("slots.row").match(reading.unit_text(unit))
        if board and reading.index_of(unit) != reading.index_of(board[-1][0]) + 1:
            yield from _of_board(reading, board, cast)
            board = []
        if found is not None:
            board.append((unit, found["what"].strip(" \t()-–—.")))
    if board:
        yield from _of_board(reading, board, cast)


def _of_board(reading: Reading, board: Sequence[tuple[Unit, str]], cast: Cast) -> Iterator[Said]:
    """What the slots of one board hold: this case alone, or others too."""
    words = vocabulary()
    index = reading.index_of(board[0][0])
    above = " ".join(reading.unit_text(unit) for unit in reading.units[max(0, index - _TITLE) : index])
    if len(board) < 2 or not _names_reader(above, cast):
        return
    used = [(unit, what) for unit, what in board if what and not words.regex("slots.empty").fullmatch(what)]
    own = [unit for unit, what in used if words.regex("slots.this").search(what) or _of_surgeon(what, cast)]
    if len(own) != 1 or any(words.regex("slots.signals").search(what) for _, what in used):
        return
    others = [unit for unit, _ in used if unit not in own]
    yield _said(reading, others[0], "shared") if others else _said(reading, own[0], "exclusive")


def _said(reading: Reading, unit: Unit, what: str) -> Said:
    return Said(what, unit.start, unit.end, unit, "", reading.evidence(unit.start, unit.end))


def _names_reader(text: str, cast: Cast) -> bool:
    """Whether words name a professional, by name or as the reader."""
    named = any(standing(surname(person.name)).search(text) for person in cast.professionals)
    return named or vocabulary().regex("slots.reader").search(text) is not None


def _of_surgeon(text: str, cast: Cast) -> bool:
    return any(standing(surname(person.name)).search(text) for person in cast.surgeons)
