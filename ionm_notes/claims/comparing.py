"""The whole comparison: claims and reports in, one row per line out; read this first of the package.

Pure: claims and reports come in as objects, nothing is read or written here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from pathlib import Path

from ionm_notes.claims.judging import EFFECTS, Money, Supply, amount_of, judge_claim, supply, unbilled
from ionm_notes.claims.matching import Match, Shelf, match
from ionm_notes.claims.model import ClaimLine, Outcome, Report, Row, Trouble, by_claim
from ionm_notes.policy import load_policy, payers
from ionm_notes.policy.claims import filing_payers
from ionm_notes.timeline import count_minutes
from ionm_notes.types import Minutes


@dataclass(frozen=True, slots=True)
class Terms:
    """How to compare. `payer`: whose rules judge lines that name no payer known here, None for nobody's. `payers`: payers by
    names as claims write them, in lower case. `npi`: numbers of professionals by name. `fees`: money per unit by code."""

    payer: str | None = None
    payers: Mapping[str, str] = field(default_factory=dict)
    npi: Mapping[str, str] = field(default_factory=dict)
    fees: Mapping[str, Decimal] = field(default_factory=dict)
    policy_dir: Path | None = None

    def payer_of(self, line: ClaimLine) -> str | None:
        """The payer of the policy that a line names: as the mapping has it, by its own name, by its filing indicator."""
        known, written = payers(self.policy_dir), line.payer.casefold()
        if written in self.payers:
            return self.payers[written]
        own = next((name for name in known if written in (name, load_policy(name, None, self.policy_dir).title.casefold())), None)
        return own or filing_payers().get(line.filing) or self.payer


_Key = tuple[str, str, str, str]
"""What is judged together: report, payer, professional, and how the report was found."""


@dataclass(slots=True)
class Bench:
    """The reports with what was judged of them so far, so that each is judged once for each payer."""

    terms: Terms
    minutes: dict[str, Minutes] = field(default_factory=dict)
    supplies: dict[tuple[str, str], Supply] = field(default_factory=dict)
    billed: dict[tuple[str, str], list[tuple[str, str]]] = field(default_factory=dict)

    def supply(self, report: Report, payer: str) -> Supply:
        """The report as this payer's policy judges it."""
        if report.name not in self.minutes:
            self.minutes[report.name] = count_minutes(report.case)
        if (report.name, payer) not in self.supplies:
            policy = load_policy(payer, report.day, self.terms.policy_dir)
            self.supplies[report.name, payer] = supply(report, self.minutes[report.name], policy)
        return self.supplies[report.name, payer]

    def money(self, payer: str, report: Report) -> Money:
        """Fees where a table was given; else the claim's own charges; else the payer's own schedule, if one was imported."""
        policy = load_policy(payer, report.day, self.terms.policy_dir)

        def each(code: str, line: ClaimLine | None) -> Decimal | None:
            if self.terms.fees:
                return self.terms.fees.get(code)
            if line is not None:
                return charge_of_unit(line)
            return policy.fee(code)

        return each


def charge_of_unit(line: ClaimLine) -> Decimal | None:
    """The money charged for one unit of a line; None where no charge is written or no unit billed."""
    return None if line.charge is None or not line.count else line.charge / line.count


def compare(lines: Sequence[ClaimLine], reports: Sequence[Report], terms: Terms) -> list[Row]:
    """A row for every billed line, in the order of the claims; then one for each documented line that nobody billed.

    Reports must have names of their own.
    """
    return compared(lines, reports, Bench(terms))


