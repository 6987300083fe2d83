"""Units against the clock: more units than the hours hold, more hours than a day has."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from ionm_notes.roster.checks.making import clock, counted, finding, listed
from ionm_notes.roster.checks.presence import ALONE
from ionm_notes.roster.flow import place
from ionm_notes.roster.model import Operation, Person, RosterFinding
from ionm_notes.roster.scene import HOUR, Scene, Worked

DAY = 24 * HOUR


def units_per_hour(scene: Scene) -> Iterator[RosterFinding]:
    """Units of short time codes of one person, all patients together, that no arrangement fits into the clock hours.

    A case can place in an hour no more units than the minutes it has there begin (23 minutes begin two), and an hour takes
    no more than the policy says. Spells of 23, 23 and 14 minutes in one hour make 2, 2 and 1 units, of which four fit.
    """
    for id_, worked in scene.worked.items():
        person = scene.people.persons[id_]
        mine = {}
        for one in worked:
            claimed = _units(scene, person, one.operation)
            if claimed:
                mine[one.operation.number] = claimed
        parts = [one for one in worked if one.operation.number in mine]
        for group in _groups(parts):
            yield from _over(scene, person, group, mine)


def _over(
    scene: Scene, person: Person, worked: Sequence[Worked], claimed: Mapping[int, tuple[int, int, str]]
) -> Iterator[RosterFinding]:
    minutes: dict[tuple[int, int], int] = {}
    for one in worked:
        for hour, amount in _cut(one.start, one.end, HOUR):
            minutes[one.operation.number, hour] = minutes.get((one.operation.number, hour), 0) + amount
    numbers = {number for number, _ in minutes}
    per_hour = scene.limit([one.report for one in worked], "units-per-hour")
    units = {number: claimed[number][0] for number in numbers}
    at_most = {(number, hour): -(-amount // claimed[number][1]) for (number, hour), amount in minutes.items()}
    placing = place(units, {hour: per_hour for _, hour in minutes}, at_most)
    if placing.placed == sum(units.values()):
        return
    cases = {one.operation.number: one.operation for one in worked if one.operation.number in placing.cases}
    hours = sorted(placing.hours)
    elsewhere = {
        n: sum(most for (number, hour), most in at_most.items() if number == n and hour not in placing.hours) for n in cases
    }
    shares = [f"{cases[n].names} {units[n] - elsewhere[n]} of {counted(units[n], 'unit')}" for n in sorted(cases)]
    there = sum(units[n] - elsewhere[n] for n in cases)
    codes = listed(sorted({claimed[n][2] for n in cases}))
    span = (hours[0] * HOUR, hours[-1] * HOUR + HOUR)
    message = (
        f"{person.name}: at least {counted(there, 'unit')} of {codes} fall into {counted(len(hours), 'clock hour')} "
        f"({listed(shares)}), {clock(*span)}; {per_hour * len(hours)} fit at {per_hour} an hour"
    )
    yield finding("units-per-hour", person, span, cases.values(), message)


def _units(scene: Scene, person: Person, operation: Operation) -> tuple[int, int, str] | None:
    """Units of short codes that the operation's reports support for the person, minutes of one, and the code.

    Of several payers for which one document was judged, the one with the most units counts.
    """
    best: tuple[int, int, str] | None = None
    for report in operation.reports:
        for payer in report.payers:
            total, code = 0, None
            for line in report.suggested:
                known = scene.short_code(payer, line.code, report.day) if line.payer == payer else None
                whose = scene.person(report, line.name, "professional")
                if known is not None and whose is not None and whose.id == person.id:
                    total, code = total + line.units, known
            if code is not None and (best is None or total > best[0]):
                best = (total, code.minutes_per_unit, code.code)
    return best


def _groups(worked: Sequence[Worked]) -> Iterator[list[Worked]]:
    """Parts of a person's work that share no clock hour and no operation with one another."""
    group: list[Worked] = []
    last = -1
    ends: dict[int, int] = {}
    for one in worked:
        ends[one.operation.number] = max(ends.get(one.operation.number, 0), one.end)
    for one in sorted(worked, key=lambda one: one.start):
        if group and one.start // HOUR > last:
            yield group
            group = []
        group.append(one)
        last = max(last, (ends[one.operation.number] - 1) // HOUR)
    if group:
        yield group


def impossible_day(scene: Scene) -> Iterator[RosterFinding]:
    """Minutes of undivided attention of one calendar day that exceed the limit: the day itself, or the user's own."""
    most = scene.most_hours * HOUR if scene.most_hours else DAY
    for id_, worked in scene.worked.items():
        person = scene.people.persons[id_]
        days: dict[int, list[tuple[int, Operation]]] = {}
        for one in worked:
            for day, amount in _cut(one.start, one.end, DAY) if one.column in ALONE else ():
                days.setdefault(day, []).append((amount, one.operation))
        for day, parts in sorted(days.items()):
            total = sum(amount for amount, _ in parts)
            if total > most:
                cases = {operation.number: operation for _, operation in parts}
                message = (
                    f"{person.name}: {total // HOUR} h {total % HOUR:02d} min of undivided attention in one day "
                    f"({counted(len(cases), 'case')}); the limit is {most // HOUR} h"
                )
                yield finding("impossible-day", person, (day * DAY, day * DAY + DAY), cases.values(), message)


def _cut(start: int, end: int, length: int) -> Iterator[tuple[int, int]]:
    """The stretches of so many minutes (clock hours, days) that a span touches, each with its minutes there."""
    for number in range(start // length, -(-end // length)):
        yield number, min(end, (number + 1) * length) - max(start, number * length)
