"""Events of rows whose first cell is a label and whose other cells are times: 'Monitoring | 0912 | 1331'."""

from __future__ import annotations

import re
from dataclasses import replace

from ionm_notes.read.clock import Clock
from ionm_notes.read.events.clauses import clause_events
from ionm_notes.read.events.column_edges import edge_of_column, left_blank
from ionm_notes.read.events.intervals import names_professional
from ionm_notes.read.events.labels import of_label
from ionm_notes.read.events.model import BETWEEN, ONLY_TIME, PARTS, Event, Hit, Phase, Times, cells_of
from ionm_notes.read.events.worded import label_hits
from ionm_notes.read.reading import Reading, Unit
from ionm_notes.read.vocabulary import vocabulary

_ROWS = 10
"""Rows between a heading of beginnings and ends and a row of it."""
_FROM_TO = re.compile(
    r"\b(?:from|start\w*|begin\w*|began|on)\s*[\t/|,;–-]?\s*(?:to|until|till|thru|end\w*|stop\w*|finish\w*|off)\W*$", re.I
)
_TWO_ENDS = PARTS | {"attend", "professional"}
_ONE_END = re.compile(r"\b(?:start|beg[aiu]n|commenc|end|stop|finish|complet|done|conclu)\w*\W*$", re.I)
"""A label that is of one end alone: 'Monitoring start 08:40'."""
_TO = re.compile(r"\W*(?:to|until|till|thru|through|through\s+to)?\W*", re.I)
"""A cell between two times: 'Monitoring | 7:45 | to | 11:20'."""


def label_row(reading: Reading, times: Times, unit: Unit, clocks: list[Clock]) -> list[Event] | None:
    """Events of a row whose first cell is a label and whose other cells are times only; None if it is no such row."""
    cells = cells_of(reading, unit)
    if len(cells) < 2:
        return None
    if (told := _timed_label(reading, times, unit, clocks, cells)) is not None:
        return told
    if (told := _captioned_cells(reading, times, unit, clocks, cells)) is not None:
        return told
    events: list[Event] = []
    used = False
    index = 0
    while index < len(cells):
        low, high = cells[index]
        label = reading.text[low:high]
        following = []
        stop = index + 1
        while stop < len(cells):
            text = reading.text[cells[stop][0] : cells[stop][1]]
            if (
                left_blank(text)
                or ONLY_TIME.match(text)
                or _TO.fullmatch(text)
                or _interval_of_part(reading, times, cells[stop], label)
            ):
                following.append(cells[stop])
                stop += 1
                continue
            break
        values = [c for c in clocks if any(a <= c.start < b for a, b in following)]
        values = _as_it_went(reading, unit, values, cells) if len(values) > _COUPLE else values
        signed = len(values) == 1 and vocabulary().regex("signature.signed").search(label) is not None  # '/s/ A. Hale, MD on'
        if values and not signed and not any(low <= c.start < high for c in clocks):
            used = True
            whole = of_label(label, low, high, interval=len(values) > 1)
            if whole is None and index and len(values) > 1 and len(label) <= _STAFF and len(cells) == stop:
                low, high = cells[index - 1]  # 'Needles in | HL | 08:02 | 08:31'
                label = reading.text[low:high]
                whole = of_label(label, low, high, interval=True)
            if whole is None or whole.kind not in PARTS:
                whole = _edge_of_part(reading, cells, index) or whole
            if len(cells) == stop and len(values) > 1 and vocabulary().regex("interval.break-of-whom").fullmatch(label):
                whole = None  # 'Break | 8:40 | 8:55', and no remark: it may have been the technologist's, who was relieved
            for hit in _of_each(label, low) or ([whole] if whole is not None and whole.kind != "ignore" else []):
                own, couple = _couples(reading, unit, hit, values, following, cells)
                events += _label_events(reading, times, unit, label, hit, own, following, (low, following[-1][1]))
                if couple:
                    of = (couple[0].start, couple[1].end)
                    first, last = (times.minute[clock.start] for clock in couple)
                    events.append(Event("attend", "span", first, last, "header", *of, of, unit))
        index = max(stop, index + 1) if values else index + 1
    if used and _all_used(clocks, cells, reading, times):
        return events
    return _with_remark(reading, times, unit, clocks, cells)


