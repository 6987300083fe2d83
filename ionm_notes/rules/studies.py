"""Rules about modalities: bundled ones, planned ones, EEG's two codes, and studies without a stated region."""

from __future__ import annotations

from collections.abc import Iterator

from ionm_notes.rules import facts
from ionm_notes.rules.context import Note, RuleContext
from ionm_notes.rules.registry import rule
from ionm_notes.rules.words import charge, listed, study

NEEDS_REGION = ("SSEP", "MEP", "EMG", "TRIGGERED_EMG")


@rule("bundled-tof")
def bundled_tof(context: RuleContext) -> Iterator[Note]:
    """Train of four is documented or charged: not separately reportable.

    What it does: Notes train of four where it is documented, and objects where its code is charged.
    Why it matters: Judging the relaxant belongs to anesthesia; the code it tempts to is for junction disease.
    Remedy: Do not charge it; take the line off where it was charged.
    Example: 'TOF 4/4' in the log; the code of repetitive stimulation among the charges.
    """
    tests = facts.performed(context, "TOF")
    lines = [line for line in context.case.billing if facts.is_bundled_item(context, line)]
    documented = tuple(item for test in tests for item in test.evidence)
    for line in lines:
        message = f"{charge(line)} was charged; train of four is not separately reportable"
        yield Note(message, facts.merged(line.evidence, documented), severity="error")
    if tests and not lines:
        yield Note("Train of four is documented; it is not separately reportable", documented, severity="info")


@rule("bundled-pedicle-screw")
def bundled_pedicle_screw(context: RuleContext) -> Iterator[Note]:
    """Pedicle screw stimulation is documented: not separately reportable.

    What it does: Notes screw or hole stimulation; a charge for it cannot be told from the code of the EMG, unless the
        payer's data name a code for it.
    Why it matters: The surgeon's stimulation belongs to the operation, and what it elicits to the EMG by muscles.
    Remedy: Do not charge it beside the EMG.
    Example: 'L4 left 16 mA' in the log of a fusion.
    """
    screws = facts.performed(context, "PEDICLE_SCREW")
    documented = tuple(item for screw in screws for item in screw.evidence)
    tempting = context.policy.item_code("PEDICLE_SCREW")
    lines = [line for line in context.case.billing if tempting is not None and line.code == tempting]
    for line in lines:
        message = f"{charge(line)} was charged; screw stimulation is not separately reportable"
        yield Note(message, facts.merged(line.evidence, documented), severity="error")
    if screws and not lines:
        yield Note("Pedicle screw stimulation is documented; it is not separately reportable", documented, severity="info")


@rule("planned-not-performed")
def planned_not_performed(context: RuleContext) -> Iterator[Note]:
    """A modality was intended and not done.

    What it does: Reports modalities that were planned, ordered, listed, offered, considered or declined and then not
        done. A plain 'not used' is no plan and is not reported.
    Why it matters: What stands on the booking sheet tends to reach the charge sheet.
    Remedy: Check that the modality is not charged.
    Example: 'Scalp EEG had been planned on the booking sheet but was left out.'
    """
    for modality in context.case.modalities:
        if modality.intended and modality.status == "not_performed":
            yield Note(f"{study(modality)} was intended and not done", modality.evidence)


@rule("region-not-stated")
def region_not_stated(context: RuleContext) -> Iterator[Note]:
    """A study is documented without the region that decides its code.

    What it does: Reports SSEP, MEP or EMG that was performed without saying in which limbs or muscles.
    Why it matters: No study code can be chosen, so none is suggested for it.
    Remedy: Obtain from the technologist's record which nerves, limbs or muscles were recorded.
    Example: 'SSEPs were stable throughout.'
    """
    for modality in facts.performed(context, *NEEDS_REGION):
        if modality.region is None:
            yield Note(f"{study(modality)} was performed, but its region is not stated; no study code follows", modality.evidence)


@rule("eeg-code-choice")
def eeg_code_choice(context: RuleContext) -> Iterator[Note]:
    """Two EEG codes compete, and the sources do not agree on the choice.

    What it does: Reports EEG in an operation that is neither intracranial nor on vessels or heart, and a charged EEG
        code that is not the one the operation suggests.
    Why it matters: By its title one code fits any operation outside the skull, by the list of primaries only the other
        goes with a time code. Payers may follow either.
    Remedy: Ask the payer which code it takes for EEG in this operation, and keep the answer with the case.
    Example: EEG during a spine fusion.
    """
    case = context.case
    eeg = facts.performed(context, "EEG")
    if not eeg or case.eeg_for_depth:
        return
    documented = tuple(item for modality in eeg for item in modality.evidence)
    suggested = sorted(code for code in facts.codes_of(context, "base") if code in facts.eeg_codes(context))
    for line in case.billing:
        if suggested and line.code in facts.eeg_codes(context) and line.code not in suggested:
            message = f"{charge(line)} was charged for the EEG; this operation suggests {listed(suggested)}"
            yield Note(message, facts.merged(line.evidence, documented), severity="warning")
    if case.operation_site not in ("intracranial", "vascular_cardiac"):
        site = f"a {case.operation_site} operation" if case.operation_site else "an operation of unknown site"
        codes = listed(sorted(facts.eeg_codes(context)))
        layer = facts.layer(context, "addon")
        yield Note(f"EEG in {site}: the sources differ between {codes} (add-on list {layer})", documented)


@rule("reflex-code-choice")
def reflex_code_choice(context: RuleContext) -> Iterator[Note]:
    """The bulbocavernosus reflex is documented, and the sources are in tension over a code for it.

    What it does: Notes that no code is suggested for this reflex, although one exists by its title.
    Why it matters: Leaving it off is a choice of this policy, not a fact; the code is no primary for a time code.
    Remedy: Do not charge it unless the payer has said in writing that it takes the code during an operation.
    Example: 'BCR: dorsal penile nerve to anal sphincter' in the montage.
    """
    reflexes = facts.performed(context, "BCR")
    if reflexes:
        evidence = tuple(item for reflex in reflexes for item in reflex.evidence)
        yield Note("The bulbocavernosus reflex is documented; no code is suggested for it", evidence, severity="info")
