"""States of the contract's documentation elements from what was read, with the nearest miss for absent ones."""

from __future__ import annotations

from collections.abc import Mapping

from ionm_notes.read.expression import expression
from ionm_notes.read.reading import Reading
from ionm_notes.types import Element, ElementState, Evidence, Proof

ELEMENTS = (
    "patient_identity",
    "date_of_service",
    "facility",
    "place_of_service",
    "surgeon",
    "order",
    "procedure",
    "indication",
    "professional",
    "technologist",
    "technologist_presence",
    "location_mode",
    "real_time",
    "communication",
    "exclusivity",
    "monitoring_start",
    "monitoring_stop",
    "baseline_time",
    "setup_time",
    "modality_sites",
    "baseline_findings",
    "intraoperative_findings",
    "surgeon_notification",
    "interpretation",
    "signature",
    "signature_datetime",
    "anesthesia",
)

_NEAR = {
    "order": r"\b(?:referr\w+|order\w*|request\w*)\b",
    "technologist_presence": r"\btech\w*\b|CNIM",
    "real_time": r"\b(?:remote\w*|review\w*|connect\w*)\b",
    "communication": r"\b(?:contact\w*|told|discuss\w*|notif\w*)\b",
    "exclusivity": r"\b(?:cases?|attention|coverage)\b",
    "monitoring_start": r"\bmonitor\w*\b|\bincision\b",
    "monitoring_stop": r"\bclos\w+\b|\bfinal\b|\bend\b",
    "setup_time": r"\b(?:set-?\s?up|electrodes?|leads?|hook-?up)\b",
    "baseline_time": r"\bbase-?lines?\b",
    "baseline_findings": r"\bbase-?lines?\b",
    "signature": r"\bsign\w*\b",
    "signature_datetime": r"\bsign\w*\b",
    "indication": r"\b(?:for|because|due to)\b",
    "facility": r"\b(?:hospital|center|site|OR)\b",
    "place_of_service": r"\b(?:hospital|center|class|admit\w*)\b",
    "professional": r"\b(?:Dr|MD|by|reader|physician)\b",
    "technologist": r"\btech\w*\b",
    "interpretation": r"\b(?:stable|no change|fine)\b",
    "anesthesia": r"\banesth\w*\b",
    "modality_sites": r"\b(?:SSEP|MEP|EMG)s?\b",
    "patient_identity": r"\b(?:pt|patient|name)\b",
    "surgeon_notification": r"\b(?:surgeon|team)\b",
}


def read_elements(reading: Reading, proofs: Mapping[str, Proof], not_applicable: frozenset[str]) -> dict[str, Element]:
    """Every element: present with proof, not applicable, or absent with the pages searched and the nearest miss."""
    pages = tuple(p.number for p in reading.document.pages)
    out: dict[str, Element] = {}
    for name in ELEMENTS:
        proof = tuple(e for e in proofs.get(name, ()) if e.text.strip())
        state: ElementState = "present" if proof else "absent"
        if not proof and name in not_applicable:
            state = "not_applicable"
        miss = _nearest(reading, name) if state == "absent" else None
        out[name] = Element(name, state, proof, pages if state == "absent" else (), miss)
    return out


def _nearest(reading: Reading, name: str) -> Evidence | None:
    pattern = _NEAR.get(name)
    match = expression(pattern).search(reading.text) if pattern else None
    if match is None:
        return None
    unit = reading.unit_at(match.start())
    if unit is None:
        return None
    return reading.evidence(max(unit.start, match.start() - 40), min(unit.end, match.end() + 60))
