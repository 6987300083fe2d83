"""Where a form asks for the technologist's time in the operating room and is answered by the whole of it, in any layout."""

from __future__ import annotations

from ionm_notes.read.beside import Cells, beside
from ionm_notes.read.reading import Reading
from ionm_notes.read.said import Said
from ionm_notes.read.vocabulary import vocabulary


def answered_presence(reading: Reading) -> tuple[Said, ...]:
    """What stands with the label, if it says the whole case: 'In-OR technical coverage: uninterrupted'."""
    words, text = vocabulary(), reading.text
    whole, cells = words.regex("presence.whole"), None
    for match in reading.matches(words.patterns["presence.label"]):
        unit = reading.unit_at(match.start())
        if unit is None or unit.kind == "running":
            continue
        cells = cells or Cells(text)
        ends = cells

        def value(low: int, high: int, ends: Cells = ends) -> tuple[int, int] | None:
            stop = max(high, ends.at(low).end) if low < len(text) else high
            found = whole.match(text[low:stop])
            return (low, low + found.end()) if found else None

        if told := beside(cells, match.start(), match.end(), value):
            low, high = min(match.start(), told[0]), max(match.end(), told[1])
            return (Said("presence", low, high, unit, "", reading.evidence(low, high)),)
    return ()