def _edge_of_part(reading: Reading, cells: list[tuple[int, int]], index: int) -> Hit | None:
    """The end that a cell of nothing but 'Start' or 'ended' is of the part of the day named before it: 'Setup | Start | 07:10'."""
    low, high = cells[index]
    edge = vocabulary().regex("column.edge-line").fullmatch(reading.text[low:high])
    if edge is None:
        return None
    named = (reading.text[slice(*cell)] for cell in reversed(cells[:index]))
    edges = vocabulary().regex("column.edge-line")
    own = next((text for text in named if text.strip() and not ONLY_TIME.match(text) and not edges.fullmatch(text)), "")
    part = of_label(own, 0, len(own), interval=True) if own else None
    return None if part is None or part.kind not in PARTS else Hit(part.kind, "start" if edge["from"] else "end", low, high)


def heading_of(reading: Reading, unit: Unit, cells: list[tuple[int, int]]) -> list[str]:
    """The names of the columns of a row: the nearest row above without figures, if it has as many cells or more."""
    position = reading.index_of(unit)
    for above in reversed(reading.units[max(0, position - _ROWS) : position]):
        if above.kind != "row":
            return []
        if not any(map(str.isdigit, reading.unit_text(above))):
            names = [reading.text[slice(*cell)] for cell in cells_of(reading, above)]
            return names if len(names) >= len(cells) else []
    return []


def _as_it_went(reading: Reading, unit: Unit, values: list[Clock], cells: list[tuple[int, int]]) -> list[Clock]:
    """The times of a row without those of columns of what was planned or is of another matter, and those that were corrected."""
    names = heading_of(reading, unit, cells)
    words = vocabulary()
    other, corrected = words.regex("column.not-actual"), words.regex("column.corrected")
    headed = [
        (clock, name) for clock in values for (low, high), name in zip(cells, names, strict=False) if low <= clock.start < high
    ]
    if len(headed) != len(values) or not any(other.search(name) or corrected.search(name) for _, name in headed):
        return values
    kept = [(clock, name) for clock, name in headed if not other.search(name)]
    for clock, name in [item for item in kept if corrected.search(item[1])]:
        plain = corrected.sub("", name).strip(" ()")
        kept = [(c, n) for c, n in kept if c is clock or n.strip().lower() != plain.strip().lower()]
    return [clock for clock, _ in kept]


_TWO_COUPLES = 4


def _couples(
    reading: Reading, unit: Unit, hit: Hit, values: list[Clock], following: list[tuple[int, int]], cells: list[tuple[int, int]]
) -> tuple[list[Clock], list[Clock]]:
    """The times of a part of the day, and those of the reader's watch in it where a heading has columns for both.

    'Phase | Tech start | Tech end | MD start | MD end' over 'Monitoring | 13:05 | 16:05 | 13:05 | 15:35'.
    """
    if hit.kind != "monitoring" or len(values) != _TWO_COUPLES or len(following) != _TWO_COUPLES:
        return values, []
    names = heading_of(reading, unit, cells)
    of_reader = [names_professional(name) for name in names[-_TWO_COUPLES:]] if len(names) == len(cells) else []
    if of_reader == [False, False, True, True]:
        return values[:2], values[2:]
    return (values[2:], values[:2]) if of_reader == [True, True, False, False] else (values, [])


def _interval_of_part(reading: Reading, times: Times, cell: tuple[int, int], label: str) -> bool:
    """Whether a cell holds one interval and nothing else, and the label beside it names a part of the day."""
    if not _interval_alone(reading, times, cell):
        return False
    hit = of_label(label, 0, len(label), interval=True)
    return hit is not None and hit.kind in PARTS | {"attend-monitored", "mapping"}


def _interval_alone(reading: Reading, times: Times, cell: tuple[int, int]) -> bool:
    own = times.within(*cell)
    return len(own) == 2 and own[0].start in times.spans and BETWEEN.fullmatch(reading.text[slice(*cell)]) is not None


