"""Hand-offs between professionals of one case: minutes between them that nobody attended, or that both did."""

from __future__ import annotations

from collections.abc import Iterator

from ionm_notes.roster.checks.making import clock, counted, finding
from ionm_notes.roster.model import Minutes, Operation, Person, Quote, RosterFinding
from ionm_notes.roster.scene import Scene

Spell = tuple[int, int, Person]


def handoffs(scene: Scene) -> Iterator[RosterFinding]:
    """Holes and overlaps where different professionals attended one operation after another, over all its reports."""
    for operation in scene.operations:
        spells = sorted(_spells(scene, operation), key=lambda spell: (spell[0], spell[1], spell[2].id))
        if len({person.id for _, _, person in spells}) > 1:
            yield from _holes(operation, spells)
            yield from _doubled(operation, spells)


def _spells(scene: Scene, operation: Operation) -> Iterator[Spell]:
    for report in operation.reports:
        for spell in report.attended:
            person = scene.person(report, spell.name, "professional")
            if person is not None:
                yield spell.start, spell.end, person


def _holes(operation: Operation, spells: list[Spell]) -> Iterator[RosterFinding]:
    reached, before = spells[0][1], spells[0][2]
    for start, end, person in spells[1:]:
        missing = _left_open(operation, reached, start)
        if start > reached and person.id != before.id and missing:
            between = f"{before.name} and {person.name}, {clock(reached, start)}"
            message = f"Nobody attended for {counted(missing, 'minute')} between {between}"
            yield finding("handoff-hole", before, (reached, start), [operation], message, _stated(operation))
        if end >= reached:
            reached, before = end, person


def _stated(operation: Operation) -> Iterator[Quote]:
    return (quote for report in operation.reports for spell in report.attended for quote in spell.quotes)


def _left_open(operation: Operation, start: int, end: int) -> int:
    """Monitored minutes between two moments that are no stated interruption."""
    windows = [report.monitoring for report in operation.reports if report.monitoring]
    pauses = [pause for report in operation.reports for pause in report.pauses]
    return sum(_within(minute, windows) and not _within(minute, pauses) for minute in range(start, end))


def _within(minute: int, spans: list[Minutes]) -> bool:
    return any(start <= minute < end for start, end in spans)


def _doubled(operation: Operation, spells: list[Spell]) -> Iterator[RosterFinding]:
    for number, (start, end, person) in enumerate(spells):
        for later, until, other in spells[number + 1 :]:
            if later < end and other.id != person.id and later < until:
                both = (max(start, later), min(end, until))
                message = (
                    f"{person.name} and {other.name} both attended from {clock(*both)}, {counted(both[1] - both[0], 'minute')}"
                )
                yield finding("handoff-overlap", person, both, [operation], message, _stated(operation))
