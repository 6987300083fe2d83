"""What each documentation element is called, how grave its absence is, and whom to ask for it."""

from __future__ import annotations

from dataclasses import dataclass

from ionm_notes.types import Severity


@dataclass(frozen=True, slots=True)
class Gap:
    """An absent element in words. 'warning': a code hangs on it or a payer demands it; 'info': expected, no more."""

    title: str
    severity: Severity
    remedy: str


GAPS: dict[str, Gap] = {
    "patient_identity": Gap(
        "the patient's identity with a second identifier", "warning", "Obtain the identifiers from the hospital's record."
    ),
    "date_of_service": Gap("the date of surgery", "warning", "Obtain the date from the operating room record."),
    "facility": Gap("the hospital or center by name", "info", "Obtain the name of the facility from the schedule."),
    "place_of_service": Gap(
        "the setting or place of service", "warning", "Ask the facility for the patient's status on that day."
    ),
    "surgeon": Gap("the surgeon's name", "warning", "Obtain the name from the operating room record."),
    "order": Gap("the surgeon's order or request", "warning", "Obtain the surgeon's order or the note that requests monitoring."),
    "procedure": Gap("the operation", "warning", "Obtain the operative note."),
    "indication": Gap(
        "a diagnosis or why neural structures were at risk", "warning", "Obtain the surgeon's note that gives the reason."
    ),
    "professional": Gap(
        "the professional's name with credentials", "warning", "Ask the group who supervised, and with what credentials."
    ),
    "technologist": Gap(
        "the technologist's name with credentials", "info", "Ask the group who recorded, and with what credentials."
    ),
    "technologist_presence": Gap(
        "that the technologist was in the room throughout", "info", "Ask the technologist, and compare with the room record."
    ),
    "location_mode": Gap("where the professional was", "warning", "Ask the professional; obtain the room or connection record."),
    "real_time": Gap("that the professional watched live", "warning", "Ask the professional; obtain the connection record."),
    "communication": Gap(
        "a way of immediate communication with the operating room", "warning", "Obtain the chat or call record of the session."
    ),
    "exclusivity": Gap(
        "how many cases were watched at once", "warning", "Ask the professional; obtain the list of that day's sessions."
    ),
    "monitoring_start": Gap("the clock time at which monitoring began", "warning", "Obtain the workstation's log."),
    "monitoring_stop": Gap("the clock time at which monitoring ended", "warning", "Obtain the workstation's log."),
    "baseline_time": Gap("when baselines were recorded", "warning", "Obtain the workstation's log."),
    "setup_time": Gap("when set-up was done, apart from monitoring", "info", "Obtain the workstation's log."),
    "modality_sites": Gap(
        "nerves, muscles or sites for every modality", "warning", "Obtain the montage from the technologist's record."
    ),
    "baseline_findings": Gap("what the baselines showed", "warning", "Ask the professional for the reading of the baselines."),
    "intraoperative_findings": Gap("changes or alerts, or that there were none", "warning", "Obtain the event log."),
    "surgeon_notification": Gap(
        "that the change was told to the surgical team", "warning", "Obtain the event log or the chat record."
    ),
    "interpretation": Gap("a final impression or interpretation", "warning", "Obtain the professional's report."),
    "signature": Gap("the professional's signature", "warning", "Have the professional sign or attest."),
    "signature_datetime": Gap("the date of the signature", "warning", "Obtain the signature's date from the record system."),
    "anesthesia": Gap("the anesthetic regimen", "info", "Obtain the anesthesia record."),
}


def gap_of(element_id: str) -> Gap:
    """The words for an absent element; `KeyError` if the element is none of the contract's."""
    return GAPS[element_id]
