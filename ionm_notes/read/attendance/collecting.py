"""Collects the spells of a record from tables, sentences, log entries and forms, each with its place and load, and merges them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from ionm_notes.read.attendance.handing import handed_over
from ionm_notes.read.attendance.ledger import counted_rows
from ionm_notes.read.attendance.loads import (
    count_cases,
    load_of_keys,
    loads_behind,
    loads_of_lines,
    outside,
    told_apart,
    with_load,
)
from ionm_notes.read.attendance.manner import exclusive_of, local_manner
from ionm_notes.read.attendance.merging import beside_ledger, merge_spells, place_parts, without_frames
from ionm_notes.read.attendance.model import Spell
from ionm_notes.read.attendance.out_of_hours import within_hours
from ionm_notes.read.attendance.reader_blocks import put_in_blocks
from ionm_notes.read.attendance.scene import Scene
from ionm_notes.read.attendance.spells import mode_at, spells_of, stated_spells
from ionm_notes.read.attendance.watch_time import in_the_night, inside
from ionm_notes.read.events import Event
from ionm_notes.read.events.sharing import ALONE
from ionm_notes.read.names import surname
from ionm_notes.read.people import in_training
from ionm_notes.read.reading import Reading
from ionm_notes.read.segments import minute_of
from ionm_notes.read.supervision import Supervision
from ionm_notes.read.vocabulary import vocabulary
from ionm_notes.types import Proof, TimeConflict, Tri


@dataclass(frozen=True, slots=True)
class Collected:
    """The spells of a record and what is said of its time as a whole; intervals are minutes after midnight of the day of service."""

    spells: tuple[Spell, ...]
    untimed: tuple[Spell, ...]
    """Rows of tables that name a professional without times."""
    supervision: Supervision
    """What is said beside the spells: without the statements that are of one of them alone."""
    shared: list[tuple[int, int, Event]]
    alone: list[tuple[int, int, Event]]
    placed: list[tuple[int, int, str]]
    """Intervals whose own clause names a place."""
    exclusive: Tri
    exclusive_proof: Proof
    conflicts: tuple[TimeConflict, ...]


def collect(scene: Scene, ledger: list[Spell], supervision: Supervision) -> Collected:
    """Every spell that the record tells, once, with the statements that are left for the whole of the time.

    `ledger`: the spells of tables of attendance, which are believed before the entries of a log, and these before sentences.
    """
    reading, cast = scene.reading, scene.cast
    conflicts: list[TimeConflict] = []
    with_load(ledger, supervision)
    load_of_keys(ledger, supervision)
    supervision = outside(supervision, {place for s in ledger for place in (s.sentence, *s.notes)})
    untimed = [spell for spell in ledger if spell.first is None and spell.last is None]
    ledger = [spell for spell in ledger if spell not in untimed]
    handed = _handed(scene, ledger)
    told = {s.sentence for s in handed}
    rest = tuple(e for e in scene.events if (e.unit.start, e.unit.end) not in told)
    logged = spells_of(reading, rest, cast, supervision)
    stated = (
        stated_spells(reading, rest, cast, supervision)
        + handed
        + _placed(reading, scene.prose.spells, told | {s.sentence for s in ledger}, supervision)
    )
    begun, over = (None if moment is None else minute_of(scene.day, moment) for moment in scene.monitoring)
    stated = without_frames(in_the_night(stated, (begun, over)))
    lines = loads_of_lines([spell for spell in stated if spell.places[0].origin == "header"], supervision)
    supervision = outside(supervision, lines | put_in_blocks(reading, [*stated, *logged], cast, supervision))
    stated, logged = (_without_mapping(reading, some, [*ledger, *logged, *stated]) for some in (stated, logged))
    _keep_loads(ledger, logged)
    ledger = [s for s in ledger if not _known_better(s, logged) and not _before_the_start(s, begun)]
    place_parts(ledger, [*logged, *stated])
    count_cases(logged, counted_rows(reading, scene.times) if logged else {})
    shared, alone, placed = local_manner(reading, scene.events, supervision)
    shared = [one for one in shared if not told_apart(one, ledger)]
    merged = merge_spells(
        reading, [*ledger, *beside_ledger(logged, ledger)], beside_ledger(stated, ledger), conflicts, (begun, over)
    )
    known = {surname(person.name) for person in cast.professionals}
    merged = [s for s in merged if not s.who or s.who in known or not in_training(reading, s.who)]
    merged = within_hours(scene, supervision, merged)
    exclusive, proof = exclusive_of(reading, supervision, shared, alone)
    if not proof:
        own = [s.sentence for s in [*untimed, *ledger, *logged, *stated] if s.exclusive is not None]
        own += [event.clause for _, _, event in alone if event.kind == ALONE][:1]
        proof = tuple(reading.evidence(*sentence) for sentence in own)[:2]
    spells = _once(merged)
    loads_behind(spells, supervision)
    return Collected(tuple(spells), tuple(untimed), supervision, shared, alone, placed, exclusive, proof, tuple(conflicts))


def _handed(scene: Scene, ledger: Sequence[Spell]) -> list[Spell]:
    """The spells of hand-overs, without those of narratives and rows of which the ledger has read the spells already."""
    inside = [s.sentence for s in ledger]
    handed = handed_over(scene.reading, scene.times, scene.cast)
    return [s for s in handed if not any(a <= s.sentence[0] < b for a, b in inside)]


def _once(spells: Sequence[Spell]) -> list[Spell]:
    """The spells without those that say again who attended when, and where if they say it."""
    first: dict[tuple[str, str | None, int | None, int | None], Spell] = {}
    for spell in spells:
        first.setdefault((spell.who, spell.mode or None, spell.first, spell.last), spell)
    return list(first.values())


def _placed(reading: Reading, prose: tuple[Spell, ...], told: set[tuple[int, int]], supervision: Supervision) -> list[Spell]:
    """Spells of sentences other than those of hand-overs and rows of tables, each with the place that its sentence names."""
    fresh = [spell for spell in prose if spell.sentence not in told]
    for spell in fresh:
        places = _without_destination(reading, supervision) if spell.first is None else supervision
        spell.mode = mode_at(reading, *spell.sentence, places, spell.places[0].start) or spell.mode
    return fresh


def _without_destination(reading: Reading, supervision: Supervision) -> Supervision:
    """The statements without the places for which somebody only set out: 'At 0910 I left for the clinic' ends a stay elsewhere."""
    bound_for = vocabulary().regex("whereabouts.bound-for")
    kept = tuple(m for m in supervision.modes if bound_for.search(reading.text, m.start, m.end) is None)
    return replace(supervision, modes=kept)


def _without_mapping(reading: Reading, spells: list[Spell], others: list[Spell]) -> list[Spell]:
    """The spells without those of mapping within a longer one: 'I did the mapping at the bedside from 09:10 to 09:40'."""
    mapping = vocabulary().regex("hours.of-mapping")

    def within(spell: Spell) -> bool:
        return (
            not spell.log
            and mapping.search(reading.text, *spell.sentence) is not None
            and any(
                other is not spell
                and (not spell.who or not other.who or spell.who == other.who)
                and None not in (spell.first, spell.last)
                and inside(spell, other)
                for other in others
            )
        )

    return [spell for spell in spells if not within(spell)]


def _known_better(told: Spell, logged: list[Spell]) -> bool:
    """Whether a log has both ends of a spell of which a statement leaves one to the monitoring."""
    return bool(_same_in_log(told, logged))


def _same_in_log(told: Spell, logged: list[Spell]) -> list[Spell]:
    """The spells of a log that have both ends of one of which a statement leaves one to the monitoring."""
    if not (told.from_start or told.to_end):
        return []
    whole = [s for s in logged if s.who == told.who and s.first is not None and s.last is not None]
    return [s for s in whole if s.first == told.first or s.last == told.last]


def _keep_loads(ledger: list[Spell], logged: list[Spell]) -> None:
    """Gives the spells of a log the load that a statement tells of the same ones: 'A until 11:30, B after. Each had this patient alone.'"""
    for told in ledger:
        for same in _same_in_log(told, logged) if told.exclusive is not None else ():
            if same.exclusive is None:
                same.exclusive, same.ledger = told.exclusive, True


def _before_the_start(told: Spell, begun: int | None) -> bool:
    """Whether a spell that would begin when monitoring did is over by then: there is no such part."""
    return told.from_start and begun is not None and told.last is not None and told.last <= begun
