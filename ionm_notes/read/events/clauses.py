"""Events of sentences and free rows: each clock time with the clause around it."""

from __future__ import annotations

import re
from dataclasses import replace

from ionm_notes.read.clock import Clock
from ionm_notes.read.events.couples import about_somebody, goes, paired, told_together
from ionm_notes.read.events.intervals import interval_of
from ionm_notes.read.events.labels import BRACKETS, interval_label, one_time_label
from ionm_notes.read.events.model import PARTS, STAGES, Event, Hit, Phase, Times
from ionm_notes.read.events.sharing import sharing_events
from ionm_notes.read.events.stage_labels import of_stage
from ionm_notes.read.events.worded import by_words, closes, entry_of, halts, of_interval
from ionm_notes.read.events.wording import classify
from ionm_notes.read.expression import Match
from ionm_notes.read.reading import Reading, Unit
from ionm_notes.read.vocabulary import vocabulary
from ionm_notes.types import Origin

_BOUNDARY = re.compile(r"[;|·•\t]|\.\s|\s[-–—]\s(?=[A-Z])|\s//\s|\s/\s(?=(?!(?:to|off|out|end|stop|finish)\b)[A-Za-z])")


_WORDY = 34
"""Characters of an interval that holds words between its times."""
_REST = 4
"""Characters behind the one time of a line that holds a label and it: '12) Removal begun - 10:56a.'"""
_TOOK = re.compile(r"\W*it\s+took\b", re.I)
"""'It took from 7:10 to 7:35 to place the electrodes': 'it' is nothing that was spoken of before."""
_AND_AGAIN = re.compile(r"[\s,]*(?:and\s+|then\s+)?(?:again|once\s+more|later|resumed)?[\s,]*(?:from\s+)?$|[\s,]*and\s*$", re.I)
_SAID_BEHIND = re.compile(r"[\s)\],]*(?:(?:was|were|is|are|being|had been)\b|went|given|spent|taken|used|for)\b", re.I)
_EMPTY_LEFT = re.compile(
    r"^(?:[A-Z][\w ]{2,22}:)?(?:\W*it\s+took\b)?(?:\W*(?:following\s+this|after\s+this|thereafter|there-?upon|subsequently|afterwards|first(?:\s+of\s+all|ly)?|second(?:ly)?|third(?:ly)?|last(?:\s+of\s+all|ly)?|at\s+the\s+(?:outset|start|end|close)|to\s+begin\s+with|in\s+the\s+end|meanwhile|before(?:hand|\s+that|\s+this)?(?=,)|earlier|prior\s+to\s+(?:that|this)|at\s+length|in\s+turn|in\s+between)\b)?(?:\W*it\s+was\b)?(?:[\s,]*(?:except|apart|aside)\b(?:\s+(?:for|from|an?|the|some|few|brief|short|stretch|period|time|interval|minutes)\b)*)?[\s,:(-]*(?:(?:and|then|later|finally|at|by|from|on|in|about|around|approximately|only|since|between|next|after that|until|of)\b[\s,(\[]*)*$"
    r"|^[^.;:]{0,40}\b(?:spent|devoted|the\s+(?:hours?|time|interval|period|minutes)\s+(?:of|from|between))\s+(?:from\s+|between\s+)?$",
    re.I,
)


