"""Rules about the charges that stand in the document: payer, date, units, and studies that were not done."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from ionm_notes.policy.api import CodeInfo
from ionm_notes.rules import facts
from ionm_notes.rules.context import Note, RuleContext
from ionm_notes.rules.registry import rule
from ionm_notes.rules.words import charge, counted, listed
from ionm_notes.types import BillingLine, Column, NotReportable

_Refused = tuple[BillingLine, Note]
"""A charged line, and why it cannot stand."""


@rule("code-not-valid-for-payer")
def code_not_valid_for_payer(context: RuleContext) -> Iterator[Note]:
    """The charges hold a code that this payer does not take.

    What it does: Checks each charged code that is valid on the date of service against what the payer takes at all.
    Why it matters: The line is refused as invalid, and the time it stands for goes unpaid.
    Remedy: Replace the line by the payer's own code for the same minutes, with the units that this code gives.
    Example: The hourly remote code charged to Medicare.
    """
    yield from (note for _, note in _not_taken(context))


def _not_taken(context: RuleContext) -> Iterator[_Refused]:
    for line in context.case.billing:
        info = context.policy.code(line.code)
        if info is None or _deleted(context, info):
            continue
        values = {"payer": context.policy.title}
        if info.valid_from is not None and facts.day(context) < info.valid_from:
            message = f"{charge(line)} was charged, but {line.code} is valid only from {info.valid_from.isoformat()}"
            yield line, Note(message, line.evidence, values=values)
        elif not context.policy.takes_code(line.code):
            message = f"{charge(line)} was charged; {line.code} is not taken by {context.policy.title}"
            yield line, Note(message, line.evidence, values=values)


@rule("deleted-code")
def deleted_code(context: RuleContext) -> Iterator[Note]:
    """The charges hold a code that was deleted before the date of service.

    What it does: Compares each charged code's last valid day with the date of service and names its successors.
    Why it matters: A deleted code is refused outright, and it dates the charge list that produced it.
    Remedy: Take the line off and bill the successor that the record supports, if any; correct the charge list.
    Example: The hourly monitoring code of 2012 charged for a service in 2025.
    """
    yield from (note for _, note in _no_longer_valid(context))


def _no_longer_valid(context: RuleContext) -> Iterator[_Refused]:
    for line in context.case.billing:
        info = context.policy.code(line.code)
        if info is not None and info.valid_to is not None and _deleted(context, info):
            after = f"; followed by {listed(info.successors)}" if info.successors else ""
            message = f"{charge(line)} was charged, but {line.code} was valid only to {info.valid_to.isoformat()}{after}"
            yield line, Note(message, line.evidence, values={"valid_to": info.valid_to.isoformat()})


@rule("billed-units-exceed")
def billed_units_exceed(context: RuleContext) -> Iterator[Note]:
    """The charges hold more units than the minutes support.

    What it does: Adds up the charged units of each code and holds them against the units that the record gives.
    Why it matters: Units above what the clock times give are an overpayment, whoever notices.
    Remedy: Reduce the line to the units that the minutes give; obtain missing times before billing more.
    Example: 14 units of a 15-minute code charged; 148 minutes give 10.
    """
    by_code: dict[str, list[BillingLine]] = defaultdict(list)
    for line in context.case.billing:
        by_code[line.code].append(line)
    for code, lines in by_code.items():
        if not facts.stands_on_date(context, code):
            continue
        most = _most_units(context, code)
        # A line without written units is a charge of one.
        charged = sum(1 if line.units is None else line.units for line in lines)
        if most is not None and charged > most:
            evidence = tuple(item for line in lines for item in line.evidence)
            message = f"{code} x {charged} was charged; the record gives {counted(most, 'unit')}{_from_minutes(context, code)}"
            yield Note(message, evidence, values={"charged": str(charged), "supported": str(most)})


def _most_units(context: RuleContext, code: str) -> int | None:
    """Most units of a code that the record can support; None where that is not known or not a matter of units."""
    suggested = [line for line in context.codes if line.code == code]
    if suggested:
        known = [line.units if line.units is not None else line.units_most for line in suggested]
        return None if None in known else sum(units or 0 for units in known)
    if not facts.is_time_code(context, code):
        return None
    # Not suggested: nothing of this code's minutes is billable, unless they cannot be computed at all.
    columns = facts.column_minutes(context.minutes)
    own = [amount for column, amount in columns.items() if _code_of(context, column) == code]
    return None if None in own else 0


def _code_of(context: RuleContext, column: Column) -> str | None:
    time_code = context.policy.time_code(column)
    return time_code.code if time_code else None


def _from_minutes(context: RuleContext, code: str) -> str:
    rationale = listed(line.rationale for line in context.codes if line.code == code and line.kind == "time" and line.rationale)
    return f" ({rationale})" if rationale else ""


@rule("unsupported-study")
def unsupported_study(context: RuleContext) -> Iterator[Note]:
    """The charges hold a study that is not documented as performed.

    What it does: Looks for each charged study among the codes that the documented modalities give. A code that is part
        of a documented study is left to `ncci-conflict`, the choice between two EEG codes to `eeg-code-choice`.
    Why it matters: A charged study without a recording in the report is an unsupported claim.
    Remedy: Take the line off, or obtain the recording and its reading where the study was done and left out.
    Example: An EEG code is charged; the report has SSEP and MEP alone.
    """
    yield from (note for _, note in _not_documented(context))


def _not_documented(context: RuleContext) -> Iterator[_Refused]:
    studies = facts.codes_of(context, "base")
    for line in context.case.billing:
        info = context.policy.code(line.code)
        if info is None or info.kind != "base" or not facts.stands_on_date(context, line.code) or line.code in studies:
            continue
        if _told_elsewhere(context, line, studies):
            continue
        shown = f"the documented studies give {listed(sorted(studies))}" if studies else "no study is documented as performed"
        yield line, Note(f"{charge(line)} was charged; {shown}", line.evidence)


def refused_charges(context: RuleContext) -> tuple[NotReportable, ...]:
    """Charged codes that cannot stand whatever the minutes, each once with its rule, without those already named."""
    rules = (("deleted-code", _no_longer_valid), ("code-not-valid-for-payer", _not_taken), ("unsupported-study", _not_documented))
    refused = {item.code: item for item in context.not_reportable}
    found: list[NotReportable] = []
    for name, lines in rules:
        for line, note in lines(context):
            if line.code not in refused:
                info = context.policy.code(line.code)
                refused[line.code] = NotReportable(line.code, info.name if info else line.code, name, note.message, line.evidence)
                found.append(refused[line.code])
    return tuple(found)


def _told_elsewhere(context: RuleContext, line: BillingLine, studies: frozenset[str]) -> bool:
    """Whether the charge answers to something documented, so that another rule speaks of it."""
    if facts.is_bundled_item(context, line) and facts.performed(context, "TOF"):
        return True
    if line.code in facts.eeg_codes(context) and facts.performed(context, "EEG"):
        return True
    if any(item.code == line.code for item in context.not_reportable):
        return True
    return any(_is_part(context, study, line.code) for study in studies)


def _is_part(context: RuleContext, study: str, charged: str) -> bool:
    """Whether a charged code is a mere part of a documented study, by an edit that no modifier resolves."""
    edit = context.policy.ncci(study, charged)
    return edit is not None and edit.indicator == "0" and edit.column1 == study


@rule("not-reportable-billed")
def not_reportable_billed(context: RuleContext) -> Iterator[Note]:
    """The charges hold a code for something that has no code of its own.

    What it does: Compares the charges with what the record documents and the payer does not pay separately. Train of
        four and screw stimulation have rules of their own.
    Why it matters: The item was done, so the charge looks right, and is refused as part of another service.
    Remedy: Take the line off.
    Example: EEG that served only to judge the depth of anesthesia, charged as a study.
    """
    suggested = {line.code for line in context.codes}
    for line in context.case.billing:
        if line.code in suggested or facts.is_bundled_item(context, line) or not facts.stands_on_date(context, line.code):
            continue
        for item in context.not_reportable:
            if item.code == line.code and not facts.is_time_code(context, line.code):
                message = f"{charge(line)} was charged for {item.item}: {item.rationale}"
                yield Note(message, facts.merged(line.evidence, item.evidence))


def _deleted(context: RuleContext, info: CodeInfo) -> bool:
    return info.valid_to is not None and info.valid_to < facts.day(context)
