"""Decisions and corrections of reviewers: kept beside what the program found, never in its place, each in the trail.

A decision is about a finding (accepted, dismissed, open again) or about the document for a payer (reviewed, open again).
A finding is known again after another judgement by its rule and its words: one that reads otherwise is undecided.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from ionm_notes.errors import IonmError
from ionm_notes.store import trail
from ionm_notes.store.database import Store
from ionm_notes.store.record import Record
from ionm_notes.store.schema_worklist import FILL

Decision = Literal["accepted", "dismissed", "reviewed", "open"]
MOST_WORDS = 2_000
"""Characters of a reason or note."""


@dataclass(frozen=True, slots=True)
class Review:
    """The decision that holds: who made it, when (UTC) and why."""

    decision: Decision
    reason: str
    who: str
    at: str


@dataclass(frozen=True, slots=True)
class Correction:
    """A corrected value of a document. `old`, `new`: plain values; `undone`: a later correction took it back."""

    id: int
    fact: str
    old: Any
    new: Any
    note: str
    who: str
    at: str
    before_reading: int
    after_reading: int
    undoes: int | None
    undone: bool


def finding_key(finding: Mapping[str, Any]) -> str:
    """By what a finding is known again: its rule and words."""
    return f"{finding['rule']} {finding['message']}"


def finding_id(finding: Mapping[str, Any]) -> str:
    """The same in short, for forms: it tells nothing of a record."""
    return hashlib.sha256(finding_key(finding).encode()).hexdigest()[:16]


def reviews_of(store: Store, document: int, payer: str) -> dict[str, Review]:
    """The decisions that hold, by the key of the finding; '' is the one about the document."""
    rows = store.rows(
        "SELECT coalesce(finding, '') AS finding, decision, reason, who, at FROM reviews"
        " WHERE document_id = ? AND payer = ? ORDER BY id",
        (document, payer),
    )
    found = {row.pop("finding"): Review(**row) for row in rows}
    return {key: review for key, review in found.items() if review.decision != "open"}


def decisions_on(store: Store, line: Mapping[str, Any]) -> dict[str, Review]:
    """The decisions that hold about the document of an audit line, as `reviews_of` gives them."""
    document = line["document"]
    found = store.rows("SELECT id FROM documents WHERE sha256 = ? AND name = ?", (document["sha256"], document["name"]))
    return reviews_of(store, found[0]["id"], line["payer"]) if found else {}


@dataclass(frozen=True, slots=True)
class By:
    """Who acts, when and why."""

    who: str
    at: datetime
    why: str

    def __post_init__(self) -> None:
        """Raises `IonmError` `no-reason` where there is no reason, or one without end."""
        if not self.why.strip() or len(self.why) > MOST_WORDS:
            raise IonmError("no-reason", "", f"1 to {MOST_WORDS} characters")


def decide(store: Store, document: int, payer: str, finding: str | None, decision: Decision, by: By) -> None:
    """Keeps a decision about a finding (by its key) or about the document (None), and brings the worklist up to date."""
    at = by.at.isoformat(timespec="seconds")
    with store.transaction():
        done = store.db.execute(
            "INSERT INTO reviews (document_id, payer, finding, decision, reason, who, at) VALUES (?, ?, ?, ?, ?, ?, ?)",
            (document, payer, finding, decision, by.why, by.who, at),
        )
        chosen = "audits.id = (SELECT audit_id FROM worklist WHERE document_id = ? AND payer = ?)"
        store.db.execute(FILL.format(chosen=chosen), (document, payer))
        rule = finding.split(" ", 1)[0] if finding else None
        detail = {"review": done.lastrowid, "payer": payer, "rule": rule, "why": by.why}
        action = f"finding-{decision}" if finding else f"document-{decision}"
        trail.append(store, by.who, action, f"document {document}", detail, by.at)


def correct(store: Store, document: int, change: Mapping[str, Any], record: Record, by: By, undoes: int | None = None) -> int:
    """Keeps corrected facts with their audits (`record`) as a new reading; the old one stays. Returns the correction's id.

    `change` has `fact`, `old` and `new`, plain values.
    """
    at = by.at.isoformat(timespec="seconds")
    with store.transaction():
        before = newest_reading(store, document)
        store.add(record, by.at)
        row = (
            document,
            before,
            newest_reading(store, document),
            change["fact"],
            _json(change["old"]),
            _json(change["new"]),
            by.why,
            by.who,
            at,
            undoes,
        )
        done = store.db.execute(
            "INSERT INTO corrections (document_id, before_reading, after_reading, fact, old, new, note, who, at, undoes)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            row,
        )
        number = int(done.lastrowid or 0)
        # The values stay out of the trail, which outlives the document; their hash shows whether they were changed.
        content = hashlib.sha256("\n".join((change["fact"], *row[4:6])).encode()).hexdigest()
        detail = {"correction": number, "fact": change["fact"], "values_sha256": content, "undoes": undoes, "why": by.why}
        trail.append(store, by.who, "corrected" if undoes is None else "correction-undone", f"document {document}", detail, by.at)
    return number


def corrections_of(store: Store, document: int) -> list[Correction]:
    """All corrections of a document, the newest first."""
    rows = store.rows(
        "SELECT id, fact, old, new, note, who, at, before_reading, after_reading, undoes,"
        " EXISTS (SELECT 1 FROM corrections AS later WHERE later.undoes = corrections.id) AS undone"
        " FROM corrections WHERE document_id = ? ORDER BY id DESC",
        (document,),
    )
    return [
        Correction(**{**row, "old": json.loads(row["old"]), "new": json.loads(row["new"]), "undone": bool(row["undone"])})
        for row in rows
    ]


def newest_reading(store: Store, document: int) -> int:
    """The id of the newest reading of a document. `KeyError` if there is none."""
    found = store.rows("SELECT max(id) AS id FROM readings WHERE document_id = ?", (document,))
    if found[0]["id"] is None:
        raise KeyError(document)
    return int(found[0]["id"])


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def corrected_documents(store: Store) -> list[tuple[int, str, str]]:
    """Documents that hold a correction, as (id, name, hash), in the order in which they came."""
    rows = store.rows("SELECT id, name, sha256 FROM documents WHERE id IN (SELECT document_id FROM corrections) ORDER BY id")
    return [(row["id"], row["name"], row["sha256"]) for row in rows]
