"""A clock time of a sentence with the words that may say what it is of: what every step of `clauses.py` is asked about."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from ionm_notes.read.events.items import Item, around
from ionm_notes.read.events.model import PARTS, Event, Hit, Phase, Times
from ionm_notes.read.events.wording import classify
from ionm_notes.read.expression import blank
from ionm_notes.read.reading import Reading, Unit
from ionm_notes.read.vocabulary import vocabulary
from ionm_notes.types import Origin

_BOUNDARY = re.compile(r"[;|·•\t]|\.\s|\s[-–—]\s(?=[A-Z])|\s//\s|\s/\s(?=(?!(?:to|off|out|end|stop|finish)\b)[A-Za-z])")
WORDY = 34
"""Characters of an interval that holds words between its times."""
_NUMBER = re.compile(r"\s*\(?(?:\d{1,3}[./]\d{1,3}[.)]?|\d{1,2}[.)]|[a-z][.)]|§\s?\d+)\s+(?=[A-Za-z])")


@dataclass(frozen=True)
class Sentence:
    """A sentence or free row whose times and intervals (`items`) are read one after the other."""

    reading: Reading
    times: Times
    unit: Unit
    items: list[Item]

    @cached_property
    def begin(self) -> int:
        """Where its words begin: behind its number in a list ('2/04 At 12:30 the first electrode ...')."""
        number = _NUMBER.match(self.reading.text, self.unit.start, self.unit.end)
        return number.end() if number and self.items and number.end() <= self.items[0][0] else self.unit.start

    @cached_property
    def time_leads(self) -> bool:
        """Whether it puts each time before what happened at it: it begins with 'At 0741' and goes on 'and at 0812'."""
        if len(self.items) < 2:
            return False
        opening = self.reading.text[self.begin : self.items[0][0]]
        return (around("at") if self.items[0][3] is None else around("between")).fullmatch(opening) is not None

    @cached_property
    def led_labels(self) -> frozenset[int]:
        """Numbers of the times of a line that each lead what they are of: '12:45-13:10 electrodes, 13:15-13:35 baselines, 13:40 start'."""
        text, found = self.reading.text, set[int]()
        for number, item in enumerate(self.items):
            line = max(text.rfind("\n", self.unit.start, item[0]) + 1, self.begin)
            if text[line : item[0]].strip(_BULLETS):
                continue
            stop = text.find("\n", item[1], self.unit.end)
            high = stop if stop >= 0 else self.unit.end
            own = [n for n, other in enumerate(self.items) if n >= number and other[0] < high]
            ends = [*(self.items[n][0] for n in own[1:]), high]
            labels = [text[self.items[n][1] : end] for n, end in zip(own, ends, strict=True)]
            parts = sum(any(hit.kind in PARTS for hit in classify(label)[:1]) for label in labels)
            if len(own) > 1 and parts > 1 and all(_LABEL_BEHIND.fullmatch(label) for label in labels):
                found |= set(own)
        return frozenset(found)


_BULLETS = " \t•*·-–(["
_LABEL_BEHIND = re.compile(r"\s*[:=–-]?\s*[A-Za-z][^\n;:/|·•,]{2,44}?(?:\s*(?:[;,|·•]|//?)\s*|[\s.]*)")
"""The label behind a time, up to the mark before the next one."""


@dataclass(frozen=True)
class Clause:
    """One time of a sentence, or two that are an interval, with the words on either side that may speak of it.

    `low`..`high`: the time; `first`, `last`: its minutes (`last` only of an interval); `start`..`low` the words before it, of which
    `left` leaves out a phrase that names an end of monitoring (`edges`); `high`..`end` the words behind it (`right`); `hits`: what
    the words before it name; `carried`: the part of the day that was spoken of last, for a bare 'it ended at'; `before`: the events of
    the times before it in the sentence; `aside`: where a 'when ...' behind an interval ends, which tells of its second time alone.
    """

    sentence: Sentence
    index: int
    low: int
    high: int
    first: int
    last: int | None
    start: int
    end: int
    left: str
    hits: tuple[Hit, ...]
    edges: tuple[tuple[Phase, int, int], ...]
    origin: Origin
    carried: str | None
    before: tuple[Event, ...]
    aside: int | None = None

    @property
    def text(self) -> str:
        """The text of the whole reading, which the offsets are of."""
        return self.sentence.reading.text

    @property
    def unit(self) -> Unit:
        """The unit of the sentence."""
        return self.sentence.unit

    @property
    def behind(self) -> int:
        """Where the words behind the time begin that speak of it."""
        return self.high if self.aside is None else self.aside

    @property
    def right(self) -> str:
        """The words behind the time."""
        return self.text[self.behind : self.end]

    @property
    def only(self) -> bool:
        """Whether the sentence has no other time."""
        return len(self.sentence.items) == 1

    @property
    def final(self) -> bool:
        """Whether it is the last time of the sentence."""
        return self.index + 1 == len(self.sentence.items)

    @property
    def since_last(self) -> str:
        """The words between the time before it in the sentence and it; none for the first."""
        return self.text[self.sentence.items[self.index - 1][1] : self.low] if self.index else ""

    @cached_property
    def led(self) -> bool:
        """Whether the words before the time say nothing of their own, so that those behind it say what it is of."""
        return around("nothing-before").match(self.left) is not None

    def place(self, low: int, high: int) -> tuple[int, int, tuple[int, int], Unit]:
        """The last four values of an event that is proved by a stretch of the text."""
        return low, high, (self.start, self.end), self.unit


def clause_of(sentence: Sentence, index: int, carried: str | None, before: list[Event]) -> Clause:
    """The clause around one time of a sentence."""
    text, unit, items = sentence.reading.text, sentence.unit, sentence.items
    low, high, first, last = items[index]
    floor = items[index - 1][1] if index else sentence.begin
    ceiling = items[index + 1][0] if index + 1 < len(items) else unit.end
    start, end = _last_boundary(text, floor, low), _first_boundary(text, high, ceiling)
    if (bracket := _unclosed(text, high, end)) is not None:
        end = bracket  # '0812-1147 = 215 min (hook-up 0705-0738)'
    if last is not None and (less := around("less-behind").match(text[high:end])) is not None:
        end = high + less.start()  # '08:31 to 11:19 less the 14 minutes of equipment failure'
    if (aside := around("and-aside").match(text[start:low])) is not None:
        start += aside.end()  # 'and, the operation being a long one, came to an end at'
    words_end, edges = _edges(text, start, low, high) if last is not None else (low, [])
    left = text[start:words_end]
    labelled = index == 0 and re.match(r"^[^.]{2,40}:\s*$", left) and unit.end - high < 40
    origin: Origin = "header" if unit.kind == "row" or labelled else "narrative"
    if sentence.time_leads and index and around("then-at").search(left):
        left, start = "", low  # 'At 0741 they began to prepare and at 0812 all was on': the time leads here too
    if index in sentence.led_labels:
        left, start = "", low
    if index < 2 and (goes_on := _gone_on(sentence)) is not None:
        left, start, end = (text[goes_on:low], goes_on, end) if index else (left, start, min(end, goes_on))
    left = without_blanks(left)
    hits = tuple(_named(left, start, low, carried))
    if last is not None and not hits and around("and-from").search(left) and around("own-clause").match(text[high:end]):
        left, start = "", low  # 'The sulcus was found, and from 9:50 to 10:20 we mapped the cortex'
    return Clause(sentence, index, low, high, first, last, start, end, left, hits, tuple(edges), origin, carried, tuple(before))


def without_blanks(text: str) -> str:
    """Words before a time without an end that a form asks for and nobody filled in: 'Monitoring start: ____  stop:'."""
    return vocabulary().regex("clause.left-blank").sub(blank, text) if "__" in text else text


def _gone_on(sentence: Sentence) -> int | None:
    """Where a sentence that opens with a time goes on to its next: 'From 8:02 on we monitored the patient, and we stopped at'."""
    if len(sentence.items) < 2:
        return None
    text, (first, second) = sentence.reading.text, sentence.items[:2]
    opening = text[sentence.begin : first[0]]
    if first[3] is not None or not (around("since-then").search(opening) and around("nothing-before").match(opening)):
        return None
    found = around("goes-on").search(text, first[1], second[0])
    return found.start() if found else None


def _named(left: str, start: int, low: int, carried: str | None) -> list[Hit]:
    """What the words before a time name that the time may be of."""
    hits = [h for h in classify(left, start) if h.kind != "signals"] if left else []
    if carried is not None and vocabulary().regex("action.was-closed").search(left):
        return []  # 'and was closed at': of what the sentence speaks of, not of the wound
    if (closed := around("and-closed").search(left)) and any(h.kind == "monitoring" for h in hits):
        return [Hit("monitoring", "end", start + closed.start(), low)]  # 'monitoring was begun after them and closed at'
    return [h for h in hits if not _dates_it(h, left[: h.start - start], hits)] or hits


def _dates_it(hit: Hit, before: str, hits: list[Hit]) -> bool:
    """Whether a hit only dates what a clause tells: 'Baselines were taken after intubation, 7:58 - 8:11', 'began after the baselines at'."""
    dates = hit.kind in ("anesthesia", "incision", "closure") or (
        hit.kind in ("baseline", "setup") and hit.phase == "span" and any(h.phase == "start" and h.end < hit.start for h in hits)
    )
    return dates and around("since").search(before) is not None


def _edges(text: str, start: int, low: int, high: int) -> tuple[int, list[tuple[Phase, int, int]]]:
    """Ends of monitoring that an interval is told by ('from the start of monitoring at 8:40 until ...').

    Returns where the words before that phrase end, and each end with its place.
    """
    left = around("from").search(text[start:low])
    found: list[tuple[Phase, int, int]] = []
    stop = low
    if left and " of " in left.group():
        stop = start + left.start()
        found.append(("start", stop, low))
    inside = around("end-of").search(text[low:high])
    if inside is None and found:
        inside = around("it-ended").search(text[low:high])  # 'until it was ended at 11:32 AM', 'until monitoring was ended at'
    if inside and high - low > WORDY:
        found.append(("end", low + inside.start(), high))
    return stop, found


def _unclosed(text: str, low: int, high: int) -> int | None:
    """Where a round bracket opens in a stretch that does not close it: what it holds belongs to the times behind."""
    at = text.rfind("(", low, high)
    return at if at > low + 1 and text.find(")", at, high) < 0 else None


def _unbracketed(text: str, at: int, low: int) -> bool:
    """Whether a boundary stands outside round brackets opened in the same stretch."""
    before = text[low:at]
    return before.count("(") <= before.count(")")


def _last_boundary(text: str, low: int, high: int) -> int:
    found = low
    for match in _BOUNDARY.finditer(text, low, high):
        if match.group()[0] == "." and around("abbreviation").search(text[low : match.start()]):
            continue
        if match.group()[0] != "\t" and not _unbracketed(text, match.start(), low):
            continue
        if text[match.end() : high].strip(" :\t-–(") or match.group() not in "\t|":
            found = match.end()
    return found


def _first_boundary(text: str, low: int, high: int) -> int:
    for match in _BOUNDARY.finditer(text, low, high):
        if match.group()[0] != "." or not around("abbreviation").search(text[low : match.start()]):
            return match.start()
    return high
