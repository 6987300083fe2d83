"""Tables of the claims side: which filing indicator means whose rules, and what denial codes ask about.

They stand in `data/claims/`; only `ionm_notes.claims` reads them. Every row has its sources, like the rows of `tables.py`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from ionm_notes.policy.reading import read_toml, rows
from ionm_notes.policy.tables import Row

FOLDER = Path(__file__).parent / "data" / "claims"


@dataclass(frozen=True, slots=True, kw_only=True)
class FilingRow(Row):
    """A claim filing indicator of X12 and the payer of the policy whose rules judge such a claim."""

    code: str
    name: str
    payer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CarcRow(Row):
    """An adjustment reason (CARC): who can answer it, the denial or rule that a memo is made for ('' where none fits), and the
    outcomes of a comparison that say the same."""

    code: str
    name: str
    about: Literal["record", "claim", "elsewhere", "nothing"]
    reason: str = ""
    confirms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RarcRow(Row):
    """A remark (RARC), and the denial or rule that it points to."""

    code: str
    name: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class DenialCodes:
    """The reasons and remarks of remittances by their codes."""

    reasons: Mapping[str, CarcRow]
    remarks: Mapping[str, RarcRow]


@cache
def denial_codes(folder: Path = FOLDER) -> DenialCodes:
    """Reasons and remarks. Raises `IonmError` 'bad-policy' naming file, line and field."""
    file = read_toml(folder / "denials.toml")
    return DenialCodes(
        {row.code: row for row in rows(file, "carc", CarcRow)},
        {row.code: row for row in rows(file, "rarc", RarcRow)},
    )


@cache
def filing_payers(folder: Path = FOLDER) -> Mapping[str, str]:
    """Payers by filing indicator. Raises `IonmError` 'bad-policy' naming file, line and field."""
    found = rows(read_toml(folder / "filing.toml"), "filing", FilingRow)
    return {row.code: row.payer for row in found}
