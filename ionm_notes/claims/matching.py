"""Finds the report of each claim by patient, date and professional; what fits several reports is listed, never guessed.

A patient is certain by a shared number or by name and birth date. A full name alone will do where nothing speaks
against it, only one report of that day has it, and the professional is the same as far as both say.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from ionm_notes.claims.model import ClaimLine, Report
from ionm_notes.claims.names import alike, certain, same_name
from ionm_notes.parts.patients import Owner

How = Literal["matched", "other-day", "no-day", "ambiguous", "none"]
NEAR_DAYS = 7
"""A report of the same patient so many days off is taken for the claim's own with a wrong date; a house limit."""


@dataclass(frozen=True, slots=True)
class Match:
    """The reports that a claim may be of: one where it was found, several where it is `ambiguous`. `why` in words."""

    how: How
    reports: tuple[Report, ...]
    why: str


class Shelf:
    """Reports by what claims find them by, so that each claim looks at few of many."""

    def __init__(self, reports: Sequence[Report]) -> None:
        self._reports = reports
        self._names = {report.name: report for report in reports}
        self._by: dict[object, list[int]] = {}
        for at, report in enumerate(reports):
            for key in {*_keys(report.owner), ("day", report.day)}:
                self._by.setdefault(key, []).append(at)

    def own(self, line: ClaimLine) -> Report | None:
        """The report in which a line stands itself, of charges that reports hold."""
        return self._names.get(line.source.file)

    def of(self, owner: Owner, day: date | None) -> list[Report]:
        """The reports that share a number, a birth date or the day, in their order; no others can be the claim's."""
        found = {at for key in (*_keys(owner), ("day", day)) for at in self._by.get(key, ())}
        return [self._reports[at] for at in sorted(found)]


def _keys(owner: Owner) -> list[tuple[str, object]]:
    return [*(("number", number) for number in owner.numbers), *(("birth", born) for born in owner.births)]


def owner_of_claim(line: ClaimLine) -> Owner:
    """The patient as the claim names him or her."""
    number = "".join(c for c in line.record if c.isalnum()).lower()
    return Owner(
        (line.patient,) if line.patient else (),
        frozenset((line.born,)) if line.born else frozenset(),
        frozenset((number,)) if number else frozenset(),
    )


def match(line: ClaimLine, shelf: Shelf, taken: frozenset[str] = frozenset()) -> Match:
    """The report of the claim that `line` stands in.

    `taken`: names of reports that other claims match by their own day, which are therefore no claim's of another day.
    """
    if (own := shelf.own(line)) is not None:
        return Match("matched", (own,), "its own charge")
    owner = owner_of_claim(line)
    reports = shelf.of(owner, line.day)
    sure = [report for report in reports if certain(owner, report.owner)]
    if line.day is None:
        return _without_day(sure)
    found = _one([r for r in sure if r.day == line.day], line)
    if found is not None:
        return found
    by_name = [r for r in reports if r not in sure and r.day == line.day and alike(owner, r.owner)]
    if by_name:
        return _by_name(by_name, line)
    near = [r for r in sure if r.day is not None and r.name not in taken and _near(r.day, line.day)]
    if near:
        why = f"the claim says {line.day.isoformat()}; the patient's report is of {_days(near)}"
        return Match("other-day" if len(near) == 1 else "ambiguous", tuple(near), why)
    undated = [r for r in sure if r.day is None]
    if undated:
        why = "the patient's report states no date of service"
        return Match("no-day" if len(undated) == 1 else "ambiguous", tuple(undated), why)
    return Match("none", (), f"no report of this patient on {line.day.isoformat()}")


def _without_day(sure: Sequence[Report]) -> Match:
    if not sure:
        return Match("none", (), "the claim states no date of service, and no report is of this patient")
    why = f"the claim states no date of service; the patient has {'a report' if len(sure) == 1 else 'reports'} of {_days(sure)}"
    return Match("ambiguous", tuple(sure), why)


def _one(found: Sequence[Report], line: ClaimLine) -> Match | None:
    """The one report of a certain patient's day, told by the professional where there are several."""
    if not found:
        return None
    if len(found) > 1:
        mine = [
            report
            for report in found
            if line.professional and any(same_name(line.professional, n) for n in professionals(report))
        ]
        if len(mine) != 1:
            why = f"{len(found)} reports of this patient on that day; audit the files of one case together (audit --group)"
            return Match("ambiguous", tuple(mine or found), why)
        found = mine
    return Match("matched", tuple(found), "patient and date")


def _by_name(found: Sequence[Report], line: ClaimLine) -> Match:
    known = line.professional and all(professionals(report) for report in found)
    mine = [r for r in found if any(same_name(line.professional, name) for name in professionals(r))] if known else found
    if len(found) == 1 and len(mine) == 1:
        return Match("matched", tuple(mine), "name and date; neither a birth date nor a number is on both")
    if len(found) > 1:
        return Match(
            "ambiguous", tuple(found), f"{len(found)} reports of that day have this name, and no number tells them apart"
        )
    why = "the name and the date are the same, but not the professional, and neither a birth date nor a number is on both"
    return Match("ambiguous", tuple(found), why)


def _near(one: date, other: date) -> bool:
    """Whether one date may be written for the other: few days off, another year, or month and day in each other's place."""
    swapped = (one.month, one.day) == (other.day, other.month) and one.year == other.year
    same_day = (one.month, one.day) == (other.month, other.day) and abs(one.year - other.year) == 1
    return abs((one - other).days) <= NEAR_DAYS or same_day or swapped


def professionals(report: Report) -> tuple[str, ...]:
    """The names of those who attended or supervise according to the report, each once."""
    names = [person.name for person in report.case.encounter.professionals]
    names += [spell.professional for spell in report.case.attendance if spell.professional]
    return tuple(dict.fromkeys(names))


def _days(reports: Iterable[Report]) -> str:
    return " and ".join(sorted({r.day.isoformat() if r.day else "no stated day" for r in reports}))
