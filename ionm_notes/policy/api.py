"""What the rest of the program may ask of a policy; read this before using one. The data behind it is in `data/`.

A `Policy` is one payer's rules as of one date of service: base policy plus the payer's overlays. It is immutable and
answers from memory. Numbers, codes and payers' names live in `data/`, never in Python logic.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal, Protocol

from ionm_notes.types import Column, Severity


@dataclass(frozen=True, slots=True)
class Reference:
    """A source: `confidence` is one of 'V', 'V-data', 'S', 'K' as FACTS.md defines them."""

    id: str
    title: str
    href: str
    retrieved: str
    locator: str
    paraphrase: str
    confidence: Literal["V", "V-data", "S", "K"]


@dataclass(frozen=True, slots=True)
class CodeInfo:
    """A procedure code with our own short name (never an AMA descriptor)."""

    code: str
    name: str
    kind: Literal["time", "base", "other"]
    valid_from: date | None
    valid_to: date | None
    successors: tuple[str, ...]
    pctc: str | None
    """PC/TC indicator: '1' takes 26 and TC, '0' takes neither."""
    refs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TimeCode:
    """The code that minutes of one column go to, and how they become units."""

    code: str
    column: Column
    minutes_per_unit: int
    minimum: int
    """Fewest minutes for the first unit (8 of 15; 31 of 60)."""
    remainder: int
    """Fewest minutes over whole units that make one more."""
    always_query: bool
    """True where the payer takes the code for this column only once a gap is closed (G0453 without exclusivity)."""
    refs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Edit:
    """An NCCI procedure-to-procedure edit: `column2` falls beside `column1`; `indicator` '0' no modifier, '1' may."""

    column1: str
    column2: str
    indicator: str
    as_of: str


@dataclass(frozen=True, slots=True)
class Mue:
    """Most units of a code per day (`mai` '1' line, '2' day by policy, '3' day, clinical)."""

    code: str
    setting: str
    units: int
    mai: str
    as_of: str


@dataclass(frozen=True, slots=True)
class PlaceOfService:
    """A place-of-service code; `standing` is 'accepted', 'warning' (facility, unusual) or 'error' (non-facility)."""

    code: str
    name: str
    facility: bool
    standing: Literal["accepted", "warning", "error"]


@dataclass(frozen=True, slots=True)
class RuleInfo:
    """Words and sources for a rule id, from data: severity by default, title, citations."""

    id: str
    severity: Severity
    cites: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Necessity:
    """A policy's position on monitoring for one kind of operation."""

    tag: str
    position: Literal["not_necessary", "doubtful", "necessary"]
    why: str
    refs: tuple[str, ...]


MONTHS_OF_QUARTER = 3


def verified_for(as_of: str, on: date) -> bool:
    """Whether CMS values of a layer stand for a date of service: not after the quarter in which the layer begins.

    CMS publishes them by the quarter. `as_of` is the layer's first day as 'YYYY-MM-DD'.
    """
    first = date.fromisoformat(as_of)
    return (on.year, (on.month - 1) // MONTHS_OF_QUARTER) <= (first.year, (first.month - 1) // MONTHS_OF_QUARTER)


def dated(as_of: str, on: date) -> str:
    """The date of CMS values, with a warning where a date of service is later than what they stand for."""
    return f"as of {as_of}" + ("" if verified_for(as_of, on) else "; not verified for this date of service")


class Policy(Protocol):
    """One payer's rules as of one date of service."""

    @property
    def payer(self) -> str:
        """The payer's name as `load_policy` takes it."""

    @property
    def title(self) -> str:
        """The payer's name in sentences."""

    @property
    def on(self) -> date:
        """The date of service that the rules are of."""

    @property
    def version(self) -> str:
        """Hash of the policy data, twelve hex digits."""

    @property
    def layers(self) -> Mapping[str, str]:
        """The CMS layers that answer: kind of table to the layer's first day as 'YYYY-MM-DD'."""

    def time_code(self, column: Column) -> TimeCode | None:
        """The code for minutes of `column`, or None where this payer takes none."""

    @property
    def longest_unit(self) -> int:
        """Minutes of the longest unit of any time code valid on this date, whether this payer takes it or not."""

    def code(self, code: str) -> CodeInfo | None:
        """What is known of a code, valid on this date or not; None if unknown."""

    def is_valid(self, code: str) -> bool:
        """Whether a known code is valid on this date (deleted codes are not)."""

    def takes_code(self, code: str) -> bool:
        """Whether this payer takes the code at all (95941 on Medicare: no)."""

    def study_code(self, key: str) -> str:
        """The code valid on this date for a base-study key of `data/studies.toml` ('ssep-both', 'baep', ...)."""

    def item_code(self, item: str) -> str | None:
        """The code someone may be tempted to bill for a bundled item ('TOF' -> its code), None if it has none."""

    def takes_26(self, code: str) -> bool:
        """Whether modifier 26 applies to the code (PC/TC indicator 1) on this date."""

    def primaries(self, addon: str) -> frozenset[str]:
        """Codes accepted as primary with an add-on code; empty if it is no add-on."""

    def ncci(self, a: str, b: str) -> Edit | None:
        """The edit between two codes in either order, in force on this date's layer; None if there is none."""

    def operative_edit(self, operative: str, code: str) -> Edit | None:
        """The edit by which `code` falls beside an operation or anesthesia that the same practitioner reports; None if none."""

    def mue(self, code: str) -> Mue | None:
        """The practitioner MUE of a code."""

    def pos(self, code: str) -> PlaceOfService | None:
        """What a place-of-service code is; None if unknown."""

    def accepts(self, credentials: tuple[str, ...]) -> bool | None:
        """Whether this payer accepts a professional with these credentials; None where not settled."""

    def holds_back(self, credentials: tuple[str, ...]) -> bool:
        """Whether time codes of someone with these credentials wait for the payer's word."""

    def necessity(self, tag: str) -> Necessity | None:
        """This payer's position on an operation tag of `Case.necessity_tags`; None where it says nothing."""

    def limit(self, name: str) -> int:
        """A number of the policy by name: 'late-signature-days', 'signature-delay-days', 'limb-muscles', ..."""

    def refs(self, topic: str) -> tuple[Reference, ...]:
        """Sources for a rule id, code or topic."""

    def rule(self, rule_id: str) -> RuleInfo | None:
        """Severity and citations of a rule for this payer, from `data/rules.toml`; None if the data has no such rule."""
