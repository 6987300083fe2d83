"""Rules about clock times and totals: contradictions, sums, breaks, midnight and the stay in the operating room."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from ionm_notes.rules import facts
from ionm_notes.rules.context import Note, RuleContext
from ionm_notes.rules.registry import rule
from ionm_notes.rules.words import clock, counted, span
from ionm_notes.timeline.window import stay_of
from ionm_notes.types import Proof, StatedTotal

MINUTE = timedelta(minutes=1)


@rule("time-conflict")
def time_conflict(context: RuleContext) -> Iterator[Note]:
    """Two stated times contradict each other.

    What it does: Reports each pair of stated times of which only one can be right: log against header or narrative,
        a stop before its start, or monitoring outside the stay in the operating room.
    Why it matters: The units rest on these times. A reviewer who sees two values takes the smaller one, or none.
    Remedy: Obtain the workstation's own log or the connection record, and have the author of the record correct the
        wrong time by a dated amendment.
    Example: The log has monitoring from 08:15 to 13:05, the header has 08:15 to 13:30.
    """
    for conflict in context.case.conflicts:
        message = f"{conflict.subject}: {conflict.chosen} was taken, {conflict.rejected} set aside; {conflict.why}"
        yield Note(message, conflict.evidence)
    backward = [doubt for doubt in context.minutes.doubts if doubt.id == "stop-before-start"]
    if context.case.stop_before_start or backward:
        evidence = facts.first(facts.merged(*(doubt.evidence for doubt in backward)), _monitoring(context))
        yield Note("A stop is stated that lies before its start, and nothing says that midnight passed", evidence)
    yield from _outside_stay(context)


def _outside_stay(context: RuleContext) -> Iterator[Note]:
    entered, left = stay_of(context.case.encounter)
    starts, ends = _monitoring_ends(context)
    if entered and starts and min(starts) < entered:
        message = f"Monitoring starts at {clock(min(starts))}, before the patient entered the room at {clock(entered)}"
        yield Note(message, facts.merged(_monitoring(context), facts.field_proof(context, "room_in")))
    if left and ends and max(ends) > left:
        message = f"Monitoring ends at {clock(max(ends))}, after the patient left the room at {clock(left)}"
        yield Note(message, facts.merged(_monitoring(context), facts.field_proof(context, "room_out")))


def _monitoring_ends(context: RuleContext) -> tuple[list[datetime], list[datetime]]:
    """Starts and ends of monitoring, stated and counted."""
    stated = [segment for segment in context.case.segments if segment.kind == "monitoring"]
    starts = [*(s.start for s in stated), context.minutes.monitoring_start]
    ends = [*(s.end for s in stated), context.minutes.monitoring_end]
    return [at for at in starts if at], [at for at in ends if at]


def _monitoring(context: RuleContext) -> Proof:
    return facts.segment_proof(context, "monitoring")


@rule("stated-total-mismatch")
def stated_total_mismatch(context: RuleContext) -> Iterator[Note]:
    """A stated total of minutes or units differs from what the times give.

    What it does: Holds each total of the document against its own clock times after set-up, baselines, removal and
        interruptions are taken off. A total that equals the whole monitoring or the attended part of it is right; so
        is one from which the document itself takes something off to arrive there.
    Why it matters: A total that cannot be added up from the record is the first thing a reviewer recomputes.
    Remedy: Have the total corrected to what the clock times give, or obtain the times that are missing; bill from
        the times.
    Example: 'Total 333 min' for 20:34 to 02:07, of which 23 minutes were without any recording: 310 remain.
    """
    expected = _expected_minutes(context)
    for total in context.case.totals:
        if total.kind == "minutes" and expected and not _is_the_duration(context, total):
            if not expected & {total.amount, total.amount - total.excludes_minutes}:
                values = {"stated": str(total.amount), "computed": str(max(expected))}
                yield Note(
                    f"The stated total is {total.amount} min; the times give {_amounts(expected)}", total.evidence, values=values
                )
        elif total.kind == "units":
            yield from _unit_total(context, total)


def _expected_minutes(context: RuleContext) -> frozenset[int]:
    """Every amount of minutes that a right total may state; empty where the times do not allow a sum."""
    minutes = context.minutes
    billable = facts.billable_minutes(minutes)
    if billable is None:
        return frozenset()
    whole = billable + minutes.unattended
    mapped = facts.cut_minutes(minutes, "mapping")
    each = {line.minutes for line in minutes.by_professional}
    return frozenset({billable, whole, billable + mapped, whole + mapped} | each) - {0}


def _amounts(expected: frozenset[int]) -> str:
    return " or ".join(f"{amount} min" for amount in sorted(expected))


def _is_the_duration(context: RuleContext, total: StatedTotal) -> bool:
    """Whether the minutes were counted from this very statement, so that it cannot disagree with them."""
    duration = context.case.duration
    return duration is not None and (duration == total or duration.amount == total.amount)


def _unit_total(context: RuleContext, total: StatedTotal) -> Iterator[Note]:
    billable = facts.billable_minutes(context.minutes)
    if not billable:
        return
    time_codes = {time_code.code: time_code for time_code in facts.time_codes(context)}
    if total.code is not None and total.code not in time_codes:
        return
    taken = [time_codes[total.code]] if total.code else list(time_codes.values())
    expected = {facts.units_of(billable, time_code) for time_code in taken}
    hour = context.policy.longest_unit
    hours = {billable // hour, -(-billable // hour)} if total.code is None else set()  # whose unit is not said
    suggested = sum(line.units or 0 for line in context.codes if line.kind == "time" and total.code in (None, line.code))
    if taken and total.amount not in expected | hours | {suggested}:
        right = " or ".join(counted(amount, "unit") for amount in sorted(expected))
        yield Note(f"The stated total is {counted(total.amount, 'unit')}; {billable} min give {right}", total.evidence)


@rule("interruption")
def interruption(context: RuleContext) -> Iterator[Note]:
    """An interruption has to be subtracted.

    What it does: Reports each stretch within monitoring in which nothing was recorded or nobody relieved the reader.
    Why it matters: Time in which nothing is monitored is not billable, also where the document's own total holds it.
    Remedy: Check that the charge leaves these minutes out; obtain both clock times where only one is stated.
    Example: 'Suspended from 11:20 to 11:35 because the amplifier had to be exchanged': 15 minutes off.
    """
    breaks = [s for s in context.case.segments if s.kind == "interruption" and _within(context, s.start, s.end)]
    for segment in breaks:
        if segment.start and segment.end:
            lost = int((segment.end - segment.start) / MINUTE)
            yield Note(f"Monitoring was interrupted from {span(segment.start, segment.end)} ({lost} min)", segment.evidence)
        else:
            said = clock(segment.start or segment.end)
            yield Note(f"Monitoring was interrupted ({said}), but only one end of the break is stated", segment.evidence)
    if not breaks and facts.includes(context, "interruption"):
        stated = facts.total_proof(context, "interruption")
        yield Note("The stated time says itself that it includes an interruption", stated)


def _within(context: RuleContext, start: datetime | None, end: datetime | None) -> bool:
    """Whether a stretch, or the one end of it that is known, touches counted monitoring; true where neither is known."""
    first, last = context.minutes.monitoring_start, context.minutes.monitoring_end
    if first is None or last is None or (start is None and end is None):
        return True
    return (start or end or first) < last and (end or start or last) > first


@rule("crosses-midnight")
def crosses_midnight(context: RuleContext) -> Iterator[Note]:
    """Monitoring passes midnight.

    What it does: Notes that monitoring that begins on one day ends on the next.
    Why it matters: The whole case counts on the day on which it began; two dates on the claim would split the units.
    Remedy: Bill all units under the date on which monitoring began.
    Example: Monitoring from 20:34 on 22 August to 02:07 on 23 August is billed under 22 August.
    """
    minutes = context.minutes
    spans = [(s.start, s.end) for s in context.case.segments if s.kind == "monitoring"]
    for start, end in [(minutes.monitoring_start, minutes.monitoring_end), *spans]:
        if start and end and (end - MINUTE).date() > start.date():
            message = f"Monitoring ran from {span(start, end)}; all of it counts on {start.date().isoformat()}"
            yield Note(message, _monitoring(context))
            return


@rule("time-over-anesthesia")
def time_over_anesthesia(context: RuleContext) -> Iterator[Note]:
    """The counted or charged time is longer than the anesthesia time or the stay in the operating room.

    What it does: Holds counted minutes, and the fewest minutes that the charged units need, against both bounds.
    Why it matters: At least one payer compares monitoring with the anesthesia record and refuses what lies outside.
    Remedy: Obtain the anesthesia record and find out which of the times is wrong before anything is billed.
    Example: 250 minutes of monitoring, anesthesia from 08:00 to 11:30 (210 minutes).
    """
    encounter = context.case.encounter
    bounds = [
        ("anesthesia time", encounter.anesthesia_start, encounter.anesthesia_stop, ("anesthesia_start", "anesthesia_stop")),
        ("stay in the operating room", encounter.room_in, encounter.room_out, ("room_in", "room_out")),
    ]
    for name, start, end, fields in bounds:
        if start is None or end is None or end <= start:
            continue
        limit = int((end - start) / MINUTE)
        for subject, needed, evidence in _claimed_minutes(context):
            if needed > limit:
                message = f"{subject}: {needed} min, but the {name} is {span(start, end)}, {limit} min"
                yield Note(message, facts.merged(facts.field_proof(context, *fields), evidence))


def _claimed_minutes(context: RuleContext) -> list[tuple[str, int, Proof]]:
    """What is counted or charged, with the fewest minutes that it needs."""
    claims: list[tuple[str, int, Proof]] = []
    counted_minutes = facts.billable_minutes(context.minutes)
    if counted_minutes:
        claims.append(("Counted monitoring", counted_minutes, _monitoring(context)))
    by_code = {time_code.code: time_code for time_code in facts.time_codes(context)}
    for line in context.case.billing:
        time_code = by_code.get(line.code)
        if time_code and line.units:
            needed = (line.units - 1) * time_code.minutes_per_unit + time_code.minimum
            claims.append((f"{line.code} x {line.units} as charged needs at least", needed, line.evidence))
    return claims
