"""Modifier 26, NCCI pairs among the lines, and what has no code of its own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pytest
from facts import SSEP, codes, record, refused, said, span, spell, study
from fake_policy import FakePolicy

from ionm_notes.codes import suggest_codes
from ionm_notes.codes.edits import with_edits
from ionm_notes.policy.api import Edit
from ionm_notes.timeline import count_minutes
from ionm_notes.types import CodeLine

DAY = date(2025, 6, 3)


@pytest.mark.parametrize(
    ("pos", "expected", "words"),
    [
        ("21", ("26",), "Modifier 26: professional part, in a facility"),
        ("24", ("26",), "Modifier 26"),
        ("23", ("26",), "Modifier 26"),
        ("11", (), "place of service 11 is no facility"),
        ("77", (), "place of service 77 is no facility"),
        (None, (), "the place of service is not documented"),
    ],
)
def test_modifier_26_needs_a_facility(pos: str | None, expected: tuple[str, ...], words: str) -> None:
    line = codes(record(pos=pos))[0]
    assert line.modifiers == expected
    assert words in line.rationale


def test_codes_without_a_professional_part_never_take_26() -> None:
    for payer in ("medicare", "commercial"):
        case = record(spell("in_room", 0, 60), spell("remote", 60, 160), modalities=(study("BAEP"),))
        assert {line.modifiers for line in codes(case, payer)} == {()}
        assert not any("26" in line.rationale for line in codes(case, payer))


def edits(case: object, payer: str = "medicare") -> dict[str, str]:
    return {line.code: line.edit for line in codes(case, payer)}


def test_the_time_code_falls_beside_eeg_and_a_modifier_may_help() -> None:
    case = record(spell("remote", 0, 200), modalities=(SSEP, study("EEG")), operation_site="vascular_cardiac")
    assert edits(case) == {"G0453": "modifier", "95925": "none", "95955": "none"}
    line = codes(case)[0]
    assert line.edit_reason.startswith(
        "G0453 falls beside 95955 (NCCI as of 2024-07-01; not verified for this date of service, indicator 1)"
    )
    assert "only if the monitoring rests on studies other than this one" in line.edit_reason
    assert line.status == "supported"


def test_time_in_the_room_and_remote_keep_both_with_a_modifier_on_the_remote_code() -> None:
    case = record(spell("in_room", 0, 60), spell("remote", 60, 120))
    assert edits(case) == {"95940": "none", "G0453": "modifier", "95925": "none"}
    reason = next(line.edit_reason for line in codes(case) if line.code == "G0453")
    assert "no minute is counted under both" in reason


def test_nerve_conduction_falls_beside_emg_and_no_modifier_helps() -> None:
    case = record(modalities=(study("EMG", "lower", "left", "right", muscles=5), study("H_REFLEX", studies=2)))
    assert edits(case) == {"95861": "none", "95907": "denied"}
    assert codes(case)[1].edit_reason.endswith("indicator 0): no modifier helps")


def test_a_limited_limb_beside_complete_ones_needs_a_modifier() -> None:
    case = record(modalities=(study("EMG", "lower", "left", "right", muscles=5), study("EMG", "upper", "left")))
    assert edits(case) == {"95861": "none", "95870": "modifier"}
    assert "different muscles" in codes(case)[1].edit_reason


def test_time_codes_of_two_professionals_do_not_meet() -> None:
    case = record(spell("in_room", 0, 60, who="Dr A"), spell("remote", 60, 120, who="Dr B"))
    assert edits(case) == {"95940": "none", "G0453": "none", "95925": "none"}


@dataclass
class Pairs(FakePolicy):
    """A policy whose edits are those given."""

    pairs: dict[tuple[str, str], str]

    def ncci(self, a: str, b: str) -> Edit | None:
        for one, two in ((a, b), (b, a)):
            if (one, two) in self.pairs:
                return Edit(one, two, self.pairs[one, two], "2024-07-01")
        return None


def line(code: str) -> CodeLine:
    return CodeLine(code, code, "base", 1, (), "supported", None, "none", "", (), ())


@pytest.mark.parametrize(
    ("pairs", "expected"),
    [
        ({("A", "B"): "0"}, ["none", "denied", "none"]),
        ({("B", "A"): "0"}, ["denied", "none", "none"]),
        ({("A", "B"): "0", ("B", "C"): "0"}, ["none", "denied", "none"]),
        ({("A", "B"): "0", ("B", "C"): "1"}, ["none", "denied", "none"]),
        ({("A", "B"): "1", ("B", "C"): "0"}, ["none", "modifier", "denied"]),
        ({("A", "B"): "1", ("C", "B"): "0"}, ["none", "denied", "none"]),
        ({("A", "B"): "9"}, ["none", "none", "none"]),
        ({}, ["none", "none", "none"]),
    ],
)
def test_a_line_that_falls_takes_no_other_down(pairs: dict[tuple[str, str], str], expected: list[str]) -> None:
    lines = (line("A"), line("B"), line("C"))
    assert [done.edit for done in with_edits(lines, Pairs(pairs), DAY)] == expected
    backward = with_edits(lines[::-1], Pairs(pairs), DAY)
    assert [done.edit for done in backward][::-1] == expected
    assert all(bool(done.edit_reason) == (done.edit != "none") for done in backward)


@pytest.mark.parametrize(
    ("modality", "code", "rule", "item"),
    [
        (study("TOF"), "95937", "bundled-tof", "train of four"),
        (study("PEDICLE_SCREW"), None, "bundled-pedicle-screw", "pedicle screw stimulation"),
        (study("D_WAVE"), None, "no-own-code", "D-wave"),
        (study("MEP", "cranial"), None, "no-own-code", "corticobulbar motor potentials"),
        (study("PHASE_REVERSAL"), None, "no-own-code", "phase reversal"),
        (study("BCR"), None, "no-own-code", "bulbocavernosus reflex"),
        (study("TRIGGERED_EMG", "cranial"), None, "no-own-code", "direct nerve stimulation by the surgeon"),
    ],
)
def test_items_without_a_code_of_their_own_are_named_with_evidence(
    modality: object, code: str | None, rule: str, item: str
) -> None:
    found = refused(record(modalities=(modality,)))
    assert [(n.code, n.rule, n.item) for n in found] == [(code, rule, item)]
    assert found[0].evidence == modality.evidence
    assert item in found[0].rationale


def test_eeg_for_depth_of_anesthesia_is_not_reportable_and_other_eeg_is() -> None:
    assert [n.rule for n in refused(record(modalities=(study("EEG"),), eeg_for_depth=True))] == ["eeg-for-depth"]
    assert refused(record(modalities=(study("EEG"),))) == ()


def test_items_that_were_not_done_tempt_nobody() -> None:
    assert refused(record(modalities=(study("TOF", status="not_performed"), study("MEP", "lower")))) == ()


def test_the_code_that_an_item_tempts_one_to_bill_comes_from_the_policy() -> None:
    class Renamed(FakePolicy):
        def item_code(self, item: str) -> str | None:
            return f"X-{item}"

        def study_code(self, key: str) -> str:
            return f"S-{key}"

    case = record(modalities=(study("BCR"), SSEP), mapping=(span(0, 1),), read_afterwards=said("later"))
    lines, items = suggest_codes(case, count_minutes(case), Renamed())
    assert [n.code for n in items] == ["X-BCR"]
    assert [c.code for c in lines] == ["S-ssep-upper"]
