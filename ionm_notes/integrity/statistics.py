"""The few tests that outliers need, by their textbook formulas; pure, standard library only."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from math import exp, lgamma, sqrt
from statistics import NormalDist


def fisher_upper(hits: int, of: int, peer_hits: int, peer_of: int) -> float:
    """Chance of so many hits or more among `of`, if hits fell evenly on both groups (Fisher's exact test, one-sided)."""
    total, all_hits = of + peer_of, hits + peer_hits
    whole = _log_choose(total, of)
    tails = (_log_choose(all_hits, k) + _log_choose(total - all_hits, of - k) for k in range(hits, min(of, all_hits) + 1))
    return min(1.0, sum(exp(tail - whole) for tail in tails))


def fisher_both(hits: int, of: int, peer_hits: int, peer_of: int) -> float:
    """Chance of a difference as large in either direction: twice the smaller tail, at most 1."""
    upper = fisher_upper(hits, of, peer_hits, peer_of)
    lower = fisher_upper(of - hits, of, peer_of - peer_hits, peer_of)
    return min(1.0, 2 * min(upper, lower))


def mann_whitney_upper(mine: Sequence[float], peers: Sequence[float]) -> float:
    """Chance that values rank so high by luck: Mann and Whitney's U by the normal curve, ties and continuity corrected."""
    n, m = len(mine), len(peers)
    ranked = sorted([(value, 0) for value in mine] + [(value, 1) for value in peers])
    at, mine_ranks, ties = 1, 0.0, 0
    for _, same in groupby(ranked, key=lambda one: one[0]):
        group = list(same)
        middle = at + (len(group) - 1) / 2
        mine_ranks += middle * sum(1 for _, whose in group if whose == 0)
        ties += len(group) ** 3 - len(group)
        at += len(group)
    above = mine_ranks - n * (n + 1) / 2 - n * m / 2
    spread = sqrt(n * m / 12 * ((n + m + 1) - ties / ((n + m) * (n + m - 1))))
    return 1 - NormalDist().cdf((above - 0.5) / spread) if spread else 1.0


def benjamini_hochberg(chances: Sequence[float]) -> list[float]:
    """The smallest share of false alarms at which each test would be told, over all tests together (q-values)."""
    order = sorted(range(len(chances)), key=lambda number: chances[number], reverse=True)
    found, least = [1.0] * len(chances), 1.0
    for place, number in enumerate(order):
        least = min(least, chances[number] * len(chances) / (len(chances) - place))
        found[number] = least
    return found


def _log_choose(of: int, take: int) -> float:
    if not 0 <= take <= of:
        return float("-inf")
    return lgamma(of + 1) - lgamma(take + 1) - lgamma(of - take + 1)
