"""Reads whose minutes they were: 'from 09:00 to 09:45 this patient alone', 'a second case was watched from 10:00 to 10:20'.

Such a sentence tells nothing of when monitoring ran; it parts the attention within it. It is read only where that is all
it says: a sentence that gives the attendance itself is left to the others.
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import groupby, pairwise

from ionm_notes.read.clock import DAY
from ionm_notes.read.denials import denied_before
from ionm_notes.read.events.items import Item
from ionm_notes.read.events.model import Event, Times
from ionm_notes.read.events.wording import classify
from ionm_notes.read.reading import Reading, Unit
from ionm_notes.read.vocabulary import vocabulary

ALONE, OTHER = "time-alone", "time-other"
"""Kinds of event: minutes of this patient alone, and minutes in which another case was watched too."""
BEFORE_ALL, BEHIND_ALL = -DAY, 2 * DAY
"""Minutes before and after all others, for a time of which only one end is told: 'until 9:00 I had two cases open'."""
ATTENDED = frozenset({"monitoring", "attend", "attend-monitored", "professional"})


def sharing_events(reading: Reading, times: Times, unit: Unit, items: list[Item]) -> list[Event]:
    """The parts of attention that a sentence states, one event each; empty where it states none, or more than that.

    `items` are its times as (start, end, first minute, last minute or None).
    """
    if unit.kind != "sentence" or not items:
        return []
    words, text = vocabulary(), reading.unit_text(unit)
    if words.regex("sharing.somebody-elses").search(text) is not None:
        return []
    alone = words.regex("sharing.alone").search(text)
    other = next((m for m in words.regex("sharing.other").finditer(text) if not denied_before(text, m.start())), None)
    reached = [_reaching(reading.text[unit.start : item[0]], item) for item in items]
    many = other or _several(text)
    if (kind_in := _excepted(text, [(low - unit.start, high - unit.start, last) for low, high, _, last in items])) is not None:
        whole = (unit.start, unit.end)
        return [
            Event(kind_in, "span", first, last, "narrative", low, high, whole, unit)
            if kind_in in (ALONE, OTHER)
            else Event(kind_in, "point", first, None, "narrative", low, high, whole, unit)
            for low, high, first, last in items
        ]
    if (freed := _freed(reading, unit, items)) is not None:
        return freed
    if (alone and many) or reached != items:
        parted = _parted(unit, text, reached)
        if len({event.kind for event in parted}) > 1 or (reached != items and parted and parted[0].kind == OTHER):
            return parted
    slot = words.regex("sharing.slot").search(text)
    if words.regex("sharing.except").search(text):
        other = other or words.regex("sharing.many").search(text)
    if other and not _moved(text) and (alone is None or words.regex("sharing.except").search(text)):
        kind = OTHER
    elif alone and not many and words.regex("supervision.shared").search(reading.text) and not _attends(text):
        kind = ALONE
    else:
        return []
    length = int(slot["n"]) if slot and kind == ALONE else None
    whole = (unit.start, unit.end)
    spans = [(low, high, first, last if last is not None else length and first + length) for low, high, first, last in items]
    if any(last is None for *_, last in spans):
        return []
    one = Event(kind, "span", 0, None, "narrative", unit.start, unit.end, whole, unit)
    return [replace(one, first=first, last=last, start=low, end=high) for low, high, first, last in spans]


def _freed(reading: Reading, unit: Unit, items: list[Item]) -> list[Event] | None:
    """The time before and behind the end of another case, where only behind it this patient is said to be alone; None elsewhere.

    'My other room closed at 9:00; from then on this patient alone', also with what follows in a sentence of its own.
    """
    if len(items) != 1 or items[0][3] is not None:
        return None
    words, text = vocabulary(), reading.unit_text(unit)
    if words.regex("sharing.other-over").search(text) is None:
        return None
    low, high, minute, _ = items[0]
    end, after = unit.end, reading.unit_at(unit.end + 1)
    if after is not None and after.kind == "sentence" and after.paragraph == unit.paragraph:
        end = after.end
    behind = reading.text[high:end]
    then, alone = words.regex("parcel.then").search(behind), words.regex("sharing.alone").search(behind)
    if then is None or alone is None or _several(text[high - unit.start :]):
        return None
    whole = (unit.start, end)
    other = Event(OTHER, "span", BEFORE_ALL, minute, "narrative", low, high, whole, unit)
    return [other, replace(other, kind=ALONE, first=minute, last=BEHIND_ALL)]


def _excepted(text: str, items: list[tuple[int, int, int | None]]) -> str | None:
    """The kind of the intervals of a sentence that says of them what it says not of the rest; None where it is no such sentence.

    'Three cases, except from 10:05 to 10:41, when I had this patient alone', 'From 10:05 to 10:41 two cases; otherwise this patient
    alone'. What an exception from several cases was is not said by the exception: nobody's minutes then, `_UNSAID`.
    """
    spans = None not in [last for *_, last in items]
    mark = vocabulary().regex("sharing.except").search(text) if spans else None
    if mark is None:
        return None
    loads = _loads(text)
    first, end = items[0][0], items[-1][1]
    if mark["but"] is None:
        inside, rest = ([k for at, k in loads if (at < mark.start()) is before] for before in (True, False))
        inside, rest = (inside, rest) if end <= mark.start() else ([], [])
    elif first < mark.start():
        return None
    elif text[: mark.start()].strip(" \t(-–—"):
        rest, inside = ([k for at, k in loads if (at < mark.start()) is before] for before in (True, False))
    else:  # 'Except from 10:05 to 10:41, when ..., I watched three cases'
        behind = [kind for kind, _ in groupby(k for at, k in loads if at >= end)]
        inside, rest = behind[:-1], behind[-1:]
    if len(set(rest)) != 1 or len(set(inside)) > 1 or inside[:1] == rest[:1]:
        return None
    if inside:
        return inside[0]
    if mark["but"] is None or vocabulary().regex("gap.away").search(text) is not None or (rest[0] == ALONE and _attends(text)):
        return None  # 'I was there for this patient alone, apart from 10:30 to 10:52': away for that long
    return OTHER if rest[0] == ALONE else _UNSAID


_UNSAID = "other"
"""An event of no part of the day."""


def _loads(text: str) -> list[tuple[int, str]]:
    """Where a sentence says this patient alone, and where several cases, in its order."""
    words = vocabulary()
    alone = [m.span() for name in ("sharing.alone", "supervision.exclusive") for m in words.regex(name).finditer(text)]
    many = [
        m.span()
        for name in ("sharing.other", "sharing.many", "parcel.several", "supervision.shared")
        for m in words.regex(name).finditer(text)
        if not denied_before(text, m.start()) and not any(low < m.end() and m.start() < high for low, high in alone)
    ]
    return sorted([*((low, ALONE) for low, _ in alone), *((low, OTHER) for low, _ in many)])


def _reaching(before: str, item: Item) -> Item:
    """An item of one time as the stretch that ends or begins with it, where the words before say which."""
    low, high, first, last = item
    said = vocabulary().regex("sharing.reach").search(before) if last is None else None
    if said is None:
        return item
    return (low, high, BEFORE_ALL, first) if said["until"] else (low, high, first, BEHIND_ALL)


_CLAUSE_END = re.compile(r"[;.,](?=\s)|\s[-–—]\s|\b(?:but|whereas|while)\b")


def _parted(unit: Unit, text: str, items: list[Item]) -> list[Event]:
    """The parts of a sentence that says of some times this patient alone and of others that another case was watched.

    'This patient alone 08:33-10:15 and 11:40-14:06; together with one other patient 10:15-11:40': each clause with times is to say
    one of the two, or the sentence stays with the others.
    """
    bounds = [0, *(match.end() for match in _CLAUSE_END.finditer(text)), len(text)]
    clauses: list[tuple[str, list[Item]]] = []
    for low, high in pairwise(bounds):
        own = [item for item in items if low <= item[0] - unit.start < high]
        clause = text[low:high]
        said = _said(clause)
        if len(said) > 1 or (not said and own and not clauses):
            return []
        if said == {ALONE} and not own and vocabulary().regex("sharing.except").search(clause):
            continue  # 'otherwise this patient alone' is said of all the rest
        if said and not own and clauses and (onward := _onward(clause, clauses[-1][1], unit.start + low)):
            own = [onward]
        if said:
            clauses.append((said.pop(), own))
        elif own:
            clauses[-1][1].extend(own)
    if any(not own or any(item[3] is None for item in own) for _, own in clauses):
        return []
    whole = (unit.start, unit.end)
    return [
        Event(kind, "span", first, last, "narrative", low, high, whole, unit)
        for kind, own in clauses
        for low, high, first, last in own
    ]


def _said(clause: str) -> set[str]:
    """Which of the two a clause says."""
    words = vocabulary()
    alone = words.regex("sharing.alone").search(clause) is not None
    other = words.regex("sharing.other").search(clause) is not None or _several(clause)
    other = other and words.regex("sharing.other-over").search(clause) is None  # 'the other case then finished'
    return {kind for kind, says in ((ALONE, alone), (OTHER, other)) if says}


def _several(text: str) -> bool:
    """Whether words say that several cases were watched, in a few words ('10:00-10:40 two cases') and not denied."""
    words = vocabulary()
    many = words.regex("parcel.several").search(text)
    denied = many is not None and words.regex("parcel.none").search(text[: many.start()]) is not None
    return words.regex("sharing.many").search(text) is not None or (many is not None and not denied)


def _onward(clause: str, before: list[Item], at: int) -> Item | None:
    """The time after the clause before, where this one says no more than 'thereafter'."""
    if vocabulary().regex("parcel.then").search(clause) is None or not before or before[-1][3] in (None, BEHIND_ALL):
        return None
    return (at, at + len(clause.rstrip()), before[-1][3] or 0, BEHIND_ALL)


def _attends(text: str) -> bool:
    """Whether the sentence gives the attendance or the monitoring itself."""
    return any(hit.kind in ATTENDED for hit in classify(text))


def _moved(text: str) -> bool:
    """Whether the sentence says more of shared attention than that another case was there ('moved between two rooms')."""
    words = vocabulary()
    others = [match.span() for name in ("other", "many") for match in words.regex(f"sharing.{name}").finditer(text)]
    shared = words.regex("supervision.shared").finditer(text)
    return any(
        all(match.end() <= low or high <= match.start() for low, high in others)
        for match in shared
        if not match.group().lower().startswith("not ")  # 'I did not split that time' moves nobody
    )
