"""The published files of CMS become new dated layers: what is kept, from when it holds, and what is refused."""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest
from published import PAIRS, addon_rows, fee_text, mue_text, pairs_text, workbook, zipped

from ionm_notes.errors import IonmError
from ionm_notes.policy.importing import Imported, import_files

OURS = {"95940", "95941", "G0453", "95861", "95870", "95907", "95938", "95925", "95955", "92653", "95962"}
TIMED = {"95940", "95941", "G0453"}
JANUARY = date(2026, 1, 1)


def taken(folder: Path, *paths: Path, as_of: date | None = None) -> tuple[Imported, ...]:
    return import_files(paths, folder, OURS, TIMED, as_of)


def records(layer: Imported) -> list[dict[str, str]]:
    with layer.file.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def written(path: Path, text: str) -> Path:
    path.write_text(text, encoding="cp1252")
    return path


def refusal(folder: Path, *paths: Path, as_of: date | None = None) -> str:
    with pytest.raises(IonmError) as caught:
        taken(folder, *paths, as_of=as_of)
    assert caught.value.code in ("bad-import", "missing-file")
    assert paths[0].name in str(caught.value)
    return str(caught.value)


def test_pair_edits_keep_our_pairs_and_what_any_operation_does_to_a_time_code(tmp_path: Path) -> None:
    file = zipped(tmp_path / "medicare-ncci-2026-q1-practitioner-ptp-edits.zip", {"ptp.txt": pairs_text(), "readme.pdf": b"%PDF"})
    edits, operations = taken(tmp_path / "own", file)
    assert (edits.kind, edits.as_of, edits.read, edits.kept) == ("ncci", JANUARY, len(PAIRS), 4)
    assert [(r["column1"], r["column2"], r["modifier_indicator"], r["deleted"]) for r in records(edits)] == [
        ("95861", "95870", "0", "9999-12-31"),
        ("95861", "95907", "0", "2026-01-01"),
        ("95938", "95925", "0", "9999-12-31"),
        ("95955", "G0453", "9", "2013-01-01"),
    ]
    assert [(r["column1"], r["column2"]) for r in records(operations)] == [("22551", "95940")]


def test_no_rationale_and_no_descriptor_reaches_our_files(tmp_path: Path) -> None:
    edits = written(tmp_path / "2026q1 ptp.txt", pairs_text())
    fees = written(tmp_path / "PPRRVU26_JAN.csv", fee_text())
    layers = taken(tmp_path / "own", edits, fees)
    text = "".join(layer.file.read_text() for layer in layers).lower()
    assert "practice" not in text
    assert "our words" not in text


@pytest.mark.parametrize(
    ("setting", "kind"), [("Practitioner Services", "mue"), ("Outpatient Hospital Services", "mue-outpatient")]
)
def test_unit_limits_are_told_by_setting_in_a_layer_each(tmp_path: Path, setting: str, kind: str) -> None:
    file = zipped(tmp_path / "mue.zip", {"MCR_MUE_Eff_01-01-2026.csv": mue_text(setting)})
    (layer,) = taken(tmp_path / "own", file)
    assert (layer.kind, layer.as_of, layer.read) == (kind, JANUARY, 4)
    assert {(r["code"], r["units"], r["mai"]) for r in records(layer)} == {
        ("95940", "24", "3"),
        ("G0453", "40", "3"),
        ("95941", "0", "3"),
    }


def test_limits_of_equipment_suppliers_are_refused(tmp_path: Path) -> None:
    file = written(tmp_path / "Eff_01-01-2026.csv", mue_text("DME Supplier Services"))
    assert "another setting" in refusal(tmp_path / "own", file)


