"""What a record tells against its own claims of attendance, in words that change no fact; each makes a query.

A statement that another one was made in error, another case that the professional had open where the record claims that there was none,
several sessions of one reader at once in the list of a program, sole attention until a time within the monitoring; other work, a failing
link and times that nobody took, where they are told without a time.
Words: `patterns/contested.toml`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import datetime
from itertools import combinations

from ionm_notes.read.answers import answer_behind
from ionm_notes.read.attendance.estimated import estimated
from ionm_notes.read.attendance.hinted import hinted
from ionm_notes.read.attendance.model import Attended
from ionm_notes.read.attendance.pointing import placed_for_a_part, pointing_at_a_part
from ionm_notes.read.attendance.scene import Scene
from ionm_notes.read.attendance.spoiled import apart, spoiled
from ionm_notes.read.attendance.stray import strays
from ionm_notes.read.attendance.taken_back import taken_back
from ionm_notes.read.attendance.unexplained import unexplained
from ionm_notes.read.attendance.unreckoned import unreckoned
from ionm_notes.read.boxes import has_boxes, ticked
from ionm_notes.read.denials import denied_before
from ionm_notes.read.events import cells_of, column_of
from ionm_notes.read.events.sharing import ALONE, OTHER
from ionm_notes.read.fields import Fields
from ionm_notes.read.messages import user_name
from ionm_notes.read.names import surname
from ionm_notes.read.people import Cast
from ionm_notes.read.reading import Reading, Unit
from ionm_notes.read.said import Said, customary
from ionm_notes.read.segments import at
from ionm_notes.read.subject import of_a_colleague, subject_of
from ionm_notes.read.supervision import Supervision
from ionm_notes.read.vocabulary import vocabulary
from ionm_notes.types import Attendance, Person, Proof

_LONGEST = 320
"""Characters of the longest statement that is searched."""
_MOST_COLUMNS = 8


def contested(
    scene: Scene, fields: Fields, attended: Attended, supervision: Supervision, paused: frozenset[int] = frozenset()
) -> Proof:
    """The statements that speak against the attendance as it was read. `paused`: where those begin that tell of a pause or gap."""
    reading, rows = scene.reading, attended.attendance
    if not rows or not scene.cast.professionals:
        return ()
    found = {unit.start: unit for unit in (*_retracted(reading), *_reserved(scene, fields), *_read_later(scene, fields))}
    found |= {unit.start: unit for unit in strays(scene, fields, rows, paused)}
    found |= {unit.start: unit for unit in (*spoiled(scene, fields, rows, paused), *estimated(scene, fields, rows))}
    if not apart(rows):
        late = vocabulary().regex("unexplained.came-late") if _begins_late(scene, rows) else None
        amiss = unexplained(scene, supervision, paused)
        found |= {unit.start: unit for unit in amiss if late is None or late.search(reading.unit_text(unit)) is None}
    found |= {unit.start: unit for unit in unreckoned(scene, supervision, attended, paused)}
    found |= {unit.start: unit for unit in (*_of_another_day(scene, supervision), *taken_back(scene, fields, supervision))}
    found |= {unit.start: unit for unit in (*_only_planned(scene), *_not_witnessed(scene))}
    found |= {unit.start: unit for unit in _told(reading, "contested.nobody-but") if _of_watched_hours(scene, rows, unit)}
    of_a_part = (*pointing_at_a_part(scene, supervision, rows), *placed_for_a_part(scene, supervision, rows))
    found |= {unit.start: unit for unit in of_a_part}
    if not apart(rows):  # what failed between two spells is accounted for
        found |= {unit.start: unit for unit in _beside(scene, fields, "contested.watch-undone")}
    if any(row.mode == "in_room" for row in rows):
        found |= {unit.start: unit for unit in (*_told(reading, "contested.not-there"), *_in_another_room(reading, supervision))}
    if any(row.exclusive is True for row in rows):
        known = {said.unit.start for said in (*supervision.exclusive, *supervision.shared)}
        if any(row.exclusive is False for row in rows):
            known |= _told_freed(reading)
        parted = [e.clause for e in scene.events if e.kind in (ALONE, OTHER)]
        for unit in (
            *_other_cases(scene, fields, known),
            *_beside(scene, fields, "contested.other-work", {said.unit.start for said in supervision.exclusive}),
            *_several_sessions(scene),
            *_rooms_opened(scene),
            *hinted(scene, rows),
            *_listed_at_once(scene),
            *_of_an_earlier_day(scene, supervision.exclusive),
            *_until(scene, supervision.exclusive, rows),
            *_alone_at_first(scene, supervision.exclusive),
        ):
            if not any(low <= unit.start < high for low, high in parted):
                found.setdefault(unit.start, unit)
    return tuple(reading.evidence(unit.start, unit.end) for _, unit in sorted(found.items()))


def _begins_late(scene: Scene, rows: Sequence[Attendance]) -> bool:
    """Whether nobody attended the beginning of the monitoring, by the rows; words of coming late tell no more than that."""
    begin = scene.monitoring[0]
    return begin is not None and all(row.start is not None and row.start > begin for row in rows)


def _of_watched_hours(scene: Scene, rows: Sequence[Attendance], unit: Unit) -> bool:
    """Whether a sentence by which nobody watched may be of hours in which somebody did.

    'Before 13:52 nobody but the technologist watched' is none beside a reader who came at 13:52.
    """
    if unit.kind != "sentence":
        return False
    minutes = [at(scene.day, scene.times.minute[clock.start]) for clock in scene.times.within(unit.start, unit.end)]
    watched = [(row.start, row.end) for row in rows if row.start is not None and row.end is not None]
    return not minutes or not watched or any(low < minute < high for minute in minutes for low, high in watched)


def _told(reading: Reading, name: str) -> Iterator[Unit]:
    """The statements with words of a pattern."""
    for unit, _ in reading.told(vocabulary().patterns[name]):
        if unit.end - unit.start > _LONGEST or has_boxes(reading.unit_text(unit)):
            continue
        yield unit


def _retracted(reading: Reading) -> Iterator[Unit]:
    """Sentences that say of a statement of this record that it is wrong."""
    of_attendance = vocabulary().regex("contested.of-attendance")
    return (unit for unit in _told(reading, "contested.retracted") if of_attendance.search(reading.text, unit.start, unit.end))


def _reserved(scene: Scene, fields: Fields) -> Iterator[Unit]:
    """Sentences by which nobody vouches for the professional's hours or cases, or by which the record of them is not there."""
    reading, of_reader = scene.reading, vocabulary().regex("contested.reader-log")
    for unit in _told(reading, "contested.reserved"):
        found = of_reader.search(reading.text, unit.start, unit.end)
        role = subject_of(reading, unit, unit.end, scene.cast, fields)[0] if found else "other"
        if found and role in ("professional", "") and not _heads(reading, unit):
            yield unit


