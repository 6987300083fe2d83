"""The registry of rules and the one loop that runs them; read this to add a rule or to know what a crash does.

A rule is a generator function under `@rule("its-id")` in one of the modules that `ionm_notes.rules` imports. It is
pure, sees no other rule's findings, and may therefore run in any order.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from ionm_notes.policy.api import Policy
from ionm_notes.rules.context import Note, RuleContext
from ionm_notes.rules.docstrings import RuleDoc, parse_rule_doc
from ionm_notes.types import Case, CodeLine, Finding, Minutes, NotReportable, Severity

Draft = Callable[[RuleContext], Iterator[Note]]
Judge = Callable[[RuleContext], Iterator[Finding]]

CRASHED = "rule-crashed"
FALLBACK_SEVERITY: Severity = "warning"
_RANK: dict[Severity, int] = {"error": 0, "warning": 1, "info": 2}


@dataclass(frozen=True, slots=True)
class RuleSpec:
    """One rule: its id, its words, and the function that turns a context into findings."""

    id: str
    doc: RuleDoc
    function: Judge
    source: str
    """Module and function name, so that `explain` can point at the code."""

    def severity(self, policy: Policy) -> Severity:
        """How grave the rule is by default under a policy; a rule may deviate in particulars."""
        info = policy.rule(self.id)
        return info.severity if info else FALLBACK_SEVERITY

    def cites(self, policy: Policy) -> tuple[str, ...]:
        """Ids of the sources on which the rule rests under a policy."""
        info = policy.rule(self.id)
        return info.cites if info else ()


RULES: dict[str, RuleSpec] = {}


def rule(rule_id: str) -> Callable[[Draft], Judge]:
    """Registers a rule under its id; `ValueError` if the id is taken or the docstring lacks a heading."""

    def register(draft: Draft) -> Judge:
        if rule_id in RULES:
            raise ValueError(f"rule '{rule_id}' is registered twice")
        doc = parse_rule_doc(rule_id, draft.__doc__)

        def judge(context: RuleContext) -> Iterator[Finding]:
            spec = RULES[rule_id]
            for note in draft(context):
                yield _finding(spec, note, context.policy)

        judge.__doc__, judge.__name__, judge.__module__ = draft.__doc__, draft.__name__, draft.__module__
        RULES[rule_id] = RuleSpec(rule_id, doc, judge, f"{draft.__module__}.{draft.__name__}")
        return judge

    return register


def run_rules(
    case: Case,
    minutes: Minutes,
    codes: tuple[CodeLine, ...],
    not_reportable: tuple[NotReportable, ...],
    policy: Policy,
    rules: Iterable[RuleSpec] | None = None,
) -> tuple[Finding, ...]:
    """All findings of one document for one payer, gravest first, then by rule id; in whatever order the rules run.

    A rule that raises becomes a finding `rule-crashed` that names it; what it had found before, and the other rules,
    stand. `rules` limits the run (None: all that are registered).
    """
    context = RuleContext(case, minutes, codes, not_reportable, policy)
    findings: list[Finding] = []
    for spec in RULES.values() if rules is None else rules:
        try:
            findings.extend(spec.function(context))
        except Exception as error:
            # A broken rule must not cost the auditor the other rules' findings; it shows as a row of its own.
            findings.append(_crash(spec, error))
    # A fact that was read twice says nothing new.
    once = {(finding.rule, finding.message, finding.evidence): finding for finding in findings}
    return tuple(sorted(once.values(), key=_order))


def _order(finding: Finding) -> tuple[int, str, str, list[tuple[str, int, str]]]:
    return _RANK[finding.severity], finding.rule, finding.message, [(e.file, e.page, e.text) for e in finding.evidence]


def _finding(spec: RuleSpec, note: Note, policy: Policy) -> Finding:
    cites = tuple(dict.fromkeys((*spec.cites(policy), *note.cites)))
    return Finding(
        rule=spec.id,
        severity=note.severity or spec.severity(policy),
        message=note.message,
        why=spec.doc.why,
        remedy=note.remedy or spec.doc.remedy,
        citations=cites,
        evidence=tuple(dict.fromkeys(note.evidence)),
        values=note.values,
    )


def _crash(spec: RuleSpec, error: Exception) -> Finding:
    return Finding(
        rule=CRASHED,
        severity="error",
        message=f"The rule '{spec.id}' ({spec.source}) failed on this document: {type(error).__name__}: {error}",
        why="What this rule would have found is not known, so the audit is incomplete.",
        remedy=f"Check '{spec.id}' by hand for this document and report the failure.",
        citations=(),
        evidence=(),
        values={"rule": spec.id},
    )
