"""Events of rows that begin with a clock time, as logs and flowsheets have them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from ionm_notes.read.clause_cuts import begin_of
from ionm_notes.read.clock import DAY, Clock
from ionm_notes.read.coded import code_of
from ionm_notes.read.events.clauses import clause_events
from ionm_notes.read.events.composed import doctors_of
from ionm_notes.read.events.intervals import names_professional
from ionm_notes.read.events.labels import BRACKETS, of_label
from ionm_notes.read.events.model import (
    BETWEEN,
    LONGEST_CASE,
    ONLY_TIME,
    PARTS,
    PHASE,
    Event,
    Hit,
    Phase,
    Times,
    cells_of,
    nearest,
)
from ionm_notes.read.events.worded import label_hits
from ionm_notes.read.events.wording import classify, classify_entry
from ionm_notes.read.expression import blank
from ionm_notes.read.reading import Reading, Unit
from ionm_notes.read.vocabulary import vocabulary


def log_row(reading: Reading, times: Times, unit: Unit, clocks: list[Clock], group: int) -> Iterator[Event]:
    """Events of one row that begins with a time; a row may hold a second time at the start of a later cell."""
    if vocabulary().regex("entry.phase").search(reading.text, clocks[0].end, unit.end):
        minute, words = times.minute[clocks[0].start] + _day_shift(times, unit, clocks[0]), (clocks[0].end, unit.end)
        yield Event(PHASE, "point", minute, None, "log", clocks[0].start, unit.end, words, unit, group)
    if (whole := _finished_by(reading, times, unit, clocks, group)) is not None:
        yield whole
        return
    listed = _in_a_line(reading, times, unit, clocks) if len(clocks) >= _ENTRIES else []
    starts = [clocks[0]]
    for clock in clocks[1:]:
        before = reading.text[unit.start : clock.start]
        if clock.start in times.seconds:
            continue
        rest = reading.text[clock.end : clock.end + 40].lstrip("\t ").split("\t")[0]
        if (
            clock in listed
            or _next_entry(reading, times, unit, clock)
            or (_NEW_ENTRY.search(before) and _SPEAKS.match(rest))
            or (re.search(r"\t\W?$", before) and re.search(r"[A-Za-z]{3}", rest))
            or (
                re.search(r"(?:^|[a-z)]) $", before)
                and re.match(r"\s+[a-z]\w+", rest)
                and _two_events(reading, clock, unit)
                and not re.search(
                    r"\b(?:at|by|to|until|till|since|from|after|before|around|about|of|and|subsided|stops?|in|out|off|on|time|recovered|back)\s$",
                    before,
                    re.I,
                )
            )
        ):
            starts.append(clock)
    for index, clock in enumerate(starts):
        stop = starts[index + 1].start if index + 1 < len(starts) else unit.end
        shift = _day_shift(times, unit, clock)
        item = times.spans.get(clock.start)
        begin = item.end if item else clock.end
        if index and item and (over := _OVER.search(reading.text, begin, stop)) is not None:
            stop = over.start() + 1  # '... / 08:00-12:00 monitoring. Dr. Hale watched remotely': the list is over
        if index + 1 == len(starts) and not reading.text[begin:stop].strip():
            begin, stop = _wrapped_words(reading, times, unit, begin, stop)
        comment = reading.text[begin:stop]
        of_which = vocabulary().regex("clause.of-which").search(comment) if item and len(clocks) > 1 else None
        if of_which is not None:
            comment = comment[: of_which.start()].ljust(len(comment))
        if item and len(clocks) > 1:
            # '10:12 to 13:01 | monitoring (includes taking out the needles, 12:48 to 13:01)'
            comment = _TIMED_BRACKETS.sub(blank, comment)
        coded = code_of(reading.codes, comment) if reading.codes else None
        if coded is not None:
            comment = comment[: coded[1]] + " " * (coded[2] - coded[1]) + comment[coded[2] :]
        hits = _signed_entry(reading, comment, begin) if comment[-1:] == "]" else []
        hits = hits or classify_entry(comment, begin, doctors_of(reading.text))
        if coded is not None:
            hits = [*_by_code(coded[0], begin + coded[1], begin + coded[2], doctors_of(reading.text)), *hits]
        if index == 0 and clock.start - unit.start > 2 and all(h.kind == "signals" for h in hits):
            # 'Setup | 12:10 | begins': the tag before the time says what began.
            tagged = reading.text[unit.start : clock.start] + " " * (begin - clock.start) + comment
            low = len(tagged) - len(tagged.lstrip())
            if told := classify_entry(tagged.strip(), unit.start + low, doctors_of(reading.text)):
                hits = told
            if (told or clock.start in reading.stamps) and not comment.strip():
                comment, begin = tagged, unit.start
        if item and (part := _part_named(comment, begin, hits)) is not None:
            hits = [part]
        elif item:
            tag = _tag_named(reading, unit, clock, hits) if index == 0 else None
            part = tag or _head_named(comment, begin, hits)
            hits = [part, *hits] if part is not None else hits
        if (
            index == 0
            and not [h for h in hits if h.kind not in ("signals", "closure", "incision")]
            and (item or len(_DAY.sub("", comment).strip()) < 4)
        ):
            hits = _from_heading(reading, times, unit) + hits
        elif index == 0 and item and hits and all(h.kind in ("attend", "attend-monitored", "professional") for h in hits):
            # 'Monitoring from when to when? You as well?' / '10:37 to 12:14, and I was on for all of it.'
            headed = _from_heading(reading, times, unit)
            hits = [h for h in headed if h.kind in PARTS and _asked(reading, unit)] + hits
        hits = [h for h in hits if h.kind not in ("other-case",)]
        if any(h.kind == "removal" for h in hits) and _of_session(reading, comment):
            hits = [replace(h, kind="professional", phase="end") if h.kind == "removal" else h for h in hits]
        if item and not names_professional(comment):  # '7:45 AM - 10:52 AM | monitored'
            hits = [replace(h, kind="monitoring", phase="start") if h.kind == "attend-monitored" else h for h in hits]
        if item and _PERIOD.fullmatch(comment):
            hits = [replace(h, phase="start") for h in hits if h.kind == "monitoring"] or hits
        if not item and _ONLY_MONITORING.fullmatch(comment):
            named = [h for h in hits if h.kind == "monitoring"] or [Hit("monitoring", "start", begin, stop)]
            hits = [replace(h, phase="start") for h in named]
        if any(h.kind == "ignore" for h in hits) or vocabulary().regex("session.of-another").search(comment):
            continue
        kinds = {(h.kind, h.phase) for h in hits}
        rows = _row_hits(hits, any(vocabulary().regex(f"entry.{name}").search(comment) for name in ("goes", "gone")))
        inner = list(_intervals_within(reading, times, unit, begin, stop)) if len(clocks) > 1 else []
        if inner and not item:
            rows = [hit for hit in rows if all(hit.kind != other.kind for other in inner)]
        for hit in rows:
            last = times.minute[item.last.start] + shift if item else None
            yield Event(
                hit.kind,
                "span" if item else hit.phase,
                times.minute[clock.start] + shift,
                last,
                "log",
                clock.start,
                stop,
                _own_part(hit, rows, begin, stop),
                unit,
                group,
            )
        if not kinds:
            yield Event(
                "other", "point", times.minute[clock.start] + shift, None, "log", clock.start, stop, (begin, stop), unit, group
            )
        yield from inner
        if len(clocks) > 1 and ("monitoring", "start") in kinds:
            yield from _ended_within(reading, times, unit, [c for c in clocks if begin <= c.start < stop], begin)


def _finished_by(reading: Reading, times: Times, unit: Unit, clocks: list[Clock], group: int) -> Event | None:
    """An entry of one stage from its first time to its second: '1140 leads off / 1146 finished', '0805 hook-up, 0820 done'."""
    if len(clocks) != _PAIR or clocks[0].start in times.spans or clocks[0].start != unit.start:
        return None
    words = reading.text[clocks[0].end : clocks[1].start]
    marked = _MARKED.search(words)
    if marked is None or vocabulary().regex("entry.already-over").search(words):
        return None
    if vocabulary().regex("entry.finished-by").match(reading.text[clocks[1].end : unit.end]) is None:
        return None
    stages = {hit.kind for hit in classify(words[: marked.start()])}
    first, last = (times.minute[clock.start] for clock in clocks)
    if len(stages) != 1 or not stages <= _STAGES or not first < last:
        return None
    shift = _day_shift(times, unit, clocks[0])
    place = (clocks[0].end, unit.end)
    return Event(stages.pop(), "span", first + shift, last + shift, "log", clocks[0].start, unit.end, place, unit, group)


_MARKED = re.compile(r"\s*(?:/{1,2}|[|·•,;\t–—-]|\band\b)\s*$")


def _wrapped_words(reading: Reading, times: Times, unit: Unit, begin: int, stop: int) -> tuple[int, int]:
    """Where the words stand of the last time of a line: on the next line, where that goes on small without a time of its own: '... 10:30 to 11:42 / functional mapping.'"""
    below = next(iter(reading.units[reading.index_of(unit) + 1 :][:1]), None)
    text = reading.unit_text(below) if below is not None else ""
    if below is None or below.page != unit.page or below.kind == "running" or not text[:1].islower():
        return begin, stop
    if any(below.start <= clock < below.end for clock in times.minute):
        return begin, stop
    end = re.search(r"[.;]", text)
    return below.start, below.start + (end.end() if end else len(text))


_TIMED_BRACKETS = re.compile(r"\([^()\n]*\d{1,2}[:.]?\d\d[^()\n]*\)")
_SIGNED = re.compile(r"[.;]?\s*(?P<sign>\[(?:[A-Z]\.?\s?){1,3}(?:[A-Z][\w'’-]+)?\])\s*")
_SIGNED_FEWEST = 4
"""Entries with one sign behind them from which on it is of who keeps the log."""


def _signed_entry(reading: Reading, comment: str, begin: int) -> list[Hit]:
    """What an entry tells of a part of the day without the sign of its writer: 'Baselines done. [K. Oster]'; nothing where it tells none."""
    sign = _SIGNED.search(comment, max(0, len(comment) - 40))
    if sign is None or sign.end() < len(comment) or reading.text.count(sign["sign"]) < _SIGNED_FEWEST:
        return []
    told = classify_entry(comment[: sign.start()], begin, doctors_of(reading.text))
    return told if any(hit.kind in PARTS and hit.phase in ("start", "end") for hit in told) else []


def _by_code(means: str, start: int, end: int, doctors: frozenset[str]) -> list[Hit]:
    """What the code of an entry says happened."""
    told = classify_entry(means, 0, doctors) if means else []
    return [replace(hit, start=start, end=end) for hit in told if hit.kind in PARTS | {"professional"}]


def _of_session(reading: Reading, comment: str) -> bool:
    """Whether an entry is of a viewer that is detached from the case, in a log that tells how it was attached: no electrode is."""
    words = vocabulary()
    return all(words.regex(f"session.{name}").search(text) for name, text in (("detached", comment), ("attached", reading.text)))


def _ended_within(reading: Reading, times: Times, unit: Unit, clocks: list[Clock], begin: int) -> Iterator[Event]:
    """The end of monitoring that the entry of its beginning tells: '10:20 monitoring started; I was in the room until it ended at 13:45'."""
    until = vocabulary().regex("clause.until-it-ended")
    for clock in clocks:
        if (over := until.search(reading.text, begin, clock.start)) is not None:
            yield Event(
                "monitoring", "end", times.minute[clock.start], None, "log", over.start(), clock.end, (begin, clock.end), unit
            )


_INNER = frozenset({"setup", "baseline", "monitoring", "removal", "interruption", "mapping"})


def _intervals_within(reading: Reading, times: Times, unit: Unit, begin: int, stop: int) -> Iterator[Event]:
    """The parts of the day whose intervals stand in the words of an entry: '09:40:10 Electrodes off 09:40 - 09:46'."""
    for item in (i for i in times.ranges if begin <= i.start and i.end <= stop):
        own = begin_of(reading.text, _APART, begin, item.start)
        hit = nearest(classify(reading.text[own : item.start], own), item.start)
        if vocabulary().regex("clause.of-which").search(reading.text[begin : item.start]) is not None:
            hit = next((h for h in classify(reading.text[item.end : stop], item.end) if h.kind in _INNER), hit)
        if hit and hit.kind in _INNER:
            first, last = times.minute[item.first.start], times.minute[item.last.start]
            yield Event(hit.kind, "span", first, last, "log", hit.start, item.end, (begin, stop), unit)


_APART = re.compile(r"[a-z\d)][.;]\s+(?=[A-Za-z])|\((?!(?:from|at|between|about|approx\w*|time)\b)(?=[A-Za-z]{2,}\s)")
"""What parts an interval from the words before it: 'Leads off: finished. N. Faraday in room 07:40-12:35' tells no length of theirs."""


def _in_a_line(reading: Reading, times: Times, unit: Unit, clocks: list[Clock]) -> list[Clock]:
    """The times behind the first of a line that holds one entry behind the other: '0700 pt in, 0708 leads, 0735 baselines, 1033 stop mon'."""
    own = [c for c in clocks if c.start not in times.seconds]
    led = [c for c in own[1:] if _PARTS_ENTRIES.search(reading.text, unit.start, c.start) and _LED.match(reading.text, c.end)]
    return led if len(own) >= _ENTRIES and len(led) == len(own) - 1 else []


_ENTRIES = 4
"""Entries in one line from which on every time of it leads one."""
_PARTS_ENTRIES = re.compile(r"[A-Za-z)%\d][.;,]\s+$")
_LED = re.compile(r"(?:\s?(?:hrs?|hours|h)\b)?\s*[:–-]?\s*[A-Za-z]")


def _next_entry(reading: Reading, times: Times, unit: Unit, clock: Clock) -> bool:
    """Whether a time in a row leads the next part of the day: '0702-0748 electrodes. 0752-0816 baselines, 0820 monitoring begun'.

    It stands behind a mark that ends what was before it, and the words behind it, up to the next mark, name a part.
    """
    if not _ENDS_ENTRY.search(reading.text, unit.start, clock.start):
        return False
    item = times.spans.get(clock.start)
    entry = _ENTRY.match(reading.text, item.end if item else clock.end, unit.end)
    return entry is not None and any(hit.kind in _STAGES for hit in classify(entry["words"]))


_OVER = re.compile(r"(?<=[a-z])\.(?=\s+[A-Z])")
_ENDS_ENTRY = re.compile(r"[a-z)%](?:[.;,]|\s(?:/{1,2}|[|·•]))\s+(?:(?:and|then)\s+)?$", re.I)
_ENTRY = re.compile(r"(?:\s?(?:hrs?|hours|h)\b)?\s*[:–-]?\s*(?P<words>[A-Za-z][^.;,/|·•\t\d]{3,60})")
_STAGES = frozenset({"setup", "baseline", "monitoring", "removal"})


_CLAUSE = re.compile(r"[,;(]|\s[-–—]\s")
_LABEL = 60
"""Characters of the longest entry beside an interval that is read as its label."""


def _part_named(comment: str, begin: int, hits: list[Hit]) -> Hit | None:
    """The part of the day that an entry beside an interval names as a label would, where its words tell no part yet."""
    told = {(hit.kind, hit.phase) for hit in hits if hit.kind in PARTS and hit.phase in ("start", "end")}
    if told - {("monitoring", "end")} or any(hit.kind in ("ignore", "mapping") for hit in hits):
        return None
    at = begin
    for cell in comment.split("\t")[:_CELLS]:
        if (named := _of_cell(cell, at)) is not None:
            found = any(hit.kind == "signals" for hit in hits) and named.kind != "interruption"
            return None if found else replace(named, phase="start")
        if len(cell.strip(" |:–—-")) > _TAG:
            return None
        at += len(cell) + 1
    return None


_CELLS = 4
_TAG = 22
"""Characters of the longest cell that says no more than the day or who wrote an entry."""


def _head_named(comment: str, begin: int, hits: list[Hit]) -> Hit | None:
    """The monitoring as a heading of its own before a sentence on the reader: '10:27 - 13:05 | MONITORING. Reader logged on from the hub'."""
    heading = _HEADING.match(comment) if {hit.kind for hit in hits} & {"professional", "attend"} else None
    if heading is None or any(hit.kind in PARTS and (hit.kind, hit.phase) != ("monitoring", "span") for hit in hits):
        return None
    named = of_label(heading["name"], begin + heading.start("name"), begin + heading.end("name"), interval=True)
    return replace(named, phase="start") if named is not None and named.kind == "monitoring" else None


_HEADING = re.compile(r"\W*(?P<name>[A-Z][A-Za-z -]{2,30})\.(?=\s+[A-Z])")


def _tag_named(reading: Reading, unit: Unit, clock: Clock, hits: list[Hit]) -> Hit | None:
    """The part that a cell before an interval names, where the words behind it tell none: 'Period of monitoring | 13:05 - 15:22 | reader on line'."""
    if clock.start - unit.start < _SHORTEST or any(hit.kind in PARTS or hit.kind in ("ignore", "mapping") for hit in hits):
        return None
    named = of_label(reading.text[unit.start : clock.start].rstrip("\t"), unit.start, clock.start, interval=True)
    return replace(named, phase="start") if named is not None and named.kind in PARTS else None


_SHORTEST = 5


def _of_cell(cell: str, at: int) -> Hit | None:
    """The part of the day that a cell beside an interval names: 'electrodes, epidural lead later by the surgeon', 'Electrodes: C3, C4'."""
    first = cell.lstrip(" |:–—-")
    low = at + len(cell) - len(first)
    for text in dict.fromkeys((first, _CLAUSE.split(first)[0], first.partition(":")[0])):
        if 1 < len(text.strip()) <= _LABEL and not names_professional(BRACKETS.sub("", text)):
            named = of_label(text, low, low + len(text), interval=True)
            if named is not None and named.kind in PARTS:
                return named
    return None


def _own_part(hit: Hit, rows: list[Hit], begin: int, stop: int) -> tuple[int, int]:
    """The part of a row that one of two readers' entries is read from: 'Brandt offline -> Marsh online'."""
    others = [other for other in rows if other.kind == hit.kind == "professional" and other.start != hit.start]
    low = max((other.end for other in others if other.end <= hit.start), default=begin)
    high = min((other.start for other in others if other.start >= hit.end), default=stop)
    return low, high


