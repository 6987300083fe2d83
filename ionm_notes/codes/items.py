"""Names what is documented and tempting to bill, but has no code of its own; read for each item's reason.

Source: contract, 'Base study codes', last paragraphs; FACTS 2.7.
"""

from __future__ import annotations

from ionm_notes.codes.base_codes import evidence_of, performed
from ionm_notes.policy.api import Policy
from ionm_notes.types import Case, Modality, NotReportable

ITEMS: tuple[tuple[str, str, str, str], ...] = (
    ("TOF", "train of four", "bundled-tof", "it checks relaxation for the monitoring and is part of it"),
    (
        "PEDICLE_SCREW",
        "pedicle screw stimulation",
        "bundled-pedicle-screw",
        "it is triggered EMG, reported through the EMG code by muscles",
    ),
    ("D_WAVE", "D-wave", "no-own-code", "no code was found for it; it is not a motor potential recorded from muscle"),
    ("MEP_CRANIAL", "corticobulbar motor potentials", "no-own-code", "the motor potential codes speak of limbs"),
    ("PHASE_REVERSAL", "phase reversal", "no-own-code", "it is read from the somatosensory potentials"),
    ("BCR", "bulbocavernosus reflex", "no-own-code", "it is not taken beside monitoring here; sources are in tension"),
    (
        "DIRECT_STIMULATION",
        "direct nerve stimulation by the surgeon",
        "no-own-code",
        "it is part of the operation; the recording goes with EMG by muscles",
    ),
    ("EEG_DEPTH", "EEG to judge depth of anesthesia", "eeg-for-depth", "it belongs to anesthesia"),
)
"""Item, words, rule and reason."""


def not_reportable_items(case: Case, policy: Policy) -> tuple[NotReportable, ...]:
    """What this case documents as done and no code of its own exists for, with the code it tempts one to bill."""
    found: list[NotReportable] = []
    done = performed(case)
    for item, words, rule, why in ITEMS:
        here = tuple(m for m in done if _is(case, m, item))
        if here:
            found.append(NotReportable(policy.item_code(item), words, rule, f"{words}: {why}", evidence_of(here)))
    return (*found, *_charged_time(case, policy))


def _charged_time(case: Case, policy: Policy) -> list[NotReportable]:
    """The monitoring time that is charged for somebody of the operating team, whose own service it is part of."""
    if not case.only_operator_monitors:
        return []
    words = "time of the operating team"
    why = f"{words}: it is part of the operation or the anesthetic, whoever watched the record"
    lines = {line.code: line for line in case.billing if (info := policy.code(line.code)) is not None and info.kind == "time"}
    return [NotReportable(code, words, "monitor-is-operator", why, line.evidence) for code, line in lines.items()]


def _is(case: Case, m: Modality, item: str) -> bool:
    if item == "MEP_CRANIAL":
        return m.modality == "MEP" and m.region == "cranial"
    if item == "DIRECT_STIMULATION":
        return m.modality == "TRIGGERED_EMG"
    if item == "EEG_DEPTH":
        return m.modality == "EEG" and case.eeg_for_depth
    return m.modality == item
