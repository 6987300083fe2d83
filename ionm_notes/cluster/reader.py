"""What runs on the machines of the cluster: the task that fetches a batch, and the long-lived reader that audits it.

A reader keeps the rows of its batch in the output folder itself and answers with one small row, so that documents and
results do not pass through the program that started it all. Nothing here prints, and no error carries words of a record:
Ray keeps what is printed and raised in its logs.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any

import pyarrow as pa

from ionm_notes.cli.batch import Job, Outcome, failed
from ionm_notes.cluster.folder import Folder
from ionm_notes.cluster.rows import rows_of, table_of
from ionm_notes.cluster.seat import Seat
from ionm_notes.cluster.sources import Batch, Given, fetch
from ionm_notes.errors import IonmError
from ionm_notes.limits import Limits

BATCH = "batch"
"""The column of packed batches that `fetched` takes."""
_GIVEN = pa.schema(
    {
        "batch": pa.int64(),
        "number": pa.int64(),
        "uri": pa.string(),
        "name": pa.string(),
        "data": pa.large_binary(),
        "code": pa.string(),
        "detail": pa.string(),
    }
)


@dataclass(frozen=True, slots=True)
class Kept:
    """What became of a batch: how many files were read, and the name of the part that holds their rows.

    `fault`: why there is no part, where the trouble is with the folder or the program and no other reader would do better.
    """

    batch: int
    files: int
    part: str
    fault: str = ""


def fetched(table: pa.Table, limits: Limits) -> pa.Table:
    """The documents of packed batches, a row each, with their bytes or their error."""
    rows = []
    for text in table[BATCH].to_pylist():
        batch = Batch.unpacked(text)
        for given in fetch(batch, limits):
            error = given.error
            rows.append(
                {
                    "batch": batch.id,
                    "number": given.number,
                    "uri": given.uri,
                    "name": given.name,
                    "data": given.data,
                    "code": error.code if error else "",
                    "detail": error.detail if error else "",
                }
            )
    return pa.Table.from_pylist(rows, schema=_GIVEN)


class Reader:
    """One for each core, for the whole run; its seat and the pipeline in it stay warm."""

    def __init__(self, job: Job, folder: Folder) -> None:
        self._job, self._folder, self._seat = job, folder, Seat(job)

    def __call__(self, table: pa.Table) -> pa.Table:
        """Audits the documents of one batch and keeps their rows; one row that says what became of it."""
        batch = int(table["batch"][0].as_py())
        try:
            kept = keep(self._folder, self._job, batch, self._outcomes(_given(table)))
        except Exception as error:
            # Not what the error says: it may quote a record, and Ray would keep it in its logs.
            kept = Kept(batch, 0, "", type(error).__name__)
        return pa.Table.from_pylist([{name: getattr(kept, name) for name in Kept.__slots__}])

    def _outcomes(self, documents: list[Given]) -> Iterator[tuple[Given, Outcome]]:
        lost = [one for one in documents if one.error is not None]
        unfetched = ((one, failed_to_fetch(one, self._job)) for one in lost)
        return chain(unfetched, self._seat.audit([one for one in documents if one.error is None]))


def failed_to_fetch(given: Given, job: Job) -> Outcome:
    """The outcome of a document that could not be had."""
    return failed(Path(given.name), job, given.error or IonmError("reader-died", given.name, "its machines were lost"))


def keep(folder: Folder, job: Job, batch: int, outcomes: Iterator[tuple[Given, Outcome]]) -> Kept:
    """Writes the rows of a batch as one part, by number, whatever the order in which they come."""
    rows: list[dict[str, Any]] = []
    files = 0
    for given, outcome in outcomes:
        files += 1
        rows += _rows(given, outcome, job)
    rows.sort(key=lambda row: (row["number"], row["part"]))
    return Kept(batch, files, folder.write_part(batch, table_of(rows)))


def _rows(given: Given, outcome: Outcome, job: Job) -> list[dict[str, Any]]:
    masked = job.phi.level != "full"
    try:
        return list(rows_of(given, outcome, masked))
    except Exception as error:
        # A fault of the program on one document costs that one, and is named in its row.
        instead = failed(Path(given.name), job, IonmError("internal", given.name, type(error).__name__))
        return list(rows_of(given, instead, masked))


def _given(table: pa.Table) -> list[Given]:
    return [
        Given(
            row["number"],
            row["uri"],
            row["name"],
            row["data"],
            IonmError(row["code"], row["name"], row["detail"]) if row["code"] else None,
        )
        for row in table.to_pylist()
    ]