def clause_events(
    reading: Reading, times: Times, unit: Unit, clocks: list[Clock], carried: str | None
) -> tuple[list[Event], str | None]:
    """Events of a sentence or free row: each clock or range with the clause around it."""
    items = items_of(reading, times, unit, clocks)
    if shares := sharing_events(reading, times, unit, items):
        return shares, carried
    if carried is not None and about_somebody(reading.unit_text(unit)):
        carried = None  # 'Dr. Hale came on at 8:15 and went off at 11:20' ends no monitoring that a sentence before spoke of
    halted, items = halts(reading, unit, items)
    events: list[Event] = []
    begin = _begin(reading, unit, items)
    leading = _time_leads(reading, begin, items)
    for index, (low, high, first, last) in enumerate(items):
        floor = items[index - 1][1] if index else begin
        ceiling = items[index + 1][0] if index + 1 < len(items) else unit.end
        left_start = _last_boundary(reading.text, floor, low)
        right_end = _first_boundary(reading.text, high, ceiling)
        if (bracket := _unclosed(reading.text, high, right_end)) is not None:
            right_end = bracket  # '0812-1147 = 215 min (hook-up 0705-0738)'
        words_end, edges = _edges(reading, left_start, low, high) if last is not None else (low, [])
        left = reading.text[left_start:words_end]
        hits = [h for h in classify(left, left_start) if h.kind != "signals"]
        origin: Origin = (
            "header"
            if unit.kind == "row" or (index == 0 and re.match(r"^[^.]{2,40}:\s*$", left) and unit.end - high < 40)
            else "narrative"
        )
        text_start = left_start
        if leading and index and _THEN_AT.search(left):
            left, hits = "", []  # 'At 0741 they began to prepare and at 0812 all was on': the time leads here too
            left_start = low
        if carried is not None and vocabulary().regex("action.was-closed").search(left):
            hits = []  # 'and was closed at': of what the sentence speaks of, not of the wound
        elif (closed := _AND_CLOSED.search(left)) and any(h.kind == "monitoring" for h in hits):
            hits = [Hit("monitoring", "end", left_start + closed.start(), low)]  # 'monitoring was begun after them and closed at'
        hits = [h for h in hits if not _dates_it(h, reading.text[left_start : h.start], hits)] or hits
        chosen = _choose(_with_baselines(hits, left, left_start), low)
        if not chosen and unit.kind == "row" and index == 0:
            whole = [h for h in classify(reading.text[unit.start : low], unit.start) if h.kind != "signals"]
            chosen = _choose(whole, low)
            text_start = unit.start
        if not chosen and (_EMPTY_LEFT.match(left) or not left.strip()):
            right = reading.text[high:right_end]
            near = [h for h in classify(right, high) if h.start - high < 48]
            if not near and last is not None:
                # 'Between eleven and a quarter past, the cables were changed and the recording stood still.'
                near = [h for h in classify(right, high) if h.start - high < 140 and h.kind == "interruption"]
            strong = [h for h in near if h.kind not in ("signals", "closure", "incision")]
            # 'At 13:06, after induction, electrode application was initiated': the part of the day comes before what dates it.
            strong = [h for h in strong if h.kind != "anesthesia" or h.phase != "point"] or strong
            chosen = strong[:1] or near[:1]
            text_start = low
        if (
            not chosen
            and last is not None
            and events
            and events[-1].last is not None
            and _AND_AGAIN.match(BRACKETS.sub("", left))
        ):
            before = events[-1]
            chosen = [Hit(before.kind, "span", low, low)] if before.kind in ("monitoring", "interruption", "attend") else []
        if not chosen and events and (events[-1].kind, events[-1].phase) == ("professional", "start") and goes(left):
            chosen = [Hit("professional", "end", left_start, low)]
        if not chosen and _SAID_BEHIND.match(reading.text[high:right_end]):
            # '(1:10 - 1:28) went to the baselines': the verb shows that the words behind speak of the time.
            behind = [h for h in classify(reading.text[high:right_end], high) if h.start - high < 48]
            chosen = [h for h in behind if h.kind not in ("signals", "closure", "incision")][:1]
        if len(items) == 1 and last is None and _AT.fullmatch(reading.text[begin:low]):
            chosen = entry_of(reading, high, unit.end) or chosen
        if when := _WHEN.match(reading.text[high:right_end]):
            # 'from 8:20 AM, when monitoring was begun, until it was ended at 10:31 AM'
            told = [h for h in classify(reading.text[high + when.end() : right_end], high + when.end()) if h.start - high < 40]
            ends = [h for h in told if h.phase in ("start", "end") and h.kind in STAGES][:1]
            if not ends and (over := vocabulary().regex("action.it-was-over").match(reading.text, high + when.end(), right_end)):
                ends = [Hit(noun, "end", high, over.end()) for noun in (_spoken_of(carried, events),) if noun]
            chosen = ends + [h for h in chosen if h.kind in ("attend", "professional")] if ends else chosen
        if not chosen and last is None and index and events and events[-1].unit is unit and (
            closes(events[-1], reading.text[items[index - 1][1] : low], reading.text[high:right_end])
        ):  # fmt: skip
            taken_off = events[-1].kind == "setup" and _TAKEN_OFF.search(reading.text, items[index - 1][1], low)
            chosen = [Hit("removal" if taken_off else events[-1].kind, "end", left_start, low)]
        if last is None and _begins_again(chosen, events, unit) and closes(events[-1], reading.text[chosen[0].end : low], ""):
            # 'At 7:34 I started on the baselines, which were complete at 7:50'
            chosen = [replace(chosen[0], phase="end")]
        alone = origin == "header" or (len(items) == 1 and unit.end - high < _REST)
        if last is None and alone and (one := one_time_label(left, left_start, chosen)):
            chosen = one
        elif last is None and (not chosen or _vague(chosen)):
            chosen = (
                by_words(left, left_start)
                or (by_words(reading.text[high:right_end], high) if _EMPTY_LEFT.match(left) else [])
                or chosen
            )
        if (
            last is None
            and index + 1 == len(items)
            and all(h.phase != "end" and (h.kind in _BESIDE or _FOLLOWING.match(left)) for h in chosen)
            and (over := vocabulary().regex("reach.whereupon").match(reading.text, high, unit.end))
        ):
            chosen = [Hit("monitoring", "end", high, over.end())]
        until_then = left_start == unit.start and _UNTIL.fullmatch(left) and reading.text[high:right_end].strip(" .,")
        if not chosen and not _TOOK.match(left) and not until_then:  # 'Until 10:05 she was all I had' ends nothing
            chosen = _inherit(left, left_start, low, carried, events)
        if last is None and chosen and _SINCE_THEN.search(left):
            # 'From 8:02 we monitored, and we stopped at', 'watch over the traces from 8:02': from then on, and not up to then.
            chosen = [h for h in chosen if h.kind not in PARTS or h.phase != "end"]
        if last is None and (not chosen or _beside_watch(chosen)) and (went_on := _went_on(left, carried, events)):
            chosen = [Hit("monitoring", "end", left_start + went_on.start(), low)]
        if (
            not chosen
            and last is None
            and carried in STAGES
            and (not left.strip() or _AT.fullmatch(left) or _THEN_AT.search(left))
        ):
            # 'From a quarter to nine we were monitoring; at half past one we stopped.'
            stopped = vocabulary().regex("action.we-stopped").match(reading.text, high, right_end)
            chosen = [Hit(carried, "end", high, stopped.end())] if stopped else []
        if not chosen and last is None and events and (begun := _HAVING_BEGUN.fullmatch(left)) and events[-1].kind in _WORKED:
            chosen = [Hit(events[-1].kind, "start", left_start + begun.start(), low)]
        if (
            not chosen
            and last is not None
            and any(e.kind == "monitoring" and e.last is not None for e in events)
            and _HELD.fullmatch(left)
        ):
            chosen = [Hit("interruption", "span", left_start, low)]
        if (
            not chosen
            and last is not None
            and (void := vocabulary().regex("reach.unmonitored").match(reading.text, high, unit.end))
        ):
            chosen = [Hit("interruption", "span", high, void.end())]
        if last is not None and (labelled := interval_label(left, left_start, chosen)):
            chosen = labelled
        if not chosen and last is not None:
            # The clause stands before its times, or behind them where nothing stands before.
            leads = _EMPTY_LEFT.match(left) and index + 1 == len(items)
            named = (interval_of(reading.text[high:right_end], high) if leads else None) or interval_of(left, left_start)
            inside = reading.text[low:high]
            named = named or (interval_of(inside, low) if len(inside) > _WORDY else None)
            chosen = [named] if named else []
        elif last is not None:
            chosen = of_interval(chosen, reading.text[high:right_end] if _EMPTY_LEFT.match(left) and ":" not in left else left)
        if last is None:
            chosen = [
                replace(h, phase="end") if h.phase == "start" and _UNTIL_ENDED.search(reading.text[h.end : low]) else h
                for h in chosen
            ]
            # 'in the theatre from the beginning of monitoring until 11:30': the time is of who was there.
            chosen = [
                Hit("professional", "end", h.start, h.end)
                if (h.kind, h.phase) == ("monitoring", "start") and _UNTIL.fullmatch(reading.text[h.end : low])
                else h
                for h in chosen
            ]
            came = vocabulary().regex("action.arrived-for")
            chosen += [
                replace(h, kind="professional")
                for h in chosen
                if (h.kind, h.phase) == ("monitoring", "start") and came.search(reading.text[left_start : h.start])
            ]
        if last is not None and _BARE_OFF.fullmatch(left):
            chosen = _of_bare_off(reading, begin, left_start, low, chosen, told=carried is not None or bool(events))
        if last is not None and not edges:
            chosen = of_stage(chosen, reading.text[left_start:low], left_start)
            chosen = chosen or (of_stage([], reading.text[high:right_end], high) if _EMPTY_LEFT.match(left) else [])
        if any(h.kind == "ignore" for h in hits[-1:]) or (_dated(times, low, left) and not _labelled(times, low, chosen)):
            continue
        if last is not None:
            # 'Recording stopped 12:15 to 12:29': what stops from one time to another goes on behind it.
            chosen = [
                replace(h, kind="interruption")
                if (h.kind, h.phase) == ("monitoring", "end") and _STOOD_STILL.search(reading.text[left_start:low])
                else h
                for h in chosen
            ]
        if last is not None and all(h.kind != "monitoring" for h in chosen):
            # 'from 10:18 until 15:02, the period of monitoring', 'From 8:50 to 1:05, when we stopped'
            if named_behind := vocabulary().regex("reach.the-watch").match(reading.text, high, right_end):
                chosen = [*chosen, Hit("monitoring", "span", high, named_behind.end())]
            elif ended_behind := vocabulary().regex("reach.when-stopped").match(reading.text, high, right_end):
                edges = [*edges, ("end", high, ended_behind.end())]
        for edge, begin, end in edges:
            minute = first if edge == "start" else last
            events.append(Event("monitoring", edge, minute or 0, None, origin, begin, end, (left_start, right_end), unit))
        if last is not None and high - low > _WORDY and not edges:
            within = [h for h in classify(reading.text[low:high], low) if h.kind == "monitoring"]
            chosen = chosen + [h for h in within[:1] if all(c.kind != "monitoring" for c in chosen)]
        if last is not None and (aside := _ASIDE.search(reading.text, low, high)) is not None:
            # 'from 07:30 (start of baselines) to 11:00'
            told = [h for h in classify(aside["said"], aside.start("said")) if h.kind in PARTS and h.phase == "start"]
            place = (low, aside.end(), (left_start, right_end), unit)
            events += [Event(h.kind, "start", first, None, origin, *place) for h in told[:1] if h.kind != "monitoring"]
        for hit in chosen:
            if hit.kind in ("ignore", "other-case"):
                continue
            if last is not None and (hit.kind, hit.phase) == ("professional", "end"):
                # 'from 9:30 to 9:50, when I lost my connection': gone at the first time, back at the second.
                place = (min(text_start, hit.start), max(high, hit.end), (left_start, right_end), unit)
                events.append(Event(hit.kind, "end", first, None, origin, *place))
                events.append(Event(hit.kind, "start", last, None, origin, *place))
                continue
            phase: Phase = "span" if last is not None else _phase_near(hit, reading.text[hit.end : low] if hit.end <= low else "")
            events.append(
                Event(
                    hit.kind,
                    phase,
                    first,
                    last,
                    origin,
                    min(text_start, hit.start),
                    max(high, hit.end),
                    (left_start, right_end),
                    unit,
                )
            )
            if hit.kind in ("monitoring", "baseline", "setup", "removal", "attend", "attend-monitored"):
                carried = "monitoring" if hit.kind == "attend-monitored" else hit.kind
    return [_trim(reading, e) for e in [*told_together(events), *halted]], carried


