"""Judges a case: every rule in its registry, the five-point review and the verdict; start with `registry.run_rules`."""

from ionm_notes.rules import (
    attendance,
    billing,
    edits,
    eligibility,
    modifiers,
    necessity,
    packet,
    phases,
    place,
    readings,
    record,
    studies,
    times,
)
from ionm_notes.rules.registry import RULES, RuleSpec, run_rules

# Importing a module registers its rules; a new module of rules is added here and nowhere else.
SUBJECTS = (
    times,
    phases,
    attendance,
    eligibility,
    billing,
    modifiers,
    edits,
    studies,
    place,
    necessity,
    record,
    readings,
    packet,
)

__all__ = ["RULES", "SUBJECTS", "RuleSpec", "run_rules"]
