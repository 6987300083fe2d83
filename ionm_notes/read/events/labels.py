"""What a label says the times beside it are of: the one beginning or end it names, or the part of the day of its interval."""

from __future__ import annotations

import re
from dataclasses import replace

from ionm_notes.read.events.field_names import of_field_name
from ionm_notes.read.events.intervals import names_professional
from ionm_notes.read.events.model import PARTS, STAGES, Hit, Phase, nearest
from ionm_notes.read.events.worded import label_hits
from ionm_notes.read.expression import blank
from ionm_notes.read.vocabulary import vocabulary

BRACKETS = re.compile(r"\([^()\n]*\)")
"""A remark inside a label, such as 'Monitoring start (at lead placement)', which says nothing of what the time is."""
_EDGE = re.compile(r"\b\w+[\s:(–—-]*\s((?P<from>from|since|as\s+of)|until|till|thru|up\s+to|to)\W*$", re.I)
"""'Monitored from', 'Monitoring to' before one time."""


_BRACKETED = re.compile(
    r"[(\[]\s*(?:(?P<from>start(?:ed|ing)?|beg[aiu]n\w*|from|onset|open(?:ed)?)|(?:finish(?:ed)?|end(?:ed)?|stop(?:ped)?|to|until|done|close[d]?|complete[d]?))\s*[)\]]\W*$",
    re.I,
)


def of_label(label: str, low: int, high: int, *, interval: bool = False) -> Hit | None:
    """What a label that stands at `low`..`high` says its times are of; 'Monitoring, physician in the room' says it of both."""
    if interval and (halted := vocabulary().regex("interval.halted").fullmatch(label)) is not None:
        return Hit("interruption", "span", low + halted.start(), low + halted.end())
    if interval and vocabulary().regex("interval.not-actual").search(label) is not None:
        return Hit("ignore", "span", low, low + len(label))
    if interval and (both := vocabulary().regex("interval.came-and-went").search(label)) is not None:
        return Hit("attend", "span", low + both.start(), low + both.end())
    if not interval and (named := of_field_name(label)) is not None:
        return Hit(*named, low, low + len(label.rstrip()))
    if label.rstrip().endswith("__"):
        return None  # 'Monitoring start: ____' beside 'stop: 11:40': the form's line is left empty
    bare = BRACKETS.sub(blank, label)
    if not interval and (edge := _EDGE.search(bare)) is not None:
        return _of_edge(bare[: edge.start(1)], low, "start" if edge["from"] else "end")
    hits = label_hits(bare, low) or label_hits(label, low)
    if hits and not any(hit.kind in _OWN for hit in hits) and (held := _part_in_brackets(label, low)):
        hits = held
    if hits and hits[0].kind == "mapping" and any(h.kind == "monitoring" for h in hits[1:]):
        return hits[0]  # 'Functional mapping (within monitoring)'
    hit = nearest(hits, high)
    if not interval and hit is not None and hit.kind in STAGES and (edge := _BRACKETED.search(label)) is not None:
        return replace(hit, phase="start" if edge["from"] else "end")  # 'Electrodes applied (start)'
    if (
        len(hits) > 1
        and hits[0].kind == "monitoring"
        and all(h.kind in ("attend", "professional") and h.phase != "end" for h in hits[1:])
    ):
        return replace(hits[0], kind="attend-monitored") if interval and hits[0].phase == "span" else hits[0]
    if hit is not None and interval and hit.kind == "professional" and _UNHOOKED.search(bare) and not names_professional(bare):
        return replace(hit, kind="removal", phase="span")  # 'Tube electrode disconnected | 09:50 | 09:54'
    lost = hit is not None and (hit.kind, hit.phase) == ("professional", "end") and _of_a_connection(label)
    if hit is not None and interval and (lost or (hit.kind, hit.phase) == ("monitoring", "end")):
        return replace(hit, kind="interruption", phase="span")  # what stops from one time to another goes on behind it
    if hit is not None and interval and hit.kind == "attend-monitored" and not names_professional(label):
        return replace(hit, kind="monitoring")  # 'Patient monitored | 7:45 | 10:52'
    return hit


_OWN = PARTS | {"attend", "attend-monitored", "professional", "mapping"}
"""What a label says by itself, whatever its brackets hold: 'Physician in (monitoring)'."""