_BESIDE = frozenset({"signals", "baseline", "interruption", "closure"})
_FOLLOWING = re.compile(r"\W*following\s+(?:a|an|the)\b", re.I)
"""'Following a wake-up of the patient at 11:47': nobody follows anything."""
_SINCE = re.compile(r"\b(?:after|following|before|prior\s+to|since|upon|once)\s+(?:\w+\s+){0,2}$", re.I)


def _dates_it(hit: Hit, before: str, hits: list[Hit]) -> bool:
    """Whether a hit only dates what a clause tells: 'Baselines were taken after intubation, 7:58 - 8:11', 'began after the baselines at'."""
    dates = hit.kind in ("anesthesia", "incision", "closure") or (
        hit.kind in ("baseline", "setup") and hit.phase == "span" and any(h.phase == "start" and h.end < hit.start for h in hits)
    )
    return dates and _SINCE.search(before) is not None


_WORKED = STAGES - {"monitoring"}
_HAVING_BEGUN = re.compile(
    r"[\s,(]*(?:having|(?:which|that)\s+\w+\s+had|(?:he|she|they|we|i)\s+had)\s+(?:been\s+)?(?:begun|started|commenced)"
    r"(?:\s+(?:it|them|this|on\s+them|with\s+(?:it|them)))?\s+(?:(?:at|by)\s+)?(?:about\s+)?",
    re.I,
)
"""'finished with the electrodes at 7:40, having begun at 7:10'."""
_HELD = re.compile(
    r"[\s,(]*(?:but\s+|and\s+|then\s+|was\s+|it\s+was\s+)*(?:held|paused|halted|suspended|interrupted|broken\s+off|on\s+hold|off)\s+(?:(?:from|between)\s+)?",
    re.I,
)
"""'Monitoring 08:00-11:36, held from 09:10 till 09:22'."""
_TAKEN_OFF = re.compile(r"\b(?:off|out|away|removed)\W+(?:(?:at|by|again)\W+)?(?:about\s+)?$", re.I)
"""'Leads on 7:00, off 11:55': what was put on at the first time was off at the second."""
_AND_CLOSED = re.compile(r"\b(?:and|then)\s+(?:was\s+)?(?:then\s+)?closed\s+(?:at|by)\s+(?:about\s+)?$", re.I)
_ASIDE = re.compile(r"\((?P<said>[A-Za-z][^()\d\n]{4,40})\)\W*(?:to|until|till|through|[-–—])", re.I)
_SINCE_THEN = re.compile(r"(?:^|\s)(?:from|since|as\s+of)\s+(?:about\s+|around\s+)?$", re.I)


