"""Whether functional mapping is a study of its own in a case; read before changing rule 11 or the mapping codes."""

from __future__ import annotations

from ionm_notes.types import Case

MAPPING = frozenset({"CORTICAL_MAPPING", "SUBCORTICAL_MAPPING"})
"""Modalities of functional mapping by stimulation."""


def mapping_is_coded(case: Case) -> bool:
    """Whether mapping was done with the professional in the room, which is what its codes ask for.

    `Case.mapping_in_room` decides where it is stated either way; where it is not, a stated attendance in the room does
    (contract, 'Base study codes').
    """
    done = any(m.modality in MAPPING and m.status != "not_performed" for m in case.modalities)
    if not done or case.mapping_in_room is False or case.read_afterwards or case.only_operator_monitors:
        return False
    return case.mapping_in_room is True or any(a.mode == "in_room" for a in case.attendance)
