"""Keys by which base studies and bundled items are looked up in the policy; the data must hold each of them."""

from __future__ import annotations

from typing import Final

SSEP_UPPER: Final = "ssep-upper"
SSEP_LOWER: Final = "ssep-lower"
SSEP_BOTH: Final = "ssep-both"
SSEP_HEAD_TRUNK: Final = "ssep-head-trunk"
MEP_UPPER: Final = "mep-upper"
MEP_LOWER: Final = "mep-lower"
MEP_BOTH: Final = "mep-both"
BAEP: Final = "baep"
VEP: Final = "vep"
EEG_NON_INTRACRANIAL: Final = "eeg-non-intracranial"
EEG: Final = "eeg"
ECOG: Final = "ecog"
MAPPING_FIRST_HOUR: Final = "mapping-first-hour"
MAPPING_FURTHER_HOUR: Final = "mapping-further-hour"
EMG_LIMBS: Final = ("emg-limbs-1", "emg-limbs-2", "emg-limbs-3", "emg-limbs-4")
"""By the number of limbs whose muscles reach the limit, from one."""
EMG_LIMITED: Final = "emg-limited"
EMG_THORACIC_PARASPINAL: Final = "emg-thoracic-paraspinal"
EMG_HEMIDIAPHRAGM: Final = "emg-hemidiaphragm"
EMG_CRANIAL_ONE: Final = "emg-cranial-one"
EMG_CRANIAL_BOTH: Final = "emg-cranial-both"
EMG_LARYNX: Final = "emg-larynx"
SPHINCTER_NEEDLE: Final = "sphincter-needle"
SPHINCTER_SURFACE: Final = "sphincter-surface"
NERVE_CONDUCTION: Final = ("ncs-1-2", "ncs-3-4", "ncs-5-6", "ncs-7-8", "ncs-9-10", "ncs-11-12", "ncs-13")
"""By pairs of studies, from one; the last from thirteen on."""

STUDY_KEYS: Final = (
    SSEP_UPPER,
    SSEP_LOWER,
    SSEP_BOTH,
    SSEP_HEAD_TRUNK,
    MEP_UPPER,
    MEP_LOWER,
    MEP_BOTH,
    BAEP,
    VEP,
    EEG_NON_INTRACRANIAL,
    EEG,
    ECOG,
    MAPPING_FIRST_HOUR,
    MAPPING_FURTHER_HOUR,
    *EMG_LIMBS,
    EMG_LIMITED,
    EMG_THORACIC_PARASPINAL,
    EMG_HEMIDIAPHRAGM,
    EMG_CRANIAL_ONE,
    EMG_CRANIAL_BOTH,
    EMG_LARYNX,
    SPHINCTER_NEEDLE,
    SPHINCTER_SURFACE,
    *NERVE_CONDUCTION,
)
"""Every key that `Policy.study_code` is asked for."""

LIMB_MUSCLES: Final = "limb-muscles"
"""Limit: fewest muscles of one limb for the code of complete limbs."""
MAPPING_HOUR: Final = "mapping-hour-minutes"
"""Limit: minutes of one unit of mapping."""
MAPPING_FURTHER: Final = "mapping-hour-remainder"
"""Limit: fewest minutes into a further hour of mapping that make a unit."""

ITEMS: Final = (
    "TOF",
    "PEDICLE_SCREW",
    "D_WAVE",
    "MEP_CRANIAL",
    "PHASE_REVERSAL",
    "BCR",
    "DIRECT_STIMULATION",
    "EEG_DEPTH",
)
"""Every item that `Policy.item_code` is asked for: documented, tempting, and not reportable on its own."""
