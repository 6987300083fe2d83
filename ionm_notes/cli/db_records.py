"""`ionm-notes db verify`, `trail`, `hold`, `release` and `purge`: proofs of what was done, and deletion for good."""

import json
import sys
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ionm_notes.cli.db_command import db_app
from ionm_notes.cli.options import DEFAULT_DB, Csv, Db, Jsonl, form_of

if TYPE_CHECKING:
    from ionm_notes.phi.purge import Doomed
    from ionm_notes.store.database import Store

CaseName = Annotated[str, typer.Argument(metavar="CASE", help="A stored document's name, or an audit's number.")]


def mount(app: typer.Typer) -> None:
    """Adds the commands to the group `db`, which is mounted by itself."""
    for name, command, examples in (
        ("verify", verify, ("ionm-notes db verify",)),
        ("trail", trail, ("ionm-notes db trail --csv > trail.csv",)),
        ("hold", hold, ("ionm-notes db hold report.pdf --reason 'payer review 2026-17'",)),
        ("release", release, ("ionm-notes db release report.pdf",)),
        (
            "purge",
            purge,
            (
                "ionm-notes db purge --before 2019-01-01",
                "ionm-notes db purge --patient 'Doe, Jane' --yes --certificate c.json",
            ),
        ),
    ):
        db_app.command(name, epilog="Examples:\n\n" + "\n\n".join(f"  {one}" for one in examples))(command)


def verify(
    head: Annotated[
        str | None, typer.Option("--head", metavar="HASH", help="A head noted before: it must still be in the chain.")
    ] = None,
    db: Db = DEFAULT_DB,
) -> None:
    """Prove the trail and the database: the chain of hashes, the file, links between rows, the full-text indexes.

    Says where the chain breaks; exit code 1 then. Prints the head of the chain: note it elsewhere, and give it with --head
    the next time, so that entries cut off at the end are noticed too.
    """
    from ionm_notes.phi import copies
    from ionm_notes.store import trail as chain
    from ionm_notes.store.database import Store

    found = copies.check(db)
    faults = list(found.faults)
    with Store(db, create=False) as store:
        verified = chain.verify(store)
        if not verified.whole:
            faults.insert(0, f"the trail breaks at entry {verified.broken_at}: {verified.why}")
        elif head and head != chain.FIRST and not store.rows("SELECT 1 FROM trail WHERE hash = ?", (head,)):
            faults.insert(0, f"the trail of {verified.entries} entries does not hold {head}: entries were cut off or replaced")
    for fault in faults:
        print(fault)
    if faults:
        raise typer.Exit(1)
    print(f"{verified.entries} {verified.head}")
    print(f"the trail of {db} is whole and the database is sound", file=sys.stderr)


def trail(
    subject: Annotated[str | None, typer.Option("--subject", help="Only of this, such as 'document 12'.")] = None,
    limit: Annotated[int, typer.Option("--limit", min=1, help="At most so many, the newest.")] = 200,
    csv: Csv = False,
    jsonl: Jsonl = False,
    db: Db = DEFAULT_DB,
) -> None:
    """List who did what and when (UTC), newest first."""
    from ionm_notes.report.clean import for_terminal
    from ionm_notes.report.tables import write_rows
    from ionm_notes.store.database import Store
    from ionm_notes.store.trail import entries

    with Store(db, create=False) as store:
        found = entries(store, subject, limit)
    if form_of(csv, jsonl) == "table":  # a line each: a table would squeeze out who did what
        for e in found:
            print(
                for_terminal(
                    f"{e.id:>5}  {e.at[:19].replace('T', ' ')}  {e.who:<10} {e.action:<9} {e.subject:<12} {_told(e.detail)}"
                )
            )
        return
    rows = [
        {"id": e.id, "at": e.at, "who": e.who, "action": e.action, "subject": e.subject, "detail": json.dumps(e.detail)}
        for e in found
    ]
    write_rows(rows, ("id", "at", "who", "action", "subject", "detail"), form_of(csv, jsonl), sys.stdout)


def _told(detail: Mapping[str, Any]) -> str:
    """The detail of an entry in words, hashes by their beginning."""
    return ", ".join(f"{key} {str(value)[:12] if key == 'sha256' else value}" for key, value in detail.items())


def hold(
    case: CaseName, reason: Annotated[str, typer.Option("--reason", help="Why; it stays with the hold.")], db: Db = DEFAULT_DB
) -> None:
    """Put a document under a legal hold: nobody can delete it until it is released."""
    from ionm_notes.cli.noting import who
    from ionm_notes.phi import purge as deletion
    from ionm_notes.store.database import Store

    with Store(db, create=False) as store:
        documents = _meant(store, case)
        deletion.hold(store, documents, reason, who(), datetime.now(UTC))
    print(f"{len(documents)} document{'s' * (len(documents) != 1)} under a hold", file=sys.stderr)


