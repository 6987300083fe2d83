"""The document as one string with a way back to the page; read this first to follow how any fact gets its evidence.

`Reading.text` joins all lines. A line break inside a paragraph is a space, between units a newline, between cells a
tab: the length never changes, so an offset into `text` always leads back to a line, its words and their boxes.
A `Unit` is what is read as one statement: a sentence, a table row, a log entry, a short line.
"""

from __future__ import annotations

import bisect
import functools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from ionm_notes.ingest.evidence import evidence_over
from ionm_notes.ingest.visual import ZONE, day_in_prose
from ionm_notes.read.arranged import arranged
from ionm_notes.read.casing import recased
from ionm_notes.read.circled import any_circled, uncircled
from ionm_notes.read.coded import codes_of
from ionm_notes.read.expression import Expression, blank, expression
from ionm_notes.read.form_marks import filled_in, labelled, questions_apart, unframed, without_brackets, without_clerks
from ionm_notes.read.gates import Gates
from ionm_notes.read.interviews import interviewed
from ionm_notes.read.item_numbers import item_numbers, without_item_numbers
from ionm_notes.read.lost_boxes import without_lost_choices
from ionm_notes.read.message_heads import time_first
from ionm_notes.read.named_parts import with_named_parts
from ionm_notes.read.parted import parted
from ionm_notes.read.records import labelled_line, records
from ionm_notes.read.sentence_ends import TITLE_AT_END, sentences
from ionm_notes.read.spelling import respelled
from ionm_notes.read.spoken_marks import unspoken
from ionm_notes.read.times_behind import with_times_behind
from ionm_notes.read.vocabulary import Pattern, vocabulary
from ionm_notes.read.whole_times import whole_times
from ionm_notes.types import Document, Evidence, Line, Proof

UnitKind = Literal["sentence", "row", "running"]


@dataclass(frozen=True, slots=True)
class Unit:
    """One statement: offsets into `Reading.text`; `kind` is 'running' for repeated headers and footers."""

    start: int
    end: int
    kind: UnitKind
    page: int
    paragraph: int


@functools.cache
def gate_of(entries: tuple[str, ...]) -> Expression:
    """Matches where an entry of a gate stands."""
    words = (rf"(?<![^\W_]){re.escape(entry[1:])}(?![^\W_])" if entry[0] == "=" else re.escape(entry) for entry in entries)
    return expression("|".join(words))


def gate_opens(gate: tuple[str, ...], text: str) -> bool:
    """Whether an entry of a gate stands in a text; always where there is no gate."""
    return not gate or gate_of(gate).search(text) is not None


