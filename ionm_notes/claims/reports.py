"""Makes the reports that claims are held against out of read documents, and charge lines out of what they bill themselves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ionm_notes.claims.model import ClaimLine, Place, Report
from ionm_notes.claims.names import one_name
from ionm_notes.parts.patients import Owner, who_and_when
from ionm_notes.types import Case, Document, Line, Page


def report_of(name: str, case: Case, pages: Sequence[str], document: Mapping[str, Any]) -> Report:
    """A report of its facts and the text of its pages, a line per line, as the store keeps them; `document`: of its line."""
    return Report(name, case, owner_of_pages(pages), document)


def owner_of_pages(pages: Sequence[str]) -> Owner:
    """The patient whom the text of a document names."""
    read = tuple(Page(number, 0, 0, _lines(number, text)) for number, text in enumerate(pages, 1))
    return who_and_when(Document("", "", "text/plain", "native", read))[0]


def _lines(page: int, text: str) -> tuple[Line, ...]:
    found = []
    for block, line in enumerate(text.split("\n")):
        cells, at = [], 0
        for cell in line.split("\t"):
            cells.append((at, at + len(cell)))
            at += len(cell) + 1
        found.append(Line(page, line, (), tuple(cells), "row" if len(cells) > 1 else "text", block))
    return tuple(found)


def own_charges(report: Report) -> tuple[ClaimLine, ...]:
    """The charge lines that the document itself holds, as a claim of its patient, day and (where it is one) professional."""
    encounter = report.case.encounter
    alone = encounter.professionals[0].name if len(encounter.professionals) == 1 else ""
    return tuple(
        ClaimLine(
            claim=report.name,
            line=number,
            code=line.code,
            patient=one_name(report.owner),
            born=next(iter(report.owner.births), None) if len(report.owner.births) == 1 else None,
            record=next(iter(sorted(report.owner.numbers)), ""),
            day=report.day,
            modifiers=line.modifiers,
            units=line.units,
            place=line.place_of_service or "",
            professional=alone,
            payer=encounter.payer_named or "",
            source=Place(report.name, f"page {line.evidence[0].page}" if line.evidence else "", number),
        )
        for number, line in enumerate(report.case.billing, 1)
    )
