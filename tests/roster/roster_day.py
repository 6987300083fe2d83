"""Builds reports of a made-up day, so that a test says only what it is about."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from ionm_notes.policy import load_policy
from ionm_notes.roster.audit import audit_roster
from ionm_notes.roster.concurrency import minute_of
from ionm_notes.roster.identity import Entry
from ionm_notes.roster.model import Attended, Counted, Named, Report, RosterFinding, Suggested
from ionm_notes.roster.scene import Scene, scene
from ionm_notes.types import Column, Mode, Role

DAY = date(2025, 4, 17)
MODES: dict[Column, Mode] = {
    "in_room": "in_room",
    "in_room_shared": "in_room",
    "remote_exclusive": "remote",
    "remote_shared": "remote",
    "remote_unstated": "remote",
}


def at(clock: str, day: date = DAY) -> int:
    """The minute of a clock time of the day; hours over 23 are of the next one."""
    hour, minute = map(int, clock.split(":"))
    return minute_of(datetime(day.year, day.month, day.day)) + hour * 60 + minute


def who(name: str, role: Role = "professional", credentials: str = "MD", facility: str = "Larkmoor", npi: str = "") -> Named:
    return Named(name, tuple(credentials.split()), role, facility, npi)


_numbers = iter(range(1, 10**9))


def report(
    spans: str = "08:00-10:00",
    reader: Named | None = None,
    column: Column = "remote_exclusive",
    units: int | None = None,
    others: Sequence[Named] = (),
    second: tuple[str, Named] | None = None,
    patient: str = "",
    payers: Sequence[str] = ("medicare",),
    pauses: str = "",
    allocated: str = "",
    operator_monitors: bool = False,
    facility: str = "Larkmoor",
    name: str = "",
) -> Report:
    """A report whose reader attends the spans ('08:00-09:00 09:30-10:00'); `second` takes other spans of it."""
    reader = reader or who("Hesper Vantongeren")
    number = next(_numbers)
    spells = [(reader, start, end) for start, end in _spans(spans)]
    spells += [(second[1], start, end) for start, end in _spans(second[0])] if second else []
    if units is None:
        units = (sum(end - start for one, start, end in spells if one == reader) + 7) // 15
    return Report(
        document=number,
        name=name or f"{number}.txt",
        day=DAY,
        facility=facility,
        patient=(patient or f"patient {number}", str(number) if not patient else "1"),
        payers=tuple(payers),
        people=(reader, *((second[1],) if second else ()), *others),
        attended=tuple(Attended(one.name, start, end, MODES[column], None) for one, start, end in spells),
        counted=tuple(Counted(one.name, start, end, column) for one, start, end in spells),
        monitoring=(min(start for _, start, _ in spells), max(end for _, _, end in spells)),
        pauses=tuple(_spans(pauses)),
        monitored=(),
        allocated=tuple(_spans(allocated)),
        operator_monitors=operator_monitors,
        suggested=tuple(Suggested(payer, "G0453", reader.name, units) for payer in payers),
        signed=(),
    )


def seen(*reports: Report, entries: Sequence[Entry] = (), most: int | None = None, most_hours: int | None = None) -> Scene:
    return scene(reports, load_policy, entries, most, most_hours)


def found(*reports: Report, entries: Sequence[Entry] = (), most: int | None = None, most_hours: int | None = None) -> list[str]:
    """The kinds of the findings over some reports, in order of the alphabet."""
    return sorted(one.kind for one in findings(*reports, entries=entries, most=most, most_hours=most_hours))


def findings(
    *reports: Report, entries: Sequence[Entry] = (), most: int | None = None, most_hours: int | None = None
) -> tuple[RosterFinding, ...]:
    return audit_roster(seen(*reports, entries=entries, most=most, most_hours=most_hours))


def _spans(text: str) -> list[tuple[int, int]]:
    return [(at(start), at(end)) for start, end in (one.split("-") for one in text.split())]
