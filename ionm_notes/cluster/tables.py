"""Reads the tables of a finished run: which files, which rows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from ionm_notes.cluster.folder import FINISHED, Folder
from ionm_notes.cluster.sources import filesystem
from ionm_notes.errors import IonmError

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


def files(run: Run) -> list[str]:
    """The Parquet files of a run, by month; paths within its file system."""
    from pyarrow import fs

    system, path = filesystem(run.folder.uri)
    found = system.get_file_info(fs.FileSelector(path, recursive=True))
    return sorted(one.path for one in found if one.extension == "parquet" and "/month=" in one.path)


def rows(run: Run) -> Iterator[dict[str, Any]]:
    """The rows of a run, by month."""
    from pyarrow import dataset

    system, _ = filesystem(run.folder.uri)
    for name in files(run):
        for batch in dataset.dataset(name, filesystem=system, format="parquet").to_batches(batch_size=AT_A_TIME):
            yield from batch.to_pylist()