def _part_in_brackets(label: str, low: int) -> list[Hit]:
    """What a label is of where its brackets name a part of the day and nothing else: 'Time in (IOM)' is no patient's coming in."""
    for held in BRACKETS.finditer(label):
        inner = held.group()[1:-1].strip()
        if any(hit.kind in STAGES and hit.end - hit.start == len(inner) for hit in label_hits(inner, 0)):
            return [hit for hit in label_hits(label, low) if hit.kind in STAGES]
    return []


_UNHOOKED = re.compile(
    r"\b(?:electrodes?|leads?|needles?|tube)\s+(?:\w+\s+)?(?:disconnected|unhooked|unplugged|detached)\b", re.I
)


def _of_a_connection(label: str) -> bool:
    """Whether a label is of a connection, and of no reader's: 'Connection lost', but not 'My connection dropped from'."""
    return vocabulary().regex("interval.connection").search(label) is not None and not names_professional(label)


def _of_edge(label: str, low: int, phase: Phase) -> Hit | None:
    """What a label says its one time is of whose last word is 'from' or 'to'."""
    hit = nearest(label_hits(label, low), low + len(label))
    if hit is None and vocabulary().regex("interval.halted").fullmatch(label) is not None:
        return Hit("interruption", phase, low, low + len(label))
    if hit is None or (hit.kind not in STAGES and hit.kind != "attend-monitored"):
        return hit
    return replace(hit, kind="monitoring" if hit.kind == "attend-monitored" else hit.kind, phase=phase)


_CAME = re.compile(r"[\s:]+(?:in|on|start(?:ed)?|began|begin|@)[\s:@]*$", re.I)
_COUNT = re.compile(r"(?<=[a-z)])\s*:\s*(?:\d{1,2}|one|two|three)\s*(?:x|times?)?$", re.I)
"""How many intervals a label has, before the first of them."""
_SHORT = 12
"""Characters of a label that holds no second label behind a colon."""
_LABEL = 44
"""Characters of the longest label before an interval."""


def interval_label(left: str, left_start: int, chosen: list[Hit]) -> list[Hit]:
    """What a label of a few words before an interval says it is of, where the patterns know none: 'Mon. 0808-1332', 'Halted 10:01-10:21'."""
    bare = left.strip(" \t,;:/|•·–—-(@")
    bare = _CAME.sub("", bare) or bare  # 'Break: in 09:20 out 09:31'
    if (count := _COUNT.search(bare)) is not None:
        bare = bare[: count.start()].rstrip(" :.")  # 'Interruptions: 1 (09:50 / 10:01)'
    if len(bare) > _SHORT and ":" in bare and not chosen:
        bare = bare.rpartition(":")[2].strip()  # 'Chronology taken from her log: electrodes', 'Svc times: S/U'
    low = left_start + left.rindex(bare)
    if [h.kind for h in chosen] == ["monitoring"] and vocabulary().regex("interval.halted").fullmatch(bare) is not None:
        return [Hit("interruption", "span", low, low + len(bare))]  # 'Out of monitoring: 09:10-09:25, leads unplugged'
    if not 1 < len(bare) <= _LABEL or any(h.kind not in ("signals", "professional", "setup", "removal") for h in chosen):
        return []
    named = of_label(bare, low, low + len(bare), interval=True)
    if named is not None and named.kind == "attend" and vocabulary().regex("interval.came-and-went").search(bare):
        return [named]
    if named is None or named.kind not in PARTS or (chosen and named.kind != "interruption"):
        return []
    return [named] if not names_professional(bare) else []


_NUMBERED = re.compile(r"\W*(?:\d{1,3}[a-z]?[.):\]]*\s+)?")


def one_time_label(left: str, left_start: int, chosen: list[Hit]) -> list[Hit]:
    """The beginning or end that a label of a few words before one time names: '[9] Unhooking patient - 12:41'."""
    head = _NUMBERED.match(left)
    skip = head.end() if head else 0
    bare = left[skip:].rstrip(" \t,;:/|•·–—-(=.")
    if (
        not 1 < len(bare) <= _LABEL
        or any(h.kind not in PARTS and h.kind != "signals" for h in chosen)
        or names_professional(bare)
    ):
        return []
    low = left_start + skip
    named = of_label(bare, low, low + len(bare))
    if named is None or named.kind not in PARTS or named.phase not in ("start", "end"):
        return []
    return [named] if all(h.phase == "span" or h.kind == named.kind for h in chosen) else []
