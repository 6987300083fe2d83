"""Every problem that is planted among claims is found, and none is invented."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from fixtures.claims.make import Scene
from ionm_notes.claims.comparing import Terms, compare
from ionm_notes.claims.model import ClaimLine, Report, Row
from ionm_notes.claims.summing import summary
from ionm_notes.policy.store import load_data

MEDICARE = Terms("medicare")


def scene_of(practice: list[Scene], kind: str, near: bool = False) -> Scene:
    return next(scene for scene in practice if scene.kind == kind and scene.near == near)


def rows_of(scene: Scene, reports: list[Report], terms: Terms = MEDICARE) -> list[Row]:
    return compare(scene.lines, [r for r in reports if r.name in scene.reports], terms)


def test_every_planted_problem_is_found_and_none_is_invented(practice: list[Scene], practice_reports: list[Report]) -> None:
    rows = compare([line for scene in practice for line in scene.lines], practice_reports, MEDICARE)
    found = {(row.line.claim, row.line.line): {t.kind for t in row.troubles} for row in rows if row.line}
    planted = {(x.claim, x.line): s.expected.get((x.claim, x.line), set()) for s in practice for x in s.lines}
    assert found == planted
    unbilled = {(row.outcome, row.report, row.code) for row in rows if row.line is None}
    assert unbilled == {item for scene in practice for item in scene.unbilled}


def test_the_practice_holds_every_outcome_and_near_misses(practice: list[Scene]) -> None:
    kinds = {kind for scene in practice for kinds in scene.expected.values() for kind in kinds}
    kinds |= {outcome for scene in practice for outcome, _, _ in scene.unbilled}
    assert kinds >= {
        "over-coded",
        "under-coded",
        "wrong-code",
        "unsupported-study",
        "modifier",
        "place-of-service",
        "ncci",
        "mue",
        "date",
        "provider",
        "missing-report",
        "report-without-claim",
        "ambiguous",
        "query",
    }
    assert sum(scene.near for scene in practice) >= 9


def test_a_line_names_what_in_the_report_it_rests_on(practice: list[Scene], practice_reports: list[Report]) -> None:
    row = rows_of(scene_of(practice, "supported", near=True), practice_reports)[0]
    assert row.outcome == "supported"
    assert {evidence.page for evidence in row.evidence} == {1}
    assert any("monitoring started" in evidence.text for evidence in row.evidence)


def test_units_over_those_documented_are_to_be_repaid_at_the_charge_of_a_unit(
    practice: list[Scene], practice_reports: list[Report]
) -> None:
    scene = next(s for s in practice if s.kind == "over-coded" and s.lines[0].count > 1 and s.expected)
    row = max(rows_of(scene, practice_reports), key=lambda row: row.outcome == "over-coded")
    assert row.line is not None
    assert row.line.charge is not None
    assert (row.effect, row.amount) == ("repay", round(row.line.charge * row.stake / row.units, 2))
    assert row.units - (row.supported or 0) == row.stake


def test_a_fee_table_takes_the_place_of_charges_and_what_it_does_not_hold_is_not_known(
    practice: list[Scene], practice_reports: list[Report]
) -> None:
    scene = scene_of(practice, "wrong-code")
    code = scene.lines[0].code
    rows = rows_of(scene, practice_reports, replace(MEDICARE, fees={code: Decimal("31.50")}))
    assert rows[0].amount == Decimal("31.50") * scene.lines[0].count
    assert [row.amount for row in rows if row.outcome == "under-coded"] == [None]
    found = summary(rows)
    assert (found.repay.known, found.collect.unpriced, found.net) == (rows[0].amount, 1, None)


def test_a_line_of_an_unknown_payer_is_listed_and_not_judged_by_somebodys_rules(
    practice: list[Scene], practice_reports: list[Report]
) -> None:
    scene = scene_of(practice, "modifier")
    lines = [replace(line, payer="Sunrise Mutual") for line in scene.lines]
    reports = [r for r in practice_reports if r.name in scene.reports]
    assert {row.outcome for row in compare(lines, reports, Terms())} == {"payer-unknown"}
    mapped = Terms(payers={"sunrise mutual": "commercial"})
    assert {row.payer for row in compare(lines, reports, mapped)} == {"commercial"}


def test_a_code_that_is_none_of_this_field_is_not_judged(practice: list[Scene], practice_reports: list[Report]) -> None:
    scene = scene_of(practice, "supported", near=True)
    lines = [*scene.lines, replace(scene.lines[0], line=9, code="99213", units=1, modifiers=())]
    rows = compare(lines, [r for r in practice_reports if r.name in scene.reports], MEDICARE)
    assert rows[-1].outcome == "not-judged"
    assert summary(rows).lines.looked == len(scene.lines)


def test_a_code_of_no_study_and_no_time_is_never_called_supported(practice: list[Scene], practice_reports: list[Report]) -> None:
    scene = scene_of(practice, "supported", near=True)
    reports = [r for r in practice_reports if r.name in scene.reports]
    known = [row.code for row in load_data().codes.values() if row.kind == "other"]
    assert known
    for code in known:
        row = compare([*scene.lines, replace(scene.lines[0], line=9, code=code, units=1, modifiers=())], reports, MEDICARE)[-1]
        assert row.outcome in ("not-judged", "unsupported-study", "wrong-code", "ncci"), code


@pytest.mark.parametrize(
    "other", [{"born": date(1999, 1, 1)}, {"patient": "Somebody, Else", "born": None}, {"record": "4", "born": None}]
)
def test_a_number_that_a_family_shares_or_that_is_too_short_makes_nobody_certain(
    practice: list[Scene], practice_reports: list[Report], other: dict[str, Any]
) -> None:
    scene = scene_of(practice, "supported", near=True)
    (report,) = [r for r in practice_reports if r.name in scene.reports]
    short = replace(report, owner=replace(report.owner, names=(), numbers=report.owner.numbers | {"4"}))
    lines = [replace(line, **other) for line in scene.lines]
    rows = compare(lines, [short if "record" in other else report], MEDICARE)
    assert {row.outcome for row in rows if row.line} == {"missing-report"}


def test_a_row_says_by_what_its_report_was_found(practice: list[Scene], practice_reports: list[Report]) -> None:
    scene = scene_of(practice, "supported", near=True)
    reports = [r for r in practice_reports if r.name in scene.reports]
    assert compare(scene.lines, reports, MEDICARE)[0].matched_by == "patient and date"
    by_name = compare([replace(line, born=None, record="") for line in scene.lines], reports, MEDICARE)[0]
    assert by_name.matched_by.startswith("name and date; neither a birth date nor a number")


def test_a_report_that_claims_may_be_of_is_not_called_unbilled(practice: list[Scene], practice_reports: list[Report]) -> None:
    rows = rows_of(scene_of(practice, "ambiguous"), practice_reports)
    assert {row.outcome for row in rows} == {"ambiguous"}
    assert all(name in rows[0].troubles[0].message for name in scene_of(practice, "ambiguous").reports)


def test_the_npi_stands_for_a_name_that_other_claims_give_it(practice: list[Scene], practice_reports: list[Report]) -> None:
    scene = scene_of(practice, "modifier")
    reports = [r for r in practice_reports if r.name in scene.reports]
    lines = [replace(line, professional="", npi="1234567893") for line in scene.lines]
    pair = replace(scene.lines[0], claim="other", patient="Somebody, Else", born=None, record="", npi="1234567893")
    rows = compare([*lines, pair], reports, MEDICARE)
    assert {row.professional for row in rows} == {scene.lines[0].professional}


def test_a_claim_without_a_professional_is_held_against_the_whole_record(
    practice: list[Scene], practice_reports: list[Report]
) -> None:
    scene = scene_of(practice, "supported", near=True)
    lines = [replace(line, professional="") for line in scene.lines]
    rows = compare(lines, [r for r in practice_reports if r.name in scene.reports], MEDICARE)
    assert {row.outcome for row in rows} == {"supported"}


def test_a_study_that_names_no_professional_may_be_the_primary_of_a_time_code(
    practice: list[Scene], practice_reports: list[Report]
) -> None:
    scene = scene_of(practice, "supported", near=True)
    reports = [r for r in practice_reports if r.name in scene.reports]
    lines = [scene.lines[0], *(replace(line, professional="") for line in scene.lines[1:])]
    assert {row.outcome for row in compare(lines, reports, MEDICARE)} == {"supported"}
    rows = compare(lines[:1], reports, MEDICARE)
    assert (rows[0].outcome, rows[0].effect) == ("ncci", "open")


def test_a_name_that_every_page_repeats_is_one_patient_and_two_names_are_none(
    practice: list[Scene], practice_reports: list[Report]
) -> None:
    scene = scene_of(practice, "supported", near=True)
    lines = [replace(line, born=None, record="") for line in scene.lines]
    (report,) = [r for r in practice_reports if r.name in scene.reports]
    name = report.owner.names[0]
    for names, outcome in (((name, f"{name} A"), "supported"), ((name, "Somebody, Else"), "missing-report")):
        other = replace(report, owner=replace(report.owner, names=names))
        assert {row.outcome for row in compare(lines, [other], MEDICARE) if row.line} == {outcome}


def test_two_lines_that_look_the_same_are_two_lines(practice: list[Scene], practice_reports: list[Report]) -> None:
    scene = scene_of(practice, "supported", near=True)
    line: ClaimLine = scene.lines[-1]
    rows = compare([*scene.lines, line], [r for r in practice_reports if r.name in scene.reports], MEDICARE)
    assert len([row for row in rows if row.line]) == len(scene.lines) + 1
