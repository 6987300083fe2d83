"""Counts a proposed allocation again, minute by minute; read this for what makes one unlawful. Shares no code with its making.

Every proposal passes through here before anybody sees it.
"""

from __future__ import annotations

from collections.abc import Sequence

from ionm_notes.codes.units import units
from ionm_notes.roster.allocation import Proposal, UnitRule, Window


def faults(proposal: Proposal, windows: Sequence[Window], rule: UnitRule) -> list[str]:
    """What is unlawful in a proposal, by counting its minutes one by one; empty where nothing is."""
    found: list[str] = []
    attended = {(minute, one.case) for one in windows for minute in range(one.start, one.end)}
    taken: dict[int, int] = {}
    for one in proposal.given:
        for minute in range(one.start, one.end):
            if minute in taken:
                found.append(f"minute {minute} is given twice")
            if (minute, one.case) not in attended:
                found.append(f"minute {minute} is given to case {one.case}, which was not attended in it")
            taken[minute] = one.case
    for case, count in proposal.units.items():
        mine = sum(1 for owner in taken.values() if owner == case)
        if count > units(mine, rule.minutes_per_unit, rule.minimum, rule.remainder):
            found.append(f"case {case} has {count} units of {mine} minutes")
        if count != sum(n for (one, _), n in proposal.placed.items() if one == case):
            found.append(f"units of case {case} are not those of its hours")
    for (case, hour), count in proposal.placed.items():
        mine = sum(1 for minute, owner in taken.items() if owner == case and minute // rule.hour == hour)
        if count > -(-mine // rule.minutes_per_unit):
            found.append(f"case {case} has {count} units of {mine} minutes in hour {hour}")
    there = {minute for minute, _ in attended}
    for hour in {minute // rule.hour for minute in there}:
        count = sum(n for (_, at), n in proposal.placed.items() if at == hour)
        begun = -(-sum(1 for minute in there if minute // rule.hour == hour) // rule.minutes_per_unit)
        if count > min(rule.per_hour, begun):
            found.append(f"hour {hour} has {count} units")
    if sum(proposal.units.values()) > units(len(there), rule.minutes_per_unit, rule.minimum, rule.remainder):
        found.append("the units are more than the attended minutes make")
    return found