@dataclass(frozen=True, slots=True)
class Reading:
    """A document laid out for reading; see the module's first lines."""

    document: Document
    text: str
    lower: str
    lines: tuple[Line, ...]
    line_starts: tuple[int, ...]
    units: tuple[Unit, ...]
    unit_starts: tuple[int, ...]
    gates: Gates = field(repr=False, compare=False)
    stamps: frozenset[int] = frozenset()
    """Offsets at which the time of an entry begins wherever it stands in its row."""
    codes: dict[str, str] = field(repr=False, compare=False, default_factory=dict)
    """What the codes of a log stand for."""
    _shown: dict[tuple[int, int], Evidence] = field(init=False, repr=False, compare=False, default_factory=dict)
    """The evidence of ranges that was asked for: every other one is asked for again."""

    def line_index(self, offset: int) -> int:
        """Index into `lines` of the line that holds the offset."""
        return max(0, bisect.bisect_right(self.line_starts, offset) - 1)

    def unit_at(self, offset: int) -> Unit | None:
        """The unit that holds an offset, or None between units."""
        index = bisect.bisect_right(self.unit_starts, offset) - 1
        if index < 0:
            return None
        unit = self.units[index]
        return unit if offset < unit.end else None

    def index_of(self, unit: Unit) -> int:
        """The place of a unit among `units`."""
        return bisect.bisect_left(self.unit_starts, unit.start)

    def printed(self) -> Iterator[tuple[int, str]]:
        """Offset and text of every line that holds something, as they stand on the pages."""
        at = 0
        for line in self.text.split("\n"):
            if line.strip():
                yield at, line
            at += len(line) + 1

    def matches(self, pattern: Pattern) -> Iterator[re.Match[str]]:
        """Matches of an expression, tried only in units where an entry of its gate stands; everywhere without a gate.

        An entry is letters that stand anywhere, or `=word` for a whole word.
        """
        wanted, gate = expression(pattern.source), pattern.gate
        if not gate:
            yield from wanted.finditer(self.text)
            return
        for index in self.gates.statements(gate):
            unit = self.units[index]
            yield from wanted.finditer(self.text, unit.start, unit.end)

    def told(self, pattern: Pattern) -> Iterator[tuple[Unit, re.Match[str]]]:
        """Matches of an expression in statements, each with its statement; running heads and feet state nothing."""
        for match in self.matches(pattern):
            unit = self.unit_at(match.start())
            if unit is not None and unit.kind != "running":
                yield unit, match

    def matches_within(self, pattern: Pattern, stretches: Sequence[tuple[int, int]]) -> Iterator[re.Match[str]]:
        """Matches of an expression in some stretches of the text; each is searched as if the text ended with it."""
        wanted = expression(pattern.source)
        for low, high in stretches:
            yield from wanted.finditer(self.text, low, high)

    def stretches(self, units: Sequence[Unit]) -> list[tuple[int, int]]:
        """Where units, given in their order, begin, and where the next one does; those that follow one another are one stretch."""
        out: list[tuple[int, int]] = []
        for unit in units:
            after = self.index_of(unit) + 1
            end = self.unit_starts[after] if after < len(self.units) else len(self.text)
            low = out.pop()[0] if out and out[-1][1] == unit.start else unit.start
            out.append((low, end))
        return out

    def paragraph_end(self, offset: int) -> int:
        """End of the paragraph that holds an offset."""
        unit = self.unit_at(offset)
        if unit is None:
            return offset
        end = unit.end
        for other in self.units[bisect.bisect_right(self.unit_starts, unit.start) :]:
            if other.paragraph != unit.paragraph:
                break
            end = other.end
        return end

    def evidence(self, start: int, end: int) -> Evidence:
        """Evidence for a range; a range over several pages is cut at the end of the first."""
        if (start, end) not in self._shown:
            self._shown[start, end] = self._evidence(start, end)
        return self._shown[start, end]

    def _evidence(self, start: int, end: int) -> Evidence:
        start, end = max(0, start), min(end, len(self.text))
        while start < end and self.text[start].isspace():
            start += 1
        while end > start and self.text[end - 1].isspace():
            end -= 1
        while start > 0 and self.text[start - 1].isalnum() and self.text[start].isalnum():
            start -= 1
        while end < len(self.text) and self.text[end].isalnum() and self.text[end - 1].isalnum():
            end += 1
        first = self.line_index(start)
        page = self.lines[first].page
        parts = []
        index = first
        while index < len(self.lines) and self.line_starts[index] < end and self.lines[index].page == page:
            line, base = self.lines[index], self.line_starts[index]
            low, high = max(start - base, 0), min(end - base, len(line.text))
            if low < high:
                parts.append((line, low, high))
            index += 1
        return evidence_over(parts)

    def proof(self, start: int, end: int) -> Proof:
        """`evidence` as a one-item tuple."""
        return (self.evidence(start, end),)

    def unit_text(self, unit: Unit) -> str:
        """The text of a unit."""
        return self.text[unit.start : unit.end]