def paired_row(reading: Reading, times: Times, unit: Unit, clocks: list[Clock], heading: Unit | None) -> list[Event] | None:
    """A row whose first two cells are times under a heading such as 'Connected | Disconnected'; None if it is none.

    Its words may tell further times: '08:14 | 11:52 | MONITORING. Dr. Hale connected 08:14, disconnected 11:52'.
    """
    if len(clocks) > _PAIR:
        stop = _SENTENCE.search(reading.text, clocks[1].end, clocks[2].start)
        aside = _TIMED_BRACKETS.search(reading.text, clocks[1].end, unit.end)  # 'Monitoring (incision 08:14)'
        if stop is None and (aside is None or not aside.start() < clocks[2].start < aside.end()):
            return None
        low, high = stop.span() if stop is not None else (clocks[1].end, clocks[1].end)
        if stop is None and aside is not None:
            low = high = aside.start()
        pair = paired_row(reading, times, replace(unit, end=low), clocks[:_PAIR], heading)
        return pair and pair + clause_events(reading, times, replace(unit, start=high), clocks[_PAIR:], None)[0]
    cells = cells_of(reading, unit)
    if heading is None or len(cells) < 2 or len(clocks) != _PAIR:
        return None
    names = [reading.text[a:b] for a, b in cells_of(reading, heading)]
    numbered = clocks[0].start > cells[0][1] and reading.text[slice(*cells[0])].strip(" .#").isdigit()
    if len(cells) > _PAIR and len(names) >= len(cells) and numbered:
        cells, names = cells[1:], names[1:]  # '#'
    if len(cells) > _PAIR and len(names) >= len(cells) and vocabulary().regex("column.length").fullmatch(names[1].strip()):
        cells, names = [cells[0], *cells[2:]], [names[0], *names[2:]]  # 'Start | Length | Finish | Step'
    if not all(ONLY_TIME.match(reading.text[a:b]) and a <= c.start < b for (a, b), c in zip(cells[:2], clocks, strict=True)):
        return None
    names = names[:2]
    first, second = (classify(name) for name in [*names, "", ""][:2])
    kinds = [h.kind for h in first if h.kind in ("professional", "attend", "monitoring")]
    own = [h.kind for h in label_hits(reading.text[cells[1][1] : unit.end], cells[1][1]) if h.kind in _HEADED]
    if not own and (named := of_label(reading.text[cells[1][1] : unit.end], cells[1][1], unit.end, interval=True)) is not None:
        own = [named.kind] if named.kind in _HEADED else []  # 'Paused: O-arm'
    if own and all(_BARE_HEAD.fullmatch(name) for name in names):
        kinds = []  # 'On | Off | Duty': the last column tells what the times are of
    kind = kinds[0] if kinds and second else own[0] if own else None
    a, b = times.minute[clocks[0].start], times.minute[clocks[1].start]
    whole = (unit.start, unit.end)
    if kind is None and _FROM_TO.match(" ".join(names)) and _says_manner(reading.text[cells[1][1] : unit.end]):
        # A ledger of attention: 'From | To | this patient alone'. It speaks of the professional, whoever keeps it.
        return [Event("attend", "span", a, b, "header", *whole, whole, unit)]
    if kind is None:
        return None
    return [Event(kind, "span", a, b, "log", unit.start, unit.end, (unit.start, unit.end), unit, 0)]