_UNTIL_OR_WITH = re.compile(r"till?\s|\b(?:with|upon|on)\s", re.I)


def _spoken_of(carried: str | None, events: list[Event]) -> str | None:
    """What 'it' stands for at the end of a stay: the part of the day spoken of, or the one this sentence began."""
    begun = [e.kind for e in events if e.kind in STAGES]
    return begun[-1] if begun else carried if carried in STAGES else None


def _beside_watch(chosen: list[Hit]) -> bool:
    """Whether what was found for a time only dates it by the operation: the closure, the incision, or what the signals did."""
    return all(hit.kind in ("closure", "incision", "signals", "anesthesia") for hit in chosen)


def _went_on(left: str, carried: str | None, events: list[Event]) -> Match | None:
    """The words by which monitoring goes on until what a time is of: 'and went on until the patient moved on command at'."""
    found = vocabulary().regex("action.until").search(left) if _UNTIL_OR_WITH.search(left) else None
    if found is None:
        return None
    begun = carried == "monitoring" or any((e.kind, e.phase) == ("monitoring", "start") for e in events)
    return found if begun or vocabulary().regex("interval.monitoring").search(left[: found.end()]) else None


def _begins_again(chosen: list[Hit], events: list[Event], unit: Unit) -> bool:
    """Whether what was found for a time is the beginning that the time before it in the sentence was found to be of."""
    if len(chosen) != 1 or not events or events[-1].unit is not unit:
        return False
    return (chosen[0].kind, chosen[0].phase) == (events[-1].kind, events[-1].phase) and chosen[0].phase == "start"


