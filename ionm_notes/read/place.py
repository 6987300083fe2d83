"""Where a form says that the professional sat ('Oversight from: control room beside the OR'), told from the short value alone.

In running text only plain statements of place count (`supervision.py`); behind a label that asks for the place a few words are
enough. What those words are worth is weighed as in running text (`whereabouts.py`).
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ionm_notes.read.block import Blocks
from ionm_notes.read.boxes import BOX, Choice, boxes_behind_words, choices, ticked
from ionm_notes.read.reading import Reading, Unit
from ionm_notes.read.things import HUMP
from ionm_notes.read.vocabulary import vocabulary
from ionm_notes.read.whereabouts import phrases_of_place, weighed
from ionm_notes.types import Mode

_LONGEST = 80
"""Characters of the longest value that is taken for a place; longer ones are sentences."""

_BEHIND_LABEL = re.compile(r"\s*(?:\([^()\n]{1,24}\)\s*|[/;,&+][^:=|\t?\n]{1,24})?(?:[:=|\t?]|\s[-–—]\s)[\s:=|]*")


@dataclass(frozen=True, slots=True)
class Placed:
    """A place that a form states: offsets of its words into `Reading.text`."""

    mode: Mode
    start: int
    end: int
    unit: Unit


def stated_places(reading: Reading, blocks: Blocks) -> Iterator[Placed]:
    """The place of the professional wherever a label asks for it and the value behind it names one.

    A label that names nobody ('Where', 'Mode') asks for it in the block of lines about the professional.
    """
    words = vocabulary()
    for name in ("place.label", "place.label-open", "place.label-block"):
        for unit, match in reading.told(words.patterns[name]):
            if not _opens(reading, unit, match.start()):
                continue
            if ticked(reading, unit, *match.span()) is False and not any(
                b["on"] for b in BOX.finditer(reading.text, match.end(), unit.end)
            ):
                continue  # '[ ] MD in OR'
            own = name == "place.label" or blocks.hold(reading, unit)
            if name == "place.label-block" and not own:
                continue
            placed = _behind(reading, unit, match.start(), match.end(), named=own, towns=name == "place.label")
            if placed is None or (name == "place.label-open" and _of_the_case(reading, placed)):
                continue
            yield placed
    yield from _answers(reading)
    yield from _ticked(reading, blocks)


_PROSE = re.compile(r"[a-z\d]\.\s*$")


def _of_the_case(reading: Reading, placed: Placed) -> bool:
    """Whether a room behind 'Location' is that of the operation: it stands below sentences, and not below a line that names the reader."""
    value = reading.text[placed.start : placed.end]
    if placed.mode != "in_room" or vocabulary().regex("place.inside").search(value):
        return False
    index = reading.index_of(placed.unit)
    above = reading.unit_text(reading.units[index - 1]) if index else ""
    return ":" not in above and _PROSE.search(above) is not None


def _ticked(reading: Reading, blocks: Blocks) -> Iterator[Placed]:
    """The place whose box is ticked, in a line that offers several: '[ ] in rm  [x] bldg  [ ] rmt'.

    Such a choice is the professional's unless the line names somebody else, or the line over the boxes does and the choice is the
    room. Where one choice is the room, 'on site' is another.
    """
    words = vocabulary()
    for unit in {reading.unit_at(match.start()) for match in BOX.finditer(reading.text)}:
        for low, high in () if unit is None else _questions(reading.text, unit.start, unit.end):
            text = reading.text[low:high]
            lead, offered = choices(text)
            ticks = sum(choice.ticked for choice in offered)
            if unit is None or not ticks:
                continue
            others = any(words.regex(name).search(lead) for name in ("subject.other", "subject.technologist"))
            modes = [place_of(text[choice.start : choice.end].strip(" \t|,;/")) for choice in offered]
            if others or len(set(modes)) < 2 or words.regex("place.of-service").search(text):
                continue
            if ticks > 1:
                yield from _two_ticked(unit, low, offered, modes)
                continue
            chosen, mode = next((choice, mode) for choice, mode in zip(offered, modes, strict=True) if choice.ticked)
            if mode is None and "in_room" in modes and words.regex("whereabouts.site").search(text[chosen.start : chosen.end]):
                mode = "nearby"
            if mode == "in_room" and not lead.strip() and _over_boxes(reading, unit) in blocks.others:
                continue  # 'Technologist Jo Fenn, CNIM' over '[x] in OR entire case [ ] relieved'
            if mode is not None:
                yield Placed(mode, low + chosen.start, low + chosen.end, unit)


def _two_ticked(unit: Unit, low: int, offered: Sequence[Choice], modes: Sequence[Mode | None]) -> Iterator[Placed]:
    """Both places, where a line has the room and a place away from it ticked at once."""
    chosen = [(choice, mode) for choice, mode in zip(offered, modes, strict=True) if choice.ticked and mode is not None]
    if {mode for _, mode in chosen} == {"in_room", "remote"}:
        for choice, mode in chosen:
            yield Placed(mode, low + choice.start, low + choice.end, unit)


def _over_boxes(reading: Reading, unit: Unit) -> int | None:
    """Where the nearest line above begins that does not open with a box itself."""
    for above in reversed(reading.units[: reading.index_of(unit)]):
        if above.page != unit.page:
            return None
        if BOX.match(reading.unit_text(above).lstrip()) is None:
            return above.start
    return None


_QUESTION = re.compile(r"(?:\t|\s{3,})(?=(?:\(?\d{1,3}[a-z]?[.):]?\)?\s+)?[A-Za-z][^\t]{2,60}\s*$)")
"""Where the words between two boxes go over to the next question, with its number or without: 'remote    Other patients: ' before its first box."""


def _questions(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The stretches of a line of boxes that ask one thing each: 'Place: [x] OR [ ] remote    Read: [x] live [ ] later'."""
    boxes = [] if boxes_behind_words(text[start:end]) else list(BOX.finditer(text, start, end))
    cuts = [start]
    for before, after in pairwise(boxes):
        between = text[before.end() : after.start()]
        if parts := _QUESTION.search(between):
            cuts.append(before.end() + parts.end())
    return list(pairwise([*cuts, end]))