def _read_later(scene: Scene, fields: Fields) -> Iterator[Unit]:
    """Sentences by which the professional read what was stored, that do not say that it was for a second time."""
    reading, again = scene.reading, vocabulary().regex("contested.once-more")
    for unit in _told(reading, "contested.read-later"):
        role = subject_of(reading, unit, unit.end, scene.cast, fields)[0]
        if role in ("professional", "") and again.search(reading.text, unit.start, unit.end) is None:
            yield unit


def _only_planned(scene: Scene) -> Iterator[Unit]:
    """The statement from which the monitoring has its times, where it is of a schedule alone: 'Monitoring scheduled 8:00-10:00'."""
    meant = vocabulary().regex("contested.scheduled")
    begin, end = scene.monitoring
    telling = [e for e in scene.events if e.kind == "monitoring" and begin and at(scene.day, e.first) == begin]
    planned = [e for e in telling if meant.search(scene.reading.text, e.clause[0], e.end) and e.last is not None and end]
    if len(planned) == len(telling):
        yield from (e.unit for e in planned[:1])


def _beside(scene: Scene, fields: Fields, name: str, known: Collection[int] = ()) -> Iterator[Unit]:
    """Sentences without a time by which a professional, or nobody who is named, did what no watch goes with; not what was usual.

    `known`: where statements begin that weigh it themselves: 'On call for four hospitals, but no other operation was going'.
    """
    reading = scene.reading
    for unit, match in reading.told(vocabulary().patterns[name]):
        if (
            unit.start in known
            or unit.kind != "sentence"
            or unit.end - unit.start > _LONGEST
            or scene.times.within(unit.start, unit.end)
        ):
            continue
        if denied_before(reading.text, match.start(), unit.start) or _heads(reading, unit):
            continue
        if customary(reading, Said("shared", match.start(), match.end(), unit, "", reading.evidence(*match.span()))):
            continue
        if subject_of(reading, unit, match.end(), scene.cast, fields)[0] in ("professional", ""):
            yield unit


