"""The denial worklist: what the payer refused and why, what the record says of it, and whether that can be defended.

A line is never defended by what is in doubt: the memo's own judgement and the comparison's must both stand for it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any, Literal

from ionm_notes.claims.comparing import Bench, Terms, compared
from ionm_notes.claims.model import Adjustment, ClaimLine, Outcome, RemitLine, Report, Row
from ionm_notes.contract import judged_again
from ionm_notes.handout.appeal import Appeal, Denial, appeal
from ionm_notes.policy import load_policy
from ionm_notes.policy.claims import CarcRow, RarcRow, denial_codes
from ionm_notes.types import Proof

Standing = Literal["defensible", "in part", "correct", "open", "not defensible", "elsewhere", "not judged"]
MEANING: dict[Standing, str] = {
    "defensible": "the record supports the line: appeal with the memo",
    "in part": "the record supports a part of the units: appeal for that part alone, with the memo",
    "correct": "the claim is wrong in form: correct it and bill it again",
    "open": "something must be found or answered first",
    "not defensible": "the record does not support the line: do not appeal",
    "elsewhere": "neither the record nor the claim's codes answer this reason",
    "not judged": "a person has to judge it",
}
FORM: frozenset[Outcome] = frozenset(("modifier", "place-of-service", "date", "provider"))
"""Outcomes that a corrected claim mends."""
UNKNOWN: frozenset[Outcome] = frozenset(("missing-report", "ambiguous", "payer-unknown", "query", "mue"))


@dataclass(frozen=True, slots=True)
class Worked:
    """One denied line of the worklist. `agrees`: whether the comparison says what the payer says; `lesson`: what to learn or do.

    `memo`: the memo of a line that can be defended, in full or in part.
    """

    remit: RemitLine
    row: Row
    refused: Decimal
    reasons: tuple[str, ...]
    standing: Standing
    agrees: bool
    lesson: str
    evidence: Proof
    memo: Appeal | None = None


def worklist(
    remits: Sequence[RemitLine], claims: Sequence[ClaimLine], reports: Sequence[Report], terms: Terms, made: date
) -> list[Worked]:
    """The denied lines, the most money first. `claims`: the claims as they were billed, which know more of the patient than a
    remittance does; empty where they are not at hand. `made`: the day of the memos."""
    bench = Bench(terms)
    remits = [line for remit in remits for line in _by_lines(remit, claims)]
    billed = [_billed(remit, claims) for remit in remits]
    rows = compared(billed, reports, bench)[: len(billed)]
    named = {report.name: report for report in reports}
    found = [
        _worked(remit, row, named.get(row.report), bench, made) for remit, row in zip(remits, rows, strict=True) if denied(remit)
    ]
    return sorted(found, key=lambda worked: (-worked.refused, worked.remit.billed.claim, worked.remit.billed.line))


def denied(remit: RemitLine) -> bool:
    """Whether an adjustment of the line is a denial; of an unknown reason, whether nothing was paid."""
    return any(_is_denial(one, remit) for one in remit.adjustments)


def _is_denial(one: Adjustment, remit: RemitLine) -> bool:
    known = denial_codes().reasons.get(one.reason)
    return one.amount > 0 and (known.about != "nothing" if known else remit.paid <= 0)


def _by_lines(remit: RemitLine, claims: Sequence[ClaimLine]) -> list[RemitLine]:
    """A claim that was decided as a whole as its lines, where the claims are at hand: each refused by its own charge."""
    own = [] if remit.billed.code else [line for line in claims if line.claim == remit.billed.claim]
    if not own or remit.paid > 0:
        return [remit]
    return [
        replace(
            remit,
            billed=replace(line, source=remit.billed.source),
            adjustments=tuple(replace(one, amount=line.charge or Decimal(0)) for one in remit.adjustments),
        )
        for line in own
    ]


def _billed(remit: RemitLine, claims: Sequence[ClaimLine]) -> ClaimLine:
    """The line as it was billed: the remittance's, with what only the claim says of patient, professional and place."""
    mine = remit.billed
    same = [line for line in claims if (line.claim, line.code) == (mine.claim, mine.code)]
    exact = [line for line in same if line.modifiers == mine.modifiers and line.day == mine.day] or same
    if not exact:
        return mine
    own = exact[0]
    return replace(
        mine,
        patient=own.patient or mine.patient,
        born=own.born,
        record=own.record or mine.record,
        day=mine.day or own.day,
        place=own.place or mine.place,
        professional=own.professional or mine.professional,
        npi=own.npi or mine.npi,
        payer=own.payer or mine.payer,
        filing=own.filing or mine.filing,
        diagnoses=own.diagnoses,
    )


