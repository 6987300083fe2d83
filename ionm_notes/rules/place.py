"""The rule about the place of service; read this to see which places are refused and which merely look odd."""

from __future__ import annotations

from collections.abc import Iterator

from ionm_notes.rules import facts
from ionm_notes.rules.context import Note, RuleContext
from ionm_notes.rules.registry import rule
from ionm_notes.types import Proof, Severity


@rule("pos-not-accepted")
def pos_not_accepted(context: RuleContext) -> Iterator[Note]:
    """The documented place of service is none that is accepted for monitoring.

    What it does: Looks up each documented place, in the record and on the charges. Unusual facilities give a warning,
        places that are no facility an error.
    Why it matters: Monitoring is priced for facilities alone. A remote reader reports the patient's place, not the
        office in which he or she sat.
    Remedy: Ask the facility for the patient's status on that day and have the place of service corrected.
    Example: Place of service 11 for an operation in a hospital.
    """
    for code, evidence in _documented(context).items():
        place = context.policy.pos(code)
        if place is not None and place.standing == "accepted":
            continue
        severity: Severity = "warning" if place is not None and place.standing == "warning" else "error"
        name = f"{code} ({place.name})" if place else f"{code} (unknown)"
        yield Note(f"Place of service {name} is not accepted for monitoring", evidence, severity=severity, values={"pos": code})


def _documented(context: RuleContext) -> dict[str, Proof]:
    """Every documented place with its evidence: the record's first, then those of the charges."""
    places: dict[str, Proof] = {}
    stated = context.case.encounter.place_of_service
    if stated is not None:
        places[stated] = facts.field_proof(context, "place_of_service")
    for line in context.case.billing:
        if line.place_of_service is not None:
            places[line.place_of_service] = facts.merged(places.get(line.place_of_service, ()), line.evidence)
    return places
