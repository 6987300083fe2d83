"""Audit lines of two fixtures, read once for all tests of hand-outs."""

from __future__ import annotations

import copy
from functools import cache
from pathlib import Path
from typing import Any

from ionm_notes.cli.batch import Job, Outcome, audit_file

DOCUMENTS = Path(__file__).parents[2] / "fixtures" / "documents"
CLEAN, CONFLICT, NOTE = "b01-sterling-tlif-eventlog.pdf", "c09-aneurysm-header-vs-log.pdf", "b13-pell-quick-note.txt"
PAYERS = ("medicare", "commercial")


@cache
def _lines(name: str) -> tuple[dict[str, Any], ...]:
    outcome = audit_file(DOCUMENTS / name, Job(PAYERS))
    assert isinstance(outcome, Outcome)
    return tuple(outcome.lines)


def line_of(name: str, payer: str = "medicare") -> dict[str, Any]:
    """A line of its own, to be changed by a test as it likes."""
    return copy.deepcopy(next(line for line in _lines(name) if line["payer"] == payer))
