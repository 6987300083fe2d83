"""Whether units fit into the hours in which they were worked: a small maximum flow with its proof; pure.

Each case has units to place, each clock hour has room, and a case can place so many of its units in an hour. What cannot
be placed is over the limit; the narrowest cut says which cases and hours are to blame.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass

_Node = tuple[bool, int]
"""Whether it is a case (else an hour), and its number."""


@dataclass(frozen=True, slots=True)
class Placing:
    """The most units that fit, and the cases and hours of the narrowest cut: empty where every unit fits."""

    placed: int
    cases: frozenset[int]
    hours: frozenset[int]


def place(units: Mapping[int, int], room: Mapping[int, int], at_most: Mapping[tuple[int, int], int]) -> Placing:
    """Places as many units as fit, one at a time along the shortest way that is free (Edmonds and Karp).

    `units` by case, `room` by hour, `at_most` by case and hour. Exact: no other placing puts more.
    """
    put = dict.fromkeys(at_most, 0)
    left, free = dict(units), dict(room)
    while True:
        came_from, end = _search(put, left, free, at_most)
        if end is None:
            cases = frozenset(number for is_case, number in came_from if is_case)
            hours = frozenset(number for is_case, number in came_from if not is_case)
            return Placing(sum(units.values()) - sum(left.values()), cases, hours)
        _push(put, left, free, came_from, end)


def _search(
    put: Mapping[tuple[int, int], int],
    left: Mapping[int, int],
    free: Mapping[int, int],
    at_most: Mapping[tuple[int, int], int],
) -> tuple[dict[_Node, _Node | None], int | None]:
    """What can be reached from cases with units left, each with the node before it, and an hour with room, if any."""
    came_from: dict[_Node, _Node | None] = {(True, case): None for case, units in left.items() if units}
    waiting = deque(came_from)
    while waiting:
        node = waiting.popleft()
        is_case, number = node
        for (case, hour), most in at_most.items():
            if is_case and case == number and put[case, hour] < most:
                after: _Node = (False, hour)
            elif not is_case and hour == number and put[case, hour]:
                after = (True, case)
            else:
                continue
            if after not in came_from:
                came_from[after] = node
                if is_case and free[hour]:
                    return came_from, hour
                waiting.append(after)
    return came_from, None


def _push(
    put: dict[tuple[int, int], int],
    left: dict[int, int],
    free: dict[int, int],
    came_from: Mapping[_Node, _Node | None],
    end: int,
) -> None:
    free[end] -= 1
    node: _Node = (False, end)
    while (before := came_from[node]) is not None:
        if before[0]:
            put[before[1], node[1]] += 1
        else:
            put[node[1], before[1]] -= 1
        node = before
    left[node[1]] -= 1
