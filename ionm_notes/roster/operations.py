"""Puts reports of one operation together, so that no case overlaps itself; read this for what counts as one operation.

Reports are of one operation where patient (name and a second identifier), day and time agree; where one of them does not tell
the patient, only if day, monitoring to the minute and all people agree, as in two copies of one report. Of reports by the same
professionals the one stored last counts, as a later version; reports by different professionals count together.
"""

from __future__ import annotations

from collections.abc import Iterable

from ionm_notes.roster.load import same_name
from ionm_notes.roster.model import Operation, Report


def operations(reports: Iterable[Report]) -> tuple[Operation, ...]:
    """The operations in order of their first document."""
    groups: list[list[Report]] = []
    by_day: dict[object, list[list[Report]]] = {}
    for report in sorted(reports, key=lambda one: one.document):
        near = by_day.setdefault(report.day, []) if report.day else []
        group = next((found for found in near if any(_together(one, report) for one in found)), None)
        if group is None:
            group = []
            groups.append(group)
            near.append(group)
        group.append(report)
    return tuple(_operation(number, group) for number, group in enumerate(groups))


def _together(one: Report, other: Report) -> bool:
    if not one.patient or not other.patient:
        return one.monitoring is not None and (one.monitoring, _team(one)) == (other.monitoring, _team(other))
    if one.patient != other.patient:
        return False
    if one.monitoring is None or other.monitoring is None:
        return True
    return max(one.monitoring[0], other.monitoring[0]) < min(one.monitoring[1], other.monitoring[1])


def _team(report: Report) -> frozenset[tuple[str, str]]:
    return frozenset((person.name, person.role) for person in report.people)


def _operation(number: int, group: list[Report]) -> Operation:
    kept: list[Report] = []
    older: list[Report] = []
    for report in reversed(group):
        (older if any(_same_readers(report, later) for later in kept) else kept).append(report)
    return Operation(number, tuple(reversed(kept)), tuple(reversed(older)))


def _same_readers(one: Report, other: Report) -> bool:
    mine, theirs = ([p.name for p in report.people if p.role == "professional"] for report in (one, other))
    return all(any(same_name(a, b) for b in theirs) for a in mine) and all(any(same_name(a, b) for b in mine) for a in theirs)