_PAIR = 2
_SENTENCE = re.compile(r"(?<=[A-Za-z)])[.;:]\s+")
_BARE_HEAD = re.compile(
    r"\W*(?:time\s+)?(?:on|off|in|out|from|to|until|start\w*|beg[aiu]n\w*|end\w*|stop\w*|finish\w*|open\w*|clos\w+)(?:\s+time)?\W*",
    re.I,
)
_DAY = re.compile(
    r"\W*\b(?:(?:on\s+)?(?:the\s+)?(?:next|following|same|second)\s+(?:calendar\s+)?(?:day|morning)|day\s+(?:after|two|2)|tomorrow|a\.?m\.?|p\.?m\.?)\W*",
    re.I,
)
"""What an answer to a question for a time says of the day: '01:33 (the next day)'."""
_HEADED = frozenset({"mapping", "setup", "baseline", "monitoring", "removal", "interruption", "professional", "attend"})
_ASKS = re.compile(
    r"^\W*(?:Q?\d+[.):]?\s+)?(?:(?:between|during|at|from|over|in)\s+)?(?:what|which|when)\b(?:\s+(?:time|times|hour|hours|clock\s+times?|interval|period|span|point))?(?:,?\s+if\s+any,?)?"
    r"(?:\s+(?:to|until|till|and)\s+(?:what|which|when)(?:\s+(?:time|hour))?)?(?:\s+(?:was|were|did|is|are|does|do|has|have|had)\b)?|\b(?:from\s+)?when(?:\s+(?:to|until|till|and)\s+when)?\s*(?=\?|$)|\?.*",
    re.I,
)
"""The words of a question that ask for times: 'At what time did', 'From when to when were'."""
_NEW_ENTRY = re.compile(r"[a-z)%][.;]\s+$")
_SPEAKS = re.compile(r"(?:(?:hrs?|h|hours)\b)?\s*[:–-]?\s*[A-Za-z][\w'’-]+[.,;:]?\s+\w")
"""A row that goes on, behind a full stop, with another time and what happened then: '... and was cut. 1117 hrs: left MEP down'."""
_ONLY_MONITORING = re.compile(r"\W*(?:(?:neuro-?)?monitoring|mon|iom|ionm)\W*(?:\t\W*(?!off|end|stop|done|out)\w{0,4}\W*)?", re.I)
"""A row of a log that says 'MONITORING' and at most who wrote it: it begins there."""
_PERIOD = re.compile(
    r"\W*(?:[a-z-]+\s+){0,2}(?:neuro-?)?monitoring(?:\s+(?:period|phase|time|itself|proper))?\W*(?:\t\W*\w{0,4}\W*)?", re.I
)
"""'07:55 to 10:40 intraoperative monitoring': an interval with its name."""
_FROM_TO = re.compile(r"\W*(?:from|start|begin|beginning|on)\W+(?:to|until|end|stop|off)\b", re.I)


