"""What a record tells of attendance that no row accounts for: each makes a query, for a person has to look.

Times without a meaning, a second place, somebody who is not named, a colleague of whom nothing is read, an exception without times.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from datetime import date, datetime

from ionm_notes.read.attendance.told import Told
from ionm_notes.read.boxes import has_boxes, ticked
from ionm_notes.read.clock import LIKE_A_CLOCK
from ionm_notes.read.denials import denied_before
from ionm_notes.read.events import Times
from ionm_notes.read.expression import Expression
from ionm_notes.read.names import surname
from ionm_notes.read.people import Cast
from ionm_notes.read.reading import Reading, Unit
from ionm_notes.read.said import Said
from ionm_notes.read.segments import at
from ionm_notes.read.supervision import Supervision
from ionm_notes.read.vocabulary import vocabulary
from ionm_notes.types import Attendance, Evidence, Proof, TimeConflict


def unread_times(
    reading: Reading, prose: Told, rows: list[Attendance], day: date, monitoring: tuple[datetime | None, datetime | None]
) -> Proof:
    """Sentences with an interval, a coming or a going that has no meaning and is none of those known.

    Hours of another matter than the watch have none, nor those of mapping within the watch, nor the span of several rows of one
    reader: 'Signed: Dr. B, 8:20-11:40' of rows from 8:20 to 9:47 and from 9:58 to 11:40.
    """
    known = {monitoring, *((row.start, row.end) for row in rows)}
    known |= {(a.start, b.end) for a in rows for b in rows if a.professional == b.professional and a.start and b.end}
    begin, end = monitoring
    if begin is not None and end is not None:  # the watch as far as it was of the monitoring
        known |= {(max(row.start, begin), min(row.end, end)) for row in rows if row.start and row.end}
    bounds = {bound.time() for pair in known for bound in pair if bound is not None}
    gaps = {(a.end.time(), b.start.time()) for a in rows for b in rows if a.end and b.start and a.end < b.start}
    hands = {(low.time(), high.time()) for low, high in known if low and high}  # a night's hours may be told beside another day
    words = vocabulary()
    mapping, watching = words.regex("hours.of-mapping"), words.regex("hours.watching")
    others = (words.regex("hours.other-matter"), words.regex("hours.other-time"))
    everything = words.regex("event.from-first-to-last")

    def told(unit: Unit, first: int, last: int) -> bool:
        low, high = at(day, first), at(day, last)
        if first == last:
            return low.time() in bounds
        text = reading.unit_text(unit)
        if (low.time(), high.time()) in hands or (low.time(), high.time()) in gaps or everything.search(text) is not None:
            return True  # 'Pryce was called away 00:52; Soong could not get on until 01:05'
        if watching.search(text) is None and any(other.search(text) for other in others):
            return True
        inside = any(row.start and row.end and row.start <= low and high <= row.end for row in rows)
        return inside and mapping.search(text) is not None

    return tuple(reading.evidence(unit.start, unit.end) for unit, first, last in prose.unread if not told(unit, first, last))


def bare_hours(reading: Reading, times: Times, supervision: Supervision) -> Proof:
    """Statements of the professional's place, or of sole attention, with hours that are no clock times: 'in the room from 8 to 10, remote from 10 to 12'."""
    hours = vocabulary().regex("whereabouts.bare-hours")
    return tuple(
        reading.evidence(said.unit.start, said.unit.end)
        for said in (*supervision.modes, *supervision.exclusive)
        if not times.within(said.unit.start, said.unit.end)
        and hours.search(reading.text, said.unit.start, said.unit.end) is not None
    )[:1]


def parts_untold(reading: Reading, supervision: Supervision, rows: list[Attendance], told: Collection[int]) -> Proof:
    """Statements of a part of the watch whose times were not read, where attendance is taken for the whole case.

    'Until the decompression I read live from home', 'for the first hour in the room'. `told`: where the statements begin that gave spells.
    """
    if not any(row.whole_case for row in rows):
        return ()
    part = vocabulary().regex("parcel.part")
    return tuple(
        said.evidence
        for said in (*supervision.modes, *supervision.live)
        if said.unit.kind == "sentence" and said.unit.start not in told and _of_a_part(reading, said, part)
    )[:1]


