"""Small wordings that the messages of rules share; read this only when a message reads badly."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from ionm_notes.types import BillingLine, Evidence, Modality


def clock(moment: datetime | None, day: date | None = None) -> str:
    """A time as 08:10, with its date when it falls on another day than `day`; '?' where it is not stated."""
    if moment is None:
        return "?"
    return moment.strftime("%H:%M") if day is None or moment.date() == day else moment.strftime("%H:%M on %Y-%m-%d")


def span(start: datetime | None, end: datetime | None) -> str:
    """An interval as '08:10 to 11:30', with the date of its end when that is another day."""
    return f"{clock(start)} to {clock(end, start.date() if start else None)}"


def counted(number: int, noun: str) -> str:
    """A number with its noun: '1 unit', '2 units'."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def listed(items: Iterable[str]) -> str:
    """Items as 'a', 'a and b' or 'a, b and c', each once, in the order given."""
    parts = list(dict.fromkeys(items))
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}" if parts else ""


def study(modality: Modality) -> str:
    """A modality with its region, as an auditor says it: 'SSEP upper', 'D WAVE'."""
    name = modality.modality.replace("_", " ")
    return f"{name} {modality.region.replace('_', ' ')}" if modality.region else name


def charge(line: BillingLine) -> str:
    """A charge line as it would be read out: '95870-26 x 2'."""
    code = "-".join((line.code, *line.modifiers))
    return code if line.units is None else f"{code} x {line.units}"


def excerpt(evidence: Evidence, width: int = 80) -> str:
    """The words of an evidence with their page, cut to `width` characters."""
    text = evidence.text if len(evidence.text) <= width else evidence.text[: width - 3].rstrip() + "..."
    of_file = f" of {evidence.file}" if evidence.file else ""
    return f"'{text}' (page {evidence.page}{of_file})"
