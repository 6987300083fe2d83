"""Mode, exclusivity and liveness of a spell, from the statements that go with it."""

from __future__ import annotations

from ionm_notes.read.attendance.model import as_mode, one
from ionm_notes.read.boxes import each_ticked
from ionm_notes.read.events import Event
from ionm_notes.read.events.sharing import ALONE, OTHER
from ionm_notes.read.reading import Reading
from ionm_notes.read.supervision import Supervision
from ionm_notes.read.vocabulary import vocabulary
from ionm_notes.types import Attendance, Mode, Proof, Tri


def local_manner(
    reading: Reading, events: tuple[Event, ...], supervision: Supervision
) -> tuple[list[tuple[int, int, Event]], list[tuple[int, int, Event]], list[tuple[int, int, str]]]:
    """Intervals whose own clause says shared, exclusive, or a place."""
    shared: list[tuple[int, int, Event]] = []
    exclusive: list[tuple[int, int, Event]] = []
    modes: list[tuple[int, int, str]] = []
    for event in events:
        if event.last is None or event.kind in ("setup", "baseline", "removal", "interruption", "anesthesia"):
            continue
        if event.kind in (ALONE, OTHER):
            (exclusive if event.kind == ALONE else shared).append((event.first, event.last, event))
            continue
        low, high = event.clause
        for said in supervision.shared:
            if low <= said.start < high and event.kind not in ("monitoring",):
                shared.append((event.first, event.last, event))
                break
        for said in supervision.exclusive:
            if low <= said.start < high:
                exclusive.append((event.first, event.last, event))
                break
        for mode in supervision.modes:
            if low <= mode.start < high:
                modes.append((event.first, event.last, mode.what))
    return shared, exclusive, modes


def exclusive_of(
    reading: Reading,
    supervision: Supervision,
    shared_spans: list[tuple[int, int, Event]],
    exclusive_spans: list[tuple[int, int, Event]],
) -> tuple[Tri, Proof]:
    """Whether attendance was exclusive (True), shared (False) or unstated (None), with the statements it rests on."""
    parted = [event.clause for _, _, event in exclusive_spans if event.kind == ALONE]
    shared = supervision.shared
    # What is said of a part of the time alone is not said of the rest.
    alone = tuple(s for s in supervision.exclusive if not any(low <= s.start < high for low, high in parted))
    outside = [s for s in shared if not any(e.clause[0] <= s.start < e.clause[1] for _, _, e in shared_spans)]
    if shared and not outside and all(event.kind == OTHER for _, _, event in shared_spans) and not alone:
        return None, ()
    if shared and alone:
        if not outside and shared_spans:
            return True, tuple(s.evidence for s in alone[:1])
        return False, tuple(s.evidence for s in shared[:1])
    if shared:
        return False, tuple(s.evidence for s in shared[:1])
    if alone:
        return True, tuple(s.evidence for s in alone[:1])
    return None, ()


def global_mode(reading: Reading, supervision: Supervision) -> Mode:
    """The mode stated for the whole case; 'unstated' where the record is silent or says two things."""
    kinds = [m.what for m in supervision.modes]
    if "nearby" in kinds and "in_room" not in kinds:
        return "nearby"
    if not kinds:
        return "unstated"
    return "in_room" if kinds.count("in_room") > kinds.count("remote") else "remote" if "remote" in kinds else "in_room"


def mode_of(supervision: Supervision, who: str) -> Mode | None:
    """The mode stated for one named professional, or None."""
    own = [m.what for m in supervision.modes if m.who and m.who == who]
    return as_mode("nearby" if "nearby" in own else next(iter(own), None))


def both_modes(
    reading: Reading, supervision: Supervision, rows: list[Attendance], modes: set[str], mode_spans: list[tuple[int, int, str]]
) -> Proof:
    """Evidence that the same time is said to be in the room and remote."""
    if not {"in_room", "remote"} <= modes:
        return ()
    in_room = [m for m in supervision.modes if m.what == "in_room"]
    remote = [m for m in supervision.modes if m.what == "remote"]
    timed = [r for r in rows if r.start and r.end]
    rooms = [r for r in timed if r.mode == "in_room"]
    far = [r for r in timed if r.mode in ("remote", "nearby")]
    if rooms and far:
        clash = any(
            a.start < b.end and b.start < a.end
            for a in rooms
            for b in far
            if a.start and a.end and b.start and b.end and one(a, b)
        )
        return (in_room[0].evidence, remote[0].evidence) if clash else ()
    if len({r.professional for r in rows}) > 1 or len({m.who for m in in_room + remote if m.who}) > 1:
        return ()
    words = vocabulary()
    for room in in_room:
        # '[x] in operating room  [x] remote': both choices of one question, without spells that share them out
        both = [m for m in remote if m.unit == room.unit and not mode_spans and each_ticked(reading, m.unit, room.start, m.start)]
        if both:
            return (room.evidence, both[0].evidence)
    strong = [m for m in in_room if m.unit != remote[0].unit and words.regex("mode.stayed").search(m.evidence.text)]
    return (
        (strong[0].evidence, remote[0].evidence)
        if (strong and not mode_spans)
        or (
            strong
            and {m for _, _, m in mode_spans} == {"remote"}
            and any(words.regex("presence.throughout").search(m.evidence.text) for m in strong)
        )
        else ()
    )


def said_with(reading: Reading, row: Attendance, supervision: Supervision) -> Tri:
    """Where two places are claimed, exclusivity goes with the place it is said with, and with both where it is said with neither."""
    own = {m.unit.paragraph for m in supervision.modes if m.what == row.mode}
    others = {m.unit.paragraph for m in supervision.modes if m.what != row.mode}
    said = {e.unit.paragraph for e in supervision.exclusive}
    return True if said & own or said - others else None
