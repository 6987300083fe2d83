"""What the roster knows of a document, an operation, a person and a finding; read this before the checks.

Minutes are whole numbers as `concurrency.minute_of` gives them, half-open. Nothing here has behaviour beyond look-ups.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from ionm_notes.types import Column, Mode, Role, Severity, Tri

Minutes = tuple[int, int]
"""First minute and the minute after the last."""


@dataclass(frozen=True, slots=True)
class Quote:
    """What a document states, word for word, and on which page."""

    document: str
    page: int
    text: str


@dataclass(frozen=True, slots=True)
class Named:
    """A person as one document names them. `credentials` as read; `npi` empty where the document gives none."""

    name: str
    credentials: tuple[str, ...]
    role: Role
    facility: str
    npi: str = ""


@dataclass(frozen=True, slots=True)
class Attended:
    """A stated stay of a professional; stated interruptions are already taken out."""

    name: str | None
    start: int
    end: int
    mode: Mode
    exclusive: Tri
    quotes: tuple[Quote, ...] = ()


@dataclass(frozen=True, slots=True)
class Counted:
    """A stretch of billable minutes with its column, as the document's own audit counts it."""

    name: str | None
    start: int
    end: int
    column: Column


@dataclass(frozen=True, slots=True)
class Suggested:
    """Units of a time code that one document supports by itself, for one payer and professional."""

    payer: str
    code: str
    name: str | None
    units: int


@dataclass(frozen=True, slots=True)
class Signed:
    """A signature that stands: by whom, on which day, and the moment where a clock time is given."""

    name: str
    day: date
    moment: datetime | None


@dataclass(frozen=True, slots=True)
class Report:
    """One document as the roster sees it; `patient` is empty where the document does not tell two patients apart."""

    document: int
    name: str
    day: date | None
    facility: str
    patient: tuple[str, ...]
    payers: tuple[str, ...]
    people: tuple[Named, ...]
    attended: tuple[Attended, ...]
    counted: tuple[Counted, ...]
    monitoring: Minutes | None
    pauses: tuple[Minutes, ...]
    monitored: tuple[Quote, ...]
    """Where the document states when it was monitored."""
    allocated: tuple[Minutes, ...]
    """Minutes that the record itself gives to this patient alone."""
    operator_monitors: bool
    """Whether the document itself says that the operating or anesthesia team monitored."""
    suggested: tuple[Suggested, ...]
    signed: tuple[Signed, ...]


@dataclass(frozen=True, slots=True)
class Operation:
    """One patient's monitoring: the reports that count for it, and the older versions that do not."""

    number: int
    reports: tuple[Report, ...]
    superseded: tuple[Report, ...] = ()

    @property
    def names(self) -> str:
        """The names of the documents that count, in words."""
        return ", ".join(report.name for report in self.reports)


Basis = Literal["person file", "NPI", "name and credentials", "name alone", "short name, one bearer"]
"""What says that mentions are one person, the strongest first."""


@dataclass(frozen=True, slots=True)
class Person:
    """One person of the roster. `basis` is the weakest tie that joins any of the mentions."""

    id: str
    name: str
    credentials: tuple[str, ...]
    npi: str
    basis: Basis


@dataclass(frozen=True, slots=True)
class Unclear:
    """A name that may be any of several persons, where it stands, and who they are. It takes part in no check."""

    name: str
    documents: tuple[str, ...]
    candidates: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RosterFinding:
    """What the documents say together that none says alone. `start` and `end` in minutes, None where only a day is known."""

    kind: str
    severity: Severity
    person: str
    basis: str
    day: date | None
    start: int | None
    end: int | None
    documents: tuple[str, ...]
    message: str
    quotes: tuple[Quote, ...] = ()
