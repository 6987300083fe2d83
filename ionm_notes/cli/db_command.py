"""`ionm-notes db`: encrypt, check, back up, restore and purge the database."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from ionm_notes.cli.options import DEFAULT_DB, Db

if TYPE_CHECKING:
    from ionm_notes.phi.copies import Health

db_app = typer.Typer(no_args_is_help=True, help="Look after the database: encryption, copies, deletion, proofs.")

NewKeyFile = Annotated[
    Path | None, typer.Option("--new-key-file", help="File with the new key; a random key is written into it if it is missing.")
]
Keyring = Annotated[bool, typer.Option("--keyring", help="Make a random key and keep it in the system's keyring.")]


def mount(app: typer.Typer) -> None:
    """Adds the group to the application."""
    for name, command, example in (
        ("encrypt", encrypt, "ionm-notes db encrypt --new-key-file audits.key"),
        ("rekey", rekey, "ionm-notes --key-file audits.key db rekey --new-key-file new.key"),
        ("decrypt", decrypt, "ionm-notes --key-file audits.key db decrypt"),
        ("check", check, "ionm-notes db check --db audits.db"),
        ("backup", backup, "ionm-notes db backup audits-2026-01-31.db"),
        ("restore", restore, "ionm-notes db restore audits-2026-01-31.db --db audits.db"),
    ):
        db_app.command(name, epilog=f"Example:\n\n  {example}")(command)
    app.add_typer(db_app, name="db")


def encrypt(new_key_file: NewKeyFile = None, keyring: Keyring = False, db: Db = DEFAULT_DB) -> None:
    """Encrypt the database with SQLCipher (AES-256).

    The key comes from a file, is made for the keyring, or is asked for on the terminal. Without the key nobody can read
    the database again, not even its owner: keep a copy of it elsewhere. Stop other programs that use the database first.
    """
    from ionm_notes.errors import IonmError
    from ionm_notes.phi import keys
    from ionm_notes.phi.rewrite import rewrite
    from ionm_notes.store.opening import is_encrypted

    _there(db)
    if is_encrypted(db):
        raise IonmError("store-is-encrypted", str(db))
    file = new_key_file or keys.CHOICE.file
    source = _source(file, keyring)
    key = keys.new_key(db, source, file)
    rows = rewrite(db, None, key)
    keys.remember(db, key, source)
    where = {"file": f"; its key is in {file}", "keyring": "; its key is in the keyring", "prompt": ""}[source]
    _say(f"{db} is encrypted ({rows} rows){where}")


def rekey(new_key_file: NewKeyFile = None, keyring: Keyring = False, db: Db = DEFAULT_DB) -> None:
    """Give an encrypted database another key. The old key opens it no more; copies made before keep theirs."""
    from ionm_notes.errors import IonmError
    from ionm_notes.phi import keys
    from ionm_notes.phi.rewrite import rewrite
    from ionm_notes.store.opening import is_encrypted

    _there(db)
    if not is_encrypted(db):
        raise IonmError("store-not-encrypted", str(db))
    old = keys.key_of(db)
    source = _source(new_key_file, keyring)
    new = keys.new_key(db, source, new_key_file)
    rows = rewrite(db, old, new)
    keys.remember(db, new, source)
    _say(f"{db} has another key ({rows} rows)")


def decrypt(db: Db = DEFAULT_DB) -> None:
    """Write the database in the clear again."""
    from ionm_notes.errors import IonmError
    from ionm_notes.phi import keys
    from ionm_notes.phi.rewrite import rewrite
    from ionm_notes.store.opening import is_encrypted

    _there(db)
    if not is_encrypted(db):
        raise IonmError("store-not-encrypted", str(db))
    rows = rewrite(db, keys.key_of(db), None)
    _say(f"{db} is in the clear ({rows} rows): whoever can read the file can read the patients' records")


def check(db: Db = DEFAULT_DB) -> None:
    """Look whether the database is sound: its file, links between rows, full-text indexes, and who may read it.

    Prints what is wrong, a line each; exit code 1 then.
    """
    from ionm_notes.phi import copies

    found = copies.check(db)
    for fault in found.faults:
        print(fault)
    if found.faults:
        raise typer.Exit(1)
    _say(f"{db} is sound: {_held(found)}")


def backup(
    target: Annotated[Path, typer.Argument(metavar="FILE", help="The file to make; nothing is overwritten.")],
    db: Db = DEFAULT_DB,
) -> None:
    """Copy the database while it may be in use.

    The copy is checked before it gets its name, and is encrypted with the same key if the database is.
    """
    from ionm_notes.phi import copies

    found = copies.backup(db, target)
    _say(f"{target} holds {_held(found)}")


def restore(
    source: Annotated[Path, typer.Argument(metavar="BACKUP", help="A file that `db backup` made.")],
    db: Db = DEFAULT_DB,
) -> None:
    """Put a backup in the place of the database. The database before is kept beside it, under another name."""
    from datetime import UTC, datetime

    from ionm_notes.phi import copies

    found, kept = copies.restore(source, db, datetime.now(UTC))
    before = f"; the one before is kept as {kept}" if kept else ""
    _say(f"{db} holds {_held(found)}{before}")


def _source(file: Path | None, keyring: bool) -> Literal["file", "keyring", "prompt"]:
    if file is not None and keyring:
        raise typer.BadParameter("choose one of --new-key-file and --keyring")
    return "file" if file is not None else "keyring" if keyring else "prompt"


def _there(db: Path) -> None:
    from ionm_notes.errors import IonmError

    if not db.exists():
        raise IonmError("store-missing", str(db))


def _held(found: "Health") -> str:
    from ionm_notes.rules.words import counted

    return f"{counted(found.documents, 'document')}, {counted(found.audits, 'audit')}"


def _say(message: str) -> None:
    print(message, file=sys.stderr)
