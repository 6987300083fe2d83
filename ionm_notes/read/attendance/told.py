"""Coming and going told in a sentence about the professional, in words that no pattern of events knows.

'I came to OR 7 at 08:35 and stayed until 09:50; I was there again from 10:40 to 11:25.' Of each clock time the words before it
say whether it begins or ends the stay. A time that such a sentence leaves open is kept as one that could not be read: the
minutes rest on it, and a person has to look.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ionm_notes.read.attendance.hours import open_hours, paired_hours, placed_hours, stated_hours
from ionm_notes.read.attendance.model import Spell
from ionm_notes.read.attendance.placed_lines import placed_lines
from ionm_notes.read.attendance.spells import writer_of_statement
from ionm_notes.read.block import blocks_of
from ionm_notes.read.clock import DAY
from ionm_notes.read.events import Event, Times, overnight
from ionm_notes.read.events.items import items_of
from ionm_notes.read.expression import Expression, blank
from ionm_notes.read.fields import Fields
from ionm_notes.read.names import places_of, standing, surname
from ionm_notes.read.people import Cast
from ionm_notes.read.reading import Reading, Unit
from ionm_notes.read.said import Said
from ionm_notes.read.subject import meant_before, subject_of
from ionm_notes.read.timing import late_rows
from ionm_notes.read.vocabulary import vocabulary
from ionm_notes.read.whereabouts import phrases_of_place

_NEAR = 80
"""Characters before a clock time within which its verb stands."""
_LED = 120
"""Characters behind a time that opens its clause within which its verb stands."""
_OWN = frozenset({"professional", "attend", "attend-monitored"})
_PASSING = frozenset({"patient.in", "patient.out", "signals", "other"})
"""Kinds of event that a sentence about the professional may have been taken for."""
_CLAUSE = re.compile(
    r";|,\s+(?:and|which|who|she|he|you|the|it|when|while)\b|\band\s+(?=(?:you|she|he|it|the|at|his|her|their|we|they|this|that)\b)|(?<!\bDr)(?<!\bMr)(?<!\bMs)(?<!\bProf)\.\s",
    re.I,
)
"""What parts the words about a time from what went before: another clause, another subject."""
_LEADS = re.compile(r"\W*(?:(?:at|by|around|about|beginning|starting|as\s+of|from|since)\s+)*(?:at\s+|about\s+)*\W*", re.I)
"""What stands before a time that opens its sentence or clause."""
_SINCE = re.compile(r"\b(?:beginning|starting|as\s+of|from|since)\b", re.I)
_SINCE_THEN = re.compile(rf"{_SINCE.pattern}\s+(?:at\s+|about\s+)*$", re.I)
_OPENING = 12
"""Characters of a sentence before a time that opens it: 'At 7:58 I was in the operating room and remained in it to 9:10'."""
_STAYS = re.compile(r"\b(?:until|till)\b[^.;,]{0,40}$", re.I)
"""'... until monitoring ended at'."""
_TILL = re.compile(r"\W*(?:until|till|to|through|up\s+to)\b[^.;,\d]{0,40}", re.I)
"""'8:12 until stand-down at 11:26'."""


_Item = tuple[int, int, int, int | None]
"""Place of a clock time or interval, its first and its last minute."""


@dataclass(frozen=True, slots=True)
class Told:
    """Spells told in sentences, the sentences they stand in, and those about attendance with times that stayed open."""

    spells: tuple[Spell, ...]
    sentences: frozenset[tuple[int, int]]
    unread: tuple[tuple[Unit, int, int], ...]
    """The sentence, and the first and last minute of an interval in it whose meaning stayed open; one minute twice: a coming or
    going, which is to be one of a row of attendance."""
    replaced: frozenset[tuple[int, str]] = frozenset()
    """Place and kind of the events that those sentences had been taken for."""
    ended: tuple[Event, ...] = ()
    """Ends of monitoring that such a sentence tells with the end of the watch: 'until we ended at 11:29'."""
    stayed: tuple[Unit, ...] = ()
    """Sentences that say without a time that a professional watched to the end of monitoring."""


def without_rows(rows: frozenset[int], told: Told) -> Told:
    """What sentences tell, without those that another reader has understood whole; `rows`: where these begin."""
    if not rows:
        return told
    return replace(
        told,
        spells=tuple(spell for spell in told.spells if spell.sentence[0] not in rows),
        unread=tuple(item for item in told.unread if item[0].start not in rows),
        stayed=tuple(unit for unit in told.stayed if unit.start not in rows),
    )


def told_spells(
    reading: Reading,
    fields: Fields,
    times: Times,
    events: tuple[Event, ...],
    cast: Cast,
    modes: Sequence[Said],
    cases: Sequence[Said],
    known: frozenset[tuple[int, int]] = frozenset(),
) -> Told:
    """What sentences about the professional tell of coming and going, where no event does. `known`: sentences read already.

    `modes`, `cases`: what is said of the professional's place and of other cases.
    """
    by_unit: dict[int, list[Event]] = {}
    for event in events:
        by_unit.setdefault(event.unit.start, []).append(event)
    spells: list[Spell] = []
    sentences: set[tuple[int, int]] = set()
    replaced: set[tuple[int, str]] = set()
    unread: list[tuple[Unit, int, int]] = []
    ended: list[Event] = []
    placed = {said.unit.start for said in modes}
    timed = [unit for unit in reading.units if unit.kind != "running" and times.within(unit.start, unit.end)]
    for unit in timed:
        if unit.kind != "sentence" or (unit.start, unit.end) in known:
            continue
        here = by_unit.get(unit.start, [])
        own = [e for e in here if e.kind in _OWN and e.phase != "point"]
        passing = [e for e in here if e.kind in _PASSING | _OWN or _watched_only(reading, e)]
        if len(cast.professionals) > 1:
            replaced.update(
                (e.start, e.kind) for e in here if e.last is None and _watched_only(reading, e) and _of_two(reading, unit, cast)
            )
        silent = any(e.origin == "log" or (e.guess and e not in passing) for e in here) or any(e.phase == "span" for e in own)
        found, left_open = (
            ([], [])
            if silent
            else _sentence(reading, fields, times, unit, [e for e in here if e not in passing], cast, placed=unit.start in placed)
        )
        if any(e.kind == "monitoring" for e in here) and all(None in (spell.first, spell.last) for spell in found):
            found = []  # 'I turned it off at 10:40' may well be of the monitoring
        if own and not _completes(found, own) and not _same_end(found, own):
            unread += [
                (unit, e.first, e.first)
                for e in own
                if e.phase in ("start", "end")
                and e.origin == "narrative"
                and not e.guess
                and subject_of(reading, unit, e.end, cast, fields)[0] == "professional"
            ]
            continue
        spells += found
        if found:
            sentences.add((unit.start, unit.end))
            replaced.update((e.start, e.kind) for e in passing if e.kind not in ("signals", "other"))
            ended += _ended_with(reading, events, [(s.last, s.places[-1]) for s in found[-1:] if s.last is not None])
        unread += [(unit, first, last) for first, last in left_open]
    blocks = blocks_of(reading, fields, cast, (said.unit for said in (*modes, *cases)))
    for spell in (*stated_hours(reading, timed, times, events, cast, blocks), *placed_hours(reading, times, events, cast, modes)):
        if spell.sentence not in sentences | known:
            sentences.add(spell.sentence)
            spells.append(spell)
            own = by_unit.get(spell.sentence[0], [])
            replaced.update(
                (e.start, e.kind)
                for e in own
                if e.kind in ("patient.in", "patient.out", "closure")
                or (e.kind == "professional" and e.last is None)
                or _watched_only(reading, e)
            )
    for spell, line in placed_lines(reading, times, cast, modes):
        if spell.sentence not in known:
            spells = [one for one in spells if one.sentence != spell.sentence]
            unread = [item for item in unread if item[0].start != line.start]
            sentences.add(spell.sentence)
            spells.append(spell)
            replaced.update(
                (e.start, e.kind) for e in by_unit.get(line.start, []) if e.kind in _PASSING | _OWN or _watched_only(reading, e)
            )
    for spell, end in paired_hours(reading, timed, times, cast, blocks):
        here = [e for start in (spell.sentence[0], end.start) for e in by_unit.get(start, [])]
        other = any(e.kind not in _PASSING | _OWN or e.last is not None or e.origin == "log" for e in here)
        if other or spell.sentence in sentences | known:
            continue
        sentences |= {spell.sentence, (end.start, end.end)}
        spells.append(spell)
        replaced.update((e.start, e.kind) for e in here if e.kind in _PASSING | _OWN)
        unread = [item for item in unread if item[0].start not in (spell.sentence[0], end.start)]
    unread += open_hours(reading, timed, times, events, blocks, {low for low, _ in sentences | known})
    ended += _ended_with(reading, (*events, *ended), [(e.last, e) for e in events if e.kind in _OWN and e.last is not None][:1])
    late = late_rows(reading) if spells else frozenset()
    spells = [spell for spell in spells if spell.sentence[0] not in late]
    stayed = tuple(unit for unit in reading.units if _stayed(reading, fields, unit, cast))
    ended += _watch(reading, fields, cast, [e for e in events if (e.start, e.kind) not in replaced], spells)
    return Told(tuple(spells), frozenset(sentences), tuple(unread), frozenset(replaced), tuple(ended), stayed)


def _watch(reading: Reading, fields: Fields, cast: Cast, events: list[Event], spells: list[Spell]) -> list[Event]:
    """The one watch that is told, as the monitoring itself, in a record that tells of no monitoring beside it.

    'I took up my watch at 8:52 and gave it up at 2:31', or 'From 7:50 I watched the screen' and 'I stopped watching at 9:57'.
    """
    if any(event.kind in ("monitoring", "attend-monitored") and event.phase != "point" for event in events):
        return []
    words = vocabulary()
    watch = words.regex("whereabouts.watch")
    planned = words.regex("watch.planned")
    told = [
        s
        for s in spells
        if any(
            watch.search(reading.text, *place.clause) and not planned.search(reading.text, place.unit.start, place.end)
            for place in s.places
        )
    ]
    stays = [(s.first, s.last, s.places[0]) for s in told]
    stays += [
        (e.first, e.last, e)
        for e in events
        if e.kind == "attend"
        and e.last is not None
        and watch.search(reading.text, e.start, e.end) is not None
        and subject_of(reading, e.unit, e.end, cast, fields)[0] in ("professional", "")
        and not planned.search(reading.text, e.unit.start, e.end)
    ]
    firsts = {first for first, _, _ in stays if first is not None}
    lasts = {last for _, last, _ in stays if last is not None}
    if len(firsts) != 1 or len(lasts) != 1 or not (first := firsts.pop()) < (last := lasts.pop()):
        return []
    return [replace(stays[0][2], kind="monitoring", phase="span", first=first, last=last)]


def _stayed(reading: Reading, fields: Fields, unit: Unit, cast: Cast) -> bool:
    """Whether a sentence says of a professional that he or she watched until monitoring was over: 'I stayed on until we stopped'."""
    words = vocabulary()
    end = words.regex("parcel.to-the-end").search(reading.text, unit.start, unit.end) if unit.kind == "sentence" else None
    if end is None or not _said(words.regex("interval.attends"), reading, unit):
        return False
    if any(_said(words.regex(f"parcel.{name}"), reading, unit) for name in ("away", "other")):
        return False
    return subject_of(reading, unit, end.start(), cast, fields)[0] == "professional"


def _ended_with(reading: Reading, events: Sequence[Event], places: Sequence[tuple[int, Event]]) -> list[Event]:
    """The end of monitoring at the end of a stay that says so, where no event is of that end. `places`: last minutes and their places."""
    if any(e.kind == "monitoring" and (e.phase == "end" or e.last is not None) for e in events):
        return []
    ended = vocabulary().regex("parcel.ended-at")
    return [
        replace(place, kind="monitoring", phase="end", first=last, last=None)
        for last, place in places
        if ended.search(reading.text[place.unit.start : place.end])
    ]


def joined(reading: Reading, items: list[_Item]) -> list[_Item]:
    """The clock times of a sentence, two of them as one interval where the words between say 'until'."""
    out: list[_Item] = []
    for item in items:
        before = out[-1] if out else None
        if before and before[3] is None and item[3] is None and _TILL.fullmatch(reading.text[before[1] : item[0]]):
            out[-1] = (before[0], item[1], before[2], item[2])
        else:
            out.append(item)
    return out


def _watched_only(reading: Reading, event: Event) -> bool:
    """Whether an event was taken for monitoring by a word that is of the professional here: 'the watch', 'the monitoring cart'."""
    if event.kind != "monitoring":
        return False
    words = vocabulary()
    text = words.regex("whereabouts.at-machine").sub(" ", reading.unit_text(event.unit))
    return words.regex("whereabouts.of-monitoring").search(text) is None


def _of_two(reading: Reading, unit: Unit, cast: Cast) -> bool:
    """Whether a sentence names two professionals, one after the other: 'Dr. A kept the watch until 9:50; Dr. B watched from then on'."""
    text = reading.unit_text(unit)
    return len({surname(one.name) for one in cast.professionals if standing(surname(one.name)).search(text)}) > 1


def _completes(spells: list[Spell], own: list[Event]) -> bool:
    """Whether spells with both their ends hold every minute that events know of a sentence, and more than those.

    Of a beginning that is none of coming ('I tuned in at 7:52 and left at 10:42') events alone make no spell.
    """
    both = [(s.first, s.last) for s in spells if s.first is not None and s.last is not None]
    ends = {minute % DAY for pair in both for minute in pair}
    minutes = {event.first % DAY for event in own}  # a clock time behind midnight, of which events know the day
    return minutes < ends or (minutes == ends and any(event.kind != "professional" for event in own))


def _same_end(spells: list[Spell], own: list[Event]) -> bool:
    """Whether the one time of a sentence is the end of the watch, which events took for some time of it: 'I watched until 10:05'."""
    return (
        len(spells) == len(own) == 1
        and own[0].kind != "professional"
        and (spells[0].first, spells[0].last) == (None, own[0].first)
    )


def _sentence(
    reading: Reading, fields: Fields, times: Times, unit: Unit, known: list[Event], cast: Cast, *, placed: bool
) -> tuple[list[Spell], list[tuple[int, int]]]:
    """Spells of one sentence, and the intervals in it about the professional that stayed without meaning.

    `placed`: the sentence says where the professional was, so that its interval needs no verb: 'Remote, live, 8:12 to 1:47'.
    """
    words = vocabulary()
    comes, goes, attends = (words.regex(name) for name in ("whereabouts.comes", "whereabouts.goes", "interval.attends"))
    sole = cast.sole
    whole = (unit.start, unit.end)
    if words.regex("signature.heads-line").match(reading.text, unit.start, unit.end) is not None:
        return [], []  # 'Signed electronically: Ada Hale, MD, 18h12 (to 15h00)'
    spells: list[Spell] = []
    pending: Spell | None = None
    left_open: list[tuple[int, int]] = []
    about_watching = any(_said(words_of, reading, unit) for words_of in (attends, comes, goes))
    floor = unit.start
    stood, minute = False, 0
    other_matter = False
    for low, high, first, last in joined(reading, items_of(reading, times, unit, list(times.within(unit.start, unit.end)))):
        before, floor = reading.text[floor:low], high
        since = minute if stood and minute <= first and words.regex("whereabouts.stayed-until").search(before) else None
        # 'I was in OR 3 at 7:58 and remained there until 9:10': the time at which somebody is in a place begins the stay.
        clause = _CLAUSE.split(before)[-1]
        stood = last is None and words.regex("whereabouts.was").search(clause) is not None and bool(phrases_of_place(clause))
        stood, minute = stood or (last is None and low - unit.start < _OPENING), first
        if pending is not None and last is None and first < (pending.first or 0) and overnight(pending.first or 0, first):
            first += DAY  # 'I came on from my house at 22:49 and went off at 02:17'
        stays = pending is not None and last is None and (pending.first or 0) <= first and _STAYS.search(before) is not None
        if any(e.start <= low < e.end for e in known) and not stays:
            continue
        role, who = subject_of(reading, unit, low, cast, fields)
        if stays and pending is not None and role != "professional" and not _names_one(_CLAUSE.split(before)[-1], cast):
            role, who = "professional", pending.who  # '..., and stayed in the room till 1:10'
        if role == "" and words.regex("turn.of-nobody-named").match(before):
            role, who = meant_before(reading, unit, cast)
        elif role == "" and (low - unit.start < _OPENING or _LEADS.fullmatch(clause)):
            role, who = _behind(reading, unit, high, cast)
        then_on = words.regex("whereabouts.then-on").match(reading.text[high : unit.end]) is not None
        if role == "" and placed and (last is not None or then_on):
            role = "professional"  # 'Remote, live, from 8:12 to 12:40': a place of nobody else's
        if role != "professional":
            continue
        who = who or writer_of_statement(reading, unit, cast)
        near = _CLAUSE.split(before)[-1][-_NEAR:]
        event = Event("attend", "span", first, last, "narrative", low, high, whole, unit)
        if last is not None:
            if placed or _said(attends, reading, unit) or spells or pending:
                spells.append(Spell(who or sole, first, last, False, None, [event], whole))
            else:
                left_open.append((first, last))
            continue
        # 'I asked for a repeat at 08:45 and again at 09:31': a clause without a verb is of what the one before it was.
        other_matter = words.regex("whereabouts.other-matter").search(near) is not None or (
            other_matter and words.regex("whereabouts.once-more").fullmatch(near) is not None
        )
        if other_matter or words.regex("whereabouts.signed").search(before) or words.regex("whereabouts.other-case").search(near):
            continue
        if not about_watching:
            if placed and phrases_of_place(near):
                left_open.append((first, first))  # 'I put the case on from home at 7:52': whatever that was
            continue
        if words.regex("parcel.not-yet").search(near):
            if then_on:  # 'connection not made until 8:35, then live to the end of monitoring'
                pending = Spell(who or sole, first, None, False, None, [event], whole)
                spells.append(pending)
            else:
                left_open.append((first, first))  # 'I could not connect until 8:50'
            continue
        came, went = _last(comes, near), _last(goes, near)
        if _SINCE_THEN.search(near) is not None and _last(attends, near) > went:
            came = len(near)  # 'Dr. Hale watched from a desk on the same floor starting at 7:21 and signed off at 7:44'
        if _of_a_change(reading, unit, near, low):
            continue
        if _LEADS.fullmatch(clause := _CLAUSE.split(before)[-1]):
            came, went = _led(reading, fields, unit, high, cast, since=_SINCE.search(clause) is not None)
        if went > came:
            if pending is not None and (pending.first or 0) <= first:
                pending.last = first
                pending.places.append(event)
                pending = None
            elif not spells and _of_load(reading, unit, low, high):
                left_open.append((first, first))  # 'Up to 10:05 I had no other case': it is not said who was watched later
            else:
                if since is None and words.regex("turn.from-then").search(before):
                    since = _minute_before(reading, times, unit)
                spells.append(Spell(who or sole, since, first, False, None, [event], whole))
        elif came > went:
            pending = Spell(who or sole, first, None, False, None, [event], whole)
            spells.append(pending)
        elif placed and phrases_of_place(near):
            left_open.append((first, first))
    return spells, left_open


def _of_a_change(reading: Reading, unit: Unit, near: str, low: int) -> bool:
    """Whether what was over at a time is a change that was told of, and nobody's watch: 'I told you at once, and it had stopped by 10.01'."""
    words = vocabulary()
    if words.regex("whereabouts.thing-back").search(near) is not None:
        return True
    if words.regex("whereabouts.thing-over").search(near) is None:
        return False
    return words.regex("whereabouts.of-change").search(reading.text, unit.start, low) is not None


