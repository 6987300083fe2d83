"""Samples of claims that anybody can draw again, and what their errors say of all claims, with the formula.

The unit is the claim. A sample is drawn without replacement: in each stratum the claims with the smallest SHA-256 of
'seed:file:claim' are taken, so that the seed, the frame and a hash program are all that is needed to check it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import sqrt
from typing import Any, Literal

from ionm_notes.claims.model import ClaimLine, Row
from ionm_notes.claims.student import t_quantile
from ionm_notes.errors import IonmError

By = Literal["", "payer", "professional", "month", "amount"]
GROUPS = 4
"""Strata by amount: so many groups of equally many claims."""
LEAST = 2
"""Fewest claims of a stratum in a sample: of one no spread can be told."""
TWO_SIDED = 0.90
SMALL, FEW = 30, 5
"""Under so many claims, or so many with a difference, the interval is only rough."""
METHOD = "in each stratum the claims with the smallest SHA-256 of 'seed:file:claim', without replacement"
FORMULA = "T = sum N*y;  SE = sqrt(sum N^2 * (1 - n/N) * s^2 / n);  limits T -/+ t(0.95; n - strata) * SE"
"""Over strata: N claims, n of them in the sample, y and s mean and standard deviation (n - 1) of their differences."""


@dataclass(frozen=True, slots=True)
class Claim:
    """A claim of the frame: its file, number, stratum and charge (0 where none is written)."""

    file: str
    number: str
    stratum: str
    amount: Decimal

    @property
    def key(self) -> tuple[str, str]:
        """What names it."""
        return self.file, self.number


@dataclass(frozen=True, slots=True)
class Stratum:
    """So many claims of a stratum, and so many of them in the sample."""

    name: str
    size: int
    sample: int


@dataclass(frozen=True, slots=True)
class Plan:
    """A drawn sample. `frame`: hash of all claims in their order, by which it is told whether the claims are still the same."""

    seed: int
    by: By
    frame: str
    strata: tuple[Stratum, ...]
    chosen: tuple[Claim, ...]


@dataclass(frozen=True, slots=True)
class Estimate:
    """What the sample says of all claims: the total with its error and limits, two-sided 90 %; None where money is not known.

    `with_difference`: claims of the sample whose difference is not zero. `rough`: why the limits are only rough, or ''.
    """

    what: str
    total: float | None
    error: float | None
    low: float | None
    high: float | None
    freedom: int
    with_difference: int
    rough: str


def frame_of(lines: Sequence[ClaimLine], by: By = "") -> tuple[Claim, ...]:
    """The claims of the lines in order, each in its stratum."""
    found: dict[tuple[str, str], list[ClaimLine]] = {}
    for line in lines:
        found.setdefault((line.source.file, line.claim), []).append(line)
    amounts = {key: sum((line.charge or Decimal(0) for line in mine), Decimal(0)) for key, mine in found.items()}
    groups = _by_amount(amounts) if by == "amount" else {}
    return tuple(Claim(*key, groups.get(key) or _stratum(mine[0], by), amounts[key]) for key, mine in found.items())


def _stratum(line: ClaimLine, by: By) -> str:
    if by == "payer":
        return line.payer or line.filing or "no payer"
    if by == "professional":
        return line.npi or line.professional or "no professional"
    if by == "month":
        return f"{line.day:%Y-%m}" if line.day else "no date"
    return "all"


def _by_amount(amounts: Mapping[tuple[str, str], Decimal]) -> dict[tuple[str, str], str]:
    """The claims in groups of equally many, the least money first; equal amounts keep their order."""
    ordered = sorted(amounts, key=lambda key: amounts[key])
    return {key: f"amount {1 + at * GROUPS // len(ordered)} of {GROUPS}" for at, key in enumerate(ordered)}


def frame_hash(frame: Sequence[Claim]) -> str:
    """The hash of a frame: of its files, claims, strata and amounts in order."""
    rows = [[claim.file, claim.number, claim.stratum, str(claim.amount)] for claim in frame]
    return hashlib.sha256(json.dumps(rows).encode()).hexdigest()


def draw(lines: Sequence[ClaimLine], size: int, seed: int, by: By = "") -> Plan:
    """A sample of so many claims, spread over strata in proportion, at least two of each.

    Raises `IonmError` (bad-sample) where the size is under two for each stratum, or there are no claims.
    """
    frame = frame_of(lines, by)
    strata: dict[str, list[Claim]] = {}
    for claim in frame:
        strata.setdefault(claim.stratum, []).append(claim)
    sizes = {name: len(mine) for name, mine in sorted(strata.items())}
    least = sum(min(LEAST, count) for count in sizes.values())
    if not frame or size < max(least, 1):
        raise IonmError(
            "bad-sample", detail=f"{len(frame)} claims in {len(sizes)} strata need a sample of at least {max(least, LEAST)}"
        )
    shares = _shares(sizes, min(size, len(frame)))
    chosen = [claim for name in sizes for claim in sorted(strata[name], key=lambda c: _rank(seed, c))[: shares[name]]]
    return Plan(seed, by, frame_hash(frame), tuple(Stratum(n, sizes[n], shares[n]) for n in sizes), tuple(chosen))


def _rank(seed: int, claim: Claim) -> str:
    return hashlib.sha256(f"{seed}:{claim.file}:{claim.number}".encode()).hexdigest()


def _shares(sizes: Mapping[str, int], size: int) -> dict[str, int]:
    """The sample spread in proportion to the strata (largest remainders first), at least two of each or all there are."""
    whole = sum(sizes.values())
    shares = {name: min(count, max(min(LEAST, count), size * count // whole)) for name, count in sizes.items()}
    by_rest = sorted(sizes, key=lambda name: (-(size * sizes[name] % whole), name))
    while (left := size - sum(shares.values())) != 0:
        step = 1 if left > 0 else -1
        for name in by_rest if step > 0 else reversed(by_rest):
            if left and min(LEAST, sizes[name]) <= shares[name] + step <= sizes[name]:
                shares[name] += step
                left -= step
    return shares


def plain_plan(plan: Plan) -> dict[str, Any]:
    """The plan as it is written to a file."""
    return {
        "kind": "ionm-notes sample",
        "version": 1,
        "seed": plan.seed,
        "by": plan.by,
        "method": METHOD,
        "frame_sha256": plan.frame,
        "strata": [{"name": s.name, "claims": s.size, "sample": s.sample} for s in plan.strata],
        "chosen": [{"file": c.file, "claim": c.number, "stratum": c.stratum, "amount": str(c.amount)} for c in plan.chosen],
    }


def drawn_again(told: Mapping[str, Any], lines: Sequence[ClaimLine], name: str) -> Plan:
    """The plan of a file, drawn again from its seed. Raises `IonmError` (bad-sample) where claims or sample are others."""
    try:
        size = sum(int(stratum["sample"]) for stratum in told["strata"])
        plan = draw(lines, size, int(told["seed"]), told["by"])
    except (KeyError, TypeError, ValueError) as error:
        raise IonmError("bad-sample", name, "it is no plan of a sample") from error
    if plan.frame != told.get("frame_sha256"):
        raise IonmError("bad-sample", name, "it was drawn from other claims: give the same files, under the same names")
    if plain_plan(plan)["chosen"] != told.get("chosen"):
        raise IonmError("bad-sample", name, "the claims in it are not those that its seed gives")
    return plan


def estimates(plan: Plan, rows: Sequence[Row]) -> tuple[Estimate, ...]:
    """What the rows of the sampled claims say of all claims: overpaid; overpaid if all that is open or to be corrected falls as
    well; and overpaid less underpaid. Rows without a claim line are in none."""
    measures: Mapping[str, Mapping[str, int]] = {
        "overpaid": {"repay": 1},
        "overpaid, if what is open or to be corrected falls": {"repay": 1, "open": 1, "correct": 1},
        "overpaid less underpaid": {"repay": 1, "collect": -1},
    }
    return tuple(_estimate(what, signs, plan, rows) for what, signs in measures.items())


def _estimate(what: str, signs: Mapping[str, int], plan: Plan, rows: Sequence[Row]) -> Estimate:
    differences: dict[tuple[str, str], float | None] = {claim.key: 0.0 for claim in plan.chosen}
    for row in rows:
        key = (row.line.source.file, row.line.claim) if row.line else None
        if key not in differences or row.effect not in signs:
            continue
        known = differences[key]
        differences[key] = None if known is None or row.amount is None else known + signs[row.effect] * float(row.amount)
    freedom = len(plan.chosen) - len(plan.strata)
    values = {
        stratum.name: [differences[claim.key] for claim in plan.chosen if claim.stratum == stratum.name]
        for stratum in plan.strata
    }
    known_values = {name: [value for value in mine if value is not None] for name, mine in values.items()}
    moved = sum(1 for mine in known_values.values() for value in mine if value)
    if any(len(known_values[name]) < len(values[name]) for name in values):
        return Estimate(what, None, None, None, None, freedom, moved, "the money of some line is not known")
    total, variance = 0.0, 0.0
    for stratum in plan.strata:
        mine = known_values[stratum.name]
        mean = sum(mine) / len(mine)
        total += stratum.size * mean
        if len(mine) < stratum.size:
            spread = sum((value - mean) ** 2 for value in mine) / (len(mine) - 1)
            variance += stratum.size**2 * (1 - len(mine) / stratum.size) * spread / len(mine)
    error = sqrt(variance)
    reach = t_quantile(0.5 + TWO_SIDED / 2, freedom) * error if error else 0.0
    return Estimate(what, total, error, total - reach, total + reach, freedom, moved, _rough(plan, moved))


def _rough(plan: Plan, moved: int) -> str:
    if all(stratum.sample == stratum.size for stratum in plan.strata):
        return ""
    if len(plan.chosen) < SMALL:
        return f"{len(plan.chosen)} claims are a small sample; the limits are rough"
    return f"only {moved} claims of the sample have a difference; the limits are rough" if moved < FEW else ""


def in_sample(plan: Plan, rows: Sequence[Row]) -> list[Row]:
    """The rows of the sampled claims."""
    chosen = {claim.key for claim in plan.chosen}
    return [row for row in rows if row.line is not None and (row.line.source.file, row.line.claim) in chosen]


def plain_estimate(plan: Plan, rows: Sequence[Row]) -> dict[str, Any]:
    """The extrapolation with its formula and what goes into it."""
    totals = [
        {
            "what": one.what,
            "total": _two(one.total),
            "standard_error": _two(one.error),
            "lower_limit": _two(one.low),
            "upper_limit": _two(one.high),
            "degrees_of_freedom": one.freedom,
            "claims_with_difference": one.with_difference,
            "rough": one.rough or None,
        }
        for one in estimates(plan, rows)
    ]
    strata = [{"name": s.name, "claims": s.size, "sample": s.sample} for s in plan.strata]
    return {"seed": plan.seed, "method": METHOD, "formula": FORMULA, "two_sided": TWO_SIDED, "strata": strata, "totals": totals}


def estimate_words(plan: Plan, rows: Sequence[Row]) -> list[str]:
    """The extrapolation, a sentence for each measure, and the formula."""
    words = []
    for one in estimates(plan, rows):
        if one.total is None:
            words.append(f"all claims, {one.what}: not known ({one.rough})")
            continue
        limits = f"lower limit {one.low:,.2f}, upper limit {one.high:,.2f} of the two-sided {TWO_SIDED:.0%} interval"
        words.append(f"all claims, {one.what}: {one.total:,.2f}; {limits}{f'; {one.rough}' if one.rough else ''}")
    sizes = ", ".join(f"{s.name} {s.sample} of {s.size}" for s in plan.strata)
    return [*words, f"formula: {FORMULA}; strata: {sizes}; seed {plan.seed}"]


def _two(value: float | None) -> float | None:
    return None if value is None else round(value, 2)
