"""Entries of a log that tell of a professional's coming or going in words that no pattern of events knows.

The names are those of the cast; what stands around them says who comes and who goes (`turns.py`). An entry in which two
professionals change places becomes two events, whatever patterns took it for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from typing import Literal

from ionm_notes.read.attendance.opposites import with_opposites
from ionm_notes.read.attendance.turns import Turn, explained, switched, turns_of
from ionm_notes.read.clause_cuts import COMMAS, end_of
from ionm_notes.read.clock import DAY
from ionm_notes.read.events import Event, Times
from ionm_notes.read.events.wording import classify_entry
from ionm_notes.read.messages import by_role, said_of_oneself, user_name, words_of, written_by
from ionm_notes.read.names import initials_of, surname
from ionm_notes.read.people import Cast
from ionm_notes.read.reading import Reading
from ionm_notes.read.vocabulary import vocabulary
from ionm_notes.read.whereabouts import phrases_of_place, weighed
from ionm_notes.types import Person

_OWN = "professional"


def with_turns(reading: Reading, times: Times, events: tuple[Event, ...], cast: Cast) -> tuple[Event, ...]:
    """The events, with those of entries that name professionals of the cast and tell of their coming or going."""
    if not cast.professionals:
        return events
    out: list[Event] = []
    entries = {e.unit.start: reading.text[e.start : e.end] for e in events if e.origin == "log" and e.last is None}
    unmarked = written_by(tuple(entries.values()), cast.professionals + cast.technologists)
    for _, group in groupby(events, key=lambda event: (event.unit.start, event.start, event.origin)):
        row = list(group)
        out += _told(reading, times, row, cast, unmarked=unmarked) if row[0].origin == "log" and row[0].last is None else row
    logged = [event for event in events if event.origin == "log"]
    roles = len(cast.professionals) == 1 and any(map(by_role().match, entries.values()))
    for entry in _silent(reading, times, events, logged, cast, roles=roles) if logged else ():
        out += _told(reading, times, [entry], cast, silent=True, unmarked=unmarked)
    return _with_tags(reading, with_opposites(reading, out, cast), cast)


def _with_tags(reading: Reading, events: list[Event], cast: Cast) -> tuple[Event, ...]:
    """The events, with a coming at each entry in which a professional's user is given a place, and a going from the one before.

    '07:58 sthackery Monitoring opened. Location tag set: IN OR 3' and '10:20 sthackery Location tag changed: REMOTE'. One place
    alone says nothing that the entry's own words do not.
    """
    tagged = [(event, user, place) for event in events if (found := _tag(reading, event, cast)) for user, place in [found]]
    if len({place for _, _, place in tagged}) < 2 or len({user for _, user, _ in tagged}) != 1:
        return tuple(events)
    out, before = list(events), ""
    for _, group in groupby(sorted(tagged, key=lambda one: one[0].first), key=lambda one: one[0].unit.start):
        event, _, place = next(group)
        own = [e for e in out if e.unit is event.unit and e.kind == _OWN]
        if place != before and all(e.phase == "start" for e in own):
            out = [e for e in out if e not in own and not (e.unit is event.unit and e.kind == "other")]
            coming = replace(event, kind=_OWN, phase="start", guess=0.0)
            out += [replace(coming, phase="end"), coming] if before else [coming]
        before = place
    return tuple(out)


def _tag(reading: Reading, event: Event, cast: Cast) -> tuple[str, str] | None:
    """Surname and place of the professional to whose user an entry of a log gives a place."""
    if event.origin != "log" or event.last is not None:
        return None
    tag = vocabulary().regex("turn.place-tag").search(reading.text, event.start, event.end)
    place = tag and weighed({phrase.kind for phrase in phrases_of_place(tag["place"], bare=True)})
    if tag is None or place is None:
        return None
    users = (p for p in cast.professionals if user_name(p.name).search(reading.text, event.start, tag.start()))
    return next(((surname(p.name), place) for p in users), None)


def _silent(
    reading: Reading, times: Times, events: tuple[Event, ...], logged: list[Event], cast: Cast, *, roles: bool
) -> Iterator[Event]:
    """Entries with a professional's name of which there is no event at all, each as one without a meaning.

    `roles`: entries of this log begin with what their writers are, 'reader'.
    """
    names = [
        word
        for person in cast.professionals
        for word in (surname(person.name), initials_of(person.name).lower())
        if len(word) > 1
    ]
    known = {event.unit.start for event in events}
    for unit in reading.units:
        if (
            unit.kind == "running"
            or unit.start in known
            or not (
                any(reading.lower.find(n, unit.start, unit.end) >= 0 for n in names)
                or (roles and by_role().match(reading.unit_text(unit)))
            )
        ):
            continue
        clocks = times.within(unit.start, unit.end)
        if len(clocks) != 1 or clocks[0].start not in times.leads:
            continue
        before = max((event for event in logged if event.start < unit.start), key=lambda event: event.start, default=logged[0])
        minute = times.minute[clocks[0].start]
        minute += DAY * round((before.first - minute) / DAY)
        yield Event(
            "other", "point", minute, None, "log", clocks[0].start, unit.end, (clocks[0].end, unit.end), unit, before.group
        )


def _told(
    reading: Reading, times: Times, row: list[Event], cast: Cast, *, silent: bool = False, unmarked: bool = False
) -> list[Event]:
    """The events of one entry, or those that its names tell in their place; `silent`: it is in no list of events yet."""
    low, high = row[0].start, max(event.end for event in row)
    said = said_of_oneself(reading.text[low:high], cast.professionals, unmarked=unmarked)
    if said is not None and not (not said[1] and _names_again(reading.text[low:high], said[0], cast)):
        users = (user_name(person.name).search(reading.text, low, high) for person in cast.professionals)
        behind = [reading.text[user.end() : high] for user in users if user is not None]
        words = vocabulary().regex("turn.of-program")
        told = ((switched("", text) if words.match(text) else None) or _by_program(text) for text in behind)
        way = _set_apart(reading.text[low:high]) or said[1] or next(filter(None, told), "")  # a program's words, not the user's
        return _message(reading, times, row, way, low, high, cast.professionals)
    alone = len(times.within(low, high)) == 1  # 'I'm due off at 11:20, Dr. B is taking over': said at another time
    keyed = explained(reading.text, tuple(person.name for person in cast.professionals)) if alone else frozenset()
    turns = turns_of(reading.text[low:high], cast.professionals, keyed) if alone else ()
    if alone and len(cast.professionals) == 1 and (moved := vocabulary().regex("turn.moves-on").search(reading.text, low, high)):
        gone = replace(row[0], kind=_OWN, phase="end", guess=0.0, clause=(low, moved.start("on")))
        rest = [event for event in row if event.kind not in (_OWN, "other")]
        on = moved.start("on")
        return [*rest, gone, replace(gone, phase="start", clause=(on, end_of(reading.text, COMMAS, on, high)))]
    known = [event.phase for event in row if event.kind == _OWN and not event.guess]
    if not turns or (len(turns) == 1 and known and not turns[0].relief and (known[0], turns[0].way) != ("start", "end")):
        return [] if silent else row
    rest = [event for event in row if event.kind not in (_OWN, "other")]
    order = sorted(turns, key=lambda turn: turn.way)  # the one who goes, then the one who comes
    return rest + [replace(row[0], kind=_OWN, phase=turn.way, guess=0.0, clause=_part(turn, turns, low, high)) for turn in order]


_STAMPED_BY = re.compile(r"(?:[\W\d]|\b[ap]\.?m\b\.?)*\S*", re.I)
"""The time of an entry and who wrote it."""


def _names_again(text: str, who: str, cast: Cast) -> bool:
    """Whether a writer who stands there by initials is named in what the entry tells: '11:05 TI Imbrie at the console'.

    The surname of a writer's full name before the words ('Ada Hale, MD: left TA back') names nobody again.
    """
    begin = words_of(text, cast.professionals)
    if begin is not None:
        return who in text[begin:].lower() and who not in text[:begin].lower()
    head = _STAMPED_BY.match(text)
    return who in text.lower() and (head is None or who not in head.group().lower())


def _by_program(text: str) -> Literal["start", "end"] | None:
    """What a program tells of a user in words that are nothing but that, behind the role: 'MD | Leave live viewing session'."""
    found = vocabulary().regex("turn.program").match(text)
    return None if found is None else "start" if any(found[name] for name in ("on", "on2", "on3")) else "end"


def _set_apart(text: str) -> Literal["start", "end", ""]:
    """The coming or going that a chat sets apart behind what its user wrote: 'thanks Jo. [left the live view]', 'ok *logs off*'."""
    act = _ACT.search(text)
    return "" if act is None else _by_program(act["act"]) or ""


_ACT = re.compile(r"(?:\[|\(|\*{1,2}|<{1,2}|_)\s*(?P<act>[A-Za-z][^\[\](){}<>*_\n]{3,60}?)\s*(?:\]|\)|\*{1,2}|>{1,2}|_)\W*$")
"""Words in brackets or between stars at the end of a message."""
_LATER = re.compile(r"\b(?:till|until|before|when|if|at\s+\d)\b", re.I)


def _message(
    reading: Reading,
    times: Times,
    row: list[Event],
    way: Literal["start", "end", ""],
    low: int,
    high: int,
    people: Sequence[Person],
) -> list[Event]:
    """The events of a professional's own message: its opening words say that the writer came or went, or did not."""
    lost = next(
        (c for c in times.within(low, high)[1:] if vocabulary().regex("message.lost").search(reading.text, low, c.start)), None
    )
    if lost is not None:  # 'my internet went out at 11:20, only now reconnected'
        gone = replace(row[0], kind=_OWN, phase="end", first=times.minute[lost.start], guess=0.0, clause=(low, high))
        return [
            *(event for event in row if event.kind not in (_OWN, "other")),
            gone,
            replace(gone, phase="start", first=row[0].first),
        ]
    if way:
        rest = [event for event in row if event.kind not in (_OWN, "other")]
        return [*rest, replace(row[0], kind=_OWN, phase=way, guess=0.0, clause=(low, high))]
    later = _LATER.search(reading.text, low, high) is not None  # 'you are the only one I have till I hand off'
    # 'fine, shut it down', 'don't stop yet': said of the monitoring, which a guess takes for the writer's going
    of_monitoring = any(
        vocabulary().regex(f"witnessed.{name}").search(reading.text, low, high) for name in ("calls-off", "missed")
    )

    # 'carotid done and signed off, only you now': the other case is over, and who watched both stays
    other_over = all(vocabulary().regex(f"sharing.{name}").search(reading.text, low, high) for name in ("freed", "left-alone"))

    def kept(event: Event) -> bool:
        going = event.kind == _OWN and event.phase == "end"
        return not (
            going and (later or other_over or (of_monitoring if event.guess else _by_name_alone(reading.text[low:high], people)))
        )

    return [event for event in row if kept(event)]


def _by_name_alone(text: str, people: Sequence[Person]) -> bool:
    """Whether it was the name before a message that made a going of its words: 'Hale, MD: drops 40 % left'."""
    begin = words_of(text, people)
    if begin is None or vocabulary().regex("turn.goes").match(text[begin:]) is not None:
        return False
    told = classify_entry(text[begin:], 0, frozenset())
    return not any(hit.kind in (_OWN, "nobody") and hit.phase == "end" for hit in told)


def _part(turn: Turn, turns: tuple[Turn, ...], low: int, high: int) -> tuple[int, int]:
    """The part of an entry that speaks of one of two professionals alone; all of it where only one is named."""
    other = next((one for one in turns if one is not turn), None)
    if other is None:
        return low, high
    return (low, low + other.start) if turn.start < other.start else (low + turn.start, high)
