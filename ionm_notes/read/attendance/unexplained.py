"""Sentences beside a statement of attendance that tell of something amiss and that no reading explains; each makes a query.

'I had trouble with the wireless network in the second half', 'Our student kept watch while I had my lunch': no list holds all that may
spoil an attendance. What stands in the paragraph of a professional's claim, is of the reader, of another who looked, of the statement or
of the record, has a word by which something was wanting, and tells neither of findings nor of anything that is read, a person has to read.
Words: `patterns/unexplained.toml`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from ionm_notes.read.attendance.scene import Scene
from ionm_notes.read.attendance.spoiled import in_prose
from ionm_notes.read.reading import Unit
from ionm_notes.read.supervision import Supervision
from ionm_notes.read.vocabulary import vocabulary

_LONGEST = 220
"""Characters of the longest sentence that is asked for."""
_NEXT = 3
"""Sentences before and behind a claim that are asked for, in its paragraph."""


def unexplained(scene: Scene, supervision: Supervision, accounted: Collection[int]) -> Iterator[Unit]:
    """The sentences. `accounted`: where those begin that another reading has made a gap, a pause or a row of."""
    reading, words = scene.reading, vocabulary()
    claims = {said.unit.start: said.unit for said in (*supervision.modes, *supervision.live, *supervision.exclusive)}
    every = (
        *supervision.shared,
        *supervision.communication,
        *supervision.presence,
        *supervision.afterwards,
        *supervision.operator,
    )
    read = {*claims, *(said.unit.start for said in every), *accounted, *(event.unit.start for event in scene.events)}
    seen: set[int] = set()
    of, amiss = words.regex("unexplained.of"), words.regex("unexplained.amiss")
    otherwise = [words.regex(f"unexplained.{name}") for name in ("else", "no-relief", "beside-the-watch")]
    for claim in claims.values():
        if claim.kind != "sentence":
            continue
        at = reading.index_of(claim)
        for unit in reading.units[max(0, at - _NEXT) : at + _NEXT + 1]:
            if unit.start in seen or unit.start in read or unit.paragraph != claim.paragraph or unit.kind != "sentence":
                continue
            seen.add(unit.start)
            text = reading.unit_text(unit)
            if (
                len(text) > _LONGEST
                or amiss.search(text) is None
                or of.search(text) is None
                or any(one.search(text) is not None for one in otherwise)
            ):
                continue
            before = reading.units[max(0, reading.index_of(unit) - 1)]
            if words.regex("unexplained.of-those-hours").match(text) and len(scene.times.within(before.start, before.end)) > 1:
                continue  # 'From 8:52 to 9:20 she watched. She reports for that span and not for the rest.'
            if in_prose(scene, unit) and not scene.times.within(unit.start, unit.end):
                yield unit
