"""Relief of the technologist in the middle of a case: who handed over to whom, as the record says it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ionm_notes.ingest.evidence import evidence
from ionm_notes.read.people import surname
from ionm_notes.read.vocabulary import vocabulary
from ionm_notes.types import Case, Document, PacketNote

_CLOCK = re.compile(r"(?<![\d:])(?:[01]?\d|2[0-3]):?[0-5]\d(?![\d:])")


def relief_notes(document: Document, case: Case) -> Iterator[PacketNote]:
    """Each line that tells of a change of technologists, where the record names two or more of them."""
    people = case.encounter.technologists
    if len(people) < 2:
        return
    regex = vocabulary().regex("relief.technologist")
    for page in document.pages:
        for line in page.lines:
            match = regex.search(line.text)
            named = [p.name for p in people if re.search(rf"\b{re.escape(surname(p.name))}\b", line.text, re.I)]
            if match is None or not named or line.kind not in ("text", "row"):
                continue
            clock = _CLOCK.search(line.text)
            when = f" at {clock.group()}" if clock else ""
            others = [p.name for p in people if p.name not in named]
            who = " and ".join(named) if len(named) > 1 or not others else f"{named[0]} (also named: {', '.join(others)})"
            message = f"The technologist changed{when}: {who}"
            yield PacketNote("technologist-relief", message, (evidence(line, 0, len(line.text)),))
