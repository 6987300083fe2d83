"""Hours of attendance that a form states: a label or question that asks for them, with the two times behind, below or before it.

'Prof. time in/out=1:24P - 4:03P', 'Q20. During what hours did the professional attend?' over '13:54 - 18:36', '07:31 | 09:57 | Hours of
the watch'. A label counts that names the professional or the duty and asks for a time; one that names somebody else does not.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from ionm_notes.read.attendance.model import Spell
from ionm_notes.read.block import Blocks
from ionm_notes.read.clock import DAY
from ionm_notes.read.events import Event, Times, overnight
from ionm_notes.read.events.log_rows import ANSWER
from ionm_notes.read.events.model import BETWEEN
from ionm_notes.read.messages import user_name
from ionm_notes.read.names import surname
from ionm_notes.read.people import Cast
from ionm_notes.read.reading import Reading, Unit
from ionm_notes.read.said import Said
from ionm_notes.read.things import HUMP
from ionm_notes.read.vocabulary import vocabulary

_LABEL = 80
"""Characters of the longest label."""
_LETTER = re.compile(r"[^\W\d_]{3,}")
_SIGN = re.compile(r"[:=?\t|]")


_WORKED = frozenset({"setup", "baseline", "removal", "interruption"})
"""What is done beside the watch: 'off 10:42-10:45' behind the lines of set-up and monitoring takes off electrodes."""


def stated_hours(
    reading: Reading, timed: Sequence[Unit], times: Times, events: tuple[Event, ...], cast: Cast, blocks: Blocks
) -> Iterator[Spell]:
    """The spells that labels with two times state, where no event knows their times as attendance. `timed`: the statements with times.

    A label that names nobody ('Hours', 'Between what times?') counts in the block of lines about the professional.
    """
    known = {(e.first, e.last) for e in events if e.kind in ("attend", "attend-monitored") and e.last is not None}
    worked = {e.unit.start for e in events if e.kind in _WORKED and e.last is not None}
    over = max((e.last or e.first for e in events if e.kind == "monitoring" and e.phase != "start"), default=None)
    sole = cast.sole
    for unit in timed:
        clocks = times.within(unit.start, unit.end)
        if len(clocks) == 2 and (spell := _on_and_off(reading, times, unit, cast, sole, known, blocks)) is not None:
            yield spell
            continue
        if len(clocks) != 2 or not BETWEEN.fullmatch(reading.text[clocks[0].end : clocks[1].start]):
            continue
        stop = reading.text.find("\t", clocks[1].start, clocks[1].end)  # '11:26 | Hours of the watch': no 11:26 hours
        label = _label(reading, unit, clocks[0].start, stop if stop > 0 else clocks[1].end)
        first, last = (times.minute[clock.start] for clock in clocks)
        own = label is not None and vocabulary().regex("hours.bare").fullmatch(label) is not None
        own = own and unit.start not in worked and (over is None or first < over)
        own = own and blocks.hold(reading, unit) and not _of_a_table(reading, times, unit)
        if label is None or (first, last) in known or not (own or asks_for_hours(label)):
            continue
        if last < first:
            if not overnight(first, last):
                continue
            last += DAY
        who = next((surname(p.name) for p in cast.professionals if surname(p.name) in label.lower()), sole)
        whole = (unit.start, unit.end)
        event = Event("attend", "span", first, last, "header", *whole, whole, unit)
        yield Spell(who, first, last, False, None, [event], whole)


def _on_and_off(
    reading: Reading, times: Times, unit: Unit, cast: Cast, sole: str, known: Collection[tuple[int, int | None]], blocks: Blocks
) -> Spell | None:
    """The spell of a line with both labels: 'Reader on 07:52, off 10:42', 'User aashworth: connected 07:52, disconnected 10:42'."""
    words = vocabulary()
    low, high = times.within(unit.start, unit.end)
    label, between = (HUMP.sub(" ", reading.text[a:b]) for a, b in ((unit.start, low.start), (low.end, high.start)))
    first, last = times.minute[low.start], times.minute[high.start]
    if last < first and overnight(first, last):
        last += DAY
    asked = len(label) <= _LABEL and len(between) <= _SECOND and words.regex("hours.start").search(label)
    goes_on = _LETTER.search(reading.text, high.end, unit.end) is not None and not _NEXT_FIELD.match(
        reading.text, high.end, unit.end
    )
    if not asked or not words.regex("hours.stop").search(between) or goes_on:
        return None
    others = any(words.regex(name).search(label + between) for name in ("hours.of-others", "whereabouts.of-monitoring"))
    who = next((surname(p.name) for p in cast.professionals if user_name(p.name).search(label)), "")
    bare = words.regex("hours.own-room").match(label) is not None or words.regex("hours.bare").fullmatch(label) is not None
    room = bare and _below_place(reading, unit, blocks)
    # 'Her place: at the cart in OR 4; walked in 08:50, walked out 11:08'
    placed = unit.start in blocks.said and not others and _LETTER.search(between) is not None
    if (
        first >= last
        or (first, last) in known
        or not (room or placed or (not others and (who or words.regex("hours.who").search(label))))
    ):
        return None
    whole = (unit.start, unit.end)
    event = Event("attend", "span", first, last, "header", *whole, whole, unit)
    return Spell(who or sole, first, last, False, _of_room(label), [event], whole)


def _of_room(label: str) -> str | None:
    """The place of the hours behind a label of coming into the operating room: 'Doctor into OR'."""
    return "in_room" if vocabulary().regex("hours.of-room").search(label) else None


_NEXT_FIELD = re.compile(r"\s*[;|\t]\s*[\w .-]{2,24}[=:]|\s{2,}[A-Z]?[\w .-]{2,24}:|\s+\w+=")
"""Another field behind the times: '; phys_mode=REMOTE', '  location: off-site'."""


def _below_place(reading: Reading, unit: Unit, blocks: Blocks) -> bool:
    """Whether the line above says where the professional was: 'Location: [x] In the operating room' over 'In room from ... Left room ...'."""
    index = reading.index_of(unit)
    return index > 0 and reading.units[index - 1].start in blocks.said and blocks.hold(reading, unit)


_SECOND = 40
"""Characters of the longest second label: ', logged off at ', ' Physician out of the room: '."""
_FORM = re.compile(r"[☐☑☒✓✔]|[\[(]\s?[xX✓]?\s?[\])]|\t|[:=?]\s")
"""A box, a cell or the mark behind a label: what a form has and a sentence has not."""


def placed_hours(reading: Reading, times: Times, events: tuple[Event, ...], cast: Cast, modes: Sequence[Said]) -> Iterator[Spell]:
    """The spells of fields that place the professional and give two times that no event knows.

    'First part: [x] in the operating room [ ] remote, 8:20 AM to 11:05 AM'.
    """
    told = {e.unit.start for e in events if not e.guess and e.kind not in _BESIDE_HOURS}
    sole = cast.sole
    for said in modes:
        unit = said.unit
        clocks = times.within(unit.start, unit.end)
        if vocabulary().regex("hours.rostered").match(reading.text, unit.start, unit.end):
            continue
        if unit.start in told or len(clocks) != 2:
            continue
        beside = reading.text[unit.start : clocks[0].start] + " " + reading.text[clocks[1].end : unit.end]
        if not _FORM.search(reading.text, unit.start, unit.end) and not (said.who and _names_alone(beside, said.who)):
            continue
        if not BETWEEN.fullmatch(reading.text[clocks[0].end : clocks[1].start]):
            continue
        first, last = (times.minute[clock.start] for clock in clocks)
        if last < first:
            if not overnight(first, last):
                continue
            last += DAY
        whole = (unit.start, unit.end)
        event = Event("attend", "span", first, last, "header", *whole, whole, unit)
        yield Spell(said.who or sole, first, last, False, said.what, [event], whole)


_BESIDE_HOURS = frozenset({"other", "signals", "incision", "closure"})
"""Kinds of what a row of such hours may tell beside them: '12:45 | 13:30 | reading room, remote | closure, wake-up'."""
_MOST_BESIDE = 8


def _names_alone(beside: str, who: str) -> bool:
    """Whether the words beside an interval are somebody's name and place, and no sentence: 'Dr. Quist (remote)'."""
    return (
        len(beside.split()) <= _MOST_BESIDE
        and who in beside.lower()
        and vocabulary().regex("whereabouts.stays").search(beside) is None
    )