_MONTH = r"(?-i:[A-Z])[a-z]{2}\.?"
_DAY_LEAD = (
    rf"(?:(?:\d{{4}}-)?\d\d-\d\d|\d{{1,2}}[/.]\d{{1,2}}(?:[/.](?:\d{{2,4}})?)?|{_MONTH} \d{{1,2}}|\d{{1,2}}[ -]?{_MONTH}|Day \d)"
    r"[T,;\s]+\W{0,2}(?=(?:[01]?\d|2[0-3])[:.h][0-5]\d)"
)
"""The day before the time of an entry: '[01-17 22:24]', 'Jan 17, 22:24', 'Day 2 00:31'."""
_TIME_LEAD = re.compile(
    rf"^\W{{0,3}}(?:{_DAY_LEAD})?"
    r"(?:[01]?\d|2[0-3])(?:[:.h][0-5]\d(?:[:.][0-5]\d)?|[0-5]\d)(?:\s*(?:[ap]\.?m\.?|hrs?|h)|[ap])?(?=\s|$|[-–—|,:)\]])",
    re.I,
)
_ENTRY = re.compile(rf"\[(?=\d)|\W{{0,3}}{_DAY_LEAD}\d")
"""What only an entry begins with: a time in square brackets, or a day before its time."""
_NUMBERED_ENTRY = re.compile(
    r"\s*\(?#?\d{1,3}[.):]?\s+(?:[01]?\d|2[0-3])[:.h]?[0-5]\d(?::[0-5]\d)?\s?(?:[ap]\.?m\.?|hrs?|hours|h)?\s?[:|–—-]\s+[A-Z]",
    re.I,
)
"""How a numbered entry of a log begins: '12. 14:20 hours: ...'."""
_INTO_TIME = expression(
    r"\b(?:at|from|until|till|to|and|between|by|about|around|approximately|was|were|since|before|after|ran|began|ended)$"
)
"""The end of a line that a clock time at the start of the next one goes on from."""
_TIME_IN_PROSE = re.compile(
    r"^\W{0,2}\d{1,2}[:.]?\d\d(?:\s?(?:[ap]\.?m\.?|hrs?|h))?(?:\s*(?:to|until|[-–—])\s*\d{1,2}[:.]?\d\d(?:\s?(?:[ap]\.?m\.?|hrs?|h))?)?[,;)]\s"
)
_SHORT_HEADING = re.compile(r"^\s*[A-Z][A-Za-z'’/&-]*(?: [A-Za-z'’/&-]+){0,3}\s*$")
_LOW_LABEL = re.compile(r"^[a-z](?:[a-zA-Z\d/& +_]|\.(?=\w)){1,22}:\s")
_STAMP = expression(
    r"\s*(?:on|off|in|out|log-?\s?in|log-?\s?out|log-?\s?on|log-?\s?off|sign-?\s?in|sign-?\s?out|start|stop|begin|end|joined|left|connected|disconnected)"
    r"[ \t]*[:=]?[ \t]+\d{1,2}[:.]?\d\d(?:[ \t]?(?:[ap]\.?m\.?|hrs?|h))?[ \t]*(?:\([^()\n]{0,60}\))?\s*"
)
"""A line that holds one coming or going and its time: 'on 07:30', 'off 09:30 (own appointment)'."""
_BULLET = re.compile(r"^\s*(?:[-•*·▪◦☐☒☑✓†‡§]|\*{2,3}|\d{1,2}/\d{2}(?=\s+[A-Z])|\(?\d{1,2}[.)]|\[[ xX✓]?\])\s")


_QUESTION_AND_TIMES = expression(r"^[^?]{6,}\?\s+[^?]{0,24}(?:\d{1,2}[:.h]\d\d|[012]\d[0-5]\d|\d\s?[ap]\.?m\b)[^?]{0,24}$")
_ONLY_CLOCK = re.compile(r"\s*\d{1,2}[:.]?\d{2}(?:\s*[ap]\.?m)?[\s.,;)]*", re.I)
"""A clock time that was carried over to a line of its own: '... stayed connected to / 14:22.'"""


_CARRIED_TIME = r"\d{1,2}[:.h]?\d{2}(?:[:.]\d{2})?(?:\s*[ap]\.?m)?" rf"(?:\s(?-i:{ZONE}))?"
_CARRIED_OVER = re.compile(
    rf"\s*{_CARRIED_TIME}(?:\s*(?:to|until|through|and|[-–—])\s*{_CARRIED_TIME})?(?:\s*\([^()\n]{{2,12}}\))?[.,;)]+\s+[A-Za-z(]",
    re.I,
)
"""A clock time that ends a statement at the beginning of a line: '... watched from 7:33 until / 9:46. Dr. Granger ...'."""


_HALF_OF_DAY = re.compile(r"\s*[ap]\.?m\b", re.I)
"""What was parted from its clock time by the end of a line: 'At 10:04 / a.m., Dr. Hale took over.'"""


