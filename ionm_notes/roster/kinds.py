"""The kinds of roster findings in words: what each means, why it matters, what to do, and the sources it rests on.

`cites` are ids of `policy/data/references.toml`; 'k' is general knowledge. A test holds them against that file.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ionm_notes.types import Severity


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of finding."""

    severity: Severity
    title: str
    why: str
    remedy: str
    cites: tuple[str, ...]


KINDS: Mapping[str, Kind] = {
    "overlap": Kind(
        "error",
        "Undivided attention claimed for two cases at once",
        "A code for undivided attention cannot stand for minutes in which another patient, of any payer, was attended as well.",
        "Take the minutes off one of the cases, or allocate the time from records made at the time (`ionm-notes allocate`).",
        ("c1", "e1"),
    ),
    "overlap-unstated": Kind(
        "warning",
        "Another case was attended at once, and exclusivity is not stated",
        "Where a note is silent on exclusivity, the other note answers: the time was shared.",
        "Count the minutes as shared, or have them allocated.",
        ("c1", "e1"),
    ),
    "two-places": Kind(
        "error",
        "In two rooms at once",
        "Nobody is in two operating rooms at once: a time is wrong, or two people bear one name.",
        "Compare access records; if two people bear the name, tell them apart with a file of people (--people).",
        ("d1", "e1"),
    ),
    "too-many-cases": Kind(
        "warning",
        "More cases at once than advised",
        "Professional advice names a number; no payer's text with it was read. Reviewers ask about it.",
        "Show the list of concurrent cases; give your own limit with --most.",
        ("g6",),
    ),
    "units-per-hour": Kind(
        "error",
        "More units than the hours hold",
        "Units of all patients of one professional may not sum to more than the time: rounding several short spells breaks this.",
        "Take off the units above the limit, beginning with the spell that was rounded up.",
        ("c1", "e1"),
    ),
    "impossible-day": Kind(
        "error",
        "More hours than a day has",
        "Minutes of undivided attention of one calendar day cannot exceed the day.",
        "Check dates and times of the cases named.",
        ("k",),
    ),
    "handoff-hole": Kind(
        "warning",
        "Nobody attended between two professionals",
        "Minutes that nobody attended are nobody's to bill; the notes of the two professionals leave them open.",
        "Obtain the access records of both; leave the minutes out otherwise.",
        ("s13",),
    ),
    "handoff-overlap": Kind(
        "warning",
        "Two professionals attended the same minutes of one case",
        "A minute is billed once, whoever attended it.",
        "Settle the minute of the hand-off and count the minutes for one of them.",
        ("d3",),
    ),
    "technologist-two-rooms": Kind(
        "error",
        "A technologist in two operations at once",
        "A technologist attends one operation at a time, without a break.",
        "Check who was in which room; one of the reports names the wrong person, or the wrong times.",
        ("g3", "p7"),
    ),
    "surgeon-monitors": Kind(
        "error",
        "Who operates or gives the anesthetic also monitors",
        "Monitoring by the operating or the anesthesia practitioner is part of their own service.",
        "Do not bill the monitoring, or correct who monitored.",
        ("s6", "d3"),
    ),
}
"""Kinds by id, in the order in which they are explained."""
