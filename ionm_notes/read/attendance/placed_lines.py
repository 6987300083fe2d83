"""Hours that stand in lines below a heading of place: what asks where the professional was, or a place as a heading.

'Attending's whereabouts / 7:58 to 9:40 - gowned, by the recording cart / 9:40 to 1:25 - downstairs in the office', 'IN PERSON (OR 7) /
07:52 to 09:20 / FROM HOME / 09:35 to 10:42'. Each line counts with one interval and one place; where one of them leaves either open,
none of the list counts, and what it leaves open stays a query. Words: `whereabouts.heading`, `whereabouts.heading-of-others`.
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from ionm_notes.read.attendance.model import Spell
from ionm_notes.read.clock import DAY
from ionm_notes.read.events import Event, Times, overnight
from ionm_notes.read.events.items import items_of
from ionm_notes.read.events.model import BETWEEN
from ionm_notes.read.names import surname
from ionm_notes.read.people import Cast
from ionm_notes.read.place import place_of
from ionm_notes.read.reading import Reading, Unit
from ionm_notes.read.said import Said
from ionm_notes.read.vocabulary import vocabulary
from ionm_notes.read.whereabouts import phrases_of_place, weighed

_HEADING = 60
"""Characters of the longest heading."""
_LONGEST = 200
"""Characters of the longest line of a list."""
_FEWEST = 2
"""Intervals and places in a document that can hold a list."""
_LINES = 8
"""Lines of the longest list below a heading."""
_MARKS = " \t.,;:|()[]–—-•*·"
_LEAD = re.compile(r"\W*(?:(?:from|between|at|on|in)\s+)?\W*$", re.I)
"""What may stand before the hours of a line that they lead."""

Found = list[tuple[Unit, int, int, str]]
"""Lines with the first and last minute of their interval, and their place."""


def placed_lines(reading: Reading, times: Times, cast: Cast, modes: Sequence[Said]) -> Iterator[tuple[Spell, Unit]]:
    """The spells of such lists, each with its line. `modes`: what is said of the professional's place."""
    said = {mode.unit.start: mode.what for mode in modes}
    taken: set[int] = set()
    for index in _candidates(reading, times, modes):
        unit = reading.units[index]
        if unit.start in taken or unit.kind == "running" or unit.end - unit.start > _LONGEST:
            continue
        if times.within(unit.start, unit.end):
            found = _beside_places(reading, times, index)
        else:
            found = _below_question(reading, times, index, said) or _below_places(reading, times, index, cast)
        if not found or len({mode for *_, mode in found}) < 2 or not _one_behind_the_other(found):
            continue  # one place in all is told as well by what is said of it
        taken |= {line.start for line, *_ in found}
        for line, first, last, mode in found:
            who = _who(reading.unit_text(line), cast)
            whole = (line.start, line.end)
            event = Event("attend", "span", first, last, "header", *whole, whole, line)
            yield Spell(who, first, last, False, mode, [event], whole, ledger=True), line


def _candidates(reading: Reading, times: Times, modes: Sequence[Said]) -> list[int]:
    """Numbers of the statements with which such a list may begin: those with an interval or a place, and the ones above them."""
    starts = {item.start for item in times.ranges} | {mode.start for mode in modes}
    if len(starts) < _FEWEST:
        return []
    units = {bisect.bisect_right(reading.unit_starts, start) - 1 for start in starts}
    # A list has two lines at least that stand below one another, or with one heading between.
    listed = {index for index in units if not units.isdisjoint((index - 2, index - 1, index + 1, index + 2))}
    return sorted(index for index in listed | {index - 1 for index in listed} if index >= 0)


def _below_question(reading: Reading, times: Times, index: int, said: dict[int, str]) -> Found:
    """The lines below what asks where the professional was."""
    heading = reading.unit_text(reading.units[index])
    if len(heading) > _HEADING or not vocabulary().regex("whereabouts.heading").match(heading):
        return []
    found: Found = []
    for unit in reading.units[index + 1 : index + 1 + _LINES]:
        if unit.page != reading.units[index].page:
            break
        hours = hours_of(reading, times, unit)
        if hours is None:
            if not times.within(unit.start, unit.end):
                break
            return []
        low, high, first, last = hours
        before, behind = reading.text[unit.start : low], reading.text[high : unit.end]
        words = behind if _LEAD.match(before) else before
        mode = said.get(unit.start) or place_of(words.strip(_MARKS)) or _first_place(words)
        if mode is None or _of_others(reading.unit_text(unit)):
            return []
        found.append((unit, first, last, mode))
    return found


