"""What the store is given for one document, and how its rows are drawn from it; read this to see what a row holds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

Row = dict[str, str | int | float | bytes | None]


@dataclass(frozen=True, slots=True)
class Record:
    """One document with its audits: text by page, the case as JSON, and one line of the contract per payer.

    `sureness`: for each page, how sure the recognition was of each line of its text (0 to 1, None where the text was
    given); empty where no page was recognised.
    """

    pages: tuple[str, ...]
    case_json: str
    lines: tuple[Mapping[str, Any], ...]
    sureness: tuple[tuple[float | None, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Owned:
    """A row for a table together with the evidence that goes with it."""

    table: str
    row: Row
    evidence: list[Mapping[str, Any]]


def rows_of_reading(line: Mapping[str, Any]) -> Iterator[Owned]:
    """Facts, segments, attendance and elements: what the document says, whoever pays."""
    yield from _encounter(line["encounter"], line["encounter_evidence"])
    for modality in line["modalities"]:
        yield Owned("facts", {"name": "modality", "value": modality_words(modality)}, modality["evidence"])
    for charge in line["billing"]:
        yield Owned("facts", {"name": "billing", "value": _charge(charge)}, charge["evidence"])
    for signature in line["signatures"]:
        yield Owned("facts", {"name": "signature", "value": _signature(signature)}, signature["evidence"])
    for segment in line["segments"]:
        yield Owned("segments", {key: segment[key] for key in ("kind", "start", "end")}, segment["evidence"])
    for spell in line["attendance"]:
        row: Row = {key: spell[key] for key in ("professional", "mode", "start", "end", "exclusive")}
        yield Owned("attendance", row, spell["evidence"])
    for element, state in line["elements"].items():
        yield Owned("elements", {"element": element, "state": state}, line["element_evidence"].get(element, []))


def rows_of_audit(line: Mapping[str, Any]) -> Iterator[Owned]:
    """Codes and findings: what one payer's policy makes of it."""
    for code in line["codes"]:
        row: Row = {key: code[key] for key in ("code", "units", "status", "professional", "edit", "rationale")}
        yield Owned("codes", {**row, "modifiers": " ".join(code["modifiers"])}, code["evidence"])
    for item in line["not_reportable"]:
        row = {"code": item["code"] or item["item"], "units": None, "status": "not_reportable", "professional": None}
        yield Owned("codes", {**row, "edit": "none", "rationale": item["rationale"], "modifiers": ""}, item["evidence"])
    for finding in line["findings"]:
        row = {key: finding[key] for key in ("rule", "severity", "message", "why", "remedy")}
        yield Owned("findings", {**row, "citations": " ".join(finding["citations"])}, finding["evidence"])


def policy_columns(line: Mapping[str, Any]) -> Row:
    """The day and the CMS layers that judged, and whether they are those of another day than the date of service."""
    on, service = line["policy"]["on"], line["encounter"]["date_of_service"]
    layers = ", ".join(f"{kind} {first}" for kind, first in line["policy"]["layers"].items())
    return {"policy_on": on, "policy_layers": layers, "what_if": int(bool(on and service and on != service))}


def modality_words(modality: Mapping[str, Any]) -> str:
    """A modality in one line: 'SSEP upper (left, right), performed'."""
    sides = f" ({', '.join(modality['sides'])})" if modality["sides"] else ""
    region = f" {modality['region']}" if modality["region"] else ""
    return f"{modality['modality']}{region}{sides}, {modality['status']}"


def _encounter(encounter: Mapping[str, Any], proof: Mapping[str, list[Mapping[str, Any]]]) -> Iterator[Owned]:
    for name, value in encounter.items():
        values = value if isinstance(value, list) else [] if value is None else [value]
        for one in values:
            text = ", ".join([one["name"], *one["credentials"]]) if isinstance(one, dict) else str(one)
            yield Owned("facts", {"name": name, "value": text}, proof.get(name, []))


def _charge(charge: Mapping[str, Any]) -> str:
    units = "" if charge["units"] is None else f" x {charge['units']}"
    return "-".join([charge["code"], *charge["modifiers"]]) + units


def _signature(signature: Mapping[str, Any]) -> str:
    state = "draft" if signature["draft"] else "signed" if signature["signed"] else "not signed"
    return " ".join(part for part in (state, signature["by"], signature["at"]) if part)
