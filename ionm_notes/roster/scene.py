"""Joins operations and persons into what the checks walk over: each person's stays and counted minutes, and the limits.

Attendance that names nobody, or a name that is unclear, stands in no person's time; `Scene.unnamed` counts the former.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from ionm_notes.policy.api import Policy, TimeCode
from ionm_notes.roster.identity import Entry, People, identify
from ionm_notes.roster.load import same_name
from ionm_notes.roster.model import Named, Operation, Person, Quote, Report
from ionm_notes.roster.operations import operations
from ionm_notes.types import COLUMNS, Column, Mode, Role

PolicyOf = Callable[[str, date | None], Policy]
"""A payer's policy as of a day."""
HOUR = 60


@dataclass(frozen=True, slots=True)
class Stay:
    """A person's stay in an operation, as one report states it."""

    operation: Operation
    report: Report
    start: int
    end: int
    mode: Mode
    quotes: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class Worked:
    """A person's counted minutes in an operation."""

    operation: Operation
    report: Report
    start: int
    end: int
    column: Column


@dataclass(frozen=True, slots=True)
class Scene:
    """Everything the checks look at. `most_cases` and `most_hours` are the user's own limits, None where not given."""

    operations: tuple[Operation, ...]
    people: People
    stays: Mapping[str, tuple[Stay, ...]]
    worked: Mapping[str, tuple[Worked, ...]]
    unnamed: int
    policy_of: PolicyOf
    most_cases: int | None = None
    most_hours: int | None = None

    def person(self, report: Report, name: str | None, *roles: Role) -> Person | None:
        """Who a name in a report is, among people of these roles; None where it is unclear or nobody there."""
        named = named_in(report, name, *roles)
        return self.people.who(report.document, named) if named else None

    def limit(self, reports: Sequence[Report], name: str) -> int:
        """The strictest limit of that name among the payers of some reports."""
        return min(self.policy_of(payer, report.day).limit(name) for report in reports for payer in report.payers)

    def short_code(self, payer: str, code: str, day: date | None) -> TimeCode | None:
        """The time code, where so many of its units as a clock hour may hold fill no more than the hour; else None."""
        policy = self.policy_of(payer, day)
        per_hour = policy.limit("units-per-hour")
        found = (policy.time_code(column) for column in COLUMNS)
        return next((tc for tc in found if tc and tc.code == code and tc.minutes_per_unit * per_hour <= HOUR), None)


def scene(
    reports: Sequence[Report],
    policy_of: PolicyOf,
    entries: Sequence[Entry] = (),
    most_cases: int | None = None,
    most_hours: int | None = None,
) -> Scene:
    """What the checks look at, drawn from the reports of a store and the user's file of people, if any."""
    found = operations(reports)
    people = identify(found, entries)
    stays: dict[str, list[Stay]] = {}
    worked: dict[str, list[Worked]] = {}
    unnamed = 0
    for operation, report in _reports(found):
        for spell in report.attended:
            unnamed += spell.name is None
            person = _who(people, report, spell.name)
            if person is not None:
                stays.setdefault(person, []).append(Stay(operation, report, spell.start, spell.end, spell.mode, spell.quotes))
        for stretch in report.counted:
            person = _who(people, report, stretch.name)
            if person is not None:
                worked.setdefault(person, []).append(Worked(operation, report, stretch.start, stretch.end, stretch.column))
    return Scene(
        found,
        people,
        {person: tuple(theirs) for person, theirs in sorted(stays.items())},
        {person: tuple(theirs) for person, theirs in sorted(worked.items())},
        unnamed,
        policy_of,
        most_cases,
        most_hours,
    )


def named_in(report: Report, name: str | None, *roles: Role) -> Named | None:
    """The person of these roles whom a name in the report means; None where it is nobody or might be two of them."""
    if name is None:
        return None
    exact = [one for one in report.people if one.role in roles and one.name == name]
    near = exact or [one for one in report.people if one.role in roles and same_name(one.name, name)]
    return near[0] if len(near) == 1 else None


def _who(people: People, report: Report, name: str | None) -> str | None:
    named = named_in(report, name, "professional")
    person = people.who(report.document, named) if named else None
    return person.id if person else None


def _reports(found: Sequence[Operation]) -> Iterator[tuple[Operation, Report]]:
    return ((operation, report) for operation in found for report in operation.reports)
