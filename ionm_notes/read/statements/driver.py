"""The statements of a record that documentation elements rest on: start here."""

from __future__ import annotations

from ionm_notes.read.fields import Fields
from ionm_notes.read.people import Cast
from ionm_notes.read.reading import Reading
from ionm_notes.read.statements.baselines import baseline_findings
from ionm_notes.read.statements.course import no_change, read_changes
from ionm_notes.read.statements.model import Statements
from ionm_notes.read.statements.operation import operation_site, operation_tags, payer_named, read_icd10, read_laterality
from ionm_notes.read.statements.request import read_anesthesia, read_indication, read_order, read_procedure
from ionm_notes.read.statements.summing import read_interpretation


def read_statements(reading: Reading, fields: Fields, cast: Cast, emg_sides: tuple[str, ...]) -> Statements:
    """All statements of the record that documentation elements rest on."""
    procedure, procedure_text = read_procedure(reading, fields)
    indication, indication_text = read_indication(reading, fields)
    change, told = read_changes(reading, fields, cast)
    findings = change or no_change(reading, fields)
    scope = " ".join(filter(None, (procedure_text, indication_text)))
    tags, tag_proof = operation_tags(procedure_text or "", procedure, scope, indication)
    return Statements(
        read_order(reading, fields),
        procedure,
        procedure_text,
        indication,
        indication_text,
        read_anesthesia(reading, fields),
        baseline_findings(reading, fields),
        findings,
        change,
        told,
        read_interpretation(reading, fields),
        operation_site(reading, procedure_text or "", scope),
        tags,
        tag_proof,
        read_icd10(reading, fields),
        payer_named(reading, fields),
        tuple(read_laterality(reading, procedure_text or "", procedure, emg_sides, (indication_text or "", indication))),
    )
