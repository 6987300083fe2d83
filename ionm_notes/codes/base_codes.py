"""Finds the base studies of a case, one line per code and session; read to see what counts as which study.

Only what is documented as performed counts, attempted studies without a usable response included; a region that is not
stated gives no code. Source: contract, 'Base study codes'.
"""

from __future__ import annotations

from collections.abc import Iterable

from ionm_notes.codes import studies
from ionm_notes.codes.emg import Study, emg_studies
from ionm_notes.codes.units import units
from ionm_notes.policy.api import Policy
from ionm_notes.timeline.attendance import column_of, place
from ionm_notes.timeline.intervals import intersection, minutes, normal
from ionm_notes.timeline.mapping import MAPPING, mapping_is_coded
from ionm_notes.types import Case, Modality, Proof

CONDUCTION = frozenset({"H_REFLEX", "NAP"})
"""Modalities counted as nerve conduction studies."""
PLAIN = {"BAEP": (studies.BAEP, "brainstem auditory potentials"), "VEP": (studies.VEP, "visual potentials")}
PLAIN["ECOG"] = (studies.ECOG, "recording from the cortex")
LIMB_PAIRS = (
    ("SSEP", "somatosensory potentials", (studies.SSEP_UPPER, studies.SSEP_LOWER, studies.SSEP_BOTH)),
    ("MEP", "transcranial motor potentials", (studies.MEP_UPPER, studies.MEP_LOWER, studies.MEP_BOTH)),
)
EEG_SITE_GAP = "eeg-site-unsettled"
"""Query reason: EEG outside intracranial and vascular operations, where sources disagree on the code."""


def base_studies(case: Case, policy: Policy) -> tuple[Study, ...]:
    """The base studies that the case documents as performed, in the order of the contract's table."""
    done = performed(case)
    found = list(_limb_pairs(done))
    found += _one(done, "SSEP", "head_trunk", studies.SSEP_HEAD_TRUNK, "somatosensory potentials of head or trunk")
    for modality, (key, why) in PLAIN.items():
        found += _one(done, modality, None, key, why)
    found += _eeg(case, done)
    found += _mapping(case, done, policy)
    found += emg_studies(done, policy.limit(studies.LIMB_MUSCLES))
    found += _conduction(done)
    return tuple(found)


def performed(case: Case) -> tuple[Modality, ...]:
    """Modalities whose recording is described, with usable responses or without, in an order of their own."""
    done = [m for m in case.modalities if m.status != "not_performed"]
    return tuple(sorted(done, key=lambda m: (m.modality, m.region or "", m.sides, [(e.page, e.text) for e in m.evidence])))


def evidence_of(modalities: Iterable[Modality]) -> Proof:
    """Evidence of several modalities, each piece once."""
    return tuple(dict.fromkeys(piece for m in modalities for piece in m.evidence))


def mapping_minutes(case: Case) -> int:
    """Stated minutes of functional mapping that the professional attended in the room; 0 without stated times."""
    spans = normal((s.start, s.end) for s in case.mapping)
    inside = normal((p.start, p.end) for p in place(case) if column_of(p.attendance) in ("in_room", "in_room_shared"))
    return minutes(intersection(spans, inside) if inside else spans)


def _limb_pairs(done: tuple[Modality, ...]) -> Iterable[Study]:
    for modality, words, (upper, lower, both) in LIMB_PAIRS:
        here = [m for m in done if m.modality == modality and m.region in ("upper", "lower")]
        regions = {m.region for m in here}
        if regions == {"upper", "lower"}:
            yield Study(both, 1, f"{words} of upper and lower limbs", evidence_of(here))
        elif regions:
            region = regions.pop()
            yield Study(upper if region == "upper" else lower, 1, f"{words} of {region} limbs only", evidence_of(here))


def _one(done: tuple[Modality, ...], modality: str, region: str | None, key: str, why: str) -> list[Study]:
    here = [m for m in done if m.modality == modality and (region is None or m.region == region)]
    return [Study(key, 1, why, evidence_of(here))] if here else []


def _eeg(case: Case, done: tuple[Modality, ...]) -> list[Study]:
    here = [m for m in done if m.modality == "EEG"]
    if not here or case.eeg_for_depth:
        return []
    if case.operation_site == "intracranial":
        return [Study(studies.EEG, 1, "EEG during an intracranial operation", evidence_of(here))]
    if case.operation_site == "vascular_cardiac":
        return [Study(studies.EEG_NON_INTRACRANIAL, 1, "EEG during a vascular or cardiac operation", evidence_of(here))]
    why = "EEG during an operation that is neither intracranial nor vascular: sources disagree on the code"
    return [Study(studies.EEG_NON_INTRACRANIAL, 1, why, evidence_of(here), (EEG_SITE_GAP,))]


def _mapping(case: Case, done: tuple[Modality, ...], policy: Policy) -> list[Study]:
    here = [m for m in done if m.modality in MAPPING]
    if not here or not mapping_is_coded(case):
        return []
    evidence = tuple(dict.fromkeys((*evidence_of(here), *(e for s in case.mapping for e in s.evidence))))
    found = [Study(studies.MAPPING_FIRST_HOUR, 1, "functional mapping with the professional in the room", evidence)]
    hour, remainder = policy.limit(studies.MAPPING_HOUR), policy.limit(studies.MAPPING_FURTHER)
    further = units(mapping_minutes(case), hour, remainder, remainder) - 1
    if further > 0:
        why = f"{mapping_minutes(case)} min of stated mapping, {further} beyond the first hour"
        found.append(Study(studies.MAPPING_FURTHER_HOUR, further, why, evidence))
    return found


def _conduction(done: tuple[Modality, ...]) -> list[Study]:
    here = [m for m in done if m.modality in CONDUCTION]
    count = sum(m.studies for m in here)
    if count < 1:
        return []
    key = studies.NERVE_CONDUCTION[min((count - 1) // 2, len(studies.NERVE_CONDUCTION) - 1)]
    return [Study(key, 1, f"{count} nerve conduction, action potential or H-reflex studies", evidence_of(here))]
