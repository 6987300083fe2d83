"""The order of a day of monitoring: which of the silent entries of a log begin and end its parts, found all together.

A log tells its parts in an order: set-up, baselines, monitoring, removal, each with its beginning and end, interruptions within
monitoring. What patterns found stands fixed; the model's beliefs in the silent entries are weighed so that the whole fits best
(dynamic programming over entries and parts; exact, and small: a log has tens of entries and nine states).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
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
Step = tuple[int, int, float, str]
"""From a state to a state (places in `_STATES`), the chance of it beside others, and what the entry is then taken for ('': nothing)."""
_STATES: list[State] = [
    (done, broken) for done in range(len(PARTS) + 1) for broken in ((False, True) if done == _INSIDE else (False,))
]
_PLACE = {state: place for place, state in enumerate(_STATES)}


def _free(state: State) -> Iterator[tuple[State, float, str]]:
    """Where a silent entry may lead from a state, at what cost (a logarithm), and what it is then taken for."""
    done, broken = state
    yield state, 0.0, ""
    if not broken:
        yield from (((part + 1, False), SKIPPED * (part - done), PARTS[part]) for part in range(done, len(PARTS)))
    if done == _INSIDE:
        yield (done, not broken), 0.0 if broken else _BREAK, BREAKS[broken]


def _fixed(state: State, name: str) -> tuple[State, float, str]:
    """What patterns found stands; it moves the day on where it fits into the order, and is passed over where it does not."""
    done, broken = state
    if name in BREAKS:
        return (done, name == BREAKS[0] and done == _INSIDE), 0.0, ""
    part = PARTS.index(name)
    if part < done:
        return state, -2.0, ""
    return (part + 1, False), SKIPPED * (part - done) - 3.0 * broken, ""


def _steps(moves: Callable[[State], Iterable[tuple[State, float, str]]]) -> tuple[Step, ...]:
    return tuple(
        (_PLACE[state], _PLACE[after], math.exp(cost), label) for state in _STATES for after, cost, label in moves(state)
    )


def _steps_fixed(name: str) -> tuple[Step, ...]:
    return _steps(lambda state: [_fixed(state, name)])


_FREE = _steps(_free)
_FIXED = {name: _steps_fixed(name) for name in (*PARTS, *BREAKS)}
_END = [math.exp(SKIPPED * (len(PARTS) - done) - 3.0 * broken) for done, broken in _STATES]


def beliefs(entries: Sequence[Entry]) -> list[dict[str, float]]:
    """For each entry how likely it begins or ends each part, over all the ways in which the whole log can be taken."""
    steps = [_weighed(entry) for entry in entries]
    before = [[1.0] + [0.0] * (len(_STATES) - 1)]
    for options in steps:
        after, here = [0.0] * len(_STATES), before[-1]
        for low, high, chance, _ in options:
            after[high] += here[low] * chance
        before.append(_scaled(after))
    behind = _scaled(_END)
    found: list[dict[str, float]] = []
    for options, here in zip(reversed(steps), reversed(before[:-1]), strict=True):
        shares: dict[str, float] = {}
        rest = [0.0] * len(_STATES)
        for low, high, chance, label in options:
            way = chance * behind[high]
            rest[low] += way
            shares[label] = shares.get(label, 0.0) + here[low] * way
        # Each way of taking the log passes here once, so what passes together is the whole.
        whole = sum(shares.values())
        shares.pop("")
        found.append({label: min(share / whole, 1.0) for label, share in shares.items()})
        behind = _scaled(rest)
    return found[::-1]


def _scaled(values: list[float]) -> list[float]:
    """Only shares count: kept at a sum of one, or a long log would leave nothing of them."""
    whole = sum(values)
    return [value / whole for value in values]


def _weighed(entry: Entry) -> Sequence[Step]:
    """The steps that an entry may be, each with its chance."""
    if entry.fixed is not None:
        return _FIXED[entry.fixed]
    shares = entry.shares
    chance = {name: max(shares.get(name, 0.0), _LEAST) for name in (*PARTS, *BREAKS)}
    chance[""] = max(1.0 - sum(shares.get(name, 0.0) for name in (*PARTS, *BREAKS)), _LEAST)
    return [(low, high, cost * chance[label], label) for low, high, cost, label in _FREE]
