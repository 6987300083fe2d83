"""Tables of the claims side: which filing indicator means whose rules, and what denial codes ask about.

They stand in `data/claims/`; only `ionm_notes.claims` reads them. Every row has its sources, like the rows of `tables.py`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from ionm_notes.policy.reading import read_toml, rows
from ionm_notes.policy.tables import Row

FOLDER = Path(__file__).parent / "data" / "claims"


@dataclass(frozen=True, slots=True, kw_only=True)
class FilingRow(Row):
    """A claim filing indicator of X12 and the payer of the policy whose rules judge such a claim."""

    code: str
    name: str
    payer: str


@cache
def filing_payers(folder: Path = FOLDER) -> Mapping[str, str]:
    """Payers by filing indicator. Raises `IonmError` 'bad-policy' naming file, line and field."""
    found = rows(read_toml(folder / "filing.toml"), "filing", FilingRow)
    return {row.code: row.payer for row in found}
