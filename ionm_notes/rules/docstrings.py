"""Takes a rule's docstring apart into its fixed headings; read this to see what a rule's docstring must hold."""

from __future__ import annotations

import inspect
import re
from dataclasses import dataclass

HEADINGS = ("What it does", "Why it matters", "Remedy", "Example")
_HEADING = re.compile(rf"^({'|'.join(HEADINGS)}):", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class RuleDoc:
    """A rule in words: one sentence for a table, then a paragraph under each of the fixed headings."""

    summary: str
    what: str
    why: str
    remedy: str
    example: str


def parse_rule_doc(rule_id: str, docstring: str | None) -> RuleDoc:
    """The parts of a rule's docstring; `ValueError` names the rule and what is missing, empty or out of order."""
    parts = _HEADING.split(inspect.cleandoc(docstring or ""))
    summary, found, texts = _fold(parts[0]), tuple(parts[1::2]), [_fold(text) for text in parts[2::2]]
    if not summary or found != HEADINGS or not all(texts):
        raise ValueError(
            f"rule '{rule_id}': its docstring needs a summary, then {', '.join(HEADINGS)} in this order; has {found}"
        )
    what, why, remedy, example = texts
    return RuleDoc(summary, what, why, remedy, example)


def _fold(text: str) -> str:
    return " ".join(text.split())
