"""Brings the tables of a finished run into a store, document by document; doing it again adds nothing.

The same audit is one of the same bytes under the same name, for the same payer, by the same version of the program and of
the policy; a merge that was interrupted goes on where it stopped.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from ionm_notes.cluster.folder import Folder
from ionm_notes.cluster.rows import record_of
from ionm_notes.cluster.run import FINISHED
from ionm_notes.cluster.sources import filesystem
from ionm_notes.errors import IonmError
from ionm_notes.store.database import Store
from ionm_notes.store.queries import audits_of
from ionm_notes.store.record import Record
from ionm_notes.store.trail import append

AT_A_TIME = 64
"""Rows held in memory at once; each holds a document's text and audits."""


@dataclass(frozen=True, slots=True)
class Run:
    """A finished run: when it began, and how many rows its tables hold."""

    folder: Folder
    at: datetime
    documents: int


def finished(folder: Folder) -> Run:
    """The run whose tables lie in a folder. Raises `IonmError` `no-run` where there is none, or it did not finish."""
    state = folder.state()
    if state is None or state.get("state") != FINISHED:
        raise IonmError("no-run", folder.uri, "nothing there" if state is None else "the run did not finish")
    return Run(folder, datetime.fromisoformat(state["at"]), state["documents"])


def rows(run: Run) -> Iterator[dict[str, Any]]:
    """The rows of a run, by month."""
    from pyarrow import dataset, fs

    system, path = filesystem(run.folder.uri)
    files = system.get_file_info(fs.FileSelector(path, recursive=True))
    names = sorted(one.path for one in files if one.extension == "parquet" and "/month=" in one.path)
    for name in names:
        for batch in dataset.dataset(name, filesystem=system, format="parquet").to_batches(batch_size=AT_A_TIME):
            yield from batch.to_pylist()


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
