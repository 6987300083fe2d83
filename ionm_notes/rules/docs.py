"""Writes `docs/rules.md` from the registry: `python -m ionm_notes.rules.docs [FILE]`; a test holds the page in step."""

from __future__ import annotations

import sys
from pathlib import Path

from ionm_notes.rules import RULES, RuleSpec

HEAD = """# Rules

Written by `python -m ionm_notes.rules.docs` from the docstrings in `ionm_notes/rules`; change those, not this page.

A rule sees the facts of one document, its minutes, the suggested codes and the payer's policy, and yields findings.
A rule that fails becomes a finding `rule-crashed` that names it; the other rules go on. Severity and sources come from
the policy's data and may differ between payers.
"""


def render() -> str:
    """The whole page: a table of all rules, then each rule under its headings."""
    specs = [RULES[rule_id] for rule_id in sorted(RULES)]
    rows = "\n".join(f"| [`{spec.id}`](#{spec.id}) | {spec.doc.summary} |" for spec in specs)
    return f"{HEAD}\n| rule | raised when |\n|---|---|\n{rows}\n\n" + "\n".join(_entry(spec) for spec in specs)


def _entry(spec: RuleSpec) -> str:
    doc = spec.doc
    parts = [
        f"## {spec.id}\n\n{doc.summary}\n",
        f"**What it does.** {doc.what}\n",
        f"**Why it matters.** {doc.why}\n",
        f"**Remedy.** {doc.remedy}\n",
        f"**Example.** {doc.example}\n",
        f"Code: `{spec.source}`\n",
    ]
    return "\n".join(parts)


if __name__ == "__main__":
    Path(sys.argv[1] if len(sys.argv) > 1 else "docs/rules.md").write_text(render(), encoding="utf-8")
