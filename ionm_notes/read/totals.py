"""Totals and durations that the document states for its monitoring, with the parts it says are inside or left out."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise, zip_longest

from ionm_notes.read.durations import Duration, find_durations
from ionm_notes.read.events import Times
from ionm_notes.read.events.labels import of_label
from ionm_notes.read.events.reach import column_of_length
from ionm_notes.read.expression import Expression, blank, expression
from ionm_notes.read.reading import Reading, Unit
from ionm_notes.read.spoken_clock import NUMBERS
from ionm_notes.read.vocabulary import vocabulary
from ionm_notes.types import SegmentKind, StatedTotal

_PARTS: tuple[SegmentKind, ...] = ("setup", "baseline", "removal", "interruption")


def read_totals(reading: Reading, times: Times, *, timed: bool) -> tuple[StatedTotal, ...]:
    """Stated totals in minutes of monitoring, in order of place.

    `timed`: the record gives clock times of monitoring; how long somebody says to have watched or stayed is then no total.
    """
    told = vocabulary().regex("total.stay")
    lead = vocabulary().regex("total.lead")
    size, charged_size, charged = (vocabulary().regex(f"total.{name}") for name in ("unit-size", "charged-size", "time-code"))
    columns = vocabulary().regex("reach.column-head").search(reading.text) is not None
    out: list[StatedTotal] = []
    pieces: list[_Column] = []
    for index, unit in enumerate(reading.units):
        if unit.kind == "running":
            continue
        if columns and unit.kind == "row" and (column := _column_total(reading, times, unit)) is not None:
            if column.bare:
                pieces.append(column)
            else:
                out.append(column.total)
            continue
        if (beside := _of_hours_above(reading, times, index)) is not None:
            out.append(beside)
            continue
        text, label = _with_parts(reading, index), _wrapped_label(reading, index)
        if "_" in text:
            text = text.replace("_", " ")
        if "unit" in text or "quarter" in text:
            text = size.sub(blank, text)
        if not (label or lead.search(text)) or expression(
            r"\ban(?:a)?esth\w*\s+time|tourniquet|clamp\s+time|ischem\w+\s+time|bypass\s+time|OR\s+time"
        ).search(f"{label} {text}"):
            continue
        labelled = vocabulary().regex("total.minutes-label").search(text)
        if labelled:
            group = next(name for name, value in labelled.groupdict().items() if value)
            minutes = int(labelled[group])
            whole = Duration(labelled.start(group), labelled.end(group), minutes)
            parts, less = _inside(text, whole, (whole, *(d for d in find_durations(text) if d.start > whole.end)))
            below, more = _rows_inside(reading, index, bare=True)
            if len(below) > len(parts):
                parts, less = below, more
            parts = parts or held(text[whole.end :])
            out.append(
                StatedTotal("minutes", minutes, None, tuple(dict.fromkeys(parts)), less, reading.proof(unit.start, unit.end))
            )
            continue
        if charged.search(text):  # '95940 IONM in OR, 15 min': what a unit of the code is worth
            text = charged_size.sub(blank, text)
        durations = tuple(d for d in find_durations(text) if not _o_clock(reading, times, unit.start + d.start))
        main = None
        for item in durations:
            before = (label if item is durations[0] else "") or _ASIDE.sub(" ", text[: item.start][-_AHEAD:])[-_NEAR:]
            if vocabulary().regex("total.elsewhere").search(before):
                continue
            behind = text[item.end : item.end + 40]
            if main is None and item.minutes >= 5 and (_is_total(before, behind) or (not timed and _stay(told, before, behind))):
                main = item
        if main is None:
            continue
        includes, minus = _inside(text, main, durations)
        aside = _ASIDE.search(text[: main.start][-_AHEAD:])
        if _first_to_last().search(text) is not None:
            includes = ["setup", "baseline", "removal"]
        below, more = _rows_inside(reading, index, bare=False)
        if len(below) > len(includes):
            includes, minus = below, more
        includes = includes or held(text[main.end :]) or (held(aside.group()) if aside else [])
        out.append(
            StatedTotal("minutes", main.minutes, None, tuple(dict.fromkeys(includes)), minus, reading.proof(unit.start, unit.end))
        )
    return (*_summed(pieces), *out)


def read_unit_totals(reading: Reading) -> tuple[StatedTotal, ...]:
    """Stated totals in units, in order of place: 'that makes 12 fifteen-minute units'. A charge line has a code, and is none."""
    words = vocabulary()
    out: list[StatedTotal] = []
    for unit, match in reading.told(words.patterns["total.units"]):
        if words.regex("total.of-a-code").search(reading.unit_text(unit)):
            continue
        said = next(value for value in match.groupdict().values() if value).lower()
        amount = int(said) if said.isdigit() else NUMBERS.get(said, 0)
        if amount:
            out.append(StatedTotal("units", amount, None, (), 0, reading.proof(match.start(), match.end())))
    return tuple(out)


@dataclass(frozen=True, slots=True)
class _Column:
    """The minutes that a row states in a column of lengths, with its two times; `bare`: no label says what they are of."""

    total: StatedTotal
    first: int
    last: int
    bare: bool


def _summed(pieces: list[_Column]) -> tuple[StatedTotal, ...]:
    """The totals of rows of two times and their minutes: one after another they are parts of one whole, and none of them is a total."""
    ordered = sorted(pieces, key=lambda piece: piece.first)
    if len(ordered) < 2 or any(one.last > two.first or two.last < two.first for one, two in pairwise(ordered)):
        return tuple(piece.total for piece in pieces)
    shown = tuple(dict.fromkeys(place for piece in pieces for place in piece.total.evidence))
    return (StatedTotal("minutes", sum(piece.total.amount for piece in pieces), None, (), 0, shown),)


def _o_clock(reading: Reading, times: Times, at: int) -> bool:
    """Whether what could be a length ('3h10') is a time of the day: '08h41 - 11h36', 'until 11h36', and two beside one another."""
    clock = next(iter(times.within(at, at + 1)), None)
    if clock is None:
        return False
    if at in times.spans or at in times.seconds or reading.text[at] == "0":
        return True
    near = (*times.within(max(0, at - _BESIDE), at), *times.within(clock.end, clock.end + _BESIDE))
    beside = any(not re.search(r"\w|[(=]", reading.text[min(c.end, clock.end) : max(c.start, at)]) for c in near)
    return beside or _AT_TIME.search(reading.text, max(0, at - 34), at) is not None


_NEAR = 70
"""Characters before a length that say what it is of."""
_AHEAD = 140
"""Characters before a length that are searched for an aside."""
_ASIDE = re.compile(r"(?:,|\s[-–—]|\s\()\s?[^,;.()\d]{3,80}(?:,|\s[-–—]|\))\s(?=(?:\w+\s){1,3}$)")
"""What stands between the thing and its verb: 'My monitoring, leaving out hook-up and baselines, lasted three hours'."""
_BESIDE = 12
"""Characters from the beginning of a time to that of one beside it."""
_AT_TIME = re.compile(
    r"(?:\b(?:at|from|to|until|till|by|since|before|after)\s+|\b(?:start\w*|stop\w*|beg[aiu]n\w*|end(?:ed|s)?|on|off)(?:\s+\w+){0,2}[\s\W]{1,6})$",
    re.I,
)


def _inside(text: str, main: Duration, durations: tuple[Duration, ...]) -> tuple[list[SegmentKind], int]:
    """The parts of the day that a total says stand inside it, and their minutes together."""
    words = vocabulary()
    includes: list[SegmentKind] = []
    minus = 0
    for item, following in zip_longest(durations, durations[1:]):
        if item.start <= main.start:
            continue
        low, high = max(main.end, item.start - 45), min(item.end + 60, following.start if following else len(text))
        part = next((p for p in _PARTS if words.regex(f"total.part.{p}").search(text[item.end : high])), None) or next(
            (p for p in _PARTS if words.regex(f"total.part.{p}").search(text[low : item.start])), None
        )
        between = text[main.end : item.end]
        off = words.regex("total.take-off").search(text[main.end : item.end + 60])
        if words.regex("total.apart").search(text[main.end : item.end + _APART]):
            continue  # 'the baselines, 25 minutes, are not counted in that figure'
        counted = vocabulary().regex("total.counted-in").search(text[item.end : item.end + 24])
        named = " of " in text[item.start : item.end]  # 'but six of those were lost to a loose cable'
        holds = words.regex("total.includes").search(between) or words.regex("total.holds").search(between)
        left_in = words.regex("total.left-in").search(between)  # 'this figure has not been reduced by the 25 min of hook-up'
        inside = counted or named or left_in or (holds and not words.regex("total.without").search(between))
        unnamed = words.regex("total.take-off-unnamed").search(text[item.end : high])
        if part is None and (unnamed or words.regex("total.out-of-it").search(between)):
            part = "interruption"  # '25 minutes are to be taken off this'
        left = part == "interruption" and not words.regex("total.without").search(text[main.end : item.end + 24])
        if part is not None and (inside or ((off or left) and not words.regex("total.net").search(text))):
            includes += [part, *_joined_with(part, text[item.end : high])]
            minus += item.minutes
    return includes, minus


def _first_to_last() -> Expression:
    """'Leads on to leads off': every part of the day is inside."""
    return vocabulary().regex("event.from-first-to-last")


def _rows_inside(reading: Reading, index: int, *, bare: bool) -> tuple[list[SegmentKind], int]:
    """The parts that lines just below a total say stand inside it, and their minutes together: 'incl. baselines | 20 min'.

    `bare`: the total is a number of minutes without a unit, as those of its parts may be.
    """
    words = vocabulary()
    parts: list[SegmentKind] = []
    minutes = 0
    for unit in reading.units[index + 1 : index + 1 + _ROWS]:
        text = reading.unit_text(unit)
        if len(text) > _ROW or not words.regex("total.row-inside").search(text):
            break
        lengths = [duration.minutes for duration in find_durations(text)]
        if not lengths and bare and (figure := _BARE.search(text)) is not None:
            lengths = [int(figure["minutes"])]
        named = [part for part in _PARTS if words.regex(f"total.part.{part}").search(text)]
        if len(lengths) != 1 or len(named) != 1:
            break
        parts += named
        minutes += lengths[0]
    return parts, minutes


_ROWS = 5
"""Lines below a total that may be of what stands inside it."""
_ROW = 80
"""Characters of the longest of them."""
_BARE = re.compile(r"(?<![\d:.,/-])(?P<minutes>\d{1,3})\W*$")


def _joined_with(part: SegmentKind, behind: str) -> list[SegmentKind]:
    """The parts that share one length with the part named first behind it: '25 min of hook-up and initial baselines'."""
    words = vocabulary()
    found = {other: match for other in _PARTS if (match := words.regex(f"total.part.{other}").search(behind)) is not None}
    if part not in found:
        return []
    ordered = sorted(found, key=lambda one: found[one].start())
    chain = [ordered[0]]
    for before, after in pairwise(ordered):
        if words.regex("total.joins").fullmatch(behind[found[before].end() : found[after].start()]):
            chain.append(after)
        elif part in chain:
            break
        else:
            chain = [after]
    return [other for other in chain if other != part]


def held(behind: str) -> list[SegmentKind]:
    """The parts of the day that the words behind a total, or what goes on there, say stand inside it without naming their minutes."""
    words = vocabulary()
    parts: dict[SegmentKind, None] = {}
    if not any(words.regex(f"total.part.{part}").search(behind) for part in _PARTS):
        return []
    for sentence in re.split(r"[;.](?=\s|$)", behind):
        pieces = [sentence]
        if words.regex("total.holds").search(sentence) and words.regex("total.leaves-out").search(sentence):
            pieces = re.split(r",|\b(?:but|while|whereas|though)\b", sentence)  # 'set-up included, baselines not'
        for piece in pieces:
            parts |= dict.fromkeys(_held_in(piece))
    return list(parts)


def _held_in(piece: str) -> list[SegmentKind]:
    """The parts that a piece of a sentence about a total says are inside it."""
    words = vocabulary()
    named: list[SegmentKind] = [part for part in _PARTS if words.regex(f"total.part.{part}").search(piece)]
    if not named or words.regex("total.left-in").search(piece):
        return named
    if words.regex("total.leaves-out").search(piece):
        return []
    if words.regex("total.holds").search(piece) or words.regex("total.includes").match(piece.lstrip(" ,;(-")):
        return named
    found: list[SegmentKind] = []
    for reach in words.regex("total.counted-from").finditer(piece):
        if reach["behind"]:
            found.append("removal")
        elif ahead := reach["ahead"] or reach["ahead2"]:
            found += ["baseline"] if words.regex("total.part.baseline").search(ahead) else ["setup"]
    return found


_APART = 70
"""Characters behind the length of a part within which it is said to stand outside the total."""


def _column_total(reading: Reading, times: Times, unit: Unit) -> _Column | None:
    """The minutes that a row of monitoring, or of two times alone as a charge sheet has them, states in a column of lengths."""
    clocks = times.within(unit.start, unit.end)
    if unit.kind != "row" or len(clocks) != 2 or (length := column_of_length(reading, unit, clocks[0], clocks[1])) is None:
        return None
    label, minutes = length
    hit = of_label(label, 0, len(label), interval=True) if re.search(r"[A-Za-z]{2}", label) else None
    if label and (hit is None or hit.kind not in ("monitoring", "attend-monitored")):
        return None
    total = StatedTotal("minutes", minutes, None, (), 0, reading.proof(unit.start, unit.end))
    return _Column(total, times.minute[clocks[0].start], times.minute[clocks[1].start], not label)


def _of_hours_above(reading: Reading, times: Times, index: int) -> StatedTotal | None:
    """The total that a line of minutes alone states: to the minute what lies between the hours of monitoring right above it.

    'Monitored 07:30 to 12:40' / 'Minutes 310', or the same with a line each for start and end.
    """
    words = vocabulary()
    unit = reading.units[index]
    label = words.regex("total.minutes-alone").fullmatch(reading.unit_text(unit))
    if label is None or index == 0:
        return None
    minutes = int(label["minutes"])
    low = reading.units[index - 1].start
    clocks = times.within(low, unit.start)
    if len(clocks) == 1 and index > 1:
        low = reading.units[index - 2].start
        clocks = times.within(low, unit.start)
    if len(clocks) != 2 or words.regex("total.watch").search(reading.text, low, unit.start) is None:
        return None
    first, last = (times.minute[clock.start] for clock in clocks)
    return StatedTotal("minutes", minutes, None, (), 0, reading.proof(unit.start, unit.end)) if last - first == minutes else None


_FIGURE = 12
"""Characters of a line that holds a bare number of minutes."""
_ASKS_MINUTES = re.compile(r"\bmin(?:ute)?s?\b[^\d\n]{0,40}$", re.I)


def _wrapped_label(reading: Reading, index: int) -> str:
    """The label of a row that a narrow column broke into lines above and below its value: 'TOTAL' / 'PROFESSIONAL | 195 minutes' / 'TIME'."""
    if not 0 < index < len(reading.units):
        return ""
    unit, above = reading.units[index], reading.units[index - 1]
    if unit.kind != "row" or vocabulary().regex("total.alone").fullmatch(reading.unit_text(above)) is None:
        return ""
    cell = reading.unit_text(unit).partition("\t")[0]
    if vocabulary().regex("total.of-the-watch").fullmatch(cell) is None:
        return ""
    below = reading.unit_text(reading.units[index + 1]) if index + 1 < len(reading.units) else ""
    wrapped = vocabulary().regex("total.time-alone").fullmatch(below) is not None
    return f"{reading.unit_text(above)} {cell} {below if wrapped else ''}"


def _with_parts(reading: Reading, index: int) -> str:
    """A statement with the next one, where that goes on to say what is inside: 'It ran 3 h. Of this, 25 min were baselines.'"""
    unit = reading.units[index]
    following = reading.units[index + 1] if index + 1 < len(reading.units) else None
    if (
        following is not None
        and following.end - following.start < _FIGURE
        and _ASKS_MINUTES.search(reading.text, unit.start, unit.end)
    ):
        return reading.text[unit.start : following.end]  # 'How many minutes of monitoring in total?' / '282'
    told = reading.unit_text(unit)
    if following is not None and (
        vocabulary().regex("total.goes-on").match(reading.text, following.start) or _resumes(reading, unit, following)
    ):
        told = reading.text[unit.start : following.end]
    beyond = reading.units[index + 2] if index + 2 < len(reading.units) else None
    if beyond is not None and vocabulary().regex("total.out-of-it").match(reading.text, beyond.start, beyond.end):
        told = f"{told} {reading.unit_text(beyond)}"
    return told


def _resumes(reading: Reading, unit: Unit, following: Unit) -> bool:
    """Whether a statement says of the total just before it which parts of the day stand inside it."""
    words = vocabulary()
    text = reading.unit_text(following)
    return (
        unit.paragraph == following.paragraph
        and len(text) < _REMARK
        and words.regex("total.resumes").search(text) is not None
        and any(words.regex(name).search(text) for name in ("total.holds", "total.left-in", "total.lost-of"))
        and any(words.regex(f"total.part.{part}").search(text) for part in _PARTS)
    )


_REMARK = 160
"""Characters of a remark on a total."""


def _stay(told: Expression, before: str, after: str) -> bool:
    """Whether a length of time is told of watching, or of the stay beside the machine: 'I spent 115 minutes in the room'."""
    return bool(told.search(before)) and not _ANOTHER_LENGTH.match(after)


_ANOTHER_LENGTH = re.compile(
    r"\s*(?:later|after\b|before|ago|old|prior|post|(?:of|on|with|for|in|placing|getting)\s+(?:\w+\s+){0,2}(?:set-?\s?up|hook|baseline|anesth|training|travel|clinic|review))",
    re.I,
)


def _is_total(before: str, after: str) -> bool:
    if vocabulary().regex("total.of-a-whole").search(before):
        return False
    if (
        re.search(r"\b(?:every|each|within|for|over|after|last(?:ed|ing)?|per|approximately)\s+$", before, re.I)
        and not re.search(r"\b(?:neuro-?)?monitor\w*\s+(?:\w+\s+){0,4}(?:for|lasted)\s+$|\b(?:total|duration)\b", before, re.I)
        and not (vocabulary().regex("total.in-all").match(after) and vocabulary().regex("total.stay").search(before))
    ):
        return False
    if re.match(
        r"\s*(?:later|after(?!\s+(?:deduct|subtract|tak)\w+)|before|of\s+(?:set-?up|hook|baseline|anesth)|ago|old|set-?up|break|gap|interval|post|prior)",
        after,
        re.I,
    ):
        return False
    if re.match(r"\s*(?:gross\b|before\s+(?:deduct|subtract))", after, re.I):
        return False
    if vocabulary().regex("total.took").search(before):
        return True
    if (interval := _INTERVAL_BEFORE.search(before)) is not None:
        before = before[: interval.start()]
        whole = _first_to_last().search(before) is not None and vocabulary().regex("total.before").search(before) is not None
        return whole or _of_monitoring(before)
    if _CELL_OPENS.search(before) and vocabulary().regex("total.of-monitoring-behind").match(after):
        return True  # '95941 | 4 | 190 min monitoring'
    return bool(
        vocabulary().regex("total.before").search(before)
        or re.match(
            r"\s*(?:\((?:=\s*)?\d[\w\s.:]{0,20}\)\s*)?(?:of\s+(?:\w+\s+){0,3}(?:monitoring|ionm|iom|neuromonitoring|surveillance)\b|(?:total|billed|billable|all\s+told|in\s+all|altogether)\b|\(?\s*total)",
            after,
            re.I,
        )
    )


_CELL_OPENS = re.compile(r"(?:^|[\t|(])\s*$")
_INTERVAL_BEFORE = re.compile(
    r"(?:\b(?:from|between)\s+)?\d{1,2}[:.h]?\d{2}\s?(?:hrs?|h|[ap]\.?m?\.?)?\s*(?:[-–—>]+|\b(?:to|and|until|till?|through|thru)\b)\s*\d{1,2}[:.h]?\d{2}\s?(?:hrs?|h|[ap]\.?m?\.?)?"
    r"\s*(?:[,(=:;]\s*)+(?:(?:that\s+is|that\x27s|i\.?e\.?|in\s+all|in\s+total|total|making|giving|for|or|so)[\s,:=]*)?$",
    re.I,
)
"""Two times just before a length: '07:34-11:15 (', 'from 7:38 a.m. to 11:43 a.m., that is '."""


def _of_monitoring(before: str) -> bool:
    """Whether the words before an interval say that it is of monitoring: its name stands there, and no other part's behind it."""
    before = _first_to_last().sub(" ", before)
    watch = max((m.end() for m in vocabulary().regex("total.watch").finditer(before)), default=-1)
    others = [m.end() for part in _PARTS for m in vocabulary().regex(f"total.part.{part}").finditer(before)]
    return watch > max(others, default=0)