def _vague(chosen: list[Hit]) -> bool:
    """Whether what was found names a part of the day and neither its beginning nor its end."""
    return all(hit.phase == "span" and hit.kind in _NAMED for hit in chosen)


_UNTIL_ENDED = re.compile(
    r"\b(?:until|till)\s+(?:it|this|they|these)\s+(?:was|were|is)?\s*(?:end|stop|conclu|finish|discontinu|terminat|clos)\w*\W+(?:at\W+)?$"
    r"|^[^.;:]{0,24},\s+(?:and\s+|all\s+)?(?:completed?|finished|done|ready|over)\s+(?:by|at)\s+$",
    re.I,
)
"""'when monitoring was begun, until it was ended at': the time is that of the end."""
_WHEN = re.compile(
    r"\s*,?\s*(?:when|(?:at|upon|from)\s+which(?:\s+(?:time|point|moment|hour|minute|juncture|stage))?|as|the\s+moment|just\s+as)\s+",
    re.I,
)
_NAMED = STAGES | {"attend-monitored"}

_NUMBER = re.compile(r"\s*\(?(?:\d{1,3}[./]\d{1,3}[.)]?|\d{1,2}[.)]|[a-z][.)]|§\s?\d+)\s+(?=[A-Za-z])")


def _begin(reading: Reading, unit: Unit, items: list[tuple[int, int, int, int | None]]) -> int:
    """Where the words of a sentence begin: behind its number in a list ('2/04 At 12:30 the first electrode ...')."""
    number = _NUMBER.match(reading.text, unit.start, unit.end)
    return number.end() if number and items and number.end() <= items[0][0] else unit.start