def _with_remark(
    reading: Reading, times: Times, unit: Unit, clocks: list[Clock], cells: list[tuple[int, int]]
) -> list[Event] | None:
    """Events of a label with both its times and a remark that holds times of its own: 'Monitoring | 9:20 | 12:35 | MD on 9:25'."""
    if len(cells) < 4 or any(low <= c.start < high for low, high in cells[:1] for c in clocks):
        return None
    if not all(ONLY_TIME.match(reading.text[low:high]) for low, high in cells[1:3]):
        return None
    own = [c for c in clocks if c.start < cells[2][1]]
    hit = of_label(reading.text[slice(*cells[0])], *cells[0], interval=True)
    if len(own) != 2 or hit is None or hit.kind not in PARTS:
        return None
    rest = Unit(cells[3][0], unit.end, "row", unit.page, unit.paragraph)
    told, _ = clause_events(reading, times, rest, [c for c in clocks if c.start >= rest.start], hit.kind)
    if hit.kind == "monitoring" and not any(event.kind in ("professional", "attend", "interruption") for event in told):
        told = _halt(reading, times, rest, clocks) or told
        unplaced = vocabulary().regex("action.suspend").search(reading.text, rest.start, rest.end)
        if unplaced and all(event.kind != "interruption" for event in told):
            return None
    if any(event.kind == hit.kind for event in told):
        return None
    label = _label_events(reading, times, unit, "", hit, own, cells[1:3], (cells[0][0], cells[2][1]))
    return label + [replace(event, unit=unit) for event in told]


def _halt(reading: Reading, times: Times, remark: Unit, clocks: list[Clock]) -> list[Event]:
    """The interruption that a remark beside the times of monitoring tells by its two times: 'paused 10:05 - 10:20, C-arm'."""
    inner = [times.minute[c.start] for c in clocks if c.start >= remark.start]
    says = {name: vocabulary().regex(f"halt.{name}").search(reading.unit_text(remark)) for name in ("stopped", "finding")}
    if len(inner) != 2 or not says["stopped"] or says["finding"]:
        return []
    first, last = inner
    return [Event("interruption", "span", first, last, "header", remark.start, remark.end, (remark.start, remark.end), remark)]


def _timed_label(
    reading: Reading, times: Times, unit: Unit, clocks: list[Clock], cells: list[tuple[int, int]]
) -> list[Event] | None:
    """Events of a label that shares its cell with the first of two times, under 'From' and 'To': 'Monitoring 08:40 | 13:04'."""
    if len(cells) != 2 or len(clocks) != 2 or clocks[0].start in times.seconds:
        return None
    (low, high), last = cells
    first, second = clocks
    if (
        not low < first.start < high
        or reading.text[first.end : high].strip(" )")
        or not ONLY_TIME.match(reading.text[slice(*last)])
    ):
        return None
    position = reading.index_of(unit)
    above = (reading.unit_text(row) for row in reversed(reading.units[max(0, position - _ROWS) : position]))
    if not any(_FROM_TO.search(text) for text in above):
        return None
    hit = of_label(reading.text[low : first.start], low, first.start, interval=True)
    if hit is None or hit.kind not in _TWO_ENDS or _ONE_END.search(reading.text[low : first.start]):
        return None
    return _label_events(reading, times, unit, "", hit, [first, second], cells, (low, last[1]))


def _captioned_cells(
    reading: Reading, times: Times, unit: Unit, clocks: list[Clock], cells: list[tuple[int, int]]
) -> list[Event] | None:
    """Events of a row of a form with a caption and both its times in one cell: 'Hook-up from / to 12:40 12:54 | Anesthetic propofol'."""
    events: list[Event] = []
    rest = list(clocks)
    for low, high in cells:
        own = [c for c in clocks if low <= c.start < high]
        if len(own) != 2 or own[0].start in times.spans or reading.text[own[1].end : high].strip(" )"):
            continue
        first, last = own
        label = reading.text[low : first.start]
        if reading.text[first.end : last.start].strip(" ,/") or (_ONE_END.search(label) and not _FROM_TO.search(label)):
            continue
        hit = of_label(label, low, first.start, interval=True)
        if hit is not None and hit.kind in _TWO_ENDS and times.minute[first.start] < times.minute[last.start]:
            events += _label_events(reading, times, unit, "", hit, own, cells, (low, high))
            rest = [c for c in rest if c not in own]
    if not events:
        return None
    return events + (clause_events(reading, times, unit, rest, None)[0] if rest else [])