def _says_manner(text: str) -> bool:
    """Whether a cell says that attention was exclusive or shared."""
    words = vocabulary()
    return any(words.regex(f"supervision.{name}").search(text) for name in ("exclusive", "shared"))


def _from_heading(reading: Reading, times: Times, unit: Unit) -> list[Hit]:
    """What a short heading just above a bare time or interval says ('Preparation' / '0840-0910')."""
    position = reading.index_of(unit)
    if position == 0:
        return []
    above = reading.units[position - 1]
    if position > 1 and all(reading.unit_text(unit).endswith("?") for unit in reading.units[position - 2 : position]):
        above = reading.units[position - 2]  # 'Monitoring from when to when? You as well?'
    text = reading.unit_text(above)
    if len(text) > 60 or re.search(r"\d{1,2}[:.]\d{2}", text) or times.within(above.start, above.end):
        return []
    asked = _ASKS.sub(" ", text)
    said = label_hits(asked)
    if not names_professional(text):  # 'From when to when was the patient monitored?'
        said = [replace(h, kind="monitoring") if h.kind == "attend-monitored" else h for h in said]
    hits = [h for h in said if h.kind in _HEADED]
    last = bool(hits) and vocabulary().regex("heading.last").search(asked, hits[0].end) is not None
    phase: Phase = "end" if last or (hits and hits[0].phase == "end") else "start"
    return [replace(h, start=unit.start, end=unit.start, phase=phase) for h in hits[:1]]


