"""Tells a log of monitoring that a program exported (CSV, JSON lines, XML) from the many other files of such names."""

from __future__ import annotations

import re

from ionm_notes.ingest.records.roles import records_of

SUFFIXES = frozenset({".csv", ".jsonl", ".ndjson", ".json", ".xml"})
"""Names under which an export may come; of a `.json` each line must be a record of its own."""
_FEWEST = 8
"""Records that an export has at least."""
_CLOCK = re.compile(r"(?<![\d.])\d{1,2}:\d{2}(?::\d{2})?\b|\d{8}T?\d{4}\b")
_FIELD = re.compile(r"monitor|surveil|neurophys|\bionm\b|\biom\b|electrode|baseline", re.I)
_OBJECT = re.compile(r"\s*\{.*\}\s*,?\s*$")


def is_export(suffix: str, text: str) -> bool:
    """Whether the beginning of a file named with `suffix` is records with clock times that speak of monitoring."""
    lines = [line for line in text.splitlines() if line.strip()]
    if suffix not in SUFFIXES or len(lines) < _FEWEST or _FIELD.search(text) is None:
        return False
    if suffix in (".json", ".jsonl", ".ndjson") and not all(_OBJECT.match(line) for line in lines[:_FEWEST]):
        return False
    timed = sum(_CLOCK.search(line) is not None for line in lines)
    return timed >= 4 and len(records_of(lines)) > 0.5 * len(lines)