_ABOVE = 3
"""Lines between the name of a part of the day and the line with its end."""


def edge_line(reading: Reading, times: Times, unit: Unit, clocks: list[Clock]) -> list[Event] | None:
    """The beginning or end that stands on a line of its own below the name of its part: 'Baselines' over 'from 08:18' over 'to 08:36'."""
    edges = vocabulary().regex("column.edge-line")
    edge = edges.match(reading.text, unit.start, clocks[0].start) if len(clocks) == 1 else None
    if edge is None or edge.end() != clocks[0].start or reading.text[clocks[0].end : unit.end].strip(" \t.;,)hrs"):
        return None
    position = reading.index_of(unit)
    for above in reversed(reading.units[max(0, position - _ABOVE) : position]):
        inside = times.within(above.start, above.end)
        stop = inside[0].start if inside else above.end
        label = reading.text[above.start : stop]
        if len(inside) > 1 or len(label) > _LONGEST_NAME:
            return None
        if inside and (own := edges.search(label)) is not None:
            label = label[: own.start()]
        if label.strip(" \t:.-–—"):
            hit = of_label(label, above.start, above.start + len(label), interval=True)
            if hit is None or hit.kind not in PARTS:
                return None
            whole = (unit.start, unit.end)
            phase: Phase = "start" if edge["from"] else "end"
            return [Event(hit.kind, phase, times.minute[clocks[0].start], None, "header", *whole, whole, unit)]
    return None


_LONGEST_NAME = 60
_STAFF = 28
"""Characters of a cell with who did it, between what was done and its times."""


def _of_each(label: str, low: int) -> list[Hit]:
    """What each half of a label says its time is of, where they name two things: 'Dr. Hale on line / monitoring on'."""
    parts = [(m.start(), m.group()) for m in _HALF.finditer(label)]
    if len(parts) != 2:
        return []
    hits = [of_label(text, low + at, low + at + len(text)) for at, text in parts]
    told = [hit for hit in hits if hit is not None and hit.phase in ("start", "end")]
    return told if {hit.kind for hit in told} == {"monitoring", "professional"} else []


_HALF = re.compile(r"[^/&;]+")


def times_below(reading: Reading, times: Times, unit: Unit, clocks: list[Clock], heading: Unit | None) -> list[Event] | None:
    """Events of a row of nothing but times under a row of as many labels: 'Hook-up | Baselines | On | Off' over the times."""
    if heading is None or unit.kind != "row" or reading.index_of(unit) - reading.index_of(heading) > 3:
        return None
    cells, names = cells_of(reading, unit), cells_of(reading, heading)
    if (edged := _edge_of_row(reading, cells, clocks)) is not None:
        edge, values = edged
        if len(values) <= len(names) <= len(values) + 1:
            return _edge_row(reading, times, unit, clocks, edge, values, names[-len(values) :])
    if _second_row(reading, times, unit, heading):
        return []
    if reading.index_of(unit) - reading.index_of(heading) != 1:
        return None
    if (
        len(cells) > 1
        and len(cells) in (len(names), len(names) + 1)
        and vocabulary().regex("column.times").fullmatch(reading.text[slice(*cells[0])])
    ):
        cells, names = (
            cells[1:],
            names[-len(cells) + 1 :],
        )  # 'Time | 07:32-08:14 | 08:18-08:36' under 'Phase | Set-up | Baselines'
    filled = [cell for cell in cells if reading.text[slice(*cell)].strip()]
    if (both := _two_rows(reading, times, unit, cells, names)) is not None:
        return both
    beside = _beside_others(reading, times, unit, cells, names)
    if len(names) < 2 or len(cells) > len(names) or (len({c.start for c in clocks}) < len(filled) and not beside):
        return None
    events: list[Event] = []
    words = vocabulary()
    edges = [words.regex("column.edge-line").fullmatch(reading.text[left:right]) for left, right in names]
    for number, ((low, high), (left, right)) in enumerate(zip(cells, names, strict=False)):
        values_here = [c for c in clocks if low <= c.start < high]
        if (low, high) not in filled or (beside and not values_here):
            continue
        if not 1 <= len(values_here) <= 2 or not BETWEEN.fullmatch(_without_edges(reading.text[low:high])):
            return None
        ended = next((edge for edge in edges[number + 1 : number + 2] if edge is not None and not edge["from"]), None)
        hit = of_label(reading.text[left:right], left, right, interval=len(values_here) == 2 or ended is not None)
        if edges[number] is not None:
            hit = _edge_of_part(reading, names, number)  # 'hook-up | done | baselines | done'
        elif hit is not None and hit.kind in PARTS and ended is not None:
            hit = replace(hit, phase="start")
        if hit is None or hit.kind == "ignore":
            continue
        minutes = [times.minute[c.start] for c in values_here]
        phase: Phase = "span" if len(minutes) == 2 else "point" if hit.phase == "span" else hit.phase
        last = minutes[1] if len(minutes) == 2 else None
        events.append(Event(hit.kind, phase, minutes[0], last, "header", low, high, (low, high), unit))
    return events or None


