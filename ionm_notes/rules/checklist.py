"""The five-point defensibility review and the pre-submission steps; read this to see what answers each question.

An answer is 'no' where a finding refutes the point, 'unclear' where one casts doubt on it or a needed statement is
absent, else 'yes'. The words of the answer are those of the findings.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace

from ionm_notes.policy.api import Policy
from ionm_notes.rules import facts
from ionm_notes.rules.gaps import gap_of
from ionm_notes.rules.words import listed
from ionm_notes.types import Case, ChecklistItem, CodeLine, Finding, Minutes

LONGEST = 120
"""Characters of an indication that are shown beside its codes."""
SHOWN = 3
"""Most reasons that an answer quotes; the findings hold the rest."""


@dataclass(frozen=True, slots=True)
class Point:
    """A question with the rules that refute it, the rules that leave it open, and the statements that it needs."""

    id: str
    question: str
    otherwise: str
    refuted_by: frozenset[str]
    doubted_by: frozenset[str] = frozenset()
    needs: tuple[str, ...] = ()


CRASH = "rule-crashed"

REVIEW = (
    Point(
        "code-fits",
        "Does each code fit the place, the payer and the date of service?",
        "nothing speaks against the codes, the place or the payer",
        frozenset({"code-not-valid-for-payer", "deleted-code", "pos-not-accepted", "no-time-code"}),
        frozenset(
            {"mode-conflict", "mode-unstated", "addon-without-primary", "ncci-conflict", "eeg-code-choice", "emg-with-ncs"}
        ),
        ("place_of_service", "location_mode"),
    ),
    Point(
        "minutes-proved",
        "Are the minutes proved by clock times and free of set-up, baselines, removal and breaks?",
        "start and stop are stated, and every minute is accounted for",
        frozenset(
            {
                "time-conflict",
                "stated-total-mismatch",
                "setup-in-monitoring",
                "baseline-in-monitoring",
                "removal-in-monitoring",
                "billed-units-exceed",
                "below-minimum",
            }
        ),
        frozenset({"time-over-anesthesia", "units-per-hour", "mode-conflict", "minutes-open"}),
        ("monitoring_start", "monitoring_stop", "baseline_time", "setup_time"),
    ),
    Point(
        "supervision",
        "Did an eligible professional attend in real time, within reach of the operating room?",
        "an eligible professional attended live",
        frozenset({"no-professional", "monitor-is-operator", "not-real-time", "professional-not-eligible"}),
        frozenset({"mode-conflict", "mode-unstated", "concurrent-cases", "professional-partial"}),
        ("professional", "real_time", "communication", "exclusivity", "technologist_presence"),
    ),
    Point(
        "necessity",
        "Is it stated why monitoring was needed, and does the payer accept it for this operation?",
        "an indication and an order are stated, and no list speaks against the operation",
        frozenset({"necessity-doubtful"}),
        frozenset({"necessity-disagreement", "laterality-conflict"}),
        ("indication", "order", "procedure"),
    ),
    Point(
        "record-complete",
        "Is the record complete, of one patient, legible, and signed in time?",
        "the record is signed, and nothing that a code hangs on is missing",
        frozenset({"unsigned", "late-signature", "mixed-patients", "low-text-quality"}),
        frozenset({"laterality-conflict", "signature-delay"}),
        (
            "patient_identity",
            "date_of_service",
            "modality_sites",
            "baseline_findings",
            "intraoperative_findings",
            "surgeon_notification",
            "interpretation",
            "signature",
            "signature_datetime",
        ),
    ),
)

STEPS = (
    Point(
        "payer-code",
        "Is the time code the one that this payer takes?",
        "it is",
        frozenset({"code-not-valid-for-payer", "no-time-code"}),
    ),
    Point(
        "units-match",
        "Do the charged units equal what the minutes give?",
        "no charge exceeds the minutes",
        frozenset({"billed-units-exceed", "time-over-anesthesia", "units-per-hour"}),
        frozenset({"stated-total-mismatch", "mue-exceeded", "minutes-open", "no-charges"}),
    ),
    Point(
        "studies-match",
        "Is every charged study documented as performed?",
        "no undocumented study is charged",
        frozenset({"unsupported-study", "not-reportable-billed"}),
        frozenset({"planned-not-performed", "region-not-stated", "no-charges"}),
    ),
    Point(
        "bundled-off",
        "Are bundled items off the claim?",
        "none is charged",
        frozenset({"bundled-billed"}),
        frozenset({"no-charges"}),
    ),
    Point(
        "modifiers-right",
        "Do the modifiers go with the codes?",
        "none speaks against its code",
        frozenset({"modifier-misuse", "modifier-missing"}),
        frozenset({"no-charges"}),
    ),
    Point(
        "edits-checked",
        "Do the lines stand beside each other?",
        "no edit, missing primary or daily limit was found",
        frozenset({"emg-with-ncs", "mue-exceeded"}),
        frozenset({"ncci-conflict", "addon-without-primary"}),
    ),
    Point(
        "signed-first",
        "Was the report signed before billing?",
        "it is signed",
        frozenset({"unsigned"}),
        needs=("signature", "signature_datetime"),
    ),
    Point("gaps-closed", "Is every line supported as it stands?", "no line is a query", frozenset({"open-lines"})),
)
"""Steps before submission. Ids of no rule ('no-time-code', 'minutes-open' ...) are conditions of `_conditions`."""


def checklist(
    case: Case, minutes: Minutes, codes: tuple[CodeLine, ...], findings: tuple[Finding, ...], policy: Policy
) -> tuple[ChecklistItem, ...]:
    """The five points of the review, then the pre-submission steps, each answered with its reasons."""
    reasons = _conditions(case, minutes, codes, findings, policy)
    for finding in findings:
        reasons.setdefault(finding.rule, []).append(finding.message)
    answers = (_answer(point, reasons, case) for point in (*REVIEW, *STEPS))
    return tuple(_with_diagnoses(item, case) if item.id == "necessity" else item for item in answers)


def _with_diagnoses(item: ChecklistItem, case: Case) -> ChecklistItem:
    """The answer on necessity with the diagnosis codes of the record beside its indication, for a person to compare."""
    if not case.encounter.icd10:
        return item
    indication = " ".join((case.encounter.indication or "").split())[:LONGEST]
    beside = f", beside the indication '{indication}'" if indication else "; no indication is stated in words"
    return replace(item, because=f"{item.because} Diagnosis codes read: {listed(case.encounter.icd10)}{beside}.")


def _answer(point: Point, reasons: dict[str, list[str]], case: Case) -> ChecklistItem:
    against = _collect(point.refuted_by, reasons)
    if against:
        return ChecklistItem(point.id, point.question, "no", _words(against))
    missing = [name for name in point.needs if name in case.elements and case.elements[name].state == "absent"]
    doubts = _collect(point.doubted_by | {CRASH}, reasons) + [f"not stated: {gap_of(name).title}" for name in missing]
    if doubts:
        return ChecklistItem(point.id, point.question, "unclear", _words(doubts))
    return ChecklistItem(point.id, point.question, "yes", f"{point.otherwise[0].upper()}{point.otherwise[1:]}.")


def _collect(ids: Collection[str], reasons: dict[str, list[str]]) -> list[str]:
    return [message for name in sorted(ids) for message in reasons.get(name, [])]


def _words(messages: list[str]) -> str:
    more = f"; and {len(messages) - SHOWN} more" if len(messages) > SHOWN else ""
    return "; ".join(messages[:SHOWN]) + more + "."


def _conditions(
    case: Case, minutes: Minutes, codes: tuple[CodeLine, ...], findings: tuple[Finding, ...], policy: Policy
) -> dict[str, list[str]]:
    """What the points ask for beyond findings, by id, in words; only what holds."""
    found: dict[str, list[str]] = {}
    if not any(line.kind == "time" and line.edit != "denied" for line in codes):
        found["no-time-code"] = [f"no time code stands for {policy.title}"]
    if facts.billable_minutes(minutes) is None:
        found["minutes-open"] = ["the minutes cannot be computed from the record"]
    elif minutes.doubts:
        found["minutes-open"] = [doubt.message for doubt in minutes.doubts]
    if not case.billing:
        found["no-charges"] = ["the document holds no charges; compare the claim itself"]
    charged = [finding.message for finding in findings if finding.rule.startswith("bundled-") and finding.severity == "error"]
    if charged:
        found["bundled-billed"] = charged
    open_lines = [line.code for line in codes if line.status == "query"]
    if open_lines:
        found["open-lines"] = [f"query: {listed(open_lines)}"]
    return found
