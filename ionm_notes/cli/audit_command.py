"""`ionm-notes audit`: reads documents, judges them, prints and keeps the result."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import nullcontext
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ionm_notes.cli.options import DEFAULT_DB, Db, Jsonl, Payers, PolicyDir
from ionm_notes.cli.settings import SETTINGS

if TYPE_CHECKING:
    from rich.table import Table

    from ionm_notes.cli.batch import Outcome
    from ionm_notes.store.database import Store

SHOW_PROGRESS_FROM = 4
EXAMPLES = """Examples:\n
\b
  ionm-notes audit report.pdf
  ionm-notes audit march/ --payer medicare --payer commercial
  ionm-notes audit 'archive/**/*.pdf' --jsonl --no-store > audits.jsonl
"""


def mount(app: typer.Typer) -> None:
    """Adds the command to the application."""
    app.command("audit", epilog=EXAMPLES)(audit)


def audit(
    documents: Annotated[
        list[str], typer.Argument(metavar="PATH", help="Files, folders or patterns of reports (PDF, DOCX, text).")
    ],
    payer: Payers = None,
    jsonl: Jsonl = False,
    db: Db = DEFAULT_DB,
    no_store: Annotated[bool, typer.Option("--no-store", help="Keep nothing in the database.")] = False,
    policy_dir: PolicyDir = None,
    workers: Annotated[
        int | None, typer.Option(min=1, help="Processes to use; by default one, or two for 16 files and more.")
    ] = None,
) -> None:
    """Audit reports: which codes and units they support, and what is missing.

    Prints a summary per document, or the full audit as one JSON object per document and payer. Everything
    is kept in the database unless --no-store is given; auditing a file again keeps the earlier audits. A document that
    cannot be read is named with the reason, and the others are audited.
    """
    from ionm_notes.cli.batch import Job, audit_files
    from ionm_notes.cli.inputs import expand
    from ionm_notes.cli.payers import chosen_payers

    job = Job(chosen_payers(payer, policy_dir), policy_dir, SETTINGS.debug)
    paths = expand(documents)
    if not paths:
        raise typer.BadParameter("no readable documents there", param_hint="PATH")
    with nullcontext() if no_store else _opened(db) as store:
        failures = 0
        for outcome in _with_progress(audit_files(paths, job, workers), len(paths)):
            if store is not None and outcome.record is not None:
                store.add(outcome.record, datetime.now(UTC))
            failures += outcome.record is None
            _print(outcome, jsonl, policy_dir)
    _close(len(paths), failures, jsonl, None if no_store else db)
    if failures:
        raise typer.Exit(1)


def _opened(db: Path) -> Store:
    from ionm_notes.store.database import Store

    return Store(db)


def _with_progress(outcomes: Iterator[Outcome], total: int) -> Iterator[Outcome]:
    """The outcomes as they come, with a bar on stderr where a person watches and there is something to wait for."""
    if total < SHOW_PROGRESS_FROM or not sys.stderr.isatty():
        yield from outcomes
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as progress:
        yield from progress.track(outcomes, total=total, description="Auditing")


def _print(outcome: Outcome, jsonl: bool, policy_dir: Path | None) -> None:
    if jsonl:
        from ionm_notes.report.tables import json_line

        for line in outcome.lines:
            sys.stdout.write(json_line(line))
        sys.stdout.flush()
        return
    from ionm_notes.report.console import console
    from ionm_notes.report.summary import summary

    out = console(sys.stdout)
    out.print(summary(outcome.lines, _across(outcome.lines, policy_dir)))
    out.print()


def _across(lines: Sequence[dict[str, Any]], policy_dir: Path | None) -> Table | None:
    """The table of many payers; None where there are few, or the document could not be audited."""
    from ionm_notes.report.side_by_side import MANY, side_by_side

    if len(lines) < MANY or any("error" in line for line in lines):
        return None
    from ionm_notes.cli.lookup import parse_date
    from ionm_notes.compare import clauses
    from ionm_notes.policy import load_policy

    day = parse_date(lines[0]["encounter"]["date_of_service"])
    first = load_policy(lines[0]["payer"], day, policy_dir)
    found = {line["payer"]: clauses(first, load_policy(line["payer"], day, policy_dir), lines[0], line) for line in lines[1:]}
    return side_by_side(lines, found)


def _close(total: int, failures: int, jsonl: bool, db: Path | None) -> None:
    """One closing sentence on stderr."""
    if jsonl and not failures:
        return
    kept = f", kept in {db}" if db is not None and total > failures else ""
    lost = f", {failures} could not be audited" if failures else ""
    print(f"{total - failures} of {total} document{'' if total == 1 else 's'} audited{lost}{kept}", file=sys.stderr)