_TITLED = expression(
    r"(?=.*\b(?:[Oo]f|[Tt]he|[Ww]as|[Tt]hat|[Ff]or|[Bb]y|[Ii]n|[Oo]n|[Ww]ith|[Ww]ho)\b)[A-Z][\w'’-]*(?:\s+(?:[A-Z][\w'’-]*|of|the|was|that|for|by|in|on|with|its|to|and|at|a|an|\([a-z ]+\))){2,7}",
    cased=True,
)
"""A heading in capital letters of its own, under which a value in small ones stands: 'Why the Operation Was Needed'."""
_VALUE_BELOW = expression(r"[a-z](?!n?\b)(?!(?:nd|of|in|or|at|to|ith|y|he|rom|as|ere)\b)", cased=True)


_NUMBERED = expression(r"\s*(?:\d{1,2}|[A-H]|[IVX]{1,4})[.)]?\s+[A-Z][A-Z&/,' -]*[A-Z]{4}[A-Z&/,' -]*", cased=True)
"""The heading of a numbered part in capitals, which neither goes on nor is gone on with: '3 TESTS RUN'."""
_ANSWERED = re.compile(r":\s*(?:y|n|yes|no|none|true|false)\s*$", re.I)
"""The end of a question of a form with its answer, before another one: '... for entire monitored period (Y/N): Y / Other rooms: none'."""


def _joins(previous: Line, line: Line, widest: int, going_on: bool) -> bool:
    """Whether `line` goes on with the statement of `previous` within a paragraph of `widest` characters.

    `going_on`: whether `previous` itself went on with a line before it, so that a clock time at its head begins no entry of a log.
    """
    carried = _ONLY_CLOCK.fullmatch(line.text) or (previous.kind == "text" and _CARRIED_OVER.match(line.text))
    if previous.page == line.page and carried and _INTO_TIME.search(previous.text.rstrip()):
        return len(previous.cells) <= 1 and len(line.cells) <= 1
    if previous.block != line.block or previous.page != line.page:
        return False
    if previous.kind == line.kind == "text" and previous.text.rstrip().endswith(":") and _CARRIED_OVER.match(line.text):
        return len(previous.cells) <= 1 and len(line.cells) <= 1  # '... time for Dr. Hale: / 15:14 to 17:36. She watched ...'
    if line.kind != "text" or previous.kind != "text" or len(previous.cells) > 1 or len(line.cells) > 1:
        return False
    if _HALF_OF_DAY.match(line.text) and previous.text.rstrip()[-2:].isdigit():
        return True
    if TITLE_AT_END.search(previous.text) and line.text[:1].isupper():
        return True
    if _BULLET.match(line.text) and _BULLET.match(previous.text):
        return False  # '- 06:58 to 07:20: needles' / '- 07:25 to 07:36: baselines'
    if _TIME_LEAD.match(line.text):
        before = previous.text.rstrip()
        if _ENTRY.match(line.text):
            return len(before) > 0.5 * widest > 22 and bool(_INTO_TIME.search(before))
        prose = before[-1:].isalpha() and not _TIME_LEAD.match(previous.text)
        return (
            len(before) > 0.5 * widest > 22
            and (
                bool(_INTO_TIME.search(before))
                or (before[-1:].isalpha() and len(before) > 0.8 * widest > 44)
                or (prose and bool(_TIME_IN_PROSE.match(line.text)))
                # '... were taken after the turn, / 08:01 to 08:20. From 08:22 we monitored'
                or (
                    before[-1:] == ","
                    and len(before) > 0.8 * widest > 44
                    and bool(_CARRIED_OVER.match(line.text))
                    and not _TIME_LEAD.match(before)
                )
            )
        )
    if records(previous.text, line.text) or _QUESTION_AND_TIMES.match(previous.text):
        return False
    if _NUMBERED.fullmatch(line.text.rstrip()) or _NUMBERED.fullmatch(previous.text.rstrip()):
        return False
    if not going_on and _TITLED.fullmatch(previous.text.strip()) and _VALUE_BELOW.match(line.text):
        return False
    if previous.text[:1] in "☐☒" and line.text[:1].isupper() and len(line.text) < 0.72 * widest:
        return False  # what a box stands before does not go on with the heading below
    if _BULLET.match(line.text) or (_BULLET.match(previous.text) and labelled_line(line.text)):
        return False
    aside = line.text.startswith("(") and previous.text.rstrip()[-1:].isalnum()  # 'SSEP / (lower ext): tibial nerve'
    if (
        labelled_line(line.text)
        and not aside
        and (
            len(previous.text) < 0.72 * widest
            or previous.text.rstrip()[-1:] in ".;:"
            or (_ANSWERED.search(previous.text) and _ANSWERED.search(line.text))
            or widest < 50
            or (labelled_line(previous.text) and not _GOES_ON.search(previous.text))
        )
    ):
        return False
    if (
        not going_on
        and _TIME_LEAD.match(previous.text)
        and (len(previous.text) < 62 or re.search(r"\b\d{4}\b|\d[:.]\d\d", line.text))
        # '07:55 to 09:30: I was in the room through the opening. I then walked / over to my office. From 09:37'
        and not (
            line.text[:1].islower()
            and len(previous.text) > 0.8 * widest > 44
            and vocabulary().regex("clause.hours-before-prose").match(previous.text)
        )
        # '06:55 to 07:20: electrodes. 07:22 to 07:40: baselines. 07:45: start of / monitoring. 11:02: end of monitoring.'
        and not (day_in_prose(previous.text) and (line.text[:1].islower() or len(previous.text) > 0.8 * widest))
    ):
        return False
    if _STAMP.fullmatch(line.text) or (_STAMP.fullmatch(previous.text) and not _GOES_ON.search(previous.text)):
        return False
    if _LOW_LABEL.match(line.text) and (
        previous.text.rstrip()[-1:] in ".;:"
        or len(previous.text) < 0.72 * widest
        or (_LOW_LABEL.match(previous.text) and not _GOES_ON.search(previous.text))
    ):
        return False
    if previous.text.rstrip()[-1:] in ".!?" and _SHORT_HEADING.match(line.text):
        return False
    first = line.text.lstrip()[:1]
    if first.islower() or first in "(&+,/":
        return True
    words = vocabulary()
    if words.regex("facility.cut-off").fullmatch(previous.text) and words.regex("facility.rest").fullmatch(line.text):
        return True  # a narrow panel breaks the name: 'Gloaming Hills University / Hospital'
    if previous.text.rstrip()[-1:] in ",-–/&" and widest >= 40:
        return True
    return len(previous.text) >= 0.7 * widest and widest >= 44 and not _had_room(previous, line, widest)


