"""Tables to look up that are put together from several files."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path

import pytest
from published import MUES, mue_text

from ionm_notes.policy import load_policy
from ionm_notes.policy.api import verified_for
from ionm_notes.policy.importing import import_files
from ionm_notes.policy.store import load_data
from ionm_notes.policy.views import sheet, sheet_names

DAY = date(2025, 3, 14)


def cells(name: str, first: str, on: date = DAY, folder: Path | None = None) -> tuple[str, ...]:
    return next(row.cells for row in sheet(name, load_policy("medicare", on, folder)).rows if row.cells[0] == first)


@pytest.mark.parametrize(
    ("code", "practitioner", "outpatient", "mai"),
    # FACTS 1.3
    [
        ("95940", "32", "20", "3"),
        ("95941", "0", "8", "3"),
        ("G0453", "40", "10", "3"),
        ("95962", "5", "3", "3"),
        ("92653", "1", "1", "2"),
    ],
)
def test_the_most_units_a_day_are_told_for_both_settings(code: str, practitioner: str, outpatient: str, mai: str) -> None:
    assert cells("mue", code) == (code, practitioner, outpatient, mai)


def test_limits_of_hospitals_come_from_their_own_layer_once_it_is_taken_over(tmp_path: Path) -> None:
    path = tmp_path / "MUE_Eff_01-01-2026.csv"
    path.write_text(mue_text("Outpatient Hospital Services", MUES))
    own = tmp_path / "own"
    import_files([path], own, ["95940", "G0453"], [])
    assert cells("mue", "95940", date(2026, 1, 1), own) == ("95940", "32", "24", "3")


def test_a_date_after_the_layer_is_said_to_be_unverified() -> None:
    for name in ("mue", "edits", "primaries", "codes", "pos", "supervision"):
        assert "not verified for this date of service" in sheet(name, load_policy("medicare", DAY)).note
        assert "not verified" not in sheet(name, load_policy("medicare", date(2024, 5, 1))).note


@pytest.mark.parametrize(
    ("on", "stands"),
    [(date(2020, 1, 1), True), (date(2024, 7, 1), True), (date(2024, 9, 30), True), (date(2024, 10, 1), False), (DAY, False)],
)
def test_a_layer_stands_to_the_end_of_its_quarter(on: date, stands: bool) -> None:
    assert verified_for("2024-07-01", on) is stands


@pytest.mark.parametrize(
    ("level", "part", "code"),
    # FACTS 2.5, 1.2
    [
        ("03", "whole code", "95940"),
        ("09", "whole code", "G0453"),
        ("21", "technical part", "95938"),
        ("21", "technical part", "95939"),
        ("6A", "technical part", "95861"),
        ("7A", "technical part", "95907"),
        ("02", "technical part", "95955"),
        ("01", "technical part", "95829"),
        ("03", "technical part", "95961"),
        ("02", "whole code", "92653"),
    ],
)
def test_a_code_stands_under_its_level_of_supervision(level: str, part: str, code: str) -> None:
    shown = sheet("supervision", load_policy("medicare", DAY))
    found = [row.cells for row in shown.rows if code in row.cells[2].split(", ")]
    assert [(row[0], row[1]) for row in found] == [(level, part)]
    assert found[0][3] != "not read"


@pytest.mark.parametrize("name", sheet_names())
@pytest.mark.parametrize("payer", ["medicare", "commercial", "bcidaho-2013"])
def test_every_table_stands_for_every_payer_and_date_with_sources_on_each_row(payer: str, name: str) -> None:
    for on in (date(2012, 6, 1), DAY):
        shown = sheet(name, load_policy(payer, on))
        assert shown.rows
        assert {len(row.cells) for row in shown.rows} == {len(shown.headings)}
        assert all(row.refs for row in shown.rows)


def test_the_kinds_of_operation_are_those_that_the_patterns_can_find() -> None:
    patterns = tomllib.loads((Path(__file__).parents[2] / "patterns" / "operations.toml").read_text(encoding="utf-8"))
    found = {
        entry["id"].removeprefix("operation.tag.") for entry in patterns["pattern"] if entry["id"].startswith("operation.tag.")
    }
    assert found == load_data().tags.keys()
