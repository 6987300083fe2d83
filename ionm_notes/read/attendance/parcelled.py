"""Spells of a statement that shares the day out among readers, places or loads, put together from its pieces (`parcels.py`).

It counts only as a whole: two spells at least, each with a professional and both its ends, one behind the other. A statement that leaves
anything of this open is left to the other modules, which make it a query.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from ionm_notes.read.attendance.anchors import anchor_of, has_stretch, left_out, monitored_between, stretches
from ionm_notes.read.attendance.clause_words import load_in, named, place_in
from ionm_notes.read.attendance.model import Spell
from ionm_notes.read.attendance.parcels import Moment, Piece, Way, grouped, pieces_of
from ionm_notes.read.attendance.shares import Shares
from ionm_notes.read.attendance.stays import Stay, spell_of
from ionm_notes.read.attendance.told import joined
from ionm_notes.read.attendance.watch_time import night_minute
from ionm_notes.read.boxes import BOX
from ionm_notes.read.events import Event, Times
from ionm_notes.read.events.items import Item, items_of
from ionm_notes.read.events.sharing import ALONE, OTHER
from ionm_notes.read.people import Cast
from ionm_notes.read.reading import Reading, Unit
from ionm_notes.read.said import Said, professionals_with
from ionm_notes.read.timing import late_rows
from ionm_notes.read.vocabulary import vocabulary

_LONGEST = 900
"""Characters of the longest run of statements that is taken together."""
_OF_OTHERS = frozenset({"setup", "baseline", "removal", "interruption", "mapping", "anesthesia", "incision", "closure"})
"""Kinds of event whose times are no attendance."""
_PATIENT = frozenset({"patient.in", "patient.out"})
"""Kinds that are somebody else's where a statement names no professional: 'In OR 0715, out 1235'."""


@dataclass(frozen=True, slots=True)
class Parcelled:
    """The spells, the sentences they stand in, and place and kind of the events that these had been taken for."""

    spells: tuple[Spell, ...]
    sentences: frozenset[tuple[int, int]]
    replaced: frozenset[tuple[int, str]]


def parcelled(
    reading: Reading,
    times: Times,
    events: tuple[Event, ...],
    cast: Cast,
    modes: Sequence[Said],
    cases: Sequence[Said],
    known: Collection[int] = (),
) -> Parcelled:
    """Every stretch of the document that shares the day out. `modes`, `cases`: what is said of the professional's place and of other cases.

    `known`: where sentences begin that are read already.
    """
    spells: list[Spell] = []
    sentences: set[tuple[int, int]] = set()
    replaced: set[tuple[int, str]] = set()
    if not cast.professionals:
        return Parcelled((), frozenset(), frozenset())
    elsewhere = {e.unit.start for e in events if e.kind == "monitoring"}
    for run in _runs(reading, times, events, cast, {said.unit.start for said in modes}, known):
        found = _of_run(reading, times, events, run, cast, modes, cases)
        if not found:
            continue
        told = {(unit.start, unit.end) for one in found for _, _, unit in one.told}
        spells += [spell_of(one) for one in found]
        sentences |= told
        starts = {low for low, _ in told}
        beside = bool(elsewhere - starts)
        replaced |= {
            (e.start, e.kind)
            for e in events
            if e.unit.start in starts and not _of_another_part(reading, e) and (e.kind != "monitoring" or beside)
        }
    return Parcelled(tuple(spells), frozenset(sentences), frozenset(replaced))


def _of_another_part(reading: Reading, event: Event) -> bool:
    """Whether an event is of another part of the day; a reader's link that is up again ends no pause of the recording."""
    if event.kind != "interruption":
        return event.kind in _OF_OTHERS
    return vocabulary().regex("whereabouts.of-monitoring").search(reading.text, event.start, event.end) is not None


def _runs(
    reading: Reading, times: Times, events: tuple[Event, ...], cast: Cast, placed: Collection[int], known: Collection[int]
) -> Iterator[list[Unit]]:
    """Statements with times that stand together: sentences of one paragraph, lines below one another; no entries of a log.

    `placed`: where statements begin that name the professional's place.
    """
    logged = {e.unit.start for e in events if e.origin == "log" and not _shares_out(reading, times, e.unit)}
    others = {e.unit.start for e in events if e.kind in _OF_OTHERS or e.kind == "monitoring"}
    # 'Time given to this patient alone: 08:00-08:45' parts the attention within the attendance, unless it says whose the rest was.
    logged |= {e.unit.start for e in events if e.kind == ALONE} - {e.unit.start for e in events if e.kind == OTHER}
    logged |= late_rows(reading) | set(known)
    run: list[Unit] = []
    for unit in reading.units:
        timed = unit.kind != "running" and unit.start not in logged
        timed = timed and (bool(times.within(unit.start, unit.end)) or (unit.kind == "sentence" and has_stretch(reading, unit)))
        if timed and unit.start in others and unit.start not in placed and not named(reading.unit_text(unit), cast):
            timed = False
        if run and (not timed or unit.kind != run[-1].kind or (unit.kind == "sentence" and unit.paragraph != run[-1].paragraph)):
            yield run
            run = []
        if timed:
            run.append(unit)
    if run:
        yield run


