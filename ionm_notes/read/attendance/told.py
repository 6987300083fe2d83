"""Coming and going told in a sentence about the professional, in words that no pattern of events knows.

'I came to OR 7 at 08:35 and stayed until 09:50; I was there again from 10:40 to 11:25.' Of each clock time the words before it
say whether it begins or ends the stay. A time that such a sentence leaves open is kept as one that could not be read: the
minutes rest on it, and a person has to look.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from ionm_notes.read.attendance.model import Spell
from ionm_notes.read.events import Event, Times
from ionm_notes.read.events.clauses import items_of
from ionm_notes.read.expression import Expression
from ionm_notes.read.fields import Fields
from ionm_notes.read.people import Cast, surname
from ionm_notes.read.reading import Reading, Unit
from ionm_notes.read.subject import subject_of
from ionm_notes.read.vocabulary import vocabulary

_NEAR = 80
"""Characters before a clock time within which its verb stands."""
_OWN = frozenset({"professional", "attend", "attend-monitored"})
_PASSING = frozenset({"patient.in", "patient.out", "signals", "other"})
"""Kinds of event that a sentence about the professional may have been taken for."""
_OTHER_MATTER = re.compile(
    r"\b(?:signed|dictated|report(?:ed)?|told|informed|notif\w+|alert\w*|called|phoned|ordered|asked|briefed|messag\w+|texted|wrote|change[ds]?|"
    r"lost|loss|drop\w*|fell|decreas\w*|baselines?|electrodes?|leads?|incision|closure|clamp\w*)\b[^,;.]{0,30}$",
    re.I,
)
"""Words right before a clock time by which it is the time of something else."""
_CLAUSE = re.compile(
    r";|,\s+(?:and|which|who|she|he|you|the|it|when|while)\b|\band\s+(?=(?:you|she|he|it|the|at|his|her|their|we|they|this|that)\b)|\.\s",
    re.I,
)
"""What parts the words about a time from what went before: another clause, another subject."""
_SIGNED = re.compile(
    r"\b(?:signed|verified|released\s+by|authenticated|finali[sz]ed|dictated|transcribed|approved|attested)\b", re.I
)


@dataclass(frozen=True, slots=True)
class Told:
    """Spells told in sentences, the sentences they stand in, and those about attendance with times that stayed open."""

    spells: tuple[Spell, ...]
    sentences: frozenset[tuple[int, int]]
    unread: tuple[tuple[Unit, int, int], ...]
    """The sentence, and the first and last minute of an interval in it whose meaning stayed open."""


def told_spells(reading: Reading, fields: Fields, times: Times, events: tuple[Event, ...], cast: Cast) -> Told:
    """What sentences about the professional tell of coming and going, where no event does."""
    by_unit: dict[int, list[Event]] = {}
    for event in events:
        by_unit.setdefault(event.unit.start, []).append(event)
    spells: list[Spell] = []
    sentences: set[tuple[int, int]] = set()
    unread: list[tuple[Unit, int, int]] = []
    for unit in reading.units:
        if unit.kind != "sentence" or not times.within(unit.start, unit.end):
            continue
        known = by_unit.get(unit.start, [])
        if any(e.origin == "log" or e.guess or (e.kind in _OWN and e.phase != "point") for e in known):
            continue
        found, left_open = _sentence(reading, fields, times, unit, [e for e in known if e.kind not in _PASSING | _OWN], cast)
        spells += found
        if found:
            sentences.add((unit.start, unit.end))
        unread += [(unit, first, last) for first, last in left_open]
    return Told(tuple(spells), frozenset(sentences), tuple(unread))


def _sentence(
    reading: Reading, fields: Fields, times: Times, unit: Unit, known: list[Event], cast: Cast
) -> tuple[list[Spell], list[tuple[int, int]]]:
    """Spells of one sentence, and the intervals in it about the professional that stayed without meaning."""
    words = vocabulary()
    comes, goes, attends = (words.regex(name) for name in ("whereabouts.comes", "whereabouts.goes", "interval.attends"))
    sole = surname(cast.professionals[0].name) if len(cast.professionals) == 1 else ""
    whole = (unit.start, unit.end)
    spells: list[Spell] = []
    pending: Spell | None = None
    left_open: list[tuple[int, int]] = []
    about_watching = _said(attends, reading, unit) or _said(comes, reading, unit)
    floor = unit.start
    for low, high, first, last in items_of(reading, times, unit, list(times.within(unit.start, unit.end))):
        before, floor = reading.text[floor:low], high
        if any(e.start <= low < e.end for e in known):
            continue
        role, who = subject_of(reading, unit, low, cast, fields)
        if role == "" and low - unit.start < 12:
            role, who = _behind(reading, unit, high, cast)
        if role != "professional":
            continue
        near = _CLAUSE.split(before)[-1][-_NEAR:]
        event = Event("attend", "span", first, last, "narrative", low, high, whole, unit)
        if last is not None:
            if _said(attends, reading, unit) or spells or pending:
                spells.append(Spell(who or sole, first, last, False, None, [event], whole))
            else:
                left_open.append((first, last))
            continue
        if _OTHER_MATTER.search(near) or _SIGNED.search(before) or not about_watching:
            continue
        came, went = _last(comes, near), _last(goes, near)
        if went > came:
            if pending is not None and (pending.first or 0) <= first:
                pending.last = first
                pending.places.append(event)
                pending = None
            else:
                spells.append(Spell(who or sole, None, first, False, None, [event], whole))
        elif came > went:
            pending = Spell(who or sole, first, None, False, None, [event], whole)
            spells.append(pending)
    return spells, left_open


def _said(pattern: Expression, reading: Reading, unit: Unit) -> bool:
    return pattern.search(reading.text, unit.start, unit.end) is not None


def _behind(reading: Reading, unit: Unit, high: int, cast: Cast) -> tuple[str, str]:
    """Role and surname of the one named behind a time that opens the sentence: 'From 8:12 until 1:47 Dr. Hale watched'."""
    behind = reading.text[high : unit.end]
    named = sorted(
        (m.start(), role, surname(p.name))
        for role, people in (("professional", cast.professionals), ("technologist", cast.technologists), ("other", cast.surgeons))
        for p in people
        for m in re.finditer(rf"(?<!\w){re.escape(surname(p.name))}(?!\w)", behind, re.I)
    )
    if named:
        return named[0][1], named[0][2]
    return ("professional", "") if re.search(r"\bI\b", behind) else ("", "")


def _last(pattern: Expression, text: str) -> int:
    return max((m.end() for m in pattern.finditer(text)), default=-1)
