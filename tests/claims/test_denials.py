"""Denials: what can be defended from the record is, with its memo, and nothing else."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from command import Cli
from test_comparing import scene_of
from test_tables import csv_of

from fixtures.claims.make import Scene
from fixtures.claims.x12 import Paid, write_835
from ionm_notes.claims.comparing import Terms
from ionm_notes.claims.denials import Worked, worklist
from ionm_notes.claims.model import Adjustment, ClaimLine, RemitLine, Report
from ionm_notes.policy.claims import denial_codes
from ionm_notes.policy.people import people_tables
from ionm_notes.policy.store import load_data
from ionm_notes.rules import RULES

MADE = date(2025, 6, 1)


def refused(line: ClaimLine, *reasons: str, remarks: tuple[str, ...] = ()) -> RemitLine:
    """The line as a payer sends it back: nothing paid, by these reasons."""
    amount = line.charge or Decimal(0)
    bare = replace(line, born=None, diagnoses=(), filing="MB")
    return RemitLine(bare, Decimal(0), tuple(Adjustment("CO", reason, amount) for reason in reasons), remarks)


def paid(line: ClaimLine) -> RemitLine:
    return RemitLine(
        replace(line, born=None), Decimal(10), (Adjustment("CO", "45", Decimal(3)), Adjustment("PR", "2", Decimal(1)))
    )


def worked(
    scene: Scene, reports: list[Report], code: str, *reasons: str, remarks: tuple[str, ...] = (), claims: bool = True
) -> Worked:
    """The worklist of a scene in which the line of one code was refused and the others were paid; its one entry."""
    remits = [refused(x, *reasons, remarks=remarks) if x.code == code else paid(x) for x in scene.lines]
    mine = [report for report in reports if report.name in scene.reports]
    (one,) = worklist(remits, scene.lines if claims else (), mine, Terms("medicare"), MADE)
    return one


@pytest.fixture
def clean(practice: list[Scene]) -> Scene:
    return scene_of(practice, "supported", near=True)


def test_a_supported_line_refused_for_too_many_units_is_defended_with_its_memo(
    clean: Scene, practice_reports: list[Report]
) -> None:
    one = worked(clean, practice_reports, clean.lines[0].code, "151")
    assert (one.standing, one.agrees, one.refused) == ("defensible", False, clean.lines[0].charge)
    assert one.memo is not None
    assert one.memo.standing == "defensible"
    assert any("monitoring started" in item.text for item in one.evidence)


def test_of_units_that_the_record_supports_in_part_that_part_is_defended(
    practice: list[Scene], practice_reports: list[Report]
) -> None:
    scene = next(
        s
        for s in practice
        if s.kind == "over-coded"
        and not s.near
        and s.lines[0].count > 1
        and len(s.reports) == 1
        and s.expected.get((s.lines[0].claim, 1)) == {"over-coded"}
    )
    one = worked(scene, practice_reports, scene.lines[0].code, "151")
    assert (one.standing, one.agrees) == ("in part", True)
    assert one.memo is not None


@pytest.mark.parametrize(
    ("kind", "reason", "standing", "agrees"),
    [
        ("unsupported-study", "112", "not defensible", True),
        ("ncci", "97", "not defensible", True),
        ("modifier", "4", "correct", True),
        ("place-of-service", "5", "correct", True),
        ("provider", "B7", "correct", True),
        ("query", "16", "open", True),
        ("missing-report", "252", "open", True),
        ("wrong-code", "181", "not defensible", True),
        ("ambiguous", "50", "open", False),
    ],
)
def test_a_line_that_the_record_does_not_carry_is_not_defended(
    practice: list[Scene], practice_reports: list[Report], kind: str, reason: str, standing: str, agrees: bool
) -> None:
    scene = next(s for s in practice if s.kind == kind and not s.near and (kind != "missing-report" or not s.reports))
    code = next(line.code for line in scene.lines if kind in scene.expected.get((line.claim, line.line), ()))
    one = worked(scene, practice_reports, code, reason)
    assert (one.standing, one.agrees, one.memo) == (standing, agrees, None)
    assert one.lesson


def test_what_neither_record_nor_claim_answers_is_said_to_lie_elsewhere(clean: Scene, practice_reports: list[Report]) -> None:
    one = worked(clean, practice_reports, clean.lines[0].code, "29")
    assert (one.standing, one.lesson, one.memo) == ("elsewhere", "Filed too late", None)


def test_a_reason_that_no_rule_looks_for_is_left_to_a_person(clean: Scene, practice_reports: list[Report]) -> None:
    one = worked(clean, practice_reports, clean.lines[0].code, "A1")
    assert (one.standing, one.memo) == ("not judged", None)
    unknown = worked(clean, practice_reports, clean.lines[0].code, "999")
    assert unknown.standing == "not judged"
    assert "999 (a code not known here)" in unknown.reasons[0]


def test_a_remark_says_more_nearly_than_the_adjustment_what_the_memo_is_about(
    clean: Scene, practice_reports: list[Report]
) -> None:
    one = worked(clean, practice_reports, clean.lines[0].code, "A1", remarks=("N362",))
    assert one.standing == "defensible"
    assert one.reasons == ("CO-A1 Denied; the remark says why", "N362 Over the most units")


def test_a_claim_refused_as_a_whole_is_worked_line_by_line_where_the_claims_are_at_hand(
    clean: Scene, practice_reports: list[Report]
) -> None:
    total = sum((line.charge or Decimal(0) for line in clean.lines), Decimal(0))
    head = replace(clean.lines[0], code="", line=0, units=None, modifiers=(), charge=total)
    remit = RemitLine(head, Decimal(0), (Adjustment("CO", "151", total),))
    found = worklist([remit], clean.lines, practice_reports, Terms("medicare"), MADE)
    assert sorted((one.row.code, one.standing) for one in found) == sorted((x.code, "defensible") for x in clean.lines)
    assert sum((one.refused for one in found), Decimal(0)) == total
    (alone,) = worklist([remit], (), practice_reports, Terms("medicare"), MADE)
    assert alone.standing == "not judged"


def test_contractual_and_patient_amounts_are_no_denials(clean: Scene, practice_reports: list[Report]) -> None:
    assert worklist([paid(line) for line in clean.lines], (), practice_reports, Terms("medicare"), MADE) == []


def test_without_the_claims_the_remittance_alone_finds_the_report_by_the_record_number(
    clean: Scene, practice_reports: list[Report]
) -> None:
    assert worked(clean, practice_reports, clean.lines[0].code, "151", claims=False).standing == "defensible"


def test_every_reason_and_remark_has_sources_and_points_to_a_memo_that_can_be_made() -> None:
    codes = denial_codes()
    known = {row.id for row in people_tables().denials} | RULES.keys()
    for row in (*codes.reasons.values(), *codes.remarks.values()):
        assert set(row.refs) <= load_data().references.keys()
        assert not row.reason or row.reason in known, row.code
    assert len(codes.reasons) > 50


def test_the_command_lists_the_denied_lines_and_writes_the_memos(
    cli: Cli, tmp_path: Path, practice: list[Scene], clean: Scene
) -> None:
    over = scene_of(practice, "unsupported-study")
    answers = [
        Paid(clean.lines[0], Decimal(0), (Adjustment("CO", "151", clean.lines[0].charge or Decimal(0)),)),
        *(Paid(line, line.charge or Decimal(0)) for line in clean.lines[1:]),
        *(Paid(line, line.charge or Decimal(0)) for line in over.lines[:-1]),
        Paid(over.lines[-1], Decimal(0), (Adjustment("CO", "112", Decimal(100)),), ("N706",)),
    ]
    (tmp_path / "r.835").write_text(write_835(answers))
    (tmp_path / "c.csv").write_bytes(csv_of([*clean.lines, *over.lines]))
    (tmp_path / "reports").mkdir()
    for name, text in {**clean.reports, **over.reports}.items():
        (tmp_path / "reports" / name).write_text(text)
    done = cli("denials", "r.835", "reports", "--claims", "c.csv", "--memos", "memos", "--payer", "medicare", "--jsonl")
    rows = [json.loads(line) for line in done.out.splitlines()]
    assert done.code == 0, done.err
    assert [(row["standing"], bool(row["memo"])) for row in rows] == [("defensible", True), ("not defensible", False)]
    assert (tmp_path / "memos" / rows[0]["memo"]).stat().st_size > 5000
    assert "2 of" in done.err
