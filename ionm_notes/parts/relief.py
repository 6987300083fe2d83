"""Relief in the middle of a case: who handed over to whom, a stretch without any technologist, a reader's hand-off unread.

A hand-off of the professional is read with the attendance (`read/attendance`). Where a line tells of one and the attendance
knows nothing of it, the minutes of the first would be billed for the second: that is a conflict, which holds the time codes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ionm_notes.ingest.evidence import evidence
from ionm_notes.read.people import Name, is_professional, names_in, same_person, surname
from ionm_notes.read.vocabulary import vocabulary
from ionm_notes.types import Case, Document, Line, PacketNote, TimeConflict

_CLOCK = re.compile(r"(?<![\d:])(?:[01]?\d|2[0-3]):?[0-5]\d(?![\d:])")
_CLAUSE_END = re.compile(r";|(?<!\b[A-Z])\.\s")
"""Between statements of a line; the point behind an initial ends none."""
_AHEAD = 80
"""Characters behind the words of a hand-off within which its name stands."""
_LONGEST_GAP = 120
"""Minutes: a longer stretch is the end of a shift and none of this case."""


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


def technologist_gaps(document: Document, case: Case) -> Iterator[PacketNote]:
    """A stretch between the leaving of one technologist and the coming of the next, as the record's own clock times give it."""
    words = vocabulary()
    left: list[tuple[int, str, Line]] = []
    came: list[tuple[int, str, Line]] = []
    for page in document.pages:
        for line in page.lines:
            for clause in _CLAUSE_END.split(line.text) if line.kind in ("text", "row") else ():
                clock = _CLOCK.search(clause)
                named = [
                    p.name for p in case.encounter.technologists if re.search(rf"\b{re.escape(surname(p.name))}\b", clause, re.I)
                ]
                if clock is None or len(named) != 1:
                    continue
                minute = _minute(clock.group())
                if words.regex("relief.leaves").search(clause):
                    left.append((minute, named[0], line))
                elif words.regex("relief.comes").search(clause):
                    came.append((minute, named[0], line))
    told = set()
    for gone, who, line in left:
        after = [(minute, name, other) for minute, name, other in came if not same_person(name, who)]
        if any(minute <= gone for minute, _, _ in after):
            continue  # the relief was there before the first one left
        following = min(after, default=None, key=lambda item: item[0])
        if following is None or following[0] - gone > _LONGEST_GAP or (gone, following[0]) in told:
            continue
        told.add((gone, following[0]))
        minutes = following[0] - gone
        when = f"{who} left at {_shown(gone)}, {following[1]} came at {_shown(following[0])}"
        message = f"No technologist is named for {minutes} min: {when}"
        spots = tuple(evidence(one, 0, len(one.text)) for one in dict.fromkeys((line, following[2])))
        yield PacketNote("technologist-relief", message, spots, "warning")


def unread_handoffs(document: Document, case: Case) -> Iterator[TimeConflict]:
    """A hand-off to a professional of whom the attendance knows nothing, although it counts on beyond the hand-off."""
    if not case.attendance:
        return
    known = [entry.professional for entry in case.attendance if entry.professional]
    ends = {f"{entry.end:%H:%M}" for entry in case.attendance if entry.end}
    for page in document.pages:
        for line in page.lines:
            match = _handed_over(line)
            if match is None or vocabulary().regex("relief.others").search(line.text):
                continue
            clock = _CLOCK.search(line.text)
            if clock is not None and _shown(_minute(clock.group())) in ends:
                continue
            for name in names_in(line.text, match.end(), min(len(line.text), match.end() + _AHEAD)):
                if _reads(name, case) and not any(same_person(name.name, other) for other in known):
                    why = "the line tells of a hand-off, and no minutes are read for who took over"
                    yield TimeConflict(
                        "who watched",
                        known[0] if known else "one professional",
                        name.name,
                        why,
                        (evidence(line, 0, len(line.text)),),
                    )
                    return


def _handed_over(line: Line) -> re.Match[str] | None:
    """Words by which a line tells of a hand-off, or names a second reader from some time on."""
    if line.kind not in ("text", "row"):
        return None
    words = vocabulary()
    second = words.regex("relief.second-reader").search(line.text) if _CLOCK.search(line.text) else None
    return words.regex("relief.technologist").search(line.text) or second


def _reads(name: Name, case: Case) -> bool:
    """Whether a name is that of a professional who may have watched: no surgeon, no anesthetist, no technologist."""
    seen = case.encounter
    others = [seen.surgeon, seen.anesthesia_provider, *seen.technologists]
    if any(person is not None and same_person(person.name, name.name) for person in others):
        return False
    return is_professional(name.credentials) or name.title.lower().startswith("d")


def _minute(clock: str) -> int:
    digits = clock.replace(":", "")
    return int(digits[:-2]) * 60 + int(digits[-2:])


def _shown(minute: int) -> str:
    return f"{minute // 60:02d}:{minute % 60:02d}"
