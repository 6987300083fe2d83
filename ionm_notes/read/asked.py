"""What a form states where it asks: the ticked number of cases followed at once, and the way of communication it names."""

from __future__ import annotations

import re

from ionm_notes.read.boxes import BOX
from ionm_notes.read.fields import Fields
from ionm_notes.read.reading import Reading
from ionm_notes.read.said import Said

_COUNT_ASKED = re.compile(
    r"\b(?:cases?|patients?|rooms?)\b[^:\n]{0,60}\b(?:same\s+time|at\s+once|simultaneous\w*|concurrent\w*|open|followed|in\s+parallel)\b[^:\n]{0,40}:"
    r"|\b(?:concurrent|simultaneous)\s+(?:cases|patients)\b[^:\n]{0,40}:",
    re.I,
)
_CHOSEN_NUMBER = re.compile(r"\s*(\d{1,2}|none|zero|one|two|three|four|more)\b", re.I)


def ticked_counts(reading: Reading) -> list[Said]:
    """Where a form asks how many cases were followed at once and offers numbers with boxes: what the ticked number says.

    'Cases followed at the same time, this one included: ☐ 1 ☐ 2 ☒ 3'. A one that may not count this case says nothing.
    """
    found = []
    for unit in reading.units:
        text = reading.unit_text(unit)
        asked = _COUNT_ASKED.search(text) if unit.kind != "running" and BOX.search(text) else None
        if asked is None:
            continue
        ticked = [m for m in BOX.finditer(text, asked.end()) if m["on"]]
        number = _CHOSEN_NUMBER.match(text, ticked[0].end()) if len(ticked) == 1 else None
        if number is None:
            continue
        question = text[: asked.end()]
        one = number[1].lower() in ("1", "one")
        counts_this = re.search(r"\bthis\s+one\b|\binclud", text, re.I)
        if one and not counts_this and re.search(r"\b(?:concurrent|simultaneous)\b", question, re.I):
            continue
        of_others = not counts_this and re.search(r"\b(?:other|additional)\b", question, re.I)
        alone = number[1].lower() in ("0", "none", "zero") if of_others else one
        low, high = unit.start + asked.start(), unit.start + number.end()
        found.append(Said("exclusive" if alone else "shared", low, high, unit, "", reading.evidence(low, high)))
    return found


_NO_LINK = re.compile(r"\W*(?:none|no\b|n/?a\b|nil|unknown|not\s|_{2,}|$)", re.I)


def answered_link(reading: Reading, fields: Fields) -> list[Said]:
    """What a form states where it asks for the way of communication, whatever it names, unless it says none or all is unticked."""
    found = []
    for item in fields.of("communication"):
        value, unit = item.value(reading), reading.unit_at(item.start)
        boxes = list(BOX.finditer(value))
        if unit is None or not value or _NO_LINK.match(value) or (boxes and not any(box["on"] for box in boxes)):
            continue
        found.append(Said("communication", item.low, item.high, unit, "", reading.evidence(item.start, item.high)))
    return found
