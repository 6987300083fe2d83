"""Base studies: what counts as which code, row by row of the contract's table."""

from __future__ import annotations

import pytest
from facts import SSEP, base, brief, codes, record, said, segment, span, spell, study

from ionm_notes.types import Modality, Muscle


def named(region: str, **sides: int) -> tuple[Muscle, ...]:
    """So many different muscles per side of a region; side 'any' is not stated."""
    return tuple(
        Muscle(f"{side} {i}", region, () if side == "any" else (side,)) for side, count in sides.items() for i in range(count)
    )


FIVE, FOUR = 5, 4
BOTH = ("left", "right")


@pytest.mark.parametrize(
    ("modalities", "expected"),
    [
        ([study("SSEP", "upper")], {"95925": 1}),
        ([study("SSEP", "lower")], {"95926": 1}),
        ([study("SSEP", "lower"), study("SSEP", "upper")], {"95938": 1}),
        ([study("SSEP", "upper", "left"), study("SSEP", "upper", "right")], {"95925": 1}),
        ([study("SSEP", "head_trunk")], {"95927": 1}),
        ([study("SSEP", "head_trunk"), study("SSEP", "upper"), study("SSEP", "lower")], {"95938": 1, "95927": 1}),
        ([study("SSEP", None)], {}),
        ([study("MEP", "upper")], {"95928": 1}),
        ([study("MEP", "lower")], {"95929": 1}),
        ([study("MEP", "upper"), study("MEP", "lower")], {"95939": 1}),
        ([study("MEP", "cranial")], {}),
        ([study("MEP", "cranial"), study("MEP", "upper")], {"95928": 1}),
        ([study("MEP", None)], {}),
        ([study("BAEP")], {"92653": 1}),
        ([study("BAEP"), study("BAEP")], {"92653": 1}),
        ([study("VEP")], {"95930": 1}),
        ([study("ECOG")], {"95829": 1}),
        ([study("D_WAVE"), study("TOF"), study("PEDICLE_SCREW"), study("PHASE_REVERSAL"), study("BCR"), study("MER")], {}),
        ([study("H_REFLEX")], {"95907": 1}),
        ([study("H_REFLEX", studies=2)], {"95907": 1}),
        ([study("H_REFLEX", studies=2), study("NAP")], {"95908": 1}),
        ([study("NAP", studies=4)], {"95908": 1}),
        ([study("NAP", studies=5)], {"95909": 1}),
        ([study("NAP", studies=8)], {"95910": 1}),
        ([study("NAP", studies=9)], {"95911": 1}),
        ([study("NAP", studies=12)], {"95912": 1}),
        ([study("NAP", studies=13)], {"95913": 1}),
        ([study("NAP", studies=40)], {"95913": 1}),
        ([study("NAP", studies=0)], {}),
    ],
)
def test_studies_other_than_emg(modalities: list[Modality], expected: dict[str, int]) -> None:
    assert base(*modalities) == expected