def compared(lines: Sequence[ClaimLine], reports: Sequence[Report], bench: Bench) -> list[Row]:
    """The same; `bench` holds afterwards how each report was judged."""
    terms = bench.terms
    lines = named(lines, terms.npi)
    found: dict[int, Row] = {}
    matched: dict[_Key, tuple[Match, list[ClaimLine]]] = {}
    seen: set[str] = set()
    for group, its in _matches(lines, reports):
        seen |= {report.name for report in its.reports}
        for line in group:
            payer = terms.payer_of(line)
            if its.how in ("none", "ambiguous") or payer is None:
                found[id(line)] = _unjudged(line, its, payer, bench)
            else:
                key = (its.reports[0].name, payer, line.npi or line.professional.casefold(), its.how)
                matched.setdefault(key, (its, []))[1].append(line)
    for (name, payer, who, _), (its, mine) in matched.items():
        report = its.reports[0]
        nobodys = [x for key, (_, others) in matched.items() if who and key[:3] == (name, payer, "") for x in others]
        at = bench.supply(report, payer)
        for line, row in zip(mine, judge_claim(mine, its, at, payer, bench.money(payer, report), nobodys), strict=True):
            found[id(line)] = row
        valid = [(x.code, x.professional) for x in mine if at.policy.is_valid(x.code) and at.policy.takes_code(x.code)]
        bench.billed.setdefault((report.name, payer), []).extend(valid)
    rows = [found[id(line)] for line in lines]
    for (name, payer), billed in bench.billed.items():
        at = bench.supplies[name, payer]
        rows += unbilled(at, payer, billed, bench.money(payer, at.report), "under-coded")
    return rows + [row for report in reports if report.name not in seen for row in _unclaimed(report, bench)]


def _matches(lines: Sequence[ClaimLine], reports: Sequence[Report]) -> list[tuple[tuple[ClaimLine, ...], Match]]:
    """Each group of lines with its report. A report that a claim has by its own day is no claim's of another day."""
    groups, shelf = by_claim(lines), Shelf(reports)
    first = [match(group[0], shelf) for group in groups]
    taken = frozenset(report.name for found in first if found.how == "matched" for report in found.reports)
    again = (
        found if found.how == "matched" else match(group[0], shelf, taken) for group, found in zip(groups, first, strict=True)
    )
    return list(zip(groups, again, strict=True))


def named(lines: Iterable[ClaimLine], npi: Mapping[str, str]) -> list[ClaimLine]:
    """The lines with the professional's name or NPI filled in where the other is given and the pair is known.

    Pairs are those of `npi` and those that the claims themselves hold, where they are without contradiction.
    """
    lines = list(lines)
    numbers: dict[str, set[str]] = {}
    people: dict[str, set[str]] = {}
    for name, number in [*npi.items(), *((x.professional, x.npi) for x in lines if x.professional and x.npi)]:
        numbers.setdefault(name.casefold(), set()).add(number)
        people.setdefault(number, set()).add(name)
    found = []
    for line in lines:
        if not line.npi and len(known := numbers.get(line.professional.casefold(), set())) == 1:
            line = replace(line, npi=next(iter(known)))
        if not line.professional and len({name.casefold() for name in people.get(line.npi, ())}) == 1:
            line = replace(line, professional=sorted(people[line.npi])[0])
        found.append(line)
    return found


def _unjudged(line: ClaimLine, found: Match, payer: str | None, bench: Bench) -> Row:
    """The row of a line whose report or payer is not known."""
    why, outcome = found.why, _outcome(found)
    if found.how == "ambiguous":
        why = f"{why}: {', '.join(report.name for report in found.reports)}"
    elif found.how != "none":
        why = f"'{line.payer}' is no payer known here; name it in the mapping file, or give --payer"
    each = bench.terms.fees.get(line.code) if bench.terms.fees else charge_of_unit(line)
    return Row(
        outcome=outcome,
        effect=EFFECTS[outcome],
        code=line.code,
        line=line,
        report=found.reports[0].name if len(found.reports) == 1 else "",
        payer=payer or "",
        professional=line.professional,
        day=line.day,
        units=line.count,
        stake=line.count,
        amount=amount_of(each, line.count),
        troubles=(Trouble(outcome, why),),
    )


def _outcome(found: Match) -> Outcome:
    return "missing-report" if found.how == "none" else "ambiguous" if found.how == "ambiguous" else "payer-unknown"


def _unclaimed(report: Report, bench: Bench) -> list[Row]:
    """What a report without any claim supports under the payer given for all; one row without units where none is given."""
    payer = bench.terms.payer
    if payer is not None:
        at = bench.supply(report, payer)
        return unbilled(at, payer, (), bench.money(payer, report), "report-without-claim")
    why = "no claim is of this report; its payer is not known, so that its units cannot be told (give --payer)"
    return [
        Row(
            "report-without-claim",
            "open",
            "",
            report=report.name,
            day=report.day,
            troubles=(Trouble("report-without-claim", why),),
        )
    ]
