"""The plain objects of claims: lines of a claim, problems of a file, reports they are held against, rows of a comparison."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, Literal

from ionm_notes.parts.patients import Owner
from ionm_notes.types import Case, Proof


@dataclass(frozen=True, slots=True)
class Place:
    """Where in a file something stands: 'row 5', 'segment 42 (byte 1808)', 'Claim/7 item 2'."""

    file: str
    where: str
    number: int = 1
    """The row, segment or item by number, from 1."""

    def __str__(self) -> str:
        """The place in words."""
        return f"{self.file}, {self.where}"


NOWHERE = Place("", "")


@dataclass(frozen=True, slots=True)
class ClaimLine:
    """One line of a claim as it was billed. Empty or None: the claim does not say.

    `record`: the patient's record or account number; `filing`: the claim filing indicator of X12 (SBR09, CLP06);
    `charge`: money for the whole line. Lines are equal whatever file they came from.
    """

    claim: str
    line: int
    code: str
    patient: str = ""
    born: date | None = None
    record: str = ""
    day: date | None = None
    modifiers: tuple[str, ...] = ()
    units: int | None = None
    place: str = ""
    professional: str = ""
    npi: str = ""
    payer: str = ""
    filing: str = ""
    charge: Decimal | None = None
    diagnoses: tuple[str, ...] = ()
    source: Place = field(default=NOWHERE, compare=False)

    @property
    def count(self) -> int:
        """The units billed; a line without written units is a charge of one."""
        return 1 if self.units is None else self.units

    def __str__(self) -> str:
        """The line as it would be read out: 'line 2 of claim 17: 95938-26 x 1'."""
        code = "-".join((self.code, *self.modifiers))
        return f"line {self.line} of claim {self.claim}: {code} x {self.count}"


@dataclass(frozen=True, slots=True)
class Fault:
    """Something in a file that could not be read, and where; the rest of the file was."""

    place: Place
    what: str


@dataclass(frozen=True, slots=True)
class Adjustment:
    """An amount that the payer took off: group ('CO', 'PR', ...), CARC, money."""

    group: str
    reason: str
    amount: Decimal


@dataclass(frozen=True, slots=True)
class RemitLine:
    """One line of a remittance: what was billed, what was paid, and why not all of it. `remarks` are RARCs."""

    billed: ClaimLine
    paid: Decimal
    adjustments: tuple[Adjustment, ...]
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Claims:
    """What a file of claims held, and what of it could not be read."""

    lines: tuple[ClaimLine, ...]
    faults: tuple[Fault, ...] = ()


@dataclass(frozen=True, slots=True)
class Remits:
    """What a file of remittances held, and what of it could not be read."""

    lines: tuple[RemitLine, ...]
    faults: tuple[Fault, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """A document as claims are held against it: its facts and whose it is."""

    name: str
    case: Case
    owner: Owner
    document: Mapping[str, Any] = field(repr=False)
    """The `document` object of the audit's line: name, hash, pages."""

    @property
    def day(self) -> date | None:
        """The date of service that it states."""
        return self.case.encounter.date_of_service


Outcome = Literal[
    "supported",
    "under-coded",
    "query",
    "modifier",
    "place-of-service",
    "mue",
    "over-coded",
    "ncci",
    "unsupported-study",
    "provider",
    "date",
    "wrong-code",
    "missing-report",
    "ambiguous",
    "payer-unknown",
    "report-without-claim",
    "not-judged",
]
"""What came of a line. Of several, the one further down in this list is the row's outcome; all are named in it."""

Effect = Literal["none", "repay", "collect", "correct", "open"]
"""What it does to money: nothing; units billed that are not supported; units supported that are not billed; a claim to be
corrected before it can stand; or open until a gap is closed."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """One thing that is wrong with a line: its kind, in words, the rule that says so ('' where none does), and where."""

    kind: Outcome
    message: str
    rule: str = ""
    evidence: Proof = ()
    remedy: str = ""
    effect: Effect | None = None
    """What it does to money where that is not what its kind does."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the comparison: a billed line, or (without `line`) something documented that nobody billed.

    `supported`: units that the record supports for this line, None where that cannot be told. `stake`: the units that
    `effect` speaks of; `amount` their money, None without charges and fees.
    """

    outcome: Outcome
    effect: Effect
    code: str
    line: ClaimLine | None = None
    report: str = ""
    payer: str = ""
    matched_by: str = ""
    """By what the report was found."""
    professional: str = ""
    day: date | None = None
    units: int = 0
    supported: int | None = None
    stake: int = 0
    amount: Decimal | None = None
    troubles: tuple[Trouble, ...] = ()
    evidence: Proof = ()
    rationale: str = ""
    modifiers: tuple[str, ...] = ()
    """The modifiers that the record calls for, where something is to be billed."""


def by_claim(lines: Sequence[ClaimLine]) -> list[tuple[ClaimLine, ...]]:
    """The lines in groups that are held against the record together, in the order of the file.

    A group is one claim's lines of one day, patient and rendering professional: one claim may carry several of each.
    """
    found: dict[tuple[object, ...], list[ClaimLine]] = {}
    for line in lines:
        who = (line.patient.casefold(), line.record, line.born, line.npi or line.professional.casefold())
        found.setdefault((line.source.file, line.claim, line.day, *who), []).append(line)
    return [tuple(mine) for mine in found.values()]