ANSWER = re.compile(r"\W*(?:A(?:\d{1,2})?|Ans(?:wer)?|Reply)\s*[:.)=–-]+\s*(?:from\s+|at\s+|between\s+)?", re.I)


def answered(reading: Reading, times: Times, unit: Unit, clocks: list[Clock]) -> list[Event] | None:
    """Events of an answer to the question above it: 'When did monitoring stop?' / 'A: 11:40'; None if it is none."""
    mark = ANSWER.match(reading.text, unit.start, clocks[0].start)
    begins = unit.start if mark is None else mark.end()
    if not _asked(reading, unit) or reading.text[begins : clocks[0].start].strip():
        return None
    bare = BETWEEN.fullmatch(reading.text[begins : unit.end].rstrip(" .")) is not None
    if mark is None and not bare:
        return None
    item = times.spans.get(clocks[0].start)
    hits = [h for h in _from_heading(reading, times, unit) if h.kind in PARTS] or _of_question_before(reading, unit)
    both = item is not None or (bare and len(clocks) == _PAIR)
    if not hits or len(clocks) > (_PAIR if both else 1):
        return None
    last = times.minute[item.last.start if item else clocks[1].start] if both else None
    whole = (unit.start, unit.end)
    phase: Phase = "span" if both else hits[0].phase
    return [Event(hits[0].kind, phase, times.minute[clocks[0].start], last, "header", *whole, whole, unit)]


