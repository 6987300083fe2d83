"""Reads the reports of made-up scenes."""

from __future__ import annotations

from collections.abc import Sequence

from fixtures.claims.make import Scene
from ionm_notes.audit import audit_case, read
from ionm_notes.claims.model import Report
from ionm_notes.claims.reports import report_of
from ionm_notes.cli.batch import page_texts
from ionm_notes.contract import to_contract
from ionm_notes.ingest import read_bytes


def reports_of(made: Sequence[Scene]) -> list[Report]:
    found = []
    for scene in made:
        for name, text in scene.reports.items():
            document = read_bytes(name, text.encode())
            case = read(document)
            line = to_contract(audit_case(case, "medicare"), document)
            found.append(report_of(name, case, page_texts(document), line["document"]))
    return found
