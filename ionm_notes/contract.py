"""The way from an `Audit` to the published object of one output line; read this to see where each field comes from.

`python -m ionm_notes.contract [FILE]` writes the JSON Schema; a test holds it in step.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from ionm_notes.contract_models import SCHEMA_VERSION, AuditLine, ErrorLine, ErrorModel, FailedDocument
from ionm_notes.types import Audit, Document, Element, Minutes


def to_contract(audit: Audit, document: Document) -> dict[str, Any]:
    """The audit of `document` as the plain object of the contract, ready for `json.dumps`.

    Raises pydantic's `ValidationError` where a stage hands over something that the contract does not allow.
    """
    return judged_again(audit, _document(document))


def judged_again(audit: Audit, document: Mapping[str, Any]) -> dict[str, Any]:
    """The same for a document of which only the `document` object of an earlier line is at hand."""
    case, minutes = audit.case, audit.minutes
    line = {
        "schema_version": SCHEMA_VERSION,
        "payer": audit.payer,
        "document": document,
        "encounter": case.encounter,
        "encounter_evidence": {name: proof for name, proof in case.encounter.evidence.items() if proof},
        "modalities": case.modalities,
        "segments": case.segments,
        "attendance": minutes.attendance,
        "minutes": minutes,
        "codes": audit.codes,
        "not_reportable": audit.not_reportable,
        **_elements(case.elements),
        "findings": audit.findings,
        "checklist": audit.checklist,
        "tool_version": audit.tool_version,
        "policy_version": audit.policy_version,
        "verdict": {"id": audit.verdict, "sentence": audit.verdict_sentence},
        "counted_monitoring": _counted(minutes),
        "minutes_proof": minutes.proof,
        "bounds": {column: {"least": least, "most": minutes.most.get(column)} for column, least in minutes.least.items()},
        "mapping": case.mapping,
        "allocated": case.allocated,
        "what_would_change": audit.what_would_change,
        "conflicts": case.conflicts,
        "totals": case.totals,
        "billing": case.billing,
        "signatures": case.signatures,
        "doubtful": case.doubtful,
        "parts": case.parts,
        "policy": {"on": audit.policy_on, "layers": audit.policy_layers},
    }
    return AuditLine.model_validate(line).model_dump(mode="json")


def _document(document: Document) -> dict[str, Any]:
    return {
        "name": document.name,
        "sha256": document.sha256,
        "pages": len(document.pages),
        "media_type": document.media_type,
        "text_source": document.text_source,
        "warnings": document.warnings,
        "poor_text": document.poor_text,
        "files": document.files,
    }


def _elements(elements: Mapping[str, Element]) -> dict[str, Any]:
    """States, the evidence of what is present, and for what is absent where it was looked for."""
    return {
        "elements": {name: element.state for name, element in elements.items()},
        "element_evidence": {name: e.evidence for name, e in elements.items() if e.state == "present"},
        "element_search": {name: e for name, e in elements.items() if e.state == "absent"},
    }


def _counted(minutes: Minutes) -> dict[str, Any]:
    return {
        "start": minutes.monitoring_start,
        "end": minutes.monitoring_end,
        "unattended": minutes.unattended,
        "overlap": minutes.overlap,
        "doubts": minutes.doubts,
    }


def error_line(name: str, payer: str, code: str, message: str) -> dict[str, Any]:
    """The contract's line for a document that could not be audited. `name` is the file's name without its folder."""
    line = ErrorLine(document=FailedDocument(name=name), payer=payer, error=ErrorModel(code=code, message=message))
    return line.model_dump(mode="json")


def json_schema() -> dict[str, Any]:
    """The JSON Schema of one output line: an audit, or an error line. Published as `docs/audit.schema.json`."""
    schema: dict[str, Any] = TypeAdapter(AuditLine | ErrorLine).json_schema(mode="serialization")
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "ionm-notes audit line", **schema}


def schema_page() -> str:
    """The text of `docs/audit.schema.json`."""
    return json.dumps(json_schema(), indent=1) + "\n"


if __name__ == "__main__":
    Path(sys.argv[1] if len(sys.argv) > 1 else "docs/audit.schema.json").write_text(schema_page(), encoding="utf-8")
