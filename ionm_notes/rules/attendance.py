"""Rules about who attended and when: gaps, hand-offs, shared attention, and minutes at the edge of a unit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from ionm_notes.rules import facts
from ionm_notes.rules.context import Note, RuleContext
from ionm_notes.rules.people import same_person
from ionm_notes.rules.registry import rule
from ionm_notes.rules.words import listed, span
from ionm_notes.types import Attendance, Proof

HOUR = 60
"""Minutes of a unit of an hourly code."""


@rule("professional-partial")
def professional_partial(context: RuleContext) -> Iterator[Note]:
    """A minute or more of the monitoring was attended by no professional.

    What it does: Names the stretches of monitoring, interruptions aside, that no professional's attendance covers.
    Why it matters: Only attended minutes are billable; the technologist's presence does not make up for the rest.
    Remedy: Bill the attended minutes alone. If someone did attend, obtain the connection record of the session.
    Example: Monitoring from 08:15, the reader connected at 08:37: 22 minutes are not billable.
    """
    case, missing = context.case, context.minutes.unattended
    if missing < 1 or not facts.attendance(context) or case.read_afterwards or case.only_operator_monitors:
        return
    lines = [line for line in context.minutes.proof if line.reason == "unattended" and line.minutes]
    stretches = listed(span(line.start, line.end) for line in lines)
    where = f": {stretches}" if stretches else ""
    yield Note(f"{missing} min of the monitoring were attended by no professional{where}", _proof(context))


def _proof(context: RuleContext) -> Proof:
    return facts.merged(facts.attendance_proof(context), facts.segment_proof(context, "monitoring"))


@rule("handoff")
def handoff(context: RuleContext) -> Iterator[Note]:
    """More than one professional attended, one after another.

    What it does: Notes that one professional's attendance was followed by another's.
    Why it matters: Each reports his or her own minutes and units; the record has to show who watched when.
    Remedy: Bill each professional's minutes on lines of their own, and check that each of them signed.
    Example: One physician until 23:30, another from 23:30 to the end.
    """
    relay = sorted((entry for entry in facts.attendance(context) if entry.professional), key=_begin)
    for index, later in enumerate(relay):
        for earlier in relay[:index]:
            if _follows(earlier, later):
                names = listed(_distinct(relay))
                parts = listed(f"{e.professional} {span(e.start, e.end)}" for e in relay)
                evidence = tuple(item for entry in relay for item in entry.evidence)
                yield Note(f"{names} attended one after another ({parts})", evidence)
                return
    if context.case.handed_over:
        yield Note("one professional was followed by another, without times of each", context.case.handed_over)


def _begin(entry: Attendance) -> tuple[str, str]:
    return (entry.start.isoformat() if entry.start else "", entry.end.isoformat() if entry.end else "~")


def _follows(earlier: Attendance, later: Attendance) -> bool:
    """Whether a different person's attendance begins and ends later, so far as its ends are stated."""
    if same_person(earlier.professional or "", later.professional or ""):
        return False
    if earlier.start and later.start and earlier.start >= later.start:
        return False
    if earlier.end and later.end and earlier.end >= later.end:
        return False
    return bool((earlier.start and later.start) or (earlier.end and later.end))


def _distinct(relay: list[Attendance]) -> list[str]:
    names: list[str] = []
    for entry in relay:
        if entry.professional and not any(same_person(entry.professional, name) for name in names):
            names.append(entry.professional)
    return names


@rule("below-minimum")
def below_minimum(context: RuleContext) -> Iterator[Note]:
    """The minutes do not reach one unit.

    What it does: Compares each professional's minutes of one time code with the fewest that make a first unit.
    Why it matters: A line with less than the threshold is refused, and rounding it up is an overcharge.
    Remedy: Leave the time code off. If attendance was longer than the record shows, obtain the connection record.
    Example: Six minutes of exclusive remote monitoring under a 15-minute code give no unit.
    """
    amounts: Counter[tuple[str | None, str]] = Counter()
    thresholds: dict[str, tuple[int, int]] = {}
    for line in context.minutes.by_professional:
        time_code = context.policy.time_code(line.column)
        if time_code is not None:
            amounts[line.professional, time_code.code] += line.minutes
            thresholds[time_code.code] = (time_code.minimum, time_code.minutes_per_unit)
    for (who, code), minutes in amounts.items():
        minimum, per_unit = thresholds[code]
        if 0 < minutes < minimum:
            whose = f"{minutes} min of {who or 'the professional'}"
            message = f"{whose} under {code} ({per_unit} min a unit) are under the {minimum} of a first unit"
            yield Note(message, _attended_by(context, who), values={"minimum": str(minimum), "minutes_per_unit": str(per_unit)})


