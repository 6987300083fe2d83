"""Why a suggested line is a query: each reason by id, the test for it, and what is missing in words.

The words name what is missing, never wording to insert. Source: contract, 'Units and status of the time codes'.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from ionm_notes.policy.api import Policy
from ionm_notes.types import Attendance, Case, CodeLine, Column, Minutes, Person, WhatWouldChange

MISSING = {
    "start-assumed": "the clock time at which monitoring began",
    "end-assumed": "the clock time at which monitoring ended",
    "attendance-start-assumed": "the clock time at which the professional's attendance began",
    "attendance-end-assumed": "the clock time at which the professional's attendance ended",
    "attendance-duration-only": "the clock times at which the professional's attendance began and ended",
    "attendance-unread": "what the times told of the professional mean",
    "times-unread": "what the times told of a pause, of set-up, baselines or removal mean",
    "part-open": "the clock times at which set-up, baselines or removal began and ended",
    "start-missing": "the clock time at which monitoring began",
    "end-missing": "the clock time at which monitoring ended",
    "stop-before-start": "which of the start and stop times is right",
    "time-conflict": "which of the contradicting times is right",
    "mode-conflict": "whether the professional was in the room or remote at that time",
    "duration-only": "the clock times at which monitoring began and ended",
    "duration-split": "how the stated duration divides among the ways of attending",
    "interruption-open": "the clock times at which the interruption began and ended",
    "mapping-times-missing": "the clock times of functional mapping",
    "no-credentials": "the professional's name with credentials",
    "credentials-not-accepted": "credentials of the professional that this payer accepts",
    "not-real-time": "whether the professional watched live",
    "no-communication": "how the professional and the operating room could reach each other at once",
    "exclusivity-not-stated": "whether the professional attended to this patient alone",
    "no-listed-primary": "a performed base study that this payer lists as primary for the time code",
    "pos-non-facility": "a facility as the place where the patient was",
    "eeg-site-unsettled": "which EEG code the payer wants for this kind of operation",
    "unsigned": "the professional's signature on the final report",
    "mixed-patients": "to which of the patients named the record belongs",
    "low-text-quality": "a legible copy of the record",
    "doubtful-reading": "a legible copy of the record",
    "trained-guess": "a person's confirmation of what only the trained model gave a meaning",
    "session-studies": "which studies were recorded again in the later session",
}
"""What is missing, by the id of the gap."""

NOT_OF_THE_LINE = frozenset({"mode-unstated"})
"""Doubts about minutes that go to no column, and so leave the counted ones alone."""
REMOTE: frozenset[Column] = frozenset({"remote_exclusive", "remote_shared", "remote_unstated"})


def document_gaps(case: Case) -> tuple[str, ...]:
    """Gaps that make every code of the document a query."""
    found = (
        ("unsigned", not any(s.signed and not s.draft for s in case.signatures)),
        ("mixed-patients", len(case.patients) > 1),
        ("low-text-quality", case.poor_text or any(reading.changes for reading in case.doubtful)),
    )
    return tuple(gap for gap, holds in found if holds)


def time_gaps(
    case: Case,
    minutes: Minutes,
    policy: Policy,
    code: str,
    professional: str | None,
    columns: Collection[Column],
    base_codes: Collection[str],
) -> tuple[str, ...]:
    """Gaps of one professional's time line; exclusivity of a column that the policy always queries is the caller's."""
    found = [d.id for d in minutes.doubts if d.id not in NOT_OF_THE_LINE]
    found += _credential_gaps(case, policy, professional)
    if case.real_time is not True:
        found.append("not-real-time")
    if REMOTE.intersection(columns) and case.communication is not True:
        found.append("no-communication")
    if "in_room" in columns and exclusivity_is_open(minutes, professional):
        found.append("exclusivity-not-stated")
    primaries = policy.primaries(code)
    if primaries and not primaries.intersection(base_codes):
        found.append("no-listed-primary")
    if not place_is_acceptable(case, policy):
        found.append("pos-non-facility")
    return tuple(dict.fromkeys(found))


def person_named(case: Case, name: str | None) -> Person | None:
    """The professional of that name: the whole name, or else the only one with that last name, or the only one at all."""
    people = case.encounter.professionals
    if name is None:
        return people[0] if len(people) == 1 else None
    whole = [p for p in people if p.name.casefold() == name.casefold()]
    last = [p for p in people if p.name.casefold().split()[-1:] == name.casefold().split()[-1:]]
    for found in (whole, last):
        if len(found) == 1:
            return found[0]
    return None


def exclusivity_is_open(minutes: Minutes, professional: str | None) -> bool:
    """Whether counted in-room minutes of this professional rest on an attendance that leaves exclusivity unsaid."""
    open_ones = [a for a in minutes.attendance if a.mode == "in_room" and a.exclusive is None and a.professional == professional]
    counted = [line for line in minutes.proof if line.column == "in_room" and line.professional == professional]
    return any(_meets(a, line.start, line.end) for a in open_ones for line in counted)


def place_is_acceptable(case: Case, policy: Policy) -> bool:
    """False where a place of service is documented and is no facility, or none that the policy knows."""
    stated = case.encounter.place_of_service
    if stated is None:
        return True
    place = policy.pos(stated)
    return place is not None and place.standing != "error"


def what_would_change(codes: Collection[CodeLine]) -> tuple[WhatWouldChange, ...]:
    """For each line in query, the smallest set of statements whose presence would support it: all of its gaps, in words.

    Every gap of a line holds it back on its own, so that none can be left out; gaps that the same statement closes are
    named once. Lines that say the same are given once.
    """
    lines = (WhatWouldChange(c.code, tuple(dict.fromkeys(MISSING[g] for g in c.gaps))) for c in codes if c.status == "query")
    return tuple(dict.fromkeys(lines))


def _credential_gaps(case: Case, policy: Policy, professional: str | None) -> list[str]:
    person = person_named(case, professional)
    if person is None or not person.credentials:
        return ["no-credentials"]
    return ["credentials-not-accepted"] if policy.holds_back(person.credentials) else []


def _meets(a: Attendance, start: datetime | None, end: datetime | None) -> bool:
    if start is None or end is None:
        return True
    return (a.start or datetime.min) < end and start < (a.end or datetime.max)
