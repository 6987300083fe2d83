"""The rest of the team: a technologist in two rooms, and members of the operating team who monitor."""

from __future__ import annotations

from collections.abc import Iterator

from ionm_notes.roster.checks.making import clock, documents, finding, listed
from ionm_notes.roster.concurrency import episodes
from ionm_notes.roster.model import Operation, Person, Report, RosterFinding
from ionm_notes.roster.scene import Scene
from ionm_notes.types import Role

OPERATORS: tuple[Role, ...] = ("surgeon", "assistant", "anesthesia")
Held = dict[str, list[tuple[int, int, Operation]]]
"""Monitored time of the operations in which each person took part."""


def technologist_two_rooms(scene: Scene) -> Iterator[RosterFinding]:
    """A technologist named alone in two operations whose monitoring overlaps.

    Where a report names two technologists, nobody can tell whose which minutes are, and nothing is claimed of them.
    """
    for id_, spans in _held(scene, ("technologist",), alone=True).items():
        person = scene.people.persons[id_]
        by_number = {operation.number: operation for _, _, operation in spans}
        for one in episodes([(start, end, operation.number) for start, end, operation in spans], 1):
            cases = [by_number[number] for number in one.cases if isinstance(number, int)]
            message = (
                f"{person.name} was the only technologist of {listed(documents(cases))} at once, {clock(one.start, one.end)}"
            )
            yield finding("technologist-two-rooms", person, (one.start, one.end), cases, message)


def surgeon_monitors(scene: Scene) -> Iterator[RosterFinding]:
    """Who operates, assists or gives the anesthetic also monitors: in this operation, or in another at the same time."""
    for operation in scene.operations:
        told = set()
        for person, how in _in_one(scene, operation):
            if person.id not in told:
                told.add(person.id)
                span = next((report.monitoring for report in operation.reports if report.monitoring), None)
                yield finding("surgeon-monitors", person, span, [operation], f"{person.name} {how}")
    operated = _held(scene, OPERATORS, alone=False)
    for id_, stays in scene.stays.items():
        person = scene.people.persons[id_]
        for start, end, theirs in operated.get(id_, ()):
            for stay in stays:
                both = (max(start, stay.start), min(end, stay.end))
                if stay.operation.number != theirs.number and both[0] < both[1]:
                    message = (
                        f"{person.name} monitored {stay.report.name} while taking part in the operation of {theirs.names}, "
                        f"{clock(*both)}"
                    )
                    yield finding("surgeon-monitors", person, both, [stay.operation, theirs], message)


def _in_one(scene: Scene, operation: Operation) -> Iterator[tuple[Person, str]]:
    """Members of the operating team who monitored this operation, and how that shows."""
    team = {
        person.id: person
        for report in operation.reports
        for named in report.people
        if named.role in OPERATORS and (person := scene.people.who(report.document, named))
    }
    for report in operation.reports:
        for spell in report.attended:
            person = scene.person(report, spell.name, "professional")
            if person is not None and person.id in team:
                yield person, "operated and monitored the same case"
        for signature in report.signed:
            person = scene.person(report, signature.name, *OPERATORS)
            if person is not None and not _reads(report, signature.name):
                yield person, "belongs to the operating team and signed the monitoring report"
        if report.operator_monitors:
            named_surgeon = next((one for one in report.people if one.role == "surgeon"), None)
            person = scene.people.who(report.document, named_surgeon) if named_surgeon else None
            if person is not None:
                yield person, "or another of the operating team monitored, as the report itself says"


def _reads(report: Report, name: str) -> bool:
    return any(one.role == "professional" and one.name == name for one in report.people)


def _held(scene: Scene, roles: tuple[Role, ...], alone: bool) -> Held:
    """Whose the monitored time of each operation is. `alone`: only of operations in which one person has the role."""
    held: Held = {}
    for operation in scene.operations:
        named = [(report, one) for report in operation.reports for one in report.people if one.role in roles]
        persons = {person.id for report, one in named if (person := scene.people.who(report.document, one))}
        windows = [report.monitoring for report in operation.reports if report.monitoring]
        clear = all(scene.people.who(report.document, one) for report, one in named)
        if not windows or (alone and (len(persons) != 1 or not clear)):
            continue
        span = (min(start for start, _ in windows), max(end for _, end in windows))
        for id_ in sorted(persons):
            held.setdefault(id_, []).append((*span, operation))
    return held
