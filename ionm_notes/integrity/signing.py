"""Signatures at impossible times, and signed reports that were stored again with other facts."""

from __future__ import annotations

from collections.abc import Iterator

from ionm_notes.integrity.kinds import KINDS
from ionm_notes.integrity.model import IntegrityFinding
from ionm_notes.roster.checks.making import documents
from ionm_notes.roster.concurrency import minute_of, moment_of
from ionm_notes.roster.model import Operation, Person, Report
from ionm_notes.roster.scene import Scene
from ionm_notes.types import Role

_ANYBODY: tuple[Role, ...] = ("professional", "technologist", "surgeon", "assistant", "anesthesia")


def signatures(scene: Scene) -> Iterator[IntegrityFinding]:
    """Signatures before the end of the case, of several patients in one minute, or from another operating room."""
    at: dict[tuple[str, int], list[Operation]] = {}
    for operation in scene.operations:
        for report in operation.reports:
            for signature in report.signed:
                if signature.moment is None:
                    continue
                minute = minute_of(signature.moment)
                if report.monitoring and minute < report.monitoring[1]:
                    ended = f"{moment_of(report.monitoring[1]):%H:%M on %Y-%m-%d}"
                    message = f"{signature.name} signed at {signature.moment:%H:%M on %Y-%m-%d}; monitoring ended at {ended}"
                    yield _finding("signed-before-end", [operation], signature.name, message)
                person = scene.person(report, signature.name, *_ANYBODY)
                if person is not None:
                    at.setdefault((person.id, minute), []).append(operation)
    for (id_, minute), found in sorted(at.items(), key=lambda item: (item[0][1], item[0][0])):
        yield from _of_one_minute(scene, scene.people.persons[id_], minute, found)


def _of_one_minute(scene: Scene, person: Person, minute: int, found: list[Operation]) -> Iterator[IntegrityFinding]:
    different = {operation.number: operation for operation in found}
    when = f"{moment_of(minute):%H:%M on %Y-%m-%d}"
    if len(different) > 1:
        message = f"{person.name} signed reports of {len(different)} patients at {when}"
        yield _finding("signed-same-minute", list(different.values()), person.name, message)
    for stay in scene.stays.get(person.id, ()):
        if stay.mode == "in_room" and stay.start <= minute < stay.end and stay.operation.number not in different:
            both = [*different.values(), stay.operation]
            message = f"{person.name} signed at {when} while in the operating room of {stay.report.name}"
            yield _finding("signed-while-in-room", both, person.name, message)


def versions(scene: Scene) -> Iterator[IntegrityFinding]:
    """Signed reports of which a later version, stored after them, states other times, people or minutes."""
    for operation in scene.operations:
        for older in operation.superseded:
            if not older.signed:
                continue
            later = next((one for one in operation.reports if _readers(one) == _readers(older)), operation.reports[-1])
            changed = list(_changed(older, later))
            if changed:
                names = (older.name, later.name)
                signed = f"{older.signed[0].name} signed {older.name} on {older.signed[0].day.isoformat()}"
                message = f"{signed}; {later.name} says otherwise: {'; '.join(changed)}"
                severity = KINDS["changed-after-signing"].severity
                yield IntegrityFinding("changed-after-signing", severity, names, older.signed[0].name, message)


def _changed(older: Report, later: Report) -> Iterator[str]:
    """The facts that differ, in words."""
    for what, was, now in (
        ("monitoring", _window(older), _window(later)),
        ("counted minutes", _minutes(older), _minutes(later)),
        ("people", _people(older), _people(later)),
        ("place", older.facility, later.facility),
    ):
        if was != now:
            yield f"{what} {was or 'not stated'}, now {now or 'not stated'}"


def _window(report: Report) -> str:
    return " to ".join(f"{moment_of(edge):%H:%M}" for edge in report.monitoring) if report.monitoring else ""


def _minutes(report: Report) -> str:
    total: dict[str, int] = {}
    for one in report.counted:
        total[one.column] = total.get(one.column, 0) + one.end - one.start
    return ", ".join(f"{column} {minutes}" for column, minutes in sorted(total.items()))


def _people(report: Report) -> str:
    return ", ".join(sorted(f"{person.name} ({person.role})" for person in report.people))


def _readers(report: Report) -> frozenset[str]:
    return frozenset(person.name for person in report.people if person.role == "professional")


def _finding(kind: str, operations: list[Operation], person: str, message: str) -> IntegrityFinding:
    return IntegrityFinding(kind, KINDS[kind].severity, documents(operations), person, message)
