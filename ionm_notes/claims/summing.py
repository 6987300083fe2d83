"""What a comparison comes to: counts, units and money by outcome, the net effect, and how often lines are wrong."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from statistics import NormalDist

from ionm_notes.claims.judging import ORDER
from ionm_notes.claims.model import Effect, Outcome, Row

CONFIDENCE = 0.95
UNJUDGED: frozenset[Outcome] = frozenset(("missing-report", "ambiguous", "payer-unknown", "not-judged"))
"""Outcomes of billed lines that were held against no record; they are in no error rate."""
RIGHT: frozenset[Outcome] = frozenset(("supported",))
EFFECT_ORDER: tuple[Effect, ...] = ("repay", "collect", "correct", "open", "none")


@dataclass(frozen=True, slots=True)
class Total:
    """A sum of money: what is known of it, and of how many rows it is not known."""

    known: Decimal
    unpriced: int


@dataclass(frozen=True, slots=True)
class Sum:
    """Rows of one outcome and effect: how many, the units at stake, their money."""

    outcome: Outcome
    effect: Effect
    rows: int
    units: int
    amount: Total


@dataclass(frozen=True, slots=True)
class Rate:
    """How many of `looked` things are wrong, with an interval by Wilson's score method (without continuity correction)."""

    wrong: int
    looked: int
    low: float
    high: float

    @property
    def share(self) -> float | None:
        """The share that is wrong; None where nothing was looked at."""
        return self.wrong / self.looked if self.looked else None


@dataclass(frozen=True, slots=True)
class Summary:
    """The variance of a comparison: what is to be repaid and what to be collected.

    A line counts as wrong whatever is wrong with it, also one that a gap holds open. Claims are wrong if any line is.
    """

    sums: tuple[Sum, ...]
    lines: Rate
    claims: Rate
    unjudged: int
    repay: Total
    collect: Total

    @property
    def net(self) -> Decimal | None:
        """To collect less to repay; None where the money of some row is not known."""
        return None if self.repay.unpriced or self.collect.unpriced else self.collect.known - self.repay.known


def summary(rows: Sequence[Row]) -> Summary:
    """The sums of a comparison, gravest outcome first."""
    kinds = sorted({(row.outcome, row.effect) for row in rows}, key=lambda k: (-ORDER.index(k[0]), EFFECT_ORDER.index(k[1])))
    sums = tuple(_sum(outcome, effect, rows) for outcome, effect in kinds)
    judged = [row for row in rows if row.line is not None and row.outcome not in UNJUDGED]
    claims: dict[tuple[str, str], bool] = {}
    for row in judged:
        if row.line is not None:
            key = (row.line.source.file, row.line.claim)
            claims[key] = claims.get(key, False) or row.outcome not in RIGHT
    return Summary(
        sums,
        rate(sum(row.outcome not in RIGHT for row in judged), len(judged)),
        rate(sum(claims.values()), len(claims)),
        sum(row.line is not None and row.outcome in UNJUDGED for row in rows),
        total(row.amount for row in rows if row.effect == "repay"),
        total(row.amount for row in rows if row.effect == "collect"),
    )


def _sum(outcome: Outcome, effect: Effect, rows: Sequence[Row]) -> Sum:
    mine = [row for row in rows if (row.outcome, row.effect) == (outcome, effect)]
    return Sum(outcome, effect, len(mine), sum(row.stake for row in mine), total(row.amount for row in mine))


def total(amounts: Iterable[Decimal | None]) -> Total:
    """The sum of the amounts that are known, and how many are not."""
    listed = list(amounts)
    return Total(sum((amount for amount in listed if amount is not None), Decimal(0)), listed.count(None))


def rate(wrong: int, looked: int, confidence: float = CONFIDENCE) -> Rate:
    """A share with its two-sided interval by Wilson's score method; 0 to 1 where nothing was looked at."""
    if not looked:
        return Rate(0, 0, 0.0, 1.0)
    z = NormalDist().inv_cdf(0.5 + confidence / 2)
    share, square = wrong / looked, z * z / looked
    middle = (share + square / 2) / (1 + square)
    half = z * ((share * (1 - share) + z * z / (4 * looked)) / looked) ** 0.5 / (1 + square)
    return Rate(wrong, looked, max(0.0, middle - half), min(1.0, middle + half))
