"""What the comparison of notes knows of a note and says of several; read this before the checks."""

from __future__ import annotations

from dataclasses import dataclass

from ionm_notes.roster.model import Operation, Report
from ionm_notes.types import Severity, Tri

Entry = tuple[int, str]
"""An entry of a time log: minute of the day and its words, without names."""


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a note as it is compared, and the line it stands in."""

    word: str
    line: int


@dataclass(frozen=True, slots=True)
class Note:
    """A document's text beside what was read of it. `tokens` are of the text outside the log, names and figures masked."""

    report: Report
    operation: Operation
    lines: tuple[str, ...]
    tokens: tuple[Token, ...]
    log: tuple[Entry, ...]
    times: tuple[int, ...]
    """Every clock time of the log, as minutes of the day."""
    change: Tri
    """Whether a change of signals is described."""


@dataclass(frozen=True, slots=True)
class Passage:
    """The same words in two notes, as each has them."""

    left: str
    right: str
    words: int


@dataclass(frozen=True, slots=True)
class IntegrityFinding:
    """What notes say of one another; `passages` are of the first two documents."""

    kind: str
    severity: Severity
    documents: tuple[str, ...]
    person: str
    message: str
    passages: tuple[Passage, ...] = ()