_SPARE = 0.85
"""Part of the widest line up to which typed text would have gone on in its line: typists break ragged, but not that early."""


def _had_room(previous: Line, line: Line, widest: int) -> bool:
    """Whether the first word of a typed line would easily have stood in the line before, so that its break was meant.

    Lines of a page with a geometry are not asked: letters there differ in width.
    """
    if not previous.words or previous.words[0].bbox is not None or _GOES_ON.search(previous.text):
        return False
    if previous.text.count("<") > previous.text.count(">"):
        return False  # a tag of an export that goes on
    return len(previous.text.rstrip()) + 1 + len(line.text.split(None, 1)[0]) < _SPARE * widest


_INNER_DASH = expression(r"(?<=[A-Za-z0-9])_(?=[A-Za-z0-9])")
_ON_A_LINE = re.compile(r"(?<![\w])_+(?=[A-Za-z0-9])|(?<=[A-Za-z0-9.)])_+(?!\w)")
"""The line that a value is written on: '__Ada Lund____', 'from _06:50_ to _07:25_'."""
_LEADERS = expression(r"[ ]?\.{3,}(?!\.)(?!\s?\d)[ ]?|[ ]?(?<!\d)(?<!\d )\.{3,}[ ]?|(?:[ ]\.){3,}[ ]?")
"""Dots that part a label from its value as a colon would."""
_LONE_DOT = expression(r"(?<=[A-Za-z)])[ ]\.{1,2}[ ](?=[\w([])")
"""The same of one dot or two; where brackets around values were blanked, '15:43h]. Then' has one that ends a sentence."""


_GOES_ON = re.compile(r"(?:[,&/–-]|\b(?:and|or|of|the|with|for|to|in|at|by|from|an?|on))\s*$", re.I)
"""A line that is not over: a label may follow as the next word of its value."""


