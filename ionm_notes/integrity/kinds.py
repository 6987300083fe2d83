"""The kinds of findings across notes in words: why each matters, and what to do. They are questions, never proofs of fault."""

from __future__ import annotations

from collections.abc import Mapping

from ionm_notes.roster.kinds import Kind

KINDS: Mapping[str, Kind] = {
    "cloned-text": Kind(
        "warning",
        "Notes of different patients share their own words",
        "Text that is carried from one patient's note to another's documents neither; reviewers look for it.",
        "Read the passages side by side; have the author state by a dated amendment what this patient's case was.",
        ("k",),
    ),
    "copied-log": Kind(
        "error",
        "Time logs of different patients agree to the minute",
        "Two operations do not run alike to the minute: one of the logs was not kept at the time.",
        "Compare the logs of the recording devices.",
        ("k",),
    ),
    "signed-before-end": Kind(
        "error",
        "Signed before the monitoring ended",
        "A report cannot be complete before what it reports has ended.",
        "Compare the signing record of the system; sign again by a dated addendum.",
        ("m2", "m3"),
    ),
    "signed-same-minute": Kind(
        "warning",
        "Reports of several patients signed in the same minute",
        "Reports that are signed in one stroke may not have been read. Some systems sign a list at once.",
        "Ask how the system signs, and whether each report was read.",
        ("m2", "m3"),
    ),
    "signed-while-in-room": Kind(
        "warning",
        "Signed while in the operating room of another case",
        "Personal attention to one patient and the signing of another's report exclude one another.",
        "Compare the signing record with the room record.",
        ("m2", "s13"),
    ),
    "changed-after-signing": Kind(
        "warning",
        "A signed report was stored again with other facts",
        "Times and people that change after signing need a dated amendment that says what was changed, by whom and why.",
        "Obtain the amendment; bill from the version whose change is explained.",
        ("m3",),
    ),
    "outlier-round-times": Kind(
        "warning",
        "Times that are always round",
        "Times kept as they happen fall on every minute; times written from memory fall on fives.",
        "Compare with the clock of the recording device.",
        ("k",),
    ),
    "outlier-changes": Kind(
        "warning",
        "Changes of signals far more or less often than peers",
        "It may be the mix of cases; it may be text that is always the same.",
        "Read a sample of this person's reports beside the traces.",
        ("k",),
    ),
    "outlier-units": Kind(
        "warning",
        "More units an hour than peers",
        "Cases that end just where one more unit begins, again and again, are what reviewers look for.",
        "Compare the ends of monitoring with the recording device.",
        ("e4", "c1"),
    ),
}
"""Kinds by id."""