def _of_load(reading: Reading, unit: Unit, low: int, high: int) -> bool:
    """Whether a sentence that opens with 'until' and a time tells how many patients there were till then, and of no watch."""
    if low - unit.start >= _OPENING:
        return False
    behind, words = reading.text[high : unit.end], vocabulary()
    return words.regex("clock.of-load").search(behind) is not None and words.regex("hours.watching").search(behind) is None


def _minute_before(reading: Reading, times: Times, unit: Unit) -> int | None:
    """The minute that the sentence before names last: 'Monitoring began at 9:18. I sat in the room from that minute until ...'."""
    above = reading.units[max(0, reading.index_of(unit) - 1)]
    clocks = times.within(above.start, above.end) if above.paragraph == unit.paragraph and above.end <= unit.start else ()
    return times.minute[clocks[-1].start] if clocks else None


def _led(reading: Reading, fields: Fields, unit: Unit, high: int, cast: Cast, *, since: bool) -> tuple[int, int]:
    """Whether the words behind a time that opens its clause are of coming, or of going: two numbers of which the higher says it.

    'At 8:12 Dr. Hale took up her watch': the first such word counts, if it is said of the professional. `since`: 'From 8:12 Dr.
    Hale sat with her', where a word of watching will do.
    """
    words = vocabulary()
    # 'At 10:55, when the tumor was out, I walked over to my office': nobody went out.
    rest = words.regex("parcel.aside").sub(blank, reading.text[high : unit.end])
    clause = _CLAUSE.split(rest.lstrip(" ,")[:_LED])[0]
    low = reading.text.find(clause, high) if clause else high
    cues = sorted(
        (match.start(), name != "whereabouts.goes")
        for name in (
            ("whereabouts.comes", "whereabouts.goes", "interval.attends") if since else ("whereabouts.comes", "whereabouts.goes")
        )
        for match in words.regex(name).finditer(clause)
        if len(match.group().strip()) > 3
    )
    if not cues or not _names_one(clause[: cues[0][0]], cast):
        return -1, -1
    if subject_of(reading, unit, low + cues[0][0], cast, fields)[0] != "professional":
        return -1, -1
    return (1, 0) if cues[0][1] else (0, 1)


