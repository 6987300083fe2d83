"""Proposes to whom minutes of shared attention may be given so that the most units are lawful; needs OR-tools. Pure.

A proposal for a person to review, never applied: only records made at the time can say whose a minute was. Each minute is
given once, to a case that was attended in it. Units follow the payer's rounding of a case's minutes, and all cases
together never have more of them than (1) the attended minutes would make for one patient, (2) the quarters that the
attended minutes of a clock hour begin, (3) the policy's cap for a clock hour. Without (1) and (2), rounding would make
units of nothing: ten minutes each for three patients are three units of half an hour. Source: CMS's answers on G0453
(one patient for each unit, at most four an hour); the optimum is exact (CP-SAT proves it) unless said otherwise.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from ionm_notes.codes.units import units
from ionm_notes.errors import IonmError

if TYPE_CHECKING:
    from ortools.sat.python.cp_model import CpModel, IntVar, LinearExpr

SECONDS = 20.0
"""Longest search for one group of overlapping cases; a dozen cases of a day take well under one."""


@dataclass(frozen=True, slots=True)
class Window:
    """Minutes in which a case was attended remotely and may be given time: half-open, whole minutes."""

    case: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class UnitRule:
    """How minutes become units, and how many units all cases may have in one clock hour of `hour` minutes."""

    minutes_per_unit: int
    minimum: int
    remainder: int
    per_hour: int
    hour: int = 60


@dataclass(frozen=True, slots=True)
class Proposal:
    """Minutes given to cases (each window a stretch given whole), units by case and by case and hour.

    `proved`: no other allocation makes more units; False where the search was cut short.
    """

    given: tuple[Window, ...]
    units: Mapping[int, int]
    placed: Mapping[tuple[int, int], int]
    proved: bool


def groups(windows: Iterable[Window]) -> tuple[tuple[Window, ...], ...]:
    """Windows in groups of cases that overlap, directly or through others; cases that overlap nobody are left out."""
    reach: list[tuple[int, set[int], list[Window]]] = []
    for window in sorted(windows, key=lambda one: (one.start, one.end, one.case)):
        if window.start >= window.end:
            continue
        if reach and window.start < reach[-1][0]:
            end, cases, mine = reach[-1]
            reach[-1] = (max(end, window.end), cases | {window.case}, [*mine, window])
        else:
            reach.append((window.end, {window.case}, [window]))
    joined: list[tuple[set[int], list[Window]]] = []
    for _, cases, mine in reach:
        fresh = (set(cases), list(mine))
        for known in [one for one in joined if one[0] & cases]:
            joined.remove(known)
            fresh = (known[0] | fresh[0], known[1] + fresh[1])
        joined.append(fresh)
    return tuple(tuple(mine) for cases, mine in joined if len(cases) > 1)


def allocate(windows: Sequence[Window], rule: UnitRule, seconds: float = SECONDS) -> Proposal:
    """The allocation of one group with the most units; among those, one in few pieces.

    Raises `IonmError` 'optimizer-missing' without OR-tools.
    """
    try:
        from ortools.sat.python import cp_model
    except ModuleNotFoundError as error:
        raise IonmError("optimizer-missing", detail="the allocation cannot be worked out") from error

    model = cp_model.CpModel()
    pieces = _pieces(windows, rule.hour)
    share = {(piece, case): model.new_int_var(0, piece[1] - piece[0], "") for piece, cases in pieces.items() for case in cases}
    for piece, cases in pieces.items():
        model.add(sum(share[piece, case] for case in cases) <= piece[1] - piece[0])
    placed = _place_units(model, pieces, share, rule)
    claimed = sum(placed.values())
    used = [model.new_bool_var("") for _ in share]
    for flag, (piece, case) in zip(used, share, strict=True):
        model.add(share[piece, case] <= (piece[1] - piece[0]) * flag)
    model.maximize(claimed * (len(used) + 1) - sum(used))
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = seconds
    solver.parameters.num_workers = 1  # with more, which of equal optima is found would be chance
    status = solver.solve(model)
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return Proposal((), {}, {}, proved=False)
    found = {key: solver.value(variable) for key, variable in placed.items()}
    by_case: dict[int, int] = {}
    for (case, _), count in found.items():
        by_case[case] = by_case.get(case, 0) + count
    minutes = {key: solver.value(variable) for key, variable in share.items()}
    return Proposal(_given(pieces, minutes), by_case, {k: n for k, n in found.items() if n}, status == cp_model.OPTIMAL)


Piece = tuple[int, int]
Pieces = dict[Piece, tuple[int, ...]]


def _pieces(windows: Sequence[Window], hour: int) -> Pieces:
    """Stretches in which the same cases are attended, within one clock hour each."""
    edges = {edge for one in windows for edge in (one.start, one.end)}
    edges |= {clock for one in windows for clock in range(-(-one.start // hour) * hour, one.end, hour)}
    found: Pieces = {}
    for start, end in pairwise(sorted(edges)):
        if cases := {one.case for one in windows if one.start <= start and end <= one.end}:
            found[start, end] = tuple(sorted(cases))
    return found


def _place_units(
    model: CpModel, pieces: Pieces, share: Mapping[tuple[Piece, int], IntVar], rule: UnitRule
) -> dict[tuple[int, int], IntVar]:
    """Units by case and clock hour, held to the minutes given, the quarters begun, the cap, and the attended time."""
    length = rule.minutes_per_unit
    hours = sorted({start // rule.hour for start, _ in pieces})
    cases = sorted({case for mine in pieces.values() for case in mine})
    placed: dict[tuple[int, int], IntVar] = {}
    for hour in hours:
        inside = [piece for piece in pieces if piece[0] // rule.hour == hour]
        attended = sum(end - start for start, end in inside)
        most = min(rule.per_hour, -(-attended // length))
        for case in sorted({case for piece in inside for case in pieces[piece]}):
            placed[case, hour] = model.new_int_var(0, most, "")
            minutes = sum(share[piece, case] for piece in inside if case in pieces[piece])
            model.add(length * placed[case, hour] <= minutes + length - 1)
        model.add(sum(count for (_, at), count in placed.items() if at == hour) <= most)
    for case in cases:
        minutes = sum(variable for (_, one), variable in share.items() if one == case)
        _round(model, minutes, sum(count for (one, _), count in placed.items() if one == case), pieces, case, rule)
    attended = sum(end - start for start, end in pieces)
    model.add(sum(placed.values()) <= units(attended, rule.minutes_per_unit, rule.minimum, rule.remainder))
    return placed


def _round(model: CpModel, minutes: LinearExpr | int, count: LinearExpr | int, pieces: Pieces, case: int, rule: UnitRule) -> None:
    """A case has no more units than its minutes round to: the n-th unit asks for its own fewest minutes."""
    longest = sum(end - start for (start, end), mine in pieces.items() if case in mine)
    steps = [model.new_bool_var("") for _ in range(units(longest, rule.minutes_per_unit, rule.minimum, rule.remainder))]
    for first, second in pairwise(steps):
        model.add(second <= first)
    needs = [fewest(number + 1, rule) for number in range(len(steps))]
    more = [need - before for before, need in pairwise([0, *needs])]
    model.add(minutes >= sum(step * need for step, need in zip(steps, more, strict=True)))
    model.add(count == sum(steps))


def fewest(count: int, rule: UnitRule) -> int:
    """The fewest minutes that make so many units (0 for none)."""
    if count < 1:
        return 0
    return max(rule.minimum, (count - 1) * rule.minutes_per_unit + rule.remainder) if count > 1 else rule.minimum


def _given(pieces: Pieces, minutes: Mapping[tuple[Piece, int], int]) -> tuple[Window, ...]:
    """Each piece dealt out in order, the case that was served last coming first; neighbours of one case are joined."""
    out: list[Window] = []
    for piece, cases in sorted(pieces.items()):
        last = out[-1].case if out else None
        at = piece[0]
        for case in sorted(cases, key=lambda one: (one != last, one)):
            until = at + minutes[piece, case]
            if until > at:
                if out and out[-1].case == case and out[-1].end == at:
                    out[-1] = Window(case, out[-1].start, until)
                else:
                    out.append(Window(case, at, until))
            at = until
    return tuple(out)