def _worked(remit: RemitLine, row: Row, report: Report | None, bench: Bench, made: date) -> Worked:
    refusing = [one for one in remit.adjustments if _is_denial(one, remit)]
    codes = denial_codes()
    known = [carc for one in refusing if (carc := codes.reasons.get(one.reason))]
    words = (
        *(f"{one.group}-{one.reason} {_named(codes.reasons.get(one.reason))}" for one in refusing),
        *(f"{remark} {_named(codes.remarks.get(remark))}" for remark in remit.remarks),
    )
    confirms = {kind for carc in known for kind in carc.confirms}
    standing, lesson = _stands(row, known)
    memo = None
    if standing in ("defensible", "in part") and report is not None:
        memo = _memo(remit, row, report, bench, words, _reason(remit, known), made)
        standing, lesson = _with_memo(standing, lesson, memo)
    return Worked(
        remit=remit,
        row=row,
        refused=sum((one.amount for one in refusing), Decimal(0)),
        reasons=words,
        standing=standing,
        agrees=any(trouble.kind in confirms for trouble in row.troubles),
        lesson=lesson,
        evidence=tuple(dict.fromkeys((*(item for trouble in row.troubles for item in trouble.evidence), *row.evidence))),
        memo=memo if standing in ("defensible", "in part") else None,
    )


def _named(row: CarcRow | RarcRow | None) -> str:
    return row.name if row else "(a code not known here)"


def _stands(row: Row, known: Sequence[CarcRow]) -> tuple[Standing, str]:
    """What the comparison says of the denied line, and the lesson in words."""
    if known and all(carc.about == "elsewhere" for carc in known):
        return "elsewhere", "; ".join(dict.fromkeys(carc.name for carc in known))
    kinds = {trouble.kind for trouble in row.troubles}
    lesson = "; ".join(dict.fromkeys(part for t in row.troubles for part in (t.message, t.remedy) if part))
    if row.outcome == "not-judged":
        return "not judged", lesson
    if row.outcome == "over-coded" and row.supported:
        return ("in part" if kinds == {"over-coded"} else "not defensible"), lesson
    if row.effect == "repay":
        return "not defensible", lesson
    if kinds & UNKNOWN:
        return "open", lesson
    if kinds & FORM or row.effect == "correct":
        return "correct", lesson
    if row.effect == "open":
        return "open", lesson
    return "defensible", lesson or row.rationale


def _reason(remit: RemitLine, known: Sequence[CarcRow]) -> str:
    """The denial reason for the memo: of a remark, which says it more nearly, else of the adjustment; '' where none fits."""
    remarks = denial_codes().remarks
    near = [remarks[remark].reason for remark in remit.remarks if remark in remarks]
    return next((reason for reason in (*near, *(carc.reason for carc in known)) if reason), "")


def _memo(
    remit: RemitLine, row: Row, report: Report, bench: Bench, words: Sequence[str], reason: str, made: date
) -> Appeal | None:
    """The memo; None where the payer's reason is none that the program looks for."""
    if not reason:
        return None
    at = bench.supply(report, row.payer)
    line = judged_again(at.audit, report.document)
    denial = Denial(reason, row.code, row.units, remit.billed.claim, "; ".join(words))
    return appeal(line, denial, load_policy(row.payer, report.day, bench.terms.policy_dir), made)


def _with_memo(standing: Standing, lesson: str, memo: Appeal | None) -> tuple[Standing, str]:
    """The weaker of two judgements. Without a memo nobody looked for what the payer says."""
    if memo is None:
        return "not judged", f"{lesson}; no rule looks for what the payer says"
    if memo.standing in ("defensible", standing):
        return standing, lesson
    return memo.standing, "; ".join(memo.because)


def plain_worked(worked: Worked, memo: str = "") -> dict[str, Any]:
    """One line of the worklist; `memo` is the file of its memo."""
    from ionm_notes.claims.rows import money, plain_proof

    billed, row = worked.remit.billed, worked.row
    return {
        "standing": worked.standing,
        "claim": billed.claim,
        "line": billed.line,
        "code": billed.code,
        "modifiers": " ".join(billed.modifiers),
        "units": billed.count,
        "supported_units": row.supported,
        "charge": money(billed.charge),
        "paid": money(worked.remit.paid),
        "refused": money(worked.refused),
        "reasons": list(worked.reasons),
        "outcome": row.outcome,
        "payer_is_confirmed": worked.agrees,
        "report": row.report or None,
        "payer": row.payer or None,
        "professional": row.professional or None,
        "date_of_service": row.day.isoformat() if row.day else None,
        "message": worked.lesson,
        "what_to_do": MEANING[worked.standing],
        "memo": memo or None,
        "claim_place": str(billed.source),
        "evidence": plain_proof(worked.evidence),
    }
