"""Whether a record names nerves and muscles for the studies that need them, wherever it does.

A list of studies says 'SSEP arms, legs', and the sites stand in another place: in a footnote, with the baselines, in the table of
channels. A study counts as sited where its own rows name sites; else where the record names, outside the order and the operation, a
nerve for SSEP or a muscle for MEP and EMG, in no statement that is of another study of muscles alone. Limbs are no sites.
"""

from __future__ import annotations

import re

from ionm_notes.read.fields import Fields
from ionm_notes.read.modalities.model import ModalityReading
from ionm_notes.read.reading import Reading, Unit
from ionm_notes.types import Modality, Proof

_NEEDING = ("SSEP", "MEP", "EMG")
_OTHERS = {
    "SSEP": frozenset({"EMG", "TRIGGERED_EMG", "TOF", "NAP", "H_REFLEX"}),
    "MEP": frozenset({"EMG", "TRIGGERED_EMG", "TOF", "PEDICLE_SCREW"}),
    "EMG": frozenset({"MEP", "TOF"}),
}
"""Studies whose own statements name nerves or muscles that are none of another's."""
_ELSEWHERE = ("order", "procedure", "indication", "billing", "anesthesia", "patient")
_LIMB = ("hand", "forearm", "facial", "foot", "leg", "arm", "thigh", "calf")
_BY_PROBE = re.compile(r"\d\s?mA\b", re.I)


def sites_told(reading: Reading, fields: Fields, modal: ModalityReading) -> Proof:
    """Proof that every performed study that needs sites has some; the studies themselves where none needs any."""
    done = [m for m in modal.modalities if m.status != "not_performed"]
    need = [m for m in done if m.modality in _NEEDING and not _of_mapping(m, done)]
    if not need:
        return done[0].evidence if done else ()
    sited = {m.modality for m in done if m.sites_stated}
    sited |= {"EMG"} if "TRIGGERED_EMG" in sited else set()
    proof = [m.evidence[0] for m in need if m.modality in sited][:2]
    for name in dict.fromkeys(m.modality for m in need if m.modality not in sited):
        unit = _naming(reading, fields, modal, name)
        if unit is None:
            return ()
        proof.append(reading.evidence(unit.start, unit.end))
    return tuple(proof)


def _of_mapping(row: Modality, done: list[Modality]) -> bool:
    """Whether a motor response is what mapping gave at some current, and no transcranial study: 'Hand motor response at 3 mA'."""
    mapped = any(m.modality in ("CORTICAL_MAPPING", "SUBCORTICAL_MAPPING") for m in done)
    return mapped and row.modality == "MEP" and not row.sites_stated and any(_BY_PROBE.search(e.text) for e in row.evidence)


def _naming(reading: Reading, fields: Fields, modal: ModalityReading, name: str) -> Unit | None:
    """The first statement that names a nerve or a muscle that may be of a study."""
    kind = "site.nerve." if name == "SSEP" else "site.muscle."
    for hit in modal.sites:
        unit = reading.unit_at(hit.start)
        if not hit.id.startswith(kind) or hit.id.endswith((*_LIMB, ".cranial") if name == "SSEP" else _LIMB):
            continue
        if unit is None or unit.kind == "running" or fields.section_at(unit.start) in _ELSEWHERE:
            continue
        owner = _owner(modal, unit, hit.start)
        if owner is None or owner not in _OTHERS[name]:
            return unit
    return None


def _owner(modal: ModalityReading, unit: Unit, at: int) -> str | None:
    """The study whose name stands last before a site in its statement, else first behind it."""
    inside = [m for m in modal.mentions if unit.start <= m.start < unit.end]
    before = [m for m in inside if m.start < at]
    return (before[-1] if before else inside[0]).modality if inside else None
