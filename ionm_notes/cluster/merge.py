"""Brings the tables of a finished run into a store, document by document; doing it again adds nothing.

The same audit is one of the same bytes under the same name, for the same payer, by the same version of the program and of
the policy; a merge that was interrupted goes on where it stopped.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from ionm_notes.cluster.rows import record_of
from ionm_notes.cluster.tables import Run
from ionm_notes.store.database import Store
from ionm_notes.store.queries import audits_of
from ionm_notes.store.record import Record
from ionm_notes.store.trail import append


def merge(store: Store, row: dict[str, Any], run: Run, who: str, now: datetime) -> int:
    """Keeps the audits of one row that the store does not hold; returns how many those are, none for a failed document.

    They are kept as of the day of the run; the trail says that `who` brought them in `now`.

    Raises `IonmError` as `Store.add` does; then nothing of the row is kept.
    """
    record = record_of(row)
    record = None if record is None else _new(store, record)
    if record is None:
        return 0
    with store.transaction():
        audits = store.add(record, run.at)
        document = store.rows("SELECT document_id FROM audits WHERE id = ?", audits[:1])[0]["document_id"]
        detail = {"audits": list(audits), "payers": [line["payer"] for line in record.lines], "engine": "ray"}
        append(store, who, "audited", f"document {document}", detail, now)
    return len(audits)


def _new(store: Store, record: Record) -> Record | None:
    """The record with the audits that are not there; None where all are."""
    meta = record.lines[0]["document"]
    held = {(row["payer"], row["tool_version"], row["policy_version"]) for row in audits_of(store, meta["sha256"], meta["name"])}
    lines = tuple(one for one in record.lines if (one["payer"], one["tool_version"], one["policy_version"]) not in held)
    return replace(record, lines=lines) if lines else None
