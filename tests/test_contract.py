"""What is printed is what was published: every line holds against the JSON Schema, and says what the audit says."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from pydantic import ValidationError
from sample_case import sample_case, sample_document

from ionm_notes.audit import audit_case
from ionm_notes.contract import error_line, json_schema, schema_page, to_contract
from ionm_notes.store.record import Record
from ionm_notes.types import Case, Encounter

PUBLISHED = Path(__file__).parent.parent / "docs" / "audit.schema.json"
CONTRACT_FIELDS = {
    "schema_version",
    "payer",
    "document",
    "encounter",
    "encounter_evidence",
    "modalities",
    "segments",
    "attendance",
    "minutes",
    "codes",
    "not_reportable",
    "elements",
    "element_evidence",
    "findings",
    "checklist",
}


def line_of(case: Case, payer: str = "medicare") -> dict[str, Any]:
    return to_contract(audit_case(case, payer), sample_document(case.document))


def holds(line: dict[str, Any]) -> None:
    jsonschema.Draft202012Validator(json.loads(PUBLISHED.read_text())).validate(json.loads(json.dumps(line)))


def test_the_published_schema_is_that_of_the_models() -> None:
    assert PUBLISHED.read_text() == schema_page(), "run: python -m ionm_notes.contract"


def test_the_schema_is_itself_sound() -> None:
    jsonschema.Draft202012Validator.check_schema(json_schema())


@pytest.mark.parametrize("payer", ["medicare", "commercial"])
def test_a_full_audit_holds_against_the_published_schema(payer: str) -> None:
    holds(line_of(sample_case(), payer))


def test_an_audit_of_a_document_that_says_nothing_holds_too() -> None:
    holds(line_of(Case("empty.txt", Encounter())))


def test_an_error_line_holds_and_names_file_payer_and_reason() -> None:
    line = error_line("a.pdf", "medicare", "damaged-pdf", "a.pdf: the PDF is damaged")
    holds(line)
    assert line == {
        "document": {"name": "a.pdf"},
        "payer": "medicare",
        "error": {"code": "damaged-pdf", "message": "a.pdf: the PDF is damaged"},
    }


@pytest.mark.parametrize("field", sorted(CONTRACT_FIELDS))
def test_a_line_without_a_field_of_the_contract_does_not_hold(field: str) -> None:
    line = line_of(sample_case())
    del line[field]
    with pytest.raises(jsonschema.ValidationError):
        holds(line)


def test_times_dates_and_boxes_have_the_contracts_form() -> None:
    line = line_of(sample_case())
    assert line["segments"][2]["start"] == "2025-03-14T08:15"
    assert line["segments"][4]["start"] is None
    assert line["encounter"]["date_of_service"] == "2025-03-14"
    assert line["encounter"]["room_in"] == "2025-03-14T07:10"
    assert line["segments"][0]["evidence"] == [{"page": 1, "text": "setup 07:20 07:50", "bbox": [72.0, 100.12, 300.5, 112.0]}]


def test_people_stand_by_name_and_professionals_with_credentials() -> None:
    encounter = line_of(sample_case())["encounter"]
    assert (encounter["surgeon"], encounter["anesthesia_provider"]) == ("Sam Stone", "Una Under")
    assert encounter["professionals"] == [{"name": "Ann Arden", "credentials": ["MD"]}]


def test_what_is_present_shows_evidence_and_what_is_absent_shows_the_search() -> None:
    line = line_of(sample_case())
    assert line["elements"]["order"] == "absent"
    assert set(line["element_evidence"]) == {"date_of_service"}
    assert line["element_search"]["order"] == {
        "pages_searched": [1, 2],
        "nearest_miss": {"page": 2, "text": "per protocol", "bbox": None},
    }
    assert line["element_search"]["anesthesia"]["nearest_miss"] is None


def test_every_billable_minute_has_its_line_of_proof() -> None:
    line = line_of(sample_case())
    for column, total in line["minutes"].items():
        assert total == sum(proof["minutes"] for proof in line["minutes_proof"] if proof["column"] == column)
    assert line["minutes"]["remote_exclusive"] == 153


def test_attendance_of_the_whole_case_is_printed_with_the_counted_times() -> None:
    case = sample_case()
    whole = dataclasses.replace(case.attendance[0], start=None, end=None, whole_case=True)
    (spell,) = line_of(dataclasses.replace(case, attendance=(whole,)))["attendance"]
    assert (spell["start"], spell["end"]) == ("2025-03-14T08:15", "2025-03-14T11:30")


def test_a_stage_that_hands_over_what_the_contract_forbids_is_stopped() -> None:
    case = sample_case()
    odd = dataclasses.replace(case.modalities[0], sides=("middle",))
    with pytest.raises(ValidationError):
        line_of(dataclasses.replace(case, modalities=(odd,)))


def test_the_same_case_gives_the_same_line_byte_for_byte(make_record: Callable[..., Record]) -> None:
    assert json.dumps(make_record().lines) == json.dumps(make_record().lines)
