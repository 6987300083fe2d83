"""One short verdict per audit, for the head of a summary; read this to know what 'ready' promises."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from ionm_notes.policy.api import Policy
from ionm_notes.rules.words import counted, listed
from ionm_notes.types import CodeLine, Finding

VerdictId = Literal["ready", "query first", "not billable"]


@dataclass(frozen=True, slots=True)
class Verdict:
    """'ready': every line is supported and no error stands. 'query first': something must be closed or corrected.

    'not billable': no time code stands for this payer; studies may still.
    """

    id: VerdictId
    sentence: str


def verdict(codes: tuple[CodeLine, ...], findings: tuple[Finding, ...], policy: Policy) -> Verdict:
    """The verdict on monitoring under one payer, with one sentence why. Lines that an edit denies count as absent."""
    standing = [line for line in codes if line.edit != "denied"]
    studies = [line for line in standing if line.kind == "base"]
    errors = list(dict.fromkeys(finding.rule for finding in findings if finding.severity == "error"))
    if not any(line.kind == "time" for line in standing):
        why = f" ({listed(errors)})" if errors else ""
        rest = f"; {counted(len(studies), 'study line')} may stand" if studies else ""
        return Verdict("not billable", f"No monitoring time is billable to {policy.title}{why}{rest}.")
    open_lines = [line for line in standing if line.status == "query"]
    if open_lines:
        gaps = counted(len({gap for line in open_lines for gap in line.gaps}), "gap")
        codes_open = listed(line.code for line in open_lines)
        return Verdict("query first", f"{codes_open}: {gaps} must be closed before billing {policy.title}.")
    if errors:
        return Verdict(
            "query first", f"The codes are supported, but {listed(errors)} must be settled before billing {policy.title}."
        )
    total = counted(len(standing), "line")
    return Verdict("ready", f"All {total} are supported for {policy.title}.")
