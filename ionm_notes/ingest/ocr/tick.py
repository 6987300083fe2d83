"""One check box as found in the dots of a page, and what the ink inside it says; squares and rings both come to it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

SHORTEST, LONGEST = 0.07, 0.2
"""Shortest and longest side of a box in inches."""
EMPTY_INSIDE, TICKED_INSIDE = 0.04, 0.1
"""Part of the inside that is inked: less than the first is an empty box, as much as the second a ticked one."""

Ink = npt.NDArray[np.uint8]
"""1 where a dot of a page is ink."""
Stats = npt.NDArray[Any]
"""Pieces of ink as OpenCV counts them: left, top, width, height and dots of each."""


@dataclass(frozen=True, slots=True)
class Tick:
    """One box: left, top, right and bottom in dots; `ticked` is None where that is in doubt.

    `whole`: the inked part of its outline, 1 where it is unbroken.
    """

    x0: int
    y0: int
    x1: int
    y1: int
    ticked: bool | None
    whole: float

    @property
    def side(self) -> float:
        """Mean of width and height."""
        return (self.x1 - self.x0 + self.y1 - self.y0) / 2

    @property
    def middle(self) -> tuple[float, float]:
        """Its middle (x, y)."""
        return (self.x0 + self.x1) / 2, (self.y0 + self.y1) / 2


def says(inked: float) -> bool | None:
    """What a part of ink inside a box says: ticked, empty, or None where it is in doubt."""
    return False if inked < EMPTY_INSIDE else True if inked >= TICKED_INSIDE else None
