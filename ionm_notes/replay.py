"""Judges stored facts again under another payer, day or policy folder, without the documents; `cli/replay.py` prints it.

The facts are read from the store, each judgement is computed afresh; nothing is written.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from ionm_notes.audit import judge, policy_for
from ionm_notes.compare import Move, Standing, moves, standing_of_audit, standing_of_line
from ionm_notes.policy import load_policy
from ionm_notes.policy.api import Policy
from ionm_notes.store.database import Store
from ionm_notes.store.queries import Filter, latest_audits
from ionm_notes.timeline import count_minutes
from ionm_notes.types import Case


@dataclass(frozen=True, slots=True)
class Terms:
    """Under which policy to judge: None keeps what each audit had (its payer; the case's own date of service)."""

    payer: str | None = None
    on: date | None = None
    policy_dir: Path | None = None


@dataclass(frozen=True, slots=True)
class Replayed:
    """One case under two policies."""

    document: str
    date_of_service: str | None
    before: Standing
    after: Standing

    @property
    def moves(self) -> tuple[Move, ...]:
        """What changes; empty where the two agree."""
        return moves(self.before, self.after)


def replay(store: Store, terms: Terms, wanted: Filter) -> Iterator[Replayed]:
    """The newest audit of each document and payer against a judgement of its stored facts under `terms`."""
    for row in latest_audits(store, wanted):
        case = store.case(row["reading_id"])
        before = standing_of_line(store.line(row["id"]))
        yield Replayed(row["name"], row["date_of_service"], before, _standing(case, terms, before.payer))


def blast_radius(store: Store, one: Terms, other: Terms, wanted: Filter) -> Iterator[Replayed]:
    """Every stored case, once, under one policy and under another: what would move if the second were adopted."""
    seen: set[int] = set()
    for row in latest_audits(store, wanted):
        if row["document_id"] in seen:
            continue
        seen.add(row["document_id"])
        case = store.case(row["reading_id"])
        before, after = (_standing(case, terms, row["payer"]) for terms in (one, other))
        yield Replayed(row["name"], row["date_of_service"], before, after)


def _standing(case: Case, terms: Terms, payer: str) -> Standing:
    return standing_of_audit(judge(case, count_minutes(case), _policy(case, terms, payer)))


def _policy(case: Case, terms: Terms, payer: str) -> Policy:
    name = terms.payer or payer
    return load_policy(name, terms.on, terms.policy_dir) if terms.on else policy_for(case, name, terms.policy_dir)
