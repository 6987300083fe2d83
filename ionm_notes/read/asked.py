"""What a form states where it asks for the way of communication."""

from __future__ import annotations

import re

from ionm_notes.read.boxes import BOX
from ionm_notes.read.fields import Fields
from ionm_notes.read.reading import Reading
from ionm_notes.read.said import Said

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
