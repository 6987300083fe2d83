"""Sites of a study may stand apart from the list of studies: with the baselines, in a note, in a table of channels."""

from __future__ import annotations

import pytest

from ionm_notes.ingest import read_bytes
from ionm_notes.read.case import read_case


def state(said: str) -> str:
    text = f"NEUROMONITORING REPORT\nPatient: Jane Roe\nSurgeon: Mark Holloway, MD\n\n{said}\n"
    return read_case(read_bytes("report.txt", text.encode())).elements["modality_sites"].state


@pytest.mark.parametrize(
    "said",
    [
        "SSEP and MEP of arms and legs.1\n\n1. Median and tibial nerves; motor from APB and AH.",
        "SSEP lower and MEP lower. Tibial P37 39 ms. Motor responses were present in both tibialis anterior.",
        "EMG of the face.\n08:37 needles in left orbicularis oculi, mentalis",
        "SSEP, median nerves at the wrist.\n\nIn summary: stable somatosensory potentials of arms and legs.",
        "SSEP of the right median nerve. Cortical mapping by the bipolar probe. Hand motor response at 3 mA at position B2.",
    ],
)
def test_a_site_that_stands_elsewhere_is_stated(said: str) -> None:
    assert state(said) == "present"


@pytest.mark.parametrize(
    "said",
    [
        "EMG: deltoid and biceps. MEP was performed.",
        "MEP: tibialis anterior, abductor hallucis. SSEP of arms and legs.",
        "SSEP of the legs. Train of four at the ulnar nerve.",
        "SSEP: tibial nerves. Transcranial MEP of the hands and feet.",
        "Procedure: neurolysis of the ulnar nerve.\n\nSSEP of the arms was recorded.",
    ],
)
def test_limbs_and_what_another_study_or_the_operation_names_are_no_sites(said: str) -> None:
    assert state(said) == "absent"


def test_a_numbered_heading_ends_the_part_above_it() -> None:
    form = (
        "2 OPERATION\nPosterior spinal fusion T4 - L1 for idiopathic scoliosis, 62 degrees; cord at risk.\n3 TESTS RUN\n"
        "[x] SSEP upper\tulnar, L and R wrist\n[x] MEP lower\ttibialis anterior L, R\n"
    )
    done = {m.modality for m in read_case(read_bytes("form.txt", form.encode())).modalities if m.status == "performed"}
    assert done == {"SSEP", "MEP"}
