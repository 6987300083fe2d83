"""Rules about the suggested codes among themselves and against CMS's limits: pairs, primaries, units a day and an hour."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import combinations

from ionm_notes.policy.api import Edit, dated
from ionm_notes.rules import facts
from ionm_notes.rules.context import Note, RuleContext
from ionm_notes.rules.registry import rule
from ionm_notes.rules.words import counted, listed
from ionm_notes.types import CodeLine, Severity

MINUTE, HOUR_MINUTES = timedelta(minutes=1), 60
HARD, RESOLVABLE = "0", "1"
EMG = ("EMG", "TRIGGERED_EMG")
CONDUCTION = ("H_REFLEX", "NAP")


@rule("addon-without-primary")
def addon_without_primary(context: RuleContext) -> Iterator[Note]:
    """A time code stands without any of its listed primaries.

    What it does: Looks for a listed primary of each suggested add-on code among the suggested studies that stand.
    Why it matters: An add-on is paid only beside a payable primary of the same practitioner, patient and date.
    Remedy: Check that no listed study was done and left out of the report; otherwise expect the time to be refused.
    Example: Exclusive remote monitoring with carotid EEG as the only study.
    """
    studies = {line.code: line for line in context.codes if line.kind == "base" and line.edit != "denied"}
    for code in sorted(facts.codes_of(context, "time")):
        primaries = context.policy.primaries(code)
        if primaries and not primaries & studies.keys():
            lines = [line for line in context.codes if line.code == code]
            beside = f"beside {listed(sorted(studies))}" if studies else "without any study"
            evidence = facts.merged(*(line.evidence for line in (*lines, *studies.values())))
            layer = facts.layer(context, "addon")
            message = f"{code} stands {beside}; none of its listed primaries is among the codes (add-on list {layer})"
            yield Note(message, evidence, values={"as_of": context.policy.layers["addon"]})


@rule("ncci-conflict")
def ncci_conflict(context: RuleContext) -> Iterator[Note]:
    """Two codes have an NCCI edit with each other.

    What it does: Looks up every pair among the suggested codes, and among the charges where one of them is not
        suggested, and says which line falls and whether a modifier may help. EMG with nerve conduction has a rule of
        its own.
    Why it matters: The payer's edits deny one of the two lines whatever the record says.
    Remedy: Bill the line that stands; add a distinct-service modifier only where the edit allows it and the services
        are distinct in time or site.
    Example: Carotid EEG beside a time code: the time code falls unless a modifier is right.
    """
    service = facts.day(context)
    lines = {line.code: line for line in context.codes}
    for one, other in combinations(sorted(lines), 2):
        edit = context.policy.ncci(one, other)
        if edit is not None and not _emg_with_conduction(context, lines[one], lines[other], edit):
            evidence = facts.merged(lines[one].evidence, lines[other].evidence)
            yield Note(_falls(edit, service), evidence, severity=_gravity(edit), values=_values(edit))
    charges = {line.code: line for line in context.case.billing if facts.stands_on_date(context, line.code)}
    for one, other in combinations(sorted(charges), 2):
        edit = context.policy.ncci(one, other)
        if edit is not None and not (one in lines and other in lines):
            evidence = facts.merged(charges[one].evidence, charges[other].evidence)
            message = f"Among the charges: {_falls(edit, service)}"
            yield Note(message, evidence, severity=_gravity(edit), values=_values(edit))
    yield from _parts_charged(context, lines)


def _parts_charged(context: RuleContext, lines: dict[str, CodeLine]) -> Iterator[Note]:
    """Charged codes that are mere parts of a documented study which was not charged itself."""
    charged = {line.code for line in context.case.billing}
    for line in context.case.billing:
        for code in sorted(lines.keys() - charged):
            edit = context.policy.ncci(code, line.code)
            if line.code not in lines and edit is not None and edit.indicator == HARD and edit.column1 == code:
                layer = dated(edit.as_of, facts.day(context))
                message = f"{line.code} was charged; the record documents {code}, of which it is a part (NCCI {layer})"
                yield Note(message, facts.merged(line.evidence, lines[code].evidence), values=_values(edit))


def _falls(edit: Edit, service: date) -> str:
    layer = dated(edit.as_of, service)
    helps = "a distinct-service modifier may help" if edit.indicator == RESOLVABLE else "no modifier helps"
    return f"{edit.column2} falls beside {edit.column1} (NCCI indicator {edit.indicator}, {layer}); {helps}"


def _gravity(edit: Edit) -> Severity | None:
    return "error" if edit.indicator == HARD else None


def _values(edit: Edit) -> dict[str, str]:
    return {"indicator": edit.indicator, "as_of": edit.as_of}


@rule("same-practitioner")
def same_practitioner(context: RuleContext) -> Iterator[Note]:
    """A time code stands beside an operation or anesthesia that the same practitioner may report.

    What it does: Holds the operative and anesthesia codes of the document's charge list against the edits between them
        and each time code, charged or suggested. An error where the operating team itself monitored; otherwise a note.
    Why it matters: The edits deny the time code beside the operation of the same practitioner, and most allow no modifier.
    Remedy: Take the time code off the claim of whoever operated or gave the anesthesia; bill it, if at all, from the other
        professional's own claim.
    Example: A surgeon who watched the nerve monitor charges the cervical fusion and a time code.
    """
    service = facts.day(context)
    charged = [line for line in context.case.billing if facts.is_time_code(context, line.code)]
    suggested = {line.code: line.evidence for line in context.codes if line.kind == "time"}
    times = suggested | {line.code: line.evidence for line in charged}
    own = bool(context.case.operator_monitors)
    if not own and not charged:
        return
    for operative in {line.code: line for line in context.case.operative}.values():
        for code, evidence in sorted(times.items()):
            edit = context.policy.operative_edit(operative.code, code)
            if edit is None:
                continue
            whose = "the operating team monitored itself" if own else "if one practitioner reports both, the time code is denied"
            severity: Severity = "error" if own and edit.indicator == HARD else "warning" if own else "info"
            message = f"{_falls(edit, service)}; {whose}"
            proof = facts.merged(operative.evidence, evidence, context.case.operator_monitors)
            yield Note(message, proof, severity=severity, values=_values(edit))


@rule("emg-with-ncs")
def emg_with_ncs(context: RuleContext) -> Iterator[Note]:
    """EMG and nerve conduction of one session cannot both be paid.

    What it does: Reports an EMG code beside the code of H-reflexes or nerve action potentials where the edit allows no
        modifier.
    Why it matters: The line that falls cannot be rescued, so it should not reach the claim.
    Remedy: Leave the nerve conduction line off the claim for this payer.
    Example: EMG of five muscles in both legs with a bilateral H-reflex.
    """
    for one, other in combinations(context.codes, 2):
        edit = context.policy.ncci(one.code, other.code)
        if edit is not None and _emg_with_conduction(context, one, other, edit):
            message = f"EMG with nerve conduction: {_falls(edit, facts.day(context))}"
            yield Note(message, facts.merged(one.evidence, other.evidence), values=_values(edit))


def _emg_with_conduction(context: RuleContext, one: CodeLine, other: CodeLine, edit: Edit) -> bool:
    """Whether a hard edit lies between an EMG study and a nerve conduction study of this case."""
    if edit.indicator != HARD or {one.kind, other.kind} != {"base"}:
        return False
    return bool(facts.performed(context, *EMG)) and bool(facts.performed(context, *CONDUCTION))


@rule("mue-exceeded")
def mue_exceeded(context: RuleContext) -> Iterator[Note]:
    """The units of a code are over CMS's most for a day.

    What it does: Adds up the suggested units of each code and holds them against the practitioner's MUE.
    Why it matters: Units over an MUE deny the whole line, not the excess.
    Remedy: Check the times once more; if they hold, expect a denial and prepare an appeal with the record.
    Example: 488 minutes in the room give 33 units of a code with an MUE of 32.
    """
    totals: dict[str, int] = {}
    for line in context.codes:
        totals[line.code] = totals.get(line.code, 0) + (line.units or 0)
    for code, total in totals.items():
        mue = context.policy.mue(code)
        # An MUE of 0 says that Medicare takes no such line at all, which is not a matter of how many units.
        if mue is not None and 0 < mue.units < total:
            layer = dated(mue.as_of, facts.day(context))
            evidence = facts.merged(*(line.evidence for line in context.codes if line.code == code))
            message = f"{code} x {total} is over the MUE of {mue.units} ({mue.setting}, MAI {mue.mai}, {layer})"
            yield Note(message, evidence, values={"mue": str(mue.units), "mai": mue.mai, "as_of": mue.as_of})


@rule("units-per-hour")
def units_per_hour(context: RuleContext) -> Iterator[Note]:
    """More units than the clock allows within the monitoring.

    What it does: Holds units of 15-minute codes, suggested and charged, against the most per clock hour over the length
        of the monitoring.
    Why it matters: Units may not sum to more than the time available; rounding several spells can break that.
    Remedy: Take off the units above the limit, beginning with the spell that was rounded up.
    Example: Three professionals with 23, 23 and 14 minutes within one hour round to 5 units; 4 are allowed.
    """
    start, end = context.minutes.monitoring_start, context.minutes.monitoring_end
    if start is None or end is None or end <= start:
        return
    length = int((end - start) / MINUTE)
    per_hour = context.policy.limit("units-per-hour")
    short = {tc.code for tc in facts.time_codes(context) if tc.minutes_per_unit * per_hour <= HOUR_MINUTES}
    most = -(-length * per_hour // HOUR_MINUTES)
    sources = {
        "suggested": [(line.code, line.units, line.evidence) for line in context.codes],
        "charged": [(line.code, line.units, line.evidence) for line in context.case.billing],
    }
    for said, lines in sources.items():
        mine = [(code, units or 0, evidence) for code, units, evidence in lines if code in short]
        total = sum(units for _, units, _ in mine)
        if total > most:
            codes = listed(sorted({code for code, _, _ in mine}))
            message = (
                f"{counted(total, 'unit')} of {codes} {said}; {length} min of monitoring hold at most {most} ({per_hour} an hour)"
            )
            evidence = facts.merged(*(evidence for _, _, evidence in mine))
            yield Note(message, evidence, values={"units_per_hour": str(per_hour)})
