"""Joins pairs of notes that belong together into groups; pure."""

from __future__ import annotations

from collections.abc import Iterable


def clusters(pairs: Iterable[tuple[int, int]]) -> list[list[int]]:
    """The groups that pairs connect, each in order, by their first member."""
    leader: dict[int, int] = {}

    def root(one: int) -> int:
        while leader.setdefault(one, one) != one:
            leader[one] = leader[leader[one]]
            one = leader[one]
        return one

    for left, right in pairs:
        first, second = sorted((root(left), root(right)))
        leader[second] = first
    groups: dict[int, list[int]] = {}
    for one in sorted(leader):
        groups.setdefault(root(one), []).append(one)
    return [groups[first] for first in sorted(groups)]
