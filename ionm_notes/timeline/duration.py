"""Counts from a stated duration where no clock times allow more; read for rule 9 of the minutes."""

from __future__ import annotations

from dataclasses import replace

from ionm_notes.timeline import attendance as att
from ionm_notes.timeline.window import find_window
from ionm_notes.types import (
    COLUMNS,
    Attendance,
    Case,
    Column,
    Doubt,
    Minutes,
    ProfessionalMinutes,
    ProofLine,
    SegmentKind,
    StatedTotal,
)


def count_duration(case: Case) -> Minutes:
    """Minutes of `case.duration` less what the document itself says to exclude, in the column of the attendance.

    Where attendance of several columns leaves the split open, every one of them is None. Raises ValueError without a
    duration. Source: contract, rule 9.
    """
    if case.duration is None:
        raise ValueError("no duration is stated")
    stated = case.duration
    amount = stated.amount - excluded(stated)
    attending = _attending(case)
    possible = {att.column_of(a) for a in attending}
    column = next(iter(possible)) if len(possible) == 1 else None
    people = {a.professional for a in attending}
    who = next(iter(people)) if len(people) == 1 else None
    known = {c for c in possible if c is not None}
    unknown: set[Column] = set() if column else (known or set(COLUMNS))
    value: dict[Column, int | None] = {c: None if c in unknown else amount if c == column else 0 for c in COLUMNS}
    return Minutes(
        in_room=value["in_room"],
        in_room_shared=value["in_room_shared"],
        remote_exclusive=value["remote_exclusive"],
        remote_shared=value["remote_shared"],
        remote_unstated=value["remote_unstated"],
        by_professional=(ProfessionalMinutes(who, column, amount),) if column else (),
        proof=_proof(case, stated, amount, column, who),
        doubts=_doubts(case, stated, column, bool(known)),
        monitoring_start=None,
        monitoring_end=None,
        attendance=att.fill(case, find_window(case)),
        unattended=0,
        overlap=_overlap(stated),
        least={c: amount if c == column else 0 for c in COLUMNS},
        most={c: amount if c == column or c in unknown else 0 for c in COLUMNS},
    )


def of_length(case: Case, minutes: Minutes) -> Minutes:
    """The minutes with no more of them than the professional is said to have attended, where it is told how long and not when.

    Left as they are where they stand in several columns, which nobody could share a length out to. Source: contract, rule 9.
    """
    stated = case.attended_length
    counted = [p for p in minutes.by_professional if p.minutes]
    if stated is None or len(counted) != 1 or stated.amount >= counted[0].minutes:
        return minutes
    (of,) = counted
    why = "only how long the professional attended is stated"
    lines = tuple(replace(line, column=None, reason="assumed", why=why) if line.column else line for line in minutes.proof)
    shown = tuple(dict.fromkeys((*stated.evidence, *(e for line in minutes.proof if line.column for e in line.evidence))))
    lines += (ProofLine(None, None, stated.amount, of.column, "counted", why, of.professional, shown),)
    value: dict[Column, int | None] = {c: stated.amount if c == of.column else 0 for c in COLUMNS}
    message = "it is told how long the professional attended, and not when"
    return replace(
        minutes,
        in_room=value["in_room"],
        in_room_shared=value["in_room_shared"],
        remote_exclusive=value["remote_exclusive"],
        remote_shared=value["remote_shared"],
        remote_unstated=value["remote_unstated"],
        by_professional=(ProfessionalMinutes(of.professional, of.column, stated.amount),),
        proof=lines,
        doubts=(*minutes.doubts, Doubt("attendance-duration-only", message, stated.evidence)),
        unattended=minutes.unattended + of.minutes - stated.amount,
        least={c: min(minutes.least.get(c, 0), value[c] or 0) for c in COLUMNS},
    )


def _attending(case: Case) -> tuple[Attendance, ...]:
    """Whose minutes these are; said to be both in the room and remote, they are those in the room (rule 10)."""
    inside = tuple(a for a in case.attendance if a.mode == "in_room")
    return inside if case.mode_conflict and inside else case.attendance


def excluded(total: StatedTotal) -> int:
    """Minutes that the document says stand inside the total and do not count; 0 where it names nothing inside it."""
    return min(total.amount, total.excludes_minutes) if total.includes else 0


def _proof(case: Case, stated: StatedTotal, amount: int, column: Column | None, who: str | None) -> tuple[ProofLine, ...]:
    evidence = tuple(dict.fromkeys((*stated.evidence, *(e for a in case.attendance for e in a.evidence))))
    reason = "counted" if column else "mode-unstated" if all(a.mode == "unstated" for a in case.attendance) else "assumed"
    lines = [ProofLine(None, None, amount, column, reason, "only a duration is stated", who, evidence)]
    if excluded(stated):
        why = f"the stated duration includes {', '.join(stated.includes)}"
        lines.append(ProofLine(None, None, excluded(stated), None, "stated-exclusion", why, None, stated.evidence))
    return tuple(lines)


def _doubts(case: Case, stated: StatedTotal, column: Column | None, mode_known: bool) -> tuple[Doubt, ...]:
    doubts = [Doubt("duration-only", "only a duration is stated, no clock times", stated.evidence)]
    if column is None and mode_known:
        doubts.append(Doubt("duration-split", "one duration is stated for several ways of attending", stated.evidence))
    if case.conflicts:
        evidence = tuple(dict.fromkeys(e for c in case.conflicts for e in c.evidence))
        doubts.append(Doubt("time-conflict", "stated times contradict each other", evidence))
    if case.mode_conflict:
        doubts.append(Doubt("mode-conflict", "the same time is said to be both in the room and remote", case.mode_conflict))
    if any(a.mode == "unstated" for a in case.attendance):
        doubts.append(Doubt("mode-unstated", "it is not said from where a professional attended", ()))
    return tuple(doubts)


def _overlap(stated: StatedTotal) -> dict[SegmentKind, int]:
    """What stands inside the stated duration, in minutes, where one part alone is named."""
    return {stated.includes[0]: excluded(stated)} if len(stated.includes) == 1 and excluded(stated) else {}
