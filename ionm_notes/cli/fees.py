"""The fee table that a person may give: money for each unit of a code."""

from __future__ import annotations

import csv
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Annotated

import typer

Fees = Annotated[
    Path | None,
    typer.Option("--fees", exists=True, dir_okay=False, help="CSV with the columns code and amount (money for each unit)."),
]


def read_fees(path: Path | None) -> dict[str, Decimal]:
    """Amount per unit by code; empty without a file. Raises `IonmError` (bad-fees) naming the file and the line."""
    from ionm_notes.errors import IonmError

    if path is None:
        return {}
    fees: dict[str, Decimal] = {}
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = csv.DictReader(file)
        if not {"code", "amount"} <= set(rows.fieldnames or ()):
            raise IonmError("bad-fees", path.name, "its first line must name the columns code and amount")
        for number, row in enumerate(rows, 2):
            try:
                fees[row["code"].strip().upper()] = Decimal(row["amount"].strip().lstrip("$"))
            except (InvalidOperation, AttributeError) as error:
                raise IonmError("bad-fees", path.name, f"line {number}: '{row['amount']}' is no amount") from error
    return fees
