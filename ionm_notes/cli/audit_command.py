"""`ionm-notes audit`: reads documents, judges them, prints and keeps the result."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Annotated

import typer

from ionm_notes.cli.options import DEFAULT_DB, Db, Encrypt, Jsonl, Payers, Phi, PhiKey, PhiLevel, PolicyDir
from ionm_notes.cli.safety import LimitsFile, PasswordFile, limits_of, passwords_of
from ionm_notes.cli.settings import SETTINGS

if TYPE_CHECKING:
    from ionm_notes.cli.batch import AuditRequest, Job, Outcome
    from ionm_notes.cli.keep import Keeper
    from ionm_notes.store.database import Store
    from ionm_notes.workers import Pool

    UnderWay = Iterator[tuple[AuditRequest, Outcome]]

EXAMPLES = """Examples:\n
\b
  ionm-notes audit report.pdf
  ionm-notes audit march/ --payer medicare --payer commercial
  ionm-notes audit 'archive/**/*.pdf' --jsonl --no-store > audits.jsonl
  ionm-notes audit archive/ --resume
  ionm-notes audit march.zip mail.eml --password-file passwords.txt
  ionm-notes audit --case report.pdf log.pdf face-sheet.pdf
  ionm-notes audit --group inbox/
  ionm-notes audit report.pdf --phi none --jsonl
  ionm-notes audit --engine ray s3://firm/2025/ --out s3://firm/audits-2025