def _beside_others(
    reading: Reading, times: Times, unit: Unit, cells: list[tuple[int, int]], names: list[tuple[int, int]]
) -> bool:
    """Whether a row is the one row of values under a heading of a form: 'Patient | Date | Monitoring start | Monitoring end'.

    A row that begins with its time is an entry, unless most of the heading names parts of the day ('Baseline start | Baseline end |
    Monitoring start | Monitoring end | Interrupted'); one that begins with a part of the day has its own name, and a second row of as many
    cells makes a list of readers.
    """
    below = reading.units[reading.index_of(unit) + 1 :][:1]
    if len(cells) != len(names) or len(cells) <= _COUPLE or (times.within(*cells[0]) and not _heads_parts(reading, names)):
        return False
    if any(row.kind == "row" and len(cells_of(reading, row)) == len(cells) for row in below):
        return False
    return not any(label_hits(reading.text[slice(*cell)]) for cell in cells if not times.within(*cell))


def _heads_parts(reading: Reading, names: list[tuple[int, int]]) -> bool:
    """Whether a heading names a part of the day first and in most of its columns."""
    of_parts = [any(hit.kind in PARTS for hit in label_hits(reading.text[low:high])) for low, high in names]
    return of_parts[0] and sum(of_parts) > len(names) // 2


def _without_edges(cell: str) -> str:
    """A cell of two times without the words for its ends: 'Start: 06:50 Stop: 07:25'."""
    edges = vocabulary().regex("clause.edge-words")
    return edges.sub(" ", cell) if len(list(edges.finditer(cell))) == _COUPLE else cell


def _bare_times(reading: Reading, times: Times, unit: Unit) -> list[int]:
    """The minutes of a row of three or more cells that are clock times and nothing else; none where it is no such row."""
    cells = cells_of(reading, unit) if unit.kind == "row" else []
    own = [times.within(*cell) for cell in cells]
    alone = all(len(found) == 1 and ONLY_TIME.match(reading.text[slice(*cell)]) for found, cell in zip(own, cells, strict=True))
    return [times.minute[found[0].start] for found in own] if len(cells) > _COUPLE and alone else []


_COUPLE = 2


def _two_rows(
    reading: Reading, times: Times, unit: Unit, cells: list[tuple[int, int]], names: list[tuple[int, int]]
) -> list[Event] | None:
    """The parts whose starts stand in one row and whose ends in the next, under their names: 'Set-up | Baselines | Monitoring'."""
    below = reading.units[reading.index_of(unit) + 1 :][:2]
    if not below or len(cells) != len(names):
        return None
    first, last = _bare_times(reading, times, unit), _bare_times(reading, times, below[0])
    if not first or len(first) != len(last) or (len(below) > 1 and _bare_times(reading, times, below[1])):
        return None
    if any(begun >= ended for begun, ended in zip(first, last, strict=True)):
        return None
    events: list[Event] = []
    for (left, right), place, begun, ended in zip(names, cells, first, last, strict=True):
        hit = of_label(reading.text[left:right], left, right, interval=True)
        if hit is None or hit.kind not in PARTS:
            return None
        events.append(Event(hit.kind, "span", begun, ended, "header", *place, (unit.start, below[0].end), unit))
    return events


