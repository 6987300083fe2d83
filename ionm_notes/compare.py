"""Sets two judgements of one case beside each other: what moves, in words, units and money; `replay` and `policy diff` print it.

Pure: judgements come in as audits or as stored lines of the contract; nothing is read or written here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from ionm_notes.types import COLUMNS, Audit

if TYPE_CHECKING:
    from ionm_notes.policy.payer import PayerPolicy

HELD = "supported"
"""The status of a line that goes to a claim; the units and money of other lines are not counted."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What one policy makes of one case: lines as (code, status) to units, None where the units are open."""

    payer: str
    policy_version: str
    verdict: str
    lines: Mapping[tuple[str, str], int | None]
    rules: Mapping[str, str]
    """Rules that fired, with their severity."""


@dataclass(frozen=True, slots=True)
class Move:
    """One thing that changes; `before` and `after` are words, 'none' where there is nothing."""

    what: str
    before: str
    after: str


NOTHING = "none"


def standing_of_audit(audit: Audit) -> Standing:
    """The standing of a fresh audit."""
    lines = _lines((line.code, line.status, line.units) for line in audit.codes)
    return Standing(audit.payer, audit.policy_version, audit.verdict, lines, {f.rule: f.severity for f in audit.findings})


def standing_of_line(line: Mapping[str, Any]) -> Standing:
    """The standing of a line of the contract, as the store keeps it."""
    lines = _lines((code["code"], code["status"], code["units"]) for code in line["codes"])
    rules = {finding["rule"]: finding["severity"] for finding in line["findings"]}
    return Standing(line["payer"], line["policy_version"], line["verdict"]["id"], lines, rules)


def _lines(codes: Iterable[tuple[str, str, int | None]]) -> dict[tuple[str, str], int | None]:
    """Lines of the same code and status (of several professionals, say) added up; open units stay open."""
    found: dict[tuple[str, str], int | None] = {}
    for code, status, units in codes:
        known = found.get((code, status), 0)
        found[code, status] = None if units is None or known is None else known + units
    return found


def moves(before: Standing, after: Standing) -> tuple[Move, ...]:
    """Everything that changes from one standing to the other: verdict, lines, findings, in this order."""
    found = []
    if before.verdict != after.verdict:
        found.append(Move("verdict", before.verdict, after.verdict))
    for code in sorted({code for code, _ in (*before.lines, *after.lines)}):
        old, new = _code_words(before, code), _code_words(after, code)
        if old != new:
            found.append(Move(code, old, new))
    for rule in sorted({*before.rules, *after.rules}):
        left, right = before.rules.get(rule, NOTHING), after.rules.get(rule, NOTHING)
        if left != right:
            found.append(Move(rule, left, right))
    return tuple(found)


def _code_words(standing: Standing, code: str) -> str:
    words = [
        f"{'?' if units is None else units} {status}"
        for (known, status), units in sorted(standing.lines.items(), key=lambda item: item[0])
        if known == code
    ]
    return ", ".join(words) or NOTHING


def units_moved(before: Standing, after: Standing) -> dict[str, int]:
    """Supported units by code that are won (over 0) or lost (under 0)."""
    won: Counter[str] = Counter()
    for sign, standing in ((-1, before), (1, after)):
        for (code, status), units in standing.lines.items():
            if status == HELD:
                won[code] += sign * (units or 0)
    return {code: units for code, units in sorted(won.items()) if units}


def amount_moved(units: Mapping[str, int], fees: Mapping[str, Decimal]) -> Decimal | None:
    """The money of some units, by a fee for each unit; None where a code has no fee."""
    if any(code not in fees for code in units):
        return None
    return sum((fees[code] * count for code, count in units.items()), Decimal(0))


def clauses(one: PayerPolicy, other: PayerPolicy, first: Mapping[str, Any], second: Mapping[str, Any]) -> tuple[str, ...]:
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
        out.append(f"minutes {COLUMN_WORDS[column]}: {words} {_sources(refs)}".rstrip())
    for has, line, lacks in (("only here", second, first), ("not here", first, second)):
        known = {finding["rule"] for finding in lacks["findings"]}
        for finding in line["findings"]:
            if finding["rule"] not in known:
                known.add(finding["rule"])
                out.append(f"{has}, {finding['rule']}: {finding['message']} {_sources(finding['citations'])}".rstrip())
    return tuple(out)


def _sources(refs: Iterable[str]) -> str:
    return f"[{' '.join(refs)}]" if refs else ""
