"""`policy import`: what the command says, and that the new layer is used for dates of service from its day on."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
import typer
from published import MUES, PAIRS, addon_rows, fee, fee_text, mue_text, pairs_text
from typer.testing import CliRunner

from ionm_notes.cli import policy_import
from ionm_notes.errors import IonmError
from ionm_notes.policy import load_policy
from ionm_notes.policy.importing.compare import compare

BEFORE, AFTER = date(2025, 12, 31), date(2026, 1, 1)


def imported(*arguments: object) -> str:
    app = typer.Typer()
    app.callback()(lambda: None)
    policy_import.mount(app)
    ran = CliRunner().invoke(app, ["import", *map(str, arguments)])
    if ran.exception is not None:
        raise ran.exception
    return ran.stdout


@pytest.fixture
def own(tmp_path: Path) -> Path:
    return tmp_path / "own"


def limits(tmp_path: Path) -> Path:
    path = tmp_path / "MUE_Eff_01-01-2026.csv"
    path.write_text(mue_text(rows=MUES))
    return path


def test_the_command_says_what_it_kept_and_what_changed_against_the_layer_before(tmp_path: Path, own: Path) -> None:
    said = imported(limits(tmp_path), "--policy-dir", own)
    assert "mue: 3 of 4 rows kept, from 2026-01-01 on" in said
    assert "against 2024-07-01" in said
    assert "95940: units 32 -> 24" in said
    assert "51784: gone (was units 1, mai 3)" in said


def test_a_new_limit_holds_from_its_day_on_and_the_old_one_before(tmp_path: Path, own: Path) -> None:
    imported(limits(tmp_path), "--policy-dir", own)
    old, new = (load_policy("medicare", on, own).mue("95940") for on in (BEFORE, AFTER))
    assert old is not None
    assert new is not None
    assert (old.units, old.as_of) == (32, "2024-07-01")
    assert (new.units, new.as_of) == (24, "2026-01-01")


def test_the_shipped_policy_is_not_touched_by_an_import(tmp_path: Path, own: Path) -> None:
    before = load_policy("medicare", AFTER)
    imported(limits(tmp_path), "--policy-dir", own)
    mue = load_policy("medicare", AFTER).mue("95940")
    assert mue is not None
    assert mue.units == 32
    assert load_policy("medicare", AFTER).version == before.version
    assert load_policy("medicare", AFTER, own).version != before.version


def test_a_second_quarter_can_be_taken_over_in_the_same_process(tmp_path: Path, own: Path) -> None:
    imported(limits(tmp_path), "--policy-dir", own)
    load_policy("medicare", date(2026, 4, 1), own)
    april = tmp_path / "MUE_Eff_04-01-2026.csv"
    april.write_text(mue_text(rows=[("95940", "30", "3 Date of Service Edit: Clinical", "Clinical: Data")]))
    said = imported(april, "--policy-dir", own)
    assert "95940: units 24 -> 30" in said
    mue = load_policy("medicare", date(2026, 4, 1), own).mue("95940")
    assert mue is not None
    assert mue.units == 30


def test_edits_end_on_their_deletion_and_begin_on_their_first_day(tmp_path: Path, own: Path) -> None:
    path = tmp_path / "edits 2026q1.txt"
    late = ("95938", "95927", "", "20260301", "*", "1", "made up")
    ended = ("95861", "95907", "", "20130101", "20260201", "0", "made up")
    path.write_text(pairs_text([*PAIRS, late, ended]))
    imported(path, "--policy-dir", own)
    january, march = (load_policy("medicare", date(2026, month, 1), own) for month in (1, 3))
    assert january.ncci("95861", "95870") is not None
    assert (january.ncci("95927", "95938"), january.ncci("95861", "95907") is None) == (None, False)
    assert (march.ncci("95927", "95938") is None, march.ncci("95861", "95907")) == (False, None)
    assert january.ncci("95955", "G0453") is None, "indicator 9: void"


def test_a_new_primary_and_a_new_indicator_are_used(tmp_path: Path, own: Path) -> None:
    (tmp_path / "AOC_V2026Q1.txt").write_text("".join("\t".join(row) + "\n" for row in addon_rows()))
    (tmp_path / "PPRRVU26_JAN.csv").write_text(fee_text([fee("95938", pctc="0"), fee("95940", pctc="0")]))
    imported(tmp_path / "AOC_V2026Q1.txt", tmp_path / "PPRRVU26_JAN.csv", "--policy-dir", own)
    old, new = (load_policy("medicare", on, own) for on in (BEFORE, AFTER))
    assert ("92653" in old.primaries("G0453"), "92653" in new.primaries("G0453")) == (False, True)
    assert (old.takes_26("95938"), new.takes_26("95938")) == (True, False)


def test_an_unknown_quarter_is_refused_until_its_day_is_given(tmp_path: Path, own: Path) -> None:
    path = tmp_path / "edits.txt"
    path.write_text(pairs_text())
    with pytest.raises(IonmError, match="--as-of"):
        imported(path, "--policy-dir", own)
    assert "from 2026-07-01 on" in imported(path, "--policy-dir", own, "--as-of", "2026-07-01")


def test_differences_are_told_per_row_in_words() -> None:
    before = [
        {"column1": "A", "column2": "B", "modifier_indicator": "0", "deleted": "9999-12-31"},
        {"column1": "A", "column2": "C", "modifier_indicator": "1", "deleted": "9999-12-31"},
    ]
    after = [
        {"column1": "A", "column2": "B", "modifier_indicator": "1", "deleted": "9999-12-31"},
        {"column1": "A", "column2": "D", "modifier_indicator": "1", "deleted": "9999-12-31"},
    ]
    assert compare("ncci", before, after) == [
        "A with B: modifier_indicator 0 -> 1",
        "A with D: new (modifier_indicator 1, deleted 9999-12-31)",
        "A with C: gone (was modifier_indicator 1, deleted 9999-12-31)",
    ]
    assert compare("ncci", before, before) == []
