"""Asks every question of the roster; read this for the whole of what the roster audit does. Pure.

A check that finds nothing says nothing; that is no proof that nothing is wrong, since only what the documents state is held
against itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ionm_notes.roster.checks.handoff import handoffs
from ionm_notes.roster.checks.hours import impossible_day, units_per_hour
from ionm_notes.roster.checks.presence import presence
from ionm_notes.roster.checks.team import surgeon_monitors, technologist_two_rooms
from ionm_notes.roster.model import RosterFinding
from ionm_notes.roster.scene import Scene

Check = Callable[[Scene], Iterator[RosterFinding]]
CHECKS: tuple[Check, ...] = (presence, units_per_hour, impossible_day, handoffs, technologist_two_rooms, surgeon_monitors)
_GRAVITY = {"error": 0, "warning": 1, "info": 2}


def audit_roster(scene: Scene) -> tuple[RosterFinding, ...]:
    """All findings, the gravest first, then by person and time."""
    found = [one for check in CHECKS for one in check(scene)]
    return tuple(sorted(found, key=lambda one: (_GRAVITY[one.severity], one.person, one.start or 0, one.kind, one.documents)))
