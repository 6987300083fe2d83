"""What a reading calls a spell of attendance, and the result of reading them all."""

from __future__ import annotations

from dataclasses import dataclass
from typing import get_args

from ionm_notes.read.attendance.watch_time import WatchTime
from ionm_notes.read.events import Event
from ionm_notes.types import Attendance, Mode, Proof, Span, TimeConflict, Tri


@dataclass(frozen=True, slots=True)
class Attended:
    """Attendance with what contradicts itself."""

    attendance: tuple[Attendance, ...]
    allocated: tuple[Span, ...]
    mode_conflict: Proof
    conflicts: tuple[TimeConflict, ...]
    exclusive: Tri
    exclusive_proof: Proof
    shared: tuple[Span, ...] = ()
    unread: Proof = ()
    """Sentences about the professional with an interval whose meaning could not be read."""


@dataclass(slots=True)
class Spell(WatchTime):
    """A stretch of attendance of one professional, with what tells it."""

    log: bool
    mode: str | None
    places: list[Event]
    sentence: tuple[int, int]
    exclusive: Tri = None
    """What a table of attendance says of this spell alone."""
    ledger: bool = False
    notes: tuple[tuple[int, int], ...] = ()
    """Footnotes from which a row of a table takes its place or its cases."""
    from_start: bool = False
    """It began when monitoring did: only its end is stated, and another spell goes on from there."""
    to_end: bool = False
    """It went on to the end of monitoring, in words."""
    load_unread: bool = False
    """A column of its table asks for other cases, and its words there were not understood."""
    listed: bool = False
    """It is told by a list of duty of which every word was understood: its rows say nothing beside."""
    live: bool = False
    """Its list says that the watch was live."""


def as_mode(value: str | None) -> Mode | None:
    """A mode of the contract, or None for any other word."""
    return next((mode for mode in get_args(Mode) if mode == value), None)


def one(a: Attendance, b: Attendance) -> bool:
    """Whether two rows can be of the same professional: equal names, or one unnamed."""
    return a.professional is None or b.professional is None or a.professional == b.professional
