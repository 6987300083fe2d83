"""What a record tells against its own claims of attendance, in words that change no fact; each makes a query.

A statement that another one was made in error, another case that the professional had open where the record claims that there was none,
several sessions of one reader at once in the list of a program, sole attention until a time within the monitoring.
Words: `patterns/contested.toml`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from itertools import combinations

from ionm_notes.read.answers import answer_behind
from ionm_notes.read.boxes import ticked
from ionm_notes.read.denials import denied_before
from ionm_notes.read.events import Times, cells_of
from ionm_notes.read.fields import Fields
from ionm_notes.read.messages import user_name
from ionm_notes.read.names import surname
from ionm_notes.read.people import Cast
from ionm_notes.read.reading import Reading, Unit
from ionm_notes.read.said import Said, customary
from ionm_notes.read.segments import at
from ionm_notes.read.subject import subject_of
from ionm_notes.read.supervision import Supervision
from ionm_notes.read.vocabulary import vocabulary
from ionm_notes.types import Attendance, Person, Proof

Span = tuple[datetime | None, datetime | None]
_LONGEST = 320
"""Characters of the longest statement that is searched."""
_MOST_COLUMNS = 8


def contested(
    reading: Reading, fields: Fields, rows: Sequence[Attendance], cast: Cast, supervision: Supervision, times: Times, day: date,
    monitoring: Span,
) -> Proof:  # fmt: skip
    """The statements that speak against the attendance as it was read."""
    if not rows or not cast.professionals:
        return ()
    found = {unit.start: unit for unit in _retracted(reading)}
    if any(row.exclusive is True for row in rows):
        known = {said.unit.start for said in (*supervision.exclusive, *supervision.shared)}
        if any(row.exclusive is False for row in rows):
            known |= _told_freed(reading)
        for unit in (
            *_other_cases(reading, fields, cast, known, times, day, monitoring),
            *_several_sessions(reading, cast, times, day, monitoring),
            *_rooms_opened(reading, cast, times, day, monitoring),
            *_of_an_earlier_day(reading, supervision.exclusive, times, day),
            *_until(reading, supervision.exclusive, rows, times, day, monitoring),
        ):
            found.setdefault(unit.start, unit)
    return tuple(reading.evidence(unit.start, unit.end) for _, unit in sorted(found.items()))


def _retracted(reading: Reading) -> Iterator[Unit]:
    """Sentences that say of a statement of this record that it is wrong."""
    for match in reading.matches(vocabulary().patterns["contested.retracted"]):
        unit = reading.unit_at(match.start())
        if unit is None or unit.kind == "running" or unit.end - unit.start > _LONGEST:
            continue
        if vocabulary().regex("contested.of-attendance").search(reading.text, unit.start, unit.end):
            yield unit


def _other_cases(
    reading: Reading, fields: Fields, cast: Cast, known: set[int], times: Times, day: date, monitoring: Span
) -> Iterator[Unit]:
    """Statements by which the professional had to do with another case, and that no reading took as one of other cases."""
    words = vocabulary()
    apart = [words.regex(f"contested.{name}") for name in ("another-time", "of-another-thing")]
    for match in reading.matches(words.patterns["contested.another-case"]):
        unit = reading.unit_at(match.start())
        if unit is None or unit.kind == "running" or unit.start in known or unit.end - unit.start > _LONGEST:
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
        if _of_professional(reading, fields, cast, unit, match.start()) and _within(unit, times, day, monitoring):
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


def _within(unit: Unit, times: Times, day: date, monitoring: Span) -> bool:
    """Whether a statement has no times, or some of them within the monitoring."""
    begin, end = monitoring
    clocks = times.within(unit.start, unit.end)
    if not clocks or begin is None or end is None:
        return True
    return any(begin <= at(day, times.minute[clock.start]) < end for clock in clocks)


def _several_sessions(reading: Reading, cast: Cast, times: Times, day: date, monitoring: Span) -> Iterator[Unit]:
    """Rows of a list of sessions that ran at once, in different rooms or of different patients."""
    words = vocabulary()
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
            found = [next((n for n, name in enumerate(names) if words.regex(one).search(name)), None) for one in _HEADS]
            room, first, last = found
            known = room is not None and first is not None and last is not None and len({room, first, last}) == len(_HEADS)
            heading = (room or 0, first or 0, last or 0) if known and len(names) <= _MOST_COLUMNS else None
            continue
        if heading is None or len(cells) <= max(heading):
            continue
        room, first, last = heading
        low, high = (next((c for c in times.within(*cells[n])), None) for n in (first, last))
        if low is None or high is None or any(surname(p.name) in reading.unit_text(unit).lower() for p in cast.technologists):
            continue
        listed.append((unit, at(day, times.minute[low.start]), at(day, times.minute[high.start]), names[room].lower()))
    begin, end = monitoring
    for (unit, low_a, high_a, room_a), (other, low_b, high_b, room_b) in combinations(listed, 2):
        lowest, highest = max(low_a, low_b, begin or low_a), min(high_a, high_b, end or high_a)
        if room_a and room_b and room_a != room_b and lowest < highest:
            yield from (unit, other)


def _rooms_opened(reading: Reading, cast: Cast, times: Times, day: date, monitoring: Span) -> Iterator[Unit]:
    """Entries by which a reader's user name opened several rooms during the monitoring: '08:31:02 ahale joined OAK-OR2'."""
    begin, end = monitoring
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


def _of_an_earlier_day(reading: Reading, alone: Sequence[Said], times: Times, day: date) -> Iterator[Unit]:
    """Statements of sole attention on a day before that of the service: 'On 03/03/2025 Dr. Hale had no other case'."""
    for said in alone:
        for mention in times.dates:
            inside = said.unit.start <= mention.start < said.unit.end and said.unit.kind == "sentence"
            if inside and mention.value < day and _ON.search(reading.text[said.unit.start : mention.start]):
                yield said.unit


_ON = re.compile(r"\b(?:on|of|dated|from)\s+(?:[A-Za-z]+day,?\s+)?(?:the\s+)?$", re.I)
_BOTH = 2
"""Times of a line that tells the whole of a session."""
_NEAR = 80
"""Characters before words of another case within which the professional is named of whom a technologist writes."""
_HEADS = ("contested.session", "ledger.from", "ledger.to")
_BOUND = re.compile(r"\b(?:until|till|up\s+to|before|after|since|from|through)\s+(?:about\s+|around\s+|at\s+)*$", re.I)


def _until(
    reading: Reading, alone: Sequence[Said], rows: Sequence[Attendance], times: Times, day: date, monitoring: Span
) -> Iterator[Unit]:
    """Statements of sole attention that a time within the monitoring ends or begins, of which no row of attendance has a bound."""
    begin, end = monitoring
    if begin is None or end is None:
        return
    bounds = {bound for row in rows for bound in (row.start, row.end)}
    for said in alone:
        for clock in times.within(said.unit.start, said.unit.end):
            moment = at(day, times.minute[clock.start])
            if (
                clock.start not in times.spans
                and begin < moment < end
                and moment not in bounds
                and _BOUND.search(reading.text[said.unit.start : clock.start])
            ):
                yield said.unit
