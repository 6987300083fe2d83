"""When and how each professional attended: log-on and log-off entries, stated intervals, or a mode for the whole case."""

from __future__ import annotations

import bisect
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from difflib import SequenceMatcher

from ionm_notes.read.attendance.doubts import (
    EXCEPT,
    bare_hours,
    colleagues,
    exceptions,
    nobody_placed,
    of_all,
    parts_untold,
    two_places,
    unread_times,
)
from ionm_notes.read.attendance.gaps import Gap, cut_out
from ionm_notes.read.attendance.handing import handed_over
from ionm_notes.read.attendance.ledger import counted_rows
from ionm_notes.read.attendance.manner import both_modes, exclusive_of, global_mode, local_manner, mode_of, said_with
from ionm_notes.read.attendance.merging import beside_ledger, in_the_night, merge_spells
from ionm_notes.read.attendance.model import Attended, Spell, as_mode
from ionm_notes.read.attendance.reader_blocks import put_in_blocks
from ionm_notes.read.attendance.sharing import freed, split_shared
from ionm_notes.read.attendance.spells import mode_at, spells_of, stated_spells, to_the_end
from ionm_notes.read.attendance.told import Told
from ionm_notes.read.attendance.witnessed import entries_of, witnessed
from ionm_notes.read.events import Event, Times
from ionm_notes.read.names import surname
from ionm_notes.read.people import Cast
from ionm_notes.read.reading import Reading
from ionm_notes.read.said import Said, professionals_with
from ionm_notes.read.segments import at, minute_of
from ionm_notes.read.supervision import Supervision
from ionm_notes.read.vocabulary import vocabulary
from ionm_notes.types import Attendance, Mode, Proof, TimeConflict, Tri


