"""Judges stored facts again under another payer, day or policy folder, without the documents; read this to replay or diff.

The facts are read from the store and each judgement is computed afresh; only `keep_again` writes, beside what is there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from itertools import islice
from pathlib import Path
from typing import Any

from ionm_notes.audit import judge
from ionm_notes.compare import FeeOf, Move, Standing, moves, standing_of_audit, standing_of_rows
from ionm_notes.cycles import without_cycle_search
from ionm_notes.errors import IonmError
from ionm_notes.phi.level import level_of
from ionm_notes.policy import load_policy
from ionm_notes.policy.payer import PayerPolicy
from ionm_notes.store.database import Store
from ionm_notes.store.queries import Filter, Told, audits_of, dates_moved, latest_audits, lines_and_findings
from ionm_notes.timeline import count_minutes
from ionm_notes.types import Audit, Case, Minutes

_TOGETHER = 100
"""Cases that are judged between two looks for cycles."""
Fees = Mapping[str, Decimal]
_AT_ONCE = 200
"""Audits whose lines and findings are fetched with one question."""


@dataclass(frozen=True, slots=True)
class Terms:
    """Under which policy to judge: None keeps what each audit had (its payer; the case's own date of service)."""

    payer: str | None = None
    on: date | None = None
    policy_dir: Path | None = None


@dataclass(frozen=True, slots=True)
class Replayed:
    """One case under two policies. `moves`: what changes; empty where the two agree."""

    document: str
    date_of_service: str | None
    before: Standing
    after: Standing
    moves: tuple[Move, ...]
    audit: Audit = field(repr=False)
    """The judgement behind `after`."""
    stored: int
    """The stored audit that was judged again."""


class _Facts:
    """The facts of readings and their minutes, the last one kept: a document's audits for several payers share it."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._last: tuple[int, Case, Minutes] | None = None

    def of(self, reading: int) -> tuple[Case, Minutes]:
        if self._last is None or self._last[0] != reading:
            case = self._store.case(reading)
            self._last = (reading, case, count_minutes(case))
        return self._last[1:]


def replay(store: Store, terms: Terms, wanted: Filter, fees: Fees | None = None) -> Iterator[Replayed]:
    """The newest audit of each document and payer against a judgement of its stored facts under `terms`.

    Documents whose dates were moved (`--phi none`) are left out unless the terms name a day: their own would find the
    rules of another one. `fees` is money per unit by code; where it is silent, the payer's own fee schedule answers, if
    one was imported.
    """
    facts, moved = _Facts(store), dates_moved(store) if terms.on is None else frozenset[int]()
    rows = [row for row in latest_audits(store, wanted) if row["document_id"] not in moved]

    def judged(row: dict[str, Any], found: Told) -> Replayed:
        case, minutes = facts.of(row["reading_id"])
        policy = _policy(case, terms, row["payer"])
        audit = judge(case, minutes, policy)
        was = policy if row["payer"] == policy.payer else _policy(case, Terms(policy_dir=terms.policy_dir), row["payer"])
        return _replayed(row, standing_of_rows(row, *found), audit, _fee_of(was, fees), _fee_of(policy, fees))

    told = _told(store, rows)
    while some := tuple(islice(told, _TOGETHER)):
        with without_cycle_search():  # facts are trees
            done = [judged(*one) for one in some]
        yield from done


def _told(store: Store, rows: Sequence[dict[str, Any]]) -> Iterator[tuple[dict[str, Any], Told]]:
    """Each row of an audit with its lines and findings, fetched for many at once."""
    for first in range(0, len(rows), _AT_ONCE):
        some = rows[first : first + _AT_ONCE]
        told = lines_and_findings(store, [row["id"] for row in some])
        yield from ((row, told[row["id"]]) for row in some)


def blast_radius(store: Store, one: Terms, other: Terms, wanted: Filter, fees: Fees | None = None) -> Iterator[Replayed]:
    """Every stored case, once, under one policy and under another: what would move if the second were adopted."""
    facts, seen = _Facts(store), set(dates_moved(store) if one.on is None or other.on is None else ())
    for row in latest_audits(store, wanted):
        if row["document_id"] in seen:
            continue
        seen.add(row["document_id"])
        case, minutes = facts.of(row["reading_id"])
        policies = [_policy(case, terms, row["payer"]) for terms in (one, other)]
        before, after = (judge(case, minutes, policy) for policy in policies)
        yield _replayed(row, standing_of_audit(before), after, *(_fee_of(policy, fees) for policy in policies))


def for_payers(store: Store, audit: int, payers: Iterable[str], policy_dir: Path | None) -> list[dict[str, Any]]:
    """The facts behind a stored audit judged for each of the payers by the rules of its date of service, as lines.

    Raises `IonmError` `dates-moved` where that date is not the service's.
    """
    from ionm_notes.contract import judged_again

    was = store.line(audit)
    if level_of(was) == "none":
        raise IonmError("dates-moved", was["document"]["name"])
    case = store.case_of(audit)
    document, minutes = was["document"], count_minutes(case)
    terms = Terms(policy_dir=policy_dir)
    return [judged_again(judge(case, minutes, _policy(case, terms, payer)), document) for payer in payers]


def keep_again(store: Store, again: Replayed, now: datetime) -> bool:
    """Stores the judgement behind `after` beside what is there; False where the same one is stored already.

    The same is one of the same document for the same payer, by the same program, policy and day. `now` is when it was
    judged. Raises `IonmError` as `Store.add` does.
    """
    from ionm_notes.contract import judged_again
    from ionm_notes.store.codec import case_to_json
    from ionm_notes.store.record import Record

    was = store.line(again.stored)
    line = judged_again(again.audit, was["document"])
    mine = (line["payer"], line["policy_version"], line["tool_version"], line["policy"]["on"])
    for row in audits_of(store, was["document"]["sha256"], was["document"]["name"], what_if=True):
        if (row["payer"], row["policy_version"], row["tool_version"], row["policy_on"]) == mine:
            return False
    store.add(Record((), case_to_json(again.audit.case), (line,)), now)
    return True


def _replayed(row: Mapping[str, Any], before: Standing, audit: Audit, was: FeeOf, now: FeeOf) -> Replayed:
    after = standing_of_audit(audit)
    found = moves(before, after, was, now)
    return Replayed(row["name"], row["date_of_service"], before, after, found, audit, row["id"])


def _fee_of(policy: PayerPolicy, fees: Fees | None) -> FeeOf:
    def fee(code: str) -> Decimal | None:
        given = fees.get(code) if fees else None
        return policy.fee(code) if given is None else given

    return fee


def _policy(case: Case, terms: Terms, payer: str) -> PayerPolicy:
    name = terms.payer or payer
    return load_policy(name, terms.on or case.encounter.date_of_service, terms.policy_dir)
