"""The order of a day of monitoring: which of the silent entries of a log begin and end its parts, found all together.

A log tells its parts in an order: set-up, baselines, monitoring, removal, each with its beginning and end, interruptions within
monitoring. What patterns found stands fixed; the model's beliefs in the silent entries are weighed so that the whole fits best
(dynamic programming over entries and parts; exact, and small: a log has tens of entries and nine states).
"""

from __future__ import annotations

import functools
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy

STEPS = tuple(f"{kind}.{end}" for kind in ("setup", "baseline", "monitoring", "removal") for end in ("start", "end"))
"""What a day has, in its order."""
BREAKS = ("interruption.start", "interruption.end")
_INSIDE = STEPS.index("monitoring.end")
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
_STATES: list[State] = [
    (done, broken) for done in range(len(STEPS) + 1) for broken in ((False, True) if done == _INSIDE else (False,))
]
_PLACE = {state: place for place, state in enumerate(_STATES)}
_LABELS = ("", *STEPS, *BREAKS)
"""What an entry can be taken for; first for nothing."""


@dataclass(frozen=True, slots=True)
class _Ways:
    """Matrices from state to state: the chance of a silent entry's step and what it is then taken for (its place in `_LABELS`;
    `told`: ones, by steps and these places); the chances of entries that patterns found, by name; last, what a log costs that ends in each
    state."""

    chances: Any
    labels: Any
    told: Any
    fixed: dict[str, Any]
    ends: Any


def _free(state: State) -> Iterator[tuple[State, float, str]]:
    """Where a silent entry may lead from a state, at what cost (a logarithm), and what it is then taken for."""
    done, broken = state
    yield state, 0.0, ""
    if not broken:
        yield from (((part + 1, False), SKIPPED * (part - done), STEPS[part]) for part in range(done, len(STEPS)))
    if done == _INSIDE:
        yield (done, not broken), 0.0 if broken else _BREAK, BREAKS[broken]


def _fixed(state: State, name: str) -> tuple[State, float, str]:
    """What patterns found stands; it moves the day on where it fits into the order, and is passed over where it does not."""
    done, broken = state
    if name in BREAKS:
        return (done, name == BREAKS[0] and done == _INSIDE), 0.0, ""
    part = STEPS.index(name)
    if part < done:
        return state, -2.0, ""
    return (part + 1, False), SKIPPED * (part - done) - 3.0 * broken, ""


@functools.cache
def _ways() -> _Ways:
    """What an entry may do in each state, laid out once for all entries."""
    count = len(_STATES)
    chances, labels = numpy.zeros((count, count)), numpy.zeros((count, count), dtype=int)
    fixed = {name: numpy.zeros((count, count)) for name in _LABELS[1:]}
    for state in _STATES:
        for after, cost, label in _free(state):
            chances[_PLACE[state], _PLACE[after]] = math.exp(cost)
            labels[_PLACE[state], _PLACE[after]] = _LABELS.index(label)
        for name, matrix in fixed.items():
            after, cost, _ = _fixed(state, name)
            matrix[_PLACE[state], _PLACE[after]] = math.exp(cost)
    ends = numpy.array([math.exp(SKIPPED * (len(STEPS) - done) - 3.0 * broken) for done, broken in _STATES])
    told = numpy.eye(len(_LABELS))[labels.ravel()]
    return _Ways(chances, labels, told, fixed, ends)


def beliefs(entries: Sequence[Entry]) -> list[dict[str, float]]:
    """For each entry how likely it begins or ends each part, over all the ways in which the whole log can be taken."""
    if not entries:
        return []
    ways = _ways()
    steps = _steps(entries, ways)
    here = numpy.zeros(len(_STATES))
    here[0] = 1.0
    before = []
    for step in steps:
        # Only shares count: kept at a sum of one, or a long log would leave nothing of them.
        before.append(here)
        here = here @ step
        here = here / here.sum()
    behind = ways.ends / ways.ends.sum()
    rests = []
    for step in steps[::-1]:
        rests.append(behind)
        rest = step @ behind
        behind = rest / rest.sum()
    # Each way of taking the log passes each entry once, so what passes together is the whole.
    passing = numpy.array(before)[:, :, None] * steps * numpy.array(rests[::-1])[:, None, :]
    told = passing.reshape(len(entries), -1) @ ways.told
    shares = numpy.minimum(told / passing.sum(axis=(1, 2))[:, None], 1.0).tolist()
    return [
        dict(zip(_LABELS[1:], own[1:], strict=True)) if entry.fixed is None else {}
        for entry, own in zip(entries, shares, strict=True)
    ]


def _steps(entries: Sequence[Entry], ways: _Ways) -> Any:
    """For each entry the chance of each step from state to state that it may be."""
    told = numpy.array([[entry.shares.get(name, 0.0) for name in _LABELS[1:]] for entry in entries])
    nothing = 1.0 - told.sum(axis=1, keepdims=True)
    chances = numpy.maximum(numpy.concatenate([nothing, told], axis=1), _LEAST)
    steps = ways.chances * chances[:, ways.labels]
    for place, entry in enumerate(entries):
        if entry.fixed is not None:
            steps[place] = ways.fixed[entry.fixed]
    return steps
