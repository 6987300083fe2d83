"""The scene: what every step in the reading of attendance looks at."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from ionm_notes.read.attendance.gaps import Gap
from ionm_notes.read.attendance.told import Told
from ionm_notes.read.events import Event, Times
from ionm_notes.read.people import Cast
from ionm_notes.read.reading import Reading


@dataclass(frozen=True, slots=True)
class Scene:
    """What every step in the reading of attendance looks at."""

    reading: Reading
    events: tuple[Event, ...]
    times: Times
    prose: Told
    """What sentences tell."""
    cast: Cast
    day: date
    monitoring: tuple[datetime | None, datetime | None]
    away: tuple[Gap, ...]
    """Stretches in which the professional did not watch."""
    last_report: datetime | None
    """The last timed report of signals or presence."""

    @property
    def known_to(self) -> datetime | None:
        """How far the record tells of the monitoring: to its stated end, or else to the last timed report."""
        return self.monitoring[1] or self.last_report