@pytest.mark.parametrize("form", ["workbook", "tab", "comma"])
def test_add_on_edits_are_read_from_a_workbook_and_from_text(tmp_path: Path, form: str) -> None:
    rows = addon_rows()
    if form == "workbook":
        flat = "195940     95938       2013001\n" * 50
        file = zipped(tmp_path / "AOC.zip", {"AOC_V2026Q1-MCR.txt": flat, "AOC_V2026Q1-MCR.xlsx": workbook(rows)})
    else:
        mark = "\t" if form == "tab" else ","
        file = written(tmp_path / "AOC_V2026Q1-MCR.txt", "".join(mark.join(row) + "\n" for row in rows))
    (layer,) = taken(tmp_path / "own", file)
    assert [(r["addon"], r["primary"], r["edit_type"], r["deleted"]) for r in records(layer)] == [
        ("95940", "95938", "1", "9999-12-31"),
        ("95941", "95870", "1", "2026-04-01"),
        ("G0453", "92653", "1", "9999-12-31"),
        ("G0453", "95925", "1", "2026-01-01"),
    ]


def test_the_fee_schedule_is_read_under_its_stacked_headings(tmp_path: Path) -> None:
    twice = {"PPRRVU2026_Jan_nonQPP.csv": fee_text(), "PPRRVU2026_Jan_QPP.csv": fee_text().replace("33.4009", "33.5675")}
    other = {"26LOCCO.csv": "a,b\n", "PPRRVU2026_Jan_QPP.txt": "fixed width"}
    (layer,) = taken(tmp_path / "own", zipped(tmp_path / "rvu26a.zip", twice | other))
    assert (layer.kind, layer.as_of, layer.kept) == ("pfs", JANUARY, 4)
    found = {(r["code"], r["modifier"]): r for r in records(layer)}
    assert found["95940", ""] == {
        "code": "95940",
        "modifier": "",
        "status": "A",
        "pctc": "0",
        "global_period": "XXX",
        "multiple_procedure": "0",
        "bilateral": "2",
        "supervision": "03",
        "nonfacility_na": "NA",
        "facility_na": "",
        "work_rvu": "0.60",
        "facility_total": "1.55",
        "conversion_factor": "33.4009",
    }
    assert found["95938", "26"]["pctc"] == "1"
    assert found["95941", ""]["status"] == "I"


def test_a_workbook_of_pair_edits_gives_the_same_as_the_text(tmp_path: Path) -> None:
    rows: list[Sequence[str]] = [line.split("\t") for line in pairs_text().splitlines()]
    book = zipped(tmp_path / "2026-q1-book.zip", {"edits 2026q1.xlsx": workbook(rows)})
    text = written(tmp_path / "edits 2026q1.txt", pairs_text())
    from_book, from_text = taken(tmp_path / "a", book), taken(tmp_path / "b", text)
    assert [layer.file.read_text() for layer in from_book] == [layer.file.read_text() for layer in from_text]


def test_four_parts_of_the_edits_make_one_layer(tmp_path: Path) -> None:
    parts = [written(tmp_path / f"ccipra-v320r0-f{n}.txt", pairs_text(PAIRS[n : n + 1])) for n in range(1, 5)]
    edits, operations = taken(tmp_path / "own", *parts)
    assert (edits.as_of, edits.kept, operations.kept) == (JANUARY, 3, 1)


def test_a_part_of_the_edits_alone_is_refused_because_the_other_parts_would_be_lost(tmp_path: Path) -> None:
    part = written(tmp_path / "ccipra-v320r0-f4.txt", pairs_text())
    assert "missing: f1, f2, f3" in refusal(tmp_path / "own", part)
    assert not (tmp_path / "own").exists()


def test_a_new_quarter_stands_beside_the_old_and_a_second_import_is_refused(tmp_path: Path) -> None:
    own = tmp_path / "own"
    january = written(tmp_path / "MUE_Eff_01-01-2026.csv", mue_text())
    april = written(tmp_path / "MUE_Eff_04-01-2026.csv", mue_text())
    (first,) = taken(own, january)
    before = first.file.read_bytes()
    taken(own, april)
    assert "held already" in refusal(own, january)
    assert first.file.read_bytes() == before
    listed = tomllib.loads((own / "cms" / "layers.toml").read_text())
    assert [(row["kind"], row["as_of"]) for row in listed["layer"]] == [("mue", JANUARY), ("mue", date(2026, 4, 1))]
    assert {ref for row in listed["layer"] for ref in row["refs"]} == {row["id"] for row in listed["reference"]}