_DOTS_BETWEEN = expression(r"(?P<first>\d[:.h]?\d\d[ ]?)(?P<dots>\.{2,4})(?=[ ]?\d{1,2}[:.h]?\d\d(?!\d))")
"""'07:05 ... 07:31': dots that stand for 'to', which would end a sentence."""
_QUESTION_IN_ROW = re.compile(r"[A-Z]?\d{1,3}[.)]?\t[^\t?\n]{8,120}\?\s[^\t]+$")
"""A numbered question with its answer: 'C1 | What can be said of the watch? Dr. Hale watched from home. She ...'."""
_ANSWER_MARK = re.compile(r"(?<=\?)(?P<gap>\s{1,12})[>»→](?=\s)")
"""The sign before the answer of a questionnaire: 'Who operated? > Ada Hale, MD'."""
_MARKED_TIME = expression(r"(?<![^\s(,;-])T(?=\d{1,2}:\d\d\b)", cased=True)
"""The T that marks a time alone: 'from T13:40 to T18:48'."""


def lay_out(document: Document) -> Reading:
    """Join the lines of a document into a `Reading`."""
    written = arranged(tuple(line for page in document.pages for line in page.lines if line.text.strip()))
    exchange = with_times_behind(
        with_named_parts(time_first(parted(without_clerks(whole_times(interviewed(recased(unspoken(written))))))))
    )
    lines = exchange.lines
    told = labelled(lines)
    if told:
        lines = tuple(replace(line, text=told.get(n, line.text)) for n, line in enumerate(lines))
    filled = filled_in(lines)
    numbered = item_numbers(lines)
    widest: dict[tuple[int, int], int] = {}
    for line in lines:
        key = (line.page, line.block)
        widest[key] = max(widest.get(key, 0), len(line.text))
    starts, pieces, position = [], [], 0
    recognised = frozenset(page.number for page in document.pages if page.recognized)
    joins = False
    circled = any_circled([line.text for line in lines])
    for index, line in enumerate(lines):
        starts.append(position)
        said = index in exchange.goes_on
        apart = said or index + 1 == len(lines) or index + 1 in told or index + 1 in numbered
        joins = not apart and _joins(line, lines[index + 1], widest[line.page, line.block], joins)
        shown = line.text.replace("\n", " ")
        shown = unframed(without_item_numbers(shown, numbered[index]) if index in numbered else shown)
        shown = uncircled(shown) if circled else shown
        shown = without_lost_choices(shown) if line.page in recognised else shown
        shown = without_brackets(shown) if filled else shown
        pieces.append(shown + ("\t" if said else " " if joins else "\n"))
        position += len(line.text) + 1
    # A name such as SETUP_END is read as two words; the length stays the same.
    text = _INNER_DASH.sub(" ", _MARKED_TIME.sub(" ", "".join(pieces)))
    text = text if filled else questions_apart(text)
    text = vocabulary().regex("clause.order-of-times").sub(blank, text)
    text = _ON_A_LINE.sub(blank, text) if "_" in text else text
    text = _ANSWER_MARK.sub(lambda match: match["gap"] + " ", text) if "?" in text else text
    text = respelled(text)
    text = _DOTS_BETWEEN.sub(lambda match: match["first"] + "-".ljust(len(match["dots"])), text)
    for dots in (_LEADERS,) if filled else (_LEADERS, _LONE_DOT):
        text = dots.sub(lambda match: ":" + " " * (len(match.group()) - 1), text)
    units = _units(text, lines, starts)
    codes, listed = codes_of(text, [(unit.start, unit.end) for unit in units])
    units = [replace(unit, kind="running") if n in listed else unit for n, unit in enumerate(units)]
    unit_starts = tuple(unit.start for unit in units)
    return Reading(
        document,
        text,
        text.lower() if len(text.lower()) == len(text) else text.casefold()[: len(text)],
        written,
        tuple(starts),
        tuple(units),
        unit_starts,
        Gates(text, unit_starts),
        frozenset(starts[index] + at for index, at in exchange.stamps),
        codes,
    )


_TOLD_AT_LENGTH = 200
"""Characters from which on the last cell of a row without any clock time is read sentence by sentence, as a paragraph is."""
_ANY_CLOCK = re.compile(r"\d[:.h]\d\d|\b[012]\d[0-5]\d\b")