def release(case: CaseName, db: Db = DEFAULT_DB) -> None:
    """Release the legal holds on a document."""
    from ionm_notes.cli.noting import who
    from ionm_notes.phi import purge as deletion
    from ionm_notes.store.database import Store

    with Store(db, create=False) as store:
        count = deletion.release(store, _meant(store, case), who(), datetime.now(UTC))
    print(f"{count} hold{'s' * (count != 1)} released", file=sys.stderr)


def purge(
    before: Annotated[
        str | None, typer.Option("--before", metavar="YYYY-MM-DD", help="Documents whose date of service lies before this day.")
    ] = None,
    patient: Annotated[str | None, typer.Option("--patient", help="Documents of this patient, by name or record number.")] = None,
    document: Annotated[str | None, typer.Option("--document", help="The document of this name.")] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Delete; without it, only say what would be deleted.")] = False,
    certificate: Annotated[
        Path | None, typer.Option("--certificate", help="File for the certificate of deletion; else it is printed.")
    ] = None,
    db: Db = DEFAULT_DB,
) -> None:
    """Delete documents for good, with all that was read and judged of them and the kept original.

    Rows are overwritten, the full-text index is made anew and the file rewritten. Documents under a legal hold stay. What is
    not in the database (backups, exports) is not reached. A document that holds the patient's words but does not say that
    it is the patient's is named and left for you to look at: delete it by --document.
    """
    from ionm_notes.cli.lookup import parse_date
    from ionm_notes.cli.noting import who
    from ionm_notes.cli.out_file import refuse_existing, write_new
    from ionm_notes.errors import IonmError
    from ionm_notes.phi import purge as deletion
    from ionm_notes.report.clean import for_terminal
    from ionm_notes.rules.words import counted
    from ionm_notes.store.database import Store

    if sum(one is not None for one in (before, patient, document)) != 1:
        raise typer.BadParameter("give one of --before, --patient and --document")
    if certificate is not None:
        refuse_existing(certificate)
    with Store(db, create=False) as store:
        doomed, basis, others = _doomed(store, parse_date(before), patient, document)
        for one in others:
            print(for_terminal(f"{one.name}: holds the words, is not said to be the patient's; left alone"), file=sys.stderr)
        held = [one for one in doomed if one.held]
        for one in held:
            print(for_terminal(f"{one.name}: under a legal hold ({one.held[0]}); left alone"), file=sys.stderr)
        going = [one for one in doomed if not one.held]
        for one in going:
            print(for_terminal(f"{one.name}: {one.day}, {counted(one.audits, 'audit')}"), file=sys.stderr)
        if not yes or not going:
            print(
                f"{counted(len(going), 'document')} would be deleted; --yes deletes" if going else "nothing to delete",
                file=sys.stderr,
            )
            raise typer.Exit(0)
        text = json.dumps(deletion.purge(store, going, basis, who(), datetime.now(UTC)), indent=1)
    _forget_pages()
    if certificate is None:
        print(text)
    else:
        try:
            write_new(certificate, f"{text}\n".encode())
        except IonmError:
            print(text)  # deleted is deleted, and the proof must not be lost
            raise
    print(f"{counted(len(going), 'document')} deleted; backups and exports made before still hold them", file=sys.stderr)


def _doomed(
    store: "Store", before: object, patient: str | None, document: str | None
) -> tuple[list["Doomed"], dict[str, str], list["Doomed"]]:
    from datetime import date

    from ionm_notes.phi import purge as deletion

    if isinstance(before, date):
        return deletion.of_before(store, before), {"before": before.isoformat()}, []
    if patient is not None:
        mine, others = deletion.of_patient(store, patient)
        return mine, {"request": "one patient's documents"}, others
    return deletion.of_name(store, document or ""), {"request": "one document"}, []


def _meant(store: "Store", case: str) -> list[int]:
    """The documents that a person means. Raises `IonmError` `not-stored`."""
    from ionm_notes.errors import IonmError
    from ionm_notes.store.queries import find_audits

    found = sorted({row["document_id"] for row in find_audits(store, case)})
    if not found:
        raise IonmError("not-stored", detail=f"'{case}'")
    return found


def _forget_pages() -> None:
    """Empties the cache of recognised pages, which cannot be told by document."""
    import re

    from ionm_notes.ingest.ocr import cache

    folder = cache.folder()
    for path in folder.iterdir() if folder is not None and folder.is_dir() else ():
        if re.fullmatch(r"[0-9a-f]{64}\.json", path.name):
            path.unlink(missing_ok=True)
