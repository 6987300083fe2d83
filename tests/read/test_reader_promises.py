"""What the reader promises, in the words a biller would use; each on a small document made here."""

from __future__ import annotations

import pytest

from ionm_notes.codes.units import units
from ionm_notes.ingest import read_bytes
from ionm_notes.read import read_case
from ionm_notes.timeline import count_minutes
from ionm_notes.types import COLUMNS, Case

CLEAN = """Patient: Jane Example   MRN: 4471-22   DOB: 02/03/1960
Date of surgery: 03/14/2025   Hospital: Mill Creek Hospital   Class: Inpatient
Surgeon: Alan Stone, MD - requested monitoring
Procedure: C4-C6 laminectomy for cervical myelopathy
Technologist: Tara Lane, CNIM, in the operating room throughout
Reading physician: Mark Reed, MD

I watched the waveforms in real time from my office over a secure link, this patient only, with chat to the operating room.
Electrodes were placed from 07:10 to 07:40.
Baselines were recorded from 07:45 to 08:00 and were reproducible.
Monitoring began at 08:05 and ended at 11:20.
Electrodes were removed from 11:25 to 11:30.
SSEP: median and posterior tibial nerves, both sides. MEP: APB and tibialis anterior, both sides.
Anesthesia: propofol and remifentanil.
No changes were seen.
Impression: stable monitoring.
Electronically signed by Mark Reed, MD on 03/14/2025 15:00
"""


def _case(text: str) -> Case:
    return read_case(read_bytes("note.txt", text.encode()))


def _total(text: str) -> int:
    minutes = count_minutes(_case(text))
    return sum(getattr(minutes, column) or 0 for column in COLUMNS)


def _status(text: str) -> dict[tuple[str, str | None], str]:
    return {(m.modality, m.region): m.status for m in _case(text).modalities}


def test_a_clean_report_gives_its_minutes_and_no_gap_but_what_it_leaves_out() -> None:
    minutes = count_minutes(_case(CLEAN))
    assert minutes.remote_exclusive == 195
    assert [e.id for e in _case(CLEAN).elements.values() if e.state == "absent"] == []


@pytest.mark.parametrize("index", range(len(CLEAN.splitlines())))
def test_deleting_a_line_of_a_clean_report_never_adds_units(index: int) -> None:
    lines = CLEAN.splitlines()
    fewer = "\n".join(lines[:index] + lines[index + 1 :])
    assert units(_total(fewer), 15, 8, 8) <= units(_total(CLEAN), 15, 8, 8)


def test_a_modality_that_was_not_used_is_not_performed() -> None:
    assert _status(CLEAN + "Brainstem auditory evoked potentials were not used.\n")["BAEP", None] == "not_performed"


def test_a_modality_that_was_planned_and_left_out_is_marked_as_intended() -> None:
    eeg = [m for m in _case(CLEAN + "Scalp EEG had been planned but was left out.\n").modalities if m.modality == "EEG"]
    assert [(m.status, m.intended) for m in eeg] == [("not_performed", True)]


def test_no_change_in_a_modality_does_not_unperform_it() -> None:
    assert _status(CLEAN.replace("No changes were seen.", "There was no change in SSEP or MEP."))["SSEP", "upper"] == "performed"


def test_an_empty_check_box_performs_nothing() -> None:
    found = _status(CLEAN + "☒ EMG: tibialis anterior, left and right\n☐ VEP ☐ D-wave\n")
    assert found["EMG", "lower"] == "performed"
    assert found.get(("VEP", None)) != "performed"


def test_what_is_said_of_the_technologist_is_not_said_of_the_professional() -> None:
    case = _case(CLEAN.replace("I watched the waveforms in real time from my office over a secure link", "I followed the case"))
    assert {a.mode for a in case.attendance} == {"unstated"}


def test_exclusivity_that_is_not_stated_stays_unknown() -> None:
    assert _case(CLEAN.replace(", this patient only", "")).exclusive is None


def test_other_cases_at_the_same_time_make_the_minutes_shared() -> None:
    minutes = count_minutes(_case(CLEAN.replace(", this patient only", ", while two other cases were open on my screens")))
    assert minutes.remote_exclusive == 0
    assert minutes.remote_shared == 195


def test_a_blank_signature_line_is_no_signature() -> None:
    case = _case(CLEAN.replace("Electronically signed by Mark Reed, MD on 03/14/2025 15:00", "Signature: ______________"))
    assert not any(s.signed for s in case.signatures)


def test_a_draft_mark_is_kept() -> None:
    assert any(s.draft for s in _case("DRAFT - not final until signed\n\n" + CLEAN).signatures)


def test_a_second_patient_is_noticed() -> None:
    case = _case(CLEAN + "\fPatient: Otto Other   MRN: 9981-10   DOB: 05/06/1971\nAddendum.\n")
    assert len(case.patients) == 2


def test_a_case_past_midnight_counts_on_the_day_it_began() -> None:
    night = CLEAN.replace("08:05 and ended at 11:20", "22:40 and ended at 02:25").replace("07:45 to 08:00", "22:20 to 22:35")
    night = night.replace("07:10 to 07:40", "21:40 to 22:10").replace("11:25 to 11:30", "02:30 to 02:35")
    assert _total(night) == 225


def test_an_interruption_is_taken_out() -> None:
    assert _total(CLEAN + "Monitoring was interrupted from 09:00 to 09:20 because the amplifier failed.\n") == 175


def test_evidence_stands_in_the_document() -> None:
    flat = "".join(CLEAN.split())
    for element in _case(CLEAN).elements.values():
        for evidence in element.evidence:
            assert "".join(evidence.text.split()) in flat
