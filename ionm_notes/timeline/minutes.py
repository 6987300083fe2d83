"""Counts the billable minutes of a case and proves them; this is the one arithmetic for minutes.

`count_minutes` implements 'How billable minutes are counted' of the contract from the resolved facts of a `Case`. Its
proof lists every stretch of the day, counted in a column or cut and why; the counted lines add up to the columns.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from ionm_notes.timeline import attendance as att
from ionm_notes.timeline.bounds import bounds
from ionm_notes.timeline.cuts import cuts_of, open_interruptions, open_parts, overlaps
from ionm_notes.timeline.duration import count_duration, of_length
from ionm_notes.timeline.intervals import EMPTY, whole_minute
from ionm_notes.timeline.mapping import mapping_is_coded
from ionm_notes.timeline.readings import with_reading_doubts
from ionm_notes.timeline.sweep import Day, columns, sweep
from ionm_notes.timeline.window import Window, find_window, proof_of
from ionm_notes.types import COLUMNS, Case, Column, Doubt, Minutes, ProfessionalMinutes, Proof, ProofLine


def count_minutes(case: Case) -> Minutes:
    """Billable minutes of `case` by column, with proof, doubts and bounds.

    A column is None where the document lets nobody compute it; without any professional all columns are 0. Pure; takes
    any facts, however contradictory, without raising. Source: contract, 'How billable minutes are counted'.
    """
    window = find_window(case)
    if window.counted is None and _may_count_duration(case, window):
        return with_reading_doubts(case, count_duration(case))
    day = _day(case, window)
    lines = sweep(day)
    unknown = _unknown_columns(case, window)
    if window.counted is None:
        lines = tuple(line for line in lines if line.reason not in ("before-monitoring", "after-monitoring"))
    totals = columns(lines)
    least, most = bounds(case, window, day, totals)
    values: dict[Column, int | None] = {c: None if c in unknown else totals[c] for c in COLUMNS}
    if unknown:
        lines = tuple(_uncounted(line) if line.column in unknown else line for line in lines)
    counted = Minutes(
        in_room=values["in_room"],
        in_room_shared=values["in_room_shared"],
        remote_exclusive=values["remote_exclusive"],
        remote_shared=values["remote_shared"],
        remote_unstated=values["remote_unstated"],
        by_professional=_by_professional(lines),
        proof=lines,
        doubts=_doubts(case, window, lines),
        monitoring_start=window.start,
        monitoring_end=window.end,
        attendance=att.fill(case, window),
        unattended=sum(line.minutes for line in lines if line.reason == "unattended"),
        overlap=overlaps(case, window),
        least=least,
        most=most,
    )
    return with_reading_doubts(case, of_length(case, counted))


def why_nobody(case: Case) -> str:
    """Why no attendance of this case can count at all; empty where it may (contract, 'Units and status')."""
    if case.read_afterwards:
        return "the record was only read afterwards"
    if case.only_operator_monitors:
        return "the only monitoring professional is the surgeon, the assistant or the anesthesia provider"
    if case.never_monitored:
        return "monitoring was never begun"
    if not case.attendance:
        return "no professional is documented as attending"
    return ""


def _may_count_duration(case: Case, window: Window) -> bool:
    backward = any(d.id == "stop-before-start" for d in window.doubts)
    return case.duration is not None and not backward and not why_nobody(case)


def _day(case: Case, window: Window) -> Day:
    moments: set[datetime] = {
        whole_minute(m) for s in case.segments if s.kind in ("setup", "monitoring") for m in (s.start, s.end) if m
    }
    return Day(
        window=window.counted or EMPTY,
        cuts=cuts_of(case, window),
        placed=att.place(case),
        allocated=att.allocated_time(case),
        nobody=why_nobody(case),
        evidence=proof_of(window.evidence, *(s.evidence for s in window.initial if window.start and not window.evidence)),
        points=tuple(sorted(moments)),
        shared=att.shared_time(case),
    )


def _unknown_columns(case: Case, window: Window) -> frozenset[Column]:
    """Columns whose minutes the document does not let anyone compute."""
    if why_nobody(case):
        return frozenset()
    if all(a.mode == "unstated" for a in case.attendance):
        return frozenset(COLUMNS)
    touched = case.attendance if window.counted is None else att.backward(case)
    possible = [att.column_of(a, *part) for a in touched for part in att.parts_of(case)]
    return frozenset(c for c in possible if c is not None)


def _uncounted(line: ProofLine) -> ProofLine:
    """A line of a column that cannot be told as a whole: kept in the proof, added to nothing."""
    return replace(line, column=None, reason="assumed", why=f"{line.why}; the column as a whole cannot be told")


def _by_professional(lines: tuple[ProofLine, ...]) -> tuple[ProfessionalMinutes, ...]:
    totals: Counter[tuple[str | None, Column]] = Counter()
    for line in lines:
        if line.column is not None:
            totals[line.professional, line.column] += line.minutes
    ordered = sorted(totals.items(), key=lambda one: (one[0][0] or "", COLUMNS.index(one[0][1])))
    return tuple(ProfessionalMinutes(who, column, amount) for (who, column), amount in ordered)


def _doubts(case: Case, window: Window, lines: tuple[ProofLine, ...]) -> tuple[Doubt, ...]:
    doubts = list(window.doubts)
    if case.conflicts:
        message = "; ".join(f"{c.subject}: {c.chosen} taken, {c.rejected} set aside ({c.why})" for c in case.conflicts)
        doubts.append(Doubt("time-conflict", message, proof_of(*(c.evidence for c in case.conflicts))))
    placed = att.place(case)
    both = proof_of(case.mode_conflict, *(proof_of(a.evidence, b.evidence) for a, b in att.in_two_places(placed)))
    if both or att.in_two_places(placed):
        doubts.append(Doubt("mode-conflict", "the same time is said to be both in the room and remote", both))
    if case.attendance_unread:
        message = "an interval told of the professional could not be read"
        doubts.append(Doubt("attendance-unread", message, case.attendance_unread))
    if case.handed_over:
        message = "another professional took over, and the record does not tell from when on"
        doubts.append(Doubt("attendance-unread", message, case.handed_over))
    if case.times_unread:
        message = "a pause, or a part of the day within the monitoring, is told with times that could not be placed"
        doubts.append(Doubt("times-unread", message, case.times_unread))
    if mapping_is_coded(case) and not case.mapping:
        doubts.append(Doubt("mapping-times-missing", "mapping is reported without stated times", ()))
    doubts.extend(_further(case, window, lines))
    unique: Mapping[tuple[str, str, Proof], Doubt] = {(d.id, d.message, d.evidence): d for d in doubts}
    return tuple(unique.values())


def _half_open(case: Case, window: Window) -> list[Doubt]:
    """An attendance of which only the coming or only the going is stated: how much of the monitoring it covers is assumed.

    Source: contract, 'A time code is query where a start or stop is assumed'.
    """
    doubts = []
    for a in case.attendance:
        if window.counted is None or att.is_whole_case(a) or a.mode == "unstated":
            continue
        if a.start is None and a.end is not None:
            doubts.append(
                Doubt("attendance-start-assumed", "it is not stated when the professional's attendance began", a.evidence)
            )
        if a.end is None and a.start is not None:
            doubts.append(
                Doubt("attendance-end-assumed", "it is not stated when the professional's attendance ended", a.evidence)
            )
    return doubts


def _further(case: Case, window: Window, lines: tuple[ProofLine, ...]) -> list[Doubt]:
    doubts: list[Doubt] = []
    backward = att.backward(case)
    if backward and window.counted is not None:
        evidence = proof_of(*(a.evidence for a in backward))
        doubts.append(Doubt("stop-before-start", "an attendance is stated to stop before it starts", evidence))
    for segment in open_interruptions(case, window):
        doubts.append(Doubt("interruption-open", "an interruption is stated without both its times", segment.evidence))
    for segment in open_parts(case, window):
        message = f"{segment.kind} reaches into the monitoring, and one of its times is not stated"
        doubts.append(Doubt("part-open", message, segment.evidence))
    doubts.extend(_half_open(case, window))
    if any(a.mode == "unstated" for a in case.attendance) and not why_nobody(case):
        evidence = proof_of(*(a.evidence for a in case.attendance if a.mode == "unstated"))
        amount = sum(line.minutes for line in lines if line.reason == "mode-unstated")
        message = (
            f"{amount} min were attended, but not said from where"
            if amount
            else "it is not said from where a professional attended"
        )
        doubts.append(Doubt("mode-unstated", message, evidence))
    return doubts