def paired_hours(
    reading: Reading, timed: Sequence[Unit], times: Times, cast: Cast, blocks: Blocks
) -> Iterator[tuple[Spell, Unit]]:
    """The spells of two labels, one for the coming and one for the going: 'reader.start|08:20' over 'reader.stop|10:40'.

    With each the line of its end. A label counts that names the professional or the duty, or any that stands in that block.
    """
    words = vocabulary()
    sole = cast.sole
    begun: tuple[Unit, int] | None = None
    for unit in timed:
        clocks = times.within(unit.start, unit.end)
        if len(clocks) != 1:
            continue
        label = _DATE.sub("", HUMP.sub(" ", reading.text[unit.start : clocks[0].start]))
        starts, stops = (words.regex(f"hours.{name}").search(label) is not None for name in ("start", "stop"))
        asked = (
            len(label) <= _LABEL
            and starts != stops
            and not _LETTER.search(_BESIDE.sub("", reading.text[clocks[0].end : unit.end]))
        )
        if not asked or any(words.regex(name).search(label) for name in ("hours.of-others", "whereabouts.of-monitoring")):
            continue
        own = words.regex("hours.who").search(label) is not None or any(
            surname(p.name) in label.lower() for p in cast.professionals
        )
        if not (own or blocks.hold(reading, unit)):
            continue
        minute = times.minute[clocks[0].start]
        if starts:
            begun = (unit, minute)
        elif begun is not None and reading.index_of(unit) - reading.index_of(begun[0]) <= _APART:
            first, last = begun[1], minute
            if last < first and overnight(first, last):
                last += DAY
            if first < last:
                whole = (begun[0].start, begun[0].end)
                event = Event("attend", "span", first, last, "header", *whole, whole, begun[0])
                yield Spell(sole, first, last, False, _of_room(reading.unit_text(begun[0])), [event], whole), unit
            begun = None


