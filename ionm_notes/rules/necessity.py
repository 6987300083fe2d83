"""Rules about medical necessity; read this to see what a missing indication and a payer's list each lead to."""

from __future__ import annotations

from collections.abc import Iterator

from ionm_notes.rules import facts
from ionm_notes.rules.context import Note, RuleContext
from ionm_notes.rules.registry import rule
from ionm_notes.types import Proof


@rule("necessity-doubtful")
def necessity_doubtful(context: RuleContext) -> Iterator[Note]:
    """The payer may find that the monitoring was not necessary, or no indication is given.

    What it does: Looks up the payer's position on each kind of operation, and whether a diagnosis or a risk to neural
        structures is stated.
    Why it matters: Monitoring without a stated reason, or of an operation on the payer's list, is refused as a whole.
    Remedy: Obtain the surgeon's note on why neural structures were at risk in this patient, with examination and images.
    Example: Release of a peripheral nerve.
    """
    case = context.case
    for tag in case.necessity_tags:
        position = context.policy.necessity(tag)
        if position is not None and position.position == "not_necessary":
            message = f"{context.policy.title} lists monitoring as not necessary for this operation ({tag}): {position.why}"
            yield Note(message, _operation(context), values={"tag": tag}, cites=position.refs)
    indication = case.elements.get("indication")
    if indication is not None and indication.state == "absent":
        miss: Proof = (indication.nearest_miss,) if indication.nearest_miss else ()
        yield Note("No diagnosis or risk to neural structures is stated", miss or facts.field_proof(context, "procedure"))


@rule("necessity-disagreement")
def necessity_disagreement(context: RuleContext) -> Iterator[Note]:
    """The sources disagree whether monitoring is necessary for this operation.

    What it does: Reports operations on which the payer's own position is open or on which its sources differ, and
        names them.
    Why it matters: Another plan, or another reviewer of the same plan, may refuse what this one pays.
    Remedy: Ask the plan before the operation where that is possible; keep the surgeon's reasons with the record.
    Example: Lumbar surgery below the end of the cord.
    """
    for tag in context.case.necessity_tags:
        position = context.policy.necessity(tag)
        if position is not None and position.position == "doubtful":
            yield Note(f"Sources disagree on this operation ({tag}): {position.why}", _operation(context), cites=position.refs)


def _operation(context: RuleContext) -> Proof:
    return facts.first(context.case.necessity_evidence, facts.field_proof(context, "procedure"))