def _time_leads(reading: Reading, begin: int, items: list[tuple[int, int, int, int | None]]) -> bool:
    """Whether a sentence puts each time before what happened at it: it begins with 'At 0741' and goes on 'and at 0812'."""
    if len(items) < 2:
        return False
    opening = reading.text[begin : items[0][0]]
    return (_AT if items[0][3] is None else _BETWEEN).fullmatch(opening) is not None


_BETWEEN = re.compile(r"\W*(?:(?:before(?:hand|\s+that|\s+this)?|earlier|first|then)\W+)?(?:from|between)\s+", re.I)
_AT = re.compile(r"\W*(?:then\s+)?(?:at|by|around|about)\s+(?:about\s+|approximately\s+)?", re.I)
_THEN_AT = re.compile(r"(?:\band|\bthen|\bbut|\bwhile|[,;])\s+(?:then\s+)?(?:at|by|around|about)\s+(?:about\s+)?$", re.I)
_UNTIL = re.compile(r"\W*(?:until|till|to|up\s+to)\W*(?:about\s+|approximately\s+)?", re.I)
_STOOD_STILL = re.compile(
    r"\b(?:stopped|halted|ceased|suspended|off|down|discontinued)\W+(?:\w+\W+){0,2}?(?:from\W+|between\W+)?$", re.I
)
_BARE_OFF = re.compile(r"[\W]*(?:all\s+)?(?:off|out)\W*", re.I)
_ON_OR = re.compile(r"(?P<whose>.*?)\b(?:on|in)\s*(?:/|\||&|and|or|-)?\s*$", re.I | re.S)


def _of_bare_off(reading: Reading, begin: int, left_start: int, low: int, chosen: list[Hit], *, told: bool) -> list[Hit]:
    """What an interval behind no more than 'off' is of: removal, or the whole of what 'on / off' was written of.

    Nobody goes from one time to another: 'Prep 06:52-07:20 / off 11:01-11:10' takes electrodes off. 'Signed on / off 07:44 / 09:54' tells
    of somebody's stay, or of the monitoring.
    """
    if (pair := _ON_OR.fullmatch(reading.text[begin:left_start])) is not None:
        hits = [
            h
            for h in classify(reading.text[begin:left_start].rstrip(" /|&-"), begin)
            if h.kind in STAGES | {"professional", "attend"}
        ]
        kind = hits[-1].kind if hits else "attend" if _SIGNED.search(pair["whose"]) else None
        return [Hit("attend" if kind == "professional" else kind, "span", begin, low)] if kind else []
    if [h.kind for h in chosen] == ["professional"] or (not chosen and told):
        return [Hit("removal", "span", low, low)]
    return chosen


_SIGNED = re.compile(r"\b(?:sign|log|dial|link|connect|hook|patch|call|clock|screen|md|reader|physician|provider)\w*\s+$", re.I)


def _trim(reading: Reading, event: Event) -> Event:
    start = event.start
    while start < event.end and reading.text[start] in " \t,;.:-–—·|•/":
        start += 1
    return replace(event, start=start)


def items_of(reading: Reading, times: Times, unit: Unit, clocks: list[Clock]) -> list[tuple[int, int, int, int | None]]:
    """Clock times of a unit as (start, end, first minute, last minute or None), split ranges joined."""
    spans = {r.first.start: r for r in times.ranges if r.end <= unit.end}
    seconds = {r.last.start for r in spans.values()}
    items: list[tuple[int, int, int, int | None]] = []
    skip = False
    for index, clock in enumerate(clocks):
        if skip or clock.start in seconds:
            skip = False
            continue
        if clock.start in spans:
            item = spans[clock.start]
            items.append((item.start, item.end, times.minute[clock.start], times.minute[item.last.start]))
            continue
        if index + 1 < len(clocks) and clocks[index + 1].start not in spans:
            gap = reading.text[clock.end : clocks[index + 1].start].removeprefix("]").removesuffix("[")
            before = reading.text[max(unit.start, clock.start - 60) : clock.start].removesuffix("[")
            if (len(gap) <= 110 and _FROM.search(before) and _TILL.search(gap) and ";" not in gap) or paired(before, gap):
                nxt = clocks[index + 1]
                items.append((clock.start, nxt.end, times.minute[clock.start], times.minute[nxt.start]))
                skip = True
                continue
        items.append((clock.start, clock.end, times.minute[clock.start], None))
    return items


