"""Relief in the middle of a case: who handed over to whom, a stretch without any technologist, a reader's hand-off unread.

A hand-off of the professional is read with the attendance (`read/attendance`). Where a line tells of one and the attendance
knows nothing of it, the minutes of the first would be billed for the second: that is a conflict, which holds the time codes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ionm_notes.ingest.evidence import evidence
from ionm_notes.read.clock import find_clocks
from ionm_notes.read.hand_off import hand_off
from ionm_notes.read.names import Name, names_in, same_person, surname
from ionm_notes.read.persons import is_professional
from ionm_notes.read.vocabulary import vocabulary
from ionm_notes.types import Case, Document, Line, PacketNote, Person, TimeConflict

_CLAUSE_END = re.compile(r";|(?<!\b[A-Z])\.\s")
"""Between statements of a line; the point behind an initial ends none."""
_AHEAD = 80
"""Characters behind the words of a hand-off within which its name stands."""
_LONGEST_GAP = 120
"""Minutes: a longer stretch is the end of a shift and none of this case."""
_DAY = 24 * 60


@dataclass(frozen=True, slots=True)
class _Passage:
    """A technologist coming to the room or leaving it, at a minute of the clock."""

    minute: int
    who: str
    line: Line
    comes: bool


def relief_notes(document: Document, case: Case) -> Iterator[PacketNote]:
    """Each line that tells of a change of technologists, where the record names two or more of them."""
    people = case.encounter.technologists
    if len(people) < 2:
        return
    regex = vocabulary().regex("relief.technologist")
    for line in _lines(document):
        named = _named(people, line.text)
        if not named or not regex.search(line.text):
            continue
        clock = next(iter(find_clocks(line.text)), None)
        when = f" at {line.text[clock.start : clock.end]}" if clock else ""
        others = [p.name for p in people if p.name not in named]
        who = " and ".join(named) if len(named) > 1 or not others else f"{named[0]} (also named: {', '.join(others)})"
        message = f"The technologist changed{when}: {who}"
        yield PacketNote("technologist-relief", message, (evidence(line, 0, len(line.text)),))


def technologist_gaps(document: Document, case: Case) -> Iterator[PacketNote]:
    """A stretch between the leaving of one technologist and the coming of the next, as the record's own clock times give it."""
    people = case.encounter.technologists
    passages = list(_passages(document, people)) if len(people) > 1 else []
    told = set()
    for gone in passages:
        after = [one for one in passages if one.comes and not gone.comes and not same_person(one.who, gone.who)]
        waits = [(one.minute - gone.minute) % _DAY for one in after]
        if not after or any(wait == 0 or wait > _DAY // 2 for wait in waits):
            continue  # nobody came, or the relief was there before the first one left
        wait, came = min(zip(waits, after, strict=True), key=lambda pair: pair[0])
        if wait > _LONGEST_GAP or (gone.minute, came.minute) in told:
            continue
        told.add((gone.minute, came.minute))
        when = f"{gone.who} left at {_shown(gone.minute)}, {came.who} came at {_shown(came.minute)}"
        spots = tuple(evidence(one, 0, len(one.text)) for one in dict.fromkeys((gone.line, came.line)))
        yield PacketNote("technologist-relief", f"No technologist is named for {wait} min: {when}", spots, "warning")


def _passages(document: Document, people: Sequence[Person]) -> Iterator[_Passage]:
    """The clauses that bring one technologist by name, a clock time, and words of coming or leaving together."""
    leaves, comes = vocabulary().regex("relief.leaves"), vocabulary().regex("relief.comes")
    for line in _lines(document):
        for clause in _CLAUSE_END.split(line.text):
            named = _named(people, clause)
            if len(named) != 1:
                continue
            left = leaves.search(clause) is not None
            if (left or comes.search(clause)) and (clocks := find_clocks(clause)):
                yield _Passage(clocks[0].minute % _DAY, named[0], line, not left)


def unread_handoffs(document: Document, case: Case) -> Iterator[TimeConflict]:
    """The first hand-off to a professional of whom the attendance knows nothing, although it counts on beyond the hand-off."""
    known = [entry.professional for entry in case.attendance if entry.professional]
    ends = {entry.end.hour * 60 + entry.end.minute for entry in case.attendance if entry.end}
    takes_over, second_reader = vocabulary().regex("relief.technologist"), vocabulary().regex("relief.second-reader")
    lines = list(_lines(document)) if case.attendance else []
    whole = "\n".join(line.text for line in lines)
    if takes_over.search(whole) is None and second_reader.search(whole) is None:
        return
    for line in lines:
        told, second = hand_off(line.text), second_reader.search(line.text)
        if told is None and second is None:
            continue
        clocks = find_clocks(line.text)
        match = told or (second if clocks else None)
        if match is None or (clocks and clocks[0].minute % _DAY in ends):
            continue
        for name in names_in(line.text, match.end(), min(len(line.text), match.end() + _AHEAD)):
            if _never_saw(line.text[name.end :], name):
                continue
            if _reads(name, case) and not any(same_person(name.name, other) for other in known):
                why = "the line tells of a hand-off, and no minutes are read for who took over"
                first = known[0] if known else "one professional"
                yield TimeConflict("who watched", first, name.name, why, (evidence(line, 0, len(line.text)),))
                return


def _never_saw(behind: str, name: Name) -> bool:
    """Whether the words behind a hand-over say of its taker that he or she saw nothing: 'Dr. Roth's note: unable to connect'."""
    again = re.search(rf"\b{re.escape(surname(name.name))}\b", behind, re.I)
    return again is not None and vocabulary().regex("coverage.never-saw").search(behind[again.end() :]) is not None


def _reads(name: Name, case: Case) -> bool:
    """Whether a name is that of a professional who may have watched: no surgeon, no anesthetist, no technologist."""
    seen = case.encounter
    others = [seen.surgeon, seen.anesthesia_provider, *seen.technologists]
    if any(person is not None and same_person(person.name, name.name) for person in others):
        return False
    return is_professional(name.credentials) or name.title.lower().startswith("d")


def _lines(document: Document) -> Iterator[Line]:
    """Lines and table rows; what runs along the heads and feet of pages tells of no event."""
    return (line for page in document.pages for line in page.lines if line.kind in ("text", "row"))


def _named(people: Sequence[Person], text: str) -> list[str]:
    return [p.name for p in people if re.search(rf"\b{re.escape(surname(p.name))}\b", text, re.I)]


def _shown(minute: int) -> str:
    return f"{minute // 60:02d}:{minute % 60:02d}"