"""


class Engine(StrEnum):
    """What spreads the work."""

    local = "local"
    ray = "ray"


def mount(app: typer.Typer) -> None:
    """Adds the command to the application."""
    app.command("audit", epilog=EXAMPLES)(audit)


def audit(
    documents: Annotated[
        list[str], typer.Argument(metavar="PATH", help="Files, folders or patterns of reports; archives and mails too.")
    ],
    payer: Payers = None,
    jsonl: Jsonl = False,
    db: Db = DEFAULT_DB,
    no_store: Annotated[bool, typer.Option("--no-store", help="Keep nothing in the database.")] = False,
    policy_dir: PolicyDir = None,
    workers: Annotated[
        int | None, typer.Option(min=1, help="Files to read at once; by default one for each processor core.")
    ] = None,
    resume: Annotated[
        bool, typer.Option("--resume", help="Skip what is stored already, by content, payer, policy and program version.")
    ] = False,
    case: Annotated[bool, typer.Option("--case", help="All files given are one case: audit them together.")] = False,
    group: Annotated[
        bool, typer.Option("--group", help="Audit files of the same patient and date of service together, as one case each.")
    ] = False,
    password_file: PasswordFile = None,
    limits: LimitsFile = None,
    encrypt: Encrypt = False,
    phi: Phi = PhiLevel.full,
    phi_key: PhiKey = None,
    engine: Annotated[Engine, typer.Option("--engine", help="Where: on this machine, or on a cluster of Ray.")] = Engine.local,
    out: Annotated[
        str | None, typer.Option("--out", metavar="DIR", help="With --engine ray: folder for the results as Parquet tables.")
    ] = None,
) -> None:
    """Audit reports: which codes and units they support, and what is missing.

    Prints a summary per document, or the full audit as one JSON object per document and payer. Everything
    is kept in the database unless --no-store is given; auditing a file again keeps the earlier audits. A document that
    cannot be read is named with the reason, and the others are audited. Each document in an archive, mail, message or
    bundle is audited by itself, under a name such as march.zip!case7.pdf; with --case or --group, files of one case are
    audited together, and evidence names the file. A packet of several documents in one file is taken apart anyway.
    After an interruption, the same command with --resume goes on: with --jsonl it prints what an uninterrupted run
    prints, otherwise the summaries of what is new. With --phi limited or none, what would identify the patient is masked
    before anything is printed or kept.

    With --engine ray, a cluster audits the documents (files, folders, s3:// or Parquet files with the columns name and data)
    into tables in --out; `db merge` brings them into a database. docs/scaling.md says how.
    """
    from ionm_notes.cli.batch import Job, open_pool
    from ionm_notes.cli.inputs import found
    from ionm_notes.cli.payers import chosen_payers
    from ionm_notes.phi.keys import private
    from ionm_notes.phi.level import minimum

    if engine == Engine.ray:
        if case or group or jsonl or no_store or encrypt:
            raise typer.BadParameter("goes with none of --case, --group, --jsonl, --no-store, --encrypt", param_hint="--engine")
        from ionm_notes.cli.audit_cluster import audit_on_cluster

        if phi != PhiLevel.full and phi_key is None:
            raise typer.BadParameter("is needed, so that every machine and every later run masks alike", param_hint="--phi-key")
        payers, least = chosen_payers(payer, policy_dir), minimum(phi, phi_key, None)
        job = Job(payers, policy_dir, False, limits_of(limits), passwords_of(password_file), least)
        audit_on_cluster(documents, job, out, workers, resume)
        return
    if out is not None:
        raise typer.BadParameter("goes with --engine ray; without it, results are in the database", param_hint="--out")
    inputs = found(documents)
    paths = inputs.files
    if inputs.skipped:
        _note(inputs.notice())
    if not paths:
        raise typer.BadParameter("no readable documents there", param_hint="PATH")
    if resume and no_store:
        raise typer.BadParameter("needs the database; leave out --no-store", param_hint="--resume")
    if encrypt and no_store:
        raise typer.BadParameter("is about the database; leave out --no-store", param_hint="--encrypt")
    private(db, encrypt, phi != PhiLevel.full)
    payers, least = chosen_payers(payer, policy_dir), minimum(phi, phi_key, None if no_store else db)
    job = Job(payers, policy_dir, SETTINGS.debug, limits_of(limits), passwords_of(password_file), least)
    cases = _cases(paths, job, Together(case, group, resume), workers)
    with open_pool(workers, len(cases), job.limits) as pool:
        # The first files are under way while the store is opened, unless it has to say which files are left.
        begun = None if resume else _begun(pool, cases, job)
        with nullcontext() if no_store else _opened(db) as store:
            keeper = None if store is None else _keeper(store, job, resume)
            held = _held(paths, keeper) if resume and keeper is not None else {}
            under_way = begun or _begun(pool, cases, job, held)
            done = Sum(held=len(held))
            try:
                _run(under_way, cases, held, keeper, Printer(jsonl, policy_dir), done)
            except KeyboardInterrupt:
                goes_on = "" if no_store else f"; what was done is kept in {db}, and --resume goes on"
                print(f"interrupted after {done.audited + done.held} of {len(cases)} documents{goes_on}", file=sys.stderr)
                raise
    _close(done, jsonl, None if no_store else db)
    if done.failures:
        raise typer.Exit(1)


@dataclass(frozen=True, slots=True)
class Together:
    """What was asked for as to files of one case: `case`, all are one; `group`, find those that belong together."""

    case: bool
    group: bool
    resume: bool


Cases = Sequence[tuple[Path, ...]]
"""The files to audit: each alone, or together with others of its case."""


def _cases(paths: Sequence[Path], job: Job, together: Together, workers: int | None) -> Cases:
    if together.case and together.group:
        raise typer.BadParameter("choose one of --case and --group", param_hint="--case")
    if together.resume and (together.case or together.group):
        raise typer.BadParameter("looks at single files; leave out --case and --group", param_hint="--resume")
    if together.case:
        from ionm_notes.cli.together import MOST_FILES

        if len(paths) > MOST_FILES:
            raise typer.BadParameter(f"{len(paths)} files are no one case; at most {MOST_FILES} are", param_hint="--case")
        return [tuple(paths)]
    if together.group:
        from ionm_notes.cli.together import grouped

        return grouped(paths, job, workers)
    return [(path,) for path in paths]


@dataclass(frozen=True, slots=True)
class Printer:
    """How outcomes are printed."""

    jsonl: bool
    policy_dir: Path | None


@dataclass(slots=True)
class Sum:
    """How many documents were audited and how many could not be, and how many files were stored by a run before."""

    audited: int = 0
    failures: int = 0
    held: int = 0


Held = Mapping[int, tuple[int, ...]]
"""The stored audits of the files that a run before has done, by place in the batch."""


def _begun(pool: Pool[AuditRequest], cases: Cases, job: Job, held: Held = MappingProxyType({})) -> UnderWay:
    from ionm_notes.cli.batch import AuditRequest, outcomes

    asked = enumerate(cases)
    return outcomes(pool, (AuditRequest(n, case[0], job, more=case[1:]) for n, case in asked if n not in held))


def _run(under_way: UnderWay, cases: Cases, held: Held, keeper: Keeper | None, printer: Printer, done: Sum) -> None:
    """Keeps outcomes as they come, counting them in `done`, and prints them in the order given."""
    from ionm_notes.cli.batch import in_order
    from ionm_notes.cli.progress import shown

    def kept() -> Iterator[tuple[int, Outcome | None]]:
        for request, outcome in shown(under_way, len(cases) - len(held), "Auditing"):
            if keeper is not None:
                keeper.keep(outcome, datetime.now(UTC))
            done.failures += sum(part.failed for part in outcome.parts)
            done.audited += sum(not part.failed for part in outcome.parts)
            yield request.number, outcome

    def before(number: int) -> Outcome | None:
        return keeper.again(cases[number][0], held[number]) if printer.jsonl and keeper is not None else None

    for outcome in in_order(kept(), {number: partial(before, number) for number in held}):
        if outcome is not None:
            _print(outcome, printer.jsonl, printer.policy_dir)


def _held(paths: Sequence[Path], keeper: Keeper) -> Held:
    from ionm_notes.cli.progress import shown

    looked = shown(((number, keeper.held(path)) for number, path in enumerate(paths)), len(paths), "Looking up")
    return {number: audits for number, audits in looked if audits is not None}


def _opened(db: Path) -> Store:
    from ionm_notes.store.database import Store

    return Store(db)


def _keeper(store: Store, job: Job, resume: bool) -> Keeper:
    from ionm_notes.cli.keep import Keeper

    return Keeper(store, job, resume)


def _print(outcome: Outcome, jsonl: bool, policy_dir: Path | None) -> None:
    for name, reason in outcome.skipped:
        _note(f"{name}: skipped, {reason}")
    if jsonl:
        from ionm_notes.report.tables import json_line

        for line in outcome.lines:
            sys.stdout.write(json_line(line))
        sys.stdout.flush()
        return
    from ionm_notes.cli.payers import across
    from ionm_notes.report.console import console
    from ionm_notes.report.summary import summary

    out = console(sys.stdout)
    for part in outcome.parts:
        out.print(summary(part.lines, across(part.lines, policy_dir)))
        out.print()


def _note(message: str) -> None:
    from ionm_notes.report.clean import for_terminal

    print(for_terminal(message), file=sys.stderr)


def _close(done: Sum, jsonl: bool, db: Path | None) -> None:
    """One closing sentence on stderr."""
    if jsonl and not done.failures:
        return
    total = done.audited + done.failures + done.held
    kept = f", kept in {db}" if db is not None and done.audited else ""
    lost = f", {done.failures} could not be audited" if done.failures else ""
    before = f", {done.held} stored before" if done.held else ""
    print(f"{done.audited} of {total} document{'' if total == 1 else 's'} audited{lost}{before}{kept}", file=sys.stderr)
