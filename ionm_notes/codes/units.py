"""Turns minutes into units and says so in words; the only rounding in the program.

A unit rule is three numbers of the policy: minutes per unit, the fewest minutes for the first unit, and the fewest
minutes over whole units that make one more (15, 8, 8 and 60, 31, 31).
"""

from __future__ import annotations

WHOLE = {15: "quarter", 60: "hour"}
"""Names of whole units, by their minutes; others are called 'unit'."""


def units(minutes: int, minutes_per_unit: int, minimum: int, remainder: int) -> int:
    """Units for whole `minutes`: none under `minimum`, then whole units and one more from `remainder` minutes over.

    At least one unit stands once the minimum is reached. Raises ValueError on negative minutes or a rule that is not
    positive. Source: contract, 'Units and status of the time codes'; worked examples B1 to B28.
    """
    if minutes < 0 or min(minutes_per_unit, minimum, remainder) <= 0:
        raise ValueError(f"cannot turn {minutes} min into units of {minutes_per_unit} min, from {minimum} and {remainder} min")
    if minutes < minimum:
        return 0
    whole, over = divmod(minutes, minutes_per_unit)
    return max(1, whole + (over >= remainder))


def units_in_words(minutes: int, minutes_per_unit: int, minimum: int, remainder: int) -> str:
    """The same in words: '213 min = 14 whole quarters + 3 min, under 8: 14 units'. Raises as `units` does."""
    count = units(minutes, minutes_per_unit, minimum, remainder)
    if minutes < minimum:
        return f"{minutes} min, under {minimum}: no unit"
    whole, over = divmod(minutes, minutes_per_unit)
    name = WHOLE.get(minutes_per_unit, "unit")
    parts = f"{minutes} min = {whole} whole {name}{'' if whole == 1 else 's'}"
    if over:
        weight = f"{remainder} or more" if over >= remainder else f"under {remainder}"
        parts = f"{parts} + {over} min, {weight}"
    return f"{parts}: {count} unit{'' if count == 1 else 's'}"