def _of_a_part(reading: Reading, said: Said, part: Expression) -> bool:
    """Whether a statement is of a part: not 'from incision to closure', nor one that says beside it that the watch was of the whole."""
    low, high = said.unit.start, said.unit.end
    found = part.search(reading.text, low, high)
    words = vocabulary()
    if found is None or words.regex("presence.throughout").search(reading.text, low, high):
        return False
    if words.regex("parcel.whole-and-part").search(reading.text, low, high):
        return False
    begun = found.group().lower().startswith(("from", "since"))
    return not (begun and words.regex("parcel.to-the-end").search(reading.text, low, high))


def two_places(reading: Reading, supervision: Supervision, rows: list[Attendance], *, parted: bool = False) -> Proof:
    """Statements that place the one professional in the room and elsewhere, where attendance takes only one of the two.

    `parted`: intervals have places of their own, so that only a form's answer of no time speaks against them: 'Mode: in person'.
    """
    if supervision.shared or len({row.professional for row in rows}) != 1 or len({row.mode for row in rows}) != 1:
        return ()
    unused = vocabulary().regex("whereabouts.unused")
    modes = [m for m in supervision.modes if not parted or m.what == rows[0].mode or _answers(reading, m)]
    modes = [m for m in modes if unused.search(reading.text, m.unit.start, m.unit.end) is None]
    inside = [m for m in modes if m.what == "in_room"]
    house = vocabulary().regex("whereabouts.in-house")
    outside = [m for m in modes if m.what != "in_room" and not house.fullmatch(m.evidence.text.strip())]
    if not inside or not outside or inside[0].unit == outside[0].unit:
        return ()
    return (inside[0].evidence, outside[0].evidence)


def _answers(reading: Reading, said: Said) -> bool:
    """Whether a statement is the answer of a form, or what somebody else says: 'Technologist: Dr. Hale came to theatre at eight'."""
    text = reading.unit_text(said.unit)
    label = _LABEL.match(text) if said.who else None
    if label is not None and any(vocabulary().regex(f"subject.{one}").search(label.group()) for one in ("technologist", "other")):
        return True
    return len(text) <= _SHORT // 2 and (":" in text or "\t" in text or has_boxes(text)) and not text.rstrip().endswith(".")


_LABEL = re.compile(r"\W*[^\W\d][^:;.\n\t]{2,40}:\s")
"""By whom a statement is."""


def of_all(reading: Reading, supervision: Supervision, row: Attendance) -> bool:
    """Whether every statement of place is in the room or remote, and of no part of the time.

    The statement that gives the one row its times is of all of it. Near the room is elsewhere where both statements say that they are of
    the whole.
    """
    words = vocabulary()
    part, whole = words.regex("whereabouts.partly"), words.regex("whereabouts.wholly")
    own = [place.text for place in row.evidence if not row.whole_case]
    texts = [reading.unit_text(said.unit) for said in supervision.modes]
    kinds = {said.what for said in supervision.modes}
    if kinds == {"in_room", "nearby"}:
        return all(whole.search(text) for text in texts)
    return kinds == {"in_room", "remote"} and not any(
        part.search(text) and (LIKE_A_CLOCK.search(text) or not whole.search(text))
        for text in texts
        if not any(place in text for place in own)
    )


def nobody_placed(reading: Reading, supervision: Supervision, rows: list[Attendance], cast: Cast) -> Proof:
    """The first statement that places in the room somebody whom it does not name, where nobody is known to have been there.

    'was present in person in the operating room': its beginning may have been lost at a page's edge.
    """
    if not rows or any(row.mode == "in_room" for row in rows) or all(row.mode == "unstated" for row in rows):
        return ()
    words = vocabulary()
    room, presence, others = (words.regex(name) for name in ("mode.in_room", "whereabouts.presence", "subject.anybody"))
    known = {said.unit.start for said in (*supervision.modes, *supervision.presence)}
    names = [surname(person.name) for person in (*cast.technologists, *cast.surgeons, *cast.anesthesia)]
    for unit in reading.units:
        if unit.kind != "sentence" or unit.start in known or unit.end - unit.start > _SHORT:
            continue
        found = room.search(reading.text, unit.start, unit.end)
        if found is None or presence.search(reading.text, unit.start, unit.end) is None:
            continue
        if ticked(reading, unit, *found.span()) is False:
            continue
        low = reading.lower[unit.start : unit.end]
        if others.search(low) is None and not any(name in low for name in names):
            return (reading.evidence(unit.start, unit.end),)
    return ()


