"""One document under many payers in one table: verdict, codes, and the clause that makes each differ from the first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from rich import box
from rich.table import Table
from rich.text import Text

from ionm_notes.report.clean import for_terminal
from ionm_notes.report.summary import VERDICT_STYLE, units_words

Line = Mapping[str, Any]
MANY = 3
"""From how many payers on a document is shown in this way instead of payer by payer."""


def side_by_side(lines: Sequence[Line], clauses: Mapping[str, Sequence[str]]) -> Table:
    """A row per payer: verdict, lines with units ('?' where held for a query), and in what its policy differs from the first."""
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for heading, share in (("Payer", None), ("Verdict", None), ("Codes", 3), (f"Differs from {lines[0]['payer']} in", 5)):
        table.add_column(heading, overflow="fold", ratio=share)
    for line in lines:
        verdict = line["verdict"]["id"]
        table.add_row(
            Text(line["payer"], style="bold"),
            Text(verdict, style=VERDICT_STYLE.get(verdict, "")),
            Text(", ".join(_code(code) for code in line["codes"]) or "none"),
            Text(for_terminal("; ".join(clauses.get(line["payer"], ())) or "-")),
        )
    return table


def _code(code: Line) -> str:
    modifiers = "".join(f"-{modifier}" for modifier in code["modifiers"])
    held = "" if code["status"] == "supported" else " (query)"
    return f"{code['code']}{modifiers} x {units_words(code)}{held}"
