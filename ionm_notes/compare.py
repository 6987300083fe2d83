"""Sets two judgements of one case beside each other: what moves, in words, units and money; `replay` and `policy diff` print it.

Pure: judgements come in as audits or as rows of the store; nothing is read or written here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Literal

from ionm_notes.types import COLUMNS, Audit

if TYPE_CHECKING:
    from ionm_notes.policy.payer import PayerPolicy

HELD = "supported"
"""The status of a line that goes to a claim; the units and money of other lines are not counted."""
NOTHING = "none"
Kind = Literal["verdict", "code", "finding"]
FeeOf = Callable[[str], Decimal | None]
"""The money of one unit of a code, or None where nobody knows it."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What one policy makes of one case: lines as (code, status) to units, None where the units are open."""

    payer: str
    policy_version: str
    policy_on: str | None
    policy_layers: str
    verdict: str
    lines: Mapping[tuple[str, str], int | None]
    rules: Mapping[str, str]
    """Rules that fired, with their severity."""

    def units(self, code: str) -> int:
        """The supported units of a code; open ones count for none."""
        return self.lines.get((code, HELD)) or 0


@dataclass(frozen=True, slots=True)
class Move:
    """One thing that changes; `before` and `after` are words, 'none' where there is nothing.

    `units`: supported units won (over 0) or lost; `amount`: the money of it, None where a fee is missing.
    """

    kind: Kind
    what: str
    before: str
    after: str
    units: int = 0
    amount: Decimal | None = None


def standing_of_audit(audit: Audit) -> Standing:
    """The standing of a fresh audit."""
    return Standing(
        audit.payer,
        audit.policy_version,
        audit.policy_on.isoformat() if audit.policy_on else None,
        layer_words(audit.policy_layers),
        audit.verdict,
        _lines((line.code, line.status, line.units) for line in audit.codes),
        {finding.rule: finding.severity for finding in audit.findings},
    )


def standing_of_rows(
    audit: Mapping[str, Any], codes: Iterable[tuple[str, str, int | None]], findings: Iterable[tuple[str, str]]
) -> Standing:
    """The standing of a stored audit: its row, its lines as (code, status, units), its findings as (rule, severity)."""
    policy = (audit["policy_version"], audit["policy_on"], audit["policy_layers"])
    return Standing(audit["payer"], *policy, audit["verdict"], _lines(codes), dict(findings))


def layer_words(layers: Mapping[str, str]) -> str:
    """CMS layers in one line: 'ncci 2024-07-01, mue 2024-07-01'."""
    return ", ".join(f"{kind} {first}" for kind, first in layers.items())


def _lines(codes: Iterable[tuple[str, str, int | None]]) -> dict[tuple[str, str], int | None]:
    """Lines of the same code and status (of several professionals, say) added up; open units stay open."""
    found: dict[tuple[str, str], int | None] = {}
    for code, status, units in codes:
        known = found.get((code, status), 0)
        found[code, status] = None if units is None or known is None else known + units
    return found


def moves(before: Standing, after: Standing, fee_before: FeeOf, fee_after: FeeOf) -> tuple[Move, ...]:
    """Everything that changes from one standing to the other: verdict, lines, findings, in this order."""
    found = []
    if before.verdict != after.verdict:
        found.append(Move("verdict", "verdict", before.verdict, after.verdict))
    for code in sorted({code for code, _ in (*before.lines, *after.lines)}):
        old, new = _code_words(before, code), _code_words(after, code)
        amount = _amount(before.units(code), after.units(code), fee_before(code), fee_after(code))
        if old != new or amount:
            found.append(Move("code", code, old, new, after.units(code) - before.units(code), amount))
    for rule in sorted({*before.rules, *after.rules}):
        left, right = before.rules.get(rule, NOTHING), after.rules.get(rule, NOTHING)
        if left != right:
            found.append(Move("finding", rule, left, right))
    return tuple(found)


def _amount(old: int, new: int, fee_before: Decimal | None, fee_after: Decimal | None) -> Decimal | None:
    """The money that is won or lost; None where units are counted whose fee is not known."""
    if (old and fee_before is None) or (new and fee_after is None):
        return None
    return new * (fee_after or Decimal(0)) - old * (fee_before or Decimal(0))


def _code_words(standing: Standing, code: str) -> str:
    words = [
        f"{'?' if units is None else units} {status}"
        for (known, status), units in sorted(standing.lines.items(), key=lambda item: item[0])
        if known == code
    ]
    return ", ".join(words) or NOTHING


@dataclass(slots=True)
class Tally:
    """The sum over many cases: how many were looked at and moved, and what moved, in cases, units and money."""

    looked: int = 0
    moved: int = 0
    cases: Counter[tuple[Kind, str]] = field(default_factory=Counter)
    units: Counter[str] = field(default_factory=Counter)
    amounts: dict[str, Decimal | None] = field(default_factory=dict)
    """Money by code; None once a fee was missing."""

    def add(self, found: tuple[Move, ...]) -> None:
        """Counts the moves of one case; none says that it stays as it is."""
        self.looked += 1
        self.moved += bool(found)
        for move in found:
            what = f"{move.before} -> {move.after}" if move.kind == "verdict" else move.what
            self.cases[move.kind, what] += 1
            if move.kind == "code":
                self.units[move.what] += move.units
                known = self.amounts.get(move.what, Decimal(0))
                self.amounts[move.what] = None if known is None or move.amount is None else known + move.amount

    @property
    def amount(self) -> Decimal | None:
        """The money of everything that moves; None where the fee of a code is not known."""
        known = [amount for amount in self.amounts.values() if amount is not None]
        return sum(known, Decimal(0)) if len(known) == len(self.amounts) else None


@dataclass(frozen=True, slots=True)
class Clause:
    """In what a payer differs, with the ids of its sources."""

    words: str
    refs: tuple[str, ...]

    def __str__(self) -> str:
        """The words, and the sources in brackets."""
        return f"{self.words} [{' '.join(self.refs)}]" if self.refs else self.words


def clauses(one: PayerPolicy, other: PayerPolicy, first: Mapping[str, Any], second: Mapping[str, Any]) -> tuple[Clause, ...]:
    """The clauses of `other` that make the line `second` of a case differ from its line `first` under `one`, with their sources.

    How the case's own minutes are coded comes first, then each finding that only one of the two has.
    """
    from ionm_notes.policy.views import COLUMN_WORDS, NONE, time_code_words

    out = []
    for column in COLUMNS:
        if first["minutes"].get(column) == 0 or time_code_words(one, column) == time_code_words(other, column):
            continue
        words = ", ".join(word for word in time_code_words(other, column) if word not in ("", NONE))
        code, route = other.time_code(column), other.route(column)
        refs = code.refs if code else route.refs if route else ()
        out.append(Clause(f"minutes {COLUMN_WORDS[column]}: {words}", tuple(refs)))
    for has, line, lacks in (("only here", second, first), ("not here", first, second)):
        known = {finding["rule"] for finding in lacks["findings"]}
        for finding in line["findings"]:
            if finding["rule"] not in known:
                known.add(finding["rule"])
                out.append(Clause(f"{has}, {finding['rule']}: {finding['message']}", tuple(finding["citations"])))
    return tuple(out)
