"""Where somebody was at once: undivided attention for two, two rooms, more cases than advised."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ionm_notes.roster.checks.making import clock, counted, documents, finding, listed, stated
from ionm_notes.roster.concurrency import Episode, episodes
from ionm_notes.roster.model import Operation, Person, RosterFinding
from ionm_notes.roster.scene import Scene, Stay, Worked
from ionm_notes.types import Column

ALONE: frozenset[Column] = frozenset({"remote_exclusive", "in_room"})
"""Columns whose minutes are said to be one patient's alone."""
SILENT: Column = "remote_unstated"


def presence(scene: Scene) -> Iterator[RosterFinding]:
    """Overlaps of each person's stays in different operations, and what they contradict."""
    for id_, stays in scene.stays.items():
        person = scene.people.persons[id_]
        twice = set()
        for start, end, cases in _two_places(stays):
            twice.add((start, end))
            message = f"{person.name} was in two places from {clock(start, end)}: {_where(cases)}"
            yield finding("two-places", person, (start, end), cases, message, stated(stays, (start, end)))
        for episode in episodes([(stay.start, stay.end, stay.operation.number) for stay in stays], 1):
            if (episode.start, episode.end) not in twice:
                yield from _overlap(person, episode, stays, scene.worked.get(id_, ()))
        yield from _many(scene, person, stays)


def _overlap(person: Person, episode: Episode, stays: Sequence[Stay], worked: Sequence[Worked]) -> Iterator[RosterFinding]:
    inside = [one for one in worked if one.start < episode.end and episode.start < one.end]
    broken = _operations(one.operation for one in inside if one.column in ALONE)
    silent = _operations(one.operation for one in inside if one.column == SILENT)
    kind, theirs = ("overlap", broken) if broken else ("overlap-unstated", silent)
    if not theirs:
        return
    cases = _operations(stay.operation for stay in stays if stay.operation.number in episode.cases)
    length = counted(episode.end - episode.start, "minute")
    said = "said to be undivided" if broken else "not said to be undivided or shared"
    message = (
        f"{person.name} attended {counted(len(cases), 'case')} ({episode.peak} at once) from "
        f"{clock(episode.start, episode.end)}, {length}; {said} in {listed(documents(theirs))}"
    )
    span = (episode.start, episode.end)
    yield finding(kind, person, span, cases, message, stated(stays, span))


def _two_places(stays: Sequence[Stay]) -> Iterator[tuple[int, int, list[Operation]]]:
    """In two operating rooms at once, or in a room of one facility and near one of another."""
    by_number = {stay.operation.number: stay.operation for stay in stays}
    rooms = [(stay.start, stay.end, stay.operation.number) for stay in stays if stay.mode == "in_room"]
    found = {(one.start, one.end): [by_number[n] for n in one.cases if isinstance(n, int)] for one in episodes(rooms, 1)}
    bodily = [stay for stay in stays if stay.mode in ("in_room", "nearby") and stay.report.facility]
    for one in episodes([(stay.start, stay.end, stay.report.facility.casefold()) for stay in bodily], 1):
        if not any(start < one.end and one.start < end for start, end in found):
            there = (stay.operation for stay in bodily if stay.start < one.end and one.start < stay.end)
            found[one.start, one.end] = _operations(there)
    for (start, end), cases in sorted(found.items(), key=lambda item: item[0]):
        yield start, end, cases


def _many(scene: Scene, person: Person, stays: Sequence[Stay]) -> Iterator[RosterFinding]:
    most = scene.most_cases or scene.limit([stay.report for stay in stays], "concurrent-cases")
    by_number = {stay.operation.number: stay.operation for stay in stays}
    for episode in episodes([(stay.start, stay.end, stay.operation.number) for stay in stays], most):
        cases = [by_number[number] for number in episode.cases if isinstance(number, int)]
        when = clock(episode.start, episode.end)
        message = f"{person.name} attended up to {episode.peak} cases at once from {when}; {most} is the limit"
        span = (episode.start, episode.end)
        yield finding("too-many-cases", person, span, cases, message, stated(stays, span))


def _operations(found: Iterator[Operation]) -> list[Operation]:
    """Each operation once, by number."""
    return [operation for _, operation in sorted({operation.number: operation for operation in found}.items())]


def _where(cases: Sequence[Operation]) -> str:
    return listed([f"{report.name} ({report.facility or 'facility not stated'})" for case in cases for report in case.reports])