_FROM = re.compile(
    r"\bfrom\s+(?:about |approximately )?$|\bfrom\s+(?:the\s+)?(?:very\s+)?(?:start|beginning|onset|opening)\s+of\s+(?:the\s+)?"
    r"(?:monitoring|recording|surveillance|watch)[\s,(]*(?:at\s+)?$",
    re.I,
)
_TILL = re.compile(
    r"\b(?:over|done|finished|complete|completed|ended|closed|concluded|through)\s+(?:by|at)\s+$|,\s(?:and\s)?(?:un)?til(?:l)?\s+(?:about )?$|\buntil\s+$|^\W*(?:un)?(?:till?|to|through)\s+(?:the\s+)?(?:very\s+)?"
    r"(?:end|close|stop|finish|conclusion|completion)\s+of\s+(?:the\s+)?(?:monitoring|recording|surveillance|watch)[\s,(]*(?:at\s+)?$"
    r"|^\s*,\s+(?:when|as|with|once|by\s+(?:which|that)\s+time|at\s+which\s+\w+)\b[^.;:\d\n]{3,80},\s+(?:and\s+)?(?:to|until|till)\s+$"
    r"|^\W{0,3}(?:just|directly|shortly|immediately|right|with|in|after|before|following)\b[^.;:\d\n]{2,50}[,)]\s+(?:up\s+)?(?:to|through|thru)\s+$",
    re.I,
)
"""'from 12:32 until the end of monitoring at 16:52': one interval, though words stand between its times."""


_IT_ENDED = re.compile(
    r"\b(?:it|this|we|(?:neuro-?)?monitoring|recording|surveillance|(?:the\s+)?watch)\s+(?:was\s+|had\s+|were\s+|is\s+)?(?:been\s+)?(?:end|stop|conclu|finish|discontinu|terminat|clos)\w*",
    re.I,
)


def _edges(reading: Reading, left_start: int, low: int, high: int) -> tuple[int, list[tuple[Phase, int, int]]]:
    """Ends of monitoring that an interval is told by ('from the start of monitoring at 8:40 until ...').

    Returns where the words before that phrase end, and each end with its place.
    """
    left = _FROM.search(reading.text[left_start:low])
    found: list[tuple[Phase, int, int]] = []
    stop = low
    if left and " of " in left.group():
        stop = left_start + left.start()
        found.append(("start", stop, low))
    inside = re.search(r"\b(?:end|close|stop|finish|conclusion|completion)\s+of\b", reading.text[low:high], re.I)
    if inside is None and found:
        inside = _IT_ENDED.search(reading.text[low:high])  # 'until it was ended at 11:32 AM', 'until monitoring was ended at'
    if inside and high - low > _WORDY:
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


_TITLE = re.compile(r"\b(?:Dr|Mr|Ms|Mrs|Prof|M\.D|approx|No|St|(?<!\d )[A-Z]|(?i:mon|monit|elec|electr|appl|prep|rem|base))$")


def _last_boundary(text: str, low: int, high: int) -> int:
    found = low
    for match in _BOUNDARY.finditer(text, low, high):
        if match.group()[0] == "." and _TITLE.search(text[low : match.start()]):
            continue
        if match.group()[0] != "\t" and not _unbracketed(text, match.start(), low):
            continue
        if text[match.end() : high].strip(" :\t-–(") or match.group() not in "\t|":
            found = match.end()
    return found


def _first_boundary(text: str, low: int, high: int) -> int:
    for match in _BOUNDARY.finditer(text, low, high):
        if match.group()[0] != "." or not _TITLE.search(text[low : match.start()]):
            return match.start()
    return high