@rule("concurrent-cases")
def concurrent_cases(context: RuleContext) -> Iterator[Note]:
    """Other cases were watched at the same time.

    What it does: Reports stated attention to other cases, unless the record gives every shared minute to this patient.
    Why it matters: Codes for undivided attention cannot be billed for time that was shared, with any payer's patient;
        some payers refuse shared time altogether.
    Remedy: Obtain the list of concurrent cases with their times and, if one was kept, the allocation of time among them.
    Example: 'Two further cases were open on my screens during the whole of this time.'
    """
    case = context.case
    shared = [entry for entry in facts.attendance(context) if entry.exclusive is False]
    if not shared and case.exclusive is not False and not case.shared:
        return
    columns = (context.minutes.in_room_shared, context.minutes.remote_shared)
    if case.allocated and columns == (0, 0):
        return
    unallocated = None if None in columns else sum(amount or 0 for amount in columns)
    count = f"{case.concurrent_count} cases were" if case.concurrent_count else "More than one case was"
    amount = "" if not unallocated else f"; {unallocated} min are shared and not allocated"
    element = case.elements.get("exclusivity")
    parts = tuple(item for stretch in case.shared for item in stretch.evidence)
    evidence = facts.merged(tuple(e for entry in shared for e in entry.evidence), parts, element.evidence if element else ())
    yield Note(f"{count} watched at the same time{amount}", evidence, values={"payer": context.policy.title})


@rule("allocated-time")
def allocated_time(context: RuleContext) -> Iterator[Note]:
    """The record gives parts of shared time to this patient alone.

    What it does: Notes stated allocations of time within concurrent cases.
    Why it matters: Allocated minutes count as exclusive, but the units of all patients of one professional may not sum
        to more than the clock allows. One note cannot show that.
    Remedy: Add up this professional's units of the same clock hours over all patients before billing.
    Example: Two patients watched for one hour, 38 minutes given to one and 22 to the other.
    """
    if context.case.allocated:
        parts = listed(span(stretch.start, stretch.end) for stretch in context.case.allocated)
        per_hour = str(context.policy.limit("units-per-hour"))
        evidence = tuple(item for stretch in context.case.allocated for item in stretch.evidence)
        message = f"Allocated to this patient alone: {parts}; at most {per_hour} units an hour over all patients"
        yield Note(message, evidence, values={"units_per_hour": per_hour})


@rule("rounding-disputed")
def rounding_disputed(context: RuleContext) -> Iterator[Note]:
    """The last unit hangs on a rounding rule about which payers differ.

    What it does: Notes minutes of an hourly code that lie at the half hour, where one minute or another payer's rule
        moves a unit.
    Why it matters: The threshold is a convention; a contractor once counted from 30 minutes, others count from 31.
    Remedy: Check the payer's own rule, and the start and stop times to the minute.
    Example: 90 minutes of shared remote attention: one hour by this policy, two by the other convention.
    """
    amounts: Counter[tuple[str | None, str]] = Counter()
    codes = {time_code.code: time_code for time_code in facts.time_codes(context) if time_code.minutes_per_unit == HOUR}
    for line in context.minutes.by_professional:
        time_code = context.policy.time_code(line.column)
        if time_code is not None and time_code.code in codes:
            amounts[line.professional, time_code.code] += line.minutes
    for (who, code), minutes in amounts.items():
        threshold = codes[code].remainder
        if minutes % HOUR == threshold - 1:
            message = f"{minutes} min under {code}: one minute under the {threshold} over whole hours that make a further unit"
            yield Note(message, _attended_by(context, who), severity="info", values={"remainder": str(threshold)})


def _attended_by(context: RuleContext, who: str | None) -> Proof:
    own = tuple(item for entry in facts.attendance(context) if entry.professional == who for item in entry.evidence)
    return own or _proof(context)
