"""What a rule is given and what it gives back; read this before writing a rule.

A rule sees a `RuleContext` and yields `Note`s. The registry puts id, severity, sources and the reasons of the rule's
docstring to each note and so makes it a `Finding`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from ionm_notes.policy.api import Policy
from ionm_notes.types import Case, CodeLine, Minutes, NotReportable, Proof, Severity


@dataclass(frozen=True, slots=True)
class RuleContext:
    """One judged document for one payer: the facts, the minutes, the suggested codes and the policy."""

    case: Case
    minutes: Minutes
    codes: tuple[CodeLine, ...]
    not_reportable: tuple[NotReportable, ...]
    policy: Policy


@dataclass(frozen=True, slots=True)
class Note:
    """What one rule has to say once: the message in particulars, and where in the document it shows.

    `remedy` empty takes the remedy of the rule's docstring. `severity` None takes the policy's for the rule. `cites`
    are reference ids beyond those that the policy gives to the rule. `values` are the policy values that were used.
    """

    message: str
    evidence: Proof = ()
    remedy: str = ""
    severity: Severity | None = None
    values: Mapping[str, str] = field(default_factory=dict)
    cites: tuple[str, ...] = ()
