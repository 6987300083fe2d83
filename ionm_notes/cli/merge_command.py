"""`ionm-notes db merge`: brings the tables of `audit --engine ray` into the database."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from typing import Annotated

import typer

from ionm_notes.cli.db_command import db_app
from ionm_notes.cli.options import DEFAULT_DB, Db


def mount(app: typer.Typer) -> None:
    """Adds the command to the group `db`, which is mounted by itself."""
    examples = "Examples:\n\n  ionm-notes db merge audits-2025\n\n  ionm-notes db merge s3://firm/audits-2025 --db firm.db"
    db_app.command("merge", epilog=examples)(merge)


def merge(
    folder: Annotated[str, typer.Argument(metavar="DIR", help="The --out of `audit --engine ray`: a folder or s3://.")],
    db: Db = DEFAULT_DB,
) -> None:
    """Bring the tables of an audit on a cluster into the database.

    What is there already (the same file, payer, policy and program version) is left alone, so doing it again adds nothing, and
    a merge that was interrupted goes on.
    """
    from ionm_notes.cluster.engine import needed

    needed()
    from ionm_notes.cli.noting import who
    from ionm_notes.cli.progress import shown
    from ionm_notes.cluster import merge as into
    from ionm_notes.cluster import tables
    from ionm_notes.cluster.folder import Folder
    from ionm_notes.store.database import Store

    run = tables.finished(Folder(folder))
    documents = failures = audits = 0
    with Store(db) as store:
        for row in shown(tables.rows(run), run.documents, "Merging"):
            added = into.merge(store, row, run, who(), datetime.now(UTC))
            documents, audits, failures = documents + bool(added), audits + added, failures + bool(row["error"])
    lost = f"; {failures} that could not be audited stay in the tables alone" if failures else ""
    print(f"{audits} audits of {documents} documents added to {db}{lost}", file=sys.stderr)
