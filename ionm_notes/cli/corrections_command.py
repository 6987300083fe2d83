"""`ionm-notes corrections`: what reviewers corrected at the desk, as a list or as labelled cases for testing the reader."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ionm_notes.cli.options import DEFAULT_DB, Csv, Db, Jsonl, form_of


def mount(app: typer.Typer) -> None:
    """Adds the commands to the application."""
    group = typer.Typer(help="What reviewers corrected at the desk.", no_args_is_help=True, rich_markup_mode=None)
    group.command("list", epilog="Example:\n\n  ionm-notes corrections list --csv > corrections.csv")(list_corrections)
    group.command("export", epilog="Example:\n\n  ionm-notes corrections export labelled/ --with-files")(export)
    app.add_typer(group, name="corrections")


def list_corrections(csv: Csv = False, jsonl: Jsonl = False, db: Db = DEFAULT_DB) -> None:
    """List all corrections: the document, the value, what it was and is, who, when and why."""
    import sys

    from ionm_notes.report.tables import write_rows
    from ionm_notes.store.database import Store
    from ionm_notes.store.reviews import corrected_documents, corrections_of

    with Store(db, create=False) as store:
        rows = [
            {
                "document": name,
                "fact": one.fact,
                "old": one.old,
                "new": one.new,
                "who": one.who,
                "at": one.at,
                "note": one.note,
                "undone": "yes" if one.undone else "",
            }
            for document, name, _ in corrected_documents(store)
            for one in corrections_of(store, document)
            if one.undoes is None
        ]
    shown = [{**row, "old": str(row["old"]), "new": str(row["new"])} for row in rows]
    write_rows(shown, ("document", "fact", "old", "new", "who", "at", "note", "undone"), form_of(csv, jsonl), sys.stdout)


def export(
    folder: Annotated[Path, typer.Argument(file_okay=False, help="Folder for the cases; made if it is missing.")],
    with_files: Annotated[
        bool, typer.Option("--with-files", help="Put the documents themselves beside them, where they were kept.")
    ] = False,
    db: Db = DEFAULT_DB,
) -> None:
    """Write each corrected document as a labelled case (NAME.gold.json) in the form of fixtures/documents.

    The labels are the audit as it stands after the corrections; look through them before a test rests on them. They hold
    what the documents hold: patients' data.
    """
    import json
    import sys

    from ionm_notes.errors import IonmError
    from ionm_notes.report.gold import gold_of
    from ionm_notes.store.database import Store
    from ionm_notes.store.originals import original
    from ionm_notes.store.reviews import corrected_documents, corrections_of

    count = 0
    with Store(db, create=False) as store:
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            for document, name, sha256 in corrected_documents(store):
                held = [one for one in corrections_of(store, document) if not one.undone and one.undoes is None]
                if not held:
                    continue
                audits = store.rows("SELECT audit_id FROM worklist WHERE document_id = ? ORDER BY id", (document,))
                note = "; ".join(f"{one.fact}: {one.note}" for one in reversed(held))
                gold = gold_of([store.line(row["audit_id"]) for row in audits], note)
                stem = f"{Path(name.replace('!', '-')).stem}-{document}"
                (folder / f"{stem}.gold.json").write_text(json.dumps(gold, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
                kept = original(store, sha256) if with_files else None
                if kept is not None:
                    (folder / f"{stem}{Path(kept[0]).suffix}").write_bytes(kept[1])
                count += 1
        except OSError as error:
            raise IonmError("not-writable", str(folder), error.strerror or "system error") from error
    print(f"{count} corrected {'document' if count == 1 else 'documents'} in {folder}", file=sys.stderr)