def read_attendance(
    reading: Reading,
    events: tuple[Event, ...],
    times: Times,
    ledger: list[Spell],
    prose: Told,
    cast: Cast,
    supervision: Supervision,
    day: date,
    monitoring: tuple[datetime | None, datetime | None],
    away: tuple[Gap, ...] = (),
) -> Attended:
    """Attendance of every professional, the mode and exclusivity of each spell.

    `ledger`: the spells of tables of attendance; `events` holds none of their rows. `prose`: those that sentences tell. `away`:
    stretches in which the professional did not watch.
    """
    conflicts: list[TimeConflict] = []
    _with_load(ledger, supervision)
    supervision = _outside(supervision, {place for s in ledger for place in (s.sentence, *s.notes)})
    untimed = [spell for spell in ledger if spell.first is None and spell.last is None]
    ledger = [spell for spell in ledger if spell not in untimed]
    inside = [s.sentence for s in ledger if s.places[0].origin == "narrative"]
    handed = [s for s in handed_over(reading, times, cast) if not any(a <= s.sentence[0] < b for a, b in inside)]
    told = {s.sentence for s in handed}
    rest = tuple(e for e in events if (e.unit.start, e.unit.end) not in told)
    spells = spells_of(reading, rest, cast, supervision)
    stated = stated_spells(reading, rest, cast, supervision) + handed + _placed(reading, prose.spells, told, supervision)
    begun, over = (None if moment is None else minute_of(day, moment) for moment in monitoring)
    monitored = (begun, over)
    stated = in_the_night(stated, monitored)
    local = _loads_of_lines([spell for spell in stated if spell.places[0].origin == "header"], supervision)
    supervision = _outside(supervision, local | put_in_blocks(reading, [*stated, *spells], cast, supervision))
    stated, spells = (_without_mapping(reading, some, [*ledger, *spells, *stated]) for some in (stated, spells))
    ledger = [s for s in ledger if not _known_better(s, spells) and not _before_the_start(s, begun)]
    rows_of_cases = counted_rows(reading, times) if spells else {}
    for spell in spells:
        _count_cases(spell, rows_of_cases)
    shared_spans, exclusive_spans, mode_spans = local_manner(reading, events, supervision)
    shared_spans = [one for one in shared_spans if not _told_apart(one, ledger)]
    merged = merge_spells(reading, [*ledger, *beside_ledger(spells, ledger)], beside_ledger(stated, ledger), conflicts, monitored)
    exclusive, proof = exclusive_of(reading, supervision, shared_spans, exclusive_spans)
    if not proof:
        proof = tuple(reading.evidence(*s.sentence) for s in [*untimed, *ledger, *spells, *stated] if s.exclusive is not None)[:2]
    mode = global_mode(reading, supervision)
    if not merged and not cast.professionals:
        return Attended((), (), (), (), exclusive, proof)
    unique: dict[tuple[str, int | None, int | None], Spell] = {}
    for spell in merged:
        unique.setdefault(
            (spell.who, spell.first, spell.last) if not spell.mode else (spell.who + spell.mode, spell.first, spell.last), spell
        )
    merged = list(unique.values())
    _loads_behind(merged, supervision)
    rows: list[Attendance] = []
    full = {surname(p.name): p.name for p in cast.professionals}
    whole = [s for s in merged if s.first is not None or s.last is not None]
    for spell in whole:
        row_mode: Mode = as_mode(spell.mode) or mode_of(supervision, spell.who) or mode
        start = at(day, spell.first) if spell.first is not None else monitoring[0] if spell.from_start else None
        stop = at(day, spell.last) if spell.last is not None else monitoring[1] if spell.to_end else None
        texts = [reading.unit_text(e.unit) for e in spell.places]
        if stop is None and any(to_the_end(text) for text in texts) and not _closed_before(texts, events, day, monitoring[1]):
            stop = monitoring[1]
        rows.append(Attendance(
            full.get(spell.who, spell.who or None), row_mode, start, stop,
            exclusive if spell.exclusive is None else spell.exclusive, tuple(reading.evidence(e.start, e.end) for e in spell.places),
        ))  # fmt: skip
    rows = cut_out(reading, away, rows, day, monitoring)
    modes = {m.what for m in supervision.modes}
    double = both_modes(supervision, rows, modes, mode_spans)
    if not rows and untimed:
        rows, double = _whole_rows(reading, untimed, full, mode, exclusive)
    elif not rows:
        name = cast.professionals[0].name if cast.professionals else None
        places = tuple(m.evidence for m in supervision.modes[:1]) or (
            cast.professionals[0].evidence if cast.professionals else ()
        )
        first = "in_room" if double else mode
        rows.append(Attendance(name, first, None, None, exclusive, places, whole_case=True))
        if double:
            rows.append(
                Attendance(
                    name,
                    "remote",
                    None,
                    None,
                    None,
                    tuple(m.evidence for m in supervision.modes if m.what == "remote")[:1],
                    whole_case=True,
                )
            )
    elif double and not untimed and {r.mode for r in rows} != {"in_room", "remote"}:
        missing: Mode = "remote" if rows[0].mode == "in_room" else "in_room"
        rows.append(
            Attendance(
                rows[0].professional,
                missing,
                None,
                None,
                None,
                tuple(m.evidence for m in supervision.modes if m.what == missing)[:1],
                whole_case=True,
            )
        )
    two = two_places(supervision, rows)
    if two and not double and not mode_spans and len(rows) == 1 and rows[0].whole_case and of_all(reading, supervision):
        double = two
        rows = [replace(rows[0], mode=place, evidence=(said,)) for place, said in zip(_BOTH, two, strict=True)]
    if double and exclusive is True:
        rows = [replace(r, exclusive=said_with(reading, r, supervision)) for r in rows]
    rows = _each_alone(
        reading,
        _without_echoes(list(dict.fromkeys(rows))),
        supervision,
        cast,
        exclusive,
        {s.who for s in (*whole, *untimed) if s.ledger and s.exclusive is not None},
    )
    if not _closed_before([reading.unit_text(m.unit) for m in supervision.modes], events, day, monitoring[1]):
        rows = _to_the_end(reading, rows, supervision, prose, monitoring)
    if any(row.start is None or row.end is None for row in rows if not row.whole_case) or _late(whole, rows, monitoring[0]):
        rows = witnessed(reading, entries_of(reading, times, events), rows, cast, day, monitoring)
    if any(row.whole_case for row in rows):
        conflicts += exceptions(reading, supervision)
    alone = {(at(day, first), at(day, last)) for first, last, _ in exclusive_spans}
    rows = [replace(r, exclusive=True) if (r.start, r.end) in alone else r for r in rows]
    rows = cut_out(reading, away, rows, day, monitoring)
    if exclusive is False and vocabulary().regex("sharing.left-alone").search(reading.text):
        rows = freed(reading, entries_of(reading, times, events), rows, cast, day, supervision.shared)
    rows, allocated, shared = split_shared(reading, rows, day, shared_spans, exclusive_spans, exclusive)
    unread = unread_times(reading, prose, rows, day, monitoring) + colleagues(rows, cast, monitoring)
    unread += bare_hours(reading, times, supervision) or parts_untold(reading, supervision, rows, {s.sentence[0] for s in merged})
    if not double and not mode_spans:
        unread += two + nobody_placed(reading, supervision, rows, cast)
    return Attended(tuple(rows), tuple(allocated), double, tuple(conflicts), exclusive, proof, tuple(shared), unread)