def _second_row(reading: Reading, times: Times, unit: Unit, heading: Unit) -> bool:
    """Whether a row of ends was read with the row of starts above it."""
    above = reading.units[max(0, reading.index_of(unit) - 1)]
    if reading.index_of(unit) - reading.index_of(heading) != _COUPLE or not _bare_times(reading, times, unit):
        return False
    return _two_rows(reading, times, above, cells_of(reading, above), cells_of(reading, heading)) is not None


def _edge_of_row(
    reading: Reading, cells: list[tuple[int, int]], clocks: list[Clock]
) -> tuple[Phase, list[tuple[int, int]]] | None:
    """Whether a row's first word says that its times are beginnings, or ends, and the cells of these: 'Start | 07:05 | 07:34'."""
    if len(cells) < 2:
        return None
    (low, high), *rest = cells
    if sum(low <= c.start < high for c in clocks) > 1:
        return None  # 'Start 06:50 Stop 07:25 | Start 07:30 Stop 07:50'
    inside = next((c.start for c in clocks if low < c.start < high), None)  # 'From 07:05 | 07:34': a narrow column
    name, values = (reading.text[low:high], rest) if inside is None else (reading.text[low:inside], [(inside, high), *rest])
    words = vocabulary()
    edge: Phase | None = (
        "start" if words.regex("ledger.from").match(name) else "end" if words.regex("ledger.to").match(name) else None
    )
    return (edge, values) if edge is not None and len(values) > 1 else None


def _edge_row(
    reading: Reading,
    times: Times,
    unit: Unit,
    clocks: list[Clock],
    edge: Phase,
    cells: list[tuple[int, int]],
    names: list[tuple[int, int]],
) -> list[Event] | None:
    """Events of a row of beginnings or ends, each of what its column is headed: 'Set-up | Baselines | Monitoring' over them."""
    events: list[Event] = []
    for (low, high), (left, right) in zip(cells, names, strict=True):
        values = [c for c in clocks if low <= c.start < high]
        hit = of_label(reading.text[left:right], left, right, interval=True)
        if len(values) > 1 or (hit is not None and hit.kind == "ignore"):
            return None
        if values and hit is not None:
            events.append(Event(hit.kind, edge, times.minute[values[0].start], None, "header", low, high, (low, high), unit))
    return events if len(events) > 1 else None


def _all_used(clocks: list[Clock], cells: list[tuple[int, int]], reading: Reading, times: Times) -> bool:
    """Whether every clock of the row fills a cell of its own, or an interval does; otherwise the row is read as clauses."""
    filled = [c for c in cells if ONLY_TIME.match(reading.text[slice(*c)]) or _interval_alone(reading, times, c)]
    return all(any(a <= c.start and c.end <= b for a, b in filled) for c in clocks)


def _label_events(
    reading: Reading,
    times: Times,
    unit: Unit,
    label: str,
    hit: Hit,
    values: list[Clock],
    following: list[tuple[int, int]],
    whole: tuple[int, int],
) -> list[Event]:
    first = times.minute[values[0].start]
    if len(values) >= 2:
        both = re.search(r"\w\s*(?:/|&|and|,)\s*\w", label) and hit.kind in ("incision", "closure")
        if both:
            return []
        last = times.minute[values[1].start]
        if (hit.kind, hit.phase) == ("professional", "end"):  # 'Dr. Hale off line | 10:05 | 10:20'
            gone = Event(hit.kind, "end", first, None, "header", *whole, whole, unit)
            return [gone, replace(gone, phase="start", first=last)]
        kind = "attend" if hit.kind == "professional" else hit.kind  # 'reader connected | 9:31 | 12:48'
        return [Event(kind, "span", first, last, "header", *whole, whole, unit)]
    phase = hit.phase
    if phase == "span":
        position, cell = next((i, (a, b)) for i, (a, b) in enumerate(following) if a <= values[0].start < b)
        phase = "start" if position == 0 and len(following) > 1 else "end" if position else "point"
        if (edge := edge_of_column(reading, unit, cell)) is not None:
            phase = edge
        elif hit.kind == "removal" and position == 0 and len(following) == 1:
            phase = "end"
    return [Event(hit.kind, phase, first, None, "header", *whole, whole, unit)]