def _of_row(text: str, line: Line, begin: int, paragraph: int) -> list[Unit]:
    """A row is one statement; but 'C1 | What can be said of the watch? She watched ... . She had ...' is as many as it has sentences."""
    end = begin + len(line.text)
    low, high = line.cells[-1] if line.cells else (0, 0)
    timed = _ANY_CLOCK.search(line.text) is not None and _QUESTION_IN_ROW.match(line.text) is None
    if high - low < _TOLD_AT_LENGTH or len(line.cells) > 2 or timed:
        return [Unit(begin, end, "row", line.page, paragraph)]
    first, *more = sentences(text, begin + low, begin + high)
    ends = [Unit(begin, first[1] if more else end, "row", line.page, paragraph)]
    return ends + [Unit(one, two, "sentence", line.page, paragraph) for one, two in more]


def _parted_at(text: str, begin: int, end: int) -> re.Match[str] | None:
    """Where a paragraph of parts behind their times goes on with parts before theirs.

    '08.05-08.28 baselines. Monitoring from 08.35 to 11.06.' Without 'from' the first of them have to be several: an entry of a log may
    end with a remark of its own, '10:42 MEP lost. Recording paused until 10:50'.
    """
    words = vocabulary()
    if (found := words.regex("clause.parts-before-times").search(text, begin, end)) is not None:
        return found
    found = words.regex("clause.part-and-time").search(text, begin, end)
    several = found is not None and len(_ANY_CLOCK.findall(text[begin : found.start()])) >= _SEVERAL
    return found if several else None


_SEVERAL = 3
"""Times of a paragraph before a part that is named ahead of its own."""


def _of_day_in_prose(text: str, line: Line, span: tuple[int, int], paragraph: int) -> list[Unit]:
    """A paragraph of timed statements is one row as far as they go; what stands behind the last of them is prose."""
    told = sentences(text, *span)
    last = max((n for n, (low, high) in enumerate(told) if _TIME_LEAD.match(text[low:high])), default=0)
    rows = [Unit(span[0], told[last][1], "row", line.page, paragraph)]
    return rows + [Unit(low, high, "sentence", line.page, paragraph) for low, high in told[last + 1 :]]


def _units(text: str, lines: tuple[Line, ...], starts: list[int]) -> list[Unit]:
    units: list[Unit] = []
    paragraph = -1
    last: tuple[int, int] | None = None
    index = 0
    while index < len(lines):
        line, begin = lines[index], starts[index]
        if (line.page, line.block) != last or line.kind != "text":
            paragraph += 1
            last = (line.page, line.block)
        if line.kind in ("header", "footer"):
            units.append(Unit(begin, begin + len(line.text), "running", line.page, paragraph))
            index += 1
            continue
        message = index + 1 < len(lines) and text[starts[index + 1] - 1] == "\t"
        prose_of_day = line.kind == "row" and len(line.cells) == 1 and _parted_at(line.text, 0, len(line.text)) is not None
        if not message and (len(line.cells) > 1 or (line.kind == "row" and not prose_of_day)):
            units += _of_row(text, line, begin, paragraph)
            index += 1
            continue
        stop = index
        while stop + 1 < len(lines) and text[starts[stop + 1] - 1] in " \t":
            stop += 1
        end = starts[stop] + len(lines[stop].text)
        prose = vocabulary().regex("clause.hours-before-prose")
        timed = _TIME_LEAD.match(line.text) is not None and prose.match(line.text) is None
        parted_at = _parted_at(text, begin, end) if timed and not message else None
        if parted_at is not None:
            units.append(Unit(begin, parted_at.start() + 1, "row", line.page, paragraph))
            units += [Unit(low, high, "sentence", line.page, paragraph) for low, high in sentences(text, parted_at.end(), end)]
        elif timed and not message and day_in_prose(line.text):
            units += _of_day_in_prose(text, line, (begin, end), paragraph)
        elif message or timed or _NUMBERED_ENTRY.match(line.text):
            units.append(Unit(begin, end, "row", line.page, paragraph))
        else:
            units += [Unit(low, high, "sentence", line.page, paragraph) for low, high in sentences(text, begin, end)]
        index = stop + 1
    return units
