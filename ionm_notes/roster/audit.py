"""Asks every question of the roster; read this for the whole of what the roster audit does. Pure.

A check that finds nothing says nothing; that is no proof that nothing is wrong, since only what the documents state is held
against itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from ionm_notes.roster.checks.handoff import handoffs
from ionm_notes.roster.checks.hours import impossible_day, units_per_hour
from ionm_notes.roster.checks.presence import presence
from ionm_notes.roster.checks.team import surgeon_monitors, technologist_two_rooms
from ionm_notes.roster.model import RosterFinding, Unclear
from ionm_notes.roster.scene import Scene

Check = Callable[[Scene], Iterator[RosterFinding]]
CHECKS: tuple[Check, ...] = (presence, units_per_hour, impossible_day, handoffs, technologist_two_rooms, surgeon_monitors)
_GRAVITY = {"error": 0, "warning": 1, "info": 2}


@dataclass(frozen=True, slots=True)
class Answer:
    """Findings in order, names that may be several persons, and how much was looked at: persons, operations, and spells of
    attendance that name nobody."""

    persons: int = 0
    operations: int = 0
    unnamed: int = 0
    findings: tuple[RosterFinding, ...] = ()
    unclear: tuple[Unclear, ...] = ()


def answer(scene: Scene) -> Answer:
    """The whole of a roster audit."""
    return Answer(len(scene.people.persons), len(scene.operations), scene.unnamed, audit_roster(scene), scene.people.unclear)


def audit_roster(scene: Scene) -> tuple[RosterFinding, ...]:
    """All findings, the gravest first, then by person and time."""
    return in_order(one for check in CHECKS for one in check(scene))


def in_order(found: Iterable[RosterFinding]) -> tuple[RosterFinding, ...]:
    """Findings in the order in which they are listed."""
    return tuple(sorted(found, key=lambda one: (_GRAVITY[one.severity], one.person, one.start or 0, one.kind, one.documents)))
