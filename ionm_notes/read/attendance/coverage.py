"""The course of a watch told in sentences: coming, absences, reliefs by colleagues, coming back, a change of place.

'I was in the room throughout, save 09:30 to 09:50, when Dr. A took my chair', 'live 08:00 to 08:50, off for a call until 09:05, then back
until monitoring ended'. A paragraph counts only as a whole: each of its times is of somebody's stay or absence. One that leaves
anything open is left to the other modules, which make it a query.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from itertools import groupby

from ionm_notes.read.attendance.anchors import monitored_between
from ionm_notes.read.attendance.clause_words import WRITER, has_pronoun, named, names_other
from ionm_notes.read.attendance.course_acts import subject_in
from ionm_notes.read.attendance.course_of_watch import Course
from ionm_notes.read.attendance.coverage_clauses import Clause, clauses_of, moments_of
from ionm_notes.read.attendance.model import Spell
from ionm_notes.read.attendance.stays import Stay, Told, spell_of
from ionm_notes.read.attendance.watch_time import Bounds
from ionm_notes.read.boxes import BOX
from ionm_notes.read.clock import DAY
from ionm_notes.read.events import Event, Times
from ionm_notes.read.events.intervals import names_professional
from ionm_notes.read.events.sharing import ALONE, OTHER
from ionm_notes.read.fields import Fields
from ionm_notes.read.names import names_in, surname
from ionm_notes.read.people import Cast
from ionm_notes.read.persons import is_professional
from ionm_notes.read.reading import Reading, Unit
from ionm_notes.read.said import Said
from ionm_notes.read.subject import subject_of
from ionm_notes.read.supervision import Supervision
from ionm_notes.read.timing import late_rows
from ionm_notes.read.unnamed import of_the_watch
from ionm_notes.read.vocabulary import vocabulary
from ionm_notes.types import Person

_LONGEST = 900
"""Characters of the longest paragraph that is taken as the course of a watch."""
_OF_OTHERS = frozenset({"setup", "baseline", "removal", "interruption", "mapping"})
"""Kinds of event of other parts of the day; a paragraph that tells of them with their times is no course of a watch alone."""


_OTHER_PARTS = frozenset({"setup", "baseline", "monitoring", "removal"})
"""Kinds of event of the parts of the day that a sentence without a reader tells of."""
_TOLD_AGAIN = 3
"""Times of the shortest course that stands behind such sentences: two stays. Who is told of once is read by the other modules."""
_KEPT = frozenset({"anesthesia", "incision", "closure"})
"""Kinds of event that a sentence may tell beside the watch."""


@dataclass(frozen=True, slots=True)
class Covered:
    """The spells, the sentences of their paragraphs, and place and kind of the events that these had been taken for."""

    spells: tuple[Spell, ...]
    sentences: frozenset[tuple[int, int]]
    replaced: frozenset[tuple[int, str]]
    people: tuple[Person, ...] = ()
    """Physicians of whom only such a paragraph tells: 'Ines Roth, MD relieved me from 08:30 to 08:45.'"""

    @property
    def starts(self) -> frozenset[int]:
        """Where the sentences begin."""
        return frozenset(low for low, _ in self.sentences)

    def apart_from(self, supervision: Supervision) -> Supervision:
        """The statements without the places of these paragraphs, where each of their stays has its own: 'I had to leave for another hospital'."""
        if any(spell.mode in (None, "unstated") for spell in self.spells):
            return supervision
        rest = tuple(said for said in supervision.modes if (said.unit.start, said.unit.end) not in self.sentences)
        return replace(supervision, modes=rest)

    def joining(self, cast: Cast) -> Cast:
        """The cast with them."""
        return replace(cast, professionals=(*cast.professionals, *self.people)) if self.people else cast


def courses_of_watches(
    reading: Reading,
    fields: Fields,
    times: Times,
    events: tuple[Event, ...],
    cast: Cast,
    modes: Sequence[Said],
    cases: Sequence[Said],
) -> Covered:
    """Every paragraph that tells the course of a watch. `modes`, `cases`: what is said of the professional's place and of other cases."""
    spells: list[Spell] = []
    sentences: set[tuple[int, int]] = set()
    replaced: set[tuple[int, str]] = set()
    people: list[Person] = []
    for paragraph in _paragraphs(reading, times, events) if cast.professionals else ():
        units = _behind_other_parts(reading, paragraph, cast, times, events)
        starts = {unit.start for unit in units}
        beside = [event for event in events if event.unit.start not in starts]
        inside = [said for said in cases if said.unit.start in starts]
        own = [event for event in events if event.unit.start in starts and event.kind in _OF_OTHERS and not event.guess]
        told_of = _physicians(reading, units, cast)
        within = replace(cast, professionals=(*cast.professionals, *told_of))
        found = _of_paragraph(reading, fields, times, units, within, modes, inside, monitored_between(beside), own)
        if not found:
            continue
        told = tuple((unit.start, unit.end) for unit in units)
        shared = any(said.what == "shared" for said in cases if said not in inside)
        # Where the rest of the record tells of other cases, it has to be asked as a whole.
        spells += [spell_of(replace(s, alone=None if s.alone else s.alone)) if shared else spell_of(s, told) for s in found]
        people += [one for one in told_of if one not in people and any(stay.who == surname(one.name) for stay in found)]
        sentences |= set(told)
        known = any(event.kind == "monitoring" for event in beside)
        bounds = {minute for stay in found for minute in (stay.first, stay.last)}
        replaced |= {(e.start, e.kind) for e in events if e.unit.start in starts and _taken(e, bounds, known=known)}
    return Covered(tuple(spells), frozenset(sentences), frozenset(replaced), tuple(people))