def _behind(reading: Reading, unit: Unit, start: int, at: int, *, named: bool, towns: bool) -> Placed | None:
    """The place behind a label; `named`: it is the professional's, so that a few words are enough; `towns`: so is a name."""
    behind = _BEHIND_LABEL.match(reading.text, at, unit.end)
    if behind is None:
        return None
    low = behind.end()
    following = bisect.bisect_right(reading.line_starts, low)
    end = min(unit.end, reading.line_starts[following] if following < len(reading.line_starts) else unit.end)
    high = min((found for found in (reading.text.find(sign, low, end) for sign in "\t\n|") if found >= 0), default=end)
    value = reading.text[low:high]
    label = reading.text[start : behind.end()]
    mode = _answered(label, value) if named else _unmistakable(value)
    if mode is None and towns and _OF_PLACE.search(label) and "provider" not in label.lower():  # a hospital is one too
        mode = "remote" if _elsewhere(reading, unit, value.strip(" .;")) else None
    return None if mode is None else Placed(mode, low, low + len(value.rstrip()), unit)


_OF_PLACE = re.compile(r"from|site|city|base|location|desk|where|place|post|seat|station", re.I)


def _answered(label: str, value: str) -> Mode | None:
    """The place of a value; of a label that names one itself, where it is answered by yes."""
    answer = vocabulary().regex("answer.word").match(value)
    if answer is None:
        return place_of(value)
    if answer["no"]:
        mode = place_of(value[answer.end() :].strip(" ,;:-–—.()"))
        return None if mode == "in_room" else mode
    if rest := value[answer.end() :].strip(" ."):
        return place_of(rest)
    return weighed({phrase.kind for phrase in phrases_of_place(label, bare=True)} - {"house"})


