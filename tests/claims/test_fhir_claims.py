"""FHIR claims: what a bundle says becomes the same lines as anywhere else."""

from __future__ import annotations

import copy
import json
import random
from contextlib import suppress
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from fhir.resources.bundle import Bundle
from hypothesis import given, settings
from hypothesis import strategies as st
from test_x12 import LINE

from ionm_notes.claims.reading import read_claims
from ionm_notes.errors import IonmError

CPT = "http://www.ama-assn.org/go/cpt"


def concept(code: str, system: str = CPT) -> dict[str, Any]:
    return {"coding": [{"system": system, "code": code}]}


def bundle() -> dict[str, Any]:
    """The line of the X12 tests, as a bundle with the resources that it refers to."""
    patient = {
        "resourceType": "Patient",
        "id": "p",
        "name": [{"family": "Doe", "given": ["Jon", "Q"]}],
        "birthDate": "1960-02-03",
        "identifier": [{"type": concept("MR", "http://terminology.hl7.org/CodeSystem/v2-0203"), "value": "MRN7"}],
    }
    doctor = {
        "resourceType": "Practitioner",
        "id": "d",
        "name": [{"family": "Arden", "given": ["Ann"]}],
        "identifier": [{"system": "http://hl7.org/fhir/sid/us-npi", "value": "1234567893"}],
    }
    item = {
        "sequence": 1,
        "careTeamSequence": [1],
        "productOrService": concept("95938"),
        "modifier": [concept("26"), concept("59")],
        "servicedDate": "2025-03-14",
        "locationCodeableConcept": concept("21"),
        "quantity": {"value": 1},
        "net": {"value": 250.50, "currency": "USD"},
    }
    claim = {
        "resourceType": "Claim",
        "id": "c",
        "identifier": [{"value": "A1"}],
        "status": "active",
        "type": concept("professional"),
        "use": "claim",
        "patient": {"reference": "Patient/p"},
        "created": "2025-04-01",
        "insurer": {"display": "Medicare of X"},
        "provider": {"display": "Larkmoor Neuromonitoring"},
        "priority": concept("normal"),
        "careTeam": [{"sequence": 1, "provider": {"reference": "Practitioner/d"}}],
        "diagnosis": [{"sequence": n, "diagnosisCodeableConcept": concept(c)} for n, c in enumerate(("M48.061", "G95.20"), 1)],
        "insurance": [{"sequence": 1, "focal": True, "coverage": {"display": "x"}}],
        "item": [item],
    }
    return {"resourceType": "Bundle", "type": "collection", "entry": [{"resource": r} for r in (patient, doctor, claim)]}


def lines_of(value: object) -> tuple[Any, ...]:
    return read_claims(json.dumps(value).encode(), "c.json").lines


def test_a_bundle_gives_the_line_that_x12_gives() -> None:
    Bundle.model_validate(bundle())
    assert lines_of(bundle()) == (replace(LINE, filing=""),)


def test_one_resource_a_line_and_a_list_are_read_too() -> None:
    resources = [entry["resource"] for entry in bundle()["entry"]]
    text = "\n".join(json.dumps(resource) for resource in resources)
    assert read_claims(text.encode(), "c.ndjson").lines == lines_of(resources) == lines_of(bundle())


def test_what_stands_within_the_claim_is_found_and_a_unit_price_is_times_the_units() -> None:
    patient, _, claim = (entry["resource"] for entry in bundle()["entry"])
    claim |= {"contained": [patient], "patient": {"reference": "#p"}}
    claim["item"][0] |= {"quantity": {"value": 4}, "unitPrice": {"value": 10.25}}
    del claim["item"][0]["net"]
    (line,) = lines_of(claim)
    assert (line.patient, line.born, line.units, line.charge) == ("Doe, Jon Q", date(1960, 2, 3), 4, Decimal("41.00"))


def test_an_item_that_cannot_be_read_is_told_and_the_others_are_read() -> None:
    value = bundle()
    items = value["entry"][2]["resource"]["item"]
    items += [{**items[0], "sequence": 2, "quantity": {"value": "many"}}, {"sequence": 3}, "no item"]
    claims = read_claims(json.dumps(value).encode(), "c.json")
    assert [(line.line, line.units) for line in claims.lines] == [(1, 1), (2, None)]
    assert [(f.place.where, f.what.split(":")[0]) for f in claims.faults] == [
        ("Claim A1, item 2", "quantity"),
        ("Claim A1, item 3", "the item has no procedure code; it was left out"),
        ("Claim A1, item 4", "this is no item; it was left out"),
    ]


@pytest.mark.parametrize("text", ["{", "[]", '{"resourceType": "Patient"}', "[" * 100_000, '{"a":' * 2000, '{"resourceType": 3}'])
def test_what_holds_no_claim_is_refused(text: str) -> None:
    with pytest.raises(IonmError) as refused:
        read_claims(text.encode(), "c.json")
    assert refused.value.code == "bad-claims"


def test_of_two_in_the_care_team_none_is_guessed() -> None:
    value = bundle()
    claim = value["entry"][2]["resource"]
    claim["careTeam"].append({"sequence": 2, "provider": {"display": "Somebody Else"}})
    del claim["item"][0]["careTeamSequence"]
    assert lines_of(value)[0].professional == ""


JUNK: tuple[Any, ...] = (
    None,
    "",
    "x" * 300,
    -1,
    1e300,
    float("inf"),
    True,
    [],
    {},
    [[]],
    {"value": "1e9999"},
    "\u0000",
    ["a", None],
)


@settings(max_examples=150, deadline=None)
@given(st.integers(0, 2**32), st.integers(1, 6))
def test_whatever_stands_in_the_fields_the_file_is_read_or_refused_in_words(seed: int, times: int) -> None:
    chance, value = random.Random(seed), bundle()
    for _ in range(times):
        node: Any = value
        while True:
            keys = list(node) if isinstance(node, dict) else list(range(len(node)))
            if not keys:
                break
            key = chance.choice(keys)
            if not isinstance(node[key], (dict, list)) or chance.random() < 0.15:
                node[key] = copy.deepcopy(chance.choice(JUNK))
                break
            node = node[key]
    with suppress(IonmError):
        read_claims(json.dumps(value).encode(), "c.json")
