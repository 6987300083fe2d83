"""Hours told of a professional that lie wholly outside the monitoring, beside a sentence by which he or she watched the whole of it.

'I looked through the first tracings, 7:48 to 8:02, at the cart. Monitoring ran from 8:05 to 10:41, and I was at the cart all that time.'
Whatever those hours are of, they are not the watch: a reading by which nobody watched what the record says was watched throughout is
wrong. Where no sentence says so, the hours stand as they are told.
"""

from __future__ import annotations

from collections.abc import Sequence

from ionm_notes.read.attendance.doubts import EXCEPT
from ionm_notes.read.attendance.model import Spell
from ionm_notes.read.attendance.scene import Scene
from ionm_notes.read.said import part_around
from ionm_notes.read.segments import minute_of
from ionm_notes.read.supervision import Supervision
from ionm_notes.read.vocabulary import vocabulary


def within_hours(scene: Scene, supervision: Supervision, spells: list[Spell]) -> list[Spell]:
    """The spells; none where all are told in sentences, lie outside the monitoring, and another sentence tells of the whole of it."""
    begin, end = scene.monitoring
    if begin is None or end is None or not spells:
        return spells
    first, last = minute_of(scene.day, begin), minute_of(scene.day, end)
    if any(spell.log or spell.ledger or not _outside(spell, first, last) for spell in spells):
        return spells
    return [] if _watched_throughout(scene, supervision, spells) else spells


def _outside(spell: Spell, first: int, last: int) -> bool:
    """Whether both ends of a spell lie before the monitoring or behind it, or it only tells of a going after its end.

    A coming behind the end, and a going before the beginning, speak against a watch and stand.
    """
    if spell.last is None:
        return False
    return spell.last > last if spell.first is None else spell.last <= first or spell.first >= last


def _watched_throughout(scene: Scene, supervision: Supervision, spells: Sequence[Spell]) -> bool:
    """Whether a sentence without a time, and other than those of the spells, says that somebody was at his or her place throughout."""
    reading, words = scene.reading, vocabulary()
    whole = [words.regex(name) for name in ("whereabouts.wholly", "presence.throughout")]
    told = {spell.sentence for spell in spells}
    for said in supervision.modes:
        unit = said.unit
        text = reading.unit_text(unit)
        if unit.kind != "sentence" or (unit.start, unit.end) in told or scene.times.within(unit.start, unit.end):
            continue
        # 'I followed from my office while Ms. Cole was in the room throughout': the word is of her part of the sentence.
        low, high = part_around(reading, said)
        if (
            any(one.search(reading.text, low, high) for one in whole)
            and words.regex("parcel.part").search(text) is None
            and not EXCEPT.search(text)
        ):
            return True
    return False