def _taken(event: Event, bounds: AbstractSet[int | None], *, known: bool) -> bool:
    """Whether an event of a paragraph is what the course was taken for, and no other part of the day.

    `known`: monitoring is told elsewhere.
    """
    if event.kind in ("setup", "baseline", "removal"):
        return event.first in bounds or event.last in bounds - {None}
    return event.kind not in _KEPT and (event.kind != "monitoring" or known)


def _paragraphs(reading: Reading, times: Times, events: tuple[Event, ...]) -> Iterator[list[Unit]]:
    """The paragraphs of sentences that may tell the course of a watch: with a time, and none of them an entry of a log."""
    logged = {event.unit.start for event in events if event.origin == "log"} | late_rows(reading)
    logged |= {event.unit.start for event in events if event.kind in (ALONE, OTHER)}  # hours of a load, and exceptions from one
    worded = [vocabulary().regex(name) for name in ("coverage.offset-told", "coverage.stretch")]
    for _, group in groupby(reading.units, key=lambda unit: (unit.paragraph, unit.kind == "sentence")):
        units = [unit for unit in group if unit.kind == "sentence"]
        if not units or units[-1].end - units[0].start > _LONGEST or any(unit.start in logged for unit in units):
            continue
        low, high = units[0].start, units[-1].end
        timed = bool(times.within(low, high)) or any(words.search(reading.text, low, high) for words in worded)
        if timed and not BOX.search(reading.text, low, high):
            yield units


def _behind_other_parts(reading: Reading, units: list[Unit], cast: Cast, times: Times, events: Sequence[Event]) -> list[Unit]:
    """What of a paragraph stands behind its first sentences with times, where these are of the parts of the day and it begins with a reader.

    'Baselines ran from 8:32 to 8:52. Monitoring began at 8:55 and ended at 15:20. I was in the room from 8:55 until 12:40.'
    """
    if len(times.within(units[0].start, units[-1].end)) <= _TOLD_AGAIN:
        return units
    first = 0
    for place, unit in enumerate(units):
        minutes = [times.minute[clock.start] for clock in times.within(unit.start, unit.end) if clock.start in times.minute]
        if not minutes:
            continue
        parts = [event for event in events if event.unit == unit and event.kind in _OTHER_PARTS and not event.guess]
        told = {minute % DAY for event in parts for minute in (event.first, event.last) if minute is not None}
        text = reading.text[unit.start : unit.end]
        if {minute % DAY for minute in minutes} - told or has_pronoun(text) or named(text, cast):
            break
        first = place + 1
    rest = units[first:]
    if not rest or len(times.within(rest[0].start, rest[-1].end)) < _TOLD_AGAIN:
        return units
    own = named(reading.text[rest[0].start : rest[0].end], cast)
    # 'The patient's stay in the operating room: 7:29 to 11:24', 'The technologist was alone from 9:00 to 9:20' behind the others
    return rest if own and not any(_begins_with_another(reading, times, unit, cast) for unit in rest) else units


def _begins_with_another(reading: Reading, times: Times, unit: Unit, cast: Cast) -> bool:
    """Whether the words before the first time of a sentence name somebody who is no reader."""
    clocks = times.within(unit.start, unit.end)
    return bool(clocks) and names_other(reading.text[unit.start : clocks[0].start], cast)


def _physicians(reading: Reading, units: Sequence[Unit], cast: Cast) -> list[Person]:
    """Those whom a paragraph names with a physician's credentials and of whom the record says nothing else."""
    everybody = (*cast.professionals, *cast.technologists, *cast.surgeons, *cast.anesthesia, *cast.assistants)
    known = {surname(person.name) for person in everybody}
    low, high = units[0].start, units[-1].end
    out: dict[str, Person] = {}
    for name in names_in(reading.text, low, high) if _DEGREE.search(reading.text, low, high) else ():
        if surname(name.name) not in known and name.credentials and is_professional(name.credentials):
            shown = reading.proof(name.start, name.end)
            out.setdefault(surname(name.name), Person(name.name, name.credentials, "professional", shown))
    return list(out.values())


