"""What a comparison found as FHIR DetectedIssues, and supported lines as Claims in draft; valid as R4 and R5.

Nothing in them is active or final: issues are 'preliminary', claims 'draft'.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from itertools import groupby
from typing import Any

from ionm_notes.claims.fhir_in import NPI_SYSTEM
from ionm_notes.claims.model import ClaimLine, Row, Trouble
from ionm_notes.claims.rows import RIGHT_OR_UNKNOWN

CPT = "http://www.ama-assn.org/go/cpt"
HCPCS = "https://www.cms.gov/Medicare/Coding/HCPCSReleaseCodeSets"
PLACES = "https://www.cms.gov/Medicare/Coding/place-of-service-codes/Place_of_Service_Code_Set"
ICD10 = "http://hl7.org/fhir/sid/icd-10-cm"
RECORD_TYPE = "http://terminology.hl7.org/CodeSystem/v2-0203"
CLAIM_TYPE = "http://terminology.hl7.org/CodeSystem/claim-type"
PRIORITY = "http://terminology.hl7.org/CodeSystem/processpriority"
SEVERITY = {"repay": "high", "open": "moderate", "correct": "moderate", "collect": "low", "none": "low"}


def issues(rows: Sequence[Row], made: datetime) -> dict[str, Any]:
    """A Bundle with a DetectedIssue for each row with something to say; `made`: when they were found, with its zone."""
    found = [_issue(row, made) for row in rows if row.outcome not in RIGHT_OR_UNKNOWN]
    return _bundle(found)


def _issue(row: Row, made: datetime) -> dict[str, Any]:
    first = next((trouble for trouble in row.troubles if trouble.kind == row.outcome), Trouble(row.outcome, row.outcome))
    evidence = [{"code": [{"text": _shown(item.page, item.text, item.file)}]} for item in (*first.evidence, *row.evidence)[:20]]
    about = [{"display": str(row.line.source)}] if row.line else []
    about += [{"display": row.report}] if row.report else []
    found: dict[str, Any] = _without_empty(
        {
            "resourceType": "DetectedIssue",
            "status": "preliminary",
            "code": {"text": row.outcome},
            "severity": SEVERITY[row.effect],
            "identifiedDateTime": made.isoformat(timespec="seconds"),
            "implicated": about,
            "evidence": evidence,
            "detail": "; ".join(f"{trouble.kind}: {trouble.message}" for trouble in row.troubles),
            "mitigation": [{"action": {"text": first.remedy}}] if first.remedy else [],
            "identifier": [{"value": f"{row.line.claim}/{row.line.line}"}] if row.line else [],
        }
    )
    return found


def _shown(page: int, text: str, file: str) -> str:
    return f"{f'{file}, ' if file else ''}page {page}: {text}"


def claims(lines: Sequence[ClaimLine], made: datetime) -> dict[str, Any]:
    """A Bundle with a Claim in draft for each claim of the lines, which stand together by claim."""
    return _bundle([_claim(list(mine), made) for _, mine in groupby(lines, key=lambda line: (line.source.file, line.claim))])


def _claim(lines: Sequence[ClaimLine], made: datetime) -> dict[str, Any]:
    one = lines[0]
    patient: dict[str, Any] = {"resourceType": "Patient", "id": "patient", "name": _name(one.patient)}
    patient |= {"birthDate": one.born.isoformat() if one.born else None}
    if one.record:
        patient["identifier"] = [{"type": _concept(RECORD_TYPE, "MR"), "value": one.record}]
    doctor: dict[str, Any] = {"resourceType": "Practitioner", "id": "professional", "name": _name(one.professional)}
    doctor |= {"identifier": [{"system": NPI_SYSTEM, "value": one.npi}] if one.npi else []}
    found: dict[str, Any] = _without_empty(
        {
            "resourceType": "Claim",
            "contained": [_without_empty(patient), _without_empty(doctor)],
            "identifier": [{"value": one.claim}],
            "status": "draft",
            "type": _concept(CLAIM_TYPE, "professional"),
            "use": "claim",
            "patient": {"reference": "#patient"},
            "created": made.isoformat(timespec="seconds"),
            "insurer": {"display": one.payer},
            "provider": {"reference": "#professional"},
            "priority": _concept(PRIORITY, "normal"),
            "careTeam": [{"sequence": 1, "provider": {"reference": "#professional"}}],
            "diagnosis": [
                {"sequence": number, "diagnosisCodeableConcept": _concept(ICD10, code)}
                for number, code in enumerate(one.diagnoses, 1)
            ],
            "insurance": [{"sequence": 1, "focal": True, "coverage": {"display": one.payer}}],
            "item": [_item(line) for line in lines],
        }
    )
    return found


def _item(line: ClaimLine) -> dict[str, Any]:
    return {
        "sequence": line.line,
        "careTeamSequence": [1],
        "productOrService": _concept(CPT if line.code.isdecimal() else HCPCS, line.code),
        "modifier": [_concept(CPT if modifier.isdecimal() else HCPCS, modifier) for modifier in line.modifiers],
        "servicedDate": line.day.isoformat() if line.day else None,
        "locationCodeableConcept": _concept(PLACES, line.place) if line.place else None,
        "quantity": {"value": line.count},
        "net": {"value": float(line.charge), "currency": "USD"} if line.charge is not None else None,
    }


def _concept(system: str, code: str) -> dict[str, Any]:
    return {"coding": [{"system": system, "code": code}]}


def _name(name: str) -> list[dict[str, Any]]:
    """'Last, First Middle' in its parts; any other name as text."""
    family, comma, given = name.partition(", ")
    if not name:
        return []
    return [{"family": family, "given": given.split()}] if comma else [{"text": name}]


def _bundle(resources: Sequence[dict[str, Any]]) -> dict[str, Any]:
    return {"resourceType": "Bundle", "type": "collection", "entry": [{"resource": resource} for resource in resources]}


def _without_empty(value: Any) -> Any:
    """The value without empty lists, texts and nulls, which FHIR does not allow."""
    if isinstance(value, dict):
        cleaned = {key: _without_empty(item) for key, item in value.items()}
        return {key: item for key, item in cleaned.items() if item not in (None, "", [], {})}
    if isinstance(value, list):
        return [_without_empty(item) for item in value]
    return value