def _unmistakable(value: str) -> Mode | None:
    """The place of a value that can be of nobody but the professional: the room of the operation is a location too."""
    mode, kinds = place_of(value), {phrase.kind for phrase in phrases_of_place(value)}
    if mode == "in_room":
        return mode if vocabulary().regex("place.inside").search(value) else None
    return mode if mode == "remote" or not {"outside", "near", "nook"}.isdisjoint(kinds) else None


def _answers(reading: Reading) -> Iterator[Placed]:
    """The place in the line below a question that asks for it: 'Where was the professional?' over 'operating room'."""
    asks = vocabulary().regex("place.asked")
    for unit, below in pairwise(reading.units):
        if unit.kind == "sentence" and reading.text[unit.end - 1] == "?" and asks.search(reading.text, unit.start, unit.end):
            mode = place_of(reading.unit_text(below))
            if mode is not None:
                yield Placed(mode, below.start, below.end, below)


_NAME = re.compile(r"[A-Z][\w'’.-]+(?:,?\s+(?:of\s+|the\s+)?[A-Z][\w'’.-]*){0,6}")
_OF_A_HOUSE = re.compile(
    r"\b(?:or|o\.r\.|operating|room|theat(?:re|er)|hospital|floor|campus|main|same|tower|building|suite|wing|unit|core|lounge|yes|no|none|"
    r"remote|not|unknown|pending|live|real|md|do|phd|dr)\b",
    re.I,
)
_HOUSE = re.compile(r"\b(?:hospital|medical\s+cent(?:er|re)|surg\w+\s+cent(?:er|re)|infirmary|health)\b", re.I)


def _elsewhere(reading: Reading, unit: Unit, value: str) -> bool:
    """Whether a value is the name of a place that is none of the hospital's: 'Reading from: Sabine Neuro Clinic, Port Arthur'."""
    if _NAME.fullmatch(value) is None or _OF_A_HOUSE.search(value) or _HOUSE.search(value):
        return False
    own = {word.lower() for word in re.findall(r"[^\W\d_]{4,}", value.split(",")[0])}  # the town may be that of the hospital
    houses = (reading.unit_text(other) for other in reading.units if other != unit and _HOUSE.search(reading.unit_text(other)))
    known = {word.lower() for text in houses for word in re.findall(r"[^\W\d_]{4,}", text)}
    return bool(own) and own.isdisjoint(known - {"clinic", "neuro", "neurology", "center"})


def _opens(reading: Reading, unit: Unit, at: int) -> bool:
    """Whether a label begins its unit, its cell or its line: lines of a form may have been joined to one unit."""
    before = reading.text[max(unit.start, reading.line_starts[reading.line_index(at)]) : at]
    return re.search(r"(?:^|[\t|;☐☒☑\]])\W*(?:(?:Dr\.?\s+)(?:[A-Z][\w.'’-]+\s+){1,3}(?:was\s+)?(?:in\s+)?)?$", before) is not None


def place_of(value: str) -> Mode | None:
    """The place that a few words name; None where they name none, two that exclude one another, or are too many."""
    words = vocabulary()
    if len(value) > _LONGEST:
        value = _FIRST.split(value)[0]  # 'In the monitoring room on the same floor; she came to the door twice'
    if len(value) > _LONGEST:
        value = (
            value[:_LONGEST].rpartition(", ")[0] or value
        )  # 'physically in OR 12 for the interval above, without other duties'
    if len(value) > _LONGEST or BOX.search(value) or words.regex("place.somebody-else").search(value):
        return None
    value = HUMP.sub(" ", value.strip())  # 'OnSiteNotInRoom'
    value = words.regex("place.at-equipment").sub(" at the table ", value)  # 'inside theatre, beside the amplifier'
    phrases = phrases_of_place(value, bare=True)
    if not phrases and (plain := _REMARK.sub("", value)).strip() and plain != value:
        phrases = phrases_of_place(plain, bare=True)  # 'operating room (bodily present)'
    return weighed({phrase.kind for phrase in phrases})


_FIRST = re.compile(r";|\.\s")
_REMARK = re.compile(r"\([^()]*\)")
