"""Rules about modifiers on the document's charges; read this to see which are refused where, and why."""

from __future__ import annotations

from collections.abc import Iterator

from ionm_notes.codes.assemble import PROFESSIONAL_COMPONENT
from ionm_notes.policy.api import dated
from ionm_notes.rules import facts
from ionm_notes.rules.context import Note, RuleContext
from ionm_notes.rules.registry import rule
from ionm_notes.rules.words import charge
from ionm_notes.types import BillingLine

TECHNICAL = "TC"
NEVER = {
    TECHNICAL: "the technical part belongs to the facility",
    "50": "these codes cover both sides by nature or count limbs",
    "51": "multiple-procedure reduction does not go with these codes",
}
"""Modifiers that never stand on a professional's monitoring charges, and why (contract, 'Modifiers'; FACTS 2.5, 2.6)."""
DISTINCT = frozenset({"59", "XE", "XP", "XS", "XU"})
"""Modifiers that call a service distinct; they resolve NCCI pairs of indicator 1 alone (FACTS 2.6)."""
RESOLVABLE = "1"


@rule("modifier-misuse")
def modifier_misuse(context: RuleContext) -> Iterator[Note]:
    """The charges hold a modifier that does not go with the code.

    What it does: Checks 26 and TC against the code's PC/TC indicator, distinct-service modifiers against the pair edits
        among the charges, and reports modifiers that never stand on such codes.
    Why it matters: The line is refused, or an edit is bypassed that should have held.
    Remedy: Take the modifier off, or correct the code that it was meant to rescue.
    Example: 26 on a time code, 59 on train of four.
    """
    for line in context.case.billing:
        info = context.policy.code(line.code)
        if info is None or not context.policy.is_valid(line.code):
            continue
        for modifier in line.modifiers:
            why = _objection(context, line, modifier.upper())
            if why:
                message = f"{charge(line)} was charged; modifier {modifier} does not go with {line.code}: {why}"
                yield Note(message, line.evidence, values={"pctc": info.pctc or "?"})


def _objection(context: RuleContext, line: BillingLine, modifier: str) -> str:
    """Why a modifier does not go with its code; empty if it does or nothing speaks against it."""
    if modifier in (PROFESSIONAL_COMPONENT, TECHNICAL) and not context.policy.takes_26(line.code):
        return f"the code has no professional and technical parts (fee schedule {facts.layer(context, 'pfs')})"
    if modifier in NEVER:
        return NEVER[modifier]
    if modifier in DISTINCT:
        return _not_distinct(context, line)
    return ""


def _not_distinct(context: RuleContext, line: BillingLine) -> str:
    if facts.is_bundled_item(context, line) and facts.performed(context, "TOF"):
        return "train of four is not separately reportable, whatever the modifier"
    others = [other for other in context.case.billing if other is not line]
    if any(other.code == line.code for other in others):
        return ""
    edits = [edit for other in others if (edit := context.policy.ncci(line.code, other.code))]
    if any(edit.indicator == RESOLVABLE for edit in edits):
        return ""
    if edits:
        edit = edits[0]
        return f"the edit of {edit.column1} with {edit.column2} allows no modifier ({dated(edit.as_of, facts.day(context))})"
    return "no charged code has an edit with it that a modifier resolves"


@rule("modifier-missing")
def modifier_missing(context: RuleContext) -> Iterator[Note]:
    """A charged study lacks the modifier for the professional part.

    What it does: Reports charges without 26 where the code has both parts and the place of service is a facility.
    Why it matters: Without it the professional claims the facility's part too, and the line is refused or recouped.
    Remedy: Add the modifier after checking that the professional alone reports.
    Example: An SSEP code charged plainly for a hospital inpatient.
    """
    policy = context.policy
    for line in context.case.billing:
        info = policy.code(line.code)
        stated = line.place_of_service or context.case.encounter.place_of_service
        place = policy.pos(stated) if stated else None
        if info is None or info.kind != "base" or place is None or not place.facility:
            continue
        if facts.stands_on_date(context, line.code) and policy.takes_26(line.code) and not _split(line):
            layer = facts.layer(context, "pfs")
            message = (
                f"{charge(line)} was charged without {PROFESSIONAL_COMPONENT} in place of service {stated} (fee schedule {layer})"
            )
            yield Note(message, line.evidence, values={"pctc": info.pctc or "?", "pos": place.code})


def _split(line: BillingLine) -> bool:
    return any(modifier.upper() in (PROFESSIONAL_COMPONENT, TECHNICAL) for modifier in line.modifiers)