def _shares_out(reading: Reading, times: Times, unit: Unit) -> bool:
    """Whether a line that looks like an entry of a log has two intervals, or one that leads it and a word of other cases behind it."""
    own = [r for r in times.ranges if r.start >= unit.start and r.end <= unit.end]
    if len(own) != 1:
        return len(own) > 1
    leads = not reading.text[unit.start : own[0].start].strip(" \t-*•[(")
    return leads and load_in(reading.text[own[0].end : unit.end]) is not None


def _of_run(
    reading: Reading,
    times: Times,
    events: tuple[Event, ...],
    run: list[Unit],
    cast: Cast,
    modes: Sequence[Said],
    cases: Sequence[Said],
) -> list[Stay]:
    low, high = run[0].start, run[-1].end
    index = reading.index_of(run[-1]) + 1
    behind = reading.units[index] if index < len(reading.units) else None
    if behind is not None and behind.kind == "sentence" and behind.paragraph == run[-1].paragraph:
        # 'He stayed until closing.', 'Neither had another case.'; the hours of one that is of other matters are no part of the run
        run, high = run if times.within(behind.start, behind.end) else [*run, behind], behind.end
    if high - low > _LONGEST:
        return []
    away = any(low <= said.start < high and said.what != "in_room" for said in modes)
    if BOX.search(reading.text, low, high):
        return []
    moments, anchored = _moments(reading, times, events, run, cast, away=away)
    lengths = [
        length
        for length in stretches(reading.text[low:high], low, monitored_between(events), moments)
        if not left_out(reading.text[low : length.low])  # `gaps.py` takes these out of what was attended
    ]
    moments = sorted([*moments, *lengths], key=lambda moment: moment.low)
    if not moments:
        return []
    timed, whole = grouped(pieces_of(reading.text[low:high], low, moments), cast)
    people = {name for piece in timed for _, name in named(piece.words(), cast) if piece.moment and piece.moment.way != "point"}
    told = any(place_in(piece.words()) or load_in(piece.words()) is not None for piece in timed)
    if len(people) < 2 and not told and vocabulary().regex("parcel.about").search(reading.text, low, high) is None:
        return []
    if any(_of_signals(piece, cast) for piece in timed):
        return []
    if len(cast.professionals) > 1:  # what is said of one who is named is not said of the others
        cases = [said for said in cases if not professionals_with(reading, said, cast)]
    built = Shares(run, cast, reading.text[low:high], modes, cases, alone=bool(anchored or lengths))
    for piece in timed:
        built.add(piece)
    return built.closed(whole, reading.text[low:high])


def _of_signals(piece: Piece, cast: Cast) -> bool:
    """Whether a piece tells what was seen at its time, and neither of whom nor of a place: '0858 left V1 780 microvolts'."""
    words = piece.words()
    return (
        piece.moment is not None
        and piece.moment.way != "span"
        and vocabulary().regex("parcel.of-signals").search(words) is not None
        and not named(words, cast)
        and place_in(words) is None
    )


def _moments(
    reading: Reading, times: Times, events: tuple[Event, ...], run: list[Unit], cast: Cast, *, away: bool
) -> tuple[list[Moment], bool]:
    """The times of a run that no event knows as another part of the day, and whether one of them is told by an event.

    `away`: the run places the professional out of the room, so that an interval in the room is none of the patient's.
    """
    out: list[Moment] = []
    told, night = False, monitored_between(events)
    for unit in run:
        own = bool(named(reading.unit_text(unit), cast))
        taken = [
            e
            for e in events
            if e.unit.start == unit.start
            and not e.guess
            and (_of_another_part(reading, e) or (e.kind in _PATIENT and not own and not (away and e.last is not None)))
        ]
        items = joined(reading, items_of(reading, times, unit, list(times.within(unit.start, unit.end))))
        floor, follows = unit.start, False
        for index, (low, high, first, last) in enumerate(items):
            before, behind = reading.text[floor:low], reading.text[high : unit.end]
            floor = high
            first, last = night_minute(first, night) or first, night_minute(last, night)
            if last is not None and last < first:
                return [], False
            if index == 0:  # '08:00 in, 09:30 out'
                follows = _cue(before, "until", "from") is None and _cue(behind, "over", "onward") is not None
            cues = (_cue(before, "until", "from"), _cue(behind, "over", "onward"))
            way: Way = next((cue for cue in (reversed(cues) if follows else cues) if cue), _POINT) if last is None else _SPAN
            anchored, said = anchor_of(before)
            if anchored or not any(_is_of(e, (low, first, last), items) for e in taken):
                out.append(Moment(low, high, first, last, (said or _POINT) if anchored and last is None else way))
            told = told or anchored
    return out, told


def _is_of(event: Event, time: tuple[int, int, int | None], items: Sequence[Item]) -> bool:
    """Whether an event is of a time of its statement: of each of its minute, unless one of these stands in its own clause.

    'From 8:15 to 11:10 I had a second case too. That case closed at 11:10, and from 11:10 to 13:00 I had this one alone.'
    """
    at = event.first
    own = {low for low, _, first, last in items if at in (first, last) and event.clause[0] <= low < event.clause[1]}
    return at in time[1:] and (not own or time[0] in own)


def _cue(text: str, end: str, start: str) -> Way | None:
    """What the words before or behind a time say of it."""
    for name, way in ((end, _END), (start, _START)):
        if vocabulary().regex(f"parcel.{name}").search(text):
            return way
    return None


_START: Way = "start"
_END: Way = "end"
_POINT: Way = "point"
_SPAN: Way = "span"