def _late(spells: list[Spell], rows: list[Attendance], begin: datetime | None) -> bool:
    """Whether a log alone tells of the watch, and that it began after monitoring had."""
    return begin is not None and all(s.log and not s.ledger for s in spells) and all(r.start and r.start > begin for r in rows)


def _whole_rows(
    reading: Reading, untimed: list[Spell], full: dict[str, str], mode: Mode, exclusive: Tri
) -> tuple[list[Attendance], Proof]:
    """Attendance of the whole case as rows of a table state it, and the rows that place one person in the room and away."""
    rows = [
        Attendance(
            full.get(spell.who, spell.who), as_mode(spell.mode) or mode, None, None,
            exclusive if spell.exclusive is None else spell.exclusive, (reading.evidence(*spell.sentence),), whole_case=True,
        )
        for spell in untimed
    ]  # fmt: skip
    both = {row.mode for row in rows} >= {"in_room", "remote"} and len({row.professional for row in rows}) == 1
    return rows, tuple(place for row in rows for place in row.evidence) if both else ()


_BOTH: tuple[Mode, Mode] = ("in_room", "remote")


def _to_the_end(
    reading: Reading,
    rows: list[Attendance],
    supervision: Supervision,
    prose: Told,
    monitoring: tuple[datetime | None, datetime | None],
) -> list[Attendance]:
    """The one row that a log leaves open, closed where a statement of the same place says that it was to the end of monitoring.

    '08:14 PFL in room' and 'I sat in OR 6 from the start of monitoring until it was stopped', or 'I stayed until we stopped' alone.
    """
    if len(rows) != 1 or rows[0].start is None or rows[0].end is not None or monitoring[1] is None:
        return rows
    said = next((m for m in supervision.modes if m.what == rows[0].mode and _says_to_the_end(reading.unit_text(m.unit))), None)
    stayed = next((unit for unit in prose.stayed if EXCEPT.search(reading.unit_text(unit)) is None), None)
    shown = said.evidence if said else reading.evidence(stayed.start, stayed.end) if stayed else None
    return rows if shown is None else [replace(rows[0], end=monitoring[1], evidence=(*rows[0].evidence, shown))]


def _says_to_the_end(text: str) -> bool:
    """Whether a statement is of all of the monitoring, and takes nothing out."""
    whole = vocabulary().regex("presence.throughout").search(text) is not None or to_the_end(text)
    return whole and EXCEPT.search(text) is None


