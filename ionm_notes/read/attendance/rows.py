"""Rows of attendance from the spells of a record, or from what it says of the whole case where no spell is told."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from ionm_notes.read.attendance.closing import closed_before
from ionm_notes.read.attendance.collecting import Collected
from ionm_notes.read.attendance.doubts import of_all, two_places
from ionm_notes.read.attendance.manner import both_modes, global_mode, mode_of, said_with
from ionm_notes.read.attendance.model import Spell, as_mode
from ionm_notes.read.attendance.scene import Scene
from ionm_notes.read.attendance.spells import to_the_end
from ionm_notes.read.names import surname
from ionm_notes.read.said import Said
from ionm_notes.read.segments import at
from ionm_notes.types import Attendance, Mode, Proof, Tri

_BOTH: tuple[Mode, Mode] = ("in_room", "remote")


def rows_of(scene: Scene, got: Collected) -> tuple[list[Attendance], Proof]:
    """The rows, and the statements that place one professional in the room and elsewhere for the same time, if any."""
    mode = global_mode(scene.reading, got.supervision)
    rows = list(_timed(scene, got, mode))
    double = both_modes(scene.reading, got.supervision, rows, {said.what for said in got.supervision.modes}, got.placed)
    if not rows and got.untimed:
        rows = [_of_table(scene, spell, got, mode) for spell in got.untimed]
        both = {row.mode for row in rows} >= {"in_room", "remote"} and len({row.professional for row in rows}) == 1
        double = tuple(place for row in rows for place in row.evidence) if both else ()
    elif not rows:
        rows = _of_statements(scene, got, mode, double)
    elif double and not got.untimed and {r.mode for r in rows} != {"in_room", "remote"}:
        missing: Mode = "remote" if rows[0].mode == "in_room" else "in_room"
        rows.append(_whole_case(rows[0].professional, missing, None, _first_of(got.supervision.modes, missing)))
    whole = len(rows) == 1 and ((rows[0].whole_case and not got.placed) or _told_elsewhere(scene, got, rows[0]))
    if not double and whole and of_all(scene.reading, got.supervision, rows[0]):
        double = two_places(scene.reading, got.supervision, rows)
        if double:
            elsewhere: Mode = "nearby" if all(said.what != "remote" for said in got.supervision.modes) else "remote"
            places: tuple[Mode, Mode] = (_BOTH[0], elsewhere)
            rows = [replace(rows[0], mode=place, evidence=(said,)) for place, said in zip(places, double, strict=True)]
    if double and got.exclusive is True:
        rows = [replace(row, exclusive=said_with(scene.reading, row, got.supervision)) for row in rows]
    return list(dict.fromkeys(rows)), double


def _told_elsewhere(scene: Scene, got: Collected, row: Attendance) -> bool:
    """Whether a row's own times take in the whole monitoring, and a statement that names its professional puts them in another place."""
    begin, end = scene.monitoring
    of_all = bool(row.start and row.end and begin and end and row.start <= begin and row.end >= end)
    who = surname(row.professional) if row.professional else ""
    named = (said for said in got.supervision.modes if who and who in scene.reading.unit_text(said.unit).lower())
    return of_all and any(said.what != row.mode for said in named)


def _timed(scene: Scene, got: Collected, mode: Mode) -> Iterator[Attendance]:
    """A row of each spell that has a time; `mode`: where the professional was, if nothing nearer says it.

    What is told of the hours from the end of monitoring 'onward' is of another case.
    """
    day, (begin, end) = scene.day, scene.monitoring
    names = _full_names(scene)
    for spell in got.spells:
        if spell.first is None and spell.last is None:
            continue
        start = at(day, spell.first) if spell.first is not None else begin if spell.from_start else None
        stop = at(day, spell.last) if spell.last is not None else end if spell.to_end else None
        texts = [scene.reading.unit_text(place.unit) for place in spell.places]
        if stop is None and any(map(to_the_end, texts)) and not closed_before(scene, texts):
            stop = end
        if start is not None and end is not None and stop == end <= start and spell.last is None:
            continue
        yield Attendance(
            names.get(spell.who, spell.who or None),
            as_mode(spell.mode) or mode_of(got.supervision, spell.who) or mode,
            start,
            stop,
            _exclusive(spell, got),
            tuple(scene.reading.evidence(place.start, place.end) for place in spell.places),
        )


def _of_table(scene: Scene, spell: Spell, got: Collected, mode: Mode) -> Attendance:
    """A row of a table that names a professional and no time."""
    name = _full_names(scene).get(spell.who, spell.who)
    return _whole_case(name, as_mode(spell.mode) or mode, _exclusive(spell, got), (scene.reading.evidence(*spell.sentence),))


def _of_statements(scene: Scene, got: Collected, mode: Mode, double: Proof) -> list[Attendance]:
    """What is said of the whole case: one row, or one for each of the two places that it is said to have been in."""
    first = scene.cast.professionals[0] if scene.cast.professionals else None
    name = first.name if first else None
    modes = got.supervision.modes
    proof = tuple(m.evidence for m in modes[:1]) or (first.evidence if first else ())
    rows = [_whole_case(name, "in_room" if double else mode, got.exclusive, proof)]
    return [*rows, _whole_case(name, "remote", None, _first_of(modes, "remote"))] if double else rows


def _whole_case(name: str | None, mode: Mode, exclusive: Tri, proof: Proof) -> Attendance:
    return Attendance(name, mode, None, None, exclusive, proof, whole_case=True)


def _first_of(modes: tuple[Said, ...], mode: Mode) -> Proof:
    return tuple(said.evidence for said in modes if said.what == mode)[:1]


def _exclusive(spell: Spell, got: Collected) -> Tri:
    return got.exclusive if spell.exclusive is None else spell.exclusive


def _full_names(scene: Scene) -> dict[str, str]:
    return {surname(person.name): person.name for person in scene.cast.professionals}