def _with_baselines(hits: list[Hit], left: str, left_start: int) -> list[Hit]:
    """The hits without baselines that are said to lie within the monitoring or to share its time: 'Monitoring, with the baselines in it, ran'."""
    if not any(h.kind == "monitoring" and h.phase == "span" for h in hits):
        return hits
    shared = vocabulary().regex("reach.with-baselines").search(left)
    inside = range(left_start + shared.start(), left_start + shared.end()) if shared else ()
    return [h for h in hits if h.kind != "baseline" or h.start not in inside]


def _choose(hits: list[Hit], low: int) -> list[Hit]:
    """The hits of the left context that a time belongs to: the nearest, and an attendance said together with it."""
    if not hits:
        return []
    near = hits[-1]
    if low - near.end > 170:
        return []
    out = [near]
    for hit in hits[:-1]:
        if (
            hit.kind != near.kind
            and {hit.kind, near.kind} <= {"monitoring", "attend", "attend-monitored"}
            and near.phase == "span"
        ):
            out.append(hit)
    if near.kind in ("attend", "professional") and any(h.kind == "attend-monitored" for h in hits[:-1]):
        out.append(next(h for h in hits if h.kind == "attend-monitored"))
    return out


def _inherit(left: str, left_start: int, low: int, carried: str | None, events: list[Event]) -> list[Hit]:
    """An action without a noun: 'and stopped at', 'It ended at'; the noun comes from before. Who stayed ends nothing but a stay."""
    words = vocabulary()
    noun = carried
    if noun is None or len(left) > 60:
        return []
    if stayed := words.regex("action.stayed-until").search(left):
        return [Hit("professional", "end", left_start + stayed.start(), left_start + stayed.end())]
    if noun in ("attend", "attend-monitored"):
        phases: tuple[tuple[str, str, Phase], ...] = (("action.end", noun, "end"),)
    else:
        phases = (
            ("action.suspend", "interruption", "start"),
            ("action.resume", "interruption", "end"),
            ("action.end", noun, "end"),
            ("action.start", noun, "start"),
        )
    if noun == "baseline" and (settled := words.regex("action.accepted").search(left)):
        return [Hit(noun, "end", left_start + settled.start(), left_start + settled.end())]
    pronoun = words.regex("action.bare").match(left) or re.match(
        r"^\W*(?:it|this|these|they|which|and|then|until|but|,)\b", left, re.I
    )
    if (
        not pronoun
        and events
        and not re.match(
            r"^[\s,]*(?:until|to|through|and|end|ending|ended|stop|conclu|finish|terminat|complet|discontinu|off)", left, re.I
        )
        and not words.regex("action.went-on").search(left)
    ):
        return []
    if not pronoun and not events:
        return []
    for name, kind, phase in phases:
        matches = [m for m in words.regex(name).finditer(left) if noun != "baseline" or m.group().lower() != "off"]
        if matches:
            return [Hit(kind, phase, left_start + matches[-1].start(), left_start + matches[-1].end())]
    return []


def _phase_near(hit: Hit, between: str) -> Phase:
    """A noun without a phase takes it from the words between it and the time ('monitoring time: start 0810')."""
    words = vocabulary()
    if hit.phase == "end" and words.regex("action.had-begun").search(between):
        return "start"
    if hit.phase != "span":
        return hit.phase
    ended = words.regex("action.end").search(between) and not re.search(r"\b(?:to|from)\b", between)
    if ended or _UNTIL.fullmatch(between):  # 'Monitoring to: 12:19'
        return "end"
    if words.regex("action.start").search(between):
        return "start"
    return "point"


def _labelled(times: Times, at: int, chosen: list[Hit]) -> bool:
    """Whether the date before a time stands right behind the beginning or end that both are of: 'Start of monitoring: 12 Mar 2025 22:35'."""
    day = next((d for d in times.dates if 0 <= at - d.end <= 6), None)
    return day is not None and any(
        h.kind in PARTS and h.phase in ("start", "end") and h.start < day.start <= h.end + _LABELLED for h in chosen
    )


_LABELLED = 4
"""Characters from what a label says to the date of it."""


def _dated(times: Times, at: int, left: str) -> bool:
    """A time that follows a date with at most an 'at' between is the time of a signature, order or print."""
    return any(
        0 <= at - d.end <= 6 and re.fullmatch(r"[\s,T]*(?:at|@|,)?\s*", left[-(at - d.end) :] if at > d.end else "")
        for d in times.dates
    )