def _of_question_before(reading: Reading, unit: Unit) -> list[Hit]:
    """What 'it' is of which a question asks the end, by the question before it: 'When did monitoring start?' ... 'When did it stop?'."""
    position = reading.index_of(unit)
    words = vocabulary()
    asked = reading.unit_text(reading.units[position - 1])
    if words.regex("heading.it").search(asked) is None or position < _TURN:
        return []
    before = reading.unit_text(reading.units[position - _TURN])
    named = [h for h in label_hits(_ASKS.sub(" ", before)) if h.kind in PARTS] if "?" in before else []
    phase: Phase = "end" if words.regex("heading.last").search(asked) else "start"
    return [replace(named[0], phase=phase, start=unit.start, end=unit.end)] if len(named) == 1 else []


_TURN = 3
"""Units from an answer back to the question before the one that it answers."""


def _asked(reading: Reading, unit: Unit) -> bool:
    """Whether the line above is a question."""
    position = reading.index_of(unit)
    return position > 0 and "?" in reading.unit_text(reading.units[position - 1])


def _two_events(reading: Reading, clock: Clock, unit: Unit) -> bool:
    after = reading.text[clock.end : unit.end]
    return any(h.kind in ("setup", "baseline", "monitoring", "removal") for h in classify(after[:60]))