_DEGREE = re.compile(r"\b(?:M\.?D|D\.?O|Ph\.?D|MBBS|DABNM)\b")


def _of_another_part(clauses: Sequence[Clause], events: Sequence[Event]) -> bool:
    """Whether a clause with a time tells of set-up, baselines, a pause of the recording and the like.

    A reader's link that is up again ends no pause, and who 'saw the baselines, left at 09:30' tells no end of the baselines.
    """
    words = vocabulary()
    for event in events:
        minutes = {event.first, event.last}
        own = (c.text for c in clauses if any({m.first, m.last} & minutes - {None} for m in c.moments))
        if event.kind in ("setup", "baseline", "removal") and any(
            words.regex(f"interval.{event.kind}").search(text) for text in own
        ):
            return True
        if event.kind == "mapping" or (
            event.kind == "interruption" and any(words.regex("halt.thing").search(text) for text in own)
        ):
            return True
    return False


def _of_paragraph(
    reading: Reading,
    fields: Fields,
    times: Times,
    units: Sequence[Unit],
    cast: Cast,
    modes: Sequence[Said],
    cases: Sequence[Said],
    bounds: Bounds,
    others: Sequence[Event],
) -> Sequence[Stay]:
    text = reading.text[units[0].start : units[-1].end]
    if vocabulary().regex("coverage.unsafe").search(text) is not None:
        return []
    moments = moments_of(reading, times, units, bounds)
    if not moments:
        return []
    clauses = clauses_of(text, units, moments)
    if _of_another_part(clauses, others) or not _by_professional(reading, fields, units, cast, clauses):
        return []
    course = Course(clauses, cast, modes, cases, bounds)
    for clause in clauses:
        course.add(clause)
    stays = course.closed()
    if _no_course(reading, stays):
        return []
    alone = [reading.unit_text(said.unit) for said in cases if said.what == "exclusive"]
    open_ = [stay.alone is None for stay in stays]
    # What a paragraph says of all readers alike ('The physician's attention was exclusive') is told by others, where a stay lacks it.
    of_all = any(not named(text, cast) and not has_pronoun(text) for text in alone)
    lost = any(open_) if of_all or len({stay.who for stay in stays}) == 1 else all(open_)
    return [] if alone and lost else stays


def _no_course(reading: Reading, stays: Sequence[Stay]) -> bool:
    """Whether the stays of a paragraph are of another matter, or one of them that other readers tell better."""
    if any(stay.mode == "unstated" for stay in stays) and all(reading.text[stay.told[0].low - 1] == "(" for stay in stays):
        # 'Watched live from home by Dr. A (08:00-10:00) and Dr. B (10:00-12:00)': the place before the list is of both
        return True
    unparted = len(stays) == 1 or len({stay.who for stay in stays}) > 1
    if unparted and any(
        vocabulary().regex("coverage.of-monitoring").match(reading.text[stay.told[0].low : stay.told[0].high]) for stay in stays
    ):
        return True  # 'Monitoring ran from 8:10 to 11:30.' is nobody's stay
    if unparted and any(_of_monitoring_by_label(reading, stay.told[0]) for stay in stays):
        return True
    # a coming alone: 'I joined at 08:10 and did not leave before monitoring was stopped'
    return len(stays) == 1 and stays[0].last is None and not stays[0].to_end


def _of_monitoring_by_label(reading: Reading, told: Told) -> bool:
    """Whether a time stands behind a label of the monitoring: 'Monitoring Taken Up At: 09:14' in the head of a form is no coming of the reader."""
    label = _LABEL.match(reading.text, told.unit.start, told.unit.end)
    if label is None or told.low > label.end():
        return False
    words = vocabulary()
    of_reader = names_professional(label["label"]) or words.regex("interval.mine").search(label["label"]) is not None
    return words.regex("whereabouts.of-monitoring").search(label["label"]) is not None and not of_reader


_LABEL = re.compile(r"(?P<label>[^:.\d\n]{3,60}?)\s*:\s*(?=\d{1,2}[:.h]?\d\d)")


def _by_professional(reading: Reading, fields: Fields, units: Sequence[Unit], cast: Cast, clauses: Sequence[Clause]) -> bool:
    """Whether the 'I' of a paragraph is a professional, and no technologist who tells of the own hours."""
    if _SOMEBODY.match(reading.text, units[0].start) and not any(of_the_watch(reading, unit) for unit in units):
        return False  # 'She came into the OR at 07:40 and left it at 10:10'
    others = ("technologist", "other")
    own = (clause for clause in clauses if subject_in(clause.text, cast) == WRITER)
    return not any(subject_of(reading, c.unit, min(c.high, c.unit.end), cast, fields)[0] in others for c in own)


_SOMEBODY = re.compile(r"\W*s?he\b", re.I)
"""How a paragraph begins that names nobody: it is of the professional where it tells of the watch."""