@pytest.mark.parametrize(
    ("modalities", "expected"),
    [
        # limbs by muscles and sides
        ([study("EMG", "lower", "left", muscles=FIVE)], {"95860": 1}),
        ([study("EMG", "lower", "left", muscles=FOUR)], {"95870": 1}),
        ([study("EMG", "lower", *BOTH, muscles=FIVE)], {"95861": 1}),
        ([study("EMG", "lower", *BOTH, muscles=FOUR)], {"95870": 2}),
        ([study("EMG", "lower", *BOTH)], {"95870": 2}),
        ([study("EMG", "lower")], {"95870": 1}),
        ([study("EMG", "lower", muscles=FIVE)], {"95860": 1}),
        ([study("EMG", "upper", *BOTH, muscles=FIVE), study("EMG", "lower", "left", muscles=FIVE)], {"95863": 1}),
        ([study("EMG", "upper", *BOTH, muscles=FIVE), study("EMG", "lower", *BOTH, muscles=FIVE)], {"95864": 1}),
        ([study("EMG", "upper", *BOTH), study("EMG", "lower", *BOTH)], {"95870": 4}),
        ([study("EMG", "upper", *BOTH, muscles=FIVE), study("EMG", "lower", *BOTH, muscles=3)], {"95861": 1, "95870": 2}),
        ([study("EMG", "lower", *BOTH, muscles=named("lower", left=5, right=2))], {"95860": 1, "95870": 1}),
        ([study("EMG", "lower", muscles=named("lower", left=1))], {"95870": 1}),
        ([study("EMG", "lower", muscles=named("lower", left=1, right=1))], {"95870": 2}),
        ([study("EMG", "lower", *BOTH, muscles=named("lower", left=2, right=2, any=3))], {"95861": 1}),
        # free-running and triggered are one study by muscles
        ([study("EMG", "lower", "left", muscles=FIVE), study("TRIGGERED_EMG", "lower", "left", muscles=FIVE)], {"95860": 1}),
        (
            [
                study("EMG", "lower", "left", muscles=named("lower", left=3)),
                study(
                    "TRIGGERED_EMG",
                    "lower",
                    muscles=(*named("lower", left=3), Muscle("x", "lower", ()), Muscle("y", "lower", ())),
                ),
            ],
            {"95860": 1},
        ),
        ([study("TRIGGERED_EMG", "lower", "left")], {"95870": 1}),
        # a muscle of another region is no muscle of the limb
        (
            [study("EMG", "lower", "left", muscles=(*named("lower", left=4), Muscle("vocalis", "larynx", ("left",))))],
            {"95870": 1},
        ),
        # other regions
        ([study("EMG", "trunk", *BOTH)], {"95870": 1}),
        ([study("EMG", "trunk"), study("EMG", "lower", *BOTH)], {"95870": 3}),
        ([study("EMG", "trunk"), study("EMG", "lower", *BOTH, muscles=FIVE)], {"95861": 1, "95870": 1}),
        ([study("EMG", "paraspinal")], {"95870": 1}),
        ([study("EMG", "paraspinal"), study("EMG", "lower", "left")], {"95870": 1}),
        ([study("EMG", "paraspinal"), study("EMG", "lower", "left", muscles=FIVE)], {"95860": 1}),
        ([study("EMG", "paraspinal"), study("EMG", "trunk")], {"95870": 1}),
        ([study("EMG", "thoracic_paraspinal", *BOTH)], {"95869": 1}),
        ([study("EMG", "diaphragm", "left")], {"95866": 1}),
        ([study("EMG", "larynx", *BOTH)], {"95865": 1}),
        ([study("EMG", "cranial", "right")], {"95867": 1}),
        ([study("EMG", "cranial")], {"95867": 1}),
        ([study("EMG", "cranial", *BOTH)], {"95868": 1}),
        ([study("EMG", "cranial", "left"), study("TRIGGERED_EMG", "cranial", "right")], {"95868": 1}),
        (
            [study("EMG", "cranial", muscles=(Muscle("a", "cranial", ("left",)), Muscle("b", "cranial", ("right",))))],
            {"95868": 1},
        ),
        ([study("EMG", "sphincter")], {"51785": 1}),
        ([study("EMG", "sphincter", technique="needle")], {"51785": 1}),
        ([study("EMG", "sphincter", technique="surface")], {"51784": 1}),
        ([study("EMG", "sphincter", technique="surface"), study("EMG", "sphincter", technique="needle")], {"51785": 1}),
        ([study("EMG", None, muscles=9)], {}),
        ([study("EMG", "lower", "left", status="not_performed"), study("EMG", "upper", "left")], {"95870": 1}),
    ],
)
def test_emg_by_limb_muscle_and_region(modalities: list[Modality], expected: dict[str, int]) -> None:
    assert base(*modalities) == expected


@pytest.mark.parametrize(("status", "expected"), [("performed", 1), ("unobtainable", 1), ("not_performed", 0)])
def test_an_attempted_study_counts_and_a_planned_one_does_not(status: str, expected: int) -> None:
    assert len(base(study("SSEP", "lower", status=status), study("BAEP", status="not_performed"))) == expected


@pytest.mark.parametrize(
    ("site", "depth", "expected"),
    [
        ("intracranial", False, [("95822", 1, "supported")]),
        ("vascular_cardiac", False, [("95955", 1, "supported")]),
        ("spine", False, [("95955", 1, "query")]),
        (None, False, [("95955", 1, "query")]),
        ("vascular_cardiac", True, []),
    ],
)
def test_the_kind_of_operation_chooses_the_eeg_code(site: str | None, depth: bool, expected: list[tuple[str, int, str]]) -> None:
    case = record(modalities=(study("EEG"),), operation_site=site, eeg_for_depth=depth)
    assert brief(codes(case)) == expected