_ECHO = timedelta(minutes=2)
_ALIKE = 0.85
"""How alike two surnames are of which one may be the other misread from a scan, 'Oyeiaran' and 'Oyelaran'."""


def _misread(name: str | None, other: Attendance) -> bool:
    """Whether a name is nobody's, or another row's with a letter misread; that row knows its end."""
    if name is None:
        return True
    known = other.professional or ""
    alike = SequenceMatcher(None, surname(name), surname(known)).ratio() >= _ALIKE
    return alike and surname(name) != surname(known) and other.end is not None


def _without_echoes(rows: list[Attendance]) -> list[Attendance]:
    """The rows without those of nobody in particular that begin when somebody's own row does and end nowhere, or the other way round.

    'Case handed over to Dr. R.' is followed by the entry by which Dr. R. Oyelaran connects; 'Verbal handover taken' beside the entry
    by which the other one disconnects.
    """

    def echoes(row: Attendance) -> bool:
        if row.start is None and row.end is not None:
            return row.professional is None and any(
                o.professional
                and o.start is not None
                and o.end is not None
                and abs(o.end - row.end) <= _ECHO
                and o.mode == row.mode
                for o in rows
            )
        return (
            row.start is not None
            and row.end is None
            and any(
                o.professional and o.start is not None and abs(o.start - row.start) <= _ECHO and _misread(row.professional, o)
                for o in rows
            )
        )

    return [row for row in rows if not echoes(row)]


def _each_alone(
    reading: Reading, rows: list[Attendance], supervision: Supervision, cast: Cast, exclusive: Tri, counted: set[str]
) -> list[Attendance]:
    """Of several professionals, each with what is said of his or her own cases, where statements name them.

    `exclusive`: what all statements come to, which rows have that say nothing themselves; `counted`: the surnames of those whose
    rows do. What is said of one is not said of the other: 'Dr. Hale had this case alone; Dr. Moss had two others open'.
    """
    if len({row.professional for row in rows}) < 2 or exclusive is None:
        return rows
    meant: dict[str, set[bool]] = {}
    for said in (*supervision.exclusive, *supervision.shared):
        named = professionals_with(reading, said, cast)
        if not named:
            return rows
        for name in named:
            meant.setdefault(name, set()).add(said.what == "exclusive")

    def own(row: Attendance) -> Tri:
        told = meant.get(row.professional or "")
        return told == {True} if told else None

    return [
        row if row.exclusive is not exclusive or surname(row.professional or "") in counted else replace(row, exclusive=own(row))
        for row in rows
    ]


def _loads_behind(spells: Sequence[Spell], supervision: Supervision) -> None:
    """Gives each spell that a text tells what it says of cases behind it and before the next one, where it says both of some.

    'From 8:02 until 12:20 I stood beside the machine. In that time I had no other patient. At 12:20 I walked over to my desk and
    carried on until 3:10. There a second operation ran.' Nothing is given where one statement stands before all spells, or a spell has both.
    """
    told = sorted(spells, key=lambda spell: spell.sentence)
    said = (*supervision.exclusive, *supervision.shared)
    several = len({spell.sentence for spell in told}) == len(told) > 1
    if not several or not supervision.exclusive or not supervision.shared or any(spell.exclusive is not None for spell in told):
        return
    loads: list[set[bool]] = [set() for _ in told]
    for one in said:
        place = bisect.bisect_right([spell.sentence[0] for spell in told], one.start) - 1
        if place < 0:
            return
        loads[place].add(one.what == "exclusive")
    if all(len(load) == 1 for load in loads):
        for spell, load in zip(told, loads, strict=True):
            spell.exclusive = load == {True}