def _beside_places(reading: Reading, times: Times, index: int) -> Found:
    """Lines that each hold a place and its hours, and nothing else: 'In person | 07:52 | 09:20' over 'Remote | 09:40 | 10:42'."""
    found: Found = []
    for unit in reading.units[index : index + _LINES]:
        hours = hours_of(reading, times, unit)
        if hours is None:
            break
        words = (reading.text[unit.start : hours[0]] + " " + reading.text[hours[1] : unit.end]).strip(_MARKS)
        mode = _whole_place(words)
        if mode is None or _of_others(words):
            break
        found.append((unit, hours[2], hours[3], mode))
    return found


def _whole_place(words: str) -> str | None:
    """The place that a few words are and say nothing beside it; 'In room' alone may be the patient's."""
    phrases = phrases_of_place(words, bare=True)
    rest = words
    for phrase in reversed(phrases):
        rest = rest[: phrase.start] + rest[phrase.end :]
    return None if len(rest.strip(_MARKS)) > _REST else weighed({phrase.kind for phrase in phrases})


_REST = 8
"""Characters beside the place in a line that is a place: a room's number, 'at'."""


def _first_place(words: str) -> str | None:
    """The place that the words up to the first mark name: 'downstairs in the office, same recording on the hospital network'."""
    first = re.split(r"[,;(]|\s[-–—]\s", words.strip(_MARKS))[0]
    return weighed({phrase.kind for phrase in phrases_of_place(first, bare=True)})


def _below_places(reading: Reading, times: Times, index: int, cast: Cast) -> Found:
    """The lines of hours below headings that are places, each one heading and the lines up to the next."""
    found: Found = []
    place = ""
    if _heading_of_place(reading.unit_text(reading.units[index])) is None:
        return []
    for unit in reading.units[index : index + 2 * _LINES]:
        text = reading.unit_text(unit)
        hours = hours_of(reading, times, unit)
        if hours is None and times.within(unit.start, unit.end):
            return []
        if hours is None:
            if (named := _heading_of_place(text)) is None:
                break
            place = named
            continue
        if not place or _of_others(text) or not _only_hours(reading, unit, hours, cast):
            return []
        found.append((unit, hours[2], hours[3], place))
    return found


def _heading_of_place(text: str) -> str | None:
    """The place that a short line is: 'IN PERSON (OR 7)', 'From home'."""
    if len(text) > _HEADING or text.rstrip().endswith(".") or _of_others(text):
        return None
    return place_of(text.strip(_MARKS)) or weighed({phrase.kind for phrase in phrases_of_place(text, bare=True)})


def _only_hours(reading: Reading, unit: Unit, hours: tuple[int, int, int, int], cast: Cast) -> bool:
    """Whether a line holds its hours, and else no more than a professional and words of the watch."""
    rest = reading.text[unit.start : hours[0]] + " " + reading.text[hours[1] : unit.end]
    if any(phrase.kind for phrase in phrases_of_place(rest)):
        return False
    named = any(surname(person.name) in rest.lower() for person in cast.professionals)
    words = vocabulary()
    watching = words.regex("hours.watching").search(rest) or words.regex("subject.professional").search(rest)
    others = any(surname(person.name) in rest.lower() for person in (*cast.technologists, *cast.surgeons, *cast.anesthesia))
    return not others and (named or watching is not None)


def hours_of(reading: Reading, times: Times, unit: Unit) -> tuple[int, int, int, int] | None:
    """The one interval of a line: its place, first and last minute; None where it has no other than one."""
    listed = unit.kind != "running" and unit.end - unit.start <= _LONGEST
    clocks = list(times.within(unit.start, unit.end)) if listed else []
    if not 0 < len(clocks) < 3:
        return None
    items = items_of(reading, times, unit, clocks)
    if len(items) == 2 and items[0][3] is items[1][3] is None and BETWEEN.fullmatch(reading.text[items[0][1] : items[1][0]]):
        items = [(items[0][0], items[1][1], items[0][2], items[1][2])]
    if len(items) != 1 or items[0][3] is None:
        return None
    low, high, first, last = items[0]
    if last is None or last == first or (last < first and not overnight(first, last)):
        return None
    return low, high, first, last + DAY if last < first else last


def _of_others(text: str) -> bool:
    """Whether a line is of somebody else than the professional."""
    return vocabulary().regex("whereabouts.heading-of-others").search(text) is not None


def _one_behind_the_other(found: Found) -> bool:
    return all(before[2] <= after[1] for before, after in pairwise(found))


def _who(text: str, cast: Cast) -> str:
    """Surname of the one named in a line, or of the only professional."""
    low = text.lower()
    named = [surname(person.name) for person in cast.professionals if surname(person.name) in low]
    sole = cast.sole
    return named[0] if len(named) == 1 else sole
