"""Copies of a store and the way back from them, and whether a store is sound; read this before trusting a backup."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from ionm_notes.errors import IonmError
from ionm_notes.phi.keys import CHOICE, from_keyring, key_of, remember, salt_of
from ionm_notes.phi.scratch import scratch
from ionm_notes.store.database import Store
from ionm_notes.store.errors import as_store_error
from ionm_notes.store.opening import is_encrypted, open_file

PAGES_AT_ONCE = 256
"""Pages copied before writers get a turn."""
MOST_TOLD = 20


@dataclass(frozen=True, slots=True)
class Health:
    """What is wrong with a store, in words; nothing: it is sound."""

    faults: tuple[str, ...]
    documents: int
    audits: int


def backup(path: Path, target: Path) -> Health:
    """Copies a store that may be in use, checks the copy and gives it its name only then; encrypted with the same key.

    Raises `IonmError` `file-exists`, and what opening and writing raise.
    """
    if target.exists():
        raise IonmError("file-exists", str(target))
    if not path.exists():
        raise IonmError("store-missing", str(path))
    key = key_of(path) if is_encrypted(path) else None
    with as_store_error(target), scratch(target) as folder:
        draft = folder / target.name
        os.close(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        source, copy = open_file(path, key), None
        try:
            with as_store_error(path):
                source.execute("SELECT count(*) FROM sqlite_master").fetchone()
            if key is not None:
                from ionm_notes.store.opening import sqlcipher

                copy = sqlcipher(draft).connect(str(draft), isolation_level=None)
                copy.execute(f"PRAGMA key = {key.literal}")
            else:
                copy = open_file(draft, None)
            source.backup(copy, pages=PAGES_AT_ONCE)
            with as_store_error(path):
                found = health_of(copy)
            if not found.faults:
                copy.execute("PRAGMA journal_mode = DELETE")  # one file, nothing beside it
        finally:
            source.close()
            if copy is not None:
                copy.close()
        if found.faults:
            raise IonmError("store-damaged", str(path), found.faults[0])
        _place(draft, target)
    if key is not None:
        # The copy has a salt of its own; where the keyring has the key, it must know it under that name too.
        remember(target, key, "keyring" if _in_keyring(path) else None)
    return found


def restore(source: Path, path: Path, now: datetime) -> tuple[Health, Path | None]:
    """Puts a backup in the place of a store; returns its health and where the store before lies now, which is kept.

    The backup is checked first: a damaged one, or one of a newer program, changes nothing.
    """
    if not source.exists():
        raise IonmError("store-missing", str(source))
    with as_store_error(path), scratch(path) as folder:
        draft = folder / path.name
        backup(source, draft)
        try:
            with Store(draft, create=False) as opened:
                found = health_of(opened.db.conn)
                opened.db.execute("PRAGMA journal_mode = DELETE")
        except IonmError as error:  # it is the backup that someone has to look for, not our copy of it
            raise IonmError(error.code, str(source), error.detail) from error
        kept: Path | None = None
        with as_store_error(path):
            if path.exists():
                _close_down(path)
                kept = path.with_name(f"{path.name}.before-restore-{now:%Y%m%dT%H%M%S}")
                os.rename(path, kept)
            _place(draft, path)
    return found, kept


def health_of(connection: Any) -> Health:
    """Integrity of the file, foreign keys and the full-text indexes."""
    faults = [str(row[0]) for row in connection.execute(f"PRAGMA integrity_check({MOST_TOLD})") if row[0] != "ok"]
    for table, row, parent, _ in connection.execute("PRAGMA foreign_key_check").fetchmany(MOST_TOLD):
        faults.append(f"row {row} of {table} belongs to a row of {parent} that is not there")
    tables = {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    for index in sorted(name for name in tables if name.endswith("_fts")):
        try:
            # Rank 1: also against the table that is indexed.
            connection.execute(f"INSERT INTO {index} ({index}, rank) VALUES ('integrity-check', 1)")  # noqa: S608 -- names are fixed text; every value is a parameter
        except Exception as error:
            faults.append(f"the full-text index {index} does not agree with its table ({type(error).__name__})")
    documents, audits = (
        connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0] if table in tables else 0  # noqa: S608 -- names are fixed text; every value is a parameter
        for table in ("documents", "audits")
    )
    return Health(tuple(faults), documents, audits)


def check(path: Path) -> Health:
    """The health of a store, which may be in use. Raises `IonmError` where it cannot be opened at all."""
    if not path.exists():
        raise IonmError("store-missing", str(path))
    connection = open_file(path, key_of(path) if is_encrypted(path) else None)
    try:
        with as_store_error(path):
            found = health_of(connection)
    finally:
        connection.close()
    exposed = [
        f"others may read {one.name}: its mode is {one.stat().st_mode & 0o777:03o}, give it 600"
        for one in (path, path.with_name(path.name + "-wal"))
        if os.name == "posix" and one.exists() and one.stat().st_mode & 0o077
    ]
    return Health((*found.faults, *exposed), found.documents, found.audits)


def _close_down(path: Path) -> None:
    """Puts what waits beside a store into it, so that its one file is all of it; it may be damaged, then it is left as it is."""
    try:
        connection = open_file(path, key_of(path) if is_encrypted(path) else None)
    except IonmError:
        return
    try:
        if connection.execute("PRAGMA journal_mode = DELETE").fetchone()[0] != "delete":
            raise IonmError("store-locked", str(path))
    finally:
        connection.close()


def _place(draft: Path, target: Path) -> None:
    with draft.open("rb") as file:
        os.fsync(file.fileno())
    os.replace(draft, target)


def _in_keyring(path: Path) -> bool:
    return CHOICE.file is None and from_keyring(salt_of(path)) is not None