def test_all_files_of_one_command_are_taken_or_none(tmp_path: Path) -> None:
    good = written(tmp_path / "MUE_Eff_01-01-2026.csv", mue_text())
    bad = written(tmp_path / "notes.txt", "nothing\tto\tsee\there\n")
    with pytest.raises(IonmError, match=r"notes\.txt"):
        taken(tmp_path / "own", good, bad)
    assert not (tmp_path / "own").exists()


def test_the_quarter_can_be_given_where_nothing_tells_it_and_must_agree_where_something_does(tmp_path: Path) -> None:
    silent = written(tmp_path / "edits.txt", pairs_text())
    assert "--as-of" in refusal(tmp_path / "own", silent)
    (layer, _) = taken(tmp_path / "own", silent, as_of=date(2026, 7, 1))
    assert layer.as_of == date(2026, 7, 1)
    told = written(tmp_path / "edits 2026q1.txt", pairs_text())
    assert "2026-01-01" in refusal(tmp_path / "own", told, as_of=date(2026, 7, 1))


def test_tables_of_two_quarters_are_not_mixed_into_one_layer(tmp_path: Path) -> None:
    files = [written(tmp_path / f"MUE_Eff_0{month}-01-2026.csv", mue_text()) for month in (1, 4)]
    with pytest.raises(IonmError, match="one quarter at a time"):
        taken(tmp_path / "own", *files)


def test_hospital_edits_are_refused(tmp_path: Path) -> None:
    file = written(tmp_path / "2026q1-outpatient-hospital-ptp.txt", pairs_text())
    assert "outpatient" in refusal(tmp_path / "own", file)


def test_a_file_without_any_code_of_ours_is_refused(tmp_path: Path) -> None:
    file = written(tmp_path / "edits 2026q1.txt", pairs_text(PAIRS[:1]))
    assert "none of our codes" in refusal(tmp_path / "own", file)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("edits.zip", b"PK\x03\x04 cut short"),
        ("empty.zip", b""),
        ("book.xlsx", b"no workbook"),
        ("scan.pdf", b"%PDF-1.7"),
        ("noise.csv", bytes(range(256)) * 40),
        ("empty.csv", b""),
    ],
)
def test_a_damaged_or_foreign_file_is_refused_with_its_name(tmp_path: Path, name: str, content: bytes) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    refusal(tmp_path / "own", path)
    assert not (tmp_path / "own").exists()


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    assert "there is no such file" in refusal(tmp_path / "own", tmp_path / "gone.zip")


def test_a_zip_that_unpacks_to_too_much_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ionm_notes.policy.importing.sources.MOST_BYTES", 1000)
    file = zipped(tmp_path / "2026q1.zip", {"edits.txt": pairs_text() * 20})
    assert "unpacks to more" in refusal(tmp_path / "own", file)


def test_a_workbook_with_an_entity_bomb_is_not_unfolded(tmp_path: Path) -> None:
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
    space = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    cell = "<c r='A1' t='inlineStr'><is><t>&b;</t></is></c>"
    sheet = f"{bomb}<worksheet {space}><sheetData><row r='1'>{cell}</row></sheetData></worksheet>"
    file = zipped(tmp_path / "2026q1.xlsx", {"xl/worksheets/sheet1.xml": sheet})
    assert "no published layout" in refusal(tmp_path / "own", file)


def test_a_name_with_quotes_cannot_break_the_listing(tmp_path: Path) -> None:
    file = written(tmp_path / 'MUE "new" Eff_01-01-2026.csv', mue_text())
    taken(tmp_path / "own", file)
    listed = tomllib.loads((tmp_path / "own" / "cms" / "layers.toml").read_text())
    assert listed["reference"][0]["locator"] == "MUE new Eff_01-01-2026.csv"
