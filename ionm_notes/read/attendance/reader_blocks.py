"""Forms with a block of lines for each reader: whose hours, place and other cases each block states.

'READER 1 / Name: Ada Hale MD / Location: remote / Connected: 0758 / Disconnected: 0940 / Other cases: 0', and a second one below. What a
block states is said of its reader alone.
"""

from __future__ import annotations

from collections.abc import Sequence

from ionm_notes.read.attendance.model import Spell
from ionm_notes.read.names import lettered, surname
from ionm_notes.read.people import Cast
from ionm_notes.read.reading import Reading
from ionm_notes.read.said import Said
from ionm_notes.read.supervision import Supervision
from ionm_notes.read.vocabulary import vocabulary

_REACH = 400
"""Characters from the name of a reader to the hours of the block."""
Stretch = tuple[int, int]


def put_in_blocks(reading: Reading, spells: Sequence[Spell], cast: Cast, supervision: Supervision) -> set[Stretch]:
    """Puts reader, place and load to the spells that forms state in blocks; gives the statements that were used for it."""
    names = [surname(person.name) for person in cast.professionals]
    stated = [spell for spell in spells if spell.places[0].origin == "header" and not spell.ledger]
    if len(names) < 2 or len(stated) < 2:
        return set()
    named = sorted((match.start(), name) for name in names for match in lettered(name).finditer(reading.lower))
    blocks: list[tuple[Spell, str, Stretch]] = []
    for spell in stated:
        low, who = max(((at, name) for at, name in named if at <= spell.places[0].start), default=(-1, ""))
        if low < 0 or spell.sentence[0] - low > _REACH or spell.who not in ("", who):
            return set()
        high = min((at for at, name in named if at > low and name != who), default=spell.sentence[1] + _REACH)
        blocks.append((spell, who, (low, high)))
    if len({who for _, who, _ in blocks}) < 2 or len({block for *_, block in blocks}) < len(blocks):
        return set()
    used: set[Stretch] = set()
    for spell, who, (low, high) in blocks:
        spell.who = who
        places = {said.what for said in supervision.modes if low <= said.start < high and not _of_all(reading, said)}
        spell.mode = spell.mode or (places.pop() if len(places) == 1 else None)
        loads = [said for said in (*supervision.exclusive, *supervision.shared) if low <= said.start < high]
        loads = [said for said in loads if not _of_all(reading, said)]
        if spell.exclusive is None and len({said.what for said in loads}) == 1:
            spell.exclusive = loads[0].what == "exclusive"
            used |= {(said.unit.start, said.unit.end) for said in loads}
    return used


def _of_all(reading: Reading, said: Said) -> bool:
    """Whether a statement that stands below the last block is of all readers: 'Neither read for any other patient.'"""
    return vocabulary().regex("parcel.all-readers").match(reading.text, said.unit.start, said.unit.end) is not None
