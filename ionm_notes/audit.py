"""The whole way from a document to a judged audit, stage by stage; read this first to find your way around.

Nothing here reads the clock, the environment, the network or a database: the same document, payer and policy folder
always give the same audit. The stages are imported inside the functions, because callers such as the command line
must start fast.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ionm_notes import __version__
from ionm_notes.types import Audit, Case, Document, Minutes

if TYPE_CHECKING:
    from ionm_notes.policy.api import Policy


def audit(document: Document, payer: str, policy_dir: Path | None = None) -> Audit:
    """Reads `document`, counts its billable minutes and judges it under one payer's policy of its date of service.

    `policy_dir` holds a user's own payer profiles. Raises `IonmError` for an unknown payer or a broken profile.
    """
    return audit_case(read(document), payer, policy_dir)


def audit_payers(document: Document, payers: Sequence[str], policy_dir: Path | None = None) -> tuple[Audit, ...]:
    """The audits of one document for several payers, in the order given; it is read and counted once."""
    from ionm_notes.timeline import count_minutes

    case = read(document)
    minutes = count_minutes(case)
    return tuple(judge(case, minutes, policy_for(case, payer, policy_dir)) for payer in payers)


def audit_case(case: Case, payer: str, policy_dir: Path | None = None) -> Audit:
    """Judges a case that was read before (from the store, say) under one payer's policy of its date of service."""
    from ionm_notes.timeline import count_minutes

    return judge(case, count_minutes(case), policy_for(case, payer, policy_dir))


def read(document: Document) -> Case:
    """Every fact of the document with its evidence, and of scanned pages what rests on words that may be misread.

    `document` may be a packet, or the joined files of one case (`parts.joined.join`).
    """
    from ionm_notes.read import read_case

    case = read_case(document)
    if case.guesses:
        from ionm_notes.guesses import weighed_guesses

        case = weighed_guesses(document, case)
    if any(page.recognized for page in document.pages):
        from ionm_notes.doubt import has_doubts, weighed

        case = weighed(document, case) if has_doubts(document) else case
    if not document.files:
        return case
    from ionm_notes.parts.joined import in_files

    return in_files(document, case)


def policy_for(case: Case, payer: str, policy_dir: Path | None = None) -> Policy:
    """The payer's policy on the case's date of service; the newest policy where the document states no date."""
    from ionm_notes.policy import load_policy

    return load_policy(payer, case.encounter.date_of_service, policy_dir)


def judge(case: Case, minutes: Minutes, policy: Policy) -> Audit:
    """Codes, findings, review and verdict for facts and minutes under one policy. Pure."""
    from ionm_notes.codes import suggest_codes, what_would_change
    from ionm_notes.rules import run_rules
    from ionm_notes.rules.billing import refused_charges
    from ionm_notes.rules.checklist import checklist
    from ionm_notes.rules.context import RuleContext
    from ionm_notes.rules.verdict import verdict

    codes, not_reportable = suggest_codes(case, minutes, policy)
    findings = run_rules(case, minutes, codes, not_reportable, policy)
    not_reportable += refused_charges(RuleContext(case, minutes, codes, not_reportable, policy))
    answer = verdict(codes, findings, policy)
    return Audit(
        payer=policy.payer,
        policy_version=policy.version,
        tool_version=__version__,
        case=case,
        minutes=minutes,
        codes=codes,
        not_reportable=not_reportable,
        findings=findings,
        checklist=checklist(case, minutes, codes, findings, policy),
        what_would_change=what_would_change(codes),
        verdict=answer.id,
        verdict_sentence=answer.sentence,
        policy_on=policy.on,
        policy_layers=policy.layers,
    )
