"""What is said of somebody who watched and is no professional: a resident, a fellow, a technologist at the hub.

'The remote watch was kept by Pia Lund, CNIM', 'Our resident sat in the OR and watched the signals. He presented the case to me at 11:00':
such words place nobody who may be billed, and are no live attendance of the professional. What stands of the professional in the same
record, that he or she read or was told afterwards, is then all that is known. Source: contract, 'Billable time is monitoring time that
a qualified professional attended'. Words: `patterns/stood_in.toml`.
"""

from __future__ import annotations

from dataclasses import replace

from ionm_notes.read.names import standing, surname
from ionm_notes.read.people import Cast
from ionm_notes.read.reading import Reading, Unit
from ionm_notes.read.said import Said
from ionm_notes.read.supervision import Supervision
from ionm_notes.read.vocabulary import vocabulary

_NEAR = 90
"""Characters from the one who stood in to the word for watching."""


def without_stand_ins(reading: Reading, cast: Cast, supervision: Supervision) -> Supervision:
    """The statements without those of somebody who watched and is no professional; with what the professional did afterwards, if told."""
    if not cast.professionals:
        return supervision
    kept = {
        kind: tuple(
            said for said in getattr(supervision, kind) if not _of_stand_in(reading, cast, said.unit, said.start, said.end)
        )
        for kind in ("modes", "live", "exclusive")
    }
    taken_out = kept["live"] != supervision.live
    supervision = replace(supervision, modes=kept["modes"], live=kept["live"], exclusive=kept["exclusive"])
    if supervision.live or supervision.afterwards or not (taken_out or _stood_in(reading, cast)):
        return supervision
    # where the professional was while another watched is no place of attendance: 'Ms. Lund watched and rang Dr. Quill, who was in clinic'
    return replace(supervision, modes=(), afterwards=tuple(_told_later(reading)))


def _stood_in(reading: Reading, cast: Cast) -> bool:
    """Whether a statement tells of a watch by one in training, or by a technologist elsewhere than at the table."""
    words = vocabulary()
    for unit, match in reading.told(words.patterns["stood-in.person"]):
        behind = reading.text[match.end() : min(unit.end, match.end() + _NEAR)]
        trainee = words.regex("stood-in.trainee").search(match.group()) is not None
        if words.regex("stood-in.watches").search(behind) is None:
            continue
        if (trainee or words.regex("stood-in.away").search(behind)) and _of_stand_in(
            reading, cast, unit, match.end(), match.end()
        ):
            return True
    return False


def _told_later(reading: Reading) -> list[Said]:
    """Statements by which the professional was given or told afterwards what somebody else had watched."""
    return [
        Said("afterwards", match.start(), match.end(), unit, "", reading.evidence(unit.start, unit.end))
        for unit, match in reading.told(vocabulary().patterns["stood-in.told-later"])
    ]


def _of_stand_in(reading: Reading, cast: Cast, unit: Unit, start: int, end: int) -> bool:
    """Whether words of a statement are of one who is no professional: named first, as the one who watched, or behind a 'by' or a label."""
    cell = max(unit.start, reading.text.rfind("\t", unit.start, start) + 1)  # a form's row has a person of its own in every cell
    text, words = reading.text[cell : unit.end], vocabulary()
    others = [m.span() for m in words.regex("stood-in.person").finditer(text)]
    others += [m.span() for p in cast.technologists for m in standing(surname(p.name)).finditer(text.lower())]
    if not others:
        return False
    own = [m.start() for p in cast.professionals for m in standing(surname(p.name)).finditer(text.lower())]
    own += [m.start() for m in words.regex("stood-in.own").finditer(text)]
    low, high = start - cell, end - cell
    for begin, over in sorted(others):
        lead = text[:begin]
        behind = min((at for at in own if at >= over), default=len(text))
        if any(words.regex(f"stood-in.{name}").search(lead) for name in ("by", "label")):
            return low < behind
        first_own = min(own, default=len(text))
        if begin < first_own:
            verb = words.regex("stood-in.watches").search(text[over : min(first_own, over + _NEAR)])
            if verb is not None and low < first_own:
                return words.regex("stood-in.watches").search(text[first_own : max(first_own, high)]) is None
    return False