def _day_shift(times: Times, unit: Unit, clock: Clock) -> int:
    """Minutes to add where the row carries its own date: whole days after the first such date."""
    own = [d for d in times.dates_within(unit.start, clock.start) if clock.start - d.end <= 2]
    if not own or times.first_dated is None:
        return 0
    later = own[0].value - times.first_dated
    return (
        later.days * DAY if timedelta(0) <= later <= LONGEST_CASE else 0
    )  # '07/19/1971 | 1:02 PM' may stand side by side in a form


def _row_hits(hits: list[Hit], leaving: bool) -> list[Hit]:
    """The hits of one row that stand: a removal row is no setup, an end beats the noun alone, each kind once.

    `leaving`: the row holds a word of leaving, so that mere words of attendance ('watching') are no beginning of it.
    """
    kinds = {h.kind for h in hits}
    out: dict[str, Hit] = {}
    for hit in hits:
        if hit.kind == "setup" and "removal" in kinds:
            continue
        if hit.kind == "monitoring" and hit.phase == "span":
            continue
        if hit.kind == "monitoring" and "interruption" in kinds:
            continue
        if hit.kind == "baseline" and ("interruption" in kinds or (hit.phase == "span" and kinds & {"monitoring"})):
            continue
        if hit.kind in ("attend", "attend-monitored") and leaving:
            continue
        if hit.kind in ("attend", "attend-monitored"):
            hit = replace(hit, kind="professional", phase="start")
            if "professional" in out or "professional" in kinds:
                continue
        phase: Phase = "point" if hit.phase == "span" else hit.phase
        known = out.get(hit.kind)
        if known is None or (known.phase == "point" and phase != "point"):
            out[hit.kind] = replace(hit, phase=phase)
        elif hit.kind in ("professional", "setup", "baseline") and known.phase != phase and phase != "point":
            out[hit.kind + "/2"] = replace(hit, phase=phase)
    return list(out.values())
