"""Claim lines that reports support, as drafts for each rendering professional; a line that falls beside another is never one.

Only supported lines are drafted: what a gap holds open is counted and left out. Nobody is guessed: a study of a case with
several professionals is drafted for nobody in particular.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from ionm_notes.claims.comparing import Bench, Terms, named
from ionm_notes.claims.matching import professionals
from ionm_notes.claims.model import ClaimLine, Place, Report
from ionm_notes.claims.names import full_name, one_name

NOBODY = ""


@dataclass(slots=True)
class Drafts:
    """Drafted lines by professional (`NOBODY` where that is open), and what was left out or needs a decision."""

    by_professional: dict[str, list[ClaimLine]] = field(default_factory=dict)
    held: int = 0
    """Lines that a gap holds open."""
    denied: int = 0
    """Lines that fall beside another."""
    to_decide: list[ClaimLine] = field(default_factory=list)
    """Drafted lines that stand beside another only with a distinct-service modifier; whether it is right, a person decides."""


def drafts(reports: Iterable[Report], payer: str, terms: Terms) -> Drafts:
    """The lines that the payer's policy supports, report by report. Charges are of the fee table, where it has the code."""
    bench, found = Bench(terms), Drafts()
    for report in reports:
        _report(report, payer, bench, found)
    found.by_professional = _together(found.by_professional, terms)
    return found


def _together(written: Mapping[str, Sequence[ClaimLine]], terms: Terms) -> dict[str, list[ClaimLine]]:
    """The lines of each professional under one way of writing the name, with the NPI where it is known."""
    people: dict[str, list[ClaimLine]] = {}
    for name in sorted(written, key=lambda name: (-len(name), name)):
        who = next((known for known in people if name and full_name(name, known)), name)
        people.setdefault(who, []).extend(replace(line, professional=who) for line in written[name])
    return {who: named(lines, terms.npi) for who, lines in sorted(people.items())}


def _report(report: Report, payer: str, bench: Bench, found: Drafts) -> None:
    at, known = bench.supply(report, payer), professionals(report)
    numbers: dict[str, int] = {}
    for code in at.audit.codes:
        if code.edit == "denied":
            found.denied += 1
            continue
        if code.status != "supported" or not code.units:
            found.held += 1
            continue
        who = code.professional or (known[0] if len(known) == 1 else NOBODY)
        numbers[who] = numbers.get(who, 0) + 1
        line = _line(report, payer, who, numbers[who], (code.code, code.modifiers, code.units), bench.terms.fees)
        found.by_professional.setdefault(who, []).append(line)
        if code.edit == "modifier":
            found.to_decide.append(line)


def _line(
    report: Report, payer: str, who: str, number: int, billed: tuple[str, tuple[str, ...], int], fees: Mapping[str, Decimal]
) -> ClaimLine:
    code, modifiers, units = billed
    encounter, owner = report.case.encounter, report.owner
    return ClaimLine(
        claim=report.name,
        line=number,
        code=code,
        patient=one_name(owner),
        born=next(iter(owner.births)) if len(owner.births) == 1 else None,
        record=next(iter(owner.numbers)).upper() if len(owner.numbers) == 1 else "",
        day=report.day,
        modifiers=modifiers,
        units=units,
        place=encounter.place_of_service or "",
        professional=who,
        payer=payer,
        charge=fees[code] * units if code in fees else None,
        diagnoses=encounter.icd10,
        source=Place(report.name, "draft", number),
    )
