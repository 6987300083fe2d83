"""The coder's view: each code line of an audit as a flat row."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ionm_notes.report.summary import item_words, units_words

COLUMNS = (
    "document",
    "date_of_service",
    "payer",
    "code",
    "units",
    "units_open",
    "modifiers",
    "status",
    "edit",
    "professional",
    "pages",
    "rationale",
)


def code_rows(line: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """One row per suggested code, then one per item that is not reportable (`status` 'not reportable').

    `units_open` gives the fewest and the most units where the document leaves them open.
    """
    head = {
        "document": line["document"]["name"],
        "date_of_service": line["encounter"]["date_of_service"],
        "payer": line["payer"],
    }
    for code in line["codes"]:
        row = {key: code[key] for key in ("code", "units", "status", "edit", "professional", "rationale")}
        open_units = units_words(code) if code["units"] is None else None
        more = {"units_open": open_units, "modifiers": " ".join(code["modifiers"]), "pages": _pages(code)}
        yield {**head, **row, **more}
    for item in line["not_reportable"]:
        row = {"code": item["code"], "status": "not reportable", "edit": "none", "professional": None}
        blank = {"units": None, "units_open": None, "modifiers": ""}
        yield {**head, **row, **blank, "rationale": item_words(item), "pages": _pages(item)}


def _pages(item: Mapping[str, Any]) -> str:
    return " ".join(str(page) for page in sorted({evidence["page"] for evidence in item["evidence"]}))