def _not_witnessed(scene: Scene) -> Iterator[Unit]:
    """Sentences by which times were not taken as things happened, or words come from somebody who was not there."""
    for unit in _told(scene.reading, "contested.not-witnessed"):
        if unit.kind == "sentence" and not scene.times.within(unit.start, unit.end) and not _heads(scene.reading, unit):
            yield unit


def _in_another_room(reading: Reading, supervision: Supervision) -> Iterator[Unit]:
    """Statements that place the professional in a room of another number than that of the operation."""
    number, of_case = vocabulary().regex("contested.room-number"), vocabulary().regex("contested.room-of-case")
    rooms = {(match["number"] or match["number2"]).lstrip("0") for match in of_case.finditer(reading.text)}
    for said in supervision.modes if rooms else ():
        own = {m["number"].lstrip("0") for m in number.finditer(reading.text[said.unit.start : said.unit.end])}
        if said.what == "in_room" and own and not own & rooms:
            yield said.unit


def _listed_at_once(scene: Scene) -> Iterator[Unit]:
    """Lists of the professional's day with two rooms at once: '08:00-11:00 OR 2 Cutter, 08:30-10:00 OR 5 Vance'."""
    reading, times = scene.reading, scene.times
    token = vocabulary().regex("contested.room-number")
    begin, end = scene.monitoring
    if begin is None or end is None:
        return
    for unit in reading.units:
        if unit.kind == "running" or unit.end - unit.start > _LONGEST or len(times.within(unit.start, unit.end)) < _BOTH * _BOTH:
            continue
        rooms = list(token.finditer(reading.text[unit.start : unit.end]))
        if len({room["number"] for room in rooms}) < _BOTH:
            continue
        moments = [at(scene.day, times.minute[clock.start]) for clock in times.within(unit.start, unit.end)]
        if len(moments) != _BOTH * len(rooms) or _has_user(reading.unit_text(unit), scene.cast.technologists):
            continue
        spans = [(max(low, begin), min(high, end)) for low, high in zip(moments[::2], moments[1::2], strict=True)]
        if any(max(a, c) < min(b, d) for (a, b), (c, d) in combinations(spans, 2)):
            yield unit


def _of_another_day(scene: Scene, supervision: Supervision) -> Iterator[Unit]:
    """Statements of the professional's hours under an earlier date: 'Reader's log for 03/03/2025: remote, live, 8:00-10:00'."""
    on = vocabulary().regex("contested.on-a-day")
    text = scene.reading.text
    for said in (*supervision.modes, *supervision.live):
        low = said.unit.start
        dated = any(
            low <= mention.start < said.start and mention.value < scene.day and on.search(text[low : mention.start])
            for mention in scene.times.dates
        )
        if dated and scene.times.within(low, said.unit.end):
            yield said.unit