def _placed(reading: Reading, prose: tuple[Spell, ...], told: set[tuple[int, int]], supervision: Supervision) -> list[Spell]:
    """Spells of sentences other than those of hand-overs, each with the place that its sentence names."""
    fresh = [spell for spell in prose if spell.sentence not in told]
    for spell in fresh:
        spell.mode = mode_at(reading, *spell.sentence, supervision, spell.places[0].start) or spell.mode
    return fresh


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
                and (other.first is None or other.first <= (spell.first or 0))
                and (other.last is None or (spell.last or 0) <= other.last)
                and (other.first, other.last) != (spell.first, spell.last)
                for other in others
            )
        )

    return [spell for spell in spells if not within(spell)]


_ABOUT = timedelta(minutes=5)
"""How long before the end of monitoring a wound may be closed that is closed 'at the end'."""


def _closed_before(texts: list[str], events: tuple[Event, ...], day: date, end: datetime | None) -> bool:
    """Whether 'until closing' may have been over before the end of monitoring: a log has the closure well before it."""
    closed = [at(day, e.first) for e in events if e.kind == "closure"]
    closing = vocabulary().regex("whereabouts.closing")
    return end is not None and any(map(closing.search, texts)) and any(minute < end - _ABOUT for minute in closed)


def _known_better(told: Spell, logged: list[Spell]) -> bool:
    """Whether a log has both ends of a spell of which a statement leaves one to the monitoring."""
    return (told.from_start or told.to_end) and any(
        s.who == told.who and s.first is not None and s.last is not None and (s.first == told.first or s.last == told.last)
        for s in logged
    )


def _before_the_start(told: Spell, begun: int | None) -> bool:
    """Whether a spell that would begin when monitoring did is over by then: there is no such part."""
    return told.from_start and begun is not None and told.last is not None and told.last <= begun


def _told_apart(shared: tuple[int, int, Event], ledger: list[Spell]) -> bool:
    """Whether a table of attendance says row by row what a sentence sums up: 'From 7:58 to 11:41 I had up to three rooms'."""
    low, high, _ = shared
    return any(
        spell.exclusive is not None and spell.first is not None and low <= spell.first and (spell.last or spell.first) <= high
        for spell in ledger
    )


def _count_cases(spell: Spell, rows: dict[int, bool]) -> None:
    """Sets what a column of open cases says of a spell of a log: shared if any of its rows says so."""
    said = [
        alone
        for minute, alone in rows.items()
        if spell.first is not None and spell.first <= minute <= (spell.last if spell.last is not None else spell.first)
    ]
    if spell.log and said:
        spell.exclusive = all(said)


def _with_load(ledger: list[Spell], supervision: Supervision) -> None:
    """Puts to a spell that has its line to itself what that line says of other cases: '08:05 -> 11:30 load: 1 (this case)'."""
    for spell in ledger:
        own = {s.what for s in (*supervision.exclusive, *supervision.shared) if (s.unit.start, s.unit.end) == spell.sentence}
        if spell.exclusive is None and len(own) == 1 and sum(other.sentence == spell.sentence for other in ledger) == 1:
            spell.exclusive = own == {"exclusive"}


def _loads_of_lines(forms: list[Spell], supervision: Supervision) -> set[tuple[int, int]]:
    """The lines of a form of which each says for its own hours whether other cases were watched, once with and once without."""
    _with_load(forms, supervision)
    told = [spell for spell in forms if spell.exclusive is not None]
    if {spell.exclusive for spell in told} == {True, False}:
        return {spell.sentence for spell in told}
    for spell in told:
        spell.exclusive = None  # what all of them say is said of the whole
    return set()


def _outside(supervision: Supervision, rows: set[tuple[int, int]]) -> Supervision:
    """The statements that do not stand in rows of a table of attendance, which speak for their own time alone."""

    def beside(said: tuple[Said, ...]) -> tuple[Said, ...]:
        return tuple(s for s in said if (s.unit.start, s.unit.end) not in rows)

    return (
        replace(supervision, exclusive=beside(supervision.exclusive), shared=beside(supervision.shared)) if rows else supervision
    )


def said_proof(said: tuple[Said, ...]) -> Proof:
    """Evidence of the first statement, if any."""
    return tuple(s.evidence for s in said[:1])
