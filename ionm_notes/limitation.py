"""What a result of this program is and is not: the one place for the words that every output shows."""

from __future__ import annotations

from dataclasses import dataclass

STATEMENT = (
    "Decision support for trained people, not a payer's determination: check the record and the payer's current policy"
    " before billing."
)
"""Stands in the terminal's summaries, in each JSON line, in hand-outs and on the pages of the desk."""


@dataclass(frozen=True, slots=True)
class Sources:
    """How far the sources of the policy data can be trusted: how many, the newest day one was retrieved, and the ids of those
    whose text was not seen itself (confidence S: by somebody else's account; K: general knowledge)."""

    count: int
    newest: str
    unseen: tuple[str, ...]


def sources() -> Sources:
    """The sources behind all results, from the policy data."""
    from ionm_notes.policy.store import load_data

    every = load_data(None).references.values()
    unseen = tuple(sorted(one.id for one in every if one.confidence in ("S", "K")))
    return Sources(len(every), max((one.retrieved for one in every), default=""), unseen)


def in_full() -> str:
    """The statement with the sources' dates and what was not verified; for hand-outs, bundles and docs."""
    found = sources()
    return (
        f"{STATEMENT} The policy data rest on {found.count} sources, the newest retrieved on {found.newest};"
        f" of {len(found.unseen)} of them the text itself was not seen (`ionm-notes explain TOPIC` marks them)."
    )
