"""The tables that people look up: complete, with sources, and held against the rules, codes and elements they name."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from ionm_notes.errors import IonmError
from ionm_notes.policy.people import FOLDER, SHEETS, people_tables
from ionm_notes.policy.store import load_data
from ionm_notes.rules import RULES
from ionm_notes.rules.gaps import GAPS

TABLES = people_tables()
MATRIX = {
    # requirement: (R, r) as FACTS.md section 5 has them
    "order": ({"mac", "usc", "harvard-pilgrim"}, {"asnm"}),
    "clock-times": ({"cpt", "harvard-pilgrim"}, {"aetna"}),
    "setup-apart": ({"cpt", "harvard-pilgrim", "nebraska"}, {"aetna"}),
    "live-reading": ({"cpt", "cms", "usc", "alabama", "harvard-pilgrim", "aetna", "nebraska", "asnm"}, set()),
    "exclusivity": ({"cpt", "cms", "harvard-pilgrim", "aetna"}, set()),
    "communication": ({"cpt", "usc", "alabama", "asnm"}, {"aetna"}),
    "technologist-present": ({"usc", "regence", "alabama"}, {"asnm"}),
    "not-the-operator": ({"cpt", "usc", "regence", "alabama", "harvard-pilgrim", "aetna", "nebraska"}, set()),
    "modalities-with-reasons": ({"harvard-pilgrim", "aetna"}, {"asnm"}),
    "baseline-results": ({"usc", "aetna", "asnm"}, set()),
    "changes": ({"cpt", "usc", "alabama", "aetna", "asnm"}, set()),
    "operative-note": ({"aetna"}, set()),
    "history": ({"aetna"}, {"asnm"}),
    "signed-report": ({"cpt", "mac", "usc"}, {"asnm"}),
}


def test_every_row_names_sources_that_exist() -> None:
    known = load_data().references
    for row in TABLES.all_rows():
        assert row.refs
        assert set(row.refs) <= known.keys(), row


@pytest.mark.parametrize("row", TABLES.requirements, ids=lambda row: row.id)
def test_the_documentation_matrix_stands_row_by_row_as_the_sources_have_it(row: object) -> None:
    required, expected = MATRIX[row.id]
    assert set(row.required) == required
    assert set(row.expected) == expected


def test_the_matrix_has_all_of_its_rows() -> None:
    assert {row.id for row in TABLES.requirements} == MATRIX.keys()


def test_requirements_name_elements_of_an_audit() -> None:
    assert {name for row in TABLES.requirements for name in row.elements} <= GAPS.keys()


def test_denials_name_rules_that_exist() -> None:
    assert {row.rule for row in TABLES.denials} - {""} <= RULES.keys()


@pytest.mark.parametrize("question", TABLES.questions, ids=lambda question: question.row.id)
def test_an_open_question_says_what_is_done_and_whose_word_stands_against_it(question: object) -> None:
    row, sides = question.row, question.sides
    assert row.taken
    assert sides
    assert all(side.says for side in sides)


@pytest.mark.parametrize(
    "topic", ["95941", "G0453", "concurrent-cases", "POS 11", "BCR", "eeg-code-choice", "late-signature", "mue-exceeded"]
)
def test_what_is_not_settled_is_found_under_the_word_that_a_person_asks_for(topic: str) -> None:
    assert TABLES.questions_about(topic)
    assert TABLES.questions_about(topic.upper()) == TABLES.questions_about(topic.lower())


def test_nothing_is_invented_for_a_topic_without_questions() -> None:
    assert TABLES.questions_about("95938") == ()
    assert TABLES.denials_of("below-minimum") == ()


@pytest.mark.parametrize("name", SHEETS)
def test_every_sheet_has_a_cell_under_each_heading_and_sources_on_each_row(name: str) -> None:
    sheet = SHEETS[name](TABLES)
    assert sheet.rows
    for row in sheet.rows:
        assert len(row.cells) == len(sheet.headings)
        assert row.refs


def broken(folder: Path, file: str, before: str, after: str) -> str:
    shutil.copytree(FOLDER, folder)
    text = (folder / file).read_text(encoding="utf-8")
    assert before in text
    (folder / file).write_text(text.replace(before, after, 1), encoding="utf-8")
    with pytest.raises(IonmError) as caught:
        people_tables(folder)
    return str(caught.value)


@pytest.mark.parametrize(
    ("file", "before", "after", "told"),
    [
        ("documentation.toml", '"asnm"]', '"asmn"]', "asmn"),
        ("questions.toml", 'question = "short-spells"', 'question = "short-spell"', "short-spell"),
        ("denials.toml", 'rule = "concurrent-cases"', "rule = 4", "'rule'"),
        ("supervision.toml", "most = 1", 'most = "one"', "'most'"),
        ("coverage.toml", "[[change]]", "[[change", "not TOML"),
    ],
)
def test_a_broken_file_is_named_with_what_is_wrong(tmp_path: Path, file: str, before: str, after: str, told: str) -> None:
    message = broken(tmp_path / "people", file, before, after)
    assert file in message
    assert told in message
    assert "line" in message
