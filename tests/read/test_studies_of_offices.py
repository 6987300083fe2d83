"""Studies as four made-up offices put them down: which were done, where, and which were left out or gave no answer."""

from __future__ import annotations

import functools
import pathlib
import tomllib
from typing import Any

import pytest

from ionm_notes.ingest import read_bytes
from ionm_notes.read.case import read_case

OFFICES = pathlib.Path(__file__).parents[2] / "fixtures" / "wordings" / "studies"
HEAD = "INTRAOPERATIVE NEUROMONITORING REPORT\nProcedure: C5-C6 discectomy and fusion\nMonitoring: 08:00 - 10:00\n\n"
REACHED = (
    ("1_remote_neurologist", 0.95),
    ("2_technologist", 0.95),
    ("3_checkbox_form", 0.93),
    ("4_table_ehr_export", 0.95),
)
"""The share of the pieces of each office read as labelled: what was reached, so that the reader does not fall behind it."""


@functools.cache
def _studies(text: str) -> list[tuple[str, str, str]]:
    case = read_case(read_bytes("note.txt", (HEAD + text + "\n").encode()))
    return sorted((m.modality, m.region or "", m.status) for m in case.modalities)


def _gold(piece: dict[str, Any]) -> list[tuple[str, str, str]]:
    return sorted((modality, region, status) for modality, region, _, status in piece["gold"])


@pytest.mark.parametrize(("office", "least"), REACHED)
def test_studies_are_read_as_the_office_meant_them(office: str, least: float) -> None:
    pieces = tomllib.loads((OFFICES / f"{office}.toml").read_text())["study"]
    missed = [piece["text"] for piece in pieces if _studies(piece["text"]) != _gold(piece)]
    assert 1 - len(missed) / len(pieces) >= least, missed


@pytest.mark.parametrize("office", [office for office, _ in REACHED])
def test_a_study_that_was_left_out_is_never_performed(office: str) -> None:
    for piece in tomllib.loads((OFFICES / f"{office}.toml").read_text())["study"]:
        left_out = {row[:2] for row in _gold(piece) if row[2] == "not_performed"}
        left_out -= {row[:2] for row in _gold(piece) if row[2] != "not_performed"}
        assert not left_out & {row[:2] for row in _studies(piece["text"]) if row[2] != "not_performed"}, piece["text"]


@pytest.mark.parametrize(
    ("text", "want"),
    [
        (
            "Median SEPs: L present, R present. Tibial SEPs: L absent, R present.",
            [("SSEP", "lower", "performed"), ("SSEP", "lower", "unobtainable"), ("SSEP", "upper", "performed")],
        ),
        (
            "Auditory evoked potentials: ear left without answer, ear right present.",
            [("BAEP", "", "performed"), ("BAEP", "", "unobtainable")],
        ),
        ("TcMEP of both hands. Left hand MEP lost at 10:14, back at 10:20.", [("MEP", "upper", "performed")]),
        ("The stimulated electromyography was not made.", [("TRIGGERED_EMG", "", "not_performed")]),
        ("SSEP, wrists. Legs: none.", [("SSEP", "lower", "not_performed"), ("SSEP", "upper", "performed")]),
        ("Continuous EMG of the myotomes L3 to S1 on both sides.", [("EMG", "lower", "performed")]),
        ("EMG during C5-C6 fusion was quiet.", [("EMG", "", "performed")]),
        ("Leg SEPs: no departure from baseline was observed.", [("SSEP", "lower", "performed")]),
        (
            "SEPs of the wrists by stimulation of the ulnar nerve. VEP was not investigated.",
            [("SSEP", "upper", "performed"), ("VEP", "", "not_performed")],
        ),
    ],
)
def test_sides_limbs_and_denials_are_told_apart(text: str, want: list[tuple[str, str, str]]) -> None:
    assert _studies(text) == want


FIVE = "vastus medialis, biceps femoris, tibialis anterior, peroneus longus, medial gastrocnemius"


@pytest.mark.parametrize(
    "text",
    [
        f"Study        Sites, both sides        Baseline\nFree-running EMG        {FIVE}        silent",
        f"Study        Muscles (bilateral)\nFree-running EMG        {FIVE}",
        f"Study        Recorded from (L and R)\nFree-running EMG        {FIVE}",
        f"Free-running EMG: {FIVE}. All sites on both sides.",
        f"Free-running EMG: {FIVE}. Everything bilateral.",
    ],
)
def test_both_sides_may_be_said_once_for_all_sites(text: str) -> None:
    [study] = read_case(read_bytes("note.txt", f"Date of service: 03/12/2026\n\n{text}\n".encode())).modalities
    assert (study.region, study.sides) == ("lower", ("left", "right"))


def test_the_heading_of_another_column_gives_no_side_nor_does_it_outweigh_the_row() -> None:
    for text, sides in (
        (f"Study        Muscles        Result both sides\nEMG        {FIVE}        silent", ()),
        (f"Study        Muscles, both sides\nEMG        {FIVE}, right", ("right",)),
    ):
        [study] = read_case(read_bytes("note.txt", f"Date of service: 03/12/2026\n\n{text}\n".encode())).modalities
        assert study.sides == sides


@pytest.mark.parametrize(
    ("text", "regions"),
    [
        ("Baseline potentials present at all four limbs, EMG silent. EMG of both legs: tibialis anterior.", {"lower"}),
        ("All four limbs present, EMG quiet.", {None}),
        ("In all four limbs, EMG was recorded.", {"upper", "lower"}),
        ("In the legs, EMG silent.", {"lower"}),
    ],
)
def test_limbs_of_other_answers_are_none_of_emg(text: str, regions: set[str | None]) -> None:
    case = read_case(read_bytes("note.txt", f"Date of service: 03/12/2026\n\n{text}\n".encode()))
    assert {study.region for study in case.modalities if study.modality == "EMG"} == regions


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("EMG free-run deltoid, biceps, triceps L/R. TOF L foot.", [("EMG", "upper", "performed"), ("TOF", "", "performed")]),
        (
            "EMG deltoid, biceps L/R; train-of-four from the left abductor hallucis",
            [("EMG", "upper", "performed"), ("TOF", "", "performed")],
        ),
        ("EMG/TOF: TA, gastroc L/R", [("EMG", "lower", "performed"), ("TOF", "", "performed")]),
        ("Cortical stimulation mapping. Hand motor responses at sites 7, 8 and 11.", [("CORTICAL_MAPPING", "", "performed")]),
        ("Cortical stimulation mapping. No motor response at sites 1 to 6.", [("CORTICAL_MAPPING", "", "performed")]),
        ("D-wave: epidural lead tried at 23:20, nothing usable at any intensity, given up", [("D_WAVE", "", "unobtainable")]),
        ("BCR: tried twice, nothing either side", [("BCR", "", "unobtainable")]),
        ("D-wave: recorded, nothing lost", [("D_WAVE", "", "performed")]),
        ("D-wave: not tried", [("D_WAVE", "", "not_performed")]),
        ("09:08 ssep PTN ankle L R, bcr (dorsal n. > sphincter)", [("BCR", "", "performed"), ("SSEP", "lower", "performed")]),
    ],
)
def test_shorthand_gives_each_study_what_is_its_own(text: str, want: list[tuple[str, str, str]]) -> None:
    assert _studies(text) == want