def _other_cases(scene: Scene, fields: Fields, known: set[int]) -> Iterator[Unit]:
    """Statements by which the professional had to do with another case, and that no reading took as one of other cases."""
    words, reading = vocabulary(), scene.reading
    apart = [words.regex(f"contested.{name}") for name in ("another-time", "of-another-thing")]
    for unit, match in reading.told(words.patterns["contested.another-case"]):
        if unit.start in known or unit.end - unit.start > _LONGEST:
            continue
        if denied_before(reading.text, match.start(), unit.start) or ticked(reading, unit, *match.span()) is False:
            continue
        if customary(reading, Said("shared", match.start(), match.end(), unit, "", reading.evidence(*match.span()))):
            continue
        if (
            _heads(reading, unit)
            or answer_behind(reading, unit, match.end()) is not None
            or any(one.search(reading.unit_text(unit)) for one in apart)
        ):
            continue
        if of_a_colleague(reading.text[unit.start : match.end()], scene.cast):
            continue  # 'My colleague Dr. Otto read the baselines of another patient'
        if _of_professional(reading, fields, scene.cast, unit, match.start()) and _within(scene, unit):
            yield unit


def _told_freed(reading: Reading) -> set[int]:
    """Where entries begin that say that the other case is over and this patient alone is left: they part the rows."""
    matches = reading.matches(vocabulary().patterns["sharing.left-alone"])
    return {unit.start for match in matches if (unit := reading.unit_at(match.start())) is not None}


def _heads(reading: Reading, unit: Unit) -> bool:
    """Whether a row is the heading of a table, or asks what the next line answers."""
    text = reading.unit_text(unit)
    return (unit.kind == "row" and text.count("\t") > 1 and not any(letter.isdigit() for letter in text)) or text.endswith("?")


def _of_professional(reading: Reading, fields: Fields, cast: Cast, unit: Unit, start: int) -> bool:
    """Whether words are of the professional: by whom the statement is of, or by the user that its row names."""
    role, _ = subject_of(reading, unit, start, cast, fields)
    text = reading.unit_text(unit)
    lead = reading.lower[unit.start : start]
    if role == "technologist" and any(surname(person.name) in lead[-_NEAR:] for person in cast.professionals):
        return True  # 'Technologist's remark: Dr. Hale was busy with another room'
    named = any(
        surname(person.name) in text.lower() or user_name(person.name).search(text) is not None for person in cast.professionals
    )
    return role == "professional" or (role == "" and named)


def _within(scene: Scene, unit: Unit) -> bool:
    """Whether a statement has no times, or some of them within the monitoring."""
    begin, end = scene.monitoring
    clocks = scene.times.within(unit.start, unit.end)
    if not clocks or begin is None or end is None:
        return True
    return any(begin <= at(scene.day, scene.times.minute[clock.start]) < end for clock in clocks)


def _several_sessions(scene: Scene) -> Iterator[Unit]:
    """Rows of a list of sessions that ran at once, in different rooms or of different patients."""
    words, reading, times, cast, day = vocabulary(), scene.reading, scene.times, scene.cast, scene.day
    heading: tuple[int, int, int] | None = None
    listed: list[tuple[Unit, datetime, datetime, str]] = []
    for unit in reading.units:
        if unit.kind != "row":
            heading = heading if unit.kind == "running" else None
            continue
        cells = cells_of(reading, unit)
        names = [reading.text[low:high].strip() for low, high in cells]
        clocks = times.within(unit.start, unit.end)
        if not clocks:
            heading = None
            if len(_HEADS) <= len(names) <= _MOST_COLUMNS:
                found = [n for one in _HEADS if (n := column_of(names, words.regex(one))) is not None]
                heading = (found[0], found[1], found[2]) if len(set(found)) == len(_HEADS) else None
            continue
        if heading is None or len(cells) <= max(heading):
            continue
        room, first, last = heading
        low, high = (next((c for c in times.within(*cells[n])), None) for n in (first, last))
        if low is None or high is None or any(surname(p.name) in reading.unit_text(unit).lower() for p in cast.technologists):
            continue
        listed.append((unit, at(day, times.minute[low.start]), at(day, times.minute[high.start]), names[room].lower()))
    begin, end = scene.monitoring
    for (unit, low_a, high_a, room_a), (other, low_b, high_b, room_b) in combinations(listed, 2):
        lowest, highest = max(low_a, low_b, begin or low_a), min(high_a, high_b, end or high_a)
        if room_a and room_b and room_a != room_b and lowest < highest:
            yield from (unit, other)