_DATE = re.compile(r"\d{4}-\d\d-\d\d[T ]*$|\d{1,2}/\d{1,2}/\d{2,4},?\s*$")
_BESIDE = re.compile(r"</[\w:.-]+>|\([^()]{0,60}\)")
"""The end of a tag, or a remark in brackets: 'off 09:30 (own appointment, no cover)'."""
_APART = 3
"""Lines from the label of the beginning to that of the end."""


def _of_a_table(reading: Reading, times: Times, unit: Unit) -> bool:
    """Whether two times without words stand over two others: the first row of a table headed 'from | to', not the answer to it."""
    index = reading.index_of(unit)
    below = reading.units[index + 1] if index + 1 < len(reading.units) else unit
    return (
        all(len(times.within(one.start, one.end)) == 2 and not _LETTER.search(reading.unit_text(one)) for one in (unit, below))
        and below != unit
    )


def open_hours(
    reading: Reading, timed: Sequence[Unit], times: Times, events: tuple[Event, ...], blocks: Blocks, known: Collection[int]
) -> Iterator[tuple[Unit, int, int]]:
    """Two times in the block about the professional behind a label whose meaning is not known. `known`: where read lines begin.

    'Slot: 07:55 - 10:15' below the reader's name may be the hours of attendance.
    """
    told = {e.unit.start for e in events} | set(known)
    for unit in timed:
        clocks = times.within(unit.start, unit.end) if unit.start not in told else ()
        if len(clocks) != 2 or not BETWEEN.fullmatch(reading.text[clocks[0].end : clocks[1].start]):
            continue
        label = _label(reading, unit, clocks[0].start, clocks[1].end)
        words = vocabulary()
        if label is None or words.regex("hours.when").search(label) is None or words.regex("hours.of-others").search(label):
            continue
        if words.regex("whereabouts.of-monitoring").search(label) or not blocks.hold(reading, unit):
            continue
        yield unit, times.minute[clocks[0].start], times.minute[clocks[1].start]


def _label(reading: Reading, unit: Unit, low: int, high: int) -> str | None:
    """The label of two times: before them, behind them, or in the line above; None where it is too long to be one."""
    answer = ANSWER.match(reading.text, unit.start, low)
    before, behind = reading.text[answer.end() if answer else unit.start : low], reading.text[high : unit.end]
    if _LETTER.search(before):
        words = vocabulary()  # 'Online 8:11 to 11:52.', and not 'Out 2:54 to 3:03.'
        bare = (
            words.regex("hours.watching").search(before) is not None and words.regex("hours.bare").fullmatch(before) is not None
        )
        asked = (
            unit.kind == "row" or bare or _SIGN.search(before)
        )  # no sentence: 'I was also supervising one other (from 9:30 to 11:48)'
        return before if asked and len(before) <= _LABEL and not _LETTER.search(behind) else None
    if _LETTER.search(behind):
        return behind if len(behind) <= _LABEL else None
    if not BETWEEN.fullmatch(before):
        return None  # 'BL | 8:39 | 8:52' below 'Start | End'
    place = reading.index_of(unit)
    above = reading.unit_text(reading.units[place - 1]) if place else ""
    return above if 0 < len(above) <= _LABEL else None


def asks_for_hours(label: str) -> bool:
    """Whether a label asks from when to when the professional attended."""
    words = vocabulary()
    who, when, other = (words.regex(f"hours.{name}").search(label) is not None for name in ("who", "when", "of-others"))
    return who and when and not other