def _names_one(text: str, cast: Cast) -> bool:
    """Whether the words between a time and its verb name a professional."""
    low = text.lower()
    return (
        any(surname(person.name) in low for person in cast.professionals)
        or _PERSON.search(text) is not None
        or vocabulary().regex("subject.professional").search(text) is not None
    )


_PERSON = re.compile(r"\b(?:I|he|she|they)\b")


def _said(pattern: Expression, reading: Reading, unit: Unit) -> bool:
    return pattern.search(reading.text, unit.start, unit.end) is not None


def _behind(reading: Reading, unit: Unit, high: int, cast: Cast) -> tuple[str, str]:
    """Role and surname of the one named behind a time that opens the sentence: 'From 8:12 until 1:47 Dr. Hale watched'."""
    behind = reading.text[high : unit.end]
    named = sorted(
        (place, role, surname(p.name))
        for role, people in (("professional", cast.professionals), ("technologist", cast.technologists), ("other", cast.surgeons))
        for p in people
        for place in places_of(p.name, behind)
    )
    own = re.search(r"\bI\b(?!\.)", behind)
    if named and not (own and own.start() < named[0][0]):  # 'At 11:15 I gave the case to Dr. Bell'
        return named[0][1], named[0][2]
    return ("professional", "") if own else ("", "")


def _last(pattern: Expression, text: str) -> int:
    return max((m.end() for m in pattern.finditer(text)), default=-1)
