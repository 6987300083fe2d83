"""The way of `ionm-notes audit --engine ray`: checks what was asked for, shows progress, says what came of it."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from ionm_notes.cli.batch import Job
    from ionm_notes.cluster.reader import Kept


def audit_on_cluster(documents: Sequence[str], job: Job, out: str | None, workers: int | None, resume: bool) -> None:
    """Audits documents on Ray into Parquet tables in `out`. Exit code 1 where a document could not be audited.

    Raises `IonmError` as `cluster.run.audit` and `cluster.sources.find` do.
    """
    from ionm_notes.cluster.engine import needed

    if out is None:
        raise typer.BadParameter("is needed with --engine ray: the folder for the tables", param_hint="--out")
    needed()
    from ionm_notes.cluster.folder import Folder
    from ionm_notes.cluster.run import Order, audit
    from ionm_notes.cluster.sources import find

    found = find(documents)
    if not found.documents:
        raise typer.BadParameter("no readable documents there", param_hint="PATH")
    _note(f"{found.documents} documents" + (f", {found.skipped} files skipped, of no type that is read" * bool(found.skipped)))
    # Where a fault arose is not for the logs of a cluster.
    order = Order(found, replace(job, trace=False), Folder(out), workers, resume, datetime.now(UTC))
    try:
        done = audit(order, lambda batches: _shown(batches, found.documents))
    except KeyboardInterrupt:
        _note(f"interrupted; what was done is kept in {out}, and --resume goes on")
        raise
    lost = f", {done.failures} could not be audited" * bool(done.failures)
    inside = f", {done.skipped} files within archives and mails are no documents" * bool(done.skipped)
    _note(f"{done.documents - done.failures} of {done.documents} documents audited{lost}{inside}, kept in {out}")
    _note(f"`ionm-notes db merge {out}` brings them into a database")
    if done.failures:
        raise typer.Exit(1)


def _shown(batches: Iterable[Kept], total: int) -> Iterator[Kept]:
    """The batches as they come, with a bar that counts their documents."""
    from ionm_notes.cli.progress import shown

    finished: list[Kept] = []

    def each() -> Iterator[None]:
        for kept in batches:
            finished.append(kept)
            yield from (None for _ in range(kept.files))

    for _ in shown(each(), total, "Auditing"):
        yield from finished
        finished.clear()
    yield from finished


def _note(message: str) -> None:
    from ionm_notes.report.clean import for_terminal

    print(for_terminal(message), file=sys.stderr)