@pytest.mark.parametrize(
    ("minutes", "expected"),
    [
        (20, {"95961": 1}),
        (65, {"95961": 1}),
        (90, {"95961": 1}),
        (91, {"95961": 1, "95962": 1}),
        (150, {"95961": 1, "95962": 1}),
        (151, {"95961": 1, "95962": 2}),
    ],
)
def test_mapping_by_the_hour_worked_examples_a10_a11(minutes: int, expected: dict[str, int]) -> None:
    case = record(spell("in_room", 0, 240), modalities=(study("CORTICAL_MAPPING"),), mapping=(span(10, 10 + minutes),))
    assert {line.code: line.units for line in codes(case) if line.kind == "base"} == expected


@pytest.mark.parametrize(
    ("mode", "stated", "coded"),
    [
        ("in_room", None, True),
        ("remote", None, False),
        ("remote", True, True),
        ("in_room", False, False),
        ("unstated", None, False),
    ],
)
def test_mapping_is_coded_only_with_the_professional_in_the_room(mode: str, stated: bool | None, coded: bool) -> None:
    case = record(spell(mode, 0, 240), modalities=(study("SUBCORTICAL_MAPPING"),), mapping_in_room=stated)
    assert ("95961" in {line.code for line in codes(case)}) is coded


def test_only_mapping_attended_in_the_room_adds_hours() -> None:
    case = record(
        spell("in_room", 0, 60),
        spell("remote", 60, 240),
        modalities=(study("CORTICAL_MAPPING"),),
        mapping=(span(0, 180),),
        mapping_in_room=True,
    )
    assert {line.code: line.units for line in codes(case) if line.kind == "base"} == {"95961": 1}


def test_base_lines_say_why_show_evidence_and_are_supported() -> None:
    line = codes(record(modalities=(SSEP, study("SSEP", "lower"))))[0]
    assert (line.code, line.units, line.status, line.kind, line.professional) == ("95938", 1, "supported", "base", None)
    assert line.rationale.startswith("somatosensory potentials of upper and lower limbs")
    assert [e.text for e in line.evidence] == ["SSEP lower ()", "SSEP upper ('left', 'right')"]


def test_the_words_of_an_emg_line_name_limbs_and_their_evidence_alone() -> None:
    case = record(modalities=(study("EMG", "upper", "left", muscles=5), study("EMG", "lower", "right"), study("EMG", "trunk")))
    full, limited = codes(case)
    assert "5 or more muscles in each of: left arm" in full.rationale
    assert [e.text for e in full.evidence] == ["EMG upper ('left',)"]
    assert "fewer than 5 named muscles in: right leg; trunk muscles" in limited.rationale
    assert {e.text for e in limited.evidence} == {"EMG lower ('right',)", "EMG trunk ()"}


@pytest.mark.parametrize(
    ("change", "gap"),
    [
        ({"signatures": ()}, "unsigned"),
        ({"patients": (said("A"), said("B"))}, "mixed-patients"),
        ({"poor_text": True}, "low-text-quality"),
    ],
)
def test_a_flaw_of_the_whole_document_makes_base_codes_queries_too(change: dict[str, object], gap: str) -> None:
    line = codes(record(**change))[0]
    assert (line.status, line.gaps) == ("query", (gap,))
    assert "Query; still missing" in line.rationale


def test_gaps_of_the_time_code_leave_base_codes_supported() -> None:
    case = record(spell("remote", 0, 200, None), pos="11", real_time=None, communication=None)
    assert brief(codes(case), "base") == [("95925", 1, "supported")]


def test_without_any_study_there_is_no_line() -> None:
    assert codes(record(modalities=(), segments=(segment(0, 100),))) == ()


@pytest.mark.parametrize(
    ("sides", "words"), [((), "on one side (none stated)"), (("right",), "on the right"), (("left", "right"), "on both sides")]
)
def test_a_cranial_line_says_which_sides_it_counts(sides: tuple[str, ...], words: str) -> None:
    assert words in codes(record(modalities=(study("EMG", "cranial", *sides),)))[0].rationale