_SHORT = 160
"""Characters of the longest statement that may have lost the one it is about."""


def colleagues(rows: list[Attendance], cast: Cast, monitoring: tuple[datetime | None, datetime | None]) -> Proof:
    """Professionals with credentials of whom no row speaks, where the rows of others leave a part of monitoring unattended.

    'A sat in the room from 0815 to 1050, when B took her chair': the rest may be B's, in words that were not read.
    """
    begin, end = monitoring
    spans = sorted((row.start, row.end) for row in rows if row.start and row.end)
    if begin is None or end is None or not spans or len(spans) != len(rows) or any(row.professional is None for row in rows):
        return ()
    reached = begin
    for first, last in spans:
        if first > reached:
            break
        reached = max(reached, last)
    if reached >= end:
        return ()
    attended = {surname(row.professional) for row in rows if row.professional}
    others = [p for p in cast.professionals if p.credentials and surname(p.name) not in attended]
    return tuple(place for person in others for place in person.evidence[:1])


EXCEPT = re.compile(
    r"\b(?:except(?:ing)?(?:\s+(?:as|for|when|where|during|from))?|apart\s+from|aside\s+from|save\s+for|other\s+than\s+(?:a|an|the|brief|short))\b"
    r"[^.;\n]{0,60}",
    re.I,
)
"""An exception from what is said of the whole case: 'except as noted above'."""


def exceptions(reading: Reading, supervision: Supervision, parted: Collection[tuple[int, int]] = ()) -> list[TimeConflict]:
    """Attendance said of the whole case with an exception that no time fixes ('present except as noted above').

    `parted`: where sentences stand that say of the hours of an exception that others were watched in them.
    """
    for said in (*supervision.modes, *supervision.live):
        if any(low <= said.start < high for low, high in parted):
            continue
        found = EXCEPT.search(reading.text, said.unit.start, said.unit.end)
        if found:
            places = (reading.evidence(said.unit.start, said.unit.end),)
            why = "attendance has an exception whose times are not stated"
            return [TimeConflict("the professional's attendance", "the whole case", " ".join(found.group().split()), why, places)]
    return []


def loads_untold(
    reading: Reading,
    supervision: Supervision,
    rows: Sequence[Attendance],
    parted: Collection[tuple[int, int]],
    outside: Collection[int] = (),
) -> Proof:
    """Statements of sole attention beside another case that came or was over, where no row has it: of a part of the time alone, then.

    'My other case, a thyroid, was over by half past; after that this patient was all I had.' `parted`: where sentences stand whose loads
    were read; `outside`: where times stand at which the monitoring was over or had not begun ('her other case began at 15:00').
    """
    if not rows or any(row.exclusive is not True for row in rows):
        return ()
    words = vocabulary()
    others = [words.regex(name) for name in ("load.came", "load.over", "load.several")]
    found: list[Evidence] = []
    for said in supervision.exclusive:
        if said.unit.kind != "sentence" or any(low <= said.start < high for low, high in parted):
            continue
        at_unit = reading.index_of(said.unit)
        before = reading.units[at_unit - 1] if at_unit else said.unit
        beside = [before] if (before.kind, before.paragraph) == ("sentence", said.unit.paragraph) else []
        if any(_other_came_or_went(reading, unit, said, others, outside) for unit in (*beside, said.unit)):
            found.append(said.evidence)
    return tuple(found[:1])


def _other_came_or_went(reading: Reading, unit: Unit, said: Said, others: Sequence[Expression], outside: Collection[int]) -> bool:
    """Whether a sentence tells beside some words that another case came, ran or was over, and not somebody else's."""
    if vocabulary().regex("load.somebody-else").search(reading.text, unit.start, unit.end) is not None:
        return False
    return any(
        (match.end() <= said.start or said.end <= match.start())
        and not denied_before(reading.text, match.start(), unit.start)
        and not any(match.end() <= time < unit.end for time in outside)
        for other in others
        for match in other.finditer(reading.text, unit.start, unit.end)
    )
