"""The order of a day of monitoring: which of the silent entries of a log begin and end its parts, found all together.

A log tells its parts in an order: set-up, baselines, monitoring, removal, each with its beginning and end, interruptions within
monitoring. What patterns found stands fixed; the model's beliefs in the silent entries are weighed so that the whole fits best
(dynamic programming over entries and parts; exact, and small: a log has tens of entries and nine states).
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

PARTS = tuple(f"{kind}.{end}" for kind in ("setup", "baseline", "monitoring", "removal") for end in ("start", "end"))
"""What a day has, in its order."""
BREAKS = ("interruption.start", "interruption.end")
_INSIDE = PARTS.index("monitoring.end")
"""The state in which monitoring runs: its beginning has been, its end has not."""
SKIPPED = -3.2
"""What it costs that a part of the day is not told; a log of a whole day tells most of them."""
_BREAK = -1.5
"""What an interruption costs: most days have none."""
_LEAST = 1e-4


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry in the order of time: what patterns found it to be (a part's beginning or end), or the model's shares."""

    fixed: str | None
    shares: Mapping[str, float]


State = tuple[int, bool]
"""How many parts have been told, and whether monitoring stands interrupted."""
Step = tuple[State, State, float, str | None]
"""From a state to a state, the gain (a logarithm), and what the entry is then taken for."""
_STATES = [(done, broken) for done in range(len(PARTS) + 1) for broken in ((False, True) if done == _INSIDE else (False,))]
_NOWHERE = -1e9


def beliefs(entries: Sequence[Entry]) -> list[dict[str, float]]:
    """For each entry how likely it begins or ends each part, over all the ways in which the whole log can be taken."""
    steps = [[(state, *move) for state in _STATES for move in _moves(state, entry)] for entry in entries]
    before = [{(0, False): 0.0}]
    for options in steps:
        before.append(_gathered((after, before[-1].get(state, _NOWHERE) + gain) for state, after, gain, _ in options))
    behind = {state: SKIPPED * (len(PARTS) - state[0]) - 3.0 * state[1] for state in _STATES}
    total = _sum(before[-1].get(state, _NOWHERE) + behind[state] for state in _STATES)
    found: list[dict[str, float]] = []
    for options, here in zip(reversed(steps), reversed(before[:-1]), strict=True):
        shares: dict[str, float] = {}
        for state, after, gain, label in options:
            if label is not None:
                worth = here.get(state, _NOWHERE) + gain + behind.get(after, _NOWHERE) - total
                shares[label] = shares.get(label, 0.0) + math.exp(min(worth, 0.0))
        found.append(shares)
        behind = _gathered((state, gain + behind.get(after, _NOWHERE)) for state, after, gain, _ in options)
    return found[::-1]


def _gathered(items: Iterable[tuple[State, float]]) -> dict[State, float]:
    """The logarithm of the sum by state."""
    values: dict[State, list[float]] = {}
    for state, value in items:
        if value > _NOWHERE / 2:
            values.setdefault(state, []).append(value)
    return {state: _sum(found) for state, found in values.items()}


def _sum(values: Iterable[float]) -> float:
    found = list(values)
    top = max(found)
    return top + math.log(sum(math.exp(v - top) for v in found))


def _moves(state: State, entry: Entry) -> list[tuple[State, float, str | None]]:
    """Where an entry may lead from a state, at what gain, and what it is then taken for."""
    done, broken = state
    if entry.fixed is not None:
        return [_fixed(state, entry.fixed)]
    nothing = max(1.0 - sum(entry.shares.get(name, 0.0) for name in (*PARTS, *BREAKS)), _LEAST)
    moves: list[tuple[State, float, str | None]] = [(state, math.log(nothing), None)]
    if not broken:
        for part in range(done, len(PARTS)):
            gain = math.log(max(entry.shares.get(PARTS[part], 0.0), _LEAST)) + SKIPPED * (part - done)
            moves.append(((part + 1, False), gain, PARTS[part]))
    if done == _INSIDE:
        name = BREAKS[broken]
        gain = math.log(max(entry.shares.get(name, 0.0), _LEAST)) + (0.0 if broken else _BREAK)
        moves.append(((done, not broken), gain, name))
    return moves


def _fixed(state: State, name: str) -> tuple[State, float, str | None]:
    """What patterns found stands; it moves the day on where it fits into the order, and is passed over where it does not."""
    done, broken = state
    if name in BREAKS:
        return (done, name == BREAKS[0] and done == _INSIDE), 0.0, None
    part = PARTS.index(name)
    if part < done:
        return state, -2.0, None
    return (part + 1, False), SKIPPED * (part - done) - 3.0 * broken, None
