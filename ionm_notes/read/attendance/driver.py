"""When and how each professional attended: log-on and log-off entries, stated intervals, or a mode for the whole case."""

from __future__ import annotations

from dataclasses import replace

from ionm_notes.read.attendance.closing import close_rows
from ionm_notes.read.attendance.collecting import Collected, collect
from ionm_notes.read.attendance.doubts import (
    bare_hours,
    colleagues,
    exceptions,
    loads_untold,
    nobody_placed,
    parts_untold,
    two_places,
    unread_times,
)
from ionm_notes.read.attendance.gaps import cut_out
from ionm_notes.read.attendance.missed_turns import missed_turns, written_after_leaving
from ionm_notes.read.attendance.model import Attended, Spell
from ionm_notes.read.attendance.rows import rows_of
from ionm_notes.read.attendance.scene import Scene
from ionm_notes.read.attendance.sharing import by_entries, split_shared
from ionm_notes.read.attendance.siblings import alone_in_parts, loads_unread, unread_siblings, without_place
from ionm_notes.read.attendance.whose import each_alone, without_echoes
from ionm_notes.read.events.sharing import ALONE, OTHER
from ionm_notes.read.said import Said
from ionm_notes.read.segments import at
from ionm_notes.read.supervision import Supervision
from ionm_notes.read.vocabulary import vocabulary
from ionm_notes.types import Attendance, Proof


def read_attendance(scene: Scene, ledger: list[Spell], supervision: Supervision) -> Attended:
    """Attendance of every professional, the mode and exclusivity of each spell, and what of it is doubtful.

    `ledger`: the spells of tables of attendance; the events of the scene hold none of their rows.
    """
    got = collect(scene, ledger, supervision)
    if not got.spells and not scene.cast.professionals:
        return Attended((), (), (), (), got.exclusive, got.exclusive_proof)
    rows, double = rows_of(scene, got)
    rows = close_rows(scene, got, each_alone(scene, got, without_echoes(rows)))
    parted = [event.clause for _, _, event in (*got.shared, *got.alone) if event.kind in (ALONE, OTHER)]
    contradicted = exceptions(scene.reading, got.supervision, parted) if any(row.whole_case for row in rows) else []
    rows = _left_alone(scene, got, cut_out(scene.reading, scene.away, rows, scene.day, scene.monitoring))
    rows, allocated, shared = split_shared(scene.reading, rows, scene.day, got.shared, got.alone, got.exclusive, scene.monitoring)
    return Attended(
        tuple(rows),
        tuple(allocated),
        double,
        (*got.conflicts, *contradicted),
        got.exclusive,
        got.exclusive_proof,
        tuple(shared),
        _doubts(scene, got, rows, double),
    )


def _left_alone(scene: Scene, got: Collected, rows: list[Attendance]) -> list[Attendance]:
    """The rows, exclusive where a clause says so of their own interval, and from where a log says that the other cases had left."""
    alone = {(at(scene.day, first), at(scene.day, last)) for first, last, _ in got.alone}
    rows = [replace(row, exclusive=True) if (row.start, row.end) in alone else row for row in rows]
    said = got.supervision
    told = any(vocabulary().regex(f"sharing.{name}").search(scene.reading.text) for name in ("left-alone", "picked"))
    if told or (said.exclusive and said.shared):
        return by_entries(scene, rows, said, got.exclusive)
    return rows


def _doubts(scene: Scene, got: Collected, rows: list[Attendance], double: Proof) -> Proof:
    """What the record tells of attendance that no row accounts for; a person has to look."""
    reading, cast, said = scene.reading, scene.cast, got.supervision
    unread = unread_times(reading, scene.prose, rows, scene.day, scene.monitoring) + colleagues(rows, cast, scene.monitoring)
    unread += unread_siblings(scene, got, rows) + without_place(scene, rows) + loads_unread(scene, got)
    unread += alone_in_parts(scene, got, rows)
    parted = [event.clause for _, _, event in (*got.shared, *got.alone) if event.kind in (ALONE, OTHER)]
    if got.exclusive is True and not any(spell.exclusive is not None for spell in got.spells):
        unread += loads_untold(reading, said, rows, parted, outside(scene))
    unread += bare_hours(reading, scene.times, said) or parts_untold(reading, said, rows, {s.sentence[0] for s in got.spells})
    unread += missed_turns(scene) + written_after_leaving(scene, rows)
    if double:
        return unread
    unread += two_places(reading, said, rows, parted=bool(got.placed))
    return unread if got.placed else unread + nobody_placed(reading, said, rows, cast)


def outside(scene: Scene) -> frozenset[int]:
    """Where times stand at which the monitoring had not begun or was over."""
    begin, end = scene.monitoring
    if begin is None or end is None:
        return frozenset()
    return frozenset(start for start, minute in scene.times.minute.items() if not begin <= at(scene.day, minute) < end)


def said_proof(said: tuple[Said, ...]) -> Proof:
    """Evidence of the first statement, if any."""
    return tuple(s.evidence for s in said[:1])
