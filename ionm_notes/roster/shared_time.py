"""Draws from the roster the remote time that may be allocated; read this for which minutes are free to be given.

Free are counted remote minutes of operations whose payer takes a short code for undivided remote attention. Not free are
minutes in which the same person was in the room of another case, or which another record gives to its own patient alone.
Patients whose payer takes hourly codes are given nothing, and their claims are not looked at; since exclusivity counts the
patients of every payer, that is for the reviewer to weigh.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ionm_notes.roster.allocation import UnitRule, Window, groups
from ionm_notes.roster.load import without
from ionm_notes.roster.model import Operation, Person
from ionm_notes.roster.scene import HOUR, Scene, Stay, Worked
from ionm_notes.types import Column

REMOTE: frozenset[Column] = frozenset({"remote_exclusive", "remote_shared", "remote_unstated"})


@dataclass(frozen=True, slots=True)
class Task:
    """One group of overlapping cases of one person, with the rule of their code; cases by the operation's number."""

    person: Person
    windows: tuple[Window, ...]
    rule: UnitRule
    code: str
    operations: dict[int, Operation]


def tasks(scene: Scene) -> Iterator[Task]:
    """What may be allocated, by person and time. Cases of codes with different rules are not mixed."""
    for id_, worked in scene.worked.items():
        by_rule: dict[tuple[str, UnitRule], list[Worked]] = {}
        for one in worked:
            if one.column in REMOTE and (known := _rule(scene, one)):
                by_rule.setdefault(known, []).append(one)
        for (code, rule), mine in sorted(by_rule.items(), key=lambda item: item[0][0]):
            for group in groups(_free(mine, worked, scene.stays.get(id_, ()))):
                numbers = {window.case for window in group}
                operations = {one.operation.number: one.operation for one in mine if one.operation.number in numbers}
                yield Task(scene.people.persons[id_], group, rule, code, operations)


def _rule(scene: Scene, one: Worked) -> tuple[str, UnitRule] | None:
    """The short code of undivided remote time for the first payer of the report that takes one."""
    for payer in one.report.payers:
        policy = scene.policy_of(payer, one.report.day)
        code = policy.time_code("remote_exclusive")
        if code is not None and scene.short_code(payer, code.code, one.report.day):
            per_hour = policy.limit("units-per-hour")
            return code.code, UnitRule(code.minutes_per_unit, code.minimum, code.remainder, per_hour, HOUR)
    return None


def _free(mine: Sequence[Worked], worked: Sequence[Worked], stays: Sequence[Stay]) -> Iterator[Window]:
    for one in mine:
        taken = [(stay.start, stay.end) for stay in stays if stay.mode == "in_room" and _other(stay.operation, one)]
        taken += [span for other in worked if _other(other.operation, one) for span in other.report.allocated]
        for start, end in without((one.start, one.end), sorted(set(taken))):
            yield Window(one.operation.number, start, end)


def _other(operation: Operation, one: Worked) -> bool:
    return operation.number != one.operation.number