def _rooms_opened(scene: Scene) -> Iterator[Unit]:
    """Entries by which a reader's user name opened several rooms during the monitoring: '08:31:02 ahale joined OAK-OR2'."""
    reading, times, cast, day = scene.reading, scene.times, scene.cast, scene.day
    begin, end = scene.monitoring
    token, opens = vocabulary().regex("contested.room-number"), vocabulary().regex("contested.opens")
    if begin is None or end is None or opens.search(reading.text) is None:
        return
    found: dict[str, Unit] = {}
    titled = False
    for unit in reading.units:
        text, clocks = reading.unit_text(unit), times.within(unit.start, unit.end)
        if not clocks:
            titled = opens.search(text) is not None and _has_user(text, cast.professionals)
            continue
        rooms = {match["number"] for match in token.finditer(text)}
        if unit.end - unit.start > _LONGEST or len(rooms) != 1 or not (titled or _has_user(text, cast.professionals)):
            continue
        if len(clocks) < _BOTH and opens.search(text) is None:
            continue
        if _has_user(text, cast.technologists):
            continue
        moments = [at(day, times.minute[clock.start]) for clock in clocks]
        if min(moments) < end and begin < max(moments) if len(moments) > 1 else begin <= moments[0] < end:
            found.setdefault(rooms.pop(), unit)
    if len(found) > 1:
        yield from found.values()


def _has_user(text: str, people: Sequence[Person]) -> bool:
    """Whether a text has what a program calls one of some people."""
    return any(user_name(person.name).search(text) is not None for person in people)


def _of_an_earlier_day(scene: Scene, alone: Sequence[Said]) -> Iterator[Unit]:
    """Statements of sole attention on a day before that of the service: 'On 03/03/2025 Dr. Hale had no other case'."""
    on = vocabulary().regex("contested.on-a-day")
    for said in alone:
        for mention in scene.times.dates:
            inside = said.unit.start <= mention.start < said.unit.end and said.unit.kind == "sentence"
            if inside and mention.value < scene.day and on.search(scene.reading.text[said.unit.start : mention.start]):
                yield said.unit


def _alone_at_first(scene: Scene, alone: Sequence[Said]) -> Iterator[Unit]:
    """Statements of sole attention until another case came, or an hour in words alone: 'the only patient until ten, when a second came up'."""
    at_first = vocabulary().regex("contested.alone-at-first")
    for said in alone:
        timed = bool(scene.times.within(said.unit.start, said.unit.end))
        if said.unit.kind == "sentence" and not timed and at_first.search(scene.reading.text, said.unit.start, said.unit.end):
            yield said.unit


_BOTH = 2
"""Times of a line that tells the whole of a session."""
_NEAR = 80
"""Characters before words of another case within which the professional is named of whom a technologist writes."""
_HEADS = ("contested.session", "ledger.from", "ledger.to")


def _until(scene: Scene, alone: Sequence[Said], rows: Sequence[Attendance]) -> Iterator[Unit]:
    """Statements of sole attention that a time within the monitoring ends or begins, of which no row of attendance has a bound."""
    begin, end = scene.monitoring
    if begin is None or end is None:
        return
    bound_of = vocabulary().regex("contested.bound")
    bounds = {bound for row in rows for bound in (row.start, row.end)}
    for said in alone:
        for clock in scene.times.within(said.unit.start, said.unit.end):
            moment = at(scene.day, scene.times.minute[clock.start])
            if (
                clock.start not in scene.times.spans
                and begin < moment < end
                and moment not in bounds
                and bound_of.search(scene.reading.text[said.unit.start : clock.start])
            ):
                yield said.unit
