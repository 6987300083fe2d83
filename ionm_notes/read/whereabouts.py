"""Where the professional was, told from a phrase of place in a statement about him or her, in words that no pattern holds.

`patterns/whereabouts.toml` lists phrases of place: in the room, near it, away. A phrase counts where the statement is about the
professional, and where nobody else stands between ('I spoke with the technologist in the operating room' places the
technologist). A statement with phrases of two places says nothing here.
"""

from __future__ import annotations

import re

from ionm_notes.read.boxes import BOX
from ionm_notes.read.fields import Fields
from ionm_notes.read.names import surname
from ionm_notes.read.people import Cast
from ionm_notes.read.reading import Reading, Unit
from ionm_notes.read.said import Said
from ionm_notes.read.subject import subject_of
from ionm_notes.read.vocabulary import vocabulary

_LONGEST = 420
"""Characters of the longest statement that is searched for a place."""
_KINDS = (("near", "nearby"), ("stayed", "in_room"), ("room", "in_room"), ("away", "remote"))


def with_whereabouts(reading: Reading, fields: Fields, cast: Cast, modes: list[Said]) -> list[Said]:
    """The places that patterns found, with those told by phrases of place where patterns found none.

    A phrase that says near ('in the hospital, not in the operating room') outweighs what a pattern saw in its words.
    """
    claimed = {said.unit.start for said in modes}
    out = list(modes)
    near = vocabulary().regex("whereabouts.near")
    for unit in reading.units:
        if unit.kind == "running" or unit.end - unit.start > _LONGEST:
            continue
        text = reading.unit_text(unit)
        if unit.start in claimed and (BOX.search(text) or near.search(text) is None):
            continue
        said = _of_unit(reading, unit, fields, cast, placed=unit.start in claimed)
        if said is None:
            continue
        if unit.start in claimed:
            own = [m for m in out if m.unit.start == unit.start]
            if said.what != "nearby" or all(m.what == "nearby" for m in own):
                continue
            out = [m for m in out if m.unit.start != unit.start]
        out.append(said)
    return out


def _of_unit(reading: Reading, unit: Unit, fields: Fields, cast: Cast, *, placed: bool) -> Said | None:
    """The place that a statement names; `placed`: it is known already to be about where the professional was."""
    text = reading.unit_text(unit)
    if not placed and vocabulary().regex("whereabouts.stays").search(text) is None:
        return None
    told: list[tuple[str, int, int, str]] = []
    for name, mode in _KINDS:
        for match in vocabulary().regex(f"whereabouts.{name}").finditer(text):
            before = text[: match.start()]
            if any(low < match.end() and match.start() < high for _, low, high, _ in told):
                continue
            if name != "stayed" and any(vocabulary().regex(f"whereabouts.{word}").search(before) for word in ("not", "in-touch")):
                continue
            who = _professional(reading, unit, match.start(), match.end(), fields, cast)
            who = "" if who is None and placed and mode == "nearby" else who
            if who is not None:
                told.append((mode, match.start(), match.end(), who))
    modes = {mode for mode, *_ in told}
    if "nearby" in modes and "in_room" not in modes:
        modes, told = {"nearby"}, [one for one in told if one[0] == "nearby"]  # 'remotely, from an office in the hospital'
    if len(modes) != 1:
        return None
    mode, low, high, who = told[0]
    return Said(mode, unit.start + low, unit.start + high, unit, who, reading.evidence(unit.start + low, unit.start + high))


def _professional(reading: Reading, unit: Unit, low: int, high: int, fields: Fields, cast: Cast) -> str | None:
    """Surname ('' where unnamed) of the professional whom the phrase places; None where it places nobody or somebody else."""
    behind = reading.text[unit.start + high : unit.end]
    words = vocabulary()
    others = any(surname(p.name) in behind.lower() for p in (*cast.technologists, *cast.surgeons))
    others = others or words.regex("subject.technologist").search(behind) is not None
    if others and _BY.match(behind):
        return None  # 'Continuous presence in the OR was by Jerome Eckhart, CNIM', wherever it stands
    role, who = subject_of(reading, unit, unit.start + low, cast, fields)
    if role == "professional":
        return who
    if role != "":
        return None
    # 'In-room coverage of the case was by Dr. Hale': the one who is placed stands behind.
    named = [
        (m.start(), surname(p.name)) for p in cast.professionals for m in re.finditer(re.escape(surname(p.name)), behind, re.I)
    ]
    if others:
        return None
    if named:
        return min(named)[1]
    return "" if words.regex("subject.professional").search(behind) or _BY_DOCTOR.search(behind) else None


_BY = re.compile(r"[^.;]{0,24}\bby\b", re.I)
_BY_DOCTOR = re.compile(r"\bby\s+(?:Dr|Prof)\b\.?\s+[A-Z]")
"""'... was carried out by Dr. Hale': a doctor of whom nothing else is known."""
