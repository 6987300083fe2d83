"""What a time of a sentence or a label is of where no pattern of events knows the wording: its words are taken one by one.

The vocabulary is that of the entries of a log (`composed.py`, `patterns/entries.toml`), so that what a log may say a sentence and
a label may say too: 'Surveillance was stood down at 11:30', 'Stand-down from surveillance | 11:30', 'Demounting | 12:47 | 13:00'.
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

from ionm_notes.read.events.composed import composed, doctors_of
from ionm_notes.read.events.intervals import interval_of, names_professional
from ionm_notes.read.events.items import Item
from ionm_notes.read.events.model import PARTS, STAGES, Event, Hit
from ionm_notes.read.events.stage_labels import of_stage
from ionm_notes.read.events.wording import classify, classify_entry
from ionm_notes.read.expression import blank
from ionm_notes.read.reading import Reading, Unit
from ionm_notes.read.vocabulary import vocabulary

_LONGEST = 90
"""Characters between two times of a sentence of which the second closes what the first began."""
_FARTHEST = 160
"""Characters between the times at which the recording stopped and went on."""
_BEHIND = 60
"""Characters behind a time that may say what happened at it."""
_AND_AT = re.compile(r"(?:\band|\bthen|[,;.])\s+(?:then\s+)?(?:(?:at|by|from|around)|it\s+was)\s+(?:about\s+)?$", re.I)
_OTHERS = ("removal", "setup", "baseline")


def _says(name: str, text: str) -> bool:
    return vocabulary().regex(name).search(text) is not None


def by_words(text: str, offset: int) -> list[Hit]:
    """The one beginning or end of a part of the day that a clause tells, if every word of it is understood."""
    found = [hit for hit in composed(text.replace("\n", " ")) if hit.kind in PARTS]
    return [replace(hit, start=hit.start + offset, end=hit.end + offset) for hit in found] if len(found) == 1 else []


def label_hits(text: str, offset: int = 0) -> list[Hit]:
    """What a label says its times are of: as the patterns know it, told word by word, or by the part of the day that it names."""
    text = vocabulary().regex("clause.left-blank").sub(blank, text)
    if (pair := vocabulary().regex("action.both-ends").search(text)) is not None and pair.start():
        bare = text[: pair.start()] + " " * len(pair.group()) + text[pair.end() :]
        if len(spans := [h for h in label_hits(bare, offset) if h.kind in STAGES]) == 1:
            return [replace(spans[0], phase="span")]  # 'Monitoring commenced/ceased', 'PREP IN/OUT'
    hits = of_stage(classify(text, offset), text, offset)
    known = [hit for hit in hits if hit.kind not in ("signals", "other-case")]
    if known and all((hit.kind, hit.phase) == ("monitoring", "end") for hit in known):
        # 'Amplifier dead, monitoring stopped' ends no monitoring.
        return [hit for hit in by_words(text, offset) if hit.kind == "interruption"] or hits
    told = by_words(text, offset)
    if known and told and told[0].kind == known[-1].kind and {told[0].phase, known[-1].phase} == {"start", "end"}:
        return told  # every word of it understood: 'Break in monitoring ends'
    if known and any(hit.phase != "span" or hit.kind == "ignore" for hit in known):
        return hits
    if known and all(hit.kind == "monitoring" for hit in known) and [hit.kind for hit in told] == ["interruption"]:
        return told  # 'Monitoring halted for MRI'
    if known:
        return [hit for hit in told if hit.kind == known[-1].kind] or hits
    if told:
        return told
    named = interval_of(text, offset)
    return [named] if named is not None and (named.kind in PARTS or named.kind == "attend") else []


def closes(begun: Event, between: str, behind: str) -> bool:
    """Whether the words from one time of a sentence to the next say that what began at the first was over at the second.

    'Averaging for the baseline began 13:36 and was frozen 13:52', 'the first electrode went on at 12:13; at 12:37 the test was passed'.
    """
    put = begun.phase == "end" and begun.kind in _OTHERS  # 'electrodes went on at 7:26 and were all on by 7:55'
    if not (begun.phase == "start" or put) or begun.kind not in PARTS or len(between) > _LONGEST:
        return False
    if _says("closing.not", between) or _says("interval.other", between):
        return False
    if begun.kind == "monitoring" and any(_says("closing.for-a-while", text) for text in (between, behind)):
        return False  # 'and laid it down at 11:38 for a moment'
    return _says("closing.said", between) or _says("closing.last", behind)


def stood_still(head: str, between: str, behind: str) -> bool:
    """Whether two times of a sentence are those between which the recording stood still.

    `head` stands before the first time, `between` before the second, `behind` after it: what is recorded was halted by the first and
    went on at the second, whatever the words and whichever of the two stands first ('A mains trip at 9:05 broke off surveillance,
    which was reinstated at 9:20'). What is said of signals or told to the surgeon is a finding and no interruption.
    """
    told, behind = head + between, behind[:_BEHIND]
    if len(between) > _FARTHEST or not (_says("halt.stopped", told) and _says("halt.thing", told)):
        return False
    resumed = _says("halt.resumed", between)
    if not resumed and not (_AND_AT.search(between) and _says("halt.resumed", behind)):
        return False
    if _says("halt.finding", told if resumed else told + behind) or _says("halt.unbroken", told):
        return False
    return not names_professional(told) and not any(_says(f"interval.{name}", told) for name in _OTHERS)


def of_interval(chosen: list[Hit], clause: str) -> list[Hit]:
    """What an interval is of whose clause names monitoring: of its standing still, or of somebody whom the label names."""
    if [hit.kind for hit in chosen] not in (["monitoring"], ["attend-monitored"]):
        return chosen
    if vocabulary().regex("action.both-ends").search(clause):
        return chosen  # 'Monitoring commenced/ceased:'
    if breaks_off(clause):
        return [replace(hit, kind="interruption") for hit in chosen]
    if clause.rstrip().endswith(":") and _says("interval.reader", clause):
        return [replace(hit, kind="attend") for hit in chosen]
    return chosen


def breaks_off(clause: str) -> bool:
    """Whether a clause with an interval tells that monitoring was interrupted in it: 'surveillance lay in abeyance between ...'."""
    return _says("interval.interruption", clause) and not _says("halt.unbroken", clause) and not _says("halt.ran", clause)


def entry_of(reading: Reading, low: int, high: int) -> list[Hit]:
    """What a sentence that dictates an entry of a log says behind its time: 'At 07:41 acquisition of the baseline set was undertaken.'"""
    hits = classify_entry(reading.text[low:high], low, doctors_of(reading.text))
    if any(hit.kind == "ignore" for hit in hits):
        return []
    told = [hit for hit in hits if hit.kind in PARTS and hit.phase in ("start", "end")]
    return told if len({hit.kind for hit in told}) == len(told) else []


def halts(reading: Reading, unit: Unit, items: list[Item]) -> tuple[list[Event], list[Item]]:
    """The interruptions that pairs of times of a sentence tell, and the times that are left."""
    halted: list[Event] = []
    rest = list(items)
    for index, (one, two) in enumerate(pairwise(items)):
        if one[3] is not None or two[3] is not None or two[2] <= one[2] or one not in rest:
            continue
        floor = items[index - 1][1] if index else unit.start
        ceiling = items[index + 2][0] if index + 2 < len(items) else unit.end
        if stood_still(reading.text[floor : one[0]], reading.text[one[1] : two[0]], reading.text[two[1] : ceiling]):
            place = (floor, two[1], (floor, ceiling), unit)
            halted.append(Event("interruption", "span", one[2], two[2], "narrative", *place))
            rest = [item for item in rest if item not in (one, two)]
    return halted, rest
