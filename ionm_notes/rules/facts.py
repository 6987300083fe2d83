"""Questions that several rules put to the facts; read this before asking the same thing anew in a rule."""

from __future__ import annotations

from datetime import date

from ionm_notes.codes import studies
from ionm_notes.codes.units import units
from ionm_notes.policy.api import TimeCode, dated
from ionm_notes.rules.context import RuleContext
from ionm_notes.types import COLUMNS, Attendance, BillingLine, Column, Evidence, Minutes, Modality, Proof


def day(context: RuleContext) -> date:
    """The date of service; the policy's own date where the document states none."""
    return context.case.encounter.date_of_service or context.policy.on


def field_proof(context: RuleContext, *fields: str) -> Proof:
    """Where the document states the given fields of the encounter."""
    return tuple(item for name in fields for item in context.case.encounter.evidence.get(name, ()))


def segment_proof(context: RuleContext, *kinds: str) -> Proof:
    """Where the document states segments of the given kinds."""
    return tuple(item for segment in context.case.segments if segment.kind in kinds for item in segment.evidence)


def total_proof(context: RuleContext, part: str) -> Proof:
    """Where a stated total or duration names `part` as being inside it."""
    stated = (*context.case.totals, *((context.case.duration,) if context.case.duration else ()))
    return tuple(item for total in stated if part in total.includes for item in total.evidence)


def includes(context: RuleContext, part: str) -> bool:
    """Whether a stated total, or the stated duration, names `part` as being inside it."""
    duration = context.case.duration
    return any(part in total.includes for total in context.case.totals) or (duration is not None and part in duration.includes)


def performed(context: RuleContext, *names: str) -> tuple[Modality, ...]:
    """Modalities of the given names that were performed, yielded they a usable response or not."""
    return tuple(m for m in context.case.modalities if m.modality in names and m.status != "not_performed")


def attendance(context: RuleContext) -> tuple[Attendance, ...]:
    """Attendance with whole-case entries filled in where the minutes were counted, as stated otherwise."""
    return context.minutes.attendance or context.case.attendance


def attendance_proof(context: RuleContext) -> Proof:
    """Where the document states that a professional attended, or names one."""
    stated = tuple(item for entry in attendance(context) for item in entry.evidence)
    return stated or tuple(item for person in context.case.encounter.professionals for item in person.evidence)


def column_minutes(minutes: Minutes) -> dict[Column, int | None]:
    """Billable minutes of each column."""
    return {column: getattr(minutes, column) for column in COLUMNS}


def billable_minutes(minutes: Minutes) -> int | None:
    """All billable minutes of the document; None where any column cannot be computed."""
    total = 0
    for amount in column_minutes(minutes).values():
        if amount is None:
            return None
        total += amount
    return total


def cut_minutes(minutes: Minutes, reason: str) -> int:
    """Minutes that the proof cuts for a reason."""
    return sum(line.minutes for line in minutes.proof if line.reason == reason and line.column is None)


def time_codes(context: RuleContext) -> tuple[TimeCode, ...]:
    """The payer's time codes, each once, in the order of the columns."""
    found = (context.policy.time_code(column) for column in COLUMNS)
    return tuple({time_code.code: time_code for time_code in found if time_code is not None}.values())


def units_of(minutes: int, time_code: TimeCode) -> int:
    """Units that an amount of minutes gives under a time code's rounding."""
    return units(minutes, time_code.minutes_per_unit, time_code.minimum, time_code.remainder)


def codes_of(context: RuleContext, kind: str) -> frozenset[str]:
    """Suggested codes of one kind, 'time' or 'base', whatever their status."""
    return frozenset(line.code for line in context.codes if line.kind == kind)


def eeg_codes(context: RuleContext) -> frozenset[str]:
    """The codes between which EEG during an operation is chosen."""
    return frozenset(context.policy.study_code(key) for key in (studies.EEG, studies.EEG_NON_INTRACRANIAL))


def is_bundled_item(context: RuleContext, line: BillingLine) -> bool:
    """Whether a charge is for train of four, which has a code but is not separately reportable."""
    return line.code == context.policy.item_code("TOF")


def is_time_code(context: RuleContext, code: str) -> bool:
    """Whether a code stands for monitoring time."""
    info = context.policy.code(code)
    return info is not None and info.kind == "time"


def stands_on_date(context: RuleContext, code: str) -> bool:
    """Whether a code is known, valid on the date of service and taken by the payer."""
    policy = context.policy
    return policy.code(code) is not None and policy.is_valid(code) and policy.takes_code(code)


def first(*proofs: Proof) -> Proof:
    """The first of several proofs that is not empty."""
    return next((proof for proof in proofs if proof), ())


def layer(context: RuleContext, kind: str) -> str:
    """The date of the CMS layer of a kind that answers, and whether it stands for the date of service."""
    return dated(context.policy.layers[kind], day(context))


def merged(*groups: tuple[Evidence, ...]) -> Proof:
    """Evidence of several facts in order, each place once."""
    return tuple(dict.fromkeys(item for group in groups for item in group))
